//! A references file that cannot be read → what its author most likely meant, with the cure.

use super::lines::Line;
use super::yaml::{self, Broken};
use crate::base::{Code, Diagnostic, Place, SourcePath, Span};

/// What is wrong with the references at `path`, of which their strict reader `found` so much.
#[must_use]
pub fn explain_references(path: &SourcePath, text: &str, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_unread = |told: &&Diagnostic| matches!(told.code, Code::ReferencesFile | Code::ReferencesShape);
    let Some(unread) = found.iter().find(is_unread) else { return found };
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let stop = unread.place.span.map_or(text.len(), |span| span.start);
    let broken = Broken { path, text, within: mark..text.len(), stop, kind: None, rules: None };
    let slips = of_lines(&broken).unwrap_or_else(|| {
        // Of what is read and bounded, nothing else can be told.
        if unread.code == Code::ReferencesFile && unread.label.is_empty() { yaml::slips(&broken) } else { Vec::new() }
    });
    if slips.is_empty() { found } else { slips }
}

/// The notation of another program, or keys without a colon.
fn of_lines(broken: &Broken) -> Option<Vec<Diagnostic>> {
    let mut bare = Vec::new();
    for line in Line::all(broken.text, broken.within.clone()) {
        let written = line.text.trim_end();
        let place = Place::at(broken.path, line.span(0..written.len()));
        if is_bibtex(written) {
            return Some(vec![bibtex(place)]);
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let below = broken.text[line.start..].split_once('\n').map_or("", |(_, below)| below);
        let is_key = written.starts_with(|c: char| c.is_alphanumeric()) && written.chars().all(is_word);
        if is_key && below.starts_with([' ', '\t']) {
            bare.push(key_without_colon(place, written));
        }
    }
    (!bare.is_empty()).then_some(bare)
}

/// Is it the first line of an entry in the notation of another program: `@book{key,`?
fn is_bibtex(line: &str) -> bool {
    let kind = line.strip_prefix('@').and_then(|rest| rest.split_once('{')).map(|(kind, _)| kind.trim_end());
    kind.is_some_and(|kind| !kind.is_empty() && kind.chars().all(char::is_alphabetic))
}

fn bibtex(place: Place) -> Diagnostic {
    Diagnostic::new(Code::Bibtex, place, "this source is written in BibTeX, which cannot be read here").help(
        "write its key and a colon, such as `moon2019:`, and below it, indented by two spaces, lines such as \
         `title: Listening`; the program `hayagriva` turns whole files of BibTeX into this form",
    )
}

fn key_without_colon(place: Place, key: &str) -> Diagnostic {
    let end = place.span.unwrap_or_default().end;
    Diagnostic::new(Code::KeyWithoutColon, place, format!("a colon is missing after the key `{key}`"))
        .help("put a colon after it")
        .fix(Span::new(end, end), ":")
}
