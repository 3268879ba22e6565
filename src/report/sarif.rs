//! Complaints → one SARIF 2.1.0 log, which GitHub, GitLab and many editors show beside the lines.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use serde_json::{Value, json};

use super::excerpt::Files;
use super::machine::escape_harmful;
use crate::base::{Code, Diagnostic, Edit, Place, Severity, Sources, Span, encode_path};

/// The log with its newline; `summary` gives the first sentence of what a code means.
pub(super) fn sarif(diagnostics: &[Diagnostic], sources: &Sources, summary: fn(Code) -> &'static str) -> String {
    let mut files = Files::new(sources);
    let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut rules = Vec::new();
    for code in &codes {
        rules.push(json!({ "id": code.name(), "shortDescription": { "text": summary(*code) } }));
    }
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let index = codes.binary_search(&diagnostic.code).ok();
            result(diagnostic, index, &mut files)
        })
        .collect();
    let driver = json!({
        "name": "Betwixt",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    let mut out = String::new();
    escape_harmful(&mut out, &log.to_string());
    out.push('\n');
    out
}

fn result<'a>(diagnostic: &'a Diagnostic, index: Option<usize>, files: &mut Files<'a>) -> Value {
    let words = [&diagnostic.message, &diagnostic.label, &diagnostic.help];
    let words: Vec<&str> = words.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "level": level(diagnostic.severity),
        "message": { "text": words.join("\n") },
        "locations": [{ "physicalLocation": location(&diagnostic.place, files) }],
    });
    if let Some(index) = index {
        result["ruleIndex"] = json!(index);
    }
    if !diagnostic.notes.is_empty() {
        let others = diagnostic
            .notes
            .iter()
            .map(|note| json!({ "physicalLocation": location(&note.place, files), "message": { "text": note.label } }));
        result["relatedLocations"] = Value::Array(others.collect());
    }
    let replacements: Vec<Value> =
        diagnostic.fix.iter().filter_map(|edit| replacement(&diagnostic.place, edit, files)).collect();
    if !replacements.is_empty() {
        let change = json!({ "artifactLocation": artifact(&diagnostic.place), "replacements": replacements });
        result["fixes"] = json!([{ "artifactChanges": [change] }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => severity.name(),
        Severity::Advice => "note",
    }
}

fn location<'a>(place: &'a Place, files: &mut Files<'a>) -> Value {
    let mut location = json!({ "artifactLocation": artifact(place) });
    if let Some(region) = region(place, place.span, files) {
        location["region"] = region;
    }
    location
}

/// The file, relative to the root of the site.
fn artifact(place: &Place) -> Value {
    json!({ "uri": encode_path(place.path.as_str()) })
}

/// Lines and columns from 1, the end one behind the last sign.
fn region<'a>(place: &'a Place, span: Option<Span>, files: &mut Files<'a>) -> Option<Value> {
    let (start, end) = files.range(&place.path, span)?;
    Some(json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    }))
}

fn replacement<'a>(place: &'a Place, edit: &'a Edit, files: &mut Files<'a>) -> Option<Value> {
    let region = region(place, Some(edit.span), files)?;
    Some(json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } }))
}
