//! `betwixt check`: everything that a build does, save publishing; and mending, if asked for.

use super::arguments::{Check, Global};
use super::edits::{commit, refuse_unread};
use super::external::{self, LinkCheck};
use super::starters::tell_examples;
use super::terminal::Terminal;
use super::{Answer, Outcome};
use crate::base::{Sources, sort_and_dedup};
use crate::disk::{SourceEdit, WriteError};
use crate::pipeline::{self, Built, Memory};
use crate::report::{self, Version, plural};
use crate::watch::Builder;

/// Reports every mistake.
pub fn run(global: &Global, options: &Check, terminal: &Terminal) -> Answer {
    let sources = global.read(None, options.drafts())?;
    let (sources, mut built, mut memory) = mend_sources(global, options, sources, terminal)?;
    let mut others = String::new();
    if options.asking.external {
        let links = pipeline::outward(&memory);
        match external::check_links(&links, &sources.request.configuration, options.asking.freshness(), terminal)? {
            LinkCheck::Done { count, found } => {
                built.diagnostics.extend(pipeline::tell_outside(found, &sources, &memory));
                others = format!(" and {}", plural(count, "address of another site", "addresses of other sites"));
            }
            LinkCheck::Interrupted => return Ok(Outcome::Interrupted),
        }
    }
    tell_examples(&mut built, &sources, &memory);
    // Who has mistakes to mend does not want advice.
    if !built.has_errors() {
        built.diagnostics.extend(pipeline::advise(&sources, &mut memory));
    }
    sort_and_dedup(&mut built.diagnostics);
    terminal.report(&built.diagnostics, &sources);
    if built.has_errors() || (options.strict && built.has_warnings()) {
        return Ok(Outcome::Problems);
    }
    if !built.has_warnings() {
        let left = if built.held == 0 || options.drafts {
            String::new()
        } else {
            format!(" ({} held back and not looked at: `--drafts`)", plural(built.held, "page", "pages"))
        };
        let pages = plural(built.pages, "page", "pages");
        terminal.say(format_args!("{pages}{others} checked, and nothing is wrong{left}"));
    }
    Ok(Outcome::Done)
}

/// The sources and what a build makes of them and remembers, once what was asked for is mended on disk.
fn mend_sources(
    global: &Global,
    options: &Check,
    sources: Sources,
    terminal: &Terminal,
) -> Result<(Sources, Built, Memory), WriteError> {
    let mut builder = global.builder();
    if !options.mending.fix && !options.mending.diff {
        return Ok(build(sources, &mut builder));
    }
    if options.mending.writes()
        && let Err(message) = refuse_unread(&sources)
    {
        terminal.warn(message);
        return Ok(build(sources, &mut builder));
    }
    let mended = pipeline::mend(&sources, &mut |sources, memory| builder.build(sources, memory));
    if options.mending.writes() && !mended.files.is_empty() {
        let mut edits = Vec::new();
        for path in mended.files.keys() {
            let intended = mended.sources.bytes(path).cloned().unwrap_or_default();
            edits.push(SourceEdit::in_place(path, sources.bytes(path).cloned(), intended));
        }
        commit(global, edits)?;
    }
    for path in mended.files.keys() {
        let version = |sources| Version { path, text: Sources::text(sources, path).unwrap_or_default() };
        terminal.show(&report::difference(version(&sources), version(&mended.sources), terminal.result_colour()));
    }
    let count = plural(mended.files.values().sum(), "mistake", "mistakes");
    let files = plural(mended.files.len(), "file", "files");
    match (mended.files.is_empty(), options.mending.writes()) {
        (true, _) if mended.built.diagnostics.is_empty() => {}
        (true, _) => terminal.say("none of these mistakes has a cure that is certain\n"),
        (false, true) => terminal.say(format_args!("mended {count} in {files}\n")),
        (false, false) => terminal.say(format_args!("`betwixt check --fix` mends {count} in {files} so\n")),
    }
    if options.mending.writes() {
        return Ok((mended.sources, mended.built, mended.memory));
    }
    Ok(build(sources, &mut builder))
}

fn build(sources: Sources, builder: &mut Builder) -> (Sources, Built, Memory) {
    let mut memory = Memory::unpublished();
    let (built, _) = builder.build(&sources, &mut memory);
    (sources, built, memory)
}
