//! Which files the site is made of, and what each one holds.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::frame::{Asset, Extras, Frame, ThemeManifest};
use super::listing::Listings;
use super::page::{PageView, Subject};
use super::page_card::PageCard;
use super::{Content, View, complaints, feed, sitemap};
use crate::base::{Code, Diagnostic, Digest, Fingerprint, OutPath, Place, SourcePath, Sources, Step};
use crate::content::{Places, Role};
use crate::guide::{Entry, Guide, PageId};
use crate::site::Site;

/// The templates for one part in the guide each: what they show stands beside no other page.
pub const ROLE_TEMPLATES: [&str; 10] = [
    "404.html",
    "a-z.html",
    "checklist.html",
    "home.html",
    "print.html",
    "redirect.html",
    "references.html",
    "section.html",
    "tag.html",
    "tags.html",
];

/// The file of the pages that changed last.
const FEED: &str = "atom.xml";

/// Every file to be made, and what all pages share.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The files, sorted by path, no two under one name.
    pub views: Vec<View>,
    /// What every page shows.
    pub frame: Frame,
}

/// What a plan is made from.
pub struct ViewContext<'g> {
    /// The guide.
    pub guide: &'g Guide,
    /// The prebuilt values of its pages, in the order of its entries.
    pub shown: &'g [PageCard],
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
pub fn plan(context: &ViewContext) -> (Plan, Vec<Diagnostic>) {
    let planner = Planner::new(context);
    let feed = planner.feed();
    let extras = Extras { has_feed: feed.is_some(), has_tags: planner.has_tags() };
    let frame = Frame::new(&planner.listings, context.theme_manifest, extras);
    let mut found = Vec::new();
    let page = |digest: &mut Digest, index| planner.page(PageId::new(index), digest);
    let pages: Vec<_> = (0..context.guide.entries.len()).into_par_iter().map_init(Digest::default, page).collect();
    let mut views = Vec::with_capacity(pages.len() + 8);
    for page in pages {
        match page {
            Ok(view) => views.push(view),
            Err(complaint) => found.push(*complaint),
        }
    }
    views.extend(planner.sheet());
    views.extend(planner.tags());
    views.extend(planner.redirects(&mut found));
    views.extend(planner.machine_files(feed));
    views.extend(planner.assets());
    views.extend(planner.files());
    let views = without_clashes(views, &mut found);
    let clashes = found.iter_mut().filter(|complaint| complaint.code == Code::SameAddress);
    clashes.for_each(|complaint| planner.point_to_key(complaint));
    found.extend(planner.unmade(&views));
    (Plan { views, frame }, found)
}

/// Brings the views of a plan up to date after titles, descriptions or orders of pages changed and nothing else: what
/// there is to show is the same, and what is shown of it may be another.
pub fn renew(context: &ViewContext, plan: &mut Plan) {
    let planner = Planner::new(context);
    let has_tags = planner.has_tags();
    let renew = |digest: &mut Digest, view: &mut View| {
        if let Content::Page(page) = &mut view.content {
            page.fingerprint = planner.fingerprint(&page.template, &page.subject, digest);
        }
    };
    plan.views.par_iter_mut().for_each_init(Digest::default, renew);
    let feed = planner.feed();
    plan.frame = Frame::new(&planner.listings, context.theme_manifest, Extras { has_feed: feed.is_some(), has_tags });
    let is_feed = |view: &&mut View| view.out.as_str() == FEED && view.origin.path == *context.configuration;
    if let Some((view, text)) = plan.views.iter_mut().find(is_feed).zip(feed) {
        view.content = written(text);
    }
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
    fn new(context: &'g ViewContext<'g>) -> Self {
        Self { context, listings: Listings { guide: context.guide, shown: context.shown, site: context.site } }
    }
}

impl Planner<'_> {
    /// Points to the key of the front matter that gives a page the address that another has.
    fn point_to_key(&self, complaint: &mut Diagnostic) {
        let has_key = |place: &Place| place.span.is_none() && self.key_of_address(&place.path).is_some();
        if let Some(note) = complaint.notes.first_mut().filter(|note| has_key(&note.place))
            && complaint.place.span.is_none()
            && !has_key(&complaint.place)
        {
            std::mem::swap(&mut complaint.place, &mut note.place);
        }
        let place = &mut complaint.place;
        let Some(key) = self.key_of_address(&place.path).filter(|_| place.span.is_none()) else { return };
        let text = self.context.sources.text(&place.path).unwrap_or_default();
        place.span = Some(Places::read(text).value(&[Step::Key(key.into())]));
        complaint.help = format!("write another `{key}`, or give the other one another name");
    }

    /// The key that a page's address comes from, if not from its file's name.
    fn key_of_address(&self, path: &SourcePath) -> Option<&'static str> {
        let entry = self.context.guide.entries.iter().find(|entry| entry.page.path == *path)?;
        match (&entry.page.matter.address, &entry.page.matter.slug) {
            (Some(_), _) => Some("path"),
            (None, Some(_)) => Some("slug"),
            (None, None) => None,
        }
    }

    fn feed(&self) -> Option<String> {
        if self.context.site.feed_limit == 0 { None } else { feed::feed(self.context.guide, self.context.site) }
    }

    fn page(&self, id: PageId, digest: &mut Digest) -> Result<View, Box<Diagnostic>> {
        let entry = self.context.guide.entry(id);
        let template = self.template(id, entry)?;
        let view = self.view(&template, Subject::Page(id), digest);
        Ok(View::page(entry.page.out.clone(), Place::file(&entry.page.path), view))
    }

    /// The template that a page asks for, or the first that its part in the guide allows.
    fn template(&self, id: PageId, entry: &Entry) -> Result<Cow<'static, str>, Box<Diagnostic>> {
        if self.context.theme_manifest.is_broken {
            // The page is not shown, but it has its address.
            return Ok("".into());
        }
        let theme = &self.context.site.theme;
        if let Some(wanted) = &entry.page.matter.template {
            let file = if wanted.ends_with(".html") { wanted.to_string() } else { format!("{wanted}.html") };
            if self.may_use(id, entry, &file) {
                return Ok(file.into());
            }
            let places = Places::read(self.context.sources.text(&entry.page.path).unwrap_or_default());
            let place = Place::at(&entry.page.path, places.value(&[Step::Key("template".into())]));
            let offered = self.context.theme_manifest.templates.iter().filter(|name| self.may_use(id, entry, name));
            let names: Vec<&str> = offered.map(|name| name.trim_end_matches(".html")).collect();
            let complaint = if self.has(&file) { complaints::unfit_template } else { complaints::unknown_template };
            return Err(Box::new(complaint(place, wanted, &names, &theme.value)));
        }
        self.candidates(id, entry).find(|name| self.is_whole(name)).ok_or_else(|| {
            let place = Place::at(self.context.configuration, theme.span);
            Box::new(complaints::no_template(place, &theme.value))
        })
    }

    /// Is it a template of the theme, and no part of others?
    fn is_whole(&self, template: &str) -> bool {
        self.has(template) && !self.context.theme_manifest.parts.contains(&template)
    }

    /// Could the page be made with that template? Of those for one part in the guide only with what belongs to its own.
    fn may_use(&self, id: PageId, entry: &Entry, template: &str) -> bool {
        let gathers = || entry.page.role != Role::Page && ["home.html", "section.html"].contains(&template);
        self.is_whole(template)
            && (!ROLE_TEMPLATES.contains(&template)
                || gathers()
                || self.candidates(id, entry).any(|own| own == template))
    }

    /// The templates that a page may go through, the one made for it first.
    fn candidates(&self, id: PageId, entry: &Entry) -> impl Iterator<Item = Cow<'static, str>> {
        let special = &self.context.guide.special;
        let own = match () {
            () if special.checklist == Some(id) => Some("checklist.html"),
            () if special.references == Some(id) => Some("references.html"),
            () if special.index == Some(id) => Some("a-z.html"),
            () if special.not_found == Some(id) => Some("404.html"),
            () => None,
        };
        let role = match entry.page.role {
            Role::Home => &["home.html", "section.html"][..],
            Role::Section => &["section.html"],
            Role::Page => &[],
        };
        let kind = entry.page.kind.map(|kind| format!("{}.html", self.context.site.rules.kinds[kind].name));
        let names = own.into_iter().chain(role.iter().copied()).map(Cow::Borrowed);
        names.chain(kind.map(Cow::Owned)).chain(["page.html".into()])
    }

    pub fn has(&self, template: &str) -> bool {
        self.context.theme_manifest.templates.contains(&template)
    }

    /// What machines read: the map, the rules for robots, the feed. A file of the same name below `static` goes first.
    fn machine_files(&self, feed: Option<String>) -> Vec<View> {
        let site = self.context.site;
        let files = [
            ("sitemap.xml", Some(sitemap::sitemap(self.context.guide, site, &self.tag_urls()))),
            ("robots.txt", Some(sitemap::robots(site))),
            (FEED, feed),
        ];
        let own = |name: &str| self.context.guide.files.iter().any(|file| file.out.as_str() == name);
        let views = files.into_iter().filter(|(name, _)| !own(name)).filter_map(|(name, text)| {
            let text = text?;
            let out = OutPath::new(name).expect("a plain name");
            Some(View { out, origin: Place::file(self.context.configuration), content: written(text) })
        });
        views.collect()
    }

    fn assets(&self) -> Vec<View> {
        let view = |asset: &&Asset| {
            let content = Content::Bytes { bytes: Arc::clone(&asset.bytes), fingerprint: asset.fingerprint };
            View { out: asset.out.clone(), origin: Place::file(&asset.path), content }
        };
        self.context.theme_manifest.assets.values().map(view).collect()
    }

    fn files(&self) -> Vec<View> {
        let view = |file: &crate::guide::PublishedFile| {
            let source = self.context.sources.get(&file.path)?;
            let bytes = Arc::clone(source.as_bytes()?);
            let content = Content::Bytes { bytes, fingerprint: source.fingerprint() };
            Some(View { out: file.out.clone(), origin: Place::file(&file.path), content })
        };
        self.context.guide.files.iter().filter_map(view).collect()
    }
}

/// The views sorted by path. Two that want one name, or names that are one on macOS or Windows, or a file where
/// another needs a folder, are complained of; the first stays.
fn without_clashes(views: Vec<View>, found: &mut Vec<Diagnostic>) -> Vec<View> {
    // With the least of all characters between its parts, what lies in a folder follows the folder's own name at once.
    let name = |view: &View| view.out.folded().replace('/', "\0");
    let mut folded: Vec<(String, View)> = views.into_iter().map(|view| (name(&view), view)).collect();
    folded.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut kept: Vec<(String, View)> = Vec::with_capacity(folded.len());
    for (name, view) in folded {
        match kept.last() {
            Some((last, first)) if *last == name => {
                found.push(complaints::same_address(view.origin, &view.out, first));
                continue;
            }
            Some((last, file)) if name.strip_prefix(&**last).is_some_and(|rest| rest.starts_with('\0')) => {
                found.push(complaints::file_and_folder(file.origin.clone(), &file.out, &view));
            }
            _ => {}
        }
        kept.push((name, view));
    }
    let mut views: Vec<View> = kept.into_iter().map(|(_, view)| view).collect();
    views.sort_by(|a, b| a.out.cmp(&b.out));
    views
}
