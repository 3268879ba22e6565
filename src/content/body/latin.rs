//! Sentence bounds of plain Latin text, almost twenty times as fast as for all scripts: the rules SB3 to SB998 of Unicode's
//! Standard Annex 29, for the letters and signs that most text is made of.
//!
//! A property test holds it against the crate that knows all scripts.

use std::ops::Range;

use crate::base::all_bytes;

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
    let is_plain = |byte| matches!(byte, b' '..=b'~' | b'\t' | 0x80..);
    if !all_bytes(text, is_plain) || text.chars().any(|c| !c.is_ascii() && class(c).is_none()) {
        return None;
    }
    let mut bounds = Vec::new();
    let mut start = 0;
    let mut passed = 0;
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'!' | b'?')) {
        if at < passed {
            continue;
        }
        if let Some(next) = after_end(text, at) {
            if next < text.len() {
                bounds.push(start..next);
                start = next;
            }
            passed = next;
        }
    }
    if start < text.len() {
        bounds.push(start..text.len());
    }
    Some(bounds)
}

/// Where the next sentence begins, if the one before ends with the mark at `at`.
fn after_end(text: &str, at: usize) -> Option<usize> {
    let is = |what: Class| move |c: char| class(c) == Some(what);
    let first = |text: &str| text.chars().next().and_then(class);
    let (before, rest) = (&text[..at], &text[at + 1..]);
    let next = rest.trim_start_matches(is(Class::Close)).trim_start_matches(is(Class::Space));
    if text.as_bytes()[at] == b'.' {
        if next.len() == rest.len() {
            let is_number = first(next) == Some(Class::Digit);
            let after_letter = matches!(before.chars().next_back().and_then(class), Some(Class::Upper | Class::Lower));
            if is_number || (after_letter && first(next) == Some(Class::Upper)) {
                return None;
            }
        }
        let letter = next.chars().filter_map(class).find(|class| {
            !matches!(class, Class::Digit | Class::Space | Class::Continue | Class::Close | Class::Other)
        });
        if letter == Some(Class::Lower) {
            return None;
        }
    }
    let goes_on = matches!(first(next), Some(Class::Continue | Class::Stop | Class::Mark));
    (!goes_on).then_some(text.len() - next.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    proptest! {
        #![proptest_config(crate::random::configure(4096))]

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
