//! What a build leaves behind for the next one: answers under the fingerprints of their questions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::layout::Layout;
use super::pages::Pages;
use super::{Files, Loaded};
use crate::base::{Complaint, Fingerprint};
use crate::guide::checks::NameChecks;
use crate::guide::{Bibliography, Guide};
use crate::site::Site;
use crate::theme::{Renderer, Theme};
use crate::views::ViewKeys;

/// An answer under the fingerprint of its question.
pub(super) type Kept<T> = Option<(Fingerprint, T)>;

/// Answers by question; empty at first. What a build did not use is forgotten after it.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) site: Kept<Loaded<Option<Site>>>,
    pub(super) pages: Pages,
    pub(super) bibliography: Kept<Loaded<Bibliography>>,
    pub(super) theme: Kept<Loaded<Theme>>,
    pub(super) names: KeptNames,
    pub(super) layout: Option<Layout>,
    pub(super) renderer: Kept<Renderer>,
    pub(super) rendered: Rendered,
    pub(super) index_time: IndexTime,
}

/// What follows from the naming parts of pages.
#[derive(Debug, Default)]
pub(super) struct KeptNames {
    /// The guide, and what is wrong with the names in it.
    pub guide: Kept<(Arc<Guide>, Vec<Complaint>)>,
    /// What is wrong besides.
    pub checked: Kept<NameChecks>,
}

/// When the index that readers search is made: it is made from all pages, and changes with every edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IndexTime {
    /// In each build.
    #[default]
    Now,
    /// In a later build: what there is stays as it is.
    Later,
}

/// The files, and what they were made from.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub files: Arc<Files>,
    /// The bytes of all pages together.
    pub total: usize,
    /// Fingerprint of what all pages share.
    pub frame: Fingerprint,
    /// What the guide says of each.
    pub keys: Arc<ViewKeys>,
    /// Fingerprints of what each shows besides, in the order of the keys.
    pub contents: Vec<Fingerprint>,
    /// The numbers of those that could not be rendered.
    pub failed: BTreeSet<usize>,
    /// Is the index that readers search older than the pages?
    pub is_index_due: bool,
}

impl Memory {
    /// Remembers nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers nothing, for builds that nobody publishes: they make no index.
    #[must_use]
    pub fn unpublished() -> Self {
        Self { index_time: IndexTime::Later, ..Self::default() }
    }

    /// Says when the index that readers search is made, from the next build on.
    pub fn make_index(&mut self, when: IndexTime) {
        self.index_time = when;
    }

    /// Was the index left older than the pages?
    #[must_use]
    pub fn is_index_due(&self) -> bool {
        self.rendered.is_index_due
    }
}
