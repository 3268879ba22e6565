//! Relations and their inverses: stated on one side, shown on both.

use super::names::{Meaning, Names};
use super::{Edge, EdgesBySide, MOST_SUGGESTIONS, PageId, Side, complaints};
use crate::base::{About, Complaint, Subject, capitalize};
use crate::content::{Page, RelationEntry};
use crate::site::{Kind, PageRules, Relation};

/// The pages at the other ends of the relations of every page, by index and by its kind's sides; and what is wrong with
/// them.
pub fn resolve(pages: &[&Page], names: &Names, rules: &PageRules) -> (Vec<EdgesBySide>, Vec<Complaint>) {
    let sides: Vec<Vec<Side>> = sides(rules);
    let count = |page: &&Page| page.kind.map_or(0, |kind| sides[kind].len());
    let mut related: Vec<Vec<Vec<Edge>>> = pages.iter().map(|page| vec![Vec::new(); count(page)]).collect();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let Some(kind) = page.kind.map(|kind| &rules.kinds[kind]) else { continue };
        let own = PageId::new(index);
        let mut lost = Vec::new();
        for (at, (relation, relation_entries)) in kind.relations.iter().zip(&page.matter.relation_entries).enumerate() {
            let Some(to_kind) = rules.kinds.iter().position(|other| other.name == relation.to) else { continue };
            let inverse = sides[to_kind].iter().position(|side| side.name == relation.inverse);
            for (number, entry) in relation_entries.iter().enumerate() {
                match names.kind(to_kind, &entry.to) {
                    Some(Meaning::Page(to)) if to != own => {
                        let why = page.wording.reasons[at][number].as_ref().map(|words| words.text).unwrap_or_default();
                        let edge = Edge { to, by: own, relation: at, entry: number, weight: entry.weight, why };
                        related[index][at].push(edge);
                        if let Some(inverse) = inverse {
                            related[to.index()][inverse].push(Edge { to: own, ..edge });
                        }
                    }
                    meaning => lost.push(Lost { kind: to_kind, entry, meaning }),
                }
            }
        }
        // Each look for a nearest name goes through all pages; after many complaints nobody reads them.
        let offered = if found.len() < MOST_SUGGESTIONS { pages } else { &[] };
        found.extend(lost.iter().map(|lost| lost.complaint(page, rules, pages, offered)));
    }
    // They are kept for as long as the names are.
    (related.into_iter().map(|sides| sides.into_iter().map(Vec::into_boxed_slice).collect()).collect(), found)
}

/// The relations that pages of each kind show: first those they state, then those stated of them.
pub fn sides(rules: &PageRules) -> Vec<Vec<Side>> {
    let all = rules.kinds.iter().map(|kind| {
        let stated = kind.relations.iter().filter_map(|relation| {
            let other = rules.kinds.iter().find(|other| other.name == relation.to)?;
            let label = heading(relation.label.as_deref(), &relation.name, (kind, other));
            Some(Side { name: relation.name.clone(), label, kind: other.name.clone() })
        });
        let inverse = inverses(kind, rules).map(|(from, relation)| Side {
            name: relation.inverse.clone(),
            label: heading(relation.inverse_label.as_deref(), &relation.inverse, (kind, from)),
            kind: from.name.clone(),
        });
        stated.chain(inverse).collect()
    });
    all.collect()
}

/// What stands above the related pages of the kind `other` on a page of `kind`: the relation's own words, or what such pages
/// are called. Between pages of one kind the relation's `name` tells the two sides apart.
fn heading(label: Option<&str>, name: &str, (kind, other): (&Kind, &Kind)) -> Box<str> {
    let usual = || if kind.name == other.name { capitalize(&name.replace('_', " ")) } else { capitalize(&other.other) };
    label.map_or_else(|| usual().into(), Box::from)
}

/// The relations that lead to `kind`, with the kinds that state them.
pub fn inverses<'r>(kind: &'r Kind, rules: &'r PageRules) -> impl Iterator<Item = (&'r Kind, &'r Relation)> {
    let all = rules.kinds.iter().flat_map(|from| from.relations.iter().map(move |relation| (from, relation)));
    all.filter(|(_, relation)| relation.to == kind.name)
}

/// A relation entry that leads nowhere.
struct Lost<'l> {
    /// The index of the kind that it would lead to.
    kind: usize,
    entry: &'l RelationEntry,
    meaning: Option<Meaning>,
}

impl Lost<'_> {
    /// What is wrong with it; it stands on `page`, which is one of `pages`, and may mean one of those `offered`.
    fn complaint(&self, page: &Page, rules: &PageRules, pages: &[&Page], offered: &[&Page]) -> Complaint {
        let about = About::part(&page.path, Subject::Key(self.entry.at.clone()));
        let to = &self.entry.to;
        match self.meaning {
            Some(Meaning::Page(_)) => complaints::related_to_itself(about, to),
            Some(Meaning::Unpublished(held)) => complaints::related_draft(about, to, held),
            Some(Meaning::Several) => {
                let several = pages.iter().filter(|other| other.kind == Some(self.kind) && other.name == *to);
                complaints::ambiguous_related(about, to, several.map(|page| &page.path))
            }
            None => {
                let others = offered.iter().filter(|other| other.kind == Some(self.kind) && other.path != page.path);
                let names: Vec<&str> = others.map(|other| &*other.name).collect();
                complaints::unknown_related(about, &rules.kinds[self.kind], to, &names)
            }
        }
    }
}
