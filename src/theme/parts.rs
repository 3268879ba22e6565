//! Which templates are parts of others, so that no page can be made with them alone.

use std::collections::{BTreeMap, BTreeSet};

use super::tags;
use crate::views::ROLE_TEMPLATES;

/// The templates that others include, that those for whole pages extend, that hold components, or whose name begins
/// with `_`. A template that every theme may have is never one.
pub(super) fn parts<'t>(texts: &BTreeMap<&'t str, &'t str>) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    let mut extended: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, text) in texts {
        let is_hidden = name.rsplit('/').next().is_some_and(|last| last.starts_with('_'));
        let tags = tags::read(text);
        if is_hidden || (tags.iter().any(|tag| tag.name == "component") && !text.contains("csp")) {
            parts.insert((*name).to_owned());
        }
        for tag in tags {
            match tag.name {
                "include" => drop(quoted(tag.rest).map(|part| parts.insert(part.to_owned()))),
                "extends" => drop(quoted(tag.rest).map(|parent| extended.insert(name, parent))),
                _ => {}
            }
        }
    }
    for known in ROLE_TEMPLATES.into_iter().chain(["page.html"]) {
        let mut name = known;
        // Circles are found elsewhere; a chain is no longer than there are templates.
        for _ in 0..texts.len() {
            let Some(parent) = extended.get(name) else { break };
            parts.insert((*parent).to_owned());
            name = parent;
        }
    }
    parts.retain(|part| part != "page.html" && !ROLE_TEMPLATES.contains(&part.as_str()));
    parts
}

/// The name in quotes at the start of `rest`.
fn quoted(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}
