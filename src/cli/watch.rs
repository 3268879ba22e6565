//! `betwixt watch`: builds and publishes, and again whenever a file is saved.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::arguments::{Global, Publishing, Watch};
use super::build::{NOT_PUBLISHED, describe_removed, output_folder, publish_where, report_repaired};
use super::terminal::Terminal;
use super::watch_log::WatchLog;
use super::{Answer, day, interrupt};
use crate::base::{Files, Sources};
use crate::disk::{self, Published, RealDisk, Stamp};
use crate::pipeline::Built;
use crate::report::plural;
use crate::watch::{Event, Rebuild, RebuildLoop, WatchOptions};

/// At the latest, one looks after this time at what others did, however many edits come.
const LATEST: Duration = Duration::from_secs(10);

/// Publishes each build that nothing stands against, until Ctrl-C.
pub fn run(global: &Global, options: &Watch, terminal: &Terminal) -> Answer {
    interrupt::exit_on_interrupt();
    let publishing = &options.publishing;
    let request = global.request(publishing.base_url.as_deref(), publishing.drafts());
    let method = options.finding.method();
    let (root, config) = (&global.root, global.config.as_ref());
    let options = WatchOptions { root, config, request, method, today: || day::today().ok() };
    let (mut rebuild_loop, first) = RebuildLoop::start(options, global.builder())?;
    let mut watch_log = WatchLog::new(terminal);
    let disk = RealDisk::default();
    let mut publisher = Publisher { global, publishing, terminal, disk: &disk, inner: None, last: None };
    let mut event = Event::Built(Box::new(first));
    loop {
        match event {
            Event::Built(rebuild) => {
                if publish_rebuild(&rebuild, &mut publisher, rebuild_loop.sources(), &mut watch_log) {
                    let (sources, _, memory) = rebuild_loop.parts();
                    watch_log.report_unnoted_addresses(sources, memory);
                }
            }
            Event::Settled(rebuild) => {
                if !publisher.publishing.is_stopped_by(&rebuild.built)
                    && let Err(error) = publisher.publish(&rebuild.built)
                {
                    watch_log.report_trouble(&error);
                }
            }
            Event::Quiet => repair(&mut publisher, &mut watch_log),
            Event::Trouble(error) => {
                watch_log.report_trouble(&error);
            }
            Event::Polling(reason) => watch_log.report_polling(&reason),
        }
        match publisher.unverified_since() {
            Some(since) if since.elapsed() > LATEST => repair(&mut publisher, &mut watch_log),
            Some(_) => rebuild_loop.await_pause(),
            None => {}
        }
        event = rebuild_loop.wait();
    }
}

/// Publishes what was built, if nothing stands against it, and tells what became of it; whether it is published.
fn publish_rebuild(rebuild: &Rebuild, publisher: &mut Publisher, sources: &Sources, watch_log: &mut WatchLog) -> bool {
    if publisher.publishing.is_stopped_by(&rebuild.built) {
        watch_log.report(rebuild, sources, NOT_PUBLISHED);
        return false;
    }
    match publisher.publish(&rebuild.built) {
        Ok(done) => {
            watch_log.report_recovery();
            watch_log.report(rebuild, sources, &summarise(&done));
            true
        }
        Err(error) => {
            watch_log.report(rebuild, sources, "not published");
            watch_log.report_trouble(&error);
            false
        }
    }
}

/// Repairs what others did to the published folder, and tells what became of it.
fn repair(publisher: &mut Publisher<'_>, watch_log: &mut WatchLog<'_>) {
    match publisher.repair() {
        Ok(Repair::None) => {
            watch_log.report_recovery();
        }
        Ok(Repair::Left) => publisher
            .terminal
            .warn("another build has published into this folder; it is left as it is until something changes here"),
        Err(error) => {
            watch_log.report_trouble(&error);
        }
    }
}

/// What one publication did.
fn summarise(published: &Published) -> String {
    if published.written + published.removed == 0 {
        return "the published site is the same".to_owned();
    }
    format!("{} written{}", plural(published.written, "file", "files"), describe_removed(published.removed))
}

/// Publishes, and sees to it that what was published stays as it is.
struct Publisher<'a> {
    global: &'a Global,
    publishing: &'a Publishing,
    terminal: &'a Terminal,
    disk: &'a RealDisk,
    /// Publishes into the folder of `last`; `None` until that is known.
    inner: Option<disk::Publisher<'a>>,
    last: Option<Snapshot>,
}

/// A site that has to stand in a folder.
struct Snapshot {
    output: PathBuf,
    files: Arc<Files>,
    /// Fingerprint of the folder as we left it; `None` if it could not be published.
    folder: Option<Stamp>,
    /// What the system told of the files when they were last found to be right.
    stamp: Option<Stamp>,
    /// When it was published, if nobody has looked since at what others did meanwhile.
    unverified_since: Option<Instant>,
}

/// What became of files that somebody may have changed.
enum Repair {
    /// All stands as it has to.
    None,
    /// Somebody else has published there, and that is left as it is.
    Left,
}

impl<'a> Publisher<'a> {
    fn publish(&mut self, built: &Built) -> Result<Published, disk::WriteError> {
        let output = output_folder(self.global, self.publishing.output.as_ref(), built.output.as_deref());
        let since = self.unverified_since().unwrap_or_else(Instant::now);
        let files = Arc::clone(&built.files);
        self.last = Some(Snapshot { output, files, folder: None, stamp: None, unverified_since: None });
        let published = self.publish_snapshot(disk::Publisher::publish)?;
        if let Some(last) = &mut self.last {
            last.unverified_since = Some(since);
        }
        Ok(published)
    }

    /// Since when nobody has looked at what others did to the folder.
    fn unverified_since(&self) -> Option<Instant> {
        self.last.as_ref().and_then(|last| last.unverified_since)
    }

    /// Looks at everything, if files of the last site were changed or removed by somebody, could not be written before, or
    /// were not looked at since; and publishes them again if need be.
    fn repair(&mut self) -> Result<Repair, disk::WriteError> {
        let Some(Snapshot { output, files, folder, stamp, unverified_since }) = &mut self.last else {
            return Ok(Repair::None);
        };
        *unverified_since = None;
        // Taken before, so that it is the fingerprint of what was found to be right. If something was written, the next look tells.
        let before = disk::stamp_of_files(output, files);
        if *stamp == Some(before) {
            return Ok(Repair::None);
        }
        let present = disk::publication_stamp(output);
        if folder.is_some() && present.is_some() && *folder != present {
            self.last = None;
            return Ok(Repair::Left);
        }
        let published = self.publish_snapshot(disk::Publisher::verify)?;
        if let Some(last) = &mut self.last {
            last.stamp = (published.written + published.removed == 0).then_some(before);
        }
        Ok(Repair::None)
    }

    /// Publishes or verifies the last site.
    fn publish_snapshot(&mut self, publish: Publish<'a>) -> Result<Published, disk::WriteError> {
        let Some(Snapshot { output, files, folder, .. }) = &mut self.last else { return Ok(Published::default()) };
        let (place, foreign) = publish_where(self.global, self.publishing, output)?;
        let publisher = match self.inner.take() {
            Some(publisher) if publisher.output() == place => publisher,
            _ => disk::Publisher::new(self.disk, &place, foreign),
        };
        let sum = publish(self.inner.insert(publisher), files)?;
        report_repaired(&sum, self.terminal);
        *folder = disk::publication_stamp(output);
        Ok(sum)
    }
}

/// What is done with a site: it is published, or looked at and mended.
type Publish<'a> = fn(&mut disk::Publisher<'a>, &Files) -> Result<Published, disk::WriteError>;
