//! One page's Markdown → HTML with holes where the rest of the guide is needed, and everything that leaves the page.
//!
//! Knows the page's own text only; links and citations are resolved in `guide`.

mod assemble;
mod cells;
mod citations;
pub mod complaints;
mod events;
mod footnotes;
mod headings;
mod html;
mod inlines;
mod latin;
mod links;
mod lint;
mod nesting;
mod page;
pub mod prose;
mod raw_html;
mod sentences;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

pub(super) use self::links::has_host;
use self::page::{Complaints, Lines, Page, suggestion};
use crate::base::{Diagnostic, Fingerprint, Known, KnownList, SourcePath, Span, Spanned, all_bytes, is_harmful};
use crate::site::MarkdownRules;

/// Stands on both sides of the name of a wiki link without words of its own, in a link's sentence: a noncharacter,
/// which no text holds.
pub const NAME_MARK: char = '\u{fdd0}';

/// How many brackets that lead nowhere are kept in mind: more than can be complained of.
const MOST_UNKNOWN: usize = 1000;

/// A stretch of a rendered body, or a hole that the guide fills.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Finished HTML.
    Html(Box<str>),
    /// Finished HTML that only the page itself shows, within what stands elsewhere, too: ids, and the marks of its notes and sources.
    Own(Box<str>),
    /// The address that `links[n]` leads to, to stand inside a quoted attribute.
    Address(usize),
    /// The title of the page that `links[n]` leads to, as text: a wiki link without words of its own.
    Title(usize),
    /// The size of the picture that `links[n]` leads to, as attributes.
    Size(usize),
}

/// Whether a link is followed or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkRole {
    /// `[words](target)` or `[[target]]`.
    Link,
    /// `![words](target)`.
    Image,
}

/// What an internal link names, as far as the page alone can tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A heading or other anchor of the same page.
    Anchor,
    /// A Markdown source, named by relative path or `@/`.
    Source(SourcePath),
    /// A file beside the sources that is not Markdown, such as a picture: its path, relative to the root.
    File(SourcePath),
    /// `[[name]]`: a page's file stem, or its path below the content folder without `.md`.
    Wiki(Box<str>),
    /// An address on the site, such as `/folder/page/`, without query and fragment.
    Address(Box<str>),
}

/// A link that stays within the guide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The part after `#`, percent-decoded, without the sign itself.
    pub anchor: Option<Box<str>>,
    /// Followed or shown.
    pub role: LinkRole,
    /// The target's place in the file (the destination between the brackets, or the whole link where it is not written out).
    pub span: Span,
    /// The sentence that holds the link, as plain text; empty for images. See [`NAME_MARK`].
    pub sentence: Box<str>,
}

impl Link {
    /// Fingerprint of the sentence, if that holds no page's title.
    #[must_use]
    pub fn sentence_fingerprint(&self) -> Option<Fingerprint> {
        (!self.sentence.contains(NAME_MARK)).then(|| Fingerprint::of_bytes(self.sentence.as_bytes()))
    }
}

/// A link to another site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Outward {
    /// The address as it is written, with `http` or `https`.
    pub address: Box<str>,
    /// Its place in the file, as that of a [`Link`].
    pub span: Span,
}

/// A link whose address paper prints, as nobody can follow it there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Numbered {
    /// It stays within the guide: `links[n]`.
    Within(usize),
    /// It leads elsewhere: its address, or a mail address or telephone number.
    Outside(Box<str>),
}

/// One key of one citation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The key, without `@`.
    pub key: Box<str>,
    /// Its number on this page, from 1, by first appearance.
    pub number: usize,
    /// The id of this place in the text, such as `cite-1-2`: source 1, second time.
    pub id: Box<str>,
    /// The key's place in the file.
    pub span: Span,
}

/// A heading with those below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// Level 2 to 6 (1 is the page's title; one in the text is complained of).
    pub level: u8,
    /// Its id, unique on the page.
    pub id: Box<str>,
    /// Its words, as plain text.
    pub title: Box<str>,
    /// Its place in the file.
    pub span: Span,
    /// The deeper headings that follow it.
    pub children: Vec<Heading>,
}

/// The section below a heading, as it can stand elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// The heading's id.
    pub id: Box<str>,
    /// The words of the heading, as plain text.
    pub title: Box<str>,
    /// The heading's place in the file.
    pub span: Span,
    /// How many words a reader reads, those of the heading among them.
    pub words: usize,
    /// Its place among the body's pieces.
    pub pieces: Range<usize>,
}

/// A page's body.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Body {
    /// The HTML, cut where the guide has to fill something in.
    pub pieces: Vec<Piece>,
    /// Those of them that show more of a page or a file than its address; most pages have none.
    pub named: Box<[Piece]>,
    /// Links within the guide, in order of appearance.
    pub links: KnownList<Link>,
    /// Links to other sites.
    pub outward: Vec<Outward>,
    /// The places that links lead to, in order of appearance, each once: links have the place's number, from 1, as `data-link`.
    /// Without those on the page itself, and without links that say their address in words.
    pub numbered: Vec<Numbered>,
    /// Citations, in order of appearance.
    pub citations: KnownList<Citation>,
    /// The headings as a tree.
    pub outline: Vec<Heading>,
    /// The sections that stand elsewhere, too, in order.
    pub excerpts: Vec<Excerpt>,
    /// Every id that a link may name, sorted.
    pub anchors: KnownList<Box<str>>,
    /// How many words a reader reads.
    pub words: usize,
}

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: usize = 220;

impl Body {
    /// About how many minutes it takes to read it, and at least one.
    #[must_use]
    pub fn reading_minutes(&self) -> usize {
        self.words.div_ceil(WORDS_A_MINUTE).max(1)
    }
}

/// Reads the body of the file `text`, which begins at byte `start`.
///
/// `path` is the file's own, `content_folder` the folder that `@/` stands for, and `excerpts` the ids of the headings whose
/// sections stand elsewhere, too. All spans count from the start of
/// the file. A body with mistakes gives what could be made of it, and a complaint for each of them.
#[must_use]
pub fn parse(
    text: &str,
    start: usize,
    path: &SourcePath,
    content_folder: &str,
    rules: &MarkdownRules,
    excerpts: &[Spanned<Box<str>>],
) -> (Body, Vec<Diagnostic>) {
    // A byte order mark would hide what the first line is.
    let start = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start };
    let lines = Lines::new(text, start, rules);
    let page = Page { body: &lines.text, lines: &lines, path, content_folder, rules, is_body: true, excerpts };
    let mut complaints = Complaints::default();
    complain_of_controls(&page, &mut complaints);
    let draft = read(page, &mut complaints);
    let body = assemble::assemble(draft, &page, &mut complaints);
    (body, complaints.finish(path))
}

/// Reads a text in Markdown that stands in the front matter of the file `text` at `span`, where it is understood as `value`;
/// `None` if it is written so that its places cannot be told.
#[must_use]
pub fn parse_field(
    (text, span): (&str, Span),
    value: &str,
    path: &SourcePath,
    content_folder: &str,
    rules: &MarkdownRules,
) -> Option<(Body, Vec<Diagnostic>)> {
    let lines = Lines::of_scalar((text, span), value)?;
    let page = Page { body: &lines.text, lines: &lines, path, content_folder, rules, is_body: false, excerpts: &[] };
    let mut complaints = Complaints::default();
    let draft = read(page, &mut complaints);
    let body = assemble::assemble(draft, &page, &mut complaints);
    Some((body, complaints.finish(path)))
}

/// What `destination` leads to, as if it stood in a link of the page at `path`; `None` if that is nothing within the guide.
#[must_use]
pub fn destination(
    destination: &str,
    path: &SourcePath,
    content_folder: &str,
    rules: &MarkdownRules,
) -> Option<(Target, Option<Box<str>>)> {
    let lines = Lines::new("", 0, rules);
    within(links::classify(
        destination,
        &Page { body: "", lines: &lines, path, content_folder, rules, is_body: false, excerpts: &[] },
    ))
}

/// What `name` leads to, as if it stood in `[[…]]`.
#[must_use]
pub fn wiki_destination(name: &str) -> Option<(Target, Option<Box<str>>)> {
    within(links::classify_wiki(name))
}

fn within(destination: links::Destination) -> Option<(Target, Option<Box<str>>)> {
    if let links::Destination::Within(target, anchor) = destination { Some((target, anchor)) } else { None }
}

/// Where the addresses of the link definitions in the file `text`, whose body begins at byte `start`, stand in it.
#[must_use]
pub fn definition_spans(text: &str, start: usize) -> Vec<Span> {
    let lines = Lines::new(text, start, &MarkdownRules::default());
    let parser = Parser::new_ext(&lines.text, options(&MarkdownRules::default()));
    let definitions = parser.reference_definitions().iter();
    let spans = definitions.filter_map(|(_, definition)| links::definition_span(&lines.text, &definition.span));
    let mut spans: Vec<Span> = spans.map(|span| lines.in_file(span)).collect();
    spans.sort();
    spans
}

/// Complains of the control characters in the file itself: once for each line.
fn complain_of_controls(page: &Page, complaints: &mut Complaints) {
    if all_bytes(page.body, |byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) || !page.body.contains(is_harmful) {
        return;
    }
    let mut line_start = 0;
    for line in page.body.split_inclusive('\n') {
        if let Some(at) = line.find(is_harmful) {
            let length = line[at..].chars().next().map_or(1, char::len_utf8);
            let place = page.place(line_start + at..line_start + at + length);
            complaints.push(complaints::control_character(place));
        }
        line_start += line.len();
    }
}

/// Runs the parser over the body and gathers what it tells.
fn read(page: Page<'_>, complaints: &mut Complaints) -> events::Draft {
    let mut unknown = Vec::new();
    let callback = |link: BrokenLink<'_>| answer(link, &mut unknown);
    let parser = Parser::new_with_broken_link_callback(page.body, options(page.rules), Some(callback));
    let mut events = parser.into_offset_iter();
    let mut reader = events::Reader::new(page, complaints);
    let mut lint = lint::Lint::new(page);
    for (event, range) in events.by_ref() {
        lint.read(&event, &range, reader.complaints);
        reader.read(event, range);
    }
    let mut draft = reader.finish();
    if lint.rest.is_reported() {
        draft.rest = Known::Reported;
    }
    let known: BTreeSet<String> = events.reference_definitions().iter().map(|(label, _)| label.to_owned()).collect();
    drop(events);
    let known: Vec<String> = known.into_iter().collect();
    for (label, span) in unknown {
        let place = page.place(span);
        complaints.push(if label.starts_with('@') {
            complaints::citation_form(place)
        } else {
            complaints::unknown_reference(place, &label, suggestion(&label, &known))
        });
    }
    draft
}

/// The extensions of Markdown that authors may use.
fn options(rules: &MarkdownRules) -> Options {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    if rules.smart_punctuation { options | Options::ENABLE_SMART_PUNCTUATION } else { options }
}

/// Tells the parser whether brackets without a destination are a citation, and notes those that are nearly one.
fn answer<'a>(link: BrokenLink<'_>, unknown: &mut Vec<(String, Span)>) -> Option<(CowStr<'a>, CowStr<'a>)> {
    let label = link.reference.as_ref();
    let is_citation = label.starts_with('@');
    if is_citation && citations::keys(label).is_some() {
        return Some(("".into(), "".into()));
    }
    if (is_citation || link.link_type == LinkType::Reference) && unknown.len() < MOST_UNKNOWN {
        unknown.push((label.to_owned(), link.span.into()));
    }
    None
}

impl Body {
    /// What is known of a text that could not be read.
    #[must_use]
    pub fn reported() -> Self {
        let (links, citations, anchors) = (KnownList::reported(), KnownList::reported(), KnownList::reported());
        Self { links, citations, anchors, ..Self::default() }
    }

    /// The body with links that stand in the front matter, after its own.
    #[must_use]
    pub fn with_links(self, links: Vec<Link>, outward: Vec<Outward>) -> Self {
        if links.is_empty() && outward.is_empty() {
            return self;
        }
        Self {
            links: self.links.followed_by(links),
            outward: self.outward.into_iter().chain(outward).collect(),
            ..self
        }
    }

    /// All headings, in the order in which readers meet them.
    #[must_use]
    pub fn headings(&self) -> Vec<&Heading> {
        let mut all = Vec::new();
        gather(&self.outline, &mut all);
        all
    }
}

fn gather<'b>(headings: &'b [Heading], all: &mut Vec<&'b Heading>) {
    for heading in headings {
        all.push(heading);
        gather(&heading.children, all);
    }
}

#[cfg(test)]
mod tests;
