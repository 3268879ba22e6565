//! A draft → the body: everything is numbered and put in the order in which it is read.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::citations::Key;
use super::events::Draft;
use super::html::{Buffer, Part, escape_attribute, escape_text};
use super::page::{Complaints, Lines, Page};
use super::{Body, Citation, Heading, Link, Outward, Piece, footnotes, headings};
use crate::base::{KnownList, escape_html};
use crate::site::Labels;

/// The body while it is put together.
struct Assembly<'a> {
    lines: &'a Lines<'a>,
    draft: Draft,
    /// The draft's links that have no number in the body.
    waiting: Vec<Option<Link>>,
    ids: Vec<Box<str>>,
    notes: footnotes::Order,
    pieces: Vec<Piece>,
    html: String,
    /// The headings of the text itself, in order.
    outline: Vec<Heading>,
    anchors: Vec<Box<str>>,
    /// The links in the order in which they are read.
    links: Vec<Link>,
    /// The number among these of each of the draft's links that has one.
    numbers: BTreeMap<usize, usize>,
    citations: Vec<Citation>,
    /// How many places have named each footnote so far.
    named: Vec<usize>,
    /// The number of each key, and how often it has been cited so far.
    cited: BTreeMap<String, (usize, usize)>,
}

/// Puts the body together.
pub(super) fn assemble(mut draft: Draft, page: &Page, complaints: &mut Complaints) -> Body {
    let notes = footnotes::order(&draft.text, &draft.definitions, &draft.references);
    footnotes::check(&draft.definitions, &notes, page, complaints);
    footnotes::check_unknown(&draft.unknown, &draft.definitions, page, complaints);
    let text = std::mem::take(&mut draft.text);
    let mut assembly = Assembly {
        lines: page.lines,
        waiting: std::mem::take(&mut draft.links).into_iter().map(Some).collect(),
        ids: headings::ids(&draft.headings, &draft.ids, page, complaints),
        named: vec![0; notes.uses.len()],
        notes,
        pieces: Vec::new(),
        html: String::new(),
        outline: Vec::new(),
        anchors: draft.ids.iter().map(|id| id.as_str().into()).collect(),
        links: Vec::new(),
        numbers: BTreeMap::new(),
        citations: Vec::new(),
        cited: BTreeMap::new(),
        draft,
    };
    assembly.buffer(text);
    let outline = std::mem::take(&mut assembly.outline);
    assembly.footnotes(&page.rules.labels);
    assembly.flush();
    let Assembly { pieces, links, citations, mut anchors, draft, .. } = assembly;
    anchors.sort();
    anchors.dedup();
    Body {
        pieces,
        links: KnownList::new(links, draft.rest),
        outward: draft.outward.into_iter().map(|one| Outward { span: page.lines.in_file(one.span), ..one }).collect(),
        citations: KnownList::new(citations, draft.rest),
        outline: headings::outline(outline),
        anchors: KnownList::new(anchors, draft.rest),
        words: draft.words.total(),
    }
}

impl Assembly<'_> {
    fn buffer(&mut self, buffer: Buffer) {
        for part in buffer.parts {
            match part {
                Part::Html(html) => self.html.push_str(&html),
                Part::Address(link) => {
                    let number = self.link(link);
                    self.piece(Piece::Address(number));
                }
                Part::Title(link) => {
                    let number = self.link(link);
                    self.piece(Piece::Title(number));
                }
                Part::Size(link) => {
                    let number = self.link(link);
                    self.piece(Piece::Size(number));
                }
                Part::HeadingId(heading) => self.heading(heading),
                Part::TaskLabel(task) => escape_attribute(&mut self.html, &self.draft.tasks[task]),
                Part::Reference(reference) => self.reference(reference),
                Part::Citation(citation) => self.citation(citation),
            }
        }
    }

    /// The number in the body of one of the draft's links.
    fn link(&mut self, link: usize) -> usize {
        if let Some(found) = self.waiting[link].take() {
            self.numbers.insert(link, self.links.len());
            self.links.push(Link { span: self.lines.in_file(found.span), ..found });
        }
        self.numbers[&link]
    }

    fn piece(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(std::mem::take(&mut self.html).into()));
        }
    }

    fn heading(&mut self, heading: usize) {
        let draft = &self.draft.headings[heading];
        let id = self.ids[heading].clone();
        escape_attribute(&mut self.html, &id);
        self.anchors.push(id.clone());
        let (level, title, span) = (draft.level, draft.title.as_str().into(), self.lines.in_file(draft.span));
        self.outline.push(Heading { level, id, title, span, children: Vec::new() });
    }

    fn reference(&mut self, reference: usize) {
        let reference = &self.draft.references[reference];
        let Some(number) = self.notes.number(&reference.key) else {
            return escape_text(&mut self.html, &format!("[^{}]", reference.label));
        };
        self.named[number - 1] += 1;
        footnotes::push_reference(&mut self.html, number, self.named[number - 1]);
    }

    fn citation(&mut self, citation: usize) {
        self.html.push_str("<span class=\"cite\">[");
        for (i, Key { key, span }) in std::mem::take(&mut self.draft.citations[citation]).into_iter().enumerate() {
            let next = self.cited.len() + 1;
            let (number, nth) = self.cited.entry(key.clone()).or_insert((next, 0));
            *nth += 1;
            let id = format!("cite-{number}-{nth}");
            let separator = if i == 0 { "" } else { ", " };
            let _ = write!(
                self.html,
                r##"{separator}<a id="{id}" href="#source-{number}" role="doc-biblioref">{number}</a>"##
            );
            let span = self.lines.in_file(span);
            self.citations.push(Citation { key: key.into(), number: *number, id: id.into(), span });
        }
        self.html.push_str("]</span>");
    }

    fn footnotes(&mut self, labels: &Labels) {
        if self.notes.definitions.is_empty() {
            return;
        }
        let words = escape_html(&labels.footnotes);
        let _ = writeln!(self.html, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{words}\"><ol>");
        for index in 0..self.notes.definitions.len() {
            let number = index + 1;
            let definition = &mut self.draft.definitions[self.notes.definitions[index]];
            let text = std::mem::take(&mut definition.html);
            let _ = write!(self.html, "<li id=\"fn-{number}\">");
            self.anchors.push(format!("fn-{number}").into());
            self.buffer(text);
            // The way back stands in the last paragraph, if the footnote ends with one.
            let closing = if self.html.ends_with("</p>\n") { "</p>\n" } else { "" };
            self.html.truncate(self.html.len() - closing.len());
            footnotes::push_back_links(&mut self.html, number, self.notes.uses[index], &labels.back);
            self.html.push_str(closing);
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol></section>\n");
    }
}
