//! The keys and values of a front matter that was understood → what was meant where they are complained of.

mod days;
mod keys;
mod values;

use std::ops::Range;

use super::Obstacle;
use super::yaml::Broken;
use crate::base::{Code, Diagnostic, SourcePath, Span, line_start};
use crate::content::{self, Fence};
use crate::site::{Kind, PageRules};
use crate::syntax::yaml::{Document, Node};

/// A page whose front matter was understood, and what its strict reader found.
pub(super) struct Understood<'s> {
    pub path: &'s SourcePath,
    pub text: &'s str,
    pub kind: Option<&'s Kind>,
    pub rules: &'s PageRules,
    pub found: &'s [Diagnostic],
}

/// What a complaint about a key or value means, if that can be told: the complaint that takes its place.
type Meaning = fn(&Understood, &Node, &Diagnostic) -> Option<Diagnostic>;

/// Of which complaints it is asked, and what they mean.
type Row = (&'static [Code], Meaning);

/// A key that may not stand where it stands.
const KEY: &[Code] = &[Code::UnknownKey];
/// The same, in a page or in an entry of a relation.
const ANY_KEY: &[Code] = &[Code::UnknownKey, Code::UnknownEntryKey];

/// The slips that change what keys there are: they are mended before the rest is told.
const SLIPS: [Row; 11] = [
    (KEY, keys::odd_blank),
    (ANY_KEY, keys::no_space),
    (ANY_KEY, keys::misspelt),
    (&[Code::UnknownEntryKey], keys::foreign_key_of_an_entry),
    (&[Code::DuplicateKey], keys::entry_without_hyphen),
    (&[Code::WrongValue], keys::hyphen_forgotten),
    (&[Code::MissingTo], keys::hyphen_too_many),
    (&[Code::SignAtStart], values::sign_at_start),
    (&[Code::CutShort], values::hashtags),
    (&[Code::CutShort], values::number),
    (&[Code::CutShort], values::perhaps_a_note),
];

/// What is told of single keys and values.
const MEANINGS: [Row; 10] = [
    (KEY, keys::whether_it_is_shown),
    (KEY, keys::foreign_key),
    (KEY, keys::stated_elsewhere),
    (ANY_KEY, keys::mark_in_a_key),
    (ANY_KEY, keys::near),
    (&[Code::TwoOrders], keys::two_orders),
    (&[Code::UnknownChoice], values::choice),
    (&[Code::NoSuchDate], values::day),
    (&[Code::WrongValue], values::list_marks),
    (&[Code::WrongValue], values::meant),
];

/// What was found, with what was meant; and of that, what changes which keys there are.
pub(super) fn explain(document: &Document, page: &Understood) -> (Vec<Diagnostic>, Vec<Obstacle>) {
    let mut explained = page.found.to_vec();
    let mut obstacles = Vec::new();
    visit(&document.root(), &mut |node| {
        for complaint in explained.iter_mut().filter(|complaint| page.concerns(complaint, node)) {
            if let Some(slip) = page.meaning(&SLIPS, node, complaint) {
                obstacles.push(Obstacle { diagnostic: slip, without: None });
                continue;
            }
            if let Some(meant) = page.meaning(&MEANINGS, node, complaint) {
                *complaint = meant;
            }
            if ANY_KEY.contains(&complaint.code) && complaint.fix.is_empty() && keys::is_dispensable(page, node) {
                let without = Some(Span::new(node.key_span().start, page.end(node)));
                obstacles.push(Obstacle { diagnostic: complaint.clone(), without });
            }
        }
    });
    obstacles.sort_by_key(|obstacle| obstacle.diagnostic.place.span);
    obstacles.dedup_by(|one, other| one.diagnostic == other.diagnostic);
    (explained, obstacles)
}

impl Understood<'_> {
    /// The first meaning that a row knows.
    fn meaning(&self, rows: &[Row], node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
        let mut of_code = rows.iter().filter(|(codes, _)| codes.contains(&told.code));
        of_code.find_map(|(_, meaning)| meaning(self, node, told))
    }

    /// Is this told of the key or value?
    fn concerns(&self, told: &Diagnostic, node: &Node) -> bool {
        let Some(span) = told.place.span else { return false };
        match told.code {
            // What they speak of stands behind the key.
            Code::CutShort | Code::SignAtStart => {
                let start = node.key_span().start;
                node.key().is_some()
                    && start < span.start
                    && line_start(self.text, start) == line_start(self.text, span.start)
            }
            _ => span == node.key_span() || span == node.span(),
        }
    }

    /// Where the front matter stands.
    fn within(&self) -> Range<usize> {
        if let Fence::Closed { yaml, .. } = content::find_fence(self.text) { yaml } else { 0..0 }
    }

    /// The same as one that is not understood, for slips that can be of both.
    fn as_broken(&self) -> Broken<'_> {
        let within = self.within();
        let stop = within.end;
        Broken { path: self.path, text: self.text, within, stop, kind: self.kind, rules: Some(self.rules) }
    }
}

fn visit(node: &Node, look: &mut dyn FnMut(&Node)) {
    node.children().for_each(|child| {
        look(&child);
        visit(&child, look);
    });
}
