//! The new files against the published ones → which of them differ. Reads only, and follows no link.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::error::{WriteError, step};
use super::open::Folder;
use super::scan::{below, in_few_parts};
use crate::base::Files;

/// The paths of those files that are not published with exactly these bytes.
///
/// # Errors
/// If a file is there and the system does not let us look at it.
pub(super) fn find_changed<'a>(live: &Path, files: &'a Files) -> Result<BTreeSet<&'a str>, WriteError> {
    let files: Vec<(&'a str, &'a [u8])> = files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)).collect();
    let folder = match Folder::open(live) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(files.into_iter().map(|(path, _)| path).collect());
        }
        answer => step("open", live, answer)?,
    };
    let parts: Vec<Vec<&'a str>> =
        in_few_parts(&files).map(|part| find_changed_in(&folder, part)).collect::<Result<_, _>>()?;
    Ok(parts.into_iter().flatten().collect())
}

fn find_changed_in<'a>(folder: &Folder, files: &[(&'a str, &'a [u8])]) -> Result<Vec<&'a str>, WriteError> {
    let mut buffer = Vec::new();
    let mut changed = Vec::new();
    for &(path, bytes) in files {
        match is_equal(folder, path, bytes, &mut buffer) {
            Ok(true) => {}
            Ok(false) => changed.push(path),
            Err(error) if is_about_the_file(folder, path, &error) => changed.push(path),
            Err(error) => step("read", &below(folder.path(), path), Err(error))?,
        }
    }
    Ok(changed)
}

/// Do exactly these bytes stand at `path`?
fn is_equal(folder: &Folder, path: &str, bytes: &[u8], buffer: &mut Vec<u8>) -> io::Result<bool> {
    let mut file = folder.open_below(path)?;
    if bytes.is_empty() && !file.metadata()?.is_file() {
        // Anything else than a file that could give the wanted bytes gives none at all: a pipe without a writer.
        return Ok(false);
    }
    // One byte more shows whether the file goes on.
    buffer.resize(bytes.len() + 1, 0);
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(buffer[..read] == *bytes)
}

/// Does the entry itself, or a link above it, keep us from reading it, so that another must be put in its place?
fn is_about_the_file(folder: &Folder, path: &str, error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied, WouldBlock};
    matches!(error.kind(), InvalidInput | IsADirectory | NotADirectory | NotFound | PermissionDenied | WouldBlock)
        || folder.is_behind_link(path)
        || std::fs::symlink_metadata(below(folder.path(), path)).is_ok_and(|metadata| !metadata.is_file())
}
