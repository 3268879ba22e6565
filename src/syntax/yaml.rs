//! A text in YAML → a tree of values with their places, or the one error that stops reading, with its place.
//!
//! `serde_yaml` says what a value is, and whether the text is YAML. It keeps no places: these come from one pass of
//! `saphyr-parser` (`places.rs`), on first asking. No other file reads YAML.

mod places;
mod value;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::base::{KeyPath, Span, Step, floor, is_forbidden};

pub use places::Places;
use value::Stop;
pub use value::Value;

/// A text that was read.
#[derive(Debug)]
pub struct Document<'t> {
    /// The file that it is a part of; spans are counted in it.
    text: &'t str,
    /// The part of the file that is YAML.
    within: Range<usize>,
    value: Value,
    places: OnceCell<Places>,
}

/// Why a text is no YAML, or none that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What stops reading.
    pub kind: ErrorKind,
    /// The character before which nothing more is understood; empty at the end of a line.
    pub span: Span,
}

/// What stops reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Lists and maps nest too deeply.
    TooDeep,
    /// Aliases repeat too much.
    TooMuch,
    /// A second document follows the first.
    SecondDocument,
    /// An alias names nothing.
    UnknownAlias,
    /// A backslash in double quotes is followed by what means nothing.
    Escape,
    /// A character that YAML does not allow.
    Control,
    /// A quotation has no end.
    OpenQuote,
    /// Brackets do not fit, or what stands between them does not.
    Brackets,
    /// A line does not fit those above it.
    Lines,
}

impl ErrorKind {
    /// Is it a bound of what is read at all, so that the text may be sound?
    #[must_use]
    pub fn is_bound(self) -> bool {
        matches!(self, Self::TooDeep | Self::TooMuch | Self::SecondDocument)
    }
}

impl<'t> Document<'t> {
    /// Reads the part `within` of the file `text`; nothing at all is an empty value.
    ///
    /// # Errors
    /// Where the text is not one document of YAML of reasonable size.
    pub fn read(text: &'t str, within: Range<usize>) -> Result<Self, Error> {
        let value = value::read(&text[within.clone()]).map_err(|stop| Error::new(text, &within, stop))?;
        Ok(Self { text, within, value, places: OnceCell::new() })
    }

    /// The value that everything else is a part of.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { document: self, parent: None, index: 0, key: None, value: &self.value }
    }

    /// Where everything stands.
    #[must_use]
    pub fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::read(self.text, self.within.clone()))
    }
}

/// A value of a document, and the way to it.
#[derive(Debug, Clone, Copy)]
pub struct Node<'n> {
    document: &'n Document<'n>,
    parent: Option<&'n Node<'n>>,
    index: usize,
    key: Option<&'n Value>,
    value: &'n Value,
}

impl<'n> Node<'n> {
    /// What stands there.
    #[must_use]
    pub fn value(&self) -> &'n Value {
        self.value
    }

    /// The key that it stands under; `None` for the entry of a list.
    #[must_use]
    pub fn key(&self) -> Option<&'n Value> {
        self.key
    }

    /// The key that it stands under, as text; that of the list for an entry of a list.
    #[must_use]
    pub fn name(&self) -> Cow<'n, str> {
        match (self.key, self.parent) {
            (Some(key), _) => key.to_name(),
            (None, Some(parent)) => parent.name(),
            (None, None) => Cow::Borrowed(""),
        }
    }

    /// The entries of a list, or the values of a map, in order; a key may stand twice.
    pub fn children(&'n self) -> impl Iterator<Item = Node<'n>> {
        let value = if let Value::Tagged(_, value) = self.value { value } else { self.value };
        let (items, pairs) = match value {
            Value::List(items) => (&items[..], &[][..]),
            Value::Map(pairs) => (&[][..], &pairs[..]),
            _ => (&[][..], &[][..]),
        };
        let items = items.iter().map(|value| (None, value));
        let pairs = pairs.iter().map(|(key, value)| (Some(key), value));
        items.chain(pairs).enumerate().map(|(index, (key, value))| Node {
            document: self.document,
            parent: Some(self),
            index,
            key,
            value,
        })
    }

    /// The value that it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<&'n Node<'n>> {
        self.parent
    }

    /// The entry or value before it.
    #[must_use]
    pub fn previous(&self) -> Option<Node<'n>> {
        self.parent?.children().nth(self.index.checked_sub(1)?)
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&'n self, name: &str) -> Option<Node<'n>> {
        self.children().find(|child| child.key.is_some_and(|key| key.to_name() == name))
    }

    /// Where it stands; where the value around it stands, if it is written elsewhere (behind an alias).
    #[must_use]
    pub fn span(&self) -> Span {
        self.document.places().child(&self.indexes())
    }

    /// Where its key stands; where it stands itself, if it has none.
    #[must_use]
    pub fn key_span(&self) -> Span {
        self.document.places().key_of_child(&self.indexes())
    }

    /// A text, number or truth as it is written, without quotes.
    #[must_use]
    pub fn written(&self) -> Cow<'n, str> {
        match self.document.places().written(&self.indexes()) {
            Some(written) => Cow::Borrowed(written),
            None => self.value.to_name(),
        }
    }

    /// The way to it by names, for places that are looked up later.
    #[must_use]
    pub fn path(&self) -> KeyPath {
        let mut path = self.parent.map(Node::path).unwrap_or_default();
        match (self.key, self.parent) {
            (Some(key), _) => path.push(Step::Key(key.to_name().into())),
            (None, Some(_)) => path.push(Step::Index(self.index)),
            (None, None) => {}
        }
        path
    }

    fn indexes(&self) -> Vec<usize> {
        let Some(parent) = self.parent else { return Vec::new() };
        let mut indexes = parent.indexes();
        indexes.push(self.index);
        indexes
    }
}

impl Error {
    fn new(text: &str, within: &Range<usize>, stop: Stop) -> Self {
        let yaml = &text[within.clone()];
        let (kind, index) = match stop {
            Stop::Bound(kind, at) => (kind, at),
            Stop::Nowhere => places::kind_of_end(yaml),
            // A character is met before all else, and has no place.
            Stop::At(0) if yaml.contains(is_forbidden) => {
                (ErrorKind::Control, yaml.find(is_forbidden).unwrap_or_default())
            }
            Stop::At(at) if yaml.get(at..).is_some_and(|rest| rest.starts_with('*')) => (ErrorKind::UnknownAlias, at),
            Stop::At(at) => (places::kind_of_error(yaml), at),
        };
        let start = within.start + floor(yaml, index.min(yaml.trim_end().len()));
        let next = text[start..within.end].chars().next().filter(|c| *c != '\n');
        let length = match kind {
            ErrorKind::SecondDocument => text[start..within.end].lines().next().map_or(0, |line| line.trim_end().len()),
            _ => next.map_or(0, char::len_utf8),
        };
        let span = Span::new(start, start + length);
        Self { kind, span }
    }
}

#[cfg(test)]
mod tests;
