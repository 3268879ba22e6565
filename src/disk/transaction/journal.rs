//! The edits of one transaction, with all that it takes to finish them or to take them back, in one file.
//!
//! The first line names the files and the lengths of their contents, as JSON; the contents follow, one after the other.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::SourceEdit;
use crate::base::SourcePath;
use crate::disk::error::{WriteError, step};
use crate::disk::open::read_regular;

/// The version of the form in which a journal is written.
const VERSION: u32 = 1;

/// What is to be done, and what it takes to undo it.
#[derive(Debug)]
pub struct Journal {
    /// The edits, in their order.
    pub edits: Vec<SourceEdit>,
    /// Folders that were not there, each after the one that holds it.
    pub folders: Vec<SourcePath>,
}

#[derive(Serialize, Deserialize)]
struct Header {
    betwixt: u32,
    folders: Vec<String>,
    edits: Vec<Row>,
}

/// One edit in the header.
#[derive(Serialize, Deserialize)]
struct Row {
    path: String,
    like: String,
    /// The length of the former content in bytes; none if the file was not there.
    former: Option<usize>,
    /// The same of the intended content; none if the file goes.
    intended: Option<usize>,
}

impl Row {
    fn of(edit: &SourceEdit) -> Self {
        Self {
            path: edit.path.to_string(),
            like: edit.like.to_string(),
            former: edit.former.as_ref().map(|bytes| bytes.len()),
            intended: edit.intended.as_ref().map(|bytes| bytes.len()),
        }
    }
}

impl Journal {
    /// The journal at `path`; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be read, or is none.
    pub fn read(path: &Path) -> Result<Option<Self>, WriteError> {
        match read_regular(path, u64::MAX - 1) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            answer => {
                let bytes = step("read", path, answer)?.unwrap_or_default();
                parse(&bytes).map(Some).ok_or_else(|| WriteError::NoJournal { path: path.to_owned() })
            }
        }
    }

    /// The journal as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let header = Header {
            betwixt: VERSION,
            folders: self.folders.iter().map(SourcePath::to_string).collect(),
            edits: self.edits.iter().map(Row::of).collect(),
        };
        let mut bytes = serde_json::to_vec(&header).expect("texts and numbers can be written as JSON");
        bytes.push(b'\n');
        for edit in &self.edits {
            edit.former.iter().chain(&edit.intended).for_each(|content| bytes.extend_from_slice(content));
        }
        bytes
    }
}

/// The journal that these bytes are; `None` if they are none.
fn parse(bytes: &[u8]) -> Option<Journal> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let header: Header =
        serde_json::from_slice(&bytes[..end]).ok().filter(|header: &Header| header.betwixt == VERSION)?;
    let mut rest = &bytes[end + 1..];
    let mut take = |length: Option<usize>| -> Option<Option<Arc<[u8]>>> {
        let Some(length) = length else { return Some(None) };
        let (content, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(Some(content.into()))
    };
    let mut edits = Vec::with_capacity(header.edits.len());
    for row in &header.edits {
        let (former, intended) = (take(row.former)?, take(row.intended)?);
        edits.push(SourceEdit { path: plain(&row.path)?, former, intended, like: plain(&row.like)? });
    }
    let folders = header.folders.iter().map(|folder| plain(folder)).collect::<Option<_>>()?;
    rest.is_empty().then_some(Journal { edits, folders })
}

/// The path, if it leads nowhere but down from the site's root.
fn plain(path: &str) -> Option<SourcePath> {
    let is_plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    is_plain.then(|| SourcePath::new(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let path = SourcePath::new("content/odd\n\"name\".md");
        let edit = |former: Option<&[u8]>, intended: Option<&[u8]>| SourceEdit {
            path: path.clone(),
            former: former.map(Arc::from),
            intended: intended.map(Arc::from),
            like: path.clone(),
        };
        Journal {
            edits: vec![edit(Some(b"a\nb"), Some(b"\xff")), edit(None, Some(b"")), edit(Some(b"c"), None)],
            folders: vec![SourcePath::new("content/new")],
        }
    }

    #[test]
    fn a_journal_comes_back_as_it_was_written() {
        let read = parse(&journal().to_bytes()).expect("a journal");
        assert_eq!((read.edits, read.folders), (journal().edits, journal().folders));
    }

    #[test]
    fn a_torn_or_hostile_journal_is_not_believed() {
        let whole = journal().to_bytes();
        for length in 0..whole.len() {
            assert!(parse(&whole[..length]).is_none(), "{length} bytes");
        }
        assert!(parse(&[&whole[..], b"x"].concat()).is_none(), "something follows");
        let text = String::from_utf8_lossy(&whole).into_owned();
        for path in ["../precious", "/etc/passwd", "content/../../precious", ""] {
            assert!(parse(text.replace("content/new", path).as_bytes()).is_none(), "{path}");
        }
    }
}
