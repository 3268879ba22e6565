//! The tree of `site.toml` → the values that the descriptions of its settings ask for; all else is complained of where it
//! stands.
//!
//! Knows no setting by its name: what may stand where is said in `settings.rs` alone.

use std::collections::{BTreeMap, BTreeSet};

use super::expected::{Expected, kind_of};
use super::setting::{Need, Setting, SettingShape, Taken};
use super::settings::SETTINGS;
use super::values::{Scalar, Table, Value};
use super::{BaseUrl, CONTENT, Period, STATIC, THEMES, choosable, complaints};
use crate::base::{
    Diagnostic, Finite, Known, OutPath, Place, SourcePath, Span, Spanned, has_forbidden, is_mail_address, runs,
};
use crate::syntax::toml;

/// Reads a configuration by its descriptions.
pub(super) struct Reader<'r> {
    /// The configuration file.
    pub path: &'r SourcePath,
    /// The site's address from the command line, which stands before that of the file.
    pub asked: Option<&'r str>,
    /// What was found so far.
    pub found: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The values of a table of these settings; `name` is dotted, such as `kinds.topic`, and empty for the file itself.
    pub fn table(&mut self, name: &str, tree: Spanned<&toml::Table>, settings: &'static [Setting]) -> Table {
        let Spanned { value: entries, span } = tree;
        let is_unknown = |name: &str| !settings.iter().any(|setting| setting.key == name);
        let unknown: Vec<Box<str>> =
            entries.iter().map(|entry| entry.key.value.clone()).filter(|name| is_unknown(name)).collect();
        let mut table = Table { span, values: BTreeMap::new(), unknown };
        for setting in settings {
            let key = setting.key;
            let value = match entries.get(key) {
                Some(value) => match self.value(&dotted(name, key), setting, value) {
                    Known::Value(read) => Known::Value(Spanned { value: read, span: value.span }),
                    Known::Reported => Known::Reported,
                },
                // It stands there misspelt, and that is said of the key.
                None if table.is_misspelt(key) => Known::Reported,
                None if self.is_needed(setting) => {
                    self.found.push(complaints::missing_setting(self.path, span, name, key, setting.example));
                    Known::Reported
                }
                None => continue,
            };
            table.values.insert(key, value);
        }
        self.name_unknown_keys(name, entries, settings);
        self.ask_for_conditional(name, &mut table, settings);
        self.refuse_idle(&mut table, settings);
        table
    }

    /// Must the setting stand in its table, whatever else does?
    fn is_needed(&self, setting: &Setting) -> bool {
        setting.need == Need::Must && !self.is_overruled(setting)
    }

    /// Does the command line say what the setting would?
    fn is_overruled(&self, setting: &Setting) -> bool {
        setting.shape == SettingShape::Address && self.asked.is_some()
    }

    /// Complains of each setting that another makes needed.
    fn ask_for_conditional(&mut self, name: &str, table: &mut Table, settings: &'static [Setting]) {
        for setting in settings {
            let Need::With(other, words) = setting.need else { continue };
            let Some(cause) = table.text(other).filter(|text| words.contains(&&*text.value)) else { continue };
            let is_empty = match table.values.get(setting.key) {
                None => true,
                Some(Known::Value(value)) => value.value.is_empty(),
                Some(Known::Reported) => false,
            };
            if is_empty {
                let complaint = complaints::missing_setting(self.path, cause.span, name, setting.key, setting.example);
                self.found.push(complaint);
                table.values.insert(setting.key, Known::Reported);
            }
        }
    }

    /// Complains of each setting that says nothing beside another as it is.
    fn refuse_idle(&mut self, table: &mut Table, settings: &'static [Setting]) {
        for setting in settings {
            let Need::Beside(other, least) = setting.need else { continue };
            let (Some(span), Some(other)) =
                (table.span_of(setting.key), settings.iter().find(|known| known.key == other))
            else {
                continue;
            };
            let is_told = table.leaves_out(other.key) || table.count(other.key).is_some();
            if is_told && table.count(other.key).unwrap_or_default() < least {
                let place = Place::at(self.path, span);
                self.found.push(complaints::idle_setting(place, setting.key, other, least));
                table.values.insert(setting.key, Known::Reported);
            }
        }
    }

    /// Complains of every key that is no setting of a table.
    fn name_unknown_keys(&mut self, name: &str, entries: &toml::Table, settings: &[Setting]) {
        let described: BTreeSet<_> = settings.iter().map(|setting| setting.key).collect();
        for toml::Entry { key, .. } in entries.iter().filter(|entry| !described.contains(&*entry.key.value)) {
            let place = Place::at(self.path, key.span);
            if !name.is_empty() && SETTINGS.iter().any(|setting| *setting.key == *key.value) {
                self.found.push(complaints::misplaced_setting(place, name, key));
                continue;
            }
            let missing = described.iter().copied().filter(|known| entries.get(known).is_none());
            self.found.push(complaints::unknown_setting(place, name, key, &described, missing));
        }
    }

    fn value(&mut self, name: &str, setting: &'static Setting, value: &Spanned<toml::Value>) -> Known<Value> {
        let key = setting.key;
        match (&setting.shape, &value.value) {
            (SettingShape::Boolean, toml::Value::Boolean(truth)) => Known::Value(Value::Truth(*truth)),
            (SettingShape::Boolean, _) => self.wrong_type(key, value, Expected::Truth),
            (SettingShape::Count, toml::Value::Integer(number)) if *number >= 0 => {
                Known::Value(Value::Count(usize::try_from(*number).unwrap_or(usize::MAX)))
            }
            (SettingShape::Count, _) => self.wrong_type(key, value, Expected::Count(setting.example)),
            (SettingShape::Number, toml::Value::Integer(number)) => Known::Value(Value::Number(Finite::whole(*number))),
            (SettingShape::Number, toml::Value::Float(number)) if let Some(number) = Finite::new(*number) => {
                Known::Value(Value::Number(number))
            }
            (SettingShape::Number, _) => self.wrong_type(key, value, Expected::Number(setting.example)),
            (SettingShape::Scalar, found) => match scalar(found) {
                Some(scalar) => Known::Value(Value::Scalar(scalar)),
                None => self.wrong_type(key, value, Expected::Scalar),
            },
            (SettingShape::OneOf(numbers), toml::Value::Integer(number))
                if usize::try_from(*number).is_ok_and(|number| numbers.contains(&number)) =>
            {
                Known::Value(Value::Count(usize::try_from(*number).unwrap_or_default()))
            }
            (SettingShape::OneOf(numbers), _) => self.wrong_type(key, value, Expected::OneOf(numbers)),
            (SettingShape::Codes, _) => self.codes(setting, value),
            (SettingShape::Texts | SettingShape::Addresses, _) => self.texts(setting, value),
            (SettingShape::Phrases, toml::Value::Table(table)) => self.phrases(table),
            (SettingShape::Table(settings), toml::Value::Table(table)) => {
                Known::Value(Value::Table(self.table(name, Spanned { value: table, span: value.span }, settings)))
            }
            (SettingShape::Tables(settings), _) => self.tables(name, setting, settings, value),
            (SettingShape::Named(taken, example, settings), toml::Value::Table(table)) => {
                Known::Value(Value::Named(self.named(name, *taken, (example, settings), table)))
            }
            (SettingShape::Phrases | SettingShape::Table(_) | SettingShape::Named(..), _) => {
                self.wrong_type(key, value, Expected::Heading(name))
            }
            (SettingShape::Free, _) => Known::Value(Value::Free(self.template_value(value))),
            (_, toml::Value::Text(text)) => match self.text(setting, text, value.span) {
                Ok(value) => Known::Value(value),
                Err(complaint) => {
                    self.found.push(*complaint);
                    Known::Reported
                }
            },
            _ => self.wrong_type(key, value, Expected::Text),
        }
    }

    /// A line of text as its setting asks for it.
    fn text(&self, setting: &Setting, text: &str, span: Span) -> Result<Value, Box<Diagnostic>> {
        let key = setting.key;
        let place = Place::at(self.path, span);
        let complaint = if has_forbidden(text) {
            Some(complaints::unseen_in_setting(place, key))
        } else if self.is_overruled(setting) {
            None
        } else if text.trim().is_empty() && !setting.shape.may_be_blank() {
            Some(complaints::empty_setting(self.path, span, key, setting.example))
        } else {
            match setting.shape {
                SettingShape::Address => match BaseUrl::parse(text) {
                    Some(address) => return Ok(Value::Address(address)),
                    None => Some(complaints::base_url(place, text)),
                },
                SettingShape::Period => match Period::parse(text) {
                    Some(period) => return Ok(Value::Period(period)),
                    None => Some(complaints::bad_period(self.path, span, key, text)),
                },
                SettingShape::Contact if !is_contact(text.trim()) => {
                    let example = format!("{key} = {}", setting.example);
                    let wanted = "a mail address, or an address that begins with `https://`";
                    Some(complaints::wrong_setting(place, key, "another text", wanted, &example))
                }
                SettingShape::Path if !is_plain_path(text) => Some(complaints::bad_folder(place, key, text)),
                SettingShape::Output if is_source(text) => Some(complaints::bad_output(place, text)),
                SettingShape::Page if !is_page_name(text) => Some(complaints::no_page_name(place, text)),
                SettingShape::Key => self.name(text, span, Taken::Keys),
                SettingShape::Type(types) if !types.contains(&text) => {
                    Some(complaints::kinds::unknown_type(self.path, span, text, types))
                }
                SettingShape::Word(words) if !words.contains(&text) => {
                    let wanted: Vec<_> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                    let example = format!("{key} = {}", setting.example);
                    Some(complaints::wrong_setting(place, key, "another word", &wanted.join(" or "), &example))
                }
                _ => None,
            }
        };
        complaint.map_or_else(|| Ok(Value::Text(text.into())), |complaint| Err(Box::new(complaint)))
    }

    /// What is wrong with a name of the author's own.
    fn name(&self, name: &str, span: Span, taken: Taken) -> Option<Diagnostic> {
        let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
        let why = match (is_plain, taken.names().contains(&name)) {
            (false, _) => "names are small letters, digits, `_` and `-`, and begin with a letter",
            (true, true) => taken.why(),
            (true, false) => return None,
        };
        Some(complaints::kinds::name_taken(self.path, span, name, why))
    }

    fn texts(&mut self, setting: &Setting, value: &Spanned<toml::Value>) -> Known<Value> {
        let text = |item: &Spanned<toml::Value>| Some(Spanned { value: Box::from(item.as_text()?), span: item.span });
        let texts: Option<Vec<Spanned<Box<str>>>> = value.as_list().and_then(|items| items.iter().map(text).collect());
        let Some(texts) = texts else {
            return self.wrong_type(setting.key, value, Expected::Texts(setting.example));
        };
        if setting.shape == SettingShape::Addresses {
            let is_address = |text: &str| text.starts_with("https://") || text.starts_with("http://");
            let odd = texts.iter().filter(|text| !is_address(text));
            self.found.extend(odd.map(|text| complaints::skipped_address(Place::at(self.path, text.span), text)));
        }
        Known::Value(Value::Texts(texts))
    }

    fn codes(&mut self, setting: &Setting, value: &Spanned<toml::Value>) -> Known<Value> {
        let Known::Value(Value::Texts(names)) = self.texts(setting, value) else { return Known::Reported };
        let mut codes = Vec::new();
        for Spanned { value: name, span } in names {
            let code = choosable(&name, Place::at(self.path, span), &mut self.found);
            codes.extend(code.map(|value| Spanned { value, span }));
        }
        Known::Value(Value::Codes(codes))
    }

    fn phrases(&mut self, table: &toml::Table) -> Known<Value> {
        let mut phrases = Vec::new();
        for toml::Entry { key, value } in table.iter() {
            match value.as_text() {
                Some(text) => phrases.push((key.clone(), Box::from(text))),
                None => drop(self.wrong_type::<()>(key, value, Expected::Text)),
            }
        }
        Known::Value(Value::Phrases(phrases))
    }

    fn tables(
        &mut self,
        name: &str,
        setting: &Setting,
        settings: &'static [Setting],
        value: &Spanned<toml::Value>,
    ) -> Known<Value> {
        let Some(items) = value.as_list() else {
            return self.wrong_type(setting.key, value, Expected::Tables(setting.example));
        };
        let example = setting.example.trim_matches(['[', ']']);
        let mut tables = Vec::new();
        for item in items {
            match item.as_table() {
                Some(table) => tables.push(self.table(name, Spanned { value: table, span: item.span }, settings)),
                None => drop(self.wrong_type::<()>(setting.key, item, Expected::Item(example, settings))),
            }
        }
        Known::Value(Value::Tables(tables))
    }

    /// The tables below names of the author's own; each is like `example`, or stands below a heading.
    fn named(
        &mut self,
        outer: &str,
        taken: Taken,
        (example, settings): (&str, &'static [Setting]),
        tables: &toml::Table,
    ) -> Vec<(Spanned<Box<str>>, Known<Table>)> {
        let mut read = Vec::new();
        for toml::Entry { key, value } in tables.iter() {
            let complaint = self.name(key, key.span, taken);
            let is_taken = complaint.is_some();
            self.found.extend(complaint);
            let name = dotted(outer, key);
            let table = match value.as_table() {
                Some(table) => Known::Value(self.table(&name, Spanned { value: table, span: key.span }, settings)),
                None if example.is_empty() => self.wrong_type(key, value, Expected::Heading(&name)),
                None => self.wrong_type(key, value, Expected::Entry(example, settings)),
            };
            read.push((key.clone(), if is_taken { Known::Reported } else { table }));
        }
        read.sort_by_key(|(name, _)| name.span);
        read
    }

    fn wrong_type<T>(&mut self, key: &str, value: &Spanned<toml::Value>, wanted: Expected) -> Known<T> {
        let place = Place::at(self.path, value.span);
        self.found.push(match (wanted, &value.value) {
            (Expected::Heading(name), toml::Value::Headed(_)) => {
                complaints::broken_heading(place).fix(value.span, format!("[{name}]"))
            }
            (_, found) => {
                let complaint =
                    complaints::wrong_setting(place, key, kind_of(found), &wanted.words(), &wanted.example(key));
                match wanted.cure(found) {
                    Some(cure) => complaint.help("write it so").fix(value.span, cure),
                    None if matches!((wanted, found), (Expected::Count(_), toml::Value::Text(_))) => {
                        complaint.help("write the number in digits")
                    }
                    None => complaint,
                }
            }
        });
        Known::Reported
    }

    /// A value as templates see it; dates become text. Addresses that would run a program are complained of.
    fn template_value(&mut self, value: &Spanned<toml::Value>) -> tera::Value {
        match &value.value {
            toml::Value::Text(text) => {
                let place = Place::at(self.path, value.span);
                self.found.extend(runs(text).map(|scheme| complaints::running_address(place, scheme)));
                tera::Value::from(&**text)
            }
            toml::Value::Integer(number) => tera::Value::from(*number),
            toml::Value::Float(number) => tera::Value::from(*number),
            toml::Value::Boolean(truth) => tera::Value::from(*truth),
            toml::Value::Number(text) | toml::Value::Moment(text) => tera::Value::from(&**text),
            toml::Value::List(items) | toml::Value::Headed(items) => {
                tera::Value::from(items.iter().map(|item| self.template_value(item)).collect::<Vec<_>>())
            }
            toml::Value::Table(entries) => {
                let mut map = tera::Map::new();
                for toml::Entry { key, value } in entries.iter() {
                    map.insert(key.value.to_string().into(), self.template_value(value));
                }
                tera::Value::from(map)
            }
        }
    }
}

/// A text, number or truth.
fn scalar(value: &toml::Value) -> Option<Scalar> {
    Some(match value {
        toml::Value::Text(text) => Scalar::Text(Box::from(&**text)),
        toml::Value::Integer(number) => Scalar::Integer(*number),
        toml::Value::Float(number) => Scalar::Number(Finite::new(*number)?),
        toml::Value::Boolean(truth) => Scalar::Boolean(*truth),
        _ => return None,
    })
}

fn dotted(name: &str, key: &str) -> String {
    if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") }
}

/// Can readers write to this address?
fn is_contact(text: &str) -> bool {
    let is_web = text.starts_with("https://") && has_host(text) && !text.contains(char::is_whitespace);
    is_web || is_mail_address(text.strip_prefix("mailto:").unwrap_or(text))
}

/// Is there a host behind the scheme?
fn has_host(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.host_str().is_some())
}

/// Is this a plain path below the content folder?
fn is_plain_path(text: &str) -> bool {
    OutPath::new(text).is_ok() && !text.starts_with("content/")
}

/// Is this folder the site's own, or one of those that it is made from, or in them?
fn is_source(text: &str) -> bool {
    let slashed = text.replace('\\', "/");
    let parts: Vec<&str> = slashed.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let is_below = |folder: &&str| !slashed.starts_with('/') && parts.first() == Some(folder);
    parts.iter().all(|part| *part == "..") || [CONTENT, STATIC, THEMES].iter().any(is_below)
}

/// Is this a page's file below the content folder, with or without `@/`?
fn is_page_name(text: &str) -> bool {
    let below = text.strip_prefix("@/").unwrap_or(text);
    let is_file = SourcePath::new(below).is_markdown() && !below.contains('\\') && !below.contains("://");
    is_file && !below.starts_with(['/', '.']) && !below.starts_with("content/")
}
