//! One table of `site.toml`, read key by key: what is of the wrong type or unknown is complained of where it stands.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Placed, complaints};
use crate::base::{Diagnostic, Place, SourcePath, Span, has_forbidden, nearest, runs};

/// A table with its name, the keys that were asked for, and the complaints so far.
pub struct Table<'t, 'i> {
    /// The dotted name, such as `kinds.sign`; empty for the file itself.
    pub name: String,
    /// Where the table stands.
    pub span: Span,
    entries: &'t DeTable<'i>,
    asked: BTreeSet<&'static str>,
    /// Keys that must be there and are not, with their complaints.
    missing: Vec<(&'static str, Diagnostic)>,
}

/// Where complaints go while a configuration is read.
pub struct Complaints<'p> {
    /// The configuration file.
    pub path: &'p SourcePath,
    /// What was found so far.
    pub found: Vec<Diagnostic>,
}

impl<'t, 'i> Table<'t, 'i> {
    /// A table under its dotted name.
    pub fn new(name: impl Into<String>, span: Span, entries: &'t DeTable<'i>) -> Self {
        Self { name: name.into(), span, entries, asked: BTreeSet::new(), missing: Vec::new() }
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.insert(key);
        self.entries.get(key)
    }

    /// A line of text; `None` if the key is missing or something else stands there.
    pub fn text(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<Placed<Box<str>>> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) if has_forbidden(text) => {
                complaints.wrong_type(key, value, "text without invisible control characters");
                None
            }
            Some(text) => Some(Placed { value: text.into(), span: value.span().into() }),
            None => {
                complaints.wrong_type(key, value, "text in quotes");
                None
            }
        }
    }

    /// A line of text that must be there and not be blank.
    pub fn required_text(
        &mut self,
        key: &'static str,
        example: &str,
        complaints: &mut Complaints,
    ) -> Option<Placed<Box<str>>> {
        if self.value(key).is_none() {
            self.miss(key, complaints::missing_setting(complaints.path, self.span, &self.name, key, example));
            return None;
        }
        let text = self.text(key, complaints)?;
        if text.value.trim().is_empty() {
            complaints.found.push(complaints::empty_setting(complaints.path, text.span, key, example));
            return None;
        }
        Some(text)
    }

    /// Complains that `key` is missing, unless it turns out to stand there misspelt.
    pub fn miss(&mut self, key: &'static str, complaint: Diagnostic) {
        self.missing.push((key, complaint));
    }

    /// Does a key stand there that was most likely meant as `key`?
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| **name.get_ref() != *key && nearest(name.get_ref(), [key]).is_some())
    }

    /// `true` or `false`; `None` if the key is missing or something else stands there.
    pub fn boolean(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<bool> {
        let value = self.value(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            complaints.wrong_type(key, value, "`true` or `false`, without quotes");
        }
        truth
    }

    /// A whole number from 0; `None` if the key is missing.
    pub fn count(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<usize> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        if number.is_none() {
            complaints.wrong_type(key, value, "a whole number such as `2`");
        }
        number
    }

    /// A list of texts; empty if the key is missing.
    pub fn texts(&mut self, key: &'static str, complaints: &mut Complaints) -> Vec<Box<str>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let texts = value.get_ref().as_array().and_then(|items| {
            items.iter().map(|item| item.get_ref().as_str().map(Box::from)).collect::<Option<Vec<Box<str>>>>()
        });
        texts.unwrap_or_else(|| {
            complaints.wrong_type(key, value, "a list of texts such as `[\"low\", \"high\"]`");
            Vec::new()
        })
    }

    /// A list of tables; empty if the key is missing.
    pub fn tables(&mut self, key: &'static str, complaints: &mut Complaints) -> Vec<Table<'t, 'i>> {
        let name = self.dotted(key);
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            complaints.wrong_type(key, value, "a list such as `[{ to = \"@/about.md\" }]`");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(entries) => tables.push(Table::new(name.clone(), item.span().into(), entries)),
                None => complaints.wrong_type(key, item, "a table such as `{ to = \"@/about.md\" }`"),
            }
        }
        tables
    }

    /// A table below this one; `None` if the key is missing.
    pub fn table(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<Table<'t, 'i>> {
        let name = self.dotted(key);
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            Some(entries) => Some(Table::new(name, value.span().into(), entries)),
            None => {
                complaints.wrong_type(key, value, "a table");
                None
            }
        }
    }

    /// The tables below `key`, whatever they are called, in the order in which they are written.
    pub fn named_tables(
        &mut self,
        key: &'static str,
        complaints: &mut Complaints,
    ) -> Vec<(Placed<Box<str>>, Table<'t, 'i>)> {
        let Some(outer) = self.table(key, complaints) else { return Vec::new() };
        let mut tables = Vec::new();
        for (name, value) in outer.entries {
            let placed = Placed { value: Box::from(&**name.get_ref()), span: name.span().into() };
            match value.get_ref().as_table() {
                Some(entries) => {
                    tables.push((placed, Table::new(outer.dotted(name.get_ref()), name.span().into(), entries)))
                }
                None => complaints.wrong_type(name.get_ref(), value, "a table"),
            }
        }
        tables.sort_by_key(|(name, _)| name.span);
        tables
    }

    /// Whatever stands under `key`, as a template value: an empty map if the key is missing.
    pub fn free(&mut self, key: &'static str, complaints: &mut Complaints) -> tera::Value {
        match self.value(key) {
            Some(value) => complaints.template_value(value),
            None => tera::Value::from(tera::Map::new()),
        }
    }

    /// Complains of every key that nobody asked for, and of those that are missing, unless one stands there misspelt.
    pub fn finish(mut self, complaints: &mut Complaints) {
        for (key, _) in self.entries.iter().filter(|(key, _)| !self.asked.contains(&**key.get_ref())) {
            self.missing.retain(|(missing, _)| nearest(key.get_ref(), [*missing]).is_none());
            let known = self.asked.iter().copied();
            complaints.found.push(complaints::unknown_setting(
                complaints.path,
                key.span().into(),
                &self.name,
                key.get_ref(),
                known,
            ));
        }
        complaints.found.extend(self.missing.into_iter().map(|(_, complaint)| complaint));
    }

    fn dotted(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

impl Complaints<'_> {
    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue>, wanted: &str) {
        self.found.push(complaints::wrong_setting(
            self.path,
            value.span().into(),
            key,
            value.get_ref().type_str(),
            wanted,
        ));
    }

    /// A TOML value as templates see it; dates become text. Addresses that would run a program are complained of.
    fn template_value(&mut self, value: &Spanned<DeValue>) -> tera::Value {
        match value.get_ref() {
            DeValue::String(text) => {
                if let Some(scheme) = runs(text) {
                    self.found.push(complaints::running_address(Place::at(self.path, value.span().into()), scheme));
                }
                tera::Value::from(&**text)
            }
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| tera::Value::from(number.as_str()), tera::Value::from),
            DeValue::Float(number) => {
                number.as_str().parse::<f64>().map_or_else(|_| tera::Value::from(number.as_str()), tera::Value::from)
            }
            DeValue::Boolean(truth) => tera::Value::from(*truth),
            DeValue::Datetime(moment) => tera::Value::from(moment.to_string()),
            DeValue::Array(items) => {
                tera::Value::from(items.iter().map(|item| self.template_value(item)).collect::<Vec<_>>())
            }
            DeValue::Table(entries) => {
                let mut map = tera::Map::new();
                for (key, value) in entries {
                    map.insert(key.get_ref().to_string().into(), self.template_value(value));
                }
                tera::Value::from(map)
            }
        }
    }
}
