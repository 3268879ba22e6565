//! Text that was most likely meant as a link, and is none.

use std::ops::Range;

use super::{Look, complaints};
use crate::base::{Diagnostic, floor, line_start, slugify};

/// How far from its brackets a link is looked for, in bytes.
const LONGEST: usize = 300;

/// `[[name]` and `[[name`.
pub(super) fn wiki(look: &Look, at: usize) -> Option<Diagnostic> {
    complain(look, at, unclosed_wiki)
}

/// `[words] (address)`.
pub(super) fn parted(look: &Look, at: usize) -> Option<Diagnostic> {
    complain(look, at, parted_brackets)
}

/// `(words)[address]` and `[words(address)`.
pub(super) fn reversed_or_half(look: &Look, at: usize) -> Option<Diagnostic> {
    complain(look, at, reversed_or_half_brackets)
}

/// `[words](an address)`.
pub(super) fn spaced(look: &Look, at: usize) -> Option<Diagnostic> {
    complain(look, at, spaced_address)
}

/// `www.example.org` without its scheme.
pub(super) fn bare_site(look: &Look, at: usize) -> Option<Diagnostic> {
    let body = look.page.body;
    let begins = body[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    let address = body[at..].split(|c: char| c.is_whitespace() || "()<>[]*\"”".contains(c)).next();
    let address = address.unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (begins && address.len() > 4 && address[4..].contains('.')).then(|| {
        let place = look.place(at..at + address.len());
        complaints::like_a_link(place, &format!("write `<https://{address}>`"), None)
    })
}

/// Complains of what `find` finds around byte `at`, unless it means something already.
fn complain(look: &Look, at: usize, find: fn(&str, usize) -> Option<Found>) -> Option<Diagnostic> {
    let (start, line) = around(look.page.body, at);
    let Found { stretch, cure, text } = find(line, at - start)?;
    let stretch = start + stretch.start..start + stretch.end;
    let is_escaped = look.page.body[..stretch.start].ends_with('\\');
    if is_escaped || look.is_quiet(stretch.start) || look.is_quiet(stretch.end - 1) {
        return None;
    }
    let fix = text.map(|text| look.edit(stretch.clone(), text));
    Some(complaints::like_a_link(look.place(stretch), &cure, fix))
}

/// The line around byte `at`, as far as a link may reach, and where it begins.
fn around(body: &str, at: usize) -> (usize, &str) {
    let from = floor(body, at.saturating_sub(LONGEST));
    let to = floor(body, at + LONGEST);
    let start = line_start(body, at).max(from);
    let end = body[at..to].find('\n').map_or(to, |newline| at + newline);
    (start, body[start..end].trim_end())
}

/// What looks like a link.
struct Found {
    /// In bytes of the line.
    stretch: Range<usize>,
    /// How it is mended.
    cure: String,
    /// What surely belongs in its place.
    text: Option<String>,
}

impl Found {
    fn unsure(stretch: Range<usize>, cure: impl Into<String>) -> Self {
        Self { stretch, cure: cure.into(), text: None }
    }

    fn sure(stretch: Range<usize>, cure: &str, text: String) -> Self {
        Self { stretch, cure: format!("{cure}: `{text}`"), text: Some(text) }
    }
}

/// `[[name]` or `[[name` at byte `at` of a line.
fn unclosed_wiki(line: &str, at: usize) -> Option<Found> {
    let rest = line.get(at + 2..)?;
    if rest.starts_with("]]") {
        return Some(Found::unsure(at..at + 4, "write a page's name between the brackets, such as `[[other-page]]`"));
    }
    if rest.contains("]]") || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let name = &rest[..rest.find([']', '.', ',', ' ']).unwrap_or(rest.len())];
    let end = at + 2 + name.len() + usize::from(rest[name.len()..].starts_with(']'));
    Some(Found::unsure(at..end, format!("write `[[{name}]]`")))
}

/// `[words] (address)`, with its `] (` at byte `at` of a line.
fn parted_brackets(line: &str, at: usize) -> Option<Found> {
    let start = line[..at].rfind('[')?;
    let address = line[at + 3..].split_once(')')?.0;
    if !is_address(address) {
        return None;
    }
    let end = at + 3 + address.len() + 1;
    Some(Found::sure(start..end, "take the space out", format!("{}]({address})", &line[start..at])))
}

/// `(words)[address]` or `[words(address)`, with its `[` at byte `at` of a line.
fn reversed_or_half_brackets(line: &str, at: usize) -> Option<Found> {
    let inside = &line[at + 1..];
    if let (Some(before), Some((address, _))) = (line[..at].strip_suffix(')'), inside.split_once(']')) {
        let start = before.rfind('(')?;
        let text = format!("[{}]({address})", &before[start + 1..]);
        return is_address(address)
            .then(|| Found::sure(start..at + address.len() + 2, "turn the brackets round", text));
    }
    let opening = inside.find(['(', '[', ']', '`']).filter(|&opening| inside[opening..].starts_with('('))?;
    let words = &inside[..opening];
    let address = inside[opening + 1..].split_once(')')?.0;
    if !words.ends_with(|c: char| !c.is_whitespace()) || !is_address(address) || address.contains([']', '[']) {
        return None;
    }
    let end = at + 1 + opening + 1 + address.len() + 1;
    Some(Found::sure(at..end, "put a `]` after the words", format!("[{words}]({address})")))
}

/// Is this an address without doubt? `(his/her)` and `(n/a)` are none.
fn is_address(text: &str) -> bool {
    let is_page =
        text.split(['#', '?']).next().and_then(|path| path.rsplit_once('.')).is_some_and(|(_, end)| end == "md");
    let is_elsewhere = ["https:", "http:", "mailto:", "tel:"].iter().any(|scheme| text.starts_with(scheme));
    let begins = ["#", "/", "./", "../"].iter().any(|start| text.starts_with(start));
    !text.contains(' ') && (is_page || is_elsewhere || begins)
}

/// `[words](an address)`, with its `](` at byte `at` of a line.
fn spaced_address(line: &str, at: usize) -> Option<Found> {
    let start = line[..at].rfind('[')?;
    let words = &line[start..at];
    let Some(address) = address(&line[at + 2..]) else {
        return Some(Found::unsure(start..line.len(), "add a `)` after the address"));
    };
    let stretch = start..at + 2 + address.len() + 1;
    let straight = address.replace(['“', '”', '„', '«', '»'], "\"");
    if !address.contains(' ') {
        return Some(Found::unsure(stretch, "write it as `[words](address)`"));
    }
    let with_title = straight.strip_suffix('"').and_then(|rest| rest.split_once(" \""));
    if with_title.is_some_and(|(address, title)| !address.contains(' ') && !title.contains('"')) {
        return Some(Found::sure(stretch, "put the title in straight quotes", format!("{words}]({straight})")));
    }
    if let Some(number) = telephone(address.strip_prefix("tel:").unwrap_or(address)) {
        return Some(Found::sure(stretch, "write a telephone number so", format!("{words}](tel:{number})")));
    }
    if let Some(heading) = address.strip_prefix('#') {
        return Some(Found::sure(stretch, "write the anchor so", format!("{words}](#{})", slugify(heading))));
    }
    Some(Found::unsure(stretch, format!("put an address with spaces in angle brackets: `{words}](<{address}>)`")))
}

/// The number that `text` writes with spaces and other signs between its digits.
fn telephone(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|c| !" -/.()".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    (digits.len() > 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// What stands before the bracket that closes an address; brackets within it come in pairs.
fn address(rest: &str) -> Option<&str> {
    let mut open = 0_usize;
    let closing = rest.char_indices().find(|(_, sign)| match sign {
        '(' => {
            open += 1;
            false
        }
        ')' => {
            let is_last = open == 0;
            open = open.saturating_sub(1);
            is_last
        }
        _ => false,
    });
    closing.map(|(at, _)| &rest[..at]).or_else(|| rest.split_once(')').map(|(address, _)| address))
}
