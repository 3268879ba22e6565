//! Where the values of a front matter stand in the file; found only when a complaint asks for it.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser};

use super::fence::{self, Fence};
use crate::base::{KeyPath, Span, Step};

/// Deeper values are not told apart: nothing that is checked lies deeper.
const DEEPEST: usize = 8;

/// The places of all keys and values of one front matter.
#[derive(Debug, Default)]
pub struct Places {
    whole: Span,
    values: BTreeMap<KeyPath, Span>,
    keys: BTreeMap<KeyPath, Span>,
    /// Where each text stands, in order: without the name before it, which YAML takes away.
    texts: Vec<Span>,
    /// Keys that stand twice in one map: the name, the first place, the second.
    pub duplicates: Vec<(Box<str>, Span, Span)>,
}

impl Places {
    /// Reads the places in `text`, the whole file.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let Fence::Closed { yaml, .. } = fence::find(text) else { return Self::default() };
        let mut reader = Reader::new(&text[yaml.clone()], yaml.start);
        for parsed in Parser::new_from_str(&text[yaml]) {
            // What comes after a mistake in the YAML has no place; the mistake itself is complained of elsewhere.
            let Ok((event, span)) = parsed else { break };
            reader.take(&event, span.start.index(), span.end.index());
        }
        reader.places
    }

    /// The place of the value at `path`, or of the nearest value around it.
    #[must_use]
    pub fn value(&self, path: &[Step]) -> Span {
        let mut path = path;
        loop {
            if let Some(span) = self.values.get(path) {
                return *span;
            }
            match path {
                [] => return self.whole,
                [outer @ .., _] => path = outer,
            }
        }
    }

    /// Does the byte `at` stand within a text, so that it means nothing to YAML?
    #[must_use]
    pub fn is_in_text(&self, at: usize) -> bool {
        let next = self.texts.partition_point(|text| text.end <= at);
        self.texts.get(next).is_some_and(|text| text.start < at)
    }

    /// The place of the key at `path`, or of the nearest value around it.
    #[must_use]
    pub fn key(&self, path: &[Step]) -> Span {
        self.keys.get(path).copied().unwrap_or_else(|| self.value(path))
    }
}

/// A list or map that is open while events arrive.
enum Open {
    List { next: usize },
    Map { key: Option<Box<str>> },
}

struct Reader<'t> {
    text: &'t str,
    start: usize,
    /// A character index that was asked for before, and its byte: questions come in order.
    seen: (usize, usize),
    path: KeyPath,
    open: Vec<Open>,
    /// Where the lists and maps that are open began, and their paths.
    begun: Vec<usize>,
    places: Places,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        let places = Places { whole: Span::new(start, start + text.trim_end().len()), ..Places::default() };
        Self { text, start, seen: (0, 0), path: Vec::new(), open: Vec::new(), begun: Vec::new(), places }
    }

    /// The byte in the file of the character at `index` of the YAML.
    fn byte(&mut self, index: usize) -> usize {
        let (from, byte) = if index >= self.seen.0 { self.seen } else { (0, 0) };
        let ahead =
            self.text[byte..].char_indices().nth(index - from).map_or(self.text.len(), |(ahead, _)| byte + ahead);
        self.seen = (index, ahead);
        self.start + ahead
    }

    fn take(&mut self, event: &Event, start: usize, end: usize) {
        match event {
            Event::Scalar(text, ..) => {
                let (start, end) = (self.byte(start), self.byte(end));
                // The parser counts the blanks after a quoted text as part of it.
                let written = &self.text[start - self.start..end - self.start];
                let span = Span::new(start, start + written.trim_end().len());
                self.places.texts.push(span);
                self.scalar(text, span);
            }
            Event::Alias(_) => {
                let span = Span::new(self.byte(start), self.byte(end));
                self.scalar("*", span);
            }
            Event::SequenceStart(..) => self.begin(Open::List { next: 0 }, start),
            Event::MappingStart(..) => self.begin(Open::Map { key: None }, start),
            Event::SequenceEnd | Event::MappingEnd => self.end(end),
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str, span: Span) {
        if let Some(Open::Map { key }) = self.open.last_mut()
            && key.is_none()
        {
            *key = Some(text.into());
            self.path.push(Step::Key(text.into()));
            if self.path.len() <= DEEPEST
                && let Some(first) = self.places.keys.insert(self.path.clone(), span)
            {
                self.places.duplicates.push((text.into(), first, span));
            }
            return;
        }
        self.enter();
        self.record(span);
        self.leave();
    }

    fn begin(&mut self, what: Open, start: usize) {
        // A list or map as a key has no name; it counts as one without.
        if let Some(Open::Map { key: key @ None }) = self.open.last_mut() {
            *key = Some("?".into());
            self.path.push(Step::Key("?".into()));
        } else {
            self.enter();
        }
        let start = self.byte(start);
        self.begun.push(start);
        self.open.push(what);
    }

    fn end(&mut self, end: usize) {
        self.open.pop();
        let end = self.byte(end);
        let start = self.begun.pop().unwrap_or(end);
        // A block list or map ends where the next thing begins: its blank tail is not part of it.
        let inside = &self.text[start - self.start..end - self.start];
        self.record(Span::new(start, start + inside.trim_end().len()));
        self.leave();
    }

    /// Steps to the next entry of a list; in a map the key did so.
    fn enter(&mut self) {
        if let Some(Open::List { next }) = self.open.last_mut() {
            self.path.push(Step::Index(*next));
            *next += 1;
        }
    }

    fn record(&mut self, span: Span) {
        if self.path.len() <= DEEPEST {
            self.places.values.insert(self.path.clone(), span);
        }
    }

    fn leave(&mut self) {
        self.path.pop();
        if let Some(Open::Map { key }) = self.open.last_mut() {
            *key = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.into())
    }

    #[track_caller]
    fn check(text: &str, path: &[Step], expected: &str) {
        let span = Places::read(text).value(path);
        assert_eq!(&text[span.start..span.end], expected);
    }

    #[test]
    fn values_are_found_where_they_stand() {
        check("---\na: [ 'x' , \"y\" ]\n---\n", &[key("a"), Step::Index(0)], "'x'");
        check("---\na: [ 'x' , \"y\" ]\n---\n", &[key("a"), Step::Index(1)], "\"y\"");
        let text = "\u{feff}---\r\ntitle: Café talk\r\npractices:\r\n  - to: ten-minutes\r\n    why: \"It is short.\"\r\n  - empathy\r\n---\r\nBody\r\n";
        check(text, &[key("title")], "Café talk");
        check(text, &[key("practices"), Step::Index(0), key("to")], "ten-minutes");
        check(text, &[key("practices"), Step::Index(0), key("why")], "\"It is short.\"");
        check(text, &[key("practices"), Step::Index(1)], "empathy");
        check(
            text,
            &[key("practices"), Step::Index(7)],
            "- to: ten-minutes\r\n    why: \"It is short.\"\r\n  - empathy",
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_found() {
        let places = Places::read("---\ntitle: a\ntags: [x]\ntitle: b\n---\n");
        assert_eq!(places.duplicates, [("title".into(), Span::new(4, 9), Span::new(23, 28))]);
    }

    #[test]
    fn deep_nesting_and_broken_yaml_are_survived() {
        let deep = format!("---\na: {}\n---\n", "[".repeat(20_000));
        let _ = Places::read(&deep);
        let _ = Places::read("---\n{ ? [a]: b, c\n---\n");
    }
}
