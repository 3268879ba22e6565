//! Links in the text: each leads to a page, a place on a page, or a published file, and is known at both ends.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::names::{Meaning, Names};
use super::{Backlink, Destination, PageId, PublishedFile, complaints};
use crate::base::{Diagnostic, Place, UrlPath, nearest};
use crate::content::Page;
use crate::content::body::{Link, LinkRole, Target};
use crate::site::BaseUrl;

/// What links can lead to.
pub struct Land<'g> {
    pub pages: &'g [Arc<Page>],
    pub names: &'g Names<'g>,
    pub files: &'g [PublishedFile],
    pub base: &'g BaseUrl,
}

/// Where every link of every page leads, by page; and what is wrong with them.
pub fn resolve(land: &Land) -> (Vec<Vec<Destination>>, Vec<Diagnostic>) {
    let files_by_path: HashMap<_, _> = land.files.iter().map(|file| (&file.path, &file.url)).collect();
    let files_by_url: HashMap<_, _> = land.files.iter().map(|file| (file.url.as_str(), &file.url)).collect();
    let mut found = Vec::new();
    let mut all = Vec::with_capacity(land.pages.len());
    for (index, page) in land.pages.iter().enumerate() {
        let own = PageId::new(index);
        let lead = |link: &Link| destination(land, &files_by_path, &files_by_url, own, link);
        let links =
            page.body.links.iter().map(|link| match lead(link).and_then(|to| check_anchor(land, page, link, to)) {
                Ok(destination) => destination,
                Err(complaint) => {
                    found.push(*complaint);
                    Destination::Nowhere
                }
            });
        all.push(links.collect());
    }
    (all, found)
}

type Files<'f, K> = HashMap<K, &'f UrlPath>;

fn destination(
    land: &Land,
    by_path: &Files<&crate::base::SourcePath>,
    by_url: &Files<&str>,
    own: PageId,
    link: &Link,
) -> Result<Destination, Box<Diagnostic>> {
    let place = || Place::at(&land.pages[own.index()].path, link.span);
    match &link.target {
        Target::Anchor => Ok(Destination::Page(own)),
        Target::Source(path) => match land.names.path(path) {
            Some(meaning) => meant(meaning, place, path.file_name()),
            None => {
                Err(Box::new(complaints::unknown_page(place(), path, land.pages.iter().map(|page| page.path.as_str()))))
            }
        },
        Target::Wiki(name) => wiki(land, name, place),
        Target::Address(address) => {
            let within = land.base.within(address);
            if let Some(meaning) = land.names.url(within) {
                return meant(meaning, place, address);
            }
            match by_url.get(within) {
                Some(url) => Ok(Destination::File((*url).clone())),
                None => Err(Box::new(complaints::unknown_address(
                    place(),
                    address,
                    land.pages.iter().map(|page| page.url.as_str()),
                ))),
            }
        }
        Target::File(path) => match by_path.get(path) {
            Some(url) => Ok(Destination::File((*url).clone())),
            None => {
                Err(Box::new(complaints::unknown_file(place(), path, land.files.iter().map(|file| file.path.as_str()))))
            }
        },
    }
}

fn meant(meaning: Meaning, place: impl Fn() -> Place, name: &str) -> Result<Destination, Box<Diagnostic>> {
    match meaning {
        Meaning::Page(id) => Ok(Destination::Page(id)),
        Meaning::Draft => Err(Box::new(complaints::linked_draft(place(), name))),
    }
}

fn wiki(land: &Land, name: &str, place: impl Fn() -> Place) -> Result<Destination, Box<Diagnostic>> {
    match land.names.wiki(name) {
        [] => Err(Box::new(complaints::unknown_wiki(place(), name, land.names.wiki_names()))),
        [(_, meaning)] => meant(*meaning, place, name),
        several => Err(Box::new(complaints::ambiguous_wiki(place(), name, several.iter().map(|(path, _)| *path)))),
    }
}

/// The destination, if the page there has the place that the link names.
fn check_anchor(land: &Land, page: &Page, link: &Link, to: Destination) -> Result<Destination, Box<Diagnostic>> {
    let (Destination::Page(id), Some(anchor)) = (&to, &link.anchor) else { return Ok(to) };
    let target = &land.pages[id.index()];
    let has_source = || {
        anchor
            .strip_prefix("source-")
            .and_then(|n| n.parse().ok())
            .is_some_and(|n: usize| (1..=target.sources.len()).contains(&n))
    };
    // `#main` is the page's own text, and a page whose text could not be read has no anchors to compare with.
    let is_unread = !target.matter.is_whole && target.body.pieces.is_empty();
    if &**anchor == "main" || target.body.anchors.binary_search(anchor).is_ok() || has_source() || is_unread {
        return Ok(to);
    }
    let known = target.body.anchors.iter().map(|known| &**known);
    let near = nearest(anchor, known);
    Err(Box::new(complaints::unknown_anchor(
        Place::at(&page.path, link.span),
        &target.matter.title,
        anchor,
        near,
        &target.body.anchors,
    )))
}

/// Who links to each page, by index: one entry a linking page, in the order of paths.
pub fn backlinks(pages: &[Arc<Page>], links: &[Vec<Destination>]) -> Vec<Vec<Backlink>> {
    let mut backlinks = vec![Vec::new(); pages.len()];
    for (index, destinations) in links.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for (link, destination) in destinations.iter().enumerate() {
            let Destination::Page(to) = destination else { continue };
            let is_shown = pages[index].body.links[link].role == LinkRole::Image;
            if to.index() != index && !is_shown && seen.insert(*to) {
                backlinks[to.index()].push(Backlink { from: PageId::new(index), link });
            }
        }
    }
    backlinks
}
