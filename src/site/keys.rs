//! The keys that the front matter of every page may have: one list for the reader, the names that are taken, and editors.

/// A key that the front matter of every page may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommonKey {
    /// Its name.
    Title,
    /// One sentence on it.
    Description,
    /// The first day on which it is shown.
    Date,
    /// The day of its last change.
    Updated,
    /// The day on which somebody last made sure that it holds.
    Reviewed,
    /// The last day on which it is shown.
    Expires,
    /// Whether it is kept back.
    Draft,
    /// Its place among its neighbours.
    Order,
    /// Takes the place of the file's name in its address.
    Slug,
    /// Takes the place of its whole address.
    Path,
    /// Older addresses that lead to it.
    Aliases,
    /// The template it asks for.
    Template,
    /// Words that it is filed under.
    Tags,
    /// Keys of sources that stand behind it.
    Sources,
    /// Warnings and advice that are not told of it.
    Ignore,
    /// Another name of [`CommonKey::Order`].
    Weight,
    /// Whatever the theme may want to know besides.
    Extra,
}

impl CommonKey {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 17] = [
        Self::Title,
        Self::Description,
        Self::Date,
        Self::Updated,
        Self::Reviewed,
        Self::Expires,
        Self::Draft,
        Self::Order,
        Self::Slug,
        Self::Path,
        Self::Aliases,
        Self::Template,
        Self::Tags,
        Self::Sources,
        Self::Ignore,
        Self::Weight,
        Self::Extra,
    ];

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Description => "description",
            Self::Date => "date",
            Self::Updated => "updated",
            Self::Reviewed => "reviewed",
            Self::Expires => "expires",
            Self::Draft => "draft",
            Self::Order => "order",
            Self::Slug => "slug",
            Self::Path => "path",
            Self::Aliases => "aliases",
            Self::Template => "template",
            Self::Tags => "tags",
            Self::Sources => "sources",
            Self::Ignore => "ignore",
            Self::Weight => "weight",
            Self::Extra => "extra",
        }
    }

    /// The key that is written so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// All names, in the order in which they are listed.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.into_iter().map(Self::name)
    }

    /// What it is for, as editors tell it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Title => "What the page is called.",
            Self::Description => "One sentence on the page, for lists and search engines.",
            Self::Date => "The day on which it is published, such as `2026-11-22`; before it, the page is kept back.",
            Self::Updated => "The day on which it was last changed, such as `2026-11-22`.",
            Self::Reviewed => "The day on which somebody last made sure that it holds, such as `2026-11-22`.",
            Self::Expires => {
                "The last day on which it is shown, such as `2026-12-31`; after it, the page is kept back."
            }
            Self::Draft => "`true` keeps the page back: it is not published.",
            Self::Order => "Its place among its neighbours: a whole number; the least comes first.",
            Self::Slug => "Takes the place of the file's name in its address: small letters, digits and `-`.",
            Self::Path => "Takes the place of its whole address, such as `/signs/listening/`.",
            Self::Aliases => "Older addresses of the page: whoever opens one is led to it.",
            Self::Template => "The template that shows it, where that of its kind does not serve.",
            Self::Tags => "Words that it is filed under: each has a page that lists what bears it.",
            Self::Sources => "The keys of the sources that stand behind it, from the list of sources.",
            Self::Ignore => "Names of warnings and of advice that are not told of this page.",
            Self::Weight => "The same as `order`, which is the better name.",
            Self::Extra => "Whatever the theme may want to know besides, under keys of your own.",
        }
    }
}
