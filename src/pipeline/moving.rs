//! Complaints about pages whose wording was edited: the same complaints, where what they are about stands after it.

use std::collections::BTreeMap;

use super::pages::Edited;
use crate::base::{Diagnostic, Note, Place, SourcePath, Span};
use crate::content::Page;

/// Each edited page before and after, by path.
type Pairs<'p> = BTreeMap<&'p SourcePath, (&'p Page, &'p Page)>;

/// The complaints about a guide of which some pages were edited, their bones left as they were: so they are of the same
/// links, citations and front matters, and only places can be others. `None` if they may be others all the same: they can
/// name a title, and show a line of a front matter or something else in an edited page.
pub(super) fn moved(complaints: &[Diagnostic], edited: &[Edited]) -> Option<Vec<Diagnostic>> {
    let is_renamed = |page: &Edited| page.before.matter.title != page.after.page.matter.title;
    if !complaints.is_empty() && edited.iter().any(is_renamed) {
        return None;
    }
    let pairs: Pairs = edited.iter().map(|page| (&page.after.path, (page.before, &*page.after.page))).collect();
    let note = |note: &Note| Some(Note { place: moved_place(&note.place, &pairs)?, label: note.label.clone() });
    let complaint = |complaint: &Diagnostic| {
        // A cure is certain for the text as it was written.
        if !complaint.fix.is_empty() && pairs.contains_key(&complaint.place.path) {
            return None;
        }
        let place = moved_place(&complaint.place, &pairs)?;
        let notes = complaint.notes.iter().map(note).collect::<Option<_>>()?;
        Some(Diagnostic { place, notes, ..complaint.clone() })
    };
    complaints.iter().map(complaint).collect()
}

fn moved_place(place: &Place, pairs: &Pairs) -> Option<Place> {
    let (Some(span), Some((before, after))) = (place.span, pairs.get(&place.path)) else { return Some(place.clone()) };
    Some(Place::at(&place.path, moved_span(span, before, after)?))
}

/// Where that which stood at `span` stands after the edit. The links and the citations are the same, in their order.
fn moved_span(span: Span, before: &Page, after: &Page) -> Option<Span> {
    if span.end <= before.front.length {
        return (before.front == after.front).then_some(span);
    }
    let (old, new) = (&before.body, &after.body);
    let links = old.links.iter().zip(&new.links).map(|(old, new)| (old.span, new.span));
    let citations = old.citations.iter().zip(&new.citations).map(|(old, new)| (old.span, new.span));
    let mut found = links.chain(citations).filter(|(old, _)| *old == span).map(|(_, new)| new);
    let first = found.next()?;
    // Several links may have had one place, that of their common address.
    found.all(|other| other == first).then_some(first)
}
