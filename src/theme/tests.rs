use super::*;
use crate::base::{Place, Request, Source, Sources};
use crate::views::BOOK_WORDS;

fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::new(Request::default());
    for (path, text) in files {
        sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
    }
    sources
}

fn loaded(files: &[(&str, &str)], name: &str, language: &str) -> (Theme, Vec<String>) {
    let asked = |name| Asked { name, place: Place::file(&SourcePath::new("site.toml")) };
    let (theme, found) = load(&sources(files), &asked(name), &asked(language));
    (theme, found.iter().map(|diagnostic| format!("{} {}", diagnostic.place.path, diagnostic.message)).collect())
}

#[test]
fn a_theme_holds_only_what_differs() {
    let files = [
        ("themes/mine/theme.toml", "extends = \"hearth\""),
        ("themes/mine/templates/section.html", "mine"),
        ("themes/mine/assets/hearth.css", "body { color: red }"),
        ("themes/mine/strings/en.toml", "skip_to_content = \"Jump\""),
    ];
    let (theme, found) = loaded(&files, "mine", "en-GB");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(theme.paths["section.html"].as_str(), "themes/mine/templates/section.html");
    assert_eq!(theme.paths["home.html"].as_str(), "themes/hearth/templates/home.html");
    assert_eq!(&*theme.assets["hearth.css"].bytes, b"body { color: red }");
    assert!(theme.assets.contains_key("mark.svg"));
    assert_eq!(theme.words.strings["skip_to_content"], "Jump");
    assert!(theme.words.strings.len() > 20, "the other words are the extended theme's");
}

/// The published name of an asset, as style sheets write it.
fn name(theme: &Theme, asset: &str) -> String {
    theme.assets[asset].out.as_str().strip_prefix("assets/").expect("assets lie there").to_owned()
}

fn text(theme: &Theme, asset: &str) -> String {
    String::from_utf8(theme.assets[asset].bytes.to_vec()).expect("it is text")
}

#[test]
fn style_sheets_follow_the_assets_that_they_name() {
    let files = [
        (
            "themes/mine/assets/css/a.css",
            "a { background: url( '../b.svg?v=1#x' ) } b { background: url(#c) } /* url(e.png) */ d { background: url(d.png) }",
        ),
        ("themes/mine/assets/b.svg", "<svg/>"),
    ];
    let (theme, found) = loaded(&files, "mine", "en");
    let b = name(&theme, "b.svg");
    assert_eq!(
        text(&theme, "css/a.css"),
        format!(
            "a {{ background: url( \"../{b}?v=1#x\" ) }} b {{ background: url(#c) }} /* url(e.png) */ d {{ background: url(\"\") }}"
        )
    );
    assert_eq!(found, ["themes/mine/assets/css/a.css the theme has no asset `d.png`"]);
}

#[test]
fn the_style_sheet_of_the_e_book_is_no_asset_and_names_no_file() {
    let sheet = |text| [("themes/mine/theme.toml", "extends = \"hearth\""), ("themes/mine/epub.css", text)];
    let (theme, found) = loaded(&sheet("p { margin: 0 }"), "mine", "en");
    assert_eq!(found, Vec::<String>::new());
    let style = theme.theme_manifest().ebook_style.and_then(Source::as_text);
    let follows = style.is_some_and(|style| style.starts_with("/* The e-book") && style.ends_with("p { margin: 0 }"));
    assert!(follows, "it comes after that of the extended theme: {style:?}");
    assert!(!theme.assets.contains_key("epub.css"));
    let (_, found) = loaded(&sheet("p { background: url(paper.png); mask: url(#m) }"), "mine", "en");
    let complaint = "themes/mine/epub.css `paper.png` is no file of the e-book, which will not load it";
    assert_eq!(found, [complaint]);
}

#[test]
fn scripts_that_are_put_together_are_one_without_their_notes() {
    let files = [
        (
            "themes/mine/theme.toml",
            "[scripts]\n\"all.js\" = [\"a.js\", \"b.js\"]\n\"b.js\" = [\"b.js\"]\n\"c.js\" = [\"a.js\", \"bb.js\"]\n",
        ),
        ("themes/mine/assets/a.js", "// A note.\nconst a = `x  ${1 + 1} // y`; /* another */\n"),
        ("themes/mine/assets/b.js", "const b = /\\/\\/ x/.test( \"//\" );\n"),
    ];
    let (theme, found) = loaded(&files, "mine", "en");
    assert_eq!(text(&theme, "all.js"), "const a=`x  ${1 + 1} // y`;\nconst b=/\\/\\/ x/.test(\"//\");\n");
    assert!(theme.assets.contains_key("b.js") && !theme.assets.contains_key("a.js"), "parts are not published");
    assert_eq!(found, ["themes/mine/theme.toml the theme has no asset `bb.js`"]);
    let files = [
        (
            "themes/mine/theme.toml",
            "[sheets]\n\"all.css\" = [\"a.css\", \"b.css\"]\n\"a.css\" = [\"a.css\", \"c.css\"]\n",
        ),
        ("themes/mine/assets/a.css", "a { color: red }\n"),
        ("themes/mine/assets/b.css", "b { background: url(d.svg) }\n"),
        ("themes/mine/assets/d.svg", "<svg/>"),
    ];
    let (theme, found) = loaded(&files, "mine", "en");
    let d = name(&theme, "d.svg");
    assert_eq!(text(&theme, "all.css"), format!("a {{ color: red }}\nb {{ background: url(\"{d}\") }}\n"));
    assert_eq!(text(&theme, "b.css"), format!("b {{ background: url(\"{d}\") }}\n"), "parts stay");
    assert_eq!(found, ["themes/mine/theme.toml the theme has no asset `c.css`"]);
    let (_, found) = loaded(&[("themes/mine/theme.toml", "scripts = [\"a.js\"]")], "mine", "en");
    assert_eq!(found, ["themes/mine/theme.toml this file of the theme cannot be read from here on"]);
}

#[test]
fn style_sheets_follow_those_that_they_import() {
    let files = |last: &'static str| {
        [
            ("themes/mine/assets/a.css", "@import \"css/b.css\" print;"),
            ("themes/mine/assets/css/b.css", "@import url(z.css);"),
            ("themes/mine/assets/css/z.css", last),
        ]
    };
    let (before, found) = loaded(&files("z { color: red }"), "mine", "en");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(text(&before, "a.css"), format!("@import \"{}\" print;", name(&before, "css/b.css")));
    assert_eq!(text(&before, "css/b.css"), format!("@import url(\"../{}\");", name(&before, "css/z.css")));
    let (after, _) = loaded(&files("z { color: tan }"), "mine", "en");
    assert_ne!(name(&before, "a.css"), name(&after, "a.css"), "what is imported is part of the name");
    let (_, found) = loaded(&files("@import '../a.css';"), "mine", "en");
    assert_eq!(
        found,
        [
            "themes/mine/assets/css/z.css style sheets ask for each other without end: `a.css` → `css/b.css` → `css/z.css` → `a.css`"
        ]
    );
}

#[test]
fn a_theme_that_extends_itself_or_nothing_is_named() {
    let circle = [("themes/a/theme.toml", "extends = \"b\""), ("themes/b/theme.toml", "extends = \"a\"")];
    assert_eq!(loaded(&circle, "a", "en").1, ["themes/b/theme.toml the theme `a` extends itself"]);
    let lost = [("themes/a/theme.toml", "extends = \"haerth\"")];
    assert_eq!(loaded(&lost, "a", "en").1, ["themes/a/theme.toml there is no theme `haerth`"]);
}

#[test]
fn a_language_without_words_is_named() {
    assert_eq!(loaded(&[], "hearth", "tlh").1, ["site.toml the theme has no words in the language `tlh`"]);
}

#[test]
fn a_narrower_language_has_its_own_words_and_those_of_its_main_language() {
    let files = [
        ("themes/mine/theme.toml", "extends = \"hearth\""),
        ("themes/mine/strings/en.toml", "menu = \"Contents\"\nup = \"Above\""),
        ("themes/mine/strings/en-GB.toml", "menu = \"The menu\""),
    ];
    let (theme, found) = loaded(&files, "mine", "en-GB");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!((&*theme.words.strings["menu"], &*theme.words.strings["up"]), ("The menu", "Above"));
}

/// The themes that come with the program, each with the texts of its templates and of those that it extends.
const BUILTIN: [(&str, &[&str]); 2] = [("hearth", &["hearth"]), ("nearer", &["nearer", "hearth"])];

/// The templates of one theme that comes with the program: path and text.
fn templates_of(theme: &str) -> Vec<(String, String)> {
    let files = builtin_files(theme).expect("it comes with the program").into_iter();
    let templates = files.filter(|(path, _)| path.starts_with("templates/"));
    templates.map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).into_owned())).collect()
}

#[test]
fn every_word_that_a_theme_shows_is_written_and_every_word_written_is_shown() {
    for (name, themes) in BUILTIN {
        let (theme, found) = loaded(&[], name, "en");
        assert_eq!(found, Vec::<String>::new());
        let templates: String = themes.iter().flat_map(|name| templates_of(name)).map(|(_, text)| text).collect();
        let is_used = |key: &str| words::is_shown(key, &[&templates]) || BOOK_WORDS.iter().any(|(own, _)| *own == key);
        let unused: Vec<_> = theme.words.strings.keys().filter(|key| !is_used(key)).collect();
        assert_eq!(unused, Vec::<&String>::new(), "{name}");
        let asked = templates
            .split("t.")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next());
        let is_word = |word: &&str| word.contains('_') && templates.contains(&format!("{{{{ t.{word} "));
        let missing: Vec<_> = asked.filter(is_word).filter(|word| !theme.words.strings.contains_key(*word)).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn no_heading_can_have_an_id_of_a_theme() {
    for (path, text) in BUILTIN.iter().flat_map(|(name, _)| templates_of(name)) {
        for id in text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            // Those of the generator itself are set aside where headings get theirs.
            let is_set_aside =
                ["main", "erase", "{{ source.id }}", "{{ reference.id }}", "{{ chapter.id }}"].contains(&id);
            // Two hyphens in a row stand in no id that is made of words.
            assert!(is_set_aside || ["hearth--", "book--"].iter().any(|own| id.starts_with(own)), "{path}: {id}");
        }
    }
    assert_eq!(crate::base::slugify("Hearth -- mark"), "hearth-mark");
}

#[test]
fn nothing_in_the_base_theme_speaks_of_two() {
    for (path, text) in builtin_files("hearth")
        .expect("it is there")
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).to_lowercase()))
    {
        for word in ["couple", "partner", "intima", "practice", "afraid", "guard ="] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

/// A theme whose page is made of templates that include each other in so long a row.
fn row_of(count: usize) -> Vec<(String, String)> {
    let name = |i: usize| if i == 0 { "page".to_owned() } else { format!("part-{i:03}") };
    (0..count)
        .map(|i| {
            let text = if i + 1 < count { format!("{{% include \"{}.html\" %}}", name(i + 1)) } else { String::new() };
            (format!("themes/mine/templates/{}.html", name(i)), text)
        })
        .collect()
}

#[test]
fn templates_that_include_each_other_too_deeply_are_named() {
    let found = |count| {
        let row = row_of(count);
        let files: Vec<(&str, &str)> = row.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        loaded(&files, "mine", "en").1
    };
    assert_eq!(found(31), Vec::<String>::new());
    let named = found(300);
    let row = "`page.html` → `part-001.html` → `part-002.html` → …";
    let path = "themes/mine/templates/page.html";
    assert_eq!(named, [format!("{path} templates ask for each other too deeply: {row}")]);
}

#[test]
fn a_page_lacks_the_words_of_its_template_and_of_all_that_this_asks_for() {
    let files = [
        ("themes/mine/strings/en.toml", "a = \"a\"\nb = \"b\"\nc = \"c\"\nd = \"d\"\ne = \"e\"\nf = \"f\"\n"),
        ("themes/mine/strings/fr.toml", ""),
        (
            "themes/mine/templates/components.html",
            "{% component one(@t) %}{{ t.a }}{{ <two /> }}{% endcomponent %}\
             {% component two(@t) %}{{ t.b }}{% endcomponent %}{% component three(@t) %}{{ t.c }}{% endcomponent %}",
        ),
        ("themes/mine/templates/base.html", "{{ t.d }}{% block main %}{% endblock %}"),
        ("themes/mine/templates/page.html", "{% extends \"base.html\" %}{% block main %}{{ <one /> }}{% endblock %}"),
        ("themes/mine/templates/home.html", "{% include \"part.html\" %}"),
        ("themes/mine/templates/part.html", "{{ t.e }}"),
        ("themes/mine/templates/tags.html", "{{ <three /> }}{{ t.f }}"),
    ];
    let asked = |name| Asked { name, place: Place::file(&SourcePath::new("site.toml")) };
    let (theme, found) = load(&sources(&files), &asked("mine"), &asked("fr"));
    assert_eq!(found, []);
    let missing = |templates: &[&str]| theme.find_missing_words(templates.iter().copied()).map(|found| found.help);
    let lacks = |words: &str| Some(format!("add {words}; `strings/en.toml` of the theme has them in English"));
    assert_eq!(missing(&["page.html"]), lacks("`a`, `b`, `d`"));
    assert_eq!(missing(&["home.html", "tags.html"]), lacks("`c`, `e`, `f`"));
    assert_eq!(missing(&["components.html"]), None);
    assert_eq!(missing(&[]), None);
}
