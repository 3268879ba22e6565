//! The doc comments of the functions that make complaints are the manual of their codes.
//!
//! Reads the program's own source, which is part of it, so that the manual cannot lag behind.

use std::collections::BTreeSet;
use std::fmt::Write;

/// The files whose functions make complaints; a test finds those that are missing.
const SOURCES: &[(&str, &str)] = &[
    ("content/advice/reading.rs", include_str!("../content/advice/reading.rs")),
    ("content/advice/words.rs", include_str!("../content/advice/words.rs")),
    ("content/body/complaints.rs", include_str!("../content/body/complaints.rs")),
    ("content/body/near_complaints.rs", include_str!("../content/body/near_complaints.rs")),
    ("content/complaints.rs", include_str!("../content/complaints.rs")),
    ("content/complaints/relation_entries.rs", include_str!("../content/complaints/relation_entries.rs")),
    ("content/complaints/values.rs", include_str!("../content/complaints/values.rs")),
    ("content/slip_complaints.rs", include_str!("../content/slip_complaints.rs")),
    ("guide/bibliography/complaints.rs", include_str!("../guide/bibliography/complaints.rs")),
    ("guide/checks/coverage.rs", include_str!("../guide/checks/coverage.rs")),
    ("guide/checks/long_description.rs", include_str!("../guide/checks/long_description.rs")),
    ("guide/checks/missing_dimensions.rs", include_str!("../guide/checks/missing_dimensions.rs")),
    ("guide/checks/missing_home.rs", include_str!("../guide/checks/missing_home.rs")),
    ("guide/checks/missing_safety.rs", include_str!("../guide/checks/missing_safety.rs")),
    ("guide/checks/old_address.rs", include_str!("../guide/checks/old_address.rs")),
    ("guide/checks/one_sided.rs", include_str!("../guide/checks/one_sided.rs")),
    ("guide/checks/orphan.rs", include_str!("../guide/checks/orphan.rs")),
    ("guide/checks/said_twice.rs", include_str!("../guide/checks/said_twice.rs")),
    ("guide/checks/stale_review.rs", include_str!("../guide/checks/stale_review.rs")),
    ("guide/checks/unclaimed.rs", include_str!("../guide/checks/unclaimed.rs")),
    ("guide/checks/unused_reference.rs", include_str!("../guide/checks/unused_reference.rs")),
    ("guide/complaints.rs", include_str!("../guide/complaints.rs")),
    ("guide/complaints/files.rs", include_str!("../guide/complaints/files.rs")),
    ("guide/outside/complaints.rs", include_str!("../guide/outside/complaints.rs")),
    ("guide/url_lock/complaints.rs", include_str!("../guide/url_lock/complaints.rs")),
    ("site/complaints.rs", include_str!("../site/complaints.rs")),
    ("site/complaints/kinds.rs", include_str!("../site/complaints/kinds.rs")),
    ("site/slip_complaints.rs", include_str!("../site/slip_complaints.rs")),
    ("theme/complaints.rs", include_str!("../theme/complaints.rs")),
    ("views/complaints.rs", include_str!("../views/complaints.rs")),
];

/// What a code means, why it matters and how to mend it, with examples; `None` if there is no such code.
#[must_use]
pub fn explain(code: &str) -> Option<String> {
    let complaint = all().find(|complaint| complaint.code == code)?;
    Some(format!("{code}\n\n{}\n", indent_examples(&complaint.doc)))
}

/// The explanations of all codes as one Markdown text, sorted by code.
#[must_use]
pub fn manual() -> String {
    let mut text = String::from("# What Betwixt may say of a guide\n");
    for Complaint { code, doc } in by_code() {
        let _ = write!(text, "\n## {code}\n\n{}\n", spaced(&doc));
    }
    text
}

/// The comment with an empty line before and after each example, as some readers of Markdown want it.
fn spaced(doc: &str) -> String {
    let doc = doc.replace(":\n```", ":\n\n```");
    ["Right", "And "].iter().fold(doc, |doc, word| doc.replace(&format!("\n```\n{word}"), &format!("\n```\n\n{word}")))
}

/// All codes with the first line of their explanation, sorted.
#[must_use]
pub fn codes() -> Vec<(String, String)> {
    let summary = |Complaint { code, doc }: Complaint| (code, doc.lines().next().unwrap_or_default().to_owned());
    by_code().into_iter().map(summary).collect()
}

/// All codes, sorted. Where a second function makes another form of a complaint, the first one explains it.
fn by_code() -> Vec<Complaint> {
    let mut complaints: Vec<_> = all().collect();
    complaints.sort_by(|a, b| a.code.cmp(&b.code));
    complaints.dedup_by(|later, first| later.code == first.code);
    complaints
}

/// A function that makes a complaint.
#[derive(Debug, PartialEq, Eq)]
struct Complaint {
    code: String,
    /// Its doc comment, in Markdown.
    doc: String,
}

fn all() -> impl Iterator<Item = Complaint> {
    SOURCES.iter().flat_map(|(_, source)| complaints(source))
}

/// The complaints of all functions in `source` that have a doc comment and return a `Diagnostic`.
fn complaints(source: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    let mut rest = source;
    while let Some((line, after)) = rest.split_once('\n') {
        if let Some(text) = line.strip_prefix("///") {
            doc.push(text.strip_prefix(' ').unwrap_or(text).trim_end());
        } else if is_function(line) {
            // A function at the edge of the page ends with the first brace there.
            let function = rest.split("\n}").next().unwrap_or(rest);
            if !doc.is_empty() && function.contains("-> Diagnostic {") {
                complaints.extend(codes_in(function).into_iter().map(|code| Complaint { code, doc: doc.join("\n") }));
            }
            doc.clear();
        } else if !line.starts_with(['#', ' ', ')']) {
            // Attributes may stand between a comment and its function, nothing else.
            doc.clear();
        }
        rest = after;
    }
    complaints
}

fn is_function(line: &str) -> bool {
    line.split_once("fn ").is_some_and(|(before, _)| before.is_empty() || before.starts_with("pub"))
}

/// The codes with which a function begins complaints.
fn codes_in(function: &str) -> BTreeSet<String> {
    let beginnings = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::advice("];
    let after = beginnings.into_iter().flat_map(|beginning| function.split(beginning).skip(1));
    after.filter_map(|after| Some(after.trim_start().strip_prefix('"')?.split_once('"')?.0.to_owned())).collect()
}

/// The comment with its examples indented by four spaces, with an empty line before and after them, and no fences.
fn indent_examples(doc: &str) -> String {
    let mut out = String::new();
    let mut is_example = false;
    for line in doc.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        if is_example && !line.is_empty() {
            out.push_str("    ");
        }
        // The empty line after an example is there already.
        if is_example || !(line.is_empty() && out.ends_with("\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words;
