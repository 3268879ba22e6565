//! A link to an address that a page has left.

use super::CheckContext;
use crate::base::{Code, Diagnostic, Place, decode_path, encode_path};
use crate::content::Page;
use crate::content::body::{Link, Target};
use crate::guide::Destination;
use crate::site::CONTENT;

/// Asks every link that names an address.
pub(super) fn check(context: CheckContext, found: &mut Vec<Diagnostic>) {
    for entry in &context.guide.entries {
        for (link, destination) in entry.page.body.links.iter().zip(&entry.links) {
            let (Target::Address(address), Destination::Page(to)) = (&link.target, destination) else { continue };
            let to = &context.guide.entry(*to).page;
            let base = &context.site.rules.base;
            let is_there = |path: &str| {
                let path = encode_path(&decode_path(path));
                path.trim_end_matches('/') == to.url.as_str().trim_end_matches('/')
            };
            if !is_there(base.within(address)) && !is_there(address) {
                found.push(complain(context, &entry.page, link, to));
            }
        }
    }
}

fn complain(context: CheckContext, page: &Page, link: &Link, to: &Page) -> Diagnostic {
    let complaint = old_address(Place::at(&page.path, link.span), to);
    let text = context.sources.text(&page.path).unwrap_or_default();
    let written = text.get(link.span.start..link.span.end).unwrap_or_default();
    let is_destination = text.get(..link.span.start).is_some_and(|before| before.ends_with("]("));
    // Whatever stands behind a `?` would be lost, and a link that is declared elsewhere has no destination here.
    if !is_destination || written.contains('?') {
        return complaint;
    }
    let anchor = written.find('#').map_or("", |at| &written[at..]);
    let file = to.path.below(CONTENT).unwrap_or_default();
    complaint.fix(link.span, format!("@/{}{anchor}", encode_path(file)))
}

/// A link to an address that a page had before.
fn old_address(place: Place, to: &Page) -> Diagnostic {
    Diagnostic::new(Code::OldAddress, place, format!("this is an old address of `{}`", to.path))
        .help("name the page's file, which leads there without a detour")
}
