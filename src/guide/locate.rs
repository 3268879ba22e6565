//! What a complaint is about → where that stands in the files as they are.

use std::collections::BTreeMap;

use super::Book;
use crate::base::{About, Place, SourcePath, Sources, Subject};
use crate::content::{Page, matter_places};
use crate::syntax::yaml::Places;

/// Looks places up; each front matter is read once, and only if a place in it is asked for.
pub struct Locator<'l> {
    book: Book<'l>,
    sources: &'l Sources,
    places: BTreeMap<SourcePath, Places>,
}

impl<'l> Locator<'l> {
    /// For the pages of a book and all other files.
    #[must_use]
    pub fn new(book: Book<'l>, sources: &'l Sources) -> Self {
        Self { book, sources, places: BTreeMap::new() }
    }

    /// Where it stands.
    pub fn locate(&mut self, about: &About) -> Place {
        let span = match &about.subject {
            Subject::File => None,
            Subject::Span(span) => Some(*span),
            Subject::Key(path) => Some(self.places(&about.path).value(path)),
            Subject::KeyName(path) => Some(self.places(&about.path).key(path)),
            Subject::Link(index) => self.page(&about.path).map(|page| page.body.links[*index].span),
            Subject::Citation(index) => self.page(&about.path).map(|page| page.body.citations[*index].span),
            Subject::Heading(index) => self.page(&about.path).map(|page| page.body.headings()[*index].span),
        };
        Place { path: about.path.clone(), span }
    }

    fn places(&mut self, path: &SourcePath) -> &Places {
        let text = self.sources.text(path).unwrap_or_default();
        self.places.entry(path.clone()).or_insert_with(|| matter_places(text))
    }

    fn page(&self, path: &SourcePath) -> Option<&'l Page> {
        let index = self.book.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
        Some(self.book.pages[index])
    }
}
