//! What answers mean for an author.

use super::*;
use crate::base::Span;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn link(address: &str) -> Outside {
    outside(address, Place::at(&SourcePath::new("content/a.md"), Span::new(1, 2)))
}

fn said(status: u16) -> Answer {
    Answer::Said { status, moved: None }
}

fn words(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|one| format!("{:?} {} {}", one.severity, one.code, one.message)).collect()
}

/// What is said of a link to `https://friends.example/` while others can be reached.
fn means(answer: Answer, expected: &str) {
    let answers = Answers {
        fresh: [(url("https://friends.example/"), answer), (url("https://others.example/"), said(200))].into(),
        ..Answers::default()
    };
    let found = judge(&[link("https://friends.example/#us")], &answers, &SourcePath::new("site.toml"));
    assert_eq!(words(&found).join("\n"), expected, "{answers:?}");
}

#[test]
fn only_what_is_sure_is_an_error() {
    means(said(200), "");
    means(said(204), "");
    means(said(302), "");
    means(said(404), "Error external-gone `friends.example` says that this page does not exist");
    means(said(410), "Error external-gone `friends.example` says that this page does not exist");
    means(Answer::Nothing(Silence::NoSuchName), "Error external-gone there is no site `friends.example`");
    for status in [401, 403, 407, 451, 999] {
        means(said(status), "Warning external-closed `friends.example` does not let programs see this page");
    }
    means(said(429), "Warning external-doubtful `friends.example` was asked too much, and did not answer");
    means(said(503), "Warning external-doubtful `friends.example` has trouble of its own (it answers 503)");
    means(
        said(418),
        "Warning external-doubtful `friends.example` does not say whether this page is there (it answers 418)",
    );
}

#[test]
fn no_answer_is_told_in_plain_words() {
    for (silence, expected) in [
        (Silence::Unreachable, "could not be reached"),
        (Silence::Late, "did not answer in time"),
        (Silence::Cut, "hung up without an answer"),
        (Silence::Garbled, "does not answer as a web site does"),
        (Silence::Unproven, "cannot prove that it is `friends.example`, so that browsers warn of it"),
        (Silence::Circle, "leads from one address to the next without an end"),
        (Silence::Astray, "leads to something that is no page of the web"),
    ] {
        means(Answer::Nothing(silence), &format!("Warning external-doubtful `friends.example` {expected}"));
    }
}

#[test]
fn the_new_address_keeps_the_place_on_the_page() {
    let answer = Answer::Said { status: 200, moved: Some(url("https://friends.example/new/")) };
    let answers = Answers { kept: [(url("https://friends.example/"), answer)].into(), ..Answers::default() };
    let found = judge(&[link("https://friends.example/#us")], &answers, &SourcePath::new("site.toml"));
    assert_eq!(words(&found), ["Warning external-moved this page has moved for good"]);
    assert!(found[0].help.ends_with("link to `https://friends.example/new/#us`"), "{}", found[0].help);
}

#[test]
fn where_nobody_can_be_reached_one_thing_is_said() {
    let links = ["https://a.example/", "https://b.example/", "https://c.example/"].map(link);
    let answers = Answers {
        fresh: [
            (url("https://a.example/"), Answer::Nothing(Silence::NoSuchName)),
            (url("https://b.example/"), Answer::Nothing(Silence::Unreachable)),
        ]
        .into(),
        kept: [(url("https://c.example/"), said(404))].into(),
    };
    let found = judge(&links, &answers, &SourcePath::new("site.toml"));
    assert_eq!(
        words(&found),
        [
            "Warning external-offline no other site could be reached: is this computer online?",
            "Error external-gone `c.example` says that this page does not exist",
        ]
    );
    assert_eq!(found[0].help, "2 addresses were asked for in vain; ask again when it is");
}

#[test]
fn what_only_some_readers_have_is_asked_of_nobody() {
    for address in [
        "http://localhost:1111/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://192.168.0.1/",
        "http://printer/",
        "http://nas.local/",
    ] {
        assert!(matches!(link(address).question, Question::Near(_)), "{address}");
    }
    assert_eq!(link("https://friends.example:house/").question, Question::Unreadable);
    assert_eq!(link("https://93.184.216.34/a#b").question.url(), Some(&url("https://93.184.216.34/a")));
    let two = ["https://friends.example", "https://FRIENDS.example/#us"].map(link);
    assert_eq!(addresses(&two).len(), 1, "each address is asked for once");
}
