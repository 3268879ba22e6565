mod gathered;
mod social_cards;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::base::{Code, OutPath, Request};

const SITE: &str = "title = \"A guide\"\nbase_url = \"https://guide.example/\"\ntheme = \"plain\"\n";
const TEMPLATE: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{% for link in page.backlinks %}[{{ link.sentence }}]{% endfor %}";

/// The published file `name` of a site with these pages.
fn published(pages: &[(&str, &str)], name: &str) -> String {
    let mut sources = Sources::new(Request::default());
    let fixed = [("site.toml", SITE), ("themes/plain/templates/page.html", TEMPLATE)];
    // A page's file takes the place of a fixed one.
    for (path, text) in fixed.iter().chain(pages) {
        sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
    }
    let (built, _) = build(&sources, &mut Memory::default());
    assert_eq!(built.diagnostics, []);
    let bytes = built.files.get(&OutPath::new(name).expect("a plain name")).expect("it is published");
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_sentence_shows_the_titles_of_the_pages_that_it_names() {
    let home = "---\ntitle: Home\n---\nTry [[ten-minutes]] after [[walking]], or [[walking|a walk]]. Then *rest*.\n";
    let pages = [
        ("content/_index.md", home),
        ("content/ten-minutes.md", "---\ntitle: Ten minutes each\n---\n"),
        ("content/walking.md", "---\ntitle: A walk & a talk\n---\n"),
    ];
    let shown = published(&pages, "ten-minutes/index.html");
    assert!(shown.ends_with("[Try Ten minutes each after A walk &amp; a talk, or a walk.]"), "{shown}");
}

#[test]
fn a_letter_stands_once_in_the_list_of_all_pages() {
    let site = format!("{SITE}index.page = \"a-z.md\"\n");
    let list = "{% for letter in letters %}{{ letter.id }}:{% for page in letter.entries %}{{ page.title }},{% endfor %} {% endfor %}";
    let list = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{{{{ csp }}}}\">\n{list}");
    let pages = [
        ("site.toml", &*site),
        ("themes/plain/templates/a-z.html", &*list),
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/a-z.md", "---\ntitle: All\n---\n"),
        ("content/1.md", "---\ntitle: 1 minute\n---\n"),
        ("content/2.md", "---\ntitle: \"٢ minutes\"\n---\n"),
        ("content/3.md", "---\ntitle: eben\n---\n"),
        ("content/4.md", "---\ntitle: Éclair\n---\n"),
    ];
    let shown = published(&pages, "a-z/index.html");
    assert!(shown.ends_with("\nletter-other:1 minute,٢ minutes, letter-a:All, letter-e:eben,Éclair, "), "{shown}");
}

/// A site that is built again and again with one memory, and each time from nothing as well.
struct Again {
    sources: Sources,
    memory: Memory,
}

impl Again {
    fn new() -> Self {
        let mut again = Self { sources: Sources::new(Request::default()), memory: Memory::default() };
        let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{{ page.html }}";
        for (path, text) in [("site.toml", SITE), ("themes/plain/templates/page.html", template)] {
            again.sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
        }
        again.check("content/_index.md", "---\ntitle: Home\n---\n", &[]);
        again
    }

    /// Writes a file and builds, with the memory and from nothing.
    #[track_caller]
    fn build(&mut self, path: &str, text: &str) -> Built {
        self.sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
        let (built, _) = build(&self.sources, &mut self.memory);
        assert_eq!(built, build(&self.sources, &mut Memory::default()).0);
        built
    }

    /// Writes a file and builds: the codes and places of all complaints.
    #[track_caller]
    fn check(&mut self, path: &str, text: &str, expected: &[&str]) {
        let built = self.build(path, text);
        let said = |found: &Diagnostic| {
            format!("{} {} {}", found.code, found.place.path, found.place.span.map_or(0, |span| span.start))
        };
        assert_eq!(built.diagnostics.iter().map(said).collect::<Vec<_>>(), expected);
    }

    fn shows(&self, name: &str, text: &str) -> bool {
        let (built, _) = build(&self.sources, &mut Memory::default());
        let bytes = built.files.get(&OutPath::new(name).expect("a plain name")).expect("it is published");
        String::from_utf8_lossy(bytes).contains(text)
    }
}

#[test]
fn a_picture_that_changes_its_size_changes_its_page() {
    let mut again = Again::new();
    let svg = |size: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size}\"/>");
    again.check("static/a.svg", &svg("4 3"), &[]);
    again.check("content/a.md", "---\ntitle: A\n---\n![a](/a.svg)\n", &[]);
    assert!(again.shows("a/index.html", "alt=\"a\" width=\"4\" height=\"3\" loading"));
    again.check("static/a.svg", &svg("5 3"), &[]);
    assert!(again.shows("a/index.html", "alt=\"a\" width=\"5\" height=\"3\" loading"));
    again.check("static/a.svg", &svg(""), &["missing-dimensions content/a.md 22"]);
    assert!(again.shows("a/index.html", "alt=\"a\" loading"));
    again.check("static/a.svg", "words", &["not-a-picture content/a.md 22", "active-file static/a.svg 0"]);
}

#[test]
fn an_edited_title_is_compared_again() {
    let mut again = Again::new();
    again.check("content/a.md", "---\ntitle: A\n---\n", &[]);
    again.check("content/b.md", "---\ntitle: B\n---\n", &[]);
    again.check("content/b.md", "---\ntitle: a!\n---\n", &["same-title content/b.md 11"]);
    again.check("content/b.md", "---\ntitle: a!\n---\nWords.\n", &["same-title content/b.md 11"]);
    again.check("content/b.md", "---\ntitle: C\n---\n", &[]);
}

#[test]
fn a_reason_that_repeats_a_title_is_told_whatever_else_is_edited() {
    let kinds = "[kinds.sign]\nfolder = \"signs\"\nrelations.practices = { to = \"practice\", inverse = \"signs\" }\n\
        [kinds.practice]\nfolder = \"practices\"\n";
    let sign = |description: &str| {
        format!("---\ntitle: Haste\ndescription: {description}\npractices: [{{ to: walk, why: A slow walk. }}]\n---\n")
    };
    let mut again = Again::new();
    again.check("site.toml", &format!("{SITE}{kinds}"), &[]);
    again.check(
        "content/practices/walk.md",
        "---\ntitle: The slow walk\n---\n",
        &["orphan content/practices/walk.md 0"],
    );
    again.check("content/signs/haste.md", &sign("A."), &["why-repeats-title content/signs/haste.md 62"]);
    again.check("content/signs/haste.md", &sign("Quick."), &["why-repeats-title content/signs/haste.md 66"]);
    again.check("content/practices/walk.md", "---\ntitle: Tea\n---\n", &[]);
}

#[test]
fn a_certain_cure_moves_with_its_link() {
    let mut again = Again::new();
    let redirect = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">";
    again.check("themes/plain/templates/redirect.html", redirect, &[]);
    again.check("content/a.md", "---\ntitle: A\naliases: [old]\n---\n", &[]);
    again.check("content/b.md", "---\ntitle: B\n---\n[a](/old/)\n", &["old-address content/b.md 21"]);
    again.check("content/b.md", "---\ntitle: B\n---\nSee [a](/old/).\n", &["old-address content/b.md 25"]);
    again.check("content/b.md", "---\ntitle: B\n---\n[a][b]\n\n[b]: /old/\n", &["old-address content/b.md 17"]);
}

/// A site of two kinds in the theme `hearth`, where nothing is wrong.
const HEARTH: [(&str, &str); 2] = [
    (
        "site.toml",
        "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n\
         [kinds.sign]\nfolder = \"signs\"\n\
         relations.practices = { to = \"practice\", inverse = \"signs\", why = \"required\" }\n\
         [kinds.practice]\nfolder = \"practices\"\n",
    ),
    ("content/_index.md", "---\ntitle: Home\n---\nSee [haste](signs/haste.md) and [all](signs/_index.md).\n"),
];

#[test]
fn the_number_of_a_page_is_shown_where_it_is_0() {
    let sign = "---\ntitle: Haste\norder: 0\npractices: [{ to: walk, why: It takes time. }]\n---\n";
    let others = [
        ("content/signs/haste.md", sign),
        ("content/signs/_index.md", "---\ntitle: Signs\n---\n"),
        ("content/practices/walk.md", "---\ntitle: A walk\n---\n"),
    ];
    let pages = [&HEARTH[..], &others].concat();
    let list = published(&pages, "signs/index.html");
    assert_eq!(list.matches("href=\"#hearth--digit-0\"").count(), 1, "drawn before its title: {list}");
    let own = published(&pages, "signs/haste/index.html");
    assert!(own.contains("<p class=\"label\">Sign 0 · 1 minute to read</p>"), "{own}");
    assert_eq!(own.matches("href=\"#hearth--digit-0\"").count(), 1, "beside its title: {own}");
    let related = published(&pages, "practices/walk/index.html");
    assert_eq!(related.matches("href=\"#hearth--digit-0\"").count(), 1, "before what is related: {related}");
}

#[test]
fn the_day_of_the_last_review_is_shown_where_it_is_given() {
    let page = |dates: &str| {
        let text = format!("---\ntitle: Haste\ndate: 2026-01-02\n{dates}---\nSee [all](_index.md).\n");
        let others = [("content/signs/haste.md", &*text), ("content/signs/_index.md", "---\ntitle: Signs\n---\n")];
        let shown = published(&[&HEARTH[..], &others].concat(), "signs/haste/index.html");
        let days = shown.split("<time datetime=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
        let days: Vec<String> = days.collect();
        assert!(days.len() > 1 && days.iter().all(|day| *day == days[0]), "{days:?}");
        days[0].clone()
    };
    assert_eq!(page(""), "2026-01-02");
    assert_eq!(page("updated: 2026-03-04\n"), "2026-03-04");
    assert_eq!(page("updated: 2026-03-04\nreviewed: 2026-02-03\n"), "2026-02-03");
}

#[test]
fn a_link_gets_its_certain_cure_however_many_before_it_have_none() {
    let mut sources = Sources::new(Request::default());
    let links = (0..60).map(|i| format!("[x](nothing-like-it-{i}.md)\n")).collect::<Vec<_>>().concat();
    let text = format!("---\ntitle: Home\n---\n{links}[a walk](walk.md)\n");
    for (path, text) in [
        ("site.toml", SITE),
        ("themes/plain/templates/page.html", TEMPLATE),
        ("content/_index.md", &*text),
        ("content/practices/walk.md", "---\ntitle: A walk\n---\n"),
    ] {
        sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
    }
    let (built, _) = build(&sources, &mut Memory::default());
    let links = built.diagnostics.iter().filter(|complaint| complaint.code == Code::UnknownPage);
    let fixes: Vec<Vec<&str>> = links.map(|complaint| complaint.fix.iter().map(|edit| &*edit.text).collect()).collect();
    assert_eq!(fixes, [vec![Vec::new(); 60], vec![vec!["practices/walk.md"]]].concat());
}

#[test]
fn references_are_read_anew_whatever_their_file_is_called() {
    let mut again = Again::new();
    let site = format!("{SITE}references.file = \"refs.md\"\n");
    let cites = "---\ntitle: Home\n---\nThe moon [@moon] and the sun [@sun].\n";
    let moon = "moon: { type: book, title: The moon, date: 2019 }\n";
    let sun = format!("{moon}sun: {{ type: book, title: The sun, date: 2020 }}\n");
    let edits =
        [("site.toml", &*site), ("content/_index.md", cites), ("content/refs.md", moon), ("content/refs.md", &sun)];
    for (path, text) in edits {
        again.build(path, text);
    }
}

#[test]
fn a_page_that_is_held_back_hides_no_address_that_vanished() {
    let mut again = Again::new();
    again.check("urls.lock", "/\n/old/\n", &["vanished-address urls.lock 2"]);
    again.check("content/d.md", "---\ntitle: D\ndraft: true\nfoo: bar\n---\n", &["vanished-address urls.lock 2"]);
}

#[test]
fn a_translation_lacks_only_words_that_pages_of_the_guide_show() {
    let of_checklist = ["items_title", "how_to_answer"];
    let files = theme::builtin_files("hearth").expect("it comes with the program");
    let (_, words) = files.into_iter().find(|(path, _)| path == "strings/en.toml").expect("hearth is in English");
    let words = String::from_utf8_lossy(words);
    let french = words.lines().filter(|line| !of_checklist.iter().any(|key| line.starts_with(key)));
    let french = french.collect::<Vec<_>>().join("\n");
    let mut again = Again::new();
    again.build("themes/mine/theme.toml", "extends = \"hearth\"\n");
    again.build("themes/mine/strings/fr.toml", &french);
    let sign = "---\ntitle: Silence\nstatement: We are silent.\n---\n[Home](@/_index.md)\n";
    again.build("content/_index.md", "---\ntitle: Home\n---\n[Silence](signs/silence.md) [List](list.md)\n");
    again.build("content/list.md", "---\ntitle: List\n---\n");
    let site = "title = \"A guide\"\nbase_url = \"https://guide.example/\"\ntheme = \"mine\"\nlanguage = \"fr\"\n\
                [kinds.sign]\nfolder = \"signs\"\nfields.statement = { type = \"text\" }\n\
                relations.near = { to = \"sign\", inverse = \"far\" }\n";
    again.build("site.toml", site);
    again.check("content/signs/silence.md", sign, &[]);
    let checklist =
        "[checklist]\npage = \"list.md\"\nitems = \"sign\"\nstatement = \"statement\"\nsuggest = \"near\"\n";
    let built = again.build("site.toml", &format!("{site}{checklist}"));
    let told: Vec<_> =
        built.diagnostics.iter().map(|told| (told.code, told.place.path.as_str(), &*told.help)).collect();
    let help = "add `how_to_answer`, `items_title`; `strings/en.toml` of the theme has them in English";
    assert_eq!(told, [(Code::MissingWords, "themes/mine/strings/fr.toml", help)]);
    assert_eq!(built.files.iter().count(), 0);
    again.check("site.toml", site, &[]);
}

/// The types of fields in the manual: name, declaration, and the lines of a page.
fn types_in_manual() -> Vec<(String, String, String)> {
    let manual = include_str!("../../manual/content/fields.md");
    let code = |part: &str, notation: &str| {
        let start = format!("```{notation}\n");
        part.split(start.as_str()).nth(1).and_then(|rest| rest.split("```").next()).expect("an example").to_owned()
    };
    let parts = manual.split("\n### ").skip(1);
    parts.map(|part| (part.lines().next().expect("a name").into(), code(part, "toml"), code(part, "yaml"))).collect()
}

#[test]
fn every_type_of_field_is_read_and_shown_as_the_manual_writes_it() {
    let types = types_in_manual();
    assert_eq!(types.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), site::TYPES);
    let declared: String = types.iter().map(|(_, declared, _)| declared.as_str()).collect();
    let site = format!(
        "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n[references]\nfile = \"references.yaml\"\n[kinds.repair]\nfolder = \"repairs\"\n{declared}"
    );
    let values: String = types.iter().map(|(.., value)| value.as_str()).collect();
    let page = format!("---\ntitle: Clean the jet\n{values}---\n");
    let files = [
        ("site.toml", &*site),
        ("content/_index.md", "---\ntitle: Home\n---\n[jet](repairs/jet/index.md) [other](other.md)\n"),
        ("content/other.md", "---\ntitle: Another page\n---\n"),
        ("content/repairs/jet/index.md", &*page),
        ("content/repairs/jet/plan.txt", "a plan"),
        ("content/references.yaml", REFERENCES),
        ("content/repairs/jet/jet.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\"/>"),
    ];
    let shown = published(&files, "repairs/jet/index.html");
    for expected in [
        "<dt>Summary</dt><dd>The water runs, but slowly.</dd>",
        "<p>Pull the plug <strong>first</strong>, then read <a href=\"/other/\">how</a>.</p>",
        "<dd>60 minutes</dd>",
        "<dd>0.5 l</dd>",
        "<dt>Is free</dt><dd>Yes</dd>",
        "<time datetime=\"2026-11-22\">22 November 2026</time>",
        "<dd>High</dd>",
        "<dd>needle, vinegar</dd>",
        "<dt>Width</dt><dd>30</dd>",
        "<td>Seal</td><td>1.5</td>",
        "<td>Spring</td><td></td>",
        "<a rel=\"external noopener\" href=\"https://parts.example/seals\">",
        "<a href=\"mailto:help@parts.example\">",
        "<a class=\"phone\" href=\"tel:+442079460000\">+44 20 7946 0000</a>",
        "<a href=\"/repairs/jet/plan.txt\">plan.txt</a>",
        "<img src=\"/repairs/jet/jet.svg\" width=\"8\" height=\"6\" alt=\"Photo\">",
        "<a href=\"/other/\">Another page</a>",
        "<dt>After</dt><dd><a class=\"short-source\" href=\"#source-1\">Kuhn and others (2018)</a></dd>",
        "<a class=\"short-source\" href=\"#source-1\">Kuhn and others (2018)</a>; \
         <a class=\"short-source\" href=\"#source-2\">Listening</a></dd>",
        "<li id=\"source-2\" value=\"2\">",
    ] {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
}

/// Two sources, of which one names neither an author nor a year.
const REFERENCES: &str = "kuhn2018:\n  type: book\n  title: Zoom in\n  author: [\"Kuhn, Rebekka\", \"Bradbury, Tom\", \"Nussbeck, Fritz\"]\n  date: 2018\n\
                          moon2019:\n  type: book\n  title: Listening\n";

#[test]
fn a_field_that_leads_elsewhere_is_shown_anew_when_that_changes() {
    let mut again = Again::new();
    let site = format!(
        "{SITE}[kinds.repair]\nfolder = \"repairs\"\nfields.next = {{ type = \"page\" }}\nfields.note = {{ type = \"markdown\" }}\n"
    );
    again.build("site.toml", &site);
    let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{% if page.fields.next %}{{ page.fields.next.title }}|{{ page.fields.next.url }}|{{ page.fields.note }}{% endif %}";
    again.build("themes/plain/templates/page.html", template);
    again.build("content/_index.md", "---\ntitle: Home\n---\n[jet](repairs/jet.md)\n");
    again.build("content/other.md", "---\ntitle: Another page\n---\n");
    let jet = "---\ntitle: Jet\nnext: other\nnote: |\n  See [[other]].\n  And [it](../other.md).\n---\n";
    again.check("content/repairs/jet.md", jet, &[]);
    for (title, slug) in [("A third", "other"), ("A third", "third")] {
        let built = again.build("content/other.md", &format!("---\ntitle: {title}\nslug: {slug}\n---\n"));
        let bytes = built.files.get(&OutPath::new("repairs/jet/index.html").expect("plain")).expect("it is published");
        let shown = String::from_utf8_lossy(bytes);
        let url = format!("/{slug}/");
        let expected =
            format!("{title}|{url}|<p>See <a href=\"{url}\">{title}</a>.\nAnd <a href=\"{url}\">it</a>.</p>\n");
        assert!(shown.ends_with(&expected), "{shown}");
    }
    let lost = "---\ntitle: Jet\nnext: othr\nnote: |\n  See [[othr]].\n  And [it](../othr.md).\n---\n";
    again.check(
        "content/repairs/jet.md",
        lost,
        &[
            "unknown-wiki content/repairs/jet.md 21",
            "unknown-wiki content/repairs/jet.md 42",
            "unknown-page content/repairs/jet.md 61",
        ],
    );
}

#[test]
fn places_in_a_text_in_markdown_are_those_of_the_file() {
    let site = format!("{SITE}[pages]\nfields.note = {{ type = \"markdown\" }}\n");
    let told = |value: &str| {
        let page = format!("---\ntitle: A\nnote: {value}\n---\nB.\n\n* one [x](gone.md) two\n");
        let mut sources = Sources::new(Request::default());
        let files = [
            ("site.toml", &*site),
            ("themes/plain/templates/page.html", TEMPLATE),
            ("content/_index.md", "---\ntitle: Home\n---\n[a](a.md)\n"),
            ("content/a.md", &page),
        ];
        for (path, text) in files {
            sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
        }
        let (built, _) = build(&sources, &mut Memory::default());
        let matter = page.find("\nB.").expect("the text");
        let spans = built.diagnostics.iter().filter_map(|told| Some((told.code, told.place.span?)));
        let within = spans.filter(|(_, span)| span.end < matter);
        within.map(|(code, span)| format!("{code} {}", &page[span.start..span.end])).collect::<Vec<_>>()
    };
    for form in [
        "one [x](gone.md) two",
        "'one [x](gone.md) two'",
        "\"one [x](gone.md) two\"",
        "|\n  one [x](gone.md) two",
        "|\n  é\n  [x](gone.md)",
        "|+\n\n  first\n  \n    then [x](gone.md)\n",
        "|2\n    code\n\n  [x](gone.md)",
        "|\r\n  one\r\n\r\n  [x](gone.md)\r",
    ] {
        assert_eq!(told(form), ["unknown-page gone.md"], "{form}");
    }
    for form in [
        ">\n  one\n  [x](gone.md) two",
        ">-\n  one\n  [x](gone.md) two",
        ">\n  ab\n  cd\n\n  ef\n---\nB.\n\n* x\n\n  ab cd…ef",
        "'it''s [x](gone.md)'",
        "one\n  [x](gone.md)",
    ] {
        let told = told(form);
        assert!(told.len() == 1 && told[0].starts_with("field-markup "), "{form}: {told:?}");
    }
    assert_eq!(told("'# Heading'").len(), 1);
}

#[test]
fn a_checklist_is_written_for_templates_and_for_scripts() {
    let site = format!(
        "{SITE}[checklist]\npage = \"list.md\"\nitems = \"sign\"\nstatement = \"statement\"\nsuggest = \"practices\"\n\
         people = 2\nwishes = 1\ntime = \"minutes\"\nonly_if_both_wish = \"both_must_wish\"\n\
         [kinds.sign]\nfolder = \"signs\"\nfields.statement = {{ type = \"text\" }}\n\
         relations.practices = {{ to = \"practice\", inverse = \"signs\" }}\n\
         [kinds.practice]\nfolder = \"practices\"\nshow.card = [\"try_this\"]\nfields.try_this = {{ type = \"text\", label = \"Try\" }}\n\
         fields.minutes = {{ type = \"integer\" }}\nfields.both_must_wish = {{ type = \"boolean\" }}\n"
    );
    let sign = "---\ntitle: Silence\nstatement: We are silent.\npractices:\n  - { to: walk, why: It helps., weight: 3 }\n  \
                - { to: tea, why: It warms. }\n---\n";
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">\n";
    let list = format!(
        "{policy}{{{{ checklist.wishes }}}} {{{{ checklist.rules | safe }}}} {{{{ checklist.sheet_url }}}} {{{{ checklist.cards_url }}}}\n\
         {{% for item in checklist.items %}}{{{{ item.id }}}}: {{% for s in item.suggestions %}}{{{{ s.page.title }}}} {{{{ s.number }}}} {{{{ s.weight }}}}, {{% endfor %}}{{% endfor %}}"
    );
    let cards = format!(
        "{policy}{{% for card in checklist.suggested %}}{{{{ card.number }}}} {{{{ card.title }}}} {{{{ card.time }}}} {{{{ card.both }}}}\
         {{% for field in card.card %}} {{{{ field.label }}}}: {{{{ field.text }}}}{{% endfor %}}|{{% endfor %}}"
    );
    let files = [
        ("site.toml", &*site),
        ("content/_index.md", "---\ntitle: Home\n---\nSee [the cards](/list/cards/).\n"),
        ("content/list.md", "---\ntitle: The list\n---\n"),
        ("content/signs/silence.md", sign),
        ("content/practices/tea.md", "---\ntitle: Tea\nminutes: 10\ntry_this: Drink tea.\n---\n"),
        ("content/practices/walk.md", "---\ntitle: A walk\nboth_must_wish: true\n---\n"),
        ("themes/plain/templates/checklist.html", &list),
        ("themes/plain/templates/cards.html", &cards),
    ];
    let rules = r#"{"guide":"a-guide","version":VERSION,"length":3,"people":2,"wishes":1,"items":[{"id":"silence","leads":[[0,3],[1,1]]}],"options":[{"id":"walk","time":null,"both":true},{"id":"tea","time":10,"both":false}],"order":{"items":[0],"options":[1,0]}}"#;
    let shown = published(&files, "list/index.html");
    let (_, after) = shown.split_once("\"version\":").expect("it has a version");
    let rules = rules.replace("VERSION", after.split(',').next().unwrap_or_default());
    let expected = format!("\n1 {rules}  /list/cards/\nsilence: A walk 1 3, Tea 2 1, ");
    assert!(shown.ends_with(&expected), "{shown}");
    let shown = published(&files, "list/cards/index.html");
    assert!(shown.ends_with("\n1 A walk  true|2 Tea 10 false Try: Drink tea.|"), "{shown}");
}

#[test]
fn each_page_is_told_when_it_is_parsed_and_each_file_when_it_is_rendered() {
    let mut sources = Again::new().sources;
    for name in ["a", "b", "c"] {
        let text = format!("---\ntitle: {name}\n---\n");
        sources.insert(SourcePath::new(&format!("content/{name}.md")), Source::bytes(text.into_bytes()));
    }
    let (parsed, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (_, work) = build_observed(&sources, &mut Memory::default(), &|progress| {
        let count = match progress {
            Progress::PageParsed => &parsed,
            Progress::PageEnds => &ended,
            Progress::Opened(files) => return assert_eq!(files, 4),
            Progress::PageBegins { .. } | Progress::Done(_) => return,
        };
        count.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!((parsed.into_inner(), ended.into_inner()), (work.parsed, work.rendered));
    assert_eq!((work.parsed, count_pages(&sources)), (4, 4));
}
