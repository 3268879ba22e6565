//! What a setting of `site.toml` is: where it stands, what may stand in it, whether it must, and what it is for.

use super::CommonKey;

/// A key of a table of `site.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key.
    pub key: &'static str,
    /// What may stand there.
    pub shape: SettingShape,
    /// Whether it must stand there.
    pub need: Need,
    /// What may be written, as TOML.
    pub example: &'static str,
    /// What it is for.
    pub help: &'static str,
}

/// Whether a setting must stand in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The table is incomplete without it.
    Must,
    /// It may be left out.
    May,
    /// The table is incomplete without it if another setting is one of these words.
    With(&'static str, &'static [&'static str]),
    /// It may be left out, and says nothing unless another setting is so great a number.
    Beside(&'static str, usize),
}

/// What may stand under a key of `site.toml`.
#[derive(Debug, PartialEq, Eq)]
pub enum SettingShape {
    /// A line of text, perhaps empty.
    Text,
    /// A line of text that is not blank.
    Filled,
    /// The address of the site.
    Address,
    /// A mail address, or one of the web.
    Contact,
    /// A file or folder below the site, or below `content`.
    Path,
    /// A page's file below `content`, with or without `@/`.
    Page,
    /// The name of a declared kind.
    Kind,
    /// A name that a key of a page can have.
    Key,
    /// The name of a citation style.
    Style,
    /// The folder of the finished site.
    Output,
    /// A type of a field: one of these.
    Type(&'static [&'static str]),
    /// One of a few words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A whole number from 0.
    Count,
    /// A number, with a fraction or without.
    Number,
    /// A text, a number, `true` or `false`.
    Scalar,
    /// One of a few whole numbers.
    OneOf(&'static [usize]),
    /// A list of texts.
    Texts,
    /// A list of names of warnings and of advice.
    Codes,
    /// A stretch of the calendar.
    Period,
    /// Texts, each under a name of the author's own.
    Phrases,
    /// A list of beginnings of web addresses.
    Addresses,
    /// A table of these settings.
    Table(&'static [Setting]),
    /// A list of tables of these settings.
    Tables(&'static [Setting]),
    /// Tables of these settings, each under a name of the author's own, save those that are taken; the text shows one in a
    /// line, and is empty where each stands below a heading.
    Named(Taken, &'static str, &'static [Setting]),
    /// Anything.
    Free,
}

impl SettingShape {
    /// Whether a text of nothing but spaces is one.
    #[must_use]
    pub fn may_be_blank(&self) -> bool {
        matches!(self, Self::Text | Self::Style)
    }
}

/// Which names are taken already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Those of pages without a declared kind.
    Kinds,
    /// Those of the keys that every page may have.
    Keys,
    /// None.
    Nothing,
}

impl Taken {
    /// The names that the author cannot give.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Kinds => vec!["page", "section", "home"],
            Self::Keys => CommonKey::names().chain(["kind"]).collect(),
            Self::Nothing => Vec::new(),
        }
    }

    /// Why not.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Kinds => "every guide has pages of that name",
            Self::Keys => "every page has a key of that name",
            Self::Nothing => "it is taken",
        }
    }
}
