//! A front matter that is not YAML → the slips that most likely made it so, each at its place, with its cure.

use std::ops::Range;

use super::places::Places;
use super::slip_complaints;
use super::slip_lines::{Line, is_block_mark, is_key, lines};
use super::{matter_keys, slip_entries, slip_layout};
use crate::base::{Diagnostic, Edit, Place, SourcePath, Span, floor, in_quotes, line_start};
use crate::site::Kind;

/// The front matter that is looked at.
#[derive(Clone, Copy)]
pub struct MatterContext<'s> {
    /// The file.
    pub path: &'s SourcePath,
    /// Its text.
    pub text: &'s str,
    /// Where its front matter begins.
    pub start: usize,
    /// Where its front matter ends.
    pub end: usize,
    /// The page's kind.
    pub kind: Option<&'s Kind>,
}

impl MatterContext<'_> {
    /// The front matter, in bytes of the file.
    pub fn yaml(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The front matter's text.
    fn written(&self) -> &str {
        &self.text[self.yaml()]
    }

    /// A stretch of the file.
    pub fn place(&self, span: Span) -> Place {
        Place::at(self.path, span)
    }
}

/// Signs that people write before the entries of a list in place of `-`.
const BULLETS: [char; 7] = ['*', '\u{2022}', '\u{b7}', '\u{2013}', '\u{2014}', '\u{2212}', '+'];

/// The complaints about a front matter that is not YAML: the likeliest cause, by what stands there.
pub fn broken(context: MatterContext, error: &serde_yaml::Error) -> Vec<Diagnostic> {
    let message = error.to_string();
    let places = Places::read(context.text);
    if !places.duplicates.is_empty() && message.contains("duplicate entry") {
        if let Some(complaint) = slip_entries::said_twice(context, &places.duplicates) {
            return vec![complaint];
        }
        let twice = |(key, first, second): &(Box<str>, Span, Span)| {
            slip_complaints::duplicate_key(context.path, key, *first, *second)
        };
        return places.duplicates.iter().map(twice).collect();
    }
    let at = stop(context, error);
    let found = found(context, at);
    if !found.is_empty() {
        return found;
    }
    let end = at + context.text[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    vec![slip_complaints::broken_front_matter(context.place(Span::new(at, end)), &message)]
}

/// The complaints about a file that is not YAML, where its likeliest cause can be told.
#[must_use]
pub fn in_file(path: &SourcePath, text: &str) -> Vec<Diagnostic> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let context = MatterContext { path, text, start, end: text.len(), kind: None };
    let Err(error) = serde_yaml::from_str::<serde_yaml::Value>(context.written()) else { return Vec::new() };
    found(context, stop(context, &error))
}

/// The byte of the file at which reading stopped.
fn stop(context: MatterContext, error: &serde_yaml::Error) -> usize {
    let written = context.written();
    let index = error.location().map_or(0, |location| location.index());
    floor(written, index.min(written.trim_end().len())) + context.start
}

/// The slips that leave no doubt; else the likeliest one, where reading stopped at byte `at`.
fn found(context: MatterContext, at: usize) -> Vec<Diagnostic> {
    if let Some(complaint) = slip_layout::odd_blanks(context) {
        return vec![complaint];
    }
    let certain = certain(context);
    if !certain.is_empty() {
        return certain;
    }
    slip_layout::unclosed(context)
        .or_else(|| slip_layout::first_indent(context))
        .or_else(|| slip_entries::hyphen_forgotten(context))
        .or_else(|| slip_entries::to_forgotten(context))
        .or_else(|| slip_layout::indent(context, at))
        .into_iter()
        .collect()
}

/// The slips that leave no doubt, wherever they stand.
fn certain(context: MatterContext) -> Vec<Diagnostic> {
    lines(context.text, &context.yaml()).iter().filter_map(|line| slip(context, line)).collect()
}

/// What is wrong with a line for certain.
fn slip(context: MatterContext, line: &Line) -> Option<Diagnostic> {
    if let Some(edit) = list_mark(line) {
        return Some(slip_complaints::list_mark(
            context.place(Span::new(edit.span.start, line.rest_span().end)),
            [edit],
        ));
    }
    if let Some(edit) = list_on_the_line(context, line) {
        return Some(slip_complaints::list_mark(context.place(line.value_span()), [edit]));
    }
    if let Some(complaint) = signs_of_citations(context, line) {
        return Some(complaint);
    }
    if begins_with_sign(context, line) {
        return Some(slip_complaints::sign_at_start(context.place(line.value_span()), line.value));
    }
    if let Some(end) = early_end(line.value) {
        let at = line.value_span().start + end;
        let inner = line.value.strip_prefix(['\'', '"']).and_then(|rest| rest.strip_suffix(&line.value[..1]));
        // In `"A" or "B"` the quotes at both ends belong to the words.
        let inner = inner.filter(|_| !line.value[end + 1..].starts_with([' ', ',']));
        let mended = inner.map_or_else(|| around_quotes(line.value), in_quotes);
        return Some(slip_complaints::quote_in_quotes(context.place(Span::new(at, at + 1)), line.value_span(), mended));
    }
    let is_plain = line.key.is_some() && !line.value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']);
    if is_plain && (line.value.contains(": ") || line.value.ends_with(':')) {
        let place = context.place(line.value_span());
        return Some(match without_curly_quotes(line.value) {
            Some(bare) => slip_complaints::curly_quotes(place, bare),
            None => slip_complaints::colon_in_text(place, line.key.unwrap_or_default(), line.value),
        });
    }
    glued(context, line).or_else(|| no_colon(context, line))
}

/// What makes a line an entry of a list, if it was meant as one: `-` in place of another mark, or a space after it.
fn list_mark(line: &Line) -> Option<Edit> {
    if line.is_entry() {
        return None;
    }
    let start = line.start + line.column;
    let mark = line.rest.chars().next()?;
    let next = line.rest[mark.len_utf8()..].chars().next()?;
    if BULLETS.contains(&mark) && next == ' ' {
        return Some(Edit { span: Span::new(start, start + mark.len_utf8()), text: "-".to_owned() });
    }
    let is_glued = mark == '-' && next.is_alphabetic();
    is_glued.then(|| Edit { span: Span::new(start + 1, start + 1), text: " ".to_owned() })
}

/// The complaint about `sources: [@walker2020]`: an `@` is written in texts alone.
fn signs_of_citations(context: MatterContext, line: &Line) -> Option<Diagnostic> {
    let span = line.value_span();
    let is_list = line.key == Some("sources") && line.value.starts_with(['[', '@']);
    let is_sign =
        |at: &usize| line.value[..*at].trim_end().is_empty() || line.value[..*at].trim_end().ends_with(['[', ',']);
    let signs = line.value.match_indices('@').map(|(at, _)| at).filter(is_sign).filter(|_| is_list);
    let edits: Vec<Edit> =
        signs.map(|at| Edit { span: Span::new(span.start + at, span.start + at + 1), text: String::new() }).collect();
    let first = edits.first()?.span;
    Some(slip_complaints::sign_of_citation(context.place(first), edits))
}

/// What makes a list of `tags: - listening`.
fn list_on_the_line(context: MatterContext, line: &Line) -> Option<Edit> {
    let entry = line.value.strip_prefix("- ").map(str::trim)?;
    let is_list = line.key.is_some_and(|key| matter_keys::is_list(context.kind, key));
    let is_plain = entry.chars().all(|c| c.is_alphanumeric() || " -_/@.'".contains(c));
    (is_list && is_plain).then(|| Edit { span: line.value_span(), text: format!("[{entry}]") })
}

/// The value that stands on the line of byte `at` of the file, with its place.
pub fn value_on_line(text: &str, at: usize) -> Option<(Span, &str)> {
    let start = line_start(text, at);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let range = start..end;
    let lines = lines(text, &range);
    let line = lines.first()?;
    Some((line.value_span(), line.value))
}

/// The edits that make a list of a text whose lines begin like those of a list; none if it is no such text.
pub fn list_marks(text: &str, span: Span) -> Vec<Edit> {
    let start = line_start(text, span.start);
    let marked = lines(text, &(start..span.end));
    let marks: Vec<Edit> = marked.iter().filter_map(list_mark).collect();
    let is_list = marks.first().is_some_and(|mark| mark.span.start <= span.start + 1);
    if is_list { marks } else { Vec::new() }
}

/// Does the line's value begin with a sign that means something in YAML, and was meant as text?
fn begins_with_sign(context: MatterContext, line: &Line) -> bool {
    let value = line.value;
    let is_text = !line.key.is_some_and(|key| matter_keys::is_list(context.kind, key));
    let named = |sign| value.strip_prefix(sign).map(|name: &str| name.split(' ').next().unwrap_or_default());
    let is_unused = |sign: char, name: &str| name.is_empty() || !context.written().contains(&format!("{sign}{name}"));
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

/// The complaint about `title:x`, `title =x` or `title：x`, if that is what the line is.
fn glued(context: MatterContext, line: &Line) -> Option<Diagnostic> {
    let (key, value) = line.rest.split_once([':', '\u{ff1a}']).filter(|_| line.key.is_none())?;
    if !is_key(key) || value.is_empty() || value.starts_with(['/', ' ']) {
        return None;
    }
    let start = line.start + line.column;
    let after = line.rest.len() - value.trim_start().len();
    Some(slip_complaints::space_after_colon(
        context.place(Span::new(start, start + line.rest.len() - value.len())),
        Span::new(start + key.len(), start + after),
    ))
}

/// The complaint about a line at the margin that has no colon: `title We do not listen`, `title = We do not listen`.
fn no_colon(context: MatterContext, line: &Line) -> Option<Diagnostic> {
    let is_bare = line.key.is_none() && !line.is_entry() && line.indent == 0;
    let is_other = line.rest.contains(": ") || line.rest.ends_with(':') || line.rest == "...";
    if !is_bare || is_other || line.rest.starts_with(['-', '"', '\'', '[', ']', '{', '}', '?', '!', '&', '*', '|', '>'])
    {
        return None;
    }
    let (first, rest) = line.rest.split_once(' ').unwrap_or((line.rest, ""));
    let known = matter_keys::of(context.kind);
    let value = rest.trim_start().trim_start_matches(['=', ':', '\u{2013}']).trim_start();
    let span = line.rest_span();
    let gap = Span::new(span.start + first.len(), span.end - value.len());
    let is_certain = !value.is_empty() && known.iter().any(|name| **name == *first);
    Some(slip_complaints::no_colon(context.place(span), first, is_certain.then_some(gap)))
}

/// A front matter that is YAML, but one text: perhaps a key without a space after its colon, or without a colon.
pub fn one_text(context: MatterContext) -> Vec<Diagnostic> {
    let slip =
        |line: &Line| glued(context, line).or_else(|| no_colon(context, line).filter(|slip| !slip.fix.is_empty()));
    lines(context.text, &context.yaml()).iter().filter_map(slip).collect()
}

/// Names such as `&more` before a text, which YAML takes away, though nothing uses them.
pub fn swallowed(context: MatterContext) -> Vec<Diagnostic> {
    let is_swallowed = |line: &Line| line.value.starts_with('&') && begins_with_sign(context, line);
    let swallowed: Vec<Line> = lines(context.text, &context.yaml()).into_iter().filter(is_swallowed).collect();
    if swallowed.is_empty() {
        return Vec::new();
    }
    // A text of several lines may hold such a line.
    let places = Places::read(context.text);
    let stands_alone = |line: &&Line| !places.is_in_text(line.value_span().start);
    let complaint = |line: &Line| slip_complaints::sign_at_start(context.place(line.value_span()), line.value);
    swallowed.iter().filter(stands_alone).map(complaint).collect()
}

/// A key at the top of the text, below a `---` that ended the front matter too early: readers would see it, and it would do
/// nothing. Words that hold a page back are one wherever they stand so; others if a second `---` follows them.
pub fn below(path: &SourcePath, text: &str, start: usize, keys: &[Box<str>]) -> Option<Diagnostic> {
    let is_blank = |line: &Line| line.rest.is_empty() || line.rest == "---";
    let mut at = start;
    let mut lines = text[start..].split_inclusive('\n').map(|line| {
        at += line.len();
        Line::read(at - line.len(), line)
    });
    let first = lines.by_ref().find(|line| !is_blank(line))?;
    let key = first.key.filter(|key| first.column == 0 && keys.iter().any(|known| **known == **key))?;
    let mut rest = lines.take_while(|line| !line.rest.is_empty());
    let is_second = ["draft", "date", "expires"].contains(&key) || rest.any(|line| line.rest == "---");
    is_second.then(|| slip_complaints::key_below(Place::at(path, Span::new(first.start, first.start + key.len())), key))
}

/// `text` in the quotes that it does not hold.
fn around_quotes(text: &str) -> String {
    if text.contains('\'') { in_quotes(text) } else { format!("'{text}'") }
}

/// The byte of the quote that ends the text `value`, if anything but a note follows it.
fn early_end(value: &str) -> Option<usize> {
    let at = closing_quote(value)?;
    let rest = value[at + 1..].trim_start();
    (!rest.is_empty() && !rest.starts_with(['#', ',', ']', '}', ':'])).then_some(at)
}

/// The byte of the quote that ends the text `value`, if it begins with one.
fn closing_quote(value: &str) -> Option<usize> {
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut signs = value.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        match (sign, next) {
            ('\\', _) if quote == '"' => drop(signs.next()),
            ('\'', Some('\'')) if quote == '\'' => drop(signs.next()),
            _ if sign == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// The text between curly quotes, if it stands in such.
fn without_curly_quotes(text: &str) -> Option<&str> {
    let curly = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}'];
    text.strip_prefix(curly)?.strip_suffix(curly)
}
