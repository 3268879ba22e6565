//! Complaints → values that a page can show: the same words, places and lines as on the terminal.
//!
//! Everything in them is owned, so that they outlive the sources, and all but the names of files is harmless in a
//! terminal. Nothing is escaped for HTML yet.

use serde::{Serialize, Serializer};

use super::excerpt::{Files, harmless};
use super::human::fold_repeats;
use crate::base::{Diagnostic, Place, Severity, Sources};

/// How many characters of a line are shown before the place, in it, and behind it.
const AROUND: usize = 160;

/// One complaint, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Problem {
    /// Error, warning or advice; written as its name.
    #[serde(serialize_with = "serialize_name")]
    pub severity: Severity,
    /// The complaint's short name.
    pub code: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: SourceLocation,
    /// The line of the place; `None` where the file as a whole is meant or is not text.
    pub excerpt: Option<MarkedLine>,
    /// A few words for the marked place; may be empty.
    pub label: String,
    /// What to do; may be empty.
    pub help: String,
    /// The first line that the cure changes as it reads when mended, with what is written there marked; `None` where only
    /// the author can know the cure, or where it is no single line.
    pub mended: Option<MarkedLine>,
    /// Other places that belong to it.
    pub notes: Vec<ProblemNote>,
    /// The other places at which the same is wrong, where they are many.
    #[serde(skip)]
    pub others: Vec<SourceLocation>,
}

impl Problem {
    /// What is wrong with the world rather than with a text, such as a folder that cannot be read; `path` is where.
    #[must_use]
    pub fn of_world(path: &str, message: &str) -> Self {
        Self {
            severity: Severity::Error,
            code: "",
            message: harmless(message),
            place: SourceLocation { path: path.to_owned(), at: None },
            excerpt: None,
            label: String::new(),
            help: String::new(),
            mended: None,
            notes: Vec::new(),
            others: Vec::new(),
        }
    }
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SourceLocation {
    /// The file, relative to the site's root, exactly as it is named.
    pub path: String,
    /// Its line and column, both from 1 and the column in characters; `None` for the file as a whole.
    pub at: Option<(usize, usize)>,
}

/// A line of a source, cut to size, with a stretch of it marked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MarkedLine {
    /// What stands before the mark.
    pub before: String,
    /// The marked stretch; empty if the place is between two characters.
    pub marked: String,
    /// What stands behind the mark.
    pub after: String,
}

/// Another place, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ProblemNote {
    /// Where.
    pub place: SourceLocation,
    /// What is to be seen there.
    pub label: String,
}

/// Complaints as a page shows them, in their order; one that is repeated in many files stands for all.
#[must_use]
pub fn problems(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Problem> {
    let mut files = Files::new(sources);
    let folded = fold_repeats(diagnostics).into_iter();
    folded.map(|(diagnostic, others)| describe(diagnostic, &others, &mut files)).collect()
}

fn describe<'a>(diagnostic: &'a Diagnostic, others: &[&'a Place], files: &mut Files<'a>) -> Problem {
    Problem {
        severity: diagnostic.severity,
        code: diagnostic.code.name(),
        message: harmless(&diagnostic.message),
        place: locate(&diagnostic.place, files),
        excerpt: excerpt_line(&diagnostic.place, files),
        label: harmless(&diagnostic.label),
        help: harmless(&diagnostic.help),
        mended: fixed_line(diagnostic, files),
        notes: diagnostic
            .notes
            .iter()
            .map(|note| ProblemNote { place: locate(&note.place, files), label: harmless(&note.label) })
            .collect(),
        others: others.iter().map(|place| locate(place, files)).collect(),
    }
}

fn locate<'a>(place: &'a Place, files: &mut Files<'a>) -> SourceLocation {
    let at = files.start(place).map(|at| (at.line, at.column));
    SourceLocation { path: place.path.as_str().to_owned(), at }
}

fn excerpt_line<'a>(place: &'a Place, files: &mut Files<'a>) -> Option<MarkedLine> {
    let (lines, span) = files.lines(&place.path).zip(place.span)?;
    let excerpt = lines.excerpt(span);
    let (before, rest) = excerpt.source.split_at(excerpt.span.start);
    let (marked, after) = rest.split_at(excerpt.span.len());
    Some(MarkedLine { before: keep_end(before), marked: keep_start(marked), after: keep_start(after) })
}

fn fixed_line<'a>(diagnostic: &'a Diagnostic, files: &mut Files<'a>) -> Option<MarkedLine> {
    let passage = files.lines(&diagnostic.place.path)?.passage(&diagnostic.fix)?;
    let [(span, text)] = &passage.edits[..] else { return None };
    if passage.source.contains('\n') || text.contains('\n') {
        return None;
    }
    let (before, after) = (&passage.source[..span.start], &passage.source[span.end..]);
    Some(MarkedLine { before: keep_end(before), marked: text.clone(), after: keep_start(after) })
}

/// The last characters of a text, of which pages show less than a terminal that can be scrolled.
fn keep_end(text: &str) -> String {
    match text.char_indices().rev().nth(AROUND) {
        Some((cut, c)) => format!("…{}", &text[cut + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

/// The first characters of a text.
fn keep_start(text: &str) -> String {
    match text.char_indices().nth(AROUND) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn serialize_name<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Code, Request, Source, SourcePath, Span};

    const TEXT: &str = "---\ntitle: Ten minutes\n---\nTry [this](ten-minuets.md) \u{1b}[31mtonight.\n";

    fn sources(names: &[String]) -> Sources {
        let mut sources = Sources::new(Request::default());
        for name in names {
            sources.insert(SourcePath::new(name), Source::bytes(TEXT.as_bytes()));
        }
        sources
    }

    fn complaint(path: &str) -> Diagnostic {
        let start = TEXT.find("ten-minuets").expect("it is there");
        let place = Place::at(&SourcePath::new(path), Span::new(start, start + "ten-minuets".len()));
        Diagnostic::new(Code::UnknownPage, place.clone(), "there is no page `ten-minuets`")
            .label("did you mean `ten-minutes`?")
            .note(place, "and\nhere")
    }

    #[test]
    fn a_problem_holds_the_line_with_the_place_marked() {
        let path = "content/a.md";
        let shown = problems(&[complaint(path)], &sources(&[path.to_owned()]));
        let line = MarkedLine {
            before: "Try [this](".into(),
            marked: "ten-minuets".into(),
            after: ".md) \u{241b}[31mtonight.".into(),
        };
        assert_eq!(shown[0].excerpt, Some(line));
        assert_eq!(shown[0].place, SourceLocation { path: path.into(), at: Some((4, 12)) });
        assert_eq!(shown[0].notes[0].label, "and here");
        let json = serde_json::to_value(&shown[0]).expect("it is plain");
        assert_eq!(json["severity"], "error");
        assert_eq!(json["place"]["at"][1], 12);
    }

    #[test]
    fn a_problem_of_a_file_as_a_whole_has_no_line() {
        let place = Place::file(&SourcePath::new("site.toml"));
        let shown = problems(&[Diagnostic::new(Code::UnknownPage, place, "there is no `site.toml`")], &sources(&[]));
        assert_eq!((&shown[0].excerpt, shown[0].place.at), (&None, None));
    }

    #[test]
    fn of_a_long_line_what_is_around_the_place_is_shown() {
        let text = format!("{}here{}", "é".repeat(300), "ü".repeat(300));
        let mut sources = Sources::new(Request::default());
        sources.insert(SourcePath::new("a.md"), Source::bytes(text.as_bytes()));
        let place = Place::at(&SourcePath::new("a.md"), Span::new(600, 604));
        let shown = problems(&[Diagnostic::new(Code::UnknownPage, place, "there is no such page")], &sources);
        let (before, after) = (format!("…{}", "é".repeat(AROUND)), format!("{}…", "ü".repeat(AROUND)));
        assert_eq!(shown[0].excerpt, Some(MarkedLine { before, marked: "here".into(), after }));
    }

    #[test]
    fn the_same_in_many_files_is_one_problem() {
        let names: Vec<String> = (0..8).map(|i| format!("content/{i}.md")).collect();
        let complaints: Vec<_> = names.iter().map(|name| complaint(name)).collect();
        let shown = problems(&complaints, &sources(&names));
        assert_eq!((shown.len(), shown[0].others.len()), (1, 7));
    }
}
