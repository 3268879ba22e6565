use jiff::civil::date;

use super::stale_review::{LastReview, is_stale, last_review};
use super::{CheckContext, of_names, of_pages};
use crate::base::{Complaint, Fingerprint, Request, Source, SourcePath, Sources};
use crate::content::{Matter, Page, parse};
use crate::guide::{Bibliography, Book, Guide, Locator, Parts, assemble};
use crate::site::{self, CONTENT, Period, Site};

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

/// A sound guide with these pages in it.
struct Sound {
    sources: Sources,
    configuration: SourcePath,
    site: Site,
    pages: Vec<Page>,
}

impl Sound {
    #[track_caller]
    fn new(pages: &[(&str, &str)]) -> Self {
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
        let pages = parsed.map(|(page, found)| {
            assert_eq!(found, []);
            page
        });
        let pages = pages.collect();
        Self { sources, configuration, site, pages }
    }

    fn assemble(&self) -> (Guide, Vec<Complaint>) {
        let Self { sources, configuration, site, .. } = self;
        let pages: Vec<&Page> = self.pages.iter().collect();
        let bibliography = &Bibliography::default().into();
        assemble(Parts { site, configuration, pages: &pages, held: &[], bibliography, sources })
    }
}

/// What is said of a sound guide with these pages in it: each complaint with the words that it is about.
#[track_caller]
fn check(pages: &[(&str, &str)], expected: &[&str]) {
    let sound = Sound::new(pages);
    let (guide, mut found) = sound.assemble();
    let Sound { sources, configuration, site, pages } = &sound;
    let pages: Vec<&Page> = pages.iter().collect();
    let book = Book { guide: &guide, pages: &pages };
    let context = CheckContext { book, held: &[], site, configuration, sources };
    let of_names = of_names(context);
    found.extend(of_pages(context, &found, &of_names));
    found.extend(of_names.found);
    let mut locator = Locator::new(book, sources);
    let said = found.iter().map(|found| {
        let found = found.located(&mut |about| locator.locate(about));
        let span = found.place.span.unwrap_or_default();
        let text = sources.text(&found.place.path).expect("it is text");
        format!("{} {} `{}`", found.code, found.place.path.file_name(), &text[span.start..span.end])
    });
    assert_eq!(said.collect::<Vec<_>>(), expected);
}

#[test]
fn a_guide_is_assembled_from_names_alone() {
    let assembled = |title: &str, day: &str, order: &str, prose: &str| {
        let shown = format!(
            "title: {title}\ndescription: All of {title}\ndate: {day}\nupdated: {day}\nreviewed: {day}\n\
             expires: {day}\norder: {order}\ntemplate: page\nignore: [orphan]\n"
        );
        let named = "statement: We quarrel.\naliases: [rows]\ntags: [Evening, two]\nextra: { picture: a.png }\n\
                     practices: [{ to: walk, why: It helps. }, { to: nobody, why: It is not there. }]\n";
        let body = "[Walk](../practices/walk.md#main), [[silence]], [[no one]], [gone](../practices/walk.md#gone), \
                    ![a](a.png), [old](/stroll/) and [b](b.png).";
        let page = format!("{shown}{named}---\n{prose}\n\n{body}\n");
        let sound = Sound::new(&[("signs/rows.md", &page), ("signs/a.png", ""), ("signs/c.png", "")]);
        let naming: Vec<_> = sound.pages.iter().map(|page| page.naming).collect();
        (naming, format!("{:#?}", sound.assemble()))
    };
    let first = assembled("Rows", "2026-01-02", "1", "Some words.");
    assert!(first.1.contains("UnknownAnchor") && first.1.contains("UnknownRelated"), "{}", first.1);
    assert_eq!(first, assembled("A quarrel again", "2026-02-01", "7", "Other words, and more of them."));
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
            "same-description b.md `to come closer`",
            "same-title help.md `Help`",
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
    let matter = Matter { date: Some(date(2026, 1, 1)), ..Matter::reported(None) };
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
