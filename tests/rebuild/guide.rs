//! A small guide in which pages name each other in every way, in a theme that shows all that it is given.

use betwixt::base::{Request, Source, SourcePath, Sources};

pub const CONFIGURATION: &str = r#"
title = "The guide"
description = "For two."
base_url = "https://guide.example/folder/"
theme = "small"
menu = [{ to = "@/signs/_index.md" }, { to = "@/about.md", title = "About us" }]
offline = {}
[kinds.sign]
folder = "signs"
name = { one = "sign", other = "signs" }
fields.statement = { type = "text", required = true }
fields.next = { type = "page" }
fields.note = { type = "markdown" }
fields.photo = { type = "picture" }
fields.minutes = { type = "integer", default = 5, unit = { one = "{n} minute", other = "{n} minutes" } }
fields.parts = { type = "list of map", keys = { name = { type = "text" }, from = { type = "page" } } }
fields.claims = { type = "list of map", keys = { says = { type = "text" }, by = { type = "list of source" }, first = { type = "source" } } }
show.line = "statement"
show.lists = ["minutes"]
relations.practices = { to = "practice", inverse = "signs", min = 1 }
[kinds.practice]
folder = "practices"
fields.minutes = { type = "integer" }
fields.both_must_wish = { type = "boolean" }
[checklist]
page = "checklist.md"
items = "sign"
statement = "statement"
suggest = "practices"
people = 2
wishes = 2
time = "minutes"
only_if_both_wish = "both_must_wish"
[references]
file = "references.yaml"
page = "references.md"
[search.synonyms]
stroll = "walk, walking"

[index]
page = "a-z.md"
"#;

pub const REFERENCES: &str = "walker2020:\n  type: book\n  title: Walking\n  author: Walker, Wanda\n  date: 2020\n";

/// A theme that shows all that its views hold, so that nothing can change unseen.
pub const BASE: &str = r#"<!doctype html><html lang="{{ site.language }}"><head>
<meta http-equiv="Content-Security-Policy" content="{{ csp }}"><title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ assets["small.css"] }}"></head><body>
<nav>{% for item in site.menu %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>{{ t.hello }}
{% for crumb in page.breadcrumbs %}<a href="{{ crumb.url }}">{{ crumb.title }}</a>{% endfor %}
<h1>{{ page.title }}</h1>{{ page.line }}{% for f in page.facts %}{{ f.label }}{{ f.text }}{{ f.value }}{% if f.rows %}{% for row in f.rows %}{{ row }}{% endfor %}{% endif %}{% endfor %}
{{ page.html }}{% block more %}{% endblock %}
{{ site.gathered }}{% if gathered %}{% for one in gathered %}{{ one.page.title }}{{ one.page.url }}{{ one.field }}{% endfor %}{% endif %}
{% for name, relation in page.relations %}<h2>{{ name }} {{ relation.label }}</h2>
{% for edge in relation.edges %}<a href="{{ edge.page.url }}">{{ edge.page.title }}</a>{{ edge.why }}{{ edge.weight }}{% endfor %}{% endfor %}
{% for back in page.backlinks %}<a href="{{ back.page.url }}">{{ back.page.title }}</a>: {{ back.sentence }}{% endfor %}
{% for source in page.sources %}<p id="{{ source.id }}">{{ source.number }} {{ source.html }}</p>{% endfor %}
{% for tag in page.tags %}<a href="{{ tag.url }}">{{ tag.name }}</a>{% endfor %}
{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}
{% if site.help_url %}<p class="safety"><a href="{{ site.help_url }}">Help</a></p>{% endif %}
{% if page.words > 90 %}{{ page.nothing.at_all }}{% endif %}</body></html>"#;

pub const TEMPLATES: [(&str, &str); 13] = [
    ("page", r#"{% extends "base.html" %}"#),
    (
        "home",
        r#"{% extends "base.html" %}{% block more %}{% for s in sections %}{{ s.page.title }}{% for p in s.pages %}{{ p.title }}{% endfor %}{% endfor %}{% for p in pages %}{{ p.title }}{% endfor %}{% endblock %}"#,
    ),
    (
        "section",
        r#"{% extends "base.html" %}{% block more %}{% for p in pages %}{{ p.title }}{{ p.description }}{{ p.line }}{{ p.facts }}{% endfor %}{% endblock %}"#,
    ),
    (
        "checklist",
        r#"{% extends "base.html" %}{% block more %}{% for i in checklist.items %}{{ i.statement }}{{ i.page.title }}{% for s in i.suggestions %}{{ s.page.title }}{{ s.weight }}{{ s.number }}{% endfor %}{% endfor %}{% for p in checklist.suggested %}{{ p.title }}{{ p.number }}{{ p.time }}{{ p.both }}{% endfor %}<p data-rules="{{ checklist.rules }}">{{ checklist.wishes }}{{ checklist.asks_wishes }}{{ checklist.sheet_url }}{{ checklist.cards_url }}{% endblock %}"#,
    ),
    (
        "references",
        r#"{% extends "base.html" %}{% block more %}{% for r in references %}{{ r.html }}{% for c in r.cited_in %}{{ c.title }}{% endfor %}{% endfor %}{% endblock %}"#,
    ),
    (
        "a-z",
        r#"{% extends "base.html" %}{% block more %}{% for l in letters %}{{ l.letter }}{% for e in l.entries %}{{ e.title }}{% endfor %}{% endfor %}{% endblock %}"#,
    ),
    (
        "tag",
        r#"{% extends "base.html" %}{% block more %}{{ tag.name }}{% for p in pages %}{{ p.title }}{% endfor %}{% endblock %}"#,
    ),
    (
        "tags",
        r#"{% extends "base.html" %}{% block more %}{% for t in tags %}{{ t.name }}{{ t.count }}{% endfor %}{% endblock %}"#,
    ),
    (
        "map",
        r#"{% extends "base.html" %}{% block more %}{% for i in checklist.items %}{{ i.page.title }}{% for s in i.suggestions %}{{ s.page.title }}{{ s.why }}{{ s.number }}{% endfor %}{% endfor %}{% endblock %}"#,
    ),
    (
        "print",
        r#"{% extends "base.html" %}{% block more %}{% for i in checklist.items %}{{ i.statement }}{% endfor %}{% for p in checklist.suggested %}{{ p.title }}{% endfor %}{% endblock %}"#,
    ),
    (
        "cards",
        r#"{% extends "base.html" %}{% block more %}{% for p in checklist.suggested %}{{ p.title }}{% for f in p.card %}{{ f.label }}{{ f.text }}{% endfor %}{% endfor %}{% endblock %}"#,
    ),
    (
        "book",
        r#"{% extends "base.html" %}{% block more %}<header id="book--cover">{{ edition }}{{ ebook_url }}</header>{% for c in chapters %}<article id="{{ c.id }}"><h1>{{ c.number }} {{ c.title }}</h1>{{ c.description }}{{ c.line }}{{ c.facts }}{{ c.fields }}{{ c.html }}{% for name, relation in c.relations %}{% for edge in relation.edges %}<a href="{{ edge.page.url }}">{{ edge.page.title }}</a>{{ edge.why }}{% endfor %}{% endfor %}{{ c.sources }}</article>{% endfor %}<ol id="book--sources">{% for s in sources %}<li id="{{ s.id }}">{{ s.html }}{{ s.cited_in }}</li>{% endfor %}</ol>{% endblock %}"#,
    ),
    (
        "redirect",
        r#"<meta http-equiv="Content-Security-Policy" content="{{ csp }}"><a href="{{ redirect.url }}">{{ redirect.title }}</a>"#,
    ),
];

pub fn set(sources: &mut Sources, path: &str, text: &str) {
    sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
}

pub fn sign(title: &str, practice: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nstatement: We notice {title}.\nnext: {practice}\nnote: Then [[{practice}]].\nclaims: [{{ says: It helps {title}, by: [walker2020], first: walker2020 }}]\ntags: [evening]\npractices:\n  - to: {practice}\n    why: It takes the edge off {title}.\n---\n{body}\n"
    )
}

pub fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n{body}\n")
}

/// Two signs and two practices that name each other in every way.
pub fn guide() -> Sources {
    let mut sources = Sources::new(Request::default());
    set(&mut sources, "site.toml", CONFIGURATION);
    set(&mut sources, "content/references.yaml", REFERENCES);
    set(
        &mut sources,
        "content/_index.md",
        &page("Welcome", "Begin with [silence](signs/silence.md), or see [all](claims.md) and [notes](notes.md)."),
    );
    set(&mut sources, "content/about.md", &page("About", "Made by two."));
    set(&mut sources, "content/claims.md", "---\ntitle: All claims\ngathers: claims\n---\nSide by side.\n");
    set(&mut sources, "content/notes.md", "---\ntitle: All notes\ngathers: note\n---\nSide by side.\n");
    set(&mut sources, "content/checklist.md", &page("The list", "Tick."));
    set(&mut sources, "content/references.md", &page("Sources", "Read."));
    set(&mut sources, "content/a-z.md", &page("Index", "Find."));
    set(&mut sources, "content/signs/_index.md", &page("Signs", "Notice."));
    set(
        &mut sources,
        "content/signs/silence.md",
        &sign("Silence", "walking", "It is quiet [@walker2020]. See [[walking]] for more.\n\n## Why\n\nTired."),
    );
    set(
        &mut sources,
        "content/signs/haste.md",
        &sign("Haste", "tea", "Slow down, as [silence](silence.md#why) shows."),
    );
    set(&mut sources, "content/practices/_index.md", &page("Practices", "Try."));
    set(&mut sources, "content/practices/walking.md", &page("Walking", "Walk together."));
    set(&mut sources, "content/practices/tea.md", &page("Tea", "Drink tea after [a walk](walking.md)."));
    set(&mut sources, "themes/small/theme.toml", "name = \"Small\"\naccents = [\"first\", \"second\"]\n");
    set(&mut sources, "themes/small/strings/en.toml", "hello = \"Hello\"\n");
    set(&mut sources, "themes/small/assets/small.css", "body { color: black }");
    // With it, there is an index.
    set(&mut sources, "themes/small/assets/search.js", "\"use strict\";");
    set(&mut sources, "themes/small/templates/base.html", BASE);
    for (name, text) in TEMPLATES {
        set(&mut sources, &format!("themes/small/templates/{name}.html"), text);
    }
    sources
}

/// What a configuration says of the page that holds all chapters.
pub const BOOK: &str = "[book]\npage = \"book.md\"\n";

/// The guide as one document, too.
pub fn with_book(mut sources: Sources) -> Sources {
    set(&mut sources, "site.toml", &format!("{CONFIGURATION}{BOOK}"));
    set(&mut sources, "content/book.md", &page("The book", "Read it [aloud](about.md) [@walker2020]."));
    set(&mut sources, "themes/small/epub.css", "p { margin: 0 }");
    sources
}

/// The guide with so many pages that sources and files are kept in several pieces.
pub fn large_guide() -> Sources {
    let mut sources = guide();
    for number in 0..300 {
        let body = format!("Leaf {number}, after [a walk](walking.md).");
        set(&mut sources, &format!("content/practices/leaf-{number}.md"), &page(&format!("Leaf {number}"), &body));
    }
    sources
}
