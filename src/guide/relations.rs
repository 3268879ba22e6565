//! Relations and their inverses: stated on one side, shown on both.

use std::sync::Arc;

use super::names::{Meaning, Names};
use super::{Edge, MOST_SUGGESTIONS, PageId, Related, complaints};
use crate::base::{Diagnostic, Place, SourcePath, Sources};
use crate::content::{Page, Places, RelationEntry};
use crate::site::{Kind, PageRules, Relation};

/// The relations of every page, by index, and what is wrong with them.
pub fn resolve(
    pages: &[Arc<Page>],
    names: &Names,
    rules: &PageRules,
    sources: &Sources,
) -> (Vec<Vec<Related>>, Vec<Diagnostic>) {
    let mut related: Vec<Vec<Related>> = pages.iter().map(|page| empty(page, rules)).collect();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let Some(kind) = page.kind.map(|kind| &rules.kinds[kind]) else { continue };
        let own = PageId::new(index);
        let mut lost = Vec::new();
        for (at, (relation, relation_entries)) in kind.relations.iter().zip(&page.matter.relation_entries).enumerate() {
            let Some(to_kind) = rules.kinds.iter().position(|other| other.name == relation.to) else { continue };
            for entry in relation_entries {
                let several = names.namesakes(to_kind, &entry.to);
                match names.kind(to_kind, &entry.to) {
                    Some(Meaning::Page(to)) if to != own && several.is_empty() => {
                        connect(&mut related, own, to, at, relation, entry);
                    }
                    meaning => lost.push(Lost { kind: to_kind, entry, meaning, several }),
                }
            }
        }
        if !lost.is_empty() {
            // Each look for a nearest name goes through all pages; after many complaints nobody reads them.
            let offered = if found.len() < MOST_SUGGESTIONS { pages } else { &[] };
            found.extend(complain(page, offered, &lost, rules, sources));
        }
    }
    (related, found)
}

/// Every relation that a page of this kind shows, with nothing in it: first those it states, then those stated of it.
fn empty(page: &Page, rules: &PageRules) -> Vec<Related> {
    let Some(kind) = page.kind.map(|kind| &rules.kinds[kind]) else { return Vec::new() };
    let stated = kind.relations.iter().filter_map(|relation| {
        let other = rules.kinds.iter().find(|other| other.name == relation.to)?;
        Some(Related {
            name: relation.name.clone(),
            label: other.other.clone(),
            kind: other.name.clone(),
            edges: Vec::new(),
        })
    });
    let inverse = inverses(kind, rules).map(|(from, relation)| Related {
        name: relation.inverse.clone(),
        label: from.other.clone(),
        kind: from.name.clone(),
        edges: Vec::new(),
    });
    stated.chain(inverse).collect()
}

/// The relations that lead to `kind`, with the kinds that state them.
pub fn inverses<'r>(kind: &'r Kind, rules: &'r PageRules) -> impl Iterator<Item = (&'r Kind, &'r Relation)> {
    let all = rules.kinds.iter().flat_map(|from| from.relations.iter().map(move |relation| (from, relation)));
    all.filter(|(_, relation)| relation.to == kind.name)
}

fn connect(
    related: &mut [Vec<Related>],
    from: PageId,
    to: PageId,
    at: usize,
    relation: &Relation,
    entry: &RelationEntry,
) {
    if let Some(stated) = related[from.index()].get_mut(at) {
        stated.edges.push(Edge { to, why: Arc::clone(&entry.why), weight: entry.weight });
    }
    if let Some(inverse) = related[to.index()].iter_mut().find(|other| other.name == relation.inverse) {
        inverse.edges.push(Edge { to: from, why: Arc::clone(&entry.why), weight: entry.weight });
    }
}

/// A claim that leads nowhere.
struct Lost<'l> {
    /// The index of the kind that it would lead to.
    kind: usize,
    entry: &'l RelationEntry,
    meaning: Option<Meaning>,
    /// The pages that share the name, if they are several.
    several: &'l [&'l SourcePath],
}

/// One complaint for each claim that leads nowhere; the places are looked up once for all of them.
fn complain(page: &Page, pages: &[Arc<Page>], lost: &[Lost], rules: &PageRules, sources: &Sources) -> Vec<Diagnostic> {
    let places = Places::read(sources.text(&page.path).unwrap_or_default());
    let complaint = |lost: &Lost| {
        let place = Place::at(&page.path, places.value(&lost.entry.at));
        let to = &lost.entry.to;
        match lost.meaning {
            _ if !lost.several.is_empty() => complaints::ambiguous_related(place, to, lost.several),
            Some(Meaning::Page(_)) => complaints::related_to_itself(place, to),
            Some(Meaning::Unpublished(held)) => complaints::related_draft(place, to, held),
            None => {
                let others = pages.iter().filter(|other| other.kind == Some(lost.kind) && other.path != page.path);
                let names: Vec<&str> = others.map(|other| &*other.name).collect();
                complaints::unknown_related(place, &rules.kinds[lost.kind], to, &names)
            }
        }
    };
    lost.iter().map(complaint).collect()
}
