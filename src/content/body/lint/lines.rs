//! Lines that were most likely meant as a heading, a list, a table, a callout or a block of another program.

use super::{Look, complaints, foreign};
use crate::base::{Diagnostic, Edit, line_start};

const CALLOUTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
const BULLETS: [char; 5] = ['•', '◦', '▪', '●', '‣'];
const DASHES: [char; 5] = ['-', '–', '—', '―', '─'];

/// The most columns of a table for which a row is written out.
const MOST_COLUMNS: usize = 20;

/// The signs with which a line begins, and what looks at each line of text that begins so; `None` where nothing is wrong.
type Row = (&'static [char], fn(&Look, usize) -> Option<Diagnostic>);

/// All that is looked at where a line begins.
pub(super) const ROWS: [Row; 6] = [
    (&['#'], heading),
    (&BULLETS, list),
    (&['|'], table),
    (&['[', '!'], callout),
    (&[':'], foreign::container),
    (&['<'], foreign::begins_conflict),
];

/// A line of a block, from where its text begins.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Where its text begins.
    pub at: usize,
    /// What stands before that on the line.
    pub before: &'a str,
    /// Its text, without the white space at its end.
    pub text: &'a str,
}

impl Line<'_> {
    fn end(self) -> usize {
        self.at + self.text.len()
    }

    /// Is it nothing but a line of its own, or one of a quotation?
    fn begins(self) -> bool {
        self.before.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
    }

    fn is_row(self) -> bool {
        self.text.len() > 2 && self.text.starts_with('|') && self.text.ends_with('|')
    }

    /// Is it a row of nothing but dashes, of whatever length, as below the first row of a table?
    fn is_ruled(self) -> bool {
        let is_dash = |c: char| DASHES.contains(&c);
        self.is_row() && self.text.contains(is_dash) && self.text.chars().all(|c| "|: \t".contains(c) || is_dash(c))
    }

    fn has_bullet(self) -> bool {
        let rest = self.text.strip_prefix(BULLETS);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c.is_alphanumeric()))
    }
}

impl Look<'_> {
    /// A line of the block that begins with text.
    pub(super) fn line(&self, index: usize) -> Option<Line<'_>> {
        let at = *self.block.lines.get(index)?;
        Some(self.line_from(at))
    }

    fn line_from(&self, at: usize) -> Line<'_> {
        let body = self.page.body;
        let text = body[at..].split('\n').next().unwrap_or_default().trim_end();
        Line { at, before: &body[line_start(body, at)..at], text }
    }

    /// Do nothing but empty lines, if any, stand above this line?
    fn is_first(&self, line: Line) -> bool {
        let above = &self.page.body[..line.at - line.before.len()];
        above.is_empty() || above[..above.len() - 1].rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
    }
}

fn heading(look: &Look, index: usize) -> Option<Diagnostic> {
    let line = look.line(index).filter(|line| line.begins())?;
    let level = line.text.len() - line.text.trim_start_matches('#').len();
    let is_meant = (2..=6).contains(&level) && line.text[level..].starts_with(char::is_alphanumeric);
    let edit = || look.edit(line.at + level..line.at + level, " ");
    is_meant.then(|| complaints::like_a_heading(look.place(line.at..line.end()), edit()))
}

fn list(look: &Look, index: usize) -> Option<Diagnostic> {
    let first = look.line(index).filter(|line| line.begins() && line.has_bullet())?;
    let is_next = index > 0 && look.line(index - 1).is_some_and(Line::has_bullet);
    let points = (index..).map_while(|index| look.line(index).filter(|line| line.has_bullet()));
    let edits = points.map(|line| {
        let words = line.text.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
        look.edit(line.at..line.end() - words.len(), "- ")
    });
    (!is_next).then(|| complaints::like_a_list(look.place(first.at..first.end()), edits.collect()))
}

fn table(look: &Look, index: usize) -> Option<Diagnostic> {
    let first = look.line(index).filter(|line| line.is_row() && !look.is_table)?;
    let second = look.line(index + 1).filter(|line| line.is_row())?;
    if index > 0 && look.line(index - 1).is_some_and(Line::is_row) {
        return None;
    }
    let columns = first.text.replace("\\|", "").matches('|').count() - 1;
    let row = format!("|{}", " --- |".repeat(columns.min(MOST_COLUMNS)));
    let is_sure = look.is_first(first) && columns <= MOST_COLUMNS && first.before.len() < 4 && !first.is_ruled();
    let mut below = (index + 2..).map_while(|index| look.line(index).filter(|line| line.is_row()));
    let edit = if second.is_ruled() {
        Some(look.edit(second.at..second.end(), row.as_str()))
    } else {
        let end = first.end()..first.end();
        (!below.any(Line::is_ruled)).then(|| look.edit(end, format!("\n{}{row}", first.before)))
    };
    Some(complaints::like_a_table(look.place(first.at..first.end()), &row, edit.filter(|_| is_sure)))
}

fn callout(look: &Look, index: usize) -> Option<Diagnostic> {
    let line = look.line(index).filter(|line| line.begins())?;
    let callout = Callout::read(line)?;
    let edits = if look.is_first(line) { callout.edits(look, line) } else { Vec::new() };
    let stretch = line.at..line.at + callout.length;
    Some(complaints::callout_form(look.place(stretch), &callout.name, edits))
}

/// What looks like the first line of a callout.
struct Callout<'a> {
    name: String,
    /// How long its sign is.
    length: usize,
    /// What follows on the line.
    words: &'a str,
}

impl<'a> Callout<'a> {
    /// The callout that a line seems to begin, whether it is written well or not.
    fn read(line: Line<'a>) -> Option<Self> {
        let sign = line.text;
        let is_quote = line.before.contains('>');
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
        (is_meant && CALLOUTS.contains(&&*name)).then(|| Self { name, length: sign.len() - rest.len(), words })
    }

    /// What makes a callout of the line that is meant as its first; nothing if it is not certain what its words are.
    fn edits(&self, look: &Look, line: Line) -> Vec<Edit> {
        let is_quote = line.before.contains('>');
        let prefix = if is_quote { line.before.trim_end().to_owned() + " " } else { format!("{}> ", line.before) };
        let others = lines_below(look.page.body, line.end());
        // With a `-` or `+` other programs fold a callout, and take what follows for its title.
        let (fold, words) = self.words.split_at(usize::from(self.words.starts_with(['-', '+'])));
        let has_title = !fold.is_empty() && !words.trim().is_empty();
        if (words.is_empty() && others.is_empty()) || has_title {
            return Vec::new();
        }
        let mut text = format!("{prefix}[!{}]", self.name);
        if !words.is_empty() {
            text.extend(["\n", &prefix, words]);
        }
        let mut edits = vec![look.edit(line.at - line.before.len()..line.end(), text)];
        if !is_quote {
            edits.extend(others.into_iter().map(|at| look.edit(at..at, "> ")));
        }
        edits
    }
}

/// Where the lines begin that follow the one in which `at` lies, up to the next empty one.
fn lines_below(body: &str, at: usize) -> Vec<usize> {
    let mut start = body[at..].find('\n').map_or(body.len(), |newline| at + newline + 1);
    let mut starts = Vec::new();
    for line in body[start..].split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
        starts.push(start);
        start += line.len();
    }
    starts
}
