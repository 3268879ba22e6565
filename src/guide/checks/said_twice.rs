//! What two pages say of themselves in the same words: their titles, descriptions, or lines of the checklist.

use std::collections::hash_map::Entry;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Fingerprint};
use crate::content::Page;

/// Asks every title, every description and every line of the checklist.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let rules = &context.site.rules;
    let statement = context.site.checklist.as_ref().and_then(|checklist| {
        let kind = rules.kinds.iter().position(|kind| kind.name == checklist.items.value)?;
        let field = rules.kinds[kind].fields.iter().position(|field| field.name == checklist.statement)?;
        Some((kind, field, &*checklist.statement))
    });
    let first_said = || FxHashMap::with_capacity_and_hasher(context.book.pages.len(), FxBuildHasher);
    let (mut titles, mut descriptions, mut statements) = (first_said(), first_said(), FxHashMap::default());
    for page in context.book.pages {
        let about = |page: &Page, key: &str| About::key(&page.path, key);
        if let Some(other) = said_before(&mut titles, page.wording.title.all, page) {
            found.push(same_title(about(page, "title"), about(other, "title")));
        }
        if let Some(other) = said_before(&mut descriptions, page.wording.description, page) {
            found.push(same_description(about(page, "description"), about(other, "description")));
        }
        let Some((_, field, key)) = statement.filter(|(kind, ..)| page.kind == Some(*kind)) else { continue };
        if let Some(other) = said_before(&mut statements, page.wording.fields[field], page) {
            found.push(same_statement(about(page, key), about(other, key)));
        }
    }
}

/// The first page that said it before this one.
fn said_before<'p>(
    first: &mut FxHashMap<Fingerprint, &'p Page>,
    said: Option<Fingerprint>,
    page: &'p Page,
) -> Option<&'p Page> {
    match first.entry(said?) {
        Entry::Occupied(other) => Some(other.get()),
        Entry::Vacant(free) => {
            free.insert(page);
            None
        }
    }
}

/// Two pages have the same title.
fn same_title(place: About, before: About) -> Complaint {
    Diagnostic::new(Code::SameTitle, place, "another page has the same title")
        .note(before, "the other page")
        .help("say in the title what is different about each of them")
}

/// Two pages have the same description.
fn same_description(place: About, before: About) -> Complaint {
    Diagnostic::new(Code::SameDescription, place, "another page has the same description")
        .note(before, "the other page")
        .help("say in one sentence what readers find on this page and on no other")
}

/// Two lines of the checklist say the same.
fn same_statement(place: About, before: About) -> Complaint {
    Diagnostic::new(Code::SameStatement, place, "another line of the checklist says the same")
        .note(before, "the other line")
        .help("say what is different about this one, or make one page of the two")
}
