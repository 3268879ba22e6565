//! `betwixt check`: everything that a build does, save publishing; and mending, if asked for.

use super::Outcome;
use super::arguments::{Check, Global};
use super::build::plural;
use super::terminal::Terminal;
use crate::base::{Source, Sources};
use crate::disk::{self, RealDisk, Rewrite, RewriteError};
use crate::pipeline::{self, Built, Memory};
use crate::report::{self, Version};

/// Reports every mistake.
pub fn run(global: &Global, options: &Check, terminal: &Terminal) -> Outcome {
    let sources = match disk::read(&global.root, global.config.as_ref(), global.request(None, options.drafts())) {
        Ok(sources) => sources,
        Err(error) => {
            terminal.fail(error);
            return Outcome::Problems;
        }
    };
    let (sources, built) = match mended(global, options, sources, terminal) {
        Ok(checked) => checked,
        Err(error) => {
            terminal.fail(error);
            return Outcome::Problems;
        }
    };
    terminal.report(&built.diagnostics, &sources);
    if built.has_errors() || (options.strict && built.has_warnings()) {
        return Outcome::Problems;
    }
    if built.diagnostics.is_empty() {
        let left = if built.drafts == 0 || options.drafts {
            String::new()
        } else {
            format!(" ({} not looked at: `--drafts`)", plural(built.drafts, "draft", "drafts"))
        };
        terminal.say(format_args!("{} checked, and nothing is wrong{left}", plural(built.pages, "page", "pages")));
    }
    Outcome::Done
}

/// The sources and what a build makes of them, once what was asked for is mended on disk.
fn mended(
    global: &Global,
    options: &Check,
    sources: Sources,
    terminal: &Terminal,
) -> Result<(Sources, Built), RewriteError> {
    if !options.mending.fix && !options.mending.diff {
        let (built, _) = pipeline::build(&sources, &mut Memory::new());
        return Ok((sources, built));
    }
    let mended = pipeline::mend(&sources);
    let bytes = |sources: &'_ Sources, path| sources.get(path).and_then(Source::as_bytes).cloned().unwrap_or_default();
    let changed: Vec<_> =
        mended.files.keys().map(|path| (path, bytes(&sources, path), bytes(&mended.sources, path))).collect();
    if options.mending.fix {
        let rewrites: Vec<Rewrite> = changed
            .iter()
            .map(|(path, before, after)| Rewrite { path, before: Some(before), after: Some(after) })
            .collect();
        disk::rewrite(&RealDisk::default(), &global.root, &rewrites)?;
    }
    for (path, ..) in &changed {
        let version = |sources| Version { path, text: Sources::text(sources, path).unwrap_or_default() };
        terminal.show(&report::difference(version(&sources), version(&mended.sources), terminal.result_colour()));
    }
    let count = plural(mended.files.values().sum(), "mistake", "mistakes");
    let files = plural(mended.files.len(), "file", "files");
    match (mended.files.is_empty(), options.mending.fix) {
        (true, _) if mended.built.diagnostics.is_empty() => {}
        (true, _) => terminal.say("none of these mistakes has a cure that is certain\n"),
        (false, true) => terminal.say(format_args!("mended {count} in {files}\n")),
        (false, false) => terminal.say(format_args!("`betwixt check --fix` mends {count} in {files} so\n")),
    }
    if options.mending.fix {
        return Ok((mended.sources, mended.built));
    }
    let (built, _) = pipeline::build(&sources, &mut Memory::new());
    Ok((sources, built))
}
