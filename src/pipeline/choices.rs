//! What was found wrong → what is told of it: an author may ignore warnings and advice, or make errors of them.
//!
//! Asked of the finished complaints in each build, and remembered by nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::Pages;
use crate::base::{Diagnostic, Drafts, Occasion, Place, Severity, SourcePath, Sources, Spanned};
use crate::content::{Page, matter_places};
use crate::site::{Site, complaints};

/// What an author chose, in `site.toml` and on pages.
pub(super) struct Choices<'c> {
    sources: &'c Sources,
    site: &'c Site,
    pages: &'c Pages,
    /// The pages that ignore something.
    ignoring: BTreeMap<&'c SourcePath, &'c Page>,
}

impl<'c> Choices<'c> {
    pub fn of(sources: &'c Sources, site: &'c Site, pages: &'c Pages) -> Self {
        let ignoring = pages.iter().filter(|piece| piece.has_ignored).flat_map(|piece| &piece.pages);
        let ignoring = ignoring.filter(|page| !page.page.matter.ignore.is_empty());
        Self { sources, site, pages, ignoring: ignoring.map(|page| (&page.page.path, &page.page)).collect() }
    }

    /// What is told of all that one occasion `found`, with what was ignored in vain.
    pub fn choose(&self, occasion: Occasion, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut unused = self.unused(occasion, &found);
        if !unused.is_empty() && !self.is_all_known(&found) {
            unused.clear();
        }
        let mut told = self.tell(found);
        told.extend(self.tell(unused));
        told
    }

    /// The complaints that are not ignored, as much as the author wants them to weigh.
    pub fn tell(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.retain(|complaint| !self.is_ignored(complaint));
        for complaint in &mut found {
            if self.site.checks.error.iter().any(|raised| raised.value == complaint.code) {
                complaint.severity = Severity::Error;
            }
        }
        found
    }

    fn is_ignored(&self, complaint: &Diagnostic) -> bool {
        let page = self.ignoring.get(&complaint.place.path);
        let mut of_page = page.iter().flat_map(|page| &page.matter.ignore);
        self.site.checks.ignore.iter().any(|ignored| ignored.value == complaint.code)
            || of_page.any(|(ignored, _)| *ignored == complaint.code)
    }

    /// Is every page looked at, and understood? Otherwise nobody knows what there would be to say.
    fn is_all_known(&self, found: &[Diagnostic]) -> bool {
        let drafts = self.sources.request.drafts;
        (drafts == Drafts::Include || self.pages.iter().all(|piece| piece.held == 0))
            && !self.pages.iter().flat_map(|piece| piece.complaints(drafts)).chain(found).any(Diagnostic::is_error)
    }

    /// What is ignored, and was not `found`, though it was asked for.
    fn unused(&self, occasion: Occasion, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let said: BTreeSet<_> = found.iter().map(|complaint| (complaint.code, &complaint.place.path)).collect();
        let configuration = &self.sources.request.configuration;
        let mut unused = Vec::new();
        for Spanned { value: code, span } in &self.site.checks.ignore {
            if code.occasion() == occasion && !said.iter().any(|(said, _)| said == code) {
                unused.push(complaints::unused_ignore(Place::at(configuration, *span), *code));
            }
        }
        for (path, page) in &self.ignoring {
            for (code, at) in &page.matter.ignore {
                if code.occasion() == occasion && !said.contains(&(*code, *path)) {
                    let span = matter_places(self.sources.text(path).unwrap_or_default()).value(at);
                    unused.push(complaints::unused_ignore(Place::at(path, span), *code));
                }
            }
        }
        unused
    }
}
