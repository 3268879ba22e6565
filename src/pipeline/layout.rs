//! Pages, configuration and theme → the guide and the plan of its files, or those of the build before.

use std::hash::Hash;
use std::sync::Arc;

use super::memory::{Kept, Layout};
use super::pages::{Pages, Remembered, changed};
use super::{Loaded, Step};
use crate::base::{Digest, Fingerprint, Source, SourcePath, Sources};
use crate::guide::{self, Bibliography, Parts};
use crate::site::Site;
use crate::theme::Theme;
use crate::views::{self, Brief, Content, View, Wardrobe};

/// What the guide and its files are laid out from.
pub(super) struct Ground<'g> {
    pub sources: &'g Sources,
    pub site: &'g Site,
    pub configuration: &'g SourcePath,
    pub pages: &'g Pages,
    pub bibliography: &'g Arc<Bibliography>,
    pub theme: &'g Loaded<Theme>,
}

impl Ground<'_> {
    /// Stands for all of it, save the wording of the pages and places in it.
    fn outline(&self) -> Fingerprint {
        let mut digest = Digest::default();
        let configuration = self.sources.get(self.configuration).map(Source::fingerprint);
        (&self.sources.request, configuration, self.theme.0.fingerprint, self.theme.1.is_empty()).hash(&mut digest);
        for outline in self.pages.iter().filter_map(|piece| piece.outline) {
            outline.hash(&mut digest);
        }
        digest.fingerprint()
    }

    /// The pages that are part of the guide.
    fn published(&self) -> impl Iterator<Item = &Remembered> {
        let all = self.pages.iter().flat_map(|piece| &piece.pages);
        all.filter(|remembered| remembered.is_part(self.sources.request.drafts))
    }
}

/// The guide and its files.
///
/// An edit of a page's wording that no other page can know of changes neither: then the kept layout is used again, with
/// the new page in the place of the old one. Complaints show lines of the text, so a layout with complaints is not kept.
/// The answer comes with what stands for the layout, and with whether it was laid out anew.
pub(super) fn lay_out<'m>(
    ground: &Ground,
    memory: &'m mut Kept<Layout>,
    observe: &mut dyn FnMut(Step),
) -> (&'m Layout, Fingerprint, bool) {
    let question = ground.outline();
    let is_usable = |layout: &Layout| layout.diagnostics.is_empty();
    if memory.as_ref().is_some_and(|(asked, layout)| *asked != question || !is_usable(layout)) {
        *memory = None;
    }
    let is_new = memory.is_none();
    if let Some((_, layout)) = memory {
        for (index, remembered) in changed(&layout.pages, ground.pages, ground.sources.request.drafts) {
            layout.guide.entries[index].page = Arc::clone(&remembered.page);
            layout.shown[index] = Arc::clone(&remembered.shown);
        }
        layout.pages = Arc::clone(ground.pages);
        observe(Step::Assemble);
        observe(Step::Plan);
    }
    let (_, layout) = memory.get_or_insert_with(|| (question, new_layout(ground, observe)));
    (layout, question, is_new)
}

fn new_layout(ground: &Ground, observe: &mut dyn FnMut(Step)) -> Layout {
    let Ground { sources, site, configuration, pages, bibliography, theme } = *ground;
    let all = pages.iter().flat_map(|piece| &piece.pages);
    let parts = Parts {
        site,
        configuration,
        pages: all.map(|remembered| Arc::clone(&remembered.page)).collect(),
        bibliography: Arc::clone(bibliography),
        sources,
    };
    let (guide, mut diagnostics) = guide::assemble(parts);
    observe(Step::Assemble);
    let shown: Vec<_> = ground.published().map(|remembered| Arc::clone(&remembered.shown)).collect();
    let wardrobe = Wardrobe { is_broken: !theme.1.is_empty(), ..theme.0.wardrobe() };
    let (plan, found) =
        views::plan(&Brief { guide: &guide, shown: &shown, site, configuration, wardrobe: &wardrobe, sources });
    diagnostics.extend(found);
    observe(Step::Plan);
    let views = by_page(&plan.views, guide.entries.len());
    Layout { guide, shown, plan, views, diagnostics, pages: Arc::clone(pages) }
}

/// Which of the views shows a page, by the page's index.
fn by_page(views: &[View], pages: usize) -> Vec<Option<usize>> {
    let mut by_page = vec![None; pages];
    for (index, view) in views.iter().enumerate() {
        if let Content::Page(page) = &view.content
            && let Some(id) = page.subject.page()
        {
            by_page[id.index()] = Some(index);
        }
    }
    by_page
}
