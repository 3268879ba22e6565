//! Whether complaints can be shown: their places lie in the files, and their words do nothing to a terminal.

use betwixt::base::{Diagnostic, Place, Sources};
use betwixt::report::{Colour, Format, problems, render};

/// The first thing that is wrong with them.
pub fn judge(diagnostics: &[Diagnostic], sources: &Sources) -> Result<(), String> {
    for diagnostic in diagnostics {
        if diagnostic.place.path.as_str().starts_with("themes/") {
            return Err(format!("the theme cannot show what an author may write: {diagnostic:?}"));
        }
        let words = [&diagnostic.message, &diagnostic.label, &diagnostic.help];
        if diagnostic.message.is_empty() || words.iter().any(|words| words.chars().count() > 700) {
            return Err(format!("no words, or too many: {diagnostic:?}"));
        }
        for place in [&diagnostic.place].into_iter().chain(diagnostic.notes.iter().map(|note| &note.place)) {
            lies_in_its_file(place, sources).map_err(|trouble| format!("{trouble}: {diagnostic:?}"))?;
        }
    }
    let human = render(diagnostics, sources, Format::Human { colour: Colour::Plain, width: 100 });
    let styled = render(diagnostics, sources, Format::Human { colour: Colour::Styled, width: 60 });
    let github = render(diagnostics, sources, Format::Github);
    let json = render(diagnostics, sources, Format::Json);
    for text in [&human, &github, &json, &without_colours(&styled)] {
        if let Some(control) = text.chars().find(|c| is_harmful(*c)) {
            return Err(format!("{control:?} would reach a terminal in {text:?}"));
        }
    }
    if json.lines().count() != diagnostics.len() || github.lines().count() != diagnostics.len() {
        return Err("not one line for each complaint".to_owned());
    }
    for line in json.lines() {
        serde_json::from_str::<serde_json::Value>(line).map_err(|error| format!("no JSON ({error}): {line}"))?;
    }
    serde_json::to_string(&problems(diagnostics, sources)).map_err(|error| error.to_string())?;
    Ok(())
}

fn lies_in_its_file(place: &Place, sources: &Sources) -> Result<(), String> {
    let Some(span) = place.span else { return Ok(()) };
    let Some(text) = sources.text(&place.path) else { return Err("a place in a file that is no text".to_owned()) };
    match text.get(span.start..span.end) {
        Some(_) => Ok(()),
        None => Err("a place beyond its file, or within a letter".to_owned()),
    }
}

/// Does a terminal do anything but show it?
fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// The text without `ESC [ … m`.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('m') {
            Some((colour, rest)) if colour.chars().all(|c| c.is_ascii_digit() || c == ';') => out.push_str(rest),
            _ => out.extend(["\u{1b}[", part]),
        }
    }
    out
}
