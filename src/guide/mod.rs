//! All pages → one `Guide` in which every name is resolved: relations and their inverses, links both ways, sources,
//! redirects; and the order of the pages (`arrange`).
//!
//! A guide knows its pages by id, and holds nothing of a page's own text: that is read from the page, through `Book`.

mod assemble;
pub mod bibliography;
mod book;
mod chapters;
pub mod checklist;
pub mod checks;
pub mod complaints;
mod files;
mod link_cures;
mod links;
mod locate;
mod names;
mod order;
pub mod outside;
pub mod pictures;
mod relations;
pub mod renaming;
mod special;
pub mod url_lock;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Fingerprint, OutPath, SourcePath, UrlPath};

pub use assemble::{Parts, assemble};
pub use bibliography::{Bibliography, Reference};
pub use book::Book;
pub use chapters::{Chapter, Chapters, EBOOK, FOREWORD, chapters};
pub use locate::Locator;
pub use order::{Neighbours, Order, arrange};
pub use pictures::Picture;
pub use special::Special;

/// After so many complaints no more nearest names are looked for: each look goes through all pages.
const MOST_SUGGESTIONS: usize = 50;

/// A page of the guide: its index in [`Guide::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(u32);

impl PageId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a guide has fewer pages than there are 32-bit numbers"))
    }

    /// The page's index in [`Guide::facts`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The whole guide, every name in it resolved.
#[derive(Debug, Clone)]
pub struct Guide {
    /// What pages say about each published page, in the order of their paths.
    pub facts: Vec<PageFacts>,
    /// The relations that pages of each kind show, by the kind's number: those they state, then those stated of them.
    pub sides: Vec<Vec<Side>>,
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
    pub tags: BTreeMap<Box<str>, Tag>,
    /// Older addresses and the pages that they lead to.
    pub redirects: Vec<Redirect>,
    /// Files that are published as they are.
    pub files: Vec<PublishedFile>,
    /// The files that texts show as pictures, by address.
    pub pictures: BTreeMap<UrlPath, Picture>,
}

/// The pages at the other end of each relation of a page.
pub type EdgesBySide = Box<[Box<[Edge]>]>;

/// What pages say about a page, and where its own names lead.
#[derive(Debug, Clone, Default)]
pub struct PageFacts {
    /// The section that it belongs to; for a section, the one around it.
    pub section: Option<PageId>,
    /// The pages at the other end of each relation, in the order of its kind's [`Guide::sides`].
    pub relations: EdgesBySide,
    /// Other pages whose text links to it, one entry a page.
    pub backlinks: Box<[Backlink]>,
    /// Where its own links lead, in the order of `page.body.links`.
    pub links: Vec<Destination>,
}

impl PageFacts {
    /// Does no page's text and no relation lead to the page?
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.backlinks.is_empty() && self.relations.iter().all(|edges| edges.is_empty())
    }
}

/// One end of a relation, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its name at this end.
    pub name: Box<str>,
    /// What the pages at the other end are called.
    pub label: Box<str>,
    /// Their kind.
    pub kind: Box<str>,
}

/// A page at the other end of a relation. The reason stands on the page that states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The page.
    pub to: PageId,
    /// The page that states it: this one or the other.
    pub by: PageId,
    /// Which relation of that page's kind it is.
    pub relation: usize,
    /// Which of its entries.
    pub entry: usize,
    /// How strongly, from 1 to 3.
    pub weight: u8,
    /// Fingerprint of the reason.
    pub why: Fingerprint,
}

/// A link from another page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    /// The page that links here.
    pub from: PageId,
    /// Which of its links.
    pub link: usize,
    /// Fingerprint of the sentence around it, if that holds no page's title.
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

impl Destination {
    /// The page that it is, if it is one.
    #[must_use]
    pub fn page(&self) -> Option<PageId> {
        if let Self::Page(id) = self { Some(*id) } else { None }
    }
}

/// Pages filed under one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Where it is written first: which page, and which of its tags.
    pub first: (PageId, usize),
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
    /// Which of the page's aliases it is.
    pub alias: usize,
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
    /// What pages say about a page.
    #[must_use]
    pub fn facts_of(&self, id: PageId) -> &PageFacts {
        &self.facts[id.index()]
    }
}
