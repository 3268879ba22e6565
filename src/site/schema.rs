//! The settings → a JSON Schema (draft 7) of `site.toml`, and what it shares with that of a front matter.
//!
//! Types, words to choose from, what must stand there, and help: all from the descriptions. How a text must be written is the
//! reader's business; a schema that said it again would be a second reader. It never calls wrong what Betwixt takes. Draft 7,
//! for editors know no later one of YAML.

use serde_json::{Map, Value, json};

use super::setting::{Need, Setting, SettingShape, Taken};
use super::settings::SETTINGS;
use crate::base::Code;

/// What every schema says of itself.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
/// What a guide has that an editor may offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// The names of the pages of each kind, by the kind's place among the declared ones.
    pub pages: Vec<Vec<Box<str>>>,
    /// The names of the declared kinds.
    pub kinds: Vec<Box<str>>,
    /// The keys of its sources.
    pub sources: Vec<Box<str>>,
    /// The templates that a page may ask for.
    pub templates: Vec<Box<str>>,
    /// The words that its pages are filed under.
    pub tags: Vec<Box<str>>,
    /// The names of all citation styles.
    pub styles: Vec<Box<str>>,
}

/// The schema of `site.toml`.
#[must_use]
pub fn of_settings(completions: &Completions) -> Value {
    whole("The settings of a guide", table(&SETTINGS, completions))
}

/// `schema` as a file of its own.
#[must_use]
pub fn whole(title: &str, schema: Map<String, Value>) -> Value {
    let mut out = Map::new();
    out.insert("$schema".into(), DRAFT.into());
    out.insert("title".into(), title.into());
    out.extend(schema);
    Value::Object(out)
}

/// A table or map with these keys and no others.
#[must_use]
pub fn keys<'k>(properties: Map<String, Value>, required: impl Iterator<Item = &'k str>) -> Map<String, Value> {
    object(json!({
        "type": "object",
        "properties": Value::Object(properties),
        "required": required.collect::<Vec<_>>(),
        "additionalProperties": false,
    }))
}

/// A line of text with something in it.
#[must_use]
pub fn filled() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// One of these words, which an editor offers, or whatever else `shape` allows: a list that may grow must call nothing
/// wrong that came after it.
#[must_use]
pub fn offering(words: &[Box<str>], shape: Value) -> Value {
    if words.is_empty() { shape } else { json!({ "anyOf": [{ "type": "string", "enum": words }, shape] }) }
}

/// `schema` with the words that an editor shows for it.
#[must_use]
pub fn described(help: &str, schema: Value) -> Value {
    let mut out = Map::new();
    out.insert("description".into(), help.into());
    out.extend(object(schema));
    Value::Object(out)
}

/// A list of names of warnings and of advice.
#[must_use]
pub fn codes() -> Value {
    json!({ "type": "array", "items": { "enum": Code::choosable().map(Code::name).collect::<Vec<_>>() } })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn table(settings: &[Setting], completions: &Completions) -> Map<String, Value> {
    let property = |setting: &Setting| {
        let mut property = described(setting.help, shape(&setting.shape, completions));
        // A table has no example of its own: its settings have.
        if let Ok(table) = toml::from_str::<Map<String, Value>>(&format!("{} = {}", setting.key, setting.example)) {
            property["examples"] = table.into_iter().map(|(_, example)| example).collect();
        }
        (setting.key.to_owned(), property)
    };
    let required = settings.iter().filter(|setting| setting.need == Need::Must).map(|setting| setting.key);
    let mut schema = keys(settings.iter().map(property).collect(), required);
    // Taplo underlines the whole table if the table itself is what is wrong; so it is what stands under the key.
    schema.insert("additionalProperties".into(), json!({ "not": {} }));
    let conditional = settings.iter().filter_map(|setting| match setting.need {
        Need::With(other, words) => Some(needed_with(setting, other, words)),
        Need::Beside(other, least) => Some(idle_without(setting, other, least)),
        Need::Must | Need::May => None,
    });
    let conditional: Vec<Value> = conditional.collect();
    if !conditional.is_empty() {
        schema.insert("allOf".into(), conditional.into());
    }
    schema
}

/// Where `other` is one of these words, the setting must be there with something in it.
fn needed_with(setting: &Setting, other: &str, words: &[&str]) -> Value {
    let filled = match setting.shape {
        SettingShape::Named(..) => json!({ "minProperties": 1 }),
        _ => json!({ "minItems": 1 }),
    };
    json!({
        "if": { "properties": { other: { "enum": words } }, "required": [other] },
        "then": { "required": [setting.key], "properties": { setting.key: filled } },
    })
}

/// Where the setting is, `other` must be there with at least so great a number.
fn idle_without(setting: &Setting, other: &str, least: usize) -> Value {
    json!({
        "if": { "required": [setting.key] },
        "then": { "required": [other], "properties": { other: { "minimum": least } } },
    })
}

fn shape(shape: &SettingShape, completions: &Completions) -> Value {
    match shape {
        SettingShape::Text => json!({ "type": "string" }),
        SettingShape::Filled
        | SettingShape::Address
        | SettingShape::Path
        | SettingShape::Page
        | SettingShape::Output
        | SettingShape::Period => filled(),
        SettingShape::Contact => json!({ "type": "string", "pattern": "^\\s*https://|@" }),
        SettingShape::Kind => offering(&completions.kinds, filled()),
        SettingShape::Key => name(Taken::Keys),
        SettingShape::Style if completions.styles.is_empty() => json!({ "type": "string" }),
        SettingShape::Style => json!({ "enum": completions.styles }),
        SettingShape::Type(types) => json!({ "enum": types }),
        SettingShape::Word(words) => json!({ "enum": words }),
        SettingShape::Boolean => json!({ "type": "boolean" }),
        SettingShape::Count => json!({ "type": "integer", "minimum": 0 }),
        SettingShape::Number => json!({ "type": "number" }),
        SettingShape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        SettingShape::OneOf(numbers) => json!({ "enum": numbers }),
        SettingShape::Codes => codes(),
        SettingShape::Texts | SettingShape::Addresses => json!({ "type": "array", "items": { "type": "string" } }),
        SettingShape::Phrases => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        SettingShape::Table(settings) => Value::Object(table(settings, completions)),
        SettingShape::Tables(settings) => json!({ "type": "array", "items": table(settings, completions) }),
        SettingShape::Named(taken, _, settings) => json!({
            "type": "object",
            "propertyNames": name(*taken),
            "additionalProperties": table(settings, completions),
        }),
        SettingShape::Free => json!({}),
    }
}

/// A name of the author's own.
fn name(taken: Taken) -> Value {
    match taken.names() {
        free if free.is_empty() => filled(),
        names => json!({ "type": "string", "minLength": 1, "not": { "enum": names } }),
    }
}
