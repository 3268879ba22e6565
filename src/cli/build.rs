//! `betwixt build`: read, build, publish.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::arguments::{Build, Form, Global, Publishing};
use super::starters::tell_examples;
use super::terminal::Terminal;
use super::{Answer, Outcome};
use crate::base::{Drafts, Files, Hosting, SourcePath, Sources, URL_LOCK, in_backticks};
use crate::disk::{self, Foreign, Published, RealDisk, Repaired, SourceEdit, Transaction, WriteError};
use crate::pipeline::{self, Built, Memory, Step, Work};
use crate::portable;
use crate::report::plural;
use crate::watch::BuildProgress;

/// What is said where something stands against publishing.
pub const NOT_PUBLISHED: &str = "nothing was published; the site published before is as it was";

/// Builds the guide and publishes it, if nothing stands against it.
pub fn run(global: &Global, options: &Build, terminal: &Terminal) -> Answer {
    let mut clock = Clock::start(if options.timings { resident_megabytes } else { || None });
    let publishing = &options.publishing;
    let mut sources = global.read(publishing.base_url.as_deref(), publishing.drafts())?;
    let form = options.form();
    if form != Form::Site {
        // Readers keep it themselves.
        sources.request.hosting = Hosting::None;
    }
    clock.lap("read");
    let mut memory = Memory::new();
    let pages = pipeline::count_pages(&sources);
    let bar = terminal.build_bar(pages);
    let (mut built, work) = global.builder().build_observed(&sources, &mut memory, &mut |progress| match progress {
        BuildProgress::Done(step) => clock.lap(step_name(step)),
        // Most builds are over before there is anything to tell.
        BuildProgress::Pages { done, files } => {
            if let Some(files) = files {
                bar.set_length((pages + files) as u64);
            }
            bar.set_position(done as u64);
        }
    });
    bar.finish_and_clear();
    tell_examples(&mut built, &sources, &memory);
    terminal.report(&built.diagnostics, &sources);
    if publishing.is_stopped_by(&built) {
        terminal.say(NOT_PUBLISHED);
        return Ok(Outcome::Problems);
    }
    let (files, configured) = formed(&built, form);
    let output = output_folder(global, publishing.output.as_ref(), configured.as_deref());
    terminal.detail(format_args!("publishing {} into `{}`", plural(files.len(), "file", "files"), output.display()));
    let (place, foreign) = publish_where(global, publishing, &output)?;
    let published = disk::publish(&RealDisk::default(), &place, &files, foreign)?;
    clock.lap("publish");
    if let Some(untidy) = &published.untidy {
        terminal.warn(format_args!("the new site is published, but {untidy}"));
    }
    report_repaired(&published, terminal);
    report_foreign(&published, &output, terminal);
    summarise(&built, &published, &clock, terminal);
    if let (Form::SingleFile, Some((name, bytes))) = (form, files.iter().next()) {
        let file = output.join(name.as_str());
        let file = file.strip_prefix(".").unwrap_or(&file);
        terminal.say(format_args!("the whole guide is `{}`, {} kB", file.display(), bytes.len().div_ceil(1000)));
    }
    if publishing.drafts() == Drafts::Leave && form == Form::Site {
        note_addresses(global, &sources, &memory, terminal);
    }
    if built.held > 0 {
        terminal.say(describe_held_back(built.held, publishing.drafts()));
    }
    if options.timings {
        terminal.say(format_timings(&clock, &work, &published, &sources));
    }
    // The process ends here: to give back every page by itself would take as long as to plan them.
    std::mem::forget((sources, memory, built));
    Ok(Outcome::Done)
}

/// The files in the form that was asked for, and the folder for them below the root.
fn formed(built: &Built, form: Form) -> (Arc<Files>, Option<String>) {
    let configured = built.output.as_deref().map(str::to_owned);
    match form {
        Form::Site => (Arc::clone(&built.files), configured),
        Form::Folder => (Arc::new(portable::folder(&built.files, &built.folder)), configured),
        Form::SingleFile => {
            let Built { files, folder, home, title, .. } = built;
            let whole = portable::Whole { files, folder, home, title };
            let (name, text) = portable::single_file(&whole);
            let files = std::iter::once((name, text.into_bytes().into())).collect();
            (Arc::new(files), configured.map(|folder| format!("{folder}-single-file")))
        }
    }
}

/// Names the published files that somebody had edited.
pub fn report_repaired(published: &Published, terminal: &Terminal) {
    for Repaired { path, kept } in &published.repaired {
        terminal.warn(format_args!(
            "somebody had edited the published file `{path}`: it is again as it is built, and what it was is kept as `{}` \
             until `betwixt clean`",
            kept.strip_prefix(std::env::current_dir().unwrap_or_default()).unwrap_or(kept).display()
        ));
    }
}

/// Names what stands among the published files and is not ours.
fn report_foreign(published: &Published, output: &Path, terminal: &Terminal) {
    let foreign = published.foreign.clone().unwrap_or_else(|| disk::find_foreign(output).unwrap_or_default());
    let Some((last, _)) = foreign.split_last() else { return };
    let (verb, names) = if foreign.len() == 1 {
        ("was not published from here and stays", format!("`{last}`"))
    } else {
        let more = if foreign.len() > 3 { ", …" } else { "" };
        ("were not published from here and stay", in_backticks(foreign.iter().take(3), ", ") + more)
    };
    let what = plural(foreign.len(), "file or folder", "files and folders");
    let folder = output.strip_prefix(".").unwrap_or(output).display();
    terminal.say(format_args!("{what} in `{folder}` {verb}: {names}"));
}

/// Adds the addresses that readers may have from here on to their list. The site is published, whatever becomes of that.
fn note_addresses(global: &Global, sources: &Sources, memory: &Memory, terminal: &Terminal) {
    if pipeline::promised(sources, memory).is_none() {
        return;
    }
    match add_addresses(global, sources, memory) {
        Ok(Added::Nothing) => {}
        Ok(Added::List) => terminal.say(format_args!(
            "`{URL_LOCK}` is begun: it lists the addresses that readers may have; keep it with the guide's files"
        )),
        Ok(Added::Addresses(more)) => {
            terminal.say(format_args!("{} in `{URL_LOCK}`", plural(more, "more address", "more addresses")));
        }
        Err(error) => terminal
            .warn(format_args!("the site is published, but its addresses are not noted in `{URL_LOCK}`: {error}")),
    }
}

/// What was added to the list of addresses.
enum Added {
    /// They are all there: another build has noted them.
    Nothing,
    /// The list itself.
    List,
    /// So many addresses.
    Addresses(usize),
}

fn add_addresses(global: &Global, sources: &Sources, memory: &Memory) -> Result<Added, Box<dyn Error>> {
    let disk = RealDisk::default();
    let transaction = Transaction::begin(&disk, &global.root)?;
    // Another build may have noted its addresses since the list was read.
    let (path, mut sources) = (SourcePath::new(URL_LOCK), sources.clone());
    disk::read_again(&global.root, &path, &mut sources)?;
    let Some(text) = pipeline::promised(&sources, memory) else { return Ok(Added::Nothing) };
    let added = sources
        .text(&path)
        .map_or(Added::List, |former| Added::Addresses(count_addresses(&text).saturating_sub(count_addresses(former))));
    let former = sources.bytes(&path).cloned();
    transaction.commit(vec![SourceEdit::in_place(&path, former, text.into_bytes().into())])?;
    Ok(added)
}

fn count_addresses(list: &str) -> usize {
    list.lines().filter(|line| line.starts_with('/')).count()
}

/// Where to publish if `output` is asked for, and how, if it may be published there.
pub fn publish_where(
    global: &Global,
    publishing: &Publishing,
    output: &Path,
) -> Result<(PathBuf, Foreign), WriteError> {
    if let Some(paths) = disk::pending_edits(&global.root)? {
        return Err(WriteError::Pending { paths });
    }
    let output = disk::check_output(&global.root, global.config.as_ref(), output)?;
    Ok((output, if publishing.force { Foreign::Keep } else { Foreign::Refuse }))
}

/// The folder to publish into: as asked for, or as configured below the root.
pub fn output_folder(global: &Global, asked: Option<&PathBuf>, configured: Option<&str>) -> PathBuf {
    match asked {
        Some(asked) => asked.clone(),
        None => global.root.join(configured.unwrap_or("public")),
    }
}

fn summarise(built: &Built, published: &Published, clock: &Clock, terminal: &Terminal) {
    let pages = plural(built.pages, "page", "pages");
    let time = format_milliseconds(clock.total());
    let removed = describe_removed(published.removed);
    terminal.say(format_args!(
        "{pages} built: {} written{removed}, {} as they were ({time})",
        plural(published.written, "file", "files"),
        published.unchanged
    ));
}

/// What is said of pages that are held back.
fn describe_held_back(count: usize, drafts: Drafts) -> String {
    let (pages, folder) = match drafts {
        Drafts::Include => (plural(count, "of them is", "of them are"), ": this folder is for your own eyes"),
        Drafts::Leave => (plural(count, "page is", "pages are"), ""),
    };
    format!("{pages} held back from readers{folder} (`betwixt list --drafts` says why)")
}

/// What a line says of files that are gone: nothing, or `, 2 removed`.
pub fn describe_removed(count: usize) -> String {
    if count > 0 { format!(", {count} removed") } else { String::new() }
}

pub fn format_milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

/// Measures the stages of a build.
struct Clock {
    begun: Instant,
    last: Instant,
    /// Tells the memory that the program holds, in megabytes.
    memory: fn() -> Option<f64>,
    /// For each stage its time, and the memory that the program had at its end, in megabytes, where the system tells it.
    laps: Vec<(&'static str, Duration, Option<f64>)>,
}

impl Clock {
    fn start(memory: fn() -> Option<f64>) -> Self {
        let begun = Instant::now();
        Self { begun, last: begun, memory, laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        let at = Instant::now();
        self.laps.push((name, at - self.last, (self.memory)()));
        self.last = at;
    }

    fn total(&self) -> Duration {
        self.begun.elapsed()
    }
}

/// The memory that this program holds, in megabytes, as Linux tells it.
fn resident_megabytes() -> Option<f64> {
    let told = fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

fn step_name(step: Step) -> &'static str {
    match step {
        Step::Configure => "configure",
        Step::Parse => "parse",
        Step::Assemble => "assemble",
        Step::Plan => "plan",
        Step::Render => "render",
    }
}

/// The stages with their times, and how much each one did.
fn format_timings(clock: &Clock, work: &Work, published: &Published, sources: &Sources) -> String {
    let mut lines = vec![format!("{:<10} {:>10} {:>8}  what", "stage", "ms", "MB")];
    for (name, time, memory) in &clock.laps {
        let what = match *name {
            "read" => plural(sources.iter().count(), "file", "files"),
            "parse" => plural(work.parsed, "page", "pages"),
            "render" => plural(work.rendered, "file", "files"),
            "publish" => {
                format!("{} written, {} removed", plural(published.written, "file", "files"), published.removed)
            }
            _ => String::new(),
        };
        let memory = memory.map_or_else(String::new, |megabytes| format!("{megabytes:.0}"));
        let line = format!("{name:<10} {:>10.1} {memory:>8}  {what}", time.as_secs_f64() * 1000.0);
        lines.push(line.trim_end().to_owned());
    }
    lines.push(format!("{:<10} {:>10.1}", "total", clock.total().as_secs_f64() * 1000.0));
    lines.join("\n")
}
