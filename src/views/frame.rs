//! What every page of the site shows: its name, menu, kinds, strings and assets; the same value for all of them.

use std::collections::BTreeMap;

use serde_json::{Map as JsonMap, Value as Json, json};
use tera::{Map, Value};

use super::data::{Data, Shared};
use super::shown::Shown;
use crate::base::{Fingerprint, UrlPath};
use crate::guide::{Guide, PageId};
use crate::site::Site;

/// What a browser may do on any page: load this site's own files, and nothing else.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; \
                       connect-src 'none'; base-uri 'none'; form-action 'none'";

/// What a theme brings, as far as views need to know.
#[derive(Debug, Clone, Default)]
pub struct Wardrobe<'t> {
    /// Whether something is wrong with it, so that nobody knows which templates it would have.
    pub is_broken: bool,
    /// The names of its templates.
    pub templates: Vec<&'t str>,
    /// The published address of each asset.
    pub assets: BTreeMap<&'t str, &'t UrlPath>,
    /// The words of its buttons and headings.
    pub strings: BTreeMap<&'t str, &'t str>,
}

/// The site-wide values.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Stands for all of them.
    pub fingerprint: Fingerprint,
    /// `site`, `assets`, `t` and `csp`.
    pub values: Vec<(&'static str, Value)>,
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
}

/// The pages that the frame links to.
pub struct Links<'g> {
    pub guide: &'g Guide,
    pub shown: &'g [std::sync::Arc<Shown>],
}

impl Links<'_> {
    fn href(&self, id: Option<PageId>) -> Data {
        Data::maybe(id.map(|id| &*self.shown[id.index()].href))
    }
}

impl Frame {
    /// The frame of a site in the clothes of a theme.
    pub(super) fn new(site: &Site, links: &Links, wardrobe: &Wardrobe, extras: Extras) -> Self {
        let assets = wardrobe
            .assets
            .iter()
            .map(|(name, url)| (Box::from(*name), Data::from(site.rules.base.link(url))))
            .collect();
        let strings = wardrobe.strings.iter().map(|(name, text)| (Box::from(*name), Data::text(text))).collect();
        let data = vec![
            ("site", site_data(site, links, extras)),
            ("assets", Data::Named(assets)),
            ("t", Data::Named(strings)),
            ("csp", Data::Safe(CSP.into())),
        ];
        let fingerprint = Fingerprint::of(&data);
        let values = data.iter().map(|(name, data)| (*name, data.value())).collect();
        Self {
            fingerprint,
            values,
            title: site.title.clone(),
            author: site.author.clone(),
            language: site.language.clone(),
            home: site.rules.base.permalink(&UrlPath::new("/")).into(),
        }
    }

    /// The page as schema.org describes it, safe to stand inside a `<script>` element.
    pub(super) fn json_ld(&self, page: &Map) -> String {
        let text = |key: &str| page.get(&tera_key(key)).and_then(Value::as_str).unwrap_or_default();
        let mut article = JsonMap::new();
        let is_home = page.get(&tera_key("is_home")).and_then(Value::as_bool).unwrap_or_default();
        article.insert("@context".into(), json!("https://schema.org"));
        article.insert("@type".into(), json!(if is_home { "WebSite" } else { "Article" }));
        article.insert(if is_home { "name" } else { "headline" }.into(), json!(text("title")));
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
        article.insert("inLanguage".into(), json!(self.language));
        article.insert("author".into(), json!({ "@type": "Organization", "name": self.author }));
        if !is_home {
            article.insert("isPartOf".into(), json!({ "@type": "WebSite", "name": self.title, "url": self.home }));
        }
        // `<` cannot close the element or open a comment, and the two line separators end no string in old browsers.
        Json::Object(article)
            .to_string()
            .replace('<', "\\u003c")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029")
    }
}

fn tera_key(name: &str) -> tera::value::Key<'static> {
    name.to_owned().into()
}

fn site_data(site: &Site, links: &Links, extras: Extras) -> Data {
    let base = &site.rules.base;
    let home = UrlPath::new("/");
    let special = &links.guide.special;
    let extra = Shared::with_fingerprint(site.extra.clone(), Fingerprint::of(&site.extra.to_string()));
    Data::Map(vec![
        ("title", Data::text(&site.title)),
        ("description", Data::text(&site.description)),
        ("language", Data::text(&site.language)),
        ("direction", Data::text(direction(&site.language))),
        ("base_url", Data::from(base.permalink(&home))),
        ("author", Data::text(&site.author)),
        ("url", Data::from(base.link(&home))),
        (
            "menu",
            Data::List(links.guide.menu.iter().map(|(id, title)| menu_item(links, *id, title.as_deref())).collect()),
        ),
        ("feed_url", Data::maybe(extras.has_feed.then(|| base.link(&UrlPath::new("/atom.xml"))))),
        ("index_url", links.href(special.index)),
        ("checklist_url", links.href(special.checklist)),
        ("references_url", links.href(special.references)),
        ("help_url", links.href(special.help)),
        ("tags_url", Data::maybe(extras.has_tags.then(|| base.link(&UrlPath::new("/tags/"))))),
        ("kinds", kinds(site, links)),
        ("generator", Data::text(concat!("Betwixt ", env!("CARGO_PKG_VERSION")))),
        ("extra", Data::Shared(extra)),
    ])
}

fn menu_item(links: &Links, id: PageId, title: Option<&str>) -> Data {
    let title = title.unwrap_or(&links.guide.entry(id).page.matter.title);
    Data::Map(vec![("title", Data::text(title)), ("url", links.href(Some(id)))])
}

/// The declared kinds by name, each with the address of its folder's section page.
fn kinds(site: &Site, links: &Links) -> Data {
    let section = |folder: &str| {
        let path = format!("{}/{folder}/_index.md", crate::site::CONTENT);
        links.guide.entries.binary_search_by(|entry| entry.page.path.as_str().cmp(&path)).ok()
    };
    let kind = |kind: &crate::site::Kind| {
        let url = Data::maybe(section(&kind.folder).map(|index| &*links.shown[index].href));
        (
            kind.name.clone(),
            Data::Map(vec![("one", Data::text(&kind.one)), ("other", Data::text(&kind.other)), ("url", url)]),
        )
    };
    Data::Named(site.rules.kinds.iter().map(kind).collect())
}

/// The direction in which a language is written.
fn direction(language: &str) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    if matches!(primary, "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi") {
        "rtl"
    } else {
        "ltr"
    }
}
