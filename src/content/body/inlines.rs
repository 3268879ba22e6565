//! What stands within a line: text, code, links, images, citations, HTML tags.
//!
//! The other half of the walk in `events`.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::events::{Mark, Reader};
use super::html::{Hole, clean, escape_attribute, escape_href, escape_text, one_line};
use super::links::{Destination, Refusal, classify, classify_wiki, destination_span};
use super::page::Page;
use super::raw_html::{Kind, element, kind};
use super::{Link, LinkRole, MOST_UNKNOWN, Numbered, Outward, Target, citations, complaints, footnotes};
use crate::base::{Diagnostic, Span, near_host};

/// The longest label of a footnote or citation, in bytes.
const LONGEST_LABEL: usize = 1000;

/// A link or image whose words are being read.
pub(super) struct OpenLink {
    close: Close,
    /// Where its words begin in the block's plain text.
    words: usize,
    /// Its number in the draft, if it stays within the guide.
    link: Option<usize>,
    /// Its address, if that is one of another site.
    web: Option<String>,
    /// Its number among the draft's marks, if it leads away from the page.
    mark: Option<usize>,
    refusal: Option<Refusal>,
    /// Its destination's place, where the parser's events tell it.
    span: Option<Span>,
}

/// What is to be done at the end of a link or image.
enum Close {
    /// Nothing: it stands within another link, and only its words are shown.
    Words,
    /// Nothing: it is an image within an image, and its words are part of the other's.
    MutedWords,
    /// Write `</a>`.
    Anchor,
    /// Write `</a>`; something else stood in place of the words.
    Title,
    /// Write the `<img>`, or only its words if there is no source.
    Image { source: Option<usize>, url: String, title: String },
    /// Write the citations in place of the words.
    Citation(Vec<usize>),
    /// Write the citation after the words.
    CitedWords(usize),
}

impl Reader<'_> {
    /// Takes in text.
    pub fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(html) = &mut self.raw {
            return html.push_str(text);
        }
        self.check_controls(text, range);
        self.block.text.push_str(&clean(text));
        if self.muted > 0 {
            return;
        }
        if text.ends_with('[') && range.len() <= 2 && !self.in_code {
            self.check_footnote(range.end - 1);
        }
        escape_text(self.out.tail(), text);
    }

    /// Takes in code within a line.
    pub fn code(&mut self, text: &str, range: &Range<usize>) {
        self.check_controls(text, range);
        self.block.text.push_str(&clean(text));
        if self.muted == 0 {
            self.out.push("<code>");
            escape_text(self.out.tail(), text);
            self.out.push("</code>");
        }
    }

    /// Takes in the end of a line within a block.
    pub fn line_break(&mut self, html: &str) {
        self.block.text.push(' ');
        self.write(html);
    }

    /// Takes in an HTML tag or comment within a line.
    pub fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if kind(html) == Kind::Comments {
            if self.page.rules.unsafe_html {
                self.pass_html(html);
            }
            return;
        }
        if self.page.rules.unsafe_html {
            return self.pass_html(html);
        }
        if !self.ends_a_known_element(html) {
            let place = self.page.place(range.clone());
            self.complaints.push(complaints::raw_html(place, html));
        }
        if self.muted == 0 {
            escape_text(self.out.tail(), html);
        }
    }

    /// Is this `</kbd>`, where its `<kbd>` has been complained of? Once is enough for both.
    fn ends_a_known_element(&mut self, html: &str) -> bool {
        let known = &mut self.block.raw_elements;
        match html.strip_prefix("</") {
            Some(name) => known.get_mut(element(name)).filter(|open| **open > 0).map(|open| *open -= 1).is_some(),
            None => {
                *known.entry(element(&html[1..]).to_owned()).or_default() += 1;
                false
            }
        }
    }

    /// Takes in `[^label]`.
    pub fn footnote_reference(&mut self, label: &str, range: &Range<usize>) {
        if self.muted > 0 {
            return;
        }
        if self.in_anchor {
            // It would be a link within a link, so it stays as it is written.
            return escape_text(self.out.tail(), &format!("[^{label}]"));
        }
        self.out.hole(Hole::Reference(self.draft.references.len()));
        self.draft.references.push(footnotes::Reference {
            key: footnotes::key(label),
            label: label.to_owned(),
            span: range.clone().into(),
        });
    }

    /// Remembers `[^label]` that the parser took for text because there is no such footnote.
    ///
    /// `bracket` is the place of a `[` that means something to the parser: an escaped one never reaches this.
    fn check_footnote(&mut self, bracket: usize) {
        let rest = self.page.body.get(bracket..).unwrap_or_default();
        let Some(rest) = rest.strip_prefix("[^") else { return };
        let end = rest.bytes().take(LONGEST_LABEL).position(|b| matches!(b, b']' | b'[' | b'\n' | b'\r'));
        let Some(end) = end.filter(|&end| rest[end..].starts_with(']')) else { return };
        let label = &rest[..end];
        if !label.trim().is_empty() && self.draft.unknown.len() < MOST_UNKNOWN {
            self.draft.unknown.push(footnotes::Reference {
                key: footnotes::key(label),
                label: label.to_owned(),
                span: Span::new(bracket, bracket + label.len() + 3),
            });
        }
    }

    /// Takes in the start of a link.
    pub fn start_link(&mut self, link_type: LinkType, url: &str, title: &str, id: &str, range: &Range<usize>) {
        if is_citation(link_type) {
            return self.start_citation(link_type, id, range);
        }
        if self.muted > 0 || self.in_anchor {
            return self.open(Close::Words);
        }
        let url = self.wiki_name(link_type, url);
        self.check_controls(url, range);
        self.check_controls(title, range);
        self.open(Close::Anchor);
        self.in_anchor = true;
        match destination(link_type, url, &self.page) {
            Destination::Web(url) => {
                self.out.push("<a rel=\"external noopener\"");
                self.push_mark(Numbered::Outside(url.as_str().into()));
                self.push_href(&url, title);
                self.remember(|open| open.web = Some(url));
            }
            Destination::Contact(url) => {
                self.out.push("<a");
                let address = url.split([':', '?']).nth(1).unwrap_or_default();
                self.push_mark(Numbered::Outside(address.into()));
                self.push_href(&url, title);
            }
            Destination::Refused(refusal) => {
                self.out.push("<a");
                self.push_href("#", title);
                self.remember(|open| open.refusal = Some(refusal));
            }
            Destination::Within(target, anchor) => {
                let is_on_page = target == Target::Anchor;
                let words = anchor.clone().filter(|_| is_on_page);
                let number = self.push_link(target, anchor, LinkRole::Link);
                self.remember(|open| open.link = Some(number));
                self.out.push("<a");
                if !is_on_page {
                    self.push_mark(Numbered::Within(number));
                }
                self.out.push(" href=\"");
                self.out.hole(Hole::Address(number));
                push_title(self.out.tail(), title);
                self.out.push(">");
                if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
                    self.push_name(number, words.as_deref());
                }
            }
        }
        let span = written_span(self.page.body, link_type, url, range);
        self.remember(|open| open.span = span);
    }

    /// Takes in the start of an image.
    pub fn start_image(&mut self, link_type: LinkType, url: &str, title: &str, id: &str, range: &Range<usize>) {
        if is_citation(link_type) {
            // `wow![@key]` is a citation after an exclamation mark.
            self.block.text.push('!');
            self.write("!");
            return self.start_citation(link_type, id, &(range.start + 1..range.end));
        }
        if self.muted > 0 {
            self.open(Close::MutedWords);
            self.muted += 1;
            return;
        }
        let url = self.wiki_name(link_type, url);
        self.check_controls(url, range);
        self.check_controls(title, range);
        let (source, refusal) = match classify(url, &self.page) {
            Destination::Within(Target::Anchor, _) => (None, Some(Refusal::Empty)),
            Destination::Within(target, anchor) => (Some(self.push_link(target, anchor, LinkRole::Image)), None),
            Destination::Web(_) => (None, Some(Refusal::ForeignImage)),
            Destination::Contact(url) => {
                (None, Some(Refusal::Scheme(url.split(':').next().unwrap_or_default().to_owned())))
            }
            Destination::Refused(refusal) => (None, Some(refusal)),
        };
        self.open(Close::Image { source, url: url.to_owned(), title: title.to_owned() });
        self.muted += 1;
        let span = written_span(self.page.body, link_type, url, range);
        self.remember(|open| {
            open.refusal = refusal;
            open.span = span;
            open.link = source;
        });
    }

    /// Takes in the end of a link, image or citation.
    pub fn end_link(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let span = open.span.or_else(|| destination_span(self.page.body, range, self.last_end));
        let span = span.unwrap_or_else(|| range.clone().into());
        if let Some(refusal) = open.refusal {
            let complaint = self.complain_of(refusal, span);
            self.complaints.push(complaint);
        }
        if let Some(number) = open.link {
            self.draft.links[number].span = span;
        }
        if let Some(Mark { to: Numbered::Outside(address), says_address }) =
            open.mark.map(|number| &mut self.draft.marks[number])
        {
            let words = self.block.text.get(open.words..).unwrap_or_default();
            *says_address = words.split_whitespace().collect::<String>() == **address;
        }
        if let Some(url) = open.web {
            let is_meant = self.page.rules.skipped.iter().any(|start| url.starts_with(&**start));
            if let Some(host) = near_host(&url).filter(|_| !is_meant) {
                self.complaints.push(complaints::near(self.page.place(span), &host));
            }
            self.draft.outward.push(Outward { address: url.into(), span });
        }
        match open.close {
            Close::Words => {}
            Close::MutedWords => self.muted -= 1,
            Close::Anchor => self.end_anchor(open.link, open.words),
            Close::Title => {
                self.muted -= 1;
                if open.link.is_some_and(|link| self.draft.links[link].anchor.is_none()) {
                    self.block.names.push(open.words..self.block.text.len());
                }
                self.end_anchor(open.link, open.words);
            }
            Close::Image { source, url, title } => {
                self.muted -= 1;
                let alt = one_line(self.block.text.get(open.words..).unwrap_or_default());
                if alt.is_empty() || alt == url {
                    self.complaints.push(complaints::image_alt(self.page.place(range.clone())));
                }
                self.push_image(source, &alt, &title);
            }
            Close::Citation(numbers) => {
                self.muted -= 1;
                self.block.text.truncate(open.words);
                self.push_citations(numbers);
            }
            Close::CitedWords(number) => self.push_citations(vec![number]),
        }
    }

    /// The target of a link without the backslash that keeps the `|` of `[[name\|words]]` from ending a table's cell.
    fn wiki_name<'u>(&self, link_type: LinkType, url: &'u str) -> &'u str {
        match link_type {
            LinkType::WikiLink { has_pothole: true } if self.is_in_table() => url.strip_suffix('\\').unwrap_or(url),
            _ => url,
        }
    }

    fn end_anchor(&mut self, link: Option<usize>, words: usize) {
        self.in_anchor = false;
        self.write("</a>");
        if let Some(number) = link {
            self.block.links.push((number, words..self.block.text.len()));
        }
    }

    fn push_image(&mut self, source: Option<usize>, alt: &str, title: &str) {
        let Some(number) = source else {
            return escape_text(self.out.tail(), alt);
        };
        self.out.push("<img src=\"");
        self.out.hole(Hole::Address(number));
        self.out.push("\" alt=\"");
        escape_attribute(self.out.tail(), alt);
        push_title(self.out.tail(), title);
        self.out.hole(Hole::Size(number));
        self.out.push(" loading=\"lazy\">");
    }

    /// Begins what the parser gives as a link to `[@key]`, `[@key][]` or `[words][@key]`.
    fn start_citation(&mut self, link_type: LinkType, label: &str, range: &Range<usize>) {
        if self.muted > 0 {
            return self.open(Close::Words);
        }
        if self.in_anchor {
            // It would be a link within a link.
            self.complaints.push(complaints::citation_form(self.page.place(range.clone())));
            return self.open(Close::Words);
        }
        let body = self.page.body;
        let written = body.get(range.clone()).unwrap_or_default();
        let second = written.rfind("][").filter(|_| link_type == LinkType::ReferenceUnknown).map(|at| range.start + at);
        let Some(second) = second else {
            let number = self.push_keys(citations::locate(label, body, range.start, range.end));
            self.open(Close::Citation(vec![number]));
            self.muted += 1;
            return;
        };
        let words = body.get(range.start + 1..second).unwrap_or_default();
        if words.len() > LONGEST_LABEL || citations::keys(words).is_none() {
            let number = self.push_keys(citations::locate(label, body, second, range.end));
            return self.open(Close::CitedWords(number));
        }
        // Two citations side by side look like one link to the parser.
        let first = self.push_keys(citations::locate(words, body, range.start, second));
        let then = self.push_keys(citations::locate(label, body, second, range.end));
        self.open(Close::Citation(vec![first, then]));
        self.muted += 1;
    }

    fn push_keys(&mut self, keys: Vec<citations::Key>) -> usize {
        self.draft.citations.push(keys);
        self.draft.citations.len() - 1
    }

    fn push_citations(&mut self, numbers: Vec<usize>) {
        if self.muted == 0 {
            for number in numbers {
                self.out.hole(Hole::Citation(number));
            }
        }
    }

    fn open(&mut self, close: Close) {
        let words = self.block.text.len();
        self.open.push(OpenLink { close, words, link: None, web: None, mark: None, refusal: None, span: None });
    }

    /// Notes something about the link that has just been opened.
    fn remember(&mut self, note: impl FnOnce(&mut OpenLink)) {
        if let Some(open) = self.open.last_mut() {
            note(open);
        }
    }

    fn push_link(&mut self, target: Target, anchor: Option<Box<str>>, role: LinkRole) -> usize {
        let number = self.draft.links.len();
        self.draft.links.push(Link { target, anchor, role, span: Span::default(), sentence: Box::default() });
        number
    }

    /// Leaves room for the number by which paper prints the address of the link that has just been opened.
    fn push_mark(&mut self, to: Numbered) {
        if !self.page.is_body {
            return;
        }
        let number = self.draft.marks.len();
        self.out.hole(Hole::LinkMark(number));
        self.draft.marks.push(Mark { to, says_address: false });
        self.remember(|open| open.mark = Some(number));
    }

    fn push_href(&mut self, url: &str, title: &str) {
        self.out.push(" href=\"");
        escape_href(self.out.tail(), url);
        push_title(self.out.tail(), title);
        self.out.push(">");
    }

    /// Names a link without words of its own: by its page's title, or by the words of the anchor.
    fn push_name(&mut self, number: usize, anchor: Option<&str>) {
        match anchor {
            Some(anchor) => escape_text(self.out.tail(), anchor),
            None => self.out.hole(Hole::Title(number)),
        }
        self.muted += 1;
        self.remember(|open| open.close = Close::Title);
    }

    fn complain_of(&self, refusal: Refusal, span: Span) -> Diagnostic {
        let place = self.page.place(span);
        match refusal {
            Refusal::Empty => complaints::empty_link(place),
            Refusal::Scheme(scheme) => complaints::link_scheme(place, Some(&scheme)),
            Refusal::NoHost => complaints::link_scheme(place, None),
            Refusal::NoMail => complaints::mail_address(place),
            Refusal::ForeignImage => complaints::external_image(place),
            Refusal::Outside => complaints::link_outside(place),
        }
    }
}

/// Did the parser ask back about this link, so that it is a citation?
fn is_citation(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown)
}

fn destination(link_type: LinkType, url: &str, page: &Page) -> Destination {
    match link_type {
        LinkType::WikiLink { .. } => classify_wiki(url),
        LinkType::Email => Destination::Contact(format!("mailto:{url}")),
        _ => classify(url, page),
    }
}

/// The place of the destination, where it is not to be looked for at the end of the link.
fn written_span(body: &str, link_type: LinkType, url: &str, range: &Range<usize>) -> Option<Span> {
    match link_type {
        LinkType::Inline => None,
        LinkType::Autolink | LinkType::Email => Some(Span::new(range.start + 1, range.end.saturating_sub(1))),
        LinkType::WikiLink { .. } => {
            // The parser takes a backslash at the start away.
            let start = range.start + body.get(range.clone()).and_then(|link| link.find(url))?;
            Some(Span::new(start, start + url.len()))
        }
        _ => Some(range.clone().into()),
    }
}

/// Ends the attribute before, and adds the title if there is one.
fn push_title(out: &mut String, title: &str) {
    if !title.is_empty() {
        out.push_str("\" title=\"");
        escape_attribute(out, title);
    }
    out.push('"');
}
