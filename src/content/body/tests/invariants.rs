//! What must hold of every body, whatever the author writes: fragments of Markdown thrown together.

use std::collections::BTreeSet;

use proptest::prelude::{prop_assert, proptest};
use proptest::{collection, sample};

use super::{Body, Piece, parse, rules};
use crate::base::{Diagnostic, SourcePath, Span};

const FRAGMENTS: &[&str] = &[
    "a",
    "Word. ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "- [x] ",
    "## ",
    "# ",
    "---\n",
    "===\n",
    "```",
    "``` x\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[[",
    "]]",
    "|",
    "![",
    "](",
    "](b.md)",
    "](#a)",
    "](//x)",
    "](https://b.example)",
    "](c.png \"t\")",
    "[^1]",
    "[^1]: ",
    "[^a b]: ",
    "[@k]",
    "[@k; @l]",
    "[@",
    "][@m]",
    "@n",
    ": b\n",
    "\n: ",
    "|a|b|\n|-|:-:|\n",
    "> [!NOTE]\n",
    "> [!X]\n",
    "{#i}",
    "{#i .c}",
    "{on=x}",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<div>\n",
    "<a@b.c>",
    "<https://b.example>",
    "&#8;",
    "&amp;",
    "&quot;",
    "\"",
    "'",
    "\\",
    "\0",
    "\u{85}",
    "é",
    "親密",
    "\u{300}",
    "\u{1f469}\u{200d}\u{1f467}",
    "[x]: y.md\n",
    "[x]",
    "[x][z]",
    "  \n",
    "...",
    "--",
    "%41",
    "\u{fffe}",
    "\u{feff}",
    "fn-1",
    "main",
];

proptest! {
    #[test]
    fn every_body_is_sound(fragments in collection::vec(sample::select(FRAGMENTS), 0..40), front in 0..3_usize) {
        let front = ["", "---\n", "---\r\ntitle: é\r\n---\r\n"][front];
        let text = front.to_owned() + &fragments.concat();
        let (body, complaints) = parse(&text, front.len(), &SourcePath::new("content/a/b.md"), "content", &rules(), &[]);
        if let Err(why) = sound(&text, &body, &complaints) {
            prop_assert!(false, "{why}: {text:?}\n{body:#?}");
        }
        let again = parse(&text, front.len(), &SourcePath::new("content/a/b.md"), "content", &rules(), &[]);
        prop_assert!((body, complaints) == again, "twice the same");
    }
}

fn sound(text: &str, body: &Body, complaints: &[Diagnostic]) -> Result<(), String> {
    let spans = body.links.iter().map(|link| link.span).chain(body.citations.iter().map(|citation| citation.span));
    for span in spans.chain(complaints.iter().filter_map(|complaint| complaint.place.span)) {
        stands_in(text, span)?;
    }
    let mut html = String::new();
    let mut next = 0;
    for piece in &body.pieces {
        match piece {
            Piece::Html(part) => html.push_str(part),
            Piece::Address(link) if *link == next => next += 1,
            Piece::Title(link) if *link < next => html.push('t'),
            Piece::Size(link) if *link < next => {}
            _ => return Err("links are out of order".to_owned()),
        }
    }
    if next != body.links.len() {
        return Err("a link is not in the text".to_owned());
    }
    if html.contains(|c: char| c != '\n' && c != '\t' && c.is_control()) {
        return Err("a control character is left".to_owned());
    }
    if body.links.iter().any(|link| link.sentence.chars().count() > 301) {
        return Err("a sentence is too long".to_owned());
    }
    tags(&html)?;
    ids(&html, body)
}

fn stands_in(text: &str, span: Span) -> Result<(), String> {
    let is_there = span.start <= span.end && text.get(span.start..span.end).is_some();
    if is_there { Ok(()) } else { Err(format!("{span:?} is no place in the text")) }
}

/// Each tag that opens is closed, in the right order.
fn tags(html: &str) -> Result<(), String> {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').ok_or("a tag does not end")?;
        if text.contains('>') || tag.matches('"').count() % 2 == 1 {
            return Err(format!("a sign is not escaped: {tag}"));
        }
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return Err(format!("{name} closes what is not open")),
            Some(_) => {}
            None if name == "a" && open.contains(&"a") => return Err("a link holds another".to_owned()),
            None if ["br", "hr", "img", "input"].contains(&name) => {}
            None => open.push(name),
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not closed")) }
}

/// Each id is there once, and whatever the page itself links to is there.
fn ids(html: &str, body: &Body) -> Result<(), String> {
    let values = |name: &str| {
        let start = format!(" {name}=\"");
        html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect::<Vec<_>>()
    };
    let ids = values("id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    if unique.len() != ids.len() {
        return Err("an id is there twice".to_owned());
    }
    let led_to = values("href").into_iter().filter_map(|href| href.strip_prefix('#')).chain(values("aria-labelledby"));
    for id in led_to.filter(|id| !id.is_empty() && !id.starts_with("source-")) {
        if !unique.contains(id) {
            return Err(format!("there is no {id}"));
        }
    }
    let missing =
        body.anchors.iter().map(AsRef::as_ref).chain(body.citations.iter().map(|citation| citation.id.as_ref()));
    for id in missing {
        if !unique.contains(id) && !id.contains(['"', '&', '\'', '<', '>']) {
            return Err(format!("there is no {id}"));
        }
    }
    Ok(())
}
