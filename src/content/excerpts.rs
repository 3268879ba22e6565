//! More words in the sections that a page's card holds than the card has room for.

use super::{Page, complaints};
use crate::base::{Diagnostic, Place};
use crate::site::Kind;

/// Asks a page of `kind`.
pub(super) fn check(page: &Page, kind: &Kind, found: &mut Vec<Diagnostic>) {
    let excerpts = &page.body.excerpts;
    let words = excerpts.iter().map(|excerpt| excerpt.words).sum();
    if let (Some(first), Some(most)) = (excerpts.first(), kind.show.excerpt_words.filter(|most| words > *most)) {
        let what = format!("what the card on paper holds of this {}", kind.one);
        found.push(complaints::values::too_many_words(Place::at(&page.path, first.span), &what, words, most));
    }
}
