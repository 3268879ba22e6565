//! A folder of ours beside what we write: its owner's alone, hidden from git, and used by one process at a time.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::Path;

use super::error::{WriteError, step};
use super::place::create_if_missing;
use super::scan::{Entry, Kind};
use super::steps::{Disk, Lock};

/// Locked while a process works with the folder.
const LOCK: &str = "lock";
/// Tells git to leave the folder out: it lies among the sources as a rule, and belongs into no repository.
const IGNORE: &str = ".gitignore";
/// How often the lock file may be removed under us before we give up.
const TRIES: usize = 100;

/// Makes the folder if need be, and waits until no other process works with it.
///
/// # Errors
/// If the folder cannot be made, or something else stands in its place.
pub(super) fn acquire(disk: &dyn Disk, home: &Path) -> Result<Lock, WriteError> {
    let path = home.join(LOCK);
    for _ in 0..TRIES {
        make_private(disk, home)?;
        // A planted link would have us make a file elsewhere.
        if Entry::at(&path)?.is_some_and(|entry| entry.kind != Kind::File) {
            return Err(WriteError::InTheWay { path });
        }
        let lock = match disk.lock(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            answer => step("lock", &path, answer)?,
        };
        // The file may have been removed while we waited for it; whoever comes next would lock another one.
        let held = step("look at", &path, lock.file().metadata())?;
        if Entry::at(&path)?.is_some_and(|entry| entry.identity == Entry::of(&held).identity) {
            return Ok(lock);
        }
    }
    step("lock", &path, Err(io::ErrorKind::WouldBlock.into()))
}

/// Makes the folder if it is missing, and its owner's alone if others may look into it.
fn make_private(disk: &dyn Disk, home: &Path) -> Result<(), WriteError> {
    if Entry::at(home)?.is_none_or(|entry| entry.kind != Kind::Folder) {
        create_if_missing(disk, home)?;
    }
    match fs::symlink_metadata(home) {
        Ok(metadata) if is_open_to_others(&metadata) => {}
        _ => return Ok(()),
    }
    // Some file systems know no owners, and some can only be read; there, nothing keeps others out of anything.
    let _ = disk.make_private(home);
    Ok(())
}

#[cfg(unix)]
fn is_open_to_others(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Metadata) -> bool {
    false
}

/// Is a process at work with the folder?
pub(super) fn is_in_use(home: &Path) -> bool {
    File::open(home.join(LOCK)).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Has git leave the folder out.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn hide_from_git(disk: &dyn Disk, home: &Path) -> Result<(), WriteError> {
    let path = home.join(IGNORE);
    if Entry::at(&path)?.is_some() { Ok(()) } else { step("write", &path, disk.write_new(&path, b"*\n")) }
}

/// Removes the folder, if nothing is left in it but what makes it one of ours. Its lock must be held.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn remove(disk: &dyn Disk, home: &Path) -> Result<(), WriteError> {
    for name in [IGNORE, LOCK] {
        remove_if_there(disk, &home.join(name))?;
    }
    remove_if_empty(disk, home)
}

/// Removes a file or link, if it is there.
///
/// # Errors
/// If the step does not succeed.
pub(super) fn remove_if_there(disk: &dyn Disk, path: &Path) -> Result<(), WriteError> {
    if Entry::at(path)?.is_some() { step("remove", path, disk.remove_file(path)) } else { Ok(()) }
}

/// Removes a folder unless something stands in it.
///
/// # Errors
/// If the step does not succeed.
pub(super) fn remove_if_empty(disk: &dyn Disk, folder: &Path) -> Result<(), WriteError> {
    match disk.remove_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotFound) => Ok(()),
        answer => step("remove", folder, answer),
    }
}
