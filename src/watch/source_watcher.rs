//! The site's folders → the sources as they are, each time they differ.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::batch::{Batch, FileState};
use super::events::{WatchEvent, Watcher};
use super::poll_reason::PollReason;
use crate::base::{Request, Sources};
use crate::disk::{Changes, DiskError, SourceCache, Stamp};

/// How changes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The system tells of them; where it does not, as below.
    Events,
    /// All files are read again and again.
    Poll,
}

/// Tells the day; none if it is not known.
pub type Today = fn() -> Option<Date>;

/// What is watched, and how.
#[derive(Debug, Clone)]
pub struct WatchOptions<'w> {
    /// The site's folder.
    pub root: &'w Path,
    /// The configuration, relative to `root`.
    pub config: &'w Path,
    /// What was asked for on the command line.
    pub request: Request,
    /// How changes are found.
    pub method: Method,
    /// Is asked for the day again and again, as that changes what is published.
    pub today: Today,
}

/// How soon to look again, at the soonest, for what the system did not tell.
const RESCAN: Duration = Duration::from_secs(4);
/// How much longer than such a look takes to wait for the next one, so that it costs nothing that anybody notices.
const RESCAN_FACTOR: u32 = 100;
/// How soon to read everything again, at the soonest, where the system tells nothing.
const POLL: Duration = Duration::from_millis(300);
/// How much longer than reading everything takes to wait before it is done again.
const POLL_FACTOR: u32 = 50;
/// At the latest, one looks again after this time.
const LATEST: Duration = Duration::from_secs(5);

/// What became of the sources.
#[derive(Debug)]
pub(super) enum SourceEvent {
    /// These differ from what they were; if none does, it is the day that changed.
    Changed(Changes),
    /// Nothing has changed for a while.
    Quiet,
    /// They cannot be read. They are as they were last read.
    Trouble(DiskError),
    /// From here on all files are read again and again.
    Polling(PollReason),
}

/// The sources, and how to learn of changes.
#[derive(Debug)]
pub(super) struct SourceWatcher {
    cache: SourceCache,
    /// None where all files are read again and again.
    watcher: Option<Watcher>,
    batch: Batch,
    /// When the batch began, and when it was last added to.
    hints: (Instant, Instant),
    due: Instant,
    stamp: Stamp,
    today: Today,
    /// What has come and was not asked for yet, oldest first.
    pending: VecDeque<SourceEvent>,
}

impl SourceWatcher {
    /// Reads the site, and listens from before it is read.
    ///
    /// # Errors
    /// If the root cannot be entered, or holds more entries than any guide.
    pub fn start(options: WatchOptions) -> Result<Self, DiskError> {
        let WatchOptions { root, config, request, method, today } = options;
        let watcher = match method {
            Method::Events => Watcher::open(root, config),
            Method::Poll => Err(PollReason::Asked),
        };
        let cache = SourceCache::read(root, config, request)?;
        let now = Instant::now();
        let pending = watcher.as_ref().err().cloned().map(SourceEvent::Polling).into_iter().collect();
        Ok(Self {
            cache,
            watcher: watcher.ok(),
            batch: Batch::default(),
            hints: (now, now),
            due: now + POLL,
            // Equal to none, so that the first look reads everything once more.
            stamp: Stamp::default(),
            today,
            pending,
        })
    }

    /// What was last read.
    pub fn sources(&self) -> &Sources {
        self.cache.sources()
    }

    /// Waits for news.
    pub fn next(&mut self) -> SourceEvent {
        loop {
            if let Some(news) = self.step(Instant::now() + LATEST) {
                return news;
            }
        }
    }

    /// What changes within a time, if anything does. Other news wait for [`Self::next`].
    pub fn changes_within(&mut self, time: Duration) -> Option<Changes> {
        let deadline = Instant::now() + time;
        let mut others = VecDeque::new();
        let changes = loop {
            match self.step(deadline) {
                Some(SourceEvent::Changed(changes)) => break Some(changes),
                Some(SourceEvent::Quiet) => {}
                Some(other) => others.push_back(other),
                None => break None,
            }
        };
        others.append(&mut self.pending);
        self.pending = others;
        changes
    }

    /// Waits for news until `deadline`.
    fn step(&mut self, deadline: Instant) -> Option<SourceEvent> {
        loop {
            let wait = self.remaining_wait();
            if let Some(news) = self.pending.pop_front() {
                return Some(news);
            }
            if wait == Some(Duration::ZERO) {
                let answer = self.read_batch();
                if !matches!(&answer, Ok(changes) if changes.is_empty()) {
                    self.update_day();
                    return Some(to_event(answer));
                }
            }
            let now = Instant::now();
            if now >= self.due {
                return Some(self.rescan());
            }
            if now >= deadline {
                return None;
            }
            let until = self.due.min(deadline).min(wait.map_or(deadline, |wait| now + wait));
            match &self.watcher {
                Some(watcher) => {
                    if let Some(event) = watcher.wait_until(until) {
                        self.record(event);
                    }
                }
                None => std::thread::sleep(until.saturating_duration_since(now)),
            }
        }
    }

    /// Takes in what has come already, and how much longer to wait for the rest; `None` if nothing was named.
    fn remaining_wait(&mut self) -> Option<Duration> {
        while let Some(event) = self.watcher.as_ref().and_then(|watcher| watcher.wait_until(Instant::now())) {
            self.record(event);
        }
        if self.batch.is_empty() {
            return None;
        }
        let (first, last) = self.hints;
        Some(self.batch.remaining_wait(last.elapsed(), first.elapsed(), |path| self.inspect_file(path)))
    }

    fn record(&mut self, event: WatchEvent) {
        let now = Instant::now();
        match event {
            WatchEvent::Hint(hint) => {
                if self.batch.is_empty() {
                    self.hints.0 = now;
                }
                self.hints.1 = now;
                self.batch.add(hint);
            }
            WatchEvent::Failed(reason) => self.poll(reason),
            WatchEvent::Probe => {}
        }
    }

    /// Gives up listening.
    fn poll(&mut self, reason: PollReason) {
        self.watcher = None;
        self.due = Instant::now();
        self.pending.push_back(SourceEvent::Polling(reason));
    }

    fn inspect_file(&self, path: &Path) -> FileState {
        let known = self.cache.has(path);
        match std::fs::symlink_metadata(self.cache.on_disk(path)) {
            Err(_) if known => FileState::Vanished,
            Ok(metadata) if !known && metadata.is_file() => FileState::New,
            Ok(metadata) if known && metadata.is_file() && metadata.len() == 0 => FileState::Emptied,
            _ => FileState::Present,
        }
    }

    fn read_batch(&mut self) -> Result<Changes, DiskError> {
        let Some(named) = self.batch.take() else {
            // The system's queue was too short, perhaps for the news of our own reading. Who knows what was renamed?
            self.watch_folders(|_| true);
            return self.read_if_touched();
        };
        // What a new folder holds is watched before it is read, so that nothing is lost in between; and the library stops
        // watching a top folder that was renamed.
        let tops = named.iter().filter(|path| path.iter().count() == 1 || self.cache.on_disk(path).is_dir());
        let tops: BTreeSet<PathBuf> = tops.filter_map(|path| path.iter().next().map(PathBuf::from)).collect();
        if !tops.is_empty() {
            self.watch_folders(|top| tops.contains(top));
        }
        self.cache.read_named(&named)
    }

    /// Looks for what the system did not tell.
    fn rescan(&mut self) -> SourceEvent {
        let begun = Instant::now();
        let is_polling = self.watcher.is_none();
        self.watch_folders(|_| false);
        let answer = if is_polling { self.cache.read_all() } else { self.read_if_touched() };
        let was_missed = !is_polling && matches!(&answer, Ok(changes) if !changes.is_empty());
        if was_missed {
            // Something was not told, and may go on not to be told.
            self.watch_folders(|_| true);
        }
        let (soonest, factor) = if is_polling { (POLL, POLL_FACTOR) } else { (RESCAN, RESCAN_FACTOR) };
        let now = Instant::now();
        self.due = now + if was_missed { POLL } else { ((now - begun) * factor).clamp(soonest, LATEST) };
        match answer {
            // A page may come out at midnight, without any edit.
            Ok(changes) if changes.is_empty() && !self.update_day() => SourceEvent::Quiet,
            answer => to_event(answer),
        }
    }

    /// Asks for the day; whether it is another one than before.
    fn update_day(&mut self) -> bool {
        self.cache.set_today((self.today)())
    }

    /// Reads everything again, if the system's times and sizes are not as they were when that was last done.
    fn read_if_touched(&mut self) -> Result<Changes, DiskError> {
        let stamp = self.cache.stamp();
        if stamp == self.stamp {
            return Ok(Changes::new());
        }
        let changes = self.cache.read_all()?;
        self.stamp = stamp;
        Ok(changes)
    }

    fn watch_folders(&mut self, is_in_doubt: impl Fn(&Path) -> bool) {
        if let Some(Err(reason)) = self.watcher.as_mut().map(|watcher| watcher.watch_folders(is_in_doubt)) {
            self.poll(reason);
        }
    }
}

fn to_event(answer: Result<Changes, DiskError>) -> SourceEvent {
    match answer {
        Ok(changes) => SourceEvent::Changed(changes),
        Err(error) => SourceEvent::Trouble(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn news_that_come_while_changes_are_waited_for_are_all_told_afterwards() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let mut watcher = SourceWatcher::start(WatchOptions {
            root: root.path(),
            config: Path::new("site.toml"),
            request: Request::default(),
            method: Method::Poll,
            today: || None,
        })
        .expect("the folder is read");
        fs::remove_dir(root.path()).expect("removed");
        assert!(watcher.changes_within(POLL * 2).is_none());
        let news = [watcher.next(), watcher.next()];
        assert!(matches!(news, [SourceEvent::Polling(PollReason::Asked), SourceEvent::Trouble(_)]), "{news:?}");
    }
}
