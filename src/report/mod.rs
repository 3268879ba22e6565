//! Complaints → text for people, for programs or for GitHub, and values for a page.
//!
//! A pure function: the caller prints. Whatever stands in an author's files, no control or direction character of it
//! reaches a terminal, and the text stays short however long the files or their lines are.

mod diff;
mod excerpt;
mod human;
mod machine;
mod problem;
mod sarif;

use std::collections::BTreeSet;

use crate::base::{Code, Diagnostic, Severity, Sources};

pub use diff::{Version, difference};
pub use problem::{MarkedLine, Problem, ProblemNote, SourceLocation, problems};

/// For whom complaints are written.
#[derive(Debug, Clone, Copy)]
pub enum Format {
    /// For people at a terminal, in the form of the Rust compiler: the complaint, its place, the line with the place
    /// underlined, the cure, and a count of all at the end.
    Human {
        /// Whether it is coloured.
        colour: Colour,
        /// The terminal's width, in columns.
        width: usize,
    },
    /// For programs: one JSON object on each line, as `problem.schema.json` beside this file describes it, with the keys
    ///
    /// - `code`: the complaint's name; `severity`: `"error"`, `"warning"` or `"advice"`
    /// - `path`: the file, relative to the site's root, with `/`
    /// - `line`, `column`, `end_line`, `end_column`: the first character of the place and the one after its last,
    ///   counted from 1, columns in characters; all `null` where the file as a whole is meant or is not text
    /// - `message`, `label`, `help`: the words; `label` and `help` may be empty
    /// - `notes`: other places, each with `path`, `line`, `column` and `label`
    /// - `fix`: what cures it for certain: edits of the file, each with `line`, `column`, `end_line`, `end_column` as above and
    ///   the `text` to write there; empty where only the author can know
    ///
    /// `watch` and `serve` write the line `{"event":"clean"}` when the last of the complaints is gone.
    Json,
    /// For GitHub's checks: one workflow command such as `::error file=…,line=…::…` on each line.
    Github,
    /// For GitHub, GitLab and many editors: one SARIF 2.1.0 log, on one line. The function gives the first sentence of what
    /// a code means. A log is written even where nothing is wrong: then it says so.
    Sarif(fn(Code) -> &'static str),
}

/// Whether the text holds colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colour {
    /// Plain text only.
    #[default]
    Plain,
    /// Escape sequences for colours.
    Styled,
}

/// Writes complaints out. Lines end in `\n`, the last one too; without complaints the text is empty, but for a SARIF log.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, format: Format) -> String {
    match format {
        Format::Human { colour, width } => human::render(diagnostics, sources, colour, width),
        Format::Json => machine::json(diagnostics, sources),
        Format::Github => machine::github(diagnostics, sources),
        Format::Sarif(summary) => sarif::sarif(diagnostics, sources, summary),
    }
}

/// How many complaints there are, such as `3 errors, 1 warning in 2 files`; `None` if there are none.
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    let mut parts = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Advice] {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        if count > 0 {
            parts.push(count_severity(count, severity));
        }
    }
    let files: BTreeSet<_> = diagnostics.iter().map(|diagnostic| &diagnostic.place.path).collect();
    (!parts.is_empty()).then(|| format!("{} in {}", parts.join(", "), plural(files.len(), "file", "files")))
}

/// `1 error`, `2 warnings`, `3 pieces of advice`.
fn count_severity(count: usize, severity: Severity) -> String {
    match severity {
        Severity::Error => plural(count, "error", "errors"),
        Severity::Warning => plural(count, "warning", "warnings"),
        Severity::Advice => plural(count, "piece of advice", "pieces of advice"),
    }
}

/// `1 file`, `2 files`.
#[must_use]
pub(crate) fn plural(count: usize, one: &str, other: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { other })
}

#[cfg(test)]
mod tests;
