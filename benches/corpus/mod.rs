//! A made-up guide of any size: 45 % signs, 55 % practices, about 500 words a page, three relations, four links, a
//! table and a footnote each; every fourth has `extra`, `aliases` or tags. The same number gives the same words on every
//! machine.

use std::fmt::Write;

use betwixt::base::{Request, Source, SourcePath, Sources};

const WORDS: [&str; 64] = [
    "again", "agree", "alone", "always", "answer", "ask", "away", "begin", "believe", "between", "breath", "bring",
    "calm", "care", "change", "choose", "close", "comfort", "courage", "daily", "deep", "distance", "early", "evening",
    "face", "faith", "feel", "find", "forgive", "gentle", "give", "habit", "hand", "hear", "home", "honest", "hope",
    "hour", "invite", "join", "kind", "late", "laugh", "learn", "letter", "light", "listen", "little", "moment",
    "morning", "near", "offer", "open", "pause", "quiet", "reach", "rest", "share", "slow", "speak", "table", "thank",
    "touch", "walk",
];

const CONFIGURATION: &str = r#"
title = "The guide"
base_url = "https://guide.example"
theme = "small"
[kinds.sign]
folder = "signs"
relations.practices = { to = "practice", inverse = "signs" }
[kinds.practice]
folder = "practices"
"#;

const BASE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<title>{{ page.title }} – The guide</title><meta name="description" content="{{ page.description }}">
<link rel="canonical" href="{{ page.permalink }}"></head>
<body><header><nav><a href="/">Home</a> <a href="/signs/">Signs</a></nav></header><main><h1>{{ page.title }}</h1>
{% block main %}{% endblock %}</main></body></html>
"#;

const PAGE: &str = r##"{% extends "base.html" %}{% block main %}
<ul>{% for heading in page.toc %}<li><a href="#{{ heading.id }}">{{ heading.title }}</a></li>{% endfor %}</ul>
{{ page.html }}
{% for name, relation in page.relations %}<ul>{% for edge in relation.edges %}<li><a href="{{ edge.page.url }}">{{ edge.page.title }}</a></li>{% endfor %}</ul>{% endfor %}
<ul>{% for tag in page.tags %}<li><a href="{{ tag.url }}">{{ tag.name }}</a></li>{% endfor %}</ul>
<ul>{% for back in page.backlinks %}<li><a href="{{ back.page.url }}">{{ back.page.title }}</a></li>{% endfor %}</ul>
{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}{% endblock %}
"##;

const SECTION: &str = r#"{% extends "base.html" %}{% block main %}{{ page.html }}
<ul>{% for card in pages %}<li><a href="{{ card.url }}">{{ card.title }}</a></li>{% endfor %}</ul>{% endblock %}
"#;

const TAGS: &str = r#"{% extends "base.html" %}{% block main %}
<ul>{% for tag in tags %}<li><a href="{{ tag.url }}">{{ tag.name }}</a></li>{% endfor %}</ul>{% endblock %}
"#;

const REDIRECT: &str = r#"<!doctype html><meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<meta http-equiv="refresh" content="0; url={{ redirect.url }}"><a href="{{ redirect.url }}">{{ redirect.title }}</a>
"#;

/// A sign of each kind, by what it has besides title and description.
pub const SIGNS: [(&str, &str); 4] = [
    ("nothing", "content/signs/s8.md"),
    ("extra", "content/signs/s9.md"),
    ("aliases", "content/signs/s10.md"),
    ("tags", "content/signs/s11.md"),
];

/// A small generator of numbers that look random; Knuth's constants for 64 bits.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn sentence(&mut self) -> String {
        let words: Vec<&str> = (0..12).map(|_| WORDS[self.roll(WORDS.len())]).collect();
        let mut sentence = words.join(" ");
        sentence[..1].make_ascii_uppercase();
        sentence + "."
    }
}

/// Page `index` of a guide with `signs` signs and `practices` practices.
fn page(index: usize, signs: usize, practices: usize) -> (String, String) {
    let mut dice = Dice(index as u64 + 1);
    let is_sign = index < signs;
    let (folder, number) = if is_sign { ("signs", index) } else { ("practices", index - signs) };
    let description = dice.sentence();
    let mut text = format!(
        "---\ntitle: \"Page {index} of the guide\"\ndescription: \"{description}\"\norder: {number}\ndate: 2026-01-01\n"
    );
    match number % 4 {
        1 => text.push_str("extra:\n  mood: calm\n  minutes: 20\n"),
        2 => {
            let _ = writeln!(text, "aliases: [/old/{folder}/{number}/]");
        }
        3 => {
            let _ = writeln!(text, "tags: [evening, \"for two\", \"tag {}\"]", number % 20);
        }
        _ => {}
    }
    if is_sign {
        text.push_str("practices:\n");
        for step in 0..3 {
            let _ = writeln!(text, "  - to: p{}\n    why: {}", (index * 3 + step) % practices, dice.sentence());
        }
    }
    text.push_str("---\n");
    for section in 0..4 {
        let _ = write!(text, "\n## Section {section}\n\n");
        for _ in 0..8 {
            let _ = write!(text, "{} ", dice.sentence());
        }
        let to = if is_sign {
            format!("../practices/p{}.md", dice.roll(practices))
        } else {
            format!("../signs/s{}.md", dice.roll(signs))
        };
        let _ = write!(text, "See [this *page*]({to}) too.\n\n- one `code`\n- two **strong**\n");
    }
    text.push_str("\nA note[^1].\n\n[^1]: Small print.\n\n| a | b |\n|---|---|\n| c | d |\n");
    let stem = if is_sign { format!("s{number}") } else { format!("p{number}") };
    (format!("content/{folder}/{stem}.md"), text)
}

/// A guide of `pages` pages, besides its three sections.
pub fn guide(pages: usize) -> Sources {
    let mut sources = Sources::new(Request::default());
    let mut set = |path: &str, text: &str| drop(sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes())));
    set("site.toml", CONFIGURATION);
    set("themes/small/templates/base.html", BASE);
    set("themes/small/templates/page.html", PAGE);
    set("themes/small/templates/section.html", SECTION);
    set("themes/small/templates/tag.html", SECTION);
    set("themes/small/templates/tags.html", TAGS);
    set("themes/small/templates/redirect.html", REDIRECT);
    for path in ["content/_index.md", "content/signs/_index.md", "content/practices/_index.md"] {
        set(path, "---\ntitle: A section\n---\nWelcome.\n");
    }
    let signs = (pages * 45 / 100).max(1);
    for index in 0..pages {
        let (path, text) = page(index, signs, pages - signs);
        set(&path, &text);
    }
    sources
}
