//! How templates ask for each other: which are parts of others, so that no page can be made with them alone, which would
//! call each other too deeply, and what a page can show that is made with one.

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

/// The texts that templates are made of: a component is shown where it is called, wherever it stands.
#[derive(Debug, Default)]
pub(super) struct Pieces<'t> {
    /// The text of each template, but for the components in it.
    templates: BTreeMap<&'t str, Vec<&'t str>>,
    components: BTreeMap<&'t str, &'t str>,
}

impl<'t> Pieces<'t> {
    pub fn read(texts: &BTreeMap<&'t str, &'t str>) -> Self {
        let mut pieces = Self::default();
        for (name, text) in texts {
            let own = pieces.templates.entry(name).or_default();
            let mut component = "";
            let mut at = 0;
            for tag in tags::read(text) {
                match tag.name {
                    "component" => {
                        own.push(&text[at..tag.span.start]);
                        component = tag.rest.trim_start().split(|c| !is_of_name(c)).next().unwrap_or_default();
                        at = tag.span.end;
                    }
                    "endcomponent" => {
                        pieces.components.insert(component, &text[at..tag.span.start]);
                        at = tag.span.end;
                    }
                    _ => {}
                }
            }
            own.push(&text[at..]);
        }
        pieces
    }

    /// Every text that a page may show which is made with this template: the template's own, those of the templates that
    /// it extends and includes, and of the components that they call.
    pub fn find_shown(&self, template: &str) -> Vec<&'t str> {
        let mut shown = self.templates.get(template).cloned().unwrap_or_default();
        let mut open_templates = self.templates.clone();
        let mut open_components = self.components.clone();
        open_templates.remove(template);
        let mut next = 0;
        while let Some(text) = shown.get(next).copied() {
            next += 1;
            let tags = tags::read(text).into_iter().filter(|tag| matches!(tag.name, "include" | "extends"));
            let asked = tags.filter_map(|tag| read_quoted(tag.rest));
            shown.extend(asked.filter_map(|asked| open_templates.remove(asked)).flatten());
            for rest in text.split('<').skip(1) {
                let called = rest.trim_start().split(|c| !is_of_name(c)).next().unwrap_or_default();
                shown.extend(open_components.remove(called));
            }
        }
        shown
    }
}

/// May it stand in the name of a component?
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

/// The name in quotes at the start of `rest`.
fn read_quoted(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}
