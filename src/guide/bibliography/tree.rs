//! A references file → nodes that know where they stand.
//!
//! Scalars stay as written: `1984` is a text here, since a title may be a number. Keys may repeat.

use crate::base::Span;
use crate::syntax::yaml::{self, Document, Error};

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

/// The document in `text`.
pub(super) fn parse(text: &str) -> Result<Node, Error> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    Document::read(text, mark..text.len()).map(|document| Node::of(&document.root()))
}

impl Node {
    fn of(node: &yaml::Node) -> Self {
        let value = match node.value() {
            yaml::Value::Null => Value::Empty,
            yaml::Value::List(_) => Value::List(node.children().map(|item| Self::of(&item)).collect()),
            yaml::Value::Map(_) => {
                Value::Map(node.children().map(|child| (Self::of_key(&child), Self::of(&child))).collect())
            }
            _ => Value::Text(node.written().into_owned()),
        };
        Self { span: node.span(), value }
    }

    fn of_key(child: &yaml::Node) -> Self {
        let is_name = child.key().is_some_and(|key| !matches!(key, yaml::Value::List(_) | yaml::Value::Map(_)));
        let value = if is_name { Value::Text(child.name().into_owned()) } else { Value::Empty };
        Self { span: child.key_span(), value }
    }
}
