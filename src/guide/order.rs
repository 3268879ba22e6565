//! Which section each page belongs to, and who stands before and after whom.

use std::collections::BTreeMap;

use super::{Book, PageId};
use crate::content::{Page, Role};
use crate::site::CONTENT;

/// The order of the pages in their sections.
#[derive(Debug, Default)]
pub struct Order {
    /// The sections that gather anything.
    gathered: BTreeMap<PageId, Gathered>,
    /// The neighbours of every page, by index.
    neighbours: Vec<Neighbours>,
}

/// What a section gathers.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Its pages, in order.
    pub pages: Vec<PageId>,
    /// The sections directly below it, in order.
    pub sections: Vec<PageId>,
}

/// Those beside a page in its section.
#[derive(Debug, Clone, Copy, Default)]
pub struct Neighbours {
    /// The page before it.
    pub previous: Option<PageId>,
    /// The page after it.
    pub next: Option<PageId>,
}

impl Order {
    /// What a page gathers, if it is a section with anything in it.
    #[must_use]
    pub fn gathered(&self, id: PageId) -> Option<&Gathered> {
        self.gathered.get(&id)
    }

    /// Those beside a page.
    #[must_use]
    pub fn neighbours(&self, id: PageId) -> Neighbours {
        self.neighbours[id.index()]
    }
}

/// The order of all pages.
#[must_use]
pub fn arrange(book: Book) -> Order {
    // What is compared lies side by side, so that no page is looked into again and again.
    let mut lists: BTreeMap<PageId, [Vec<_>; 2]> = BTreeMap::new();
    for (id, page, facts) in book.iter() {
        let Some(section) = facts.section else { continue };
        lists.entry(section).or_default()[usize::from(page.role != Role::Page)].push((page.order_key(), id));
    }
    let mut order = Order { neighbours: vec![Neighbours::default(); book.pages.len()], ..Order::default() };
    for (section, lists) in lists {
        let [pages, sections] = lists.map(|mut list| {
            list.sort_unstable();
            list.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        });
        for pair in pages.windows(2) {
            if let [before, after] = pair {
                order.neighbours[before.index()].next = Some(*after);
                order.neighbours[after.index()].previous = Some(*before);
            }
        }
        order.gathered.insert(section, Gathered { pages, sections });
    }
    order
}

/// The section that each page belongs to, by index; for a section, the one around it.
pub(super) fn sections<'p>(pages: &[&'p Page]) -> Vec<Option<PageId>> {
    let sections = pages.iter().enumerate().filter(|(_, page)| page.role != Role::Page);
    let sections = sections.map(|(index, page)| (page.path.folder(), PageId::new(index))).collect();
    // Pages of one folder follow each other.
    let mut known = None;
    let section = |page: &&'p Page| {
        let folder = folder_around(page)?;
        let section = match known {
            Some((before, section)) if before == folder => section,
            _ => section_around(folder, &sections),
        };
        known = Some((folder, section));
        section
    };
    pages.iter().map(section).collect()
}

/// The folder in which the section of a page may lie, if it belongs to one.
fn folder_around(page: &Page) -> Option<&str> {
    // The "page not found" page belongs nowhere: nobody turns to it from a neighbour.
    if page.path.below(CONTENT) == Some("404.md") {
        return None;
    }
    let folder = page.path.folder();
    let is_bundle = page.role == Role::Page && page.path.file_name() == "index.md";
    if page.role == Role::Page && !is_bundle { Some(folder) } else { Some(folder.rsplit_once('/')?.0) }
}

/// The section of the nearest folder with an `_index.md`, from `folder` on outwards.
fn section_around(mut folder: &str, sections: &BTreeMap<&str, PageId>) -> Option<PageId> {
    loop {
        if let Some(section) = sections.get(folder) {
            return Some(*section);
        }
        folder = folder.rsplit_once('/')?.0;
    }
}
