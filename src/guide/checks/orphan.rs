//! A page of a kind that no page leads to.

use crate::base::{Code, Diagnostic, Place, Span};
use crate::content::Page;
use crate::guide::{Entry, Guide, relations};
use crate::site::{Kind, Site};

/// Asks every page whose kind takes part in a relation, if all pages could be read.
pub(super) fn check(guide: &Guide, site: &Site, found: &mut Vec<Diagnostic>) {
    if guide.entries.iter().any(|entry| !entry.page.matter.is_whole) {
        return;
    }
    for (id, entry) in guide.iter() {
        let Some(kind) = entry.page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        let is_in_menu = guide.menu.iter().any(|(to, _)| *to == id);
        if is_asked(kind, site) && !is_in_menu && is_alone(entry) {
            found.push(orphan(&entry.page, kind));
        }
    }
}

/// Do pages of this kind belong with others, without a least number that is asked for already?
fn is_asked(kind: &Kind, site: &Site) -> bool {
    let mut inverses = relations::inverses(kind, &site.rules).peekable();
    let takes_part = !kind.relations.is_empty() || inverses.peek().is_some();
    let is_counted = kind.relations.iter().any(|relation| relation.min > 0);
    takes_part && !is_counted && !inverses.any(|(_, relation)| relation.inverse_min > 0)
}

fn is_alone(entry: &Entry) -> bool {
    entry.backlinks.is_empty() && entry.relations.iter().all(|related| related.edges.is_empty())
}

/// A page that no other page leads to.
fn orphan(page: &Page, kind: &Kind) -> Diagnostic {
    let complaint = Diagnostic::new(
        Code::Orphan,
        Place::at(&page.path, Span::new(0, 3)),
        format!("no page leads to this {}", kind.one),
    );
    match kind.relations.first() {
        Some(relation) => complaint.help(format!("say under `{}:` what it belongs with, or link to it", relation.name)),
        None => complaint.help("name it on a page that it belongs with, or link to it"),
    }
}
