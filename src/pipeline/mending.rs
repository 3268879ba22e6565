//! Sources with mistakes → the same sources with every cure made that is certain, and what is left to say of them.
//!
//! Works in memory alone. A file whose cure would do harm is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Build, Built, Memory};
use crate::base::{Code, Diagnostic, Edit, Source, SourcePath, Sources, Span, line_start};
use crate::content;

/// A cure may uncover the next mistake, and where one does harm they are tried one by one; after so many rounds that is
/// enough.
const MOST_ROUNDS: usize = 300;

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
pub fn mend(sources: &Sources, build_site: Build) -> Mended {
    let mut memory = Memory::unpublished();
    let mut sources = sources.clone();
    let mut built = build_site(&sources, &mut memory).0;
    let mut caution = RejectedFixes::default();
    let mut files: BTreeMap<SourcePath, usize> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let cures = caution.cures(&built.diagnostics, &sources);
        if cures.is_empty() {
            break;
        }
        let next = cured(&sources, &cures);
        let after = build_site(&next, &mut memory).0;
        let steps =
            cures.iter().map(|(path, cures)| Step { path, cures, before: (&sources, &built), after: (&next, &after) });
        let harmful: Vec<Step> = steps.filter(Step::does_harm).collect();
        if harmful.is_empty() {
            for (path, cures) in &cures {
                *files.entry((*path).clone()).or_default() += cures.len();
            }
            (sources, built) = (next, after);
        } else {
            for step in &harmful {
                caution.learn(step);
            }
        }
    }
    for diagnostic in &mut built.diagnostics {
        diagnostic.fix.clear();
    }
    Mended { sources, memory, built, files }
}

/// What is not to be tried again.
#[derive(Default)]
struct RejectedFixes {
    /// Files in which some cure does harm: theirs are made one by one.
    singly: BTreeSet<SourcePath>,
    /// Complaints whose cure does harm, by their words and the line that they stand in.
    refused: BTreeSet<(SourcePath, Code, String, String)>,
}

impl RejectedFixes {
    /// The complaints that are cured in one round, by file. Of two that touch, the first.
    fn cures<'d>(
        &self,
        diagnostics: &'d [Diagnostic],
        sources: &Sources,
    ) -> BTreeMap<&'d SourcePath, Vec<&'d Diagnostic>> {
        let mut cures: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| !diagnostic.fix.is_empty()) {
            let path = &diagnostic.place.path;
            let chosen = cures.entry(path).or_default();
            let touches =
                |edit: &Edit| chosen.iter().flat_map(|chosen| &chosen.fix).any(|other| touch(edit.span, other.span));
            let is_enough = !chosen.is_empty() && self.singly.contains(path);
            if !is_enough
                && !diagnostic.fix.iter().any(touches)
                && (self.refused.is_empty() || !self.refused.contains(&known_by(diagnostic, sources)))
            {
                chosen.push(diagnostic);
            }
        }
        cures.retain(|_, chosen| !chosen.is_empty());
        cures
    }

    /// Remembers a step that does harm.
    fn learn(&mut self, step: &Step) {
        match step.cures {
            [only] => drop(self.refused.insert(known_by(only, step.before.0))),
            _ => drop(self.singly.insert(step.path.clone())),
        }
    }
}

/// What tells a complaint from others, round after round.
fn known_by(diagnostic: &Diagnostic, sources: &Sources) -> (SourcePath, Code, String, String) {
    let text = sources.text(&diagnostic.place.path).unwrap_or_default();
    let start = line_start(text, diagnostic.place.span.map_or(0, |span| span.start));
    let line = text[start..].lines().next().unwrap_or_default().to_owned();
    (diagnostic.place.path.clone(), diagnostic.code, diagnostic.message.clone(), line)
}

/// Edits of one place cannot both be made; those side by side can, unless both put something in there.
fn touch(one: Span, other: Span) -> bool {
    (one.start < other.end && other.start < one.end) || one.start == other.start
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
        let (old, new) = (self.text(self.before.0), self.text(self.after.0));
        let (old_lines, new_lines) = (Lines::of(old), Lines::of(new));
        let (before, left) = (self.complaints(self.before.1), self.complaints(self.after.1));
        if is_read_on(self.path) {
            // What lies behind a mistake in these is told at once: a cure uncovers nothing.
            return left.len() + self.cures.len() > before.len();
        }
        let count = |complaints: &[&Diagnostic], cure: &Diagnostic, line: Option<usize>, lines: &Lines| {
            let is_same = |other: &&&Diagnostic| {
                (other.code, &other.message) == (cure.code, &cure.message) && lines.of_complaint(other) == line
            };
            complaints.iter().filter(is_same).count()
        };
        let stays = |cure: &&Diagnostic| {
            let line = old_lines.of_complaint(cure);
            count(&left, cure, line, &new_lines) > 0
                && count(&left, cure, line, &new_lines) + count(self.cures, cure, line, &old_lines)
                    > count(&before, cure, line, &old_lines)
        };
        if self.cures.iter().any(stays) {
            return true;
        }
        let known: BTreeSet<_> = before.iter().map(|known| (known.code, &known.message)).collect();
        let edited = self.edited_lines(&new_lines);
        let (body, new_body) = (content::body_start(old), content::body_start(new));
        if body.is_some() && new_body.is_none() {
            return true;
        }
        left.iter().filter(|found| found.is_error() && !known.contains(&(found.code, &found.message))).any(|fresh| {
            let is_edited = new_lines.of_complaint(fresh).is_some_and(|line| edited.contains(&line));
            let is_in_body = fresh.place.span.zip(new_body).is_some_and(|(span, body)| span.start >= body);
            // What lay hidden in an edited line has a cure of its own; below the front matter nothing lies hidden.
            if is_edited { fresh.fix.is_empty() && !is_in_body } else { is_in_body && body.is_some() }
        })
    }

    fn text<'t>(&self, sources: &'t Sources) -> &'t str {
        sources.text(self.path).unwrap_or_default()
    }

    /// The lines of the cured text that hold what was written.
    fn edited_lines(&self, lines: &Lines) -> BTreeSet<usize> {
        let mut edits: Vec<&Edit> = self.cures.iter().flat_map(|cure| &cure.fix).collect();
        edits.sort();
        let (mut removed, mut added) = (0, 0);
        let mut edited = BTreeSet::new();
        for edit in edits {
            let start = edit.span.start + added - removed;
            edited.extend(lines.at(start)..=lines.at(start + edit.text.len()));
            added += edit.text.len();
            removed += edit.span.end - edit.span.start;
        }
        edited
    }

    fn complaints<'b>(&self, built: &'b Built) -> Vec<&'b Diagnostic> {
        built.diagnostics.iter().filter(|diagnostic| diagnostic.place.path == *self.path).collect()
    }
}

/// Is the file read on behind each mistake?
fn is_read_on(path: &SourcePath) -> bool {
    [".toml", ".lock"].iter().any(|end| path.as_str().ends_with(end))
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect())
    }

    /// The number of the line that holds a byte.
    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    fn of_complaint(&self, diagnostic: &Diagnostic) -> Option<usize> {
        diagnostic.place.span.map(|span| self.at(span.start))
    }
}
