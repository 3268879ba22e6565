//! Pages, configuration and theme → the guide and the plan of its files, or those of the build before.

use std::hash::Hash;
use std::sync::Arc;

use super::memory::Layout;
use super::moving::moved;
use super::pages::{Edited, PagePiece, Pages, Remembered, changed};
use super::{Loaded, Observer, Progress, Step};
use crate::base::{Digest, Fingerprint, Source, SourcePath, Sources, URL_LOCK};
use crate::guide::{self, Bibliography, PageId, Parts, checks};
use crate::site::Site;
use crate::theme::Theme;
use crate::views::{self, Content, ThemeManifest, View, ViewContext};

/// What the guide and its files are laid out from.
pub(super) struct LayoutContext<'g> {
    pub sources: &'g Sources,
    pub site: &'g Site,
    pub configuration: &'g SourcePath,
    pub pages: &'g Pages,
    pub bibliography: &'g Arc<Bibliography>,
    pub theme: &'g Loaded<Theme>,
}

impl LayoutContext<'_> {
    /// Stands for all of it, as far as `part` stands for the pages.
    fn fingerprint(&self, part: fn(&PagePiece) -> Option<Fingerprint>) -> Fingerprint {
        let mut digest = Digest::default();
        let configuration = self.sources.get(self.configuration).map(Source::fingerprint);
        let url_lock = self.sources.get(&SourcePath::new(URL_LOCK)).map(Source::fingerprint);
        (&self.sources.request, configuration, url_lock).hash(&mut digest);
        (self.theme.0.fingerprint, self.theme.1.is_empty()).hash(&mut digest);
        for part in self.pages.iter().filter_map(|piece| part(piece)) {
            part.hash(&mut digest);
        }
        digest.fingerprint()
    }

    /// The pages that are part of the guide.
    fn published(&self) -> impl Iterator<Item = &Arc<Remembered>> {
        let all = self.pages.iter().flat_map(|piece| &piece.pages);
        all.filter(|remembered| remembered.is_part(self.sources.request.drafts))
    }

    fn theme_manifest(&self) -> ThemeManifest<'_> {
        ThemeManifest { is_broken: !self.theme.1.is_empty(), ..self.theme.0.theme_manifest() }
    }
}

/// The guide and its files; and whether they were laid out anew.
///
/// An edit of a page's wording that no other page can know of changes neither: then the kept layout is used again, with
/// the new page in the place of the old one, and its complaints where the text stands that they show. An edit of a title,
/// a description, an order or a sentence with a link changes what files show, and who stands beside whom; then the kept
/// guide is put in order again, and its views are brought up to date.
pub(super) fn lay_out<'m>(
    context: &LayoutContext,
    memory: &'m mut Option<Layout>,
    observe: Observer,
) -> (&'m Layout, bool) {
    let asked =
        Asked { outline: context.fingerprint(|piece| piece.outline), bones: context.fingerprint(|piece| piece.bones) };
    let Some(mut kept) = memory.take().filter(|kept| kept.bones == asked.bones) else {
        return (memory.insert(new_layout(context, &asked, observe)), true);
    };
    let before = std::mem::replace(&mut kept.pages, Arc::clone(context.pages));
    let edited: Vec<Edited> = changed(&before, context.pages, context.sources.request.drafts).collect();
    let Some(diagnostics) = moved(&kept.diagnostics, &edited) else {
        return (memory.insert(new_layout(context, &asked, observe)), true);
    };
    kept.diagnostics = diagnostics;
    for page in &edited {
        kept.shown[page.index] = page.after.shown.clone();
    }
    let pages = edited.iter().map(|page| (PageId::new(page.index), Arc::clone(&page.after.page)));
    kept.guide.put(&pages.collect::<Vec<_>>());
    let is_same = kept.outline == asked.outline;
    observe(Progress::Done(Step::Assemble));
    if !is_same {
        let LayoutContext { sources, site, configuration, .. } = *context;
        let theme_manifest = &context.theme_manifest();
        let context =
            ViewContext { guide: &kept.guide, shown: &kept.shown, site, configuration, theme_manifest, sources };
        views::renew(&context, &mut kept.plan);
        kept.words = checks::words(checks::CheckContext { guide: &kept.guide, site, sources });
        kept.outline = asked.outline;
    }
    observe(Progress::Done(Step::Plan));
    (memory.insert(kept), !is_same)
}

/// What a layout is kept under.
struct Asked {
    outline: Fingerprint,
    bones: Fingerprint,
}

fn new_layout(context: &LayoutContext, asked: &Asked, observe: Observer) -> Layout {
    let LayoutContext { sources, site, configuration, pages, bibliography, .. } = *context;
    let all = pages.iter().flat_map(|piece| &piece.pages);
    let parts = Parts {
        site,
        configuration,
        pages: all.map(|remembered| Arc::clone(&remembered.page)).collect(),
        bibliography: Arc::clone(bibliography),
        sources,
    };
    let (guide, mut diagnostics) = guide::assemble(parts);
    observe(Progress::Done(Step::Assemble));
    let shown: Vec<_> = context.published().map(|remembered| remembered.shown.clone()).collect();
    let theme_manifest = &context.theme_manifest();
    let (plan, found) =
        views::plan(&ViewContext { guide: &guide, shown: &shown, site, configuration, theme_manifest, sources });
    diagnostics.extend(found);
    observe(Progress::Done(Step::Plan));
    let views = by_page(&plan.views, guide.entries.len());
    let words = checks::words(checks::CheckContext { guide: &guide, site, sources });
    let Asked { outline, bones } = *asked;
    Layout { outline, bones, guide, shown, plan, views, diagnostics, words, pages: Arc::clone(pages) }
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
