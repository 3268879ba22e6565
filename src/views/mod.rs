//! The guide → `View`s, one for each file to be made; a view holds everything that its file may show, and nothing else.
//!
//! Knows the guide; nothing of how templates are written.

pub mod complaints;
mod data;
mod feed;
mod frame;
mod generated;
mod listing;
mod page;
mod plan;
mod shown;
mod sitemap;

use std::sync::Arc;

use crate::base::{Fingerprint, OutPath, Place};

pub use data::{Data, Shared};
pub use frame::{Asset, CSP, Frame, Wardrobe};
pub use page::{Filling, PageView};
pub use plan::{Brief, Plan, ROLE_TEMPLATES, plan};
pub use shown::Shown;

/// One file to be made.
#[derive(Debug, Clone)]
pub struct View {
    /// The file.
    pub out: OutPath,
    /// Stands for everything in `content`.
    pub fingerprint: Fingerprint,
    /// Which source asked for it, for complaints.
    pub origin: Place,
    /// What it is made from.
    pub content: Content,
}

/// What a file is made from.
#[derive(Debug, Clone)]
pub enum Content {
    /// A page that a template shows.
    Page(Box<PageView>),
    /// Finished bytes: an asset, a static file, a map of the site.
    Bytes(Arc<[u8]>),
}

impl View {
    /// A view of a page through a template.
    fn page(out: OutPath, origin: Place, page: PageView) -> Self {
        Self { out, fingerprint: Fingerprint::of(&page), origin, content: Content::Page(Box::new(page)) }
    }

    /// A view of finished bytes.
    fn bytes(out: OutPath, origin: Place, bytes: Arc<[u8]>, fingerprint: Fingerprint) -> Self {
        Self { out, fingerprint, origin, content: Content::Bytes(bytes) }
    }
}
