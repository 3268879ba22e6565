//! A front matter that is not YAML → the slip that most likely made it so, at its place, with the line as it was meant.

use std::ops::Range;

use super::places::Places;
use super::slip_complaints;
use crate::base::{Diagnostic, Place, SourcePath, Span, in_quotes};

/// The complaints about a front matter that is not YAML: the likeliest cause, by what stands there.
pub fn broken(path: &SourcePath, text: &str, yaml: Range<usize>, error: &serde_yaml::Error) -> Vec<Diagnostic> {
    let places = Places::read(text);
    if !places.duplicates.is_empty() && error.to_string().contains("duplicate entry") {
        let twice =
            |(key, first, second): &(Box<str>, Span, Span)| slip_complaints::duplicate_key(path, key, *first, *second);
        return places.duplicates.iter().map(twice).collect();
    }
    let message = error.to_string();
    let at = position(&message, &text[yaml.clone()], error) + yaml.start;
    let (start, line) = line_around(text, at);
    if let Some(tab) = text[yaml.clone()].lines().find_map(tab_in_indent) {
        return vec![slip_complaints::tab_indent(Place::at(path, tab_span(text, tab)))];
    }
    let certain = certain(path, text, &yaml);
    if !certain.is_empty() {
        return certain;
    }
    if let Some(quote) = open_quote(text, &yaml) {
        let place = Place::at(path, Span::new(quote, quote + 1));
        return vec![slip_complaints::broken_front_matter(place, "quoted scalar")];
    }
    if message.contains("mapping values are not allowed")
        && let Some((key, value)) = line.split_once(": ")
        && value.contains(':')
    {
        let value_start = start + key.len() + 2;
        let place = Place::at(path, Span::new(value_start, value_start + value.trim_end().len()));
        if let Some(bare) = without_curly_quotes(value.trim()) {
            return vec![slip_complaints::curly_quotes(place, &format!("{}: {}", key.trim(), in_quotes(bare)))];
        }
        return vec![slip_complaints::colon_in_text(place, key.trim(), value.trim())];
    }
    if let Some(complaint) = indent(path, text, &yaml, at) {
        return vec![complaint];
    }
    let letter = text[at..].chars().next().map_or(0, char::len_utf8);
    let end = (at + letter).min(start + line.trim_end().len()).max(at);
    vec![slip_complaints::broken_front_matter(Place::at(path, Span::new(at, end)), &message)]
}

/// The byte of the YAML that a parser's message means; where a quotation began rather than where the text ran out.
fn position(message: &str, yaml: &str, error: &serde_yaml::Error) -> usize {
    if message.contains("quoted scalar")
        && let Some((line, column)) =
            message.rsplit_once("while scanning a quoted scalar at line ").and_then(|(_, rest)| {
                let (line, rest) = rest.split_once(" column ")?;
                let column: String = rest.chars().take_while(char::is_ascii_digit).collect();
                Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
            })
    {
        let before: usize = yaml.split_inclusive('\n').take(line - 1).map(str::len).sum();
        // Columns count letters, of one byte or more.
        let letters = yaml[before..].char_indices().nth(column - 1);
        return floor(yaml, letters.map_or(yaml.len(), |(at, _)| before + at));
    }
    floor(yaml, error.location().map_or(0, |location| location.index()))
}

fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.trim_end().len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

fn line_around(text: &str, at: usize) -> (usize, &str) {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    (start, &text[start..end])
}

/// The line, if a tab stands among the blanks at its beginning.
fn tab_in_indent(line: &str) -> Option<&str> {
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    (indent.contains('\t') && !line.trim().is_empty()).then_some(line)
}

fn tab_span(text: &str, line: &str) -> Span {
    let start = text.find(line).expect("the line is part of the text");
    let tab = start + line.find('\t').expect("the line holds a tab");
    Span::new(tab, tab + 1)
}

/// One line of a front matter, as far as it can be told from itself.
struct Line<'t> {
    /// The byte of the file at which it begins.
    start: usize,
    /// How many spaces it begins with.
    indent: usize,
    /// The column after the spaces and the `- ` of a list.
    column: usize,
    /// What stands there.
    rest: &'t str,
    /// The key, if one stands there with a colon and a space after it, or nothing.
    key: Option<&'t str>,
    /// What follows the key, or the `- `; may be empty.
    value: &'t str,
}

impl<'t> Line<'t> {
    fn read(start: usize, line: &'t str) -> Self {
        let line = line.trim_end();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut rest = &line[indent..];
        while let Some(inner) = rest.strip_prefix("- ") {
            rest = inner.trim_start_matches(' ');
        }
        let column = line.len() - rest.len();
        let (key, value) = match rest.split_once(": ") {
            Some((key, value)) if is_key(key) => (Some(key), value.trim_start()),
            _ => match rest.strip_suffix(':').filter(|key| is_key(key)) {
                Some(key) => (Some(key), ""),
                None => (None, if column > indent { rest } else { "" }),
            },
        };
        Self { start, indent, column, rest, key, value }
    }

    /// Where its value stands in the file.
    fn value_span(&self) -> Span {
        let end = self.start + self.column + self.rest.len();
        Span::new(end - self.value.len(), end)
    }

    /// The line with another value.
    fn with_value(&self, value: &str) -> String {
        self.key.map_or_else(|| format!("- {value}"), |key| format!("{key}: {value}"))
    }
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic()) && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The lines that hold something, without notes and the texts below a `|` or `>`.
fn lines<'t>(text: &'t str, yaml: &Range<usize>) -> Vec<Line<'t>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = yaml.start;
    let mut text_below = None;
    for written in text[yaml.clone()].split_inclusive('\n') {
        let line = Line::read(start, written);
        start += written.len();
        if line.rest.is_empty() || line.rest.starts_with('#') || text_below.is_some_and(|indent| line.indent > indent) {
            continue;
        }
        text_below = line.value.starts_with(['|', '>']).then_some(line.indent);
        lines.push(line);
    }
    lines
}

/// The slips that leave no doubt, wherever they stand.
fn certain(path: &SourcePath, text: &str, yaml: &Range<usize>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for line in lines(text, yaml) {
        let alias = line.value.strip_prefix('*').map(|name| format!("&{}", name.trim()));
        let is_unknown_alias = alias.is_some_and(|anchor| !text[yaml.clone()].contains(&anchor));
        if line.value.starts_with(['@', '`', '%']) || is_unknown_alias {
            found.push(sign_at_start(path, &line));
        } else if let Some(end) = early_end(line.value) {
            let at = line.value_span().start + end;
            let inner = line.value.strip_prefix(['\'', '"']).and_then(|rest| rest.strip_suffix(&line.value[..1]));
            let mended = inner.map(|inner| line.with_value(&in_quotes(inner)));
            found.push(slip_complaints::quote_in_quotes(Place::at(path, Span::new(at, at + 1)), mended.as_deref()));
        } else {
            found.extend(glued(path, &line));
        }
    }
    found
}

/// The complaint about `title:x`, if that is what the line is.
fn glued(path: &SourcePath, line: &Line) -> Option<Diagnostic> {
    let (key, value) = line.rest.split_once(':').filter(|_| line.key.is_none())?;
    if !is_key(key) || value.is_empty() || value.starts_with(['/', ' ']) {
        return None;
    }
    let start = line.start + line.column;
    let place = Place::at(path, Span::new(start, start + key.len() + 1));
    Some(slip_complaints::space_after_colon(place, &format!("{key}: {value}")))
}

/// A front matter that is YAML, but one text: perhaps a key without a space after its colon.
pub fn one_text(path: &SourcePath, text: &str, yaml: &Range<usize>) -> Vec<Diagnostic> {
    lines(text, yaml).iter().filter_map(|line| glued(path, line)).collect()
}

/// Names such as `&more` before a text, which YAML takes away, though nothing uses them.
pub fn swallowed(path: &SourcePath, text: &str, yaml: &Range<usize>) -> Vec<Diagnostic> {
    let is_swallowed = |line: &Line| {
        let name = line.value.strip_prefix('&').map(|rest| rest.split(' ').next().unwrap_or_default());
        name.is_some_and(|name| !text[yaml.clone()].contains(&format!("*{name}")))
    };
    let swallowed: Vec<Line> = lines(text, yaml).into_iter().filter(is_swallowed).collect();
    if swallowed.is_empty() {
        return Vec::new();
    }
    // A text of several lines may hold such a line.
    let places = Places::read(text);
    let stands_alone = |line: &&Line| !places.is_in_text(line.value_span().start);
    swallowed.iter().filter(stands_alone).map(|line| sign_at_start(path, line)).collect()
}

/// The complaint about a text that begins with a sign, with the line as it was meant.
fn sign_at_start(path: &SourcePath, line: &Line) -> Diagnostic {
    let place = Place::at(path, line.value_span());
    slip_complaints::sign_at_start(place, line.value, &line.with_value(&in_quotes(line.value)))
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

/// The byte of a quote that is not closed in its line, before a line that is plainly the next key: YAML reads on, up to a
/// quote that was meant for something else.
fn open_quote(text: &str, yaml: &Range<usize>) -> Option<usize> {
    let lines = lines(text, yaml);
    let is_open = |line: &Line| line.value.starts_with(['\'', '"']) && closing_quote(line.value).is_none();
    let open =
        lines.windows(2).find(|pair| is_open(&pair[0]) && pair[1].key.is_some() && pair[1].column <= pair[0].column);
    open.map(|pair| pair[0].value_span().start)
}

/// The text between curly quotes, if it stands in such.
fn without_curly_quotes(text: &str) -> Option<&str> {
    let curly = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}'];
    text.strip_prefix(curly)?.strip_suffix(curly)
}

/// The complaint about the line at byte `at`, if it does not begin where the line above lets it begin.
fn indent(path: &SourcePath, text: &str, yaml: &Range<usize>, at: usize) -> Option<Diagnostic> {
    let lines = lines(text, yaml);
    let index = lines.iter().rposition(|line| line.start <= at)?;
    let (line, above) = (lines.get(index)?, &lines[..index]);
    let last = above.last()?;
    let has_value = last.key.is_some() && !last.value.is_empty();
    let is_known = above.iter().any(|above| [above.indent, above.column].contains(&line.indent));
    let spaces = match line.indent {
        indent if has_value && indent > last.column => Some(last.column),
        indent if last.column > last.indent && indent > last.indent && indent < last.column => Some(last.column),
        _ if !is_known => None,
        _ => return None,
    };
    let start = line.start + line.indent;
    Some(slip_complaints::wrong_indent(
        Place::at(path, Span::new(start, line.start + line.column + line.rest.len())),
        spaces,
    ))
}
