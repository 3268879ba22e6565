//! What an author writes, and what a reader gets.

mod blocks;
mod bounds;
mod excerpts;
mod hostile;
mod invariants;
mod links;
mod notes;

use super::{Body, Heading, Link, Piece, Target, parse};
use crate::base::{Diagnostic, SourcePath, line_column};
use crate::site::MarkdownRules;

pub(super) fn rules() -> MarkdownRules {
    let callouts = ["Note", "Tip", "Important", "Warning", "Caution"].map(Into::into);
    MarkdownRules { unsafe_html: false, smart_punctuation: true, callouts, ..MarkdownRules::default() }
}

pub(super) fn read(markdown: &str) -> (Body, Vec<Diagnostic>) {
    parse(markdown, 0, &SourcePath::new("content/signs/page.md"), "content", &rules(), &[])
}

/// A page without complaints gives this HTML; holes stand in braces.
pub(super) fn check(markdown: &str, html: &str) {
    let (body, complaints) = read(markdown);
    assert_eq!(shown(&body).trim_end(), html, "{markdown}");
    assert_eq!(listed(markdown, &complaints), "", "{markdown}");
}

/// A page gives these complaints, one to a line: `line:column code message` and `| help`.
pub(super) fn complains(markdown: &str, expected: &str) {
    assert_eq!(listed(markdown, &read(markdown).1), expected, "{markdown}");
}

/// A page gives this HTML, whatever is complained of.
pub(super) fn gives(markdown: &str, html: &str) {
    assert_eq!(shown(&read(markdown).0).trim_end(), html, "{markdown}");
}

/// The words in the file that each complaint points to.
pub(super) fn pointed(markdown: &str) -> Vec<String> {
    let complaints = read(markdown).1;
    complaints
        .iter()
        .filter_map(|complaint| complaint.place.span)
        .map(|span| markdown[span.start..span.end].to_owned())
        .collect()
}

pub(super) fn listed(markdown: &str, complaints: &[Diagnostic]) -> String {
    let line = |complaint: &Diagnostic| {
        let place = complaint.place.span.map_or(String::new(), |span| {
            let at = line_column(markdown, span.start);
            format!("{}:{} ", at.line, at.column)
        });
        format!("{place}{} {}", complaint.code, complaint.message)
    };
    complaints.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The HTML, without the numbers of links: these have a test of their own.
pub(super) fn shown(body: &Body) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) | Piece::Own(html) => html.to_string(),
        Piece::Address(link) => format!("{{{}}}", named(&body.links[*link])),
        Piece::Size(_) => String::new(),
        Piece::Title(link) => format!("{{title of {}}}", named(&body.links[*link])),
    };
    let html: String = body.pieces.iter().map(piece).collect();
    let mut parts = html.split(" data-link=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').expect("an attribute ends").1)
}

/// What a link names, as `kind path #anchor`.
pub(super) fn named(link: &Link) -> String {
    let target = match &link.target {
        Target::Anchor => "here".to_owned(),
        Target::Source(path) => format!("source {path}"),
        Target::File(path) => format!("file {path}"),
        Target::Wiki(name) => format!("wiki {name}"),
        Target::Address(address) => format!("address {address}"),
    };
    link.anchor.as_ref().map_or(target.clone(), |anchor| format!("{target} #{anchor}"))
}

/// The headings as `level id title`, with those below in brackets.
pub(super) fn outline(headings: &[Heading]) -> String {
    let one = |heading: &Heading| {
        let below = outline(&heading.children);
        let below = if below.is_empty() { below } else { format!(" [{below}]") };
        format!("{} {} {}{below}", heading.level, heading.id, heading.title)
    };
    headings.iter().map(one).collect::<Vec<_>>().join("; ")
}
