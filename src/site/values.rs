//! The values of the settings, as their descriptions ask for them: what was read, and what was complained of.

use std::collections::BTreeMap;

use super::{BaseUrl, Period};
use crate::base::{Code, Finite, Known, Span, Spanned, nearest};

/// The value of a setting.
#[derive(Debug)]
pub(super) enum Value {
    /// A line of text.
    Text(Box<str>),
    /// The address of the site.
    Address(BaseUrl),
    /// A stretch of the calendar.
    Period(Period),
    /// `true` or `false`.
    Truth(bool),
    /// A whole number from 0.
    Count(usize),
    /// A number.
    Number(Finite),
    /// A text, a number or a truth.
    Scalar(Scalar),
    /// A list of texts.
    Texts(Vec<Spanned<Box<str>>>),
    /// A list of warnings and of advice.
    Codes(Vec<Spanned<Code>>),
    /// Texts under names of the author's own.
    Phrases(Vec<(Spanned<Box<str>>, Box<str>)>),
    /// A table of settings.
    Table(Table),
    /// A list of such tables.
    Tables(Vec<Table>),
    /// Such tables under names of the author's own, in the order in which they are written.
    Named(Vec<(Spanned<Box<str>>, Known<Table>)>),
    /// Anything, as templates see it.
    Free(tera::Value),
}

/// A text, a number or a truth, as `site.toml` writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// A line of text.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(Finite),
    /// `true` or `false`.
    Boolean(bool),
}

/// A table of settings.
#[derive(Debug)]
pub(super) struct Table {
    /// Where it stands.
    pub span: Span,
    /// What stands under each described key; what is left out has no entry.
    pub values: BTreeMap<&'static str, Known<Spanned<Value>>>,
    /// The keys that are not described.
    pub unknown: Vec<Box<str>>,
}

impl Value {
    /// Is it a list or a group of names with nothing in it?
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Texts(texts) => texts.is_empty(),
            Self::Named(tables) => tables.is_empty(),
            _ => false,
        }
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::Table(table) => table.is_whole(),
            Self::Tables(tables) => tables.iter().all(Table::is_whole),
            Self::Named(tables) => tables.iter().all(|(_, table)| table.value().is_some_and(Table::is_whole)),
            _ => true,
        }
    }
}

impl Table {
    /// Was nothing in it complained of?
    fn is_whole(&self) -> bool {
        let is_whole = |value: &Known<Spanned<Value>>| value.value().is_some_and(|value| value.is_whole());
        self.unknown.is_empty() && self.values.values().all(is_whole)
    }

    /// Was nothing complained of that stands under `key`, or under a name that may be meant as it?
    pub fn is_sound(&self, key: &str) -> bool {
        let value = self.values.get(key);
        !self.is_misspelt(key) && value.is_none_or(|value| value.value().is_some_and(|value| value.is_whole()))
    }

    /// Does a key that nobody knows stand here which may be meant as `key`?
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.unknown.iter().any(|name| nearest(name, [key]).is_some())
    }

    /// Is `key` left out on purpose? A key that nobody knows may be meant as it.
    pub fn leaves_out(&self, key: &str) -> bool {
        !self.values.contains_key(key) && self.unknown.is_empty()
    }

    fn value(&self, key: &str) -> Option<&Spanned<Value>> {
        self.values.get(key)?.value()
    }

    /// Where the value under `key` stands, if it was understood.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.value(key).map(|value| value.span)
    }

    /// The line of text under `key`; like all below, nothing if it is left out or was complained of.
    pub fn text(&self, key: &str) -> Option<Spanned<Box<str>>> {
        let Spanned { value: Value::Text(text), span } = self.value(key)? else { return None };
        Some(Spanned { value: text.clone(), span: *span })
    }

    /// The site's address.
    pub fn address(&self, key: &str) -> Option<BaseUrl> {
        if let Value::Address(address) = &self.value(key)?.value { Some(address.clone()) } else { None }
    }

    /// The stretch of the calendar.
    pub fn period(&self, key: &str) -> Option<Period> {
        if let Value::Period(period) = self.value(key)?.value { Some(period) } else { None }
    }

    /// `true` or `false`.
    pub fn truth(&self, key: &str) -> Option<bool> {
        if let Value::Truth(truth) = self.value(key)?.value { Some(truth) } else { None }
    }

    /// The number.
    pub fn count(&self, key: &str) -> Option<usize> {
        if let Value::Count(count) = self.value(key)?.value { Some(count) } else { None }
    }

    /// The number, with a fraction or without.
    pub fn number(&self, key: &str) -> Option<Finite> {
        if let Value::Number(number) = self.value(key)?.value { Some(number) } else { None }
    }

    /// The text, number or truth.
    pub fn scalar(&self, key: &str) -> Option<Spanned<Scalar>> {
        let Spanned { value: Value::Scalar(scalar), span } = self.value(key)? else { return None };
        Some(Spanned { value: scalar.clone(), span: *span })
    }

    /// The list of texts.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = &str> {
        self.spanned_texts(key).iter().map(|text| &*text.value)
    }

    /// The list of texts with their places.
    pub fn spanned_texts(&self, key: &str) -> &[Spanned<Box<str>>] {
        if let Some(Value::Texts(texts)) = self.value(key).map(|value| &value.value) { texts } else { &[] }
    }

    /// The warnings and the advice.
    pub fn codes(&self, key: &str) -> Vec<Spanned<Code>> {
        if let Some(Value::Codes(codes)) = self.value(key).map(|value| &value.value) {
            codes.clone()
        } else {
            Vec::new()
        }
    }

    /// The texts with their names.
    pub fn phrases(&self, key: &str) -> &[(Spanned<Box<str>>, Box<str>)] {
        if let Some(Value::Phrases(phrases)) = self.value(key).map(|value| &value.value) { phrases } else { &[] }
    }

    /// The table.
    pub fn table(&self, key: &str) -> Option<&Self> {
        if let Value::Table(table) = &self.value(key)?.value { Some(table) } else { None }
    }

    /// The tables of a list.
    pub fn tables(&self, key: &str) -> &[Self] {
        if let Some(Value::Tables(tables)) = self.value(key).map(|value| &value.value) { tables } else { &[] }
    }

    /// The tables with their names; those that could not be read, too.
    pub fn named(&self, key: &str) -> &[(Spanned<Box<str>>, Known<Self>)] {
        if let Some(Value::Named(tables)) = self.value(key).map(|value| &value.value) { tables } else { &[] }
    }

    /// The tables with their names.
    pub fn entries(&self, key: &str) -> impl Iterator<Item = (&Spanned<Box<str>>, &Self)> {
        self.named(key).iter().filter_map(|(name, table)| Some((name, table.value()?)))
    }

    /// Whatever stands there: an empty map if nothing does.
    pub fn free(&self, key: &str) -> tera::Value {
        match self.value(key).map(|value| &value.value) {
            Some(Value::Free(value)) => value.clone(),
            _ => tera::Value::from(tera::Map::new()),
        }
    }
}
