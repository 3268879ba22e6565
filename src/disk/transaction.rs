//! Edits of sources → the files themselves: all of them, or none, even if the process is killed half-way.
//!
//! What is to be done, and what it takes to undo it, is written into a journal and flushed before the first file changes.
//! It lies in `.betwixt` at the site's root, outside the folders that are read, watched and published, and is gone when
//! the work is done. New bytes are made beside the file whose place they take: its folder may be a disk of its own.

mod journal;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::journal::Journal;
use super::error::{WriteError, step};
use super::home::{self, remove_if_there};
use super::open::read_regular;
use super::scan::Entry;
use super::steps::{Disk, Lock};
use super::writer::replace;
use crate::base::SourcePath;

/// The folder at the site's root that holds the journal.
const HOME: &str = ".betwixt";
const JOURNAL: &str = "journal";
/// The journal on its way to its place.
const UNFINISHED_JOURNAL: &str = "file";
/// A source on its way to its place, in the same folder: hidden, so that nobody reads or watches it.
const STAGED: &str = ".betwixt-edit";

/// One source and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEdit {
    /// The file, relative to the site's root.
    pub path: SourcePath,
    /// The bytes that were read; `None` where no file may stand yet.
    pub former: Option<Arc<[u8]>>,
    /// The bytes that shall stand there; `None` if the file goes.
    pub intended: Option<Arc<[u8]>>,
    /// The file whose permissions it gets where it is made: the one that it is another name of, or itself.
    pub like: SourcePath,
}

impl SourceEdit {
    /// A file that stays where it is and gets other bytes, or is made there.
    #[must_use]
    pub fn in_place(path: &SourcePath, former: Option<Arc<[u8]>>, intended: Arc<[u8]>) -> Self {
        Self { path: path.clone(), former, intended: Some(intended), like: path.clone() }
    }
}

/// The right to edit the sources of one site, which one process has at a time.
pub struct Transaction<'d> {
    disk: &'d dyn Disk,
    root: &'d Path,
    home: PathBuf,
    recovered: Option<Recovered>,
    _lock: Lock,
}

/// What became of edits that were interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Whether they were finished or dropped.
    pub direction: Direction,
    /// The files that they are about.
    pub paths: Vec<SourcePath>,
    /// Those among them that somebody has edited since: they are left as they are.
    pub left: Vec<SourcePath>,
}

/// Which of its two states a file is brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As it was before.
    Back,
    /// As it was to be.
    Forward,
}

/// The files of edits that were interrupted and wait to be finished; `None` if there are none, or a process is at work.
///
/// # Errors
/// If the journal cannot be read.
pub fn pending_edits(root: &Path) -> Result<Option<Vec<SourcePath>>, WriteError> {
    let home = root.join(HOME);
    if home::is_in_use(&home) {
        return Ok(None);
    }
    Ok(Journal::read(&home.join(JOURNAL))?.map(|journal| paths(&journal)))
}

/// Finishes or takes back what a process that was stopped has left, if one has.
///
/// # Errors
/// If a step does not succeed; the rest is left to the next call.
pub fn recover_edits(disk: &dyn Disk, root: &Path) -> Result<Option<Recovered>, WriteError> {
    if Entry::at(&root.join(HOME))?.is_none() {
        return Ok(None);
    }
    Transaction::begin(disk, root).map(|mut transaction| transaction.recovered.take())
}

impl<'d> Transaction<'d> {
    /// Waits until no other process edits the sources below `root`, and recovers what one that was stopped has left.
    ///
    /// # Errors
    /// If a step does not succeed.
    pub fn begin(disk: &'d dyn Disk, root: &'d Path) -> Result<Self, WriteError> {
        let home = root.join(HOME);
        let lock = home::acquire(disk, &home)?;
        let mut transaction = Self { disk, root, home, recovered: None, _lock: lock };
        home::hide_from_git(disk, &transaction.home)?;
        transaction.recovered = transaction.recover()?;
        Ok(transaction)
    }

    /// Changes the sources: all of them, or none.
    ///
    /// Permissions are kept. Folders are made where a file needs them, and removed where the last file of theirs goes.
    ///
    /// # Errors
    /// If a file is no longer what was read, or a step does not succeed. Then everything is as it was, unless the error
    /// says that even putting it back did not succeed.
    pub fn commit(self, edits: Vec<SourceEdit>) -> Result<(), WriteError> {
        for edit in &edits {
            self.check(edit)?;
        }
        let journal = Journal { folders: self.missing_folders(&edits), edits };
        self.write_journal(&journal)?;
        let cause = match self.bring(&journal, Direction::Forward) {
            Ok(left) => match left.into_iter().next() {
                None => {
                    // Everything is done; a journal that stays tells the next process so.
                    let _ = self.end(&journal, Direction::Forward);
                    return Ok(());
                }
                // Between the check and the change.
                Some(path) => WriteError::Edited { path },
            },
            Err(cause) => cause,
        };
        match self.bring(&journal, Direction::Back).and_then(|_| self.end(&journal, Direction::Back)) {
            Ok(()) => Err(cause),
            Err(_) => Err(WriteError::Unfinished { cause: Box::new(cause) }),
        }
    }

    /// Is the file what it was when it was read?
    fn check(&self, edit: &SourceEdit) -> Result<(), WriteError> {
        let (path, staged) = (edit.path.clone(), staged(&edit.path));
        if let FileState::File(_) | FileState::Other = self.look_at(&staged)? {
            return Err(WriteError::IsThere { path: staged });
        }
        match (self.look_at(&path)?, &edit.former) {
            (state, former) if state.is(former.as_deref()) => Ok(()),
            (FileState::BehindLink, _) | (FileState::Other, Some(_)) => Err(WriteError::NotPlain { path }),
            (_, Some(_)) => Err(WriteError::Edited { path }),
            (_, None) => Err(WriteError::IsThere { path }),
        }
    }

    /// The folders that the new files need and that are not there, each after the one that holds it.
    fn missing_folders(&self, edits: &[SourceEdit]) -> Vec<SourcePath> {
        let mut missing = Vec::new();
        for edit in edits.iter().filter(|edit| edit.intended.is_some()) {
            for folder in folders_above(&edit.path) {
                if !missing.contains(&folder) && fs::symlink_metadata(self.on_disk(&folder)).is_err() {
                    missing.push(folder);
                }
            }
        }
        missing
    }

    /// From here on, the edits are finished or taken back even if the process is killed.
    fn write_journal(&self, journal: &Journal) -> Result<(), WriteError> {
        let (file, place) = (self.home.join(UNFINISHED_JOURNAL), self.home.join(JOURNAL));
        replace(self.disk, &file, &place, &journal.to_bytes())?;
        step("flush", &self.home, self.disk.sync(&self.home))
    }

    /// Ends what the journal tells of, if there is one: finishes it if a file was changed already.
    fn recover(&self) -> Result<Option<Recovered>, WriteError> {
        remove_if_there(self.disk, &self.home.join(UNFINISHED_JOURNAL))?;
        let Some(journal) = Journal::read(&self.home.join(JOURNAL))? else { return Ok(None) };
        let mut direction = Direction::Back;
        for edit in &journal.edits {
            if self.look_at(&edit.path)?.is(edit.intended.as_deref()) {
                direction = Direction::Forward;
            }
        }
        let left = self.bring(&journal, direction)?;
        self.end(&journal, direction)?;
        Ok(Some(Recovered { direction, paths: paths(&journal), left }))
    }

    /// Brings every file of the journal to one of its two states.
    ///
    /// Returns those that are in neither: somebody has edited them, and they are left as they are.
    fn bring(&self, journal: &Journal, direction: Direction) -> Result<Vec<SourcePath>, WriteError> {
        let mut changed = BTreeSet::new();
        let mut left = Vec::new();
        let mut edits: Vec<&SourceEdit> = journal.edits.iter().collect();
        if direction == Direction::Back {
            edits.reverse();
        }
        for edit in edits {
            let (from, to) = match direction {
                Direction::Forward => (edit.former.as_deref(), edit.intended.as_deref()),
                Direction::Back => (edit.intended.as_deref(), edit.former.as_deref()),
            };
            match self.look_at(&edit.path)? {
                state if state.is(to) => {}
                state if state.is(from) => self.put(edit, to, &mut changed)?,
                _ => left.push(edit.path.clone()),
            }
        }
        for folder in &changed {
            step("flush", folder, self.disk.sync(folder))?;
        }
        Ok(left)
    }

    /// Puts these bytes in the place of what stands there, or takes it away. Notes the folders that `changed`.
    fn put(&self, edit: &SourceEdit, bytes: Option<&[u8]>, changed: &mut BTreeSet<PathBuf>) -> Result<(), WriteError> {
        let (staged, place) = (self.on_disk(&staged(&edit.path)), self.on_disk(&edit.path));
        changed.extend(place.parent().map(Path::to_owned));
        let Some(bytes) = bytes else { return step("remove", &place, self.disk.remove_file(&place)) };
        for folder in folders_above(&edit.path) {
            let folder = self.on_disk(&folder);
            if fs::symlink_metadata(&folder).is_err() {
                step("create", &folder, self.disk.create_dir(&folder))?;
                changed.extend(folder.parent().map(Path::to_owned));
            }
        }
        remove_if_there(self.disk, &staged)?;
        let like = [&edit.path, &edit.like].map(|path| self.on_disk(path)).into_iter().find(|path| path.is_file());
        let written = match like {
            Some(like) => self.disk.write_new_like(&like, &staged, bytes),
            None => self.disk.write_new(&staged, bytes),
        };
        step("write", &staged, written)?;
        step("flush", &staged, self.disk.sync(&staged))?;
        step("write", &place, self.disk.rename(&staged, &place))
    }

    /// Tidies up after all files were brought to one of their states.
    fn end(&self, journal: &Journal, direction: Direction) -> Result<(), WriteError> {
        for staged in journal.edits.iter().map(|edit| staged(&edit.path)) {
            if let FileState::File(_) = self.look_at(&staged)? {
                remove_if_there(self.disk, &self.on_disk(&staged))?;
            }
        }
        let emptied: Vec<SourcePath> = match direction {
            Direction::Back => journal.folders.iter().rev().cloned().collect(),
            Direction::Forward => {
                let gone = journal.edits.iter().filter(|edit| edit.intended.is_none());
                // The source folders themselves stay.
                let above = gone.flat_map(|edit| folders_above(&edit.path).into_iter().skip(1).rev());
                above.collect()
            }
        };
        for folder in emptied {
            // A folder that holds something stays.
            let _ = self.disk.remove_dir(&self.on_disk(&folder));
        }
        remove_if_there(self.disk, &self.home.join(JOURNAL))?;
        step("flush", &self.home, self.disk.sync(&self.home))
    }

    /// What stands at a path, without following any link.
    fn look_at(&self, path: &SourcePath) -> Result<FileState, WriteError> {
        let place = self.on_disk(path);
        for folder in folders_above(path) {
            if fs::symlink_metadata(self.on_disk(&folder)).is_ok_and(|metadata| !metadata.is_dir()) {
                return Ok(FileState::BehindLink);
            }
        }
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(FileState::Missing),
            Ok(metadata) if metadata.is_file() => {
                let bytes = step("read", &place, read_regular(&place, u64::MAX - 1))?;
                Ok(FileState::File(bytes.unwrap_or_default()))
            }
            answer => step("look at", &place, answer).map(|_| FileState::Other),
        }
    }

    fn on_disk(&self, path: &SourcePath) -> PathBuf {
        self.root.join(path.as_str())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // A journal that could not be worked off waits for the next process.
        if Entry::at(&self.home.join(JOURNAL)).is_ok_and(|journal| journal.is_none()) {
            let _ = remove_if_there(self.disk, &self.home.join(UNFINISHED_JOURNAL))
                .and_then(|()| home::remove(self.disk, &self.home));
        }
    }
}

/// What stands at the path of a source.
enum FileState {
    Missing,
    File(Vec<u8>),
    /// A folder, a link or a device.
    Other,
    /// Whatever it is, it is reached through something that is no folder.
    BehindLink,
}

impl FileState {
    /// Is it a file with these bytes, or nothing where there is to be nothing?
    fn is(&self, bytes: Option<&[u8]>) -> bool {
        match self {
            Self::Missing => bytes.is_none(),
            Self::File(found) => bytes == Some(found),
            Self::Other | Self::BehindLink => false,
        }
    }
}

fn paths(journal: &Journal) -> Vec<SourcePath> {
    journal.edits.iter().map(|edit| edit.path.clone()).collect()
}

/// Where the bytes of a source are made.
fn staged(path: &SourcePath) -> SourcePath {
    path.join_relative(STAGED).expect("a name leads nowhere but into the same folder")
}

/// The folders that hold a source, the outermost first.
fn folders_above(path: &SourcePath) -> Vec<SourcePath> {
    path.as_str().match_indices('/').map(|(at, _)| SourcePath::new(&path.as_str()[..at])).collect()
}
