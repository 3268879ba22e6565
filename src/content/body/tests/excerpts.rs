//! Sections that stand elsewhere, too.

use super::super::{Body, Piece, parse};
use super::rules;
use crate::base::{SourcePath, Span, Spanned};

fn read<const N: usize>(markdown: &str, excerpts: [&str; N]) -> Body {
    let excerpts = excerpts.map(|id| Spanned { value: id.into(), span: Span::default() });
    parse(markdown, 0, &SourcePath::new("content/signs/page.md"), "content", &rules(), &excerpts).0
}

/// The HTML of each excerpt, as it stands elsewhere.
fn elsewhere(body: &Body) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Own(_) => String::new(),
        other => format!("{other:?}"),
    };
    body.excerpts.iter().map(|excerpt| body.pieces[excerpt.pieces.clone()].iter().map(piece).collect()).collect()
}

const TEXT: &str = "Before.\n\n## How *to* do it {#how}\n\n1. Sit down [@a].\n2. Talk[^b].\n\n### Or so\n\n> [!TIP]\n> [Look](c.md).\n\n\
    ## Else\n\nNo.\n\n## Short {#short}\n\nOne [word](#else).\n\n[^b]: A note.\n";

#[test]
fn an_excerpt_is_what_stands_below_its_heading_without_ids_and_marks() {
    let body = read(TEXT, ["how", "short"]);
    assert_eq!(
        elsewhere(&body),
        [
            "\n<ol>\n<li>Sit down.</li>\n<li>Talk.</li>\n</ol>\n<h3>Or so</h3>\n<aside class=\"callout callout-tip\" \
             aria-label=\"Tip\">\n<p class=\"callout-title\">Tip</p>\n<p><a href=\"Address(0)\">Look</a>.</p>\n</aside>\n",
            "\n<p>One <a href=\"Address(1)\">word</a>.</p>\n",
        ]
    );
    let heads: Vec<_> = body.excerpts.iter().map(|excerpt| (&*excerpt.title, excerpt.words)).collect();
    assert_eq!(heads, [("How to do it", 10), ("Short", 3)]);
}

#[test]
fn a_page_shows_the_same_whatever_stands_elsewhere() {
    assert_eq!(super::shown(&read(TEXT, ["how", "short"])), super::shown(&read(TEXT, [])));
}

#[test]
fn only_headings_of_the_text_itself_begin_an_excerpt() {
    let body = read("> ## a {#a}\n> b\n\n- ## c {#c}\n\nd\n", ["a", "c"]);
    assert_eq!(elsewhere(&body), [""; 0]);
}
