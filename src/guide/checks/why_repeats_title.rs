//! A relation's reason that says again what a page is called.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Subject};

/// Asks every reason whether it says no more than the title of a page at one of its ends.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let book = context.book;
    for (id, page, facts) in book.iter() {
        for (relation, reasons) in page.wording.reasons.iter().enumerate() {
            let edges = facts.relations.get(relation).map_or(&[][..], |edges| edges);
            for (entry, reason) in reasons.iter().enumerate() {
                let Some(reason) = reason else { continue };
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

/// The reason for a relation says no more than a title.
fn why_repeats_title(place: About, title: &str) -> Complaint {
    Diagnostic::new(Code::WhyRepeatsTitle, place, format!("this reason says no more than the title `{title}`"))
        .help("say in one sentence what the one page does for readers of the other")
}
