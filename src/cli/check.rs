//! `betwixt check`: everything that a build does, save writing.

use super::Outcome;
use super::arguments::{Check, Global};
use super::build::plural;
use super::outside::{self, Asked};
use super::terminal::Terminal;
use super::whereabouts::pointed;
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
    let mut others = String::new();
    if options.asking.external {
        match outside::ask(
            &pipeline::outward(&memory),
            &sources.request.configuration,
            options.asking.freshness(),
            terminal,
        ) {
            Asked::Judged { count, found } => {
                built.diagnostics.extend(found);
                others = format!(" and {}", plural(count, "address of another site", "addresses of other sites"));
            }
            Asked::Unable => return Outcome::Problems,
            Asked::Interrupted => return Outcome::Interrupted,
        }
    }
    // Who has mistakes to mend does not want advice.
    if !built.has_errors() {
        built.diagnostics.extend(pipeline::advise(&sources, &mut memory));
    }
    sort_and_dedup(&mut built.diagnostics);
    terminal.report(&pointed(built.diagnostics.clone(), global), &sources);
    if built.has_errors() || (options.strict && built.has_warnings()) {
        return Outcome::Problems;
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
    Outcome::Done
}
