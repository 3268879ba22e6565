//! Which section each page belongs to, and who stands before and after whom.

use std::collections::BTreeMap;

use super::PageId;
use crate::content::{Page, Role};
use crate::site::CONTENT;

/// A page's place among the others.
#[derive(Debug, Clone, Default)]
pub struct Location {
    /// The section that it belongs to; for a section, the one around it.
    pub section: Option<PageId>,
    /// For a section: its pages in order.
    pub pages: Vec<PageId>,
    /// For a section: the sections directly below it, in order.
    pub sections: Vec<PageId>,
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
}

/// The place of every page, by index.
#[must_use]
pub fn arrange(pages: &[&Page]) -> Vec<Location> {
    let mut locations = vec![Location::default(); pages.len()];
    let sections: BTreeMap<&str, PageId> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.role != Role::Page)
        .map(|(index, page)| (page.path.folder(), PageId::new(index)))
        .collect();
    // Pages of one folder follow each other.
    let mut known = None;
    for (index, page) in pages.iter().enumerate() {
        let Some(folder) = folder_around(page) else { continue };
        let section = match known {
            Some((before, section)) if before == folder => section,
            _ => section_around(folder, &sections),
        };
        known = Some((folder, section));
        let Some(section) = section else { continue };
        locations[index].section = Some(section);
        let list = match page.role {
            Role::Page => &mut locations[section.index()].pages,
            Role::Section | Role::Home => &mut locations[section.index()].sections,
        };
        list.push(PageId::new(index));
    }
    for section in sections.values() {
        let mut location = std::mem::take(&mut locations[section.index()]);
        for list in [&mut location.pages, &mut location.sections] {
            list.sort_by(|a, b| pages[a.index()].order_key().cmp(&pages[b.index()].order_key()));
        }
        for pair in location.pages.windows(2) {
            if let [before, after] = pair {
                locations[before.index()].next = Some(*after);
                locations[after.index()].previous = Some(*before);
            }
        }
        locations[section.index()] = location;
    }
    locations
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
