//! A page without a way to the help page, though its kind needs one.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, SourcePath, Span};
use crate::content::Page;
use crate::content::body::LinkRole;
use crate::guide::{Destination, PageFacts, PageId};
use crate::site::{Kind, Safety};

/// Asks every page of a kind with `safety = "required"`.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, site, .. } = context;
    let Some(help) = book.guide.special.help else { return };
    for (_, page, facts) in book.iter() {
        let Some(kind) = page.kind.map(|kind| &site.rules.kinds[kind]).filter(|kind| kind.safety == Safety::Required)
        else {
            continue;
        };
        if page.body.links.whole().is_some() && !leads_to(page, facts, help) {
            found.push(missing_safety(page, kind, &book.page(help).path));
        }
    }
}

/// A link that leads nowhere may be the one: it is complained of itself.
fn leads_to(page: &Page, facts: &PageFacts, help: PageId) -> bool {
    let mut links = page.body.links.iter().zip(&facts.links);
    let leads = |to: &Destination| matches!(to, Destination::Nowhere) || *to == Destination::Page(help);
    links.any(|(link, to)| link.role == LinkRole::Link && leads(to))
}

/// A page does not say where readers who are not safe find help.
fn missing_safety(page: &Page, kind: &Kind, help: &SourcePath) -> Complaint {
    let message = format!("this {} has no way to `{help}`, for readers who are not safe", kind.one);
    Diagnostic::new(Code::MissingSafety, About::at(&page.path, Span::new(0, 3)), message)
        .help("write for whom the page is not, in a box that begins with `> [!CAUTION]`, and link to that page")
}
