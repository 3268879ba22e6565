//! Complaints in the form of the Rust compiler.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::excerpt::{Files, harmless};
use super::{Colour, count, plural};
use crate::base::{Diagnostic, Place, Severity, SourcePath, Sources};

/// In how many files a complaint may be repeated word by word before it is folded into one.
const REPEATED: usize = 5;

/// How many of the other files a folded complaint names.
const NAMED: usize = 3;

/// How many characters of a message, label or cure are shown.
const LONGEST_WORDS: usize = 600;

/// The narrowest terminal that lines are cut for.
const NARROWEST: usize = 40;

/// All complaints and their count.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: Colour, width: usize) -> String {
    let renderer = match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    };
    let mut sheet =
        Sheet { renderer: renderer.term_width(width.max(NARROWEST)), files: Files::new(sources), out: String::new() };
    for (diagnostic, files) in folded(diagnostics) {
        sheet.add(diagnostic, &files);
    }
    if let Some(count) = count(diagnostics) {
        let level = if diagnostics.iter().any(Diagnostic::is_error) { Level::ERROR } else { Level::WARNING };
        sheet.out.push_str(&sheet.renderer.render(&[Group::with_title(level.primary_title(count))]));
        sheet.out.push('\n');
    }
    sheet.out
}

/// Each complaint with the files in which it is repeated: none, unless they are many and it stands for all of them.
fn folded(diagnostics: &[Diagnostic]) -> Vec<(&Diagnostic, BTreeSet<&SourcePath>)> {
    let key = |diagnostic: &Diagnostic| (diagnostic.code, diagnostic.message.clone(), diagnostic.label.clone());
    let mut files: BTreeMap<_, BTreeSet<&SourcePath>> = BTreeMap::new();
    for diagnostic in diagnostics {
        files.entry(key(diagnostic)).or_default().insert(&diagnostic.place.path);
    }
    let mut seen = BTreeSet::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let key = key(diagnostic);
        let repeated = &files[&key];
        if repeated.len() <= REPEATED {
            shown.push((diagnostic, BTreeSet::new()));
        } else if seen.insert(key) {
            shown.push((diagnostic, repeated.clone()));
        }
    }
    shown
}

/// Words as they may be shown: harmless, and not without end where they quote an author's file.
fn words(text: &str) -> String {
    match text.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => harmless(&text[..end]) + "…",
        None => harmless(text),
    }
}

/// What is written so far.
struct Sheet<'a> {
    renderer: Renderer,
    files: Files<'a>,
    out: String,
}

/// A group of lines about one place, and how its column reads once it is mended: see [`Sheet::group`].
type Placed = (Group<'static>, Option<(String, String)>);

impl<'a> Sheet<'a> {
    /// Writes one complaint; `files` are those in which it is repeated, its own among them.
    fn add(&mut self, diagnostic: &'a Diagnostic, files: &BTreeSet<&SourcePath>) {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(words(&diagnostic.message)).id(diagnostic.code);
        let (mut group, column) = self.group(title, &diagnostic.place, &diagnostic.label);
        if !diagnostic.help.is_empty() {
            group = group.element(Level::HELP.message(words(&diagnostic.help)));
        }
        if !files.is_empty() {
            group = group.element(Level::NOTE.message(others(&diagnostic.place.path, files)));
        }
        let mut groups = vec![group];
        let mut columns = vec![column];
        for note in &diagnostic.notes {
            let title = Level::NOTE.secondary_title(words(&note.label));
            let (group, column) = self.group(title, &note.place, "");
            groups.push(group);
            columns.push(column);
        }
        let mut text = self.renderer.render(&groups);
        for (shown, real) in columns.into_iter().flatten() {
            text = text.replacen(&shown, &real, 1);
        }
        self.out.push_str(&text);
        self.out.push_str("\n\n");
    }

    /// The place below its title.
    ///
    /// The renderer counts the column in the line that it is given. Where only a part of a long line is shown, the
    /// second value says what has to be put in place of what.
    fn group(&mut self, title: Title<'static>, place: &'a Place, label: &str) -> Placed {
        let path = harmless(place.path.as_str());
        let lines = self.files.lines(&place.path);
        let Some((lines, span)) = lines.zip(place.span) else {
            return (title.element(Origin::path(path)), None);
        };
        let excerpt = lines.excerpt(span);
        let label = Some(words(label)).filter(|label| !label.is_empty());
        let annotation = AnnotationKind::Primary.span(excerpt.span.clone()).label(label);
        let line = excerpt.at.line;
        let at = |column: usize| format!("--> {path}:{line}:{column}");
        let column =
            (excerpt.shown_column != excerpt.at.column).then(|| (at(excerpt.shown_column), at(excerpt.at.column)));
        let snippet = Snippet::source(excerpt.source).path(path).line_start(line).annotation(annotation);
        (title.element(snippet), column)
    }
}

/// `… and the same in 12 more files`, with the names of the first few.
fn others(own: &SourcePath, files: &BTreeSet<&SourcePath>) -> String {
    let others: Vec<_> = files.iter().filter(|path| **path != own).map(|path| harmless(path.as_str())).collect();
    let names: Vec<_> = others.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    format!("… and the same in {} such as {}", plural(others.len(), "more file"), names.join(", "))
}
