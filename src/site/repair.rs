//! The text of `site.toml` → the same with each slip mended whose cure is certain, and a complaint for each slip.
//!
//! The parser stops to understand at the first slip. What is mended lets it go on, so that one run finds all of them, and what
//! is wrong with the settings and the pages besides.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::DeTable;

use super::slips::{self, Line};
use super::{brackets, slip_complaints};
use crate::base::{Code, Diagnostic, Edit, PatchedText, Place, SourcePath, Span, line_start};

/// How often the text is mended and read again at most.
const MOST_ROUNDS: usize = 30;

/// A longer text is not mended.
const LONGEST: usize = 1 << 20;

/// A configuration that the parser understands, if it is whole.
pub(super) struct Repaired {
    /// The text without a byte order mark, mended.
    pub mended: PatchedText,
    /// What was wrong with it.
    pub found: Vec<Diagnostic>,
    /// Whether all of it could be mended.
    pub is_whole: bool,
}

impl Repaired {
    /// Where a stretch of the mended text stands in the author's.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.mended.span(range)
    }
}

/// Mends `text`, the whole of the file at `path`.
pub(super) fn repair(path: &SourcePath, text: &str) -> Repaired {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    // Line ends of very old computers.
    let text = if text.contains('\n') { text.to_owned() } else { text.replace('\r', "\n") };
    let mut repaired =
        Repaired { mended: PatchedText::new(text[mark..].to_owned(), mark), found: Vec::new(), is_whole: true };
    if let Some((notation, line)) = slips::other_notation(repaired.mended.text()) {
        let place = Place::at(path, repaired.span(line));
        repaired.found.push(slip_complaints::other_notation(place, notation));
        repaired.is_whole = false;
        return repaired;
    }
    let mut seen = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let errors = errors(repaired.mended.text());
        if errors.is_empty() {
            return repaired;
        }
        let complaints = complaints(path, repaired.mended.text(), &errors);
        if repaired.mended.text().len() > LONGEST {
            repaired.found.extend(complaints.into_values());
            break;
        }
        let before = repaired.mended.text().to_owned();
        repaired.mend(complaints, &mut seen);
        if repaired.mended.text() == before {
            break;
        }
    }
    repaired.is_whole = false;
    repaired
}

/// The places and words of the parser's complaints.
fn errors(text: &str) -> Vec<(usize, String)> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let at = |error: &toml::de::Error| error.span().map_or(0, |span| span.start.min(text.len()));
    let mut errors: Vec<_> = errors.iter().map(|error| (at(error), error.message().to_owned())).collect();
    errors.sort_by_key(|(at, _)| *at);
    errors
}

/// The first slip of each line that the parser complains of, by the line's start. What stands behind a bracket that is never
/// closed is no mistake of its own.
fn complaints(path: &SourcePath, text: &str, errors: &[(usize, String)]) -> BTreeMap<usize, Diagnostic> {
    let open = brackets::unclosed(text);
    let mut complaints: BTreeMap<usize, Diagnostic> = BTreeMap::new();
    let end = open.as_ref().map_or(usize::MAX, |open| line_start(text, open.at));
    for (at, message) in errors {
        let start = line_start(text, *at);
        if start < end {
            let line = Line { path, whole: text, start, at: *at, message };
            complaints.entry(start).or_insert_with(|| slips::complaint(&line));
        }
    }
    if let Some(open) = open {
        let line = text[end..].lines().next().unwrap_or_default();
        let is_heading = line.trim_start().starts_with('[') && !line.contains(['=', '"', ',', '{']);
        let complaint = if is_heading {
            slip_complaints::broken_heading(Place::at(path, Span::new(end, end + line.trim_end().len())))
        } else {
            slip_complaints::unclosed_bracket(Place::at(path, Span::new(open.at, open.at + 1)), open.bracket)
        };
        complaints.insert(end, complaint.fix(open.cure.span, open.cure.text));
    }
    complaints
}

impl Repaired {
    /// Makes the cures; what has none, or is wrong still, is taken out.
    fn mend(&mut self, complaints: BTreeMap<usize, Diagnostic>, seen: &mut BTreeSet<usize>) {
        let mut edits: Vec<Edit> = Vec::new();
        let mut taken_out = 0;
        for (start, complaint) in complaints {
            if start < taken_out {
                continue;
            }
            let is_new = seen.insert(self.span(start..start).start);
            if is_new && !complaint.fix.is_empty() {
                edits.extend(complaint.fix.iter().cloned());
            } else {
                self.is_whole = false;
                let span = self.unreadable(start, complaint.code);
                taken_out = span.end;
                let lines = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
                let text = self.mended.text()[span.start..span.end].chars().map(lines).collect();
                edits.push(Edit { span, text });
            }
            if is_new {
                self.found.push(self.mended.traced(complaint));
            }
        }
        self.mended.apply(edits);
    }

    /// The line that starts there, with what its slip takes away: all below a heading, and the rest of a text without an end.
    fn unreadable(&self, start: usize, code: Code) -> Span {
        let rest = &self.mended.text()[start..];
        let end = match code {
            _ if rest.starts_with('[') => rest[1..].find("\n[").map(|end| end + 1),
            Code::UnclosedQuote => rest.match_indices('\n').nth(1).map(|(end, _)| end),
            _ => rest.find('\n'),
        };
        Span::new(start, end.map_or(self.mended.text().len(), |end| start + end))
    }
}
