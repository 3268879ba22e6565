//! Views that gather pages: sections, the home page, the A–Z list, tags and references.

use tera::Value;

use super::data::Writer;
use super::page_card::{CardPrints, PageCard};
use crate::base::slugify;
use crate::content::{Page, Role};
use crate::guide::{Book, Edge, Order, PageFacts, PageId, Reference};
use crate::site::Site;

/// The guide and the prebuilt values of its pages.
#[derive(Clone, Copy)]
pub struct Listings<'g> {
    pub book: Book<'g>,
    pub order: &'g Order,
    pub cards: &'g [&'g PageCard],
    pub prints: &'g [CardPrints],
    pub site: &'g Site,
}

impl Listings<'_> {
    /// The card of a page.
    pub fn card(&self, w: &mut impl Writer, id: PageId) {
        w.defer(self.prints[id.index()].card, || self.cards[id.index()].card.clone());
    }

    /// Title and address of a page.
    pub fn link(&self, w: &mut impl Writer, id: PageId) {
        w.defer(self.prints[id.index()].link, || self.cards[id.index()].link.clone());
    }

    /// Title and address of a page, if there is one.
    pub fn maybe_link(&self, w: &mut impl Writer, id: Option<PageId>) {
        match id {
            Some(id) => self.link(w, id),
            None => w.none(),
        }
    }

    /// The address of a page, as links write it.
    pub fn href(&self, id: PageId) -> &str {
        &self.cards[id.index()].href
    }

    pub fn cards(&self, w: &mut impl Writer, ids: &[PageId]) {
        w.list(|w| ids.iter().for_each(|id| self.card(w, *id)));
    }

    /// The pages and sections that a page gathers.
    pub fn gathered(&self, w: &mut impl Writer, id: PageId) {
        let pages = |id| self.order.gathered(id).map_or(&[][..], |gathered| &gathered.pages);
        self.cards(w.key("pages"), pages(id));
        w.key("sections").list(|w| {
            for id in self.order.gathered(id).iter().flat_map(|gathered| &gathered.sections) {
                w.map(|w| {
                    self.card(w.key("page"), *id);
                    self.cards(w.key("pages"), pages(*id));
                });
            }
        });
    }

    /// All pages by their first letter.
    pub fn letters(&self, w: &mut impl Writer) {
        let is_listed = |page: &Page, facts: &PageFacts| page.role != Role::Home && facts.section.is_some();
        let listed = self.book.iter().filter(|(_, page, facts)| is_listed(page, facts));
        let mut entries: Vec<(&str, PageId)> = listed.map(|(id, page, _)| (&*page.sort_key, id)).collect();
        entries.sort();
        let mut letters: Vec<(String, Vec<PageId>)> = Vec::new();
        for (key, id) in entries {
            let letter = key
                .chars()
                .next()
                .filter(|c| c.is_alphabetic())
                .map_or_else(|| "#".to_owned(), |c| c.to_uppercase().collect());
            // Signs stand both before and after the letters, and `ſ` has the capital of `s`.
            match letters.iter_mut().find(|(known, _)| *known == letter) {
                Some((_, pages)) => pages.push(id),
                None => letters.push((letter, vec![id])),
            }
        }
        w.list(|w| {
            for (letter, pages) in &letters {
                let slug = slugify(letter);
                w.map(|w| {
                    w.key("letter").text(letter);
                    w.key("id").text(&format!("letter-{}", if slug.is_empty() { "other" } else { &slug }));
                    self.cards(w.key("entries"), pages);
                });
            }
        });
    }

    /// The references that pages rest on, with these pages. What only a page names that is held back would give it away.
    pub fn references(&self, w: &mut impl Writer) {
        w.list(|w| {
            for reference in self.book.guide.bibliography.in_order() {
                let Some(citing) = self.book.guide.cited_in.get(&reference.key) else { continue };
                w.map(|w| {
                    w.key("id").text(&format!("ref-{}", reference.key));
                    write_reference(w, reference);
                    w.key("cited_in").list(|w| citing.iter().for_each(|id| self.link(w, *id)));
                });
            }
        });
    }

    /// Related pages with their reasons.
    pub fn edges(&self, w: &mut impl Writer, edges: &[Edge]) {
        w.list(|w| {
            for edge in edges {
                w.map(|w| self.edge(w, *edge));
            }
        });
    }

    /// A related page with its reason, as entries of a map.
    pub fn edge(&self, w: &mut impl Writer, edge: Edge) {
        self.card(w.key("page"), edge.to);
        w.key("why").defer(edge.why, || Value::normal_string(&self.book.entry(edge).why));
        w.key("weight").number(edge.weight.into());
    }
}

/// What a source is, wherever it is shown.
pub(super) fn write_reference(w: &mut impl Writer, reference: &Reference) {
    w.key("key").text(&reference.key);
    w.key("html").safe(&reference.html);
    w.key("url").maybe(reference.url.as_deref());
    w.key("note").maybe(reference.note.as_deref());
    w.key("by").list(|w| reference.by.iter().for_each(|name| w.text(name)));
    match reference.year {
        Some(year) => w.key("year").number(year.into()),
        None => w.key("year").none(),
    }
}
