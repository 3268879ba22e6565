//! What happens while files are watched → words: one line a build, and nothing twice.

use std::fmt::Write;

use super::build::format_milliseconds;
use super::terminal::{Terminal, plain};
use crate::base::{Diagnostic, Drafts, Sources, URL_LOCK};
use crate::disk::Changes;
use crate::pipeline::{self, Memory};
use crate::report::{self, plural};
use crate::watch::{PollReason, Rebuild};

/// How many changed files a line names.
const NAMED: usize = 2;

/// Tells what happens, and remembers what was told.
pub struct WatchLog<'t> {
    terminal: &'t Terminal,
    diagnostics: Vec<Diagnostic>,
    trouble: Option<String>,
    has_told_of_addresses: bool,
}

impl<'t> WatchLog<'t> {
    /// Nothing has been told yet.
    pub fn new(terminal: &'t Terminal) -> Self {
        Self { terminal, diagnostics: Vec::new(), trouble: None, has_told_of_addresses: false }
    }

    /// Tells what changed, and `what` became of it; complaints only if they are not those told before.
    ///
    /// Where nobody looks, only what begins or ends a trouble is told.
    pub fn report(&mut self, rebuild: &Rebuild, sources: &Sources, what: &str) {
        let diagnostics = &rebuild.built.diagnostics;
        let has_turned = self.diagnostics.iter().any(Diagnostic::is_error) != rebuild.built.has_errors();
        let is_known = self.diagnostics == *diagnostics;
        if !is_known {
            self.terminal.report(diagnostics, sources);
            if diagnostics.is_empty() && self.terminal.is_for_machines() {
                self.terminal.result("{\"event\":\"clean\"}\n");
            }
            self.diagnostics.clone_from(diagnostics);
        }
        let still = report::count(diagnostics).filter(|_| is_known);
        let still = still.map_or_else(String::new, |count| format!("; still {count}"));
        let time = format_milliseconds(rebuild.begun.elapsed());
        if rebuild.changes.is_empty() {
            let pages = plural(rebuild.built.pages, "page", "pages");
            self.terminal.say(format_args!("{pages}: {what} ({time})"));
            return;
        }
        let line = format!("{}: {what} ({time}){still}", describe_changes(&rebuild.changes, sources));
        if has_turned {
            self.terminal.say(line);
        } else {
            self.terminal.say_to_person(line);
        }
    }

    /// Says what is wrong with the world, unless it was just said; whether it was said.
    pub fn report_trouble(&mut self, trouble: &dyn std::error::Error) -> bool {
        let text = trouble.to_string();
        let is_new = self.trouble.as_ref() != Some(&text);
        if is_new {
            self.terminal.fail(&text);
            self.trouble = Some(text);
        }
        is_new
    }

    /// Says that a trouble with the world is over, if there was one; whether there was.
    pub fn report_recovery(&mut self) -> bool {
        let was_troubled = self.trouble.take().is_some();
        if was_troubled {
            self.terminal.say("that is over, and all is well again");
        }
        was_troubled
    }

    /// Says, once, that addresses which were published are not noted: half a heading, saved and published, would become a
    /// promise to readers. So only `build` notes them.
    pub fn report_unnoted_addresses(&mut self, sources: &Sources, memory: &Memory) {
        let is_due = !self.has_told_of_addresses && sources.request.drafts == Drafts::Leave;
        if is_due && pipeline::promised(sources, memory).is_some() {
            self.terminal.say(format_args!(
                "new addresses are not noted in `{URL_LOCK}` while you write; `betwixt build` notes them"
            ));
            self.has_told_of_addresses = true;
        }
    }

    /// Says that all files are read again and again, and why, if it was not asked for.
    pub fn report_polling(&self, reason: &PollReason) {
        if *reason != PollReason::Asked {
            self.terminal.warn(format_args!("{reason}: so all files are read again and again to find changes"));
        }
    }
}

/// Which files changed, such as `content/page.md (new) and 3 more`.
fn describe_changes(changes: &Changes, sources: &Sources) -> String {
    let mut text = String::new();
    for (path, before) in changes.iter().take(NAMED) {
        let how = match (before, sources.get(path)) {
            (None, _) => " (new)",
            (_, None) => " (removed)",
            _ => "",
        };
        let _ = write!(text, "{}{}{how}", if text.is_empty() { "" } else { ", " }, plain(path.as_str()));
    }
    match changes.len().saturating_sub(NAMED) {
        0 => text,
        more => format!("{text} and {}", plural(more, "more", "more")),
    }
}
