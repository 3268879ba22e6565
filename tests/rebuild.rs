//! A rebuild with memory equals a build from nothing, whatever was edited, broken or mended in between.

use std::sync::Arc;

use betwixt::base::{Drafts, OutPath, Request, Source, SourcePath, Sources};
use betwixt::pipeline::{Built, Memory, Work, build};
use proptest::prelude::*;

const CONFIGURATION: &str = r#"
title = "The guide"
description = "For two."
base_url = "https://guide.example/folder/"
theme = "small"
menu = [{ to = "@/signs/_index.md" }, { to = "@/about.md", title = "About us" }]
[kinds.sign]
folder = "signs"
name = { one = "sign", other = "signs" }
fields.statement = { type = "text", required = true }
relations.practices = { to = "practice", inverse = "signs", min = 1 }
[kinds.practice]
folder = "practices"
[checklist]
page = "checklist.md"
items = "sign"
statement = "statement"
suggest = "practices"
[references]
file = "references.yaml"
page = "references.md"
[index]
page = "a-z.md"
"#;

const REFERENCES: &str = "walker2020:\n  type: book\n  title: Walking\n  author: Walker, Wanda\n  date: 2020\n";

/// A theme that shows all that its views hold, so that nothing can change unseen.
const BASE: &str = r#"<!doctype html><html lang="{{ site.language }}"><head>
<meta http-equiv="Content-Security-Policy" content="{{ csp }}"><title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ assets["small.css"] }}"></head><body>
<nav>{% for item in site.menu %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>{{ t.hello }}
{% for crumb in page.breadcrumbs %}<a href="{{ crumb.url }}">{{ crumb.title }}</a>{% endfor %}
<h1>{{ page.title }}</h1>{{ page.html }}{% block more %}{% endblock %}
{% for name, relation in page.relations %}<h2>{{ name }} {{ relation.label }}</h2>
{% for edge in relation.edges %}<a href="{{ edge.page.url }}">{{ edge.page.title }}</a>{{ edge.why }}{{ edge.weight }}{% endfor %}{% endfor %}
{% for back in page.backlinks %}<a href="{{ back.page.url }}">{{ back.page.title }}</a>: {{ back.sentence }}{% endfor %}
{% for source in page.sources %}<p id="{{ source.id }}">{{ source.number }} {{ source.html }}</p>{% endfor %}
{% for tag in page.tags %}<a href="{{ tag.url }}">{{ tag.name }}</a>{% endfor %}
{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}
{% if page.words > 90 %}{{ page.nothing.at_all }}{% endif %}</body></html>"#;

const TEMPLATES: [(&str, &str); 10] = [
    ("page", r#"{% extends "base.html" %}"#),
    (
        "home",
        r#"{% extends "base.html" %}{% block more %}{% for s in sections %}{{ s.page.title }}{% for p in s.pages %}{{ p.title }}{% endfor %}{% endfor %}{% for p in pages %}{{ p.title }}{% endfor %}{% endblock %}"#,
    ),
    (
        "section",
        r#"{% extends "base.html" %}{% block more %}{% for p in pages %}{{ p.title }}{{ p.description }}{% endfor %}{% endblock %}"#,
    ),
    (
        "checklist",
        r#"{% extends "base.html" %}{% block more %}{% for i in checklist.items %}{{ i.statement }}{{ i.page.title }}{% for s in i.suggestions %}{{ s.page.title }}{% endfor %}{% endfor %}{% for p in checklist.practices %}{{ p.title }}{% endfor %}{% endblock %}"#,
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
        "print",
        r#"{% extends "base.html" %}{% block more %}{% for i in checklist.items %}{{ i.statement }}{% endfor %}{% for p in checklist.practices %}{{ p.title }}{% endfor %}{% endblock %}"#,
    ),
    (
        "redirect",
        r#"<meta http-equiv="Content-Security-Policy" content="{{ csp }}"><a href="{{ redirect.url }}">{{ redirect.title }}</a>"#,
    ),
];

fn set(sources: &mut Sources, path: &str, text: &str) {
    sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
}

fn sign(title: &str, practice: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nstatement: We notice {title}.\ntags: [evening]\npractices:\n  - to: {practice}\n    why: It helps with {title}.\n---\n{body}\n"
    )
}

fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n{body}\n")
}

/// Two signs and two practices that name each other in every way.
fn guide() -> Sources {
    let mut sources = Sources::new(Request::default());
    set(&mut sources, "site.toml", CONFIGURATION);
    set(&mut sources, "content/references.yaml", REFERENCES);
    set(&mut sources, "content/_index.md", &page("Welcome", "Begin with [silence](signs/silence.md)."));
    set(&mut sources, "content/about.md", &page("About", "Made by two."));
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
    set(&mut sources, "themes/small/theme.toml", "name = \"Small\"\n");
    set(&mut sources, "themes/small/strings/en.toml", "hello = \"Hello\"\n");
    set(&mut sources, "themes/small/assets/small.css", "body { color: black }");
    set(&mut sources, "themes/small/templates/base.html", BASE);
    for (name, text) in TEMPLATES {
        set(&mut sources, &format!("themes/small/templates/{name}.html"), text);
    }
    sources
}

/// One thing that an author may do.
#[derive(Debug, Clone)]
enum Edit {
    Body(usize, u8),
    /// Words before all others, so that links stand elsewhere; too many of them break the template.
    Words(usize, u8),
    /// A line in the front matter that says nothing.
    Remark(usize),
    Description(usize, u8),
    Title(usize, u8),
    Statement(usize, u8),
    Order(usize, u8),
    Slug(usize, u8),
    Alias(usize, u8),
    Draft(usize),
    Add(u8),
    Delete(usize),
    Rename(usize, u8),
    Break(usize, u8),
    Mend(usize),
    Template(usize, u8),
    BreakTemplate(usize),
    Strings(u8),
    Style(u8),
    Configuration(u8),
    BreakConfiguration,
    MendConfiguration,
    References(u8),
    Static(u8),
    Drafts,
}

/// Edits, and whether the site is built after each.
fn edits() -> impl Strategy<Value = Vec<(Edit, bool)>> {
    let page = 0..400usize;
    let edit = prop_oneof![
        4 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Body(at, salt)),
        6 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Words(at, salt)),
        1 => page.clone().prop_map(Edit::Remark),
        1 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Description(at, salt)),
        3 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Title(at, salt)),
        1 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Statement(at, salt)),
        1 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Order(at, salt)),
        1 => (page.clone(), 0..3u8).prop_map(|(at, salt)| Edit::Slug(at, salt)),
        1 => (page.clone(), 0..3u8).prop_map(|(at, salt)| Edit::Alias(at, salt)),
        1 => page.clone().prop_map(Edit::Draft),
        1 => (0..4u8).prop_map(Edit::Add),
        1 => page.clone().prop_map(Edit::Delete),
        1 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Rename(at, salt)),
        2 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Break(at, salt)),
        3 => page.prop_map(Edit::Mend),
        2 => (0..8usize, any::<u8>()).prop_map(|(at, salt)| Edit::Template(at, salt)),
        1 => (0..8usize).prop_map(Edit::BreakTemplate),
        1 => any::<u8>().prop_map(Edit::Strings),
        1 => any::<u8>().prop_map(Edit::Style),
        1 => (0..5u8).prop_map(Edit::Configuration),
        1 => Just(Edit::BreakConfiguration),
        2 => Just(Edit::MendConfiguration),
        1 => (0..3u8).prop_map(Edit::References),
        1 => (0..3u8).prop_map(Edit::Static),
        1 => Just(Edit::Drafts),
    ];
    prop::collection::vec((edit, prop::bool::weighted(0.8)), 1..14)
}

/// The paths of all pages, sorted.
fn pages(sources: &Sources) -> Vec<SourcePath> {
    sources.below("content").map(|(path, _)| path.clone()).filter(SourcePath::is_markdown).collect()
}

/// Changes the page at `at`, if there is one.
fn change(sources: &mut Sources, at: usize, how: impl Fn(&str) -> String) {
    let pages = pages(sources);
    if pages.is_empty() {
        return;
    }
    let path = &pages[at % pages.len()];
    let text = how(sources.text(path).unwrap_or_default());
    sources.insert(path.clone(), Source::bytes(text.as_bytes()));
}

/// The text with `key` set in its front matter.
fn with_key(text: &str, key: &str, value: &str) -> String {
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with(&format!("{key}: "))).collect();
    kept.join("\n").replacen("---\n", &format!("---\n{key}: {value}\n"), 1) + "\n"
}

#[expect(clippy::too_many_lines, reason = "one arm an edit")]
fn apply(sources: &mut Sources, edit: &Edit) {
    match edit {
        Edit::Body(at, salt) => change(sources, *at, |text| {
            format!("{text}\nMore words, number {salt}, and [a walk](@/practices/walking.md).\n")
        }),
        Edit::Words(at, salt) => change(sources, *at, |text| {
            let words = "and so on ".repeat(usize::from(*salt % 8));
            text.replacen("\n---\n", &format!("\n---\nFirst of all {words}number {salt}.\n\n"), 1)
        }),
        Edit::Remark(at) => change(sources, *at, |text| text.replacen("---\n", "---\n# A remark.\n", 1)),
        Edit::Description(at, salt) => {
            change(sources, *at, |text| with_key(text, "description", &format!("Number {salt}.")))
        }
        Edit::Title(at, salt) => change(sources, *at, |text| with_key(text, "title", &format!("Title {salt}"))),
        Edit::Statement(at, salt) => {
            change(sources, *at, |text| with_key(text, "statement", &format!("We see {salt}.")))
        }
        Edit::Order(at, salt) => change(sources, *at, |text| with_key(text, "order", &salt.to_string())),
        Edit::Slug(at, salt) => change(sources, *at, |text| with_key(text, "slug", &format!("slug-{salt}"))),
        Edit::Alias(at, salt) => change(sources, *at, |text| with_key(text, "aliases", &format!("[/old/{salt}/]"))),
        Edit::Draft(at) => change(sources, *at, |text| with_key(text, "draft", "true")),
        Edit::Add(salt) => set(
            sources,
            &format!("content/signs/added-{salt}.md"),
            &sign(&format!("Added {salt}"), "tea", "A new one."),
        ),
        Edit::Delete(at) => {
            let pages = pages(sources);
            if let Some(path) = pages.get(*at % pages.len().max(1)) {
                sources.remove(path);
            }
        }
        Edit::Rename(at, salt) => {
            let pages = pages(sources);
            if let Some(path) = pages.get(*at % pages.len().max(1)).cloned()
                && let Some(source) = sources.remove(&path)
            {
                sources.insert(SourcePath::new(&format!("{}/renamed-{salt}.md", path.folder())), source);
            }
        }
        Edit::Break(at, salt) => change(sources, *at, |text| match salt {
            0 => text.replacen("---\n", "", 1),
            1 => with_key(text, "titel", "x"),
            2 => format!("{text}\n[gone](nowhere.md) and [@nobody1999]\n"),
            _ => with_key(text, "tags", "\"unclosed"),
        }),
        Edit::Mend(at) => change(sources, *at, |_| page("Mended", "All is well.")),
        Edit::Template(at, salt) => {
            let (name, text) = TEMPLATES[*at];
            // What stands outside a block of a template that extends another is not shown; this must be.
            let edited = text
                .replace("{% block more %}", &format!("{{% block more %}}{salt}"))
                .replace("<a", &format!("<a rel=\"r{salt}\""));
            set(sources, &format!("themes/small/templates/{name}.html"), &edited);
            if name == "page" {
                set(sources, "themes/small/templates/base.html", &BASE.replace("<h1>", &format!("{salt}<h1>")));
            }
        }
        Edit::BreakTemplate(at) => {
            set(sources, &format!("themes/small/templates/{}.html", TEMPLATES[*at].0), "{{ page.titel }}{% if %}")
        }
        Edit::Strings(salt) => set(sources, "themes/small/strings/en.toml", &format!("hello = \"Hello {salt}\"\n")),
        Edit::Style(salt) => set(sources, "themes/small/assets/small.css", &format!("body {{ margin: {salt}px }}")),
        Edit::Configuration(salt) => {
            let other = [
                ("The guide", "A guide"),
                ("folder/", ""),
                ("About us", "Us"),
                ("min = 1", "min = 2"),
                ("two", "three"),
            ][usize::from(*salt)];
            set(sources, "site.toml", &CONFIGURATION.replacen(other.0, other.1, 1));
        }
        Edit::BreakConfiguration => set(sources, "site.toml", "title = \n"),
        Edit::MendConfiguration => set(sources, "site.toml", CONFIGURATION),
        Edit::References(salt) => {
            set(sources, "content/references.yaml", &REFERENCES.replace("Walking", &format!("Walking {salt}")))
        }
        Edit::Static(salt) => set(sources, &format!("static/file-{salt}.txt"), "as it is"),
        Edit::Drafts => {
            sources.request.drafts =
                if sources.request.drafts == Drafts::Leave { Drafts::Include } else { Drafts::Leave }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_equals_a_clean_build(script in edits()) {
        follow(guide(), &script)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_of_many_pages_equals_a_clean_build(script in edits()) {
        follow(large_guide(), &script)?;
    }
}

/// The guide with so many pages that sources and files are kept in several pieces.
fn large_guide() -> Sources {
    let mut sources = guide();
    for number in 0..300 {
        let body = format!("Leaf {number}, after [a walk](walking.md).");
        set(&mut sources, &format!("content/practices/leaf-{number}.md"), &page(&format!("Leaf {number}"), &body));
    }
    sources
}

/// Makes the edits, and compares after each that does not come in one go with the next.
fn follow(mut sources: Sources, script: &[(Edit, bool)]) -> Result<(), TestCaseError> {
    let mut memory = Memory::new();
    let (first, _) = build(&sources, &mut memory);
    prop_assert!(!first.has_errors(), "{:?}", first.diagnostics);
    for (edit, is_built) in script {
        apply(&mut sources, edit);
        if !is_built {
            continue;
        }
        let (rebuilt, _) = build(&sources, &mut memory);
        let (clean, _) = build(&sources, &mut Memory::new());
        prop_assert_eq!(&rebuilt.diagnostics, &clean.diagnostics, "after {:?}", edit);
        let is_stale = |(out, bytes): &(&OutPath, &Arc<[u8]>)| rebuilt.files.get(out) != Some(*bytes);
        let stale: Vec<_> = clean.files.iter().filter(is_stale).map(|(out, _)| out.to_string()).collect();
        prop_assert!(stale.is_empty(), "stale after {:?}: {:?}", edit, stale);
        prop_assert_eq!(&rebuilt, &clean);
        let (again, work) = build(&sources, &mut memory);
        prop_assert_eq!(&again, &clean);
        prop_assert_eq!((work.parsed, work.laid_out), (0, false));
    }
    Ok(())
}

#[test]
fn nothing_is_done_twice() {
    let sources = guide();
    let mut memory = Memory::new();
    let (first, work) = build(&sources, &mut memory);
    assert_eq!(first.diagnostics, []);
    assert_eq!(work.parsed, 11);
    assert!(work.rendered >= 11, "{work:?}");
    let (second, work) = build(&sources, &mut memory);
    assert_eq!(work, Work::default());
    assert_eq!(first, second);
}

/// What a build gives, what one with its memory gives after an edit of one file, and how much that took.
fn edited(mut sources: Sources, path: &str, text: &str) -> (Built, Built, Work) {
    let mut memory = Memory::new();
    let (before, _) = build(&sources, &mut memory);
    set(&mut sources, path, text);
    let (after, work) = build(&sources, &mut memory);
    (before, after, work)
}

#[test]
fn an_edit_of_a_text_renders_one_file() {
    let text = page("Walking", "Walk slowly, together.");
    let (_, _, work) = edited(guide(), "content/practices/walking.md", &text);
    assert_eq!(work, Work { parsed: 1, laid_out: false, rendered: 1 });
}

#[test]
fn complaints_move_with_the_text_that_they_are_about() {
    let before =
        page("Tea", "See [gone](gone.md), [a](walking.md#far), [b][walk] and [@nobody1999].\n\n[walk]: walking.md#far");
    let after = before.replace("See", "A word first.\n\nSee").replace("\n\n[walk]:", "\n\nAnd one after.\n\n[walk]:");
    let reworded = before.replace("See", "A word first, then see");
    let mut sources = guide();
    set(&mut sources, "content/practices/tea.md", &before);
    set(&mut sources, "content/references.yaml", &format!("{REFERENCES}{}", REFERENCES.replace("walker", "idler")));
    for (text, is_laid_out) in [(after, false), (reworded, true)] {
        let (first, rebuilt, work) = edited(sources.clone(), "content/practices/tea.md", &text);
        assert_eq!((work.parsed, work.laid_out), (1, is_laid_out), "{text}");
        set(&mut sources, "content/practices/tea.md", &text);
        assert_eq!(rebuilt.diagnostics.len(), 5);
        assert_ne!(rebuilt.diagnostics, first.diagnostics);
        assert_eq!(rebuilt, build(&sources, &mut Memory::new()).0);
    }
}

#[test]
fn sources_read_anew_are_known_again() {
    let (first, second) = (large_guide(), large_guide());
    let mut memory = Memory::new();
    let (built, _) = build(&first, &mut memory);
    assert_eq!(build(&second, &mut memory), (built, Work::default()));
}

#[test]
fn an_edit_of_the_first_pages_text_renders_no_page_that_hangs_on_it() {
    let text = page("Welcome", "Begin with [silence](signs/silence.md). It is quiet there.");
    let (_, _, work) = edited(guide(), "content/_index.md", &text);
    assert_eq!(work, Work { parsed: 1, laid_out: false, rendered: 1 });
}

#[test]
fn a_line_of_the_configuration_that_says_nothing_changes_nothing() {
    let (first, second, work) = edited(guide(), "site.toml", &format!("# For two.\n{CONFIGURATION}"));
    assert_eq!(work, Work { parsed: 0, laid_out: true, rendered: 0 });
    assert_eq!(first, second);
}

#[test]
fn an_edit_that_other_pages_know_of_lays_the_guide_out_again() {
    let before = page("Tea", "Drink tea after [a walk](walking.md).");
    let others = [
        page("Tea", "Drink tea before [a walk](walking.md)."),
        page("Tea", "Drink tea after [a walk](walking.md#far)."),
        page("Tea", "Drink tea after [a walk](tea.md)."),
        page("Tea", "Drink tea after a walk."),
        page("Tea", "Drink tea after [a walk](walking.md).\n\n## Far\n"),
        page("Tea", "Drink tea after [a walk](walking.md).\n\nIt helps [@walker2020]."),
        page("Tea", &format!("Drink tea after [a walk](walking.md).\n\n{}", "And again. ".repeat(400))),
        before.replace("2026-01-02", "2026-01-03"),
        before.replace("---\nDrink", "tags: [evening]\n---\nDrink"),
    ];
    for other in others {
        let mut sources = guide();
        set(&mut sources, "content/practices/tea.md", &before);
        let (_, rebuilt, work) = edited(sources.clone(), "content/practices/tea.md", &other);
        set(&mut sources, "content/practices/tea.md", &other);
        assert!(work.laid_out, "{other}");
        assert_eq!(rebuilt, build(&sources, &mut Memory::new()).0, "{other}");
    }
}

#[test]
fn an_edit_of_a_title_renders_the_files_that_show_it() {
    let text = page("Walking slowly", "Walk together.");
    let (_, built, work) = edited(guide(), "content/practices/walking.md", &text);
    let showing = built.files.iter().filter(|(out, bytes)| {
        out.as_str().contains(".html") && String::from_utf8_lossy(bytes).contains("Walking slowly")
    });
    let showing: Vec<_> = showing.map(|(out, _)| out.as_str()).collect();
    // The page itself, its sign, its neighbour, whoever links to it or is linked from it, and the lists.
    assert_eq!(
        showing,
        [
            "a-z/index.html",
            "checklist/index.html",
            "checklist/sheet/index.html",
            "index.html",
            "practices/index.html",
            "practices/tea/index.html",
            "practices/walking/index.html",
            "signs/silence/index.html",
        ]
    );
    assert_eq!(work, Work { parsed: 1, laid_out: true, rendered: showing.len() });
}

#[test]
fn a_draft_leaves_no_trace() {
    let mut sources = guide();
    let draft = sign("Canary", "tea", "A canary sings [@walker2020], see [tea](../practices/tea.md).").replacen(
        "---\n",
        "---\ndraft: true\naliases: [/canary/]\n",
        1,
    );
    set(&mut sources, "content/signs/canary.md", &draft);
    let (built, _) = build(&sources, &mut Memory::new());
    assert_eq!(built.diagnostics, []);
    for (out, bytes) in built.files.iter() {
        assert!(!out.as_str().contains("canary"), "{out}");
        assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains("canary"), "{out}");
    }
    sources.request.drafts = Drafts::Include;
    let (built, _) = build(&sources, &mut Memory::new());
    assert!(built.files.paths().any(|out| out.as_str() == "signs/canary/index.html"));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let sources = guide();
    let with = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool")
            .install(|| build(&sources, &mut Memory::new()).0)
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(7));
}
