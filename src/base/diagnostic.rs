//! What is wrong, where, and how to mend it.

use super::{Code, KeyPath, SourcePath, Step};

/// How much a complaint weighs: errors stop publishing, warnings and advice do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not published until this is mended.
    Error,
    /// The site is published; somebody ought to look.
    Warning,
    /// Nothing is wrong; something might read better.
    Advice,
}

impl Severity {
    /// Its name: `error`, `warning` or `advice`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// A stretch of a source file, in bytes from its start; `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// From the start to the end, however long it is.
    pub const WHOLE: Self = Self { start: 0, end: usize::MAX };

    /// The stretch from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// This stretch, moved `by` bytes towards the end of the file.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A stretch of a named source file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the site's root.
    pub path: SourcePath,
    /// The stretch in it; `None` means the file as a whole.
    pub span: Option<Span>,
}

impl Place {
    /// The file as a whole.
    #[must_use]
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), span: None }
    }

    /// A stretch of the file.
    #[must_use]
    pub fn at(path: &SourcePath, span: Span) -> Self {
        Self { path: path.clone(), span: Some(span) }
    }
}

/// What a complaint can be about in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The file as a whole.
    File,
    /// This stretch of a file whose whole text was looked at.
    Span(Span),
    /// The value in a front matter at the end of this way.
    Key(KeyPath),
    /// The key itself at the end of this way.
    KeyName(KeyPath),
    /// The link with this number in a page's text.
    Link(usize),
    /// The citation with this number in a page's text.
    Citation(usize),
    /// The heading with this number in a page's text.
    Heading(usize),
}

/// A part of a named source file, wherever it stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct About {
    /// The file, relative to the site's root.
    pub path: SourcePath,
    /// The part of it.
    pub subject: Subject,
}

impl About {
    /// The file as a whole.
    #[must_use]
    pub fn file(path: &SourcePath) -> Self {
        Self::part(path, Subject::File)
    }

    /// A stretch of a file whose whole text was looked at.
    #[must_use]
    pub fn at(path: &SourcePath, span: Span) -> Self {
        Self::part(path, Subject::Span(span))
    }

    /// The value of a key of a page's front matter.
    #[must_use]
    pub fn key(path: &SourcePath, key: &str) -> Self {
        Self::part(path, Subject::Key(vec![Step::Key(key.into())]))
    }

    /// A part of a file.
    #[must_use]
    pub fn part(path: &SourcePath, subject: Subject) -> Self {
        Self { path: path.clone(), subject }
    }
}

/// A second place that helps to understand a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Note<P = Place> {
    /// Where.
    pub place: P,
    /// What is to be seen there.
    pub label: String,
}

/// A stretch of a file with what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// The stretch; empty where something is put in.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

impl Edit {
    /// `text` with the edits made; `None` if one of them lies outside of it or touches another.
    #[must_use]
    pub fn apply(edits: &[Self], text: &str) -> Option<String> {
        let mut edits: Vec<&Self> = edits.iter().collect();
        edits.sort();
        edits.dedup();
        let mut out = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (i, edit) in edits.iter().enumerate() {
            // Two texts for one empty stretch would have no order.
            if i > 0 && edits[i - 1].span == edit.span {
                return None;
            }
            out.push_str(text.get(at..edit.span.start)?);
            out.push_str(&edit.text);
            at = edit.span.end;
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }
}

/// How many characters of a message, label or cure are kept.
const LONGEST_WORDS: usize = 600;

/// How many characters of a name in backticks are kept where the words around it are too long.
const LONGEST_NAME: usize = 80;

/// One complaint: an author's mistake, in the author's words, with its cure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic<P = Place> {
    /// What it is; `betwixt explain` tells more.
    pub code: Code,
    /// Error, warning or advice: the code's, where nobody weighed it otherwise.
    pub severity: Severity,
    /// The very value at fault.
    pub place: P,
    /// What is wrong: one sentence, no full stop, names in backticks.
    pub message: String,
    /// A few words to stand under the marked place; may be empty.
    pub label: String,
    /// What to do; may be empty where the message says it all.
    pub help: String,
    /// Other places that belong to it.
    pub notes: Vec<Note<P>>,
    /// What cures it for certain: edits of the place's file, in order, none of which touches another. Empty where only the
    /// author can know. `betwixt check --fix` makes them.
    pub fix: Vec<Edit>,
}

/// A complaint that names what it is about, to be told of the files as they are then. Its cure is counted from the start of
/// that.
pub type Complaint = Diagnostic<About>;

impl Complaint {
    /// The same complaint in the files as they are, in which `locate` finds what it is about.
    #[must_use]
    pub fn located(&self, locate: &mut impl FnMut(&About) -> Place) -> Diagnostic {
        let place = locate(&self.place);
        let notes =
            self.notes.iter().map(|note| Note { place: locate(&note.place), label: note.label.clone() }).collect();
        let Span { start, end } = place.span.unwrap_or_default();
        let moved = |edit: &Edit| Edit {
            span: Span::new(start + edit.span.start, start.checked_add(edit.span.end).unwrap_or(end)),
            text: edit.text.clone(),
        };
        Diagnostic {
            code: self.code,
            severity: self.severity,
            fix: self.fix.iter().map(moved).collect(),
            place,
            message: self.message.clone(),
            label: self.label.clone(),
            help: self.help.clone(),
            notes,
        }
    }
}

impl<P> Diagnostic<P> {
    /// A complaint that weighs as much as its code does.
    #[must_use]
    pub fn new(code: Code, place: P, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            place,
            message: short(message.into()),
            label: String::new(),
            help: String::new(),
            notes: Vec::new(),
            fix: Vec::new(),
        }
    }

    /// The same complaint, weighing otherwise than its code does by itself.
    #[must_use]
    pub fn weighing(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same complaint with words under the marked place.
    #[must_use]
    pub fn label(self, label: impl Into<String>) -> Self {
        Self { label: short(label.into()), ..self }
    }

    /// The same complaint with its cure.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: short(help.into()), ..self }
    }

    /// The same complaint with one more place.
    #[must_use]
    pub fn note(mut self, place: P, label: impl Into<String>) -> Self {
        self.notes.push(Note { place, label: short(label.into()) });
        self
    }

    /// The same complaint with what cures it for certain: `text` in place of the stretch `span` of its file.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into() });
        self.fix.sort();
        self
    }

    /// The same complaint with all these edits, if there are any.
    #[must_use]
    pub fn fixes(self, edits: impl IntoIterator<Item = Edit>) -> Self {
        edits.into_iter().fold(self, |complaint, edit| complaint.fix(edit.span, edit.text))
    }

    /// The label `did you mean …?` where there is a near name, else no change.
    #[must_use]
    pub fn suggest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(name) => self.label(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Does this complaint stop publishing?
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// `words`, with names in backticks and the whole cut short where an author's file makes them very long.
fn short(words: String) -> String {
    if words.len() <= LONGEST_WORDS {
        return words;
    }
    let is_name = |i: usize| i % 2 == 1;
    let parts = words.split('`').take(LONGEST_WORDS).enumerate();
    let parts: Vec<_> =
        parts.map(|(i, part)| cut(part, if is_name(i) { LONGEST_NAME } else { LONGEST_WORDS })).collect();
    cut(&parts.join("`"), LONGEST_WORDS)
}

/// The first `most` characters, and an ellipsis in place of the others.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Sorts complaints by place, then code and words, and drops those that say the same twice. Causes stand before what may come
/// of them: first the files at the root, which are the configuration, then the theme's, then all others.
pub fn sort_and_dedup(diagnostics: &mut Vec<Diagnostic>) {
    let rank = |path: &SourcePath| match path.as_str().split_once('/') {
        None => 0,
        Some(("themes", _)) => 1,
        Some(_) => 2,
    };
    diagnostics.sort_by(|a, b| {
        let key = |it: &Diagnostic| rank(&it.place.path);
        (key(a), &a.place, a.code, &a.message).cmp(&(key(b), &b.place, b.code, &b.message))
    });
    diagnostics.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_where_they_fit() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let apply = |edits: &[Edit]| Edit::apply(edits, "titel: Größe");
        assert_eq!(apply(&[edit(7, 7, "Die "), edit(0, 5, "title")]).as_deref(), Some("title: Die Größe"));
        assert_eq!(apply(&[edit(0, 5, "title"), edit(0, 5, "title")]).as_deref(), Some("title: Größe"));
        assert_eq!(apply(&[edit(0, 5, "a"), edit(4, 6, "b")]), None);
        assert_eq!(apply(&[edit(7, 7, "a"), edit(7, 7, "b")]), None);
        assert_eq!(apply(&[edit(10, 11, "o")]), None, "this is within a letter");
        assert_eq!(apply(&[edit(90, 91, "o")]), None);
    }

    #[test]
    fn long_names_are_cut_and_the_sentence_stays() {
        let place = Place::file(&SourcePath::new("a.md"));
        let long = "x".repeat(1_000_000);
        let complaint = Diagnostic::new(Code::UnknownPage, place, format!("`{long}` is no page")).help(long);
        assert_eq!(complaint.message, format!("`{}…` is no page", "x".repeat(LONGEST_NAME)));
        assert_eq!(complaint.help.chars().count(), LONGEST_WORDS + 1);
    }
}
