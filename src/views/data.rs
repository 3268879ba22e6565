//! What a view holds, in a form that can be compared cheaply and turned into template values late.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use tera::{Map, Value};

use crate::base::Fingerprint;

/// A template value that many views share, and the fingerprint that stands for it.
#[derive(Debug, Clone)]
pub struct Shared {
    value: Value,
    fingerprint: Fingerprint,
}

impl Shared {
    /// The value that `data` becomes.
    #[must_use]
    pub fn new(data: &Data) -> Self {
        Self { value: data.value(), fingerprint: Fingerprint::of(data) }
    }

    /// A value that `fingerprint` stands for.
    #[must_use]
    pub fn with_fingerprint(value: Value, fingerprint: Fingerprint) -> Self {
        Self { value, fingerprint }
    }

    /// The value; cheap to clone.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }
}

impl Hash for Shared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}

/// A value for templates before it is one.
#[derive(Debug, Clone, Hash)]
pub enum Data {
    /// Nothing.
    None,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text, which templates escape.
    Text(Box<str>),
    /// Text that other views show too.
    Words(Arc<str>),
    /// Text that is safe HTML already.
    Safe(Box<str>),
    /// A prebuilt value.
    Shared(Shared),
    /// A list.
    List(Vec<Data>),
    /// A map with fixed keys.
    Map(Vec<(&'static str, Data)>),
    /// A map whose keys the guide's author chose.
    Named(Vec<(Box<str>, Data)>),
}

impl Data {
    /// Text, which templates escape.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// The data of `value`, or nothing.
    #[must_use]
    pub fn maybe(value: Option<impl Into<Data>>) -> Self {
        value.map_or(Self::None, Into::into)
    }

    /// The template value.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Self::None => Value::none(),
            Self::Bool(truth) => Value::from(*truth),
            Self::Number(number) => Value::from(*number),
            Self::Text(text) => Value::normal_string(text),
            Self::Words(text) => Value::normal_string(text),
            Self::Safe(html) => Value::safe_string(html),
            Self::Shared(shared) => shared.value.clone(),
            Self::List(items) => Value::from(items.iter().map(Self::value).collect::<Vec<_>>()),
            Self::Map(entries) => {
                Value::from(entries.iter().map(|(key, data)| ((*key).into(), data.value())).collect::<Map>())
            }
            Self::Named(entries) => {
                Value::from(entries.iter().map(|(key, data)| (key.to_string().into(), data.value())).collect::<Map>())
            }
        }
    }
}

impl From<Shared> for Data {
    fn from(shared: Shared) -> Self {
        Self::Shared(shared)
    }
}

impl From<&str> for Data {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Data {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Data {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Data {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
