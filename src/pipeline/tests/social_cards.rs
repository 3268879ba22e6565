//! The pictures that other sites show beside a link to a page.

use super::*;

const CARD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 21\"><rect width=\"{{ page.order or 1 }}\" height=\"9\" \
                    fill=\"{% if page.kind == \"sign\" %}red{% else %}blue{% endif %}\"/></svg>";

/// A guide of two signs with a place in their order, and its first page.
fn pictured() -> Again {
    let mut again = Again::new();
    let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{% if page.social_card %}{{ page.social_card.url }}{% endif %}";
    again.build("themes/plain/templates/page.html", template);
    again.build("themes/plain/templates/social-card.svg", CARD);
    again.build("content/signs/a.md", "---\ntitle: A\norder: 1\n---\n");
    again.build("content/signs/b.md", "---\ntitle: B\norder: 12\n---\n");
    again.build("site.toml", &format!("social_cards = true\n{SITE}[kinds.sign]\nfolder = \"signs\"\n"));
    again
}

/// The pictures, by their names.
fn pictures(built: &Built) -> Vec<(String, Arc<[u8]>)> {
    let picture = |(out, bytes): (&OutPath, &Arc<[u8]>)| {
        Some((out.as_str().strip_prefix("assets/social/")?.to_owned(), Arc::clone(bytes)))
    };
    built.files.iter().filter_map(picture).collect()
}

#[test]
fn each_page_has_a_picture_that_it_shares_with_those_of_its_kind_and_place() {
    let mut again = pictured();
    let built = again.build("content/signs/c.md", "---\ntitle: C\norder: 12\n---\nWords.\n");
    assert_eq!(built.diagnostics, []);
    let names: Vec<String> = pictures(&built).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["of-page.png", "of-sign/1.png", "of-sign/12.png"]);
    assert!(again.shows("signs/c/index.html", "https://guide.example/assets/social/of-sign/12.png"));
    assert!(again.shows("index.html", "https://guide.example/assets/social/of-page.png"));
}

#[test]
fn an_edit_draws_only_what_it_changes() {
    let mut again = pictured();
    let before = pictures(&again.build("content/signs/a.md", "---\ntitle: A\norder: 1\n---\n"));
    let edited = pictures(&again.build("content/signs/a.md", "---\ntitle: Another\norder: 1\n---\nWords.\n"));
    assert_eq!(before.len(), edited.len());
    for ((name, bytes), (_, now)) in before.iter().zip(&edited) {
        assert!(Arc::ptr_eq(bytes, now), "{name} is the same one");
    }
    let moved = again.build("content/signs/a.md", "---\ntitle: Another\norder: 3\n---\nWords.\n");
    let names: Vec<String> = pictures(&moved).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["of-page.png", "of-sign/12.png", "of-sign/3.png"]);
    let drawn = again.build("themes/plain/templates/social-card.svg", &CARD.replace("red", "green"));
    let (old, new) = (pictures(&moved), pictures(&drawn));
    let changed: Vec<bool> = old.iter().zip(&new).map(|((_, old), (_, new))| old != new).collect();
    assert_eq!(changed, [false, true, true], "a new colour of signs");
}

#[test]
fn a_drawing_that_is_none_is_told_at_the_template() {
    let mut again = pictured();
    let template = "themes/plain/templates/social-card.svg";
    again.check(
        template,
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{{ page.kind }}</text></svg>",
        &["template-failed themes/plain/templates/social-card.svg 0"],
    );
    again.check(template, CARD, &[]);
}

#[test]
fn without_the_setting_there_are_none_and_with_it_the_theme_must_draw_them() {
    let mut again = pictured();
    let off = again.build("site.toml", &format!("{SITE}[kinds.sign]\nfolder = \"signs\"\n"));
    assert_eq!(pictures(&off), []);
    assert!(again.shows("signs/a/index.html", "content=\"default-src"));
    assert!(!again.shows("signs/a/index.html", "social/"));
    let mut bare = Again::new();
    let site = format!("social_cards = true\n{SITE}");
    let place = site.find("\"plain\"").expect("the theme is named");
    bare.check("site.toml", &site, &[&format!("no-template site.toml {place}")]);
}

#[test]
fn any_name_of_a_kind_and_any_order_will_do() {
    let mut again = pictured();
    let long = "k".repeat(300);
    let kinds = [("con", "a"), ("sign-1", "b"), ("sign-", "c"), (&*long, "d")];
    let kinds = kinds.map(|(kind, folder)| format!("[kinds.{kind}]\nfolder = \"{folder}\"\n")).concat();
    again.build("site.toml", &format!("social_cards = true\n{SITE}[kinds.sign]\nfolder = \"signs\"\n{kinds}"));
    again.build("content/a/a.md", "---\ntitle: D\n---\n");
    again.build("content/b/a.md", "---\ntitle: E\n---\n");
    again.build("content/c/a.md", "---\ntitle: F\norder: 5\n---\n");
    again.build("content/d/a.md", "---\ntitle: G\n---\n");
    let built = again.build("content/signs/a.md", "---\ntitle: A\norder: -5\n---\n");
    assert_eq!(
        built.diagnostics.iter().filter(|found| found.is_error()).collect::<Vec<_>>(),
        Vec::<&Diagnostic>::new()
    );
    let names: Vec<String> = pictures(&built).into_iter().map(|(name, _)| name).collect();
    let expected = ["of-con.png", "of-page.png", "of-sign-/5.png", "of-sign-1.png", "of-sign.png", "of-sign/12.png"];
    assert_eq!(names, expected);
}

#[test]
fn a_guide_that_is_kept_on_devices_keeps_what_its_pages_show_and_not_these() {
    let mut again = pictured();
    again.build("static/assets/social/photo.png", "no picture, but nobody looks");
    let site = format!("social_cards = true\n{SITE}offline = {{}}\n[kinds.sign]\nfolder = \"signs\"\n");
    let built = again.build("site.toml", &site);
    let worker = built.files.get(&OutPath::new("service-worker.js").expect("a plain name")).expect("it is published");
    let list = String::from_utf8_lossy(worker).lines().next().unwrap_or_default().to_owned();
    assert!(list.contains("assets/social/photo.png"), "{list}");
    assert!(!list.contains("of-sign"), "{list}");
}
