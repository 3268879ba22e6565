use super::*;
use crate::base::{Fingerprint, Request, Source, Sources};
use crate::content::parse;
use crate::site;

const SITE: &str = "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n";

/// The advice on a page, each with the words that it is about.
#[track_caller]
fn check(settings: &str, text: &str, expected: &[&str]) {
    let mut sources = Sources::new(Request::default());
    let path = SourcePath::new("site.toml");
    sources.insert(path.clone(), Source::bytes(format!("{SITE}{settings}").into_bytes()));
    let (site, found) = site::read(&sources, &path);
    assert_eq!(found, []);
    let site = site.expect("it is sound");
    let file = SourcePath::new("content/a.md");
    let source = Source::bytes(text.as_bytes());
    let (page, found) = parse(&file, &source, &site.rules, Fingerprint::default(), None);
    assert_eq!(found, []);
    let said = advise(&page, text, &site).into_iter().map(|advice| {
        let span = advice.place.span.expect("advice has a place");
        format!("{} `{}`: {}", advice.code, &text[span.start..span.end], advice.message)
    });
    assert_eq!(said.collect::<Vec<_>>(), expected);
}

#[test]
fn loaded_words_are_found_unless_they_are_quoted_or_denied() {
    check(
        "",
        "---\ntitle: Toxic talk\n---\nYou must listen. \"You never do,\" says one. It isn't your fault.\n\nWhat is *your fault*?\n",
        &[
            "loaded-word `You must`: `you must` leaves readers no choice",
            "loaded-word `your fault`: `your fault` may be read as blame",
            "loaded-word `Toxic`: `toxic` sounds like a diagnosis",
        ],
    );
}

#[test]
fn instructions_on_writing_press_nobody() {
    check("", "---\ntitle: Emoji\n---\nYou must wrap the emoji in quotes: `\"❤️\"`.\n\nYou have to save it.\n", &[]);
}

#[test]
fn a_guide_has_words_of_its_own() {
    check(
        "[advice]\nwords = { spouse = \"say `partner`\" }\nignore = [\"you must\", \"cure\"]\n",
        "---\ntitle: Talk\n---\nYou must ask your Spouse for a cure.\n",
        &["loaded-word `Spouse`: `spouse` is a word that this guide would rather not use"],
    );
    check("language = \"fr\"\n", "---\ntitle: Toxic\n---\nYou must.\n", &[]);
}

#[test]
fn long_sentences_are_marked_where_they_stand() {
    check(
        "[advice]\nlongest_sentence = 5\n",
        "---\ntitle: Talk\n---\nShort. One two *three* four five six. Short again.\n",
        &["long-sentence `One two *three* four five six.`: this sentence has 6 words, and 5 is the target"],
    );
}

#[test]
fn a_hard_page_is_told_by_its_hardest_sentence() {
    let easy = "We sit and talk for a bit. ".repeat(14);
    let hard = "Intentional communication facilitates satisfactory relationships. ".repeat(3);
    let page = format!("---\ntitle: Talk\n---\n{easy}\n\n{hard}\n");
    check("[advice]\nreading_age = 12\n", &page, &[]);
    check(
        "[advice]\nreading_age = 6\n",
        &page,
        &[
            "hard-to-read `Intentional communication facilitates satisfactory relationships.`: readers find this page easy \
           from the age of 9 on, and 6 is the target",
        ],
    );
    check("language = \"de\"\n[advice]\nreading_age = 6\n", &page, &[]);
}
