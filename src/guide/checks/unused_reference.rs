//! A reference that no page cites, not even one that is held back.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Known, SourcePath};
use crate::content::Page;
use crate::guide::Reference;

/// Asks every reference, unless nobody knows what a page cites: it was not understood, or names a source that there is not.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, site, .. } = context;
    let guide = book.guide;
    let Some(rules) = site.references.get() else { return };
    let is_known = |page: &Page| {
        page.matter.sources.whole().is_some()
            && page.body.citations.whole().is_some()
            && page.sources.iter().all(|used| guide.bibliography.get(&used.key).is_some())
    };
    if !book.pages.iter().all(|page| is_known(page)) {
        return;
    }
    let path = rules.path();
    // One that was retracted stays in the list so that nobody cites it again.
    for reference in guide.bibliography.iter().filter(|reference| reference.retracted == Known::Value(None)) {
        let key = &reference.key;
        if !guide.cited_in.contains_key(key) && !guide.cited_by_held.contains(key) {
            found.push(unused_reference(&path, reference));
        }
    }
}

/// A reference that no page cites.
fn unused_reference(path: &SourcePath, reference: &Reference) -> Complaint {
    Diagnostic::new(
        Code::UnusedReference,
        About::at(path, reference.span),
        format!("no page cites `{}`", reference.key),
    )
    .help(format!("cite it with `[@{}]`, or take it out", reference.key))
}
