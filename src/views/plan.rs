//! Which files the site is made of, and what each one holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::data::Data;
use super::frame::{Extras, Frame, Links, Wardrobe};
use super::listing::Shelf;
use super::page::{Filling, PageView};
use super::shown::Shown;
use super::{View, complaints, feed, generated, sitemap};
use crate::base::{Diagnostic, Fingerprint, OutPath, Place, SourcePath, Sources, nearest};
use crate::content::{Places, Role, Step};
use crate::guide::{Destination, Entry, Guide, PageId};
use crate::site::Site;

/// Every file to be made, and what all pages share.
#[derive(Debug)]
pub struct Plan {
    /// The files, sorted by path, no two under one name.
    pub views: Vec<View>,
    /// What every page shows.
    pub frame: Frame,
}

/// What a plan is made from.
pub struct Brief<'g> {
    /// The guide.
    pub guide: &'g Guide,
    /// The prebuilt values of its pages, in the order of its entries.
    pub shown: &'g [Arc<Shown>],
    /// The configuration.
    pub site: &'g Site,
    /// Its file.
    pub configuration: &'g SourcePath,
    /// What the theme brings.
    pub wardrobe: &'g Wardrobe<'g>,
    /// The files, for what is published as it is.
    pub sources: &'g Sources,
}

/// Plans every file, and complains where two want one name.
#[must_use]
pub fn plan(brief: &Brief) -> (Plan, Vec<Diagnostic>) {
    let planner = Planner { brief, shelf: Shelf { guide: brief.guide, shown: brief.shown, site: brief.site } };
    let feed = if brief.site.feed_limit == 0 { None } else { feed::feed(brief.guide, brief.site) };
    let links = Links { guide: brief.guide, shown: brief.shown };
    let frame = Frame::new(
        brief.site,
        &links,
        brief.wardrobe,
        Extras { has_feed: feed.is_some(), has_tags: planner.has_tags() },
    );
    let mut found = Vec::new();
    let pages: Vec<_> =
        brief.guide.entries.par_iter().enumerate().map(|(index, _)| planner.page(PageId::new(index))).collect();
    let mut views = Vec::with_capacity(pages.len() + 8);
    for (view, complaint) in pages {
        views.extend(view);
        found.extend(complaint);
    }
    views.extend(planner.sheet());
    views.extend(planner.tags());
    views.extend(planner.redirects(&mut found));
    views.extend(planner.machine_files(feed));
    views.extend(planner.files());
    let views = without_clashes(views, &mut found);
    found.extend(planner.unmade(&views));
    (Plan { views, frame }, found)
}

/// Everything that views are made from.
pub(super) struct Planner<'g> {
    pub brief: &'g Brief<'g>,
    pub shelf: Shelf<'g>,
}

impl Planner<'_> {
    fn page(&self, id: PageId) -> (Option<View>, Option<Diagnostic>) {
        let entry = self.brief.guide.entry(id);
        let (template, complaint) = self.template(id, entry);
        let Some(template) = template else { return (None, complaint) };
        let page = PageView {
            template,
            own: self.brief.shown[id.index()].own.clone(),
            body: self.filling(entry),
            around: self.around(entry),
            beside: self.beside(id, entry),
        };
        (Some(View::page(entry.page.out.clone(), Place::file(&entry.page.path), page)), complaint)
    }

    /// The template that a page asks for, or the first that its part in the guide allows.
    fn template(&self, id: PageId, entry: &Entry) -> (Option<Box<str>>, Option<Diagnostic>) {
        let templates = &self.brief.wardrobe.templates;
        if self.brief.wardrobe.is_broken {
            // The page is not shown, but it has its address.
            return (Some(Box::default()), None);
        }
        if let Some(wanted) = &entry.page.matter.template {
            let file = if wanted.ends_with(".html") { wanted.to_string() } else { format!("{wanted}.html") };
            if templates.contains(&file.as_str()) {
                return (Some(file.into()), None);
            }
            let places = Places::read(self.brief.sources.text(&entry.page.path).unwrap_or_default());
            let place = Place::at(&entry.page.path, places.value(&[Step::Key("template".into())]));
            let near = nearest(wanted, templates.iter().map(|name| name.trim_end_matches(".html")));
            return (None, Some(complaints::unknown_template(place, wanted, near, &self.brief.site.theme.value)));
        }
        let chosen = self.candidates(id, entry).into_iter().find(|name| templates.contains(&name.as_str()));
        let complaint = chosen.is_none().then(|| {
            let place = Place { path: self.brief.configuration.clone(), span: Some(self.brief.site.theme.span) };
            complaints::no_template(place, &self.brief.site.theme.value)
        });
        (chosen.map(Into::into), complaint)
    }

    fn candidates(&self, id: PageId, entry: &Entry) -> Vec<String> {
        let special = &self.brief.guide.special;
        let own = match () {
            () if special.checklist == Some(id) => Some("checklist.html"),
            () if special.references == Some(id) => Some("references.html"),
            () if special.index == Some(id) => Some("a-z.html"),
            () if special.not_found == Some(id) => Some("404.html"),
            () => None,
        };
        let kind = entry.page.kind.map(|kind| format!("{}.html", self.brief.site.rules.kinds[kind].name));
        let role = match entry.page.role {
            Role::Home => &["home.html", "section.html"][..],
            Role::Section => &["section.html"],
            Role::Page => &[],
        };
        let names = own.into_iter().chain(role.iter().copied()).map(str::to_owned);
        names.chain(kind).chain(std::iter::once("page.html".to_owned())).collect()
    }

    pub fn filling(&self, entry: &Entry) -> Filling {
        let title: Arc<str> = Arc::default();
        let hole = |destination: &Destination| match destination {
            Destination::Page(to) => (Arc::clone(&self.brief.shown[to.index()].href), Arc::clone(&title)),
            Destination::File(url) | Destination::Made(url) => {
                (self.brief.site.rules.base.link(url).into(), Arc::clone(&title))
            }
            Destination::Nowhere => (Arc::from("#"), Arc::clone(&title)),
        };
        let mut holes: Vec<_> = entry.links.iter().map(hole).collect();
        // Only a wiki link without words of its own shows the other page's title.
        for piece in &entry.page.body.pieces {
            if let crate::content::body::Piece::Title(link) = piece
                && let Destination::Page(to) = &entry.links[*link]
            {
                holes[*link].1 = (*self.brief.guide.entry(*to).page.matter.title).into();
            }
        }
        Filling { page: Arc::clone(&entry.page), holes }
    }

    pub fn around(&self, entry: &Entry) -> Vec<(&'static str, Data)> {
        let link = |id: Option<PageId>| id.map_or(Data::None, |id| self.shelf.link(id));
        let relations = entry.relations.iter().map(|related| {
            let shown = Data::Map(vec![
                ("label", Data::Text(related.label.clone())),
                ("kind", Data::Text(related.kind.clone())),
                ("edges", self.shelf.edges(&related.edges)),
            ]);
            (related.name.clone(), shown)
        });
        vec![
            ("relations", Data::Named(relations.collect())),
            ("breadcrumbs", self.breadcrumbs(entry)),
            ("section", link(entry.section)),
            ("previous", link(entry.previous)),
            ("next", link(entry.next)),
            ("backlinks", self.backlinks(entry)),
            ("sources", self.sources(entry)),
            ("tags", self.page_tags(entry)),
        ]
    }

    fn breadcrumbs(&self, entry: &Entry) -> Data {
        let mut trail = Vec::new();
        let mut section = entry.section;
        while let Some(id) = section {
            trail.push(self.shelf.link(id));
            section = self.brief.guide.entry(id).section;
        }
        trail.reverse();
        Data::List(trail)
    }

    fn backlinks(&self, entry: &Entry) -> Data {
        let backlink = |backlink: &crate::guide::Backlink| {
            let sentence = Data::Text(self.brief.guide.sentence(*backlink));
            Data::Map(vec![("page", self.shelf.link(backlink.from)), ("sentence", sentence)])
        };
        Data::List(entry.backlinks.iter().map(backlink).collect())
    }

    fn sources(&self, entry: &Entry) -> Data {
        let page = self.brief.guide.special.references.map(|id| &self.brief.shown[id.index()].href);
        let source = |used: &crate::content::SourceUse| {
            let reference = self.brief.guide.bibliography.get(&used.key)?;
            Some(Data::Map(vec![
                ("number", Data::from(used.number)),
                ("id", Data::from(format!("source-{}", used.number))),
                ("key", Data::Text(used.key.clone())),
                ("html", Data::Safe(reference.html.clone())),
                ("url", Data::maybe(reference.url.as_deref())),
                ("cites", Data::List(used.cites.iter().map(|id| Data::Text(id.clone())).collect())),
                ("reference_url", Data::maybe(page.map(|href| format!("{href}#ref-{}", used.key)))),
            ]))
        };
        Data::List(entry.page.sources.iter().filter_map(source).collect())
    }

    fn page_tags(&self, entry: &Entry) -> Data {
        let tag = |written: &str| {
            let slug = crate::base::slugify(written);
            let name = self.brief.guide.tags.get(&slug).map_or(written, |tag| &tag.name);
            Data::Map(vec![
                ("name", Data::text(name)),
                ("url", Data::from(self.brief.site.rules.base.link(&generated::tag_url(&slug)))),
            ])
        };
        Data::List(entry.page.matter.tags.iter().map(|written| tag(written)).collect())
    }

    /// What a page shows besides itself: the pages that a section gathers, the checklist's items, the references.
    fn beside(&self, id: PageId, entry: &Entry) -> Vec<(&'static str, Data)> {
        let special = &self.brief.guide.special;
        let mut beside = Vec::new();
        let gathering = if special.not_found == Some(id) {
            special.home.map(|home| self.brief.guide.entry(home))
        } else {
            Some(entry)
        };
        if let Some(gathering) = gathering.filter(|gathering| gathering.page.role != Role::Page) {
            beside.push(("pages", self.shelf.cards(&gathering.pages)));
            beside.push(("sections", self.shelf.sections(gathering)));
        } else if special.not_found == Some(id) {
            beside.extend([("pages", Data::List(Vec::new())), ("sections", Data::List(Vec::new()))]);
        }
        if special.checklist == Some(id)
            && let Some(rules) = &self.brief.site.checklist
        {
            beside.push(("checklist", self.shelf.checklist(rules, id)));
        }
        if special.references == Some(id) {
            beside.push(("references", self.shelf.references()));
        }
        if special.index == Some(id) {
            beside.push(("letters", self.shelf.letters()));
        }
        beside
    }

    pub fn has(&self, template: &str) -> bool {
        self.brief.wardrobe.templates.contains(&template)
    }

    /// What machines read: the map, the rules for robots, the feed. A file of the same name below `static` goes first.
    fn machine_files(&self, feed: Option<String>) -> Vec<View> {
        let site = self.brief.site;
        let files = [
            ("sitemap.xml", Some(sitemap::sitemap(self.brief.guide, site, &self.tag_urls()))),
            ("robots.txt", Some(sitemap::robots(site))),
            ("atom.xml", feed),
        ];
        let own = |name: &str| self.brief.guide.files.iter().any(|file| file.out.as_str() == name);
        let views = files.into_iter().filter(|(name, _)| !own(name)).filter_map(|(name, text)| {
            let text = text?;
            let out = OutPath::new(name).expect("a plain name");
            let fingerprint = Fingerprint::of_bytes(text.as_bytes());
            Some(View::bytes(out, Place::file(self.brief.configuration), text.into_bytes().into(), fingerprint))
        });
        views.collect()
    }

    fn files(&self) -> Vec<View> {
        let view = |file: &crate::guide::PublishedFile| {
            let source = self.brief.sources.get(&file.path)?;
            Some(View::bytes(
                file.out.clone(),
                Place::file(&file.path),
                Arc::clone(source.as_bytes()?),
                source.fingerprint(),
            ))
        };
        self.brief.guide.files.iter().filter_map(view).collect()
    }
}

/// The views sorted by path. Two that want one name, or names that are one on macOS or Windows, or a file where
/// another needs a folder, are complained of; the first stays.
fn without_clashes(views: Vec<View>, found: &mut Vec<Diagnostic>) -> Vec<View> {
    let mut taken: BTreeMap<String, View> = BTreeMap::new();
    for view in views {
        match taken.entry(view.out.folded()) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(view);
            }
            std::collections::btree_map::Entry::Occupied(first) => {
                found.push(complaints::same_address(view.origin, &view.out, first.get()))
            }
        }
    }
    for (folded, view) in &taken {
        for (slash, _) in folded.match_indices('/') {
            if let Some(file) = taken.get(&folded[..slash]) {
                found.push(complaints::file_and_folder(file.origin.clone(), &file.out, view));
            }
        }
    }
    let mut views: Vec<View> = taken.into_values().collect();
    views.sort_by(|a, b| a.out.cmp(&b.out));
    views
}
