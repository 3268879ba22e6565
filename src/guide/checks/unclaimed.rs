//! A page that no page of another kind leads to.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Place, Span};
use crate::content::Page;
use crate::guide::{Guide, relations};
use crate::site::{Kind, Relation, Site};

/// Asks every page that a relation with `inverse_min` can lead to, unless nobody knows where a page leads that may lead
/// there.
pub(super) fn check(guide: &Guide, site: &Site, found: &mut Vec<Diagnostic>) {
    let half_read = half_read(guide, site);
    for entry in &guide.entries {
        let Some(kind) = entry.page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        for (from, relation) in relations::inverses(kind, &site.rules) {
            let led = entry
                .relations
                .iter()
                .find(|related| related.name == relation.inverse)
                .map_or(0, |related| related.edges.len());
            if led < relation.inverse_min && !half_read.contains(&(&*from.name, &*relation.name)) {
                found.push(unclaimed(&entry.page, kind, from, relation, led));
            }
        }
    }
}

/// The kinds and relations of which a page could not be read, or names a page that does not exist.
fn half_read<'s>(guide: &Guide, site: &'s Site) -> BTreeSet<(&'s str, &'s str)> {
    let mut found = BTreeSet::new();
    for entry in &guide.entries {
        let Some(kind) = entry.page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        let matter = &entry.page.matter;
        for ((relation, claims), is_whole) in kind.relations.iter().zip(&matter.claims).zip(&matter.are_claims_whole) {
            let related = entry.relations.iter().find(|related| related.name == relation.name);
            let led = related.map_or(0, |related| related.edges.len());
            if !is_whole || led < claims.len() {
                found.insert((&*kind.name, &*relation.name));
            }
        }
    }
    found
}

/// A page that too few pages of another kind lead to.
///
/// `inverse_min` in `site.toml` says how many must: a practice that no sign leads to would not be found.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.sign]
/// folder = "signs"
/// fields.statement = { type = "text", required = true }
/// relations.practices = { to = "practice", inverse = "signs", inverse_min = 1 }
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.sign]
/// folder = "signs"
/// fields.statement = { type = "text", required = true }
/// relations.practices = { to = "practice", inverse = "signs", inverse_min = 0 }
/// ```
fn unclaimed(page: &Page, kind: &Kind, from: &Kind, relation: &Relation, led: usize) -> Diagnostic {
    let (one, least) = (&kind.one, relation.inverse_min);
    let message = match led {
        0 => format!("no {} leads to this {one} yet", from.one),
        1 => format!("only one {} leads to this {one}, and it takes {least}", from.one),
        _ => format!("only {led} {} lead to this {one}, and it takes {least}", from.other),
    };
    let below = if relation.why_required { " and below it `why: …`" } else { "" };
    Diagnostic::error("unclaimed", Place::at(&page.path, Span::new(0, 3)), message).help(format!(
        "in the file of a {} that it belongs with, add `- to: {}`{below} under `{}:`",
        from.one, page.name, relation.name
    ))
}
