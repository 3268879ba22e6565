//! The guide → `View`s, one for each file to be made; a view holds everything that its file may show, and nothing else.
//!
//! Knows the guide; nothing of how templates are written.

mod book;
mod checklist;
pub mod complaints;
mod data;
mod feed;
mod fields;
mod frame;
mod generated;
mod how_to;
mod listing;
mod page;
mod page_card;
mod plan;
mod sitemap;
mod social_cards;

use std::ops::Range;
use std::sync::Arc;

use crate::base::{About, Fingerprint, OutPath, Piece, Sorted};
use crate::guide::PageId;
use crate::offline;
use crate::search;

pub use book::{BOOK_WORDS, Outline, OutlineChapter, outline};
pub use checklist::ChecklistPart;
pub use data::Shared;
pub use frame::{Asset, CSP, Frame, ThemeManifest};
pub use page::{PageView, Subject, safety_href};
pub use page_card::{CardPrints, PageCard};
pub use plan::{Plan, ROLE_TEMPLATES, ViewContext, context, plan};
pub use social_cards::{SOCIAL_CARD_SIZE, SocialCard};

/// One file to be made.
#[derive(Debug, Clone)]
pub struct View {
    /// The file.
    pub out: OutPath,
    /// What asked for it, for complaints.
    pub origin: About,
    /// What it is made from.
    pub content: Content,
}

/// What a file is made from.
#[derive(Debug, Clone)]
pub enum Content {
    /// Something that a template shows.
    Page(PageView),
    /// What is made from all pages or all files, and so changes with every edit.
    Aggregate {
        /// What it is.
        part: Aggregate,
        /// Fingerprint of what the guide says of it.
        fingerprint: Fingerprint,
    },
    /// Finished bytes: an asset, a static file, a map of the site.
    Bytes {
        /// The bytes.
        bytes: Arc<[u8]>,
        /// Their fingerprint.
        fingerprint: Fingerprint,
    },
}

/// A file that is made from all pages or from all other files.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// A part of the index that readers search: from all pages.
    Index(search::Part),
    /// The e-book: from the page of all chapters, whose file this is.
    Ebook(OutPath),
    /// A part of what keeps the guide on readers' devices: from all other files.
    Offline(offline::Part),
}

/// What is compared of the views in each build, apart from all that only their rendering takes: most of an edit's time is
/// the reading of memory.
#[derive(Debug, Clone, Default)]
pub struct ViewKeys {
    /// For each file the fingerprint of its bytes, or of all that the guide says of it.
    pub(crate) said: Sorted<OutPath, Fingerprint>,
    /// The numbers of the files that pieces of it begin with.
    starts: Vec<usize>,
    /// What each file shows besides.
    pub shows: Vec<Shows>,
}

impl ViewKeys {
    /// What is compared of these views.
    fn new(views: &[View]) -> Self {
        let said = Sorted::from_sorted(views.iter().map(|view| (view.out.clone(), view.fingerprint())).collect());
        let starts = said.pieces().iter().scan(0, |next, piece| Some(std::mem::replace(next, *next + piece.len())));
        let starts = starts.collect();
        Self { said, starts, shows: views.iter().map(View::shows).collect() }
    }

    /// The pieces, with the numbers of their files.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (Range<usize>, &Piece<OutPath, Fingerprint>)> {
        let ends = self.starts.iter().skip(1).copied().chain([self.shows.len()]);
        let numbers = self.starts.iter().zip(ends).map(|(start, end)| *start..end);
        numbers.zip(self.said.pieces())
    }
}

/// What a view shows besides what the guide says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// What a page says itself.
    Page(PageId),
    /// What all pages say.
    AllPages,
    /// What all other files hold.
    AllFiles,
    /// What all pages say, and what all pages share.
    Book,
    /// What the page of all chapters shows.
    Ebook,
    /// What all pages share.
    Frame,
    /// Nothing: it is bytes.
    Nothing,
}

impl Shows {
    /// Does a template show it?
    #[must_use]
    pub fn is_page(self) -> bool {
        matches!(self, Self::Page(_) | Self::Book | Self::Frame)
    }

    /// Is what all pages share in it?
    #[must_use]
    pub fn holds_frame(self) -> bool {
        self.is_page() || self == Self::Ebook
    }

    /// Does it change with every word of every page, so that it waits until edits pause?
    #[must_use]
    pub fn is_aggregate(self) -> bool {
        matches!(self, Self::AllPages | Self::AllFiles | Self::Book | Self::Ebook)
    }
}

impl View {
    /// What it shows besides what the guide says.
    fn shows(&self) -> Shows {
        match &self.content {
            Content::Bytes { .. } => Shows::Nothing,
            Content::Aggregate { part: Aggregate::Index(_), .. } => Shows::AllPages,
            Content::Aggregate { part: Aggregate::Offline(_), .. } => Shows::AllFiles,
            Content::Aggregate { part: Aggregate::Ebook(_), .. } => Shows::Ebook,
            Content::Page(PageView { subject: Subject::Book(_), .. }) => Shows::Book,
            Content::Page(page) => page.subject.page().map_or(Shows::Frame, Shows::Page),
        }
    }

    /// Fingerprint of its bytes, or of all that the guide says of it.
    fn fingerprint(&self) -> Fingerprint {
        match &self.content {
            Content::Bytes { fingerprint, .. } | Content::Aggregate { fingerprint, .. } => *fingerprint,
            Content::Page(page) => page.fingerprint,
        }
    }

    /// Is it a picture for links, which other sites show and no page of this one?
    #[must_use]
    pub fn is_social_card(&self) -> bool {
        matches!(&self.content, Content::Page(PageView { subject: Subject::SocialCard(_), .. }))
    }

    /// A view through a template.
    fn page(out: OutPath, origin: About, page: PageView) -> Self {
        Self { out, origin, content: Content::Page(page) }
    }
}
