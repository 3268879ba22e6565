//! Everything that a build is made from, as one value: the files and what was asked for.

use std::sync::Arc;

use jiff::civil::Date;

use super::sorted::{Piece, Sorted};
use super::{Fingerprint, SourcePath};

/// The list of all addresses that were ever published, in the site's root.
pub const URL_LOCK: &str = "urls.lock";

/// What a source turned out to be when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceContent {
    /// A regular file's bytes.
    Bytes(Arc<[u8]>),
    /// Something that stands there but could not or must not be read, with the reason: a sentence in the author's
    /// words without full stop, such as `this is a symbolic link to a file outside the site`.
    Unreadable(String),
}

/// One entry of the source folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    content: SourceContent,
    fingerprint: Fingerprint,
}

impl Source {
    /// A file that was read.
    #[must_use]
    pub fn bytes(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { fingerprint: Fingerprint::of_bytes(&bytes), content: SourceContent::Bytes(bytes) }
    }

    /// An entry that could not be read.
    #[must_use]
    pub fn unreadable(why: impl Into<String>) -> Self {
        let why = why.into();
        Self { fingerprint: Fingerprint::of(&("unreadable", &why)), content: SourceContent::Unreadable(why) }
    }

    /// What it is.
    #[must_use]
    pub fn content(&self) -> &SourceContent {
        &self.content
    }

    /// Its bytes, if it was read.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Arc<[u8]>> {
        match &self.content {
            SourceContent::Bytes(bytes) => Some(bytes),
            SourceContent::Unreadable(_) => None,
        }
    }

    /// Its text, if it was read and is UTF-8. A byte order mark is kept.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(self.as_bytes()?).ok()
    }

    /// The fingerprint of its content.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

/// Whether pages that are held back from readers, drafts above all, are part of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Drafts {
    /// They are left out everywhere.
    #[default]
    Leave,
    /// They are built like all others, and marked.
    Include,
}

/// What was asked for on the command line, as far as it changes what is built.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    /// The configuration's file, relative to the site's root.
    pub configuration: SourcePath,
    /// What to do if there is no such file, as far as that can be told from what lies around.
    pub where_instead: Option<Box<str>>,
    /// Takes the place of `base_url` in `site.toml`.
    pub base_url: Option<String>,
    /// Whether drafts are built.
    pub drafts: Drafts,
    /// The day of the build; without one, no page is early or late.
    pub today: Option<Date>,
    /// Whether the site will lie on a host.
    pub hosting: Hosting,
}

/// Whether a site will lie on a host, where browsers may keep it and other sites link to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hosting {
    /// It will: what is kept and what others show is as the configuration says.
    #[default]
    Public,
    /// It will not: its author looks at it, or it comes in a form that readers keep themselves.
    None,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            configuration: SourcePath::new("site.toml"),
            where_instead: None,
            base_url: None,
            drafts: Drafts::Leave,
            today: None,
            hosting: Hosting::default(),
        }
    }
}

/// A stretch of the source folders.
pub(crate) type SourcePiece = Piece<SourcePath, Source>;

/// All files of a site and what was asked for; the one input of a build.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    files: Sorted<SourcePath, Source>,
    /// What was asked for.
    pub request: Request,
}

impl Sources {
    /// No files at all.
    #[must_use]
    pub fn new(request: Request) -> Self {
        Self { files: Sorted::default(), request }
    }

    /// Puts a file in, in place of the one that stood there.
    pub fn insert(&mut self, path: SourcePath, source: Source) -> Option<Source> {
        self.files.insert(path, source)
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &SourcePath) -> Option<Source> {
        self.files.remove(path)
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.files.get(path)
    }

    /// The text of the file at `path`, if it is there and is text.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.get(path)?.as_text()
    }

    /// The bytes of the file at `path`, if it is there and can be read.
    #[must_use]
    pub fn bytes(&self, path: &SourcePath) -> Option<&Arc<[u8]>> {
        self.get(path)?.as_bytes()
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Source)> {
        self.files.iter()
    }

    /// The files below `folder`, sorted by path.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a SourcePath, &'a Source)> {
        let prefix = format!("{folder}/");
        let start = SourcePath::new(&prefix);
        self.files.from(&start).take_while(move |(path, _)| path.as_str().starts_with(&prefix))
    }

    /// All files in pieces, sorted by path. A piece that was not changed is the same one, at the same address.
    #[must_use]
    pub(crate) fn pieces(&self) -> &[SourcePiece] {
        self.files.pieces()
    }
}
