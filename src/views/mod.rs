//! The guide → `View`s, one for each file to be made; a view holds everything that its file may show, and nothing else.
//!
//! Knows the guide; nothing of how templates are written.

mod checklist;
pub mod complaints;
mod data;
mod feed;
mod fields;
mod frame;
mod generated;
mod listing;
mod page;
mod page_card;
mod plan;
mod sitemap;

use std::sync::Arc;

use crate::base::{About, Fingerprint, OutPath};
use crate::guide::PageId;

pub use checklist::ChecklistPart;
pub use data::Shared;
pub use frame::{Asset, CSP, Frame, ThemeManifest};
pub use page::{PageView, Subject};
pub use page_card::PageCard;
pub use plan::{Plan, ROLE_TEMPLATES, ViewContext, context, plan};

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
    /// Finished bytes: an asset, a static file, a map of the site.
    Bytes {
        /// The bytes.
        bytes: Arc<[u8]>,
        /// Their fingerprint.
        fingerprint: Fingerprint,
    },
}

/// What is compared of a view in each build. These lie side by side, apart from all that only its rendering takes: most of an
/// edit's time is the reading of memory.
#[derive(Debug, Clone)]
pub struct ViewKey {
    /// The file.
    pub out: OutPath,
    /// Fingerprint of the bytes, or of all that the guide says of it.
    pub fingerprint: Fingerprint,
    /// What it shows besides.
    pub shows: Shows,
}

/// What a view shows besides what the guide says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// What a page says itself.
    Page(PageId),
    /// What all pages share.
    Frame,
    /// Nothing: it is bytes.
    Nothing,
}

impl View {
    /// What is compared of it.
    fn key(&self) -> ViewKey {
        let (fingerprint, shows) = match &self.content {
            Content::Bytes { fingerprint, .. } => (*fingerprint, Shows::Nothing),
            Content::Page(page) => (page.fingerprint, page.subject.page().map_or(Shows::Frame, Shows::Page)),
        };
        ViewKey { out: self.out.clone(), fingerprint, shows }
    }

    /// A view through a template.
    fn page(out: OutPath, origin: About, page: PageView) -> Self {
        Self { out, origin, content: Content::Page(page) }
    }
}
