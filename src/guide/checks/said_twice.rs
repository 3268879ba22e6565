//! What two pages say of themselves in the same words: their titles, descriptions, or lines of the checklist.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{CheckContext, stands_for};
use crate::base::{Code, Diagnostic, Place, Step};
use crate::content::{FieldValue, Page};

/// Asks every title and every description.
pub(super) fn check_words(context: CheckContext, found: &mut Vec<Diagnostic>) {
    find(context, "title", |page| Some(&*page.matter.title), found);
    find(context, "description", |page| Some(&*page.matter.description), found);
}

/// Asks every line of the checklist.
pub(super) fn check_statements(context: CheckContext, found: &mut Vec<Diagnostic>) {
    let Some(rules) = &context.site.checklist else { return };
    let kinds = &context.site.rules.kinds;
    let Some(kind) = kinds.iter().position(|kind| kind.name == rules.items) else { return };
    let Some(field) = kinds[kind].fields.iter().position(|field| field.name == rules.statement) else { return };
    let statement = |page: &Page| match page.matter.fields.get(field)?.as_ref()? {
        FieldValue::Text(text) if page.kind == Some(kind) => Some(text.clone()),
        _ => None,
    };
    let pages: Vec<(&Page, Box<str>)> =
        context.guide.entries.iter().filter_map(|entry| Some((&*entry.page, statement(&entry.page)?))).collect();
    let mut first = BTreeMap::new();
    for (page, text) in &pages {
        let Some(words) = stands_for(text) else { continue };
        let at = [Step::Key(rules.statement.clone())];
        match first.get(&words) {
            None => drop(first.insert(words, *page)),
            Some(other) => found.push(same_statement(context.place(page, &at), context.place(other, &at))),
        }
    }
}

/// Complains of each page that says the same as one before it under `key`.
fn find(
    context: CheckContext,
    key: &str,
    said: impl for<'p> Fn(&'p Page) -> Option<&'p str> + Sync,
    found: &mut Vec<Diagnostic>,
) {
    let pages = context.guide.entries.par_iter().map(|entry| &*entry.page);
    // A page whose front matter was not understood is called by its file's name.
    let words = |page: &Page| said(page).filter(|_| page.matter.is_whole).and_then(stands_for);
    let words: Vec<_> = pages.map(|page| (words(page), page)).collect();
    let mut first = BTreeMap::new();
    for (words, page) in words {
        let Some(words) = words else { continue };
        let Some(other) = first.get(&words) else {
            first.insert(words, page);
            continue;
        };
        let places = [page, *other].map(|page| context.place(page, &[Step::Key(key.into())]));
        let complain = if key == "title" { same_title } else { same_description };
        let [place, before] = places;
        found.push(complain(place, before));
    }
}

/// Two pages have the same title.
fn same_title(place: Place, before: Place) -> Diagnostic {
    Diagnostic::new(Code::SameTitle, place, "another page has the same title")
        .note(before, "the other page")
        .help("say in the title what is different about each of them")
}

/// Two pages have the same description.
fn same_description(place: Place, before: Place) -> Diagnostic {
    Diagnostic::new(Code::SameDescription, place, "another page has the same description")
        .note(before, "the other page")
        .help("say in one sentence what readers find on this page and on no other")
}

/// Two lines of the checklist say the same.
fn same_statement(place: Place, before: Place) -> Diagnostic {
    Diagnostic::new(Code::SameStatement, place, "another line of the checklist says the same")
        .note(before, "the other line")
        .help("say what is different about this one, or make one page of the two")
}
