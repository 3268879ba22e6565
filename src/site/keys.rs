//! The keys that the front matter of every page may have: one list for the reader, the names that are taken, and editors.

use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use super::{Bounds, FieldShape};

/// A key that the front matter of every page may have, with what editors tell of it; in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum CommonKey {
    /// What the page is called.
    Title,
    /// One sentence on the page, for lists and search engines.
    Description,
    /// The day on which it is published, such as `2026-11-22`; before it, the page is kept back.
    Date,
    /// The day on which it was last changed, such as `2026-11-22`.
    Updated,
    /// The day on which somebody last made sure that it holds, such as `2026-11-22`.
    Reviewed,
    /// The last day on which it is shown, such as `2026-12-31`; after it, the page is kept back.
    Expires,
    /// `true` keeps the page back: it is not published.
    Draft,
    /// Its place among its neighbours: a whole number; the least comes first.
    Order,
    /// Takes the place of the file's name in its address: small letters, digits and `-`.
    Slug,
    /// Takes the place of its whole address, such as `/folder/page/`.
    Path,
    /// Older addresses of the page: whoever opens one is led to it.
    Aliases,
    /// The template that shows it, where that of its kind does not serve.
    Template,
    /// Words that it is filed under: each has a page that lists what bears it.
    Tags,
    /// The keys of the sources that stand behind it, from the list of sources.
    Sources,
    /// A field: the page shows what all pages say in it.
    Gathers,
    /// Names of warnings and of advice that are not told of this page.
    Ignore,
    /// The same as `order`, which is the better name.
    Weight,
    /// Whatever the theme may want to know besides, under keys of your own.
    Extra,
}

impl CommonKey {
    /// All of them, in the order in which they are listed.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The key that is written so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// All names, in the order in which they are listed.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().map(|key| key.name())
    }

    /// What it is for, as editors tell it.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.get_documentation().unwrap_or_default()
    }

    /// What it holds; `None` if that is keys of the author's own.
    #[must_use]
    pub fn shape(self) -> Option<FieldShape> {
        Some(match self {
            Self::Title | Self::Description | Self::Slug | Self::Path | Self::Template | Self::Gathers => {
                FieldShape::Text { max_words: None }
            }
            Self::Date | Self::Updated | Self::Reviewed | Self::Expires => FieldShape::Date,
            Self::Draft => FieldShape::Boolean,
            Self::Order | Self::Weight => FieldShape::Integer(Bounds::default()),
            Self::Aliases | Self::Tags | Self::Ignore => FieldShape::List(Bounds::default()),
            Self::Sources => FieldShape::Sources(Bounds::default()),
            Self::Extra => return None,
        })
    }
}
