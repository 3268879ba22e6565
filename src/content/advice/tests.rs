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

/// Two lists of words.
const LISTS: &str = r#"
[advice.lists.diagnoses]
why = "sounds like a diagnosis"
words = { toxic = "say what happens", "co-depend*" = "say what each does" }
[advice.lists.orders]
why = "leaves readers no choice"
words = { "you must" = "say `you can`" }
"#;

#[test]
fn words_of_lists_are_found_unless_they_are_quoted_or_denied() {
    check(
        LISTS,
        "---\ntitle: Toxic talk\n---\nYou must listen. \"You must,\" says one. It isn't toxic.\n\nAre you *co-dependent*?\n",
        &[
            "loaded-word `You must`: `you must` leaves readers no choice",
            "loaded-word `co-dependent`: `co-dependent` sounds like a diagnosis",
            "loaded-word `Toxic`: `toxic` sounds like a diagnosis",
        ],
    );
    check("", "---\ntitle: Toxic talk\n---\nYou must listen.\n", &[]);
}

#[test]
fn lists_are_for_every_language_and_denials_are_english() {
    let list = "language = \"de\"\n[advice.lists.tadel]\nwhy = \"klingt nach Tadel\"\nwords = { schuld = \"sag, was geschah\" }\n";
    check(
        list,
        "---\ntitle: Schuld\n---\n„Schuld bist du“, sagt sie. Keine Schuld.\n",
        &["loaded-word `Schuld`: `schuld` klingt nach Tadel", "loaded-word `Schuld`: `schuld` klingt nach Tadel"],
    );
}

#[test]
fn words_without_a_list_are_found_wherever_they_stand_and_some_are_meant() {
    let words = "[advice]\nwords = { spouse = \"say `husband or wife`\", \"\" = \"say more\" }\nignore = [\"you must\", \"toxic\"]\n";
    check(
        &format!("{words}{LISTS}"),
        "---\ntitle: Talk\n---\nYou must ask, \"Toxic, my Spouse?\"\n",
        &["loaded-word `Spouse`: `spouse` is a word that this guide would rather not use"],
    );
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
