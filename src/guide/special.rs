//! The pages that play a part of their own, and the menu: named in `site.toml`, found among the pages.

use super::names::{Meaning, Names};
use super::{PageId, complaints};
use crate::base::{About, Complaint, SourcePath, Spanned};
use crate::site::{CONTENT, Site};

/// The pages that play a part of their own, where the guide has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Special {
    /// The first page.
    pub home: Option<PageId>,
    /// The page that holds the checklist.
    pub checklist: Option<PageId>,
    /// The page that lists the references.
    pub references: Option<PageId>,
    /// The page that lists all pages.
    pub index: Option<PageId>,
    /// The page that holds all chapters of the guide.
    pub book: Option<PageId>,
    /// The page for readers who are not safe.
    pub help: Option<PageId>,
    /// The page for addresses that do not exist.
    pub not_found: Option<PageId>,
}

/// Looks at `site.toml` and names each page; complains of those that do not exist.
pub struct Finder<'f> {
    pub names: &'f Names,
    pub paths: Vec<&'f str>,
    pub configuration: &'f SourcePath,
    pub found: Vec<Complaint>,
}

impl Finder<'_> {
    /// The special pages of the site.
    pub fn special(&mut self, site: &Site) -> Special {
        let well_known = |name: &str| self.names.path(&SourcePath::new(&format!("{CONTENT}/{name}")));
        let published = |meaning: Option<Meaning>| match meaning {
            Some(Meaning::Page(id)) => Some(id),
            _ => None,
        };
        let home = published(well_known("_index.md"));
        let not_found = published(well_known("404.md"));
        Special {
            home,
            not_found,
            checklist: site.checklist.as_ref().and_then(|rules| self.page(&rules.page)),
            references: site
                .references
                .value()
                .and_then(|rules| rules.as_ref()?.page.as_ref())
                .and_then(|page| self.page(page)),
            index: site.index_page.as_ref().and_then(|page| self.page(page)),
            book: site.book_page.as_ref().and_then(|page| self.page(page)),
            help: site.help_page.as_ref().and_then(|page| self.page(page)),
        }
    }

    /// The menu's pages.
    pub fn menu(&mut self, site: &Site) -> Vec<(PageId, Option<Box<str>>)> {
        let mut menu = Vec::new();
        for item in &site.menu {
            menu.extend(self.page(&item.to).map(|page| (page, item.title.clone())));
        }
        menu
    }

    /// The page that a setting names, relative to the content folder, with or without `@/`.
    fn page(&mut self, name: &Spanned<Box<str>>) -> Option<PageId> {
        let below = name.value.strip_prefix("@/").unwrap_or(&name.value);
        let path = SourcePath::new(&format!("{CONTENT}/{below}"));
        let place = About::at(self.configuration, name.span);
        match self.names.path(&path) {
            Some(_) if below == "404.md" => self.found.push(complaints::not_found_page(place)),
            Some(Meaning::Page(id)) => return Some(id),
            Some(Meaning::Unpublished(held)) => self.found.push(complaints::linked_draft(place, below, held)),
            Some(Meaning::Several) | None => {
                self.found.push(complaints::unknown_page(place, &path, self.paths.iter().copied(), None))
            }
        }
        None
    }
}
