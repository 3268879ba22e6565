//! What two pages say of themselves in the same words: their titles, descriptions, or lines of the checklist.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Fingerprint};
use crate::content::Page;

/// Asks every title, every description and every line of the checklist.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    compare(
        context,
        |page| page.wording.title.all,
        |page, other| {
            found.push(same_title(About::key(&page.path, "title"), About::key(&other.path, "title")));
        },
    );
    compare(
        context,
        |page| page.wording.description,
        |page, other| {
            let about = |page: &Page| About::key(&page.path, "description");
            found.push(same_description(about(page), about(other)));
        },
    );
    let Some(rules) = &context.site.checklist else { return };
    let kinds = &context.site.rules.kinds;
    let Some(kind) = kinds.iter().position(|kind| kind.name == rules.items.value) else { return };
    let Some(field) = kinds[kind].fields.iter().position(|field| field.name == rules.statement) else { return };
    let statement = |page: &Page| if page.kind == Some(kind) { page.wording.fields[field] } else { None };
    compare(context, statement, |page, other| {
        let about = |page: &Page| About::key(&page.path, &rules.statement);
        found.push(same_statement(about(page), about(other)));
    });
}

/// Tells of each page that says the same as one before it, and of that one.
fn compare(context: CheckContext, said: impl Fn(&Page) -> Option<Fingerprint>, mut tell: impl FnMut(&Page, &Page)) {
    let mut first = FxHashMap::with_capacity_and_hasher(context.book.pages.len(), FxBuildHasher);
    for page in context.book.pages {
        let Some(words) = said(page) else { continue };
        match first.get(&words) {
            None => drop(first.insert(words, *page)),
            Some(other) => tell(page, other),
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
