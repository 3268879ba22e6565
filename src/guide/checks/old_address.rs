//! A link to an address that a page has left.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Span, Subject, decode_path, encode_path};
use crate::content::Page;
use crate::content::body::Target;
use crate::guide::Destination;
use crate::site::CONTENT;

/// Asks every link that names an address.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, site, .. } = context;
    for (_, page, facts) in book.iter() {
        for (number, (link, destination)) in page.body.links.iter().zip(&facts.links).enumerate() {
            let (Target::Address(address), Destination::Page(to)) = (&link.target, destination) else { continue };
            let to = book.page(*to);
            let base = &site.rules.base;
            let is_there = |path: &str| {
                let path = encode_path(&decode_path(path));
                path.trim_end_matches('/') == to.url.as_str().trim_end_matches('/')
            };
            if !is_there(base.within(address)) && !is_there(address) {
                found.push(complain(context, page, number, to));
            }
        }
    }
}

fn complain(context: CheckContext, page: &Page, number: usize, to: &Page) -> Complaint {
    let complaint = old_address(About::part(&page.path, Subject::Link(number)), to);
    let text = context.sources.text(&page.path).unwrap_or_default();
    let span = page.body.links[number].span;
    let written = text.get(span.start..span.end).unwrap_or_default();
    let is_destination = text.get(..span.start).is_some_and(|before| before.ends_with("]("));
    // Whatever stands behind a `?` would be lost, and a link that is declared elsewhere has no destination here.
    if !is_destination || written.contains('?') {
        return complaint;
    }
    let anchor = written.find('#').map_or("", |at| &written[at..]);
    let file = to.path.below(CONTENT).unwrap_or_default();
    complaint.fix(Span::WHOLE, format!("@/{}{anchor}", encode_path(file)))
}

/// A link to an address that a page had before.
fn old_address(place: About, to: &Page) -> Complaint {
    Diagnostic::new(Code::OldAddress, place, format!("this is an old address of `{}`", to.path))
        .help("name the page's file, which leads there without a detour")
}
