//! What a build leaves behind for the next one: answers under the fingerprints of their questions.

use std::sync::Arc;

use super::layout::Layout;
use super::pages::Pages;
use super::{Files, Loaded};
use crate::base::{Complaint, Fingerprint};
use crate::guide::{Bibliography, Guide};
use crate::site::Site;
use crate::theme::{Renderer, Theme};

/// An answer under the fingerprint of its question.
pub(super) type Kept<T> = Option<(Fingerprint, T)>;

/// Answers by question; empty at first. What a build did not use is forgotten after it.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) site: Kept<Loaded<Option<Site>>>,
    pub(super) pages: Pages,
    pub(super) bibliography: Kept<Loaded<Bibliography>>,
    pub(super) theme: Kept<Loaded<Theme>>,
    /// The guide, and what is wrong with the names in it.
    pub(super) guide: Kept<(Arc<Guide>, Vec<Complaint>)>,
    pub(super) layout: Option<Layout>,
    pub(super) renderer: Kept<Renderer>,
    pub(super) rendered: Rendered,
}

/// The files, and what each of them was made from.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub files: Arc<Files>,
    /// Fingerprint of what all pages share.
    pub key: Fingerprint,
    /// In the order of the files.
    pub questions: Vec<Question>,
    /// Room for the questions of the next build.
    pub spare: Vec<Question>,
}

/// Fingerprints of what a file was made from: what the guide says, and what the page says itself, if it shows one; or its
/// bytes.
pub(super) type Question = (Fingerprint, Fingerprint);

impl Memory {
    /// Remembers nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
