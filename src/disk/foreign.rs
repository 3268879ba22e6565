//! Things that are not ours: finds them in a tree, and moves them to the same place in another.
//!
//! Nothing foreign is ever removed, save a second name of a file that stands in the other tree too.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::error::{WriteError, step};
use super::place::create_if_missing;
use super::scan::{Entry, Kind, Paths, Tree, below};
use super::steps::Disk;

/// What stands in a tree and is not among the files of ours.
pub(super) fn list_foreign(tree: &Tree, ours: &Paths<'_>) -> Vec<OsString> {
    let foreign = tree.entries.iter().filter(|(path, entry)| match entry.kind {
        Kind::Folder => !ours.has_folder(path),
        Kind::File | Kind::Link => !ours.has(path),
        Kind::Other => true,
    });
    foreign.map(|(path, _)| path.clone()).collect()
}

/// Moves foreign things from one tree to the same places in another.
///
/// # Errors
/// If a step does not succeed, or something else stands there.
pub(super) fn put_back(disk: &dyn Disk, from: &Path, to: &Path, paths: &[OsString]) -> Result<(), WriteError> {
    for path in paths {
        let mut folder = to.to_owned();
        let parts: Vec<_> = Path::new(path).iter().collect();
        for part in &parts[..parts.len() - 1] {
            folder.push(part);
            if Entry::at(&folder)?.is_none_or(|entry| entry.kind != Kind::Folder) {
                create_if_missing(disk, &folder)?;
            }
        }
        merge(disk, &below(from, path), &below(to, path))?;
    }
    Ok(())
}

/// Moves one foreign thing to where it belongs; of two versions of a file the later stays.
fn merge(disk: &dyn Disk, from: &Path, to: &Path) -> Result<(), WriteError> {
    let Some(moved) = Entry::at(from)? else { return Ok(()) };
    let Some(there) = Entry::at(to)? else { return step("rename", from, disk.rename(from, to)) };
    match (moved.kind, there.kind) {
        (Kind::Folder, Kind::Folder) => {
            for name in list_names(from)? {
                merge(disk, &from.join(&name), &to.join(&name))?;
            }
            step("remove", from, disk.remove_dir(from))
        }
        (Kind::Folder, _) | (_, Kind::Folder) => Err(WriteError::InTheWay { path: from.to_owned() }),
        _ if !moved.is_same_file(&there) && moved.modified > there.modified => {
            step("rename", from, disk.rename(from, to))
        }
        _ => step("remove", from, disk.remove_file(from)),
    }
}

/// Removes a tree of ours, without following links.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn remove_all(disk: &dyn Disk, path: &Path) -> Result<(), WriteError> {
    if Entry::at(path)?.is_some_and(|entry| entry.kind != Kind::Folder) {
        return step("remove", path, disk.remove_file(path));
    }
    for name in list_names(path)? {
        remove_all(disk, &path.join(name))?;
    }
    step("remove", path, disk.remove_dir(path))
}

/// The names in a folder, sorted.
fn list_names(folder: &Path) -> Result<Vec<OsString>, WriteError> {
    let entries = step("list", folder, fs::read_dir(folder))?;
    let names: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.file_name())).collect();
    let mut names = step("list", folder, names)?;
    names.sort();
    Ok(names)
}
