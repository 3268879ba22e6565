//! `[checks]` and `[advice]`: what the pages of this guide are held to, besides what holds for every guide.

use std::collections::BTreeMap;

use super::complaints;
use super::values::Table;
use crate::base::{Code, Diagnostic, Place, Severity, Spanned};

/// Search engines cut a description off after about so many characters.
const LONGEST_DESCRIPTION: usize = 160;

/// What pages are checked against.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CheckRules {
    /// How many characters a description may have.
    pub longest_description: usize,
    /// How long after its last review a page is to be looked at again, if ever.
    pub review_after: Option<Period>,
    /// What is not told.
    pub ignore: Vec<Spanned<Code>>,
    /// What counts as an error, where it is told.
    pub error: Vec<Spanned<Code>>,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// Whole months.
    pub months: u16,
    /// And so many days.
    pub days: u16,
}

/// What `betwixt check` gives advice on; nothing of it is ever wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AdviceRules {
    /// The age from which on readers should find a page easy.
    pub reading_age: Option<usize>,
    /// How many words a sentence may have.
    pub longest_sentence: Option<usize>,
    /// Words that this guide would rather not use, wherever they stand.
    pub words: Phrases,
    /// Such words by what they do, where they are neither quoted nor denied.
    pub lists: Vec<WordList>,
    /// Words that are used on purpose, in small letters.
    pub ignore: Vec<Box<str>>,
}

/// Words in small letters, each with what to do instead. A `*` stands for any ending.
pub type Phrases = BTreeMap<Box<str>, Box<str>>;

/// Words that do the same to readers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WordList {
    /// What they do, as it follows a word: `sounds like a diagnosis`.
    pub why: Box<str>,
    /// The words.
    pub words: Phrases,
}

impl CheckRules {
    /// What `[checks]` says.
    pub(super) fn of(site: &Table) -> Self {
        let table = site.table("checks");
        let longest = table.and_then(|table| table.count("longest_description"));
        Self {
            longest_description: longest.unwrap_or(LONGEST_DESCRIPTION),
            review_after: table.and_then(|table| table.period("review_after")),
            ignore: table.map(|table| table.codes("ignore")).unwrap_or_default(),
            error: table.map(|table| table.codes("error")).unwrap_or_default(),
        }
    }
}

/// The warning or advice of this name, which an author may ignore; complains where it is none.
pub fn choosable(name: &str, place: Place, found: &mut Vec<Diagnostic>) -> Option<Code> {
    match name.parse::<Code>() {
        Ok(code) if code.severity() != Severity::Error => return Some(code),
        Ok(code) => found.push(complaints::ignored_error(place, code)),
        Err(_) => found.push(complaints::unknown_code(place, name)),
    }
    None
}

impl AdviceRules {
    /// What `[advice]` says.
    pub(super) fn of(site: &Table) -> Self {
        let Some(table) = site.table("advice") else { return Self::default() };
        let list = |(_, list): (_, &Table)| Some(WordList { why: list.text("why")?.value, words: phrases(list) });
        Self {
            reading_age: table.count("reading_age"),
            longest_sentence: table.count("longest_sentence"),
            words: phrases(table),
            lists: table.entries("lists").filter_map(list).collect(),
            ignore: table.texts("ignore").map(|word| word.to_lowercase().into()).collect(),
        }
    }
}

/// What stands under `words`.
fn phrases(table: &Table) -> Phrases {
    let words = table.phrases("words").iter();
    words.map(|(word, instead)| (word.value.to_lowercase().into(), instead.clone())).collect()
}

impl Period {
    /// `12 months`, `90 days`, `1 year`, `6 weeks`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: u16 = count.parse().ok().filter(|count| *count > 0)?;
        let (months, days) = match unit.trim().trim_end_matches('s') {
            "year" => (12, 0),
            "month" => (1, 0),
            "week" => (0, 7),
            "day" => (0, 1),
            _ => return None,
        };
        Some(Self { months: count.checked_mul(months)?, days: count.checked_mul(days)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_and_a_word() {
        assert_eq!(Period::parse("12 months"), Some(Period { months: 12, days: 0 }));
        assert_eq!(Period::parse("1 year"), Some(Period { months: 12, days: 0 }));
        assert_eq!(Period::parse("6 weeks"), Some(Period { months: 0, days: 42 }));
        for odd in ["", "12", "0 days", "a while", "-3 days", "12 moons", "99999 years"] {
            assert_eq!(Period::parse(odd), None, "{odd}");
        }
    }
}
