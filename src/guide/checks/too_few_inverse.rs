//! A page that no page of another kind leads to.

use std::collections::BTreeSet;

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Span};
use crate::content::{Page, entries};
use crate::guide::{Book, PageId, relations};
use crate::site::{Kind, Relation, Site};

/// Asks every page that a relation with `inverse_min` can lead to, unless nobody knows where a page leads that may lead
/// there.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, held, site, .. } = context;
    let half_read = half_read(book, site);
    for (id, page, _) in book.iter() {
        let Some(kind) = page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        for (from, relation) in relations::inverses(kind, &site.rules) {
            let led = led(book, id, &relation.inverse);
            if led < relation.inverse_min && !half_read.contains(&(&*from.name, &*relation.name)) {
                let hidden = held.iter().find(|other| names(other, (from, relation), page, site));
                found.push(match hidden.filter(|_| led == 0) {
                    Some(other) => led_by_held(page, kind, other),
                    None => too_few_inverse(page, kind, from, relation, led),
                });
            }
        }
    }
}

/// To how many pages does a relation lead from a page?
fn led(book: Book, id: PageId, name: &str) -> usize {
    book.relations(id).find(|(side, _)| *side.name == *name).map_or(0, |(_, edges)| edges.len())
}

/// Does the page `other` name `page` under a relation of the kind `from`?
fn names(other: &Page, (from, relation): (&Kind, &Relation), page: &Page, site: &Site) -> bool {
    let is_from = other.kind.is_some_and(|kind| site.rules.kinds[kind].name == from.name);
    let at = from.relations.iter().position(|stated| stated.name == relation.name);
    let relation_entries = at.and_then(|at| other.matter.relation_entries.get(at)).filter(|_| is_from);
    relation_entries.is_some_and(|relation_entries| relation_entries.iter().any(|entry| entry.to == page.name))
}

/// The kinds and relations of which a page could not be read, or names a page that is none: nobody knows where it leads.
fn half_read<'s>(book: Book, site: &'s Site) -> BTreeSet<(&'s str, &'s str)> {
    let mut found = BTreeSet::new();
    for (id, page, _) in book.iter() {
        let Some(kind) = page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        for (relation, entries) in kind.relations.iter().zip(&page.matter.relation_entries) {
            if entries.whole().is_none_or(|entries| led(book, id, &relation.name) < entries.len()) {
                found.insert((&*kind.name, &*relation.name));
            }
        }
    }
    found
}

/// A page that too few pages of another kind lead to.
fn too_few_inverse(page: &Page, kind: &Kind, from: &Kind, relation: &Relation, led: usize) -> Complaint {
    let (one, least) = (&kind.one, relation.inverse_min);
    let message = match led {
        0 => format!("no {} leads to this {one} yet", from.one),
        1 => format!("only one {} leads to this {one}, and it takes {least}", from.one),
        _ => format!("only {led} {} lead to this {one}, and it takes {least}", from.other),
    };
    let lines = entries::lines(entries::USUAL_COLUMN, &page.name, relation);
    Diagnostic::new(Code::TooFewInverse, About::at(&page.path, Span::new(0, 3)), message)
        .help(format!("in the file of a {} that it belongs with, add {lines}, under `{}:`", from.one, relation.name))
}

/// A page that only a page leads to which is held back.
fn led_by_held(page: &Page, kind: &Kind, other: &Page) -> Complaint {
    let why = other.held.map_or_else(String::new, |held| held.to_string());
    let message = format!("only `{}` leads to this {}, and that page {why}", other.path, kind.one);
    Diagnostic::new(Code::TooFewInverse, About::at(&page.path, Span::new(0, 3)), message)
        .help("publish the other page, or hold this one back with it by `draft: true`")
}
