//! The guide as one document: its chapters as the page that holds them shows them, and what its e-book is called and made of.

use jiff::civil::Date;
use tera::Value;

use super::data::{Values, Writer};
use super::fields::PageFields;
use super::frame::direction;
use super::page_card::write_own;
use super::plan::{Planner, ViewContext};
use super::{Aggregate, Content, View};
use crate::base::{About, Digest, Fingerprint, OutPath, Source, UrlPath, decode_path, encode_path, slugify};
use crate::guide::{Chapter, Chapters, EBOOK, PageId, chapters};

/// The template of the page that holds all chapters; a theme without it makes no book.
pub const BOOK_TEMPLATE: &str = "book.html";

/// The words of the theme that the program itself puts into a book, each with what stands where the theme has none.
pub const BOOK_WORDS: [(&str, &str); 4] = [
    ("book_section", "({number})"),
    ("book_cover", "Cover"),
    ("book_page_list", "Page list"),
    ("book_summary", "All text can be read aloud, and each part can be reached from the contents."),
];

/// What a book is called, and where its chapters stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Outline {
    /// The guide's name.
    pub title: Box<str>,
    /// One sentence on it.
    pub description: Box<str>,
    /// Who answers for it.
    pub author: Box<str>,
    /// The language of its pages.
    pub language: Box<str>,
    /// The direction in which it is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The whole address of the page that holds all chapters.
    pub address: Box<str>,
    /// Scheme and host of the site.
    pub origin: Box<str>,
    /// The day of its last change.
    pub edition: Option<Date>,
    /// The chapters, in reading order.
    pub chapters: Vec<OutlineChapter>,
    /// What stands after a link to a chapter, with `{number}`.
    pub section: Box<str>,
    /// What the cover is called.
    pub cover: Box<str>,
    /// What the list of the numbers is called.
    pub page_list: Box<str>,
    /// What can be read of it without eyes or hands.
    pub summary: Box<str>,
}

/// A chapter, as links find it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OutlineChapter {
    /// The id of its element in the document.
    pub id: Box<str>,
    /// Its number, such as `2.3`.
    pub number: Box<str>,
    /// In how many parts it stands, itself among them.
    pub level: usize,
    /// Its title.
    pub title: Box<str>,
    /// The address of its page, as links write it.
    pub href: Box<str>,
    /// The number in the book of each source of its page.
    pub sources: Vec<Option<usize>>,
}

/// What the book of a guide is bound with; `None` if the guide has none.
#[must_use]
pub fn outline(context: &ViewContext) -> Option<Outline> {
    Planner::new(context).outline()
}

impl Planner<'_> {
    fn chapters(&self) -> Chapters {
        chapters(self.book(), self.listings.order)
    }

    /// The page that holds all chapters, if it is made with the template for it.
    fn bound(&self) -> Option<PageId> {
        let id = self.book().guide.special.book?;
        let template = self.template(id, self.book().page(id)).ok()?;
        (template == BOOK_TEMPLATE && self.has(BOOK_TEMPLATE)).then_some(id)
    }

    /// The address of the e-book, if there is one.
    pub fn ebook_url(&self) -> Option<UrlPath> {
        self.bound()?;
        let name = slugify(&self.context.site.title);
        let name = if name.is_empty() { "book" } else { &name };
        Some(UrlPath::new(&format!("/{}{EBOOK}", encode_path(name))))
    }

    /// The e-book, which is made of the page of all chapters, and of the guide's files.
    pub fn ebook(&self, page: &[View]) -> Option<View> {
        let id = self.bound()?;
        let url = self.ebook_url()?;
        let out = OutPath::new(&decode_path(url.as_str().trim_start_matches('/'))).ok()?;
        let ViewContext { sources, theme_manifest, .. } = self.context;
        let page = page.iter().find(|view| view.out == self.book().page(id).out)?;
        let files = self.book().guide.files.iter();
        let files: Vec<_> = files.map(|file| (&file.url, sources.get(&file.path).map(Source::fingerprint))).collect();
        let style = theme_manifest.ebook_style.map(Source::fingerprint);
        let fingerprint = Fingerprint::of(&(page.fingerprint(), self.outline(), files, style));
        let origin = About::file(&self.book().page(id).path);
        Some(View {
            out,
            origin,
            content: Content::Aggregate { part: Aggregate::Ebook(page.out.clone()), fingerprint },
        })
    }

    fn outline(&self) -> Option<Outline> {
        let id = self.bound()?;
        let ViewContext { site, theme_manifest, .. } = self.context;
        let base = &site.rules.base;
        let chapters = self.chapters();
        let [section, cover, page_list, summary] = BOOK_WORDS.map(|(name, usual)| {
            site.word(name).or_else(|| theme_manifest.strings.get(name).copied()).unwrap_or(usual).into()
        });
        let chapter = |chapter: &Chapter| OutlineChapter {
            id: chapter.id().into(),
            number: chapter.number().into(),
            level: chapter.level(),
            title: self.book().page(chapter.page).title().into(),
            href: self.listings.href(chapter.page).into(),
            sources: chapter.sources.clone(),
        };
        Some(Outline {
            title: site.title.clone(),
            description: site.description.clone(),
            author: site.author.clone(),
            language: site.language.clone(),
            direction: direction(&site.language),
            address: base.permalink(&self.book().page(id).url).into(),
            origin: base.whole("").into(),
            edition: self.edition(&chapters),
            chapters: chapters.list.iter().map(chapter).collect(),
            section,
            cover,
            page_list,
            summary,
        })
    }

    /// The day on which a chapter was last changed or looked through.
    fn edition(&self, chapters: &Chapters) -> Option<Date> {
        let days = chapters.list.iter().filter_map(|chapter| {
            let matter = &self.book().page(chapter.page).matter;
            matter.reviewed.max(matter.updated).max(matter.date)
        });
        days.max()
    }

    /// What stands beside the page of all chapters, save these.
    pub fn write_book(&self, w: &mut impl Writer) {
        let chapters = self.chapters();
        w.key("edition").maybe(self.edition(&chapters).map(|day| day.to_string()).as_deref());
        let url = self.ebook_url().map(|url| self.context.site.rules.base.link(&url));
        w.key("ebook_url").maybe(url.as_deref());
        w.key("sources").list(|w| self.write_book_sources(w, &chapters));
        if let Some(checklist) = self.book().guide.special.checklist {
            self.write_checklist(w, checklist);
        }
    }

    fn write_book_sources(&self, w: &mut impl Writer, chapters: &Chapters) {
        let bibliography = &self.book().guide.bibliography;
        for (number, key) in (1..).zip(&chapters.sources) {
            let Some(reference) = bibliography.get(key) else { continue };
            w.map(|w| {
                w.key("number").count(number);
                w.key("id").text(&format!("book--source-{number}"));
                w.key("key").text(key);
                w.key("html").safe(&reference.html);
                w.key("url").maybe(reference.url.as_deref());
                w.key("cited_in").list(|w| {
                    let cites = |chapter: &&Chapter| chapter.sources.contains(&Some(number));
                    chapters.list.iter().filter(cites).for_each(|chapter| {
                        w.map(|w| {
                            w.key("id").text(&chapter.id());
                            w.key("number").text(&chapter.number());
                        });
                    });
                });
            });
        }
    }

    /// What the guide says of each chapter: the chapters themselves say the rest.
    pub fn write_chapter_holes(&self, digest: &mut Digest) {
        for chapter in &self.chapters().list {
            digest.text(&chapter.number());
            digest.list(|w| chapter.sources.iter().for_each(|source| w.count(source.unwrap_or_default())));
            digest.text(self.listings.href(chapter.page));
            digest.map(|digest| self.write_around(digest, chapter.page));
            self.write_holes(digest, chapter.page);
        }
    }

    /// The chapters, the foreword first: each is what its page is, with its number, level and id, and the numbers in the
    /// book of the sources that its text does not cite.
    pub fn chapter_values(&self) -> Value {
        let chapters = self.chapters();
        let value = |chapter: &Chapter| {
            let id = chapter.page;
            let page = self.book().page(id);
            let mut map = Values::map_of(40, |w| {
                write_own(w, page, &self.context.site.rules, self.listings.href(id));
                PageFields::of_page(self, id).write_page(w);
                w.key("links").list(|w| self.write_numbered(w, id));
                self.write_around(w, id);
                w.key("html").safe(&self.fill(id, &page.body.pieces));
                w.key("number").text(&chapter.number());
                w.key("level").count(chapter.level());
                w.key("id").text(&chapter.id());
            });
            let beside = page.sources.iter().zip(&chapter.sources).filter(|(used, _)| used.cites.is_empty());
            let numbers = beside.filter_map(|(_, number)| Some(Value::from((*number)? as u64)));
            map.insert("sources".into(), Value::from(numbers.collect::<Vec<_>>()));
            Value::from(map)
        };
        Value::from(chapters.list.iter().map(value).collect::<Vec<_>>())
    }
}
