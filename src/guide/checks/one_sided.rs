//! A relation's reason that gives none: it says again what a page is called, or what another reason says.

use std::collections::BTreeMap;

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Subject};
use crate::guide::{Book, Edge};

/// Asks every reason whether another one beside it says the same, and whether it says no more than the title of a page at
/// one of its ends.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let book = context.book;
    for (id, page, facts) in book.iter() {
        for edges in facts.relations.iter().filter(|edges| edges.len() > 1) {
            let mut first: BTreeMap<_, Edge> = BTreeMap::new();
            for edge in edges {
                let Some(words) = book.reason(*edge).all else { continue };
                match first.get(&words) {
                    None => drop(first.insert(words, *edge)),
                    Some(other) => found.push(same_why(about(book, *edge), about(book, *other))),
                }
            }
        }
        for (relation, reasons) in page.wording.reasons.iter().enumerate() {
            let edges = facts.relations.get(relation).map_or(&[][..], Vec::as_slice);
            for (entry, reason) in reasons.iter().enumerate() {
                let edge = edges.iter().find(|edge| edge.by == id && edge.entry == entry);
                let mut ends = edge.map(|edge| book.page(edge.to)).into_iter().chain([page]);
                if let Some(named) = ends.find(|named| reason.repeat(&named.wording.title)) {
                    let way = page.matter.relation_entries[relation][entry].way_to_why();
                    let about = About::part(&page.path, Subject::Key(way));
                    found.push(why_repeats_title(about, named.title()));
                }
            }
        }
    }
}

/// The reason of an edge, where it is written.
fn about(book: Book, edge: Edge) -> About {
    About::part(&book.page(edge.by).path, Subject::Key(book.entry(edge).way_to_why()))
}

/// The reason for a relation says no more than a title.
fn why_repeats_title(place: About, title: &str) -> Complaint {
    Diagnostic::new(Code::WhyRepeatsTitle, place, format!("this reason says no more than the title `{title}`"))
        .help("say in one sentence what the one page does for readers of the other")
}

/// Two relations of one page have the same reason.
fn same_why(place: About, before: About) -> Complaint {
    Diagnostic::new(Code::SameWhy, place, "two reasons that stand side by side are the same")
        .note(before, "the other one")
        .help("say what each of the two does that the other does not")
}
