//! A row of a table → the `|` in it that ends a cell where none was meant to end.

use std::ops::Range;

use super::complaints;
use super::page::Page;
use crate::base::{Diagnostic, Edit};

/// What is one thing, and stands in one cell: with what it begins, and with what it ends.
const WHOLE: [(&str, &str); 2] = [("[[", "]]"), ("`", "`")];

/// The complaint about the first link by name, or the first code, that a `|` takes apart in the row.
pub(super) fn parted(page: &Page, row: &Range<usize>) -> Option<Diagnostic> {
    let written = page.body.get(row.clone())?;
    let stretch = WHOLE.iter().filter_map(|whole| parted_by(written, *whole)).min_by_key(|stretch| stretch.start)?;
    let bars = bars(&written[stretch.clone()]).map(|bar| row.start + stretch.start + bar);
    let edits = bars.map(|bar| Edit { span: page.lines.in_file((bar..bar).into()), text: "\\".to_owned() });
    let place = page.place(row.start + stretch.start..row.start + stretch.end);
    Some(complaints::parted_cell(place, edits.collect()))
}

/// The first stretch of a row between these signs in which a `|` stands without a `\` before it.
fn parted_by(row: &str, (begins, ends): (&str, &str)) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(start) = row[at..].find(begins).map(|start| at + start) {
        let inside = start + begins.len();
        let end = inside + row[inside..].find(ends)?;
        let (is_escaped, words) = (row[..start].ends_with('\\'), &row[inside..end]);
        // A cell may tell of the signs themselves.
        let is_meant = !words.starts_with(is_edge) && !words.ends_with(is_edge) && !is_escaped;
        if is_meant && bars(words).next().is_some() {
            return Some(start..end + ends.len());
        }
        at = if is_escaped { inside } else { end + ends.len() };
    }
    None
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || c == '`'
}

/// Each `|` without a `\` before it.
fn bars(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('|').map(|(at, _)| at).filter(|at| !text[..*at].ends_with('\\'))
}
