//! A draft → the body: everything is numbered and put in the order in which it is read.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::citations::Key;
use super::events::{Draft, Mark};
use super::html::{Buffer, Hole, escape_attribute, escape_text};
use super::page::{Complaints, Lines, Page};
use super::{Body, Citation, Excerpt, Heading, Link, Numbered, Outward, Piece, footnotes, headings};
use crate::base::{Fingerprint, KnownList, Spanned, escape_html};
use crate::site::Labels;

/// The body while it is put together.
struct Assembly<'a> {
    lines: &'a Lines<'a>,
    /// The ids of the headings of which excerpts are made.
    excerpted: &'a [Spanned<Box<str>>],
    draft: Draft,
    /// The draft's links that have no number in the body.
    waiting: Vec<Option<Link>>,
    ids: Vec<Box<str>>,
    notes: footnotes::Order,
    pieces: Vec<Piece>,
    html: String,
    /// The headings of the text itself, in order.
    outline: Vec<Heading>,
    excerpts: Vec<Excerpt>,
    /// The heading of the excerpt that is being read, and its first piece.
    excerpt: Option<(usize, usize)>,
    anchors: Vec<Box<str>>,
    /// The links in the order in which they are read.
    links: Vec<Link>,
    /// The number among these of each of the draft's links that has one.
    numbers: BTreeMap<usize, usize>,
    numbered: Vec<Numbered>,
    /// The number of each place that links lead to.
    marks: BTreeMap<Fingerprint, usize>,
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
        excerpted: page.excerpts,
        waiting: std::mem::take(&mut draft.links).into_iter().map(Some).collect(),
        ids: headings::ids(&draft.headings, &draft.ids, page, complaints),
        named: vec![0; notes.uses.len()],
        notes,
        pieces: Vec::new(),
        html: String::new(),
        outline: Vec::new(),
        excerpts: Vec::new(),
        excerpt: None,
        anchors: draft.ids.iter().map(|id| id.as_str().into()).collect(),
        links: Vec::new(),
        numbers: BTreeMap::new(),
        numbered: Vec::new(),
        marks: BTreeMap::new(),
        citations: Vec::new(),
        cited: BTreeMap::new(),
        draft,
    };
    assembly.buffer(&text);
    assembly.end_excerpt(0, assembly.draft.words.total());
    let outline = std::mem::take(&mut assembly.outline);
    assembly.footnotes(&page.rules.labels);
    assembly.flush();
    let Assembly { mut pieces, links, mut numbered, citations, excerpts, mut anchors, draft, .. } = assembly;
    anchors.sort();
    anchors.dedup();
    // They are kept for as long as the page is.
    pieces.shrink_to_fit();
    numbered.shrink_to_fit();
    let named = pieces.iter().filter(|piece| matches!(piece, Piece::Title(_) | Piece::Size(_)));
    Body {
        named: named.cloned().collect(),
        pieces,
        links: KnownList::new(links, draft.rest),
        outward: draft.outward.into_iter().map(|one| Outward { span: page.lines.in_file(one.span), ..one }).collect(),
        numbered,
        citations: KnownList::new(citations, draft.rest),
        outline: headings::outline(outline),
        excerpts,
        anchors: KnownList::new(anchors, draft.rest),
        words: draft.words.total() + draft.note_words.total(),
    }
}

impl Assembly<'_> {
    fn buffer(&mut self, buffer: &Buffer) {
        for (html, hole) in buffer.parts() {
            self.html.push_str(html);
            match hole {
                None => {}
                Some(Hole::Address(link)) => self.of_link(*link, Piece::Address),
                Some(Hole::Title(link)) => self.of_link(*link, Piece::Title),
                Some(Hole::Size(link)) => self.of_link(*link, Piece::Size),
                Some(Hole::LinkMark(mark)) => self.mark(*mark),
                Some(Hole::HeadingStart(heading)) => {
                    let headings::Draft { level, words_before, .. } = self.draft.headings[*heading];
                    self.end_excerpt(level, words_before);
                }
                Some(Hole::HeadingId(heading)) => self.heading(*heading),
                Some(Hole::HeadingEnd(heading)) => self.begin_excerpt(*heading),
                Some(Hole::TaskLabel(task)) => escape_attribute(&mut self.html, &self.draft.tasks[*task]),
                Some(Hole::Reference(reference)) => self.reference(*reference),
                Some(Hole::Citation(citation)) => self.citation(*citation),
            }
        }
    }

    /// Adds a piece that the guide fills with something of one of the draft's links.
    fn of_link(&mut self, link: usize, piece: fn(usize) -> Piece) {
        let number = self.link(link);
        self.piece(piece(number));
    }

    /// The number in the body of one of the draft's links.
    fn link(&mut self, link: usize) -> usize {
        if let Some(found) = self.waiting[link].take() {
            self.numbers.insert(link, self.links.len());
            self.links.push(Link { span: self.lines.in_file(found.span), ..found });
        }
        self.numbers[&link]
    }

    /// Numbers a link by the place that it leads to.
    fn mark(&mut self, mark: usize) {
        let Mark { to, says_address } = &self.draft.marks[mark];
        if *says_address {
            return;
        }
        let (place, to) = match to.clone() {
            Numbered::Within(link) => {
                let link = self.link(link);
                let Link { target, anchor, .. } = &self.links[link];
                (Fingerprint::of(&(target, anchor)), Numbered::Within(link))
            }
            Numbered::Outside(address) => (Fingerprint::of(&address), Numbered::Outside(address)),
        };
        let next = self.numbered.len() + 1;
        let number = *self.marks.entry(place).or_insert(next);
        if number == next {
            self.numbered.push(to);
        }
        self.own(|html| {
            let _ = write!(html, " data-link=\"{number}\"");
        });
    }

    /// Adds HTML that only the page itself shows, with the spaces before it.
    fn own(&mut self, write: impl FnOnce(&mut String)) {
        if self.excerpt.is_none() {
            return write(&mut self.html);
        }
        let mut html = self.html.split_off(self.html.trim_end_matches(' ').len());
        write(&mut html);
        self.piece(Piece::Own(html.into()));
    }

    fn begin_excerpt(&mut self, heading: usize) {
        if self.excerpt.is_none() && self.excerpted.iter().any(|asked| asked.value == self.ids[heading]) {
            self.flush();
            self.excerpt = Some((heading, self.pieces.len()));
        }
    }

    /// Ends the excerpt before a heading of a `level` that ends it; so many words stand before that.
    fn end_excerpt(&mut self, level: u8, words: usize) {
        let Some((heading, start)) = self.excerpt.filter(|open| level <= self.draft.headings[open.0].level) else {
            return;
        };
        self.flush();
        self.excerpt = None;
        let headings::Draft { title, span, words_before, .. } = &self.draft.headings[heading];
        self.excerpts.push(Excerpt {
            id: self.ids[heading].clone(),
            title: title.as_str().into(),
            span: self.lines.in_file(*span),
            words: words - words_before,
            pieces: start..self.pieces.len(),
        });
    }

    fn piece(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(self.html.as_str().into()));
            self.html.clear();
        }
    }

    fn heading(&mut self, heading: usize) {
        let id = self.ids[heading].clone();
        self.own(|html| {
            html.push_str(" id=\"");
            escape_attribute(html, &id);
            html.push('"');
        });
        self.anchors.push(id.clone());
        let draft = &self.draft.headings[heading];
        let (level, title, span) = (draft.level, draft.title.as_str().into(), self.lines.in_file(draft.span));
        self.outline.push(Heading { level, id, title, span, children: Vec::new() });
    }

    fn reference(&mut self, reference: usize) {
        let reference = &self.draft.references[reference];
        let Some(number) = self.notes.number(&reference.key) else {
            return escape_text(&mut self.html, &format!("[^{}]", reference.label));
        };
        self.named[number - 1] += 1;
        let nth = self.named[number - 1];
        self.own(|html| footnotes::push_reference(html, number, nth));
    }

    fn citation(&mut self, citation: usize) {
        let mut html = String::new();
        // It begins no line.
        if self.html.ends_with([' ', '\n']) {
            self.html.pop();
            html.push('\u{a0}');
        }
        html.push_str("<span class=\"cite\">[");
        for (i, Key { key, span }) in std::mem::take(&mut self.draft.citations[citation]).into_iter().enumerate() {
            let next = self.cited.len() + 1;
            let (number, nth) = self.cited.entry(key.clone()).or_insert((next, 0));
            *nth += 1;
            let id = format!("cite-{number}-{nth}");
            let separator = if i == 0 { "" } else { ", " };
            let _ =
                write!(html, r##"{separator}<a id="{id}" href="#source-{number}" role="doc-biblioref">{number}</a>"##);
            let span = self.lines.in_file(span);
            self.citations.push(Citation { key: key.into(), number: *number, id: id.into(), span });
        }
        html.push_str("]</span>");
        self.own(|out| out.push_str(&html));
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
            self.buffer(&text);
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
