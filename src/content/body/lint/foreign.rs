//! Markup of other programs, which readers would see as it stands: one table of what it looks like, its name and its cure.

use std::ops::Range;

use super::{Look, complaints};
use crate::base::Diagnostic;
use crate::content::body::page::Page;

/// Markup of another program.
struct Foreign {
    begins: &'static str,
    ends: &'static str,
    /// How far away its end may stand.
    reach: Reach,
    name: &'static str,
    cure: &'static str,
}

/// How far markup goes.
#[derive(PartialEq)]
enum Reach {
    /// To the end of the paragraph.
    Paragraph,
    /// To the end of the page.
    Page,
}

const SHORTCODE: &str = "write in Markdown what it would show, such as a link, a picture or a callout";
/// With this some programs begin a block, and end it.
const CONTAINER: &str = ":::";
const NOTE: &str = "a note for yourself goes between `<!--` and `-->`";

/// The first that fits counts.
const FOREIGN: [Foreign; 9] = [
    Foreign { begins: "{{<", ends: ">}}", reach: Reach::Paragraph, name: "a shortcode of Hugo", cure: SHORTCODE },
    Foreign { begins: "{{%", ends: "%}}", reach: Reach::Paragraph, name: "a shortcode of Hugo", cure: SHORTCODE },
    Foreign {
        begins: "{{",
        ends: "}}",
        reach: Reach::Paragraph,
        name: "a value of a template",
        cure: "write here the words that belong in its place",
    },
    Foreign {
        begins: "{% comment",
        ends: "endcomment %}",
        reach: Reach::Page,
        name: "a comment of Liquid",
        cure: NOTE,
    },
    Foreign {
        begins: "{%- comment",
        ends: "endcomment -%}",
        reach: Reach::Page,
        name: "a comment of Liquid",
        cure: NOTE,
    },
    Foreign {
        begins: "{%",
        ends: "%}",
        reach: Reach::Paragraph,
        name: "a tag of a template",
        cure: "take it out, and write in Markdown what it would show",
    },
    Foreign { begins: "{#", ends: "#}", reach: Reach::Page, name: "a comment of a template", cure: NOTE },
    Foreign { begins: "%%\n", ends: "%%", reach: Reach::Page, name: "a comment of Obsidian", cure: NOTE },
    Foreign { begins: "%%", ends: "%%", reach: Reach::Paragraph, name: "a comment of Obsidian", cure: NOTE },
];

/// The signs with which such markup begins within a line.
pub(super) const SIGNS: [&str; 4] = ["{{", "{%", "{#", "%%"];

/// Does foreign markup begin at `at`? Then where it ends, and the complaint about it.
pub(super) fn markup(look: &Look, at: usize) -> Option<(usize, Diagnostic)> {
    let body = look.page.body;
    let rest = &body[at..];
    let (foreign, length) = FOREIGN.iter().find_map(|foreign| Some((foreign, foreign.length(rest)?)))?;
    if foreign.begins.starts_with("%%") && body[..at].ends_with(|c: char| !c.is_whitespace()) {
        return None;
    }
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    let place = look.place(at..at + length.min(line.len()));
    Some((at + length, complaints::foreign_markup(place, foreign.begins.trim_end(), (foreign.name, foreign.cure))))
}

impl Foreign {
    /// How long this markup at the start of `text` is, if it is that.
    fn length(&self, text: &str) -> Option<usize> {
        let inside = text.strip_prefix(self.begins)?;
        let near = match self.reach {
            Reach::Paragraph => inside.split("\n\n").next().unwrap_or_default(),
            Reach::Page => inside,
        };
        Some(self.begins.len() + near.find(self.ends)? + self.ends.len())
    }
}

/// `:::note` at the start of a line; its end is not complained of.
pub(super) fn container(look: &Look, index: usize) -> Option<Diagnostic> {
    let line = look.line(index)?;
    // The parser may have taken the first colon for the mark of a definition.
    let taken = usize::from(line.before.ends_with(':'));
    let body = look.page.body;
    let start = line.at - taken;
    if !body[start..].starts_with(CONTAINER) || !line.before[..line.before.len() - taken].trim().is_empty() {
        return None;
    }
    let is_end = line.text.trim_start_matches(':').is_empty() && body[..start].contains(CONTAINER);
    let place = look.place(start..line.at + line.text.len());
    let cure = "for a callout write `> [!NOTE]` on a line of its own, then its words behind `> `";
    (!is_end).then(|| complaints::foreign_markup(place, CONTAINER, ("a block of another program", cure)))
}

/// `<<<<<<< HEAD`, with which git begins the first of two texts.
pub(super) fn begins_conflict(look: &Look, index: usize) -> Option<Diagnostic> {
    let line = look.line(index).filter(|line| line.before.is_empty() && line.text.starts_with("<<<<<<< "))?;
    Some(complaints::conflict_mark(look.place(line.at..line.at + line.text.len())))
}

/// `>>>>>>> theirs`, with which git ends the second of two texts: quotations in each other, to the parser.
pub(super) fn ends_conflict(page: &Page, quote: &Range<usize>) -> Option<Diagnostic> {
    let rest = page.body.get(quote.start..).filter(|rest| rest.starts_with(">>>>>>> "))?;
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    let is_at_start = page.body[..quote.start].chars().next_back().is_none_or(|c| c == '\n');
    is_at_start.then(|| complaints::conflict_mark(page.place(quote.start..quote.start + line.len())))
}

/// Is this heading one only because git parts two texts with `=======`?
pub(in crate::content::body) fn parts_conflict(body: &str, heading: &Range<usize>) -> bool {
    let written = body.get(heading.clone()).unwrap_or_default();
    written.trim_end().ends_with("\n=======") && body[heading.end..].contains(">>>>>>> ")
}
