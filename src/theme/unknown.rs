//! Names in templates that the template engine does not know → a complaint for each, where the name stands.
//!
//! The engine tells them in one text alone: a line with what is wrong, then one with the template, line and column.

use std::collections::{BTreeMap, BTreeSet};

use super::load::Texts;
use super::{complaints, tags};
use crate::base::{Diagnostic, LineColumn, Place, SourcePath, Span, byte_at, nearest};

/// A name that the engine does not know.
struct Unknown<'m> {
    /// What the engine says before the name.
    said: &'m str,
    name: &'m str,
    /// The template's name.
    template: &'m str,
    place: Place,
}

/// A complaint for each name in the engine's `message`; none if it names no place.
///
/// Blocks that templates of the program's theme fill, and that one of the author's in their row has not, are one complaint.
pub(super) fn find_unknown(message: &str, texts: &Texts) -> Vec<Diagnostic> {
    let lines: Vec<&str> = message.lines().collect();
    let mut found = Vec::new();
    let mut lost: BTreeMap<&str, (Place, BTreeSet<&str>)> = BTreeMap::new();
    for unknown in lines.windows(2).filter_map(|lines| read(lines[0], lines[1], texts)) {
        match find_own_parent(unknown.template, texts).filter(|_| unknown.said == "Block") {
            Some((own, place)) => {
                lost.entry(own).or_insert_with(|| (place, BTreeSet::new())).1.insert(unknown.name);
            }
            None => found.push(describe(unknown, texts)),
        }
    }
    found.extend(lost.into_iter().map(|(own, (place, blocks))| complaints::lost_blocks(place, own, &blocks)));
    found
}

fn read<'m>(said: &'m str, place: &'m str, texts: &Texts) -> Option<Unknown<'m>> {
    let (said, rest) = said.strip_prefix("error: ")?.split_once(" `")?;
    let (name, _) = rest.split_once('`')?;
    let mut place = place.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    let template = place.next()?;
    let (path, text) = texts.get(template)?;
    let from = byte_at(text, LineColumn { line, column });
    let start = from + text[from..].find(name)?;
    Some(Unknown { said, name, template, place: Place::at(path, Span::new(start, start + name.len())) })
}

fn describe(unknown: Unknown<'_>, texts: &Texts) -> Diagnostic {
    let Unknown { said, name, template, place } = unknown;
    match said {
        "Block" => complaints::unknown_block(
            place,
            name,
            nearest(name, list_declared("block", texts).filter(|known| *known != name)),
        ),
        "Unknown template" => {
            complaints::missing_template(place, template, name, nearest(name, texts.keys().map(String::as_str)))
        }
        "Unknown component" => {
            complaints::unknown_in_template(place, "component", name, nearest(name, list_declared("component", texts)))
        }
        other => complaints::unknown_in_template(place, other.trim_start_matches("Unknown "), name, None),
    }
}

/// The names of all blocks, or of all components.
fn list_declared<'t>(tag: &str, texts: &'t Texts) -> impl Iterator<Item = &'t str> {
    let tags = texts.values().flat_map(|(_, text)| tags::read(text));
    tags.filter(move |found| found.name == tag).filter_map(|found| {
        found.rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').find(|word| !word.is_empty())
    })
}

/// The first template of the author's in the row that `name` extends, if `name` itself is the program's.
fn find_own_parent<'t>(name: &str, texts: &'t Texts) -> Option<(&'t str, Place)> {
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
