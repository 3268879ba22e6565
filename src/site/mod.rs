//! `site.toml` → `Site`: what the guide is called, which kinds of page it has, and how they belong together.
//!
//! Knows no page; whether a declared page exists is asked in `guide`.

mod brackets;
mod checks;
pub mod complaints;
mod keys;
mod kinds;
mod read;
mod repair;
pub mod schema;
mod settings;
mod slip_complaints;
mod slip_values;
mod slips;
mod table;
#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::base::{Span, UrlPath};

pub use checks::{AdviceRules, CheckRules, Period};
pub use keys::CommonKey;
pub use kinds::missing_folders;
pub use read::read;

/// The folder that holds the pages.
pub const CONTENT: &str = "content";
/// The folder that holds files published as they are.
pub const STATIC: &str = "static";
/// The folder that holds themes.
pub const THEMES: &str = "themes";

/// A value of the configuration with its place in `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A place in the configuration that no fingerprint holds: lines above it may move it, and nothing else has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot(pub Span);

impl Hash for Spot {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// The whole configuration, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// The guide's name.
    pub title: Box<str>,
    /// One sentence on it.
    pub description: Box<str>,
    /// A BCP 47 tag such as `en` or `pt-BR`.
    pub language: Box<str>,
    /// Where it stands, if it is written.
    pub language_span: Option<Span>,
    /// Who answers for it.
    pub author: Box<str>,
    /// The theme's name.
    pub theme: Placed<Box<str>>,
    /// The folder that is published into, relative to the root.
    pub output: Box<str>,
    /// The links at the top of every page.
    pub menu: Vec<MenuItem>,
    /// What a page's own reading depends on.
    pub rules: Arc<PageRules>,
    /// The checklist, if the guide has one.
    pub checklist: Option<ChecklistRules>,
    /// The bibliography, if the guide has one.
    pub references: Option<ReferenceRules>,
    /// Whether the setting of the bibliography was understood, or left out on purpose.
    pub references_are_sound: bool,
    /// The page that lists all others, if there is one.
    pub index_page: Option<Placed<Box<str>>>,
    /// The page for readers who are not safe, if there is one.
    pub help_page: Option<Placed<Box<str>>>,
    /// How many entries the feed holds at most; 0 means no feed.
    pub feed_limit: usize,
    /// The beginnings of addresses on other sites that are not asked for.
    pub skipped: Vec<Box<str>>,
    /// What pages are checked against.
    pub checks: CheckRules,
    /// What `betwixt check` gives advice on.
    pub advice: AdviceRules,
    /// Whatever the theme may want to know besides.
    pub extra: tera::Value,
}

/// The part of the configuration that the reading of a single page depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRules {
    /// Where the site is published.
    pub base: BaseUrl,
    /// The declared kinds, in the order of `site.toml`.
    pub kinds: Vec<Kind>,
    /// How Markdown is read.
    pub markdown: MarkdownRules,
}

/// Where the site is published: scheme, host and folder. The default stands for an address that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BaseUrl {
    /// Scheme and host without a slash at the end, such as `https://example.org`.
    origin: Box<str>,
    /// The folder without a slash at the end: empty, or `/guide`.
    folder: Box<str>,
}

impl BaseUrl {
    /// Could it be read? If not, nobody can tell which links lead into its folder.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.origin.is_empty()
    }

    /// The address of `path` within the site, for links: `/guide/signs/`.
    #[must_use]
    pub fn link(&self, path: &UrlPath) -> String {
        format!("{}{path}", self.folder)
    }

    /// The full address of `path`, for the world outside.
    #[must_use]
    pub fn permalink(&self, path: &UrlPath) -> String {
        format!("{}{}{path}", self.origin, self.folder)
    }

    /// The full address of the site itself, with a slash at its end.
    #[must_use]
    pub fn home(&self) -> String {
        format!("{}{}/", self.origin, self.folder)
    }

    /// The folder of the site: empty, or `/guide`.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Is nobody's site there, as far as the name tells: is it kept for examples, or this very computer?
    #[must_use]
    pub fn is_example(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        let name = host.rsplit_once(':').map_or(&*host, |(name, port)| if port.ends_with(']') { &host } else { name });
        // RFC 2606 and RFC 6761 keep these.
        let kept = ["example", "example.com", "example.org", "example.net", "test", "invalid", "localhost"];
        let is_kept =
            kept.iter().any(|kept| name.strip_suffix(kept).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
        is_kept || name.starts_with("127.") || name == "[::1]" || name.is_empty()
    }

    /// The path within the site that the link `address` means, if it lies within the site.
    #[must_use]
    pub fn within<'a>(&self, address: &'a str) -> &'a str {
        match address.strip_prefix(&*self.folder) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => address,
        }
    }

    /// The path of a whole web address, with the site's folder, if it lies within the site; by `http` or `https`.
    #[must_use]
    pub fn own<'a>(&self, address: &'a str) -> Option<&'a str> {
        let host = self.origin.split_once("://")?.1;
        let rest = address.split_once("://")?.1;
        let (own, path) = rest.split_at_checked(host.len())?;
        let below = path.strip_prefix(&*self.folder)?;
        let is_within = below.is_empty() || below.starts_with(['/', '?', '#']);
        (own.eq_ignore_ascii_case(host) && is_within).then_some(path)
    }
}

/// How Markdown is read: the part of the configuration that a page's body depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MarkdownRules {
    /// Where the site is published: a whole address that lies there is a link within the guide.
    pub base: BaseUrl,
    /// Whether raw HTML in Markdown is passed on.
    pub unsafe_html: bool,
    /// Whether straight quotes, `--` and `...` become their printed forms.
    pub smart_punctuation: bool,
    /// The titles of the five callouts: note, tip, important, warning, caution.
    pub callouts: [Box<str>; 5],
    /// The words that are read aloud where nothing is written.
    pub labels: Labels,
}

/// Words for screen readers, in the language of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Labels {
    /// What a table is called, before its number.
    pub table: Box<str>,
    /// What the footnotes are called.
    pub footnotes: Box<str>,
    /// Where the sign after a footnote leads.
    pub back: Box<str>,
}

impl Default for Labels {
    fn default() -> Self {
        Self { table: "Table".into(), footnotes: "Footnotes".into(), back: "Back to text".into() }
    }
}

impl Default for MarkdownRules {
    fn default() -> Self {
        Self {
            base: BaseUrl::default(),
            unsafe_html: false,
            smart_punctuation: true,
            callouts: ["Note", "Tip", "Important", "Warning", "Caution"].map(Into::into),
            labels: Labels::default(),
        }
    }
}

/// A declared kind of page, such as a sign or a practice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kind {
    /// Its name in `site.toml`.
    pub name: Box<str>,
    /// Its folder below `content`.
    pub folder: Box<str>,
    /// Where the folder is named.
    pub folder_spot: Spot,
    /// What one page of it is called.
    pub one: Box<str>,
    /// What several are called.
    pub other: Box<str>,
    /// Its own keys in the front matter.
    pub fields: Vec<Field>,
    /// Its links to other kinds, stated in its front matter.
    pub relations: Vec<Relation>,
    /// Whether each page of it must lead readers who are not safe to the page of `[help]`.
    pub needs_safety: bool,
    /// Where it is declared in `site.toml`.
    pub spot: Spot,
}

/// A key of a kind's front matter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// The key.
    pub name: Box<str>,
    /// What may stand there.
    pub shape: FieldShape,
    /// Whether a page of the kind is incomplete without it.
    pub required: bool,
    /// What it is for, in the author's words; may be empty.
    pub help: Box<str>,
}

/// What may stand in a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldShape {
    /// A line of text of at most so many words, if a limit is set.
    Text {
        /// The limit.
        max_words: Option<usize>,
    },
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day, written `2026-11-22`.
    Date,
    /// One of a few words.
    Choice(Vec<Box<str>>),
    /// Several lines of text.
    List,
}

/// A typed link from one kind to another, stated on one side and shown on both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The key in the front matter of the stating kind.
    pub name: Box<str>,
    /// The name of the kind it leads to.
    pub to: Box<str>,
    /// What the other side calls it.
    pub inverse: Box<str>,
    /// How many a page must state at least.
    pub min: usize,
    /// By how many pages of the stating kind a page of the other kind must be named at least.
    pub inverse_min: usize,
    /// Whether each one needs its reason.
    pub why_required: bool,
    /// Where it is declared in `site.toml`.
    pub spot: Spot,
    /// Where the kind that it leads to is named.
    pub to_spot: Spot,
}

/// A link at the top of every page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MenuItem {
    /// The page, written `@/signs/_index.md`.
    pub to: Placed<Box<str>>,
    /// Its words, where the page's own title does not serve.
    pub title: Option<Box<str>>,
}

/// What the checklist is made from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChecklistRules {
    /// The page that introduces it, below `content`.
    pub page: Placed<Box<str>>,
    /// The kind whose pages are its items.
    pub items: Box<str>,
    /// The field that is ticked.
    pub statement: Box<str>,
    /// The relation of that kind whose pages are suggested.
    pub suggest: Box<str>,
}

/// Where the references come from and how they are written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReferenceRules {
    /// The Hayagriva file, below `content`.
    pub file: Placed<Box<str>>,
    /// The name of a CSL style.
    pub style: Placed<Box<str>>,
    /// The page that lists them, below `content`.
    pub page: Option<Placed<Box<str>>>,
}

impl Site {
    /// The kind of that name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.rules.kinds.iter().find(|kind| &*kind.name == name)
    }
}

impl Kind {
    /// The relation of that name that this kind states.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.iter().find(|relation| &*relation.name == name)
    }
}
