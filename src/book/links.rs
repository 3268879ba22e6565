//! Chapters that were pages → parts of one document: their headings stand below those of the parts around them, their ids are
//! told apart, and their links lead to each other, with the number of the chapter for those who read on paper.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{decode_path, encode_path};
use crate::syntax::html_tree::{HtmlTree, NodeId, value};
use crate::views::{Outline, OutlineChapter};

/// Attributes that name ids, one or several.
const REFERENCES: [&str; 6] = ["aria-controls", "aria-describedby", "aria-labelledby", "aria-owns", "for", "headers"];

/// The page of all chapters, bound together.
#[must_use]
pub fn bind(html: &str, outline: &Outline) -> String {
    let mut tree = HtmlTree::of_page(html);
    let elements = tree.elements();
    let found = Found::of(&tree, &elements, outline);
    for (node, chapter) in &found.within {
        found.settle(&mut tree, *node, *chapter);
    }
    // The site's own menu and foot lead out of the book.
    for node in elements.into_iter().filter(|node| is_in_main(&tree, *node)).collect::<Vec<_>>() {
        found.lead(&mut tree, node);
    }
    tree.write()
}

/// Does an element stand in the main part of the page?
fn is_in_main(tree: &HtmlTree, node: NodeId) -> bool {
    let is_main = |id| tree.element(id).is_some_and(|element| element.name() == "main");
    tree.nodes().get(node).is_some_and(|node| node.ancestors().any(|around| is_main(around.id())))
}

/// What stands where in the document.
struct Found<'o> {
    outline: &'o Outline,
    /// The chapters by the addresses of their pages.
    by_href: BTreeMap<&'o str, usize>,
    /// The elements within chapters, each with its chapter.
    within: BTreeMap<NodeId, usize>,
    /// The elements of the chapters themselves.
    chapters: BTreeSet<NodeId>,
    /// The ids within each chapter.
    ids: Vec<BTreeSet<String>>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
enum Lead {
    /// To a place in this chapter.
    Chapter(usize, String),
    /// To this source.
    Source(usize),
    /// Elsewhere on the site.
    Site,
    /// Elsewhere, or to a place that is no chapter's.
    Elsewhere,
}

impl<'o> Found<'o> {
    fn of(tree: &HtmlTree, elements: &[NodeId], outline: &'o Outline) -> Self {
        let by_id: BTreeMap<&str, usize> = (0..).zip(&outline.chapters).map(|(n, one)| (&*one.id, n)).collect();
        let by_href = (0..).zip(&outline.chapters).map(|(n, one)| (&*one.href, n)).collect();
        let ids = vec![BTreeSet::new(); outline.chapters.len()];
        let mut found = Self { outline, by_href, within: BTreeMap::new(), chapters: BTreeSet::new(), ids };
        let mut seen = BTreeSet::new();
        for node in elements {
            let parent = tree.nodes().get(*node).and_then(|node| node.parent()).map(|parent| parent.id());
            let around = parent.and_then(|parent| found.within.get(&parent).copied());
            let id = tree.element(*node).and_then(|element| value(element, "id"));
            if let Some(around) = around {
                found.within.insert(*node, around);
                found.ids[around].extend(id.map(str::to_owned));
            } else if let Some(chapter) = id.and_then(|id| by_id.get(id).copied())
                && seen.insert(chapter)
            {
                found.within.insert(*node, chapter);
                found.chapters.insert(*node);
            }
        }
        found
    }

    fn chapter(&self, number: usize) -> &OutlineChapter {
        &self.outline.chapters[number]
    }

    /// The id in the document of one within a chapter.
    fn id(&self, chapter: usize, id: &str) -> String {
        format!("{}.{id}", self.chapter(chapter).id)
    }

    /// Gives an element within a chapter its place in the document: its id, its names of ids, and its level as a heading.
    fn settle(&self, tree: &mut HtmlTree, node: NodeId, chapter: usize) {
        if self.chapters.contains(&node) {
            return self.settle_names(tree, node, chapter);
        }
        let Some(element) = tree.element(node) else { return };
        let id = value(element, "id").map(|id| self.id(chapter, id));
        let heading = match element.name.local.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(usize::from(level - b'0') + self.chapter(chapter).level),
            _ => None,
        };
        let (name, label) = (element.name.local.to_string(), value(element, "aria-label").map(str::to_owned));
        if let Some(id) = id {
            tree.set(node, "id", &id);
        }
        if let Some(level) = heading {
            tree.rename(node, ["h2", "h3", "h4", "h5", "h6"][level.clamp(2, 6) - 2]);
        }
        match (&*name, label) {
            ("details", _) => tree.set(node, "open", ""),
            // Landmarks of many chapters would be too many to find anything by, and of the same names.
            ("aside", _) => {
                tree.rename(node, "div");
                tree.set(node, "role", "note");
            }
            ("nav" | "section", Some(label)) => {
                let number = &self.chapter(chapter).number;
                tree.set(node, "aria-label", format!("{label} {number}").trim_end());
            }
            _ => {}
        }
        self.settle_names(tree, node, chapter);
    }

    fn settle_names(&self, tree: &mut HtmlTree, node: NodeId, chapter: usize) {
        for name in REFERENCES {
            let Some(named) = tree.element(node).and_then(|element| value(element, name)) else { continue };
            let ids = named.split_ascii_whitespace();
            let ids = ids.map(|id| if self.ids[chapter].contains(id) { self.id(chapter, id) } else { id.to_owned() });
            let ids = ids.collect::<Vec<_>>().join(" ");
            tree.set(node, name, &ids);
        }
    }

    /// Leads a link to its place in the document, if it has one there.
    fn lead(&self, tree: &mut HtmlTree, node: NodeId) {
        let Some(element) = tree.element(node) else { return };
        let Some(href) = value(element, "href").map(str::to_owned) else { return };
        let own = self.within.get(&node).copied();
        let (name, is_citation) = (element.name.local.to_string(), value(element, "role") == Some("doc-biblioref"));
        let is_numbered = value(element, "data-link").is_some();
        // The book has no list of numbered addresses: each stands behind its link.
        tree.remove(node, "data-link");
        match self.destination(&href, own) {
            Lead::Chapter(chapter, id) => {
                tree.set(node, "href", &format!("#{}", encode_path(&id)));
                let number = &self.chapter(chapter).number;
                if name == "a" && own != Some(chapter) && !number.is_empty() && !self.stands_in_a_list(tree, node) {
                    let words = self.outline.section.replace("{number}", number);
                    tree.insert_after(node, "section-number", &format!(" {words}"));
                }
            }
            Lead::Source(number) => {
                tree.set(node, "href", &format!("#book--source-{number}"));
                if is_citation {
                    tree.set_text(node, &number.to_string());
                }
            }
            Lead::Site if is_numbered => {
                tree.set(node, "data-address", &format!("{}{href}", self.outline.origin));
            }
            Lead::Elsewhere if is_numbered => {
                let address = href.trim_start_matches("mailto:").trim_start_matches("tel:").to_owned();
                tree.set(node, "data-address", &address);
            }
            Lead::Site | Lead::Elsewhere => {}
        }
    }

    /// The contents, which give the numbers themselves.
    fn stands_in_a_list(&self, tree: &HtmlTree, node: NodeId) -> bool {
        let Some(node) = tree.nodes().get(node) else { return false };
        !self.within.contains_key(&node.id())
            && node.ancestors().any(|around| around.value().as_element().is_some_and(|one| one.name() == "nav"))
    }

    fn destination(&self, href: &str, own: Option<usize>) -> Lead {
        let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
        let chapter = if path.is_empty() { own } else { self.by_href.get(path).copied() };
        let Some(chapter) = chapter else {
            return if path.starts_with('/') && !path.starts_with("//") { Lead::Site } else { Lead::Elsewhere };
        };
        let anchor = decode_path(anchor);
        let source = anchor.strip_prefix("source-").and_then(|number| number.parse::<usize>().ok());
        let source =
            source.and_then(|number| self.chapter(chapter).sources.get(number.checked_sub(1)?).copied().flatten());
        if let Some(number) = source {
            return Lead::Source(number);
        }
        if self.ids[chapter].contains(&*anchor) {
            return Lead::Chapter(chapter, self.id(chapter, &anchor));
        }
        // A symbol that the whole page shares.
        if path.is_empty() && anchor != "main" {
            return Lead::Elsewhere;
        }
        Lead::Chapter(chapter, self.chapter(chapter).id.to_string())
    }
}
