//! `[checks]` and `[advice]`: what the pages of this guide are held to, besides what holds for every guide.

use std::collections::BTreeMap;

use super::complaints;
use super::table::{Complaints, Table};

/// Search engines cut a description off after about so many characters.
const LONGEST_DESCRIPTION: usize = 160;

/// What pages are checked against.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CheckRules {
    /// How many characters a description may have.
    pub longest_description: usize,
    /// How long after its last review a page is to be looked at again, if ever.
    pub review_after: Option<Period>,
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
    /// Words that this guide would rather not use, in small letters, each with what to do instead.
    pub words: BTreeMap<Box<str>, Box<str>>,
    /// Words that are used on purpose, in small letters.
    pub ignore: Vec<Box<str>>,
}

/// Reads `[checks]`.
pub(super) fn checks(site: &mut Table, complaints: &mut Complaints) -> CheckRules {
    let mut rules = CheckRules { longest_description: LONGEST_DESCRIPTION, review_after: None };
    let Some(mut table) = site.table("checks", complaints) else { return rules };
    rules.longest_description = table.count("longest_description", complaints).unwrap_or(LONGEST_DESCRIPTION);
    if let Some(text) = table.text("review_after", complaints) {
        rules.review_after = period(&text.value);
        if rules.review_after.is_none() {
            complaints.found.push(complaints::bad_period(complaints.path, text.span, "review_after", &text.value));
        }
    }
    table.finish(complaints);
    rules
}

/// Reads `[advice]`.
pub(super) fn advice(site: &mut Table, complaints: &mut Complaints) -> AdviceRules {
    let Some(mut table) = site.table("advice", complaints) else { return AdviceRules::default() };
    let reading_age = table.count("reading_age", complaints);
    let longest_sentence = table.count("longest_sentence", complaints);
    let words = table.named_texts("words", complaints);
    let ignore = table.texts("ignore", complaints);
    table.finish(complaints);
    AdviceRules {
        reading_age,
        longest_sentence,
        words: words.into_iter().map(|(word, instead)| (word.to_lowercase().into(), instead)).collect(),
        ignore: ignore.iter().map(|word| word.to_lowercase().into()).collect(),
    }
}

/// `12 months`, `90 days`, `1 year`, `6 weeks`.
fn period(text: &str) -> Option<Period> {
    let (count, unit) = text.trim().split_once(' ')?;
    let count: u16 = count.parse().ok().filter(|count| *count > 0)?;
    let (months, days) = match unit.trim().trim_end_matches('s') {
        "year" => (12, 0),
        "month" => (1, 0),
        "week" => (0, 7),
        "day" => (0, 1),
        _ => return None,
    };
    Some(Period { months: count.checked_mul(months)?, days: count.checked_mul(days)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_and_a_word() {
        assert_eq!(period("12 months"), Some(Period { months: 12, days: 0 }));
        assert_eq!(period("1 year"), Some(Period { months: 12, days: 0 }));
        assert_eq!(period("6 weeks"), Some(Period { months: 0, days: 42 }));
        for odd in ["", "12", "0 days", "a while", "-3 days", "12 moons", "99999 years"] {
            assert_eq!(period(odd), None, "{odd}");
        }
    }
}
