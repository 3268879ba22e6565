//! Slips in the entries of relations: a hyphen or a `to:` that was forgotten, and a link in place of a name.

use super::line::{Line, lines};
use super::{Broken, Find, FindInLine};
use crate::base::{Code, Diagnostic, Edit, Span};
use crate::content::matter_keys;
use crate::cures::slip::{Candidates, Slip};
use crate::site::CONTENT;

pub(super) const NO_HYPHEN: Slip<Find> = Slip {
    find: |broken| hyphen_forgotten(broken).into_iter().collect(),
    wrong: "title: Walking\npractices:\n    to: ten-minutes\n    why: They fit.\n  - to: empathy\n    why: It helps.\n",
    right: "title: Walking\npractices:\n  - to: ten-minutes\n    why: They fit.\n  - to: empathy\n    why: It helps.\n",
};

pub(super) const NO_TO: Slip<Find> = Slip {
    find: |broken| to_forgotten(broken).into_iter().collect(),
    wrong: "title: Walking\npractices:\n  - ten-minutes\n    why: They fit.\n",
    right: "title: Walking\npractices:\n  - to: ten-minutes\n    why: They fit.\n",
};

pub(super) const LINK_AS_A_NAME: Slip<FindInLine> = Slip {
    find: link,
    wrong: "title: Walking\npractices:\n  - to: [Ten minutes](../practices/ten-minutes.md)\n",
    right: "title: Walking\npractices:\n  - to: ten-minutes\n",
};

/// A `to:` below the key of a relation, without the hyphen that others have.
pub(in crate::cures) fn hyphen_forgotten(broken: &Broken) -> Option<Candidates> {
    let lines = lines(broken.text, &broken.within);
    let index = lines.windows(2).position(|pair| {
        let is_relation =
            pair[0].value.is_empty() && pair[0].key.is_some_and(|key| matter_keys::is_list(broken.kind, key));
        is_relation && pair[1].key == Some("to") && !pair[1].is_entry() && pair[1].indent > pair[0].indent
    })?;
    Some(no_hyphen(broken, &lines, index + 1, None))
}

/// A second entry that begins without its hyphen, so that `to`, whose second place is `second`, stands twice in one.
pub(in crate::cures) fn said_twice(broken: &Broken, second: Span) -> Option<Candidates> {
    let lines = lines(broken.text, &broken.within);
    let index = lines.iter().position(|line| line.rest_span().start == second.start)?;
    let (line, above) = (&lines[index], &lines[..index]);
    let entry = above.iter().rfind(|above| above.is_entry() && above.column == line.indent)?;
    Some(no_hyphen(broken, &lines, index, Some(entry.indent)))
}

/// The line at `index` without its hyphen, which belongs in `column`, if that is known.
fn no_hyphen(broken: &Broken, lines: &[Line], index: usize, column: Option<usize>) -> Candidates {
    let line = &lines[index];
    let message = "an entry begins here, and the hyphen before it is missing";
    let told = Diagnostic::new(Code::ListMark, broken.place(line.rest_span()), message)
        .help("write `- to:`, with the hyphen in the column of the other hyphens");
    let columns = column.into_iter().chain([line.indent.saturating_sub(2), line.indent]);
    let cures = columns.map(|column| with_hyphen(lines, index, column));
    let next = lines[index + 1..].iter().find(|below| below.is_entry() || below.indent == 0).unwrap_or(line);
    let cure = { cures }.find(|edits| broken.goes_on(edits, next.start));
    cure.map(|cure| told.clone().fixes(cure)).into_iter().chain([told]).collect()
}

/// The edits that put a hyphen into `column` before the line at `index`, and move what belongs to it.
fn with_hyphen(lines: &[Line], index: usize, column: usize) -> Vec<Edit> {
    let line = &lines[index];
    let below = lines[index + 1..].iter().take_while(|below| below.indent == line.indent && !below.is_entry());
    let others = below.filter(|below| matches!(below.key, Some("why" | "weight")));
    let moved = others
        .map(|below| Edit { span: Span::new(below.start, below.start + below.indent), text: " ".repeat(column + 2) });
    let mark = format!("{}- ", " ".repeat(column));
    let first = Edit { span: Span::new(line.start, line.start + line.indent), text: mark };
    std::iter::once(first).chain(moved.filter(|edit| edit.span.end - edit.span.start != edit.text.len())).collect()
}

/// `- other-page` with a `why:` below it.
fn to_forgotten(broken: &Broken) -> Option<Candidates> {
    let lines = lines(broken.text, &broken.within);
    let index = lines.windows(2).position(|pair| {
        let is_name = pair[0].value.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
        let is_bare = pair[0].is_entry() && pair[0].key.is_none() && is_name;
        is_bare
            && matches!(pair[1].key, Some("why" | "weight"))
            && !pair[1].is_entry()
            && pair[1].indent > pair[0].indent
    })?;
    let line = &lines[index];
    let start = line.rest_span().start;
    let message = format!("`to:` is missing before `{}`, as more follows below it", line.value);
    let told = Diagnostic::new(Code::MissingTo, broken.place(line.rest_span()), message)
        .help(format!("write `- to: {}`", line.value));
    let helps = |edit: &Edit| broken.goes_on(std::slice::from_ref(edit), lines[index + 1].start);
    let edit = Some(Edit { span: Span::new(start, start), text: "to: ".to_owned() }).filter(helps);
    Some(vec![told.fixes(edit)])
}

/// `to: [Other page](../folder/other-page.md)`: a link of Markdown where a page's name belongs.
fn link(broken: &Broken, line: &Line) -> Option<Candidates> {
    line.key.filter(|key| *key == "to")?;
    let (_, address) = line.value.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    let told = Diagnostic::new(
        Code::WrongValue,
        broken.place(line.value_span()),
        "`to` takes the name of a page, and here stands a link",
    )
    .help("write the other page's file name, without `.md`: `to: …`");
    let cured = name_behind(broken, address).map(|name| told.clone().fix(line.value_span(), name));
    Some(cured.into_iter().chain([told]).collect())
}

/// The name of the page that `address` leads to from this one, if it lies in the folder of a kind.
fn name_behind(broken: &Broken, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = broken.path.below(CONTENT)?.split('/').collect();
    parts.pop();
    for part in address.strip_suffix(".md")?.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let page = parts.join("/");
    let kinds = &broken.rules?.kinds;
    let relations = &broken.kind?.relations;
    let mut targets =
        kinds.iter().filter(|kind| !kind.is_plain() && relations.iter().any(|relation| relation.to == kind.name));
    targets.find_map(|kind| page.strip_prefix(&*kind.folder)?.strip_prefix('/').map(str::to_owned))
}
