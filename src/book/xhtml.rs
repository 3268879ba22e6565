//! A part of the tree of a page → XHTML as e-books take it: elements that they know, everything closed, links within the book.
//!
//! What they do not know is left out, and its text stays; what runs, embeds or asks is left out with all that it holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{decode_path, escape_html};
use crate::syntax::html_tree::{Edge, Element, HtmlTree, Node, NodeId, NodeRef, value};

/// Elements that are kept.
const KEPT: [&str; 70] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "data",
];
/// Elements of drawings that are kept.
const DRAWN: [&str; 15] = [
    "circle", "defs", "desc", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text", "title",
    "tspan", "use",
];
/// Elements that are left out with all that they hold.
const LEFT_OUT: [&str; 19] = [
    "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe", "link", "meta", "noscript",
    "object", "script", "select", "style", "template", "textarea", "video",
];
/// Elements without an end.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];
/// Attributes that are kept; those that name places are looked at one by one.
const ATTRIBUTES: [&str; 25] = [
    "alt",
    "aria-hidden",
    "aria-label",
    "class",
    "colspan",
    "datetime",
    "dir",
    "height",
    "lang",
    "open",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "span",
    "start",
    "title",
    "type",
    "value",
    "width",
    "hreflang",
    "cite",
    "aria-describedby",
    "aria-labelledby",
    "headers",
];
/// Attributes of drawings that are kept.
const DRAWING: [&str; 28] = [
    "aria-hidden",
    "aria-label",
    "class",
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "fill",
    "height",
    "id",
    "points",
    "preserveAspectRatio",
    "r",
    "role",
    "rx",
    "ry",
    "stroke",
    "stroke-width",
    "text-anchor",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
];
/// The addresses that reading systems follow, by their beginnings.
const FOLLOWED: [&str; 5] = ["ftp:", "http:", "https:", "mailto:", "tel:"];
/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Where everything stands in the e-book.
pub struct Places<'p> {
    /// The files of the parts, by the ids within them.
    pub files: BTreeMap<String, String>,
    /// The files of pictures, by their addresses on the site.
    pub pictures: BTreeMap<String, String>,
    /// Scheme and host of the site.
    pub origin: &'p str,
}

/// What becomes of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Only what it holds is kept.
    Opened,
    LeftOut,
}

/// What the element `part` holds, as it stands in `file`.
pub fn write(tree: &HtmlTree, part: NodeId, file: &str, places: &Places) -> String {
    let mut writer = Writer { places, file, ids: BTreeSet::new(), out: String::new() };
    let Some(root) = tree.nodes().get(part) else { return String::new() };
    let mut skipped: Option<NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) | Edge::Close(node) if node.id() == part => {}
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(text) => writer.text(&text.text),
                Node::Element(element) => match writer.fate(node, element) {
                    Fate::Kept => writer.open(element),
                    Fate::Opened => writer.instead(element),
                    Fate::LeftOut => skipped = Some(node.id()),
                },
                _ => {}
            },
            Edge::Open(_) => {}
            Edge::Close(node) if skipped.is_some() => skipped = skipped.filter(|skipped| *skipped != node.id()),
            Edge::Close(node) => {
                if let Node::Element(element) = node.value()
                    && writer.fate(node, element) == Fate::Kept
                {
                    writer.close(element);
                }
            }
        }
    }
    writer.out
}

/// The text of an element without marks of sources.
pub fn text(node: NodeRef<Node>) -> String {
    let texts = node.descendants().filter_map(|node| Some(&*node.value().as_text()?.text));
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Writer<'w> {
    places: &'w Places<'w>,
    file: &'w str,
    /// The ids that the file has so far.
    ids: BTreeSet<String>,
    out: String,
}

impl Writer<'_> {
    fn fate(&self, node: NodeRef<Node>, element: &Element) -> Fate {
        let name = &*element.name.local;
        if is_drawn(element) {
            let foreign = |node: NodeRef<Node>| {
                let used = node.value().as_element().filter(|one| &*one.name.local == "use");
                used.is_some_and(|used| {
                    self.place(value(used, "href").unwrap_or_default()).is_none_or(|file| file != self.file)
                })
            };
            // What is drawn with shapes of another file cannot be drawn.
            let is_whole = DRAWN.contains(&name) && (name != "svg" || !node.descendants().any(foreign));
            return if is_whole { Fate::Kept } else { Fate::LeftOut };
        }
        if LEFT_OUT.contains(&name) || value(element, "hidden").is_some() {
            return Fate::LeftOut;
        }
        let has_picture = || self.picture(element).is_some();
        if KEPT.contains(&name) && (name != "img" || has_picture()) { Fate::Kept } else { Fate::Opened }
    }

    fn picture(&self, element: &Element) -> Option<&String> {
        self.places.pictures.get(value(element, "src")?)
    }

    /// The file in which the place lies that `#…` names.
    fn place(&self, href: &str) -> Option<&String> {
        self.places.files.get(&*decode_path(href.strip_prefix('#')?))
    }

    /// What stands for an element that is left out.
    fn instead(&mut self, element: &Element) {
        match (&*element.name.local, value(element, "type")) {
            ("img", _) => self.text(value(element, "alt").unwrap_or_default()),
            ("input", Some("checkbox")) => {
                self.out.push_str(if value(element, "checked").is_some() { "☒ " } else { "☐ " });
            }
            _ => {}
        }
    }

    fn open(&mut self, element: &Element) {
        let name = &*element.name.local;
        self.out.push('<');
        self.out.push_str(name);
        if name == "svg" {
            self.attribute("xmlns", SVG);
        }
        for (key, value) in &element.attrs {
            if key.prefix.is_none() {
                self.give(element, &key.local, value);
            }
        }
        self.out.push_str(if VOID.contains(&name) { "/>" } else { ">" });
    }

    /// Writes an attribute, if it is one that an e-book takes.
    fn give(&mut self, element: &Element, key: &str, value: &str) {
        let name = &*element.name.local;
        match key {
            "id" => {
                let is_one =
                    !value.is_empty() && !value.contains(char::is_whitespace) && self.ids.insert(value.to_owned());
                if is_one {
                    self.attribute(key, value);
                }
            }
            "href" if name == "a" => {
                if let Some(address) = self.address(value) {
                    self.attribute(key, &address);
                }
            }
            "href" if name == "use" => self.attribute(key, value),
            "src" if name == "img" => {
                let file = self.places.pictures.get(value).cloned().unwrap_or_default();
                self.attribute(key, &file);
            }
            "aria-labelledby" | "aria-describedby" | "headers" if !self.holds(value) => {}
            _ if is_drawn(element) && !DRAWING.contains(&key) => {}
            _ if is_drawn(element) => self.attribute(key, value),
            "width" | "height" if name != "img" || value.is_empty() || !value.bytes().all(|b| b.is_ascii_digit()) => {}
            "role" if value != "note" && !value.starts_with("doc-") => {}
            "type" if name != "ol" => {}
            "value" if name != "li" && name != "data" => {}
            "lang" => {
                self.attribute("lang", value);
                self.attribute("xml:lang", value);
            }
            "open" | "reversed" => self.attribute(key, key),
            _ if ATTRIBUTES.contains(&key) => self.attribute(key, value),
            _ => {}
        }
    }

    /// Are all these ids in this file?
    fn holds(&self, ids: &str) -> bool {
        ids.split_ascii_whitespace().all(|id| self.places.files.get(id).is_some_and(|file| file == self.file))
    }

    /// Where a link leads from this file; `None` if that is nowhere in the book.
    fn address(&self, href: &str) -> Option<String> {
        if let Some(id) = href.strip_prefix('#') {
            let file = self.place(href)?;
            return Some(if file == self.file { href.to_owned() } else { format!("{file}#{id}") });
        }
        let is_of_site = href.starts_with('/') && !href.starts_with("//");
        if is_of_site {
            return Some(format!("{}{href}", self.places.origin));
        }
        FOLLOWED.iter().any(|scheme| href.starts_with(scheme)).then(|| href.to_owned())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\"", &escape_html(value), "\""] {
            self.out.push_str(part);
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&escape_html(text));
    }

    fn close(&mut self, element: &Element) {
        let name = &*element.name.local;
        if !VOID.contains(&name) {
            for part in ["</", name, ">"] {
                self.out.push_str(part);
            }
        }
    }
}

fn is_drawn(element: &Element) -> bool {
    &*element.name.ns == SVG
}
