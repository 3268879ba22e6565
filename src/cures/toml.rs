//! `site.toml` → the site; behind the slips that keep it from being TOML, the rest of what is wrong with it.

mod brackets;
mod complaints;
mod slips;
mod values;

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Line, Obstacle, ReadOn, Round, read_on};
use crate::base::{Code, Diagnostic, Edit, PatchedText, Place, SourcePath, Sources, Span, in_quotes, line_start};
use crate::site::{self, BaseUrl, Site};
use crate::syntax::toml::{self, ErrorKind};

/// A longer text is told of as it is, and not mended.
const LONGEST: usize = 1 << 16;

/// More parts than this are not looked at in one round.
const MOST_BROKEN: usize = 100;

/// What was meant by a text, where that is certain.
type Meaning = fn(&str) -> Option<String>;

/// What is meant by a text that is not understood, by the complaint about it.
const MEANINGS: [(Code, Meaning); 1] = [(Code::BaseUrl, whole_address)];

/// A part of a text that is no TOML.
struct Broken<'b> {
    path: &'b SourcePath,
    /// The whole text.
    text: &'b str,
    /// The line in which reading stopped.
    line: Line<'b>,
    /// Where it stopped, in bytes of the text.
    at: usize,
    /// What stopped it.
    kind: ErrorKind,
}

/// Reads the configuration at `path`: the site, if enough of it was understood to go on, and every complaint.
#[must_use]
pub fn read_site(sources: &Sources, path: &SourcePath) -> (Option<Site>, Vec<Diagnostic>) {
    let text = match site::open(sources, path) {
        Ok(text) => text,
        Err(complaint) => return (None, vec![*complaint]),
    };
    if text.text().len() > LONGEST {
        return site::read_text(sources, path, &text);
    }
    let ReadOn { mended, mut found, is_whole } =
        read_on(text, |text| Round { obstacles: find_obstacles(path, text), found: Vec::new() });
    if !is_whole {
        return (None, found);
    }
    let (site, mut rest) = site::read_text(sources, path, &mended);
    for told in &mut rest {
        cure(told, sources.text(path).unwrap_or_default());
    }
    // A word without quotes where none of its kind belongs is one mistake: the value is wrong.
    found.retain(|told| rest.iter().all(|other| other.place != told.place));
    found.extend(rest);
    (site, found)
}

/// Adds to a complaint about a text of the configuration what was meant by it, where that is certain.
fn cure(told: &mut Diagnostic, text: &str) {
    let Some(span) = told.place.span else { return };
    let written = text.get(span.start..span.end).unwrap_or_default().trim_matches(['"', '\'']);
    let meanings = MEANINGS.iter().filter(|(code, _)| *code == told.code);
    let meant = meanings.filter_map(|(_, meaning)| meaning(written));
    told.fix.extend(meant.map(|meant| Edit { span, text: in_quotes(&meant) }));
}

/// The address that was meant by `text`, where only its beginning is not right.
fn whole_address(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let rest = lower.trim_start_matches("https").trim_start_matches("http").trim_start_matches([':', '/']);
    let host = rest.split('/').next().unwrap_or_default();
    let whole = format!("{}{rest}", if lower.starts_with("http:") { "http://" } else { "https://" });
    let is_host = host.contains('.') && !host.ends_with("html") && !lower.contains("://");
    let is_web = text.contains("://") && lower.starts_with("http");
    ((is_host || is_web) && BaseUrl::parse(&whole).is_some()).then_some(whole)
}

/// What keeps a text from being TOML: the first slip of each line in which reading stops. What stands behind a bracket that
/// is never closed is no mistake of its own.
fn find_obstacles(path: &SourcePath, text: &str) -> Vec<Obstacle> {
    if let Some((notation, line)) = slips::other_notation(text) {
        let diagnostic = complaints::other_notation(Place::at(path, line.into()), notation);
        return vec![Obstacle { diagnostic, without: None }];
    }
    let errors = errors(text);
    let open = brackets::unclosed(text).filter(|_| !errors.is_empty());
    let end = open.as_ref().map_or(usize::MAX, |open| line_start(text, open.at));
    let mut lines: BTreeMap<usize, Obstacle> = BTreeMap::new();
    for error in errors.iter().take(MOST_BROKEN) {
        let broken =
            Broken { path, text, line: Line::at(text, error.span.start), at: error.span.start, kind: error.kind };
        if broken.line.start < end {
            lines.entry(broken.line.start).or_insert_with(|| broken.obstacle(broken.explain()));
        }
    }
    if let Some(open) = open {
        let stop = errors.iter().find(|error| error.span.start >= end).unwrap_or(&errors[0]);
        let broken = Broken { path, text, line: Line::at(text, end), at: stop.span.start, kind: ErrorKind::Other };
        lines.insert(end, broken.obstacle(slips::open_bracket(path, text, &open)));
    }
    lines.into_values().collect()
}

fn errors(text: &str) -> Vec<toml::Error> {
    toml::read(&PatchedText::new(text.to_owned(), 0)).1
}

impl Broken<'_> {
    /// What was most likely meant.
    fn explain(&self) -> Diagnostic {
        slips::SLIPS.iter().find_map(|slip| (slip.find)(self)).unwrap_or_else(|| self.unknown())
    }

    /// What stands in the way; with its cure only if the text is understood further with it.
    fn obstacle(&self, told: Diagnostic) -> Obstacle {
        let is_cured = told.fix.is_empty() || self.is_helped_by(&told.fix);
        let diagnostic = if is_cured { told } else { Diagnostic { fix: Vec::new(), ..told } };
        Obstacle { diagnostic, without: Some(self.without()) }
    }

    /// The line, with what its slip takes away: all below a heading, and the rest of a text without an end.
    fn without(&self) -> Span {
        let start = self.line.start;
        let rest = &self.text[start..];
        let end = match self.kind {
            _ if rest.starts_with('[') => rest[1..].find("\n[").map(|end| end + 1),
            ErrorKind::Text | ErrorKind::LongText => rest.match_indices('\n').nth(1).map(|(end, _)| end),
            _ => rest.find('\n'),
        };
        Span::new(start, end.map_or(self.text.len(), |end| start + end))
    }

    fn unknown(&self) -> Diagnostic {
        site::complaints::broken(self.place(self.stop()..self.line.text.trim_end().len()))
    }

    /// Does reading with these edits stop further on, or nowhere?
    fn is_helped_by(&self, edits: &[Edit]) -> bool {
        let Some(cured) = Edit::apply(edits, self.text) else { return false };
        let behind = self.text.len() - self.at;
        let next = errors(&cured).into_iter().find(|error| error.span.start >= self.line.start);
        next.is_none_or(|error| cured.len() - error.span.start < behind)
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.line.span(range)
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::at(self.path, self.span(range))
    }

    /// Where reading stopped, from the line's start.
    fn stop(&self) -> usize {
        crate::base::floor(self.line.text, self.at.saturating_sub(self.line.start))
    }

    /// Is the next line mere text, so that this one's may go on there?
    fn goes_on_below(&self) -> bool {
        let below = self.text[self.line.start..].lines().nth(1).unwrap_or_default().trim();
        !below.is_empty() && !below.contains(['=', ':']) && !below.starts_with(['[', '#', '{'])
    }
}

#[cfg(test)]
mod tests;
