//! Everything that can be broken in a page, and what must be said of it.

use std::ops::Range;

use super::breaks::{Break, Expected, misspelt};
use super::finder::{self, Found, Thing};

/// Keys that a page must have: if one has a name that nobody can guess, it is missing too, and that is a second mistake.
const NEEDED: &[&str] = &[
    "title",
    "statement",
    "practices",
    "try_this",
    "minutes",
    "cost",
    "place",
    "energy",
    "not_tonight",
    "to",
    "why",
    "country",
    "name",
    "helps",
    "seen",
    "claim",
    "strength",
    "change",
];

/// The headings of which the card of a practice holds the sections.
const EXCERPTS: [&str; 2] = ["how", "five-minutes"];

/// All ways in which things of these sorts can be broken on all pages.
pub fn breaks(pages: &[(String, String)], things: &[Thing]) -> Vec<Break> {
    let mut all = Vec::new();
    for (path, text) in pages {
        let found = finder::page(text);
        let is_long = found.iter().filter(|one| one.thing == Thing::Inner).count() > 100;
        for (at, one) in found.iter().enumerate().filter(|(_, one)| things.contains(&one.thing)) {
            // Of a long list one entry of each sort is as good as all.
            if is_long && found[..at].iter().any(|before| is_alike(before, one)) {
                continue;
            }
            let page = Page { pages, path, found: &found, one };
            all.extend(page.breaks());
        }
    }
    assert!(!all.is_empty(), "there is something to break");
    all
}

/// Are they keys of one name within a list, or values of such keys?
fn is_alike(one: &Found, other: &Found) -> bool {
    one.thing == other.thing
        && match one.thing {
            Thing::Inner => one.text == other.text,
            Thing::InnerValue => one.of == other.of,
            _ => false,
        }
}

/// One thing on a page of the guide.
struct Page<'p> {
    pages: &'p [(String, String)],
    path: &'p str,
    found: &'p [Found],
    one: &'p Found,
}

impl Page<'_> {
    fn breaks(&self) -> Vec<Break> {
        match self.one.thing {
            Thing::Page => self.page(),
            Thing::Anchor => self.names("unknown-anchor", self.one.at.clone()),
            Thing::Id => self.id(),
            Thing::Citation => self.names("unknown-source", self.one.at.clone()),
            Thing::Callout => self.names("unknown-callout", self.one.at.clone()),
            Thing::Key => self.names("unknown-key", self.one.at.clone()),
            Thing::Inner => self.names("unknown-entry-key", self.one.at.clone()),
            Thing::Value | Thing::InnerValue => self.value(),
        }
    }

    /// The text `with` in the place of `at`; the complaint is of the whole of the thing.
    fn one(&self, at: Range<usize>, with: &str, code: &str, suggested: Option<&str>) -> Break {
        let whole = self.one.whole.start..self.one.whole.end + with.len() - at.len();
        self.at(at, with, whole, (code, suggested))
    }

    /// The same with the complaint at `span` of the broken file.
    fn at(&self, at: Range<usize>, with: &str, span: Range<usize>, (code, suggested): (&str, Option<&str>)) -> Break {
        let text = self.text(self.path);
        let broken = format!("{}{with}{}", &text[..at.start], &text[at.end..]);
        Break {
            name: format!("{}: {:?} `{}` becomes `{with}`", self.path, self.one.thing, &text[at.clone()]),
            path: self.path.to_owned(),
            expected: vec![Expected {
                code: code.to_owned(),
                path: self.path.to_owned(),
                marked: Some(broken[span.clone()].to_owned()),
                span: Some(span),
                suggested: suggested.map(str::to_owned),
            }],
            at,
            with: with.to_owned(),
        }
    }

    fn text(&self, path: &str) -> &str {
        &self.pages.iter().find(|(other, _)| other == path).expect("a page of the guide").1
    }

    /// A name, misspelt in every way.
    fn names(&self, code: &str, at: Range<usize>) -> Vec<Break> {
        let name = &self.text(self.path)[at.clone()];
        let is_needed = matches!(self.one.thing, Thing::Key | Thing::Inner) && NEEDED.contains(&name);
        let ways = misspelt(name).into_iter().filter(|(_, meant)| meant.is_some() || !is_needed);
        ways.map(|(with, meant)| self.one(at.clone(), &with, code, meant)).collect()
    }

    /// A link to a page: its name, and its folder.
    fn page(&self) -> Vec<Break> {
        let written = &self.one.text;
        let name = self.one.at.start + written.rfind('/').map_or(0, |slash| slash + 1);
        let stem = name..self.one.at.end - ".md".len();
        let file = &self.text(self.path)[name..self.one.at.end];
        let mut all = self.names("unknown-page", stem);
        for one in &mut all {
            for expected in &mut one.expected {
                expected.suggested = expected.suggested.as_ref().map(|_| file.to_owned());
            }
        }
        all.push(self.one(name..name, "elsewhere/", "unknown-page", None));
        all
    }

    /// The name of a heading: whoever links there must hear of it, and no two headings may share one.
    fn id(&self) -> Vec<Break> {
        let mut all = Vec::new();
        let led = self.links_here();
        for (with, _) in misspelt(&self.one.text).into_iter().filter(|(_, meant)| meant.is_some() && !led.is_empty()) {
            let mut one = self.one(self.one.at.clone(), &with, "", None);
            one.expected = led.iter().map(|link| self.lost(link, &with)).collect();
            all.push(one);
        }
        let others = self.found.iter().filter(|other| other.thing == Thing::Id);
        if let Some(before) = others.take_while(|other| other.at.start < self.one.at.start).last()
            && led.is_empty()
        {
            all.push(self.one(self.one.at.clone(), &before.text, "duplicate-id", None));
        }
        if self.path.starts_with("content/practices/") && EXCERPTS.contains(&&*self.one.text) {
            for one in &mut all {
                one.expected.push(Expected::new(self.path, 0..3, "---", ("missing-excerpt", None)));
                one.expected.sort_by_key(Expected::order);
            }
        }
        all
    }

    /// Every link to the heading, with its page.
    fn links_here(&self) -> Vec<(String, Found)> {
        let mut all = Vec::new();
        for (path, text) in self.pages {
            for link in finder::page(text).into_iter().filter(|one| one.thing == Thing::Anchor) {
                let to = link.of.split('#').next().unwrap_or_default();
                if link.text == self.one.text && joined(path, to) == self.path {
                    all.push((path.clone(), link));
                }
            }
        }
        all
    }

    /// The complaint of a link to a heading that is called `with`.
    fn lost(&self, (path, link): &(String, Found), with: &str) -> Expected {
        let moved = |at: usize| {
            if path == self.path && at > self.one.at.start { at + with.len() - self.one.at.len() } else { at }
        };
        Expected {
            code: "unknown-anchor".to_owned(),
            path: path.clone(),
            span: Some(moved(link.whole.start)..moved(link.whole.end)),
            marked: Some(link.of.clone()),
            suggested: Some(with.to_owned()),
        }
    }

    /// A value, in the ways in which its sort can be wrong.
    fn value(&self) -> Vec<Break> {
        let at = self.one.at.clone();
        let plain = |with: &str, code: &str| self.one(at.clone(), with, code, None);
        match self.one.of.as_str() {
            "to" => self.names("unknown-related", at),
            "energy" | "strength" => self.names("unknown-choice", at),
            "gathers" => self.names("unknown-field", at),
            "sources" => vec![plain("kuhn2018", "wrong-value"), plain("{ kuhn2018: 1 }", "wrong-value")],
            "template" => self.names("unknown-template", at),
            "helps" | "seen" => vec![plain("[one, two]", "unknown-choice")],
            "phone" | "phone_or" | "text_to" | "whatsapp" | "email" | "url" | "seen_on" | "seen_too" => {
                vec![plain("ring us", "wrong-value"), plain("[one, two]", "wrong-value")]
            }
            "date" | "updated" | "reviewed" | "page_dated" => {
                vec![plain("2026-02-30", "no-such-date"), plain("soon", "no-such-date")]
            }
            "order" | "minutes" | "page_year" => vec![plain("a few", "wrong-value"), plain("[1]", "wrong-value")],
            "both_must_wish" => vec![plain("perhaps", "wrong-value"), plain("[true]", "wrong-value")],
            "weight" => vec![plain("4", "weight-range"), plain("much", "wrong-value")],
            "tags" => vec![plain("touch", "wrong-value"), plain("{ touch: 1 }", "wrong-value")],
            _ => vec![
                plain("[one, two]", "wrong-value"),
                plain("Intimacy: what it is", "colon-in-text"),
                self.at(
                    at.clone(),
                    "Sign #1",
                    at.start + "Sign ".len()..at.start + "Sign #1".len(),
                    ("cut-short", None),
                ),
                self.at(at.clone(), "\"never closed", at.start..at.start + 1, ("unclosed", None)),
            ],
        }
    }
}

/// The page that a link of the page `from` leads to.
fn joined(from: &str, to: &str) -> String {
    if to.is_empty() {
        return from.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}
