//! One publisher at a time: the others wait.

use std::io;

use super::error::{PublishError, step};
use super::place::{Place, create_if_missing};
use super::scan::{Entry, Kind};
use super::steps::{Disk, Lock};

/// How often the lock file may be cleaned away under us before we give up.
const TRIES: usize = 100;

/// Makes the staging folder if need be, and waits until no other process publishes here.
///
/// # Errors
/// If the staging folder cannot be made, or something else stands in its place.
pub(super) fn acquire(disk: &dyn Disk, place: &Place) -> Result<Lock, PublishError> {
    let path = place.lock_file();
    for _ in 0..TRIES {
        if Entry::at(&place.home)?.is_none_or(|entry| entry.kind != Kind::Folder) {
            create_if_missing(disk, &place.home)?;
        }
        // A planted link would have us make a file elsewhere.
        if Entry::at(&path)?.is_some_and(|entry| entry.kind != Kind::File) {
            return Err(PublishError::InTheWay { path });
        }
        let lock = match disk.lock(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            answer => step("lock", &path, answer)?,
        };
        // `clean` may have removed the file while we waited for it; whoever comes next would lock another one.
        let held = step("look at", &path, lock.file().metadata())?;
        if Entry::at(&path)?.is_some_and(|entry| entry.identity == Entry::of(&held).identity) {
            return Ok(lock);
        }
    }
    step("lock", &path, Err(io::ErrorKind::WouldBlock.into()))
}
