//! Which page each name means.

use std::collections::BTreeMap;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::PageId;
use crate::base::{SourcePath, encode_path};
use crate::content::{Page, Unpublished};

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A published page.
    Page(PageId),
    /// A page that is held back, and why.
    Unpublished(Unpublished),
}

/// Every name that an author can use for a page.
pub struct Names<'p> {
    paths: FxHashMap<&'p SourcePath, Meaning>,
    urls: FxHashMap<&'p str, Meaning>,
    aliases: BTreeMap<String, Meaning>,
    kinds: FxHashMap<(usize, &'p str), (&'p SourcePath, Meaning)>,
    namesakes: BTreeMap<(usize, &'p str), Vec<&'p SourcePath>>,
    wiki: BTreeMap<&'p str, Vec<(&'p SourcePath, Meaning)>>,
}

impl<'p> Names<'p> {
    /// The names of the published pages, by index, and of those that are held back.
    pub fn new(published: &'p [&'p Page], held: &'p [&'p Page]) -> Self {
        let all = published.len() + held.len();
        let mut names = Self {
            paths: FxHashMap::with_capacity_and_hasher(all, FxBuildHasher),
            urls: FxHashMap::with_capacity_and_hasher(all, FxBuildHasher),
            aliases: BTreeMap::new(),
            kinds: FxHashMap::with_capacity_and_hasher(all, FxBuildHasher),
            namesakes: BTreeMap::new(),
            wiki: BTreeMap::new(),
        };
        // Wiki names need a second look-up table; a guide without wiki links is spared it.
        let has_wiki_links = published.iter().any(|page| {
            page.body.links.iter().any(|link| matches!(link.target, crate::content::body::Target::Wiki(_)))
        });
        let published = published.iter().enumerate().map(|(index, page)| (*page, Meaning::Page(PageId::new(index))));
        let held = held.iter().filter_map(|page| Some((*page, Meaning::Unpublished(page.held?))));
        for (page, meaning) in published.chain(held) {
            names.paths.entry(&page.path).or_insert(meaning);
            names.urls.entry(page.url.as_str()).or_insert(meaning);
            for (alias, _) in &page.matter.aliases {
                let end = if alias.ends_with(".html") { "" } else { "/" };
                names.aliases.entry(format!("/{}{end}", encode_path(alias))).or_insert(meaning);
            }
            if let Some(kind) = page.kind {
                names.add_kind((kind, &page.name), &page.path, meaning);
            }
            if has_wiki_links {
                names.add_wiki(page, meaning);
            }
        }
        names
    }

    /// A page that is held back has the name only where no published page has it.
    fn add_kind(&mut self, name: (usize, &'p str), path: &'p SourcePath, meaning: Meaning) {
        let (first, _) = *self.kinds.entry(name).or_insert((path, meaning));
        if first != path && matches!(meaning, Meaning::Page(_)) {
            self.namesakes.entry(name).or_insert_with(|| vec![first]).push(path);
        }
    }

    /// A page that is held back has a wiki name only where no published page has it.
    fn add_wiki(&mut self, page: &'p Page, meaning: Meaning) {
        let stem = page.path.as_str().strip_suffix(".md").unwrap_or(page.path.as_str());
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let full = stem.split_once('/').map_or(stem, |(_, below)| below);
        let last = full.rsplit_once('/').map_or(full, |(_, last)| last);
        self.add_wiki_name(full, page, meaning);
        if last != full {
            self.add_wiki_name(last, page, meaning);
        }
    }

    fn add_wiki_name(&mut self, name: &'p str, page: &'p Page, meaning: Meaning) {
        let meanings = self.wiki.entry(name).or_default();
        if matches!(meaning, Meaning::Page(_)) || meanings.is_empty() {
            meanings.push((&page.path, meaning));
        }
    }

    /// The page of that file.
    pub fn path(&self, path: &SourcePath) -> Option<Meaning> {
        self.paths.get(path).copied()
    }

    /// The page at that address, or that was there once, with or without the slash at its end.
    pub fn url(&self, url: &str) -> Option<Meaning> {
        let at = |url: &str| self.urls.get(url).or_else(|| self.aliases.get(url)).copied();
        at(url).or_else(|| if url.ends_with('/') { None } else { at(&format!("{url}/")) })
    }

    /// The page of that kind and name.
    pub fn kind(&self, kind: usize, name: &str) -> Option<Meaning> {
        self.kinds.get(&(kind, name)).map(|(_, meaning)| *meaning)
    }

    /// The pages of that kind that share a name; none if it means one page at most.
    pub fn namesakes<'n>(&'n self, kind: usize, name: &'n str) -> &'n [&'n SourcePath] {
        self.namesakes.get(&(kind, name)).map_or(&[], Vec::as_slice)
    }

    /// The pages that `[[name]]` may mean.
    pub fn wiki(&self, name: &str) -> &[(&'p SourcePath, Meaning)] {
        let single = || name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.wiki.get(name).or_else(|| self.wiki.get(&*single())).map_or(&[], Vec::as_slice)
    }

    /// All names that wiki links can use.
    pub fn wiki_names(&self) -> impl Iterator<Item = &'p str> {
        self.wiki.keys().copied()
    }
}
