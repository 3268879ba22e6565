//! Colons that are missing, stand too close, or belong to a text.

use super::line::{Line, is_key};
use super::{Broken, FindInLine};
use crate::base::{Code, Diagnostic, Place, Span, in_quotes};
use crate::content::matter_keys;
use crate::cures::slip::{Candidates, Slip};

pub(super) const TWO_KEYS: Slip<FindInLine> = Slip {
    find: two_keys,
    wrong: "title: Walking description: We walk together.\n",
    right: "title: Walking\ndescription: We walk together.\n",
};

pub(super) const COLON_IN_TEXT: Slip<FindInLine> = Slip {
    find: |broken, line| {
        let key = line.key.filter(|_| has_colon(line))?;
        let message = format!("the text of `{key}` holds a colon, so it needs quotes");
        let told = Diagnostic::new(Code::ColonInText, broken.place(line.value_span()), message);
        Some(vec![told.help("put the text in straight quotes").fix(line.value_span(), in_quotes(line.value))])
    },
    wrong: "title: Walking: together\n",
    right: "title: \"Walking: together\"\n",
};

pub(super) const NO_SPACE: Slip<FindInLine> = Slip {
    find: |broken, line| Some(vec![no_space(&Place::file(broken.path), line)?]),
    wrong: "title:Walking\norder: 1\n",
    right: "title: Walking\norder: 1\n",
};

pub(super) const NO_COLON: Slip<FindInLine> =
    Slip { find: no_colon, wrong: "title = Walking\norder: 1\n", right: "title: Walking\norder: 1\n" };

/// Is the value a plain text with a colon that would make a key of what stands before it?
fn has_colon(line: &Line) -> bool {
    let is_plain = !line.value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']);
    is_plain && (line.value.contains(": ") || line.value.ends_with(':'))
}

/// Another key of the page, which stands nowhere else, in the value of a key: it was to begin a line of its own.
fn two_keys(broken: &Broken, line: &Line) -> Option<Candidates> {
    line.key.filter(|_| has_colon(line) && !line.is_entry())?;
    let known = matter_keys::of(broken.kind);
    let yaml = &broken.text[broken.within.clone()];
    let second = known.iter().find(|name| {
        line.value.contains(&format!(" {name}: ")) && !yaml.lines().any(|line| line.starts_with(&format!("{name}:")))
    })?;
    let gap = line.value_span().start + line.value.find(&format!(" {second}: "))?;
    let place = broken.place(Span::new(gap + 1, gap + 1 + second.len()));
    let told = Diagnostic::new(Code::ColonInText, place, format!("`{second}` stands in the line of another key"));
    let indent = " ".repeat(line.indent);
    let end = if broken.text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(vec![told.help("begin a line of its own with it").fix(Span::new(gap, gap + 1), format!("{end}{indent}"))])
}

/// The complaint about `title:x`, `title =x` or `title：x`, if that is what the line is.
pub(in crate::cures) fn no_space(file: &Place, line: &Line) -> Option<Diagnostic> {
    let (key, value) = line.rest.split_once([':', '\u{ff1a}']).filter(|_| line.key.is_none())?;
    if !is_key(key) || value.is_empty() || value.starts_with(['/', ' ']) {
        return None;
    }
    let start = line.start + line.column;
    let after = line.rest.len() - value.trim_start().len();
    let span = Span::new(start, start + line.rest.len() - value.len());
    let told =
        Diagnostic::new(Code::SpaceAfterColon, Place::at(&file.path, span), "a space is missing after the colon");
    Some(told.help("put a space after the colon").fix(Span::new(start + key.len(), start + after), ": "))
}

/// The complaint about a line at the margin that has no colon: `title We do not listen`, `title = We do not listen`.
fn no_colon(broken: &Broken, line: &Line) -> Option<Candidates> {
    let is_bare = line.key.is_none() && !line.is_entry() && line.indent == 0;
    let is_other = line.rest.starts_with(char::is_whitespace)
        || line.rest.contains(": ")
        || line.rest.ends_with(':')
        || line.rest == "...";
    if !is_bare || is_other || line.rest.starts_with(['-', '"', '\'', '[', ']', '{', '}', '?', '!', '&', '*', '|', '>'])
    {
        return None;
    }
    let (first, rest) = line.rest.split_once(' ').unwrap_or((line.rest, ""));
    let known = matter_keys::of(broken.kind);
    let value = rest.trim_start().trim_start_matches(['=', ':', '\u{2013}']).trim_start();
    let span = line.rest_span();
    let told = Diagnostic::new(Code::NoColon, broken.place(span), "this line has no key with a colon after it");
    let is_certain = !value.is_empty() && known.iter().any(|name| **name == *first);
    let gap = Span::new(span.start + first.len(), span.end - value.len());
    let cured = told.clone().help(format!("put a colon and a space after `{first}`")).fix(gap, ": ");
    let open = told.help(
        "write a key, a colon, a space and a value, such as `title: My page`; text for readers stands below the second `---`",
    );
    Some(Some(cured).filter(|_| is_certain).into_iter().chain([open]).collect())
}
