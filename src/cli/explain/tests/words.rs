//! Holds every message, label and help to the house rules: one sentence in an author's words, and a cure for every error.
//!
//! Those that `tests/mistakes` bring forth are read here, those of the examples where these are built.

use std::collections::BTreeSet;
use std::fs;

use rayon::prelude::*;

use super::examples::said_below;
use crate::base::Diagnostic;
use crate::guide::outside::Answers;

#[path = "../../../../tests/terminal/cases.rs"]
mod cases;

/// Words of programmers: a word that begins with one of these stands in no complaint, save in backticks.
const JARGON: [&str; 33] = [
    "array",
    "bool",
    "byte-order",
    "deseriali",
    "enum",
    "eof",
    "exception",
    "fail",
    "fatal",
    "identifier",
    "illegal",
    "integer",
    "invalid",
    "iterat",
    "literal",
    "malformed",
    "mapping",
    "null",
    "panic",
    "parse",
    "parsing",
    "regex",
    "scalar",
    "schema",
    "sequence",
    "seriali",
    "string",
    "struct",
    "syntax",
    "token",
    "undefined",
    "unexpected",
    "unwrap",
];

/// What else no complaint says.
const PHRASES: [&str; 3] = ["end of input", "end of file", "unable to"];

/// Names that begin with a capital wherever they stand.
const NAMES: [&str; 4] = ["HTML", "Windows", "YAML", "TOML"];

/// So many characters are read at a glance, in a message and in a help.
const LONGEST: [usize; 2] = [200, 300];

/// The text with nothing between its backticks; `None` if one of them has no second one.
fn without_names(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('`').collect();
    (parts.len() % 2 == 1).then(|| parts.into_iter().step_by(2).collect::<Vec<_>>().join("`"))
}

/// What is wrong with a sentence.
fn broken_rules(text: &str, longest: usize) -> Vec<String> {
    let Some(bare) = without_names(text) else { return vec!["a backtick has no second one".to_owned()] };
    let mut broken = Vec::new();
    let mut ask = |is_broken: bool, rule: &str| {
        if is_broken {
            broken.push(rule.to_owned());
        }
    };
    ask(text.chars().count() > longest, "it is too long");
    let is_name = NAMES.iter().any(|name| text.starts_with(name));
    ask(!is_name && bare.starts_with(char::is_uppercase), "it begins with a capital");
    ask(text.ends_with(['.', '!', ' ', '\n']), "it ends with a full stop");
    ask(bare.contains(". "), "it is more than one sentence");
    let lower = bare.to_lowercase();
    ask(PHRASES.iter().any(|phrase| lower.contains(phrase)), "it speaks as programs do");
    let words = lower.split(|c: char| !c.is_alphabetic() && c != '-');
    broken.extend(
        words.filter(|word| JARGON.iter().any(|jargon| word.starts_with(jargon))).map(|word| format!("`{word}`")),
    );
    broken
}

/// What is wrong with the words of a complaint, a line for each of its sentences.
pub(super) fn complain(found: &Diagnostic) -> Vec<String> {
    let [message, help] = LONGEST;
    let labels = found.notes.iter().map(|note| (&note.label, message));
    let texts = [(&found.message, message), (&found.label, message), (&found.help, help)].into_iter().chain(labels);
    let texts = texts.filter(|(text, _)| !text.is_empty());
    let mut wrong: Vec<String> = texts
        .map(|(text, most)| (text, broken_rules(text, most)))
        .filter(|(_, broken)| !broken.is_empty())
        .map(|(text, broken)| format!("{}: {text:?}: {}", found.code, broken.join(", ")))
        .collect();
    let has_cure = !found.help.is_empty() || !found.fix.is_empty() || found.label.contains("did you mean");
    if found.message.is_empty() || (found.is_error() && !has_cure) {
        wrong.push(format!("{}: {:?}: it has no cure", found.code, found.message));
    }
    wrong
}

/// All that is said of the cases of `tests/mistakes`.
fn said_of_mistakes() -> Vec<Diagnostic> {
    let said = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a case is text");
        let root = tempfile::tempdir().expect("a temporary folder");
        cases::write(root.path(), &cases::of(&cases::sections(&text)[1..]));
        said_below(root.path(), &Answers::default())
    };
    cases::paths().par_iter().flat_map_iter(said).collect()
}

#[test]
fn every_mistake_is_told_in_plain_words() {
    let all = said_of_mistakes();
    assert!(all.len() > 300, "the test must see the words: {}", all.len());
    let wrong: BTreeSet<String> = all.iter().flat_map(complain).collect();
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_the_program_says_by_itself_is_in_plain_words() {
    let mut wrong = BTreeSet::new();
    for path in cases::paths() {
        let text = fs::read_to_string(&path).expect("a case is text");
        let said = text.lines().filter_map(|line| line.strip_prefix("error: "));
        wrong.extend(
            said.map(|text| (text.to_owned(), broken_rules(text, LONGEST[1]))).filter(|(_, broken)| !broken.is_empty()),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn words_that_break_the_rules_are_found() {
    assert_eq!(broken_rules("there is no page `Invalid. Token`; did you mean `a`?", 60), Vec::<String>::new());
    for (text, broken) in [
        ("there is no page", "it is too long"),
        ("No page", "it begins with a capital"),
        ("no page.", "it ends with a full stop"),
        ("no page. Why", "it is more than one sentence"),
        ("`no page", "a backtick has no second one"),
        ("Unexpected", "`unexpected`"),
        ("a null here", "`null`"),
        ("end of input", "it speaks as programs do"),
    ] {
        assert!(broken_rules(text, 15).iter().any(|found| found == broken), "{text}");
    }
}
