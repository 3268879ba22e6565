//! Blanks that are no spaces, and lines that do not begin in the column of those they belong with.

use super::line::{Line, lines};
use super::{Broken, Find, Reach};
use crate::base::{Code, Diagnostic, Edit, Place, Span};
use crate::cures::lines::Line as Written;
use crate::cures::slip::{Candidates, Slip};

/// How many spaces may have been meant by a tab.
const TABS: [usize; 3] = [2, 4, 8];

pub(super) const ODD_BLANKS: Slip<Find> = Slip {
    find: |broken| {
        let odd = odd_blanks(broken.text, broken.within.clone());
        let Some((first, sign)) = odd.first().copied() else { return Vec::new() };
        let told = odd_blank(broken.place(first), sign);
        let cure = if sign == '\t' { tab_cure(broken, &odd) } else { Some(spaces(&odd, 1)) };
        let cured = cure.map(|cure| told.clone().fixes(cure));
        vec![cured.into_iter().chain([told]).collect()]
    },
    wrong: "title: Walking\npractices:\n  - to: ten-minutes\n\twhy: They fit.\n",
    right: "title: Walking\npractices:\n  - to: ten-minutes\n    why: They fit.\n",
};

pub(super) const FIRST_INDENT: Slip<Find> = Slip {
    find: |broken| first_indent(broken).into_iter().collect(),
    wrong: " title: Walking\norder: 1\n",
    right: "title: Walking\norder: 1\n",
};

pub(super) const INDENT: Slip<Find> = Slip {
    find: |broken| indent(broken).into_iter().collect(),
    wrong: "title: Walking\n  order: 1\n",
    right: "title: Walking\norder: 1\n",
};

/// The blanks at the beginning of lines that are no spaces, each with its place.
pub(in crate::cures) fn odd_blanks(text: &str, within: std::ops::Range<usize>) -> Vec<(Span, char)> {
    let mut odd = Vec::new();
    for line in Written::all(text, within).filter(|line| !line.text.trim().is_empty()) {
        let blanks = line.text[..line.content().start].char_indices().filter(|(_, sign)| *sign != ' ');
        odd.extend(blanks.map(|(at, sign)| (line.span(at..at + sign.len_utf8()), sign)));
    }
    odd
}

/// The edits that put so many spaces in place of each tab, and one in place of any other blank.
pub(in crate::cures) fn spaces(odd: &[(Span, char)], width: usize) -> Vec<Edit> {
    let space =
        |(span, sign): &(Span, char)| Edit { span: *span, text: " ".repeat(if *sign == '\t' { width } else { 1 }) };
    odd.iter().map(space).collect()
}

/// The spaces that were meant by tabs, if the text can be read in one way only.
fn tab_cure(broken: &Broken, odd: &[(Span, char)]) -> Option<Vec<Edit>> {
    let cures = TABS.map(|width| spaces(odd, width));
    let reaches = cures.clone().map(|cure| broken.reach(&cure));
    let furthest = reaches.iter().map(Reach::line).max()?;
    let mut best = reaches.iter().zip(cures).filter(|(reach, _)| reach.line() == furthest);
    let (reach, cure) = best.next()?;
    // Nothing else says where the line belongs.
    if best.all(|(other, _)| reach.is_same(other)) && broken.goes_on(&cure, odd.first()?.0.start) {
        return Some(cure);
    }
    let lines = lines(broken.text, &broken.within);
    let above = lines.iter().rfind(|line| line.rest_span().end < odd[0].0.start);
    let is_closed = above.is_some_and(|above| above.indent == 0 && !above.is_entry() && !above.value.is_empty());
    Some(spaces(odd, 0)).filter(|_| is_closed)
}

fn odd_blank(place: Place, sign: char) -> Diagnostic {
    if sign == '\t' {
        return Diagnostic::new(Code::TabIndent, place, "this line begins with a tab, and only spaces may stand there")
            .help("put spaces in place of the tab: as many as the lines around it begin with");
    }
    odd_space(place)
}

pub(in crate::cures) fn odd_space(place: Place) -> Diagnostic {
    Diagnostic::new(Code::OddSpace, place, "this line begins with something that only looks like a space")
        .help("delete it, and type plain spaces with the space bar")
}

/// Spaces before the first key, where others begin at the beginning of the line.
fn first_indent(broken: &Broken) -> Option<Candidates> {
    let lines = lines(broken.text, &broken.within);
    let first = lines.first().filter(|first| first.indent > 0 && first.key.is_some())?;
    let others = lines.iter().position(|line| line.indent == 0 && line.key.is_some())?;
    let edit = |line: &Line| Edit {
        span: Span::new(line.start, line.start + first.indent.min(line.indent)),
        text: String::new(),
    };
    let edits: Vec<Edit> = lines[..others].iter().map(edit).collect();
    let place = broken.place(Span::new(first.start, first.rest_span().end));
    let helps = broken.goes_on(&edits, lines[others].start);
    Some(vec![wrong_indent(place, if helps { edits } else { Vec::new() })])
}

/// The line at which reading stopped, if it does not begin where the line above lets it begin.
fn indent(broken: &Broken) -> Option<Candidates> {
    let lines = lines(broken.text, &broken.within);
    let index = lines.iter().rposition(|line| line.start <= broken.stop)?;
    let (line, above) = (lines.get(index)?, &lines[..index]);
    let last = above.last()?;
    let has_value = last.key.is_some() && !last.value.is_empty();
    let is_known = above.iter().any(|above| [above.indent, above.column].contains(&line.indent));
    let likely = match line.indent {
        indent if has_value && indent > last.column => Some(last.column),
        indent if last.column > last.indent && indent > last.indent && indent < last.column => Some(last.column),
        _ if last.key == Some("to") && matches!(line.key, Some("why" | "weight")) => Some(last.column),
        _ if !is_known => None,
        _ => return None,
    };
    let place = broken.place(Span::new(line.start + line.indent, line.rest_span().end));
    let cure = likely.and_then(|column| moved(broken, line, column)).or_else(|| only_column(broken, line, above));
    Some(vec![wrong_indent(place, Vec::from_iter(cure))])
}

/// The edit that lets a line begin in a column, if the front matter can be read then.
fn moved(broken: &Broken, line: &Line, column: usize) -> Option<Edit> {
    let edit = Edit { span: Span::new(line.start, line.start + line.indent), text: " ".repeat(column) };
    broken.goes_on(std::slice::from_ref(&edit), line.start).then_some(edit)
}

/// The edit that lets a line begin in the only column of the lines above in which it can be read.
fn only_column(broken: &Broken, line: &Line, above: &[Line]) -> Option<Edit> {
    let mut columns: Vec<usize> = above.iter().rev().take(8).flat_map(|above| [above.indent, above.column]).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| *column != line.indent);
    let mut fitting = columns.into_iter().filter_map(|column| moved(broken, line, column));
    fitting.next().filter(|_| fitting.next().is_none())
}

fn wrong_indent(place: Place, cure: Vec<Edit>) -> Diagnostic {
    let help = match cure.first().map(|edit| edit.text.len()) {
        None => "begin it in the same column as the key above that it belongs with".to_owned(),
        Some(0) => "begin it at the beginning of the line, without a space".to_owned(),
        Some(1) => "begin it with one space".to_owned(),
        Some(spaces) => format!("begin it with {spaces} spaces"),
    };
    let message = "this line does not begin in the column of those it belongs with";
    Diagnostic::new(Code::WrongIndent, place, message).help(help).fixes(cure)
}
