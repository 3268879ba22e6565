//! The keys of a page → a JSON Schema (draft 7) of its front matter.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::expected::Expected;
use super::page::Role;
use crate::base::{capitalize, in_backticks};
use crate::site::schema::{Completions, codes, described, filled, keys, offering, whole};
use crate::site::{Bounds, CommonKey, Field, FieldShape, Kind, PageRules, Relation};

/// The schema of the front matter of pages of a declared kind, or of pages of none that play this part.
#[must_use]
pub fn front_matter(kind: Option<&Kind>, role: Role, rules: &PageRules, completions: &Completions) -> Value {
    // The home page has a fixed address.
    let is_fixed = |key: CommonKey| role == Role::Home && matches!(key, CommonKey::Slug | CommonKey::Path);
    let mut properties: Map<String, Value> = CommonKey::ALL
        .iter()
        .filter(|key| !is_fixed(**key))
        .map(|key| (key.name().to_owned(), described(key.help(), common(*key, rules, completions))))
        .collect();
    let mut required = vec![CommonKey::Title.name()];
    for field in kind.map_or(&[][..], |kind| &kind.fields) {
        properties.insert(field.name.to_string(), described(&help(field), value(&field.shape, &[], completions)));
        required.extend(field.required.then_some(&*field.name));
    }
    for relation in kind.map_or(&[][..], |kind| &kind.relations) {
        properties.insert(relation.name.to_string(), relation_entries(relation, rules, completions));
        required.extend((relation.min > 0).then_some(&*relation.name));
    }
    let mut schema = keys(properties, required.into_iter());
    let (order, weight) = (CommonKey::Order.name(), CommonKey::Weight.name());
    let message = format!("`{order}` and `{weight}` mean the same: keep `{order}`.");
    schema
        .insert("dependencies".into(), json!({ weight: { "properties": { order: false }, "errorMessage": message } }));
    let title = match (kind, role) {
        (Some(kind), _) => format!("The front matter of a {}", kind.one),
        (None, Role::Home) => "The front matter of the first page".to_owned(),
        (None, Role::Section) => "The front matter of a section".to_owned(),
        (None, Role::Page) => "The front matter of a page of no kind".to_owned(),
    };
    whole(&title, schema)
}

fn common(key: CommonKey, rules: &PageRules, completions: &Completions) -> Value {
    let offered = match key {
        CommonKey::Template => &completions.templates[..],
        CommonKey::Tags => &completions.tags,
        CommonKey::Ignore => return codes(),
        CommonKey::Gathers => return one_of(&rules.fields_to_gather()),
        _ => &[],
    };
    match key.shape() {
        Some(shape) => value(&shape, offered, completions),
        // These hold a page back, so they stand above.
        None => json!({ "type": "object", "properties": { "draft": false, "expires": false } }),
    }
}

/// One of these words; if there are none, nothing.
fn one_of(words: &BTreeSet<&str>) -> Value {
    if words.is_empty() { json!(false) } else { json!({ "enum": words }) }
}

/// What a key of this shape may hold; `offered` are some of its texts.
fn value(shape: &FieldShape, offered: &[Box<str>], completions: &Completions) -> Value {
    match shape {
        FieldShape::Text { .. }
        | FieldShape::Markdown { .. }
        | FieldShape::Page
        | FieldShape::File
        | FieldShape::Picture => offering(offered, filled()),
        FieldShape::Integer(bounds) => bounded(json!({ "type": "integer" }), *bounds, ["minimum", "maximum"]),
        FieldShape::Number(bounds) => bounded(json!({ "type": "number" }), *bounds, ["minimum", "maximum"]),
        FieldShape::Boolean => json!({ "type": "boolean" }),
        FieldShape::Date => json!({ "type": "string", "format": "date" }),
        FieldShape::Choice(choices) => json!({ "enum": choices }),
        FieldShape::List(bounds) => {
            let list = json!({ "type": "array", "items": offering(offered, filled()) });
            bounded(list, *bounds, ["minItems", "maxItems"])
        }
        FieldShape::Map(keys) => map(keys, completions),
        FieldShape::Maps(keys, bounds) => {
            bounded(json!({ "type": "array", "items": map(keys, completions) }), *bounds, ["minItems", "maxItems"])
        }
        FieldShape::Source => offering(&completions.sources, filled()),
        FieldShape::Sources(bounds) => {
            let list = json!({ "type": "array", "items": offering(&completions.sources, filled()) });
            bounded(list, *bounds, ["minItems", "maxItems"])
        }
        FieldShape::Url => json!({ "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" }),
        FieldShape::Email => json!({ "type": "string", "pattern": "@" }),
        FieldShape::Phone => json!({ "type": ["string", "integer"] }),
    }
}

/// `schema` with the bounds that there are, under these keys.
fn bounded(mut schema: Value, bounds: Bounds, [least, most]: [&str; 2]) -> Value {
    for (key, bound) in [(least, bounds.min), (most, bounds.max)] {
        if let Some(bound) = bound {
            schema[key] = number(bound.get());
        }
    }
    schema
}

/// A number as JSON writes it: a whole one without a fraction.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
        return json!(number as i64);
    }
    json!(number)
}

fn map(fields: &[Field], completions: &Completions) -> Value {
    let properties = fields
        .iter()
        .map(|field| (field.name.to_string(), described(&help(field), value(&field.shape, &[], completions))));
    let required = fields.iter().filter(|field| field.required).map(|field| &*field.name);
    Value::Object(keys(properties.collect(), required))
}

/// What a field is for, as `site.toml` says it; else what stands in it.
fn help(field: &Field) -> String {
    if !field.help.is_empty() {
        return field.help.to_string();
    }
    match &field.shape {
        FieldShape::Text { max_words: None } => "A line of text.".to_owned(),
        FieldShape::Text { max_words: Some(most) } => format!("A line of text, {most} words at most."),
        FieldShape::Markdown { .. } => "A text in Markdown, in one line or below a `|`.".to_owned(),
        FieldShape::Choice(choices) => format!("One of {}.", choices.join(", ")),
        FieldShape::Source => "The key of a source.".to_owned(),
        FieldShape::Sources(_) => "A list of keys of sources.".to_owned(),
        shape => format!("{}.", capitalize(Expected::of(shape).words())),
    }
}

/// The entries of a relation.
fn relation_entries(relation: &Relation, rules: &PageRules, completions: &Completions) -> Value {
    let at = rules.kinds.iter().position(|kind| kind.name == relation.to);
    let one = at.map_or(&*relation.to, |at| &*rules.kinds[at].one);
    let pages = at.and_then(|at| completions.pages.get(at)).map_or(&[][..], Vec::as_slice);
    let to = offering(pages, filled());
    let mut entry = Map::new();
    let help = format!("The other page, a {one}: its file's name without `.md`.");
    entry.insert("to".into(), described(&help, to.clone()));
    entry.insert("why".into(), described("The reason, one sentence for the reader.", filled()));
    let weight = json!({ "type": "integer", "minimum": 1, "maximum": 3 });
    entry.insert("weight".into(), described("How strongly, from 1 to 3; without it, 1.", weight));
    let needed = if relation.why_required { &["to", "why"][..] } else { &["to"] };
    let title = format!("an entry with {}", in_backticks(needed, " and "));
    let mut long = Value::Object(keys(entry, needed.iter().copied()));
    long["title"] = title.into();
    let items = if relation.why_required { long } else { json!({ "anyOf": [to, long] }) };
    let reason = if relation.why_required { ", each with its reason" } else { "" };
    let least = if relation.min > 0 { format!("; {} at least", relation.min) } else { String::new() };
    described(
        &format!("Pages that this one leads to ({one}){reason}{least}."),
        json!({ "type": "array", "minItems": relation.min, "uniqueItems": true, "items": items }),
    )
}
