//! What a page says of itself and of others → what can be compared quickly with what other pages say.

use xxhash_rust::xxh3::xxh3_64;

use super::{FieldValue, Matter, RelationEntry};
use crate::base::{Fingerprint, Known};

/// Words that carry no meaning of their own.
const EMPTY_WORDS: [&str; 30] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "helps", "help", "how", "in", "is", "it",
    "of", "on", "or", "our", "that", "the", "this", "to", "us", "we", "with", "you", "your",
];

/// A text as it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Fingerprint of the text itself.
    pub text: Fingerprint,
    /// Fingerprint of the words, whatever signs and capitals are in the text; none if it has no words.
    pub all: Option<Fingerprint>,
    /// A hash of each word that means something, sorted and each once.
    telling: Box<[u64]>,
}

impl Words {
    /// The words of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).map(str::to_lowercase);
        let telling = words.filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(&&**word));
        let mut telling: Vec<u64> = telling.map(|word| xxh3_64(word.as_bytes())).collect();
        telling.sort_unstable();
        telling.dedup();
        Self { text: Fingerprint::of_bytes(text.as_bytes()), all: all(text), telling: telling.into() }
    }

    /// Do they say nothing that a title of these words does not say?
    #[must_use]
    pub fn repeat(&self, title: &Self) -> bool {
        let (said, named) = (&self.telling, &title.telling);
        !said.is_empty() && 2 * said.len() > named.len() && said.iter().all(|word| named.binary_search(word).is_ok())
    }
}

/// Fingerprint of the words of `text`; `None` if it has none.
fn all(text: &str) -> Option<Fingerprint> {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') && !matches!(c, '\'' | '’') {
            words.push(' ');
        }
    }
    let words = words.trim_end();
    (!words.is_empty()).then(|| Fingerprint::of_bytes(words.as_bytes()))
}

/// The words of a page that others are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Of its title, as far as that is known.
    pub title: Words,
    /// Of its description.
    pub description: Option<Fingerprint>,
    /// Of its fields that are texts, in the kind's order.
    pub fields: Vec<Option<Fingerprint>>,
    /// Of the reasons of its relation entries, in the kind's order; many entries have none.
    pub reasons: Vec<Vec<Option<Box<Words>>>>,
}

impl Wording {
    /// The words of a front matter.
    #[must_use]
    pub fn of(matter: &Matter) -> Self {
        let field = |field: &Known<Option<FieldValue>>| match field.get() {
            Some(FieldValue::Text(text)) => all(text),
            _ => None,
        };
        let reason = |entry: &RelationEntry| (!entry.why.is_empty()).then(|| Box::new(Words::of(&entry.why)));
        let entries = matter.relation_entries.iter();
        Self {
            title: Words::of(matter.title.value().map_or("", |title| title)),
            description: all(&matter.description),
            fields: matter.fields.iter().map(field).collect(),
            reasons: entries.map(|entries| entries.iter().map(reason).collect()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn a_text_is_known_by_its_words_and_no_signs() {
        let all = |text| Words::of(text).all;
        assert_eq!(all(" Don't wait, dear – 10 minutes!"), all("dont wait\ndear 10 MINUTES"));
        assert_ne!(all("ten minutes"), all("tenminutes"));
        assert_eq!(all("…! "), None);
    }
}
