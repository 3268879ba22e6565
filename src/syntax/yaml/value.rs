//! YAML → its values, as `serde_yaml` understands them: keys may stand twice, and depth and size are bounded.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_yaml::Number;

use super::{ErrorKind, places};

/// How deep lists and maps may nest.
const DEEPEST: usize = 100;

/// How many values a text may hold once its aliases are written out: as many as its bytes, and so many more.
const MOST_REPEATED: usize = 20_000;

/// What a text in YAML says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in the order in which they are written; a key may stand twice.
    Map(Vec<(Value, Value)>),
    /// A value with a tag such as `!secret` before it.
    Tagged(String, Box<Value>),
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The value under a key of a map; that of the first, if the key stands twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.pairs().iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value)
    }

    /// The keys and values of a map; none of anything else.
    #[must_use]
    pub fn pairs(&self) -> &[(Self, Self)] {
        if let Self::Map(pairs) = self { pairs } else { &[] }
    }

    /// The keys of a map, as text.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.pairs().iter().map(|(key, _)| key.to_name())
    }

    /// A key as text: numbers and truths are written out, and what is no name is `?`.
    #[must_use]
    pub fn to_name(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Bool(truth) => Cow::Owned(truth.to_string()),
            _ => Cow::Borrowed("?"),
        }
    }
}

/// Why reading stopped, as far as is known.
#[derive(Clone, Copy)]
pub(super) enum Stop {
    /// A bound of ours was reached, around this byte.
    Bound(ErrorKind, usize),
    /// What stands at this byte is not understood.
    At(usize),
    /// `serde_yaml` names no place.
    Nowhere,
}

/// Reads a text; nothing at all is `Null`.
pub(super) fn read(text: &str) -> Result<Value, Stop> {
    let reading = Reading { left: Cell::new(text.len() + MOST_REPEATED), kind: Cell::new(None) };
    if has_many_brackets(text)
        && let Some(at) = places::first_too_deep(text, DEEPEST)
    {
        return Err(Stop::Bound(ErrorKind::TooDeep, at));
    }
    let seed = Seed { reading: &reading, depth: 0 };
    let read = seed.deserialize(serde_yaml::Deserializer::from_str(text));
    read.map_err(|error| match (reading.kind.get(), error.location().map(|location| location.index())) {
        (Some(kind), at) => Stop::Bound(kind, at.unwrap_or_default()),
        (None, Some(at)) => Stop::At(at),
        (None, None) => Stop::Nowhere,
    })
}

/// May brackets nest too deeply? `serde_yaml` takes quadratic time for them before it hands out anything.
fn has_many_brackets(text: &str) -> bool {
    let mut open = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    })
}

struct Reading {
    /// How many more values may be read.
    left: Cell<usize>,
    /// Which bound was reached.
    kind: Cell<Option<ErrorKind>>,
}

#[derive(Clone, Copy)]
struct Seed<'r> {
    reading: &'r Reading,
    depth: usize,
}

impl Seed<'_> {
    /// The seed of the values within this one.
    fn within<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEEPEST {
            Err(self.stop(ErrorKind::TooDeep))
        } else {
            Ok(Self { depth: self.depth + 1, ..self })
        }
    }

    fn stop<E: serde::de::Error>(self, kind: ErrorKind) -> E {
        self.reading.kind.set(Some(kind));
        E::custom("")
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let Some(left) = self.reading.left.get().checked_sub(1) else { return Err(self.stop(ErrorKind::TooMuch)) };
        self.reading.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let seed = self.within()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(seed)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let seed = self.within()?;
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key_seed(seed)? {
            pairs.push((key, map.next_value_seed(seed)?));
        }
        Ok(Value::Map(pairs))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let seed = self.within()?;
        let (tag, value) = tagged.variant::<String>()?;
        let tag = format!("!{}", tag.trim_start_matches('!'));
        Ok(Value::Tagged(tag, Box::new(value.newtype_variant_seed(seed)?)))
    }
}
