//! The whole guide from its pages: one pass for each thing that pages say about each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::join;

use super::names::Names;
use super::special::Finder;
use super::{
    Bibliography, Entry, Guide, PageId, Redirect, Tag, checks, complaints, files, links, order, pictures, relations,
    url_lock,
};
use crate::base::{Diagnostic, Edit, OutPath, Place, SourcePath, Sources, nearest, same_but_for_case, slugify};
use crate::content::{Named, Page, Places};
use crate::site::Site;

/// What a guide is assembled from.
pub struct Parts<'p> {
    /// The configuration.
    pub site: &'p Site,
    /// Its file.
    pub configuration: &'p SourcePath,
    /// All pages, sorted by path, those that are held back among them.
    pub pages: Vec<Arc<Page>>,
    /// The references.
    pub bibliography: Arc<Bibliography>,
    /// The files, for the places of complaints and for what is published as it is.
    pub sources: &'p Sources,
}

/// Resolves every name, and complains of those that mean nothing.
#[must_use]
pub fn assemble(parts: Parts) -> (Guide, Vec<Diagnostic>) {
    let Parts { site, configuration, pages, bibliography, sources } = parts;
    let (held, pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(|page| page.is_left_out(sources.request.drafts));
    let ((files, mut found), (names, locations)) =
        join(|| files::collect(sources, &pages), || join(|| Names::new(&pages, &held), || order::arrange(&pages)));
    let context = links::LinkContext { pages: &pages, names: &names, files: &files, base: &site.rules.base, sources };
    let ((related, complaints), ((destinations, more), backlinks)) = join(
        || relations::resolve(&pages, &names, &site.rules, sources),
        || {
            let resolved = links::resolve(&context);
            let backlinks = links::backlinks(&pages, &resolved.0);
            (resolved, backlinks)
        },
    );
    found.extend(complaints.into_iter().chain(more));
    let (files, complaints) = files::named(files, &pages, &destinations);
    found.extend(complaints.into_iter().filter(|complaint| !belongs_to_held(&complaint.place.path, &held)));
    let pictures = pictures::measure(&pages, &destinations, &files, sources);
    if !site.rules.markdown.unsafe_html {
        found.extend(files::active(&files, sources));
    }
    let paths = pages.iter().map(|page| page.path.as_str()).collect();
    let mut finder = Finder { names: &names, paths, configuration, found: Vec::new() };
    let special = finder.special(site);
    let menu = finder.menu(site);
    found.append(&mut finder.found);
    let (cited_in, complaints) = cited_in(&pages, &bibliography, site, sources);
    found.extend(complaints);
    let (redirects, complaints) = redirects(&pages, sources);
    found.extend(complaints);
    let tags = tags(&pages);
    drop(names);
    let entries = pages
        .into_iter()
        .zip(locations)
        .zip(related)
        .zip(backlinks)
        .zip(destinations)
        .map(|((((page, location), relations), backlinks), links)| Entry {
            page,
            section: location.section,
            pages: location.pages,
            sections: location.sections,
            previous: location.previous,
            next: location.next,
            relations,
            backlinks,
            links,
        })
        .collect();
    let cited_by_held = held.iter().flat_map(|page| page.sources.iter().map(|used| used.key.clone())).collect();
    let guide =
        Guide { entries, special, menu, bibliography, cited_in, cited_by_held, tags, redirects, files, pictures };
    url_lock::check(&guide, &held, site, sources, &mut found);
    checks::run(checks::CheckContext { guide: &guide, site, sources }, configuration, &held, &mut found);
    (guide, found)
}

/// Does the file lie in the folder of a page that is kept back?
fn belongs_to_held(path: &SourcePath, held: &[Arc<Page>]) -> bool {
    held.iter().any(|page| page.path.file_name() == "index.md" && path.below(page.path.folder()).is_some())
}

type CitedIn = BTreeMap<Box<str>, Vec<PageId>>;

/// Which pages rest on each reference, and complaints about keys that mean none.
fn cited_in(
    pages: &[Arc<Page>],
    bibliography: &Bibliography,
    site: &Site,
    sources: &Sources,
) -> (CitedIn, Vec<Diagnostic>) {
    let mut cited: CitedIn = BTreeMap::new();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for used in &page.sources {
            if bibliography.get(&used.key).is_some() {
                cited.entry(used.key.clone()).or_default().push(PageId::new(index));
                continue;
            }
            // Which sources there are is not known; that has been complained of.
            if site.references.is_reported() || bibliography.is_unread || bibliography.is_misnamed(&used.key) {
                continue;
            }
            let near = nearest(&used.key, bibliography.keys());
            let file = site.references.get().map(|rules| &*rules.file.value);
            let same = same_but_for_case(&used.key, bibliography.keys());
            let text = sources.text(&page.path).unwrap_or_default();
            for span in places_of(page, used, sources) {
                let is_plain = text.get(span.start..span.end).is_some_and(|written| *written == *used.key);
                let cure = same.filter(|_| is_plain).map(|same| Edit { span, text: same.to_owned() });
                let place = Place::at(&page.path, span);
                let complaint = complaints::unknown_source(place, &used.key, near, file);
                found.push(if cure.is_some() { complaint.help("write the key so").fixes(cure) } else { complaint });
            }
        }
    }
    (cited, found)
}

/// Every place of a page that names a source.
fn places_of(page: &Page, used: &crate::content::SourceUse, sources: &Sources) -> Vec<crate::base::Span> {
    match &used.named {
        Named::Body(_) => page
            .body
            .citations
            .iter()
            .filter(|citation| citation.key == used.key)
            .map(|citation| citation.span)
            .collect(),
        Named::Matter(at) => vec![Places::read(sources.text(&page.path).unwrap_or_default()).value(at)],
    }
}

fn redirects(pages: &[Arc<Page>], sources: &Sources) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let mut redirects = Vec::new();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        if page.matter.aliases.is_empty() {
            continue;
        }
        let places = Places::read(sources.text(&page.path).unwrap_or_default());
        for (alias, at) in &page.matter.aliases {
            let place = Place::at(&page.path, places.value(at));
            let file = if alias.ends_with(".html") { alias.to_string() } else { format!("{alias}/index.html") };
            match OutPath::new(&file) {
                Ok(out) if out == page.out => found.push(complaints::own_alias(place)),
                Ok(out) => redirects.push(Redirect { out, to: PageId::new(index), place }),
                Err(_) => found.push(complaints::long_alias(place, alias)),
            }
        }
    }
    (redirects, found)
}

fn tags(pages: &[Arc<Page>]) -> BTreeMap<String, Tag> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for tag in &page.matter.tags {
            let slug = slugify(tag);
            if !slug.is_empty() {
                tags.entry(slug)
                    .or_insert_with(|| Tag { name: tag.clone(), pages: Vec::new() })
                    .pages
                    .push(PageId::new(index));
            }
        }
    }
    tags
}
