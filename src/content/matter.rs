//! A front matter → `Matter`: the keys that every page may have, and those of its kind.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use super::expected::Expected;
use super::foreign_keys::{self, Visibility};
use super::values::{self, Values, deeper, key_text};
use super::{complaints, matter_keys};
use crate::base::{Code, KeyPath, OutPath, Span, Step, is_stray, nearest, slugify, surely};
use crate::site::{CommonKey, Field, FieldShape, Kind, PageRules, Relation, choosable};

/// What a page says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    /// Its name; the file's own name where none could be read.
    pub title: Box<str>,
    /// One sentence on it; may be empty.
    pub description: Box<str>,
    /// The day of its first publication.
    pub date: Option<Date>,
    /// The day of its last change.
    pub updated: Option<Date>,
    /// The day on which somebody last made sure that it holds.
    pub reviewed: Option<Date>,
    /// The last day on which it is shown.
    pub expires: Option<Date>,
    /// Whether it is not finished.
    pub is_draft: bool,
    /// Takes the place of the file's name in its address.
    pub slug: Option<Box<str>>,
    /// Takes the place of its whole address, without slashes at the ends.
    pub address: Option<Box<str>>,
    /// Older addresses that lead to it, as published paths without slashes at the ends, with their places' paths.
    pub aliases: Vec<(Box<str>, KeyPath)>,
    /// Its place among its neighbours.
    pub order: Option<i64>,
    /// The template it asks for.
    pub template: Option<Box<str>>,
    /// Words that it is filed under.
    pub tags: Vec<Box<str>>,
    /// Keys of sources that stand behind it, with their places' paths.
    pub sources: Vec<(Box<str>, KeyPath)>,
    /// What is not told of it, with their places' paths.
    pub ignore: Vec<(Code, KeyPath)>,
    /// Whatever the theme may want to know besides.
    pub extra: tera::Value,
    /// The values of its kind's fields, in the kind's order.
    pub fields: Vec<Option<FieldValue>>,
    /// The claims of its kind's relations, in the kind's order.
    pub relation_entries: Vec<Vec<RelationEntry>>,
    /// Whether all of it was understood; what is missing in a half-read front matter is not complained of again.
    pub is_whole: bool,
    /// The same for each of its kind's relations, in the kind's order.
    pub are_relation_entries_whole: Vec<bool>,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// A line of text, or a chosen word.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// Several lines of text.
    List(Vec<Box<str>>),
}

/// One entry of a relation: this page says that it belongs with another, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RelationEntry {
    /// The other page's name: its path below its kind's folder, without `.md`.
    pub to: Box<str>,
    /// The reason; may be empty.
    pub why: Arc<str>,
    /// How strongly, from 1 to 3.
    pub weight: u8,
    /// The way to the name in the front matter.
    pub at: KeyPath,
}

impl RelationEntry {
    /// The way to the entry in the front matter, under the key of its relation.
    #[must_use]
    pub fn way_to_entry(&self) -> KeyPath {
        self.at.iter().take(2).cloned().collect()
    }

    /// The way to the reason in the front matter.
    #[must_use]
    pub fn way_to_why(&self) -> KeyPath {
        let (_, entry) = self.at.split_last().expect("the way to a claim leads through its relation");
        deeper(entry, Step::Key("why".into()))
    }
}

impl Matter {
    /// What is known of a page whose front matter could not be read: its file's name.
    #[must_use]
    pub fn unknown(stem: &str, kind: Option<&Kind>) -> Self {
        Self {
            title: stem.into(),
            description: Box::default(),
            date: None,
            updated: None,
            expires: None,
            reviewed: None,
            is_draft: false,
            slug: None,
            address: None,
            aliases: Vec::new(),
            order: None,
            template: None,
            tags: Vec::new(),
            sources: Vec::new(),
            ignore: Vec::new(),
            extra: tera::Value::from(tera::Map::new()),
            fields: vec![None; kind.map_or(0, |kind| kind.fields.len())],
            relation_entries: vec![Vec::new(); kind.map_or(0, |kind| kind.relations.len())],
            is_whole: false,
            are_relation_entries_whole: vec![false; kind.map_or(0, |kind| kind.relations.len())],
        }
    }
}

/// Reads the front matter's map.
pub(super) fn read(map: &Mapping, stem: &str, kind: Option<&Kind>, rules: &PageRules, values: &mut Values) -> Matter {
    let mut matter = Matter::unknown(stem, kind);
    let mut has_title = false;
    let known = matter_keys::of(kind);
    values.needed = matter_keys::needed(kind);
    for (whole, relation) in
        matter.are_relation_entries_whole.iter_mut().zip(kind.map_or(&[][..], |kind| &kind.relations))
    {
        *whole = !is_misspelt(map, &relation.name, &known);
    }
    let stray = if kind.is_none() { matter_keys::kind_of(map.keys().map(key_text), rules) } else { None };
    let mut is_stray_told = false;
    for (key, value) in map {
        let name = key_text(key);
        let at = [Step::Key(name.as_str().into())];
        has_title |= name == "title";
        if let Some(key) = CommonKey::named(&name) {
            common(key, &at, value, &mut matter, values);
            continue;
        }
        let field = kind.and_then(|kind| kind.fields.iter().position(|field| *field.name == *name));
        let relation = kind.and_then(|kind| kind.relations.iter().position(|relation| *relation.name == *name));
        match (kind, field, relation) {
            (Some(kind), Some(i), _) => matter.fields[i] = field_value(&kind.fields[i], &at, value, values),
            (Some(kind), None, Some(i)) => {
                let before = values.found.len();
                matter.relation_entries[i] = relation_entries(&kind.relations[i], &at, value, values);
                matter.are_relation_entries_whole[i] = values.found.len() == before;
            }
            _ if stray.is_some_and(|kind| matter_keys::is_own(kind, &name)) => {
                let place = values.key_place(&at);
                let complaint = stray.filter(|_| !is_stray_told).map(|kind| complaints::wrong_folder(place, kind));
                values.found.extend(complaint);
                is_stray_told = true;
            }
            _ => unknown(map, (&name, value), (kind, rules), values),
        }
    }
    if !has_title && !is_misspelt(map, "title", &known) {
        values.found.push(complaints::missing_title(values.top()));
    }
    if map.contains_key("order") && map.contains_key("weight") {
        let at = [Step::Key("weight".into())];
        let place = values.key_place(&at);
        let line = values.line(&at).filter(|_| map.get("order") == map.get("weight"));
        values.found.push(complaints::two_orders(place, line));
    }
    for (field, value) in kind.map_or(&[][..], |kind| &kind.fields).iter().zip(&matter.fields) {
        if field.required
            && value.is_none()
            && !map.contains_key(&*field.name)
            && !is_misspelt(map, &field.name, &known)
        {
            let place = values.top();
            values.found.push(complaints::missing_field(place, field, kind.map_or("page", |kind| &kind.one)));
        }
    }
    check_days(&mut matter, values);
    matter.is_whole = values.found.is_empty();
    matter
}

/// Complains of a key that pages of `kind` do not have.
fn unknown(
    map: &Mapping,
    (name, value): (&str, &Value),
    (kind, rules): (Option<&Kind>, &PageRules),
    values: &mut Values,
) {
    let at = [Step::Key(name.into())];
    let place = values.key_place(&at);
    if let Some(shown) = foreign_keys::shown(name, value) {
        let value = values.value_place(&at).span.unwrap_or_default();
        let whole = place.span.map(|key| Span::new(key.start, value.end));
        let is_sure = shown == Visibility::Unpublished && !map.contains_key("draft") && values.line(&at).is_some();
        values.found.push(complaints::not_draft(place, (name, shown), kind, whole.filter(|_| is_sure)));
        return;
    }
    let known = matter_keys::of(kind);
    let sure = meant_key(map, name, &known);
    let ours = foreign_keys::ours(name).filter(|ours| sure.is_none() && !map.contains_key(*ours));
    let complaint = complaints::unknown_key(place, name, kind, rules, sure);
    values.found.push(match ours {
        Some(ours) => complaint.suggest(Some(ours)).help(format!("here `{name}` is called `{ours}`")),
        None => complaint,
    });
}

/// Does an unknown key stand there that was most likely meant as `name`? It is complained of itself, and once is enough.
fn is_misspelt(map: &Mapping, name: &str, known: &[Box<str>]) -> bool {
    map.keys().map(key_text).any(|key| !known.iter().any(|name| **name == *key) && nearest(&key, [name]).is_some())
}

/// The key that was meant by `name` without doubt, if it is missing and no other key was meant so.
fn meant_key<'k>(map: &Mapping, name: &str, known: &'k [Box<str>]) -> Option<&'k str> {
    let bare = name.replace(is_stray, "");
    let meant = |key: &str| surely(key, known.iter().map(|known| &**known));
    let near = known.iter().map(|known| &**known).find(|known| **known == *bare.trim()).or_else(|| meant(name))?;
    let is_other = |key: &str| key == near || (key != name && meant(key) == Some(near));
    (!map.keys().map(key_text).any(|key| is_other(&key))).then_some(near)
}

/// Reads a key that every page may have.
fn common(key: CommonKey, at: &[Step], value: &Value, matter: &mut Matter, values: &mut Values) {
    match key {
        CommonKey::Title => matter.title = values.words(at, value).unwrap_or_else(|| matter.title.clone()),
        CommonKey::Description => matter.description = values.words(at, value).unwrap_or_default(),
        CommonKey::Date => matter.date = values.date(at, value),
        CommonKey::Updated => matter.updated = values.date(at, value),
        CommonKey::Reviewed => matter.reviewed = values.date(at, value),
        CommonKey::Expires => matter.expires = values.date(at, value),
        CommonKey::Draft => matter.is_draft = values.boolean(at, value).unwrap_or_default(),
        CommonKey::Slug => matter.slug = slug(at, value, values),
        CommonKey::Path => matter.address = address("path", at, value, values),
        CommonKey::Aliases => matter.aliases = aliases(at, value, values),
        CommonKey::Order | CommonKey::Weight => matter.order = values.integer(at, value),
        CommonKey::Template => matter.template = values.text(at, value),
        CommonKey::Tags => matter.tags = tags(at, value, values),
        CommonKey::Sources => matter.sources = sources(at, value, values),
        CommonKey::Ignore => matter.ignore = ignored(at, value, values),
        CommonKey::Extra => {
            if let Some(map) = values.map(at, value) {
                for (key, value) in map {
                    let key = key_text(key);
                    let is_foreign = foreign_keys::shown(&key, value) == Some(Visibility::Unpublished);
                    if is_foreign || ["draft", "expires"].contains(&&*key) {
                        let place = values.key_place(&deeper(at, Step::Key(key.as_str().into())));
                        let meant = if is_foreign { "draft: true" } else { &*key };
                        values.found.push(complaints::values::key_too_deep(place, &key, meant));
                    }
                }
                matter.extra = values.free(at, value);
            }
        }
    }
}

/// Complains of days that cannot follow each other. What they say holds nothing back: a slip of the finger in a year must
/// not make a page vanish unseen.
fn check_days(matter: &mut Matter, values: &mut Values) {
    let Some(date) = matter.date else { return };
    let later = [("updated", matter.updated), ("expires", matter.expires)];
    for (key, day) in later.into_iter().filter_map(|(key, day)| Some((key, day.filter(|day| *day < date)?))) {
        let place = values.value_place(&[Step::Key(key.into())]);
        values.found.push(complaints::values::days_out_of_order(place, (key, day), date));
        (matter.date, matter.expires) = (None, None);
    }
}

fn slug(at: &[Step], value: &Value, values: &mut Values) -> Option<Box<str>> {
    let text = values.text(at, value)?;
    let plain = slugify(&text);
    if *plain == *text && OutPath::new(&text).is_ok() {
        return Some(text);
    }
    let place = values.value_place(at);
    values.found.push(complaints::values::bad_slug(place, &text, &plain));
    None
}

fn address(key: &str, at: &[Step], value: &Value, values: &mut Values) -> Option<Box<str>> {
    let text = values.text(at, value)?;
    let trimmed = text.trim_matches('/');
    if OutPath::new(trimmed).is_ok()
        && trimmed.split('/').all(|part| part.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)))
    {
        return Some(trimmed.into());
    }
    let place = values.value_place(at);
    values.found.push(complaints::values::bad_address(place, key, &text));
    None
}

fn aliases(at: &[Step], value: &Value, values: &mut Values) -> Vec<(Box<str>, KeyPath)> {
    let mut aliases = Vec::new();
    for (i, item) in values.list(at, value, Expected::Texts).iter().enumerate() {
        let at = deeper(at, Step::Index(i));
        if let Some(alias) = address("aliases", &at, item, values) {
            aliases.push((alias, at));
        }
    }
    aliases
}

fn tags(at: &[Step], value: &Value, values: &mut Values) -> Vec<Box<str>> {
    let mut tags = Vec::new();
    let mut seen = BTreeSet::new();
    for (i, tag) in values.texts(at, value).into_iter().enumerate() {
        let slug = slugify(&tag);
        if OutPath::new(&format!("tags/{slug}/index.html")).is_err() {
            let place = values.value_place(&deeper(at, Step::Index(i)));
            values.found.push(complaints::values::bad_tag(place));
        } else if seen.insert(slug) {
            tags.push(tag);
        }
    }
    tags
}

fn sources(at: &[Step], value: &Value, values: &mut Values) -> Vec<(Box<str>, KeyPath)> {
    let mut sources = Vec::new();
    for (i, item) in values.list(at, value, Expected::Texts).iter().enumerate() {
        let at = deeper(at, Step::Index(i));
        if let Some(key) = values.text(&at, item) {
            sources.push((key.trim_start_matches('@').into(), at));
        }
    }
    sources
}

fn ignored(at: &[Step], value: &Value, values: &mut Values) -> Vec<(Code, KeyPath)> {
    let mut ignored = Vec::new();
    for (i, item) in values.list(at, value, Expected::Texts).iter().enumerate() {
        let at = deeper(at, Step::Index(i));
        if let Some(name) = values.text(&at, item) {
            let place = values.value_place(&at);
            ignored.extend(choosable(&name, place, &mut values.found).map(|code| (code, at)));
        }
    }
    ignored
}

fn field_value(field: &Field, at: &[Step], value: &Value, values: &mut Values) -> Option<FieldValue> {
    match &field.shape {
        FieldShape::Text { max_words } => {
            let text = values.words(at, value)?;
            values.check_address(at, &text);
            let words = text.split_whitespace().count();
            if let Some(most) = max_words.filter(|most| words > *most) {
                let place = values.value_place(at);
                values.found.push(complaints::values::too_many_words(place, &field.name, words, most));
            }
            Some(FieldValue::Text(text))
        }
        FieldShape::Integer => values.integer(at, value).map(FieldValue::Integer),
        FieldShape::Boolean => values.boolean(at, value).map(FieldValue::Boolean),
        FieldShape::Date => values.date(at, value).map(FieldValue::Date),
        FieldShape::List => {
            let texts = values.texts(at, value);
            for (i, text) in texts.iter().enumerate() {
                values.check_address(&deeper(at, Step::Index(i)), text);
            }
            Some(FieldValue::List(texts))
        }
        FieldShape::Choice(choices) => values.choice(at, value, choices).map(FieldValue::Text),
    }
}

fn relation_entries(relation: &Relation, at: &[Step], value: &Value, values: &mut Values) -> Vec<RelationEntry> {
    let mut relation_entries: Vec<RelationEntry> = Vec::new();
    let items = values.list(at, value, Expected::Entries);
    for (i, item) in items.iter().enumerate() {
        let at = deeper(at, Step::Index(i));
        if i > 0 && is_rest(&items[i - 1], item) {
            values.hyphen_too_many(&at, item);
            continue;
        }
        let goes_on = items.get(i + 1).is_some_and(|next| is_rest(item, next));
        let entry = match item {
            Value::String(_) => short_claim(relation, &at, item, values),
            _ => long_claim((relation, goes_on), &at, item, values),
        };
        let Some(entry) = entry else { continue };
        if relation_entries.iter().any(|other| other.to == entry.to) {
            let place = values.value_place(&entry.at);
            values.found.push(complaints::relation_entries::claimed_twice(place, &entry.to));
        } else {
            relation_entries.push(entry);
        }
    }
    relation_entries
}

/// `- ten-minutes`: a name and nothing else.
fn short_claim(relation: &Relation, at: &[Step], item: &Value, values: &mut Values) -> Option<RelationEntry> {
    let to = values.name(at, item)?;
    if relation.why_required && !values::is_placeholder(&to) {
        let (place, form) = (values.value_place(at), values.form(at));
        values.found.push(complaints::relation_entries::missing_why(place, &to, relation, form));
    }
    Some(RelationEntry { to, why: Arc::default(), weight: 1, at: at.to_vec() })
}

/// Does `item` hold what is missing in the entry before it, parted from it by a hyphen too many?
fn is_rest(before: &Value, item: &Value) -> bool {
    let (Value::Mapping(before), Value::Mapping(rest)) = (before, item) else { return false };
    let is_missing = |key: &Value| matches!(&*key_text(key), "why" | "weight") && !before.contains_key(key);
    before.contains_key("to") && !rest.is_empty() && rest.keys().all(is_missing)
}

/// `- to: ten-minutes`, with `why` and `weight` below it; what is missing may follow.
fn long_claim(
    (relation, goes_on): (&Relation, bool),
    at: &[Step],
    item: &Value,
    values: &mut Values,
) -> Option<RelationEntry> {
    let map = values.map(at, item)?;
    let claim_keys = ["to", "why", "weight"].map(Box::from);
    let mut to = None;
    let mut foreign = Vec::new();
    let mut entry =
        RelationEntry { to: Box::default(), why: Arc::default(), weight: 1, at: deeper(at, Step::Key("to".into())) };
    for (key, value) in map {
        let name = key_text(key);
        let at = deeper(at, Step::Key(name.as_str().into()));
        match name.as_str() {
            "to" => to = values.name(&at, value),
            "why" => entry.why = values.words(&at, value).unwrap_or_default().into(),
            "weight" => entry.weight = weight(&at, value, values),
            _ => {
                let place = values.key_place(&at);
                let other = foreign_keys::of_a_claim(&name).filter(|meant| !map.contains_key(*meant));
                let sure = other.or_else(|| meant_key(map, &name, &claim_keys));
                foreign.extend(other);
                values.found.push(complaints::relation_entries::unknown_claim_key(place, &name, sure));
            }
        }
    }
    let is_missing = |key| !map.contains_key(key) && !foreign.contains(&key) && !is_misspelt(map, key, &claim_keys);
    if is_missing("to") {
        let place = values.value_place(at);
        values.found.push(complaints::relation_entries::missing_to(place, &relation.name));
    }
    entry.to = to?;
    if relation.why_required && !goes_on && is_missing("why") {
        let (place, form) = (values.value_place(&entry.at), values.form(at));
        values.found.push(complaints::relation_entries::missing_why(place, &entry.to, relation, form));
    }
    Some(entry)
}

fn weight(at: &[Step], value: &Value, values: &mut Values) -> u8 {
    let Some(number) = values.integer(at, value) else { return 1 };
    match u8::try_from(number) {
        Ok(weight @ 1..=3) => weight,
        _ => {
            let place = values.value_place(at);
            values.found.push(complaints::relation_entries::weight_range(place, number));
            1
        }
    }
}
