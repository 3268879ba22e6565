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

use crate::base::{Code, Diagnostic, Severity, Sources};

pub use diff::{Version, difference};
pub use problem::{Line, Problem, Remark, Spot, problems};

/// For whom complaints are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// For people at a terminal, in the form of the Rust compiler: the complaint, its place, the line with the place
    /// underlined, the cure, and a count of all at the end.
    #[default]
    Human,
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
}

/// Whether the text holds colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colour {
    /// Plain text only.
    #[default]
    Plain,
    /// Escape sequences for colours, in [`Format::Human`] only.
    Styled,
}

/// Writes complaints out; `width` is the terminal's, in columns.
///
/// Lines end in `\n`, the last one too; without complaints the text is empty.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, format: Format, colour: Colour, width: usize) -> String {
    match format {
        Format::Human => human::render(diagnostics, sources, colour, width),
        Format::Json => machine::json(diagnostics, sources),
        Format::Github => machine::github(diagnostics, sources),
    }
}

/// One SARIF 2.1.0 log, on one line; `rules` has the first sentence of what each code means.
///
/// A log is written even where nothing is wrong: then it says so.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, summary: fn(Code) -> &'static str) -> String {
    sarif::sarif(diagnostics, sources, summary)
}

/// How many complaints there are, such as `3 errors, 1 warning in 2 files`; `None` if there are none.
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    let all = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let files: std::collections::BTreeSet<_> = diagnostics.iter().map(|diagnostic| &diagnostic.place.path).collect();
    let severities = [Severity::Error, Severity::Warning, Severity::Advice];
    let counts = severities.into_iter().map(|severity| (all(severity), severity));
    let parts: Vec<_> =
        counts.filter(|(count, _)| *count > 0).map(|(count, severity)| several(count, severity)).collect();
    (!parts.is_empty()).then(|| format!("{} in {}", parts.join(", "), plural(files.len(), "file")))
}

/// `1 error`, `2 warnings`, `3 pieces of advice`.
fn several(count: usize, severity: Severity) -> String {
    match severity {
        Severity::Error | Severity::Warning => plural(count, severity.name()),
        Severity::Advice => format!("{} of advice", plural(count, "piece")),
    }
}

/// `1 file`, `2 files`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

#[cfg(test)]
mod tests;
