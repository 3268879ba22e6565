//! A text that is no YAML → the slips that most likely made it so, each at its place, with the cure that lets reading go on.

pub(super) mod colons;
pub(super) mod entries;
pub(super) mod layout;
pub(super) mod line;
pub(super) mod marks;
mod quotes;

use std::collections::BTreeSet;
use std::ops::Range;

use super::slip::{Candidates, Slip, choose};
use crate::base::{Diagnostic, Edit, Place, SourcePath, Span, line_start};
use crate::site::{Kind, PageRules};
use crate::syntax::yaml::{Document, Value};
use line::{Line, lines};

/// More candidates than this are not tried.
const MOST_TRIED: usize = 200;

/// A text that is not understood, and what is known of it.
pub(super) struct Broken<'s> {
    /// The file.
    pub path: &'s SourcePath,
    /// Its text.
    pub text: &'s str,
    /// The part of it that was meant as YAML.
    pub within: Range<usize>,
    /// The byte of the file at which reading stopped.
    pub stop: usize,
    /// The page's kind.
    pub kind: Option<&'s Kind>,
    /// The rules of pages; `None` if it is no page.
    pub rules: Option<&'s PageRules>,
}

/// Finds a slip in a text that is not understood.
type Find = fn(&Broken) -> Vec<Candidates>;

/// Finds a slip in a line of it.
type FindInLine = fn(&Broken, &Line) -> Option<Candidates>;

/// The slips that single lines show.
const OF_LINES: [Slip<FindInLine>; 11] = [
    marks::BULLET,
    marks::LIST_ON_A_LINE,
    marks::CITATION,
    entries::LINK_AS_A_NAME,
    marks::SIGN,
    quotes::EARLY_END,
    quotes::CURLY,
    colons::TWO_KEYS,
    colons::COLON_IN_TEXT,
    colons::NO_SPACE,
    colons::NO_COLON,
];

/// The slips that lie between lines; looked for where no line shows one. The first is told.
const OF_LAYOUT: [Slip<Find>; 5] =
    [quotes::UNCLOSED, layout::FIRST_INDENT, entries::NO_HYPHEN, entries::NO_TO, layout::INDENT];

/// The likeliest slips; none if no cause is seen.
pub(super) fn slips(broken: &Broken) -> Vec<Diagnostic> {
    let mut found = (layout::ODD_BLANKS.find)(broken);
    found.extend(in_lines(broken, &OF_LINES));
    found.sort_by_key(|candidates| broken.line_of(candidates));
    let mut made = Vec::new();
    let mut lines = BTreeSet::new();
    let mut told = Vec::new();
    for candidates in found.into_iter().take(MOST_TRIED) {
        let line = broken.line_of(&candidates);
        let chosen = choose(candidates, |fix| broken.goes_on(&[&made, fix].concat(), line));
        // What no cure is known for may have one when those above it are mended.
        let is_told = |chosen: &Diagnostic| (made.is_empty() || !chosen.fix.is_empty()) && lines.insert(line);
        let Some(chosen) = chosen.filter(is_told) else { continue };
        made.extend(chosen.fix.iter().cloned());
        told.push(chosen);
    }
    if !told.is_empty() {
        return told;
    }
    let of_layout = OF_LAYOUT.iter().flat_map(|slip| (slip.find)(broken));
    let mut told = of_layout.filter_map(|candidates| {
        let line = broken.line_of(&candidates);
        choose(candidates, |fix| broken.goes_on(fix, line))
    });
    told.next().into_iter().collect()
}

/// What these rows find in the lines of a text.
fn in_lines(broken: &Broken, slips: &[Slip<FindInLine>]) -> Vec<Candidates> {
    let lines = lines(broken.text, &broken.within);
    lines.iter().flat_map(|line| slips.iter().filter_map(|slip| (slip.find)(broken, line))).collect()
}

/// How far a text is understood.
enum Reach {
    /// To its end.
    All(Value),
    /// To this line.
    Line(usize),
}

impl Reach {
    fn line(&self) -> usize {
        if let Self::Line(line) = self { *line } else { usize::MAX }
    }

    /// Is the same understood, for certain?
    fn is_same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::All(value), Self::All(other)) if value == other)
    }
}

/// A front matter that is YAML, but one text: perhaps a key without a space after its colon, or without a colon.
pub(super) fn one_text(broken: &Broken) -> Vec<Diagnostic> {
    let slips = in_lines(broken, &[colons::NO_SPACE, colons::NO_COLON]);
    slips.into_iter().flatten().filter(|slip| !slip.fix.is_empty()).collect()
}

impl Broken<'_> {
    /// A stretch of the file.
    fn place(&self, span: Span) -> Place {
        Place::at(self.path, span)
    }

    /// The line that a slip stands in, by its beginning.
    fn line_of(&self, candidates: &Candidates) -> usize {
        let span = candidates.first().and_then(|first| first.place.span);
        line_start(self.text, span.map_or(self.within.start, |span| span.start))
    }

    /// Once `edits` are made, is the text understood, at least beyond the line that begins at the byte `line`?
    fn goes_on(&self, edits: &[Edit], line: usize) -> bool {
        let number = self.text[self.within.start..line.max(self.within.start)].matches('\n').count();
        match self.reach(edits) {
            Reach::All(value) => matches!(value, Value::Map(_)),
            Reach::Line(reached) => reached > number,
        }
    }

    /// How far the text is understood once `edits` are made.
    fn reach(&self, edits: &[Edit]) -> Reach {
        let Some(mended) = self.mended(edits) else { return Reach::Line(0) };
        match Document::read(&mended, 0..mended.len()) {
            Ok(document) => Reach::All(document.root().value().clone()),
            Err(error) => Reach::Line(mended[..error.span.start].matches('\n').count()),
        }
    }

    fn mended(&self, edits: &[Edit]) -> Option<String> {
        let moved = edits.iter().map(|edit| Edit {
            span: Span::new(edit.span.start - self.within.start, edit.span.end - self.within.start),
            text: edit.text.clone(),
        });
        Edit::apply(&moved.collect::<Vec<_>>(), &self.text[self.within.clone()])
    }
}

#[cfg(test)]
mod tests;
