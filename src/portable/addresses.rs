//! An address that a page names → the file of the site that is meant, and the part of it.

use crate::base::{Files, OutPath, decode_path};

/// The files of a site, as its pages name them.
pub struct Addresses<'f> {
    /// The files.
    pub files: &'f Files,
    /// The folder of the site's address: empty, or `/guide`.
    pub folder: &'f str,
}

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
pub struct Meant {
    /// The file, or a folder with `/` at its end.
    pub path: String,
    /// What follows it: nothing, or a query or fragment with its sign.
    pub rest: String,
}

impl Addresses<'_> {
    /// The file or folder of the site that `address` leads to; `None` if it leads elsewhere, or is no address at all.
    pub fn meant(&self, address: &str) -> Option<Meant> {
        let below = address.strip_prefix(self.folder)?.strip_prefix('/')?;
        let end = below.find(['?', '#']).unwrap_or(below.len());
        let (path, rest) = below.split_at(end);
        let path = decode_path(path).into_owned();
        let is_place = path.is_empty() || path.ends_with('/');
        let page = if is_place { format!("{path}index.html") } else { path.clone() };
        let rest = rest.to_owned();
        if OutPath::new(&page).is_ok_and(|out| self.files.get(&out).is_some()) {
            return Some(Meant { path: page, rest });
        }
        let is_folder = is_place && self.files.paths().any(|out| out.as_str().starts_with(&*path));
        is_folder.then_some(Meant { path, rest })
    }
}

/// The address and what stands before it in the `content` of a page that leads on at once, such as `0; url=/signs/`.
pub fn refreshed(content: &str) -> Option<(&str, &str)> {
    let at = content.find("url=")? + "url=".len();
    Some(content.split_at(at))
}
