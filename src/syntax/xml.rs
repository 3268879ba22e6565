//! A text in XML → a tree of its elements with their places, or the place from which on it is no XML.
//!
//! The crate `roxmltree` says what XML is. It is as strict as browsers, which stop reading at the same place.

use std::collections::BTreeSet;

use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::base::{LineColumn, Span, byte_at};

/// Why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is no XML from this byte on.
    Broken(usize),
    /// Reading it would take more time or memory than a drawing is worth.
    TooLarge,
}

/// Tags and values of a whole text.
const MOST_PARTS: usize = 1_000_000;
/// Values of one tag, which are compared with each other.
const MOST_VALUES: usize = 1_000;
/// Names of namespaces, each of which every element within knows.
const MOST_PREFIXES: usize = 64;

/// Reads a whole text.
///
/// # Errors
/// If it is no XML, or too large.
pub fn read(text: &str) -> Result<Document<'_>, Unread> {
    if is_too_large(text) {
        return Err(Unread::TooLarge);
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| Unread::Broken(place(text, &error)))
}

fn is_too_large(text: &str) -> bool {
    let parts = text.bytes().filter(|byte| matches!(byte, b'<' | b'=')).count();
    let prefixes: BTreeSet<_> = text.split("xmlns").skip(1).filter_map(|rest| rest.split('=').next()).collect();
    parts > MOST_PARTS
        || prefixes.len() > MOST_PREFIXES
        || text.split('<').any(|tag| tag.bytes().filter(|byte| *byte == b'=').count() > MOST_VALUES)
}

fn place(text: &str, error: &Error) -> usize {
    // What lacks at the end has no place of its own.
    if matches!(error, Error::NoRootNode | Error::UnclosedRootNode | Error::UnexpectedEndOfStream) {
        return text.len();
    }
    let at = error.pos();
    byte_at(text, LineColumn { line: at.row as usize, column: at.col as usize })
}

/// Where the name of an element stands in its first tag, with the `<` before it.
#[must_use]
pub fn tag(element: Node<'_, '_>) -> Span {
    let start = element.range().start;
    let rest = &element.document().input_text()[start..];
    let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
    Span::new(start, start + length)
}

/// Where a text begins in the file; `None` if anything in it is written otherwise than it is meant.
#[must_use]
pub fn verbatim_start(text: Node<'_, '_>) -> Option<usize> {
    const CDATA: &str = "<![CDATA[";
    let range = text.range();
    let written = &text.document().input_text()[range.clone()];
    let inside = written.strip_prefix(CDATA).unwrap_or(written);
    inside.starts_with(text.text()?).then_some(range.end - inside.len())
}
