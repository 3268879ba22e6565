//! The pictures that other sites show beside a link to a page.

use super::*;

const CARD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 21\"><rect width=\"{{ page.order or 1 }}\" height=\"9\" \
                    fill=\"{% if page.kind == \"sign\" %}red{% else %}blue{% endif %}\"/></svg>";

/// A guide of two signs with a place in their order, and its first page.
fn pictured() -> Again {
    let mut again = Again::new();
    let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{{ page.social_card }}";
    again.build("themes/plain/templates/page.html", template);
    again.build("themes/plain/templates/social-card.svg", CARD);
    again.build("content/signs/a.md", "---\ntitle: A\norder: 1\n---\n");
    again.build("content/signs/b.md", "---\ntitle: B\norder: 12\n---\n");
    again.build("site.toml", &format!("social_cards = true\n{SITE}[kinds.sign]\nfolder = \"signs\"\n"));
    again
}

/// The pictures, by their names.
fn pictures(built: &Built) -> Vec<(String, Arc<[u8]>)> {
    let files = built.files.iter().filter(|(out, _)| out.as_str().starts_with("social/"));
    files.map(|(out, bytes)| (out.to_string(), Arc::clone(bytes))).collect()
}

#[test]
fn each_page_has_a_picture_that_it_shares_with_those_of_its_kind_and_place() {
    let mut again = pictured();
    let built = again.build("content/signs/c.md", "---\ntitle: C\norder: 12\n---\nWords.\n");
    assert_eq!(built.diagnostics, []);
    let names: Vec<String> = pictures(&built).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["social/home.png", "social/page.png", "social/sign-1.png", "social/sign-12.png"]);
    assert!(again.shows("signs/c/index.html", "https://guide.example/social/sign-12.png"));
    assert!(again.shows("index.html", "https://guide.example/social/home.png"));
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
    assert_eq!(names, ["social/home.png", "social/page.png", "social/sign-12.png", "social/sign-3.png"]);
    let drawn = again.build("themes/plain/templates/social-card.svg", &CARD.replace("red", "green"));
    let (old, new) = (pictures(&moved), pictures(&drawn));
    let changed: Vec<bool> = old.iter().zip(&new).map(|((_, old), (_, new))| old != new).collect();
    assert_eq!(changed, [false, false, true, true], "a new colour of signs");
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
