//! Which keys a front matter may have, for suggestions.

use crate::site::{CommonKey, Kind, PageRules, Relation};

/// The keys that a page of `kind` may have.
pub(super) fn of(kind: Option<&Kind>) -> Vec<Box<str>> {
    let own = kind.into_iter().flat_map(|kind| {
        let fields = kind.fields.iter().map(|field| field.name.clone());
        fields.chain(kind.relations.iter().map(|relation| relation.name.clone()))
    });
    CommonKey::names().map(Box::from).chain(own).collect()
}

/// The relation whose other side is called `key` on pages of `kind`, and the kind that states it.
pub(super) fn stated_elsewhere<'r>(kind: &Kind, key: &str, rules: &'r PageRules) -> Option<(&'r Kind, &'r Relation)> {
    rules.kinds.iter().find_map(|from| {
        let relation = from.relations.iter().find(|relation| relation.to == kind.name && &*relation.inverse == key)?;
        Some((from, relation))
    })
}
