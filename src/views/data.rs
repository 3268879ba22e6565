//! What views hold, described once and written in two ways: to a digest, when only its fingerprint is asked for, and as
//! template values, when it is shown.

use std::hash::{Hash, Hasher};

use tera::value::Key;
use tera::{Map, Value};

use crate::base::{Digest, Fingerprint};

/// Takes down a value piece by piece.
pub trait Writer {
    /// Nothing.
    fn none(&mut self);
    /// `true` or `false`.
    #[expect(clippy::fn_params_excessive_bools, reason = "it is what is written")]
    fn flag(&mut self, truth: bool);
    /// A whole number.
    fn number(&mut self, number: i64);
    /// A number with a fraction.
    fn fraction(&mut self, number: f64);
    /// Text, which templates escape.
    fn text(&mut self, text: &str);
    /// Text that is safe HTML already.
    fn safe(&mut self, html: &str);
    /// A value with its fingerprint, fetched only where it is shown.
    fn defer(&mut self, fingerprint: Fingerprint, value: impl FnOnce() -> Value);
    /// A list of what `items` writes.
    fn list(&mut self, items: impl FnOnce(&mut Self));
    /// A map of what `entries` writes, each value after its key.
    fn map(&mut self, entries: impl FnOnce(&mut Self));
    /// The key of the value that comes next, where the guide's author chose it.
    fn named(&mut self, key: &str) -> &mut Self;

    /// The key of the value that comes next.
    fn key(&mut self, key: &'static str) -> &mut Self {
        self.named(key)
    }

    /// A prebuilt value.
    fn shared(&mut self, shared: &Shared) {
        self.defer(shared.fingerprint, || shared.value.clone());
    }

    /// A number of things.
    fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// A whole number, or nothing.
    fn maybe_number(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.number(number),
            None => self.none(),
        }
    }

    /// Text, or nothing.
    fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.none(),
        }
    }
}

/// A value that can be written.
pub trait Describe {
    /// Writes it.
    fn describe(&self, writer: &mut impl Writer);
}

/// A template value that many views share, and its fingerprint.
#[derive(Debug, Clone)]
pub struct Shared {
    value: Value,
    fingerprint: Fingerprint,
}

impl Shared {
    /// The value that `thing` describes.
    pub fn new(thing: &impl Describe) -> Self {
        let mut digest = Digest::default();
        thing.describe(&mut digest);
        Self { value: value(thing), fingerprint: digest.fingerprint() }
    }

    /// A value with its fingerprint.
    #[must_use]
    pub fn with_fingerprint(value: Value, fingerprint: Fingerprint) -> Self {
        Self { value, fingerprint }
    }

    /// The value; cheap to clone.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Its fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

/// The template value of `thing`.
pub fn value(thing: &impl Describe) -> Value {
    let mut values = Values::default();
    thing.describe(&mut values);
    values.done.unwrap_or_else(Value::none)
}

/// Template values in the making.
#[derive(Default)]
pub struct Values {
    open: Vec<Open>,
    done: Option<Value>,
}

enum Open {
    List(Vec<Value>),
    Map(Map, Option<Key<'static>>),
}

impl Values {
    /// A map of the entries that `entries` writes, with room for so many.
    pub fn map_of(room: usize, entries: impl FnOnce(&mut Self)) -> Map {
        let mut values = Self { open: vec![Open::Map(Map::with_capacity(room), None)], done: None };
        entries(&mut values);
        match values.open.pop() {
            Some(Open::Map(map, _)) => map,
            _ => unreachable!("every list and map that is opened is closed"),
        }
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.done = Some(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Map(map, key)) => {
                let key = key.take().expect("in a map each value comes after its key");
                map.insert(key, value);
            }
        }
    }

    fn close(&mut self) {
        let value = match self.open.pop() {
            Some(Open::List(items)) => Value::from(items),
            Some(Open::Map(map, _)) => Value::from(map),
            None => unreachable!("only what was opened is closed"),
        };
        self.put(value);
    }

    fn keyed(&mut self, next: Key<'static>) -> &mut Self {
        if let Some(Open::Map(_, key)) = self.open.last_mut() {
            *key = Some(next);
        }
        self
    }
}

impl Writer for Values {
    fn none(&mut self) {
        self.put(Value::none());
    }

    fn flag(&mut self, truth: bool) {
        self.put(Value::from(truth));
    }

    fn number(&mut self, number: i64) {
        self.put(Value::from(number));
    }

    fn fraction(&mut self, number: f64) {
        self.put(Value::from(number));
    }

    fn text(&mut self, text: &str) {
        self.put(Value::normal_string(text));
    }

    fn safe(&mut self, html: &str) {
        self.put(Value::safe_string(html));
    }

    fn defer(&mut self, _: Fingerprint, value: impl FnOnce() -> Value) {
        self.put(value());
    }

    fn list(&mut self, items: impl FnOnce(&mut Self)) {
        self.open.push(Open::List(Vec::new()));
        items(self);
        self.close();
    }

    fn map(&mut self, entries: impl FnOnce(&mut Self)) {
        self.open.push(Open::Map(Map::new(), None));
        entries(self);
        self.close();
    }

    fn named(&mut self, key: &str) -> &mut Self {
        self.keyed(key.to_owned().into())
    }

    fn key(&mut self, key: &'static str) -> &mut Self {
        self.keyed(key.into())
    }
}

/// A sign and the eight bytes after it, to be written at once.
fn signed(sign: u8, bytes: u64) -> [u8; 9] {
    let mut all = [sign; 9];
    all[1..].copy_from_slice(&bytes.to_le_bytes());
    all
}

/// Each piece begins with a sign of its own and ends where its length says, so that different values are different bytes.
impl Writer for Digest {
    fn none(&mut self) {
        self.write_u8(b'0');
    }

    fn flag(&mut self, truth: bool) {
        self.write_u8(if truth { b't' } else { b'f' });
    }

    fn number(&mut self, number: i64) {
        self.write(&signed(b'n', number.cast_unsigned()));
    }

    fn fraction(&mut self, number: f64) {
        self.write(&signed(b'.', number.to_bits()));
    }

    fn text(&mut self, text: &str) {
        self.write(&signed(b'"', text.len() as u64));
        self.write(text.as_bytes());
    }

    fn safe(&mut self, html: &str) {
        self.write(&signed(b'<', html.len() as u64));
        self.write(html.as_bytes());
    }

    fn defer(&mut self, fingerprint: Fingerprint, _: impl FnOnce() -> Value) {
        self.write_u8(b'=');
        fingerprint.hash(self);
    }

    fn list(&mut self, items: impl FnOnce(&mut Self)) {
        self.write_u8(b'[');
        items(self);
        self.write_u8(b']');
    }

    fn map(&mut self, entries: impl FnOnce(&mut Self)) {
        self.write_u8(b'{');
        entries(self);
        self.write_u8(b'}');
    }

    fn named(&mut self, key: &str) -> &mut Self {
        self.write(&signed(b':', key.len() as u64));
        self.write(key.as_bytes());
        self
    }
}
