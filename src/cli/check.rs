//! `betwixt check`: everything that a build does, save writing.

use super::Outcome;
use super::arguments::{Check, Global};
use super::build::plural;
use super::terminal::Terminal;
use crate::base::sort_and_dedup;
use crate::disk;
use crate::pipeline::{self, Memory};

/// Reports every mistake.
pub fn run(global: &Global, options: &Check, terminal: &Terminal) -> Outcome {
    let sources = match disk::read(&global.root, global.config.as_ref(), global.request(None, options.drafts())) {
        Ok(sources) => sources,
        Err(error) => {
            terminal.fail(error);
            return Outcome::Problems;
        }
    };
    let mut memory = Memory::new();
    let (mut built, _) = pipeline::build(&sources, &mut memory);
    // Who has mistakes to mend does not want advice.
    if !built.has_errors() {
        built.diagnostics.extend(pipeline::advise(&sources, &mut memory));
        sort_and_dedup(&mut built.diagnostics);
    }
    terminal.report(&built.diagnostics, &sources);
    if built.has_errors() || (options.strict && built.has_warnings()) {
        return Outcome::Problems;
    }
    if !built.has_warnings() {
        let left = if built.drafts == 0 || options.drafts {
            String::new()
        } else {
            format!(" ({} not looked at: `--drafts`)", plural(built.drafts, "draft", "drafts"))
        };
        terminal.say(format_args!("{} checked, and nothing is wrong{left}", plural(built.pages, "page", "pages")));
    }
    Outcome::Done
}
