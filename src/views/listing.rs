//! Views that gather pages: sections, the home page, the A–Z list, tags, references and the checklist.

use tera::Value;

use super::data::Writer;
use super::page_card::PageCard;
use crate::base::slugify;
use crate::content::{FieldValue, Page, Role};
use crate::guide::{Book, Edge, Location, PageId};
use crate::site::{ChecklistRules, Site};

/// The guide and the prebuilt values of its pages.
#[derive(Clone, Copy)]
pub struct Listings<'g> {
    pub book: Book<'g>,
    pub locations: &'g [Location],
    pub cards: &'g [PageCard],
    pub site: &'g Site,
}

impl Listings<'_> {
    /// The card of a page.
    pub fn card(&self, w: &mut impl Writer, id: PageId) {
        self.cards[id.index()].write_card(w);
    }

    /// Title and address of a page.
    pub fn link(&self, w: &mut impl Writer, id: PageId) {
        self.cards[id.index()].write_link(w);
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
        self.cards[id.index()].href()
    }

    pub fn cards(&self, w: &mut impl Writer, ids: &[PageId]) {
        w.list(|w| ids.iter().for_each(|id| self.card(w, *id)));
    }

    /// The place of a page among the others.
    pub fn location(&self, id: PageId) -> &Location {
        &self.locations[id.index()]
    }

    /// The pages and sections that a page gathers.
    pub fn gathered(&self, w: &mut impl Writer, id: PageId) {
        let location = self.location(id);
        self.cards(w.key("pages"), &location.pages);
        w.key("sections").list(|w| {
            for id in &location.sections {
                w.map(|w| {
                    self.card(w.key("page"), *id);
                    self.cards(w.key("pages"), &self.location(*id).pages);
                });
            }
        });
    }

    /// All pages by their first letter.
    pub fn letters(&self, w: &mut impl Writer) {
        let is_listed = |id: PageId, page: &Page| page.role != Role::Home && self.location(id).section.is_some();
        let listed = self.book.iter().filter(|(id, page, _)| is_listed(*id, page));
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
                    w.key("key").text(&reference.key);
                    w.key("id").text(&format!("ref-{}", reference.key));
                    w.key("html").safe(&reference.html);
                    w.key("url").maybe(reference.url.as_deref());
                    w.key("cited_in").list(|w| citing.iter().for_each(|id| self.link(w, *id)));
                });
            }
        });
    }

    /// The checklist: each item with what may help, and everything that can be picked.
    pub fn checklist(&self, w: &mut impl Writer, rules: &ChecklistRules, page: PageId) {
        let href = self.href(page);
        let kind = self.site.rules.kinds.iter().position(|kind| kind.name == rules.items.value);
        let items = self.of_kind(kind);
        let suggested = kind
            .and_then(|kind| self.site.rules.kinds[kind].relation(&rules.suggest))
            .map(|relation| relation.to.clone());
        let suggested =
            self.of_kind(suggested.and_then(|name| self.site.rules.kinds.iter().position(|kind| kind.name == name)));
        w.map(|w| {
            w.key("items").list(|w| items.iter().for_each(|id| self.item(w, rules, *id)));
            self.cards(w.key("suggested"), &suggested);
            w.key("people").count(rules.people);
            w.key("answers").list(|w| rules.answers.iter().for_each(|answer| w.text(answer)));
            w.key("asks_wishes").flag(rules.wishes > 0);
            w.key("url").text(href);
            w.key("sheet_url").text(&format!("{href}sheet/"));
        });
    }

    fn item(&self, w: &mut impl Writer, rules: &ChecklistRules, id: PageId) {
        let page = self.book.page(id);
        let fields = page.kind.map_or(&[][..], |kind| &self.site.rules.kinds[kind].fields);
        let field = fields.iter().position(|field| field.name == rules.statement);
        let Some(FieldValue::Text(statement)) = field.and_then(|field| page.matter.fields[field].get()) else {
            return;
        };
        let Some((_, edges)) = self.book.relations(id).find(|(side, _)| side.name == rules.suggest) else { return };
        w.map(|w| {
            w.key("id").text(&page.name.split('/').map(slugify).collect::<Vec<_>>().join("--"));
            w.key("statement").text(statement);
            self.card(w.key("page"), id);
            self.edges(w.key("suggestions"), edges);
        });
    }

    /// Related pages with their reasons.
    pub fn edges(&self, w: &mut impl Writer, edges: &[Edge]) {
        w.list(|w| {
            for edge in edges {
                w.map(|w| {
                    self.card(w.key("page"), edge.to);
                    w.key("why").defer(edge.why, || Value::normal_string(&self.book.entry(*edge).why));
                    w.key("weight").number(edge.weight.into());
                });
            }
        });
    }

    /// The pages of a kind, in order.
    fn of_kind(&self, kind: Option<usize>) -> Vec<PageId> {
        let all = self.book.iter().filter(|(_, page, _)| kind.is_some() && page.kind == kind);
        let mut ids: Vec<PageId> = all.map(|(id, ..)| id).collect();
        ids.sort_by(|a, b| self.book.page(*a).order_key().cmp(&self.book.page(*b).order_key()));
        ids
    }
}
