//! Two pages of a kind that say the same in a field where each says something else.

use rustc_hash::FxHashMap;

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic};
use crate::content::Page;
use crate::site::Field;

/// Asks every field that is `unique`.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    for (index, kind) in context.site.rules.kinds.iter().enumerate() {
        for (at, field) in kind.fields.iter().enumerate().filter(|(_, field)| field.is_unique) {
            let mut first = FxHashMap::default();
            for page in context.book.pages.iter().filter(|page| page.kind == Some(index)) {
                let Some(value) = page.matter.fields[at].get() else { continue };
                match first.get(value) {
                    None => drop(first.insert(value, *page)),
                    Some(other) => found.push(same_value(field, page, other)),
                }
            }
        }
    }
}

/// Two pages say the same in a field.
fn same_value(field: &Field, page: &Page, other: &Page) -> Complaint {
    let (about, before) = (About::key(&page.path, &field.name), About::key(&other.path, &field.name));
    Diagnostic::new(Code::SameValue, about, format!("another page has the same `{}`", field.name))
        .note(before, "the other page")
        .help("give each page its own")
}
