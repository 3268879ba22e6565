//! YAML text → nodes that know where they stand.
//!
//! Scalars stay as written: `1984` is a text here, since a title may be a number. Anchors and aliases are resolved.
//! Depth and size are bounded, and nothing recurses while reading, so no text can exhaust the machine.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as YamlSpan};

use crate::base::Span;

/// How deep nodes may nest. An entry's author inside its parent's parent is at depth six.
const DEPTH: usize = 32;

/// How many nodes a file may hold once aliases are resolved.
const NODES: usize = 500_000;

/// A piece of YAML and its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its first byte to the byte after its last.
    pub span: Span,
    /// What it holds.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// Any other scalar.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order in which it is written; keys may repeat.
    Map(Vec<(Node, Node)>),
}

/// Why a text is not one YAML document of reasonable size.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where reading stopped.
    pub span: Span,
    /// What the reader ran into, in a few words; `None` if the text is no YAML at all.
    pub why: Option<&'static str>,
}

impl Node {
    /// How many nodes it is made of.
    fn size(&self) -> usize {
        1 + match &self.value {
            Value::Empty | Value::Text(_) => 0,
            Value::List(items) => items.iter().map(Self::size).sum(),
            Value::Map(pairs) => pairs.iter().map(|(key, value)| key.size() + value.size()).sum(),
        }
    }
}

/// The document in `text`; `None` if it is empty.
pub(super) fn parse(text: &str) -> Result<Option<Node>, Fault> {
    // Spans are counted in the text as given, with its byte order mark.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offsets = Offsets::new(body, text.len() - body.len());
    let mut builder = Builder::default();
    for event in Parser::new_from_str(body) {
        let (event, span) = event.map_err(|error| unreadable(&error, &offsets))?;
        builder.take(event, offsets.span(span))?;
    }
    Ok(builder.root)
}

fn unreadable(error: &ScanError, offsets: &Offsets) -> Fault {
    let start = offsets.byte(error.marker().index());
    Fault { span: Span::new(start, start), why: None }
}

/// Turns the parser's positions, which count characters, into bytes.
struct Offsets {
    /// The byte of each character, with one more for the end; empty where each character is one byte.
    starts: Vec<usize>,
    shift: usize,
    length: usize,
}

impl Offsets {
    fn new(text: &str, shift: usize) -> Self {
        let starts = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(byte, _)| byte).collect() };
        Self { starts, shift, length: text.len() }
    }

    fn byte(&self, index: usize) -> usize {
        let byte = if self.starts.is_empty() { index } else { self.starts.get(index).copied().unwrap_or(self.length) };
        self.shift + byte.min(self.length)
    }

    fn span(&self, span: YamlSpan) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }
}

/// A container whose end has not been reached.
struct Open {
    start: Span,
    anchor: usize,
    kind: Kind,
    /// For a mapping, keys and values in turn.
    children: Vec<Node>,
}

#[derive(Clone, Copy)]
enum Kind {
    List,
    Map,
}

/// The nodes read so far.
#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    count: usize,
    documents: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) => self.start_document(span),
            Event::SequenceStart(anchor, _) => self.enter(Kind::List, anchor, span),
            Event::MappingStart(anchor, _) => self.enter(Kind::Map, anchor, span),
            Event::SequenceEnd | Event::MappingEnd => self.leave(span),
            Event::Scalar(text, style, anchor, _) => {
                let is_empty = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if is_empty { Value::Empty } else { Value::Text(text.into_owned()) };
                self.add(Node { span, value }, anchor)
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    return Err(Fault { span, why: Some("this stands for itself") });
                };
                // The node was counted where it is written; here it counts again.
                self.count += node.size();
                self.add(node, 0)
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn start_document(&mut self, span: Span) -> Result<(), Fault> {
        self.documents += 1;
        if self.documents > 1 {
            return Err(Fault { span, why: Some("a line of three hyphens stands at the beginning or nowhere") });
        }
        Ok(())
    }

    fn enter(&mut self, kind: Kind, anchor: usize, start: Span) -> Result<(), Fault> {
        if self.open.len() == DEPTH {
            return Err(Fault { span: start, why: Some("this stands within too many others") });
        }
        self.open.push(Open { start, anchor, kind, children: Vec::new() });
        Ok(())
    }

    fn leave(&mut self, end: Span) -> Result<(), Fault> {
        let open = self.open.pop().expect("the parser ends only what it began");
        // Brackets have a width; an indented container ends with its last child.
        let last = open.children.last().map_or(open.start.start, |child| child.span.end);
        let end = if end.start < end.end { end.end } else { last };
        let value = match open.kind {
            Kind::List => Value::List(open.children),
            Kind::Map => Value::Map(pairs(open.children)),
        };
        self.add(Node { span: Span::new(open.start.start, end), value }, open.anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        self.count += 1;
        if self.count > NODES {
            return Err(Fault { span: node.span, why: Some("this repeats too much") });
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }
}

fn pairs(children: Vec<Node>) -> Vec<(Node, Node)> {
    let mut pairs = Vec::with_capacity(children.len() / 2);
    let mut children = children.into_iter();
    while let (Some(key), Some(value)) = (children.next(), children.next()) {
        pairs.push((key, value));
    }
    pairs
}
