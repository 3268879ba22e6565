//! Words that name an illness, blame, press or promise, each with a kinder way to say it.
//!
//! The list is English; a guide adds its own words and takes others out in `site.toml`.

use std::ops::Range;

use super::Asked;
use crate::base::{Code, Diagnostic, Place};
use crate::content::body::prose::Block;

/// What a word does to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    /// It names an illness where a habit is meant.
    Diagnoses,
    Blames,
    /// It leaves no room for exceptions.
    Absolute,
    Presses,
    Promises,
    /// It makes others odd.
    Compares,
    /// The guide says so itself.
    Unwanted,
}

use Harm::{Absolute, Blames, Compares, Diagnoses, Presses, Promises, Unwanted};

/// Words in small letters, what they do, and what to write instead. A `*` stands for any ending.
const WORDS: [(&str, Harm, &str); 42] = [
    ("narcissis*", Diagnoses, "say what the person does"),
    ("codependen*", Diagnoses, "say what each of the two does"),
    ("co dependen*", Diagnoses, "say what each of the two does"),
    ("toxic", Diagnoses, "say what happens, and what it does to you"),
    ("dysfunctional", Diagnoses, "say what does not work"),
    ("psycho*path*", Diagnoses, "say what the person does"),
    ("sociopath*", Diagnoses, "say what the person does"),
    ("hysterical", Diagnoses, "say what the person feels"),
    ("crazy", Diagnoses, "say what is hard to understand"),
    ("frigid", Diagnoses, "say that desire has gone, or that touch is unwelcome"),
    ("impotent", Diagnoses, "say what the body does not do"),
    ("commitment phobi*", Diagnoses, "say what the person is wary of"),
    ("suffers from", Diagnoses, "say `has` or `lives with`"),
    ("your fault", Blames, "say what happened, and what can be done"),
    ("his fault", Blames, "say what happened, and what can be done"),
    ("her fault", Blames, "say what happened, and what can be done"),
    ("their fault", Blames, "say what happened, and what can be done"),
    ("to blame", Blames, "say what happened, and what can be done"),
    ("you failed", Blames, "say what was hard"),
    ("nagging", Blames, "say what is asked for, and how often"),
    ("cold hearted", Blames, "say what the person does"),
    ("selfish", Blames, "say what the person did"),
    ("you always", Absolute, "say `often`, or tell of one time"),
    ("you never", Absolute, "say `seldom`, or tell of one time"),
    ("partner always", Absolute, "say `often`, or tell of one time"),
    ("partner never", Absolute, "say `seldom`, or tell of one time"),
    ("men always", Absolute, "say `some men`"),
    ("women always", Absolute, "say `some women`"),
    ("all men", Absolute, "say `many men`, with a source"),
    ("all women", Absolute, "say `many women`, with a source"),
    ("you should", Presses, "say `you could`, or begin with the verb"),
    ("you must", Presses, "say `you can`, or say why"),
    ("you ought to", Presses, "say `you could`"),
    ("you have to", Presses, "say `you can`, or say why"),
    ("cure*", Promises, "say what may ease"),
    ("guarantee*", Promises, "say what was found, and in how many"),
    ("fix your partner", Promises, "nobody can mend another: say what the two can try"),
    ("change your partner", Promises, "nobody can change another: say what the two can try"),
    ("save your marriage", Promises, "say what may help, and what cannot be known"),
    ("normal couples", Compares, "say `many couples`"),
    ("normal people", Compares, "say `many people`"),
    ("abnormal", Compares, "say what is less common"),
];

/// Words that turn what follows into its opposite.
const DENYING: [&str; 12] =
    ["not", "no", "never", "nor", "neither", "cannot", "nobody", "none", "without", "nothing", "hardly", "whether"];

/// How many words before may deny it.
const REACH: usize = 4;

/// A word in small letters, and where it stands.
type Word = (String, Range<usize>);

/// Gives advice on every word of the lists, except in quotations and where it is denied.
pub(super) fn check(asked: &Asked, found: &mut Vec<Diagnostic>) {
    let own = asked.rules.words.iter().map(|(words, instead)| (&**words, Unwanted, &**instead));
    // Who tells how something is written has to say what must stand there, and presses nobody.
    let is_asked = |harm: Harm| asked.is_english && !(asked.has_code && harm == Presses);
    let ours = WORDS.into_iter().filter(|(words, harm, _)| is_asked(*harm) && !asked.rules.words.contains_key(*words));
    let list: Vec<(Vec<&str>, Harm, &str)> = own
        .chain(ours)
        .filter(|(words, ..)| !asked.rules.ignore.iter().any(|ignored| **ignored == *words.replace('*', "")))
        .map(|(words, harm, instead)| (words.split_whitespace().collect(), harm, instead))
        .collect();
    for block in &asked.blocks {
        let words = split(&block.text);
        for at in 0..words.len() {
            for (pattern, harm, instead) in list.iter().filter(|(pattern, ..)| matches(pattern, &words[at..])) {
                let end = at + pattern.len() - 1;
                let range = words[at].1.start..words[end].1.end;
                let is_own = *harm == Unwanted;
                let is_meant = is_own || !(is_denied(block, &words, at) || is_quoted(&block.text[..range.start]));
                let said = block.text[range.clone()].to_lowercase();
                if is_meant && !asked.rules.ignore.iter().any(|ignored| **ignored == *said) {
                    found.push(loaded_word(asked.place(block, &range), &said, *harm, instead));
                }
            }
        }
    }
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

fn matches(pattern: &[&str], words: &[Word]) -> bool {
    let is_like = |(pattern, (word, _)): (&&str, &Word)| match pattern.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => **pattern == **word,
    };
    pattern.len() <= words.len() && pattern.iter().zip(words).all(is_like)
}

/// Does a word of the same sentence say that it is not so?
fn is_denied(block: &Block, words: &[Word], at: usize) -> bool {
    let start = words[at].1.start;
    let sentence = block.sentences().into_iter().find(|sentence| sentence.contains(&start)).unwrap_or_default();
    let before = words[..at].iter().rev().take(REACH).take_while(|(_, range)| range.start >= sentence.start);
    let after = words[at + 1..].iter().take(2).filter(|(word, _)| word == "not");
    before.chain(after).any(|(word, _)| DENYING.contains(&&**word) || word.ends_with("n't"))
}

/// Does a quotation that begins in `before` go on after it?
fn is_quoted(before: &str) -> bool {
    let count = |mark: char| before.matches(mark).count();
    !count('"').is_multiple_of(2) || count('“') > count('”')
}

/// A word that may hurt, press or promise.
fn loaded_word(place: Place, word: &str, harm: Harm, instead: &str) -> Diagnostic {
    let what = match harm {
        Diagnoses => "sounds like a diagnosis",
        Blames => "may be read as blame",
        Absolute => "leaves no room for exceptions",
        Presses => "leaves readers no choice",
        Promises => "promises more than anybody can keep",
        Compares => "makes readers wonder what is wrong with them",
        Unwanted => "is a word that this guide would rather not use",
    };
    Diagnostic::new(Code::LoadedWord, place, format!("`{word}` {what}")).help(instead.to_owned())
}
