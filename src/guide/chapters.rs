//! The guide in reading order: its pages as the chapters of one document, numbered, and the sources that they rest on.

use std::collections::BTreeMap;

use super::{Book, Order, PageId};
use crate::content::Role;

/// How the names of e-books end.
pub const EBOOK: &str = ".epub";

/// The id of what stands before the first chapter: the text of the page that holds them.
pub const FOREWORD: &str = "book--foreword";

/// A page as a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chapter {
    /// The page.
    pub page: PageId,
    /// Its place in each part around it, from 1, the outermost first; empty for the foreword.
    pub place: Vec<usize>,
    /// The number in the whole document of each source of the page, in the order of `page.sources`; none where there is no such
    /// source.
    pub sources: Vec<Option<usize>>,
}

/// All chapters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Chapters {
    /// In reading order.
    pub list: Vec<Chapter>,
    /// The keys of their sources, by their numbers, from 1.
    pub sources: Vec<Box<str>>,
}

impl Chapter {
    /// Its number, such as `2.3`; empty for the foreword.
    #[must_use]
    pub fn number(&self) -> String {
        self.joined(".")
    }

    /// Its id in the document, such as `chapter-2-3`.
    #[must_use]
    pub fn id(&self) -> String {
        if self.place.is_empty() { FOREWORD.to_owned() } else { format!("chapter-{}", self.joined("-")) }
    }

    /// How many parts it stands in, itself among them.
    #[must_use]
    pub fn level(&self) -> usize {
        self.place.len().max(1)
    }

    fn joined(&self, separator: &str) -> String {
        self.place.iter().map(usize::to_string).collect::<Vec<_>>().join(separator)
    }
}

/// The chapters of a guide: what its first page gathers, and what that gathers, by `order`; of two with the same one a section
/// comes first. Pages that only list others, or hold this document, are none.
#[must_use]
pub fn chapters(book: Book, order: &Order) -> Chapters {
    let special = &book.guide.special;
    let mut top: Vec<PageId> = book
        .iter()
        .filter(|(id, page, facts)| {
            page.role != Role::Home && facts.section == special.home && special.home != Some(*id)
        })
        .map(|(id, ..)| id)
        .collect();
    let mut gatherer = Gatherer { book, order, chapters: Chapters::default(), numbers: BTreeMap::new() };
    if let Some(id) = special.book.filter(|id| book.page(*id).body.words > 0) {
        gatherer.add(id, Vec::new());
    }
    gatherer.gather(&mut top, &[]);
    gatherer.chapters
}

struct Gatherer<'g> {
    book: Book<'g>,
    order: &'g Order,
    chapters: Chapters,
    /// The number of each source.
    numbers: BTreeMap<Box<str>, usize>,
}

impl Gatherer<'_> {
    /// Adds these pages as the chapters of a part, each followed by those that it gathers.
    fn gather(&mut self, pages: &mut [PageId], part: &[usize]) {
        let book = self.book;
        pages.sort_by_key(|id| {
            let page = book.page(*id);
            let (order, title, path) = page.order_key();
            (order, page.role == Role::Page, title, path)
        });
        for (number, id) in (1..).zip(pages.iter().filter(|id| is_chapter(book, **id))) {
            let place = [part, &[number]].concat();
            self.add(*id, place.clone());
            if let Some(gathered) = self.order.gathered(*id) {
                self.gather(&mut [&*gathered.pages, &*gathered.sections].concat(), &place);
            }
        }
    }

    fn add(&mut self, page: PageId, place: Vec<usize>) {
        let sources = self.book.page(page).sources.iter().map(|used| self.number(&used.key)).collect();
        self.chapters.list.push(Chapter { page, place, sources });
    }

    fn number(&mut self, key: &str) -> Option<usize> {
        self.book.guide.bibliography.get(key)?;
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(key.into()).or_insert(next);
        if number == next {
            self.chapters.sources.push(key.into());
        }
        Some(number)
    }
}

fn is_chapter(book: Book, id: PageId) -> bool {
    let special = &book.guide.special;
    let is_list = book.page(id).matter.gathers.is_some();
    !is_list && ![special.references, special.index, special.book, special.not_found].contains(&Some(id))
}
