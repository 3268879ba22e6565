//! A front matter → `Matter`: the keys that every page may have, and those of its kind.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;

use super::expected::Expected;
use super::fields::{self, FieldValue};
use super::values::{self, Values};
use super::{complaints, matter_keys};
use crate::base::{Code, KeyPath, Known, KnownList, OutPath, Step, slugify};
use crate::site::{CommonKey, Kind, PageRules, Relation, choosable};
use crate::syntax::yaml::{Node, Value};

/// What a page says of itself, however it is written.
#[derive(Debug, Clone, PartialEq, Hash, Default)]
pub struct Matter {
    /// Its name.
    pub title: Known<Box<str>>,
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
    pub slug: Known<Option<Box<str>>>,
    /// Takes the place of its whole address, without slashes at the ends.
    pub address: Known<Option<Box<str>>>,
    /// Older addresses that lead to it, as published paths without slashes at the ends, with their places' paths.
    pub aliases: KnownList<(Box<str>, KeyPath)>,
    /// Its place among its neighbours.
    pub order: Option<i64>,
    /// The template it asks for.
    pub template: Option<Box<str>>,
    /// Words that it is filed under.
    pub tags: Vec<Box<str>>,
    /// Keys of sources that stand behind it, with their places' paths.
    pub sources: KnownList<(Box<str>, KeyPath)>,
    /// The field of all pages that it shows.
    pub gathers: Option<Box<str>>,
    /// What is not told of it, with their places' paths.
    pub ignore: Vec<(Code, KeyPath)>,
    /// The kind whose keys it has, as an index into the rules' kinds, though it lies outside of that kind's folder; and the
    /// first of these keys.
    pub misplaced: Option<(usize, KeyPath)>,
    /// Whatever the theme may want to know besides.
    pub extra: Extra,
    /// The values of its kind's fields, in the kind's order.
    pub fields: Vec<Known<Option<FieldValue>>>,
    /// The entries of its kind's relations, in the kind's order.
    pub relation_entries: Vec<KnownList<RelationEntry>>,
}

/// Values for the theme, by their names.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra(pub tera::Value);

impl Default for Extra {
    fn default() -> Self {
        Self(tera::Value::from(tera::Map::new()))
    }
}

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_string().hash(state);
    }
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

/// The keys that an entry of a relation may have.
pub const ENTRY_KEYS: [&str; 3] = ["to", "why", "weight"];

impl RelationEntry {
    /// The way to the entry in the front matter, under the key of its relation.
    #[must_use]
    pub fn way_to_entry(&self) -> KeyPath {
        self.at.iter().take(2).cloned().collect()
    }

    /// The way to the reason in the front matter.
    #[must_use]
    pub fn way_to_why(&self) -> KeyPath {
        let (_, entry) = self.at.split_last().expect("the way to an entry leads through its relation");
        let mut way = entry.to_vec();
        way.push(Step::Key("why".into()));
        way
    }
}

impl Matter {
    /// What is known of a page whose front matter could not be read.
    #[must_use]
    pub fn reported(kind: Option<&Kind>) -> Self {
        Self::without_keys(kind, Known::Reported)
    }

    /// What a page says whose front matter has no keys; `absent` tells what is known of each.
    fn without_keys(kind: Option<&Kind>, absent: Known<()>) -> Self {
        let (fields, relations) = kind.map_or((&[][..], &[][..]), |kind| (&kind.fields, &kind.relations));
        Self {
            title: Known::Reported,
            slug: absent.map(|()| None),
            address: absent.map(|()| None),
            aliases: KnownList::new(Vec::new(), absent),
            sources: KnownList::new(Vec::new(), absent),
            fields: vec![absent.map(|()| None); fields.len()],
            relation_entries: vec![KnownList::new(Vec::new(), absent); relations.len()],
            ..Self::default()
        }
    }

    /// Is it known at which address the page is, and that it lies where it belongs?
    #[must_use]
    pub fn is_address_known(&self) -> bool {
        !self.slug.is_reported() && !self.address.is_reported() && self.misplaced.is_none()
    }
}

/// Reads the front matter's keys.
pub(super) fn read(root: &Node, kind: Option<&Kind>, rules: &PageRules, values: &mut Values) -> Matter {
    let map = root.value();
    let is_foreign = |name: &Cow<str>| !kind.is_some_and(|kind| matter_keys::is_own(kind, name));
    let is_homeless = kind.is_none_or(Kind::is_plain);
    let stray = matter_keys::kind_of(map.names().filter(is_foreign), rules).filter(|_| is_homeless);
    let owner = stray.map(|stray| &rules.kinds[stray]).or(kind);
    let absent = absent(map, &matter_keys::of(owner));
    let mut matter = Matter::without_keys(kind, absent);
    values.needed = matter_keys::needed(kind);
    check_twice(root, values);
    let relations = kind.map_or(&[][..], |kind| &kind.relations);
    for node in root.children() {
        let name = node.name();
        if let Some(key) = CommonKey::named(&name) {
            common(key, &node, &mut matter, values);
            continue;
        }
        let field = kind.and_then(|kind| kind.fields.iter().position(|field| *field.name == *name));
        let relation = relations.iter().position(|relation| *relation.name == *name);
        match (kind, field, relation) {
            (Some(kind), Some(i), _) => {
                matter.fields[i] = Known::from(fields::read(&kind.fields[i], &node, values)).map(Some);
            }
            (Some(_), None, Some(i)) => matter.relation_entries[i] = relation_entries(&relations[i], &node, values),
            _ => match stray.filter(|kind| matter_keys::is_own(&rules.kinds[*kind], &name)) {
                Some(kind) => drop(matter.misplaced.get_or_insert((kind, node.path()))),
                None => values.found.push(complaints::unknown_key(values.key_place(&node), &name, kind)),
            },
        }
    }
    for (field, value) in kind.map_or(&[][..], |kind| &kind.fields).iter().zip(&mut matter.fields) {
        if *value == Known::Value(None) {
            *value = Known::Value(fields::default_of(field));
        }
    }
    matter.sources = named_sources(&matter, values);
    matter.gathers = gathered(root, &matter, rules, values);
    check_missing(root, kind, (absent, &matter), values);
    check_days(root, &mut matter, values);
    matter
}

/// Complains of keys that stand twice in one map, however deep.
fn check_twice(node: &Node, values: &mut Values) {
    let mut seen: BTreeMap<Cow<str>, Node> = BTreeMap::new();
    for child in node.children() {
        check_twice(&child, values);
        if child.key().is_none() {
            continue;
        }
        match seen.entry(child.name()) {
            Entry::Vacant(entry) => drop(entry.insert(child)),
            Entry::Occupied(first) => {
                let first = values.key_place(first.get());
                values.found.push(complaints::duplicate_key(values.key_place(&child), &child.name(), first));
            }
        }
    }
}

/// Complains of what must stand there and does not, and of what says the same.
fn check_missing(root: &Node, kind: Option<&Kind>, (absent, matter): (Known<()>, &Matter), values: &mut Values) {
    if root.value().get("title").is_none() && !absent.is_reported() {
        values.found.push(complaints::missing_title(values.top()));
    }
    if let (Some(_), Some(weight)) = (root.get("order"), root.get("weight")) {
        values.found.push(complaints::two_orders(values.key_place(&weight)));
    }
    for (field, value) in kind.map_or(&[][..], |kind| &kind.fields).iter().zip(&matter.fields) {
        if field.required && *value == Known::Value(None) {
            let place = values.top();
            values.found.push(complaints::missing_field(place, field, kind.map_or("page", |kind| &kind.one)));
        }
    }
}

/// What is known of the keys that do not stand in `map`: each may be meant by one that is none of the `known`, and that is
/// complained of itself.
fn absent(map: &Value, known: &[Box<str>]) -> Known<()> {
    let mut unknown = map.names().filter(|key| !known.iter().any(|name| **name == *key));
    if unknown.next().is_some() { Known::Reported } else { Known::Value(()) }
}

/// Reads a key that every page may have.
fn common(key: CommonKey, node: &Node, matter: &mut Matter, values: &mut Values) {
    match key {
        CommonKey::Title => matter.title = values.words(node).into(),
        CommonKey::Description => matter.description = values.words(node).unwrap_or_default(),
        CommonKey::Date => matter.date = values.date(node),
        CommonKey::Updated => matter.updated = values.date(node),
        CommonKey::Reviewed => matter.reviewed = values.date(node),
        CommonKey::Expires => matter.expires = values.date(node),
        CommonKey::Draft => matter.is_draft = values.boolean(node).unwrap_or_default(),
        CommonKey::Slug => matter.slug = Known::from(slug(node, values)).map(Some),
        CommonKey::Path => matter.address = Known::from(address(node, values)).map(Some),
        CommonKey::Aliases => matter.aliases = aliases(node, values),
        CommonKey::Order | CommonKey::Weight => matter.order = values.integer(node),
        CommonKey::Template => matter.template = values.text(node),
        CommonKey::Tags => matter.tags = tags(node, values),
        CommonKey::Sources => read_sources(node, values),
        CommonKey::Gathers => matter.gathers = values.text(node),
        CommonKey::Ignore => matter.ignore = ignored(node, values),
        CommonKey::Extra => {
            for inner in values.keys(node).unwrap_or_default() {
                let key = inner.name();
                let meant = if matter_keys::hides(&key, inner.value()) { "draft: true" } else { &*key };
                if meant != key || ["draft", "expires"].contains(&&*key) {
                    values.found.push(complaints::values::key_too_deep(values.key_place(&inner), &key, meant));
                }
            }
            if let Value::Map(_) = node.value() {
                matter.extra = Extra(values.free(node));
            }
        }
    }
}

/// Complains of days that cannot follow each other. What they say holds nothing back: a slip of the finger in a year must
/// not make a page vanish unseen.
fn check_days(root: &Node, matter: &mut Matter, values: &mut Values) {
    let Some(date) = matter.date else { return };
    let later = [("updated", matter.updated), ("expires", matter.expires)];
    for (key, day) in later.into_iter().filter_map(|(key, day)| Some((key, day.filter(|day| *day < date)?))) {
        let place = root.get(key).map_or_else(|| values.top(), |node| values.place(&node));
        values.found.push(complaints::values::days_out_of_order(place, (key, day), date));
        (matter.date, matter.expires) = (None, None);
    }
}

fn slug(node: &Node, values: &mut Values) -> Option<Box<str>> {
    let text = values.text(node)?;
    let plain = slugify(&text);
    if *plain == *text && OutPath::new(&text).is_ok() {
        return Some(text);
    }
    values.found.push(complaints::values::bad_slug(values.place(node), &text, &plain));
    None
}

fn address(node: &Node, values: &mut Values) -> Option<Box<str>> {
    let text = values.text(node)?;
    let trimmed = text.trim_matches('/');
    if OutPath::new(trimmed).is_ok()
        && trimmed.split('/').all(|part| part.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)))
    {
        return Some(trimmed.into());
    }
    values.found.push(complaints::values::bad_address(values.place(node), &node.name(), &text));
    None
}

fn aliases(node: &Node, values: &mut Values) -> KnownList<(Box<str>, KeyPath)> {
    values.list(node, Expected::Texts, |item, values| Some((address(item, values)?, item.path())))
}

fn tags(node: &Node, values: &mut Values) -> Vec<Box<str>> {
    let tags = values.list(node, Expected::Texts, |item, values| {
        let tag = values.text(item)?;
        if OutPath::new(&format!("tags/{}/index.html", slugify(&tag))).is_ok() {
            return Some(tag);
        }
        values.found.push(complaints::values::bad_tag(values.place(item)));
        None
    });
    let mut seen = BTreeSet::new();
    tags.iter().filter(|tag| seen.insert(slugify(tag))).cloned().collect()
}

fn read_sources(node: &Node, values: &mut Values) {
    if values.list(node, Expected::Texts, |item, values| values.source(item)).whole().is_none() {
        values.sources.push(Known::Reported);
    }
}

/// The sources that the front matter names, under whatever key.
fn named_sources(matter: &Matter, values: &mut Values) -> KnownList<(Box<str>, KeyPath)> {
    let absent = matter.sources.whole().is_none().then_some(Known::Reported);
    std::mem::take(&mut values.sources).into_iter().chain(absent).collect()
}

/// The field that the page shows of all pages; complains if no page can have it, or if readers do not see it.
fn gathered(root: &Node, matter: &Matter, rules: &PageRules, values: &mut Values) -> Option<Box<str>> {
    let (name, node) = (matter.gathers.as_ref()?, root.get("gathers")?);
    let known = rules.fields_to_gather();
    if !known.contains(&**name) {
        values.found.push(complaints::unknown_gathered(values.place(&node), name, &known));
        return None;
    }
    Some(name.clone())
}

fn ignored(node: &Node, values: &mut Values) -> Vec<(Code, KeyPath)> {
    let codes = values.list(node, Expected::Texts, |item, values| {
        let (name, place) = (values.text(item)?, values.place(item));
        choosable(&name, place, &mut values.found).map(|code| (code, item.path()))
    });
    codes.to_vec()
}

fn relation_entries(relation: &Relation, node: &Node, values: &mut Values) -> KnownList<RelationEntry> {
    let mut named = BTreeSet::new();
    values.list(node, Expected::Entries, |item, values| {
        let entry = match item.value() {
            Value::Text(_) => short_entry(relation, item, values),
            _ => long_entry(relation, item, values),
        }?;
        if named.insert(entry.to.clone()) {
            return Some(entry);
        }
        let place = values.place(item.get("to").as_ref().unwrap_or(item));
        values.found.push(complaints::relation_entries::named_twice(place, &entry.to));
        None
    })
}

/// `- other-page`: a name and nothing else.
fn short_entry(relation: &Relation, node: &Node, values: &mut Values) -> Option<RelationEntry> {
    let to = values.name(node)?;
    if relation.why_required && !values::is_placeholder(&to) {
        let (place, form) = (values.place(node), values.form(node));
        values.found.push(complaints::relation_entries::missing_why(place, &to, relation, form));
    }
    Some(RelationEntry { to, why: Arc::default(), weight: 1, at: node.path() })
}

/// `- to: other-page`, with `why` and `weight` below it.
fn long_entry(relation: &Relation, node: &Node, values: &mut Values) -> Option<RelationEntry> {
    let mut to = None;
    let mut why = Arc::default();
    let mut weight = 1;
    for key in values.keys(node)? {
        match &*key.name() {
            "to" => to = values.name(&key).map(|to| (to, key.path())),
            "why" => why = values.words(&key).unwrap_or_default().into(),
            "weight" => weight = read_weight(&key, values),
            name => values.found.push(complaints::relation_entries::unknown_entry_key(
                values.key_place(&key),
                name,
                &ENTRY_KEYS,
            )),
        }
    }
    let map = node.value();
    let absent = absent(map, &ENTRY_KEYS.map(Box::from));
    let is_missing = |key| map.get(key).is_none() && !absent.is_reported();
    if is_missing("to") {
        values.found.push(complaints::relation_entries::missing_to(values.place(node), &relation.name));
    }
    let (to, at) = to?;
    if relation.why_required && is_missing("why") {
        let (place, form) = (values.place(node.get("to").as_ref().unwrap_or(node)), values.form(node));
        values.found.push(complaints::relation_entries::missing_why(place, &to, relation, form));
    }
    Some(RelationEntry { to, why, weight, at })
}

fn read_weight(node: &Node, values: &mut Values) -> u8 {
    let Some(number) = values.integer(node) else { return 1 };
    match u8::try_from(number) {
        Ok(weight @ 1..=3) => weight,
        _ => {
            values.found.push(complaints::relation_entries::weight_range(values.place(node), number));
            1
        }
    }
}
