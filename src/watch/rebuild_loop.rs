//! Each change of the sources → a build; and when nothing changes any more, what is made from all pages or all files.

use std::time::{Duration, Instant};

use super::builder::Builder;
use super::poll_reason::PollReason;
use super::source_watcher::{SourceEvent, SourceWatcher, WatchOptions};
use crate::base::Sources;
use crate::disk::{Changes, DiskError};
use crate::pipeline::{AggregateTime, Built, Memory};

/// How long a mistake is kept to oneself: most are saves in the making, and gone a moment later.
const ERROR_DELAY: Duration = Duration::from_millis(120);
/// How long nothing changes before that is made.
const PAUSE: Duration = Duration::from_millis(400);
/// How long nothing changes before somebody who awaits a pause is told.
const LONG_PAUSE: Duration = Duration::from_secs(2);
/// How long at most, if something else changes all the time.
const LONGEST: Duration = Duration::from_millis(500);

/// A build, and what led to it.
#[derive(Debug)]
pub struct Rebuild {
    /// The sources that differ from those of the rebuild before, as they were then.
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
    Built(Box<Rebuild>),
    /// Nothing changed for a while, so what is made from all pages or all files was made, too.
    Settled(Box<Rebuild>),
    /// Nothing changed for a while.
    Quiet,
    /// The sources cannot be read. They count as they were last read.
    Trouble(DiskError),
    /// From here on all files are read again and again to find changes.
    Polling(PollReason),
}

/// Builds a site each time its sources change.
#[derive(Debug)]
pub struct RebuildLoop {
    watcher: SourceWatcher,
    builder: Builder,
    memory: Memory,
    /// What the last rebuild gave.
    last: Built,
    /// Does somebody want to know when edits pause?
    is_pause_awaited: bool,
}

impl RebuildLoop {
    /// Reads the site and builds it; then it is listened to.
    ///
    /// # Errors
    /// If the root cannot be entered, or holds more entries than any guide.
    pub fn start(options: WatchOptions, builder: Builder) -> Result<(Self, Rebuild), DiskError> {
        let begun = Instant::now();
        let watcher = SourceWatcher::start(options)?;
        let mut rebuild_loop =
            Self { watcher, builder, memory: Memory::new(), last: Built::default(), is_pause_awaited: false };
        let rebuild = rebuild_loop.build(Changes::new(), begun, AggregateTime::Now);
        rebuild_loop.last.clone_from(&rebuild.built);
        Ok((rebuild_loop, rebuild))
    }

    /// Asks for a word when edits pause: an [`Event::Quiet`], sooner than it would come otherwise.
    pub fn await_pause(&mut self) {
        self.is_pause_awaited = true;
    }

    /// Waits until something happens.
    pub fn wait(&mut self) -> Event {
        let is_aggregate_due = self.memory.is_aggregate_due();
        let next = if is_aggregate_due || self.is_pause_awaited {
            let pause = if is_aggregate_due { PAUSE } else { LONG_PAUSE };
            let Some(changes) = self.watcher.changes_within(pause) else {
                if !is_aggregate_due {
                    self.is_pause_awaited = false;
                    return Event::Quiet;
                }
                let rebuild = self.build(Changes::new(), Instant::now(), AggregateTime::Now);
                self.last.clone_from(&rebuild.built);
                return Event::Settled(Box::new(rebuild));
            };
            SourceEvent::Changed(changes)
        } else {
            self.watcher.next()
        };
        let mut changes = match next {
            SourceEvent::Changed(changes) => changes,
            SourceEvent::Quiet => return Event::Quiet,
            SourceEvent::Trouble(error) => return Event::Trouble(error),
            SourceEvent::Polling(reason) => return Event::Polling(reason),
        };
        let begun = Instant::now();
        loop {
            let rebuild = self.build(changes, begun, AggregateTime::Later);
            let has_time = self.has_new_mistake(&rebuild) && begun.elapsed() < LONGEST;
            let more = if has_time { self.watcher.changes_within(ERROR_DELAY) } else { None };
            let Some(more) = more else {
                if rebuild.changes.is_empty() && rebuild.built == self.last {
                    // Another day, on which nothing comes out and nothing expires.
                    return Event::Quiet;
                }
                self.last.clone_from(&rebuild.built);
                return Event::Built(Box::new(rebuild));
            };
            changes = rebuild.changes;
            for (path, source) in more {
                changes.entry(path).or_insert(source);
            }
            changes.retain(|path, source| source.as_ref() != self.watcher.sources().get(path));
        }
    }

    /// Is there an error that the last rebuild did not have?
    fn has_new_mistake(&self, rebuild: &Rebuild) -> bool {
        rebuild
            .built
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.is_error() && !self.last.diagnostics.contains(diagnostic))
    }

    /// The sources of the last build.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        self.watcher.sources()
    }

    /// The sources of the last build, who builds, and what was left behind for the next build.
    pub fn parts(&mut self) -> (&Sources, &mut Builder, &mut Memory) {
        (self.watcher.sources(), &mut self.builder, &mut self.memory)
    }

    fn build(&mut self, changes: Changes, begun: Instant, time: AggregateTime) -> Rebuild {
        self.memory.make_aggregates(time);
        let (built, _) = self.builder.build(self.watcher.sources(), &mut self.memory);
        Rebuild { changes, built, begun }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::{AtomicI8, Ordering};

    use jiff::civil::Date;

    use super::*;
    use crate::base::Request;
    use crate::watch::Method;

    /// The day of November 2026; only one test turns it.
    static DAY: AtomicI8 = AtomicI8::new(23);

    fn today() -> Option<Date> {
        Date::new(2026, 11, DAY.load(Ordering::SeqCst)).ok()
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// The site below a folder, built, and built again whenever it changes.
    fn start(root: &Path, today: fn() -> Option<Date>) -> (RebuildLoop, Rebuild) {
        let request = Request { today: today(), ..Request::default() };
        let options = WatchOptions { root, config: Path::new("site.toml"), request, method: Method::Poll, today };
        RebuildLoop::start(options, Builder::new(Duration::from_secs(10))).expect("the site is read")
    }

    fn titles(built: &Built) -> usize {
        built.files.paths().filter(|path| path.as_str() == "walking/index.html").count()
    }

    #[test]
    fn the_index_follows_when_edits_pause() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: &str| write(root.path(), path, text);
        write("site.toml", "title = \"A guide\"\nbase_url = \"https://guide.example/\"\nindex.page = \"all.md\"\n");
        write("content/_index.md", "---\ntitle: A guide\n---\n");
        write("content/all.md", "---\ntitle: All\n---\n");
        write("content/walking.md", "---\ntitle: Walking\n---\nIn the rain.\n");
        let (mut rebuild_loop, first) = start(root.path(), || None);
        let holds = |built: &Built, folder: &str, word: &str| {
            let files = built.files.iter().filter(|(out, _)| out.as_str().starts_with(folder));
            files.into_iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word))
        };
        assert!(holds(&first.built, "search/", "In the rain."));
        write("content/walking.md", "---\ntitle: Walking\n---\nIn the sunshine.\n");
        let mut edited = None;
        let later = loop {
            match rebuild_loop.wait() {
                Event::Built(rebuild) => edited = Some(rebuild.built),
                Event::Settled(rebuild) => break rebuild.built,
                _ => {}
            }
        };
        let edited = edited.expect("the edit is told first");
        assert!(holds(&edited, "walking/", "sunshine") && !holds(&edited, "search/", "sunshine"));
        assert!(holds(&later, "search/", "In the sunshine.") && !holds(&later, "search/", "rain"));
    }

    #[test]
    fn a_page_comes_out_and_expires_at_midnight_without_an_edit() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: &str| write(root.path(), path, text);
        write("site.toml", "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n");
        write("content/_index.md", "---\ntitle: A guide\n---\n");
        write("content/walking.md", "---\ntitle: Walking\ndate: 2026-11-24\nexpires: 2026-11-25\n---\n");
        let (mut rebuild_loop, first) = start(root.path(), today);
        assert_eq!((titles(&first.built), first.built.held), (0, 1));
        let mut built_on = |day| {
            DAY.store(day, Ordering::SeqCst);
            // Polling is told, and a look may have begun before the day turned.
            let mut quiet = 0;
            while quiet < 2 {
                match rebuild_loop.wait() {
                    Event::Built(rebuild) => return Some(titles(&rebuild.built)),
                    Event::Quiet => quiet += 1,
                    _ => {}
                }
            }
            None
        };
        assert_eq!(built_on(24), Some(1));
        assert_eq!(built_on(25), None, "nothing is told of a day on which nothing changes");
        assert_eq!(built_on(26), Some(0));
    }
}
