//! The whole guide from its pages: one pass for each thing that pages say about each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::join;

use super::names::Names;
use super::special::Finder;
use super::{
    Bibliography, Guide, PageFacts, PageId, Redirect, Reference, Tag, complaints, files, links, order, pictures,
    relations,
};
use crate::base::{
    About, Complaint, Edit, Known, OutPath, SourcePath, Sources, Span, Subject, nearest, same_but_for_case,
};
use crate::content::{Page, SourceUse};
use crate::site::Site;

/// What a guide is assembled from.
#[derive(Clone, Copy)]
pub struct Parts<'p> {
    /// The configuration.
    pub site: &'p Site,
    /// Its file.
    pub configuration: &'p SourcePath,
    /// The pages that are part of the guide, sorted by path.
    pub pages: &'p [&'p Page],
    /// The pages that are held back and left out, sorted by path.
    pub held: &'p [&'p Page],
    /// The references.
    pub bibliography: &'p Arc<Bibliography>,
    /// The files.
    pub sources: &'p Sources,
}

/// Resolves every name, and complains of those that mean nothing.
#[must_use]
pub fn assemble(parts: Parts) -> (Guide, Vec<Complaint>) {
    let Parts { site, configuration, pages, held, bibliography, sources } = parts;
    let ((files, mut found), names) = join(|| files::collect(sources, pages), || Names::new(pages, held));
    let context = links::LinkContext { pages, names: &names, files: &files, base: &site.rules.base, sources };
    let ((related, complaints), ((destinations, more), backlinks)) = join(
        || relations::resolve(pages, &names, &site.rules),
        || {
            let resolved = links::resolve(&context);
            let backlinks = links::backlinks(pages, &resolved.0);
            (resolved, backlinks)
        },
    );
    found.extend(complaints.into_iter().chain(more));
    let (((files, complaints), pictures), (cited, redirects, tags)) = join(
        || {
            let published = files::named(files, pages, &destinations);
            let pictures = pictures::measure(pages, &destinations, &published.0, sources);
            (published, pictures)
        },
        || (cited_in(pages, bibliography, site), redirects(pages), tags(pages)),
    );
    found.extend(complaints.into_iter().filter(|complaint| !belongs_to_held(&complaint.place.path, held)));
    if !site.rules.markdown.unsafe_html {
        found.extend(files::active(&files, sources));
    }
    let paths = pages.iter().map(|page| page.path.as_str()).collect();
    let mut finder = Finder { names: &names, paths, configuration, found: Vec::new() };
    let special = finder.special(site);
    let menu = finder.menu(site);
    found.append(&mut finder.found);
    found.extend(cited.1.into_iter().chain(redirects.1));
    let facts = related.into_iter().zip(backlinks).zip(destinations).zip(order::sections(pages));
    let facts =
        facts.map(|(((relations, backlinks), links), section)| PageFacts { section, relations, backlinks, links });
    let guide = Guide {
        facts: facts.collect(),
        sides: relations::sides(&site.rules),
        special,
        menu,
        bibliography: Arc::clone(bibliography),
        cited_in: cited.0,
        cited_by_held: held.iter().flat_map(|page| page.sources.iter().map(|used| used.key.clone())).collect(),
        tags,
        redirects: redirects.0,
        files,
        pictures,
    };
    (guide, found)
}

/// Does the file lie in the folder of a page that is kept back?
fn belongs_to_held(path: &SourcePath, held: &[&Page]) -> bool {
    held.iter().any(|page| page.path.file_name() == "index.md" && path.below(page.path.folder()).is_some())
}

type CitedIn = BTreeMap<Box<str>, Vec<PageId>>;

/// Which pages rest on each reference, and complaints about keys that mean none.
fn cited_in(pages: &[&Page], bibliography: &Bibliography, site: &Site) -> (CitedIn, Vec<Complaint>) {
    let mut cited: CitedIn = BTreeMap::new();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for used in &page.sources {
            match bibliography.find(&used.key) {
                Known::Value(Some(reference)) => {
                    cited.entry(used.key.clone()).or_default().push(PageId::new(index));
                    found.extend(retracted_source(page, used, reference));
                }
                Known::Value(None) => found.extend(unknown_source(page, used, bibliography, site)),
                Known::Reported => {}
            }
        }
    }
    (cited, found)
}

/// What is wrong wherever a page names a source that there is not.
fn unknown_source(page: &Page, used: &SourceUse, bibliography: &Bibliography, site: &Site) -> Vec<Complaint> {
    let near = nearest(&used.key, bibliography.keys());
    let file = site.references.get().map(|rules| &*rules.file.value);
    let cure =
        same_but_for_case(&used.key, bibliography.keys()).map(|same| Edit { span: Span::WHOLE, text: same.to_owned() });
    let complaint = |subject| {
        let complaint = complaints::unknown_source(About::part(&page.path, subject), &used.key, near, file);
        match &cure {
            Some(cure) => complaint.help("write the key so").fixes([cure.clone()]),
            None => complaint,
        }
    };
    subjects(page, used).map(complaint).collect()
}

/// What is wrong wherever a page names a source that was retracted.
fn retracted_source(page: &Page, used: &SourceUse, reference: &Reference) -> Vec<Complaint> {
    let Some(why) = reference.retracted.get() else { return Vec::new() };
    let complaint = |subject| complaints::retracted_source(About::part(&page.path, subject), &used.key, why);
    subjects(page, used).map(complaint).collect()
}

/// Everything on a page that names a source.
fn subjects<'p>(page: &'p Page, used: &'p SourceUse) -> impl Iterator<Item = Subject> + 'p {
    let citations = page.body.citations.iter().enumerate().filter(|(_, citation)| citation.key == used.key);
    let keys = page.matter.sources.iter().filter(|(key, _)| *key == used.key);
    citations.map(|(index, _)| Subject::Citation(index)).chain(keys.map(|(_, at)| Subject::Key(at.clone())))
}

fn redirects(pages: &[&Page]) -> (Vec<Redirect>, Vec<Complaint>) {
    let mut redirects = Vec::new();
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for (number, (alias, at)) in page.matter.aliases.iter().enumerate() {
            let about = || About::part(&page.path, Subject::Key(at.clone()));
            let file = if alias.ends_with(".html") { alias.to_string() } else { format!("{alias}/index.html") };
            match OutPath::new(&file) {
                Ok(out) if out == page.out => found.push(complaints::own_alias(about())),
                Ok(out) => redirects.push(Redirect { out, to: PageId::new(index), alias: number }),
                Err(_) => found.push(complaints::long_alias(about(), alias)),
            }
        }
    }
    (redirects, found)
}

fn tags(pages: &[&Page]) -> BTreeMap<Box<str>, Tag> {
    let mut tags: BTreeMap<Box<str>, Tag> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        let page_id = PageId::new(index);
        for (number, slug) in page.tag_slugs.iter().enumerate().filter(|(_, slug)| !slug.is_empty()) {
            match tags.get_mut(slug) {
                Some(tag) => tag.pages.push(page_id),
                None => drop(tags.insert(slug.clone(), Tag { first: (page_id, number), pages: vec![page_id] })),
            }
        }
    }
    tags
}
