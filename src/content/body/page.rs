//! What every part of the renderer is given: the page's source and the list of complaints.
//!
//! Neither knows anything of other pages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::nesting::flatten;
use super::raw_html::after_comments;
use super::{complaints, options};
use crate::base::{Code, Diagnostic, Place, SourcePath, Span, Spanned, line_start, nearest};
use crate::site::MarkdownRules;

/// How many complaints of one code are kept for a page: a hostile page must not fill the memory with its own mistakes.
const MOST_COMPLAINTS: usize = 500;

/// A name further away than this many known ones gets no suggestion, as comparing takes its time.
const MOST_CANDIDATES: usize = 300;

/// A file's body with the line ends of Unix, and the way back to the places in the file.
///
/// A page must not depend on the computer it was written on, and the parser reads CR LF within code as two spaces.
pub(super) struct Lines<'a> {
    /// The body without the CR of each CR LF.
    pub text: Cow<'a, str>,
    /// Where the body begins in the file.
    start: usize,
    /// The places in `text` before which a CR stood.
    removed: Vec<usize>,
    /// The first marker of a list or quote that was taken away because it stood too deep.
    pub too_deep: Option<usize>,
}

impl<'a> Lines<'a> {
    /// The body of the file `text` that begins at byte `start`.
    pub fn new(text: &'a str, start: usize, rules: &MarkdownRules) -> Self {
        let body = text.get(start..).unwrap_or_default();
        let mut removed: Vec<usize> = if body.contains('\r') {
            body.match_indices("\r\n").enumerate().map(|(i, (at, _))| at - i).collect()
        } else {
            Vec::new()
        };
        let mut text = Cow::Borrowed(body);
        if !removed.is_empty() {
            text = Cow::Owned(body.replace("\r\n", "\n"));
        }
        let mut too_deep = None;
        if let Some((flat, first)) = flatten(&text) {
            text = Cow::Owned(flat);
            too_deep = Some(first);
        }
        if !rules.unsafe_html {
            let comments = comments_before_text(&text, rules);
            if !comments.is_empty() {
                let (shorter, places) = without(&text, &comments, &removed);
                (text, removed) = (Cow::Owned(shorter), places);
            }
        }
        Self { text, start, removed, too_deep }
    }

    /// The text of a front matter's value: of the file `text`, it stands at `span`, and is understood as `value`. `None` unless
    /// it stands there as it is, in one line or below a `|`.
    pub fn of_scalar((text, span): (&str, Span), value: &'a str) -> Option<Self> {
        let written = text.get(span.start..span.end)?;
        let (start, removed) = if let Some(at) = written.find(value).filter(|_| !value.contains('\n')) {
            (span.start + at, Vec::new())
        } else {
            block((text, span), value)?
        };
        Some(Self { text: Cow::Borrowed(value), start, removed, too_deep: None })
    }

    /// The stretch of the file that a stretch of the body stands for.
    pub fn in_file(&self, span: Span) -> Span {
        let moved = |place: usize| self.start + place + self.removed.partition_point(|&removed| removed < place);
        Span::new(moved(span.start), moved(span.end))
    }
}

/// Where the first line of a block scalar begins in the file, and the places in `value` before which something was removed:
/// after each line's end, the spaces before the next one. `None` if its lines do not stand there as they are.
fn block((text, span): (&str, Span), value: &str) -> Option<(usize, Vec<usize>)> {
    let is_header = text[span.start..span.end].starts_with('|');
    let after = if is_header { span.start + text[span.start..].find('\n')? } else { span.start };
    let begin = line_start(text, after + text[after..].find(|c: char| !c.is_ascii_whitespace())?);
    let spaces_at = |at: usize| text[at..].bytes().take_while(|byte| *byte == b' ').count();
    let (mut start, mut within, mut place, mut removed) = (None, 0, begin, Vec::new());
    let mut indent = None;
    for line in value.lines() {
        let spaces = match indent {
            _ if line.is_empty() => spaces_at(place),
            Some(indent) => indent,
            // Spaces of the text itself may follow those before it.
            None => {
                spaces_at(place).checked_sub(line.len() - line.trim_start_matches(' ').len()).filter(|at| *at > 0)?
            }
        };
        // What is blank before the first line is passed over in the file.
        if line.is_empty() && indent.is_none() {
            within += 1;
            continue;
        }
        if !line.is_empty() {
            indent = Some(spaces);
        }
        let is_blank = text.get(place..place + spaces)?.bytes().all(|byte| byte == b' ');
        let rest = text.get(place + spaces..)?.strip_prefix(line).filter(|_| is_blank)?;
        let end = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end)).map_or(0, str::len);
        if end == 0 && !rest.is_empty() {
            return None;
        }
        match start {
            None => start = Some((place + spaces).checked_sub(within)?),
            Some(_) => removed.extend(std::iter::repeat_n(within - 1, spaces)),
        }
        within += line.len();
        removed.extend(std::iter::repeat_n(within, end.saturating_sub(1)));
        within += 1;
        place += spaces + line.len() + end;
    }
    Some((start?, removed))
}

/// The comments that begin a line whose text goes on after them: the parser would take the whole line for HTML.
fn comments_before_text(text: &str, rules: &MarkdownRules) -> Vec<Range<usize>> {
    if !text.contains("<!--") {
        return Vec::new();
    }
    let blocks = Parser::new_ext(text, options(rules)).into_offset_iter();
    let blocks = blocks.filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock)));
    blocks.filter_map(|(_, block)| before_text(&text[block.clone()], block.start)).collect()
}

/// The comments at the start of `html`, which begins at byte `at`, with the white space around them, if text follows.
fn before_text(html: &str, at: usize) -> Option<Range<usize>> {
    let begin = html.len() - html.trim_start().len();
    let rest = after_comments(&html[begin..])?;
    let is_within = !rest.is_empty() && rest.len() < html.len() - begin;
    (is_within && !html[..html.len() - rest.len()].ends_with('\n')).then(|| at + begin..at + html.len() - rest.len())
}

/// `text` with one space in the place of each of `comments`, and where something was removed from it, as `removed` says it of
/// `text` itself.
fn without(text: &str, comments: &[Range<usize>], removed: &[usize]) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    let mut before = removed.iter().copied().peekable();
    let mut at = 0;
    for comment in comments {
        let gone = at - out.len();
        places.extend(std::iter::from_fn(|| before.next_if(|place| *place < comment.start)).map(|place| place - gone));
        out.push_str(&text[at..comment.start]);
        let within = std::iter::from_fn(|| before.next_if(|place| *place < comment.end)).count();
        places.extend(std::iter::repeat_n(out.len(), within + comment.len() - 1));
        out.push(' ');
        at = comment.end;
    }
    let gone = at - out.len();
    places.extend(before.map(|place| place - gone));
    out.push_str(&text[at..]);
    (out, places)
}

/// The page that is read, and how.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// The part of the file that is Markdown. All spans count from its start.
    pub body: &'a str,
    /// The way back to places in the file.
    pub lines: &'a Lines<'a>,
    /// The file's path.
    pub path: &'a SourcePath,
    /// The folder that `@/` stands for.
    pub content_folder: &'a str,
    /// How Markdown is read.
    pub rules: &'a MarkdownRules,
    /// Whether it is the text of a page, which numbers its links; not a text in the front matter.
    pub is_body: bool,
    /// The ids of the headings of which excerpts are made.
    pub excerpts: &'a [Spanned<Box<str>>],
}

impl Page<'_> {
    /// A place in the file, from a stretch of the body.
    pub fn place(&self, stretch: impl Into<Span>) -> Place {
        Place::at(self.path, self.lines.in_file(stretch.into()))
    }
}

/// The complaints about one page; of each code only so many that somebody may mend them.
#[derive(Default)]
pub(super) struct Complaints {
    list: Vec<Diagnostic>,
    counts: BTreeMap<Code, usize>,
}

impl Complaints {
    /// Keeps one more complaint, or counts it where there are too many of its code.
    pub fn push(&mut self, complaint: Diagnostic) {
        let count = self.counts.entry(complaint.code).or_default();
        *count += 1;
        if *count <= MOST_COMPLAINTS {
            self.list.push(complaint);
        }
    }

    /// Keeps several more.
    pub fn extend(&mut self, complaints: impl Iterator<Item = Diagnostic>) {
        complaints.for_each(|complaint| self.push(complaint));
    }

    /// All that were kept, and for each code one that says how many were not.
    pub fn finish(mut self, path: &SourcePath) -> Vec<Diagnostic> {
        let left_out = self.counts.iter().filter(|(_, count)| **count > MOST_COMPLAINTS);
        let more = left_out.map(|(code, count)| complaints::more(*code, Place::file(path), count - MOST_COMPLAINTS));
        self.list.extend(more);
        crate::base::sort_and_dedup(&mut self.list);
        self.list
    }
}

/// The known name that was probably meant, if there are few enough to compare.
pub(super) fn suggestion<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    if known.len() > MOST_CANDIDATES || name.len() > 100 {
        return None;
    }
    nearest(name, known.iter().map(String::as_str).filter(|candidate| candidate.len() <= 100))
}
