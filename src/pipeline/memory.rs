//! What a build leaves behind for the next one: answers under the fingerprints of their questions.

use std::sync::Arc;

use super::pages::Pages;
use super::{Files, Loaded};
use crate::base::{Diagnostic, Fingerprint};
use crate::guide::{Bibliography, Guide};
use crate::site::Site;
use crate::theme::{Renderer, Theme};
use crate::views::{PageCard, Plan};

/// An answer under the fingerprint of its question.
pub(super) type Kept<T> = Option<(Fingerprint, T)>;

/// Answers by question; empty at first. What a build did not use is forgotten after it.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) site: Kept<Loaded<Option<Site>>>,
    pub(super) pages: Pages,
    pub(super) bibliography: Kept<Loaded<Bibliography>>,
    pub(super) theme: Kept<Loaded<Theme>>,
    pub(super) layout: Option<Layout>,
    pub(super) renderer: Kept<Renderer>,
    pub(super) rendered: Rendered,
}

/// The guide, every file that is made of it, and what is wrong with them.
#[derive(Debug)]
pub(super) struct Layout {
    /// Stands for all that it was made from, save the wording of the pages and places in it.
    pub outline: Fingerprint,
    /// The same, save also what pages are called and where they stand among their neighbours.
    pub bones: Fingerprint,
    pub guide: Guide,
    /// The prebuilt values of its pages, in its order.
    pub shown: Vec<PageCard>,
    pub plan: Plan,
    /// Which view shows a page, by the page's index; none does if the page is not to be made.
    pub views: Vec<Option<usize>>,
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with titles and descriptions.
    pub words: Vec<Diagnostic>,
    /// The pages that stand in it.
    pub pages: Pages,
}

/// The files, and for each of them the question that it answers, in one order.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub files: Arc<Files>,
    pub questions: Vec<Question>,
    /// What all of them were made from, if all could be made.
    pub whole: Option<Whole>,
}

/// What all files were made from.
#[derive(Debug)]
pub(super) struct Whole {
    /// Stands for all that decides which files there are: see [`Layout`].
    pub bones: Fingerprint,
    /// Stands for all that the views were made from: see [`Layout`].
    pub outline: Fingerprint,
    /// Stands for what all pages share.
    pub key: Fingerprint,
    /// The pages' own texts.
    pub pages: Pages,
    /// The bytes of all pages together.
    pub total: usize,
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
