//! A file as its template sees it: what a page says itself, what the guide adds, and what stands beside.

use std::fmt::Write as _;

use tera::{Context, Value};

use super::data::{Values, Writer};
use super::frame::Frame;
use super::page_card::write_own;
use super::plan::Planner;
use crate::base::{Digest, Fingerprint, escape_html};
use crate::content::Role;
use crate::content::body::{Piece, Target};
use crate::guide::pictures::Size;
use crate::guide::{Backlink, Destination, Entry, PageId, Picture};

/// One thing through one template.
#[derive(Debug, Clone)]
pub struct PageView {
    /// The template's file name.
    pub template: Box<str>,
    /// What it shows.
    pub subject: Subject,
    /// Stands for all that it shows, save what its page says of itself alone: the page has a fingerprint for that.
    pub fingerprint: Fingerprint,
}

/// What a file shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A page.
    Page(PageId),
    /// The checklist, as a sheet of paper.
    Sheet(PageId),
    /// The list of tags.
    Tags,
    /// The pages of one tag, by its slug.
    Tag(String),
    /// Where an older address leads, by its index in the guide's list.
    Redirect(usize),
}

impl Subject {
    /// The page whose own text it shows.
    #[must_use]
    pub fn page(&self) -> Option<PageId> {
        if let Self::Page(id) = self { Some(*id) } else { None }
    }
}

impl Planner<'_> {
    /// The view of `subject` through `template`; `digest` is used for its fingerprint.
    pub fn view(&self, template: &str, subject: Subject, digest: &mut Digest) -> PageView {
        let fingerprint = self.fingerprint(template, &subject, digest);
        PageView { template: template.into(), fingerprint, subject }
    }

    /// What stands for the view of `subject` through `template`; `digest` is used for it and emptied first.
    pub fn fingerprint(&self, template: &str, subject: &Subject, digest: &mut Digest) -> Fingerprint {
        digest.clear();
        digest.text(template);
        digest.map(|digest| self.write_page(digest, subject));
        digest.map(|digest| self.write_beside(digest, subject));
        if let Some(id) = subject.page() {
            self.write_holes(digest, self.context.guide.entry(id));
        }
        digest.fingerprint()
    }

    /// What a template sees: `page`, what stands beside it, and nothing else but the frame.
    pub fn context(&self, view: &PageView, frame: &Frame) -> Context {
        let own = view.subject.page();
        let html = own.map_or_else(String::new, |id| self.html(id));
        let mut page = Values::map_of(32, |values| {
            if let Some(id) = own {
                write_own(values, &self.context.guide.entry(id).page, &self.context.site.rules, self.listings.href(id));
            }
            self.write_page(values, &view.subject);
        });
        page.insert("html".into(), Value::safe_string(&html));
        page.insert("json_ld".into(), Value::safe_string(&frame.json_ld(&page)));
        let mut context = Context::new();
        for (name, value) in Values::map_of(4, |values| self.write_beside(values, &view.subject)) {
            context.insert_value(name.to_string(), value);
        }
        context.insert_value("page", Value::from(page));
        context
    }

    /// What `page` holds besides what a page says of itself.
    fn write_page(&self, w: &mut impl Writer, subject: &Subject) {
        match subject {
            Subject::Page(id) => self.write_around(w, self.context.guide.entry(*id)),
            Subject::Sheet(id) => self.write_sheet(w, *id),
            Subject::Tags => self.write_tags(w),
            Subject::Tag(slug) => self.write_tag(w, slug),
            Subject::Redirect(index) => self.write_redirect(w, &self.context.guide.redirects[*index]),
        }
    }

    /// What stands beside `page`: the pages that a section gathers, the checklist's items, the references.
    fn write_beside(&self, w: &mut impl Writer, subject: &Subject) {
        match subject {
            Subject::Page(id) => self.write_gathered(w, *id),
            Subject::Sheet(id) => self.write_checklist(w, *id),
            Subject::Tags => self.write_all_tags(w),
            Subject::Tag(slug) => self.write_tagged(w, slug),
            Subject::Redirect(index) => self.write_target(w, &self.context.guide.redirects[*index]),
        }
    }

    /// What the guide knows of a page: relations, neighbours, sources.
    fn write_around(&self, w: &mut impl Writer, entry: &Entry) {
        w.key("relations").map(|w| {
            for related in &entry.relations {
                w.named(&related.name).map(|w| {
                    w.key("label").text(&related.label);
                    w.key("kind").text(&related.kind);
                    self.listings.edges(w.key("edges"), &related.edges);
                });
            }
        });
        w.key("breadcrumbs").list(|w| self.write_breadcrumbs(w, entry));
        self.listings.maybe_link(w.key("section"), entry.section);
        self.listings.maybe_link(w.key("previous"), entry.previous);
        self.listings.maybe_link(w.key("next"), entry.next);
        w.key("backlinks").list(|w| {
            for backlink in &entry.backlinks {
                w.map(|w| {
                    self.listings.link(w.key("page"), backlink.from);
                    self.write_sentence(w.key("sentence"), *backlink);
                });
            }
        });
        w.key("sources").list(|w| self.write_sources(w, entry));
        w.key("tags").list(|w| {
            for written in &entry.page.matter.tags {
                self.write_page_tag(w, written);
            }
        });
    }

    /// The sentence of a link; where it holds no titles a fingerprint stands for it.
    fn write_sentence(&self, w: &mut impl Writer, backlink: Backlink) {
        let sentence = || self.context.guide.sentence(backlink);
        match backlink.sentence {
            Some(fingerprint) => w.stood_for(fingerprint, || Value::normal_string(&sentence())),
            None => w.text(&sentence()),
        }
    }

    /// The sections around a page, the outermost first.
    pub fn write_breadcrumbs(&self, w: &mut impl Writer, entry: &Entry) {
        if let Some(id) = entry.section {
            self.write_breadcrumbs(w, self.context.guide.entry(id));
            self.listings.link(w, id);
        }
    }

    fn write_sources(&self, w: &mut impl Writer, entry: &Entry) {
        let list = self.context.guide.special.references.map(|id| self.listings.href(id));
        for used in &entry.page.sources {
            let Some(reference) = self.context.guide.bibliography.get(&used.key) else { continue };
            w.map(|w| {
                w.key("number").count(used.number);
                w.key("id").text(&format!("source-{}", used.number));
                w.key("key").text(&used.key);
                w.key("html").safe(&reference.html);
                w.key("url").maybe(reference.url.as_deref());
                w.key("cites").list(|w| used.cites.iter().for_each(|id| w.text(id)));
                w.key("reference_url").maybe(list.map(|href| format!("{href}#ref-{}", used.key)).as_deref());
            });
        }
    }

    fn write_gathered(&self, w: &mut impl Writer, id: PageId) {
        let guide = self.context.guide;
        let special = &guide.special;
        let entry = guide.entry(id);
        let is_not_found = special.not_found == Some(id);
        // Somebody who is lost sees what the first page offers.
        let gathering = if is_not_found { special.home.map(|home| guide.entry(home)) } else { Some(entry) };
        if let Some(gathering) = gathering.filter(|gathering| gathering.page.role != Role::Page) {
            self.listings.gathered(w, gathering);
        } else if is_not_found {
            w.key("pages").list(|_| {});
            w.key("sections").list(|_| {});
        }
        if special.checklist == Some(id) {
            self.write_checklist(w, id);
        }
        if special.references == Some(id) {
            self.listings.references(w.key("references"));
        }
        if special.index == Some(id) {
            self.listings.letters(w.key("letters"));
        }
    }

    /// What goes into the holes of a page's text.
    fn write_holes(&self, digest: &mut Digest, entry: &Entry) {
        for destination in &entry.links {
            match destination {
                Destination::Page(to) => digest.stood_for(self.listings.shown[to.index()].address, Value::none),
                Destination::File(_) | Destination::Made(_) | Destination::Nowhere => {
                    digest.text(self.address(destination));
                }
            }
        }
        for piece in &entry.page.body.pieces {
            match piece {
                Piece::Title(link) => digest.text(self.title(&entry.links[*link])),
                Piece::Size(link) => {
                    for side in self.size(&entry.links[*link]).map_or([0, 0], |size| [size.width, size.height]) {
                        digest.count(side);
                    }
                }
                Piece::Html(_) | Piece::Address(_) => {}
            }
        }
    }

    /// The text of a page, its holes filled.
    fn html(&self, id: PageId) -> String {
        let entry = self.context.guide.entry(id);
        let body = &entry.page.body;
        let length = body.pieces.iter().map(|piece| if let Piece::Html(html) = piece { html.len() } else { 48 }).sum();
        let mut out = String::with_capacity(length);
        for piece in &body.pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Title(link) => out.push_str(&escape_html(self.title(&entry.links[*link]))),
                Piece::Size(link) => {
                    if let Some(Size { width, height }) = self.size(&entry.links[*link]) {
                        let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
                    }
                }
                Piece::Address(index) => {
                    let link = &body.links[*index];
                    if link.anchor.is_none() || !matches!(link.target, Target::Anchor) {
                        if let Destination::File(_) | Destination::Made(_) = &entry.links[*index] {
                            out.push_str(&escape_html(self.context.site.rules.base.folder()));
                        }
                        out.push_str(&escape_html(self.address(&entry.links[*index])));
                    }
                    if let Some(anchor) = &link.anchor {
                        let _ = write!(out, "#{}", escape_html(anchor));
                    }
                }
            }
        }
        out
    }

    /// Where a link leads; a file's address is that below the site's folder.
    fn address<'a>(&'a self, destination: &'a Destination) -> &'a str {
        match destination {
            Destination::Page(to) => self.listings.href(*to),
            Destination::File(url) | Destination::Made(url) => url.as_str(),
            Destination::Nowhere => "#",
        }
    }

    /// The size of the picture that a link leads to, if it can be read.
    fn size(&self, destination: &Destination) -> Option<Size> {
        let Destination::File(url) = destination else { return None };
        match self.context.guide.pictures.get(url)? {
            Picture::Sized(size) => Some(*size),
            Picture::Unsized | Picture::Other => None,
        }
    }

    /// The title of the page that a link leads to.
    fn title(&self, destination: &Destination) -> &str {
        match destination {
            Destination::Page(to) => &self.context.guide.entry(*to).page.matter.title,
            Destination::File(_) | Destination::Made(_) | Destination::Nowhere => "",
        }
    }
}
