//! A references file that cannot be read → what its author most likely meant, with the cure; and, behind each slip, the rest.

use super::lines::Line;
use super::yaml::{self, Broken};
use super::{Obstacle, Round, read_on};
use crate::base::{Code, Diagnostic, PatchedText, Place, SourcePath, Span};
use crate::guide::bibliography::{self, Manner};
use crate::syntax::yaml::{Document, Value};

/// What is wrong with the references at `path`, of which their strict reader `found` so much.
#[must_use]
pub fn explain_references(path: &SourcePath, text: &str, manner: &Manner, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if !found.iter().any(Diagnostic::is_error) {
        return found;
    }
    let (own, mut all): (Vec<_>, Vec<_>) = found.into_iter().partition(|told| told.place.path == *path);
    let mut first = Some(own);
    let reading = read_on(PatchedText::new(text.to_owned(), 0), |text| {
        let mut found = first.take().unwrap_or_else(|| bibliography::load(text, path, manner).1);
        let slips = slips(path, text);
        found.retain(|told| slips.is_empty() && told.place.path == *path);
        let obstacles = slips.into_iter().map(|diagnostic| Obstacle { diagnostic, without: None }).collect();
        Round { obstacles, found }
    });
    all.extend(reading.found);
    all
}

/// What keeps a text from being a list of sources.
fn slips(path: &SourcePath, text: &str) -> Vec<Diagnostic> {
    let within = text.len() - text.trim_start_matches('\u{feff}').len()..text.len();
    let (stop, is_bound) = match Document::read(text, within.clone()) {
        Ok(document) if matches!(document.root().value(), Value::Map(_) | Value::Null) => return Vec::new(),
        Ok(document) => (document.root().span().start, true),
        Err(error) => (error.span.start, error.kind.is_bound()),
    };
    let broken = Broken { path, text, within, stop, kind: None, rules: None };
    // Of what is read and bounded, nothing else can be told.
    of_lines(&broken).unwrap_or_else(|| if is_bound { Vec::new() } else { yaml::slips(&broken) })
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
