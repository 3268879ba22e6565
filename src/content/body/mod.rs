//! One page's Markdown → HTML with holes where the rest of the guide is needed, and everything that leaves the page.
//!
//! Knows the page's own text only; links and citations are resolved in `guide`.

use crate::base::{SourcePath, Span};

/// A stretch of a rendered body, or a hole that the guide fills.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Finished HTML.
    Html(Box<str>),
    /// The address that `links[n]` leads to, to stand inside a quoted attribute.
    Address(usize),
    /// The title of the page that `links[n]` leads to, as text: a wiki link without words of its own.
    Title(usize),
}

/// Whether a link is followed or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkRole {
    /// `[words](target)` or `[[target]]`.
    Link,
    /// `![words](target)`.
    Image,
}

/// What an internal link names, as far as the page alone can tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A heading or other anchor of the same page.
    Anchor,
    /// A Markdown source, named by relative path or `@/`.
    Source(SourcePath),
    /// A file beside the sources that is not Markdown, such as a picture: its path, relative to the root.
    File(SourcePath),
    /// `[[name]]`: a page's file stem, or its path below the content folder without `.md`.
    Wiki(Box<str>),
    /// An address on the site, such as `/signs/listening/`, without query and fragment.
    Address(Box<str>),
}

/// A link that stays within the guide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The part after `#`, percent-decoded, without the sign itself.
    pub anchor: Option<Box<str>>,
    /// Followed or shown.
    pub role: LinkRole,
    /// The target's place in the file (the destination between the brackets, or the whole link where it is not written out).
    pub span: Span,
    /// The sentence that holds the link, as plain text; empty for images.
    pub sentence: Box<str>,
}

/// One key of one citation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The key, without `@`.
    pub key: Box<str>,
    /// Its number on this page, from 1, by first appearance.
    pub number: usize,
    /// The id of this place in the text, such as `cite-1-2`: source 1, second time.
    pub id: Box<str>,
    /// The key's place in the file.
    pub span: Span,
}

/// A heading with those below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// Level 2 to 6 (1 is the page's title).
    pub level: u8,
    /// Its id, unique on the page.
    pub id: Box<str>,
    /// Its words, as plain text.
    pub title: Box<str>,
    /// The deeper headings that follow it.
    pub children: Vec<Heading>,
}

/// A page's body.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Body {
    /// The HTML, cut where the guide has to fill something in.
    pub pieces: Vec<Piece>,
    /// Links within the guide, in order of appearance.
    pub links: Vec<Link>,
    /// Citations, in order of appearance.
    pub citations: Vec<Citation>,
    /// The headings as a tree.
    pub outline: Vec<Heading>,
    /// Every id that a link may name, sorted.
    pub anchors: Vec<Box<str>>,
    /// How many words a reader reads.
    pub words: usize,
}
