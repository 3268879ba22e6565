//! Links in the text: each leads to a page, a place on a page, or a published file, and is known at both ends.

use std::cell::OnceCell;
use std::iter::empty;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::chapters::EBOOK;
use super::link_cures::{self, Meanings, Written};
use super::names::{Meaning, Names, single_spaced, wiki_names};
use super::{Backlink, Destination, MOST_SUGGESTIONS, PageId, PublishedFile, complaints};
use crate::base::{About, Complaint, SourcePath, Sources, Span, Subject, UrlPath, decode_path, encode_path, nearest};
use crate::content::body::{Link, LinkRole, Target};
use crate::content::{Page, Unpublished};
use crate::site::BaseUrl;

/// What links can lead to.
pub struct LinkContext<'g> {
    pub pages: &'g [&'g Page],
    pub names: &'g Names,
    pub files: &'g [PublishedFile],
    pub base: &'g BaseUrl,
    pub sources: &'g Sources,
}

/// Where every link of every page leads, by page; and what is wrong with them.
pub fn resolve(context: &LinkContext) -> (Vec<Vec<Destination>>, Vec<Complaint>) {
    let files = context.files.iter();
    let search = Search {
        context,
        paths: files.clone().map(|file| (&file.path, &file.url)).collect(),
        urls: files.map(|file| (file.url.as_str(), &file.url)).collect(),
    };
    let led: Vec<Vec<Led>> =
        context.pages.par_iter().enumerate().map(|(index, page)| search.page(index, page)).collect();
    let mut complainer = Complainer { context, meanings: OnceCell::new(), offered: context.pages };
    let mut found = Vec::new();
    let mut all = Vec::with_capacity(led.len());
    for (page, led) in context.pages.iter().zip(led) {
        let destinations = led.into_iter().enumerate().map(|(number, led)| match led {
            Ok(destination) => destination,
            Err(Lost::Unsaid) => Destination::Nowhere,
            Err(lost) => {
                found.push(complainer.complaint(LinkOf { page, number }, lost));
                if found.len() > MOST_SUGGESTIONS {
                    complainer.offered = &[];
                }
                Destination::Nowhere
            }
        });
        all.push(destinations.collect());
    }
    (all, found)
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, Copy)]
enum Lost {
    /// There is nothing of that name.
    Unknown,
    /// The page there is held back.
    Unpublished(Unpublished),
    /// The page there has no such place.
    Anchor(PageId),
    /// Several pages have the name.
    Ambiguous,
    /// It is to be shown as a picture, and is a page.
    Picture,
    /// Nobody can tell; that has been complained of.
    Unsaid,
}

type Led = Result<Destination, Lost>;

/// What links are looked up in.
struct Search<'s> {
    context: &'s LinkContext<'s>,
    paths: FxHashMap<&'s SourcePath, &'s UrlPath>,
    urls: FxHashMap<&'s str, &'s UrlPath>,
}

impl Search<'_> {
    fn page(&self, index: usize, page: &Page) -> Vec<Led> {
        let own = PageId::new(index);
        page.body
            .links
            .iter()
            .map(|link| match (self.destination(own, link)?, link.role) {
                (Destination::Page(_), LinkRole::Image) => Err(Lost::Picture),
                (to, _) => self.with_anchor(link, to),
            })
            .collect()
    }

    fn destination(&self, own: PageId, link: &Link) -> Led {
        match &link.target {
            Target::Anchor => Ok(Destination::Page(own)),
            Target::Source(path) => meant(self.context.names.path(path)),
            Target::Wiki(name) => meant(self.context.names.wiki(name)),
            Target::Address(address) => self.address(address),
            Target::File(path) => match self.paths.get(path) {
                Some(url) => Ok(Destination::File((*url).clone())),
                None => Err(Lost::Unknown),
            },
        }
    }

    fn address(&self, address: &str) -> Led {
        let base = self.context.base;
        // A page may lie in a folder of the site that is called like the folder of the site.
        for path in [base.within(address), address] {
            let path = encode_path(&decode_path(path));
            let meaning = self.context.names.url(&path);
            // A page that is held back takes no address from a file.
            if let (None | Some(Meaning::Unpublished(_)), Some(url)) = (meaning, self.urls.get(path.as_str())) {
                return Ok(Destination::File((*url).clone()));
            }
            if meaning.is_some() {
                return meant(meaning);
            }
            if can_be_made(&path) {
                return Ok(Destination::Made(UrlPath::new(&path)));
            }
        }
        Err(if base.is_known() { Lost::Unknown } else { Lost::Unsaid })
    }

    /// The destination, if the page there has the place that the link names.
    fn with_anchor(&self, link: &Link, to: Destination) -> Led {
        let (Destination::Page(id), Some(anchor)) = (&to, &link.anchor) else { return Ok(to) };
        if has_place(self.context.pages[id.index()], anchor) { Ok(to) } else { Err(Lost::Anchor(*id)) }
    }
}

fn meant(meaning: Option<Meaning>) -> Led {
    match meaning {
        Some(Meaning::Page(id)) => Ok(Destination::Page(id)),
        Some(Meaning::Unpublished(held)) => Err(Lost::Unpublished(held)),
        Some(Meaning::Several) => Err(Lost::Ambiguous),
        None => Err(Lost::Unknown),
    }
}

/// A link of a page.
#[derive(Clone, Copy)]
struct LinkOf<'l> {
    page: &'l Page,
    /// Which of the page's links it is.
    number: usize,
}

impl LinkOf<'_> {
    fn about(self) -> About {
        About::part(&self.page.path, Subject::Link(self.number))
    }
}

/// What complaints about links are made from.
struct Complainer<'s> {
    context: &'s LinkContext<'s>,
    /// What dead links may mean; gathered when there is one.
    meanings: OnceCell<Meanings<'s>>,
    /// The pages among which a nearest name is looked for.
    offered: &'s [&'s Page],
}

impl<'s> Complainer<'s> {
    fn complaint(&self, link: LinkOf, lost: Lost) -> Complaint {
        let Link { target, anchor, .. } = &link.page.body.links[link.number];
        match (lost, target) {
            (Lost::Unpublished(held), Target::Source(path)) => {
                complaints::linked_draft(link.about(), path.file_name(), held)
            }
            (Lost::Unpublished(held), Target::Wiki(name) | Target::Address(name)) => {
                complaints::linked_draft(link.about(), name, held)
            }
            (Lost::Picture, _) => complaints::page_as_picture(link.about()),
            (Lost::Anchor(id), _) => self.anchor(link, anchor.as_deref().unwrap_or_default(), id),
            (_, Target::Source(path)) => {
                let known = self.offered.iter().map(|page| page.path.as_str());
                let cure = self.meanings().page(self.written(link), path);
                complaints::unknown_page(link.about(), path, known, cure)
            }
            (Lost::Ambiguous, Target::Wiki(name)) => {
                let names = [&**name, &single_spaced(name)];
                let pages = self.context.pages.iter().copied();
                let several: Vec<&Page> =
                    pages.filter(|page| wiki_names(page).any(|own| names.contains(&own))).collect();
                complaints::ambiguous_wiki(link.about(), name, &several)
            }
            (_, Target::Wiki(name)) => {
                let known = self.offered.iter().flat_map(|page| wiki_names(page));
                let cure = self.meanings().wiki(name).and_then(|meant| self.written(link).with_name(name, meant));
                complaints::unknown_wiki(link.about(), name, known, cure)
            }
            (_, Target::File(path)) => self.file(link, path),
            (_, Target::Address(address)) => complaints::unknown_address(link.about(), address, self.offered),
            (_, Target::Anchor) => unreachable!("a page has its own anchors, or they are lost as anchors"),
        }
    }

    fn meanings(&self) -> &Meanings<'s> {
        let LinkContext { pages, files, .. } = self.context;
        self.meanings.get_or_init(|| Meanings::new(pages, files.iter().map(|file| &file.path)))
    }

    /// A link as it is written.
    fn written<'w>(&'w self, link: LinkOf<'w>) -> Written<'w> {
        let from = &link.page.path;
        let text = self.context.sources.text(from).unwrap_or_default();
        let Span { start, end } = link.page.body.links[link.number].span;
        let is_pointed = text.get(..start).is_some_and(|before| before.ends_with('<'));
        Written { from, destination: text.get(start..end).unwrap_or_default(), is_pointed }
    }

    fn file(&self, link: LinkOf, path: &SourcePath) -> Complaint {
        let written = self.written(link);
        if let Some((edit, help)) = link_cures::address(written, self.context.names) {
            return complaints::unknown_file(link.about(), path, empty(), Some(edit)).help(help);
        }
        let known = self.context.files.iter().take(self.offered.len()).map(|file| file.path.as_str());
        complaints::unknown_file(link.about(), path, known, self.meanings().file(written, path))
    }

    fn anchor(&self, link: LinkOf, anchor: &str, id: PageId) -> Complaint {
        let target = self.context.pages[id.index()];
        let known = || target.body.anchors.iter().map(|known| &**known);
        let cure = link_cures::name(anchor, known()).and_then(|meant| self.written(link).with_anchor(meant));
        let near = nearest(anchor, known());
        let complaint = complaints::unknown_anchor(link.about(), &target.path, anchor, near, &target.body.anchors);
        if cure.is_some() { complaint.help("write the anchor so").fixes(cure) } else { complaint }
    }
}

/// May a file without a source be published there: for machines, a page of tags, the e-book, or the checklist in another form?
fn can_be_made(path: &str) -> bool {
    let bare = path.trim_end_matches('/');
    matches!(bare, "/atom.xml" | "/sitemap.xml" | "/robots.txt" | "/tags")
        || bare.starts_with("/tags/")
        || bare.ends_with(EBOOK)
        || ["/sheet", "/cards", "/map"].iter().any(|folder| bare.ends_with(folder))
}

/// Does the page have a place of that name, for all that is known: a heading, a source of its list, or its text as a whole?
fn has_place(page: &Page, anchor: &str) -> bool {
    let source = || anchor.strip_prefix("source-").and_then(|number| number.parse::<usize>().ok());
    anchor == "main"
        || page.body.anchors.whole().is_none_or(|all| all.binary_search_by(|known| (**known).cmp(anchor)).is_ok())
        || source().is_some_and(|number| (1..=page.sources.len()).contains(&number))
}

/// Who links to each page, by index: one entry a linking page, in the order of paths.
pub fn backlinks(pages: &[&Page], links: &[Vec<Destination>]) -> Vec<Box<[Backlink]>> {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); pages.len()];
    for (index, destinations) in links.iter().enumerate() {
        let from = PageId::new(index);
        for (link, destination) in destinations.iter().enumerate() {
            let Some(to) = destination.page().filter(|to| *to != from) else { continue };
            let known = &mut backlinks[to.index()];
            // Of one page the first link counts; its links are looked at one after the other.
            let is_first = known.last().is_none_or(|last| last.from != from);
            if is_first && pages[index].body.links[link].role != LinkRole::Image {
                known.push(Backlink { from, link, sentence: pages[index].body.links[link].sentence_fingerprint() });
            }
        }
    }
    backlinks.into_iter().map(Vec::into_boxed_slice).collect()
}
