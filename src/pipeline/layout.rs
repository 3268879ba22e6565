//! Pages, configuration and theme → the guide and the plan of its files, or those of the build before.

use std::hash::Hash;
use std::sync::Arc;

use super::memory::{Kept, KeptNames};
use super::pages::{Pages, Published};
use super::{Loaded, Observer, Progress, Step, remember};
use crate::base::{Complaint, Diagnostic, Digest, Drafts, Fingerprint, Source, SourcePath, Sources, URL_LOCK};
use crate::guide::checks::{self, CheckContext, NameChecks};
use crate::guide::{self, Bibliography, Book, Guide, Locator, Order, Parts};
use crate::site::Site;
use crate::theme::Theme;
use crate::views::{self, CardPrints, Plan, ThemeManifest, ViewContext};

/// What the guide and its files are laid out from.
pub(super) struct LayoutContext<'g> {
    pub sources: &'g Sources,
    pub site: &'g Site,
    pub configuration: &'g SourcePath,
    pub pages: &'g Pages,
    pub published: &'g Published<'g>,
    pub bibliography: &'g Loaded<Bibliography>,
    /// Fingerprint of what the references were read from.
    pub references: Option<Fingerprint>,
    pub theme: &'g Loaded<Theme>,
}

/// The guide, every file that is made of it, and what is wrong with them. Of the pages' texts all of it follows from their public
/// parts, so that an edit of a page's wording leaves it as it is, unless an excerpt holds it.
#[derive(Debug)]
pub(super) struct Layout {
    /// Fingerprint of all that it was made from.
    question: Fingerprint,
    guide: Arc<Guide>,
    pub order: Order,
    /// The fingerprints of its pages' prebuilt values, by their number in it.
    pub prints: Vec<CardPrints>,
    pub plan: Plan,
    /// The complaint that the theme's translation lacks words which these files show: then none of them can be shown.
    pub missing_words: Option<Diagnostic>,
    /// What is wrong between the pages.
    pub complaints: Vec<Told>,
    /// The pages of the last build that it was used in.
    pub pages: Pages,
    /// Which of them are part of it.
    pub drafts: Drafts,
}

/// A complaint, and how it was told last.
#[derive(Debug)]
pub(super) struct Told {
    complaint: Complaint,
    /// The published pages in which it names a place.
    pages: Vec<usize>,
    /// The complaint with its places, under the fingerprint of these pages.
    located: Kept<Diagnostic>,
}

impl LayoutContext<'_> {
    /// Fingerprints of what the guide is assembled from, and of all that follows from it.
    fn questions(&self) -> (Fingerprint, Fingerprint) {
        let seen = || self.pages.iter().filter_map(|piece| piece.seen);
        let configuration = self.sources.get(self.configuration).map(Source::fingerprint);
        let mut naming = Digest::default();
        (&self.sources.request, configuration, self.references).hash(&mut naming);
        seen().for_each(|seen| seen.naming.hash(&mut naming));
        let naming = naming.fingerprint();
        let url_lock = self.sources.get(&SourcePath::new(URL_LOCK)).map(Source::fingerprint);
        let mut public = Digest::default();
        (naming, url_lock, self.theme.0.fingerprint, self.theme.0.is_sound).hash(&mut public);
        seen().for_each(|seen| seen.public.hash(&mut public));
        (naming, public.fingerprint())
    }

    fn assemble(&self) -> (Arc<Guide>, Vec<Complaint>) {
        let LayoutContext { sources, site, configuration, bibliography, .. } = *self;
        let Published { pages, held, .. } = self.published;
        let (guide, complaints) =
            guide::assemble(Parts { site, configuration, pages, held, bibliography: &bibliography.0, sources });
        (Arc::new(guide), complaints)
    }

    /// Lays all out anew. `former` is taken apart meanwhile, which takes its time in a large guide.
    fn lay_out(
        &self,
        (naming, question): (Fingerprint, Fingerprint),
        (guide, complaints): &(Arc<Guide>, Vec<Complaint>),
        checked: &mut Kept<NameChecks>,
        former: Option<Layout>,
    ) -> Layout {
        let LayoutContext { sources, site, configuration, .. } = *self;
        let Published { pages, held, cards, .. } = self.published;
        let book = Book { guide, pages };
        let prints = || cards.iter().map(|card| card.prints).collect::<Vec<_>>();
        let (order, prints) = rayon::join(|| guide::arrange(book), prints);
        let theme_manifest = &ThemeManifest { is_broken: !self.theme.0.is_sound, ..self.theme.0.theme_manifest() };
        let context =
            &ViewContext { book, order: &order, cards, prints: &prints, site, configuration, theme_manifest, sources };
        let (found, (plan, more)) = rayon::join(
            || {
                drop(former);
                let asked = CheckContext { book, held, site, configuration, sources };
                let of_names = remember(checked, naming, || checks::of_names(asked));
                [&*of_names.found, &checks::of_pages(asked, complaints, of_names)].concat()
            },
            || views::plan(context),
        );
        let complaints = complaints.iter().cloned().chain(found).chain(more);
        let complaints = complaints.map(|complaint| self.untold(complaint)).collect();
        // Of a theme with mistakes nobody knows which templates it would have.
        let sound_theme = Some(&self.theme.0).filter(|theme| theme.is_sound);
        let missing_words = sound_theme.and_then(|theme| theme.find_missing_words(plan.templates()));
        let (guide, pages, drafts) = (Arc::clone(guide), Arc::clone(self.pages), sources.request.drafts);
        Layout { question, guide, order, prints, plan, missing_words, complaints, pages, drafts }
    }

    fn untold(&self, complaint: Complaint) -> Told {
        let places = std::iter::once(&complaint.place).chain(complaint.notes.iter().map(|note| &note.place));
        let pages = &self.published.pages;
        let named = places.filter_map(|about| pages.binary_search_by(|page| page.path.cmp(&about.path)).ok());
        Told { pages: named.collect(), complaint, located: None }
    }
}

/// The guide and its files; and whether they were laid out anew.
pub(super) fn lay_out<'m>(
    context: &LayoutContext,
    KeptNames { guide, checked }: &mut KeptNames,
    layout: &'m mut Option<Layout>,
    observe: Observer,
) -> (&'m mut Layout, bool) {
    let questions @ (naming, question) = context.questions();
    let guide = remember(guide, naming, || context.assemble());
    observe(Progress::Done(Step::Assemble));
    let (laid_out, is_new) = match layout.take() {
        Some(kept) if kept.question == question => (Layout { pages: Arc::clone(context.pages), ..kept }, false),
        former => (context.lay_out(questions, guide, checked, former), true),
    };
    observe(Progress::Done(Step::Plan));
    (layout.insert(laid_out), is_new)
}

impl Layout {
    /// The guide beside its pages.
    pub fn book<'b>(&'b self, published: &'b Published) -> Book<'b> {
        Book { guide: &self.guide, pages: &published.pages }
    }

    /// Every complaint, where what it is about stands in the files as they are.
    pub fn tell(&mut self, published: &Published, sources: &Sources) {
        let mut locator = Locator::new(Book { guide: &self.guide, pages: &published.pages }, sources);
        for told in &mut self.complaints {
            let mut digest = Digest::default();
            told.pages.iter().for_each(|page| published.contents[*page].hash(&mut digest));
            let locate = || told.complaint.located(&mut |about| locator.locate(about));
            remember(&mut told.located, digest.fingerprint(), locate);
        }
    }

    /// The complaints as they were told last.
    pub fn told(&self) -> impl Iterator<Item = &Diagnostic> {
        self.complaints.iter().filter_map(|told| told.located.as_ref()).map(|(_, diagnostic)| diagnostic)
    }

    /// The pages that it was used with last.
    pub fn published(&self) -> Published<'_> {
        Published::of(&self.pages, self.drafts)
    }
}
