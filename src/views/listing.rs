//! Views that gather pages: sections, the home page, the A–Z list, tags, references and the checklist.

use std::sync::Arc;

use super::data::Data;
use super::shown::Shown;
use crate::base::{slugify, sort_key};
use crate::content::{FieldValue, Role};
use crate::guide::{Entry, Guide, PageId, order_key};
use crate::site::{ChecklistRules, Site};

/// The guide and the prebuilt values of its pages.
#[derive(Clone, Copy)]
pub struct Shelf<'g> {
    pub guide: &'g Guide,
    pub shown: &'g [Arc<Shown>],
    pub site: &'g Site,
}

impl Shelf<'_> {
    pub fn card(&self, id: PageId) -> Data {
        Data::Shared(self.shown[id.index()].card.clone())
    }

    pub fn link(&self, id: PageId) -> Data {
        Data::Shared(self.shown[id.index()].link.clone())
    }

    pub fn cards(&self, ids: &[PageId]) -> Data {
        Data::List(ids.iter().map(|id| self.card(*id)).collect())
    }

    /// The sections below `entry`, each with its pages.
    pub fn sections(&self, entry: &Entry) -> Data {
        let section = |id: &PageId| {
            let pages = &self.guide.entry(*id).pages;
            Data::Map(vec![("page", self.card(*id)), ("pages", self.cards(pages))])
        };
        Data::List(entry.sections.iter().map(section).collect())
    }

    /// All pages by their first letter.
    pub fn letters(&self) -> Data {
        let listed = self.guide.iter().filter(|(_, entry)| entry.page.role != Role::Home && entry.section.is_some());
        let mut entries: Vec<(String, PageId)> =
            listed.map(|(id, entry)| (sort_key(&entry.page.matter.title), id)).collect();
        entries.sort();
        let mut letters: Vec<(String, Vec<Data>)> = Vec::new();
        for (key, id) in entries {
            let letter = key
                .chars()
                .next()
                .filter(|c| c.is_alphabetic())
                .map_or_else(|| "#".to_owned(), |c| c.to_uppercase().collect());
            // Signs stand both before and after the letters, and `ſ` has the capital of `s`.
            match letters.iter_mut().find(|(known, _)| *known == letter) {
                Some((_, pages)) => pages.push(self.card(id)),
                None => letters.push((letter, vec![self.card(id)])),
            }
        }
        let group = |(letter, entries): (String, Vec<Data>)| {
            let slug = slugify(&letter);
            let id = format!("letter-{}", if slug.is_empty() { "other" } else { &slug });
            Data::Map(vec![("letter", Data::from(letter)), ("id", Data::from(id)), ("entries", Data::List(entries))])
        };
        Data::List(letters.into_iter().map(group).collect())
    }

    /// All references, with the pages that rest on them.
    pub fn references(&self) -> Data {
        let reference = |reference: &crate::guide::Reference| {
            let citing = self.guide.cited_in.get(&reference.key).map_or(&[][..], Vec::as_slice);
            Data::Map(vec![
                ("key", Data::text(&reference.key)),
                ("id", Data::from(format!("ref-{}", reference.key))),
                ("html", Data::Safe(reference.html.clone())),
                ("url", Data::maybe(reference.url.as_deref())),
                ("cited_in", Data::List(citing.iter().map(|id| self.link(*id)).collect())),
            ])
        };
        Data::List(self.guide.bibliography.in_order().into_iter().map(reference).collect())
    }

    /// The checklist: each item with what may help, and everything that can be picked.
    pub fn checklist(&self, rules: &ChecklistRules, page: PageId) -> Data {
        let href = &self.shown[page.index()].href;
        let kind = self.site.rules.kinds.iter().position(|kind| kind.name == rules.items);
        let mut items: Vec<PageId> = self.of_kind(kind);
        self.sort(&mut items);
        let suggested = kind
            .and_then(|kind| self.site.rules.kinds[kind].relation(&rules.suggest))
            .map(|relation| relation.to.clone());
        let mut practices =
            self.of_kind(suggested.and_then(|name| self.site.rules.kinds.iter().position(|kind| kind.name == name)));
        self.sort(&mut practices);
        Data::Map(vec![
            ("items", Data::List(items.iter().filter_map(|id| self.item(rules, *id)).collect())),
            ("practices", self.cards(&practices)),
            ("url", Data::Words(Arc::clone(href))),
            ("sheet_url", Data::from(format!("{href}sheet/"))),
        ])
    }

    fn item(&self, rules: &ChecklistRules, id: PageId) -> Option<Data> {
        let entry = self.guide.entry(id);
        let kind = &self.site.rules.kinds[entry.page.kind?];
        let field = kind.fields.iter().position(|field| field.name == rules.statement)?;
        let Some(FieldValue::Text(statement)) = &entry.page.matter.fields[field] else { return None };
        let related = entry.relations.iter().find(|related| related.name == rules.suggest)?;
        Some(Data::Map(vec![
            ("id", Data::from(slugify(&entry.page.name))),
            ("statement", Data::Text(statement.clone())),
            ("page", self.card(id)),
            ("suggestions", self.edges(&related.edges)),
        ]))
    }

    /// Related pages with their reasons.
    pub fn edges(&self, edges: &[crate::guide::Edge]) -> Data {
        let edge = |edge: &crate::guide::Edge| {
            Data::Map(vec![
                ("page", self.card(edge.to)),
                ("why", Data::Words(Arc::clone(&edge.why))),
                ("weight", Data::Number(edge.weight.into())),
            ])
        };
        Data::List(edges.iter().map(edge).collect())
    }

    fn of_kind(&self, kind: Option<usize>) -> Vec<PageId> {
        self.guide.iter().filter(|(_, entry)| kind.is_some() && entry.page.kind == kind).map(|(id, _)| id).collect()
    }

    fn sort(&self, ids: &mut [PageId]) {
        ids.sort_by_cached_key(|id| order_key(&self.guide.entry(*id).page));
    }
}
