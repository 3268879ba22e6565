//! Text that was most likely meant as a heading, list, table, callout, citation, footnote or comment, and is none.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::near_complaints as complaints;
use super::near_links::Known;
use super::page::{Complaints, Page};
use crate::base::Edit;

/// How far from its start the end of a citation is looked for, in characters.
const LONGEST_CITATION: usize = 200;
const CALLOUTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
const BULLETS: [char; 5] = ['•', '◦', '▪', '●', '‣'];
const LEFT_OVERS: [&str; 5] = ["TODO", "FIXME", "XXX", "Lorem ipsum", "lorem ipsum"];

/// What the parser made of the text, as far as it tells what is none.
#[derive(Default)]
pub(super) struct Seen {
    /// Where callouts begin.
    callouts: Vec<usize>,
    /// The last block of code between fences.
    fence: Option<Range<usize>>,
    is_code: bool,
    /// Where text begins with a `**` that makes nothing strong.
    stars: Vec<usize>,
    /// Links without words.
    wordless: Vec<Range<usize>>,
}

impl Seen {
    /// Takes in an event, in the order of the text.
    pub fn read(&mut self, event: &Event, range: &Range<usize>, body: &str) {
        let written = body.get(range.clone()).unwrap_or_default();
        match event {
            Event::Start(Tag::BlockQuote(Some(_))) => self.callouts.push(range.start),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.is_code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.fence = Some(range.clone());
                }
            }
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::Start(Tag::Link { link_type: LinkType::Inline, .. })
                if written[1..].trim_start().starts_with("](") =>
            {
                self.wordless.push(range.clone());
            }
            Event::Text(_) if !self.is_code && written.starts_with('*') => self.stars.push(range.start),
            _ => {}
        }
    }
}

/// Complains of all that looks like something else than it is.
pub(super) fn complain(page: &Page, known: &Known, seen: &Seen, found: &mut Complaints) {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in page.body.split_inclusive('\n') {
        lines.push(Line { start, text: line.trim_end() });
        start += line.len();
    }
    let look = Look { page, known, seen, lines };
    look.fence(found);
    found.extend(seen.wordless.iter().map(|link| complaints::link_words(page.place(link.clone()))));
    look.stars(found);
    for index in 0..look.lines.len() {
        let line = look.lines[index];
        let at = line.start + line.indent();
        if line.text.trim().is_empty() || known.is_quiet(at) {
            continue;
        }
        look.heading(line, found);
        look.list(index, found);
        look.table(index, found);
        look.callout(index, found);
    }
    look.words(found);
    look.citations(found);
}

#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    /// Without the white space at its end.
    text: &'a str,
}

impl Line<'_> {
    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    fn end(self) -> usize {
        self.start + self.text.len()
    }

    fn is_row(self) -> bool {
        let text = self.text.trim();
        text.len() > 2 && text.starts_with('|') && text.ends_with('|')
    }

    fn has_bullet(self) -> bool {
        let rest = self.text.trim_start().strip_prefix(BULLETS);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c.is_alphanumeric()))
    }
}

struct Look<'l, 'p> {
    page: &'l Page<'p>,
    known: &'l Known,
    seen: &'l Seen,
    lines: Vec<Line<'l>>,
}

impl Look<'_, '_> {
    fn edit(&self, stretch: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { span: self.page.lines.in_file(stretch.into()), text: text.into() }
    }

    fn is_first(&self, index: usize) -> bool {
        index == 0 || self.lines[index - 1].text.is_empty()
    }

    /// A block of code that goes on to the end of the page.
    fn fence(&self, found: &mut Complaints) {
        let Some(range) = &self.seen.fence else { return };
        let body = self.page.body;
        let block = body.get(range.clone()).unwrap_or_default().trim_end();
        if !body[range.end..].trim().is_empty() {
            return;
        }
        let first = block.lines().next().unwrap_or_default();
        let sign = first.chars().next().unwrap_or('`');
        let length = first.len() - first.trim_start_matches(sign).len();
        let last = block[first.len()..].lines().next_back().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']);
        if last.len() < length || !last.chars().all(|c| c == sign) {
            let place = self.page.place(range.start..range.start + first.len());
            let signs = if sign == '`' { format!("{length} backticks") } else { format!("`{}`", &first[..length]) };
            found.push(complaints::open_fence(place, &signs));
        }
    }

    fn stars(&self, found: &mut Complaints) {
        let body = self.page.body;
        for &at in &self.seen.stars {
            let opens = body[at..].strip_prefix("**").is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            let before = body[..at].chars().next_back();
            if opens && before.is_none_or(|c| c.is_whitespace() || "(\"“'‘".contains(c)) {
                found.push(complaints::open_strong(self.page.place(at..at + 2)));
            }
        }
    }

    fn heading(&self, line: Line, found: &mut Complaints) {
        let text = line.text.trim_start();
        let level = text.len() - text.trim_start_matches('#').len();
        if (2..=6).contains(&level) && text[level..].starts_with(char::is_alphanumeric) {
            let at = line.start + line.indent();
            let edit = self.edit(at + level..at + level, " ");
            found.push(complaints::like_a_heading(self.page.place(at..line.end()), edit));
        }
    }

    fn list(&self, index: usize, found: &mut Complaints) {
        let lines = &self.lines[index..];
        if !lines[0].has_bullet() || index > 0 && self.lines[index - 1].has_bullet() {
            return;
        }
        let points = lines.iter().take_while(|line| line.has_bullet());
        let edits = points.map(|line| {
            let text = line.text.trim_start();
            let words = text.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
            let at = line.start + line.indent();
            self.edit(at..at + text.len() - words.len(), "- ")
        });
        let at = lines[0].start + lines[0].indent();
        found.push(complaints::like_a_list(self.page.place(at..lines[0].end()), edits.collect()));
    }

    fn table(&self, index: usize, found: &mut Complaints) {
        let lines = &self.lines[index..];
        let first = lines[0];
        let at = first.start + first.indent();
        let is_next = index > 0 && self.lines[index - 1].is_row();
        if !first.is_row() || is_next || self.known.is_in_table(at) || !lines.get(1).is_some_and(|line| line.is_row()) {
            return;
        }
        let columns = first.text.replace("\\|", "").matches('|').count() - 1;
        let row = format!("|{}", " --- |".repeat(columns.min(20)));
        let is_ruled = lines
            .iter()
            .take_while(|line| line.is_row())
            .any(|line| line.text.contains("--") && line.text.chars().all(|c| "|-: \t".contains(c)));
        let edit = (self.is_first(index) && !is_ruled && columns <= 20 && first.indent() < 4)
            .then(|| self.edit(first.end()..first.end(), format!("\n{}{row}", &first.text[..first.indent()])));
        found.push(complaints::like_a_table(self.page.place(at..first.end()), &row, edit));
    }

    fn callout(&self, index: usize, found: &mut Complaints) {
        let line = self.lines[index];
        let Some(callout) = callout(line.text) else { return };
        let at = line.start + callout.at;
        let callouts = &self.seen.callouts;
        let last = callouts[..callouts.partition_point(|start| *start <= at)].last();
        if last.is_some_and(|start| *start >= line.start) || self.known.is_quiet(at) {
            return;
        }
        let edits = if self.is_first(index) { self.callout_edits(index, &callout) } else { Vec::new() };
        let stretch = at..line.end().min(at + callout.length);
        found.push(complaints::callout_form(self.page.place(stretch), &callout.name, edits));
    }

    /// What makes a callout of a line that is meant as its first; nothing if its words are not known.
    fn callout_edits(&self, index: usize, callout: &Callout) -> Vec<Edit> {
        let line = self.lines[index];
        let quote = line.text[..callout.at].trim_end();
        let is_quote = quote.ends_with('>');
        let prefix = if is_quote { format!("{quote} ") } else { format!("{}> ", &line.text[..callout.at]) };
        let others: Vec<Line> =
            self.lines[index + 1..].iter().take_while(|line| !line.text.is_empty()).copied().collect();
        if callout.words.is_empty() && others.is_empty() {
            return Vec::new();
        }
        let mut text = format!("{prefix}[!{}]", callout.name);
        if !callout.words.is_empty() {
            text.extend(["\n", &prefix, callout.words]);
        }
        let mut edits = vec![self.edit(line.start..line.end(), text)];
        if !is_quote {
            edits.extend(others.iter().map(|line| self.edit(line.start..line.start, "> ")));
        }
        edits
    }

    fn words(&self, found: &mut Complaints) {
        let body = self.page.body;
        let is_free = |at: usize| !self.known.is_quiet(at) && !body[..at].ends_with('\\');
        for words in LEFT_OVERS {
            for (at, _) in body.match_indices(words) {
                let ends = body[at + words.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
                let begins = body[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                if is_free(at) && !ends && !begins {
                    found.push(complaints::left_over(self.page.place(at..at + words.len()), words));
                }
            }
        }
        for (at, _) in body.match_indices("<!").filter(|(at, _)| is_free(*at)) {
            if body[at + 2..].starts_with(['-', '–', '—']) {
                found.push(complaints::like_a_comment(self.page.place(at..at + 2)));
            }
        }
        for (at, _) in body.match_indices("www.").filter(|(at, _)| is_free(*at)) {
            let begins = body[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
            let address = body[at..].split(|c: char| c.is_whitespace() || "()<>[]*\"”".contains(c)).next();
            let address = address.unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?']);
            if begins && address.len() > 4 && address[4..].contains('.') {
                let place = self.page.place(at..at + address.len());
                found.push(complaints::like_a_link(place, &format!("write `<https://{address}>`"), None));
            }
        }
    }

    fn citations(&self, found: &mut Complaints) {
        let body = self.page.body;
        let is_free = |at: usize| !self.known.is_quiet(at) && !body[..at].ends_with('\\');
        for (at, _) in body.match_indices('@').filter(|(at, _)| is_free(*at)) {
            let key = &body[at + 1..at + 1 + key_length(&body[at + 1..])];
            let end = at + 1 + key.len();
            let before = body[..at].chars().next_back();
            if before == Some('[') && !key.is_empty() && is_free(at - 1) {
                let rest = &body[end..];
                let near = rest.char_indices().nth(LONGEST_CITATION).map_or(rest, |(length, _)| &rest[..length]);
                let near = near.split("\n\n").next().unwrap_or_default();
                if near.chars().find(|c| "[]".contains(*c)) != Some(']') {
                    let edit = (!rest.starts_with([';', ','])).then(|| self.edit(end..end, "]"));
                    found.push(complaints::like_a_citation(self.page.place(at - 1..end), key, edit));
                }
            } else if is_dated(key) && before.is_none_or(|c| c.is_whitespace() || c == '(') {
                found.push(complaints::like_a_citation(self.page.place(at..end), key, None));
            }
        }
        let notes = self.lines.iter().filter_map(|line| Some(line.text.strip_prefix("[^")?.split_once("]:")?.0));
        let notes: BTreeSet<&str> = notes.collect();
        for (at, _) in body.match_indices('[').filter(|(at, _)| is_free(*at)) {
            let inside = &body[at + 1..at + 1 + key_length(&body[at + 1..])];
            let end = at + 1 + inside.len();
            if inside.is_empty() || !body[end..].starts_with(']') || body[end + 1..].starts_with(['(', '[', ':', ']']) {
                continue;
            }
            if body[..at].ends_with('^') && is_free(at - 1) {
                let span = at - 1..end + 1;
                let is_written = notes.contains(inside);
                let edit = is_written.then(|| self.edit(span.clone(), format!("[^{inside}]")));
                found.push(complaints::like_a_footnote(self.page.place(span), inside, edit));
            } else if is_dated(inside) {
                found.push(complaints::like_a_citation(self.page.place(at..end + 1), inside, None));
            }
        }
    }
}

/// A line that looks like the first one of a callout.
struct Callout<'a> {
    name: String,
    /// Where its sign begins in the line, and how long it is.
    at: usize,
    length: usize,
    /// What follows on the line.
    words: &'a str,
}

/// The callout that a line seems to begin, whether it is written well or not.
fn callout(line: &str) -> Option<Callout<'_>> {
    let sign = line.trim_start_matches([' ', '\t', '>']);
    let at = line.len() - sign.len();
    let is_quote = line[..at].contains('>');
    let opened = sign.strip_prefix('[');
    let inside = opened.unwrap_or(sign);
    let called = inside.strip_prefix('!');
    let rest = called.unwrap_or(inside).trim_start();
    let (name, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()));
    let closed = rest.trim_start().strip_prefix(']');
    let is_loud = CALLOUTS.contains(&name);
    let name = name.to_ascii_uppercase();
    let rest = closed.unwrap_or(rest);
    let words = rest.trim_start_matches(':').trim();
    let is_meant = match (opened.is_some(), called.is_some(), closed.is_some()) {
        (true, true, _) => true,
        (true, false, true) => is_quote && (is_loud || words.is_empty()) && !rest.starts_with(['(', '[']),
        (false, true, _) => is_quote && is_loud,
        _ => false,
    };
    (is_meant && CALLOUTS.contains(&&*name)).then(|| Callout { name, at, length: sign.len() - rest.len(), words })
}

/// How many bytes at the start of `text` may be the key of a source.
fn key_length(text: &str) -> usize {
    let end = text.char_indices().take(60).find(|(_, c)| !c.is_alphanumeric() && !"_-".contains(*c));
    end.map_or_else(|| text.chars().take(60).map(char::len_utf8).sum(), |(end, _)| end)
}

/// Is this a name with a year, as keys of sources often are: `walker2020` or `walker2020a`?
fn is_dated(key: &str) -> bool {
    let bare = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let name = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_century = ["19", "20"].iter().any(|century| bare[name.len()..].starts_with(century));
    bare.len() == name.len() + 4 && is_century && key.len() <= bare.len() + 1 && name.chars().count() > 2
}
