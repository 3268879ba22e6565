//! The files of a site → one file that holds all of it: its pages, its search, its checklist. It asks for nothing.
//!
//! Each page stands in it as it is, without what all load, which stands there once. A script (`pages.js`) writes the page that the
//! address names after its `#`. Without scripts the texts stand one below the other. The file's policy lets those scripts and style
//! sheets run whose hashes it names, and no others, whatever page is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::addresses::{Addresses, refreshed};
use crate::base::{Files, OutPath, address_of, encode_path, escape_html, is_page, media, slugify};
use crate::search;
use crate::syntax::html_tree::{Element, HtmlTree, NodeId, value};

/// What shows the pages.
const SCRIPT: &str = include_str!("pages.js");

/// What stands where a page's main part was, its style sheets and its scripts; no page has these characters.
const MAIN: char = '\u{e000}';
const LOADED: [char; 2] = ['\u{e001}', '\u{e002}'];

/// What is taken out of a page: it would ask for something, or set another policy.
const LEFT_OUT_LINKS: [&str; 5] = ["alternate", "canonical", "manifest", "next", "prev"];

/// The whole of it.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'w> {
    /// The files of the site.
    pub files: &'w Files,
    /// The folder of the site's address: empty, or `/guide`.
    pub folder: &'w str,
    /// The site's address on the web, with a slash at its end: what is no page leads there.
    pub home: &'w str,
    /// What the guide is called; so is the file.
    pub title: &'w str,
}

/// What the script finds in the file.
#[derive(Serialize, Default)]
struct Store {
    /// The pages without their main parts, by path.
    pages: BTreeMap<String, String>,
    /// Where former addresses lead.
    moved: BTreeMap<String, String>,
    /// Scripts and style sheets, in the order of their numbers.
    loaded: Vec<String>,
    /// The scripts of the index that readers search, by their names below its folder.
    index: BTreeMap<String, String>,
}

/// The site in one file, and what this is called.
#[must_use]
pub fn single_file(whole: &Whole) -> (OutPath, String) {
    let mut writer = Writer {
        whole,
        store: Store::default(),
        mains: String::new(),
        language: String::new(),
        scripts: BTreeSet::new(),
        styles: BTreeSet::new(),
    };
    for (out, bytes) in whole.files.iter() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if is_page(out.as_str()) {
            writer.add_page(out, text);
        } else if let Some(name) = out.as_str().strip_prefix(search::FOLDER) {
            writer.scripts.insert(hash(text));
            writer.store.index.insert(name.to_owned(), text.to_owned());
        }
    }
    writer.finish()
}

struct Writer<'w> {
    whole: &'w Whole<'w>,
    store: Store,
    /// The main parts, as they stand there for those without scripts.
    mains: String,
    /// That of the first page.
    language: String,
    /// The hashes of what may run, and of the style sheets.
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
}

impl Writer<'_> {
    fn addresses(&self) -> Addresses<'_> {
        Addresses { files: self.whole.files, folder: self.whole.folder }
    }

    fn add_page(&mut self, out: &OutPath, html: &str) {
        let mut tree = HtmlTree::of_page(html);
        let path = path_of(out.as_str());
        let (mut head, mut deferred) = (Vec::new(), Vec::new());
        for node in tree.elements() {
            let Some(element) = tree.element(node).cloned() else { continue };
            if path == "/" && element.name() == "html" {
                value(&element, "lang").unwrap_or_default().clone_into(&mut self.language);
            }
            if let Some((_, address)) = value(&element, "content").and_then(refreshed)
                && value(&element, "http-equiv") == Some("refresh")
                && let Some(meant) = self.addresses().meant(address)
            {
                self.store.moved.insert(path, format!("{}{}", path_of(&meant.path), meant.rest));
                return;
            }
            if let Some((loaded, number)) = self.loaded(&element) {
                tree.detach(node);
                if loaded == "script" { &mut deferred } else { &mut head }.push(number);
            } else if is_left_out(&element) {
                tree.detach(node);
            } else {
                self.change(&mut tree, node, &element, &path);
            }
        }
        let mark = |sign, numbers: &[usize]| {
            numbers.iter().fold(String::new(), |mut all, number| {
                let _ = write!(all, "{sign}{number}{sign}");
                all
            })
        };
        let page = tree.write();
        let (before, main, after) = cut(&page);
        let page = format!("{before}{MAIN}{after}");
        let page = page.replacen("</head>", &format!("{}</head>", mark(LOADED[0], &head)), 1);
        let page = page.replacen("</body>", &format!("{}</body>", mark(LOADED[1], &deferred)), 1);
        let _ = writeln!(
            self.mains,
            "<noscript data-page=\"{0}\"><div id=\"{0}\">{main}</div></noscript>",
            escape_html(&path)
        );
        self.store.pages.insert(path, page);
    }

    /// What an element has a page load: a script or a style sheet, and its number in the store.
    fn loaded(&mut self, element: &Element) -> Option<(&'static str, usize)> {
        let (what, address) = match element.name() {
            "script" => ("script", value(element, "src")?),
            "link" if value(element, "rel") == Some("stylesheet") => ("style", value(element, "href")?),
            _ => return None,
        };
        let text = self.text(address)?;
        let hashes = if what == "script" { &mut self.scripts } else { &mut self.styles };
        hashes.insert(hash(&text));
        let loaded = &mut self.store.loaded;
        let number = loaded.iter().position(|known| *known == text).unwrap_or_else(|| {
            loaded.push(text);
            loaded.len() - 1
        });
        Some((what, number))
    }

    fn text(&self, address: &str) -> Option<String> {
        let meant = self.addresses().meant(address)?;
        let bytes = self.whole.files.get(&OutPath::new(&meant.path).ok()?)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// Has an element name pages as they are named in the file, and hold pictures themselves.
    fn change(&self, tree: &mut HtmlTree, node: NodeId, element: &Element, path: &str) {
        let is_link = matches!(element.name(), "a" | "area");
        for (name, text) in element.attrs() {
            let own = is_link && name == "href" && text.starts_with('#');
            let meant = self.addresses().meant(text);
            let changed = match meant {
                _ if own => format!("#{path}{text}"),
                Some(meant) if is_page(&meant.path) => format!("#{}{}", path_of(&meant.path), meant.rest),
                Some(meant) if is_link => format!("{}{}{}", self.whole.home, encode_path(&meant.path), meant.rest),
                Some(meant) if matches!(name, "src" | "href" | "poster") => match self.data(&meant.path) {
                    Some(data) => data,
                    None => continue,
                },
                _ => continue,
            };
            tree.set(node, name, &changed);
        }
    }

    /// A file of the site as an address that holds it.
    fn data(&self, path: &str) -> Option<String> {
        let bytes = self.whole.files.get(&OutPath::new(path).ok()?)?;
        Some(data(media::bare_media_type(path), bytes))
    }

    fn finish(mut self) -> (OutPath, String) {
        self.scripts.insert(hash(SCRIPT));
        let list = |hashes: &BTreeSet<String>| {
            hashes.iter().map(|hash| format!("'sha256-{hash}'")).collect::<Vec<_>>().join(" ")
        };
        let policy = format!(
            "default-src 'none'; script-src {}; style-src {}; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'",
            list(&self.scripts),
            if self.styles.is_empty() { "'none'".to_owned() } else { list(&self.styles) },
        );
        // `<` cannot close the element.
        let store = serde_json::to_string(&self.store).expect("texts can be written as JSON").replace('<', "\\u003c");
        let title = self.whole.title;
        let text = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n<body>\n\
             {}<script type=\"application/json\" id=\"betwixt--pages\">{store}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
            escape_html(&self.language),
            escape_html(title),
            self.mains,
        );
        let name = OutPath::new(&format!("{}.html", slugify(title)));
        (name.unwrap_or_else(|_| OutPath::new("guide.html").expect("a plain name")), text)
    }
}

/// Is it left out of the file: a policy, or what names files that are not there?
fn is_left_out(element: &Element) -> bool {
    match element.name() {
        "meta" => value(element, "http-equiv").is_some() || value(element, "charset").is_some(),
        "link" => value(element, "rel").is_some_and(|rel| LEFT_OUT_LINKS.contains(&rel)),
        _ => false,
    }
}

/// What stands before the content of a page's `main`, this content, and what follows.
fn cut(page: &str) -> (&str, &str, &str) {
    let main = page.find("<main").and_then(|main| Some(main + page[main..].find('>')? + 1));
    match main.zip(page.rfind("</main>")) {
        Some((start, end)) if start <= end => (&page[..start], &page[start..end], &page[end..]),
        _ => (page, "", ""),
    }
}

/// What a page is called behind the `#`.
fn path_of(path: &str) -> String {
    format!("/{}", address_of(path))
}

fn data(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", BASE64_STANDARD.encode(bytes))
}

fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text))
}
