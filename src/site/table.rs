//! One table of `site.toml`, read key by key: what is of the wrong type or unknown is complained of where it stands.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::repair::Repaired;
use super::settings::{Need, SETTINGS, Setting};
use super::{Placed, complaints, slip_complaints};
use crate::base::{Diagnostic, Place, SourcePath, Span, has_forbidden, in_quotes, nearest, runs};

/// A table with its name, the settings that it may hold, and those that were asked for.
pub struct Table<'t, 'i> {
    /// The dotted name, such as `kinds.sign`; empty for the file itself.
    pub name: String,
    /// Where the table stands.
    pub span: Span,
    entries: &'t DeTable<'i>,
    settings: &'static [Setting],
    asked: BTreeSet<&'static str>,
    /// Keys that must be there and are not, with their complaints.
    missing: Vec<(&'static str, Diagnostic)>,
}

/// Where complaints go while a configuration is read.
pub struct Complaints<'p> {
    /// The configuration file.
    pub path: &'p SourcePath,
    /// Its text, as it was read.
    pub repaired: &'p Repaired,
    /// What was found so far.
    pub found: Vec<Diagnostic>,
}

impl<'t, 'i> Table<'t, 'i> {
    /// A table of these settings under its dotted name.
    pub fn new(name: impl Into<String>, span: Span, entries: &'t DeTable<'i>, settings: &'static [Setting]) -> Self {
        Self { name: name.into(), span, entries, settings, asked: BTreeSet::new(), missing: Vec::new() }
    }

    fn setting(&self, key: &str) -> &'static Setting {
        self.settings.iter().find(|setting| setting.key == key).expect("every setting that is asked for is described")
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.insert(key);
        self.entries.get(key)
    }

    /// A line of text as its setting asks for it; `None` if the key is missing or something else stands there.
    pub fn text(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<Placed<Box<str>>> {
        let Setting { shape, need, example, .. } = self.setting(key);
        if *need == Need::Must && self.value(key).is_none() {
            self.miss(key, complaints::missing_setting(complaints.path, self.span, &self.name, key, example));
            return None;
        }
        let text = self.line(key, complaints)?;
        if text.value.trim().is_empty() && !shape.may_be_blank() {
            complaints.found.push(complaints::empty_setting(complaints.path, text.span, key, example));
            return None;
        }
        Some(text)
    }

    /// A line of text, whatever is in it; `None` if the key is missing or something else stands there.
    pub fn line(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<Placed<Box<str>>> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) if has_forbidden(text) => {
                complaints.unseen(key, value);
                None
            }
            Some(text) => Some(Placed { value: text.into(), span: complaints.repaired.span(value.span()) }),
            None => {
                complaints.wrong_type(key, value, Expected::Text);
                None
            }
        }
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
            complaints.wrong_type(key, value, Expected::Truth);
        }
        truth
    }

    /// A whole number from 0; `None` if the key is missing.
    pub fn count(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<usize> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        if number.is_none() {
            complaints.wrong_type(key, value, Expected::Count);
        }
        number
    }

    /// A list of texts, each with its place; empty if the key is missing.
    pub fn placed_texts(&mut self, key: &'static str, complaints: &mut Complaints) -> Vec<Placed<Box<str>>> {
        let example = self.setting(key).example;
        let Some(value) = self.value(key) else { return Vec::new() };
        let placed = |item: &Spanned<DeValue>| {
            let text = item.get_ref().as_str()?;
            Some(Placed { value: text.into(), span: complaints.repaired.span(item.span()) })
        };
        let texts = value.get_ref().as_array().and_then(|items| items.iter().map(placed).collect::<Option<Vec<_>>>());
        texts.unwrap_or_else(|| {
            complaints.wrong_type(key, value, Expected::Texts(example));
            Vec::new()
        })
    }

    /// A list of texts; empty if the key is missing.
    pub fn texts(&mut self, key: &'static str, complaints: &mut Complaints) -> Vec<Box<str>> {
        let texts = self.placed_texts(key, complaints);
        texts.into_iter().map(|text| text.value).collect()
    }

    /// A list of tables; empty if the key is missing.
    pub fn tables(&mut self, key: &'static str, complaints: &mut Complaints) -> Vec<Table<'t, 'i>> {
        let (name, settings) = (self.dotted(key), self.setting(key).shape.within());
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            complaints.wrong_type(key, value, Expected::Links);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(entries) => {
                    let span = complaints.repaired.span(item.span());
                    tables.push(Table::new(name.clone(), span, entries, settings));
                }
                None => complaints.wrong_type(key, item, Expected::Link),
            }
        }
        tables
    }

    /// A table below this one; `None` if the key is missing.
    pub fn table(&mut self, key: &'static str, complaints: &mut Complaints) -> Option<Table<'t, 'i>> {
        let (name, settings) = (self.dotted(key), self.setting(key).shape.within());
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            Some(entries) => Some(Table::new(name, complaints.repaired.span(value.span()), entries, settings)),
            None => {
                complaints.wrong_type(key, value, Expected::Heading(&name));
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
            let span = complaints.repaired.span(name.span());
            let placed = Placed { value: Box::from(&**name.get_ref()), span };
            match value.get_ref().as_table() {
                Some(entries) => {
                    let dotted = outer.dotted(name.get_ref());
                    tables.push((placed, Table::new(dotted, span, entries, outer.settings)));
                }
                None if key == "fields" => complaints.wrong_type(name.get_ref(), value, Expected::Field),
                None if key == "relations" => complaints.wrong_type(name.get_ref(), value, Expected::Relation),
                None => {
                    let heading = outer.dotted(name.get_ref());
                    complaints.wrong_type(name.get_ref(), value, Expected::Heading(&heading));
                }
            }
        }
        tables.sort_by_key(|(name, _)| name.span);
        tables
    }

    /// The texts below `key` with their names, whatever they are called; none if the key is missing.
    pub fn named_texts(&mut self, key: &'static str, complaints: &mut Complaints) -> Vec<(Box<str>, Box<str>)> {
        let Some(outer) = self.table(key, complaints) else { return Vec::new() };
        let mut texts = Vec::new();
        for (name, value) in outer.entries {
            match value.get_ref().as_str() {
                Some(text) => texts.push((Box::from(&**name.get_ref()), Box::from(text))),
                None => complaints.wrong_type(name.get_ref(), value, Expected::Text),
            }
        }
        texts
    }

    /// Whatever stands under `key`, as a template value: an empty map if the key is missing.
    pub fn free(&mut self, key: &'static str, complaints: &mut Complaints) -> tera::Value {
        match self.value(key) {
            Some(value) => complaints.template_value(value),
            None => tera::Value::from(tera::Map::new()),
        }
    }

    /// Complains of every key that is no setting of this table, and of those that are missing, unless one stands there
    /// misspelt.
    pub fn finish(mut self, complaints: &mut Complaints) {
        let described: BTreeSet<_> = self.settings.iter().map(|setting| setting.key).collect();
        debug_assert_eq!(self.asked, described, "every setting that is described is asked for");
        for (key, _) in self.entries {
            let name = &**key.get_ref();
            if described.contains(name) {
                continue;
            }
            self.missing.retain(|(missing, _)| nearest(name, [*missing]).is_none());
            let place = Place::at(complaints.path, complaints.repaired.span(key.span()));
            if !self.name.is_empty() && SETTINGS.iter().any(|setting| setting.key == name) {
                complaints.found.push(complaints::misplaced_setting(place, &self.name, name));
                continue;
            }
            let missing = described.iter().copied().filter(|known| !self.entries.contains_key(*known));
            complaints.found.push(complaints::unknown_setting(place, &self.name, name, &described, missing));
        }
        complaints.found.extend(self.missing.into_iter().map(|(_, complaint)| complaint));
    }

    fn dotted(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

impl Complaints<'_> {
    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue>, wanted: Expected) {
        let written = &self.repaired.mended.text()[value.span()];
        let span = self.repaired.span(value.span());
        let place = Place::at(self.path, span);
        if let Some(name) = written.strip_prefix("[[").and_then(|rest| rest.split(']').next())
            && matches!(wanted, Expected::Heading(_))
        {
            let span = Span::new(span.start, span.start + name.len() + "[[]]".len());
            let complaint = slip_complaints::broken_heading(Place::at(self.path, span));
            return self.found.push(complaint.fix(span, format!("[{name}]")));
        }
        let complaint =
            complaints::wrong_setting(place, key, kind_of(value.get_ref()), &wanted.words(), &wanted.example(key));
        self.found.push(match wanted.cure(value.get_ref()) {
            Some(cure) => complaint.help("write it so").fix(span, cure),
            None if matches!(wanted, Expected::Count) && value.get_ref().is_str() => {
                complaint.help("write the number in digits")
            }
            None => complaint,
        });
    }

    fn unseen(&mut self, key: &str, value: &Spanned<DeValue>) {
        let place = Place::at(self.path, self.repaired.span(value.span()));
        self.found.push(complaints::unseen_in_setting(place, key));
    }

    /// A TOML value as templates see it; dates become text. Addresses that would run a program are complained of.
    fn template_value(&mut self, value: &Spanned<DeValue>) -> tera::Value {
        match value.get_ref() {
            DeValue::String(text) => {
                if let Some(scheme) = runs(text) {
                    self.found.push(complaints::running_address(
                        Place::at(self.path, self.repaired.span(value.span())),
                        scheme,
                    ));
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

/// What a setting must be.
#[derive(Clone, Copy)]
enum Expected<'w> {
    Text,
    Truth,
    Count,
    /// A list of texts such as this one.
    Texts(&'w str),
    Links,
    Link,
    Field,
    Relation,
    /// Settings below a heading of this name.
    Heading(&'w str),
}

impl Expected<'_> {
    fn words(self) -> String {
        match self {
            Self::Text => "text in quotes".to_owned(),
            Self::Truth => "`true` or `false`, without quotes".to_owned(),
            Self::Count => "a whole number such as `2`, without quotes and not below `0`".to_owned(),
            Self::Texts(example) => format!("a list of texts such as `{example}`"),
            Self::Links => "a list such as `[{ to = \"@/about.md\" }]`".to_owned(),
            Self::Link => "an entry such as `{ to = \"@/about.md\" }`".to_owned(),
            Self::Field => "settings such as `{ type = \"text\" }`".to_owned(),
            Self::Relation => "settings such as `{ to = \"practice\", inverse = \"signs\" }`".to_owned(),
            Self::Heading(name) => format!("a heading `[{name}]` with its settings below it"),
        }
    }

    /// How the setting `key` may be written.
    fn example(self, key: &str) -> String {
        match self {
            Self::Text => format!("{key} = \"…\""),
            Self::Truth => format!("{key} = true"),
            Self::Count => format!("{key} = 12"),
            Self::Texts(example) => format!("{key} = {example}"),
            Self::Links => format!("{key} = [{{ to = \"@/about.md\" }}]"),
            Self::Link => "{ to = \"@/about.md\" }".to_owned(),
            Self::Field => format!("{key} = {{ type = \"text\" }}"),
            Self::Relation => format!("{key} = {{ to = \"practice\", inverse = \"signs\" }}"),
            Self::Heading(name) => format!("[{name}]"),
        }
    }

    /// What to write in place of `value`, where that is certain.
    fn cure(self, value: &DeValue) -> Option<String> {
        let text = value.as_str();
        match self {
            Self::Truth => match text?.trim().to_lowercase().as_str() {
                "true" | "yes" | "on" => Some("true".to_owned()),
                "false" | "no" | "off" => Some("false".to_owned()),
                _ => None,
            },
            Self::Count => text?.trim().parse::<usize>().ok().map(|number| number.to_string()),
            Self::Texts(_) => {
                let texts = text?.split(',').map(str::trim).filter(|text| !text.is_empty()).map(in_quotes);
                Some(format!("[{}]", texts.collect::<Vec<_>>().join(", ")))
            }
            Self::Link => text.map(|text| format!("{{ to = {} }}", in_quotes(text))),
            Self::Field => text.map(|text| format!("{{ type = {} }}", in_quotes(text))),
            _ => None,
        }
    }
}

/// What a value is, in plain words.
fn kind_of(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(number) if number.as_str().starts_with('-') => "a number below `0`",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
