//! The keys and values of a front matter that was understood → what was meant where they are complained of.

mod days;
mod keys;
mod values;

use std::ops::Range;

use super::yaml::Broken;
use crate::base::{Code, Diagnostic, SourcePath, line_start};
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

/// The slips that change what keys there are: they are mended before the rest is told.
const SLIPS: [Meaning; 9] = [
    keys::odd_blank,
    keys::no_space,
    keys::misspelt,
    keys::foreign_key_of_an_entry,
    keys::entry_without_hyphen,
    keys::hyphen_forgotten,
    keys::hyphen_too_many,
    values::sign_at_start,
    values::cut_short,
];

/// What is told of single values.
const MEANINGS: [Meaning; 5] =
    [keys::whether_it_is_shown, keys::foreign_key, keys::two_orders, values::list_marks, values::meant];

/// The slips that change what keys there are.
pub(super) fn slips(document: &Document, page: &Understood) -> Vec<Diagnostic> {
    let mut slips = Vec::new();
    visit(&document.root(), &mut |node| {
        for complaint in page.found.iter().filter(|complaint| page.concerns(complaint, node)) {
            slips.extend(SLIPS.iter().find_map(|meaning| meaning(page, node, complaint)));
        }
    });
    slips.sort_by_key(|slip| slip.place.span);
    slips.dedup();
    slips
}

/// What was found, with what was meant.
pub(super) fn explain(document: &Document, page: &Understood) -> Vec<Diagnostic> {
    let mut explained = page.found.to_vec();
    visit(&document.root(), &mut |node| {
        for complaint in explained.iter_mut().filter(|complaint| page.concerns(complaint, node)) {
            if let Some(meant) = MEANINGS.iter().find_map(|meaning| meaning(page, node, complaint)) {
                *complaint = meant;
            }
        }
    });
    explained
}

impl Understood<'_> {
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
