//! A theme's files → templates, assets and words; one view and a theme → one file.
//!
//! Templates see the view that they are given. No function that they can call reaches the site, the disk or the clock.

mod assets;
pub mod complaints;
mod files;
mod load;
mod parts;
mod picture;
mod policy;
mod render;
mod safety;
mod tags;
#[cfg(test)]
mod tests;
mod unknown;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, Fingerprint, Source, SourcePath};
use crate::views::{Asset, ThemeManifest};

pub use files::{builtin_files, fingerprint};
pub use load::{Asked, load};
pub use policy::find_policy;
pub use render::{Failure, Form, PageRequest, RenderWorker, Renderer, render};

/// A theme, ready to render.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Whether nothing is wrong with it: only then is it known what pages made with it look like.
    pub is_sound: bool,
    /// Stands for all its files.
    pub fingerprint: Fingerprint,
    /// Its assets, by name.
    pub assets: BTreeMap<String, Asset>,
    /// The style sheet of the e-book, which is no asset: no page loads it.
    ebook_style: Option<Source>,
    templates: tera::Tera,
    /// The templates that no page can be made with alone.
    parts: BTreeSet<String>,
    /// Where each template comes from.
    paths: BTreeMap<String, SourcePath>,
    /// The templates that begin with a byte order mark, which the engine does not see.
    marked: BTreeSet<SourcePath>,
    /// Its words in the site's language, and those that are lacking.
    words: words::Words,
    /// The colours or figures that a kind may name.
    accents: Vec<String>,
}

impl Theme {
    /// What views need to know of the theme, if nothing is wrong with it.
    #[must_use]
    pub fn theme_manifest(&self) -> ThemeManifest<'_> {
        ThemeManifest {
            is_broken: false,
            templates: self.paths.keys().map(String::as_str).collect(),
            parts: self.parts.iter().map(String::as_str).collect(),
            assets: self.assets.iter().map(|(name, asset)| (name.as_str(), asset)).collect(),
            ebook_style: self.ebook_style.as_ref(),
            accents: self.accents.iter().map(String::as_str).collect(),
            strings: self.words.strings.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect(),
        }
    }

    /// The complaint that the site's language lacks words which pages made with these templates show.
    #[must_use]
    pub fn find_missing_words<'v>(&self, templates: impl Iterator<Item = &'v str>) -> Option<Diagnostic> {
        self.words.find_missing_words(templates)
    }
}
