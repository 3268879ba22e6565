//! The list of published files, kept among them as `.betwixt`, so that nothing else is ever taken for ours.
//!
//! One path per line, sorted, between a first line with the version and a last line `.`, so that a torn list is noticed.
//! It holds names and no contents: it changes only if the set of files does.

use std::io;
use std::path::Path;

use super::error::{WriteError, step};
use super::open::read_regular;
use crate::base::OutPath;

/// The list's own name; no page can have it, since published names never begin with a dot.
pub(super) const NAME: &str = ".betwixt";
const FIRST: &str = "betwixt 1";
const LAST: &str = ".";
/// The largest list that is read, in bytes; every entry that `read` may see fits in it.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What a published folder says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Manifest {
    /// It says nothing: it was not published by us.
    Missing,
    /// It was published by us, but the list was torn or tampered with.
    Unreadable,
    /// The files that are ours, sorted, without the list itself.
    Owned(Vec<String>),
}

impl Manifest {
    /// The list in a published folder.
    ///
    /// # Errors
    /// If it is there and the system does not let us read it.
    pub fn of(folder: &Path) -> Result<Self, WriteError> {
        let path = folder.join(NAME);
        match read_regular(&path, LARGEST) {
            Ok(bytes) => Ok(bytes.and_then(|bytes| parse(&bytes)).map_or(Self::Unreadable, Self::Owned)),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(Self::Missing),
                _ if std::fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) => Ok(Self::Unreadable),
                _ => step("read", &path, Err(error)),
            },
        }
    }

    /// The files that are ours, if the list says so.
    pub fn owned(&self) -> Option<&[String]> {
        match self {
            Self::Owned(paths) => Some(paths),
            Self::Missing | Self::Unreadable => None,
        }
    }
}

/// The paths of a list, or `None` if it is not whole or names anything that we could not have published.
fn parse(bytes: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let paths = text.strip_prefix(FIRST)?.strip_prefix('\n')?.strip_suffix(".\n")?.lines();
    let paths: Vec<String> = paths.map(str::to_owned).collect();
    (paths.iter().all(|path| OutPath::new(path).is_ok_and(|plain| plain.as_str() == path))
        && paths.is_sorted_by(|a, b| a < b)
        && text == self::text(paths.iter().map(String::as_str)))
    .then_some(paths)
}

/// The list of `paths`, which are sorted.
pub(super) fn text<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = format!("{FIRST}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text.push_str(LAST);
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_was_written() {
        let paths = ["index.html", "signs/listening/index.html"];
        assert_eq!(parse(text(paths).as_bytes()).expect("whole"), paths);
        assert_eq!(parse(text([]).as_bytes()).expect("whole"), Vec::<String>::new());
    }

    #[test]
    fn a_torn_or_hostile_list_is_not_believed() {
        for list in [
            "",
            "betwixt 1\n",
            "betwixt 1\nindex.html\n",
            "betwixt 1\nindex.html\n.",
            "betwixt 2\nindex.html\n.\n",
            "betwixt 1\n../precious\n.\n",
            "betwixt 1\n/etc/passwd\n.\n",
            "betwixt 1\n.git/config\n.\n",
            "betwixt 1\nb\na\n.\n",
            "betwixt 1\r\na\r\n.\r\n",
            "betwixt 1\n\n.\n",
        ] {
            assert_eq!(parse(list.as_bytes()), None, "{list:?}");
        }
        assert_eq!(parse(b"betwixt 1\n\xff\n.\n"), None);
    }
}
