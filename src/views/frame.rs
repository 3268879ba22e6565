//! What every page of the site shows: its name, menu, kinds, strings and assets; the same value for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map as JsonMap, Value as Json, json};
use tera::{Map, Value};

use super::checklist::MAP;
use super::data::{Describe, Shared, Writer};
use super::listing::Listings;
use crate::base::{Fingerprint, OutPath, Source, SourcePath, UrlPath};
use crate::guide::PageId;
use crate::offline;
use crate::site::Safety;

/// What a browser may do on any page: load this site's own files, and nothing else.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; \
                       worker-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'";

/// Scripts that are written from right to left, by their codes in ISO 15924.
const RTL_SCRIPTS: [&str; 13] =
    ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "syre", "syrj", "syrn", "thaa"];

/// Languages that are written so unless they name another script.
const RTL_LANGUAGES: [&str; 19] = [
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug",
    "ur", "yi",
];

/// What a theme brings, as far as views need to know.
#[derive(Debug, Clone, Default)]
pub struct ThemeManifest<'t> {
    /// Whether something is wrong with it, so that nobody knows which templates it would have.
    pub is_broken: bool,
    /// The names of its templates.
    pub templates: Vec<&'t str>,
    /// Those of them that are parts of others: no page can be made with them alone.
    pub parts: Vec<&'t str>,
    /// Its assets, by name.
    pub assets: BTreeMap<&'t str, &'t Asset>,
    /// The style sheet of the e-book.
    pub ebook_style: Option<&'t Source>,
    /// The words of its buttons and headings.
    pub strings: BTreeMap<&'t str, &'t str>,
    /// The colours or figures that a kind may name.
    pub accents: Vec<&'t str>,
}

/// A file that pages of the theme ask browsers to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its source.
    pub path: SourcePath,
    /// The file that it becomes: its name holds a fingerprint of its bytes, so that it can be cached for ever.
    pub out: OutPath,
    /// Its address.
    pub url: UrlPath,
    /// What is published.
    pub bytes: Arc<[u8]>,
    /// Fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

/// The site-wide values.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Fingerprint of all of them.
    pub fingerprint: Fingerprint,
    /// A map of `site`, `assets`, `t` and `csp`.
    pub values: Value,
    title: Box<str>,
    author: Box<str>,
    language: Box<str>,
    home: Box<str>,
}

/// Files that a site may have or not.
#[derive(Debug, Clone, Copy)]
pub struct Extras {
    /// `atom.xml`.
    pub has_feed: bool,
    /// The list of tags and a page for each.
    pub has_tags: bool,
    /// The index that readers search.
    pub is_searched: bool,
}

impl Frame {
    /// The frame of a site in the clothes of a theme.
    pub(super) fn new(listings: &Listings, theme_manifest: &ThemeManifest, extras: Extras) -> Self {
        let site = listings.site;
        let parts = Parts { listings, theme_manifest, extras };
        let whole = Shared::new(&parts);
        Self {
            fingerprint: whole.fingerprint(),
            values: whole.value().clone(),
            title: site.title.clone(),
            author: site.author.clone(),
            language: site.language.clone(),
            home: site.rules.base.permalink(&UrlPath::new("/")).into(),
        }
    }

    /// The page as schema.org describes it, safe to stand inside a `<script>` element; with its steps, if it says how to do something.
    pub(super) fn json_ld(&self, page: &Map, how_to: Option<JsonMap<String, Json>>) -> String {
        let text = |key: &str| page.get(&tera_key(key)).and_then(Value::as_str).unwrap_or_default();
        let mut article = JsonMap::new();
        let is_home = page.get(&tera_key("is_home")).and_then(Value::as_bool).unwrap_or_default();
        article.insert("@context".into(), json!("https://schema.org"));
        let (kind, name) = match (is_home, &how_to) {
            (true, _) => ("WebSite", "name"),
            (false, Some(_)) => ("HowTo", "name"),
            (false, None) => ("Article", "headline"),
        };
        article.insert("@type".into(), json!(kind));
        article.insert(name.into(), json!(text("title")));
        for (key, name) in [
            ("description", "description"),
            ("date", "datePublished"),
            ("updated", "dateModified"),
            ("permalink", "url"),
        ] {
            if !text(key).is_empty() {
                article.insert(name.into(), json!(text(key)));
            }
        }
        if let Some(picture) = page.get(&tera_key("social_card")).and_then(Value::as_map) {
            article.insert("image".into(), json!(picture.get(&tera_key("url")).and_then(Value::as_str)));
        }
        article.insert("inLanguage".into(), json!(self.language));
        article.insert("author".into(), json!({ "@type": "Organization", "name": self.author }));
        if !is_home {
            article.insert("isPartOf".into(), json!({ "@type": "WebSite", "name": self.title, "url": self.home }));
        }
        article.extend(how_to.unwrap_or_default());
        // `<` cannot close the element or open a comment, and the two line separators end no string in old browsers.
        let mut json = Json::Object(article).to_string();
        for (sign, written) in [("<", "\\u003c"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
            if json.contains(sign) {
                json = json.replace(sign, written);
            }
        }
        json
    }
}

fn tera_key(name: &str) -> tera::value::Key<'static> {
    name.to_owned().into()
}

/// What the site-wide values are made from.
struct Parts<'f> {
    listings: &'f Listings<'f>,
    theme_manifest: &'f ThemeManifest<'f>,
    extras: Extras,
}

impl Describe for Parts<'_> {
    fn describe(&self, w: &mut impl Writer) {
        let base = &self.listings.site.rules.base;
        w.map(|w| {
            w.key("site").map(|w| self.site(w));
            w.key("assets").map(|w| {
                for (name, asset) in &self.theme_manifest.assets {
                    w.named(name).text(&base.link(&asset.url));
                }
            });
            w.key("t").map(|w| self.words(w));
            w.key("csp").safe(CSP);
        });
    }
}

impl Parts<'_> {
    fn site(&self, w: &mut impl Writer) {
        let site = self.listings.site;
        let base = &site.rules.base;
        let home = UrlPath::new("/");
        let special = &self.listings.book.guide.special;
        let mut href = |key, id: Option<PageId>| w.key(key).maybe(id.map(|id| self.listings.href(id)));
        href("index_url", special.index);
        href("checklist_url", special.checklist);
        href("references_url", special.references);
        href("help_url", special.help);
        href("book_url", special.book);
        w.key("gathered").map(|w| {
            let mut seen = BTreeSet::new();
            for (id, page, _) in self.listings.book.iter() {
                if let Some(name) = page.matter.gathers.as_deref().filter(|name| seen.insert(*name)) {
                    w.named(name).text(self.listings.href(id));
                }
            }
        });
        w.key("title").text(&site.title);
        w.key("description").text(&site.description);
        w.key("language").text(&site.language);
        w.key("direction").text(direction(&site.language));
        w.key("base_url").text(&base.permalink(&home));
        w.key("author").text(&site.author);
        match &site.contact {
            Some(address) => w.key("contact").map(|w| {
                let is_web = address.starts_with("https://");
                w.key("url").text(&if is_web { address.to_string() } else { format!("mailto:{address}") });
                w.key("text").text(address);
            }),
            None => w.key("contact").none(),
        }
        w.key("url").text(&base.link(&home));
        w.key("menu").list(|w| {
            for (id, title) in &self.listings.book.guide.menu {
                w.map(|w| {
                    w.key("title").text(title.as_deref().unwrap_or(self.listings.book.page(*id).title()));
                    w.key("url").text(self.listings.href(*id));
                });
            }
        });
        let feed = self.extras.has_feed.then(|| base.link(&UrlPath::new("/atom.xml")));
        w.key("feed_url").maybe(feed.as_deref());
        let tags = self.extras.has_tags.then(|| base.link(&UrlPath::new("/tags/")));
        w.key("tags_url").maybe(tags.as_deref());
        let search = self.extras.is_searched.then(|| base.link(&UrlPath::new("/search/")));
        w.key("search_url").maybe(search.as_deref());
        let worker = || base.link(&UrlPath::new(&format!("/{}", offline::WORKER_FILE)));
        w.key("worker_url").maybe(site.kept_whole.map(|_| worker()).as_deref());
        w.key("map_url").maybe(self.map().as_deref());
        w.key("kinds").map(|w| self.kinds(w));
        w.key("generator").text(concat!("Betwixt ", env!("CARGO_PKG_VERSION")));
        w.key("extra").shared(&Shared::with_fingerprint(site.extra.clone(), Fingerprint::of(&site.extra.to_string())));
    }

    /// The address of the table of what may help with what, if there is one.
    fn map(&self) -> Option<String> {
        let checklist =
            self.listings.book.guide.special.checklist.filter(|_| self.listings.site.checklist.is_some())?;
        let has_map = self.theme_manifest.templates.contains(&MAP.template);
        has_map.then(|| format!("{}{}/", self.listings.href(checklist), MAP.folder))
    }

    /// The words of the theme, in the guide's own where it has some.
    fn words(&self, w: &mut impl Writer) {
        for (name, text) in &self.theme_manifest.strings {
            let own = self.listings.site.word(name);
            w.named(name).text(own.unwrap_or(text));
        }
    }

    /// The declared kinds by name, each with the address of its folder's section page.
    fn kinds(&self, w: &mut impl Writer) {
        let pages = self.listings.book.pages;
        for kind in self.listings.site.rules.declared() {
            let path = format!("{}/{}/_index.md", crate::site::CONTENT, kind.folder);
            let section = pages.binary_search_by(|page| page.path.as_str().cmp(&path)).ok();
            w.named(&kind.name).map(|w| {
                w.key("one").text(&kind.one);
                w.key("other").text(&kind.other);
                w.key("accent").maybe(kind.show.accent.as_ref().map(|accent| &*accent.value));
                w.key("safety").flag(kind.safety != Safety::None);
                w.key("url").maybe(section.map(|index| &*self.listings.cards[index].href));
            });
        }
    }
}

/// The direction in which a language is written: told by its script if it names one, as `az-Arab` does.
pub(super) fn direction(language: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    // What follows a single letter is no script.
    let script = parts.take_while(|part| part.len() > 1).find(|part| is_script(part));
    let is_leftward = match script {
        Some(script) => RTL_SCRIPTS.contains(&script),
        None => RTL_LANGUAGES.contains(&primary),
    };
    if is_leftward { "rtl" } else { "ltr" }
}

/// Is this part of a language's tag the name of a script? Only these have four letters.
fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn a_script_decides_before_a_language() {
        for language in ["ar", "he-IL", "FA", "ur_PK", "az-Arab", "ku-arab-IQ", "ff-Adlm", "rhg-Rohg", "yi"] {
            assert_eq!(direction(language), "rtl", "{language}");
        }
        for language in ["en", "de-CH", "he-Latn", "ks-Deva", "tg-Cyrl", "en-x-arab", "de-1996", "", "arn"] {
            assert_eq!(direction(language), "ltr", "{language}");
        }
    }
}
