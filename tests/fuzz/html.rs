//! Whether a published file is what the theme and the allowed Markdown make, as a browser's parser sees it.

use std::collections::BTreeSet;

use betwixt::base::{OutPath, decode_path};
use betwixt::pipeline::Built;
use scraper::{ElementRef, Html, Node};

/// Attributes that any element may have.
const EVERYWHERE: &[&str] =
    &["class", "id", "aria-hidden", "aria-label", "aria-labelledby", "role", "tabindex", "hidden", "lang"];

/// The elements of hearth and of Markdown, with the attributes of each.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "rel", "aria-current"]),
    ("article", &[]),
    ("aside", &[]),
    ("blockquote", &[]),
    ("body", &[]),
    ("br", &[]),
    ("button", &["type"]),
    ("circle", &["cx", "cy", "r", "stroke-width"]),
    ("code", &[]),
    ("col", &[]),
    ("colgroup", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("details", &[]),
    ("fieldset", &[]),
    ("footer", &[]),
    ("form", &["autocomplete"]),
    ("g", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("head", &[]),
    ("header", &[]),
    ("hr", &[]),
    ("html", &["dir"]),
    ("img", &["src", "alt", "title", "loading", "decoding"]),
    (
        "input",
        &[
            "accept",
            "aria-describedby",
            "autocapitalize",
            "autocomplete",
            "autocorrect",
            "checked",
            "disabled",
            "enterkeyhint",
            "maxlength",
            "name",
            "size",
            "spellcheck",
            "type",
            "value",
        ],
    ),
    ("label", &["for"]),
    ("legend", &[]),
    ("li", &["value"]),
    ("link", &["rel", "href", "type", "title"]),
    ("main", &[]),
    ("meta", &["charset", "http-equiv", "content", "name", "property", "media"]),
    ("nav", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("path", &["d"]),
    ("pre", &[]),
    ("script", &["src", "type", "defer"]),
    ("section", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("summary", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("svg", &["viewBox", "width", "height", "focusable"]),
    ("symbol", &["viewBox"]),
    ("table", &[]),
    ("tbody", &[]),
    ("tfoot", &[]),
    ("td", &["colspan"]),
    ("text", &["x", "y"]),
    ("th", &["colspan", "scope"]),
    ("caption", &[]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("title", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("use", &["href", "x", "y", "width", "height", "class"]),
];

/// One file of a site.
pub struct File<'f> {
    pub name: &'f str,
    pub bytes: &'f [u8],
    pub built: &'f Built,
}

impl File<'_> {
    /// The first thing that is wrong with it.
    pub fn judge(&self) -> Result<(), String> {
        let text = std::str::from_utf8(self.bytes).map_err(|error| error.to_string())?;
        if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(format!("{control:?} is published"));
        }
        match self.name.rsplit_once('.').map_or("", |(_, end)| end) {
            "html" => self.page(text),
            "xml" => roxmltree::Document::parse(text).map(drop).map_err(|error| format!("no XML: {error}")),
            "json" => json(text),
            _ => Ok(()),
        }
    }

    fn page(&self, text: &str) -> Result<(), String> {
        let document = Html::parse_document(text);
        if let Some(error) = document.errors.first() {
            return Err(format!("no HTML: {error}"));
        }
        let (mut ids, mut hrefs) = (BTreeSet::new(), BTreeSet::new());
        for node in document.tree.nodes() {
            match node.value() {
                Node::Comment(comment) => return Err(format!("a comment: {comment:?}")),
                Node::ProcessingInstruction(instruction) => return Err(format!("an instruction: {instruction:?}")),
                _ => {}
            }
            let Some(element) = ElementRef::wrap(node) else { continue };
            self::element(element)?;
            if let Some(id) = element.value().id()
                && !ids.insert(id)
            {
                return Err(format!("two elements with one id: `{id}`"));
            }
            hrefs.extend(element.value().attr("href"));
        }
        let dead = hrefs.into_iter().filter(|_| !self.built.has_errors()).find_map(|href| self.dead_link(href, &ids));
        dead.map_or(Ok(()), Err)
    }

    /// In a site without errors every link leads to a file, and to a place on it if that is the page itself.
    fn dead_link(&self, href: &str, ids: &BTreeSet<&str>) -> Option<String> {
        let (path, place) = href.split_once('#').unwrap_or((href, ""));
        let path = path.split('?').next().unwrap_or_default();
        if let Some(inside) = path.strip_prefix("/folder/") {
            let file = decode_path(inside);
            let index = format!("{}/index.html", file.trim_end_matches('/'));
            // Without the slash at its end a server leads on to the folder.
            let names = [&*file, index.trim_start_matches('/')];
            let is_there = |name| OutPath::new(name).is_ok_and(|out| self.built.files.get(&out).is_some());
            let is_there = names.into_iter().any(is_there);
            return (!is_there).then(|| format!("a link to nothing: `{href}`"));
        }
        let is_here = path.is_empty() && !place.is_empty();
        (is_here && !ids.contains(&*decode_path(place))).then(|| format!("a link to no place: `{href}`"))
    }
}

fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| format!("no JSON: {error}"))
}

fn element(element: ElementRef) -> Result<(), String> {
    let name = element.value().name();
    let Some((_, attributes)) = ELEMENTS.iter().find(|(known, _)| *known == name) else {
        return Err(format!("a foreign element: `{}`", short(element)));
    };
    for (attribute, value) in element.value().attrs() {
        // What begins with `data-` does nothing by itself.
        let is_known = attributes.contains(&attribute) || EVERYWHERE.contains(&attribute);
        if !is_known && !attribute.starts_with("data-") {
            return Err(format!("a foreign attribute: `{attribute}` of `{}`", short(element)));
        }
        if matches!(attribute, "href" | "src" | "action") {
            address(value).map_err(|trouble| format!("{trouble}: `{value}` of `{}`", short(element)))?;
        }
    }
    match (name, element.value().attr("type"), element.value().attr("src")) {
        ("script", Some("application/ld+json"), None) => json(&element.text().collect::<String>()),
        ("script", _, Some(address)) if address.starts_with("/folder/assets/") && element.text().next().is_none() => {
            Ok(())
        }
        ("script", ..) => Err(format!("a foreign script: `{}`", short(element))),
        _ => Ok(()),
    }
}

/// Whether an address leads to a page, a place on one, or a letter, as a browser reads it.
fn address(value: &str) -> Result<(), String> {
    // Browsers drop these before they look for a scheme.
    let bare: String = value.chars().filter(|c| !c.is_control()).collect();
    let bare = bare.trim().to_lowercase();
    let leads_on = ["https://", "http://", "mailto:", "tel:", "#", "?"].iter().any(|start| bare.starts_with(start));
    let is_inside = bare.starts_with("/folder/") || bare.is_empty();
    if leads_on || is_inside { Ok(()) } else { Err("a foreign address".to_owned()) }
}

fn short(element: ElementRef) -> String {
    element.html().chars().take(160).collect()
}
