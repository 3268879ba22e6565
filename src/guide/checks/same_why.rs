//! Two reasons that stand side by side and say the same.

use std::collections::BTreeMap;

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Subject};
use crate::guide::{Book, Edge};

/// Asks every reason whether another one beside it says the same.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let book = context.book;
    for (_, _, facts) in book.iter() {
        for edges in facts.relations.iter().filter(|edges| edges.len() > 1) {
            let mut first: BTreeMap<_, Edge> = BTreeMap::new();
            for edge in edges {
                let Some(words) = book.reason(*edge).and_then(|words| words.all) else { continue };
                match first.get(&words) {
                    None => drop(first.insert(words, *edge)),
                    Some(other) => found.push(same_why(about(book, *edge), about(book, *other))),
                }
            }
        }
    }
}

/// The reason of an edge, where it is written.
fn about(book: Book, edge: Edge) -> About {
    About::part(&book.page(edge.by).path, Subject::Key(book.entry(edge).way_to_why()))
}

/// Two relations of one page have the same reason.
fn same_why(place: About, before: About) -> Complaint {
    Diagnostic::new(Code::SameWhy, place, "two reasons that stand side by side are the same")
        .note(before, "the other one")
        .help("say what each of the two does that the other does not")
}
