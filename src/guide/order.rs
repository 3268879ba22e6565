//! Which section each page belongs to, and who stands before and after whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Guide, PageId};
use crate::base::{SourcePath, sort_key};
use crate::content::{Page, Role};
use crate::site::CONTENT;

/// A page's place among the others.
#[derive(Debug, Clone, Default)]
pub struct Seat {
    pub section: Option<PageId>,
    pub pages: Vec<PageId>,
    pub sections: Vec<PageId>,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
}

/// The place of every page, by index.
pub fn arrange<'p>(pages: impl ExactSizeIterator<Item = &'p Arc<Page>>) -> Vec<Seat> {
    let pages: Vec<&Page> = pages.map(|page| &**page).collect();
    let mut seats = vec![Seat::default(); pages.len()];
    let sections: BTreeMap<&str, PageId> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.role != Role::Page)
        .map(|(index, page)| (page.path.folder(), PageId::new(index)))
        .collect();
    for (index, page) in pages.iter().enumerate() {
        let Some(section) = section_of(page, &sections) else { continue };
        seats[index].section = Some(section);
        let list = match page.role {
            Role::Page => &mut seats[section.index()].pages,
            Role::Section | Role::Home => &mut seats[section.index()].sections,
        };
        list.push(PageId::new(index));
    }
    for section in sections.values() {
        let mut seat = std::mem::take(&mut seats[section.index()]);
        seat.pages.sort_by_cached_key(|id| order_key(pages[id.index()]));
        seat.sections.sort_by_cached_key(|id| order_key(pages[id.index()]));
        for pair in seat.pages.windows(2) {
            if let [before, after] = pair {
                seats[before.index()].next = Some(*after);
                seats[after.index()].previous = Some(*before);
            }
        }
        seats[section.index()] = seat;
    }
    seats
}

/// Gives every page its place anew, after titles or orders of pages changed and nothing else.
pub fn rearrange(guide: &mut Guide) {
    let seats = arrange(guide.entries.iter().map(|entry| &entry.page));
    for (entry, seat) in guide.entries.iter_mut().zip(seats) {
        let Seat { section, pages, sections, previous, next } = seat;
        (entry.section, entry.pages, entry.sections) = (section, pages, sections);
        (entry.previous, entry.next) = (previous, next);
    }
}

/// What pages are sorted by wherever no letter gathers them: their `order`, those without one last; then title and path.
#[must_use]
pub fn order_key(page: &Page) -> (i64, String, SourcePath) {
    (page.matter.order.unwrap_or(i64::MAX), sort_key(&page.matter.title), page.path.clone())
}

/// The nearest `_index.md` around a page; not the page itself.
fn section_of(page: &Page, sections: &BTreeMap<&str, PageId>) -> Option<PageId> {
    // The "page not found" page belongs nowhere: nobody turns to it from a neighbour.
    if page.path.below(CONTENT) == Some("404.md") {
        return None;
    }
    let mut folder = page.path.folder();
    let is_bundle = page.role == Role::Page && page.path.file_name() == "index.md";
    if page.role != Role::Page || is_bundle {
        folder = folder.rsplit_once('/')?.0;
    }
    loop {
        if let Some(section) = sections.get(folder) {
            return Some(*section);
        }
        folder = folder.rsplit_once('/')?.0;
    }
}
