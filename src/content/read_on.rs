//! A front matter with slips → what else is wrong with it, told by reading on in a copy in which they are mended.
//!
//! The parser stops to understand at the first slip. What is mended in memory lets it go on, so that one run finds all.

use std::collections::BTreeSet;

use super::fence::{self, Fence};
use super::matter;
use super::page::{cut_short, parse_yaml};
use super::slips::MatterContext;
use super::values::Values;
use crate::base::{Diagnostic, Edit, PatchedText};
use crate::site::PageRules;

/// How often the text is mended and read again at most.
const MOST_ROUNDS: usize = 12;

/// What else is wrong beyond the slips `found`, if the cure of each is certain; `stem` is the page's name.
pub(super) fn read_on(context: MatterContext, stem: &str, rules: &PageRules, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut mended = PatchedText::new(context.text.to_owned(), 0);
    let mut round = found.to_vec();
    let mut told: BTreeSet<_> = found.iter().map(|slip| (slip.place.span, slip.code)).collect();
    let mut more = Vec::new();
    for _ in 0..MOST_ROUNDS {
        if round.is_empty() || round.iter().any(|slip| slip.fix.is_empty()) {
            break;
        }
        let edits: Vec<Edit> = round.iter().flat_map(|slip| slip.fix.iter().cloned()).collect();
        mended.apply(edits);
        let Fence::Closed { yaml, .. } = fence::find(mended.text()) else { break };
        let mut values = Values::new(context.path, mended.text(), &rules.markdown);
        let next = MatterContext { text: mended.text(), start: yaml.start, end: yaml.end, ..context };
        let map = parse_yaml(next, &mut values);
        if let Some(map) = &map {
            values.found.extend(cut_short(context.path, mended.text(), &yaml));
            matter::read(map, stem, context.kind, rules, &mut values);
        }
        round = values.found;
        let traced = round.iter().map(|complaint| traced(&mended, context.text, complaint));
        more.extend(traced.filter(|complaint| told.insert((complaint.place.span, complaint.code))));
        if map.is_some() {
            break;
        }
    }
    more
}

/// The complaint at its place in the author's text; without its cure, if that is made of what the author did not write.
fn traced(mended: &PatchedText, text: &str, complaint: &Diagnostic) -> Diagnostic {
    let mut traced = mended.traced(complaint.clone());
    let is_written = |(old, new): (&Edit, &Edit)| {
        mended.text().get(old.span.start..old.span.end) == text.get(new.span.start..new.span.end)
    };
    if !complaint.fix.iter().zip(&traced.fix).all(is_written) {
        traced.fix.clear();
    }
    traced
}
