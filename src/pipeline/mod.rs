//! `build(&Sources, &mut Memory) -> (Built, Work)`: all the rooms above, in order, remembering answers by fingerprint.
//!
//! An answer is used again only if the fingerprint of the whole question is equal. So a rebuild gives what a build
//! from nothing would give, whatever was built before.

mod memory;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Diagnostic, Fingerprint, OutPath, Place, Source, SourcePath, Sources, UrlPath, sort_and_dedup};
use crate::content::{self, Page, Role};
use crate::guide::{self, Bibliography, Guide, Parts};
use crate::site::{self, CONTENT, PageRules, Site};
use crate::theme::{self, Stage, Theme};
use crate::views::{self, Brief, Content, Plan, Shown, View, Wardrobe};

pub use memory::Memory;
use memory::{Remembered, Rendered};

/// What a build gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// The whole site, by file; publish it only if there is no error.
    pub files: BTreeMap<OutPath, Arc<[u8]>>,
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
    let configuration = sources.request.configuration.clone();
    let mut work = Work::default();
    let (site, mut diagnostics) = site::read(sources, &configuration);
    observe(Step::Configure);
    let Some(site) = site else {
        sort_and_dedup(&mut diagnostics);
        return (Built { diagnostics, ..Built::default() }, work);
    };
    let Parsed { pages, bibliography, theme } = parse(sources, &site, &configuration, memory);
    work.parsed = pages.parsed;
    // A draft that is left out is nobody's business yet.
    let published = pages.all.iter().filter(|remembered| !is_left_out(&remembered.page, sources));
    diagnostics.extend(published.flat_map(|remembered| remembered.diagnostics.iter().cloned()));
    let drafts = pages.all.iter().filter(|remembered| remembered.page.matter.is_draft).count();
    diagnostics.extend(bibliography.1.iter().cloned());
    diagnostics.extend(theme.1.iter().cloned());
    observe(Step::Parse);
    let parts = Parts {
        site: &site,
        configuration: &configuration,
        pages: pages.all.iter().map(|remembered| Arc::clone(&remembered.page)).collect(),
        bibliography: Arc::clone(&bibliography.0),
        sources,
    };
    let (guide, found) = guide::assemble(parts);
    diagnostics.extend(found);
    observe(Step::Assemble);
    let shown = shown(&guide, &pages.all);
    let is_broken = !theme.1.is_empty();
    let wardrobe = Wardrobe { is_broken, ..theme.0.wardrobe() };
    let (guide, shown, wardrobe) = (&guide, &shown, &wardrobe);
    let brief = Brief { guide, shown, site: &site, configuration: &configuration, wardrobe, sources };
    let (Plan { mut views, frame }, found) = views::plan(&brief);
    diagnostics.extend(found);
    if is_broken {
        // Without a sound theme nothing can be shown; what is wrong with it has been said.
        views.clear();
    }
    observe(Step::Plan);
    let stage = Stage::new(&theme.0, &frame);
    let key = Fingerprint::of(&(frame.fingerprint, theme.0.fingerprint));
    let (mut files, rendered, found) = render(&stage, key, views, memory);
    work.rendered = rendered;
    diagnostics.extend(found);
    add_assets(&theme.0, &mut files, &mut diagnostics);
    observe(Step::Render);
    sort_and_dedup(&mut diagnostics);
    (Built { files, diagnostics, output: Some(site.output.clone()), pages: guide.entries.len(), drafts }, work)
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
    page.matter.is_draft && sources.request.drafts == crate::base::Drafts::Leave
}

/// All pages, sorted by path, and how many were parsed afresh.
struct Pages {
    all: Vec<Remembered>,
    parsed: usize,
}

fn parse_pages(sources: &Sources, rules: &Arc<PageRules>, memory: &mut Vec<Remembered>) -> Pages {
    let rules_fingerprint = Fingerprint::of(&**rules);
    let files: Vec<(&SourcePath, &Source)> = sources.below(CONTENT).filter(|(path, _)| path.is_markdown()).collect();
    let old = std::mem::take(memory);
    let answer = |(path, source): &(&SourcePath, &Source)| {
        let question = Fingerprint::of(&(path, source.fingerprint(), rules_fingerprint));
        let known = old.binary_search_by(|remembered| remembered.page.path.cmp(path)).ok().map(|index| &old[index]);
        if let Some(remembered) = known.filter(|remembered| remembered.question == question) {
            return (remembered.clone(), 0);
        }
        let (page, diagnostics) = content::parse(path, source, rules, rules_fingerprint);
        let shown = Arc::new(Shown::new(&page, rules));
        (Remembered { question, page: Arc::new(page), shown, diagnostics: diagnostics.into() }, 1)
    };
    let (all, counts): (Vec<_>, Vec<usize>) = files.par_iter().map(answer).unzip();
    memory.clone_from(&all);
    Pages { all, parsed: counts.into_iter().sum() }
}

type Loaded<T> = Arc<(Arc<T>, Vec<Diagnostic>)>;

fn load_bibliography(
    sources: &Sources,
    site: &Site,
    configuration: &SourcePath,
    memory: &mut Option<(Fingerprint, Loaded<Bibliography>)>,
) -> Loaded<Bibliography> {
    let Some(rules) = &site.references else { return Arc::default() };
    let path = SourcePath::new(&format!("{CONTENT}/{}", rules.file.value));
    let source = sources.get(&path);
    let question = Fingerprint::of(&(configuration, &path, source.map(Source::fingerprint), rules, &site.language));
    if let Some((_, loaded)) = memory.as_ref().filter(|(asked, _)| *asked == question) {
        return Arc::clone(loaded);
    }
    let loaded = match source.and_then(Source::as_text) {
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
    let loaded = Arc::new(loaded);
    *memory = Some((question, Arc::clone(&loaded)));
    loaded
}

fn load_theme(
    sources: &Sources,
    site: &Site,
    configuration: &SourcePath,
    memory: &mut Option<(Fingerprint, Loaded<Theme>)>,
) -> Loaded<Theme> {
    let asked = Place::at(configuration, site.theme.span);
    let question = Fingerprint::of(&(theme::fingerprint(sources, &site.theme.value, &site.language), &asked));
    if let Some((_, loaded)) = memory.as_ref().filter(|(asked, _)| *asked == question) {
        return Arc::clone(loaded);
    }
    let (theme, diagnostics) = theme::load(sources, &site.theme.value, &site.language, &asked);
    let loaded = Arc::new((Arc::new(theme), diagnostics));
    *memory = Some((question, Arc::clone(&loaded)));
    loaded
}

/// The prebuilt values of the guide's pages, in its order; both lists are sorted by path.
fn shown(guide: &Guide, pages: &[Remembered]) -> Vec<Arc<Shown>> {
    let mut pages = pages.iter();
    let of = |entry: &guide::Entry| {
        let remembered = pages.find(|remembered| Arc::ptr_eq(&remembered.page, &entry.page));
        Arc::clone(&remembered.expect("every entry was parsed").shown)
    };
    guide.entries.iter().map(of).collect()
}

type Files = BTreeMap<OutPath, Arc<[u8]>>;

/// Renders every view, or remembers what it became. Views and memory are sorted by file.
fn render(stage: &Stage, key: Fingerprint, views: Vec<View>, memory: &mut Memory) -> (Files, usize, Vec<Diagnostic>) {
    let old = std::mem::take(&mut memory.rendered);
    let answer = |buffer: &mut Vec<u8>, view: View| {
        let page = match view.content {
            Content::Bytes(bytes) => return (Ok(Rendered { out: view.out, question: view.fingerprint, bytes }), 0),
            Content::Page(page) => page,
        };
        let question = Fingerprint::of(&(key, view.fingerprint));
        let known = old.binary_search_by(|rendered| rendered.out.cmp(&view.out)).ok().map(|index| &old[index]);
        if let Some(rendered) = known.filter(|rendered| rendered.question == question) {
            return (Ok(rendered.clone()), 0);
        }
        let bytes = theme::render(stage, &page, &view.origin, buffer);
        (bytes.map(|bytes| Rendered { out: view.out, question, bytes }), 1)
    };
    let answers: Vec<_> = views.into_par_iter().map_init(|| Vec::with_capacity(32 * 1024), answer).collect();
    let mut found = Vec::new();
    let mut count = 0;
    for (answer, done) in answers {
        count += done;
        match answer {
            Ok(rendered) => memory.rendered.push(rendered),
            Err(complaint) => found.push(*complaint),
        }
    }
    let files = memory.rendered.iter().map(|rendered| (rendered.out.clone(), Arc::clone(&rendered.bytes))).collect();
    (files, count, folded(found))
}

/// One complaint for each mistake in a template, however many pages met it: the first page's.
fn folded(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| (&a.place, &a.message, &a.notes).cmp(&(&b.place, &b.message, &b.notes)));
    found.dedup_by(|later, first| later.place == first.place && later.message == first.message);
    found
}

fn add_assets(theme: &Theme, files: &mut Files, found: &mut Vec<Diagnostic>) {
    for asset in theme.assets.values() {
        if files.insert(asset.out.clone(), Arc::clone(&asset.bytes)).is_some() {
            found.push(views::complaints::asset_address(Place::file(&asset.path), &asset.out));
        }
    }
}
