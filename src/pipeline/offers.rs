//! A guide's sources → the names in it that an editor may offer.

use super::{Memory, parse};
use crate::base::Sources;
use crate::guide::bibliography;
use crate::site::Site;
use crate::site::schema::Offers;
use crate::views::ROLE_TEMPLATES;

/// Every name that pages and settings may use, as far as the sources can be read. Drafts are not offered: nothing may
/// lead to them.
#[must_use]
pub fn offers(sources: &Sources, site: &Site) -> Offers {
    let mut memory = Memory::new();
    let parsed = parse(sources, site, &sources.request.configuration, &mut memory);
    let kinds = &site.rules.kinds;
    let wardrobe = parsed.theme.0.wardrobe();
    let is_for_all = |name: &&&str| !wardrobe.parts.contains(*name) && !ROLE_TEMPLATES.contains(*name);
    let templates = wardrobe.templates.iter().filter(is_for_all);
    let mut offers = Offers {
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
            offers.pages[kind].push(page.name.clone());
        }
        offers.tags.extend(page.matter.tags.iter().cloned());
    }
    for names in offers.pages.iter_mut().chain([&mut offers.tags, &mut offers.styles]) {
        names.sort();
        names.dedup();
    }
    offers
}
