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
    pub(super) aggregate_time: AggregateTime,
}

/// What follows from the naming parts of pages.
#[derive(Debug, Default)]
pub(super) struct KeptNames {
    /// The guide, and what is wrong with the names in it.
    pub guide: Kept<(Arc<Guide>, Vec<Complaint>)>,
    /// What is wrong besides.
    pub checked: Kept<NameChecks>,
}

/// When is made what is made from all pages or all files: it changes with every edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AggregateTime {
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
    /// Is something that is made from all pages or all files older than they are?
    pub is_aggregate_due: bool,
}

impl Memory {
    /// Remembers nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers nothing, for builds that nobody publishes: they make nothing that is made from all pages or all files.
    #[must_use]
    pub fn unpublished() -> Self {
        Self { aggregate_time: AggregateTime::Later, ..Self::default() }
    }

    /// Says when is made what is made from all pages or all files, from the next build on.
    pub fn make_aggregates(&mut self, when: AggregateTime) {
        self.aggregate_time = when;
    }

    /// Was something left older than what it is made from?
    #[must_use]
    pub fn is_aggregate_due(&self) -> bool {
        self.rendered.is_aggregate_due
    }
}
