//! YAML → where its keys and values stand, as far as it can be read.

use std::collections::BTreeSet;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::ErrorKind;
use crate::base::{Span, Step};

/// What lies deeper has the place of what it lies in.
const DEEPEST: usize = 128;

/// Where the keys and values of one document stand in their file.
#[derive(Debug, Default)]
pub struct Places {
    root: Placed,
    /// Where each text stands, in order: without the name before it, which YAML takes away.
    texts: Vec<Span>,
    /// The names that are given to values, each with where the value stands; and those that are used.
    names: Vec<(usize, Span)>,
    used: BTreeSet<usize>,
}

/// A value, its place, and what lies in it.
#[derive(Debug, Default)]
struct Placed {
    /// The key that it stands under, with its place.
    key: Option<(Box<str>, Span)>,
    span: Span,
    /// What a text, number or truth is written as.
    written: Option<Box<str>>,
    children: Vec<Placed>,
}

impl Places {
    /// Reads the part `within` of the file `text`.
    #[must_use]
    pub fn read(text: &str, within: Range<usize>) -> Self {
        let mut reader = Reader::new(text, within.clone());
        for parsed in Parser::new_from_str(&text[within]) {
            // What comes after a mistake has no place.
            let Ok((event, marks)) = parsed else { break };
            reader.take(&event, marks);
        }
        reader.finish()
    }

    /// The place of the value at the end of `path`, or of the nearest value around it.
    #[must_use]
    pub fn value(&self, path: &[Step]) -> Span {
        self.find(path).0.span
    }

    /// The place of the key at the end of `path`, or of the nearest value around it.
    #[must_use]
    pub fn key(&self, path: &[Step]) -> Span {
        let (placed, is_whole) = self.find(path);
        placed.key.as_ref().filter(|_| is_whole).map_or(placed.span, |(_, span)| *span)
    }

    /// Does the byte `at` stand within a text, so that it means nothing to YAML?
    #[must_use]
    pub fn is_in_text(&self, at: usize) -> bool {
        let next = self.texts.partition_point(|text| text.end <= at);
        self.texts.get(next).is_some_and(|text| text.start < at)
    }

    /// Does a text without quotes end at the byte `at` of the file `text`?
    #[must_use]
    pub fn ends_plain_text(&self, text: &str, at: usize) -> bool {
        let span = self.texts.iter().find(|text| text.end == at && text.start < at);
        span.is_some_and(|span| !text[span.start..].starts_with(['"', '\'', '|', '>']))
    }

    /// The names such as `&more` that nothing in the file `text` uses, each with the value behind it.
    #[must_use]
    pub fn unused_names(&self, text: &str) -> Vec<Span> {
        let unused = self.names.iter().filter(|(name, _)| !self.used.contains(name));
        // The parser counts the name as part of some values, and not of others.
        let start = |value: &Span| {
            let is_within = text[value.start..].starts_with('&');
            if is_within { Some(value.start) } else { text[..value.start].rfind('&') }
        };
        unused.filter_map(|(_, value)| Some(Span::new(start(value)?, value.end))).collect()
    }

    /// The value at the end of `path`, or the nearest around it; and whether the path was followed to its end.
    fn find(&self, path: &[Step]) -> (&Placed, bool) {
        let mut placed = &self.root;
        for step in path {
            let child = match step {
                Step::Key(name) => {
                    placed.children.iter().find(|child| child.key.as_ref().is_some_and(|(key, _)| key == name))
                }
                Step::Index(index) => placed.children.get(*index),
            };
            let Some(child) = child else { return (placed, false) };
            placed = child;
        }
        (placed, true)
    }

    /// The same by the numbers of children, which tell keys apart that stand twice.
    fn find_child(&self, indexes: &[usize]) -> (&Placed, bool) {
        let mut placed = &self.root;
        for index in indexes {
            let Some(child) = placed.children.get(*index) else { return (placed, false) };
            placed = child;
        }
        (placed, true)
    }

    pub(super) fn child(&self, indexes: &[usize]) -> Span {
        self.find_child(indexes).0.span
    }

    pub(super) fn key_of_child(&self, indexes: &[usize]) -> Span {
        let (placed, is_whole) = self.find_child(indexes);
        placed.key.as_ref().filter(|_| is_whole).map_or(placed.span, |(_, span)| *span)
    }

    pub(super) fn written(&self, indexes: &[usize]) -> Option<&str> {
        let (placed, is_whole) = self.find_child(indexes);
        placed.written.as_deref().filter(|_| is_whole)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Items,
    Pairs,
}

/// A value whose end has not been reached.
struct Open {
    placed: Placed,
    holds: Holds,
    /// The key whose value is awaited.
    key: Option<(Box<str>, Span)>,
    is_in_brackets: bool,
}

struct Reader<'t> {
    text: &'t str,
    within: Range<usize>,
    /// A character index that was asked for before, and its byte: questions come in order.
    seen: (usize, usize),
    open: Vec<Open>,
    /// How many are open that are too deep to be kept.
    deeper: usize,
    places: Places,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, within: Range<usize>) -> Self {
        let whole = Span::new(within.start, within.start + text[within.clone()].trim_end().len());
        let places = Places { root: Placed { span: whole, ..Placed::default() }, ..Places::default() };
        let seen = (0, within.start);
        Self { text, within, seen, open: Vec::new(), deeper: 0, places }
    }

    /// The byte in the file of the character at `index` of the YAML.
    fn byte(&mut self, index: usize) -> usize {
        let (from, byte) = if index >= self.seen.0 { self.seen } else { (0, self.within.start) };
        let mut ahead = self.text[byte..self.within.end].char_indices();
        let at = ahead.nth(index - from).map_or(self.within.end, |(ahead, _)| byte + ahead);
        self.seen = (index, at);
        at
    }

    /// A stretch without the blanks at its end, which the parser counts as part of it.
    fn span(&mut self, marks: Marks) -> Span {
        let (start, end) = (self.byte(marks.start.index()), self.byte(marks.end.index()));
        Span::new(start, start + self.text[start..end].trim_end().len())
    }

    fn take(&mut self, event: &Event, marks: Marks) {
        match event {
            Event::Scalar(text, style, name, _) => {
                let span = self.span(marks);
                self.name(*name, span);
                self.places.texts.push(span);
                let written = (*style != ScalarStyle::Plain || !text.is_empty()).then(|| text.as_ref().into());
                self.add(Placed { span, written, ..Placed::default() });
            }
            Event::Alias(name) => {
                self.places.used.insert(*name);
                let span = self.span(marks);
                self.add(Placed { span, ..Placed::default() });
            }
            Event::SequenceStart(name, _) => self.begin(marks, Holds::Items, *name),
            Event::MappingStart(name, _) => self.begin(marks, Holds::Pairs, *name),
            Event::SequenceEnd | Event::MappingEnd => self.end(marks),
            _ => {}
        }
    }

    fn begin(&mut self, marks: Marks, holds: Holds, name: usize) {
        if self.open.len() == DEEPEST {
            self.deeper += 1;
            return;
        }
        let start = self.byte(marks.start.index());
        let placed = Placed { span: Span::new(start, start), ..Placed::default() };
        self.name(name, placed.span);
        let is_in_brackets = self.text[start..].starts_with(['[', '{']);
        self.open.push(Open { placed, holds, key: None, is_in_brackets });
    }

    /// Notes the name of a value; 0 is none.
    fn name(&mut self, name: usize, value: Span) {
        self.places.names.extend(Some((name, value)).filter(|_| name > 0));
    }

    fn end(&mut self, marks: Marks) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let end = self.byte(marks.end.index());
        self.close(end);
    }

    /// A block list or map ends where the next thing begins: its blank tail is not part of it.
    fn close(&mut self, end: usize) {
        let Some(Open { mut placed, .. }) = self.open.pop() else { return };
        let start = placed.span.start;
        placed.span = Span::new(start, start + self.text[start..end.max(start)].trim_end().len());
        self.add(placed);
    }

    fn add(&mut self, placed: Placed) {
        if self.deeper > 0 {
            return;
        }
        match self.open.last_mut() {
            None => self.places.root = placed,
            Some(open) if open.holds == Holds::Pairs => match open.key.take() {
                None => open.key = Some((placed.written.unwrap_or_else(|| "?".into()), placed.span)),
                Some(key) => open.placed.children.push(Placed { key: Some(key), ..placed }),
            },
            Some(open) => open.placed.children.push(placed),
        }
    }

    /// What was read; of what is open still, as much as there is.
    fn finish(mut self) -> Places {
        let end = self.seen.1;
        self.deeper = 0;
        while !self.open.is_empty() {
            self.close(end);
        }
        self.places
    }
}

/// The byte of the first list or map that stands in more than `deepest` others; of what is no YAML, where that shows.
pub(super) fn first_too_deep(yaml: &str, deepest: usize) -> Option<usize> {
    let mut reader = Reader::new(yaml, 0..yaml.len());
    let mut depth = 0;
    for parsed in Parser::new_from_str(yaml) {
        let (event, marks) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => return Some(reader.byte(error.marker().index())),
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if depth == deepest => {
                return Some(reader.byte(marks.start.index()));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What stops reading where `serde_yaml` names no place, and the byte at which it does: a second document, a line outside of
/// the first one, or else that aliases repeat too much.
pub(super) fn kind_of_end(yaml: &str) -> (ErrorKind, usize) {
    let mut reader = Reader::new(yaml, 0..yaml.len());
    let (mut documents, mut end) = (0, 0);
    for parsed in Parser::new_from_str(yaml) {
        match parsed {
            Ok((Event::DocumentStart(_), _)) if documents == 1 => return (ErrorKind::SecondDocument, reader.byte(end)),
            Ok((Event::DocumentStart(_), _)) => documents += 1,
            Ok((Event::DocumentEnd, marks)) => end = marks.start.index(),
            Ok(_) => {}
            Err(error) => return (ErrorKind::Lines, reader.byte(error.marker().index())),
        }
    }
    (ErrorKind::TooMuch, 0)
}

/// What stops reading `yaml`, by what stands there.
pub(super) fn kind_of_error(yaml: &str) -> ErrorKind {
    let mut reader = Reader::new(yaml, 0..yaml.len());
    let mut seen = 0;
    for parsed in Parser::new_from_str(yaml) {
        let Ok((event, marks)) = parsed else { break };
        seen = marks.end.index();
        reader.take(&event, marks);
    }
    let seen = reader.byte(seen);
    let rest = yaml[seen..].trim_start_matches(|c: char| c.is_whitespace() || ",:-".contains(c));
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let is_open = !rest[1..].contains(quote);
        return if is_open { ErrorKind::OpenQuote } else { ErrorKind::Escape };
    }
    if reader.open.iter().any(|open| open.is_in_brackets) { ErrorKind::Brackets } else { ErrorKind::Lines }
}
