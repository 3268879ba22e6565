//! Which keys a front matter may have, and what each takes.

use std::borrow::Cow;

use super::expected::Expected;
use super::matter::ENTRY_KEYS;
use crate::base::read_truth;
use crate::site::{CommonKey, Field, Kind, PageRules};
use crate::syntax::yaml::{Node, Value};

/// Keys under which `false` hides a page in other programs.
const SHOWING: [&str; 6] = ["published", "publish", "visible", "public", "listed", "show"];
/// Keys under which `true` hides it.
const CONCEALING: [&str; 6] = ["hidden", "hide", "private", "unlisted", "unpublished", "secret"];
/// Keys under which a word hides it.
const STATES: [&str; 4] = ["status", "state", "visibility", "stage"];
/// Such words.
const HIDING: [&str; 12] = [
    "draft",
    "hidden",
    "private",
    "unpublished",
    "pending",
    "secret",
    "unlisted",
    "wip",
    "in progress",
    "not published",
    "unfinished",
    "todo",
];

/// The keys that a page of `kind` may have.
pub(crate) fn of(kind: Option<&Kind>) -> Vec<Box<str>> {
    let own = kind.into_iter().flat_map(|kind| {
        let fields = kind.fields.iter().map(|field| field.name.clone());
        fields.chain(kind.relations.iter().map(|relation| relation.name.clone()))
    });
    CommonKey::names().map(Box::from).chain(own).collect()
}

/// The keys that a page of `kind`, and the entries of its relations, must have.
pub(crate) fn needed(kind: Option<&Kind>) -> Vec<Box<str>> {
    let (fields, relations) = kind.map_or((&[][..], &[][..]), |kind| (&kind.fields, &kind.relations));
    let fields = fields.iter().filter(|field| field.required).map(|field| field.name.clone());
    let full = relations.iter().filter(|relation| relation.min > 0).map(|relation| relation.name.clone());
    let why = relations.iter().any(|relation| relation.why_required).then(|| "why".into());
    ["title".into(), "to".into()].into_iter().chain(fields).chain(full).chain(why).collect()
}

/// Does the key `name` take a list on pages of `kind`?
pub(crate) fn is_list(kind: Option<&Kind>, name: &str) -> bool {
    matches!(expected_of_key(kind, name), Some(Expected::Texts | Expected::Entries | Expected::Maps))
}

/// Is `name` a field or relation of `kind`?
pub(crate) fn is_own(kind: &Kind, name: &str) -> bool {
    kind.fields.iter().any(|field| *field.name == *name)
        || kind.relations.iter().any(|relation| *relation.name == *name)
}

/// The kind that most of these keys belong to, if any does, as an index into the kinds of `rules`.
pub(crate) fn kind_of<'k>(keys: impl Iterator<Item = Cow<'k, str>>, rules: &PageRules) -> Option<usize> {
    let keys: Vec<Cow<str>> = keys.collect();
    let count = |kind: &usize| keys.iter().filter(|key| is_own(&rules.kinds[*kind], key)).count();
    let declared = (0..rules.kinds.len()).filter(|kind| !rules.kinds[*kind].is_plain());
    declared.rev().max_by_key(count).filter(|kind| count(kind) > 0)
}

/// Does the key `name` say in other programs whether a page is shown?
pub(crate) fn is_about_showing(name: &str) -> bool {
    let name = bare(name);
    SHOWING.iter().chain(&CONCEALING).chain(&STATES).any(|known| *known == name)
}

/// Does `name: value` hold a page back in other programs?
pub(crate) fn hides(name: &str, value: &Value) -> bool {
    let (name, value) = (&*bare(name), value.to_name());
    match read_truth(&value) {
        Some(true) => CONCEALING.contains(&name),
        Some(false) => SHOWING.contains(&name),
        None => STATES.contains(&name) && HIDING.contains(&&*value.trim().to_lowercase()),
    }
}

fn bare(name: &str) -> String {
    name.to_lowercase().replace(['_', '-', ' '], "")
}

/// What is to stand at `node` in the front matter of a page of `kind`.
pub(crate) fn expected(kind: Option<&Kind>, node: &Node) -> Option<Expected> {
    let parent = node.parent()?;
    let name = node.name();
    if parent.parent().is_none() {
        return expected_of_key(kind, &name);
    }
    match (expected_of_key(kind, &parent.name())?, node.key()) {
        (Expected::Texts, None) => Some(Expected::Text),
        (Expected::Entries | Expected::Maps, None) => Some(Expected::Keys),
        (Expected::Maps | Expected::Keys, Some(_)) => field_at(kind, node).map(|key| Expected::of(&key.shape)),
        (Expected::Entries, Some(_)) => match &*name {
            "to" => Some(Expected::Name),
            "why" => Some(Expected::Text),
            "weight" => Some(Expected::Number),
            _ => None,
        },
        _ => None,
    }
}

/// The keys that may stand in a map below the key `name` of a page of `kind`.
pub(crate) fn inner_keys(kind: Option<&Kind>, name: &str) -> Vec<Box<str>> {
    match field(kind, name) {
        Some(field) => field.shape.keys().iter().map(|key| key.name.clone()).collect(),
        None => ENTRY_KEYS.map(Box::from).to_vec(),
    }
}

/// The field whose value stands at `node`: one of the page, or a key within one.
pub(crate) fn field_at<'k>(kind: Option<&'k Kind>, node: &Node) -> Option<&'k Field> {
    let (parent, name) = (node.parent()?, node.name());
    if parent.parent().is_none() {
        return field(kind, &name);
    }
    field(kind, &parent.name())?.shape.keys().iter().find(|key| *key.name == *name)
}

/// The keys that every map below the field `name` of a page of `kind` must have.
pub(crate) fn needed_within(kind: Option<&Kind>, name: &str) -> Vec<Box<str>> {
    let keys = field(kind, name).map_or(&[][..], |field| field.shape.keys());
    keys.iter().filter(|key| key.required).map(|key| key.name.clone()).collect()
}

fn field<'k>(kind: Option<&'k Kind>, name: &str) -> Option<&'k Field> {
    kind?.fields.iter().find(|field| *field.name == *name)
}

/// What a key of a page of `kind` takes.
fn expected_of_key(kind: Option<&Kind>, name: &str) -> Option<Expected> {
    if let Some(key) = CommonKey::named(name) {
        return Some(key.shape().map_or(Expected::Keys, |shape| Expected::of(&shape)));
    }
    let kind = kind?;
    if kind.relations.iter().any(|relation| *relation.name == *name) {
        return Some(Expected::Entries);
    }
    field(Some(kind), name).map(|field| Expected::of(&field.shape))
}
