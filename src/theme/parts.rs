//! How templates ask for each other: which are parts of others, so that no page can be made with them alone, and which
//! would call each other too deeply.

use std::collections::{BTreeMap, BTreeSet};

use super::tags;
use crate::views::ROLE_TEMPLATES;

/// The templates that others include, that those for whole pages extend, that hold components, or whose name begins
/// with `_`. A template that every theme may have is never one.
pub(super) fn find_parts<'t>(texts: &BTreeMap<&'t str, &'t str>) -> BTreeSet<String> {
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
                "include" => drop(read_quoted(tag.rest).map(|part| parts.insert(part.to_owned()))),
                "extends" => drop(read_quoted(tag.rest).map(|parent| extended.insert(name, parent))),
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

/// More calls within calls than this are a mistake. Each takes room on the stack, and as many again where components call
/// each other, which the engine lets go twenty deep.
const DEEPEST: usize = 32;

/// Templates that ask for each other too deeply, the first one first: each counts, and each of its blocks that lies in
/// another. There is no circle among them.
pub(super) fn find_too_deep_row<'t>(texts: &BTreeMap<&'t str, &'t str>) -> Option<Vec<&'t str>> {
    let mut depths = BTreeMap::new();
    let first = texts.keys().find(|name| measure_depth(name, texts, &mut depths) > DEEPEST)?;
    let next = |name: &&'t str| depths.get(name).and_then(|(_, next)| *next);
    Some(std::iter::successors(Some(*first), next).collect())
}

/// How deeply the calls of a template go, which is noted with the template that they lead to.
fn measure_depth<'t>(
    name: &'t str,
    texts: &BTreeMap<&'t str, &'t str>,
    known: &mut BTreeMap<&'t str, (usize, Option<&'t str>)>,
) -> usize {
    if let Some((depth, _)) = known.get(name) {
        return *depth;
    }
    let (mut open, mut own, mut below) = (0_usize, 0, (0, None));
    for tag in texts.get(name).map(|text| tags::read(text)).unwrap_or_default() {
        match tag.name {
            "block" => open += 1,
            "endblock" => open = open.saturating_sub(1),
            "include" | "extends" => {
                let asked = read_quoted(tag.rest).map(|asked| (measure_depth(asked, texts, known), Some(asked)));
                below = below.max(asked.unwrap_or_default());
            }
            _ => {}
        }
        own = own.max(open);
    }
    let depth = 1 + own + below.0;
    known.insert(name, (depth, below.1));
    depth
}

/// The name in quotes at the start of `rest`.
fn read_quoted(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}
