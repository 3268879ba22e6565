//! Which files the site is made of, and what each one holds.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::book::BOOK_TEMPLATE;
use super::frame::{Asset, Extras, Frame, ThemeManifest};
use super::listing::Listings;
use super::page::{PageView, Subject};
use super::page_card::{CardPrints, PageCard};
use super::social_cards::SOCIAL_CARD_TEMPLATE;
use super::{Aggregate, Content, View, ViewKeys, complaints, feed, sitemap};
use crate::base::{About, Complaint, Digest, Fingerprint, OutPath, SourcePath, Sources, Subject as Part};
use crate::content::{Page, Role};
use crate::guide::{Book, Order, PageId};
use crate::offline;
use crate::search::{self, Shards};
use crate::site::Site;

/// The templates for one part in the guide each: what they show stands beside no other page.
pub const ROLE_TEMPLATES: [&str; 14] = [
    "404.html",
    "a-z.html",
    BOOK_TEMPLATE,
    "cards.html",
    "checklist.html",
    "home.html",
    "map.html",
    "print.html",
    "redirect.html",
    "references.html",
    "section.html",
    SOCIAL_CARD_TEMPLATE,
    "tag.html",
    "tags.html",
];

/// The file of the pages that changed last.
const FEED: &str = "atom.xml";

/// The script of a theme that searches the index; without it there is none.
const SEARCH_SCRIPT: &str = "search.js";

/// Every file to be made, and what all pages share.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The files, sorted by path, no two under one name.
    pub views: Vec<View>,
    /// What is compared of them.
    pub keys: Arc<ViewKeys>,
    /// What every page shows.
    pub frame: Frame,
    /// The shards of the index that readers search, if there is one.
    pub shards: Shards,
    /// The shards of the list of files that are kept on readers' devices.
    pub kept_shards: offline::Shards,
}

impl Plan {
    /// The templates that its files are made with, as often as they are.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.views.iter().filter_map(|view| match &view.content {
            Content::Page(page) => Some(&*page.template),
            Content::Bytes { .. } | Content::Aggregate { .. } => None,
        })
    }
}

/// What a plan is made from.
pub struct ViewContext<'g> {
    /// The guide and its pages.
    pub book: Book<'g>,
    /// Where its pages stand among each other.
    pub order: &'g Order,
    /// The prebuilt values of its pages, in the guide's order.
    pub cards: &'g [&'g PageCard],
    /// The fingerprints of these values.
    pub prints: &'g [CardPrints],
    /// The configuration.
    pub site: &'g Site,
    /// Its file.
    pub configuration: &'g SourcePath,
    /// What the theme brings.
    pub theme_manifest: &'g ThemeManifest<'g>,
    /// The files, for what is published as it is.
    pub sources: &'g Sources,
}

/// Plans every file, and complains where two want one name.
#[must_use]
pub fn plan(context: &ViewContext) -> (Plan, Vec<Complaint>) {
    let planner = Planner::new(context);
    let feed = planner.feed();
    let extras = Extras { has_feed: feed.is_some(), has_tags: planner.has_tags(), is_searched: planner.is_searched() };
    let frame = Frame::new(&planner.listings, context.theme_manifest, extras);
    let mut found = planner.unknown_names();
    let page = |digest: &mut Digest, index| planner.page(PageId::new(index), digest);
    let pages = || (0..context.book.pages.len()).into_par_iter().map_init(Digest::default, page).collect();
    let (pages, (machine_files, (shards, index))): (Vec<_>, _) =
        rayon::join(pages, || (planner.machine_files(feed), planner.index()));
    let mut views = Vec::with_capacity(pages.len() + 8);
    for page in pages {
        match page {
            Ok(view) => views.push(view),
            Err(complaint) => found.push(*complaint),
        }
    }
    views.extend(planner.ebook(&views));
    views.extend(planner.checklist_parts());
    views.extend(planner.tags());
    views.extend(planner.social_cards(&mut found));
    views.extend(planner.redirects(&mut found));
    views.extend(machine_files);
    views.extend(index);
    views.extend(planner.assets());
    views.extend(planner.files());
    let (kept_shards, keeping) = planner.keeping(&views);
    views.extend(keeping);
    let views = planner.without_clashes(views, &mut found);
    found.extend(planner.unmade(&views));
    let keys = Arc::new(ViewKeys::new(&views));
    (Plan { views, keys, frame, shards, kept_shards }, found)
}

/// What a word of the theme has filled in: each `{…}`.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// A file that is finished.
fn written(text: String) -> Content {
    let fingerprint = Fingerprint::of_bytes(text.as_bytes());
    Content::Bytes { bytes: text.into_bytes().into(), fingerprint }
}

/// What the template of `view` sees.
#[must_use]
pub fn context(context: &ViewContext, view: &PageView, frame: &Frame) -> tera::Context {
    Planner::new(context).context(view, frame)
}

/// Everything that views are made from.
pub(super) struct Planner<'g> {
    pub context: &'g ViewContext<'g>,
    pub listings: Listings<'g>,
}

impl<'g> Planner<'g> {
    pub fn new(context: &'g ViewContext<'g>) -> Self {
        let ViewContext { book, order, cards, prints, site, .. } = *context;
        Self { context, listings: Listings { book, order, cards, prints, site } }
    }
}

impl<'g> Planner<'g> {
    pub fn book(&self) -> Book<'g> {
        self.context.book
    }

    /// Complains of the words and accents that the configuration gives and the theme does not have.
    fn unknown_names(&self) -> Vec<Complaint> {
        let ViewContext { site, configuration, theme_manifest, .. } = self.context;
        if theme_manifest.is_broken {
            return Vec::new();
        }
        let (theme, _) = site.theme();
        let words: Vec<&str> = theme_manifest.strings.keys().copied().collect();
        let unknown = site.words.iter().map(|(name, _)| name).filter(|name| !words.contains(&&*name.value));
        let unknown = unknown.map(|name| complaints::unknown_word(configuration, name, &words, theme));
        let odd = site.words.iter().filter_map(|(name, text)| {
            let usual = theme_manifest.strings.get(&*name.value)?;
            let placeholder = placeholders(text).find(|own| !placeholders(usual).any(|known| known == *own))?;
            Some(complaints::unknown_placeholder(
                configuration,
                name,
                placeholder,
                &placeholders(usual).collect::<Vec<_>>(),
            ))
        });
        let accents = site.rules.kinds.iter().filter_map(|kind| kind.show.accent.as_ref());
        let accents = accents.filter(|accent| !theme_manifest.accents.contains(&&*accent.value));
        let accents =
            accents.map(|accent| complaints::unknown_accent(configuration, accent, &theme_manifest.accents, theme));
        unknown.chain(odd).chain(accents).collect()
    }

    /// The complaint that a view wants the address of another, at the key of the front matter that gives it to one of them.
    fn same_address(&self, view: &View, first: &View) -> Complaint {
        let mut complaint = complaints::same_address(view.origin.clone(), &view.out, first);
        let is_page = view.origin.subject == Part::File;
        if is_page && self.key_of_address(&view.origin).is_none() && self.key_of_address(&first.origin).is_some() {
            complaint.notes[0].place = std::mem::replace(&mut complaint.place, first.origin.clone());
        }
        let Some(key) = self.key_of_address(&complaint.place) else { return complaint };
        complaint.place = About::key(&complaint.place.path, key);
        complaint.help(format!("write another `{key}`, or give the other one another name"))
    }

    /// The key that a page's address comes from, if not from its file's name.
    fn key_of_address(&self, origin: &About) -> Option<&'static str> {
        let pages = self.book().pages;
        let index = pages.binary_search_by(|page| page.path.cmp(&origin.path)).ok()?;
        match (pages[index].matter.address.get(), pages[index].matter.slug.get()) {
            _ if origin.subject != Part::File => None,
            (Some(_), _) => Some("path"),
            (None, Some(_)) => Some("slug"),
            (None, None) => None,
        }
    }

    fn feed(&self) -> Option<String> {
        if self.context.site.feed_limit == 0 { None } else { feed::feed(self.book(), self.context.site) }
    }

    fn page(&self, id: PageId, digest: &mut Digest) -> Result<View, Box<Complaint>> {
        let page = self.book().page(id);
        let template = self.template(id, page)?;
        let subject = if template == BOOK_TEMPLATE { Subject::Book(id) } else { Subject::Page(id) };
        let view = self.view(&template, subject, digest);
        Ok(View::page(page.out.clone(), About::file(&page.path), view))
    }

    /// The template that a page asks for, or the first that its part in the guide allows.
    pub fn template(&self, id: PageId, page: &Page) -> Result<Cow<'g, str>, Box<Complaint>> {
        if self.context.theme_manifest.is_broken {
            // The page is not shown, but it has its address.
            return Ok("".into());
        }
        let (theme, place) = self.context.site.theme();
        if let Some(wanted) = &page.matter.template {
            let file = if wanted.ends_with(".html") { wanted.to_string() } else { format!("{wanted}.html") };
            if self.may_use(id, page, &file) {
                return Ok(file.into());
            }
            let about = About::key(&page.path, "template");
            let offered = self.context.theme_manifest.templates.iter().filter(|name| self.may_use(id, page, name));
            let names: Vec<&str> = offered.map(|name| name.trim_end_matches(".html")).collect();
            let complaint = if self.has(&file) { complaints::unfit_template } else { complaints::unknown_template };
            return Err(Box::new(complaint(about, wanted, &names, theme)));
        }
        self.candidates(id, page).find(|name| self.is_whole(name)).map(Cow::Borrowed).ok_or_else(|| {
            let about = About::at(self.context.configuration, place);
            Box::new(complaints::no_template(about, theme, "page.html"))
        })
    }

    /// Is it a template of the theme, and no part of others?
    fn is_whole(&self, template: &str) -> bool {
        self.has(template) && !self.context.theme_manifest.parts.contains(&template)
    }

    /// Could the page be made with that template? Of those for one part in the guide only with what belongs to its own.
    fn may_use(&self, id: PageId, page: &Page, template: &str) -> bool {
        let gathers = || page.role != Role::Page && ["home.html", "section.html"].contains(&template);
        self.is_whole(template)
            && (!ROLE_TEMPLATES.contains(&template)
                || gathers()
                || self.candidates(id, page).any(|own| own == template))
    }

    /// The templates that a page may go through, the one made for it first.
    fn candidates(&self, id: PageId, page: &Page) -> impl Iterator<Item = &'g str> {
        let special = &self.book().guide.special;
        let own = match () {
            () if special.checklist == Some(id) => Some("checklist.html"),
            () if special.references == Some(id) => Some("references.html"),
            () if special.index == Some(id) => Some("a-z.html"),
            () if special.book == Some(id) => Some(BOOK_TEMPLATE),
            () if special.not_found == Some(id) => Some("404.html"),
            () => None,
        };
        let role = match page.role {
            Role::Home => &["home.html", "section.html"][..],
            Role::Section => &["section.html"],
            Role::Page => &[],
        };
        let kind = page.kind.map(|kind| &*self.context.site.rules.kinds[kind].template);
        own.into_iter().chain(role.iter().copied()).chain(kind).chain(["page.html"])
    }

    pub fn has(&self, template: &str) -> bool {
        self.context.theme_manifest.templates.contains(&template)
    }

    /// What machines read: the map, the rules for robots, the feed. A file of the same name below `static` goes first.
    fn machine_files(&self, feed: Option<String>) -> Vec<View> {
        let site = self.context.site;
        let files = [
            ("sitemap.xml", Some(sitemap::sitemap(self.book(), site, &self.tag_urls()))),
            ("robots.txt", Some(sitemap::robots(site))),
            (FEED, feed),
            (offline::WORKER_FILE, site.kept_whole.is_none().then(|| offline::FAREWELL.to_owned())),
        ];
        let own = |name: &str| self.book().guide.files.iter().any(|file| file.out.as_str() == name);
        let views = files.into_iter().filter(|(name, _)| !own(name)).filter_map(|(name, text)| {
            let text = text?;
            let out = OutPath::new(name).expect("a plain name");
            Some(View { out, origin: About::file(self.context.configuration), content: written(text) })
        });
        views.collect()
    }

    /// Can readers search the guide? It has a page for it, and the theme a script.
    fn is_searched(&self) -> bool {
        self.book().guide.special.index.is_some() && self.context.theme_manifest.assets.contains_key(SEARCH_SCRIPT)
    }

    /// The shards of the index, and its parts. What stands in them the pages say themselves.
    fn index(&self) -> (Shards, Vec<View>) {
        if !self.is_searched() {
            return <_>::default();
        }
        let ViewContext { book, site, .. } = self.context;
        let shards = Shards::of(*book);
        let fingerprint = Fingerprint::of(&(shards, &site.synonyms, &site.language));
        let view = |part: search::Part| View {
            out: part.out(),
            origin: About::file(self.context.configuration),
            content: Content::Aggregate { part: Aggregate::Index(part), fingerprint },
        };
        (shards, shards.parts().map(view).collect())
    }

    /// What keeps these files on readers' devices, if the guide is kept there.
    fn keeping(&self, views: &[View]) -> (offline::Shards, Vec<View>) {
        let Some(megabytes) = self.context.site.kept_whole else { return <_>::default() };
        let shards = offline::Shards::of(views.iter().filter(|view| !view.is_social_card()).map(|view| &view.out));
        let fingerprint = Fingerprint::of(&(shards, megabytes));
        let view = |part: offline::Part| View {
            out: part.out(),
            origin: About::file(self.context.configuration),
            content: Content::Aggregate { part: Aggregate::Offline(part), fingerprint },
        };
        (shards, shards.parts().map(view).collect())
    }

    fn assets(&self) -> Vec<View> {
        let view = |asset: &&Asset| {
            let content = Content::Bytes { bytes: Arc::clone(&asset.bytes), fingerprint: asset.fingerprint };
            View { out: asset.out.clone(), origin: About::file(&asset.path), content }
        };
        self.context.theme_manifest.assets.values().map(view).collect()
    }

    fn files(&self) -> Vec<View> {
        let view = |file: &crate::guide::PublishedFile| {
            let source = self.context.sources.get(&file.path)?;
            let bytes = Arc::clone(source.as_bytes()?);
            let content = Content::Bytes { bytes, fingerprint: source.fingerprint() };
            Some(View { out: file.out.clone(), origin: About::file(&file.path), content })
        };
        self.book().guide.files.iter().filter_map(view).collect()
    }

    /// The views sorted by path. Two that want one name, or names that are one on macOS or Windows, or a file where
    /// another needs a folder, are complained of; the first stays.
    fn without_clashes(&self, views: Vec<View>, found: &mut Vec<Complaint>) -> Vec<View> {
        // With the least of all characters between its parts, what lies in a folder follows the folder's own name at once.
        let name = |view: &View| view.out.folded().replace('/', "\0");
        let names: Vec<String> = views.par_iter().map(name).collect();
        let mut order: Vec<usize> = (0..views.len()).collect();
        order.sort_by(|a, b| names[*a].cmp(&names[*b]));
        let mut kept: Vec<usize> = Vec::with_capacity(views.len());
        for index in order {
            if let Some(last) = kept.last().copied() {
                if names[last] == names[index] {
                    found.push(self.same_address(&views[index], &views[last]));
                    continue;
                }
                if names[index].strip_prefix(&*names[last]).is_some_and(|rest| rest.starts_with('\0')) {
                    let file = &views[last];
                    found.push(complaints::file_and_folder(file.origin.clone(), &file.out, &views[index]));
                }
            }
            kept.push(index);
        }
        kept.sort_by(|a, b| views[*a].out.cmp(&views[*b].out));
        let mut views: Vec<Option<View>> = views.into_iter().map(Some).collect();
        kept.into_iter().filter_map(|index| views[index].take()).collect()
    }
}
