//! Text → the forms of its words: small letters without accents, so that what is typed finds what is written.
//!
//! `fold` and `tokens` of `themes/hearth/assets/search-index.js` do the same: `tests/scripts/search-vectors.json` holds both to it.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::script::ScriptWithExtensions;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Letters that stay whole when marks are taken off, and what people type for them.
const PLAIN_LETTERS: [(char, &str); 10] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ł', "l"),
    ('þ', "th"),
    ('ð', "d"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Scripts that are written without spaces between words.
const UNSPACED: [Script; 7] =
    [Script::Han, Script::Hiragana, Script::Katakana, Script::Thai, Script::Lao, Script::Khmer, Script::Myanmar];

/// A form of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'w> {
    /// In small letters, as it is written.
    pub small: &'w str,
    /// Without accents.
    pub folded: &'w str,
}

/// Tells `found` of each word of a text.
pub(super) fn each_form(text: &str, mut found: impl FnMut(Form)) {
    let mut word = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_letter(c) {
            word.push(c);
        } else if !(matches!(c, '\'' | '’') && rest.peek().is_some_and(|next| is_letter(*next))) {
            end_word(&word, &mut found);
            word.clear();
        }
    }
    end_word(&word, &mut found);
}

/// Is it a letter, a digit or a mark?
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    [GeneralCategoryGroup::Letter, GeneralCategoryGroup::Number, GeneralCategoryGroup::Mark]
        .iter()
        .any(|group| group.contains(category))
}

fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

fn is_unspaced(c: char) -> bool {
    c >= '\u{0e00}' && UNSPACED.iter().any(|script| ScriptWithExtensions::new().has_script(c, *script))
}

fn end_word(word: &str, found: &mut impl FnMut(Form)) {
    if word.is_empty() {
        return;
    }
    if word.is_ascii() {
        let small = word.to_ascii_lowercase();
        return found(Form { small: &small, folded: &small });
    }
    for stretch in stretches(word) {
        if stretch.starts_with(is_unspaced) {
            for pair in pairs(stretch) {
                found(Form { small: &pair, folded: &pair });
            }
            continue;
        }
        let folded = fold(stretch);
        // Signs such as `½` hold several words.
        let mut parts = folded.split(|c| !is_letter(c)).filter(|part| !part.is_empty());
        match (parts.next(), parts.next()) {
            (Some(only), None) => found(Form { small: &stretch.to_lowercase(), folded: only }),
            (first, second) => {
                let all = first.into_iter().chain(second).chain(parts);
                all.for_each(|part| found(Form { small: part, folded: part }));
            }
        }
    }
}

/// A word where scripts with spaces and without meet.
fn stretches(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let is_open = is_unspaced(rest.chars().next()?);
        let (stretch, after) = rest.split_at(rest.find(|c| is_unspaced(c) != is_open).unwrap_or(rest.len()));
        rest = after;
        Some(stretch)
    })
}

/// A stretch without spaces in overlapping pairs of its characters, each with its marks.
fn pairs(stretch: &str) -> Vec<String> {
    let mut characters: Vec<String> = Vec::new();
    for c in stretch.chars() {
        match characters.last_mut() {
            Some(last) if is_mark(c) => last.push(c),
            _ => characters.push(c.into()),
        }
    }
    let folded: Vec<String> = characters.iter().map(|character| fold(character)).collect();
    match &*folded {
        [only] => vec![only.clone()],
        _ => folded.windows(2).map(<[String]>::concat).collect(),
    }
}

/// A word in small letters without accents.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    let plain = word.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    for c in plain.flat_map(char::to_lowercase) {
        match PLAIN_LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded
}

/// The stemmer for a language, if there is one.
pub(super) fn stemmer(language: &str) -> Option<Stemmer> {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let algorithm = match &*primary {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts and the forms of their words, which the page finds in them, too.
    const VECTORS: &str = include_str!("../../tests/scripts/search-vectors.json");

    #[test]
    fn a_text_is_cut_and_folded_as_the_page_does_it() {
        let vectors: Vec<(String, Vec<String>)> = serde_json::from_str(VECTORS).expect("it is JSON");
        assert!(vectors.len() > 10);
        for (text, expected) in vectors {
            let mut forms = Vec::new();
            each_form(&text, |form| forms.push(form.folded.to_owned()));
            assert_eq!(forms, expected, "{text}");
        }
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        let stem = |language: &str, word: &str| stemmer(language).map(|stemmer| stemmer.stem(word).into_owned());
        assert_eq!(stem("en-GB", "quarrels"), stem("en", "quarrel"));
        assert_eq!(stem("de", "häuser"), Some("haus".to_owned()));
        assert_eq!(stem("ja", "猫"), None);
    }
}
