//! Edited sources → the files themselves: all of them are changed, or none.
//!
//! Everything is made ready beside the files first, under names that are no sources; then each takes its place by one
//! rename. What was edited meanwhile by somebody else is left alone, and no link is followed.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::reason;
use super::open::{Folder, read_regular};
use super::steps::Disk;
use crate::base::SourcePath;

/// One source and what becomes of it.
#[derive(Debug, Clone, Copy)]
pub struct Rewrite<'r> {
    /// The file, relative to the site's root.
    pub path: &'r SourcePath,
    /// The bytes that were read; `None` where no file may stand yet.
    pub before: Option<&'r [u8]>,
    /// The bytes that shall stand there; `None` if the file goes.
    pub after: Option<&'r [u8]>,
    /// The file whose permissions it gets: itself, or the one that it is a new name of.
    pub like: &'r SourcePath,
}

/// Why no source was changed.
#[derive(Debug)]
pub enum RewriteError {
    /// A step did not succeed.
    Step {
        /// What was being done, as a verb: `write`, `remove`.
        doing: &'static str,
        /// The file or folder it was done to.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody has changed the file since it was read.
    Edited {
        /// The file.
        path: PathBuf,
    },
    /// Something stands where a file shall be made.
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// The file, or a folder on the way to it, is a symbolic link or something else that is no plain file.
    NotPlain {
        /// The file.
        path: PathBuf,
    },
    /// A step did not succeed, and what had been changed before could not be put back.
    Torn {
        /// Why it was given up.
        cause: Box<RewriteError>,
        /// Each file that is not as it was, and where its former content lies, if there was one.
        left: Vec<(PathBuf, Option<PathBuf>)>,
    },
}

impl fmt::Display for RewriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step { doing, path, source } => write!(f, "cannot {doing} `{}`: {}", path.display(), reason(source)),
            Self::Edited { path } => {
                write!(f, "`{}` was edited by somebody else in this very moment: try again", path.display())
            }
            Self::InTheWay { path } => write!(f, "`{}` is there already, and stays as it is", path.display()),
            Self::NotPlain { path } => {
                write!(
                    f,
                    "`{}` is a symbolic link or lies behind one: edit the file it leads to yourself",
                    path.display()
                )
            }
            Self::Torn { cause, left } => {
                write!(f, "{cause}; these files could not be put back:")?;
                left.iter().try_for_each(|(path, kept)| match kept {
                    Some(kept) => write!(f, " `{}` (it was as `{}` is)", path.display(), kept.display()),
                    None => write!(f, " `{}` (it was not there)", path.display()),
                })
            }
        }
    }
}

impl Error for RewriteError {}

/// Changes sources below `root`: all of them, or none.
///
/// Permissions are kept. Folders are made where a file needs them, and removed where the last file of theirs goes.
///
/// # Errors
/// If a file is no longer what was read, or a step does not succeed. Then everything is as it was, unless the error says
/// that even putting it back did not succeed.
pub fn apply_edits(disk: &dyn Disk, root: &Path, changes: &[Rewrite]) -> Result<(), RewriteError> {
    let folder = step("open", root, Folder::open(root))?;
    for change in changes {
        check(&folder, change)?;
    }
    let mut work = Work { disk, root, folder: &folder, folders: Vec::new(), beside: Vec::new(), done: Vec::new() };
    match work.make_ready(changes).and_then(|ready| work.put_in_place(ready)) {
        Ok(()) => {
            work.tidy_up();
            work.remove_empty_folders(changes);
            Ok(())
        }
        Err(cause) => Err(work.put_back(cause)),
    }
}

/// Is the file what it was when it was read?
fn check(folder: &Folder, change: &Rewrite) -> Result<(), RewriteError> {
    let path = folder.path().join(change.path.as_str());
    if folder.is_behind_link(change.path.as_str()) {
        return Err(RewriteError::NotPlain { path });
    }
    let is_plain = match fs::symlink_metadata(&path) {
        Ok(metadata) => Some(metadata.is_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return step("look at", &path, Err(error)),
    };
    match (is_plain, change.before) {
        (None, None) => Ok(()),
        (Some(_), None) => Err(RewriteError::InTheWay { path }),
        (Some(false), Some(_)) => Err(RewriteError::NotPlain { path }),
        (None, Some(_)) => Err(RewriteError::Edited { path }),
        (Some(true), Some(before)) => match step("read", &path, read_regular(&path, before.len() as u64))? {
            Some(bytes) if bytes == before => Ok(()),
            _ => Err(RewriteError::Edited { path }),
        },
    }
}

/// A change whose files are ready.
struct Ready<'r> {
    change: &'r Rewrite<'r>,
    path: PathBuf,
    /// Holds the bytes that shall stand there.
    fresh: Option<PathBuf>,
    /// A second name of the file as it was.
    kept: Option<PathBuf>,
}

/// What was done so far, so that it can be undone.
struct Work<'w> {
    disk: &'w dyn Disk,
    root: &'w Path,
    folder: &'w Folder,
    /// Folders that were made.
    folders: Vec<PathBuf>,
    /// Files that were made beside the sources.
    beside: Vec<PathBuf>,
    /// Each file that was changed, and what it was before.
    done: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Work<'_> {
    fn make_ready<'r>(&mut self, changes: &'r [Rewrite<'r>]) -> Result<Vec<Ready<'r>>, RewriteError> {
        let mut all = Vec::with_capacity(changes.len());
        for change in changes {
            let path = self.root.join(change.path.as_str());
            let like = self.root.join(change.like.as_str());
            self.make_folders(change.path)?;
            let number = all.len();
            let fresh = change.after.map(|bytes| self.make_fresh(&path, number, bytes)).transpose()?;
            let kept = change.before.map(|bytes| self.keep(&path, number, bytes)).transpose()?;
            for made in fresh.iter().chain(&kept) {
                if change.before.is_some() || change.like != change.path {
                    step("write", made, self.disk.copy_permissions(&like, made))?;
                }
                step("flush", made, self.disk.sync(made))?;
            }
            all.push(Ready { change, path, fresh, kept });
        }
        Ok(all)
    }

    /// Makes the folders on the way to a file that are missing.
    fn make_folders(&mut self, path: &SourcePath) -> Result<(), RewriteError> {
        let mut folder = self.root.to_owned();
        for part in path.folder().split('/').filter(|part| !part.is_empty()) {
            folder.push(part);
            if fs::symlink_metadata(&folder).is_err() {
                step("create", &folder, self.disk.create_dir(&folder))?;
                self.folders.push(folder.clone());
            }
        }
        Ok(())
    }

    fn make_fresh(&mut self, path: &Path, number: usize, bytes: &[u8]) -> Result<PathBuf, RewriteError> {
        let fresh = beside(path, &format!("{number}-after"));
        self.beside.push(fresh.clone());
        step("write", &fresh, self.disk.write_new(&fresh, bytes))?;
        Ok(fresh)
    }

    /// A second name of a file, or a copy where files have one name only.
    fn keep(&mut self, path: &Path, number: usize, bytes: &[u8]) -> Result<PathBuf, RewriteError> {
        let kept = beside(path, &format!("{number}-before"));
        self.beside.push(kept.clone());
        if self.disk.hard_link(path, &kept).is_err() {
            step("write", &kept, self.disk.write_new(&kept, bytes))?;
        }
        Ok(kept)
    }

    fn put_in_place(&mut self, ready: Vec<Ready>) -> Result<(), RewriteError> {
        for Ready { change, path, fresh, kept } in ready {
            // Making all of them ready took a while.
            check(self.folder, change)?;
            // Noted before it is done: to put back what is as it was does no harm.
            self.done.push((path.clone(), kept));
            match fresh {
                Some(fresh) => step("write", &path, self.disk.rename(&fresh, &path))?,
                None => step("remove", &path, self.disk.remove_file(&path))?,
            }
        }
        Ok(())
    }

    /// Undoes everything; gives the reason why, with what could not be undone.
    fn put_back(&mut self, cause: RewriteError) -> RewriteError {
        let mut left = Vec::new();
        for (path, kept) in std::mem::take(&mut self.done).into_iter().rev() {
            let undone = match &kept {
                Some(kept) => self.disk.rename(kept, &path),
                None => self.disk.remove_file(&path),
            };
            if undone.is_err_and(|error| kept.is_some() || error.kind() != io::ErrorKind::NotFound) {
                left.push((path, kept));
            }
        }
        self.beside.retain(|made| left.iter().all(|(_, kept)| kept.as_ref() != Some(made)));
        self.tidy_up();
        for folder in self.folders.iter().rev() {
            let _ = self.disk.remove_dir(folder);
        }
        if left.is_empty() { cause } else { RewriteError::Torn { cause: Box::new(cause), left } }
    }

    /// Removes what was made beside the sources, where it is still there.
    fn tidy_up(&mut self) {
        for made in self.beside.drain(..).filter(|made| fs::symlink_metadata(made).is_ok()).collect::<Vec<_>>() {
            let _ = self.disk.remove_file(&made);
        }
    }

    /// Removes the folders that held nothing but what is gone; a folder that holds something stays.
    fn remove_empty_folders(&self, changes: &[Rewrite]) {
        for change in changes.iter().filter(|change| change.after.is_none()) {
            let mut folder = change.path.folder();
            // The source folders themselves stay.
            while folder.contains('/') && self.disk.remove_dir(&self.root.join(folder)).is_ok() {
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
    }
}

/// A name in the same folder that is no source, and that nothing has: what a process of the same number left there when it
/// was killed may be the only copy of a text.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = |number: u32| path.with_file_name(format!(".betwixt-{}-{number}-{what}.tmp", std::process::id()));
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    (0..u32::MAX).map(name).find(is_free).expect("a folder holds fewer files than there are numbers")
}

fn step<T>(doing: &'static str, path: &Path, answer: io::Result<T>) -> Result<T, RewriteError> {
    answer.map_err(|source| RewriteError::Step { doing, path: path.to_owned(), source })
}
