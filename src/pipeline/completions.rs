//! A guide's sources → the names in it that an editor may offer.

use super::{Memory, UNOBSERVED, parse};
use crate::base::Sources;
use crate::guide::bibliography;
use crate::site::Site;
use crate::site::schema::Completions;
use crate::views::ROLE_TEMPLATES;

/// Every name that pages and settings may use, as far as the sources can be read. Drafts are not offered: nothing may
/// lead to them.
#[must_use]
pub fn completions(sources: &Sources, site: &Site) -> Completions {
    let mut memory = Memory::new();
    let parsed = parse(sources, site, &mut memory, UNOBSERVED);
    let kinds = &site.rules.kinds;
    let theme_manifest = parsed.theme.0.theme_manifest();
    let is_for_all = |name: &&&str| !theme_manifest.parts.contains(*name) && !ROLE_TEMPLATES.contains(*name);
    let templates = theme_manifest.templates.iter().filter(is_for_all);
    let mut completions = Completions {
        pages: vec![Vec::new(); kinds.len()],
        kinds: kinds.iter().map(|kind| kind.name.clone()).collect(),
        sources: parsed.bibliography.0.keys().map(Box::from).collect(),
        templates: templates.map(|name| name.trim_end_matches(".html").into()).collect(),
        tags: Vec::new(),
        styles: bibliography::styles().map(Box::from).collect(),
    };
    let pages = memory.pages.iter().flat_map(|piece| &piece.pages).map(|remembered| &remembered.page);
    for page in pages.filter(|page| !page.matter.is_draft) {
        if let Some(kind) = page.kind {
            completions.pages[kind].push(page.name.clone());
        }
        completions.tags.extend(page.matter.tags.iter().cloned());
    }
    for names in completions.pages.iter_mut().chain([&mut completions.tags, &mut completions.styles]) {
        names.sort();
        names.dedup();
    }
    completions
}
