//! Text that was most likely meant as a link, and is none.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::complaints;
use super::page::{Complaints, Page};

/// How far from its brackets a link is looked for, in bytes.
const LONGEST: usize = 300;

/// The stretches of a text in which brackets mean something already, or nothing at all: links, pictures, code, HTML.
#[derive(Default)]
pub(super) struct Quiet(Vec<Range<usize>>);

impl Quiet {
    /// Takes in an event, in the order of the text.
    pub fn read(&mut self, event: &Event, range: &Range<usize>) {
        let is_quiet = match event {
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) => true,
            Event::Start(tag) => {
                matches!(tag, Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
            }
            _ => false,
        };
        match self.0.last_mut() {
            _ if !is_quiet => {}
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => self.0.push(range.clone()),
        }
    }

    fn holds(&self, at: usize) -> bool {
        let next = self.0.partition_point(|range| range.end <= at);
        self.0.get(next).is_some_and(|range| range.start <= at)
    }
}

/// Complains of every stretch of the text that looks like a link.
pub(super) fn complain(page: &Page, quiet: &Quiet, complaints: &mut Complaints) {
    let body = page.body;
    let brackets = body.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'[' | b']'));
    for (at, _) in brackets {
        let look: Look = match &body.as_bytes()[at..] {
            [b'[', b'[', ..] => unclosed_wiki,
            [b']', b' ', b'(', ..] => parted,
            [b']', b'(', ..] => spaced,
            _ => continue,
        };
        if quiet.holds(at) {
            continue;
        }
        let (start, line) = around(body, at);
        let Some((stretch, cure)) = look(line, at - start) else { continue };
        let stretch = start + stretch.start..start + stretch.end;
        let is_escaped = body[..stretch.start].ends_with('\\');
        if !is_escaped && !quiet.holds(stretch.start) && !quiet.holds(stretch.end - 1) {
            complaints.push(complaints::like_a_link(page.place(stretch), &cure));
        }
    }
}

/// The line around byte `at`, as far as a link may reach, and where it begins.
fn around(body: &str, at: usize) -> (usize, &str) {
    let from = floor(body, at.saturating_sub(LONGEST));
    let to = floor(body, at + LONGEST);
    let start = body[from..at].rfind('\n').map_or(from, |newline| from + newline + 1);
    let end = body[at..to].find('\n').map_or(to, |newline| at + newline);
    (start, body[start..end].trim_end())
}

/// The last character boundary at or before `at`.
fn floor(body: &str, at: usize) -> usize {
    (0..=at.min(body.len())).rev().find(|&at| body.is_char_boundary(at)).unwrap_or(0)
}

/// What looks like a link, in bytes of the line, and how it is mended.
type Found = Option<(Range<usize>, String)>;

/// Looks at one place of a line.
type Look = fn(&str, usize) -> Found;

/// `[[name]` or `[[name` at byte `at` of a line.
fn unclosed_wiki(line: &str, at: usize) -> Found {
    let rest = line.get(at + 2..)?;
    if rest.contains("]]") || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let name = &rest[..rest.find([']', '.', ',', ' ']).unwrap_or(rest.len())];
    let end = at + 2 + name.len() + usize::from(rest[name.len()..].starts_with(']'));
    Some((at..end, format!("write `[[{name}]]`")))
}

/// `[words] (address)`, with its `] (` at byte `at` of a line.
fn parted(line: &str, at: usize) -> Found {
    let start = line[..at].rfind('[')?;
    let address = line[at + 3..].split_once(')')?.0;
    let is_address = address.contains('/') || address.contains(".md") || address.starts_with('#');
    if !is_address || address.contains(' ') {
        return None;
    }
    let end = at + 3 + address.len() + 1;
    Some((start..end, format!("take the space out: `{}]({address})`", &line[start..at])))
}

/// `[words](an address)`, with its `](` at byte `at` of a line.
fn spaced(line: &str, at: usize) -> Found {
    let start = line[..at].rfind('[')?;
    let Some((address, _)) = line[at + 2..].split_once(')') else {
        return Some((start..line.len(), "add a `)` after the address".to_owned()));
    };
    let end = at + 2 + address.len() + 1;
    if !address.contains(' ') {
        return Some((start..end, "write it as `[words](address)`".to_owned()));
    }
    Some((start..end, format!("put an address with spaces in angle brackets: `{}](<{address}>)`", &line[start..at])))
}
