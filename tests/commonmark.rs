//! Every example of the `CommonMark` specification, through the renderer that pages go through.
//!
//! What Betwixt adds to the HTML on purpose is taken away before comparing, in small named steps; the examples that
//! differ on purpose in another way are listed, each with its reason, and must differ.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use betwixt::base::SourcePath;
use betwixt::content::body::{Body, Link, Piece, Target, parse};
use betwixt::site::MarkdownRules;

/// The examples that differ on purpose, by their number.
const DIFFERENCES: &[(usize, &str)] = &[
    (200, LEADS_NOWHERE),
    (484, "a path is resolved as seen from the page, which takes `./` out"),
    (485, LEADS_NOWHERE),
    (486, LEADS_NOWHERE),
    (487, LEADS_NOWHERE),
    (548, WIKI_LINK),
    (559, WIKI_LINK),
    (567, LEADS_NOWHERE),
    (590, WIKI_LINK),
    (596, FOREIGN_SCHEME),
    (598, FOREIGN_SCHEME),
    (599, FOREIGN_SCHEME),
    (600, "a host begins with a letter or a digit"),
    (601, FOREIGN_SCHEME),
];
const LEADS_NOWHERE: &str = "a link that leads nowhere is an error, and its address is `#`";
const WIKI_LINK: &str = "double square brackets are a wiki link";
const FOREIGN_SCHEME: &str = "only web, mail and telephone addresses are let through";

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn examples_give_the_html_of_the_specification() {
    let examples = examples();
    assert_eq!(examples.len(), 652, "the specification has other examples than those that were looked at");
    let mut wrong = Vec::new();
    for example in &examples {
        let reason = DIFFERENCES.iter().find(|(number, _)| *number == example.number).map(|(_, reason)| *reason);
        let ours = plain(&render(&example.markdown));
        let theirs = plain(&example.html);
        match reason {
            None if ours != theirs => {
                wrong.push(format!("{}\n{}\ngives\n{ours}\nnot\n{theirs}", example.number, example.markdown));
            }
            Some(reason) if ours == theirs => wrong.push(format!("{} does not differ: {reason}", example.number)),
            _ => {}
        }
    }
    let count = wrong.len();
    assert!(wrong.is_empty(), "{}\n{count} examples", wrong.join("\n----\n"));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    for example in examples() {
        let windows = example.markdown.replace('\n', "\r\n");
        assert_eq!(render(&windows).replace("\r\n", "\n"), render(&example.markdown), "example {}", example.number);
    }
}

/// The examples of the npm package `commonmark-spec`.
fn examples() -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/commonmark-spec/spec.txt");
    let Ok(text) = fs::read_to_string(&path) else {
        panic!("{} is not there: run tests/run, which installs it", path.display());
    };
    let fence = "`".repeat(32);
    let text = text.replace('→', "\t");
    let opening = format!("{fence} example\n");
    let examples = text.split(&opening).skip(1).enumerate().map(|(i, part)| {
        let (example, _) = part.split_once(&format!("\n{fence}\n")).expect("an example ends");
        let example = format!("\n{example}\n");
        let (markdown, html) = example.split_once("\n.\n").expect("an example has two halves");
        Example { number: i + 1, markdown: format!("{}\n", &markdown[1..]), html: html.to_owned() }
    });
    examples.collect()
}

/// The HTML of a page with HTML allowed, as the guide would fill it in if every link led where it says.
fn render(markdown: &str) -> String {
    let callouts = ["Note", "Tip", "Important", "Warning", "Caution"].map(Into::into);
    let rules = MarkdownRules { unsafe_html: true, smart_punctuation: false, callouts, ..MarkdownRules::default() };
    let (body, _) = parse(markdown, 0, &SourcePath::new("page.md"), "content", &rules, &[]);
    body.pieces.iter().map(|piece| fill(piece, &body)).collect()
}

fn fill(piece: &Piece, body: &Body) -> String {
    match piece {
        Piece::Html(html) | Piece::Own(html) => html.to_string(),
        Piece::Address(link) => encoded(&destination(&body.links[*link])),
        Piece::Title(link) => destination(&body.links[*link]),
        Piece::Size(_) => String::new(),
    }
}

/// The destination as it was written, as far as it matters.
fn destination(link: &Link) -> String {
    let path = match &link.target {
        Target::Anchor => "",
        Target::Source(path) | Target::File(path) => path.as_str(),
        Target::Wiki(name) => name,
        Target::Address(address) => address,
    };
    link.anchor.as_ref().map_or(path.to_owned(), |anchor| format!("{path}#{anchor}"))
}

/// An address with all that it cannot hold percent-encoded, as the specification's own program does it.
fn encoded(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b if b.is_ascii_alphanumeric() || b"-_.+!*'(),%#@?=;:/,$~".contains(&b) => out.push(char::from(b)),
            b => drop(write!(out, "%{b:02X}")),
        }
    }
    out
}

fn without_link_numbers(html: &str) -> String {
    let mut parts = html.split(" data-link=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').expect("an attribute ends").1)
}

/// HTML without what Betwixt adds.
fn plain(html: &str) -> String {
    let html = without_slashes(html);
    let html = without_heading_ids(&html);
    let html = without_link_numbers(&html);
    let html = html.replace("<a rel=\"external noopener\" href=", "<a href=");
    let html = html.replace("\" loading=\"lazy\">", "\">");
    html.replace("&quot;", "\"").replace("&#39;", "'").trim().to_owned()
}

/// `<br>` and `<br />` are the same.
fn without_slashes(html: &str) -> String {
    html.replace("<br />", "<br>").replace("<hr />", "<hr>").replace("\" />", "\">")
}

/// `<h2 id="…">` as `<h2>`.
fn without_heading_ids(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(" id=\"") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let is_heading = (1..=6).any(|level| before.ends_with(&format!("<h{level}")));
        let end = after[5..].find('"').map_or(after.len(), |end| end + 6);
        out.push_str(if is_heading { "" } else { &after[..end] });
        rest = &after[end..];
    }
    out + rest
}
