//! A file as its template sees it: what a page says itself, what the guide adds, and what stands beside.

use std::fmt::Write as _;

use tera::{Context, Value};

use super::checklist::ChecklistPart;
use super::data::{Values, Writer};
use super::fields::PageFields;
use super::frame::Frame;
use super::how_to;
use super::listing::write_reference;
use super::page_card::write_own;
use super::plan::{Planner, ViewContext};
use super::social_cards::SocialCard;
use crate::base::{Digest, Fingerprint, Known, escape_html};
use crate::content::body::{Excerpt, Numbered, Piece, Target};
use crate::content::{FieldValue, Page, Role};
use crate::guide::pictures::Size;
use crate::guide::{Backlink, Destination, PageId, Picture};
use crate::site::Safety;

/// One thing through one template.
#[derive(Debug, Clone)]
pub struct PageView {
    /// The template's file name.
    pub template: Box<str>,
    /// What it shows.
    pub subject: Subject,
    /// Fingerprint of all that it shows, save what its page says of itself alone: the page has a fingerprint for that.
    pub fingerprint: Fingerprint,
}

/// What a file shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A page.
    Page(PageId),
    /// The page that holds all chapters, with them.
    Book(PageId),
    /// The checklist of this page, in another form.
    ChecklistPart(PageId, &'static ChecklistPart),
    /// The list of tags.
    Tags,
    /// The pages of one tag, by its slug.
    Tag(Box<str>),
    /// The picture for links to pages.
    SocialCard(SocialCard),
    /// Where an older address leads, by its index in the guide's list.
    Redirect(usize),
}

impl Subject {
    /// The page whose own text it shows.
    #[must_use]
    pub fn page(&self) -> Option<PageId> {
        if let Self::Page(id) | Self::Book(id) = self { Some(*id) } else { None }
    }
}

/// Where the note of safety leads that a page must show: each page of a kind that asks for it, and in a guide with a page
/// under `[help]` the checklist, its sheet, and the page of all chapters.
#[must_use]
pub fn safety_href<'g>(context: &ViewContext<'g>, subject: &Subject) -> Option<&'g str> {
    let special = &context.book.guide.special;
    let help = special.help?;
    let kinds = &context.site.rules.kinds;
    let must_show = match subject {
        Subject::ChecklistPart(..) | Subject::Book(_) => true,
        Subject::Page(id) => {
            let kind = context.book.page(*id).kind.map(|kind| &kinds[kind]);
            special.checklist == Some(*id) || kind.is_some_and(|kind| kind.safety != Safety::None)
        }
        Subject::Tags | Subject::Tag(_) | Subject::SocialCard(_) | Subject::Redirect(_) => false,
    };
    must_show.then(|| &*context.cards[help.index()].href)
}

impl Planner<'_> {
    /// The view of `subject` through `template`; `digest` is used for its fingerprint.
    pub fn view(&self, template: &str, subject: Subject, digest: &mut Digest) -> PageView {
        let fingerprint = self.fingerprint(template, &subject, digest);
        PageView { template: template.into(), fingerprint, subject }
    }

    /// Fingerprint of the view of `subject` through `template`; `digest` is used for it and emptied first.
    pub fn fingerprint(&self, template: &str, subject: &Subject, digest: &mut Digest) -> Fingerprint {
        digest.clear();
        digest.text(template);
        digest.map(|digest| self.write_page(digest, subject));
        digest.map(|digest| self.write_beside(digest, subject));
        if let Some(id) = subject.page() {
            self.write_holes(digest, id);
        }
        if let Subject::Book(_) = subject {
            self.write_chapter_holes(digest);
        }
        digest.fingerprint()
    }

    /// What a template sees: `page`, what stands beside it, and nothing else but the frame.
    pub fn context(&self, view: &PageView, frame: &Frame) -> Context {
        let own = view.subject.page();
        let html = own.map_or_else(String::new, |id| self.fill(id, &self.book().page(id).body.pieces));
        let mut page = Values::map_of(32, |values| {
            if let Some(id) = own {
                write_own(values, self.book().page(id), &self.context.site.rules, self.listings.href(id));
                PageFields::of_page(self, id).write_page(values);
                values.key("links").list(|w| self.write_numbered(w, id));
            }
            self.write_page(values, &view.subject);
        });
        page.insert("html".into(), Value::safe_string(&html));
        let steps = own.and_then(|id| {
            let own = self.book().page(id);
            how_to::describe(own, &self.context.site.rules.kinds[own.kind?], &html)
        });
        page.insert("json_ld".into(), Value::safe_string(&frame.json_ld(&page, steps)));
        let mut context = Context::new();
        for (name, value) in Values::map_of(4, |values| self.write_beside(values, &view.subject)) {
            context.insert_value(name.to_string(), value);
        }
        context.insert_value("page", Value::from(page));
        if let Subject::Book(_) = view.subject {
            context.insert_value("chapters", self.chapter_values());
        }
        context
    }

    /// What `page` holds besides what a page says of itself.
    fn write_page(&self, w: &mut impl Writer, subject: &Subject) {
        match subject {
            Subject::Page(id) | Subject::Book(id) => self.write_around(w, *id),
            Subject::ChecklistPart(id, part) => self.write_checklist_part(w, *id, part),
            Subject::Tags => self.write_tags(w),
            Subject::Tag(slug) => self.write_tag(w, slug),
            Subject::SocialCard(card) => Self::write_pictured(w, card),
            Subject::Redirect(index) => self.write_redirect(w, &self.book().guide.redirects[*index]),
        }
    }

    /// What stands beside `page`: the pages that a section gathers, the checklist's items, the references.
    fn write_beside(&self, w: &mut impl Writer, subject: &Subject) {
        match subject {
            Subject::Page(id) => self.write_gathered(w, *id),
            Subject::Book(_) => self.write_book(w),
            Subject::ChecklistPart(id, _) => self.write_checklist(w, *id),
            Subject::Tags => self.write_all_tags(w),
            Subject::Tag(slug) => self.write_tagged(w, slug),
            Subject::SocialCard(_) => {}
            Subject::Redirect(index) => self.write_target(w, &self.book().guide.redirects[*index]),
        }
    }

    /// What the guide knows of a page: relations, neighbours, sources.
    pub fn write_around(&self, w: &mut impl Writer, id: PageId) {
        let (page, facts) = (self.book().page(id), self.book().facts(id));
        let neighbours = self.listings.order.neighbours(id);
        w.key("relations").map(|w| {
            for (side, edges) in self.book().relations(id) {
                w.named(&side.name).map(|w| {
                    w.key("label").text(&side.label);
                    w.key("kind").text(&side.kind);
                    self.listings.edges(w.key("edges"), edges);
                });
            }
        });
        w.key("breadcrumbs").list(|w| self.write_breadcrumbs(w, facts.section));
        self.listings.maybe_link(w.key("section"), facts.section);
        self.listings.maybe_link(w.key("previous"), neighbours.previous);
        self.listings.maybe_link(w.key("next"), neighbours.next);
        w.key("backlinks").list(|w| {
            for backlink in &facts.backlinks {
                w.map(|w| {
                    self.listings.link(w.key("page"), backlink.from);
                    self.write_sentence(w.key("sentence"), *backlink);
                });
            }
        });
        self.write_social_card(w, Some(page));
        w.key("sources").list(|w| self.write_sources(w, page));
        w.key("tags").list(|w| {
            for (written, slug) in page.matter.tags.iter().zip(&page.tag_slugs) {
                self.write_page_tag(w, written, slug);
            }
        });
    }

    /// The addresses that paper prints for the links of the text, in the order of their numbers.
    pub fn write_numbered(&self, w: &mut impl Writer, id: PageId) {
        for numbered in &self.book().page(id).body.numbered {
            match numbered {
                Numbered::Within(link) => {
                    w.text(&self.context.site.rules.base.whole(&self.link_address(id, *link)));
                }
                Numbered::Outside(address) => w.text(address),
            }
        }
    }

    /// The sentence of a link; where it holds no titles its fingerprint takes its place.
    fn write_sentence(&self, w: &mut impl Writer, backlink: Backlink) {
        let sentence = || self.book().sentence(backlink);
        match backlink.sentence {
            Some(fingerprint) => w.defer(fingerprint, || Value::normal_string(&sentence())),
            None => w.text(&sentence()),
        }
    }

    /// The sections around a page that belongs to `section`, the outermost first.
    pub fn write_breadcrumbs(&self, w: &mut impl Writer, section: Option<PageId>) {
        if let Some(id) = section {
            self.write_breadcrumbs(w, self.book().facts(id).section);
            self.listings.link(w, id);
        }
    }

    fn write_sources(&self, w: &mut impl Writer, page: &Page) {
        let guide = self.book().guide;
        let list = guide.special.references.map(|id| self.listings.href(id));
        for used in &page.sources {
            let Some(reference) = guide.bibliography.get(&used.key) else { continue };
            w.map(|w| {
                w.key("number").count(used.number);
                w.key("id").text(&format!("source-{}", used.number));
                write_reference(w, reference);
                w.key("cites").list(|w| used.cites.iter().for_each(|id| w.text(id)));
                w.key("reference_url").maybe(list.map(|href| format!("{href}#ref-{}", used.key)).as_deref());
            });
        }
    }

    /// A source that a field names: its number, if it has one on this page, and where it stands.
    pub fn write_source(&self, w: &mut impl Writer, key: &str, number: Option<usize>) {
        let guide = self.book().guide;
        let Some(reference) = guide.bibliography.get(key) else { return w.none() };
        let list = guide.special.references.map(|id| self.listings.href(id));
        w.map(|w| {
            match number {
                Some(number) => w.key("number").count(number),
                None => w.key("number").none(),
            }
            write_reference(w, reference);
            let listed = list.map(|href| format!("{href}#ref-{key}"));
            w.key("href").maybe(number.map(|number| format!("#source-{number}")).or(listed).as_deref());
        });
    }

    /// What all pages say in the field that a page gathers, each with its page: folder by folder, in the order of their
    /// pages.
    fn write_all_of_field(&self, w: &mut impl Writer, name: &str) {
        let mut pages: Vec<PageId> = self.book().iter().map(|(id, ..)| id).collect();
        pages.retain(|id| PageFields::of_gathered(self, *id).says(name));
        let place = |id: &PageId| (self.book().page(*id).path.folder(), self.book().page(*id).order_key());
        pages.sort_by(|a, b| place(a).cmp(&place(b)));
        w.list(|w| {
            for id in pages {
                w.map(|w| {
                    self.listings.card(w.key("page"), id);
                    PageFields::of_gathered(self, id).write_named(w.key("field"), name);
                });
            }
        });
    }

    fn write_gathered(&self, w: &mut impl Writer, id: PageId) {
        let book = self.book();
        let special = &book.guide.special;
        let is_not_found = special.not_found == Some(id);
        // Somebody who is lost sees what the first page offers.
        let gathering = if is_not_found { special.home } else { Some(id) };
        if let Some(gathering) = gathering.filter(|gathering| book.page(*gathering).role != Role::Page) {
            self.listings.gathered(w, gathering);
        } else if is_not_found {
            w.key("pages").list(|_| {});
            w.key("sections").list(|_| {});
        }
        if special.checklist == Some(id) {
            self.write_checklist(w, id);
        }
        if let Some(name) = &book.page(id).matter.gathers {
            self.write_all_of_field(w.key("gathered"), name);
        }
        if special.references == Some(id) {
            self.listings.references(w.key("references"));
        }
        if special.index == Some(id) {
            self.listings.letters(w.key("letters"));
        }
    }

    /// What goes into the holes of a page's text.
    pub fn write_holes(&self, digest: &mut Digest, id: PageId) {
        let (page, facts) = (self.book().page(id), self.book().facts(id));
        for destination in &facts.links {
            match destination {
                Destination::Page(to) => digest.defer(self.listings.prints[to.index()].address, Value::none),
                Destination::File(_) | Destination::Made(_) | Destination::Nowhere => {
                    digest.text(self.address(destination));
                }
            }
        }
        self.write_pieces(digest, &page.body.named, &facts.links);
        page.matter.fields.iter().for_each(|field| self.write_field(digest, field, &facts.links));
    }

    /// What the guide puts into the holes between these pieces, addresses aside.
    fn write_pieces(&self, digest: &mut Digest, pieces: &[Piece], links: &[Destination]) {
        for piece in pieces {
            match piece {
                Piece::Title(link) => digest.text(self.book().title_of(&links[*link])),
                Piece::Size(link) => self.write_size(digest, &links[*link]),
                Piece::Html(_) | Piece::Own(_) | Piece::Address(_) => {}
            }
        }
    }

    fn write_size(&self, digest: &mut Digest, destination: &Destination) {
        for side in self.size(destination).map_or([0, 0], |size| [size.width, size.height]) {
            digest.count(side);
        }
    }

    /// What the guide knows of the pages and files that a field names.
    fn write_field(&self, digest: &mut Digest, value: &Known<Option<FieldValue>>, links: &[Destination]) {
        match value.get() {
            Some(FieldValue::Link(link)) => {
                digest.text(self.book().title_of(&links[*link]));
                self.write_size(digest, &links[*link]);
            }
            Some(FieldValue::Markdown(pieces)) => self.write_pieces(digest, pieces, links),
            Some(FieldValue::Map(map)) => map.iter().for_each(|value| self.write_field(digest, value, links)),
            Some(FieldValue::Maps(maps)) => {
                maps.iter().flatten().for_each(|value| self.write_field(digest, value, links));
            }
            _ => {}
        }
    }

    /// What a field leads to: its address, the title of a page, the size of a picture.
    pub fn write_link(&self, w: &mut impl Writer, id: PageId, link: usize) {
        let destination = &self.book().facts(id).links[link];
        w.map(|w| {
            w.key("url").text(&self.link_address(id, link));
            match destination {
                Destination::Page(_) => w.key("title").text(self.book().title_of(destination)),
                _ => w.key("title").none(),
            }
            for (key, side) in ["width", "height"]
                .into_iter()
                .zip(self.size(destination).map_or([None; 2], |size| [Some(size.width), Some(size.height)]))
            {
                match side {
                    Some(side) => w.key(key).count(side),
                    None => w.key(key).none(),
                }
            }
        });
    }

    /// The address that a link of a page leads to, with its anchor.
    fn link_address(&self, id: PageId, index: usize) -> String {
        let (link, destination) = (&self.book().page(id).body.links[index], &self.book().facts(id).links[index]);
        let mut out = String::new();
        if link.anchor.is_none() || !matches!(link.target, Target::Anchor) {
            if let Destination::File(_) | Destination::Made(_) = destination {
                out.push_str(self.context.site.rules.base.folder());
            }
            out.push_str(self.address(destination));
        }
        if let Some(anchor) = &link.anchor {
            let _ = write!(out, "#{anchor}");
        }
        out
    }

    /// Pieces of a page's text, the holes filled.
    pub fn fill(&self, id: PageId, pieces: &[Piece]) -> String {
        let length = pieces.iter().map(|piece| if let Piece::Html(html) = piece { html.len() } else { 48 }).sum();
        let mut out = String::with_capacity(length);
        for piece in pieces {
            self.fill_piece(&mut out, id, piece);
        }
        out
    }

    /// A section of a page's text as it stands elsewhere: without what only the page itself shows.
    pub fn fill_excerpt(&self, id: PageId, excerpt: &Excerpt) -> String {
        self.fill_elsewhere(id, &self.book().page(id).body.pieces[excerpt.pieces.clone()])
    }

    /// Pieces of a page's text as they stand on another page.
    pub fn fill_elsewhere(&self, id: PageId, pieces: &[Piece]) -> String {
        let body = &self.book().page(id).body;
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Own(_) => {}
                Piece::Address(link) if body.links[*link].target == Target::Anchor => {
                    out.push_str(&escape_html(self.listings.href(id)));
                    self.fill_piece(&mut out, id, piece);
                }
                _ => self.fill_piece(&mut out, id, piece),
            }
        }
        out
    }

    fn fill_piece(&self, out: &mut String, id: PageId, piece: &Piece) {
        let links = &self.book().facts(id).links;
        match piece {
            Piece::Html(html) | Piece::Own(html) => out.push_str(html),
            Piece::Title(link) => out.push_str(&escape_html(self.book().title_of(&links[*link]))),
            Piece::Size(link) => {
                if let Some(Size { width, height }) = self.size(&links[*link]) {
                    let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
                }
            }
            Piece::Address(link) => out.push_str(&escape_html(&self.link_address(id, *link))),
        }
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
        match self.book().guide.pictures.get(url)? {
            Picture::Sized(size) => Some(*size),
            Picture::Unsized | Picture::Other => None,
        }
    }
}
