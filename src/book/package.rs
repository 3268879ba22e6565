//! What tells reading systems of an e-book: its package document, its navigation, and the frame of each of its files.

use std::fmt::Write;

use super::ebook::Part;
use crate::base::escape_html;
use crate::views::Outline;

/// Where the package document lies.
pub const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
    <rootfiles>\n<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n\
    </container>\n";

/// The media type of the parts.
const XHTML: &str = "application/xhtml+xml";

/// Pictures that may move, so that nobody knows whether they flash.
const MOVING: [&str; 3] = ["image/gif", "image/svg+xml", "image/webp"];

/// A picture in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its file.
    pub file: String,
    /// What it is.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A whole e-book.
pub struct Package<'p> {
    /// What it is called.
    pub outline: &'p Outline,
    /// The title of the contents.
    pub contents: String,
    /// The parts in reading order, each with what it holds.
    pub parts: &'p [(Part, String)],
    /// The pictures.
    pub pictures: &'p [Picture],
    /// Is there a style sheet?
    pub has_style: bool,
    /// Do words stand beside each picture?
    pub has_words_for_all: bool,
}

/// The mark of the place where a chapter begins, on a page of its own in print.
pub fn page_break(number: &str) -> String {
    let id = number.replace('.', "-");
    format!("<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{id}\" aria-label=\"{number}\"></span>\n")
}

impl Package<'_> {
    /// The package document.
    pub fn document(&self) -> String {
        let Outline { title, description, author, language, address, edition, .. } = self.outline;
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
             unique-identifier=\"book\" xml:lang=\"{}\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n",
            escape_html(language)
        );
        let day = edition.map(|day| day.to_string());
        let modified = format!("{}T00:00:00Z", day.as_deref().unwrap_or("1970-01-01"));
        let _ = writeln!(out, "<dc:identifier id=\"book\">{}</dc:identifier>", escape_html(address));
        let described = [
            ("title", Some(&**title)),
            ("language", Some(&**language)),
            ("creator", Some(&**author)),
            ("description", Some(&**description)),
            ("source", Some(&**address)),
            ("date", day.as_deref()),
        ];
        for (name, value) in described {
            if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
                let _ = writeln!(out, "<dc:{name}>{}</dc:{name}>", escape_html(value));
            }
        }
        let _ = writeln!(out, "<meta property=\"dcterms:modified\">{modified}</meta>");
        for (property, value) in self.accessibility() {
            let _ = writeln!(out, "<meta property=\"{property}\">{}</meta>", escape_html(value));
        }
        out.push_str("</metadata>\n<manifest>\n");
        self.write_manifest(&mut out);
        out.push_str("</manifest>\n<spine>\n");
        for (index, (part, _)) in self.parts.iter().enumerate() {
            let contents = if self.contents_come_before(index) { "<itemref idref=\"nav\"/>\n" } else { "" };
            let _ = writeln!(out, "{contents}<itemref idref=\"{}\"/>", name(part));
        }
        out.push_str("</spine>\n</package>\n");
        out
    }

    /// Do the contents stand before the part with this number? They come before the first chapter.
    fn contents_come_before(&self, index: usize) -> bool {
        self.parts.iter().position(|(part, _)| part.chapter.is_some()).unwrap_or_default() == index
    }

    /// What EPUB Accessibility 1.1 wants to be told, as far as it is true.
    fn accessibility(&self) -> Vec<(&'static str, &str)> {
        let mut told = vec![("pageBreakSource", &*self.outline.address), ("schema:accessMode", "textual")];
        if !self.pictures.is_empty() {
            told.push(("schema:accessMode", "visual"));
        }
        if self.has_words_for_all {
            told.push(("schema:accessModeSufficient", "textual"));
        } else {
            told.push(("schema:accessModeSufficient", "textual,visual"));
        }
        let features = ["ARIA", "displayTransformability", "pageBreakMarkers", "pageNavigation", "readingOrder"];
        let features = features.into_iter().chain(["structuralNavigation", "tableOfContents"]);
        let words = (!self.pictures.is_empty() && self.has_words_for_all).then_some("alternativeText");
        told.extend(words.into_iter().chain(features).map(|feature| ("schema:accessibilityFeature", feature)));
        let may_move = self.pictures.iter().any(|picture| MOVING.contains(&picture.media_type));
        told.push(("schema:accessibilityHazard", if may_move { "unknown" } else { "none" }));
        told.push(("schema:accessibilitySummary", &self.outline.summary));
        told
    }

    fn write_manifest(&self, out: &mut String) {
        let _ = writeln!(out, "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"{XHTML}\" properties=\"nav\"/>");
        for (part, body) in self.parts {
            let properties = if body.contains("<svg") { " properties=\"svg\"" } else { "" };
            let Part { file, .. } = part;
            let _ = writeln!(out, "<item id=\"{}\" href=\"{file}\" media-type=\"{XHTML}\"{properties}/>", name(part));
        }
        if self.has_style {
            out.push_str("<item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n");
        }
        for Picture { file, media_type, .. } in self.pictures {
            let id = file.split('.').next().unwrap_or(file);
            let _ = writeln!(out, "<item id=\"{id}\" href=\"{file}\" media-type=\"{media_type}\"/>");
        }
    }

    /// The contents, the places that matter, and the list of the marks.
    pub fn navigation(&self) -> String {
        let Outline { page_list, .. } = self.outline;
        let contents = escape_html(&self.contents);
        let mut body = format!("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{contents}</h1>\n");
        self.write_contents(&mut body);
        body.push_str("</nav>\n<nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n");
        let first = self.parts.iter().map(|(part, _)| part).find(|part| part.chapter.is_some());
        let of_sort = |sort| self.parts.iter().map(|(part, _)| part).find(move |part| part.sort == sort);
        let _ = writeln!(body, "<li><a epub:type=\"toc\" href=\"#toc\">{contents}</a></li>");
        let places = [("cover", of_sort("cover")), ("bodymatter", first), ("bibliography", of_sort("bibliography"))];
        for (sort, Part { file, title, .. }) in places.into_iter().filter_map(|(sort, part)| Some((sort, part?))) {
            let _ = writeln!(body, "<li><a epub:type=\"{sort}\" href=\"{file}\">{}</a></li>", escape_html(title));
        }
        let _ = write!(
            body,
            "</ol>\n</nav>\n<nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\">\n<h2>{}</h2>\n<ol>\n",
            escape_html(page_list)
        );
        for (Part { file, chapter, .. }, _) in self.parts {
            if let Some((number, _)) = chapter {
                let id = number.replace('.', "-");
                let _ = writeln!(body, "<li><a href=\"{file}#page-{id}\">{number}</a></li>");
            }
        }
        body.push_str("</ol>\n</nav>\n");
        self.page(&self.contents, &body)
    }

    /// The parts as nested lists.
    fn write_contents(&self, out: &mut String) {
        let mut depth = 0;
        for (Part { file, title, chapter, .. }, _) in self.parts.iter().filter(|(part, _)| part.sort != "cover") {
            let level = chapter.as_ref().map_or(1, |(_, level)| *level);
            if level > depth {
                // A chapter whose part has no page of its own does not stand deeper than one below the last.
                out.push_str("\n<ol>\n");
                depth += 1;
            } else {
                out.push_str("</li>\n");
                for _ in level..depth {
                    out.push_str("</ol>\n</li>\n");
                }
                depth = level;
            }
            let number = chapter.as_ref().map_or_else(String::new, |(number, _)| format!("{number} "));
            let _ = write!(out, "<li><a href=\"{file}\">{number}{}</a>", escape_html(title));
        }
        out.push_str(&"</li>\n</ol>\n".repeat(depth));
        if self.parts.iter().all(|(part, _)| part.sort == "cover") {
            out.push_str("<ol>\n");
            let _ = writeln!(out, "<li><a href=\"#toc\">{}</a></li>\n</ol>", escape_html(&self.contents));
        }
    }

    /// A file of the book.
    pub fn page(&self, title: &str, body: &str) -> String {
        let language = escape_html(&self.outline.language);
        let direction = &self.outline.direction;
        let title = if title.trim().is_empty() { &self.outline.title } else { title };
        let style =
            if self.has_style { "<link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n" } else { "" };
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
             xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" xml:lang=\"{language}\" dir=\"{direction}\">\n\
             <head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n{style}</head>\n<body>\n{body}</body>\n</html>\n",
            escape_html(title)
        )
    }
}

/// The name of a part in the package.
fn name(part: &Part) -> &str {
    part.file.split('.').next().unwrap_or(&part.file)
}
