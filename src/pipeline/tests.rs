use super::*;
use crate::base::{OutPath, Request};

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
