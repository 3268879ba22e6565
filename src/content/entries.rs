//! An entry of a relation → the lines that it takes, each with the spaces before it.

use crate::base::{Span, Step, line_start};
use crate::site::Relation;
use crate::syntax::yaml::Places;

/// Where entries begin that `betwixt new` writes.
pub const USUAL_COLUMN: usize = 2;

/// How an entry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `- to: …`; its keys begin in this column.
    Long(usize),
    /// `- …`; its hyphen stands in this column.
    Short(usize),
    /// Between brackets.
    Inline,
}

impl Form {
    /// How the entry is written that stands there.
    #[must_use]
    pub fn of(text: &str, entry: Span) -> Self {
        let start = line_start(text, entry.start);
        let before = &text[start..entry.start];
        let is_mark = before.trim() == "-";
        let is_long = text[entry.start..entry.end].lines().next().is_some_and(|line| line.contains(": "));
        match before.find('-') {
            Some(_) if is_mark && is_long => Self::Long(before.len()),
            Some(column) if is_mark => Self::Short(column),
            _ => Self::Inline,
        }
    }

    /// The column of the hyphens of a list of entries, as its first entry has it.
    #[must_use]
    pub fn column(text: &str, places: &Places, first: Option<&[Step]>) -> usize {
        match first.map(|entry| Self::of(text, places.value(entry))) {
            Some(Self::Long(column)) => column.saturating_sub(2),
            Some(Self::Short(column)) => column,
            Some(Self::Inline) | None => USUAL_COLUMN,
        }
    }
}

/// The lines of an entry that leads to `to` under `relation`, its hyphen in a column.
#[must_use]
pub fn lines(column: usize, to: &str, relation: &Relation) -> String {
    let indent = " ".repeat(column);
    if relation.why_required {
        format!("`{indent}- to: {to}` and below it `{indent}  why: …`, both with the spaces before them")
    } else {
        format!("`{indent}- to: {to}`, with the spaces before it")
    }
}
