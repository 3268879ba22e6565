//! `betwixt check`: everything that a build does, save writing.

use super::Outcome;
use super::arguments::{Check, Global};
use super::build::plural;
use super::terminal::Terminal;
use super::whereabouts::pointed;
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
    let (built, _) = pipeline::build(&sources, &mut Memory::new());
    terminal.report(&pointed(built.diagnostics.clone(), global), &sources);
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
