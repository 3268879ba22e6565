//! A page of a kind that no page leads to.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Span};
use crate::content::Page;
use crate::guide::relations;
use crate::site::{Kind, Site};

/// Asks every page whose kind takes part in a relation, if it is known of all pages where they lead.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, site, .. } = context;
    if !book.pages.iter().all(|page| is_known_where_it_leads(page, site)) {
        return;
    }
    for (id, page, facts) in book.iter() {
        let Some(kind) = page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        let is_in_menu = || book.guide.menu.iter().any(|(to, _)| *to == id);
        if facts.is_alone() && !is_in_menu() && is_asked(kind, site) {
            found.push(orphan(page, kind));
        }
    }
}

/// The relations of a page that lies where it does not belong are not read, and one that names too few is to name more.
fn is_known_where_it_leads(page: &Page, site: &Site) -> bool {
    let relations = page.kind.map_or(&[][..], |kind| &site.rules.kinds[kind].relations).iter();
    let mut stated = relations.zip(&page.matter.relation_entries);
    page.matter.misplaced.is_none()
        && page.body.links.whole().is_some()
        && stated.all(|(relation, entries)| entries.whole().is_some_and(|entries| entries.len() >= relation.min))
}

/// Do pages of this kind belong with others, without a least number that is asked for already?
fn is_asked(kind: &Kind, site: &Site) -> bool {
    let mut inverses = relations::inverses(kind, &site.rules).peekable();
    let takes_part = !kind.relations.is_empty() || inverses.peek().is_some();
    let is_counted = kind.relations.iter().any(|relation| relation.min > 0);
    takes_part && !is_counted && !inverses.any(|(_, relation)| relation.inverse_min > 0)
}

/// A page that no other page leads to.
fn orphan(page: &Page, kind: &Kind) -> Complaint {
    let complaint = Diagnostic::new(
        Code::Orphan,
        About::at(&page.path, Span::new(0, 3)),
        format!("no page leads to this {}", kind.one),
    );
    match kind.relations.first() {
        Some(relation) => complaint.help(format!("say under `{}:` what it belongs with, or link to it", relation.name)),
        None => complaint.help("name it on a page that it belongs with, or link to it"),
    }
}
