//! A relation's reason that gives none: it says again what a page is called, or what another reason says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{CheckContext, stands_for};
use crate::base::{Code, Diagnostic, Place};
use crate::content::Page;
use crate::guide::{Edge, Entry};

/// Words that carry no meaning of their own.
const EMPTY_WORDS: [&str; 30] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "helps", "help", "how", "in", "is", "it",
    "of", "on", "or", "our", "that", "the", "this", "to", "us", "we", "with", "you", "your",
];

/// Asks every reason whether another one beside it says the same.
pub(super) fn check_reasons(context: CheckContext, found: &mut Vec<Diagnostic>) {
    for entry in &context.guide.entries {
        for related in entry.relations.iter().filter(|related| related.edges.len() > 1) {
            let mut first: BTreeMap<_, &Edge> = BTreeMap::new();
            for edge in &related.edges {
                let Some(words) = stands_for(&edge.why) else { continue };
                let Some(other) = first.get(&words) else {
                    first.insert(words, edge);
                    continue;
                };
                let places = [edge, *other].map(|edge| place_of(context, entry, edge));
                if let [Some(place), Some(before)] = places {
                    found.push(same_why(place, before));
                }
            }
        }
    }
}

/// Asks every reason whether it says no more than the title of a page at one of its ends.
pub(super) fn check_titles(context: CheckContext, found: &mut Vec<Diagnostic>) {
    for entry in &context.guide.entries {
        for relation_entries in &entry.page.matter.relation_entries {
            for stated in relation_entries.iter().filter(|stated| !stated.why.is_empty()) {
                let edges = entry.relations.iter().flat_map(|related| &related.edges);
                let other = edges.clone().find(|edge| Arc::ptr_eq(&edge.why, &stated.why));
                let other = other.map(|edge| &*context.guide.entry(edge.to).page);
                let title = |page: &&Page| repeats(&stated.why, &page.matter.title);
                if let Some(page) = other.into_iter().chain([&*entry.page]).find(title) {
                    let place = context.place(&entry.page, &stated.way_to_why());
                    found.push(why_repeats_title(place, &page.matter.title));
                }
            }
        }
    }
}

/// Where the reason of an edge that a page shows is written: on this page, or on the one at the other end.
fn place_of(context: CheckContext, entry: &Entry, edge: &Edge) -> Option<Place> {
    let stated = |page: &Page| {
        let stated =
            page.matter.relation_entries.iter().flatten().find(|stated| Arc::ptr_eq(&stated.why, &edge.why))?;
        Some(context.place(page, &stated.way_to_why()))
    };
    stated(&entry.page).or_else(|| stated(&context.guide.entry(edge.to).page))
}

/// Does a reason say nothing that a title does not say?
fn repeats(why: &str, title: &str) -> bool {
    // Most reasons are far longer than titles, and need not be looked into.
    if why.len() > 2 * title.len() + 16 {
        return false;
    }
    let (said, named) = (content_words(why), content_words(title));
    !said.is_empty() && said.is_subset(&named) && 2 * said.len() > named.len()
}

fn content_words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words.map(str::to_lowercase).filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(&&**word)).collect()
}

/// The reason for a relation says no more than a title.
fn why_repeats_title(place: Place, title: &str) -> Diagnostic {
    Diagnostic::new(Code::WhyRepeatsTitle, place, format!("this reason says no more than the title `{title}`"))
        .help("say in one sentence what the one page does for readers of the other")
}

/// Two relations of one page have the same reason.
fn same_why(place: Place, before: Place) -> Diagnostic {
    Diagnostic::new(Code::SameWhy, place, "two reasons that stand side by side are the same")
        .note(before, "the other one")
        .help("say what each of the two does that the other does not")
}
