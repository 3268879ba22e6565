//! Signs that mean something to YAML, or nothing, where a list or a text was meant.

use super::line::{Line, is_block_mark};
use super::{Broken, FindInLine};
use crate::base::{Code, Diagnostic, Edit, Place, Span, in_quotes};
use crate::content::matter_keys;
use crate::cures::slip::{Candidates, Slip};

/// Signs that people write before the entries of a list in place of `-`.
const BULLETS: [char; 7] = ['*', '\u{2022}', '\u{b7}', '\u{2013}', '\u{2014}', '\u{2212}', '+'];

pub(super) const BULLET: Slip<FindInLine> = Slip {
    find: |broken, line| {
        let edit = list_mark(line)?;
        Some(vec![not_an_entry(broken.place(Span::new(edit.span.start, line.rest_span().end)), [edit])])
    },
    wrong: "title: Walking\ntags:\n  • listening\n  -time\n",
    right: "title: Walking\ntags:\n  - listening\n  - time\n",
};

pub(super) const LIST_ON_A_LINE: Slip<FindInLine> = Slip {
    find: |broken, line| {
        let entry = line.value.strip_prefix("- ").map(str::trim)?;
        let is_list = line.key.is_some_and(|key| matter_keys::is_list(broken.kind, key));
        let is_plain = entry.chars().all(|c| c.is_alphanumeric() || " -_/@.'".contains(c));
        let edit = Edit { span: line.value_span(), text: format!("[{entry}]") };
        (is_list && is_plain).then(|| vec![not_an_entry(broken.place(line.value_span()), [edit])])
    },
    wrong: "title: Walking\ntags: - listening\n",
    right: "title: Walking\ntags: [listening]\n",
};

pub(super) const CITATION: Slip<FindInLine> = Slip {
    find: citation,
    wrong: "title: Walking\nsources: [@walker2020, @moon2019]\n",
    right: "title: Walking\nsources: [walker2020, moon2019]\n",
};

pub(super) const SIGN: Slip<FindInLine> = Slip {
    find: |broken, line| {
        let told = || sign_at_start(broken.place(line.value_span()), line.value);
        begins_with_sign(broken, line).then(|| vec![told()])
    },
    wrong: "title: @Walking together\n",
    right: "title: \"@Walking together\"\n",
};

/// What makes a line an entry of a list, if it was meant as one: `-` in place of another mark, or a space after it.
pub(in crate::cures) fn list_mark(line: &Line) -> Option<Edit> {
    if line.is_entry() {
        return None;
    }
    let start = line.start + line.column;
    let mark = line.rest.chars().next()?;
    let next = line.rest[mark.len_utf8()..].chars().next()?;
    if BULLETS.contains(&mark) && matches!(next, ' ' | '\t') {
        return Some(Edit { span: Span::new(start, start + mark.len_utf8() + 1), text: "- ".to_owned() });
    }
    let is_glued = mark == '-' && next.is_alphabetic();
    is_glued.then(|| Edit { span: Span::new(start + 1, start + 1), text: " ".to_owned() })
}

/// An `@` in `sources`: it is written in texts alone.
fn citation(broken: &Broken, line: &Line) -> Option<Candidates> {
    let span = line.value_span();
    let is_list = line.key == Some("sources") && line.value.starts_with(['[', '@']);
    let signs = line.value.match_indices('@').map(|(at, _)| at).filter(|at| {
        let before = line.value[..*at].trim_end();
        before.is_empty() || before.ends_with(['[', ','])
    });
    let edits: Vec<Edit> = signs
        .filter(|_| is_list)
        .map(|at| Edit { span: Span::new(span.start + at, span.start + at + 1), text: String::new() })
        .collect();
    let place = broken.place(edits.first()?.span);
    let message = "`sources` takes names without an `@`; only in the text one stands before them";
    Some(vec![Diagnostic::new(Code::SignAtStart, place, message).help("take the `@` away").fixes(edits)])
}

/// Does the line's value begin with a sign that means something in YAML, and was meant as text?
fn begins_with_sign(broken: &Broken, line: &Line) -> bool {
    let value = line.value;
    let is_text = !line.key.is_some_and(|key| matter_keys::is_list(broken.kind, key));
    let yaml = &broken.text[broken.within.clone()];
    let named = |sign| value.strip_prefix(sign).map(|name: &str| name.split(' ').next().unwrap_or_default());
    let is_unused = |sign: char, name: &str| name.is_empty() || !yaml.contains(&format!("{sign}{name}"));
    match value.chars().next() {
        Some('@' | '`' | '%' | ',' | ']' | '}') => true,
        Some('*') => named('*').is_some_and(|name| is_unused('&', name)),
        Some('&') => !value.ends_with([']', '}']) && named('&').is_some_and(|name| is_unused('*', name)),
        Some('|' | '>') => !is_block_mark(value),
        Some('-' | '?') if line.key.is_some() => value.get(1..2) == Some(" ") && is_text,
        Some('[') => is_text && goes_on(value, ']'),
        Some('{') => goes_on(value, '}'),
        _ => false,
    }
}

/// Does anything but a note follow the bracket that closes `value`?
fn goes_on(value: &str, closing: char) -> bool {
    let rest = value.split_once(closing).map(|(_, rest)| rest.trim_start());
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || "(.:–—-".contains(c)))
}

pub(in crate::cures) fn not_an_entry(place: Place, cure: impl IntoIterator<Item = Edit>) -> Diagnostic {
    let message = "an entry of a list begins with a hyphen and a space, and this one does not";
    Diagnostic::new(Code::ListMark, place, message).help("begin each entry with `-` and a space").fixes(cure)
}

pub(in crate::cures) fn sign_at_start(place: Place, value: &str) -> Diagnostic {
    let sign = value.chars().next().unwrap_or_default();
    let sign = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
    let span = place.span.unwrap_or_default();
    Diagnostic::new(Code::SignAtStart, place, format!("a text that begins with {sign} needs quotes"))
        .help("put the text in straight quotes")
        .fix(span, in_quotes(value))
}
