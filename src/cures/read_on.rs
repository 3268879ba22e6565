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
    for _ in 0..MOST_ROUNDS {
        let round = read(reading.mended.text());
        let is_understood = round.obstacles.is_empty();
        let edits = reading.take(round, &author, &mut told);
        if is_understood {
            return reading;
        }
        if edits.is_empty() {
            break;
        }
        reading.mended.apply(edits);
    }
    reading.is_whole = false;
    reading
}

impl ReadOn {
    /// Takes in what is new in a round; the edits that let reading go on.
    fn take(&mut self, round: Round, author: &Author, told: &mut BTreeSet<(Option<Span>, Code)>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut taken_out = 0;
        for Obstacle { diagnostic, without } in round.obstacles {
            let start = diagnostic.place.span.map_or(0, |span| span.start);
            if start < taken_out {
                continue;
            }
            let traced = self.mended.traced(diagnostic.clone());
            let is_new = told.insert((traced.place.span, traced.code));
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
        for diagnostic in round.found {
            let traced = self.traced(&diagnostic, author);
            self.found.extend(Some(traced).filter(|traced| told.insert((traced.place.span, traced.code))));
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
