//! What was heard of an address on another site.

use url::Url;

/// What was heard of an address, after all redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A server's last word.
    Said {
        /// Its number, such as 404.
        status: u16,
        /// Where the page is to be found from here on, if a server says so.
        moved: Option<Url>,
    },
    /// No server's word on this page.
    Nothing(Silence),
}

/// Why there is no word on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Silence {
    /// No site has this name.
    NoSuchName,
    /// Nobody could be reached under this name.
    Unreachable,
    /// There was no answer in time.
    Late,
    /// The connection ended without an answer.
    Cut,
    /// The answer is none that a web site gives.
    Garbled,
    /// The site cannot prove to be what its name says.
    Unproven,
    /// One address leads to the next without an end.
    Circle,
    /// It leads to something that is no page of the web.
    Astray,
}

impl Answer {
    /// Did it come from another computer?
    #[must_use]
    pub fn is_from_the_web(&self) -> bool {
        !matches!(self, Self::Nothing(Silence::NoSuchName | Silence::Unreachable | Silence::Late))
    }

    /// Is the page there?
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Said { status: 200..=399, .. })
    }
}
