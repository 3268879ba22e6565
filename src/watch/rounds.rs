//! Each change of the sources → a build.

use std::path::Path;
use std::time::{Duration, Instant};

use super::look::{Look, Method, News};
use super::reason::Reason;
use crate::base::{Diagnostic, Request, Sources};
use crate::disk::{Changes, DiskError};
use crate::pipeline::{self, Built, Memory};

/// How long a mistake is kept to oneself: most are saves in the making, and gone a moment later.
const FORBEARANCE: Duration = Duration::from_millis(120);
/// How long at most, if something else changes all the time.
const LONGEST: Duration = Duration::from_millis(500);

/// A build, and what led to it.
#[derive(Debug)]
pub struct Round {
    /// The sources that differ from those of the round before, as they were then.
    pub changes: Changes,
    /// What was built.
    pub built: Built,
    /// When the change was noticed.
    pub begun: Instant,
}

/// What happens, one after the other.
#[derive(Debug)]
pub enum Event {
    /// The sources changed, and this was built from them.
    Built(Box<Round>),
    /// Nothing changed for a while.
    Quiet,
    /// The sources cannot be read. They count as they were last read.
    Trouble(DiskError),
    /// From here on all files are read again and again to find changes.
    Polling(Reason),
}

/// Builds a site each time its sources change.
#[derive(Debug)]
pub struct Rounds {
    look: Look,
    memory: Memory,
    /// The complaints of the last round.
    known: Vec<Diagnostic>,
}

impl Rounds {
    /// Reads the site and builds it; then it is listened to. `config` is relative to `root`.
    ///
    /// # Errors
    /// If the root cannot be entered, or holds more entries than any guide.
    pub fn start(root: &Path, config: &Path, request: Request, method: Method) -> Result<(Self, Round), DiskError> {
        let begun = Instant::now();
        let look = Look::start(root, config, request, method)?;
        let mut rounds = Self { look, memory: Memory::new(), known: Vec::new() };
        let round = rounds.build(Changes::new(), begun);
        rounds.known.clone_from(&round.built.diagnostics);
        Ok((rounds, round))
    }

    /// Waits until something happens.
    pub fn wait(&mut self) -> Event {
        let mut changes = match self.look.next() {
            News::Changed(changes) => changes,
            News::Quiet => return Event::Quiet,
            News::Trouble(error) => return Event::Trouble(error),
            News::Polling(reason) => return Event::Polling(reason),
        };
        let begun = Instant::now();
        loop {
            let round = self.build(changes, begun);
            let has_time = self.has_new_mistake(&round) && begun.elapsed() < LONGEST;
            let more = if has_time { self.look.changes_within(FORBEARANCE) } else { None };
            let Some(more) = more else {
                self.known.clone_from(&round.built.diagnostics);
                return Event::Built(Box::new(round));
            };
            changes = round.changes;
            for (path, source) in more {
                changes.entry(path).or_insert(source);
            }
            changes.retain(|path, source| source.as_ref() != self.look.sources().get(path));
            if changes.is_empty() {
                // All is as it was when something was last told.
                return self.wait();
            }
        }
    }

    /// Is there an error that the last round did not have?
    fn has_new_mistake(&self, round: &Round) -> bool {
        round.built.diagnostics.iter().any(|diagnostic| diagnostic.is_error() && !self.known.contains(diagnostic))
    }

    /// The sources of the last build.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        self.look.sources()
    }

    /// The sources of the last build, and what it left behind for the next one.
    pub fn parts(&mut self) -> (&Sources, &mut Memory) {
        (self.look.sources(), &mut self.memory)
    }

    fn build(&mut self, changes: Changes, begun: Instant) -> Round {
        let (built, _) = pipeline::build(self.look.sources(), &mut self.memory);
        Round { changes, built, begun }
    }
}
