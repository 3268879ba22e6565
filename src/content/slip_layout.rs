//! Slips that lie between the lines of a front matter: blanks that are no spaces, columns that do not fit, and what is
//! opened and never closed. Each cure is tried before it is offered.

use super::slip_complaints;
use super::slip_lines::{Line, helps, lines};
use super::slips::MatterContext;
use crate::base::{Diagnostic, Edit, Span};

/// How many spaces may have been meant by a tab.
const TABS: [usize; 4] = [2, 4, 8, 0];

/// The complaint about tabs, or blanks that only look like spaces, at the beginning of lines.
pub(super) fn odd_blanks(context: MatterContext) -> Option<Diagnostic> {
    let mut start = context.start;
    let mut odd = Vec::new();
    for line in context.text[context.yaml()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
        if !line.trim().is_empty() {
            let signs = line[..indent].char_indices().filter(|(_, sign)| *sign != ' ');
            odd.extend(signs.map(|(at, sign)| (Span::new(start + at, start + at + sign.len_utf8()), sign)));
        }
        start += line.len();
    }
    let (first, sign) = *odd.first()?;
    let with = |width: usize| -> Vec<Edit> {
        let spaces = |sign| " ".repeat(if sign == '\t' { width } else { 1 });
        odd.iter().map(|(span, sign)| Edit { span: *span, text: spaces(*sign) }).collect()
    };
    let cure = TABS.map(with).into_iter().find(|edits| helps(context.text, &context.yaml(), first.start, edits));
    let place = context.place(first);
    Some(if sign == '\t' { slip_complaints::tab_indent(place, cure) } else { slip_complaints::odd_space(place, cure) })
}

/// The complaint about a quote or bracket that is opened on a line and never closed.
pub(super) fn unclosed(context: MatterContext) -> Option<Diagnostic> {
    let lines = lines(context.text, &context.yaml());
    for line in &lines {
        let span = line.value_span();
        let Some(opening) = line.value.chars().next() else { continue };
        let closing = match opening {
            '"' | '\'' if line.value.matches(opening).count() == 1 => opening,
            '[' if !line.value.contains(']') => ']',
            '{' if !line.value.contains('}') => '}',
            _ => continue,
        };
        let note = line.value.find(" #").unwrap_or(line.value.len());
        let end = span.start + line.value[..note].trim_end().len();
        let edit = Edit { span: Span::new(end, end), text: closing.to_string() };
        let edits = [edit];
        let cure = helps(context.text, &context.yaml(), span.start, &edits).then_some(edits);
        // A text or list may go on below.
        let is_last = cure.is_some() || !context.text[span.start + 1..context.end].contains(closing);
        if is_last {
            let place = context.place(Span::new(span.start, span.start + 1));
            return Some(slip_complaints::unclosed(place, opening, closing, cure));
        }
    }
    None
}

/// The complaint about spaces before the first key, where others begin at the beginning of the line.
pub(super) fn first_indent(context: MatterContext) -> Option<Diagnostic> {
    let lines = lines(context.text, &context.yaml());
    let first = lines.first().filter(|first| first.indent > 0 && first.key.is_some())?;
    let others = lines.iter().position(|line| line.indent == 0 && line.key.is_some())?;
    let edit = |line: &Line| Edit {
        span: Span::new(line.start, line.start + first.indent.min(line.indent)),
        text: String::new(),
    };
    let edits: Vec<Edit> = lines[..others].iter().map(edit).collect();
    let cure = if helps(context.text, &context.yaml(), lines[others].start, &edits) { edits } else { Vec::new() };
    Some(slip_complaints::wrong_indent(context.place(Span::new(first.start, first.rest_span().end)), cure))
}

/// The complaint about the line at byte `at`, if it does not begin where the line above lets it begin.
pub(super) fn indent(context: MatterContext, at: usize) -> Option<Diagnostic> {
    let lines = lines(context.text, &context.yaml());
    let index = lines.iter().rposition(|line| line.start <= at)?;
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
    let start = line.start + line.indent;
    let place = context.place(Span::new(start, line.rest_span().end));
    let cure = likely.and_then(|column| moved(context, line, column)).or_else(|| only_column(context, line, above));
    Some(slip_complaints::wrong_indent(place, Vec::from_iter(cure)))
}

/// The edit that lets a line begin in a column, if the front matter can be read then.
fn moved(context: MatterContext, line: &Line, column: usize) -> Option<Edit> {
    let edit = Edit { span: Span::new(line.start, line.start + line.indent), text: " ".repeat(column) };
    helps(context.text, &context.yaml(), line.start, std::slice::from_ref(&edit)).then_some(edit)
}

/// The edit that lets a line begin in the only column of the lines above in which it can be read.
fn only_column(context: MatterContext, line: &Line, above: &[Line]) -> Option<Edit> {
    let mut columns: Vec<usize> = above.iter().rev().take(8).flat_map(|above| [above.indent, above.column]).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| *column != line.indent);
    let mut fitting = columns.into_iter().filter_map(|column| moved(context, line, column));
    fitting.next().filter(|_| fitting.next().is_none())
}
