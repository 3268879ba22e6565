//! Footnotes: which are shown, in which order, and the section that holds them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use super::complaints;
use super::html::{Buffer, Hole};
use super::page::{Complaints, Page, suggestion};
use crate::base::{Span, escape_html};

/// A footnote's text as it is written.
pub(super) struct Definition {
    /// The label, as compared.
    pub key: String,
    /// The label, as written.
    pub label: String,
    /// The place of `[^label]`.
    pub span: Span,
    /// Its HTML.
    pub html: Buffer,
}

/// A place in the text that names a footnote.
pub(super) struct Reference {
    /// The label, as compared.
    pub key: String,
    /// The label, as written.
    pub label: String,
    /// Its place.
    pub span: Span,
}

/// The footnotes that a reader gets to see.
#[derive(Default)]
pub(super) struct Order {
    /// The definitions in the order of their numbers, which begin with 1.
    pub definitions: Vec<usize>,
    /// The number of each label.
    numbers: BTreeMap<String, usize>,
    /// How often the text names each, in the order of their numbers.
    pub uses: Vec<usize>,
}

impl Order {
    /// The number of the footnote with this key, if it has one.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.numbers.get(key).copied()
    }
}

/// The form under which labels are compared: `[^Note]` and `[^note]` are one.
pub(super) fn key(label: &str) -> String {
    label.to_lowercase()
}

/// Numbers the footnotes in the order in which a reader meets them: first those of the text, then those that
/// only other footnotes name.
pub(super) fn order(text: &Buffer, definitions: &[Definition], references: &[Reference]) -> Order {
    let mut by_key = BTreeMap::new();
    for (i, definition) in definitions.iter().enumerate() {
        by_key.entry(definition.key.as_str()).or_insert(i);
    }
    let mut order = Order::default();
    let mut waiting = VecDeque::from([text]);
    while let Some(buffer) = waiting.pop_front() {
        for hole in buffer.holes() {
            let Hole::Reference(n) = hole else { continue };
            let key = references[*n].key.as_str();
            if let Some(number) = order.number(key) {
                order.uses[number - 1] += 1;
            } else if let Some(&definition) = by_key.get(key) {
                order.definitions.push(definition);
                order.uses.push(1);
                order.numbers.insert(key.to_owned(), order.definitions.len());
                waiting.push_back(&definitions[definition].html);
            }
        }
    }
    order
}

/// Complains of footnotes that are written twice or that nothing names.
pub(super) fn check(definitions: &[Definition], order: &Order, page: &Page, complaints: &mut Complaints) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for definition in definitions {
        let place = page.place(definition.span);
        if let Some(before) = first.get(definition.key.as_str()) {
            complaints.push(complaints::duplicate_footnote(place, &definition.label, page.place(*before)));
            continue;
        }
        first.insert(&definition.key, definition.span);
        if order.number(&definition.key).is_none() {
            complaints.push(complaints::unused_footnote(place, &definition.label));
        }
    }
}

/// Complains of references that name no footnote.
pub(super) fn check_unknown(
    unknown: &[Reference],
    definitions: &[Definition],
    page: &Page,
    complaints: &mut Complaints,
) {
    if unknown.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = definitions.iter().map(|definition| definition.label.as_str()).collect();
    let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
    let written: BTreeSet<&str> = definitions.iter().map(|definition| definition.key.as_str()).collect();
    for reference in unknown.iter().filter(|reference| !written.contains(reference.key.as_str())) {
        let nearest = suggestion(&reference.label, &known);
        complaints.push(complaints::unknown_footnote(page.place(reference.span), &reference.label, nearest));
    }
}

/// The HTML of a reference: the `nth` to footnote `number`.
pub(super) fn push_reference(out: &mut String, number: usize, nth: usize) {
    let _ = write!(
        out,
        r##"<sup class="footnote-ref"><a id="fnref-{number}-{nth}" href="#fn-{number}" role="doc-noteref">{number}</a></sup>"##
    );
}

/// The links from footnote `number` back to the places that name it.
pub(super) fn push_back_links(out: &mut String, number: usize, uses: usize, words: &str) {
    let words = escape_html(words);
    for nth in 1..=uses {
        let which = if nth == 1 { String::new() } else { nth.to_string() };
        let label = if nth == 1 { String::new() } else { format!(" {nth}") };
        let _ = write!(
            out,
            r##" <a class="footnote-back" href="#fnref-{number}-{nth}" role="doc-backlink" aria-label="{words}{label}">↩{which}</a>"##
        );
    }
}
