//! The bound page → an e-book: EPUB 3.3, with the metadata of EPUB Accessibility 1.1.

use std::collections::BTreeMap;

use super::package::{Package, Picture};
use super::parts::{CONTENTS, COVER, SOURCES};
use super::xhtml::{Places, text, write};
use super::{archive, package};
use crate::base::{escape_html, media};
use crate::syntax::html_tree::{HtmlTree, Node, NodeId, NodeRef, value};
use crate::views::Outline;

/// The folder of the archive in which the book lies.
const FOLDER: &str = "EPUB";

/// The pictures that e-books take, by the endings of their names.
const PICTURES: [&str; 6] = ["gif", "jpeg", "jpg", "png", "svg", "webp"];

/// What an e-book is made of besides the page.
pub struct Material<'m> {
    /// What it is called, and its chapters.
    pub outline: &'m Outline,
    /// Its style sheet.
    pub style: Option<&'m [u8]>,
    /// A file of the site, by its address.
    pub file: &'m dyn Fn(&str) -> Option<&'m [u8]>,
}

/// A part of the book: a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The name of the file.
    pub file: String,
    /// What it is, in the words of EPUB's vocabulary.
    pub sort: &'static str,
    /// Its title.
    pub title: String,
    /// Its number and level, if it is a chapter.
    pub chapter: Option<(String, usize)>,
}

/// The bytes of the e-book that the bound page `html` gives.
#[must_use]
pub fn ebook(html: &str, material: &Material) -> Vec<u8> {
    let tree = HtmlTree::of_page(html);
    let parts = parts(&tree, material.outline);
    let within = |node: NodeId| tree.nodes().get(node).into_iter().flat_map(|node| node.descendants());
    let elements = parts.iter().flat_map(|(part, node)| within(*node).map(move |element| (part, element)));
    let mut places = Places { files: BTreeMap::new(), pictures: BTreeMap::new(), origin: &material.outline.origin };
    let mut pictures = Vec::new();
    for (part, element) in elements {
        let Some(element) = element.value().as_element() else { continue };
        if let Some(id) = value(element, "id") {
            places.files.entry(id.to_owned()).or_insert_with(|| part.file.clone());
        }
        if &*element.name.local == "img" {
            gather(value(element, "src").unwrap_or_default(), material, &mut places.pictures, &mut pictures);
        }
    }
    let written: Vec<(Part, String)> =
        parts.into_iter().map(|(part, node)| (part.clone(), body(&tree, &part, node, &places))).collect();
    let contents = find(&tree, CONTENTS).map_or_else(|| "Contents".to_owned(), heading);
    let has_words_for_all = !written.iter().any(|(_, body)| body.contains("<img") && !are_all_said(body));
    let package = Package {
        outline: material.outline,
        contents,
        parts: &written,
        pictures: &pictures,
        has_style: material.style.is_some(),
        has_words_for_all,
    };
    let mut files = vec![
        ("META-INF/container.xml".to_owned(), package::CONTAINER.as_bytes().to_vec()),
        (format!("{FOLDER}/package.opf"), package.document().into_bytes()),
        (format!("{FOLDER}/nav.xhtml"), package.navigation().into_bytes()),
    ];
    for (part, body) in &written {
        files.push((format!("{FOLDER}/{}", part.file), package.page(&part.title, body).into_bytes()));
    }
    files.extend(material.style.map(|style| (format!("{FOLDER}/book.css"), style.to_vec())));
    files.extend(pictures.into_iter().map(|picture| (format!("{FOLDER}/{}", picture.file), picture.bytes)));
    archive::pack(&files)
}

/// Has each picture of a written part words in its place?
fn are_all_said(body: &str) -> bool {
    body.split("<img").skip(1).all(|rest| rest.split_once("/>").is_some_and(|(tag, _)| tag.contains(" alt=\"")))
}

/// The parts that the page has, with their elements.
fn parts(tree: &HtmlTree, outline: &Outline) -> Vec<(Part, NodeId)> {
    let mut by_id: BTreeMap<&str, NodeId> = BTreeMap::new();
    for node in tree.nodes().root().descendants() {
        if let Some(id) = node.value().as_element().and_then(|element| value(element, "id")) {
            by_id.entry(id).or_insert(node.id());
        }
    }
    let titled = |id: &str| Some((*by_id.get(id)?, tree.nodes().get(*by_id.get(id)?).map(heading).unwrap_or_default()));
    let mut parts = Vec::new();
    let mut add = |id: &str, sort, title: Option<&str>, chapter| {
        if let Some((node, heading)) = titled(id) {
            let title = title.map_or(heading, str::to_owned);
            let name = id.trim_start_matches("book--");
            parts.push((Part { file: format!("{name}.xhtml"), sort, title, chapter }, node));
        }
    };
    add(COVER, "cover", Some(&outline.cover), None);
    for chapter in &outline.chapters {
        let numbered = (!chapter.number.is_empty()).then(|| (chapter.number.to_string(), chapter.level));
        let sort = if numbered.is_some() { "chapter" } else { "foreword" };
        add(&chapter.id, sort, Some(&chapter.title), numbered);
    }
    add(SOURCES, "bibliography", None, None);
    parts
}

fn find<'t>(tree: &'t HtmlTree, id: &str) -> Option<NodeRef<'t, Node>> {
    tree.nodes()
        .root()
        .descendants()
        .find(|node| node.value().as_element().and_then(|one| value(one, "id")) == Some(id))
}

/// The first heading within a part.
fn heading(part: NodeRef<Node>) -> String {
    let is_heading = |node: &NodeRef<Node>| {
        node.value().as_element().is_some_and(|one| matches!(one.name.local.as_bytes(), [b'h', b'1'..=b'6']))
    };
    part.descendants().find(is_heading).map(text).unwrap_or_default()
}

/// Takes in the picture at an address, if e-books can show it.
fn gather(address: &str, material: &Material, files: &mut BTreeMap<String, String>, pictures: &mut Vec<Picture>) {
    let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if !PICTURES.contains(&&*ending) || files.contains_key(address) {
        return;
    }
    let Some(bytes) = (material.file)(address) else { return };
    let file = format!("picture-{}.{ending}", pictures.len() + 1);
    files.insert(address.to_owned(), file.clone());
    pictures.push(Picture { file, media_type: media::bare_media_type(address), bytes: bytes.to_vec() });
}

/// A part's section, with the mark of its number.
fn body(tree: &HtmlTree, part: &Part, node: NodeId, places: &Places) -> String {
    let element = tree.element(node);
    let of = |name: &str| element.and_then(|element| value(element, name));
    let role = match part.sort {
        "cover" => String::new(),
        sort => format!(" role=\"doc-{sort}\""),
    };
    let attribute =
        |name: &str| of(name).map_or_else(String::new, |value| format!(" {name}=\"{}\"", escape_html(value)));
    let label = of("aria-labelledby").filter(|id| places.files.get(*id) == Some(&part.file));
    let label = label.map_or_else(String::new, |id| format!(" aria-labelledby=\"{}\"", escape_html(id)));
    let mark = part.chapter.as_ref().map_or_else(String::new, |(number, _)| package::page_break(number));
    let inner = write(tree, node, &part.file, places);
    format!(
        "<section epub:type=\"{}\"{role}{}{}{label}>\n{mark}{inner}\n</section>\n",
        part.sort,
        attribute("id"),
        attribute("class"),
    )
}
