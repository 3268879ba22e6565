//! HTML while it is being written: finished text and the places that are filled in when the whole page is known.
//!
//! Everything an author wrote passes through one of the escaping functions here, or is dropped.

use std::borrow::Cow;

use crate::base::{all_bytes, has_forbidden, is_forbidden};

/// What goes into a place that is filled in when the whole page is known.
pub(super) enum Hole {
    /// The address of the draft's link with this number.
    Address(usize),
    /// The title of the page that the draft's link with this number leads to.
    Title(usize),
    /// The size of the picture that the draft's link with this number leads to.
    Size(usize),
    /// The beginning of the draft's heading with this number.
    HeadingStart(usize),
    /// The id of the draft's heading with this number, as an attribute.
    HeadingId(usize),
    /// The end of the draft's heading with this number.
    HeadingEnd(usize),
    /// The mark of the draft's numbered link with this number: as an attribute, if it gets one.
    LinkMark(usize),
    /// The words of the draft's task with this number.
    TaskLabel(usize),
    /// The draft's footnote reference with this number.
    Reference(usize),
    /// The draft's citation with this number, of one or more keys.
    Citation(usize),
}

/// HTML in the making.
#[derive(Default)]
pub(super) struct Buffer {
    /// What is finished, without what goes into the holes.
    html: String,
    /// Where in that the holes are, in order.
    holes: Vec<(usize, Hole)>,
}

impl Buffer {
    /// One with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), holes: Vec::new() }
    }

    /// The finished HTML, to be added to.
    pub fn tail(&mut self) -> &mut String {
        &mut self.html
    }

    /// Adds finished HTML.
    pub fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds a place to be filled in.
    pub fn hole(&mut self, hole: Hole) {
        self.holes.push((self.html.len(), hole));
    }

    /// Ends the line, unless it is empty.
    pub fn fresh_line(&mut self) {
        let ends_with_hole = self.holes.last().is_some_and(|(at, _)| *at == self.html.len());
        if ends_with_hole || !(self.html.is_empty() || self.html.ends_with('\n')) {
            self.push("\n");
        }
    }

    /// The holes, in order.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.holes.iter().map(|(_, hole)| hole)
    }

    /// The finished stretches, each with the hole that follows it; the last is followed by none.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Option<&Hole>)> {
        let ends = self.holes.iter().map(|(at, hole)| (*at, Some(hole))).chain([(self.html.len(), None)]);
        ends.scan(0, |start, (end, hole)| Some((&self.html[std::mem::replace(start, end)..end], hole)))
    }
}

/// `text` with U+FFFD in place of each forbidden character.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if has_forbidden(text) {
        return Cow::Owned(text.replace(is_forbidden, "\u{fffd}"));
    }
    Cow::Borrowed(text)
}

/// Adds `text` as the text of an element.
pub(super) fn escape_text(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("\n"),
        c if is_forbidden(c) => Some("\u{fffd}"),
        _ => None,
    });
}

/// Adds `text` as part of a value between double quotes.
pub(super) fn escape_attribute(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\r' => Some("\n"),
        c if is_forbidden(c) => Some("\u{fffd}"),
        _ => None,
    });
}

/// Adds `text` with each character for which there is something to stand in its place replaced.
fn escape(out: &mut String, text: &str, replacement: impl Fn(char) -> Option<&'static str>) {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if all_bytes(text, is_plain) {
        return out.push_str(text);
    }
    let mut written = 0;
    let mut at = 0;
    while let Some(plain) = text.as_bytes()[at..].iter().position(|byte| !is_plain(*byte)) {
        at += plain;
        let Some(c) = text[at..].chars().next() else { break };
        if let Some(instead) = replacement(c) {
            out.push_str(&text[written..at]);
            out.push_str(instead);
            written = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    out.push_str(&text[written..]);
}

/// Adds a URL as part of a value between double quotes: what an address cannot hold is percent-encoded.
pub(super) fn escape_href(out: &mut String, url: &str) {
    let url = clean(url);
    let bytes = url.as_bytes();
    for (i, &byte) in bytes.iter().enumerate() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            // A `%` that begins no encoded byte would make the whole address unreadable to some programs.
            b'%' if !begins_encoded_byte(&bytes[i..]) => out.push_str("%25"),
            b if b.is_ascii_alphanumeric() || b"!#$%()*+,-./:;=?@_~".contains(&b) => out.push(char::from(b)),
            b => push_encoded(out, b),
        }
    }
}

/// Adds `%` and two hexadecimal digits.
fn push_encoded(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// Does this begin with `%` and two hexadecimal digits?
fn begins_encoded_byte(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// `text` with each run of white space as one space, and none at the ends.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
