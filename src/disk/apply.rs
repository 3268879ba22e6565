//! Carries out the steps on the tree that is being made ready, and remembers them, to undo and to flush them.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{PublishError, step};
use super::steps::Disk;

/// Up to so many files and folders are flushed one by one; beyond, the whole disk is, in one go.
const FLUSHED_SINGLY: usize = 16;

/// The steps taken so far on a tree that nobody sees yet.
pub(super) struct Work<'a> {
    disk: &'a dyn Disk,
    /// The files and folders made, in order.
    made: Vec<Made>,
    /// The files written and the folders changed, as long as they are few.
    touched: BTreeSet<PathBuf>,
}

/// Something that was made, and is unmade if the work fails.
enum Made {
    File(PathBuf),
    Folder(PathBuf),
}

/// Could a file get a second name?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linked {
    /// It has one.
    Yes,
    /// The file system, or the owner of the file, does not let us.
    Refused,
}

impl<'a> Work<'a> {
    /// No steps yet.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, made: Vec::new(), touched: BTreeSet::new() }
    }

    /// Makes a folder.
    pub fn create_dir(&mut self, path: &Path) -> Result<(), PublishError> {
        step("create", path, self.disk.create_dir(path))?;
        self.touch_folder_of(path);
        self.touch(path);
        self.made.push(Made::Folder(path.to_owned()));
        Ok(())
    }

    /// Writes a file that is not there yet.
    pub fn write_new(&mut self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        let answer = self.disk.write_new(path, bytes);
        // A file that was written in part is there as well.
        self.touch_folder_of(path);
        self.touch(path);
        self.made.push(Made::File(path.to_owned()));
        step("write", path, answer)
    }

    /// Gives a file a second name, if the file system can.
    pub fn hard_link(&mut self, original: &Path, link: &Path) -> Result<Linked, PublishError> {
        match self.disk.hard_link(original, link) {
            Err(error) if is_refused(&error) => Ok(Linked::Refused),
            answer => {
                step("link", link, answer)?;
                self.touch_folder_of(link);
                self.made.push(Made::File(link.to_owned()));
                Ok(Linked::Yes)
            }
        }
    }

    /// Moves a file that was made over another.
    pub fn replace(&mut self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.rename(from, to)?;
        self.made.push(Made::File(to.to_owned()));
        Ok(())
    }

    /// Moves a file over another for good: it stays even if the work is undone.
    pub fn rename(&mut self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.touch_folder_of(to);
        if self.touched.contains(from) {
            self.touch(to);
        }
        step("write", to, self.disk.rename(from, to))
    }

    /// Removes a file or link.
    pub fn remove_file(&mut self, path: &Path) -> Result<(), PublishError> {
        self.touch_folder_of(path);
        step("remove", path, self.disk.remove_file(path))
    }

    /// Removes an empty folder.
    pub fn remove_dir(&mut self, path: &Path) -> Result<(), PublishError> {
        self.touch_folder_of(path);
        step("remove", path, self.disk.remove_dir(path))
    }

    /// Waits until all that was done would survive a power cut. `home` is any folder on the same disk.
    pub fn flush(&self, home: &Path) -> Result<(), PublishError> {
        if self.touched.len() > FLUSHED_SINGLY {
            return step("flush", home, self.disk.sync_filesystem(home));
        }
        for path in self.touched.iter().filter(|path| path.symlink_metadata().is_ok()) {
            step("flush", path, self.disk.sync(path))?;
        }
        Ok(())
    }

    /// Takes away what was made, as far as that is possible, so that a full disk is not fuller than before.
    ///
    /// Whatever stays is found and removed by the next publication.
    pub fn undo(self) {
        for made in self.made.into_iter().rev() {
            let _ = match made {
                Made::File(path) => self.disk.remove_file(&path),
                Made::Folder(path) => self.disk.remove_dir(&path),
            };
        }
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

/// Some file systems know no second names, and some systems let only the owner of a file give it one.
fn is_refused(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, PermissionDenied, TooManyLinks, Unsupported};
    matches!(error.kind(), PermissionDenied | Unsupported | TooManyLinks | CrossesDevices)
}
