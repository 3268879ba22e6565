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
    /// A number, with a fraction or without.
    Decimal,
    /// An address of another site.
    Address,
    /// A mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// The path of a file.
    File,
    /// A day.
    Day,
    /// A list of texts.
    Texts,
    /// A list of entries with keys of their own.
    Entries,
    /// A list of groups of keys that a field declares.
    Maps,
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
            FieldShape::Text { .. } | FieldShape::Markdown { .. } | FieldShape::Choice(_) | FieldShape::Source => {
                Self::Text
            }
            FieldShape::Integer(_) => Self::Number,
            FieldShape::Number(_) => Self::Decimal,
            FieldShape::Boolean => Self::Truth,
            FieldShape::Date => Self::Day,
            FieldShape::List(_) | FieldShape::Sources(_) => Self::Texts,
            FieldShape::Map(_) => Self::Keys,
            FieldShape::Maps(..) => Self::Maps,
            FieldShape::Url => Self::Address,
            FieldShape::Email => Self::Mail,
            FieldShape::Phone => Self::Phone,
            FieldShape::File | FieldShape::Picture => Self::File,
            FieldShape::Page => Self::Name,
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
            Self::Decimal => "a number such as `2` or `0.5`",
            Self::Address => "a web address that begins with `https://` or `http://`",
            Self::Mail => "a mail address",
            Self::Phone => "a telephone number",
            Self::File => "the path of a file, such as `plan.pdf`",
            Self::Day => "a day such as `2026-11-22`",
            Self::Texts => "a list, such as `[one, two]`",
            Self::Entries | Self::Maps => "a list, each entry on a line that begins with `-`",
            Self::Keys => "keys and values, such as `to: other-page`",
        }
    }
}
