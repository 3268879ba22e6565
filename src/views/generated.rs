//! Pages without a source of their own: the print sheet, tags, and older addresses.

use std::sync::Arc;

use super::data::Data;
use super::page::{Filling, PageView};
use super::plan::Planner;
use super::{View, complaints};
use crate::base::{Diagnostic, OutPath, Place, UrlPath, decode_path, encode_path};
use crate::content::Page;
use crate::content::body::Body;
use crate::guide::{self, Destination, PageId, Redirect};

impl Planner<'_> {
    /// The checklist as a sheet of paper, one folder below the checklist.
    pub fn sheet(&self) -> Option<View> {
        let id = self.brief.guide.special.checklist?;
        let rules = self.brief.site.checklist.as_ref()?;
        if !self.has("print.html") {
            return None;
        }
        let entry = self.brief.guide.entry(id);
        let folder = entry.page.out.as_str().strip_suffix("index.html").unwrap_or_default();
        let out = OutPath::new(&format!("{folder}sheet/index.html")).ok()?;
        let url = UrlPath::new(&format!("{}sheet/", entry.page.url));
        let mut around = self.around(entry);
        let base = &self.brief.site.rules.base;
        around.push(("url", Data::from(base.link(&url))));
        around.push(("permalink", Data::from(base.permalink(&url))));
        around.push(("noindex", Data::Bool(true)));
        let page = PageView {
            template: "print.html".into(),
            own: self.brief.shown[id.index()].own.clone(),
            body: self.filling(entry),
            around,
            beside: vec![("checklist", self.shelf.checklist(rules, id))],
        };
        Some(View::page(out, Place::file(&entry.page.path), page))
    }

    pub fn has_tags(&self) -> bool {
        !self.brief.guide.tags.is_empty() && self.has("tag.html") && self.has("tags.html")
    }

    /// The addresses of the list of tags and of each tag's page; none where there are no such pages.
    pub fn tag_urls(&self) -> Vec<UrlPath> {
        if !self.has_tags() {
            return Vec::new();
        }
        std::iter::once(UrlPath::new("/tags/")).chain(self.brief.guide.tags.keys().map(|slug| tag_url(slug))).collect()
    }

    /// The list of tags, and a page for each.
    pub fn tags(&self) -> Vec<View> {
        let tags = &self.brief.guide.tags;
        let Some(home) = self.brief.guide.special.home else { return Vec::new() };
        if !self.has_tags() {
            return Vec::new();
        }
        let list = tags.iter().map(|(slug, tag)| {
            Data::Map(vec![
                ("name", Data::Text(tag.name.clone())),
                ("url", Data::from(self.brief.site.rules.base.link(&tag_url(slug)))),
                ("count", Data::from(tag.pages.len())),
            ])
        });
        let list = vec![("tags", Data::List(list.collect()))];
        let mut views = vec![self.generated(home, "tags.html", self.tags_title(), "tags", list)];
        for (slug, tag) in tags {
            let beside = vec![
                ("tag", Data::Map(vec![("name", Data::Text(tag.name.clone()))])),
                ("pages", self.shelf.cards(&tag.pages)),
            ];
            views.push(self.generated(home, "tag.html", &tag.name, &format!("tags/{slug}"), beside));
        }
        views
    }

    /// What the list of tags is called, in the theme's words.
    fn tags_title(&self) -> &str {
        self.brief.wardrobe.strings.get("tags").copied().unwrap_or("Tags")
    }

    /// A page without a source of its own: it is the home page's in everything but name, address and text.
    fn generated(
        &self,
        home: PageId,
        template: &str,
        title: &str,
        path: &str,
        beside: Vec<(&'static str, Data)>,
    ) -> View {
        let base = &self.brief.site.rules.base;
        let entry = self.brief.guide.entry(home);
        let url = UrlPath::new(&format!("/{}/", encode_path(path)));
        let mut trail = vec![self.shelf.link(home)];
        if path != "tags" {
            trail.push(Data::Map(vec![
                ("title", Data::text(self.tags_title())),
                ("url", Data::from(base.link(&UrlPath::new("/tags/")))),
            ]));
        }
        let textless = Arc::new(Page { body: Body::default(), ..(*entry.page).clone() });
        let around = vec![
            ("title", Data::text(title)),
            ("description", Data::text("")),
            ("url", Data::from(base.link(&url))),
            ("permalink", Data::from(base.permalink(&url))),
            ("kind", Data::text("page")),
            ("is_home", Data::Bool(false)),
            ("toc", Data::List(Vec::new())),
            ("relations", Data::Named(Vec::new())),
            ("breadcrumbs", Data::List(trail)),
            ("section", self.shelf.link(home)),
            ("previous", Data::None),
            ("next", Data::None),
            ("backlinks", Data::List(Vec::new())),
            ("sources", Data::List(Vec::new())),
            ("tags", Data::List(Vec::new())),
        ];
        let page = PageView {
            template: template.into(),
            own: self.brief.shown[home.index()].own.clone(),
            body: Filling { page: textless, holes: Vec::new() },
            around,
            beside,
        };
        let out = OutPath::new(&format!("{path}/index.html")).expect("slugs are plain");
        View::page(out, Place::file(self.brief.configuration), page)
    }

    pub fn redirects(&self, found: &mut Vec<Diagnostic>) -> Vec<View> {
        let redirects = &self.brief.guide.redirects;
        if let Some(first) = redirects.first()
            && !self.has("redirect.html")
            && !self.brief.wardrobe.is_broken
        {
            found.push(complaints::no_redirect_template(first.place.clone(), &self.brief.site.theme.value));
            return Vec::new();
        }
        let base = &self.brief.site.rules.base;
        let view = |redirect: &Redirect| {
            let target = self.brief.guide.entry(redirect.to);
            let shown = &self.brief.shown[redirect.to.index()];
            let redirect_data = Data::Map(vec![
                ("title", Data::text(&target.page.matter.title)),
                ("url", Data::Words(Arc::clone(&shown.href))),
                ("permalink", Data::from(base.permalink(&target.page.url))),
            ]);
            let mut around = self.around(target);
            around.push(("noindex", Data::Bool(true)));
            let page = PageView {
                template: "redirect.html".into(),
                own: shown.own.clone(),
                body: self.filling(target),
                around,
                beside: vec![("redirect", redirect_data)],
            };
            View::page(redirect.out.clone(), redirect.place.clone(), page)
        };
        redirects.iter().map(view).collect()
    }
}

impl Planner<'_> {
    /// Complaints about links to files that could be made, but are not: the tags of a theme without templates for them.
    pub fn unmade(&self, views: &[View]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.brief.wardrobe.is_broken {
            return found;
        }
        let is_made = |out: &str| views.binary_search_by(|view| view.out.as_str().cmp(out)).is_ok();
        for entry in &self.brief.guide.entries {
            for (link, destination) in entry.page.body.links.iter().zip(&entry.links) {
                let Destination::Made(url) = destination else { continue };
                let path = decode_path(url.as_str().trim_matches('/'));
                if !is_made(&path) && !is_made(&format!("{path}/index.html")) {
                    let place = Place::at(&entry.page.path, link.span);
                    found.push(guide::complaints::unknown_address(place, url.as_str(), std::iter::empty()));
                }
            }
        }
        found
    }
}

/// The address of a tag's page.
pub(super) fn tag_url(slug: &str) -> UrlPath {
    UrlPath::new(&format!("/tags/{}/", encode_path(slug)))
}
