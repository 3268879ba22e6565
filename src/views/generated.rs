//! Files without a source of their own: tags, and older addresses. The checklist's stand in `checklist.rs`.

use super::data::Writer;
use super::page::Subject;
use super::plan::{Planner, ViewContext};
use super::{View, complaints};
use crate::base::{About, Complaint, Digest, OutPath, Subject as Part, UrlPath, decode_path, encode_path};
use crate::guide::{self, Destination, PageId, Redirect};

impl Planner<'_> {
    pub fn has_tags(&self) -> bool {
        !self.book().guide.tags.is_empty()
            && self.book().guide.special.home.is_some()
            && self.has("tag.html")
            && self.has("tags.html")
    }

    /// The addresses of the list of tags and of each tag's page; none where there are no such pages.
    pub fn tag_urls(&self) -> Vec<UrlPath> {
        if !self.has_tags() {
            return Vec::new();
        }
        std::iter::once(UrlPath::new("/tags/")).chain(self.book().guide.tags.keys().map(|slug| tag_url(slug))).collect()
    }

    /// The list of tags, and a page for each.
    pub fn tags(&self) -> Vec<View> {
        if !self.has_tags() {
            return Vec::new();
        }
        let mut digest = Digest::default();
        let mut view = |template, folder: &str, subject| {
            let out = OutPath::new(&format!("{folder}/index.html")).expect("slugs are plain");
            let view = self.view(template, subject, &mut digest);
            View::page(out, About::file(self.context.configuration), view)
        };
        let mut views = vec![view("tags.html", "tags", Subject::Tags)];
        for slug in self.book().guide.tags.keys() {
            views.push(view("tag.html", &format!("tags/{slug}"), Subject::Tag(slug.clone())));
        }
        views
    }

    /// What the list of tags is called, in the guide's words or the theme's.
    fn tags_title(&self) -> &str {
        let ViewContext { site, theme_manifest, .. } = self.context;
        site.word("tags").or_else(|| theme_manifest.strings.get("tags").copied()).unwrap_or("Tags")
    }

    pub fn write_tags(&self, w: &mut impl Writer) {
        let home = self.book().guide.special.home;
        let url = UrlPath::new("/tags/");
        self.write_bare(w, self.tags_title(), &url, home, |w| self.listings.maybe_link(w, home));
    }

    pub fn write_tag(&self, w: &mut impl Writer, slug: &str) {
        let home = self.book().guide.special.home;
        let name = self.book().guide.tags.get(slug).map_or("", |tag| self.book().tag_name(tag));
        self.write_bare(w, name, &tag_url(slug), home, |w| {
            self.listings.maybe_link(w, home);
            w.map(|w| {
                w.key("title").text(self.tags_title());
                w.key("url").text(&self.context.site.rules.base.link(&UrlPath::new("/tags/")));
            });
        });
    }

    pub fn write_all_tags(&self, w: &mut impl Writer) {
        w.key("tags").list(|w| {
            for (slug, tag) in &self.book().guide.tags {
                w.map(|w| {
                    w.key("name").text(self.book().tag_name(tag));
                    w.key("url").text(&self.context.site.rules.base.link(&tag_url(slug)));
                    w.key("count").count(tag.pages.len());
                });
            }
        });
    }

    pub fn write_tagged(&self, w: &mut impl Writer, slug: &str) {
        let Some(tag) = self.book().guide.tags.get(slug) else { return };
        w.key("tag").map(|w| w.key("name").text(self.book().tag_name(tag)));
        self.listings.cards(w.key("pages"), &tag.pages);
    }

    /// A tag as a page shows it.
    pub fn write_page_tag(&self, w: &mut impl Writer, written: &str, slug: &str) {
        let name = self.book().guide.tags.get(slug).map_or(written, |tag| self.book().tag_name(tag));
        w.map(|w| {
            w.key("name").text(name);
            w.key("url").text(&self.context.site.rules.base.link(&tag_url(slug)));
        });
    }

    pub fn redirects(&self, found: &mut Vec<Complaint>) -> Vec<View> {
        let redirects = &self.book().guide.redirects;
        if let Some(first) = redirects.first()
            && !self.has("redirect.html")
            && !self.context.theme_manifest.is_broken
        {
            found.push(complaints::no_redirect_template(self.book().alias(first), self.context.site.theme().0));
            return Vec::new();
        }
        let mut digest = Digest::default();
        let mut view = |(index, redirect): (usize, &Redirect)| {
            let view = self.view("redirect.html", Subject::Redirect(index), &mut digest);
            View::page(redirect.out.clone(), self.book().alias(redirect), view)
        };
        redirects.iter().enumerate().map(&mut view).collect()
    }

    pub fn write_redirect(&self, w: &mut impl Writer, redirect: &Redirect) {
        let (page, section) = (self.book().page(redirect.to), self.book().facts(redirect.to).section);
        self.write_bare(w, page.title(), &page.url, section, |w| self.write_breadcrumbs(w, section));
        w.key("noindex").flag(true);
    }

    pub fn write_target(&self, w: &mut impl Writer, redirect: &Redirect) {
        let target = self.book().page(redirect.to);
        w.key("redirect").map(|w| {
            w.key("title").text(target.title());
            w.key("url").text(self.listings.href(redirect.to));
            w.key("permalink").text(&self.context.site.rules.base.permalink(&target.url));
        });
    }

    /// Complaints about links to files that could be made, but are not: the tags of a theme without templates for them.
    pub fn unmade(&self, views: &[View]) -> Vec<Complaint> {
        let mut found = Vec::new();
        if self.context.theme_manifest.is_broken {
            return found;
        }
        let is_made = |out: &str| views.binary_search_by(|view| view.out.as_str().cmp(out)).is_ok();
        for (_, page, facts) in self.book().iter() {
            for (number, destination) in facts.links.iter().enumerate() {
                let Destination::Made(url) = destination else { continue };
                let path = decode_path(url.as_str().trim_matches('/'));
                if !is_made(&path) && !is_made(&format!("{path}/index.html")) {
                    let about = About::part(&page.path, Part::Link(number));
                    found.push(guide::complaints::unknown_address(about, url.as_str(), &[]));
                }
            }
        }
        found
    }

    /// A page of which there is nothing but its title, its address and its place: all keys that a template may ask for.
    pub fn write_bare<W: Writer>(
        &self,
        w: &mut W,
        title: &str,
        url: &UrlPath,
        section: Option<PageId>,
        trail: impl FnOnce(&mut W),
    ) {
        let base = &self.context.site.rules.base;
        w.key("title").text(title);
        w.key("description").text("");
        w.key("url").text(&base.link(url));
        w.key("permalink").text(&base.permalink(url));
        w.key("kind").text("page");
        w.key("is_home").flag(false);
        w.key("draft").flag(false);
        for key in ["held", "date", "updated", "reviewed", "expires", "order", "previous", "next", "line"] {
            w.key(key).none();
        }
        for key in ["reading_minutes", "words"] {
            w.key(key).count(0);
        }
        for key in ["toc", "links", "backlinks", "sources", "tags", "card", "facts", "care"] {
            w.key(key).list(|_| {});
        }
        for key in ["fields", "extra", "relations"] {
            w.key(key).map(|_| {});
        }
        self.write_social_card(w, None);
        w.key("noindex").flag(false);
        self.listings.maybe_link(w.key("section"), section);
        w.key("breadcrumbs").list(trail);
    }
}

/// The address of a tag's page.
fn tag_url(slug: &str) -> UrlPath {
    UrlPath::new(&format!("/tags/{}/", encode_path(slug)))
}
