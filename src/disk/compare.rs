//! The new files against the published ones → which of them differ. Reads only, and follows no link.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::error::{PublishError, step};
use super::open::open_regular;
use super::scan::{Entry, Kind, below, folders_above, in_few_parts};
use crate::base::OutPath;

/// The paths of those files that are not published with exactly these bytes.
///
/// # Errors
/// If a file is there and the system does not let us look at it.
pub(super) fn changed<'a>(
    live: &Path,
    files: &'a BTreeMap<OutPath, Arc<[u8]>>,
) -> Result<BTreeSet<&'a str>, PublishError> {
    let files: Vec<(&'a str, &'a [u8])> = files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)).collect();
    let parts: Vec<Vec<&'a str>> = in_few_parts(&files).map(|part| changed_among(live, part)).collect::<Result<_, _>>()?;
    Ok(parts.into_iter().flatten().collect())
}

fn changed_among<'a>(live: &Path, files: &[(&'a str, &'a [u8])]) -> Result<Vec<&'a str>, PublishError> {
    let mut folders = BTreeMap::new();
    let mut buffer = Vec::new();
    let mut changed = Vec::new();
    for &(path, bytes) in files {
        if !(is_in_folders(live, path, &mut folders)? && is_equal(&below(live, path), bytes, &mut buffer)?) {
            changed.push(path);
        }
    }
    Ok(changed)
}

/// Is `folder`, and every folder above it, a folder and not a link to one? `known` spares asking twice.
fn is_folder<'a>(live: &Path, folder: &'a str, known: &mut BTreeMap<&'a str, bool>) -> Result<bool, PublishError> {
    if let Some(&answer) = known.get(folder) {
        return Ok(answer);
    }
    let answer = is_in_folders(live, folder, known)?
        && Entry::at(&below(live, folder))?.is_some_and(|entry| entry.kind == Kind::Folder);
    known.insert(folder, answer);
    Ok(answer)
}

/// Is every folder above `path` a folder, and none a link to one?
fn is_in_folders<'a>(live: &Path, path: &'a str, known: &mut BTreeMap<&'a str, bool>) -> Result<bool, PublishError> {
    folders_above(path).next().map_or(Ok(true), |folder| is_folder(live, folder, known))
}

/// Does a regular file with exactly these bytes stand at `path`?
fn is_equal(path: &Path, bytes: &[u8], buffer: &mut Vec<u8>) -> Result<bool, PublishError> {
    let (mut file, metadata) = match open_regular(path) {
        Ok(opened) => opened,
        Err(error) if is_about_the_file(&error, path) => return Ok(false),
        Err(error) => return step("read", path, Err(error)),
    };
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    buffer.resize(bytes.len(), 0);
    match file.read_exact(buffer) {
        Ok(()) => Ok(buffer == bytes),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => step("read", path, Err(error)),
    }
}

/// Does the file itself keep us from reading it, so that another must be put in its place?
fn is_about_the_file(error: &io::Error, path: &Path) -> bool {
    use io::ErrorKind::{InvalidInput, NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), InvalidInput | NotADirectory | NotFound | PermissionDenied)
        || std::fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file())
}
