use super::*;
use crate::base::{Code, Place, Request, Source, SourcePath, Span};

const HUMAN: Format = Format::Human { colour: Colour::Plain, width: 80 };

/// The page in which most complaints of these tests are.
const PAGE: &str = "---\ntitle: Ten minutes\n---\nTry [ten minutes](../practices/ten-minuets.md) tonight.\n";

fn sources(files: &[(&str, &[u8])]) -> Sources {
    let mut sources = Sources::new(Request::default());
    for (path, bytes) in files {
        sources.insert(SourcePath::new(path), Source::bytes(*bytes));
    }
    sources
}

/// The place of `part` in `text`.
fn place(path: &str, text: &str, part: &str) -> Place {
    let start = text.find(part).expect("the part is in the text");
    Place::at(&SourcePath::new(path), Span::new(start, start + part.len()))
}

fn unknown_page() -> Diagnostic {
    Diagnostic::new(Code::UnknownPage, place("content/a.md", PAGE, "ten-minuets"), "there is no page `ten-minuets`")
        .label("did you mean `ten-minutes`?")
        .help("write the name of a page that is there")
}

/// The text for one complaint about `part` of a file, without the count.
fn human(text: &str, part: &str) -> String {
    let diagnostic = Diagnostic::new(Code::Orphan, place("a.md", text, part), "this is odd");
    let shown = render(&[diagnostic], &sources(&[("a.md", text.as_bytes())]), HUMAN);
    shown.split("\n\n").next().unwrap().to_owned()
}

fn check(diagnostics: &[Diagnostic], format: Format, expected: &str) {
    let sources = sources(&[("content/a.md", PAGE.as_bytes()), ("b.bin", b"\xff\xfe")]);
    assert_eq!(render(diagnostics, &sources, format), expected);
}

#[test]
fn people_see_the_line_and_the_cure() {
    check(
        &[unknown_page()],
        HUMAN,
        "\
error[unknown-page]: there is no page `ten-minuets`
 --> content/a.md:4:32
  |
4 | Try [ten minutes](../practices/ten-minuets.md) tonight.
  |                                ^^^^^^^^^^^ did you mean `ten-minutes`?
  |
  = help: write the name of a page that is there

error: 1 error in 1 file
",
    );
}

#[test]
fn a_certain_cure_is_shown_as_lines_before_and_after() {
    let span = |part: &str| place("content/a.md", PAGE, part).span.expect("it has one");
    check(
        &[unknown_page().fix(span("ten-minuets"), "ten-minutes").fix(span("tonight"), "today")],
        HUMAN,
        "\
error[unknown-page]: there is no page `ten-minuets`
 --> content/a.md:4:32
  |
4 | Try [ten minutes](../practices/ten-minuets.md) tonight.
  |                                ^^^^^^^^^^^ did you mean `ten-minutes`?
  |
help: write the name of a page that is there
  |
4 - Try [ten minutes](../practices/ten-minuets.md) tonight.
4 + Try [ten minutes](../practices/ten-minutes.md) today.
  |

error: 1 error in 1 file
`betwixt check --fix` mends it
",
    );
    check(
        &[Diagnostic::new(Code::LoadedWord, place("content/a.md", PAGE, "Try"), "this is odd")
            .fix(span("Try"), "Take\n")],
        Format::Json,
        "{\"code\":\"loaded-word\",\"severity\":\"advice\",\"path\":\"content/a.md\",\"line\":4,\"column\":1,\"end_line\":4,\
         \"end_column\":4,\"message\":\"this is odd\",\"label\":\"\",\"help\":\"\",\"notes\":[],\"fix\":[{\"line\":4,\
         \"column\":1,\"end_line\":4,\"end_column\":4,\"text\":\"Take\\n\"}]}\n",
    );
}

#[test]
fn without_complaints_nothing_is_said() {
    for format in [HUMAN, Format::Json, Format::Github] {
        check(&[], format, "");
    }
}

#[test]
fn another_place_is_shown_below() {
    let first = place("content/a.md", PAGE, "title");
    let diagnostic = Diagnostic::new(Code::SameAddress, Place::file(&SourcePath::new("b.bin")), "this is there twice");
    check(
        &[diagnostic.note(first, "the first one is here")],
        HUMAN,
        "\
error[same-address]: this is there twice
 --> b.bin
  |
note: the first one is here
 --> content/a.md:2:1
  |
2 | title: Ten minutes
  | ^^^^^

error: 1 error in 1 file
",
    );
}

#[test]
fn files_that_are_not_text_have_no_excerpt() {
    let path = SourcePath::new("b.bin");
    check(
        &[Diagnostic::new(Code::NotText, Place::at(&path, Span::new(0, 1)), "this is not text").help("remove it")],
        HUMAN,
        "error[not-text]: this is not text\n--> b.bin\n = help: remove it\n\nerror: 1 error in 1 file\n",
    );
    check(
        &[Diagnostic::new(Code::MissingFolder, Place::file(&SourcePath::new("gone.md")), "this is gone")],
        HUMAN,
        "error[missing-folder]: this is gone\n--> gone.md\n\nerror: 1 error in 1 file\n",
    );
}

#[test]
fn complaints_are_counted() {
    let error =
        |path: &str| Diagnostic::new(Code::WrongValue, Place::file(&SourcePath::new(path)), format!("e {path}"));
    let warning = Diagnostic::new(Code::Orphan, Place::file(&SourcePath::new("a.md")), "w");
    assert_eq!(count(&[]), None);
    assert_eq!(
        count(&[error("a.md"), error("b.md"), error("b.md"), warning.clone()]).unwrap(),
        "3 errors, 1 warning in 2 files"
    );
    assert_eq!(count(&[error("a.md")]).unwrap(), "1 error in 1 file");
    assert_eq!(count(&[warning.clone(), warning]).unwrap(), "2 warnings in 1 file");
}

#[test]
fn the_same_in_many_files_is_said_once() {
    let diagnostic =
        |i: usize| Diagnostic::new(Code::StaleReview, Place::file(&SourcePath::new(&format!("{i}.md"))), "no date");
    let many: Vec<_> = (1..=8).map(diagnostic).collect();
    check(
        &many,
        HUMAN,
        "\
warning[stale-review]: no date
--> 1.md
 = note: the same at 7 more places:
         2.md
         3.md
         4.md
         5.md
         6.md
         7.md
         8.md

warning: 8 warnings in 8 files
",
    );
    let five = render(&many[..5], &sources(&[]), HUMAN);
    assert_eq!(five.matches("no date").count(), 5);
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_not_shown() {
    assert_eq!(human("\u{feff}ab\r\nc\r\n", "ab"), "warning[orphan]: this is odd\n --> a.md:1:1\n  |\n1 | ab\n  | ^^");
    assert_eq!(
        human("\u{feff}ab\r\ncd\r\n", "d\r\n"),
        "warning[orphan]: this is odd\n --> a.md:2:2\n  |\n2 | cd\n  |  ^"
    );
}

#[test]
fn columns_count_characters_and_the_mark_stands_below_its_word() {
    assert_eq!(
        human("\té 日本 x", "x"),
        "warning[orphan]: this is odd\n --> a.md:1:7\n  |\n1 |     é 日本 x\n  |            ^"
    );
}

#[test]
fn a_place_of_no_width_and_one_at_the_end_are_marked() {
    let sources = sources(&[("a.md", b"ab\n")]);
    for (span, expected) in
        [((2, 2), "1:3\n  |\n1 | ab\n  |   ^"), ((3, 3), "2:1\n  |\n2 |\n  | ^"), ((9, 99), "2:1\n  |\n2 |\n  | ^")]
    {
        let place = Place::at(&SourcePath::new("a.md"), Span::new(span.0, span.1));
        let shown = render(&[Diagnostic::new(Code::OddName, place, "odd")], &sources, HUMAN);
        assert_eq!(shown, format!("error[odd-name]: odd\n --> a.md:{expected}\n\nerror: 1 error in 1 file\n"));
    }
}

#[test]
fn a_place_of_several_lines_is_marked_in_its_first() {
    assert_eq!(
        human("one\ntwo\nthree\n", "wo\nthr"),
        "warning[orphan]: this is odd\n --> a.md:2:2\n  |\n2 | two\n  |  ^^"
    );
}

#[test]
fn of_a_long_line_only_the_part_around_the_place_is_shown() {
    let text = format!("{}needle{}", "é ".repeat(2_000_000), " é".repeat(2_000_000));
    let shown = human(&text, "needle");
    assert!(shown.contains(" --> a.md:1:4000001\n"), "{shown}");
    assert!(shown.contains("é needle é"), "{shown}");
    assert!(shown.contains("| ...é é") && shown.contains("^^^^^^"), "{shown}");
    assert!(shown.len() < 500, "{}", shown.len());
    let wordy = Diagnostic::new(Code::OddName, Place::file(&SourcePath::new("a.md")), "x".repeat(1_000_000));
    assert!(render(&[wordy], &sources(&[]), HUMAN).len() < 1000);
    let all = human(&"x".repeat(8 * 1024 * 1024), &"x".repeat(8 * 1024 * 1024));
    assert!(all.len() < 1000, "{}", all.len());
}

#[test]
fn nothing_that_controls_a_terminal_comes_through() {
    let evil = "a\u{1b}[31mb\u{9b}1mc\u{202e}d\u{7}e";
    let text = format!("{evil} here\n");
    let path = SourcePath::new("a\u{1b}]0;x\u{7}.md");
    let diagnostic =
        Diagnostic::new(Code::OddName, Place::at(&path, Span::new(0, 4)), format!("no page `{evil}\nerror: x`"))
            .label(evil)
            .help(evil)
            .note(Place::file(&path), evil);
    let mut sources = sources(&[]);
    sources.insert(path, Source::bytes(text.as_bytes()));
    for format in [HUMAN, Format::Json, Format::Github] {
        let shown = render(std::slice::from_ref(&diagnostic), &sources, format);
        assert!(!shown.contains(|c: char| c != '\n' && crate::base::steers(c)), "{shown:?}");
        assert!(!shown.contains("\nerror: x"), "{shown}");
    }
    let shown = render(&[diagnostic], &sources, HUMAN);
    assert!(
        shown.starts_with("error[odd-name]: no page `a␛[31mb\u{fffd}1mc\u{fffd}d␇e error: x`\n --> a␛]0;x␇.md:1:1\n"),
        "{shown}"
    );
    assert!(shown.contains("1 | a␛[31mb\u{fffd}1mc\u{fffd}d␇e here\n  | ^^^^ a␛"), "{shown}");
}

#[test]
fn colours_come_only_when_asked_for() {
    let sources = sources(&[("content/a.md", PAGE.as_bytes())]);
    let styled = render(&[unknown_page()], &sources, Format::Human { colour: Colour::Styled, width: 80 });
    assert!(styled.starts_with("\u{1b}[1m\u{1b}[91merror[unknown-page]\u{1b}[0m"), "{styled:?}");
    assert!(styled.contains("content/a.md:4:32"));
    for format in [Format::Json, Format::Github] {
        assert!(!render(&[unknown_page()], &sources, format).contains('\u{1b}'));
    }
}

#[test]
fn programs_get_one_object_a_line() {
    let first = place("content/a.md", PAGE, "title");
    check(
        &[
            unknown_page().note(first, "here"),
            Diagnostic::new(Code::Orphan, Place::file(&SourcePath::new("b.bin")), "odd \"b\"\n"),
        ],
        Format::Json,
        concat!(
            r#"{"code":"unknown-page","severity":"error","path":"content/a.md","line":4,"column":32,"end_line":4,"end_column":43,"#,
            r#""message":"there is no page `ten-minuets`","label":"did you mean `ten-minutes`?","help":"write the name of a page that is there","#,
            r#""notes":[{"path":"content/a.md","line":2,"column":1,"label":"here"}],"fix":[]}"#,
            "\n",
            r#"{"code":"orphan","severity":"warning","path":"b.bin","line":null,"column":null,"end_line":null,"end_column":null,"#,
            r#""message":"odd \"b\"\n","label":"","help":"","notes":[],"fix":[]}"#,
            "\n",
        ),
    );
}

#[test]
fn github_gets_workflow_commands() {
    let odd = Diagnostic::new(Code::Orphan, Place::file(&SourcePath::new("a,b:c%.md")), "100 % odd, really: yes")
        .help("one\ntwo");
    let long = Diagnostic::new(Code::WrongValue, Place::at(&SourcePath::new("content/a.md"), Span::new(0, 9)), "e");
    check(
        &[unknown_page(), odd, long],
        Format::Github,
        concat!(
            "::error file=content/a.md,line=4,endLine=4,col=32,endColumn=43,title=unknown-page",
            "::there is no page `ten-minuets`%0Adid you mean `ten-minutes`?%0Awrite the name of a page that is there\n",
            "::warning file=a%2Cb%3Ac%25.md,title=orphan::100 %25 odd, really: yes%0Aone two\n",
            "::error file=content/a.md,line=1,endLine=2,title=wrong-value::e\n",
        ),
    );
}

#[test]
fn many_complaints_about_a_large_file_are_written_soon() {
    let text = "a line of the guide\n".repeat(50_000);
    let path = SourcePath::new("a.md");
    let diagnostic =
        |i: usize| Diagnostic::new(Code::OddName, Place::at(&path, Span::new(i * 20, i * 20 + 6)), format!("odd {i}"));
    let many: Vec<_> = (0..2_000).map(diagnostic).collect();
    let sources = sources(&[("a.md", text.as_bytes())]);
    let shown = render(&many, &sources, HUMAN);
    assert!(shown.ends_with("error: 2000 errors in 1 file\n"));
}

#[test]
fn many_complaints_about_one_line_are_counted_and_the_first_are_shown() {
    let text = "[é](x.md) ".repeat(50_000);
    let path = SourcePath::new("a.md");
    let diagnostic = |i: usize| {
        Diagnostic::new(Code::OddName, Place::at(&path, Span::new(i * 11 + 5, i * 11 + 9)), format!("odd {i}"))
    };
    let many: Vec<_> = (0..50_000).map(diagnostic).collect();
    let sources = sources(&[("a.md", text.as_bytes())]);
    let shown = render(&many, &sources, HUMAN);
    assert!(shown.contains(" --> a.md:1:4995\n"), "the last one that is shown");
    assert!(
        shown.ends_with(
            "… and 49500 more errors about a.md; `betwixt check --format json` shows all\n\nerror: 50000 errors in 1 file\n"
        ),
        "{}",
        &shown[shown.len() - 200..]
    );
    let all = render(&many, &sources, Format::Json);
    assert!(all.contains(r#""column":499995"#), "the last one");
}

#[test]
fn a_sarif_log_has_rules_results_regions_and_fixes() {
    let span = |part: &str| place("content/a.md", PAGE, part).span.expect("it has one");
    let first =
        unknown_page().fix(span("ten-minuets"), "ten-minutes").note(place("content/a.md", PAGE, "title"), "here");
    let advice = Diagnostic::new(Code::LoadedWord, Place::file(&SourcePath::new("an odd name.bin")), "this is odd");
    let text = render(
        &[first, advice],
        &sources(&[("content/a.md", PAGE.as_bytes())]),
        Format::Sarif(|_| "A link leads nowhere."),
    );
    let log: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = &run["tool"]["driver"]["rules"];
    assert_eq!(
        (&rules[0]["id"], &rules[1]["shortDescription"]["text"]),
        (&"loaded-word".into(), &"A link leads nowhere.".into())
    );
    let [page, odd] = run["results"].as_array().expect("a list").as_slice() else { panic!("two results: {text}") };
    let region = serde_json::json!({ "startLine": 4, "startColumn": 32, "endLine": 4, "endColumn": 43 });
    let place = &page["locations"][0]["physicalLocation"];
    assert_eq!(
        (&page["ruleId"], &page["ruleIndex"], &page["level"]),
        (&"unknown-page".into(), &1.into(), &"error".into())
    );
    assert_eq!((&place["artifactLocation"]["uri"], &place["region"]), (&"content/a.md".into(), &region));
    let change = &page["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "ten-minutes");
    assert_eq!(page["relatedLocations"][0]["message"]["text"], "here");
    assert_eq!(odd["level"], "note");
    assert_eq!(
        odd["locations"][0]["physicalLocation"],
        serde_json::json!({ "artifactLocation": { "uri": "an%20odd%20name.bin" } })
    );
    let empty = render(&[], &sources(&[]), Format::Sarif(|_| ""));
    assert!(empty.contains("\"results\":[]"), "{empty}");
}
