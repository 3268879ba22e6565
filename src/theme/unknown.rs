//! The template engine's report of names that it does not know → a complaint for each, where the name stands.
//!
//! The engine gives one text for all of them: `error: Unknown filter …`, a line with file, line and column, and a
//! picture of the line with the name underlined.

use std::collections::{BTreeMap, BTreeSet};

use tera::Tera;

use super::{complaints, tags};
use crate::base::{Diagnostic, Place, SourcePath, Span, nearest};

/// Longer names are compared up to here.
const LONGEST_NAME: usize = 24;

/// One report of the engine.
struct Report<'m> {
    message: &'m str,
    /// The template's name.
    template: &'m str,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// How many characters are underlined.
    width: usize,
}

/// The complaints that the engine's `message` stands for; none if it names no place.
///
/// What is wrong in a template of the program's theme comes of one that the author put in the place of another, and is said once.
pub(super) fn complaints(message: &str, texts: &BTreeMap<String, (SourcePath, String)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut lost: BTreeMap<&str, (Place, BTreeSet<&str>)> = BTreeMap::new();
    let reports = reports(message);
    for report in &reports {
        let block = report.message.strip_prefix("Block `").and_then(|rest| rest.split('`').next());
        match block.and_then(|block| Some((block, own_parent(report.template, texts)?))) {
            Some((block, (own, place))) => {
                lost.entry(own).or_insert_with(|| (place, BTreeSet::new())).1.insert(block);
            }
            None => found.extend(complaint(report, texts)),
        }
    }
    found.extend(lost.into_iter().map(|(own, (place, blocks))| complaints::lost_blocks(place, own, &blocks)));
    found
}

fn reports(message: &str) -> Vec<Report<'_>> {
    let lines: Vec<&str> = message.lines().collect();
    let mut reports = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let (Some(message), Some(place)) = (line.strip_prefix("error: "), lines.get(i + 1)) else { continue };
        let Some(place) = place.trim_start().strip_prefix("--> ") else { continue };
        let mut parts = place.rsplitn(3, ':');
        let mut number = || parts.next().and_then(|number| number.parse().ok());
        let (Some(column), Some(line)) = (number(), number()) else { continue };
        let width = lines.get(i + 4).map_or(1, |underline| underline.matches('^').count());
        reports.extend(parts.next().map(|template| Report { message, template, line, column, width }));
    }
    reports
}

fn complaint(report: &Report<'_>, texts: &BTreeMap<String, (SourcePath, String)>) -> Option<Diagnostic> {
    let (path, text) = texts.get(report.template)?;
    let place = Place::at(path, span(report, text)?);
    let (said, rest) = report.message.split_once('`')?;
    let name = rest.split('`').next()?;
    let declared = |tag: &str| {
        let tags = texts.values().flat_map(|(_, text)| tags::read(text));
        tags.filter(|found| found.name == tag).filter_map(|found| first_word(found.rest)).collect::<Vec<_>>()
    };
    let (what, near) = match said.trim_end() {
        "Unknown function" => ("function", near_builtin(name, |name| format!("{{{{ {name}() }}}}"))),
        "Unknown filter" => ("filter", near_builtin(name, |name| format!("{{{{ 0 | {name} }}}}"))),
        "Unknown test" => ("test", near_builtin(name, |name| format!("{{{{ 0 is {name} }}}}"))),
        "Unknown component" => ("component", nearest(name, declared("component")).map(str::to_owned)),
        "Unknown template" => {
            let near = nearest(name, texts.keys().map(String::as_str));
            let place = Place { span: place.span.map(|span| within(span, text, name)), ..place };
            return Some(complaints::missing_template(place, report.template, name, near));
        }
        "Block" => {
            let known = declared("block");
            let near = nearest(name, known.into_iter().filter(|known| *known != name));
            return Some(complaints::unknown_block(place, name, near));
        }
        _ => return Some(complaints::broken_template(place, report.message)),
    };
    Some(complaints::unknown_in_template(place, what, name, near.as_deref()))
}

/// The name that differs from `name` by one slip of the finger and that the engine knows: asked with a template, as it has no
/// list of its names to give.
fn near_builtin(name: &str, template: impl Fn(&str) -> String) -> Option<String> {
    let mut engine = Tera::default();
    slips(name).into_iter().find(|name| engine.add_raw_template("a", &template(name)).is_ok())
}

/// Every name that differs from `name` by one letter left out, changed, put in, or swapped with the next.
fn slips(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().take(LONGEST_NAME).collect();
    let mut slips = Vec::new();
    for at in 0..=letters.len() {
        let (before, rest) = letters.split_at(at);
        if let [first, behind @ ..] = rest {
            slips.push([before, behind].concat());
            if let [second, behind @ ..] = behind {
                slips.push([before, &[*second, *first], behind].concat());
            }
            slips.extend(('_'..='z').map(|letter| [before, &[letter], behind].concat()));
        }
        slips.extend(('_'..='z').map(|letter| [before, &[letter], rest].concat()));
    }
    slips.into_iter().map(String::from_iter).collect()
}

/// The first template of the author's in the row that `name` extends, if `name` itself is the program's.
fn own_parent<'t>(name: &str, texts: &'t BTreeMap<String, (SourcePath, String)>) -> Option<(&'t str, Place)> {
    let is_own = |path: &SourcePath| path.below("themes/hearth").is_none();
    let (path, text) = texts.get(name)?;
    if is_own(path) {
        return None;
    }
    let mut text = text.as_str();
    // Circles are found elsewhere; a row is no longer than there are templates.
    for _ in 0..texts.len() {
        let extends = tags::read(text).into_iter().find(|tag| tag.name == "extends")?;
        let (parent, (path, parent_text)) = texts.get_key_value(extends.rest.split(['"', '\'']).nth(1)?)?;
        if is_own(path) {
            return Some((parent, Place::file(path)));
        }
        text = parent_text;
    }
    None
}

/// Where in the template's text the underlined part stands.
fn span(report: &Report<'_>, text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(report.line.checked_sub(1)?) {
        start += line.len();
    }
    let line = text[start..].lines().next().unwrap_or_default();
    let at = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let first = report.column.checked_sub(1)?;
    Some(Span::new(start + at(first), start + at(first + report.width)))
}

/// The part of `span` that is `name`.
fn within(span: Span, text: &str, name: &str) -> Span {
    let found = text[span.start..span.end].find(name).map(|at| span.start + at);
    found.map_or(span, |start| Span::new(start, start + name.len()))
}

fn first_word(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').find(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_told_from_another_name() {
        let near = |name: &str| near_builtin(name, |name| format!("{{{{ 0 | {name} }}}}"));
        assert_eq!(near("uper").as_deref(), Some("upper"));
        assert_eq!(near("truncaet").as_deref(), Some("truncate"));
        assert_eq!(near("titles").as_deref(), Some("title"));
        assert_eq!(near("markdown"), None);
    }
}
