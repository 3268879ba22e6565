//! Complaints for programs: JSON lines and GitHub's workflow commands.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::excerpt::{Files, harmless};
use crate::base::{Diagnostic, LineColumn, Note, Severity, Sources, steers};

/// One JSON object on each line; see [`super::Format::Json`] for its keys.
pub(super) fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut files = Files::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let path = &diagnostic.place.path;
        let mut object = Map::new();
        object.insert("code".into(), diagnostic.code.name().into());
        object.insert("severity".into(), diagnostic.severity.name().into());
        object.insert("path".into(), path.as_str().into());
        add_range(&mut object, files.range(path, diagnostic.place.span));
        object.insert("message".into(), (*diagnostic.message).into());
        object.insert("label".into(), (*diagnostic.label).into());
        object.insert("help".into(), (*diagnostic.help).into());
        let notes = diagnostic.notes.iter().map(|note| json_note(note, &mut files));
        object.insert("notes".into(), notes.collect());
        let mut fix = Vec::new();
        for edit in &diagnostic.fix {
            let mut object = Map::new();
            add_range(&mut object, files.range(path, Some(edit.span)));
            object.insert("text".into(), (*edit.text).into());
            fix.push(Value::Object(object));
        }
        object.insert("fix".into(), fix.into());
        escape_harmful(&mut out, &Value::Object(object).to_string());
        out.push('\n');
    }
    out
}

fn json_note<'a>(note: &'a Note, files: &mut Files<'a>) -> Value {
    let start = files.start(&note.place);
    json!({
        "path": note.place.path.as_str(),
        "line": start.map(|at| at.line),
        "column": start.map(|at| at.column),
        "label": note.label,
    })
}

fn add_range(object: &mut Map<String, Value>, range: Option<(LineColumn, LineColumn)>) {
    let (start, end) = range.unzip();
    object.insert("line".into(), json!(start.map(|at| at.line)));
    object.insert("column".into(), json!(start.map(|at| at.column)));
    object.insert("end_line".into(), json!(end.map(|at| at.line)));
    object.insert("end_column".into(), json!(end.map(|at| at.column)));
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
        if let Some((start, end)) = files.range(&diagnostic.place.path, diagnostic.place.span) {
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
