//! The texts of a guide → everything in them that names something, with its place: found by looking at letters only.

use std::ops::Range;

/// What a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// The file of a link, `../signs/not-open.md`.
    Page,
    /// The place of a link, what stands behind `#`.
    Anchor,
    /// `{#how}` behind a heading.
    Id,
    /// A key of `[@key; @other]`, without `@`, or of `sources: [key, other]`.
    Citation,
    /// A key of the front matter that stands at the margin.
    Key,
    /// The value of such a key, if it stands on the same line.
    Value,
    /// A key below another, such as `to` of a relation; not what stands below `extra`.
    Inner,
    /// The value of such a key.
    InnerValue,
    /// `> [!CAUTION]`.
    Callout,
}

/// A thing and where it stands.
#[derive(Debug, Clone)]
pub struct Found {
    pub thing: Thing,
    /// The bytes of the file.
    pub at: Range<usize>,
    /// What is written there.
    pub text: String,
    /// What it belongs to: the key of a value, the whole destination of a link's part, the key above an inner key.
    pub of: String,
    /// Where a complaint stands: the whole destination of a link's part, `#how`, `[!CAUTION]`; else the same as `at`.
    pub whole: Range<usize>,
}

impl Found {
    fn new(thing: Thing, text: &str, at: Range<usize>, of: &str) -> Self {
        Self { thing, text: text[at.clone()].to_owned(), whole: at.clone(), at, of: of.to_owned() }
    }
}

/// Everything that a page names, by the order of kinds.
pub fn page(text: &str) -> Vec<Found> {
    let body = text[4..].find("\n---\n").expect("each page of the guide has a front matter") + 4 + 5;
    let mut found = front(text, body - 4);
    found.extend(links(text, body));
    let with = |at: Range<usize>, thing, before, after| Found {
        whole: at.start - before..at.end + after,
        ..Found::new(thing, text, at, "")
    };
    found.extend(between(text, body, "{#", "}").map(|at| with(at, Thing::Id, "#".len(), 0)));
    found.extend(between(text, body, "> [!", "]").map(|at| with(at, Thing::Callout, "[!".len(), "]".len())));
    for inside in between(text, body, "[@", "]") {
        // The `@` that the search took away belongs to the first key.
        let inside = inside.start - 1..inside.end;
        for key in pieces(text, inside, ';') {
            found.push(Found::new(Thing::Citation, text, key.start + 1..key.end, ""));
        }
    }
    found
}

/// The keys and values of a front matter, which ends at `end`.
fn front(text: &str, end: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut above = String::new();
    for line in lines(text, 4..end) {
        let written = &text[line.clone()];
        let bare = written.trim_start_matches([' ', '-']);
        let start = line.end - bare.len();
        let Some(colon) = bare.find(':') else { continue };
        let key = start..start + colon;
        let value = line.end - bare[colon + 1..].trim_start().len()..line.end;
        let (a_key, a_value) = if start == line.start {
            text[key.clone()].clone_into(&mut above);
            (Thing::Key, Thing::Value)
        } else if above == "extra" {
            continue;
        } else {
            (Thing::Inner, Thing::InnerValue)
        };
        let name = text[key.clone()].to_owned();
        found.push(Found::new(a_key, text, key, &above));
        if name == "sources" && text[value.clone()].starts_with('[') {
            let keys = pieces(text, value.start + 1..value.end - 1, ',');
            found.extend(keys.into_iter().map(|key| Found::new(Thing::Citation, text, key, &name)));
        }
        if !value.is_empty() {
            found.push(Found::new(a_value, text, value, &name));
        }
    }
    found
}

/// The parts of each link to a page of the guide, and what is named behind `#`.
fn links(text: &str, body: usize) -> Vec<Found> {
    let mut found = Vec::new();
    for whole in between(text, body, "](", ")") {
        let written = &text[whole.clone()];
        assert!(!written.contains("://"), "links to other sites are nothing that can be checked: {written}");
        let hash = whole.start + written.find('#').unwrap_or(written.len());
        for (thing, at) in [(Thing::Page, whole.start..hash), (Thing::Anchor, hash + 1..whole.end)] {
            if at.start < at.end {
                found.push(Found { whole: whole.clone(), ..Found::new(thing, text, at, written) });
            }
        }
    }
    found
}

/// The stretches between `open` and the next `close`, from `start` on.
fn between<'t>(text: &'t str, start: usize, open: &'t str, close: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    text[start..].match_indices(open).map(move |(at, _)| {
        let from = start + at + open.len();
        from..from + text[from..].find(close).expect("what is opened is closed")
    })
}

/// The stretches between the signs, without the spaces around them.
fn pieces(text: &str, stretch: Range<usize>, sign: char) -> Vec<Range<usize>> {
    let mut start = stretch.start;
    let pieces = text[stretch].split(sign).map(|piece| {
        let from = start + piece.len() - piece.trim_start().len();
        start += piece.len() + sign.len_utf8();
        from..from + piece.trim().len()
    });
    pieces.collect()
}

/// The lines of a stretch, without their ends.
fn lines(text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut start = stretch.start;
    let lines = text[stretch].split('\n').map(|line| {
        let at = start..start + line.len();
        start = at.end + 1;
        at
    });
    lines.collect()
}

/// The keys of a file of references that stand at the margin, such as `kuhn2018`, and the fields directly below them or
/// below their `parent`.
pub fn references(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut above = String::new();
    for line in lines(text, 0..text.len()) {
        let written = &text[line.clone()];
        let bare = written.trim_start_matches([' ', '-']);
        let start = line.end - bare.len();
        let colon = bare.find(": ").or_else(|| bare.ends_with(':').then(|| bare.len() - 1));
        let Some(colon) = colon.filter(|_| !bare.starts_with(['#', '"'])) else { continue };
        let key = start..start + colon;
        let thing = if start == line.start { Thing::Key } else { Thing::Inner };
        if start <= line.start + 2 {
            text[key.clone()].clone_into(&mut above);
        } else if above != "parent" {
            continue;
        }
        found.push(Found::new(thing, text, key, &above));
    }
    found
}

/// What a configuration names: each table, each key, each text behind one, and (as [`Thing::InnerValue`]) each number
/// and each `true`.
pub fn settings(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut table = String::new();
    for line in lines(text, 0..text.len()) {
        let code = without_texts(&text[line.clone()]);
        if let Some(name) = code.trim_end().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut table);
            // A part of a kind's own table is a setting like those in it.
            if name.matches('.').count() > 1 {
                continue;
            }
            let last = name.rfind('.').map_or(0, |dot| dot + 1);
            if last > 0 {
                found.push(Found::new(Thing::Key, text, line.start + 1..line.start + last, ""));
            }
            found.push(Found::new(Thing::Key, text, line.start + 1 + last..line.start + 1 + name.len(), &table));
            continue;
        }
        for (equals, _) in code.match_indices('=') {
            let name = code[..equals].trim_end();
            let from = name.rfind(|c: char| !(c.is_alphanumeric() || "_.".contains(c))).map_or(0, |before| before + 1);
            let at = line.start + from..line.start + name.len();
            // Words in quotes are the author's, and anything may be said of them.
            if at.is_empty() {
                continue;
            }
            let thing = if from == 0 { Thing::Key } else { Thing::Inner };
            let outer = if from == 0 { table.clone() } else { dotted(&table, code[..from].split(['=', ' ']).next()) };
            let value = line.start + equals + 1 + text[line.start + equals + 1..].len()
                - text[line.start + equals + 1..].trim_start().len();
            let key = text[at.clone()].to_owned();
            found.push(Found::new(thing, text, at, &outer));
            if text[value..].starts_with('"') {
                let end = value + 2 + text[value + 1..].find('"').expect("a text ends");
                found.push(Found::new(Thing::Value, text, value..end, &dotted(&outer, Some(&key))));
            }
            let own = dotted(&outer, Some(&key));
            if text[value..].starts_with('[') && own.contains("show") {
                let end = value + text[value..].find(']').expect("a list ends");
                let texts = text[value..end].match_indices('"').map(|(quote, _)| value + quote).collect::<Vec<_>>();
                for pair in texts.chunks(2) {
                    found.push(Found::new(Thing::Value, text, pair[0]..pair[1] + 1, &dotted(&own, Some("field"))));
                }
            }
            let plain = text[value..].find(|c: char| !c.is_alphanumeric()).unwrap_or_default();
            if plain > 0 {
                found.push(Found::new(Thing::InnerValue, text, value..value + plain, &dotted(&outer, Some(&key))));
            }
        }
    }
    found
}

fn dotted(outer: &str, inner: Option<&str>) -> String {
    [outer, inner.unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}

/// The line with every letter of its texts and of its remark replaced by a space.
fn without_texts(line: &str) -> String {
    let mut is_text = false;
    let mut is_remark = false;
    let blank = |c: char| " ".repeat(c.len_utf8());
    let mut out = String::new();
    for c in line.chars() {
        is_remark |= c == '#' && !is_text;
        let ends = c == '"' && !is_remark;
        if is_remark || is_text || ends {
            out.push_str(&blank(c));
        } else {
            out.push(c);
        }
        is_text ^= ends;
    }
    out
}
