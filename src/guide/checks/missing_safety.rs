//! A page without a way to the help page, though its kind needs one.

use crate::base::{Code, Diagnostic, Place, SourcePath, Span};
use crate::content::Page;
use crate::content::body::LinkRole;
use crate::guide::{Destination, Entry, Guide, PageId};
use crate::site::{Kind, Site};

/// Asks every page of a kind with `safety = "required"`.
pub(super) fn check(guide: &Guide, site: &Site, found: &mut Vec<Diagnostic>) {
    let Some(help) = guide.special.help else { return };
    for entry in &guide.entries {
        let Some(kind) = entry.page.kind.map(|kind| &site.rules.kinds[kind]).filter(|kind| kind.needs_safety) else {
            continue;
        };
        let is_unread = !entry.page.matter.is_whole && entry.page.body.pieces.is_empty();
        if !is_unread && !leads_to(entry, help) {
            found.push(missing_safety(&entry.page, kind, &guide.entry(help).page.path));
        }
    }
}

/// A link that leads nowhere may be the one: it is complained of itself.
fn leads_to(entry: &Entry, help: PageId) -> bool {
    let mut links = entry.page.body.links.iter().zip(&entry.links);
    let leads = |to: &Destination| matches!(to, Destination::Nowhere) || *to == Destination::Page(help);
    links.any(|(link, to)| link.role == LinkRole::Link && leads(to))
}

/// A page does not say where readers who are not safe find help.
fn missing_safety(page: &Page, kind: &Kind, help: &SourcePath) -> Diagnostic {
    let message = format!("this {} has no way to `{help}`, for readers who are not safe", kind.one);
    Diagnostic::new(Code::MissingSafety, Place::at(&page.path, Span::new(0, 3)), message)
        .help("write for whom the page is not, in a box that begins with `> [!CAUTION]`, and link to that page")
}
