//! A text with slips → all that is wrong with it, told by mending it in memory and reading on.
//!
//! A reader stops to understand at the first slip. What is mended, or taken out, lets it go on, so that one run finds all.

use std::collections::BTreeSet;

use crate::base::{Code, Diagnostic, Edit, PatchedText, Span};

/// How often a text is mended and read again at most.
const MOST_ROUNDS: usize = 30;

/// What one reading came to.
#[derive(Debug, Default)]
pub struct Round {
    /// What keeps the text from being understood; none if it was.
    pub obstacles: Vec<Obstacle>,
    /// What else is wrong with it.
    pub found: Vec<Diagnostic>,
}

/// What keeps a text from being understood.
#[derive(Debug)]
pub struct Obstacle {
    /// What is said of it; its cure is made in memory.
    pub diagnostic: Diagnostic,
    /// What is taken out where it has no cure, so that the rest can be read; `None` if reading ends there.
    pub without: Option<Span>,
}

/// A text that was read as far as it can be.
#[derive(Debug)]
pub struct ReadOn {
    /// The text as it was understood in the end.
    pub mended: PatchedText,
    /// What is wrong with it, at its places in the author's text.
    pub found: Vec<Diagnostic>,
    /// Whether all of it was understood, with nothing taken out.
    pub is_whole: bool,
}

/// Reads `text`, mends it and reads it again, until nothing stands in the way or nothing more can be mended.
pub fn read_on(text: PatchedText, mut read: impl FnMut(&str) -> Round) -> ReadOn {
    let author = Author { text: text.text().to_owned(), first: text.span(0..0).start };
    let mut reading = ReadOn { mended: text, found: Vec::new(), is_whole: true };
    let mut told = BTreeSet::new();
    for round in 1..=MOST_ROUNDS {
        let Round { obstacles, found } = read(reading.mended.text());
        let is_understood = obstacles.is_empty();
        let edits = reading.pass(obstacles, &mut told);
        if edits.is_empty() || round == MOST_ROUNDS {
            reading.is_whole &= is_understood;
            let traced = found.iter().map(|diagnostic| reading.traced(diagnostic, &author));
            // What stands in nothing that the author wrote is told when it stands there.
            let written = found.iter().zip(traced).filter(|(found, traced)| is_empty(found) || !is_empty(traced));
            let rest: Vec<_> = written.map(|(_, traced)| traced).filter(|traced| told.insert(key(traced))).collect();
            reading.found.extend(rest);
            break;
        }
        reading.mended.apply(edits);
    }
    reading
}

/// What tells complaints apart.
type Told = BTreeSet<(Option<Span>, Code, String)>;

fn key(diagnostic: &Diagnostic) -> (Option<Span>, Code, String) {
    (diagnostic.place.span, diagnostic.code, diagnostic.message.clone())
}

fn is_empty(diagnostic: &Diagnostic) -> bool {
    diagnostic.place.span.is_some_and(|span| span.start == span.end)
}

impl ReadOn {
    /// Tells of what stands in the way; the edits that let reading go on.
    fn pass(&mut self, obstacles: Vec<Obstacle>, told: &mut Told) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut taken_out = 0;
        for Obstacle { diagnostic, without } in obstacles {
            let start = diagnostic.place.span.map_or(0, |span| span.start);
            if start < taken_out {
                continue;
            }
            let traced = self.mended.traced(diagnostic.clone());
            let is_new = told.insert(key(&traced));
            match without {
                _ if is_new && !diagnostic.fix.is_empty() => edits.extend(diagnostic.fix),
                Some(span) => {
                    self.is_whole = false;
                    taken_out = span.end;
                    edits.push(Edit { span, text: blank(&self.mended.text()[span.start..span.end]) });
                }
                None => {}
            }
            self.found.extend(Some(traced).filter(|_| is_new));
        }
        edits
    }

    /// The complaint at its place in the author's text; without its cure, if that is made of what the author did not write.
    fn traced(&self, diagnostic: &Diagnostic, author: &Author) -> Diagnostic {
        let mut traced = self.mended.traced(diagnostic.clone());
        let is_written = |(old, new): (&Edit, &Edit)| {
            self.mended.text().get(old.span.start..old.span.end) == author.written(new.span)
        };
        if !diagnostic.fix.iter().zip(&traced.fix).all(is_written) {
            traced.fix.clear();
        }
        traced
    }
}

/// The text as its author wrote it.
struct Author {
    text: String,
    /// The byte of the file at which it begins.
    first: usize,
}

impl Author {
    fn written(&self, span: Span) -> Option<&str> {
        self.text.get(span.start.checked_sub(self.first)?..span.end - self.first)
    }
}

/// As many blanks as `text` has bytes, with its lines.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}
