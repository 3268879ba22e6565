//! Pages, configuration and theme → the guide and the plan of its files, or those of the build before.

use std::hash::Hash;
use std::sync::Arc;

use super::memory::{Kept, Layout, Remembered};
use super::{Loaded, Step};
use crate::base::{Digest, Fingerprint, Source, SourcePath, Sources};
use crate::guide::{self, Bibliography, Parts};
use crate::site::{CONTENT, STATIC, Site};
use crate::theme::Theme;
use crate::views::{self, Brief, Wardrobe};

/// What the guide and its files are laid out from.
pub(super) struct Ground<'g> {
    pub sources: &'g Sources,
    pub site: &'g Site,
    pub configuration: &'g SourcePath,
    pub pages: &'g [Remembered],
    pub bibliography: &'g Arc<Bibliography>,
    pub theme: &'g Loaded<Theme>,
}

impl Ground<'_> {
    /// Stands for all of it, save the wording of the pages and places in it.
    fn outline(&self) -> Fingerprint {
        let mut digest = Digest::default();
        let configuration = self.sources.get(self.configuration).map(Source::fingerprint);
        (&self.sources.request, configuration, self.theme.0.fingerprint, self.theme.1.is_empty()).hash(&mut digest);
        for remembered in self.pages {
            remembered.outline.hash(&mut digest);
        }
        for (path, source) in self.sources.below(CONTENT).chain(self.sources.below(STATIC)) {
            if !path.is_markdown() {
                (path, source.fingerprint()).hash(&mut digest);
            }
        }
        digest.fingerprint()
    }
}

/// The guide and its files.
///
/// An edit of a page's wording that no other page can know of changes neither: then the kept layout is used again, with
/// the new page in the place of the old one. Complaints show lines of the text, so a layout with complaints is not kept.
/// The second answer tells whether it was laid out anew.
pub(super) fn lay_out<'m>(
    ground: &Ground,
    memory: &'m mut Kept<Layout>,
    observe: &mut dyn FnMut(Step),
) -> (&'m Layout, bool) {
    let question = ground.outline();
    let is_usable = |layout: &Layout| layout.diagnostics.is_empty();
    if memory.as_ref().is_some_and(|(asked, layout)| *asked != question || !is_usable(layout)) {
        *memory = None;
    }
    let is_new = memory.is_none();
    if let Some((_, layout)) = memory {
        let kept = layout.guide.entries.iter_mut().zip(&mut layout.shown);
        let current = ground.pages.iter().filter(|remembered| remembered.is_part(ground.sources.request.drafts));
        for ((entry, shown), remembered) in kept.zip(current) {
            if !Arc::ptr_eq(&entry.page, &remembered.page) {
                entry.page = Arc::clone(&remembered.page);
                *shown = Arc::clone(&remembered.shown);
            }
        }
        observe(Step::Assemble);
        observe(Step::Plan);
    }
    let (_, layout) = memory.get_or_insert_with(|| (question, new_layout(ground, observe)));
    (layout, is_new)
}

fn new_layout(ground: &Ground, observe: &mut dyn FnMut(Step)) -> Layout {
    let Ground { sources, site, configuration, pages, bibliography, theme } = *ground;
    let parts = Parts {
        site,
        configuration,
        pages: pages.iter().map(|remembered| Arc::clone(&remembered.page)).collect(),
        bibliography: Arc::clone(bibliography),
        sources,
    };
    let (guide, mut diagnostics) = guide::assemble(parts);
    observe(Step::Assemble);
    let published = pages.iter().filter(|remembered| remembered.is_part(sources.request.drafts));
    let shown: Vec<_> = published.map(|remembered| Arc::clone(&remembered.shown)).collect();
    let wardrobe = Wardrobe { is_broken: !theme.1.is_empty(), ..theme.0.wardrobe() };
    let (plan, found) =
        views::plan(&Brief { guide: &guide, shown: &shown, site, configuration, wardrobe: &wardrobe, sources });
    diagnostics.extend(found);
    observe(Step::Plan);
    Layout { guide, shown, plan, diagnostics }
}
