//! A text in TOML → a tree of its values with their places, and each error that keeps a part from being read.
//!
//! The crate `toml` says what a value is. Its words for errors become an `ErrorKind` here, and are read nowhere else.

use std::ops::Range;

use toml::de::{DeString, DeTable, DeValue};

use crate::base::{PatchedText, Span, Spanned};

/// What a text in TOML says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A number beyond all bounds, as it is written.
    Number(Box<str>),
    /// `true` or `false`.
    Boolean(bool),
    /// A day, a time, or both.
    Moment(Box<str>),
    /// A list in square brackets.
    List(Vec<Spanned<Value>>),
    /// A list of tables that stand below headings such as `[[menu]]`; its place is that of the first heading.
    Headed(Vec<Spanned<Value>>),
    /// A table, below a heading or in braces.
    Table(Table),
}

/// Keys and their values, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table(Vec<Entry>);

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<Box<str>>,
    /// What stands under it.
    pub value: Spanned<Value>,
}

/// Why a part of a text is no TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// What keeps it from being read.
    pub kind: ErrorKind,
    /// Where reading stopped.
    pub span: Span,
}

/// What keeps a part of a text from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A key or heading stands there a second time.
    Twice,
    /// A name has a value, and is to be a table too.
    ValueAndTable,
    /// A text between three quotes is not ended.
    LongText,
    /// A text between quotes is not ended, or is odd within.
    Text,
    /// No comma stands between two entries.
    Comma,
    /// No `=` stands behind a name, or the name has odd signs.
    Equals,
    /// Anything else.
    Other,
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The table, if it is one.
    #[must_use]
    pub fn as_table(&self) -> Option<&Table> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }

    /// The entries of a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Spanned<Self>]> {
        if let Self::List(items) | Self::Headed(items) = self { Some(items) } else { None }
    }
}

impl Table {
    /// The keys and their values.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// What stands under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Spanned<Value>> {
        self.0.iter().find(|entry| *entry.key.value == *key).map(|entry| &entry.value)
    }

    /// Is there no key in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads a text as far as it can be read; all places are those of the author's text.
#[must_use]
pub fn read(text: &PatchedText) -> (Table, Vec<Error>) {
    let (root, errors) = DeTable::parse_recoverable(text.text());
    let reading = Reading { text };
    let mut errors: Vec<Error> = errors.iter().map(|error| reading.error(error)).collect();
    errors.sort_by_key(|error| error.span.start);
    (reading.table(root.get_ref()), errors)
}

struct Reading<'t> {
    text: &'t PatchedText,
}

impl Reading<'_> {
    fn table(&self, table: &DeTable) -> Table {
        let entry = |(key, value): (&toml::Spanned<DeString>, _)| Entry {
            key: Spanned { value: Box::from(&**key.get_ref()), span: self.text.span(key.span()) },
            value: self.value(value),
        };
        Table(table.iter().map(entry).collect())
    }

    fn value(&self, value: &toml::Spanned<DeValue>) -> Spanned<Value> {
        let mut range = value.span();
        let read = match value.get_ref() {
            DeValue::String(text) => Value::Text(Box::from(&**text)),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Value::Number(number.as_str().into()), Value::Integer),
            DeValue::Float(number) => {
                number.as_str().parse().map_or_else(|_| Value::Number(number.as_str().into()), Value::Float)
            }
            DeValue::Boolean(truth) => Value::Boolean(*truth),
            DeValue::Datetime(moment) => Value::Moment(moment.to_string().into()),
            DeValue::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
                match self.heading(&range) {
                    Some(heading) => {
                        range = heading;
                        Value::Headed(items)
                    }
                    None => Value::List(items),
                }
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Spanned { value: read, span: self.text.span(range) }
    }

    /// The heading `[[…]]` at which a list begins, if it is one of headings.
    fn heading(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let (before, list) = self.text.text().split_at(range.start);
        let is_first = before.rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let length = list.find("]]").filter(|_| is_first && list.starts_with("[["))? + "]]".len();
        Some(range.start..range.start + length)
    }

    fn error(&self, error: &toml::de::Error) -> Error {
        let end = self.text.text().len();
        let range = error.span().map_or(0..0, |span| span.start.min(end)..span.end.min(end));
        Error { kind: kind(error.message()), span: self.text.span(range) }
    }
}

/// What the parser's words mean.
fn kind(message: &str) -> ErrorKind {
    if message.starts_with("duplicate key") {
        return ErrorKind::Twice;
    }
    if message.starts_with("cannot extend") {
        return ErrorKind::ValueAndTable;
    }
    if message.starts_with("missing comma") {
        return ErrorKind::Comma;
    }
    if message.contains("multi-line") {
        return ErrorKind::LongText;
    }
    if message.contains("basic string") || message.contains("invalid literal string") {
        return ErrorKind::Text;
    }
    if message.contains("unquoted key") || message.contains("missing assignment") {
        return ErrorKind::Equals;
    }
    ErrorKind::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Table, Vec<Error>) {
        super::read(&PatchedText::new(text.to_owned(), 0))
    }

    #[test]
    fn every_value_knows_its_place() {
        let text = "title = \"Nearer\"\n[[menu]]\nto = 7\n[[menu]]\n[kinds.sign]\nlast = [[1], [true]]\n";
        let (table, errors) = read(text);
        assert_eq!(errors, []);
        let written = |span: Span| &text[span.start..span.end];
        let title = table.get("title").expect("it is there");
        assert_eq!((written(title.span), title.as_text()), ("\"Nearer\"", Some("Nearer")));
        let menu = table.get("menu").expect("it is there");
        assert_eq!((written(menu.span), menu.as_list().map(<[_]>::len)), ("[[menu]]", Some(2)));
        let kinds = table.get("kinds").and_then(|kinds| kinds.as_table()).expect("a table");
        let sign = kinds.get("sign").and_then(|sign| sign.as_table()).expect("a table");
        let last = sign.get("last").expect("it is there");
        assert!(matches!(&last.value, Value::List(items) if items.len() == 2), "{last:?}");
        assert_eq!(written(last.span), "[[1], [true]]");
    }

    #[test]
    fn what_stands_against_reading_is_told_by_its_kind() {
        for (text, kind) in [
            ("a = 1\na = 2\n", ErrorKind::Twice),
            ("a = 1\na.b = 2\n", ErrorKind::ValueAndTable),
            ("a = \"\"\"\nb\n", ErrorKind::LongText),
            ("a = \"b\n", ErrorKind::Text),
            ("a = [\"b\" \"c\"]\n", ErrorKind::Comma),
            ("a = { b: 1 }\n", ErrorKind::Equals),
            ("a = maybe\n", ErrorKind::Other),
        ] {
            let (_, errors) = read(text);
            assert_eq!(errors.first().map(|error| error.kind), Some(kind), "{text}{errors:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_authors_text() {
        let (table, _) = super::read(&PatchedText::new("a = 1\n".to_owned(), 3));
        assert_eq!(table.get("a").map(|value| value.span), Some(Span::new(7, 8)));
    }
}
