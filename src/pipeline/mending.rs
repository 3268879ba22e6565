//! Sources with mistakes → the same sources with every cure made that is certain, and what is left to say of them.
//!
//! Works in memory alone. A file whose cure would do harm is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Built, Memory, build};
use crate::base::{Diagnostic, Edit, Source, SourcePath, Sources, Span, line_column};
use crate::content;

/// A cure may uncover the next mistake; after so many rounds that is enough.
const MOST_ROUNDS: usize = 30;

/// What the cures made of a guide.
#[derive(Debug)]
pub struct Mended {
    /// The sources with all cures made.
    pub sources: Sources,
    /// What the builds remember.
    pub memory: Memory,
    /// What a build makes of them; nothing that is left has a certain cure.
    pub built: Built,
    /// The files that changed, each with the number of mistakes that were mended in it.
    pub files: BTreeMap<SourcePath, usize>,
}

/// Makes every certain cure, again and again until none is left.
#[must_use]
pub fn mend(sources: &Sources) -> Mended {
    let mut memory = Memory::new();
    let mut sources = sources.clone();
    let mut built = build(&sources, &mut memory).0;
    let mut refused = BTreeSet::new();
    let mut files: BTreeMap<SourcePath, usize> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let cures = cures(&built.diagnostics, &refused);
        let next = cured(&sources, &cures);
        if cures.is_empty() {
            break;
        }
        let after = build(&next, &mut memory).0;
        let steps =
            cures.iter().map(|(path, cures)| Step { path, cures, before: (&sources, &built), after: (&next, &after) });
        let harmful: Vec<SourcePath> = steps.filter(Step::does_harm).map(|step| step.path.clone()).collect();
        if harmful.is_empty() {
            for (path, cures) in &cures {
                *files.entry((*path).clone()).or_default() += cures.len();
            }
            (sources, built) = (next, after);
        } else {
            refused.extend(harmful);
        }
    }
    for diagnostic in &mut built.diagnostics {
        diagnostic.fix.clear();
    }
    Mended { sources, memory, built, files }
}

/// The complaints that are cured in one round, by file. Of two that touch, the first.
fn cures<'d>(
    diagnostics: &'d [Diagnostic],
    refused: &BTreeSet<SourcePath>,
) -> BTreeMap<&'d SourcePath, Vec<&'d Diagnostic>> {
    let mut cures: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| !refused.contains(&diagnostic.place.path)) {
        let chosen = cures.entry(&diagnostic.place.path).or_default();
        let touches =
            |edit: &Edit| chosen.iter().flat_map(|chosen| &chosen.fix).any(|other| touch(edit.span, other.span));
        if !diagnostic.fix.is_empty() && !diagnostic.fix.iter().any(touches) {
            chosen.push(diagnostic);
        }
    }
    cures.retain(|_, chosen| !chosen.is_empty());
    cures
}

fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The sources with these cures made.
fn cured(sources: &Sources, cures: &BTreeMap<&SourcePath, Vec<&Diagnostic>>) -> Sources {
    let mut next = sources.clone();
    for (path, cures) in cures {
        let edits: Vec<Edit> = cures.iter().flat_map(|cure| cure.fix.iter().cloned()).collect();
        if let Some(text) = sources.text(path).and_then(|text| Edit::apply(&edits, text)) {
            next.insert((*path).clone(), Source::bytes(text.into_bytes()));
        }
    }
    next
}

/// One file and its cures in one round.
struct Step<'s> {
    path: &'s SourcePath,
    cures: &'s [&'s Diagnostic],
    before: (&'s Sources, &'s Built),
    after: (&'s Sources, &'s Built),
}

impl Step<'_> {
    /// Is a mistake still there after its cure, or is there one that was not there before and did not merely lie hidden?
    fn does_harm(&self) -> bool {
        let text = |sources: &'_ Sources| sources.text(self.path).map(str::to_owned).unwrap_or_default();
        let (old, new) = (text(self.before.0), text(self.after.0));
        let left = self.complaints(self.after.1);
        let line =
            |text: &str, diagnostic: &Diagnostic| diagnostic.place.span.map(|span| line_column(text, span.start).line);
        let stays = |cure: &&Diagnostic| {
            let is_same = |other: &&Diagnostic| {
                (other.code, &other.message) == (cure.code, &cure.message) && line(&new, other) == line(&old, cure)
            };
            left.iter().any(is_same)
        };
        if self.cures.iter().any(stays) {
            return true;
        }
        let Some(body) = content::body_start(&old) else { return false };
        let Some(new_body) = content::body_start(&new) else { return true };
        let known: BTreeSet<_> =
            self.complaints(self.before.1).iter().map(|known| (known.code, &known.message)).collect();
        let edited: BTreeSet<_> = self
            .cures
            .iter()
            .flat_map(|cure| &cure.fix)
            .filter(|edit| edit.span.start >= body)
            .map(|edit| Some(line_column(&old, edit.span.start).line))
            .collect();
        left.iter().any(|found| {
            let is_in_body = found.place.span.is_some_and(|span| span.start >= new_body);
            let is_fresh = found.is_error() && !known.contains(&(found.code, &found.message));
            is_fresh && is_in_body && !edited.contains(&line(&new, found))
        })
    }

    fn complaints<'b>(&self, built: &'b Built) -> Vec<&'b Diagnostic> {
        built.diagnostics.iter().filter(|diagnostic| diagnostic.place.path == *self.path).collect()
    }
}
