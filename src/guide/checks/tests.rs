use jiff::civil::date;

use super::stale_review::{LastReview, is_stale, last_review};
use super::{CheckContext, run};
use crate::base::{Fingerprint, Request, Source, SourcePath, Sources};
use crate::content::{Matter, Page, parse};
use crate::guide::{Bibliography, Book, Locator, Parts, assemble};
use crate::site::{self, CONTENT, Period};

const SITE: &str = "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n\
    checks = { longest_description = 20, review_after = \"30 days\" }\nhelp.page = \"help.md\"\n\
    checklist = { page = \"_index.md\", items = \"sign\", statement = \"statement\", suggest = \"practices\" }\n\
    [kinds.sign]\nfolder = \"signs\"\nfields.statement = { type = \"text\" }\n\
    relations.practices = { to = \"practice\", inverse = \"signs\" }\n\
    [kinds.practice]\nfolder = \"practices\"\nsafety = \"required\"\n";
const HOME: (&str, &str) = ("_index.md", "title: Home\n---\n[Silence](signs/silence.md)\n");
const HELP: (&str, &str) = ("help.md", "title: Help\n---\n");
const SILENCE: (&str, &str) = (
    "signs/silence.md",
    "title: Silence\nstatement: We are silent.\npractices: [{ to: walk, why: It loosens tongues. }]\n---\n",
);
const WALK: (&str, &str) = ("practices/walk.md", "title: Take a walk\naliases: [stroll]\n---\n[Afraid?](../help.md)\n");

/// What is said of a sound guide with these pages in it: each complaint with the words that it is about.
#[track_caller]
fn check(pages: &[(&str, &str)], expected: &[&str]) {
    let mut sources = Sources::new(Request { today: Some(date(2026, 11, 23)), ..Request::default() });
    let configuration = SourcePath::new("site.toml");
    sources.insert(configuration.clone(), Source::bytes(SITE.as_bytes()));
    for (path, text) in [HOME, HELP, SILENCE, WALK].iter().chain(pages) {
        let path = SourcePath::new(&format!("{CONTENT}/{path}"));
        let text = if path.is_markdown() { format!("---\n{text}") } else { (*text).to_owned() };
        sources.insert(path, Source::bytes(text.into_bytes()));
    }
    let (site, found) = site::read(&sources, &configuration);
    assert_eq!(found, []);
    let site = site.expect("it is sound");
    let files = sources.iter().filter(|(path, _)| path.is_markdown());
    let parsed = files.map(|(path, source)| parse(path, source, &site.rules, Fingerprint::default(), None));
    let pages: Vec<Page> = parsed
        .map(|(page, found)| {
            assert_eq!(found, []);
            page
        })
        .collect();
    let pages: Vec<&Page> = pages.iter().collect();
    let parts = Parts {
        site: &site,
        configuration: &configuration,
        pages: &pages,
        held: &[],
        bibliography: &Bibliography::default().into(),
        sources: &sources,
    };
    let (guide, mut found) = assemble(parts);
    let book = Book { guide: &guide, pages: &pages };
    let context = CheckContext { book, held: &[], site: &site, configuration: &configuration, sources: &sources };
    found.extend(run(context, &found));
    let mut locator = Locator::new(book, &sources);
    let said = found.iter().map(|found| {
        let found = found.located(&mut |about| locator.locate(about));
        let span = found.place.span.unwrap_or_default();
        let text = sources.text(&found.place.path).expect("it is text");
        format!("{} {} `{}`", found.code, found.place.path.file_name(), &text[span.start..span.end])
    });
    assert_eq!(said.collect::<Vec<_>>(), expected);
}

#[test]
fn a_sound_guide_is_not_complained_of() {
    check(&[], &[]);
}

#[test]
fn titles_descriptions_and_statements_stand_once() {
    check(
        &[
            ("a.md", "title: \"HELP!\"\ndescription: To come closer.\n---\n"),
            ("b.md", "title: Other\ndescription: to come closer\n---\n"),
            (
                "signs/still.md",
                "title: Still\nstatement: we are  silent\npractices: [{ to: walk, why: It warms. }]\n---\n",
            ),
        ],
        &[
            "same-title help.md `Help`",
            "same-description b.md `to come closer`",
            "same-statement still.md `we are  silent`",
        ],
    );
}

#[test]
fn a_reason_says_more_than_a_title_and_another_reason() {
    check(
        &[("signs/still.md", "title: Still\npractices:\n  - to: walk\n    why: You can take a walk.\n---\n")],
        &["why-repeats-title still.md `You can take a walk.`"],
    );
    // The two stand side by side on the page of the walk.
    check(
        &[("signs/still.md", "title: Still\npractices:\n  - to: walk\n    why: it loosens tongues\n---\n")],
        &["same-why still.md `it loosens tongues`"],
    );
}

#[test]
fn a_description_fits_where_it_is_shown() {
    check(&[("a.md", "title: A\ndescription: Äöü of twenty chars.\n---\n")], &[]);
    check(
        &[("a.md", "title: A\ndescription: More than twenty chars\n---\n")],
        &["long-description a.md `More than twenty chars`"],
    );
}

#[test]
fn a_page_is_looked_at_again_in_time() {
    check(
        &[
            ("a.md", "title: A\ndate: 2020-01-01\nupdated: 2026-10-23\n---\n"),
            ("b.md", "title: B\ndate: 2020-01-01\nupdated: 2026-10-24\n---\n"),
            ("c.md", "title: C\nupdated: 2020-01-01\nreviewed: 2026-11-23\n---\n"),
            ("d.md", "title: D\n---\n"),
        ],
        &["stale-review a.md `2026-10-23`"],
    );
    let month = Period { months: 1, days: 0 };
    assert!(!is_stale(date(2026, 1, 31), month, date(2026, 2, 28)));
    assert!(is_stale(date(2026, 1, 31), month, date(2026, 3, 1)));
    let matter = Matter { date: Some(date(2026, 1, 1)), ..Matter::unknown("a", None) };
    assert_eq!(last_review(&matter), Some(LastReview { day: date(2026, 1, 1), key: "date" }));
}

#[test]
fn a_link_names_where_a_page_is() {
    check(
        &[("a.md", "title: A\n---\n[x](/stroll/) [y](/practices/walk) [z][w]\n\n[w]: /stroll\n")],
        &["old-address a.md `/stroll/`", "old-address a.md `[z][w]`"],
    );
}

#[test]
fn a_page_of_a_kind_is_led_to() {
    let alone = ("practices/sit.md", "title: Sit\n---\n[Afraid?](../help.md)\n");
    check(&[alone], &["orphan sit.md `---`"]);
    check(&[alone, ("a.md", "title: A\n---\n[Sit](practices/sit.md)\n")], &[]);
}

#[test]
fn a_page_that_needs_it_leads_to_help() {
    check(
        &[("practices/walk.md", "title: Take a walk\n---\n> [!CAUTION]\n> Take care.\n")],
        &["missing-safety walk.md `---`"],
    );
}

#[test]
fn pictures_are_pictures_and_have_a_size() {
    check(
        &[
            ("a.md", "title: A\n---\n![one](a.png) ![two](b.svg) ![three](c.svg)\n"),
            ("a.png", "words"),
            ("b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("c.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>"),
        ],
        &["not-a-picture a.md `a.png`", "missing-dimensions a.md `b.svg`"],
    );
}
