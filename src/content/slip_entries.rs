//! Slips in the entries of relations that make a front matter no YAML: a hyphen or a `to:` that was forgotten. Each cure
//! is tried before it is offered.

use super::slip_complaints;
use super::slip_lines::{Line, helps, lines};
use super::slips::MatterContext;
use crate::base::{Diagnostic, Edit, Span};
use crate::content::matter_keys;

/// The complaint about keys that stand twice in one entry, where a second entry begins without its hyphen.
pub(super) fn said_twice(context: MatterContext, duplicates: &[(Box<str>, Span, Span)]) -> Option<Diagnostic> {
    let lines = lines(context.text, &context.yaml());
    let (_, _, second) = duplicates.iter().find(|(key, ..)| **key == *"to")?;
    let index = lines.iter().position(|line| line.rest_span().start == second.start)?;
    let (line, above) = (&lines[index], &lines[..index]);
    let entry = above.iter().rfind(|above| above.is_entry() && above.column == line.indent)?;
    Some(no_hyphen(context, &lines, index, Some(entry.indent)))
}

/// The complaint about a `to:` below the key of a relation, without the hyphen that others have.
pub(super) fn hyphen_forgotten(context: MatterContext) -> Option<Diagnostic> {
    let lines = lines(context.text, &context.yaml());
    let index = lines.windows(2).position(|pair| {
        let is_relation =
            pair[0].value.is_empty() && pair[0].key.is_some_and(|key| matter_keys::is_list(context.kind, key));
        is_relation && pair[1].key == Some("to") && !pair[1].is_entry() && pair[1].indent > pair[0].indent
    })?;
    Some(no_hyphen(context, &lines, index + 1, None))
}

/// The complaint about the line at `index`; its hyphen belongs in `column`, if that is known.
fn no_hyphen(context: MatterContext, lines: &[Line], index: usize, column: Option<usize>) -> Diagnostic {
    let line = &lines[index];
    let hyphen = |column: usize| {
        let mark = format!("{}- ", " ".repeat(column));
        let below = lines[index + 1..].iter().take_while(|below| below.indent == line.indent && !below.is_entry());
        let others = below.filter(|below| matches!(below.key, Some("why" | "weight")));
        let moved = others.map(|below| Edit {
            span: Span::new(below.start, below.start + below.indent),
            text: " ".repeat(column + 2),
        });
        let first = Edit { span: Span::new(line.start, line.start + line.indent), text: mark };
        std::iter::once(first).chain(moved.filter(|edit| edit.span.end - edit.span.start != edit.text.len())).collect()
    };
    let columns = column.into_iter().chain([line.indent.saturating_sub(2), line.indent]);
    let cures = columns.map(hyphen);
    let next = lines[index + 1..].iter().find(|below| below.is_entry() || below.indent == 0).unwrap_or(line);
    let cure = { cures }.find(|edits: &Vec<Edit>| helps(context.text, &context.yaml(), next.start, edits));
    slip_complaints::no_hyphen(context.place(line.rest_span()), cure.unwrap_or_default())
}

/// The complaint about `- ten-minutes` with a `why:` below it.
pub(super) fn to_forgotten(context: MatterContext) -> Option<Diagnostic> {
    let lines = lines(context.text, &context.yaml());
    let is_name = |line: &Line| line.value.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
    let index = lines.windows(2).position(|pair| {
        let is_bare = pair[0].is_entry() && pair[0].key.is_none() && is_name(&pair[0]);
        is_bare
            && matches!(pair[1].key, Some("why" | "weight"))
            && !pair[1].is_entry()
            && pair[1].indent > pair[0].indent
    })?;
    let line = &lines[index];
    let start = line.rest_span().start;
    let edit = Edit { span: Span::new(start, start), text: "to: ".to_owned() };
    let cure =
        helps(context.text, &context.yaml(), lines[index + 1].start, std::slice::from_ref(&edit)).then_some(edit);
    Some(slip_complaints::no_to(context.place(line.rest_span()), line.value, cure))
}
