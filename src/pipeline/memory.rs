//! What a build leaves behind for the next one: answers under the fingerprints of their questions.

use std::sync::Arc;

use super::{Files, Loaded};
use crate::base::{Diagnostic, Drafts, Fingerprint, SourcePath};
use crate::content::Page;
use crate::guide::{Bibliography, Guide};
use crate::site::Site;
use crate::theme::{Stage, Theme};
use crate::views::{Plan, Shown};

/// An answer under the fingerprint of its question.
pub(super) type Kept<T> = Option<(Fingerprint, T)>;

/// Answers by question; empty at first. What a build did not use is forgotten after it.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) site: Kept<Loaded<Option<Site>>>,
    /// Sorted by path.
    pub(super) pages: Vec<Remembered>,
    pub(super) bibliography: Kept<Loaded<Bibliography>>,
    pub(super) theme: Kept<Loaded<Theme>>,
    pub(super) layout: Kept<Layout>,
    pub(super) stage: Kept<Stage>,
    pub(super) rendered: Rendered,
}

/// A parsed page, and the question that it answers; what is asked of all pages in each build is at hand.
#[derive(Debug)]
pub(super) struct Remembered {
    pub path: SourcePath,
    /// What stands for the file and for the rules by which it was read.
    pub question: (Fingerprint, Fingerprint),
    /// Stands for all that other pages can know of it.
    pub outline: Fingerprint,
    pub is_draft: bool,
    pub page: Arc<Page>,
    pub shown: Arc<Shown>,
    pub diagnostics: Arc<[Diagnostic]>,
}

impl Remembered {
    /// Is it part of a build that does this with drafts?
    pub fn is_part(&self, drafts: Drafts) -> bool {
        !self.is_draft || drafts == Drafts::Include
    }
}

/// The guide, every file that is made of it, and what is wrong with them.
#[derive(Debug)]
pub(super) struct Layout {
    pub guide: Guide,
    /// The prebuilt values of its pages, in its order.
    pub shown: Vec<Arc<Shown>>,
    pub plan: Plan,
    pub diagnostics: Vec<Diagnostic>,
}

/// The files, and for each of them the question that it answers, in one order.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub files: Arc<Files>,
    pub questions: Vec<Question>,
}

/// What stands for a file: what all files share, what the guide says, and what the page says itself.
pub(super) type Question = (Fingerprint, Fingerprint, Option<Fingerprint>);

impl Memory {
    /// Remembers nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
