//! Hints → which paths to read again, and when: at once, unless a save is plainly still under way.
//!
//! Knows nothing of the clock: the caller says how long it has been waiting.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the system tells of one path, relative to the root. It may come late, twice, in pieces or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hint {
    /// Somebody writes into this file, and has it open.
    Writing(PathBuf),
    /// Somebody who wrote into this file has closed it.
    Written(PathBuf),
    /// Something is, or was, there: a file or folder that was made, renamed, removed or touched.
    Touched(PathBuf),
    /// Anything may have changed.
    Everything,
}

/// How a path that was named stands on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileState {
    /// There is something to read.
    Present,
    /// It was there when it was last read, and is gone: editors that rename make a file vanish for a moment.
    Vanished,
    /// It is a file that was not there: many programs write beside and rename.
    New,
    /// It is an empty file, and was not: editors that write in place empty it first.
    Emptied,
}

/// After the last hint, how long a new file may take to be renamed to what it is to be.
const RENAME: Duration = Duration::from_millis(20);
/// After the last hint, how long a file that vanished may take to come back.
const RETURN: Duration = Duration::from_millis(50);
/// After the last hint, how long a file may stay open or empty before what is in it is taken as it is.
const WRITE: Duration = Duration::from_millis(150);
/// How long all this may take together: somebody may write for ever.
const LONGEST: Duration = Duration::from_millis(400);
/// How long to wait in any case. Only Linux tells when a file is closed.
const ALWAYS: Duration = if cfg!(target_os = "linux") { Duration::ZERO } else { Duration::from_millis(10) };

/// What was named since the sources were last read.
#[derive(Debug, Default)]
pub(super) struct Batch {
    named: BTreeSet<PathBuf>,
    open: BTreeSet<PathBuf>,
    is_everything: bool,
}

impl Batch {
    /// Takes a hint in.
    pub fn add(&mut self, hint: Hint) {
        match hint {
            Hint::Writing(path) => {
                self.open.insert(path.clone());
                self.named.insert(path);
            }
            Hint::Written(path) => {
                self.open.remove(&path);
                self.named.insert(path);
            }
            Hint::Touched(path) => {
                self.named.insert(path);
            }
            Hint::Everything => self.is_everything = true,
        }
    }

    /// Was nothing named?
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && !self.is_everything
    }

    /// How much longer to wait for the end of what is under way; zero if nothing is. `since_last` and `since_first` are
    /// the times since the last and the first hint.
    pub fn remaining_wait(
        &self,
        since_last: Duration,
        since_first: Duration,
        state: impl Fn(&Path) -> FileState,
    ) -> Duration {
        let mut wait = if self.open.is_empty() { ALWAYS } else { WRITE };
        if wait < WRITE {
            for path in &self.named {
                wait = wait.max(match state(path) {
                    FileState::Present => Duration::ZERO,
                    FileState::New => RENAME,
                    FileState::Vanished => RETURN,
                    FileState::Emptied => WRITE,
                });
            }
        }
        wait.saturating_sub(since_last).min(LONGEST.saturating_sub(since_first))
    }

    /// The paths to read again, or `None` if all are; the batch is empty afterwards.
    pub fn take(&mut self) -> Option<BTreeSet<PathBuf>> {
        let Self { named, is_everything, .. } = std::mem::take(self);
        (!is_everything).then_some(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: Duration = Duration::from_millis(1);

    /// How long a batch of hints waits, 1 ms after the last and 2 ms after the first of them.
    fn wait(hints: &[Hint], state: FileState) -> Duration {
        let mut batch = Batch::default();
        hints.iter().cloned().for_each(|hint| batch.add(hint));
        batch.remaining_wait(TICK, TICK * 2, |_| state)
    }

    fn path() -> PathBuf {
        "content/signs/haste.md".into()
    }

    #[test]
    fn a_file_that_was_closed_or_renamed_into_its_place_is_read_at_once() {
        let hints = [Hint::Writing(path()), Hint::Writing(path()), Hint::Written(path())];
        assert_eq!(wait(&hints, FileState::Present), ALWAYS);
        assert_eq!(wait(&[Hint::Touched(path())], FileState::Present), ALWAYS);
        assert_eq!(wait(&[Hint::Everything], FileState::Present), ALWAYS);
    }

    #[test]
    fn a_file_that_is_open_empty_or_gone_is_given_time_but_not_for_ever() {
        let open = [Hint::Writing(path())];
        assert_eq!(wait(&open, FileState::Present) + TICK, WRITE);
        assert_eq!(wait(&[Hint::Touched(path())], FileState::Vanished) + TICK, RETURN);
        assert_eq!(wait(&[Hint::Written(path())], FileState::Emptied) + TICK, WRITE);
        let mut batch = Batch::default();
        batch.add(Hint::Writing(path()));
        assert_eq!(batch.remaining_wait(Duration::ZERO, LONGEST, |_| FileState::Present), Duration::ZERO);
    }

    #[test]
    fn what_was_taken_is_taken_once() {
        let mut batch = Batch::default();
        batch.add(Hint::Touched(path()));
        assert_eq!(batch.take(), Some(BTreeSet::from([path()])));
        assert!(batch.is_empty());
        batch.add(Hint::Touched(path()));
        batch.add(Hint::Everything);
        assert_eq!(batch.take(), None);
        assert!(batch.is_empty());
    }
}
