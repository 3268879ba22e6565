//! The lines of a text that was meant as YAML, each as far as it can be told from itself.

use std::ops::Range;

use crate::base::Span;

/// One line of a front matter.
pub(in crate::cures) struct Line<'t> {
    /// The byte of the file at which it begins.
    pub start: usize,
    /// How many spaces it begins with.
    pub indent: usize,
    /// The column after the spaces and the `- ` of a list.
    pub column: usize,
    /// What stands there.
    pub rest: &'t str,
    /// The key, if one stands there with a colon and a space after it, or nothing.
    pub key: Option<&'t str>,
    /// What follows the key, or the `- `, without a note behind it; may be empty.
    pub value: &'t str,
    /// How many bytes stand behind the value.
    behind: usize,
}

impl<'t> Line<'t> {
    /// A line that begins at this byte of the file.
    pub fn read(start: usize, line: &'t str) -> Self {
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
        let text = without_note(value);
        Self { start, indent, column, rest, key, value: text, behind: value.len() - text.len() }
    }

    /// Where it stands in the file, without the blanks and marks before it.
    pub fn rest_span(&self) -> Span {
        let start = self.start + self.column;
        Span::new(start, start + self.rest.len())
    }

    /// Where its value stands in the file.
    pub fn value_span(&self) -> Span {
        let end = self.rest_span().end - self.behind;
        Span::new(end - self.value.len(), end)
    }

    /// Is it an entry of a list?
    pub fn is_entry(&self) -> bool {
        self.column > self.indent
    }
}

/// Is it a name as keys have it?
pub(in crate::cures) fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic()) && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The lines that hold something, without notes, and without texts of several lines: below a `|` or `>`, and between quotes.
pub(in crate::cures) fn lines<'t>(text: &'t str, yaml: &Range<usize>) -> Vec<Line<'t>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = yaml.start;
    let mut text_below = None;
    let mut open_quote = None;
    for written in text[yaml.clone()].split_inclusive('\n') {
        let line = Line::read(start, written);
        start += written.len();
        if let Some(quote) = open_quote {
            open_quote = open_quote.filter(|_| !written.contains(quote));
            continue;
        }
        if line.rest.is_empty() || line.rest.starts_with('#') || text_below.is_some_and(|indent| line.indent > indent) {
            continue;
        }
        text_below = is_block_mark(line.value).then_some(line.indent);
        let quote = line.value.chars().next().filter(|sign| matches!(sign, '"' | '\''));
        let is_closed_below = |quote: &char| {
            let rest = &text[start..yaml.end];
            let next = rest.lines().next().unwrap_or_default();
            rest.contains(*quote) && next.starts_with(' ') && Line::read(0, next).key.is_none()
        };
        open_quote = quote.filter(|quote| line.value.matches(*quote).count() == 1).filter(is_closed_below);
        lines.push(line);
    }
    lines
}

/// A `|` or `>`, perhaps with `-`, `+` or a number: a text of several lines follows.
pub(in crate::cures) fn is_block_mark(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else { return false };
    let rest = rest.trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit()).trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// The value without a note to oneself: what follows a `#` that stands alone, behind the quote that ends a text in quotes.
fn without_note(value: &str) -> &str {
    if value == "#" || value.starts_with("# ") {
        return "";
    }
    let is_alone = |at: &usize| value[at + 2..].chars().next().is_none_or(char::is_whitespace);
    let mut notes = value.match_indices(" #").map(|(at, _)| at).filter(is_alone);
    let note = match value.chars().next().filter(|sign| matches!(sign, '"' | '\'')) {
        Some(quote) => notes.find(|at| value[1..*at].trim_end().ends_with(quote)),
        None => notes.next(),
    };
    note.map_or(value, |at| value[..at].trim_end())
}
