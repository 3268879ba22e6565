//! Files that are published as they are: everything below `static`, and those beside the pages that a page names.

use std::collections::{BTreeMap, BTreeSet};

use super::{Destination, PublishedFile, complaints};
use crate::base::{
    About, Complaint, Known, OutPath, SourceContent, SourcePath, Sources, Subject, UrlPath, encode_path,
};
use crate::content::body::Target;
use crate::content::{FieldValue, Page, Role};
use crate::site::{CONTENT, STATIC};
use crate::syntax::active::{Act, find_acts};

/// Data beside the pages, which is read and not published.
const KEPT_BACK: [&str; 4] = [".yaml", ".yml", ".toml", ".bib"];
/// What the names of pages look like when an editor or a person changed their end.
const LIKE_PAGES: [&str; 6] = [".md", ".markdown", ".mdown", ".md.txt", ".md.bak", ".md.orig"];

/// The files that can be published, sorted by source, and what is wrong with them.
pub fn collect(sources: &Sources, pages: &[&Page]) -> (Vec<PublishedFile>, Vec<Complaint>) {
    let folders = folders(pages);
    let mut files = Vec::new();
    let mut found = Vec::new();
    for folder in [CONTENT, STATIC] {
        for (path, source) in sources.below(folder) {
            let below = path.below(folder).unwrap_or_default();
            let is_data = KEPT_BACK.iter().any(|end| below.ends_with(end));
            if folder == CONTENT && (path.is_markdown() || is_data) {
                continue;
            }
            if folder == CONTENT && LIKE_PAGES.iter().any(|end| below.to_lowercase().ends_with(end)) {
                found.push(complaints::files::like_a_page(About::file(path)));
                continue;
            }
            if let SourceContent::Unreadable(why) = source.content() {
                found.push(complaints::files::unreadable_file(About::file(path), why));
                continue;
            }
            let wanted = if folder == CONTENT { beside_page(path, &folders) } else { below.to_owned() };
            match OutPath::new(&wanted) {
                Ok(out) => files.push(PublishedFile {
                    path: path.clone(),
                    url: UrlPath::new(&format!("/{}", encode_path(out.as_str()))),
                    out,
                }),
                Err(_) => found.push(complaints::files::bad_published_name(About::file(path))),
            }
        }
    }
    (files, found)
}

/// The files without those beside the pages that no page names: a draft's pictures, notes, copies.
///
/// A page names a file by a link or picture in its text, or by a text in its front matter that is exactly the file's
/// path from the page: a template may show it.
pub fn named(
    files: Vec<PublishedFile>,
    pages: &[&Page],
    links: &[Vec<Destination>],
) -> (Vec<PublishedFile>, Vec<Complaint>) {
    let named: BTreeSet<&UrlPath> = links
        .iter()
        .flatten()
        .filter_map(|link| if let Destination::File(url) = link { Some(url) } else { None })
        .collect();
    let (mut kept, mut unnamed): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.path.below(CONTENT).is_none() || named.contains(&file.url));
    if !unnamed.is_empty() {
        let stated: BTreeSet<SourcePath> = pages.iter().flat_map(|page| stated(page)).collect();
        let (more, rest): (Vec<_>, Vec<_>) = unnamed.into_iter().partition(|file| stated.contains(&file.path));
        unnamed = rest;
        kept.extend(more);
        kept.sort_by(|a, b| a.path.cmp(&b.path));
    }
    let missing = missing(pages, links);
    unnamed.retain(|file| !missing.contains(&file.path.file_name().to_lowercase()));
    (kept, unnamed.iter().map(|file| complaints::files::unnamed_file(About::file(&file.path))).collect())
}

/// The names, in small letters, of the files that links lead to and that are not there: that has been complained of.
fn missing(pages: &[&Page], links: &[Vec<Destination>]) -> BTreeSet<String> {
    let all = pages.iter().zip(links).flat_map(|(page, links)| page.body.links.iter().zip(links));
    let names = all.filter_map(|(link, destination)| match (&link.target, destination) {
        (Target::File(path), Destination::Nowhere) => Some(path.file_name().to_lowercase()),
        _ => None,
    });
    names.collect()
}

/// Complains of each file that would act in the reader's browser.
pub fn active(files: &[PublishedFile], sources: &Sources) -> Vec<Complaint> {
    let acts = |file: &PublishedFile| {
        let bytes = sources.get(&file.path)?.as_bytes()?;
        let complaint = |act: Act| {
            let subject = act.span.map_or(Subject::File, Subject::Span);
            complaints::files::active_file(About::part(&file.path, subject), &act)
        };
        Some(find_acts(file.path.file_name(), bytes).into_iter().map(complaint).collect::<Vec<_>>())
    };
    files.iter().filter_map(acts).flatten().collect()
}

/// The files beside a page that texts of its front matter may be the paths of.
fn stated(page: &Page) -> Vec<SourcePath> {
    let mut texts = Vec::new();
    gather(&page.matter.extra.0, &mut texts);
    page.matter.fields.iter().for_each(|field| gather_field(field, &mut texts));
    let beside = |text: &str| page.path.join_relative(text).filter(|path| path.below(page.path.folder()).is_some());
    texts.into_iter().filter(|text| text.contains('.') && !text.starts_with('/')).filter_map(beside).collect()
}

/// Every text in a field; the files that it names as such are links.
fn gather_field<'v>(value: &'v Known<Option<FieldValue>>, texts: &mut Vec<&'v str>) {
    match value.get() {
        Some(FieldValue::Text(text)) => texts.push(text),
        Some(FieldValue::List(list)) => texts.extend(list.iter().map(|text| &**text)),
        Some(FieldValue::Map(map)) => map.iter().for_each(|value| gather_field(value, texts)),
        Some(FieldValue::Maps(maps)) => maps.iter().flatten().for_each(|value| gather_field(value, texts)),
        _ => {}
    }
}

/// Every text in a value of `extra`.
fn gather<'v>(value: &'v tera::Value, texts: &mut Vec<&'v str>) {
    if let Some(text) = value.as_str() {
        texts.push(text);
    } else if let Some(items) = value.as_array() {
        for item in items {
            gather(item, texts);
        }
    } else if let Some(map) = value.as_map() {
        for value in map.values() {
            gather(value, texts);
        }
    }
}

/// The published folder of each source folder that belongs to a page or section.
fn folders<'p>(pages: &[&'p Page]) -> BTreeMap<&'p str, &'p str> {
    let owners = pages.iter().filter(|page| page.role != Role::Page || page.path.file_name() == "index.md");
    owners.map(|page| (page.path.folder(), page.out.as_str().strip_suffix("index.html").unwrap_or_default())).collect()
}

/// Where a file beside a page is published: in the page's own folder, so that the page can move without it.
fn beside_page(path: &SourcePath, folders: &BTreeMap<&str, &str>) -> String {
    let mut folder = path.folder();
    loop {
        if let Some(published) = folders.get(folder) {
            let rest = path.below(folder).unwrap_or_default();
            return format!("{published}{rest}");
        }
        match folder.rsplit_once('/') {
            Some((outer, _)) => folder = outer,
            None => return path.below(CONTENT).unwrap_or_default().to_owned(),
        }
    }
}
