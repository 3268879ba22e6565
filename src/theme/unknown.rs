//! The template engine's report of names that it does not know → a complaint for each, where the name stands.
//!
//! The engine gives one text for all of them: `error: Unknown filter …`, a line with file, line and column, and a
//! picture of the line with the name underlined.

use std::collections::{BTreeMap, BTreeSet};

use super::{complaints, tags};
use crate::base::{Diagnostic, Place, SourcePath, Span, nearest};

const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

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
    let (what, known) = match said.trim_end() {
        "Unknown function" => ("function", FUNCTIONS.to_vec()),
        "Unknown filter" => ("filter", FILTERS.to_vec()),
        "Unknown test" => ("test", TESTS.to_vec()),
        "Unknown component" => ("component", declared("component")),
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
    Some(complaints::unknown_in_template(place, what, name, nearest(name, known)))
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
    use tera::Tera;

    use super::*;

    #[test]
    fn what_is_said_to_be_known_is_known() {
        let is_known = |text: &str| Tera::default().add_raw_template("a", text).is_ok();
        assert!(FUNCTIONS.iter().all(|name| is_known(&format!("{{{{ {name}() }}}}")) || *name == "super"));
        assert!(FILTERS.iter().all(|name| is_known(&format!("{{{{ a | {name} }}}}"))));
        assert!(TESTS.iter().all(|name| is_known(&format!("{{{{ a is {name} }}}}"))));
    }
}
