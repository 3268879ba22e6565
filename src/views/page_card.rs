//! What other pages show of a page, made once from the page and kept with it; and what it shows of itself alone.

use tera::Value;

use super::data::{Describe, Shared, Writer};
use super::fields::PageFields;
use crate::base::Fingerprint;
use crate::content::body::Heading;
use crate::content::{Page, Role, Unpublished};
use crate::site::PageRules;

/// The prebuilt values of a page.
#[derive(Debug)]
pub struct PageCard {
    /// Their fingerprints.
    pub prints: CardPrints,
    /// Its address as links write it.
    pub href: Box<str>,
    /// Title and address.
    pub(super) link: Value,
    /// Title, address, description, kind and fields.
    pub(super) card: Value,
}

/// The fingerprints of a page's prebuilt values: they are asked for far more often than the values are shown.
#[derive(Debug, Clone, Copy)]
pub struct CardPrints {
    /// Of its address.
    pub address: Fingerprint,
    /// Of title and address.
    pub link: Fingerprint,
    /// Of title, address, description, kind and fields.
    pub card: Fingerprint,
}

impl PageCard {
    /// The values of `page`.
    #[must_use]
    pub fn new(page: &Page, rules: &PageRules) -> Self {
        let href = rules.base.link(&page.url).into_boxed_str();
        let facts = Facts { page, rules, href: &href };
        let link = Shared::new(&Link(&facts));
        let card = Shared::new(&Card(&facts));
        let address = Fingerprint::of_bytes(href.as_bytes());
        let prints = CardPrints { address, link: link.fingerprint(), card: card.fingerprint() };
        Self { prints, link: link.value().clone(), card: card.value().clone(), href }
    }
}

/// What the values of a page are made from.
struct Facts<'p> {
    page: &'p Page,
    rules: &'p PageRules,
    href: &'p str,
}

struct Link<'f>(&'f Facts<'f>);

impl Describe for Link<'_> {
    fn describe(&self, w: &mut impl Writer) {
        w.map(|w| {
            w.key("title").text(self.0.page.title());
            w.key("url").text(self.0.href);
        });
    }
}

struct Card<'f>(&'f Facts<'f>);

impl Describe for Card<'_> {
    fn describe(&self, w: &mut impl Writer) {
        w.map(|w| self.entries(w));
    }
}

impl Card<'_> {
    fn entries(&self, w: &mut impl Writer) {
        let Facts { page, rules, href } = self.0;
        w.key("title").text(page.title());
        w.key("url").text(href);
        w.key("description").text(&page.matter.description);
        w.key("kind").text(page.kind_name(rules));
        w.key("kind_name").text(
            page.kind.map(|kind| &rules.kinds[kind]).filter(|kind| !kind.is_plain()).map_or("", |kind| &kind.one),
        );
        w.key("order").maybe_number(self.0.page.matter.order);
        w.key("reading_minutes").count(self.0.page.body.reading_minutes());
        w.key("draft").flag(page.held.is_some());
        PageFields::of_card(page, rules).write_card(w);
    }
}

/// What a card holds, where something else stands beside it.
pub(super) fn write_card_entries(w: &mut impl Writer, page: &Page, rules: &PageRules, href: &str) {
    Card(&Facts { page, rules, href }).entries(w);
}

/// All that a page shows without asking another.
pub(super) fn write_own(w: &mut impl Writer, page: &Page, rules: &PageRules, href: &str) {
    let matter = &page.matter;
    let is_not_found = page.url.as_str() == "/404.html";
    w.key("title").text(page.title());
    w.key("description").text(&matter.description);
    w.key("url").text(href);
    w.key("permalink").text(&rules.base.permalink(&page.url));
    w.key("kind").text(page.kind_name(rules));
    w.key("is_home").flag(page.role == Role::Home);
    w.key("draft").flag(page.held.is_some());
    w.key("held").maybe(page.held.map(Unpublished::name));
    w.key("date").maybe(matter.date.map(|date| date.to_string()).as_deref());
    w.key("updated").maybe(matter.updated.map(|date| date.to_string()).as_deref());
    w.key("reviewed").maybe(matter.reviewed.map(|date| date.to_string()).as_deref());
    w.key("expires").maybe(matter.expires.map(|date| date.to_string()).as_deref());
    w.key("order").maybe_number(matter.order);
    w.key("reading_minutes").count(page.body.reading_minutes());
    w.key("words").count(page.body.words);
    write_contents(w.key("toc"), &page.body.outline);
    w.key("extra").shared(&Shared::with_fingerprint(matter.extra.0.clone(), page.content));
    w.key("noindex").flag(is_not_found || page.held.is_some());
}

fn write_contents(w: &mut impl Writer, headings: &[Heading]) {
    w.list(|w| {
        for heading in headings {
            w.map(|w| {
                w.key("id").text(&heading.id);
                w.key("title").text(&heading.title);
                write_contents(w.key("children"), &heading.children);
            });
        }
    });
}
