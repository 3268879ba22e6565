//! A text → its lines, each with its place.

use std::ops::Range;

use crate::base::{Span, floor, line_start};

/// One line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// The byte of the file at which it begins.
    pub start: usize,
    /// What stands there, without the end of the line.
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// The lines of a stretch of the file `text`.
    pub fn all(text: &'t str, within: Range<usize>) -> impl Iterator<Item = Self> + Clone {
        text[within.clone()].split_inclusive('\n').scan(within.start, |next, line| {
            let start = *next;
            *next += line.len();
            Some(Self { start, text: line.trim_end_matches(['\n', '\r']) })
        })
    }

    /// The line that holds a byte of the file `text`.
    #[must_use]
    pub fn at(text: &'t str, byte: usize) -> Self {
        let byte = floor(text, byte);
        let start = line_start(text, byte);
        let end = text[byte..].find('\n').map_or(text.len(), |end| byte + end);
        Self { start, text: text[start..end].trim_end_matches('\r') }
    }

    /// How many spaces it begins with.
    #[must_use]
    pub fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Where a stretch of it stands in the file.
    #[must_use]
    pub fn span(self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.start)
    }

    /// What stands in it, without the blanks around it.
    #[must_use]
    pub fn content(self) -> Range<usize> {
        let start = self.text.len() - self.text.trim_start().len();
        start..self.text.trim_end().len().max(start)
    }

    /// Where that stands in the file.
    #[must_use]
    pub fn content_span(self) -> Span {
        self.span(self.content())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_places() {
        let text = "---\r\n  title: a \r\n\r\nb";
        let lines: Vec<_> = Line::all(text, 5..text.len()).collect();
        let expected =
            [Line { start: 5, text: "  title: a " }, Line { start: 18, text: "" }, Line { start: 20, text: "b" }];
        assert_eq!(lines, expected);
        assert_eq!((lines[0].content_span(), lines[0].indent()), (Span::new(7, 15), 2));
        assert_eq!(
            [Line::at(text, 5), Line::at(text, 16), Line::at(text, 20), Line::at(text, 99)].map(|line| line.start),
            [5, 5, 20, 20]
        );
    }
}
