//! What a page says of itself and the day → why it is held back, if it is.

use std::fmt;

use jiff::civil::Date;

use super::Matter;

/// Why readers do not get to see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unpublished {
    /// It is not finished.
    Draft,
    /// It comes out on this day.
    Early(Date),
    /// This was the last day on which it was shown.
    Expired(Date),
}

impl Unpublished {
    /// Why a page is held back on the day; `None` if it is published. Without a day, none is early or has expired.
    #[must_use]
    pub fn of(matter: &Matter, today: Option<Date>) -> Option<Self> {
        if matter.is_draft {
            return Some(Self::Draft);
        }
        let today = today?;
        let early = matter.date.filter(|date| *date > today).map(Self::Early);
        early.or_else(|| matter.expires.filter(|last| *last < today).map(Self::Expired))
    }

    /// One word for it, for templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Early(_) => "early",
            Self::Expired(_) => "expired",
        }
    }
}

impl fmt::Display for Unpublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => write!(f, "is a draft"),
            Self::Early(day) => write!(f, "comes out on {day}"),
            Self::Expired(day) => write!(f, "expired after {day}"),
        }
    }
}
