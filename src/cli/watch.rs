//! `betwixt watch`: builds and publishes, and again whenever a file is saved.

use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::{Global, Publishing, Watch};
use super::build::{NOT_PUBLISHED, describe_removed, output_folder, publish, report_repaired};
use super::terminal::Terminal;
use super::watch_log::WatchLog;
use super::{Answer, day, interrupt};
use crate::base::{Files, Sources};
use crate::disk::{self, Published, Stamp};
use crate::pipeline::Built;
use crate::report::plural;
use crate::watch::{Event, Rebuild, RebuildLoop, WatchOptions};

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
    let mut publisher = Publisher { global, publishing, terminal, last: None };
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
            Event::Quiet => match publisher.repair() {
                Ok(Repair::None) => {
                    watch_log.report_recovery();
                }
                Ok(Repair::Left) => terminal.warn(
                    "another build has published into this folder; it is left as it is until something changes here",
                ),
                Err(error) => {
                    watch_log.report_trouble(&error);
                }
            },
            Event::Trouble(error) => {
                watch_log.report_trouble(&error);
            }
            Event::Polling(reason) => watch_log.report_polling(&reason),
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
}

/// What became of files that somebody may have changed.
enum Repair {
    /// All stands as it has to.
    None,
    /// Somebody else has published there, and that is left as it is.
    Left,
}

impl Publisher<'_> {
    fn publish(&mut self, built: &Built) -> Result<Published, disk::WriteError> {
        let output = output_folder(self.global, self.publishing.output.as_ref(), built.output.as_deref());
        self.last = Some(Snapshot { output, files: Arc::clone(&built.files), folder: None, stamp: None });
        self.publish_snapshot()
    }

    /// Publishes the last site again, if files of it were changed or removed by somebody, or could not be written before.
    fn repair(&mut self) -> Result<Repair, disk::WriteError> {
        let Some(Snapshot { output, files, folder, stamp }) = &self.last else { return Ok(Repair::None) };
        if stamp.is_some_and(|stamp| stamp == disk::stamp_of_files(output, files)) {
            return Ok(Repair::None);
        }
        let present = disk::publication_stamp(output);
        if folder.is_some() && present.is_some() && *folder != present {
            self.last = None;
            return Ok(Repair::Left);
        }
        self.publish_snapshot().map(|_| Repair::None)
    }

    fn publish_snapshot(&mut self) -> Result<Published, disk::WriteError> {
        let Some(Snapshot { output, files, folder, stamp }) = &mut self.last else { return Ok(Published::default()) };
        // Taken before, so that it is the fingerprint of what was found to be right. If something was written, the next look tells.
        let before = disk::stamp_of_files(output, files);
        let published = publish(self.global, self.publishing, output, files)?;
        report_repaired(&published, self.terminal);
        *stamp = (published.written + published.removed == 0).then_some(before);
        *folder = disk::publication_stamp(output);
        Ok(published)
    }
}
