//! A line of `site.toml` that is no TOML → what was most likely meant, in plain words: one row a slip.

use std::ops::Range;

use super::brackets::Unclosed;
use super::values::{self, Slip as ValueSlip, Wrong};
use super::{Broken, complaints};
use crate::base::{Diagnostic, Place, SourcePath, Span, Unseen, is_forbidden, line_start, unseen};
use crate::cures::Slip;
use crate::site;
use crate::syntax::toml::ErrorKind;

/// Finds a slip in the line in which reading stopped.
type Find = fn(&Broken) -> Option<Diagnostic>;

/// The slips that authors make, in the order in which they are looked for; the first is told.
pub(super) const SLIPS: [Slip<Find>; 7] = [
    Slip { find: unseen_sign, wrong: "title =\u{a0}\"Nearer\"\n", right: "title = \"Nearer\"\n" },
    Slip { find: long_text, wrong: "title = \"\"\"\nNearer\n", right: "title = \"\"\"\nNearer\n" },
    Slip { find: second_of_a_name, wrong: "title = \"A\"\ntitle = \"B\"\n", right: "title = \"A\"\ntitle = \"B\"\n" },
    Slip { find: line_of_another_kind, wrong: "// Ours\ntitle = \"A\"\n", right: "# Ours\ntitle = \"A\"\n" },
    Slip { find: odd_heading, wrong: "[kinds/sign]\n", right: "[kinds.sign]\n" },
    Slip { find: odd_setting, wrong: "title: Nearer\n", right: "title = \"Nearer\"\n" },
    Slip { find: odd_entry, wrong: "menu = [{ to: \"@/a.md\" }]\n", right: "menu = [{ to = \"@/a.md\" }]\n" },
];

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

/// A bracket that is never closed, or that closes nothing.
pub(super) fn open_bracket(path: &SourcePath, text: &str, open: &Unclosed) -> Diagnostic {
    let start = line_start(text, open.at);
    let line = text[start..].lines().next().unwrap_or_default();
    let is_heading = line.trim_start().starts_with('[') && !line.contains(['=', '"', ',', '{']);
    let complaint = if is_heading {
        site::complaints::broken_heading(Place::at(path, Span::new(start, start + line.trim_end().len())))
    } else {
        complaints::unclosed_bracket(Place::at(path, Span::new(open.at, open.at + 1)), open.bracket)
    };
    complaint.fix(open.cure.span, open.cure.text.as_str())
}

/// A sign that nobody sees, outside of quotes.
fn unseen_sign(line: &Broken) -> Option<Diagnostic> {
    let text = line.line.text;
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_forbidden(*c)) {
        let range = at..at + c.len_utf8();
        return Some(complaints::unseen_sign(line.place(range.clone())).fix(line.span(range), ""));
    }
    let outside = text.find(['"', '\'']).unwrap_or(text.len());
    let mut complaint: Option<Diagnostic> = None;
    for (at, c) in text[..outside].char_indices().filter(|(_, c)| !c.is_ascii()) {
        let Some(way) = unseen(c) else { continue };
        let range = at..at + c.len_utf8();
        let found = complaint.unwrap_or_else(|| complaints::unseen_sign(line.place(range.clone())));
        complaint = Some(found.fix(line.span(range), if way == Unseen::Space { " " } else { "" }));
    }
    complaint
}

/// A text between three quotes that is never ended.
fn long_text(line: &Broken) -> Option<Diagnostic> {
    if line.kind != ErrorKind::LongText {
        return None;
    }
    let before = &line.text[..line.at];
    let start = before.rfind("\"\"\"").max(before.rfind("'''"))?;
    let place = Place::at(line.path, Span::new(start, start + "\"\"\"".len()));
    Some(complaints::unclosed_quote(place))
}

/// A heading or a setting that stands there a second time.
fn second_of_a_name(line: &Broken) -> Option<Diagnostic> {
    if line.kind == ErrorKind::ValueAndTable {
        let name = line.line.text.trim().trim_matches(['[', ']']).split(['=', '.']).next().unwrap_or_default().trim();
        let range = content(line.line.text);
        return Some(complaints::value_and_heading(line.place(range), name));
    }
    if line.kind != ErrorKind::Twice {
        return None;
    }
    let text = line.line.text;
    let name = |text: &str| {
        let text = text.trim();
        if text.starts_with('[') {
            return text.split(']').next().unwrap_or(text).to_owned();
        }
        text.split('=').next().unwrap_or(text).trim().to_owned()
    };
    let wanted = name(text);
    let above = &line.text[..line.line.start];
    // A setting is looked for below its own heading, a heading in the whole file.
    let from = if wanted.starts_with('[') { 0 } else { above.rfind("\n[").map_or(0, |at| at + 1) };
    let mut start = from;
    let first = above[from..].split_inclusive('\n').find_map(|other| {
        start += other.len();
        let range = content(other);
        (name(other) == wanted).then(|| Span::from(range).shifted(start - other.len()))
    });
    let complaint = complaints::twice(line.place(content(text)), &wanted);
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
fn line_of_another_kind(line: &Broken) -> Option<Diagnostic> {
    let text = line.line.text;
    let range = content(text);
    let inner = &text[range.clone()];
    if inner.starts_with("---") || inner.starts_with("```") {
        return Some(complaints::fence(line.place(range.clone())).fix(line.span(range), ""));
    }
    for sign in ["//", "<!--", "/*", ";", "--"] {
        if inner.starts_with(sign) {
            let start = range.start..range.start + sign.len();
            return Some(complaints::remark(line.place(start.clone()), sign).fix(line.span(start), "#"));
        }
    }
    None
}

/// A heading such as `[kinds.sign]` with too few or too many brackets, or other signs in it.
fn odd_heading(line: &Broken) -> Option<Diagnostic> {
    let text = line.line.text;
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
        return Some(complaints::nameless_heading(line.place(range)));
    }
    if !joined.chars().all(is_plain) {
        return Some(complaints::odd_name(line.place(range), name));
    }
    if inner.contains(".]") || inner.contains("[.") || inner.contains("..") {
        return Some(complaints::nameless_heading(line.place(range)));
    }
    let mended = format!("[{joined}]");
    (mended != inner).then(|| site::complaints::broken_heading(line.place(range.clone())).fix(line.span(range), mended))
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
fn odd_setting(line: &Broken) -> Option<Diagnostic> {
    let text = line.line.text;
    let range = content(text);
    if goes_on(text) {
        return None;
    }
    let Some(sign) = sign(&text[..range.end]) else { return Some(without_sign(line)) };
    let key_end = text[..sign.start].trim_end().len().max(range.start);
    let key = &text[range.start..key_end];
    let value_start = sign.end + (text[sign.end..range.end].len() - text[sign.end..range.end].trim_start().len());
    let value = &text[value_start..range.end];
    if key.is_empty() {
        return Some(complaints::nameless(line.place(sign)));
    }
    let wrong = if value.starts_with(['[', '{']) { None } else { values::wrong(value) };
    let cure = |complaint: Diagnostic| match &wrong {
        Some(wrong) => wrong.cures.iter().fold(complaint, |complaint, (part, text)| {
            complaint.fix(line.span(part.start + value_start..part.end + value_start), text.as_str())
        }),
        None => complaint,
    };
    if !is_plain_key(key) {
        let joined: Vec<&str> = key.split(|c: char| " \t\u{2010}\u{2011}\u{2013}\u{2014}".contains(c)).collect();
        let mended = joined.join("_");
        let complaint = complaints::odd_name(line.place(range.start..key_end), key);
        let complaint =
            if is_plain_key(&mended) { complaint.fix(line.span(range.start..key_end), mended) } else { complaint };
        return Some(if complaint.fix.is_empty() { complaint } else { cure(complaint) });
    }
    if &text[sign.clone()] != "=" {
        let complaint = complaints::wrong_sign(line.place(sign.clone()), &text[sign.clone()], key);
        let complaint = complaint.fix(line.span(key_end..sign.end), " =");
        return Some(cure(complaint));
    }
    if value.is_empty() || value.starts_with('#') {
        return Some(complaints::no_value(line.place(range.start..key_end), key));
    }
    let found = wrong.as_ref()?;
    if found.slip == ValueSlip::NoEnd && line.goes_on_below() {
        return Some(complaints::unclosed_quote(line.place(value_start..range.end)));
    }
    let place = line.place(value_start + found.span.start..value_start + found.span.end);
    Some(cure(values::complaint(place, found, key)))
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
fn without_sign(line: &Broken) -> Diagnostic {
    let text = line.line.text;
    let range = content(text);
    let inner = &text[range.clone()];
    let key_end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(inner.len());
    let (key, value) = inner.split_at(key_end);
    let key_range = range.start..range.start + key_end;
    if value.trim_start().starts_with(['"', '[', '{']) && !key.is_empty() {
        let behind = range.start + key_end;
        return complaints::no_sign(line.place(key_range), key).fix(line.span(behind..behind), " =");
    }
    if value.trim().is_empty() || value.trim_start().starts_with('#') {
        return complaints::no_value(line.place(key_range), key);
    }
    complaints::mere_words(line.place(range))
}

/// A slip within a list or table.
fn odd_entry(line: &Broken) -> Option<Diagnostic> {
    let text = line.line.text;
    let stop = line.stop();
    if line.kind == ErrorKind::Comma {
        let before = line.text[..line.line.start + stop].trim_end().len();
        let start = line_start(line.text, before);
        let last = line.text[start..before].split_whitespace().last().map_or(1, str::len);
        let place = Place::at(line.path, Span::new(before - last, before));
        // A remark at the line's end would swallow the comma.
        let complaint = complaints::missing_comma(place);
        let is_safe = !line.text[start..before].contains('#');
        return Some(if is_safe { complaint.fix(Span::new(before, before), ",") } else { complaint });
    }
    if line.kind == ErrorKind::Text {
        let quote = text[..stop].rfind(['"', '\''])?;
        return Some(complaints::unclosed_quote(line.place(quote..text.trim_end().len())));
    }
    let near = &text[stop..];
    if line.kind == ErrorKind::Equals && near.starts_with(':') {
        let complaint = complaints::wrong_sign(line.place(stop..stop + 1), ":", "each name");
        return Some(complaint.fix(line.span(stop..stop + 1), " ="));
    }
    let end = near.find([',', ']', '}']).map_or(text.len(), |end| stop + end);
    let value = text[stop..end].trim_end();
    if value.is_empty() {
        return None;
    }
    let wrong = values::wrong(value)?;
    let place = line.place(stop + wrong.span.start..stop + wrong.span.end);
    let complaint = values::complaint(place, &wrong, "it");
    let fold = |complaint: Diagnostic, (part, text): &(Range<usize>, String)| {
        complaint.fix(line.span(stop + part.start..stop + part.end), text.as_str())
    };
    let Wrong { cures, .. } = &wrong;
    Some(cures.iter().fold(complaint, fold))
}
