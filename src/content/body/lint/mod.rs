//! Text that was most likely meant as something else than it is: a lint over the parser's events, as they are read.
//!
//! A sign in a text is noted at its event, and looked at when its block has ended and all that stands beside it is known.
//! Code, comments and what a `\` stands before are never looked at.

pub(super) mod complaints;
mod foreign;
mod lines;
mod links;
mod signs;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::page::{Complaints, Page};
use super::prose::is_within_a_line;
use crate::base::{Code, Diagnostic, Edit, Known, Place};

pub(super) use foreign::parts_conflict;

/// A sign that text may hold, and what looks at each place where it stands; `None` where nothing is wrong.
type Row = (&'static str, fn(&Look, usize) -> Option<Diagnostic>);

/// Every sign that is looked at, wherever it stands in a line. What begins a line is in [`lines::ROWS`].
const SIGNS: [Row; 15] = [
    ("[[", links::wiki),
    ("[", links::reversed_or_half),
    ("](", links::spaced),
    ("] (", links::parted),
    ("www.", links::bare_site),
    ("[", signs::citation_without_at),
    ("[", signs::footnote),
    ("@", signs::citation),
    ("**", signs::strong),
    ("<!", signs::comment),
    ("TODO", signs::left_over),
    ("FIXME", signs::left_over),
    ("XXX", signs::left_over),
    ("Lorem ipsum", signs::left_over),
    ("lorem ipsum", signs::left_over),
];

/// With these the parser begins a text of its own.
const PARTING: [char; 4] = ['[', ']', '*', '<'];

/// The walk over a page's events.
pub(super) struct Lint<'p> {
    page: Page<'p>,
    /// The signs that the page holds, of those with which no text begins.
    signs: Vec<&'static str>,
    block: Block,
    within: Within,
    /// Up to here all belongs to something foreign that has been complained of.
    past: usize,
    /// What follows: nothing, or what a block of code hides that never ends.
    pub rest: Known<()>,
    /// Whether the first mark of a conflict has been complained of, and not yet its last.
    is_in_conflict: bool,
}

/// What the text that is being read stands in.
#[derive(PartialEq)]
enum Within {
    Text,
    Code,
    Table,
}

/// What is known of the block that is being read.
#[derive(Default)]
struct Block {
    /// Where the lines begin that begin with text.
    lines: Vec<usize>,
    begins_line: bool,
    /// Where signs stand.
    signs: Vec<usize>,
    /// What means something already, or nothing at all: links, notes, pictures, code, HTML.
    quiet: Vec<Range<usize>>,
}

/// A block that has ended, with all that is needed to look at a place in it.
struct Look<'l> {
    page: &'l Page<'l>,
    block: &'l Block,
    is_table: bool,
}

impl<'p> Lint<'p> {
    /// A walk over `page` that has not begun.
    pub fn new(page: Page<'p>) -> Self {
        let signs = SIGNS.iter().map(|(sign, _)| *sign).chain(foreign::SIGNS);
        let signs = signs.filter(|sign| !sign.starts_with(PARTING) && page.body.contains(sign)).collect();
        let block = Block { begins_line: true, ..Block::default() };
        Self { page, signs, block, within: Within::Text, past: 0, rest: Known::Value(()), is_in_conflict: false }
    }

    /// Takes in an event, in the order of the text.
    pub fn read(&mut self, event: &Event, range: &Range<usize>, found: &mut Complaints) {
        match event {
            Event::Text(_) if self.within != Within::Code => self.text(range),
            Event::SoftBreak | Event::HardBreak => self.block.begins_line = true,
            Event::Code(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {
                self.block.add_quiet(range);
            }
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                self.block.add_quiet(range);
                found.extend(self.wordless(tag, range).into_iter());
            }
            Event::Start(tag) if is_within_a_line(tag.to_end()) => self.block.begins_line = false,
            Event::End(tag) if is_within_a_line(*tag) => {}
            Event::Start(tag) => {
                self.finish(found);
                self.start(tag, range, found);
            }
            Event::End(tag) => {
                self.finish(found);
                if matches!(tag, TagEnd::CodeBlock | TagEnd::Table) {
                    self.within = Within::Text;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, range: &Range<usize>) {
        let written = self.page.body.get(range.clone()).unwrap_or_default();
        let block = &mut self.block;
        if std::mem::take(&mut block.begins_line) {
            block.lines.push(range.start);
        }
        if written.starts_with(PARTING) {
            block.signs.push(range.start);
        }
        for sign in &self.signs {
            block.signs.extend(written.match_indices(sign).map(|(at, _)| range.start + at));
        }
    }

    fn start(&mut self, tag: &Tag, range: &Range<usize>, found: &mut Complaints) {
        match tag {
            Tag::CodeBlock(kind) => {
                self.within = Within::Code;
                if matches!(kind, CodeBlockKind::Fenced(_))
                    && let Some(complaint) = signs::open_fence(&self.page, range)
                {
                    self.rest = Known::Reported;
                    found.push(complaint);
                }
            }
            Tag::Table(_) => self.within = Within::Table,
            Tag::BlockQuote(None) => {
                let end = foreign::ends_conflict(&self.page, range);
                let is_known = end.is_some() && std::mem::take(&mut self.is_in_conflict);
                found.extend(end.filter(|_| !is_known).into_iter());
            }
            _ => {}
        }
    }

    /// A link without words.
    fn wordless(&self, tag: &Tag, range: &Range<usize>) -> Option<Diagnostic> {
        let written = self.page.body.get(range.start + 1..range.end)?;
        let is_wordless = matches!(tag, Tag::Link { link_type: LinkType::Inline, .. });
        (is_wordless && written.trim_start().starts_with("]("))
            .then(|| complaints::link_words(self.page.place(range.clone())))
    }

    /// Looks at all that was noted in the block that has ended.
    fn finish(&mut self, found: &mut Complaints) {
        self.block.signs.sort_unstable();
        self.block.signs.dedup();
        let look = Look { page: &self.page, block: &self.block, is_table: self.within == Within::Table };
        for (index, &at) in self.block.lines.iter().enumerate() {
            let Some(first) = self.page.body[at..].chars().next() else { continue };
            let rows = lines::ROWS.iter().filter(|(begins, _)| begins.contains(&first));
            for complaint in rows.filter_map(|(_, row)| row(&look, index)) {
                self.is_in_conflict |= complaint.code == Code::ConflictMark;
                found.push(complaint);
            }
        }
        for &at in &self.block.signs {
            if at < self.past || self.page.body[..at].ends_with('\\') {
                continue;
            }
            if let Some((end, complaint)) = foreign::markup(&look, at) {
                self.past = end;
                found.push(complaint);
            } else if !look.is_quiet(at) {
                let rows = SIGNS.iter().filter(|(sign, _)| self.page.body[at..].starts_with(sign));
                found.extend(rows.filter_map(|(_, row)| row(&look, at)));
            }
        }
        self.block.clear();
    }
}

impl Block {
    fn add_quiet(&mut self, range: &Range<usize>) {
        self.begins_line = false;
        match self.quiet.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => self.quiet.push(range.clone()),
        }
    }

    fn clear(&mut self) {
        self.lines.clear();
        self.signs.clear();
        self.quiet.clear();
        self.begins_line = true;
    }
}

impl Look<'_> {
    /// Does this place mean something already, or nothing at all?
    fn is_quiet(&self, at: usize) -> bool {
        let next = self.block.quiet.partition_point(|range| range.end <= at);
        self.block.quiet.get(next).is_some_and(|range| range.start <= at)
    }

    fn place(&self, stretch: Range<usize>) -> Place {
        self.page.place(stretch)
    }

    fn edit(&self, stretch: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { span: self.page.lines.in_file(stretch.into()), text: text.into() }
    }
}
