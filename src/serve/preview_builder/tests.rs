//! Files that break and are mended, and what is shown in between.

use super::*;
use crate::base::{OutPath, Request};
use crate::pipeline::{self, Memory};

const CONFIGURATION: &str = "title = \"The guide\"\nbase_url = \"https://guide.example/for/two/\"\ntheme = \"small\"\n";
const TEMPLATE: &str = "<!doctype html><html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\"><title>{{ page.title }}</title></head><body>{{ page.html }}</body></html>";

/// A guide that is edited, and what is shown of it.
struct Bench {
    sources: Sources,
    memory: Memory,
    preview_builder: PreviewBuilder,
}

impl Bench {
    fn new(files: &[(&str, &str)]) -> (Self, Preview) {
        let mut bench = Self {
            sources: Sources::new(Request::default()),
            memory: Memory::new(),
            preview_builder: PreviewBuilder::new(),
        };
        let known = [
            ("site.toml", CONFIGURATION),
            ("themes/small/theme.toml", "name = \"Small\"\n"),
            ("themes/small/templates/page.html", TEMPLATE),
            ("content/_index.md", "---\ntitle: Home\n---\nHome.\n"),
            ("content/haste.md", "---\ntitle: Haste\n---\nOne.\n"),
            ("content/calm.md", "---\ntitle: Calm\n---\nOne.\n"),
        ];
        for (path, text) in known.iter().chain(files) {
            bench.sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
        }
        let preview = bench.show(&Changes::new());
        (bench, preview)
    }

    /// Saves a file, or removes it.
    fn save(&mut self, path: &str, text: Option<&str>) -> Preview {
        let path = SourcePath::new(path);
        let before = match text {
            Some(text) => self.sources.insert(path.clone(), Source::bytes(text.as_bytes())),
            None => self.sources.remove(&path),
        };
        self.show(&Changes::from([(path, before)]))
    }

    fn show(&mut self, changes: &Changes) -> Preview {
        let (built, _) = pipeline::build(&self.sources, &mut self.memory);
        let mut build_site = |patched: &Sources| pipeline::build(patched, &mut self.memory).0;
        self.preview_builder.show(&built, changes, &self.sources, &mut build_site)
    }
}

/// The text of a page.
fn text(preview: &Preview, path: &str) -> String {
    let bytes = preview.files.get(&OutPath::new(path).expect("plain"));
    let page = bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    page.split("<body>").nth(1).and_then(|rest| rest.split("</body>").next()).unwrap_or_default().trim().to_owned()
}

#[test]
fn a_broken_page_stands_as_it_stood_and_edits_of_others_are_seen() {
    let (mut bench, start) = Bench::new(&[]);
    assert_eq!((start.prefix.as_str(), start.problems.len(), start.is_old), ("/for/two/", 0, false));
    let broken = bench.save("content/haste.md", Some("---\ntitel: Haste\n---\nTwo.\n"));
    assert_eq!(text(&broken, "haste/index.html"), "<p>One.</p>");
    assert!(broken.is_old && !broken.problems.is_empty());
    let other = bench.save("content/calm.md", Some("---\ntitle: Calm\n---\nTwo.\n"));
    assert_eq!(text(&other, "haste/index.html"), "<p>One.</p>");
    assert_eq!(text(&other, "calm/index.html"), "<p>Two.</p>");
    // Still broken in another way: what counts is when it was last whole.
    let again = bench.save("content/haste.md", Some("---\ntitle: [\n---\nThree.\n"));
    assert_eq!(text(&again, "haste/index.html"), "<p>One.</p>");
    let mended = bench.save("content/haste.md", Some("---\ntitle: Haste\n---\nFour.\n"));
    assert_eq!(text(&mended, "haste/index.html"), "<p>Four.</p>");
    assert!(!mended.is_old && mended.problems.is_empty());
    assert_eq!(*mended.files, *pipeline::build(&bench.sources, &mut Memory::new()).0.files);
}

#[test]
fn a_page_that_was_edited_while_another_was_broken_stands_as_it_stood_last() {
    let (mut bench, _) = Bench::new(&[]);
    bench.save("content/haste.md", Some("---\ntitel: Haste\n---\nTwo.\n"));
    bench.save("content/calm.md", Some("---\ntitle: Calm\n---\nTwo.\n"));
    let both = bench.save("content/calm.md", Some("---\ntitle: Calm\ndraft: yes\n---\nThree.\n"));
    assert_eq!(text(&both, "calm/index.html"), "<p>Two.</p>");
    assert_eq!(text(&both, "haste/index.html"), "<p>One.</p>");
}

#[test]
fn a_new_template_that_fails_leaves_its_pages_standing() {
    let (mut bench, start) = Bench::new(&[("content/signs/rush.md", "---\ntitle: Rush\n---\nOne.\n")]);
    let failing = TEMPLATE.replace("page.html", "page.htlm");
    let broken = bench.save("themes/small/templates/home.html", Some(&failing));
    assert_eq!((text(&broken, "index.html"), broken.is_old), (text(&start, "index.html"), true));
    assert!(!broken.problems.is_empty());
    let mended = bench.save("themes/small/templates/home.html", Some(&TEMPLATE.replace("<body>", "<body>Well. ")));
    assert_eq!((text(&mended, "index.html").as_str(), mended.is_old), ("Well. <p>Home.</p>", false));
}

#[test]
fn a_broken_theme_and_a_missing_configuration_leave_the_site_standing() {
    let (mut bench, start) = Bench::new(&[]);
    for (path, text) in [
        ("themes/small/templates/page.html", Some("{{ page.titel")),
        ("site.toml", Some("title = ")),
        ("site.toml", None),
    ] {
        let before = bench.sources.text(&SourcePath::new(path)).expect("it is there").to_owned();
        let broken = bench.save(path, text);
        assert_eq!((&broken.files, &broken.prefix, broken.is_old), (&start.files, &start.prefix, true), "{path}");
        assert!(!broken.problems.is_empty());
        let edited = bench.save("content/calm.md", Some("---\ntitle: Calm\n---\nTwo.\n"));
        assert!(text_of_calm(&edited), "an edit of a page is seen while `{path}` is broken");
        bench.save("content/calm.md", Some("---\ntitle: Calm\n---\nOne.\n"));
        let mended = bench.save(path, Some(&before));
        assert_eq!((&mended.files, mended.problems.len(), mended.is_old), (&start.files, 0, false), "{path}");
    }
}

fn text_of_calm(preview: &Preview) -> bool {
    text(preview, "calm/index.html") == "<p>Two.</p>"
}

#[test]
fn a_site_that_starts_broken_is_shown_as_far_as_it_can_be() {
    let (mut bench, start) = Bench::new(&[("content/haste.md", "---\ntitel: Haste\n---\nOne.\n")]);
    assert_eq!(text(&start, "calm/index.html"), "<p>One.</p>");
    assert!(!start.problems.is_empty() && !start.is_old);
    let mended = bench.save("content/haste.md", Some("---\ntitle: Haste\n---\nTwo.\n"));
    assert_eq!(text(&mended, "haste/index.html"), "<p>Two.</p>");
    let (mut bench, start) = Bench::new(&[("site.toml", "title = ")]);
    assert!(start.files.is_empty() && !start.problems.is_empty());
    let mended = bench.save("site.toml", Some(CONFIGURATION));
    assert_eq!(text(&mended, "haste/index.html"), "<p>One.</p>");
}
