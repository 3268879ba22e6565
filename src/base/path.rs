//! Three things that are text but must never be mistaken for each other: where a source lies, what address
//! a page has, and which file is written.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use super::text::nfc;

/// A text that its clones share. Most paths that are compared are clones of one another, which their addresses tell.
#[derive(Debug, Clone, Eq, PartialOrd, Ord)]
struct SharedText(Arc<str>);

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Hash for SharedText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<T: Into<Arc<str>>> From<T> for SharedText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// A source file, relative to the site's root, with `/` between its parts, in Unicode NFC.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcePath(SharedText);
impl AsRef<str> for SourcePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SourcePath {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path with its letters in composed form, so that names typed on macOS and Linux are equal.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(nfc(path).into())
    }

    /// The folder that holds the file; empty for the root itself.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part, with its extension.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Is it a page?
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        self.0.rsplit_once('.').is_some_and(|(_, end)| end == "md")
    }

    /// The path below `folder`, if it lies there.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// `relative` as seen from this file's folder, with `.` and `..` taken out; `None` if it climbs above the root.
    #[must_use]
    pub fn join_relative(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(Self::new(&parts.join("/")))
    }
}

/// An address on the site: it starts with `/`, holds no scheme or host, and is percent-encoded where it must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UrlPath(SharedText);
impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl UrlPath {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An address that is already encoded.
    ///
    /// # Panics
    /// If it does not start with `/`.
    #[must_use]
    pub fn new(path: &str) -> Self {
        assert!(path.starts_with('/'), "an address starts with a slash: {path}");
        Self(path.into())
    }
}

/// A file of the published site, relative to the output folder, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutPath(SharedText);

/// Why a text cannot name a published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadOutPath {
    /// It is empty, has an empty part, or is absolute.
    Empty,
    /// A part is `.` or `..`.
    Climbs,
    /// A part is longer than 255 bytes, or all of it longer than 1,000.
    TooLong,
    /// It holds a control character, a backslash, or another sign that no file system on every computer takes.
    BadCharacter,
    /// It begins with a dot, which servers hide.
    Hidden,
    /// Windows keeps the name for itself, or drops the dot or space at its end.
    Reserved,
}

impl AsRef<str> for OutPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OutPath {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks that `path` is a plain relative path that every common file system can hold.
    ///
    /// # Errors
    /// Says which rule it breaks.
    pub fn new(path: &str) -> Result<Self, BadOutPath> {
        if path.len() > 1000 {
            return Err(BadOutPath::TooLong);
        }
        for part in path.split('/') {
            match part {
                "" => return Err(BadOutPath::Empty),
                "." | ".." => return Err(BadOutPath::Climbs),
                _ if part.len() > 255 => return Err(BadOutPath::TooLong),
                _ if part.starts_with('.') && part != ".well-known" => return Err(BadOutPath::Hidden),
                _ if part.ends_with(['.', ' ']) || is_device(part) => return Err(BadOutPath::Reserved),
                _ if part.chars().any(|c| c.is_control() || "\\<>:\"|?*".contains(c)) => {
                    return Err(BadOutPath::BadCharacter);
                }
                _ => {}
            }
        }
        Ok(Self(nfc(path).into()))
    }

    /// The form under which two paths are one file on macOS or Windows: composed and in small letters.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Where readers find a published file, below the site's address: a folder's page at the folder.
#[must_use]
pub fn address_of(out: &str) -> &str {
    out.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(out)
}

/// Is the published file a page?
#[must_use]
pub fn is_page(out: &str) -> bool {
    out.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

/// Is this the name of a device on Windows, with or without an ending?
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(&*stem, "con" | "prn" | "aux" | "nul")
        || number.is_some_and(|number| number.chars().count() == 1 && "123456789¹²³".contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_are_resolved_and_never_climb_out() {
        let page = SourcePath::new("content/signs/listening.md");
        assert_eq!(page.join_relative("../practices/x.md").expect("inside").as_str(), "content/practices/x.md");
        assert_eq!(page.join_relative("./y.png").expect("inside").as_str(), "content/signs/y.png");
        assert_eq!(page.join_relative("../../../etc/passwd"), None);
    }

    #[test]
    fn published_paths_are_plain() {
        assert!(OutPath::new("signs/listening/index.html").is_ok());
        assert_eq!(OutPath::new("a/../b"), Err(BadOutPath::Climbs));
        assert_eq!(OutPath::new("/a"), Err(BadOutPath::Empty));
        assert_eq!(OutPath::new("a\\b"), Err(BadOutPath::BadCharacter));
        assert_eq!(OutPath::new(".git/config"), Err(BadOutPath::Hidden));
        for name in ["con", "AUX.html", "a/nul/b", "com1", "Lpt9.txt", "end.", "end "] {
            assert_eq!(OutPath::new(name), Err(BadOutPath::Reserved), "{name}");
        }
        assert!(OutPath::new("console/com10/com/auxiliary.html").is_ok());
        assert_eq!(OutPath::new(&"x".repeat(300)), Err(BadOutPath::TooLong));
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_name() {
        assert_eq!(SourcePath::new("content/ne\u{301}.md"), SourcePath::new("content/n\u{e9}.md"));
    }
}
