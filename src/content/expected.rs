//! What a key takes.

use crate::site::FieldShape;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A line of text.
    Text,
    /// The name of a page.
    Name,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// A list of texts.
    Texts,
    /// A list of entries with keys of their own.
    Entries,
    /// Keys and values.
    Keys,
}

/// Whether a line may be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// It may.
    May,
    /// It must stand there.
    Must,
}

impl Expected {
    /// What a key of this shape takes.
    #[must_use]
    pub fn of(shape: &FieldShape) -> Self {
        match shape {
            FieldShape::Text { .. } | FieldShape::Choice(_) => Self::Text,
            FieldShape::Integer => Self::Number,
            FieldShape::Boolean => Self::Truth,
            FieldShape::Date => Self::Day,
            FieldShape::List => Self::Texts,
        }
    }

    /// The words that follow `must be`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "a line of text",
            Self::Name => "the name of one page",
            Self::Truth => "`true` or `false`, without quotes",
            Self::Number => "a whole number such as `2`",
            Self::Day => "a day such as `2026-11-22`",
            Self::Texts => "a list, such as `[one, two]`",
            Self::Entries => "a list, each entry on a line that begins with `-`",
            Self::Keys => "keys and values, such as `to: other-page`",
        }
    }
}
