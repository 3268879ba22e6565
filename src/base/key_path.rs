//! The way to a value in a file of keys and values, whatever its language.

/// One step into a map or a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The value under a key.
    Key(Box<str>),
    /// The entry of a list, from 0.
    Index(usize),
}

/// The way to a value, from the outside in.
pub type KeyPath = Vec<Step>;
