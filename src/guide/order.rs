//! Which section each page belongs to, and who stands before and after whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Guide, PageId};
use crate::base::{SourcePath, sort_key};
use crate::content::{Page, Role};
use crate::site::CONTENT;

/// A page's place among the others.
#[derive(Debug, Clone, Default)]
pub struct Location {
    pub section: Option<PageId>,
    pub pages: Vec<PageId>,
    pub sections: Vec<PageId>,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
}

/// The place of every page, by index.
pub fn arrange(pages: &[Arc<Page>]) -> Vec<Location> {
    let mut locations = vec![Location::default(); pages.len()];
    let sections: BTreeMap<&str, PageId> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.role != Role::Page)
        .map(|(index, page)| (page.path.folder(), PageId::new(index)))
        .collect();
    for (index, page) in pages.iter().enumerate() {
        let Some(section) = section_of(page, &sections) else { continue };
        locations[index].section = Some(section);
        let list = match page.role {
            Role::Page => &mut locations[section.index()].pages,
            Role::Section | Role::Home => &mut locations[section.index()].sections,
        };
        list.push(PageId::new(index));
    }
    for section in sections.values() {
        let mut location = std::mem::take(&mut locations[section.index()]);
        location.pages.sort_by_cached_key(|id| order_key(&pages[id.index()]));
        location.sections.sort_by_cached_key(|id| order_key(&pages[id.index()]));
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

/// Gives pages their places among their neighbours anew, after their titles or orders changed.
pub fn rearrange(guide: &mut Guide, changed: &[PageId]) {
    let mut lists: BTreeMap<(PageId, bool), Vec<PageId>> = BTreeMap::new();
    for id in changed {
        let entry = guide.entry(*id);
        if let Some(section) = entry.section {
            lists.entry((section, entry.page.role == Role::Page)).or_default().push(*id);
        }
    }
    for ((section, are_pages), moved) in lists {
        let entry = &mut guide.entries[section.index()];
        let list = if are_pages { &mut entry.pages } else { &mut entry.sections };
        let mut list = std::mem::take(list);
        // All others stand in order.
        list.retain(|id| !moved.contains(id));
        for id in moved {
            let key = |id: PageId| order_key(&guide.entry(id).page);
            let own = key(id);
            list.insert(list.partition_point(|other| key(*other) < own), id);
        }
        if !are_pages {
            guide.entries[section.index()].sections = list;
            continue;
        }
        for (at, id) in list.iter().enumerate() {
            let entry = &mut guide.entries[id.index()];
            entry.previous = at.checked_sub(1).map(|before| list[before]);
            entry.next = list.get(at + 1).copied();
        }
        guide.entries[section.index()].pages = list;
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
