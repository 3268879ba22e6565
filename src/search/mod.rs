//! Guide and pages → the index that readers' browsers search: scripts with the guide's words, where these stand, and what
//! stands there. `themes/hearth/assets/search.js` reads it.
//!
//! The index lies in shards, each with many words or pages that have nothing to do with each other. How many there are follows
//! from the length of the guide alone, so that an edit changes the shards of its words and of its page.

mod index;
mod text;
mod words;

use crate::base::OutPath;
use crate::guide::Book;

pub use index::{Index, fnv, index};

/// The folder of the index.
pub const FOLDER: &str = "search/";

/// How long all pages of a guide may be, in minutes of reading, whose index is one file of at most about 100 kB.
const SMALL: usize = 48;
/// About how many minutes of reading come to a shard of where words stand: about 64 kB.
const MINUTES_OF_POSTINGS: usize = 140;
/// About how many minutes of reading come to a shard of texts: about 64 kB.
const MINUTES_OF_TEXTS: usize = 48;

/// How many shards an index has; none where it is one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Shards {
    /// Of where words stand.
    pub postings: u32,
    /// Of what stands there.
    pub texts: u32,
}

impl Shards {
    /// The shards of the index of these pages.
    #[must_use]
    pub fn of(book: Book) -> Self {
        let minutes: usize = book.pages.iter().map(|page| page.body.reading_minutes()).sum();
        if minutes <= SMALL {
            return Self::default();
        }
        let shards = |each| u32::try_from(minutes.div_ceil(each).next_power_of_two()).unwrap_or(1 << 16);
        Self { postings: shards(MINUTES_OF_POSTINGS), texts: shards(MINUTES_OF_TEXTS) }
    }

    /// The files of the index.
    pub fn parts(self) -> impl Iterator<Item = Part> {
        let postings = (0..self.postings).map(Part::Postings);
        std::iter::once(Part::Words).chain(postings).chain((0..self.texts).map(Part::Texts))
    }
}

/// A file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// All words.
    Words,
    /// Where the words of a shard stand.
    Postings(u32),
    /// What stands on the pages of a shard.
    Texts(u32),
}

impl Part {
    /// The file that it becomes.
    #[must_use]
    pub fn out(self) -> OutPath {
        let name = match self {
            Self::Words => format!("{FOLDER}words.js"),
            Self::Postings(number) => format!("{FOLDER}postings/{number}.js"),
            Self::Texts(number) => format!("{FOLDER}texts/{number}.js"),
        };
        OutPath::new(&name).expect("a plain name")
    }
}
