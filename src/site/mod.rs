//! `site.toml` → `Site`: what the guide is called, which kinds of page it has, and how they belong together.
//!
//! Knows no page; whether a declared page exists is asked in `guide`.

mod base_url;
mod checklist;
mod checks;
pub mod complaints;
mod expected;
mod fields;
mod keys;
mod kinds;
mod read;
mod reader;
pub mod schema;
mod setting;
mod settings;
#[cfg(test)]
mod tests;
mod unit;
mod values;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::{Known, SourcePath, Span, Spanned};

pub use base_url::BaseUrl;
pub use checks::{AdviceRules, CheckRules, Period, Phrases, WordList, choosable};
pub use fields::{Bounds, Field, FieldShape};
pub use keys::CommonKey;
pub use kinds::missing_folders;
pub use read::{open, read, read_text};
pub use settings::TYPES;
pub use unit::Unit;
pub use values::Scalar;

/// The folder that holds the pages.
pub const CONTENT: &str = "content";
/// The folder that holds files published as they are.
pub const STATIC: &str = "static";
/// The folder that holds themes.
pub const THEMES: &str = "themes";

/// A place in the configuration that no fingerprint holds: lines above it may move it, and nothing else has changed.
pub type Spot = Spanned<()>;

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
    /// Where readers tell of a mistake: a mail address, or one of the web.
    pub contact: Option<Box<str>>,
    /// Whether the pictures are made that other sites show beside a link to a page.
    pub social_cards: bool,
    /// The theme's name.
    pub theme: Known<Spanned<Box<str>>>,
    /// The folder that is published into, relative to the root.
    pub output: Box<str>,
    /// The links at the top of every page.
    pub menu: Vec<MenuItem>,
    /// What a page's own reading depends on.
    pub rules: Arc<PageRules>,
    /// The checklist, if the guide has one.
    pub checklist: Option<ChecklistRules>,
    /// The bibliography, if the guide has one.
    pub references: Known<Option<ReferenceRules>>,
    /// The page that lists all others, if there is one.
    pub index_page: Option<Spanned<Box<str>>>,
    /// The page that holds all chapters of the guide, if there is one.
    pub book_page: Option<Spanned<Box<str>>>,
    /// The page for readers who are not safe, if there is one.
    pub help_page: Option<Spanned<Box<str>>>,
    /// Up to how many megabytes the guide is kept whole on its readers' devices; `None` if nothing is kept there.
    pub kept_whole: Option<usize>,
    /// Words that readers may look for, and those of the guide that are meant.
    pub synonyms: Vec<(Spanned<Box<str>>, Box<str>)>,
    /// How many entries the feed holds at most; 0 means no feed.
    pub feed_limit: usize,
    /// What pages are checked against.
    pub checks: CheckRules,
    /// What `betwixt check` gives advice on.
    pub advice: AdviceRules,
    /// Words of the theme, by their names, in the guide's own.
    pub words: Vec<(Spanned<Box<str>>, Box<str>)>,
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

/// How Markdown is read: the part of the configuration that a page's body depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MarkdownRules {
    /// Where the site is published: a whole address that lies there is a link within the guide.
    pub base: BaseUrl,
    /// The beginnings of addresses of other sites that nobody asks about.
    pub skipped: Vec<Box<str>>,
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
            skipped: Vec::new(),
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
    /// The template made for its pages, if the theme has it.
    pub template: Box<str>,
    /// Its folder below `content`; empty for pages of no kind.
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
    /// What it shows of its fields, and where.
    pub show: Show,
    /// Where its pages say how to do something, if they do.
    pub how_to: Option<HowTo>,
    /// What its pages say to readers who are not safe.
    pub safety: Safety,
    /// Where it is declared in `site.toml`.
    pub spot: Spot,
}

/// What pages of a kind show of their fields: each part names fields by their index in the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Show {
    /// What stands under the title.
    pub line: Option<usize>,
    /// What stands in a box of its own.
    pub card: Vec<usize>,
    /// What stands in a list, each with its label.
    pub facts: Vec<usize>,
    /// What stands in a box of care.
    pub care: Vec<usize>,
    /// What stands beside the title where pages are listed.
    pub lists: Vec<usize>,
    /// What stands beside the title on related pages.
    pub related: Vec<usize>,
    /// The ids of the headings whose sections stand on its card on paper.
    pub excerpts: Vec<Spanned<Box<str>>>,
    /// How many words these may have together.
    pub excerpt_words: Option<usize>,
    /// The theme's name of a colour or figure.
    pub accent: Option<Spanned<Box<str>>>,
}

/// Where pages say how to do something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HowTo {
    /// The id of the heading below which the first numbered list has the steps.
    pub steps: Box<str>,
    /// The field of whole minutes that it takes.
    pub time: Option<Box<str>>,
}

/// What the pages of a kind say to readers who are not safe.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Nothing.
    #[default]
    None,
    /// A note stands at the end of each page.
    Note,
    /// The text of each page leads to the page of `[help]` besides.
    Required,
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
    /// The heading above the pages that it leads to, if it has one of its own.
    pub label: Option<Box<str>>,
    /// The heading on the pages that it leads to, if it has one of its own.
    pub inverse_label: Option<Box<str>>,
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
    pub to: Spanned<Box<str>>,
    /// Its words, where the page's own title does not serve.
    pub title: Option<Box<str>>,
}

/// What the checklist is made from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChecklistRules {
    /// The page that introduces it, below `content`.
    pub page: Spanned<Box<str>>,
    /// The kind whose pages are its items.
    pub items: Spanned<Box<str>>,
    /// The field that is ticked.
    pub statement: Box<str>,
    /// The relation of that kind whose pages are suggested.
    pub suggest: Box<str>,
    /// How many people fill it in, each for themselves: 1 or 2.
    pub people: usize,
    /// What the two are called who take turns; the theme has words for those that are not named.
    pub answers: Vec<Box<str>>,
    /// How many of the suggested pages each one may wish for; 0 means that nobody is asked.
    pub wishes: usize,
    /// The field of the suggested pages that says how long each takes.
    pub time: Option<Box<str>>,
    /// The field of the suggested pages that marks those which are suggested only if both wish for them.
    pub only_if_both_wish: Option<Box<str>>,
}

/// Where the references come from and how they are written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReferenceRules {
    /// The Hayagriva file, below `content`.
    pub file: Spanned<Box<str>>,
    /// The name of a CSL style.
    pub style: Spanned<Box<str>>,
    /// The page that lists them, below `content`.
    pub page: Option<Spanned<Box<str>>>,
}

impl ReferenceRules {
    /// The source of that file.
    #[must_use]
    pub fn path(&self) -> SourcePath {
        SourcePath::new(&format!("{CONTENT}/{}", self.file.value))
    }
}

impl Site {
    /// The theme's name, and where it stands; empty where it was complained of.
    #[must_use]
    pub fn theme(&self) -> (&str, Span) {
        self.theme.value().map_or(("", Span::default()), |theme| (&theme.value, theme.span))
    }

    /// A word of the theme in the guide's own, if it has one.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&str> {
        self.words.iter().find(|(own, _)| *own.value == *name).map(|(_, text)| &**text)
    }

    /// The kind of that name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.rules.kinds.iter().find(|kind| &*kind.name == name)
    }
}

impl PageRules {
    /// The kinds that have a folder.
    pub fn declared(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(|kind| !kind.is_plain())
    }

    /// The fields that a page may show of all pages: those that readers see.
    #[must_use]
    pub fn fields_to_gather(&self) -> BTreeSet<&str> {
        let fields = self.kinds.iter().flat_map(|kind| &kind.fields).filter(|field| !field.is_hidden);
        fields.map(|field| &*field.name).collect()
    }
}

impl Kind {
    /// Is it that of pages of no declared kind?
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.folder.is_empty()
    }

    /// The relation of that name that this kind states.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.iter().find(|relation| &*relation.name == name)
    }
}
