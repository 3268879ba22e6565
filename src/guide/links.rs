//! Links in the text: each leads to a page, a place on a page, or a published file, and is known at both ends.

use std::collections::{BTreeSet, HashMap};
use std::iter::empty;
use std::sync::Arc;

use super::link_cures::{self, Written};
use super::names::{Meaning, Names};
use super::{Backlink, Destination, Guide, MOST_SUGGESTIONS, PageId, PublishedFile, complaints};
use crate::base::{Diagnostic, Fingerprint, Place, SourcePath, Sources, UrlPath, decode_path, encode_path, nearest};
use crate::content::Page;
use crate::content::body::{Link, LinkRole, NAME_MARK, Target};
use crate::site::BaseUrl;

/// What links can lead to.
pub struct LinkContext<'g> {
    pub pages: &'g [Arc<Page>],
    pub names: &'g Names<'g>,
    pub files: &'g [PublishedFile],
    pub base: &'g BaseUrl,
    pub sources: &'g Sources,
}

/// Where every link of every page leads, by page; and what is wrong with them.
pub fn resolve(context: &LinkContext) -> (Vec<Vec<Destination>>, Vec<Diagnostic>) {
    let paths: HashMap<_, _> = context.files.iter().map(|file| (&file.path, &file.url)).collect();
    let urls: HashMap<_, _> = context.files.iter().map(|file| (file.url.as_str(), &file.url)).collect();
    let mut search = Search { context, paths: &paths, urls: &urls, offered: context.pages };
    let mut found = Vec::new();
    let mut all = Vec::with_capacity(context.pages.len());
    for (index, page) in context.pages.iter().enumerate() {
        let own = PageId::new(index);
        let mut links = Vec::with_capacity(page.body.links.len());
        for link in &page.body.links {
            let led = search.destination(own, link).and_then(|to| search.with_anchor(own, link, to));
            links.push(led.unwrap_or_else(|complaint| {
                found.push(*complaint);
                Destination::Nowhere
            }));
            if found.len() > MOST_SUGGESTIONS {
                search.offered = &[];
            }
        }
        all.push(links);
    }
    (all, found)
}

/// What links are looked up in.
struct Search<'s> {
    context: &'s LinkContext<'s>,
    paths: &'s HashMap<&'s SourcePath, &'s UrlPath>,
    urls: &'s HashMap<&'s str, &'s UrlPath>,
    /// The pages among which a nearest name is looked for.
    offered: &'s [Arc<Page>],
}

type Led = Result<Destination, Box<Diagnostic>>;

impl Search<'_> {
    fn destination(&self, own: PageId, link: &Link) -> Led {
        let place = || Place::at(&self.context.pages[own.index()].path, link.span);
        match &link.target {
            Target::Anchor => Ok(Destination::Page(own)),
            Target::Source(path) => match self.context.names.path(path) {
                Some(meaning) => meant(meaning, place, path.file_name()),
                None => {
                    let known = self.offered.iter().map(|page| page.path.as_str());
                    let cure = link_cures::page(self.written(own, link), path, self.offered);
                    Err(Box::new(complaints::unknown_page(place(), path, known, cure)))
                }
            },
            Target::Wiki(name) => self.wiki(name, self.written(own, link), place),
            Target::Address(address) => self.address(address, place),
            Target::File(path) => self.paths.get(path).map(|url| Destination::File((*url).clone())).ok_or_else(|| {
                let known = || self.context.files.iter().take(self.offered.len()).map(|file| &file.path);
                let written = self.written(own, link);
                if let Some((edit, help)) = link_cures::address(written, self.offered) {
                    return Box::new(complaints::unknown_file(place(), path, empty(), Some(edit)).help(help));
                }
                let cure = link_cures::file(written, path, self.offered, known());
                Box::new(complaints::unknown_file(place(), path, known().map(SourcePath::as_str), cure))
            }),
        }
    }

    fn address(&self, address: &str, place: impl Fn() -> Place) -> Led {
        let base = self.context.base;
        // A page may lie in a folder of the site that is called like the folder of the site.
        for path in [base.within(address), address] {
            let path = encode_path(&decode_path(path));
            let meaning = self.context.names.url(&path);
            // A page that is held back takes no address from a file.
            if let (None | Some(Meaning::Unpublished(_)), Some(url)) = (meaning, self.urls.get(path.as_str())) {
                return Ok(Destination::File((*url).clone()));
            }
            if let Some(meaning) = meaning {
                return meant(meaning, place, address);
            }
            if can_be_made(&path) {
                return Ok(Destination::Made(UrlPath::new(&path)));
            }
        }
        if !base.is_known() {
            return Ok(Destination::Nowhere);
        }
        let known = self.offered.iter().map(|page| page.url.as_str());
        Err(Box::new(complaints::unknown_address(place(), address, known)))
    }

    /// A link as it is written.
    fn written(&self, own: PageId, link: &Link) -> Written<'_> {
        let from = &self.context.pages[own.index()].path;
        Written { from, text: self.context.sources.text(from).unwrap_or_default(), span: link.span }
    }

    fn wiki(&self, name: &str, written: Written, place: impl Fn() -> Place) -> Led {
        match self.context.names.wiki(name) {
            [] => {
                let known = || self.context.names.wiki_names().take(self.offered.len().saturating_mul(2));
                let meant = link_cures::name(name, known());
                let cure = meant.and_then(|meant| written.with_name(name, meant));
                Err(Box::new(complaints::unknown_wiki(place(), name, known(), cure)))
            }
            [(_, meaning)] => meant(*meaning, place, name),
            several => Err(Box::new(complaints::ambiguous_wiki(place(), name, several.iter().map(|(path, _)| *path)))),
        }
    }

    /// The destination, if the page there has the place that the link names.
    fn with_anchor(&self, own: PageId, link: &Link, to: Destination) -> Led {
        let (Destination::Page(id), Some(anchor)) = (&to, &link.anchor) else { return Ok(to) };
        let target = &self.context.pages[id.index()];
        // A page whose text could not be read has no anchors to compare with.
        let is_unread = target.body.is_cut || !target.matter.is_whole && target.body.pieces.is_empty();
        if is_unread || has_place(target, anchor) {
            return Ok(to);
        }
        let known = || target.body.anchors.iter().take(self.offered.len()).map(|known| &**known);
        let written = self.written(own, link);
        let cure = link_cures::name(anchor, known()).and_then(|meant| written.with_anchor(meant));
        let near = nearest(anchor, known());
        let place = Place::at(written.from, link.span);
        let complaint = complaints::unknown_anchor(place, &target.matter.title, anchor, near, &target.body.anchors);
        Err(Box::new(if cure.is_some() { complaint.help("write the anchor so").fixes(cure) } else { complaint }))
    }
}

/// May a file without a source be published there: for machines, a page of tags, or the checklist's sheet?
fn can_be_made(path: &str) -> bool {
    let bare = path.trim_end_matches('/');
    matches!(bare, "/atom.xml" | "/sitemap.xml" | "/robots.txt" | "/tags")
        || bare.starts_with("/tags/")
        || bare.ends_with("/sheet")
}

/// Does the page have a place of that name: a heading, a source of its list, or its text as a whole?
fn has_place(page: &Page, anchor: &str) -> bool {
    let source = || anchor.strip_prefix("source-").and_then(|number| number.parse::<usize>().ok());
    anchor == "main"
        || page.body.anchors.binary_search_by(|known| (**known).cmp(anchor)).is_ok()
        || source().is_some_and(|number| (1..=page.sources.len()).contains(&number))
}

fn meant(meaning: Meaning, place: impl Fn() -> Place, name: &str) -> Led {
    match meaning {
        Meaning::Page(id) => Ok(Destination::Page(id)),
        Meaning::Unpublished(held) => Err(Box::new(complaints::linked_draft(place(), name, held))),
    }
}

/// Who links to each page, by index: one entry a linking page, in the order of paths.
pub fn backlinks(pages: &[Arc<Page>], links: &[Vec<Destination>]) -> Vec<Vec<Backlink>> {
    let mut backlinks = vec![Vec::new(); pages.len()];
    let mut seen: BTreeSet<PageId> = BTreeSet::new();
    for (index, destinations) in links.iter().enumerate() {
        seen.clear();
        for (link, destination) in destinations.iter().enumerate() {
            let Destination::Page(to) = destination else { continue };
            let at = &pages[index].body.links[link];
            if to.index() != index && at.role != LinkRole::Image && seen.insert(*to) {
                backlinks[to.index()].push(Backlink { from: PageId::new(index), link, sentence: sentence(at) });
            }
        }
    }
    backlinks
}

/// What stands for the sentence around a link, if that holds no page's title.
fn sentence(link: &Link) -> Option<Fingerprint> {
    (!link.sentence.contains(NAME_MARK)).then(|| Fingerprint::of_bytes(link.sentence.as_bytes()))
}

/// Takes over the sentences of a page's links, after its wording changed.
pub fn reword(guide: &mut Guide, from: PageId) {
    let page = Arc::clone(&guide.entry(from).page);
    for index in 0..page.body.links.len() {
        let Destination::Page(to) = guide.entry(from).links[index] else { continue };
        for backlink in guide.entries[to.index()].backlinks.iter_mut().filter(|backlink| backlink.from == from) {
            backlink.sentence = sentence(&page.body.links[backlink.link]);
        }
    }
}
