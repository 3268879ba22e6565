//! Large and twisted pages: each must come to an end, without a panic, and with a limit to what it gives.

use super::{read, shown};
use crate::base::{Code, Diagnostic};

#[test]
fn deep_nesting_is_complained_of_and_not_published() {
    for text in [
        ">".repeat(50_000) + " x",
        "> ".repeat(50_000) + "x",
        "- ".repeat(20_000) + "x",
        "1. > ".repeat(20_000) + "x",
        "*a **b ".repeat(200) + &"c** d* ".repeat(200),
    ] {
        let (body, complaints) = read(&text);
        let codes: Vec<Code> = complaints.iter().map(|complaint| complaint.code).collect();
        assert_eq!(codes, [Code::DeepNesting]);
        let html = shown(&body);
        let opened = ["<blockquote>", "<ul>", "<ol", "<em>", "<strong>"].map(|tag| html.matches(tag).count());
        let closed = ["</blockquote>", "</ul>", "</ol", "</em>", "</strong>"].map(|tag| html.matches(tag).count());
        assert_eq!(opened, closed);
        assert_eq!(opened.iter().sum::<usize>(), 100);
        assert_eq!(html.matches("<li>").count(), html.matches("</li>").count());
    }
    assert!(read(&("> ".repeat(100) + "x")).1.is_empty());
    assert!(read(&"- ".repeat(500)).1.is_empty(), "a rule");
    let lazy = "- ".repeat(60_000) + &"|a|b|\n|-|:-:|\n".repeat(10_000);
    let codes: Vec<Code> = read(&lazy).1.iter().map(|complaint| complaint.code).collect();
    assert_eq!(codes, [Code::DeepNesting]);
    let lazy = "[^a]: > 1. ".repeat(10_000) + &"x\n".repeat(10_000);
    assert!(read(&lazy).1.iter().any(|complaint| complaint.code == Code::DeepNesting));
}

/// How many complaints the most frequent code has.
fn most_alike(complaints: &[Diagnostic]) -> usize {
    let alike = |one: &Diagnostic| complaints.iter().filter(|other| other.code == one.code).count();
    complaints.iter().map(alike).max().unwrap_or_default()
}

#[test]
fn twisted_lines_come_to_an_end() {
    let signs = [
        "[",
        "]",
        "*",
        "_",
        "`",
        "<",
        "![",
        "[[",
        "]]",
        "[^",
        "[@",
        "**a ",
        "_a ",
        "*a_ ",
        "<a ",
        "<!--",
        "<!-- a --> b\n",
        "[@a1999 ",
        "^[1] ",
        "> [!NOTE] a\n",
        "| a |\n",
        "• a\n",
        "www.a.b ",
        "<?",
        "[a](",
        "[a](<",
        "[a]:",
        "&",
        "&#1;",
        "\\",
        "|",
        "~",
        "~~a",
        "\"",
        "'a",
        ":",
        "a\n: ",
        "[a][b]",
        "[[a]]",
        "[[a|",
        "![[",
        "[^a] ",
        "[@a]",
        "<b>",
        "{#",
        "\0",
        "\r",
        "\r\n",
        "[x](#y).)",
        "\u{300}",
        ".\u{93e})",
    ];
    for sign in signs {
        for before in ["", "a ", "> ", "- [ ] ", "## ", "|a|\n|-|\n|", "[^1]: "] {
            let (_, complaints) = read(&(before.to_owned() + &sign.repeat(1_000)));
            assert!(most_alike(&complaints) <= 501);
        }
    }
}

#[test]
fn many_of_everything() {
    let links = read(&"[a](b.md) ".repeat(100_000)).0;
    assert_eq!(links.links.len(), 100_000);
    assert!(links.links.iter().all(|link| link.sentence.chars().count() <= 300));
    let note = |i: usize| format!("x[^{i}]\n\n[^{i}]: see [^{}]\n\n", (i + 1) % 10_000);
    let notes = (0..10_000).map(note).collect::<Vec<_>>().concat();
    assert_eq!(shown(&read(&notes).0).matches("<li id=\"fn-").count(), 10_000);
    let citations = read(&"[@a; @b] ".repeat(50_000)).0;
    assert_eq!(citations.citations.len(), 100_000);
    let headings = read(&"## a\n".repeat(20_000)).0;
    assert_eq!(headings.anchors.len(), 20_000);
    let long = read(&"word ".repeat(1024 * 1024)).0;
    assert_eq!(long.words, 1024 * 1024);
}

#[test]
fn more_mistakes_of_a_kind_than_anybody_mends_are_counted() {
    let complaints = read(&"[a]()\n\n".repeat(600)).1;
    assert_eq!(complaints.len(), 501);
    assert_eq!(complaints[0].message, "there are 100 more like these in this file");
    assert!(complaints.iter().all(|complaint| complaint.code == complaints[0].code && complaint.is_error()));
}

#[test]
fn more_warnings_than_anybody_mends_stop_nothing_and_hide_nothing_else() {
    let warnings = "a [he] (../she.md) b\n\n".repeat(600);
    let complaints = read(&warnings).1;
    assert_eq!(complaints.len(), 501);
    assert!(complaints.iter().all(|complaint| !complaint.is_error()));
    let complaints = read(&(warnings + "[^nobody]\n\n## A\n\n#### B\n")).1;
    let others = complaints.iter().map(|one| one.code).filter(|code| *code != Code::LikeALink);
    assert_eq!(others.collect::<Vec<_>>(), [Code::UnknownFootnote, Code::HeadingSkip]);
}

#[test]
fn the_start_of_the_body_may_be_the_end_of_the_file() {
    let path = crate::base::SourcePath::new("a.md");
    for start in [4, 5, 99] {
        let (body, complaints) = super::parse("äxx", start, &path, "content", &super::rules(), &[]);
        assert!(body.pieces.is_empty() && complaints.is_empty());
    }
    let _ = super::parse("ä", 1, &path, "content", &super::rules(), &[]);
}
