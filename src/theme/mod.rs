//! A theme's files → templates, assets and words; one view and a theme → one file.
//!
//! Templates see the view that they are given. No function that they can call reaches the site, the disk or the clock.

mod assets;
pub mod complaints;
mod files;
mod load;
mod render;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{Fingerprint, OutPath, SourcePath, UrlPath};
use crate::views::Wardrobe;

pub use files::{builtin_files, fingerprint};
pub use load::load;
pub use render::{Stage, render};

/// A theme, ready to render.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Stands for all its files.
    pub fingerprint: Fingerprint,
    /// Its assets, by name.
    pub assets: BTreeMap<String, Asset>,
    templates: tera::Tera,
    /// Where each template comes from.
    paths: BTreeMap<String, SourcePath>,
    /// The templates that begin with a byte order mark, which the engine does not see.
    marked: BTreeSet<SourcePath>,
    /// Its words, by key.
    strings: BTreeMap<String, String>,
}

/// A file that pages of the theme ask browsers to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its source.
    pub path: SourcePath,
    /// The file that it becomes: its name holds a fingerprint of its bytes, so that it can be cached for ever.
    pub out: OutPath,
    /// Its address.
    pub url: UrlPath,
    /// What is published.
    pub bytes: Arc<[u8]>,
}

impl Theme {
    /// What views need to know of the theme.
    #[must_use]
    pub fn wardrobe(&self) -> Wardrobe<'_> {
        Wardrobe {
            is_broken: false,
            templates: self.paths.keys().map(String::as_str).collect(),
            assets: self.assets.iter().map(|(name, asset)| (name.as_str(), &asset.url)).collect(),
            strings: self.strings.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect(),
        }
    }
}
