//! `build(&Sources, &mut Memory) -> (Built, Work)`: all the rooms above, in order, remembering answers by fingerprint.
//!
//! An answer is used again only if the fingerprint of the whole question is equal. So a rebuild gives what a build
//! from nothing would give, whatever was built before.

mod audit;
mod choices;
mod completions;
mod examples;
mod layout;
mod memory;
mod mending;
mod pages;
mod renaming;
mod rendering;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{
    Diagnostic, Files, Fingerprint, Known, Occasion, OutPath, Place, Severity, Source, SourcePath, Sources, URL_LOCK,
    UrlPath, sort_and_dedup,
};
use crate::content::{self, Unpublished};
use crate::cures;
use crate::guide::outside::{self, Outside};
use crate::guide::{self, Bibliography, url_lock};
use crate::site::{self, BaseUrl, CONTENT, STATIC, Site, THEMES};
use crate::theme::{self, Renderer, Theme};
use crate::views::{ThemeManifest, ViewContext};

pub use audit::{Audit, audit};
use choices::Choices;
pub use completions::completions;
pub use examples::{Examples, tell_examples};
use layout::{Layout, LayoutContext, lay_out};
pub use memory::{AggregateTime, Memory};
use memory::{Kept, Rendered};
pub use mending::{Mended, mend};
pub use pages::count_pages;
use pages::{Pages, Published};
pub use renaming::{Change, Renamed, rename};
use rendering::Rendering;

/// What a build gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// The whole site, by file; publish it only if there is no error.
    pub files: Arc<Files>,
    /// Files that belong to it, but whose templates could not be rendered.
    pub failed: Vec<OutPath>,
    /// Every complaint, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The folder that the configuration publishes into, relative to the root; `None` if it could not be read.
    pub output: Option<Box<str>>,
    /// The folder of the site's address: empty, or `/guide`.
    pub folder: Box<str>,
    /// The site's address, with a slash at its end.
    pub home: Box<str>,
    /// What the guide is called.
    pub title: Box<str>,
    /// How many pages the guide has, those that are held back among them if they were asked for.
    pub pages: usize,
    /// How many pages are held back, built or left out: drafts, pages that come out later, pages that expired.
    pub held: usize,
}

impl Built {
    /// Does anything stand against publishing it?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Is anything in it to be looked at before it is published?
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Warning)
    }
}

/// How much was done, rather than remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Pages that were parsed.
    pub parsed: usize,
    /// Whether names were resolved and files planned anew.
    pub laid_out: bool,
    /// Files that were rendered through a template.
    pub rendered: usize,
}

/// The stages of a build, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// `site.toml` is understood.
    Configure,
    /// Pages, references and theme are parsed.
    Parse,
    /// Names are resolved and checked.
    Assemble,
    /// Files are planned.
    Plan,
    /// Files are rendered.
    Render,
}

/// What happens within a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'p> {
    /// A stage is done.
    Done(Step),
    /// A page was parsed.
    PageParsed,
    /// So many files are to be rendered.
    Opened(usize),
    /// The thread that tells it begins to render a page.
    PageBegins {
        /// The template's file.
        template: &'p SourcePath,
        /// What is shown.
        page: &'p Place,
    },
    /// The same thread has rendered the page, or found that it cannot be.
    PageEnds,
}

/// Who is told what happens within a build, at once and by each thread for itself. No answer depends on it.
pub type Observer<'o> = &'o (dyn Fn(Progress) + Sync);

/// Nobody is told.
const UNOBSERVED: Observer = &|_| {};

/// Who builds: [`build`], or somebody who does it elsewhere.
pub type Build<'b> = &'b mut dyn FnMut(&Sources, &mut Memory) -> (Built, Work);

/// Builds the site.
#[must_use]
pub fn build(sources: &Sources, memory: &mut Memory) -> (Built, Work) {
    build_observed(sources, memory, UNOBSERVED)
}

/// Builds the site, and tells `observe` how far it is.
#[must_use]
pub fn build_observed(sources: &Sources, memory: &mut Memory, observe: Observer) -> (Built, Work) {
    let configuration = &sources.request.configuration;
    let mut work = Work::default();
    let site = read_site(sources, configuration, memory);
    let mut diagnostics = site.1.clone();
    observe(Progress::Done(Step::Configure));
    let missing = site.0.as_ref().as_ref().map_or_else(Vec::new, |site| missing_folders(site, sources));
    let Some(site) = site.0.as_ref().as_ref().filter(|_| missing.is_empty()) else {
        diagnostics.extend(missing);
        sort_and_dedup(&mut diagnostics);
        return (Built { diagnostics, ..Built::default() }, work);
    };
    let Parsed { afresh, bibliography, theme } = &parse(sources, site, memory, observe);
    work.parsed = *afresh;
    let pages = &memory.pages;
    // A page that is left out is nobody's business yet.
    diagnostics.extend(pages.iter().flat_map(|piece| piece.complaints(sources.request.drafts)).cloned());
    let held = pages.iter().map(|piece| piece.held).sum();
    diagnostics.extend(bibliography.1.iter().cloned());
    diagnostics.extend(theme.1.iter().cloned());
    observe(Progress::Done(Step::Parse));
    let published = &Published::of(pages, sources.request.drafts);
    let references = memory.bibliography.as_ref().map(|(question, _)| *question);
    let context = LayoutContext { sources, site, configuration, pages, published, bibliography, references, theme };
    let (layout, laid_out) = lay_out(&context, &mut memory.names, &mut memory.layout, observe);
    work.laid_out = laid_out;
    layout.tell(published, sources);
    let layout = &*layout;
    diagnostics.extend(layout.told().chain(&layout.missing_words).cloned());
    let theme_manifest = &ThemeManifest { is_broken: !theme.0.is_sound, ..theme.0.theme_manifest() };
    let book = layout.book(published);
    let Layout { order, prints, .. } = layout;
    let context =
        &ViewContext { book, order, cards: &published.cards, prints, site, configuration, theme_manifest, sources };
    let plan = &layout.plan;
    let key = Fingerprint::of(&(plan.frame.fingerprint, theme.0.fingerprint));
    let renderer = remember(&mut memory.renderer, key, || Renderer::new(&theme.0, &plan.frame));
    let found = if theme.0.is_sound && layout.missing_words.is_none() {
        let aggregate_time = memory.aggregate_time;
        let rendering = Rendering { key, context, plan, published, aggregate_time, observe };
        let (count, found) = rendering.render(renderer, &mut memory.rendered);
        work.rendered = count;
        found
    } else {
        // Without a sound theme nothing can be shown; what is wrong with it has been said.
        memory.rendered = Rendered::default();
        Vec::new()
    };
    let files = Arc::clone(&memory.rendered.files);
    let planned = plan.views.iter().map(|view| &view.out).filter(|_| !found.is_empty());
    let failed = planned.filter(|out| files.get(out).is_none()).cloned().collect();
    diagnostics.extend(found);
    let mut diagnostics = Choices::of(sources, site, pages).choose(Occasion::Build, diagnostics);
    observe(Progress::Done(Step::Render));
    sort_and_dedup(&mut diagnostics);
    let output = Some(site.output.clone());
    let base = &site.rules.base;
    let (folder, home) = (base.folder().into(), base.home().into());
    let (title, pages) = (site.title.clone(), published.pages.len());
    (Built { files, failed, diagnostics, output, folder, home, title, pages, held }, work)
}

/// Every link to another site in what was last built with this memory, save those that the configuration leaves out.
#[must_use]
pub fn outward(memory: &Memory) -> Vec<Outside> {
    let Some((_, site)) = &memory.site else { return Vec::new() };
    match (&*site.0, &memory.layout) {
        (Some(site), Some(layout)) => outside::links(layout.book(&layout.published()), site),
        _ => Vec::new(),
    }
}

/// The list of published addresses as it has to be, after what `memory` holds was published; `None` if it is so already.
///
/// A list is not begun while the guide's own address is an example: nobody can have an address there.
#[must_use]
pub fn promised(sources: &Sources, memory: &Memory) -> Option<String> {
    let layout = memory.layout.as_ref()?;
    let published = layout.published();
    let book = layout.book(&published);
    let text = match sources.get(&SourcePath::new(URL_LOCK)) {
        Some(source) => Some(source.as_text()?),
        None => None,
    };
    let (_, site) = memory.site.as_ref()?;
    let base = (*site.0).as_ref().map(|site| &site.rules.base).filter(|base| !base.is_example());
    if text.is_none() && base.is_none() {
        return None;
    }
    let home = base.filter(|_| sources.request.base_url.is_none()).map(BaseUrl::home);
    url_lock::extended(book, text, home.as_deref())
}

/// What is told of what other sites said: the complaints that the author does not ignore.
#[must_use]
pub fn tell_outside(found: Vec<Diagnostic>, sources: &Sources, memory: &Memory) -> Vec<Diagnostic> {
    match memory.site.as_ref().map(|(_, site)| &*site.0) {
        Some(Some(site)) => Choices::of(sources, site, &memory.pages).tell(found),
        _ => found,
    }
}

/// What might read better on the pages that a build with this memory was made of, sorted by place. No build asks for it.
#[must_use]
pub fn advise(sources: &Sources, memory: &mut Memory) -> Vec<Diagnostic> {
    let site = read_site(sources, &sources.request.configuration, memory);
    let Some(site) = &*site.0 else { return Vec::new() };
    pages::parse(sources, &site.rules, &mut memory.pages, UNOBSERVED);
    let pages = memory.pages.iter().flat_map(|piece| &piece.pages);
    let pages: Vec<_> = pages.filter(|page| page.is_part(sources.request.drafts)).collect();
    let advice = |page: &&Arc<pages::Remembered>| {
        let text = sources.text(&page.page.path).unwrap_or_default();
        content::advice::advise(&page.page, text, site)
    };
    let advice = pages.par_iter().flat_map_iter(advice).collect();
    let mut advice = Choices::of(sources, site, &memory.pages).choose(Occasion::Advice, advice);
    sort_and_dedup(&mut advice);
    advice
}

/// The kept answer, if it answers `question`; otherwise a new one, which is kept.
fn remember<T>(kept: &mut Kept<T>, question: Fingerprint, answer: impl FnOnce() -> T) -> &mut T {
    if kept.as_ref().is_none_or(|(asked, _)| *asked != question) {
        *kept = None;
    }
    let (_, answer) = kept.get_or_insert_with(|| (question, answer()));
    answer
}

/// A page as `betwixt list` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its file.
    pub path: SourcePath,
    /// Its kind; `page`, `section` or `home` where it has none.
    pub kind: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// Its address on the site.
    pub url: UrlPath,
    /// Why it is held back, if it is.
    pub held: Option<Unpublished>,
}

/// All pages, sorted by path, with every complaint about the configuration and the published pages themselves.
#[must_use]
pub fn survey(sources: &Sources) -> (Vec<Listed>, Vec<Diagnostic>) {
    let (site, mut diagnostics) = cures::read_site(sources, &sources.request.configuration);
    let Some(site) = site else { return (Vec::new(), diagnostics) };
    let mut listed = Vec::new();
    let mut pieces = Pages::default();
    pages::parse(sources, &site.rules, &mut pieces, UNOBSERVED);
    for remembered in pieces.iter().flat_map(|piece| &piece.pages) {
        let page = &remembered.page;
        if page.held.is_none() {
            diagnostics.extend(remembered.diagnostics.iter().cloned());
        }
        listed.push(Listed {
            path: page.path.clone(),
            kind: page.kind_name(&site.rules).into(),
            title: page.title().into(),
            url: page.url.clone(),
            held: page.held,
        });
    }
    let mut diagnostics = Choices::of(sources, &site, &pieces).tell(diagnostics);
    sort_and_dedup(&mut diagnostics);
    (listed, diagnostics)
}

/// What is made from single files; the pages are in the memory.
struct Parsed {
    /// How many pages were parsed afresh.
    afresh: usize,
    bibliography: Loaded<Bibliography>,
    theme: Loaded<Theme>,
}

/// Parses pages, references and theme, at once where there are threads for it.
fn parse(sources: &Sources, site: &Site, memory: &mut Memory, observe: Observer) -> Parsed {
    let configuration = &sources.request.configuration;
    let Memory { pages, bibliography, theme, .. } = memory;
    let texts = || {
        rayon::join(
            || pages::parse(sources, &site.rules, pages, observe),
            || load_bibliography(sources, site, configuration, bibliography),
        )
    };
    let ((afresh, bibliography), theme) = rayon::join(texts, || load_theme(sources, site, configuration, theme));
    Parsed { afresh, bibliography, theme }
}

fn read_site(sources: &Sources, configuration: &SourcePath, memory: &mut Memory) -> Loaded<Option<Site>> {
    let text = sources.get(configuration).map(Source::fingerprint);
    let folders =
        [CONTENT, STATIC, THEMES].map(|folder| sources.get(&SourcePath::new(folder)).map(Source::fingerprint));
    let question = Fingerprint::of(&(&sources.request, text, folders));
    let read = || {
        let (site, diagnostics) = cures::read_site(sources, configuration);
        Arc::new((Arc::new(site), diagnostics))
    };
    Arc::clone(remember(&mut memory.site, question, read))
}

/// The folders that nothing can be said without.
fn missing_folders(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    let configuration = &sources.request.configuration;
    if sources.below(CONTENT).next().is_none() {
        return vec![site::complaints::no_content(configuration)];
    }
    site::missing_folders(&site.rules.kinds, configuration, sources)
}

type Loaded<T> = Arc<(Arc<T>, Vec<Diagnostic>)>;

fn load_bibliography(
    sources: &Sources,
    site: &Site,
    configuration: &SourcePath,
    memory: &mut Kept<Loaded<Bibliography>>,
) -> Loaded<Bibliography> {
    let rules = match &site.references {
        Known::Value(Some(rules)) => rules,
        Known::Value(None) => return Arc::default(),
        Known::Reported => return Arc::new((Arc::new(Bibliography::reported()), Vec::new())),
    };
    let path = rules.path();
    let source = sources.get(&path);
    let places = (rules.file.span, rules.style.span);
    let question =
        Fingerprint::of(&(configuration, &path, source.map(Source::fingerprint), rules, places, &site.language));
    let load = || match source.and_then(Source::as_text) {
        Some(text) => {
            let place = Place::at(configuration, rules.style.span);
            let manner =
                guide::bibliography::Manner { name: &rules.style.value, place: &place, language: &site.language };
            let (bibliography, found) = guide::bibliography::load(text, &path, &manner);
            (Arc::new(bibliography), cures::explain_references(&path, text, &manner, found))
        }
        None => {
            let place = Place::at(configuration, rules.file.span);
            (Arc::new(Bibliography::reported()), vec![guide::complaints::no_references(place, &path)])
        }
    };
    Arc::clone(remember(memory, question, || Arc::new(load())))
}

fn load_theme(
    sources: &Sources,
    site: &Site,
    configuration: &SourcePath,
    memory: &mut Kept<Loaded<Theme>>,
) -> Loaded<Theme> {
    let Known::Value(name) = &site.theme else { return Arc::default() };
    let asked = theme::Asked { name: &name.value, place: Place::at(configuration, name.span) };
    let place = Place::at(configuration, site.language_span.unwrap_or(name.span));
    let language = theme::Asked { name: &site.language, place };
    let question = Fingerprint::of(&(theme::fingerprint(sources, asked.name, language.name), &asked, &language));
    let load = || {
        let (theme, diagnostics) = theme::load(sources, &asked, &language);
        Arc::new((Arc::new(theme), diagnostics))
    };
    Arc::clone(remember(memory, question, load))
}
