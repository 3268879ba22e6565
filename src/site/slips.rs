//! A line of `site.toml` that the parser does not understand → what was most likely meant, in plain words.
//!
//! Of the parser's own words only the place and, within lists and tables, the kind of the slip are used.

use std::ops::Range;

use super::slip_complaints;
use super::slip_values::{self, Slip, Wrong};
use crate::base::{Diagnostic, Place, SourcePath, Span, Unseen, is_forbidden, line_start, unseen};

/// A line that is not understood.
pub(super) struct Line<'l> {
    pub path: &'l SourcePath,
    /// The whole text.
    pub whole: &'l str,
    /// Where the line starts in it.
    pub start: usize,
    /// Where the parser stopped in it.
    pub at: usize,
    /// The parser's words.
    pub message: &'l str,
}

impl<'l> Line<'l> {
    /// The line without its end.
    fn text(&self) -> &'l str {
        self.whole[self.start..].lines().next().unwrap_or_default()
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.start)
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::at(self.path, self.span(range))
    }

    /// Is the next line mere text, so that this one's may go on there?
    fn goes_on_below(&self) -> bool {
        let below = self.whole[self.start..].lines().nth(1).unwrap_or_default().trim();
        !below.is_empty() && !below.contains(['=', ':']) && !below.starts_with(['[', '#', '{'])
    }

    /// Where the parser stopped, from the line's start.
    fn stop(&self) -> usize {
        let text = self.text();
        (0..=(self.at - self.start).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    }
}

/// What is wrong with the line.
pub(super) fn complaint(line: &Line) -> Diagnostic {
    unseen_sign(line)
        .or_else(|| long_text(line))
        .or_else(|| twice(line))
        .or_else(|| no_setting(line))
        .or_else(|| heading(line))
        .or_else(|| setting(line))
        .or_else(|| within(line))
        .unwrap_or_else(|| slip_complaints::broken(line.place(line.stop()..line.text().trim_end().len())))
}

/// Is the whole file written in another notation, and which line shows it first?
pub(super) fn other_notation(text: &str) -> Option<(&'static str, Range<usize>)> {
    let is_said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '-']);
    let first = text.lines().find(is_said)?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let range = start..start + first.len();
    if first.trim_start().starts_with('{') {
        return Some(("JSON", range));
    }
    let is_yaml = |line: &str| sign(line).is_some_and(|sign| &line[sign] == ":");
    let has_list = text.lines().filter(is_said).filter(|line| is_yaml(line)).count() > 1;
    (has_list && text.lines().filter(is_said).all(is_yaml)).then_some(("YAML", range))
}

/// A sign that nobody sees, outside of quotes.
fn unseen_sign(line: &Line) -> Option<Diagnostic> {
    let text = line.text();
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_forbidden(*c)) {
        let range = at..at + c.len_utf8();
        return Some(slip_complaints::unseen_sign(line.place(range.clone())).fix(line.span(range), ""));
    }
    let outside = text.find(['"', '\'']).unwrap_or(text.len());
    let mut complaint: Option<Diagnostic> = None;
    for (at, c) in text[..outside].char_indices().filter(|(_, c)| !c.is_ascii()) {
        let Some(way) = unseen(c) else { continue };
        let range = at..at + c.len_utf8();
        let found = complaint.unwrap_or_else(|| slip_complaints::unseen_sign(line.place(range.clone())));
        complaint = Some(found.fix(line.span(range), if way == Unseen::Space { " " } else { "" }));
    }
    complaint
}

/// A text between three quotes that is never ended.
fn long_text(line: &Line) -> Option<Diagnostic> {
    if !line.message.contains("multi-line") {
        return None;
    }
    let before = &line.whole[..line.at];
    let start = before.rfind("\"\"\"").max(before.rfind("'''"))?;
    let place = Place::at(line.path, Span::new(start, start + "\"\"\"".len()));
    Some(slip_complaints::unclosed_quote(place))
}

/// A heading or a setting that stands there a second time.
fn twice(line: &Line) -> Option<Diagnostic> {
    if line.message.starts_with("cannot extend") {
        let name = line.text().trim().trim_matches(['[', ']']).split(['=', '.']).next().unwrap_or_default().trim();
        let range = content(line.text());
        return Some(slip_complaints::value_and_heading(line.place(range), name));
    }
    if !line.message.starts_with("duplicate key") {
        return None;
    }
    let text = line.text();
    let name = |text: &str| {
        let text = text.trim();
        if text.starts_with('[') {
            return text.split(']').next().unwrap_or(text).to_owned();
        }
        text.split('=').next().unwrap_or(text).trim().to_owned()
    };
    let wanted = name(text);
    let above = &line.whole[..line.start];
    // A setting is looked for below its own heading, a heading in the whole file.
    let from = if wanted.starts_with('[') { 0 } else { above.rfind("\n[").map_or(0, |at| at + 1) };
    let mut start = from;
    let first = above[from..].split_inclusive('\n').find_map(|other| {
        start += other.len();
        let range = content(other);
        (name(other) == wanted).then(|| Span::from(range).shifted(start - other.len()))
    });
    let complaint = slip_complaints::twice(line.place(content(text)), &wanted);
    Some(match first {
        Some(first) => complaint.note(Place::at(line.path, first), "here it stands first"),
        None => complaint,
    })
}

/// The text without the space around it.
fn content(line: &str) -> Range<usize> {
    let start = line.len() - line.trim_start().len();
    start..line.trim_end().len().max(start)
}

/// A remark with the wrong sign, a line that belongs to pages, or mere words.
fn no_setting(line: &Line) -> Option<Diagnostic> {
    let text = line.text();
    let range = content(text);
    let inner = &text[range.clone()];
    if inner.starts_with("---") || inner.starts_with("```") {
        return Some(slip_complaints::fence(line.place(range.clone())).fix(line.span(range), ""));
    }
    for sign in ["//", "<!--", "/*", ";", "--"] {
        if inner.starts_with(sign) {
            let start = range.start..range.start + sign.len();
            return Some(slip_complaints::remark(line.place(start.clone()), sign).fix(line.span(start), "#"));
        }
    }
    None
}

/// A heading such as `[kinds.sign]` with too few or too many brackets, or other signs in it.
fn heading(line: &Line) -> Option<Diagnostic> {
    let text = line.text();
    let range = content(text);
    let inner = &text[range.clone()];
    let begins = inner.starts_with(['[', '(', '{']) && !inner.contains('=');
    let ends =
        inner.ends_with([']', ')']) && !inner.contains(['=', ':', '"', ',']) && !inner.contains(char::is_whitespace);
    if !begins && !ends {
        return None;
    }
    let name = inner.trim_matches(|c: char| "[](){}:,;. \t".contains(c));
    let joined =
        name.split(|c: char| "/\\. :>".contains(c)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if joined.is_empty() {
        return Some(slip_complaints::nameless_heading(line.place(range)));
    }
    if !joined.chars().all(is_plain) {
        return Some(slip_complaints::odd_name(line.place(range), name));
    }
    if inner.contains(".]") || inner.contains("[.") || inner.contains("..") {
        return Some(slip_complaints::nameless_heading(line.place(range)));
    }
    let mended = format!("[{joined}]");
    (mended != inner).then(|| slip_complaints::broken_heading(line.place(range.clone())).fix(line.span(range), mended))
}

/// The sign between a key and its value, with those that belong to it: `=`, or `:`, `:=`, `==`, `=>`.
fn sign(text: &str) -> Option<Range<usize>> {
    let signs = ['=', ':', '\u{ff1d}', '\u{ff1a}'];
    let start = text.find(signs)?;
    let rest = text[start..].trim_start_matches(signs);
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    Some(start..text.len() - rest.len())
}

/// Does the line go on with a list or table that began above?
fn goes_on(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', '}', ']', '[', ',']) || (text.starts_with(['"', '\'']) && !text.contains('='))
}

/// A setting whose name, sign or value is not right.
fn setting(line: &Line) -> Option<Diagnostic> {
    let text = line.text();
    let range = content(text);
    if goes_on(text) {
        return None;
    }
    let Some(sign) = sign(&text[..range.end]) else { return Some(no_sign(line)) };
    let key_end = text[..sign.start].trim_end().len().max(range.start);
    let key = &text[range.start..key_end];
    let value_start = sign.end + (text[sign.end..range.end].len() - text[sign.end..range.end].trim_start().len());
    let value = &text[value_start..range.end];
    if key.is_empty() {
        return Some(slip_complaints::nameless(line.place(sign)));
    }
    let wrong = if value.starts_with(['[', '{']) { None } else { slip_values::wrong(value) };
    let cure = |complaint: Diagnostic| match &wrong {
        Some(wrong) => wrong.cures.iter().fold(complaint, |complaint, (part, text)| {
            complaint.fix(line.span(part.start + value_start..part.end + value_start), text.as_str())
        }),
        None => complaint,
    };
    if !is_plain_key(key) {
        let joined: Vec<&str> = key.split(|c: char| " \t\u{2010}\u{2011}\u{2013}\u{2014}".contains(c)).collect();
        let mended = joined.join("_");
        let complaint = slip_complaints::odd_name(line.place(range.start..key_end), key);
        let complaint =
            if is_plain_key(&mended) { complaint.fix(line.span(range.start..key_end), mended) } else { complaint };
        return Some(if complaint.fix.is_empty() { complaint } else { cure(complaint) });
    }
    if &text[sign.clone()] != "=" {
        let complaint = slip_complaints::wrong_sign(line.place(sign.clone()), &text[sign.clone()], key);
        let complaint = complaint.fix(line.span(key_end..sign.end), " =");
        return Some(cure(complaint));
    }
    if value.is_empty() || value.starts_with('#') {
        return Some(slip_complaints::no_value(line.place(range.start..key_end), key));
    }
    let found = wrong.as_ref()?;
    if found.slip == Slip::NoEnd && line.goes_on_below() {
        return Some(slip_complaints::unclosed_quote(line.place(value_start..range.end)));
    }
    let place = line.place(value_start + found.span.start..value_start + found.span.end);
    Some(cure(slip_values::complaint(place, found, key)))
}

fn is_plain_key(key: &str) -> bool {
    let is_plain = |part: &str| {
        let part = part.trim();
        let is_quoted = part.starts_with(['"', '\'']);
        is_quoted || (!part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)))
    };
    key.split('.').all(is_plain)
}

/// A line without `=`.
fn no_sign(line: &Line) -> Diagnostic {
    let text = line.text();
    let range = content(text);
    let inner = &text[range.clone()];
    let key_end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(inner.len());
    let (key, value) = inner.split_at(key_end);
    let key_range = range.start..range.start + key_end;
    if value.trim_start().starts_with(['"', '[', '{']) && !key.is_empty() {
        let behind = range.start + key_end;
        return slip_complaints::no_sign(line.place(key_range), key).fix(line.span(behind..behind), " =");
    }
    if value.trim().is_empty() || value.trim_start().starts_with('#') {
        return slip_complaints::no_value(line.place(key_range), key);
    }
    slip_complaints::mere_words(line.place(range))
}

/// A slip within a list or table.
fn within(line: &Line) -> Option<Diagnostic> {
    let text = line.text();
    let stop = line.stop();
    let message = line.message;
    if message.starts_with("missing comma") {
        let before = line.whole[..line.start + stop].trim_end().len();
        let start = line_start(line.whole, before);
        let last = line.whole[start..before].split_whitespace().last().map_or(1, str::len);
        let place = Place::at(line.path, Span::new(before - last, before));
        // A remark at the line's end would swallow the comma.
        let complaint = slip_complaints::missing_comma(place);
        let is_safe = !line.whole[start..before].contains('#');
        return Some(if is_safe { complaint.fix(Span::new(before, before), ",") } else { complaint });
    }
    if message.contains("basic string") || message.contains("invalid literal string") {
        let quote = text[..stop].rfind(['"', '\''])?;
        return Some(slip_complaints::unclosed_quote(line.place(quote..text.trim_end().len())));
    }
    let near = &text[stop..];
    if (message.contains("unquoted key") || message.contains("missing assignment")) && near.starts_with(':') {
        let complaint = slip_complaints::wrong_sign(line.place(stop..stop + 1), ":", "each name");
        return Some(complaint.fix(line.span(stop..stop + 1), " ="));
    }
    let end = near.find([',', ']', '}']).map_or(text.len(), |end| stop + end);
    let value = text[stop..end].trim_end();
    if value.is_empty() {
        return None;
    }
    let wrong = slip_values::wrong(value)?;
    let place = line.place(stop + wrong.span.start..stop + wrong.span.end);
    let complaint = slip_values::complaint(place, &wrong, "it");
    let fold = |complaint: Diagnostic, (part, text): &(Range<usize>, String)| {
        complaint.fix(line.span(stop + part.start..stop + part.end), text.as_str())
    };
    let Wrong { cures, .. } = &wrong;
    Some(cures.iter().fold(complaint, fold))
}
