//! A guide and its pages, side by side: for whoever shows or judges what pages say.

use std::borrow::Cow;

use super::{Backlink, Destination, Edge, Guide, PageFacts, PageId, Redirect, Side, Tag};
use crate::base::{About, Subject};
use crate::content::body::{NAME_MARK, Target};
use crate::content::{Page, RelationEntry, Words};

/// A guide and the pages that it is about.
#[derive(Debug, Clone, Copy)]
pub struct Book<'b> {
    /// What the names in the pages mean.
    pub guide: &'b Guide,
    /// The pages, by [`PageId`].
    pub pages: &'b [&'b Page],
}

impl<'b> Book<'b> {
    /// A page.
    #[must_use]
    pub fn page(self, id: PageId) -> &'b Page {
        self.pages[id.index()]
    }

    /// What pages say about a page.
    #[must_use]
    pub fn facts(self, id: PageId) -> &'b PageFacts {
        self.guide.facts_of(id)
    }

    /// All pages, sorted by path.
    pub fn iter(self) -> impl Iterator<Item = (PageId, &'b Page, &'b PageFacts)> {
        let all = self.pages.iter().zip(&self.guide.facts).enumerate();
        all.map(|(index, (page, facts))| (PageId::new(index), *page, facts))
    }

    /// The relations of a page, each with the pages at its other end.
    pub fn relations(self, id: PageId) -> impl Iterator<Item = (&'b Side, &'b [Edge])> {
        let sides = self.page(id).kind.map_or(&[][..], |kind| &self.guide.sides[kind]);
        sides.iter().zip(&self.facts(id).relations).map(|(side, edges)| (side, &**edges))
    }

    /// The entry that states an edge.
    #[must_use]
    pub fn entry(self, edge: Edge) -> &'b RelationEntry {
        &self.page(edge.by).matter.relation_entries[edge.relation][edge.entry]
    }

    /// The words of the reason of an edge, if it has one.
    #[must_use]
    pub fn reason(self, edge: Edge) -> Option<&'b Words> {
        self.page(edge.by).wording.reasons[edge.relation][edge.entry].as_deref()
    }

    /// A tag, as it was written first.
    #[must_use]
    pub fn tag_name(self, tag: &Tag) -> &'b str {
        let (page, index) = tag.first;
        &self.page(page).matter.tags[index]
    }

    /// The alias that asks for a redirect.
    #[must_use]
    pub fn alias(self, redirect: &Redirect) -> About {
        let page = self.page(redirect.to);
        About::part(&page.path, Subject::Key(page.matter.aliases[redirect.alias].1.clone()))
    }

    /// The title of the page that a link leads to; empty if it leads to none.
    #[must_use]
    pub fn title_of(self, destination: &Destination) -> &'b str {
        destination.page().map_or("", |id| self.page(id).title())
    }

    /// The sentence in which a page links to another, with pages' titles in place of the names of wiki links.
    #[must_use]
    pub fn sentence(self, backlink: Backlink) -> Cow<'b, str> {
        let (links, destinations) = (&self.page(backlink.from).body.links, &self.facts(backlink.from).links);
        let sentence = &links[backlink.link].sentence;
        if !sentence.contains(NAME_MARK) {
            return Cow::Borrowed(sentence);
        }
        let title = |name: &str| {
            let at = links.iter().position(|link| matches!(&link.target, Target::Wiki(own) if **own == *name))?;
            destinations[at].page().map(|id| self.page(id).title())
        };
        sentence.split(NAME_MARK).map(|part| title(part).unwrap_or(part)).collect()
    }
}
