//! Fields that name sources, and pages that show a field of all pages.

use super::*;

/// A guide in which signs and plain pages make claims, and one page shows them all.
fn claims() -> Again {
    let mut again = Again::new();
    let keys = "{ says = { type = \"text\" }, by = { type = \"list of source\" } }";
    let claims = format!("fields.claims = {{ type = \"list of map\", keys = {keys} }}");
    let note = "fields.note = { type = \"markdown\" }";
    let site = format!(
        "{SITE}[references]\nfile = \"references.yaml\"\npage = \"refs.md\"\n[kinds.sign]\nfolder = \"signs\"\n{claims}\n{note}\n[pages]\n{claims}\n"
    );
    again.build("site.toml", &site);
    again.build("content/references.yaml", REFERENCES);
    let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{% if site.gathered.claims %}{{ site.gathered.claims }}{% endif %}\
                    {% if gathered %}{% for one in gathered %}|{{ one.page.title }} {{ one.page.url }}: {% if one.field.rows %}{% for row in one.field.rows %}\
                    {{ row[0].text }}{% for source in row[1].value or [] %} {{ source.by | join(sep=\"+\") }} {{ source.year }} {{ source.number }} {{ source.href }}{% endfor %};\
                    {% endfor %}{% else %}{{ one.field.value }}{% endif %}{% endfor %}{% endif %}";
    again.build("themes/plain/templates/page.html", template);
    again.build(
        "content/_index.md",
        "---\ntitle: Home\n---\n[all](all.md) [refs](refs.md) [b](signs/b.md) [plain](plain.md)\n",
    );
    again.build("content/refs.md", "---\ntitle: Refs\n---\n");
    again.build(
        "content/plain.md",
        "---\ntitle: Plain\nclaims: [{ says: It helps, by: [moon2019] }]\n---\n[@moon2019]\n",
    );
    again.build("content/signs/b.md", "---\ntitle: B\norder: 2\nclaims: [{ says: We talk, by: [kuhn2018] }, { says: Nobody knows }]\n---\n[a](a.md)\n");
    again.build("content/signs/a.md", "---\ntitle: A\nclaims: []\n---\n");
    again.build("content/all.md", "---\ntitle: All\ngathers: claims\n---\n");
    again
}

/// The codes of all complaints, with their files and what stands at their places.
#[track_caller]
fn told(again: &mut Again, path: &str, text: &str, expected: &[&str]) {
    let built = again.build(path, text);
    let said = |found: &Diagnostic| {
        let text = again.sources.text(&found.place.path).expect("it is there");
        let marked = found.place.span.map_or("", |span| &text[span.start..span.end]);
        format!("{} {} {marked}", found.code, found.place.path)
    };
    assert_eq!(built.diagnostics.iter().map(said).collect::<Vec<_>>(), expected);
}

/// What the page shows that gathers, and the address that every page knows of it.
fn all_claims(built: &Built) -> String {
    let out = OutPath::new("all/index.html").expect("a plain name");
    let page = String::from_utf8_lossy(built.files.get(&out).expect("it is published"));
    page.split_once("\">").expect("it begins with the policy").1.to_owned()
}

#[test]
fn a_page_gathers_what_all_pages_say_in_a_field() {
    let mut again = claims();
    let built = again.build("content/signs/a.md", "---\ntitle: A\nclaims: []\norder: 3\n---\n");
    assert_eq!(built.diagnostics, []);
    let plain = "|Plain /plain/: It helps Listening   /refs/#ref-moon2019;";
    let b = "|B /signs/b/: We talk Kuhn+Bradbury+Nussbeck 2018  /refs/#ref-kuhn2018;Nobody knows;";
    assert_eq!(all_claims(&built), format!("/all/{plain}{b}"));
    // What comes, goes or is held back is shown, or not, at once.
    let built = again.build("content/signs/a.md", "---\ntitle: A\norder: 1\nclaims: [{ says: Well }]\n---\n");
    assert_eq!(all_claims(&built), format!("/all/{plain}|A /signs/a/: Well;{b}"));
    let built = again.build("content/signs/a.md", "---\ntitle: A\ndraft: true\nclaims: [{ says: Well }]\n---\n");
    assert!(!all_claims(&built).contains("Well"));
    let moon = REFERENCES.replace("title: Listening", "title: Hearing");
    again.build("content/signs/b.md", "---\ntitle: B\nclaims: [{ says: We talk, by: [kuhn2018] }]\n---\n");
    let built = again.build("content/references.yaml", &moon);
    assert!(all_claims(&built).starts_with("/all/|Plain /plain/: It helps Hearing"));
}

#[test]
fn links_of_a_gathered_text_lead_where_they_lead_on_its_own_page() {
    let mut again = claims();
    let b = "---\ntitle: B\nnote: See [why](#why), [plain](../plain.md#x) and [[refs]].\n---\n[@kuhn2018] [a](a.md)\n\n## Why {#why}\n";
    again.build("content/plain.md", "---\ntitle: Plain\n---\n[@moon2019]\n\n## X {#x}\n");
    again.build("content/signs/b.md", b);
    let built = again.build("content/all.md", "---\ntitle: All\ngathers: note\n---\n");
    let note = "<p>See <a href=\"/signs/b/#why\">why</a>, <a href=\"/plain/#x\">plain</a> and <a href=\"/refs/\">Refs</a>.</p>\n";
    assert_eq!(all_claims(&built), format!("|B /signs/b/: {note}"));
}

#[test]
fn a_source_that_was_retracted_is_named_wherever_it_is_cited() {
    let mut again = claims();
    let (b, references) = ("content/signs/b.md", "content/references.yaml");
    let cites = "---\ntitle: B\nsources: [kuhn2018]\nclaims:\n  - says: We talk\n    by: [moon2019, kuhn2018]\n---\n[a](a.md) [@kuhn2018]\n";
    told(&mut again, b, cites, &[]);
    let retracted = REFERENCES.replace("  date: 2018\n", "  date: 2018\n  retracted: by the journal in 2020\n");
    let each = "retracted-source content/signs/b.md kuhn2018";
    told(&mut again, references, &retracted, &[each, each, each]);
    // Nobody is told to cite it again.
    told(&mut again, b, "---\ntitle: B\n---\n[a](a.md)\n", &[]);
    let unsaid = retracted.replace("by the journal in 2020", "true");
    told(&mut again, references, &unsaid, &["reference-value content/references.yaml true"]);
}

#[test]
fn what_a_retracted_work_holds_is_retracted_too() {
    let mut again = claims();
    let within = REFERENCES.replace(
        "  title: Listening\n",
        "  title: Listening\n  parent:\n    title: The issue\n    retracted: by its editors\n",
    );
    told(
        &mut again,
        "content/references.yaml",
        &within,
        &["retracted-source content/plain.md moon2019", "retracted-source content/plain.md moon2019"],
    );
}

#[test]
fn a_broken_source_of_a_field_is_told_at_its_place_and_nothing_follows_from_it() {
    let mut again = claims();
    let b = "content/signs/b.md";
    for (claims, said) in [
        ("[{ by: [khun2018] }]", "unknown-source content/signs/b.md khun2018"),
        ("[{ by: kuhn2018 }]", "wrong-value content/signs/b.md kuhn2018"),
        ("[{ bye: [kuhn2018] }]", "unknown-entry-key content/signs/b.md bye"),
        ("[{ by: [2018] }]", "wrong-value content/signs/b.md 2018"),
        ("kuhn2018", "wrong-value content/signs/b.md kuhn2018"),
    ] {
        told(&mut again, b, &format!("---\ntitle: B\nclaims: {claims}\n---\n[a](a.md)\n"), &[said]);
    }
    told(&mut again, b, "---\ntitle: B\nclaims: [{ by: [\"@kuhn2018\"] }]\n---\n[a](a.md)\n", &[]);
    told(
        &mut again,
        "content/all.md",
        "---\ntitle: All\ngathers: claim\n---\n",
        &["unknown-field content/all.md claim"],
    );
}

#[test]
fn readers_are_told_where_to_tell_of_a_mistake() {
    let mut again = Again::new();
    let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">\
                    {% if site.contact %}{{ site.contact.url }}|{{ site.contact.text }}{% else %}nowhere{% endif %}";
    again.build("themes/plain/templates/page.html", template);
    for (contact, shown) in [
        ("", "\">nowhere"),
        ("contact = \"mistakes@guide.example\"\n", "\">mailto:mistakes@guide.example|mistakes@guide.example"),
        ("contact = \"mailto:mistakes@guide.example\"\n", "\">mailto:mistakes@guide.example|mistakes@guide.example"),
        ("contact = \"https://guide.example/tell\"\n", "\">https://guide.example/tell|https://guide.example/tell"),
    ] {
        told(&mut again, "site.toml", &format!("{SITE}{contact}"), &[]);
        assert!(again.shows("index.html", shown), "{shown}");
    }
    for odd in ["http://guide.example/", "https://", "a@b.example?body=x", "javascript:alert(1)", "+44 20 7946 0000"] {
        let said = format!("wrong-setting site.toml \"{odd}\"");
        told(&mut again, "site.toml", &format!("{SITE}contact = \"{odd}\"\n"), &[&said]);
    }
}
