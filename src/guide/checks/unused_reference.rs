//! A reference that no page cites, not even one that is held back.

use crate::base::{Diagnostic, Place, SourcePath};
use crate::guide::{Guide, Reference};
use crate::site::{CONTENT, Site};

/// Asks every reference.
pub(super) fn check(guide: &Guide, site: &Site, found: &mut Vec<Diagnostic>) {
    let Some(rules) = &site.references else { return };
    // Nobody knows what a page rests on that could not be read as a whole.
    if guide.entries.iter().any(|entry| !entry.page.matter.is_whole || entry.page.body.is_cut) {
        return;
    }
    let path = SourcePath::new(&format!("{CONTENT}/{}", rules.file.value));
    for reference in guide.bibliography.iter() {
        let key = &reference.key;
        if !guide.cited_in.contains_key(key) && !guide.cited_by_held.contains(key) {
            found.push(unused_reference(&path, reference));
        }
    }
}

/// A reference that no page cites.
///
/// The references page lists what the guide rests on, and a source that no page cites is not listed.
fn unused_reference(path: &SourcePath, reference: &Reference) -> Diagnostic {
    Diagnostic::warning(
        "unused-reference",
        Place::at(path, reference.span),
        format!("no page cites `{}`", reference.key),
    )
    .help(format!("cite it with `[@{}]`, or take it out", reference.key))
}
