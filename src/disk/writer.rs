//! The steps of one piece of work, with what has to be flushed before it counts as done.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{WriteError, step};
use super::steps::Disk;

/// Up to so many files and folders are flushed one by one; beyond, the whole disk is, in one go.
const FLUSHED_SINGLY: usize = 16;

/// Takes steps, and remembers what they touched.
pub(super) struct Writer<'a> {
    disk: &'a dyn Disk,
    /// The files written and the folders changed, as long as they are few.
    touched: BTreeSet<PathBuf>,
}

/// Could a file get a second name?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linked {
    /// It has one.
    Yes,
    /// The file system, or the owner of the file, does not let us.
    Refused,
}

impl<'a> Writer<'a> {
    /// No steps yet.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, touched: BTreeSet::new() }
    }

    /// Makes a folder.
    pub fn create_dir(&mut self, path: &Path) -> Result<(), WriteError> {
        self.touch_with_folder(path);
        step("create", path, self.disk.create_dir(path))
    }

    /// Writes a file that is not there yet.
    pub fn write_new(&mut self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        self.touch_with_folder(path);
        step("write", path, self.disk.write_new(path, bytes))
    }

    /// Gives a file a second name, if the file system can.
    pub fn hard_link(&mut self, original: &Path, link: &Path) -> Result<Linked, WriteError> {
        match self.disk.hard_link(original, link) {
            Err(error) if is_refused(&error) => Ok(Linked::Refused),
            answer => {
                step("link", link, answer)?;
                self.touch_folder_of(link);
                Ok(Linked::Yes)
            }
        }
    }

    /// Moves a file over another.
    pub fn rename(&mut self, from: &Path, to: &Path) -> Result<(), WriteError> {
        self.touch_folder_of(to);
        if self.touched.contains(from) {
            self.touch(to);
        }
        step("write", to, self.disk.rename(from, to))
    }

    /// Removes a file or link.
    pub fn remove_file(&mut self, path: &Path) -> Result<(), WriteError> {
        self.touch_folder_of(path);
        step("remove", path, self.disk.remove_file(path))
    }

    /// Removes an empty folder.
    pub fn remove_dir(&mut self, path: &Path) -> Result<(), WriteError> {
        self.touch_folder_of(path);
        step("remove", path, self.disk.remove_dir(path))
    }

    /// Waits until all that was done would survive a power cut. `home` is any folder on the same disk.
    pub fn flush(&self, home: &Path) -> Result<(), WriteError> {
        if self.touched.len() > FLUSHED_SINGLY {
            return step("flush", home, self.disk.sync_filesystem(home));
        }
        for path in self.touched.iter().filter(|path| path.symlink_metadata().is_ok()) {
            step("flush", path, self.disk.sync(path))?;
        }
        Ok(())
    }

    fn touch_with_folder(&mut self, path: &Path) {
        self.touch_folder_of(path);
        self.touch(path);
    }

    fn touch_folder_of(&mut self, path: &Path) {
        if let Some(folder) = path.parent() {
            self.touch(folder);
        }
    }

    fn touch(&mut self, path: &Path) {
        if self.touched.len() <= FLUSHED_SINGLY && !self.touched.contains(path) {
            self.touched.insert(path.to_owned());
        }
    }
}

/// Writes a file and puts it in the place of another, by one rename. `file` is where it is made, on the same disk.
///
/// # Errors
/// If a step does not succeed; then the other is as it was.
pub(super) fn replace(disk: &dyn Disk, file: &Path, place: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let made = step("write", file, disk.write_new(file, bytes))
        .and_then(|()| step("flush", file, disk.sync(file)))
        .and_then(|()| step("write", place, disk.rename(file, place)));
    made.inspect_err(|_| drop(disk.remove_file(file)))
}

/// The same, without waiting until it would survive a power cut.
///
/// # Errors
/// As [`replace`].
pub(super) fn replace_unflushed(disk: &dyn Disk, file: &Path, place: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let made =
        step("write", file, disk.write_new(file, bytes)).and_then(|()| step("write", place, disk.rename(file, place)));
    made.inspect_err(|_| drop(disk.remove_file(file)))
}

/// Some file systems know no second names, and some systems let only the owner of a file give it one.
fn is_refused(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, PermissionDenied, TooManyLinks, Unsupported};
    matches!(error.kind(), PermissionDenied | Unsupported | TooManyLinks | CrossesDevices)
}
