//! The guide → `View`s, one for each file to be made; a view holds everything that its file may show, and nothing else.
//!
//! Knows the guide; nothing of how templates are written.

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

impl View {
    /// A view through a template.
    fn page(out: OutPath, origin: About, page: PageView) -> Self {
        Self { out, origin, content: Content::Page(page) }
    }
}
