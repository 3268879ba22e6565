//! `build(&Sources, &mut Memory) -> (Built, Work)`: all the rooms above, in order, remembering answers by fingerprint.
//!
//! An answer is used again only if the fingerprint of the whole question is equal. So a rebuild gives what a build
//! from nothing would give, whatever was built before.

mod memory;
#[cfg(test)]
mod tests;

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::base::{
    Diagnostic, Digest, Drafts, Files, Fingerprint, Place, Source, SourcePath, Sources, UrlPath, sort_and_dedup,
};
use crate::content::{self, Page, Role};
use crate::guide::{self, Bibliography, Parts};
use crate::site::{self, CONTENT, PageRules, STATIC, Site};
use crate::theme::{self, Desk, Failure, Stage, Theme};
use crate::views::{self, Brief, Content, Frame, PageView, Shown, View, Wardrobe};

pub use memory::Memory;
use memory::{Kept, Layout, Question, Remembered, Rendered};

/// What a build gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// The whole site, by file; publish it only if there is no error.
    pub files: Arc<Files>,
    /// Every complaint, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The folder that the configuration publishes into, relative to the root; `None` if it could not be read.
    pub output: Option<Box<str>>,
    /// How many pages the guide has, drafts that were asked for among them.
    pub pages: usize,
    /// How many drafts there are, built or left out.
    pub drafts: usize,
}

impl Built {
    /// Does anything stand against publishing it?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
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

/// The stages of a build, in order; the observer hears of each when it is done.
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

/// Builds the site.
#[must_use]
pub fn build(sources: &Sources, memory: &mut Memory) -> (Built, Work) {
    build_observed(sources, memory, &mut |_| {})
}

/// Builds the site, and tells `observe` when each stage is done.
#[must_use]
pub fn build_observed(sources: &Sources, memory: &mut Memory, observe: &mut dyn FnMut(Step)) -> (Built, Work) {
    let configuration = &sources.request.configuration;
    let mut work = Work::default();
    let site = read_site(sources, configuration, memory);
    let mut diagnostics = site.1.clone();
    observe(Step::Configure);
    let Some(site) = &*site.0 else {
        sort_and_dedup(&mut diagnostics);
        return (Built { diagnostics, ..Built::default() }, work);
    };
    let Parsed { pages, bibliography, theme } = parse(sources, site, configuration, memory);
    work.parsed = pages.parsed;
    // A draft that is left out is nobody's business yet.
    let published = pages.all.iter().filter(|remembered| !is_left_out(&remembered.page, sources));
    diagnostics.extend(published.flat_map(|remembered| remembered.diagnostics.iter().cloned()));
    let drafts = pages.all.iter().filter(|remembered| remembered.page.matter.is_draft).count();
    diagnostics.extend(bibliography.1.iter().cloned());
    diagnostics.extend(theme.1.iter().cloned());
    observe(Step::Parse);
    let ground =
        Ground { sources, site, configuration, pages: &pages.all, bibliography: &bibliography.0, theme: &theme };
    let (layout, laid_out) = lay_out(&ground, &mut memory.layout, observe);
    work.laid_out = laid_out;
    diagnostics.extend(layout.diagnostics.iter().cloned());
    // Without a sound theme nothing can be shown; what is wrong with it has been said.
    let views = if theme.1.is_empty() { &layout.plan.views[..] } else { &[] };
    let wardrobe = Wardrobe { is_broken: !theme.1.is_empty(), ..theme.0.wardrobe() };
    let brief = Brief { guide: &layout.guide, shown: &layout.shown, site, configuration, wardrobe: &wardrobe, sources };
    let frame = &layout.plan.frame;
    let key = Fingerprint::of(&(frame.fingerprint, theme.0.fingerprint));
    let stage = remember(&mut memory.stage, key, || Stage::new(&theme.0, frame));
    let (rendered, found) = Rendering { key, brief: &brief, frame }.render(views, stage, &mut memory.rendered);
    work.rendered = rendered;
    diagnostics.extend(found);
    observe(Step::Render);
    sort_and_dedup(&mut diagnostics);
    let files = Arc::clone(&memory.rendered.files);
    let pages = layout.guide.entries.len();
    (Built { files, diagnostics, output: Some(site.output.clone()), pages, drafts }, work)
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
    /// Whether it is kept back.
    pub is_draft: bool,
}

/// All pages, sorted by path, with every complaint about the configuration and the published pages themselves.
#[must_use]
pub fn survey(sources: &Sources) -> (Vec<Listed>, Vec<Diagnostic>) {
    let (site, mut diagnostics) = site::read(sources, &sources.request.configuration);
    let Some(site) = site else { return (Vec::new(), diagnostics) };
    let mut listed = Vec::new();
    for remembered in parse_pages(sources, &site.rules, &mut Vec::new()).all {
        let page = &remembered.page;
        if !page.matter.is_draft {
            diagnostics.extend(remembered.diagnostics.iter().cloned());
        }
        let kind = match (page.kind, page.role) {
            (Some(kind), _) => site.rules.kinds[kind].name.clone(),
            (None, Role::Home) => "home".into(),
            (None, Role::Section) => "section".into(),
            (None, Role::Page) => "page".into(),
        };
        listed.push(Listed {
            path: page.path.clone(),
            kind,
            title: page.matter.title.clone(),
            url: page.url.clone(),
            is_draft: page.matter.is_draft,
        });
    }
    sort_and_dedup(&mut diagnostics);
    (listed, diagnostics)
}

/// What is made from single files.
struct Parsed {
    pages: Pages,
    bibliography: Loaded<Bibliography>,
    theme: Loaded<Theme>,
}

/// Parses pages, references and theme, at once where there are threads for it.
fn parse(sources: &Sources, site: &Site, configuration: &SourcePath, memory: &mut Memory) -> Parsed {
    let Memory { pages, bibliography, theme, .. } = memory;
    let texts = || {
        rayon::join(
            || parse_pages(sources, &site.rules, pages),
            || load_bibliography(sources, site, configuration, bibliography),
        )
    };
    let ((pages, bibliography), theme) = rayon::join(texts, || load_theme(sources, site, configuration, theme));
    Parsed { pages, bibliography, theme }
}

fn is_left_out(page: &Page, sources: &Sources) -> bool {
    page.matter.is_draft && sources.request.drafts == Drafts::Leave
}

fn read_site(sources: &Sources, configuration: &SourcePath, memory: &mut Memory) -> Loaded<Option<Site>> {
    let text = sources.get(configuration).map(Source::fingerprint);
    let question = Fingerprint::of(&(&sources.request, text));
    let read = || {
        let (site, diagnostics) = site::read(sources, configuration);
        Arc::new((Arc::new(site), diagnostics))
    };
    Arc::clone(remember(&mut memory.site, question, read))
}

/// All pages, sorted by path, and how many were parsed afresh.
struct Pages {
    all: Vec<Remembered>,
    parsed: usize,
}

fn parse_pages(sources: &Sources, rules: &PageRules, memory: &mut Vec<Remembered>) -> Pages {
    let rules_fingerprint = Fingerprint::of(rules);
    let old = std::mem::take(memory);
    let mut old = old.into_iter().peekable();
    let mut all = Vec::new();
    let mut unknown = Vec::new();
    for (path, source) in sources.below(CONTENT).filter(|(path, _)| path.is_markdown()) {
        // Both are sorted by path.
        while old.next_if(|known| known.page.path < *path).is_some() {}
        let question = (source.fingerprint(), rules_fingerprint);
        let known = old.next_if(|known| known.page.path == *path).filter(|known| known.question == question);
        if known.is_none() {
            unknown.push((all.len(), path, source));
        }
        all.push(known);
    }
    let read = |&(index, path, source): &(usize, &SourcePath, &Source)| {
        let (page, diagnostics) = content::parse(path, source, rules, rules_fingerprint);
        let shown = Arc::new(Shown::new(&page, rules));
        let question = (source.fingerprint(), rules_fingerprint);
        (index, Remembered { question, page: Arc::new(page), shown, diagnostics: diagnostics.into() })
    };
    for (index, page) in unknown.par_iter().map(read).collect::<Vec<_>>() {
        all[index] = Some(page);
    }
    let all: Vec<Remembered> = all.into_iter().flatten().collect();
    memory.clone_from(&all);
    Pages { all, parsed: unknown.len() }
}

type Loaded<T> = Arc<(Arc<T>, Vec<Diagnostic>)>;

fn load_bibliography(
    sources: &Sources,
    site: &Site,
    configuration: &SourcePath,
    memory: &mut Kept<Loaded<Bibliography>>,
) -> Loaded<Bibliography> {
    let Some(rules) = &site.references else { return Arc::default() };
    let path = SourcePath::new(&format!("{CONTENT}/{}", rules.file.value));
    let source = sources.get(&path);
    let question = Fingerprint::of(&(configuration, &path, source.map(Source::fingerprint), rules, &site.language));
    let load = || match source.and_then(Source::as_text) {
        Some(text) => {
            let place = Place::at(configuration, rules.style.span);
            let manner =
                guide::bibliography::Manner { name: &rules.style.value, place: &place, language: &site.language };
            let (bibliography, diagnostics) = guide::bibliography::load(text, &path, &manner);
            (Arc::new(bibliography), diagnostics)
        }
        None => {
            let place = Place::at(configuration, rules.file.span);
            (Arc::new(Bibliography::unread()), vec![guide::complaints::no_references(place, &path)])
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
    let asked = Place::at(configuration, site.theme.span);
    let question = Fingerprint::of(&(theme::fingerprint(sources, &site.theme.value, &site.language), &asked));
    let load = || {
        let (theme, diagnostics) = theme::load(sources, &site.theme.value, &site.language, &asked);
        Arc::new((Arc::new(theme), diagnostics))
    };
    Arc::clone(remember(memory, question, load))
}

/// What the guide and its files are laid out from.
struct Ground<'g> {
    sources: &'g Sources,
    site: &'g Site,
    configuration: &'g SourcePath,
    pages: &'g [Remembered],
    bibliography: &'g Arc<Bibliography>,
    theme: &'g Loaded<Theme>,
}

impl Ground<'_> {
    /// Stands for all of it, save the wording of the pages and places in it.
    fn outline(&self) -> Fingerprint {
        let mut digest = Digest::default();
        let configuration = self.sources.get(self.configuration).map(Source::fingerprint);
        (&self.sources.request, configuration, self.theme.0.fingerprint, self.theme.1.is_empty()).hash(&mut digest);
        for remembered in self.pages {
            let shown = &remembered.shown;
            (remembered.page.outline, shown.card.fingerprint(), shown.link.fingerprint()).hash(&mut digest);
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
fn lay_out<'m>(ground: &Ground, memory: &'m mut Kept<Layout>, observe: &mut dyn FnMut(Step)) -> (&'m Layout, bool) {
    let question = ground.outline();
    let is_usable = |layout: &Layout| layout.diagnostics.is_empty();
    if memory.as_ref().is_some_and(|(asked, layout)| *asked != question || !is_usable(layout)) {
        *memory = None;
    }
    let is_new = memory.is_none();
    if let Some((_, layout)) = memory {
        let kept = layout.guide.entries.iter_mut().zip(&mut layout.shown);
        let current = ground.pages.iter().filter(|remembered| !is_left_out(&remembered.page, ground.sources));
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
    let published = pages.iter().filter(|remembered| !is_left_out(&remembered.page, sources));
    let shown: Vec<_> = published.map(|remembered| Arc::clone(&remembered.shown)).collect();
    let wardrobe = Wardrobe { is_broken: !theme.1.is_empty(), ..theme.0.wardrobe() };
    let (plan, found) =
        views::plan(&Brief { guide: &guide, shown: &shown, site, configuration, wardrobe: &wardrobe, sources });
    diagnostics.extend(found);
    observe(Step::Plan);
    Layout { guide, shown, plan, diagnostics }
}

/// How many views a thread takes at a time.
const BATCH: usize = 8;

/// Pages of more bytes than this together are a theme's mistake, not a guide.
const LARGEST_SITE: usize = 1 << 30;

/// What all views are rendered with.
struct Rendering<'r> {
    /// Stands for what all pages share.
    key: Fingerprint,
    brief: &'r Brief<'r>,
    frame: &'r Frame,
}

/// How far all threads together have come.
struct Progress {
    /// The first view whose template does not come to an end. Those before it are rendered, those behind it need not
    /// be: so the same complaints are found, whichever thread is the faster one.
    last: AtomicUsize,
    /// The bytes of all pages so far.
    total: AtomicUsize,
}

/// A view that no remembered answer is known for.
struct Open<'v> {
    index: usize,
    page: &'v PageView,
    origin: &'v Place,
}

impl Rendering<'_> {
    /// Renders every view, or remembers what it became; how many were rendered, and what is wrong with them. Views and
    /// memory are sorted by file.
    fn render(&self, views: &[View], stage: &mut Stage, memory: &mut Rendered) -> (usize, Vec<Diagnostic>) {
        let old = std::mem::take(memory);
        let mut known = old.files.iter().zip(&old.questions).peekable();
        let mut files = Vec::with_capacity(views.len());
        let mut questions: Vec<Question> = Vec::with_capacity(views.len());
        let mut open = Vec::new();
        let mut total = 0;
        for (index, view) in views.iter().enumerate() {
            while known.next_if(|((out, _), _)| **out < view.out).is_some() {}
            let page = match &view.content {
                Content::Bytes { bytes, fingerprint } => {
                    questions.push((*fingerprint, *fingerprint, None));
                    files.push(Some(Arc::clone(bytes)));
                    continue;
                }
                Content::Page(page) => page,
            };
            let own = page.subject.page().map(|id| self.brief.guide.entry(id).page.fingerprint);
            let question = (self.key, page.fingerprint, own);
            let answer = known.next_if(|((out, _), asked)| **out == view.out && **asked == question);
            match answer {
                Some(((_, bytes), _)) => total += bytes.len(),
                None => open.push(Open { index, page, origin: &view.origin }),
            }
            files.push(answer.map(|((_, bytes), _)| Arc::clone(bytes)));
            questions.push(question);
        }
        let threads = rayon::current_num_threads().min(open.len().div_ceil(BATCH));
        let (rendered, found) = self.answer(&open, total, stage.desks(threads), &mut files);
        let named = views.iter().zip(files).zip(questions);
        let (files, questions) =
            named.filter_map(|((view, bytes), question)| Some(((view.out.clone(), bytes?), question))).unzip();
        *memory = Rendered { files: Arc::new(Files::from_sorted(files)), questions };
        (rendered, found)
    }

    /// Renders the views that are open into `files`, a thread at each desk.
    fn answer(
        &self,
        open: &[Open],
        total: usize,
        desks: &mut [Desk],
        files: &mut [Option<Arc<[u8]>>],
    ) -> (usize, Vec<Diagnostic>) {
        let progress = Progress { last: AtomicUsize::new(usize::MAX), total: AtomicUsize::new(total) };
        let next = AtomicUsize::new(0);
        let work = |desk: &mut Desk| {
            let batches = std::iter::from_fn(|| open.chunks(BATCH).nth(next.fetch_add(1, Ordering::Relaxed)));
            let show = |view| Some((view, self.show(desk, view, &progress)?));
            batches.flatten().filter_map(show).collect::<Vec<_>>()
        };
        let answers: Vec<(&Open, _)> = desks.par_iter_mut().flat_map_iter(work).collect();
        let last = progress.last.into_inner();
        let rendered = answers.len();
        let mut found = Vec::new();
        for (view, answer) in answers {
            match answer {
                Ok(bytes) => files[view.index] = Some(bytes),
                Err(failure) if view.index <= last => found.push(failure.complaint),
                Err(_) => {}
            }
        }
        if progress.total.into_inner() > LARGEST_SITE {
            let asked = Place::at(self.brief.configuration, self.brief.site.theme.span);
            found = vec![theme::complaints::too_large(asked, LARGEST_SITE >> 30)];
        }
        (rendered, folded(found))
    }

    /// Renders one view; `None` if another page showed that it is of no use to go on.
    fn show(&self, desk: &mut Desk, view: &Open, progress: &Progress) -> Option<Result<Arc<[u8]>, Box<Failure>>> {
        if view.index > progress.last.load(Ordering::Relaxed) || progress.total.load(Ordering::Relaxed) > LARGEST_SITE {
            return None;
        }
        let context = views::context(self.brief, view.page, self.frame);
        let answer = theme::render(desk, &view.page.template, &context, view.origin);
        match &answer {
            Ok(bytes) => {
                progress.total.fetch_add(bytes.len(), Ordering::Relaxed);
            }
            Err(failure) if failure.is_endless => {
                progress.last.fetch_min(view.index, Ordering::Relaxed);
            }
            Err(_) => {}
        }
        Some(answer)
    }
}

/// One complaint for each mistake in a template, however many pages met it: the first page's.
fn folded(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| (&a.place, &a.message, &a.notes).cmp(&(&b.place, &b.message, &b.notes)));
    found.dedup_by(|later, first| later.place == first.place && later.message == first.message);
    found
}
