//! The words that this guide would rather not use → advice on each, with what to do instead.
//!
//! Which words these are, and what they do, each guide says for itself in `site.toml`.

use std::ops::Range;

use super::Asked;
use crate::base::{Code, Diagnostic, Place};
use crate::content::body::prose::Block;
use crate::site::AdviceRules;

/// What the words do that the guide gives no other reason for.
const UNWANTED: &str = "is a word that this guide would rather not use";

/// English words that turn what follows into its opposite.
const DENYING: [&str; 12] =
    ["not", "no", "never", "nor", "neither", "cannot", "nobody", "none", "without", "nothing", "hardly", "whether"];

/// How many words before may deny it.
const REACH: usize = 4;

/// A word or several that this guide would rather not use.
struct Unwanted<'a> {
    /// As they are written in `site.toml`, one by one.
    words: Vec<String>,
    /// What they do, as it follows them.
    why: &'a str,
    instead: &'a str,
    /// Whether they are as unwanted where they are quoted or denied.
    is_always_told: bool,
}

/// A word in small letters, and where it stands.
type Word = (String, Range<usize>);

/// Gives advice on every word of the lists, except in quotations and where it is denied.
pub(super) fn check(asked: &Asked, found: &mut Vec<Diagnostic>) {
    let unwanted = collect_unwanted(asked.rules);
    for block in &asked.blocks {
        let words = split(&block.text);
        for at in 0..words.len() {
            for phrase in unwanted.iter().filter(|phrase| phrase.begins(&words[at..])) {
                let range = words[at].1.start..words[at + phrase.words.len() - 1].1.end;
                let is_meant = phrase.is_always_told || !is_set_apart(asked, block, &words, at);
                let said = block.text[range.clone()].to_lowercase();
                if is_meant && !asked.rules.ignore.iter().any(|ignored| **ignored == *said) {
                    found.push(loaded_word(asked.place(block, &range), &said, phrase));
                }
            }
        }
    }
}

/// What the guide would rather not say, but for what it says on purpose.
fn collect_unwanted(rules: &AdviceRules) -> Vec<Unwanted<'_>> {
    let own = rules.words.iter().map(|(words, instead)| (words, UNWANTED, instead, true));
    let listed = rules
        .lists
        .iter()
        .flat_map(|list| list.words.iter().map(|(words, instead)| (words, &*list.why, instead, false)));
    let listed = listed.filter(|(words, ..)| !rules.words.contains_key(*words));
    let is_ignored = |words: &str| rules.ignore.iter().any(|ignored| **ignored == *words.replace('*', ""));
    own.chain(listed)
        .filter(|(words, ..)| !is_ignored(words))
        .map(|(words, why, instead, is_always_told)| Unwanted {
            words: split_phrase(words),
            why,
            instead,
            is_always_told,
        })
        .filter(|unwanted| !unwanted.words.is_empty())
        .collect()
}

/// The words of a phrase, as texts are taken apart, with a `*` that stands for an ending.
fn split_phrase(phrase: &str) -> Vec<String> {
    let words = phrase.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '*')));
    words.map(|word| word.replace('’', "'")).filter(|word| word.contains(char::is_alphanumeric)).collect()
}

fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_open = false;
    for (at, c) in text.char_indices() {
        let is_apostrophe = matches!(c, '\'' | '’') && is_open;
        if !c.is_alphanumeric() && !is_apostrophe {
            is_open = false;
            continue;
        }
        if !is_open {
            words.push((String::new(), at..at));
            is_open = true;
        }
        if let Some((word, range)) = words.last_mut() {
            word.extend(if is_apostrophe { '\''.to_lowercase() } else { c.to_lowercase() });
            range.end = at + c.len_utf8();
        }
    }
    words
}

impl Unwanted<'_> {
    /// Are these its words, one by one, whatever follows?
    fn begins(&self, words: &[Word]) -> bool {
        let is_like = |(pattern, (word, _)): (&String, &Word)| match pattern.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => pattern == word,
        };
        self.words.len() <= words.len() && self.words.iter().zip(words).all(is_like)
    }
}

/// Does the text not say it itself: is it quoted, or denied in English?
fn is_set_apart(asked: &Asked, block: &Block, words: &[Word], at: usize) -> bool {
    is_quoted(&block.text[..words[at].1.start]) || (asked.is_english && is_denied(block, words, at))
}

/// Does a word of the same sentence say that it is not so?
fn is_denied(block: &Block, words: &[Word], at: usize) -> bool {
    let start = words[at].1.start;
    let sentence = block.sentences().into_iter().find(|sentence| sentence.contains(&start)).unwrap_or_default();
    let before = words[..at].iter().rev().take(REACH).take_while(|(_, range)| range.start >= sentence.start);
    let after = words[at + 1..].iter().take(2).filter(|(word, _)| word == "not");
    before.chain(after).any(|(word, _)| DENYING.contains(&&**word) || word.ends_with("n't"))
}

/// Does a quotation that begins in `before` go on after it? Languages turn their quotation marks in other ways, and all
/// have them in pairs.
fn is_quoted(before: &str) -> bool {
    let marks = ['"', '“', '”', '„', '«', '»'];
    !before.matches(marks).count().is_multiple_of(2)
}

/// A word that may hurt, press or promise, or do whatever else the guide would rather not.
fn loaded_word(place: Place, said: &str, unwanted: &Unwanted) -> Diagnostic {
    let Unwanted { why, instead, .. } = *unwanted;
    Diagnostic::new(Code::LoadedWord, place, format!("`{said}` {why}")).help(instead)
}
