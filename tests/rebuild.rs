//! A rebuild with memory equals a build from nothing, whatever was edited, broken or mended in between.

use std::sync::Arc;

use betwixt::base::{Drafts, OutPath, Source, SourcePath, Sources};
use betwixt::pipeline::{AggregateTime, Built, Memory, Work, build};
use proptest::prelude::*;

#[path = "rebuild/canary.rs"]
mod canary;
#[path = "rebuild/codes.rs"]
mod codes;
#[path = "rebuild/guide.rs"]
mod guide;
#[path = "rebuild/held.rs"]
mod held;
mod random;
#[path = "rebuild/renaming.rs"]
mod renaming;

use guide::{BASE, BOOK, CONFIGURATION, REFERENCES, TEMPLATES, guide, large_guide, page, set, sign, with_book};

/// One thing that an author may do.
#[derive(Debug, Clone)]
enum Edit {
    Body(usize, u8),
    /// Words before all others, so that links stand elsewhere; too many of them break the template.
    Words(usize, u8),
    /// A line in the front matter that says nothing.
    Remark(usize),
    /// A warning that is not told of a page.
    Ignore(usize, u8),
    Description(usize, u8),
    /// What a sign claims, and whether a page shows the claims of all.
    Claim(usize, u8),
    Title(usize, u8),
    Statement(usize, u8),
    Order(usize, u8),
    Slug(usize, u8),
    Alias(usize, u8),
    Draft(usize),
    Date(usize, u8),
    Expires(usize, u8),
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
    Ledger(u8),
    Drafts,
    Today(u8),
}

/// Edits, and whether the site is built after each.
fn edits() -> impl Strategy<Value = Vec<(Edit, bool)>> {
    let page = 0..400usize;
    let edit = prop_oneof![
        4 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Body(at, salt)),
        6 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Words(at, salt)),
        1 => page.clone().prop_map(Edit::Remark),
        1 => (page.clone(), 0..3u8).prop_map(|(at, salt)| Edit::Ignore(at, salt)),
        1 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Description(at, salt)),
        3 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Claim(at, salt)),
        3 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Title(at, salt)),
        1 => (page.clone(), any::<u8>()).prop_map(|(at, salt)| Edit::Statement(at, salt)),
        1 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Order(at, salt)),
        1 => (page.clone(), 0..3u8).prop_map(|(at, salt)| Edit::Slug(at, salt)),
        1 => (page.clone(), 0..3u8).prop_map(|(at, salt)| Edit::Alias(at, salt)),
        1 => page.clone().prop_map(Edit::Draft),
        1 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Date(at, salt)),
        1 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Expires(at, salt)),
        1 => (0..4u8).prop_map(Edit::Add),
        1 => page.clone().prop_map(Edit::Delete),
        1 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Rename(at, salt)),
        2 => (page.clone(), 0..4u8).prop_map(|(at, salt)| Edit::Break(at, salt)),
        3 => page.prop_map(Edit::Mend),
        2 => (0..8usize, any::<u8>()).prop_map(|(at, salt)| Edit::Template(at, salt)),
        1 => (0..8usize).prop_map(Edit::BreakTemplate),
        1 => any::<u8>().prop_map(Edit::Strings),
        1 => any::<u8>().prop_map(Edit::Style),
        1 => (0..7u8).prop_map(Edit::Configuration),
        1 => Just(Edit::BreakConfiguration),
        2 => Just(Edit::MendConfiguration),
        1 => (0..3u8).prop_map(Edit::References),
        1 => (0..3u8).prop_map(Edit::Static),
        1 => (0..4u8).prop_map(Edit::Ledger),
        1 => Just(Edit::Drafts),
        2 => (0..4u8).prop_map(Edit::Today),
    ];
    prop::collection::vec((edit, prop::bool::weighted(0.8)), 1..14)
}

/// The paths of all pages, sorted, save that of all chapters, which stays at its address.
fn pages(sources: &Sources) -> Vec<SourcePath> {
    let pages = sources.below("content").map(|(path, _)| path.clone()).filter(SourcePath::is_markdown);
    pages.filter(|path| path.file_name() != "book.md").collect()
}

/// Writes a configuration, which names the page of all chapters where there is one.
fn configure(sources: &mut Sources, text: &str) {
    let has_book = sources.get(&SourcePath::new("content/book.md")).is_some();
    set(sources, "site.toml", &format!("{text}{}", if has_book { BOOK } else { "" }));
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
        Edit::Ignore(at, salt) => {
            let code = ["orphan", "same-title", "same-statement"][usize::from(*salt)];
            change(sources, *at, |text| with_key(text, "ignore", &format!("[{code}]")))
        }
        Edit::Description(at, salt) => {
            change(sources, *at, |text| with_key(text, "description", &format!("Number {salt}.")))
        }
        Edit::Claim(at, salt) => change(sources, *at, |text| match salt % 8 {
            0 => with_key(text, "gathers", "claims"),
            1 => with_key(text, "gathers", "note"),
            2 => with_key(text, "gathers", "nothing"),
            3 => with_key(text, "claims", "[{ by: [nobody1999] }]"),
            4 => with_key(text, "claims", "[]"),
            _ => with_key(text, "claims", &format!("[{{ says: We see {salt}, by: [walker2020] }}]")),
        }),
        Edit::Title(at, salt) => change(sources, *at, |text| with_key(text, "title", &format!("Title {salt}"))),
        Edit::Statement(at, salt) => {
            change(sources, *at, |text| with_key(text, "statement", &format!("We see {salt}.")))
        }
        Edit::Order(at, salt) => change(sources, *at, |text| with_key(text, "order", &salt.to_string())),
        Edit::Slug(at, salt) => change(sources, *at, |text| with_key(text, "slug", &format!("slug-{salt}"))),
        Edit::Alias(at, salt) => change(sources, *at, |text| with_key(text, "aliases", &format!("[/old/{salt}/]"))),
        Edit::Draft(at) => change(sources, *at, |text| with_key(text, "draft", "true")),
        Edit::Date(at, salt) => change(sources, *at, |text| with_key(text, "date", &format!("2026-11-2{salt}"))),
        Edit::Expires(at, salt) => change(sources, *at, |text| with_key(text, "expires", &format!("2026-11-2{salt}"))),
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
                ("[kinds.sign]", "[checks]\nignore = [\"orphan\"]\nerror = [\"same-title\"]\n\n[kinds.sign]"),
                ("[kinds.sign]", "[checks]\nignore = [\"same-statement\"]\n\n[kinds.sign]"),
            ][usize::from(*salt)];
            configure(sources, &CONFIGURATION.replacen(other.0, other.1, 1));
        }
        Edit::BreakConfiguration => set(sources, "site.toml", "title = \n"),
        Edit::MendConfiguration => configure(sources, CONFIGURATION),
        Edit::References(salt) => {
            set(sources, "content/references.yaml", &REFERENCES.replace("Walking", &format!("Walking {salt}")))
        }
        Edit::Static(salt) => set(sources, &format!("static/file-{salt}.txt"), "as it is"),
        Edit::Today(salt) => sources.request.today = format!("2026-11-2{salt}").parse().ok(),
        Edit::Ledger(salt) => {
            let lists =
                ["/signs/silence/#why\n/slug-1/\n", "/signs/silence/#because\n", "/old/1/\n/gone/\n", "=======\n"];
            set(sources, "urls.lock", lists[usize::from(*salt)]);
        }
        Edit::Drafts => {
            sources.request.drafts =
                if sources.request.drafts == Drafts::Leave { Drafts::Include } else { Drafts::Leave }
        }
    }
}

proptest! {
    #![proptest_config(random::configure(96))]

    #[test]
    fn a_rebuild_equals_a_clean_build(script in edits()) {
        follow(guide(), &script)?;
    }

    #[test]
    fn a_rebuild_with_a_book_equals_a_clean_build(script in edits()) {
        follow(with_book(guide()), &script)?;
    }
}

proptest! {
    #![proptest_config(random::configure(12))]

    #[test]
    fn a_rebuild_of_many_pages_equals_a_clean_build(script in edits()) {
        follow(large_guide(), &script)?;
    }
}

/// Makes the edits, and compares after each that does not come in one go with the next.
fn follow(mut sources: Sources, script: &[(Edit, bool)]) -> Result<(), TestCaseError> {
    let mut memory = Memory::new();
    let (first, _) = build(&sources, &mut memory);
    prop_assert!(!first.has_errors(), "{:?}", first.diagnostics);
    for (number, (edit, is_built)) in script.iter().enumerate() {
        apply(&mut sources, edit);
        if !is_built {
            continue;
        }
        let (clean, _) = build(&sources, &mut Memory::new());
        if number % 2 == 0 {
            // As while somebody edits: what is made from all pages or all files waits, and nothing else does.
            memory.make_aggregates(AggregateTime::Later);
            let (early, _) = build(&sources, &mut memory);
            memory.make_aggregates(AggregateTime::Now);
            // How many pages met a mistake of the template is known when the book has met it, too.
            if clean.failed.is_empty() {
                prop_assert_eq!(&early.diagnostics, &clean.diagnostics);
            }
            let alone = |built: &Built| {
                let files = built.files.iter().filter(|(out, _)| !is_aggregate(out));
                files.map(|(out, bytes)| (out.clone(), Arc::clone(bytes))).collect::<Vec<_>>()
            };
            prop_assert_eq!(alone(&early), alone(&clean));
        }
        let (rebuilt, _) = build(&sources, &mut memory);
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

/// Is it made from all pages or from all files?
fn is_aggregate(out: &OutPath) -> bool {
    let folders = ["search/", "offline/", "service-worker.js", "book/"];
    // The e-book is called as the guide is, and some edits call it otherwise.
    folders.iter().any(|name| out.as_str().starts_with(name))
        || out.as_str().rsplit_once('.').is_some_and(|(_, ending)| ending == "epub")
}

#[test]
fn nothing_is_done_twice() {
    let sources = guide();
    let mut memory = Memory::new();
    let (first, work) = build(&sources, &mut memory);
    assert_eq!(first.diagnostics, []);
    assert_eq!(work.parsed, 13);
    assert!(work.rendered >= 13, "{work:?}");
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
fn an_edit_of_a_word_changes_its_page_and_the_index() {
    let text = page("Walking", "Saunter together.");
    let (before, after, _) = edited(guide(), "content/practices/walking.md", &text);
    let changed: Vec<_> = after.files.changed_since(&before.files).map(OutPath::as_str).collect();
    assert_eq!(changed, ["practices/walking/index.html", "search/words.js", "service-worker.js"]);
    // Of a guide with many words, in shards: that of each word, and that of the page.
    let long = |text: &str| page("Long", &format!("{}{text}", "Word upon word upon word. ".repeat(6000)));
    let mut sources = guide();
    set(&mut sources, "content/long.md", &long(""));
    set(&mut sources, "themes/small/templates/base.html", &BASE.replace("page.words > 90", "false"));
    let (before, after, _) = edited(sources, "content/long.md", &long("Saunter together."));
    let changed: Vec<_> = after.files.changed_since(&before.files).map(OutPath::as_str).collect();
    let parts = |folder| changed.iter().filter(|out| out.starts_with(folder)).count();
    let shards = |folder| after.files.paths().filter(|out| out.as_str().starts_with(folder)).count();
    assert_eq!((parts("search/words.js"), parts("search/texts/")), (1, 1), "{changed:?}");
    assert!((1..=2).contains(&parts("search/postings/")), "{changed:?}");
    assert!(
        shards("search/texts/") >= 4 && shards("search/postings/") >= 2,
        "{:?}",
        after.files.paths().collect::<Vec<_>>()
    );
}

#[test]
fn while_somebody_edits_the_book_waits() {
    let mut sources = with_book(guide());
    let mut memory = Memory::new();
    let (before, _) = build(&sources, &mut memory);
    assert_eq!(before.diagnostics, []);
    set(&mut sources, "content/practices/walking.md", &page("Walking", "Saunter together."));
    memory.make_aggregates(AggregateTime::Later);
    let (early, work) = build(&sources, &mut memory);
    assert_eq!(work, Work { parsed: 1, laid_out: false, rendered: 1 });
    let changed: Vec<_> = early.files.changed_since(&before.files).map(OutPath::as_str).collect();
    assert_eq!((changed, memory.is_aggregate_due()), (vec!["practices/walking/index.html"], true));
    memory.make_aggregates(AggregateTime::Now);
    let (after, _) = build(&sources, &mut memory);
    let changed: Vec<_> = after.files.changed_since(&early.files).map(OutPath::as_str).collect();
    for late in ["book/index.html", "search/words.js", "the-guide.epub"] {
        assert!(changed.contains(&late), "{late}: {changed:?}");
    }
    assert!(!memory.is_aggregate_due());
}

#[test]
fn while_somebody_edits_a_word_changes_one_file() {
    let mut sources = guide();
    let mut memory = Memory::new();
    let (before, _) = build(&sources, &mut memory);
    memory.make_aggregates(AggregateTime::Later);
    set(&mut sources, "content/practices/walking.md", &page("Walking", "Saunter together."));
    let (after, _) = build(&sources, &mut memory);
    let changed: Vec<_> = after.files.changed_since(&before.files).map(OutPath::as_str).collect();
    assert_eq!(changed, ["practices/walking/index.html"]);
    assert!(memory.is_aggregate_due());
}

#[test]
fn of_a_large_guide_an_edit_changes_one_part_of_the_list_of_what_is_kept() {
    let mut sources = guide();
    for number in 0..600 {
        set(&mut sources, &format!("content/leaf-{number}.md"), &page(&format!("Leaf {number}"), "Green."));
    }
    let (before, after, _) = edited(sources, "content/leaf-7.md", &page("Leaf 7", "Yellow."));
    let changed: Vec<_> = after.files.changed_since(&before.files).map(OutPath::as_str).collect();
    let parts = changed.iter().filter(|out| out.starts_with("offline/")).count();
    assert_eq!(parts, 1, "{changed:?}");
    assert!(changed.contains(&"service-worker.js") && changed.contains(&"leaf-7/index.html"), "{changed:?}");
}

#[test]
fn complaints_move_with_the_text_that_they_are_about() {
    let before =
        page("Tea", "See [gone](gone.md), [a](walking.md#far), [b][walk] and [@nobody1999].\n\n[walk]: walking.md#far");
    let after = before.replace("See", "A word first.\n\nSee").replace("\n\n[walk]:", "\n\nAnd one after.\n\n[walk]:");
    let reworded = before.replace("See", "A word first, then see");
    let mut sources = guide();
    set(&mut sources, "content/practices/tea.md", &before);
    set(&mut sources, "content/about.md", &page("About", "Made by [two](two.md)."));
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
fn complaints_about_a_front_matter_stand_where_it_was_edited() {
    let before = sign("Haste", "nowhere", "Slow down.");
    for after in [
        before.replacen("---\n", "---\n# A remark.\n", 1),
        with_key(&before, "description", "Quick."),
        with_key(&before, "order", "3"),
        with_key(&before, "title", "Hurry"),
    ] {
        let mut sources = guide();
        set(&mut sources, "content/signs/haste.md", &before);
        let (_, rebuilt, _) = edited(sources.clone(), "content/signs/haste.md", &after);
        set(&mut sources, "content/signs/haste.md", &after);
        assert!(rebuilt.has_errors());
        assert_eq!(rebuilt, build(&sources, &mut Memory::new()).0, "{after}");
    }
}

#[test]
fn pages_that_can_no_longer_be_shown_leave_the_others_as_they_are() {
    let short = |title: &str| page(title, "Short.");
    let long = |title: &str| page(title, &"One word more. ".repeat(40));
    let slug = |text: &str| with_key(text, "slug", "zen");
    let mut sources = guide();
    let mut memory = Memory::new();
    // By their pages tea comes first, by their files walking does.
    for (tea, walking, shown) in [
        (slug(&short("Tea")), short("Walking"), 2),
        (slug(&long("Tea")), long("Walking"), 0),
        (slug(&short("Tea")), long("Walking"), 1),
        (slug(&short("Tea")), short("Walking"), 2),
    ] {
        set(&mut sources, "content/practices/tea.md", &tea);
        set(&mut sources, "content/practices/walking.md", &walking);
        let (built, work) = build(&sources, &mut memory);
        assert!(work.rendered <= 2 || work.laid_out);
        let paths = ["practices/zen/index.html", "practices/walking/index.html"];
        assert_eq!(built.files.paths().filter(|out| paths.contains(&out.as_str())).count(), shown);
        assert_eq!(built, build(&sources, &mut Memory::new()).0);
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
    let text = page(
        "Welcome",
        "Begin with [silence](signs/silence.md), or see [all](claims.md) and [notes](notes.md). It is quiet there.",
    );
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
            "checklist/cards/index.html",
            "checklist/index.html",
            "checklist/map/index.html",
            "checklist/sheet/index.html",
            "index.html",
            "notes/index.html",
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
