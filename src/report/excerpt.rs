//! A place in a source → its line and column, and the line itself, cut to size and made harmless.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{Edit, LineColumn, Place, SourcePath, Sources, Span, floor, steers};

/// The longest line that is shown whole, in bytes.
const LONGEST: usize = 2000;

/// How much of a longer line is shown before and after the place, in bytes.
const AROUND: usize = 160;

/// The most lines of a cure that are shown.
const MOST_LINES: usize = 8;

/// Characters are counted by blocks of so many bytes.
const BLOCK: usize = 1024;

/// The lines of each file that complaints point to, found once per file.
pub(super) struct Files<'a> {
    sources: &'a Sources,
    known: BTreeMap<&'a SourcePath, Option<Lines<'a>>>,
}

/// The lines of one file.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where each line starts, in bytes.
    starts: Vec<usize>,
    /// How many characters stand before each block of [`BLOCK`] bytes, so that a column far down a long line is found soon.
    characters: Vec<usize>,
}

/// One line of a file, with a place in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The line's number and the place's column in the file.
    pub at: LineColumn,
    /// The place's column in `source`, which differs where the line is cut.
    pub shown_column: usize,
    /// The line without its end, or the part of it around the place.
    pub source: String,
    /// The place in `source`, in bytes.
    pub span: Range<usize>,
}

/// Some lines of a file, with what to change in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// The number of the first line.
    pub line: usize,
    /// The lines, without the end of the last one.
    pub source: String,
    /// Stretches of `source`, in bytes, and what to write there.
    pub edits: Vec<(Range<usize>, String)>,
}

impl<'a> Files<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, known: BTreeMap::new() }
    }

    /// The lines of a file; `None` if it is not there or is not text.
    pub(super) fn lines(&mut self, path: &'a SourcePath) -> Option<&Lines<'a>> {
        let sources = self.sources;
        self.known.entry(path).or_insert_with(|| sources.text(path).map(Lines::new)).as_ref()
    }

    /// The first character of a place; `None` where the file as a whole is meant or is not text.
    pub(super) fn start(&mut self, place: &'a Place) -> Option<LineColumn> {
        Some(self.lines(&place.path)?.position(place.span?.start))
    }

    /// The first character of a stretch of a file and the one after its last.
    pub(super) fn range(&mut self, path: &'a SourcePath, span: Option<Span>) -> Option<(LineColumn, LineColumn)> {
        let (lines, span) = self.lines(path).zip(span)?;
        Some((lines.position(span.start), lines.position(span.end)))
    }
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let after_ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(end, _)| end + 1);
        let mut characters = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut before = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            characters.push(before);
            before += block.iter().filter(|byte| starts_character(**byte)).count();
        }
        characters.push(before);
        Self { text, starts: std::iter::once(0).chain(after_ends).collect(), characters }
    }

    /// How many characters stand before a byte of the file.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        self.characters[block] + rest.iter().filter(|byte| starts_character(**byte)).count()
    }

    /// Line and column of a byte; a byte order mark has no width.
    pub(super) fn position(&self, offset: usize) -> LineColumn {
        let offset = floor(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let before = &self.text[start..offset];
        let marks = (before.len() - without_mark(before).len()) / '\u{feff}'.len_utf8();
        LineColumn { line, column: self.characters_before(offset) - self.characters_before(start) - marks + 1 }
    }

    /// The line in which `span` starts. Of a place that goes on below, what lies in this line is shown.
    pub(super) fn excerpt(&self, span: Span) -> Excerpt {
        let start = floor(self.text, span.start);
        let at = self.position(start);
        let line_start = self.starts[at.line - 1];
        let line_end = self.starts.get(at.line).map_or(self.text.len(), |next| next - 1);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let mark = line.len() - without_mark(line).len();
        let line_start = line_start + mark;
        let line = &line[mark..];
        let from = start.saturating_sub(line_start).min(line.len());
        let to = ceil(line, span.end.saturating_sub(line_start)).max(from);
        cut(line, from..to, at)
    }
}

impl Lines<'_> {
    /// The lines that `edits` change; `None` if there are none, or if they are too many, too long or unsafe to be shown.
    pub(super) fn passage(&self, edits: &[Edit]) -> Option<Passage> {
        let (first, last) = (edits.first()?, edits.last()?);
        let line = self.position(first.span.start).line;
        let last_line = self.position(last.span.end).line;
        let start = self.starts[line - 1];
        let end = self.starts.get(last_line).map_or(self.text.len(), |next| next - 1);
        let source = self.text[start..end].trim_end_matches('\r');
        let is_short = last_line - line < MOST_LINES;
        if !is_short || !can_be_shown(source) || !edits.iter().all(|edit| can_be_shown(&edit.text)) {
            return None;
        }
        let mut passage = Passage { line, source: source.to_owned(), edits: Vec::new() };
        for edit in edits {
            let to = (edit.span.end - start).min(source.len());
            passage.edits.push(((edit.span.start - start).min(to)..to, edit.text.clone()));
        }
        Some(passage)
    }
}

/// Is this text short and harmless enough to be shown as it is?
fn can_be_shown(text: &str) -> bool {
    text.len() <= LONGEST && !text.chars().any(|c| steers(c) && !matches!(c, '\n' | '\t'))
}

/// `text` in a form that is safe in a terminal, with as many characters as before.
///
/// Control characters become their pictures, as `␛` for escape; C1 controls and those that turn the direction of
/// writing become `U+FFFD`. Line ends become spaces.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { harmless_sign(c) }).collect()
}

fn harmless_sign(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if steers(c) => '\u{fffd}',
        c => c,
    }
}

/// The line with the place marked; only what is around the place if the line is long.
fn cut(line: &str, place: Range<usize>, at: LineColumn) -> Excerpt {
    let is_long = line.len() > LONGEST;
    let window = if is_long {
        let to = place.end.min(place.start + AROUND);
        floor(line, place.start.saturating_sub(AROUND))..ceil(line, to + AROUND)
    } else {
        0..line.len()
    };
    let mut source = String::new();
    if window.start > 0 {
        source.push('…');
    }
    let mut span = None;
    let mut shown_column = 1;
    for (offset, c) in line[window.clone()].char_indices() {
        let offset = window.start + offset;
        if offset == place.start {
            shown_column = source.chars().count() + 1;
            span = Some(source.len()..source.len());
        }
        source.push(if c == '\t' { c } else { harmless_sign(c) });
        if let Some(span) = span.as_mut().filter(|_| offset < place.end) {
            span.end = source.len();
        }
    }
    // A place at the line's end is just behind its last character.
    let span = span.unwrap_or_else(|| {
        shown_column = source.chars().count() + 1;
        source.len()..source.len()
    });
    if window.end < line.len() {
        source.push('…');
    }
    Excerpt { at, shown_column, source, span }
}

/// The line without byte order marks at its start, as [`crate::base::line_column`] counts it.
fn without_mark(line: &str) -> &str {
    line.trim_start_matches('\u{feff}')
}

/// Is this the first byte of a character in UTF-8?
fn starts_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// The first character boundary at or after `offset`.
fn ceil(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}
