//! The headings of a page → their ids and the outline.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel};
use unicode_normalization::UnicodeNormalization;

use super::Heading;
use super::complaints;
use super::events::{Reader, trimmed};
use super::html::{Hole, clean, one_line};
use super::lint::parts_conflict;
use super::page::{Complaints, Page};
use crate::base::{Span, slugify};

/// A heading as it is written.
pub(super) struct Draft {
    /// 1 to 6.
    pub level: u8,
    /// The id in `{#id}`, with its place.
    pub explicit: Option<(String, Span)>,
    /// Its words.
    pub title: String,
    /// Where it stands in the body.
    pub span: Span,
    /// The words before it.
    pub words_before: usize,
}

impl Reader<'_> {
    /// Takes in the start of a heading, with what stands in braces after it.
    pub fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'_>>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        range: &Range<usize>,
    ) {
        let span = trimmed(self.page.body, range);
        if level == HeadingLevel::H1 && !parts_conflict(self.page.body, range) {
            self.complaints.push(complaints::heading_one(self.page.place(span)));
        }
        self.check_level(level as u8, span);
        for (name, value) in attributes {
            let written = value.as_ref().map_or(name.to_string(), |value| format!("{name}={value}"));
            self.complain_of_attribute(&written, span);
        }
        let number = self.draft.headings.len();
        self.out.fresh_line();
        if self.may_begin_excerpt() {
            self.out.hole(Hole::HeadingStart(number));
        }
        self.out.push(&format!("<{level}"));
        self.out.hole(Hole::HeadingId(number));
        let mut separator = " class=\"";
        for class in classes {
            if class.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
                self.out.push(separator);
                self.out.push(class);
                separator = " ";
            } else {
                self.complain_of_attribute(&format!(".{class}"), span);
            }
        }
        self.out.push(if separator == " " { "\">" } else { ">" });
        let explicit =
            id.map(|id| (clean(&id).nfc().collect::<String>(), self.attribute_span(&format!("#{id}"), span)));
        let words_before = self.draft.words.total();
        self.draft.headings.push(Draft { level: level as u8, explicit, title: String::new(), span, words_before });
    }

    /// Is what is being read the text itself, of which excerpts are taken, and no part of a list, a quote or a footnote?
    fn may_begin_excerpt(&self) -> bool {
        !self.page.excerpts.is_empty() && !self.is_nested() && !self.is_in_footnote()
    }

    /// Complains of a level that is more than one deeper than the last; footnotes stand apart from the text.
    fn check_level(&mut self, level: u8, span: Span) {
        if self.is_in_footnote() {
            return;
        }
        if level > self.heading_level + 1 {
            self.complaints.push(complaints::heading_skip(self.page.place(span), self.heading_level + 1));
        }
        self.heading_level = level;
    }

    fn complain_of_attribute(&mut self, attribute: &str, heading: Span) {
        let place = self.page.place(self.attribute_span(attribute, heading));
        self.complaints.push(complaints::heading_attribute(place, attribute));
    }

    /// The place of `attribute` in the last braces of a heading.
    fn attribute_span(&self, attribute: &str, heading: Span) -> Span {
        let text = self.page.body.get(heading.start..heading.end).unwrap_or_default();
        let braces = text.rfind('{').unwrap_or_default();
        text[braces..].find(attribute).map_or(heading, |offset| {
            let start = heading.start + braces + offset;
            Span::new(start, start + attribute.len())
        })
    }

    /// Takes in the words of the heading that ends.
    pub fn finish_heading(&mut self) {
        if let Some(heading) = self.draft.headings.last_mut() {
            heading.title = one_line(&self.block.text);
        }
    }

    /// Takes in the end of a heading.
    pub fn end_heading(&mut self, level: HeadingLevel) {
        self.out.push(&format!("</{level}>"));
        if self.may_begin_excerpt() {
            self.out.hole(Hole::HeadingEnd(self.draft.headings.len() - 1));
        }
        self.out.push("\n");
    }
}

/// The ids that every theme may use: for the text as a whole, and for the button that erases what was ticked.
const OF_THEMES: [&str; 2] = ["main", "erase"];

/// The id of each heading, unique on the page; `taken` are those that raw HTML gives.
pub(super) fn ids(headings: &[Draft], taken: &[String], page: &Page, complaints: &mut Complaints) -> Vec<Box<str>> {
    let mut used: BTreeSet<String> = taken.iter().cloned().collect();
    used.extend(OF_THEMES.map(str::to_owned));
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut keeps = Vec::with_capacity(headings.len());
    // All ids that authors chose are set aside first: an address that was given must not move because of a new heading.
    for heading in headings {
        let Some((id, span)) = &heading.explicit else {
            keeps.push(false);
            continue;
        };
        let place = page.place(*span);
        if let Some(before) = first.get(id.as_str()) {
            complaints.push(complaints::duplicate_id(place, id, page.place(*before)));
            keeps.push(false);
            continue;
        }
        if is_reserved(id) || OF_THEMES.contains(&id.as_str()) {
            complaints.push(complaints::reserved_id(place, id));
        }
        first.insert(id, *span);
        keeps.push(used.insert(id.clone()));
    }
    let mut numbers = BTreeMap::new();
    let chosen = headings.iter().zip(keeps);
    let own = |heading: &Draft| heading.explicit.as_ref().map_or_else(String::new, |(id, _)| id.clone());
    chosen
        .map(|(heading, keeps)| if keeps { own(heading) } else { id(heading, &mut used, &mut numbers) }.into())
        .collect()
}

/// A free id for one heading, made of the one it asks for or of its words.
fn id(heading: &Draft, used: &mut BTreeSet<String>, numbers: &mut BTreeMap<String, usize>) -> String {
    let explicit = heading.explicit.as_ref().map(|(id, _)| id.clone());
    let mut base = explicit.unwrap_or_else(|| slugify(&heading.title));
    if base.is_empty() {
        "section".clone_into(&mut base);
    }
    if is_reserved(&base) {
        base.insert_str(0, "section-");
    }
    if used.insert(base.clone()) {
        return base;
    }
    let number = numbers.entry(base.clone()).or_insert(0);
    loop {
        *number += 1;
        let candidate = format!("{base}-{number}");
        if used.insert(candidate.clone()) {
            return candidate;
        }
    }
}

/// Has this the shape of the ids that the generator gives to notes, citations and sources?
fn is_reserved(id: &str) -> bool {
    ["fn-", "fnref-", "cite-", "source-"].iter().any(|prefix| {
        let number = id.strip_prefix(prefix).unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || c == '-')
    })
}

/// The headings as a tree: each holds the deeper ones that follow it.
pub(super) fn outline(headings: Vec<Heading>) -> Vec<Heading> {
    let mut roots = Vec::new();
    let mut open: Vec<Heading> = Vec::new();
    for heading in headings {
        while open.last().is_some_and(|last| last.level >= heading.level) {
            close(&mut open, &mut roots);
        }
        open.push(heading);
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots.shrink_to_fit();
    roots
}

/// Moves the innermost open heading below the one that holds it.
fn close(open: &mut Vec<Heading>, roots: &mut Vec<Heading>) {
    if let Some(mut done) = open.pop() {
        done.children.shrink_to_fit();
        open.last_mut().map_or(roots, |parent| &mut parent.children).push(done);
    }
}
