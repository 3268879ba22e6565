//! Which page each name means.

use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::iter::once;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::PageId;
use crate::base::{Fingerprint, SourcePath, encode_path};
use crate::content::body::Target;
use crate::content::{Page, Unpublished};

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A published page.
    Page(PageId),
    /// A page that is held back, and why.
    Unpublished(Unpublished),
    /// Several published pages.
    Several,
}

type Table<K> = FxHashMap<K, Meaning>;

/// Every name that an author can use for a page, by its fingerprint.
pub struct Names {
    paths: Table<Fingerprint>,
    urls: Table<Fingerprint>,
    kinds: Table<(usize, Fingerprint)>,
    wiki: Table<Fingerprint>,
}

impl Names {
    /// The names of the published pages, by index, and of those that are held back: these have a name only where no published
    /// page has it.
    pub fn new(published: &[&Page], held: &[&Page]) -> Self {
        let all = published.len() + held.len();
        let mut names = Self {
            paths: FxHashMap::with_capacity_and_hasher(all, FxBuildHasher),
            urls: FxHashMap::with_capacity_and_hasher(all, FxBuildHasher),
            kinds: FxHashMap::with_capacity_and_hasher(all, FxBuildHasher),
            wiki: FxHashMap::default(),
        };
        let is_wiki = |page: &&Page| page.body.links.iter().any(|link| matches!(link.target, Target::Wiki(_)));
        // A guide without wiki links is spared their table.
        let has_wiki_links = published.iter().any(is_wiki);
        let published = published.iter().enumerate().map(|(index, page)| (*page, Meaning::Page(PageId::new(index))));
        let held = held.iter().filter_map(|page| Some((*page, Meaning::Unpublished(page.held?))));
        let pages = published.chain(held);
        for (page, meaning) in pages.clone() {
            names.paths.entry(key(page.path.as_str())).or_insert(meaning);
            names.urls.entry(key(page.url.as_str())).or_insert(meaning);
            if let Some(kind) = page.kind {
                add(&mut names.kinds, (kind, key(&page.name)), meaning);
            }
            for name in wiki_names(page).filter(|_| has_wiki_links) {
                add(&mut names.wiki, key(name), meaning);
            }
        }
        // An address that a page has goes before one that another had.
        for (page, meaning) in pages {
            for (alias, _) in &page.matter.aliases {
                let end = if alias.ends_with(".html") { "" } else { "/" };
                names.urls.entry(key(&format!("/{}{end}", encode_path(alias)))).or_insert(meaning);
            }
        }
        names
    }

    /// The page of that file.
    pub fn path(&self, path: &SourcePath) -> Option<Meaning> {
        self.paths.get(&key(path.as_str())).copied()
    }

    /// The page at that address, or that was there once, with or without the slash at its end.
    pub fn url(&self, url: &str) -> Option<Meaning> {
        let at = |url: &str| self.urls.get(&key(url)).copied();
        at(url).or_else(|| if url.ends_with('/') { None } else { at(&format!("{url}/")) })
    }

    /// The page of that kind and name.
    pub fn kind(&self, kind: usize, name: &str) -> Option<Meaning> {
        self.kinds.get(&(kind, key(name))).copied()
    }

    /// The page that `[[name]]` means.
    pub fn wiki(&self, name: &str) -> Option<Meaning> {
        self.wiki.get(&key(name)).or_else(|| self.wiki.get(&key(&single_spaced(name)))).copied()
    }
}

/// The names by which wiki links can call a page: its path below `content`, and the last part of that.
pub fn wiki_names(page: &Page) -> impl Iterator<Item = &str> {
    let stem = page.path.as_str().strip_suffix(".md").unwrap_or(page.path.as_str());
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    let whole = stem.split_once('/').map_or(stem, |(_, below)| below);
    let last = whole.rsplit_once('/').map(|(_, last)| last);
    once(whole).chain(last)
}

/// A name with one space between its words.
pub fn single_spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn key(name: &str) -> Fingerprint {
    Fingerprint::of_bytes(name.as_bytes())
}

/// Adds a name that only one published page may have.
fn add<K: Eq + Hash>(table: &mut Table<K>, name: K, meaning: Meaning) {
    match table.entry(name) {
        Entry::Vacant(free) => drop(free.insert(meaning)),
        Entry::Occupied(mut known) if matches!(meaning, Meaning::Page(_)) => *known.get_mut() = Meaning::Several,
        Entry::Occupied(_) => {}
    }
}
