//! Which keys a front matter may have, for suggestions.

use crate::site::{CommonKey, Field, FieldShape, Kind, PageRules, Relation};

/// The keys that a page of `kind` may have.
pub(super) fn of(kind: Option<&Kind>) -> Vec<Box<str>> {
    let own = kind.into_iter().flat_map(|kind| {
        let fields = kind.fields.iter().map(|field| field.name.clone());
        fields.chain(kind.relations.iter().map(|relation| relation.name.clone()))
    });
    CommonKey::names().map(Box::from).chain(own).collect()
}

/// The keys that a page of `kind`, and the entries of its relations, must have.
pub(super) fn needed(kind: Option<&Kind>) -> Vec<Box<str>> {
    let (fields, relations) = kind.map_or((&[][..], &[][..]), |kind| (&kind.fields, &kind.relations));
    let fields = fields.iter().filter(|field| field.required).map(|field| field.name.clone());
    let full = relations.iter().filter(|relation| relation.min > 0).map(|relation| relation.name.clone());
    let why = relations.iter().any(|relation| relation.why_required).then(|| "why".into());
    ["title".into(), "to".into()].into_iter().chain(fields).chain(full).chain(why).collect()
}

/// Does the key `name` take a list on pages of `kind`?
pub(super) fn is_list(kind: Option<&Kind>, name: &str) -> bool {
    let is_field = |field: &Field| *field.name == *name && matches!(field.shape, FieldShape::List);
    ["tags", "sources", "aliases"].contains(&name)
        || kind.is_some_and(|kind| {
            kind.fields.iter().any(is_field) || kind.relations.iter().any(|relation| *relation.name == *name)
        })
}

/// Is `name` a field or relation of `kind`?
pub(super) fn is_own(kind: &Kind, name: &str) -> bool {
    kind.fields.iter().any(|field| *field.name == *name)
        || kind.relations.iter().any(|relation| *relation.name == *name)
}

/// The kind that most of these keys belong to, if any does.
pub(super) fn kind_of(keys: impl Iterator<Item = String>, rules: &PageRules) -> Option<&Kind> {
    let keys: Vec<String> = keys.collect();
    let count = |kind: &&Kind| keys.iter().filter(|key| is_own(kind, key)).count();
    rules.kinds.iter().rev().max_by_key(count).filter(|kind| count(kind) > 0)
}

/// The relation whose other side is called `key` on pages of `kind`, and the kind that states it.
pub(super) fn stated_elsewhere<'r>(kind: &Kind, key: &str, rules: &'r PageRules) -> Option<(&'r Kind, &'r Relation)> {
    rules.kinds.iter().find_map(|from| {
        let relation = from.relations.iter().find(|relation| relation.to == kind.name && &*relation.inverse == key)?;
        Some((from, relation))
    })
}
