//! One page's Markdown → the prose that is read from left to right, block by block, with the places of its words.
//!
//! Headings, code, addresses, citations and the words for pictures are left out.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::page::Lines;
use super::{citations, options, sentences};
use crate::base::Span;
use crate::site::MarkdownRules;

/// A paragraph, a point of a list, a cell: text that does not go on in what follows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// Its words.
    pub text: String,
    /// Where stretches of the text begin, and where they stand in the file, in order.
    places: Vec<(usize, usize)>,
}

impl Block {
    /// A stretch of a file that is prose as it is written.
    #[must_use]
    pub fn written(text: &str, span: Span) -> Self {
        let text = text.get(span.start..span.end).unwrap_or_default().to_owned();
        Self { text, places: vec![(0, span.start)] }
    }

    /// Its sentences, in order.
    #[must_use]
    pub fn sentences(&self) -> Vec<Range<usize>> {
        sentences::bounds(&self.text)
    }

    /// Where a stretch of its text stands in the file, without the white space around it.
    #[must_use]
    pub fn span(&self, stretch: &Range<usize>) -> Span {
        let text = &self.text[stretch.clone()];
        let start = stretch.start + text.len() - text.trim_start().len();
        let text = text.trim();
        let last = text.chars().next_back().map_or(0, char::len_utf8);
        let end = self.place(start + text.len() - last) + last;
        Span::new(self.place(start), end)
    }

    fn place(&self, at: usize) -> usize {
        let next = self.places.partition_point(|(start, _)| *start <= at);
        self.places[..next].last().map_or(0, |(start, place)| place + at - start)
    }
}

/// The prose of the file `text` from byte `start` on.
#[must_use]
pub fn prose(text: &str, start: usize, rules: &MarkdownRules) -> Vec<Block> {
    let lines = Lines::new(text, start, rules);
    // Printed quotes and dashes would not stand where the written ones do.
    let rules = MarkdownRules { smart_punctuation: false, ..rules.clone() };
    let callback = |link: BrokenLink<'_>| {
        let is_citation = link.reference.starts_with('@') && citations::keys(&link.reference).is_some();
        is_citation.then(|| (CowStr::from(""), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(&lines.text, options(&rules), Some(callback));
    let mut reader = Reader { lines: &lines, blocks: Vec::new(), block: Block::default(), muted: 0 };
    for (event, range) in parser.into_offset_iter() {
        reader.read(&event, &range);
    }
    reader.finish();
    reader.blocks
}

struct Reader<'l> {
    lines: &'l Lines<'l>,
    blocks: Vec<Block>,
    block: Block,
    /// How many things around that which is read are left out.
    muted: usize,
}

impl Reader<'_> {
    fn read(&mut self, event: &Event, range: &Range<usize>) {
        match event {
            Event::Start(tag) => {
                if !is_within_a_line(tag.to_end()) {
                    self.finish();
                }
                self.muted += usize::from(is_left_out(tag) || self.muted > 0);
            }
            Event::End(tag) => {
                self.muted = self.muted.saturating_sub(1);
                if !is_within_a_line(*tag) {
                    self.finish();
                }
            }
            Event::Text(text) => self.push(text, range.start),
            Event::Code(text) => self.push(text, range.start + 1),
            Event::SoftBreak | Event::HardBreak => self.push(" ", range.start),
            Event::Rule => self.finish(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        if self.muted == 0 {
            let place = self.lines.in_file(Span::new(at, at)).start;
            self.block.places.push((self.block.text.len(), place));
            self.block.text.push_str(text);
        }
    }

    fn finish(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.text.trim().is_empty() {
            self.blocks.push(block);
        }
    }
}

/// Does this part of a block stand within a line, and leaves it whole?
pub(super) fn is_within_a_line(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn is_left_out(tag: &Tag) -> bool {
    match tag {
        Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } => true,
        Tag::Link { link_type, .. } => matches!(
            link_type,
            LinkType::Autolink
                | LinkType::Email
                | LinkType::ReferenceUnknown
                | LinkType::CollapsedUnknown
                | LinkType::ShortcutUnknown
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_what_is_read_and_knows_where_it_stands() {
        let text = "---\r\n## No heading\r\n\r\nOne *fine* day [@key2020].\r\nWe met & [talked](a.md).\r\n\r\n\
                    - A point\r\n- `code` in it\r\n\r\n```\r\nno code\r\n```\r\n![no picture](a.png) <https://a.example/>\r\n";
        let blocks = prose(text, 5, &MarkdownRules::default());
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.trim()).collect();
        assert_eq!(texts, ["One fine day . We met & talked.", "A point", "code in it"]);
        let block = &blocks[0];
        let sentences: Vec<&str> =
            block.sentences().iter().map(|s| block.span(s)).map(|s| &text[s.start..s.end]).collect();
        assert_eq!(sentences, ["One *fine* day [@key2020].", "We met & [talked](a.md)."]);
    }
}
