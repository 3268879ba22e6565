//! All pages → one `Guide` in which every name is resolved: order, relations and their inverses, links both ways,
//! sources, redirects.
//!
//! Knows pages and configuration; nothing of templates.

mod assemble;
pub mod bibliography;
pub mod checks;
pub mod complaints;
mod files;
mod link_cures;
mod links;
mod names;
mod order;
pub mod outside;
pub mod pictures;
mod relations;
pub mod renaming;
mod special;
pub mod url_lock;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Fingerprint, OutPath, Place, SourcePath, UrlPath};
use crate::content::Page;
use crate::content::body::{NAME_MARK, Target};

pub use assemble::{Parts, assemble};
pub use bibliography::{Bibliography, Reference};
pub use order::order_key;
pub use pictures::Picture;
pub use special::Special;

/// After so many complaints no more nearest names are looked for: each look goes through all pages.
const MOST_SUGGESTIONS: usize = 50;

/// A page of the guide: its index in [`Guide::entries`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(u32);

impl PageId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a guide has fewer pages than there are 32-bit numbers"))
    }

    /// The page's index in [`Guide::entries`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The whole guide, every name in it resolved.
#[derive(Debug, Clone)]
pub struct Guide {
    /// All published pages, sorted by path.
    pub entries: Vec<Entry>,
    /// The pages that play a part of their own.
    pub special: Special,
    /// The links at the top of every page, with the words that take the place of the page's title.
    pub menu: Vec<(PageId, Option<Box<str>>)>,
    /// The references.
    pub bibliography: Arc<Bibliography>,
    /// Which pages rest on each reference, sorted by path.
    pub cited_in: BTreeMap<Box<str>, Vec<PageId>>,
    /// The keys of the references that pages rest on which are held back.
    pub cited_by_held: BTreeSet<Box<str>>,
    /// Tags by slug.
    pub tags: BTreeMap<String, Tag>,
    /// Older addresses and the pages that they lead to.
    pub redirects: Vec<Redirect>,
    /// Files that are published as they are.
    pub files: Vec<PublishedFile>,
    /// The files that texts show as pictures, by address.
    pub pictures: BTreeMap<UrlPath, Picture>,
}

/// A page with everything that other pages say about it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The page itself.
    pub page: Arc<Page>,
    /// The section that it belongs to; for a section, the one around it.
    pub section: Option<PageId>,
    /// For a section: its pages in order.
    pub pages: Vec<PageId>,
    /// For a section: the sections directly below it, in order.
    pub sections: Vec<PageId>,
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
    /// Every relation of its kind, stated by it or by the other side.
    pub relations: Vec<Related>,
    /// Other pages whose text links to it, one entry a page.
    pub backlinks: Vec<Backlink>,
    /// Where its own links lead, in the order of `page.body.links`.
    pub links: Vec<Destination>,
}

/// One relation as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its name on this side.
    pub name: Box<str>,
    /// What the pages at the other end are called.
    pub label: Box<str>,
    /// Their kind.
    pub kind: Box<str>,
    /// The pages, with reasons.
    pub edges: Vec<Edge>,
}

/// A page at the other end of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The page.
    pub to: PageId,
    /// The reason; may be empty.
    pub why: Arc<str>,
    /// How strongly, from 1 to 3.
    pub weight: u8,
}

/// A link from another page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    /// The page that links here.
    pub from: PageId,
    /// Which of its links.
    pub link: usize,
    /// Stands for the sentence around it, if that holds no page's title.
    pub sentence: Option<Fingerprint>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a page of the guide, perhaps the same one.
    Page(PageId),
    /// To a file that is published as it is, by its address.
    File(UrlPath),
    /// To a file that no source stands for, such as the list of tags: `views` makes it, or complains.
    Made(UrlPath),
    /// Nowhere: it is complained of.
    Nowhere,
}

/// Pages filed under one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The word, as it was written first.
    pub name: Box<str>,
    /// The pages, in the order of the guide.
    pub pages: Vec<PageId>,
}

/// An older address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file at the older address.
    pub out: OutPath,
    /// The page that it leads to.
    pub to: PageId,
    /// Where it is asked for.
    pub place: Place,
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedFile {
    /// Its source.
    pub path: SourcePath,
    /// The file that it becomes.
    pub out: OutPath,
    /// Its address.
    pub url: UrlPath,
}

impl Guide {
    /// Puts edited pages, of which only words and orders changed, in the place of what they were before.
    pub fn put(&mut self, edited: &[(PageId, Arc<Page>)]) {
        let is_moved = |(id, page): &&(PageId, Arc<Page>)| order_key(&self.entry(*id).page) != order_key(page);
        let moved: Vec<PageId> = edited.iter().filter(is_moved).map(|(id, _)| *id).collect();
        for (id, page) in edited {
            self.entries[id.index()].page = Arc::clone(page);
            links::reword(self, *id);
        }
        order::rearrange(self, &moved);
    }

    /// The entry of a page.
    #[must_use]
    pub fn entry(&self, id: PageId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The sentence in which a page links to another, with pages' titles in place of the names of wiki links.
    #[must_use]
    pub fn sentence(&self, backlink: Backlink) -> Cow<'_, str> {
        let entry = self.entry(backlink.from);
        let links = &entry.page.body.links;
        let sentence = &links[backlink.link].sentence;
        if !sentence.contains(NAME_MARK) {
            return Cow::Borrowed(sentence);
        }
        let title = |name: &str| {
            let at = links.iter().position(|link| matches!(&link.target, Target::Wiki(own) if **own == *name))?;
            let Destination::Page(id) = &entry.links[at] else { return None };
            Some(&*self.entry(*id).page.matter.title)
        };
        sentence.split(NAME_MARK).map(|part| title(part).unwrap_or(part)).collect()
    }

    /// All pages with their ids, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (PageId, &Entry)> {
        self.entries.iter().enumerate().map(|(index, entry)| (PageId::new(index), entry))
    }
}
