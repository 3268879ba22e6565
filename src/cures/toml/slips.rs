//! A line of `site.toml` that is no TOML → what was most likely meant, in plain words: one row a slip.

use std::ops::Range;

use super::brackets::Unclosed;
use super::values::{Value, odd_value};
use super::{Broken, complaints};
use crate::base::{Diagnostic, Edit, Place, SourcePath, Span, Unseen, is_forbidden, line_start, unseen};
use crate::cures::{Line, Slip};
use crate::site;
use crate::syntax::toml::ErrorKind;

/// Finds a slip in the line in which reading stopped.
type Find = fn(&Broken) -> Option<Diagnostic>;

/// The slips that authors make, in the order in which they are looked for; the first is told. What is wrong with a value
/// comes last, see [`super::values`].
pub(super) const SLIPS: [Slip<Find>; 19] = [
    Slip { find: unseen_sign, wrong: "title =\u{a0}\"Nearer\"\n", right: "title = \"Nearer\"\n" },
    Slip { find: open_long_text, wrong: "title = \"\"\"\nNearer\n", right: "title = \"\"\"\nNearer\n" },
    Slip { find: value_and_heading, wrong: "a = 1\na.b = 2\n", right: "a = 1\na.b = 2\n" },
    Slip { find: second_of_a_name, wrong: "title = \"A\"\ntitle = \"B\"\n", right: "title = \"A\"\ntitle = \"B\"\n" },
    Slip { find: fence, wrong: "---\ntitle = \"A\"\n", right: "\ntitle = \"A\"\n" },
    Slip { find: remark, wrong: "// Ours\ntitle = \"A\"\n", right: "# Ours\ntitle = \"A\"\n" },
    Slip { find: nameless_heading, wrong: "[]\n", right: "[]\n" },
    Slip { find: odd_name_of_a_heading, wrong: "[kinds.gr\u{fc}\u{df}e]\n", right: "[kinds.gr\u{fc}\u{df}e]\n" },
    Slip { find: odd_heading, wrong: "[kinds/sign]\n", right: "[kinds.sign]\n" },
    Slip { find: missing_comma, wrong: "menu = [\"a\" \"b\"]\n", right: "menu = [\"a\", \"b\"]\n" },
    Slip { find: open_entry, wrong: "menu = [\n  \"a,\n]\n", right: "menu = [\n  \"a,\n]\n" },
    Slip { find: colon_in_a_table, wrong: "menu = [{ to: \"@/a.md\" }]\n", right: "menu = [{ to = \"@/a.md\" }]\n" },
    Slip { find: no_sign, wrong: "title \"A\"\n", right: "title = \"A\"\n" },
    Slip { find: no_value, wrong: "title =\n", right: "title =\n" },
    Slip { find: mere_words, wrong: "This is ours.\n", right: "This is ours.\n" },
    Slip { find: nameless, wrong: "= \"A\"\n", right: "= \"A\"\n" },
    Slip { find: odd_name, wrong: "base url = \"A\"\n", right: "base_url = \"A\"\n" },
    Slip { find: wrong_sign, wrong: "title: Nearer\n", right: "title = \"Nearer\"\n" },
    Slip { find: odd_value, wrong: "title = Nearer\n", right: "title = \"Nearer\"\n" },
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
fn open_long_text(line: &Broken) -> Option<Diagnostic> {
    if line.kind != ErrorKind::LongText {
        return None;
    }
    let before = &line.text[..line.at];
    let start = before.rfind("\"\"\"").max(before.rfind("'''"))?;
    let place = Place::at(line.path, Span::new(start, start + "\"\"\"".len()));
    Some(complaints::unclosed_quote(place))
}

/// A name that has a value and is a heading too.
fn value_and_heading(line: &Broken) -> Option<Diagnostic> {
    let name = line.line.text.trim().trim_matches(['[', ']']).split(['=', '.']).next().unwrap_or_default().trim();
    let is_both = line.kind == ErrorKind::ValueAndTable;
    is_both.then(|| complaints::value_and_heading(Place::at(line.path, line.line.content_span()), name))
}

/// A heading or a setting that stands there a second time.
fn second_of_a_name(line: &Broken) -> Option<Diagnostic> {
    if line.kind != ErrorKind::Twice {
        return None;
    }
    let wanted = name_of(line.line.text);
    let above = &line.text[..line.line.start];
    // A setting is looked for below its own heading, a heading in the whole file.
    let from = if wanted.starts_with('[') { 0 } else { above.rfind("\n[").map_or(0, |at| at + 1) };
    let first = Line::all(line.text, from..above.len()).find(|other| name_of(other.text) == wanted);
    let complaint = complaints::twice(Place::at(line.path, line.line.content_span()), wanted);
    Some(match first {
        Some(first) => complaint.note(Place::at(line.path, first.content_span()), "here it stands first"),
        None => complaint,
    })
}

/// What a line names: `title`, or `[kinds.topic`.
fn name_of(line: &str) -> &str {
    let line = line.trim();
    let end = if line.starts_with('[') { ']' } else { '=' };
    line.split(end).next().unwrap_or(line).trim()
}

/// A line that belongs to pages.
fn fence(line: &Broken) -> Option<Diagnostic> {
    let range = line.line.content();
    let is_fence = ["---", "```"].iter().any(|fence| line.line.text[range.clone()].starts_with(fence));
    is_fence.then(|| complaints::fence(line.place(range.clone())).fix(line.span(range), ""))
}

/// A remark with the wrong sign.
fn remark(line: &Broken) -> Option<Diagnostic> {
    let start = line.line.content().start;
    let sign = ["//", "<!--", "/*", ";", "--"].into_iter().find(|sign| line.line.text[start..].starts_with(sign))?;
    let range = start..start + sign.len();
    Some(complaints::remark(line.place(range.clone()), sign).fix(line.span(range), "#"))
}

/// A line that was meant as a heading such as `[kinds.topic]`.
struct Heading<'l> {
    line: &'l Broken<'l>,
    /// What stands in the line.
    text: &'l str,
    /// Its name, without the signs around it.
    name: &'l str,
    /// The parts of that, joined as they have to be.
    joined: String,
}

impl<'l> Heading<'l> {
    fn read(line: &'l Broken<'l>) -> Option<Self> {
        let text = &line.line.text[line.line.content()];
        let begins = text.starts_with(['[', '(', '{']) && !text.contains('=');
        let ends =
            text.ends_with([']', ')']) && !text.contains(['=', ':', '"', ',']) && !text.contains(char::is_whitespace);
        let name = text.trim_matches(|c: char| "[](){}:,;. \t".contains(c));
        let parts = name.split(|c: char| "/\\. :>".contains(c)).filter(|part| !part.is_empty());
        (begins || ends).then(|| Self { line, text, name, joined: parts.collect::<Vec<_>>().join(".") })
    }

    fn place(&self) -> Place {
        self.line.place(self.line.line.content())
    }

    fn is_plain(&self) -> bool {
        self.joined.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    }
}

fn nameless_heading(line: &Broken) -> Option<Diagnostic> {
    let heading = Heading::read(line).filter(Heading::is_plain)?;
    let is_nameless = heading.joined.is_empty() || [".]", "[.", ".."].iter().any(|gap| heading.text.contains(gap));
    is_nameless.then(|| complaints::nameless_heading(heading.place()))
}

fn odd_name_of_a_heading(line: &Broken) -> Option<Diagnostic> {
    let heading = Heading::read(line).filter(|heading| !heading.is_plain())?;
    Some(complaints::odd_name(heading.place(), heading.name))
}

/// A heading with too few or too many brackets, or other signs in it.
fn odd_heading(line: &Broken) -> Option<Diagnostic> {
    let heading = Heading::read(line)?;
    let mended = format!("[{}]", heading.joined);
    let told = site::complaints::broken_heading(heading.place());
    (mended != heading.text).then(|| told.fix(line.line.content_span(), mended))
}

/// The sign between a key and its value, with those that belong to it: `=`, or `:`, `:=`, `==`, `=>`.
fn sign(text: &str) -> Option<Range<usize>> {
    let signs = ['=', ':', '\u{ff1d}', '\u{ff1a}'];
    let start = text.find(signs)?;
    let rest = text[start..].trim_start_matches(signs);
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    Some(start..text.len() - rest.len())
}

/// The parts of a setting, in bytes of its line.
pub(super) struct Setting {
    pub key: Range<usize>,
    pub sign: Range<usize>,
    pub value: Range<usize>,
}

impl Broken<'_> {
    /// Does the line go on with a list or table that began above?
    fn goes_on(&self) -> bool {
        let text = self.line.text.trim_start();
        text.starts_with(['{', '}', ']', '[', ',']) || (text.starts_with(['"', '\'']) && !text.contains('='))
    }

    /// The setting in the line, if it begins one.
    pub fn setting(&self) -> Option<Setting> {
        let (text, Range { start, end }) = (self.line.text, self.line.content());
        let sign = sign(&text[..end]).filter(|_| !self.goes_on())?;
        let key = start..text[..sign.start].trim_end().len().max(start);
        let value = end - text[sign.end..end].trim_start().len()..end;
        Some(Setting { key, sign, value })
    }

    /// Did reading stop at an entry of a list or table?
    fn is_at_entry(&self) -> bool {
        let is_list = |setting: Setting| {
            is_plain_key(&self.line.text[setting.key]) && self.line.text[setting.value].starts_with(['[', '{'])
        };
        self.goes_on() || self.setting().is_some_and(is_list)
    }

    /// The key of a line without a sign behind it, and what stands there.
    fn without_sign(&self) -> Option<(Range<usize>, &str)> {
        let (text, Range { start, end }) = (self.line.text, self.line.content());
        let inner = &text[start..end];
        let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(inner.len());
        let is_bare = !self.goes_on() && sign(&text[..end]).is_none();
        is_bare.then(|| (start..start + length, inner[length..].trim_start()))
    }
}

fn missing_comma(line: &Broken) -> Option<Diagnostic> {
    if line.kind != ErrorKind::Comma {
        return None;
    }
    let before = line.text[..line.line.start + line.stop()].trim_end().len();
    let start = line_start(line.text, before);
    let last = line.text[start..before].split_whitespace().last().map_or(1, str::len);
    let complaint = complaints::missing_comma(Place::at(line.path, Span::new(before - last, before)));
    // A remark at the line's end would swallow the comma.
    let is_safe = !line.text[start..before].contains('#');
    Some(if is_safe { complaint.fix(Span::new(before, before), ",") } else { complaint })
}

/// A text in a list or table that is never ended.
fn open_entry(line: &Broken) -> Option<Diagnostic> {
    let is_open = line.is_at_entry() && line.kind == ErrorKind::Text;
    let quote = line.line.text[..line.stop()].rfind(['"', '\'']).filter(|_| is_open)?;
    Some(complaints::unclosed_quote(line.place(quote..line.line.content().end)))
}

fn colon_in_a_table(line: &Broken) -> Option<Diagnostic> {
    let stop = line.stop();
    let is_colon = line.is_at_entry() && line.kind == ErrorKind::Equals && line.line.text[stop..].starts_with(':');
    let complaint = complaints::wrong_sign(line.place(stop..stop + 1), ":", "each name");
    is_colon.then(|| complaint.fix(line.span(stop..stop + 1), " ="))
}

fn no_sign(line: &Broken) -> Option<Diagnostic> {
    let (key, value) = line.without_sign()?;
    let (end, name) = (key.end, &line.line.text[key.clone()]);
    let is_value = value.starts_with(['"', '[', '{']) && !name.is_empty();
    is_value.then(|| complaints::no_sign(line.place(key), name).fix(line.span(end..end), " ="))
}

fn no_value(line: &Broken) -> Option<Diagnostic> {
    let (key, value) = match line.setting() {
        Some(Setting { key, value, .. }) => (key, &line.line.text[value]),
        None => line.without_sign()?,
    };
    let name = &line.line.text[key.clone()];
    let is_missing = (value.is_empty() || value.starts_with('#')) && is_plain_key(name);
    is_missing.then(|| complaints::no_value(line.place(key), name))
}

fn mere_words(line: &Broken) -> Option<Diagnostic> {
    line.without_sign().map(|_| complaints::mere_words(line.place(line.line.content())))
}

fn nameless(line: &Broken) -> Option<Diagnostic> {
    let setting = line.setting().filter(|setting| setting.key.is_empty())?;
    Some(complaints::nameless(line.place(setting.sign)))
}

fn odd_name(line: &Broken) -> Option<Diagnostic> {
    let key = line.setting()?.key;
    let name = &line.line.text[key.clone()];
    if is_plain_key(name) {
        return None;
    }
    let mended = name.split(|c: char| " \t\u{2010}\u{2011}\u{2013}\u{2014}".contains(c)).collect::<Vec<_>>().join("_");
    let complaint = complaints::odd_name(line.place(key.clone()), name);
    let is_mended = is_plain_key(&mended);
    Some(if is_mended { complaint.fix(line.span(key), mended).fixes(cure_of_value(line)) } else { complaint })
}

fn wrong_sign(line: &Broken) -> Option<Diagnostic> {
    let Setting { key, sign, .. } = line.setting()?;
    let (name, written) = (&line.line.text[key.clone()], &line.line.text[sign.clone()]);
    let complaint = complaints::wrong_sign(line.place(sign.clone()), written, name);
    (written != "=").then(|| complaint.fix(line.span(key.end..sign.end), " =").fixes(cure_of_value(line)))
}

/// What mends the value in a line of which the name or sign is not right either.
fn cure_of_value(line: &Broken) -> Vec<Edit> {
    Value::of_setting(line).and_then(|value| value.slip()).map_or_else(Vec::new, |told| told.fix)
}

fn is_plain_key(key: &str) -> bool {
    let is_plain = |part: &str| {
        let part = part.trim();
        let is_quoted = part.starts_with(['"', '\'']);
        is_quoted || (!part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)))
    };
    key.split('.').all(is_plain)
}
