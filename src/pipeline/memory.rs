//! What a build leaves behind for the next one: answers under the fingerprints of their questions.

use std::sync::Arc;

use super::Loaded;
use crate::base::{Diagnostic, Fingerprint, OutPath};
use crate::content::Page;
use crate::guide::Bibliography;
use crate::theme::Theme;
use crate::views::Shown;

/// Answers by question; empty at first. What a build did not use is forgotten after it.
#[derive(Debug, Default)]
pub struct Memory {
    /// Sorted by path.
    pub(super) pages: Vec<Remembered>,
    pub(super) bibliography: Option<(Fingerprint, Loaded<Bibliography>)>,
    pub(super) theme: Option<(Fingerprint, Loaded<Theme>)>,
    /// Sorted by file.
    pub(super) rendered: Vec<Rendered>,
}

/// A parsed page, and the question that it answers.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    pub question: Fingerprint,
    pub page: Arc<Page>,
    pub shown: Arc<Shown>,
    pub diagnostics: Arc<[Diagnostic]>,
}

/// A rendered file, and the question that it answers.
#[derive(Debug, Clone)]
pub(super) struct Rendered {
    pub out: OutPath,
    pub question: Fingerprint,
    pub bytes: Arc<[u8]>,
}

impl Memory {
    /// Remembers nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
