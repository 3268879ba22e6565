//! Complaints for programs: JSON lines and GitHub's workflow commands.

use std::fmt::Write;

use serde_json::json;

use super::excerpt::{Files, harmless};
use crate::base::{Diagnostic, Edit, LineColumn, Place, Severity, Sources, Span, steers};

/// One JSON object on each line; see [`super::Format::Json`] for its keys.
pub(super) fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut files = Files::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let range = diagnostic.place.span.and_then(|span| range(&mut files, &diagnostic.place, span));
        let notes: Vec<_> = diagnostic
            .notes
            .iter()
            .map(|note| {
                let place = &note.place;
                let start = place.span.and_then(|span| self::range(&mut files, place, span)).map(|(start, _)| start);
                json!({
                    "path": note.place.path.as_str(),
                    "line": start.map(|at| at.line),
                    "column": start.map(|at| at.column),
                    "label": note.label,
                })
            })
            .collect();
        let fix: Vec<_> = diagnostic.fix.iter().map(|edit| json_edit(&mut files, &diagnostic.place, edit)).collect();
        let object = json!({
            "code": diagnostic.code.name(),
            "severity": diagnostic.severity.name(),
            "path": diagnostic.place.path.as_str(),
            "line": range.map(|(start, _)| start.line),
            "column": range.map(|(start, _)| start.column),
            "end_line": range.map(|(_, end)| end.line),
            "end_column": range.map(|(_, end)| end.column),
            "message": diagnostic.message,
            "label": diagnostic.label,
            "help": diagnostic.help,
            "notes": notes,
            "fix": fix,
        });
        escape_harmful(&mut out, &object.to_string());
        out.push('\n');
    }
    out
}

fn json_edit<'a>(files: &mut Files<'a>, place: &'a Place, edit: &Edit) -> serde_json::Value {
    let at = range(files, place, edit.span);
    json!({
        "line": at.map(|(start, _)| start.line),
        "column": at.map(|(start, _)| start.column),
        "end_line": at.map(|(_, end)| end.line),
        "end_column": at.map(|(_, end)| end.column),
        "text": edit.text,
    })
}

/// One workflow command on each line.
///
/// <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message>
pub(super) fn github(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut files = Files::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let path = escape_property(diagnostic.place.path.as_str());
        let _ = write!(out, "::{} file={path}", command(diagnostic.severity));
        if let Some((start, end)) = diagnostic.place.span.and_then(|span| range(&mut files, &diagnostic.place, span)) {
            let _ = write!(out, ",line={},endLine={}", start.line, end.line);
            // GitHub takes columns only for places within one line.
            if start.line == end.line {
                let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
            }
        }
        let parts = [&diagnostic.message, &diagnostic.label, &diagnostic.help];
        let words: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(|part| escape_data(part)).collect();
        let _ = writeln!(out, ",title={}::{}", escape_property(diagnostic.code.name()), words.join("%0A"));
    }
    out
}

/// What GitHub calls a severity.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => severity.name(),
        Severity::Advice => "notice",
    }
}

/// The first character of a stretch of the place's file and the one after its last.
pub(super) fn range<'a>(files: &mut Files<'a>, place: &'a Place, span: Span) -> Option<(LineColumn, LineColumn)> {
    let lines = files.lines(&place.path)?;
    Some((lines.position(span.start), lines.position(span.end)))
}

/// Writes `json` with the characters that could do harm in a terminal as `\u` escapes. They stand in strings only.
pub(super) fn escape_harmful(out: &mut String, json: &str) {
    for c in json.chars() {
        if steers(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
}

fn escape_data(text: &str) -> String {
    harmless(text).replace('%', "%25")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
