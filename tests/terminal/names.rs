//! What an author sees who renames a page, what is refused, and what nobody leads to.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::starters::take_over;
use super::{run, tree, words};

/// The guide that every new guide for two begins as, taken over by somebody.
fn guide() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(run(folder.path(), &["init", "--kind", "couple", "."]).status.success());
    take_over(folder.path());
    folder
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect("it is there")
}

const PAGE: &str = "content/signs/talking-past-each-other.md";

#[test]
fn a_page_is_renamed_however_it_is_named() {
    for (old, new) in [
        (PAGE, "content/signs/at-cross-purposes.md"),
        ("signs/talking-past-each-other", "signs/at-cross-purposes"),
        ("./content/signs/talking-past-each-other", "signs/at-cross-purposes.md"),
        ("@/signs/talking-past-each-other.md", "@/signs/at-cross-purposes.md"),
    ] {
        let root = guide();
        let shown = words(&run(root.path(), &["mv", old, new]));
        let first = format!("`{PAGE}` is `content/signs/at-cross-purposes.md` from here on\n");
        assert!(shown.starts_with(&first), "{old} to {new}: {shown}");
        let text = read(root.path(), "content/signs/at-cross-purposes.md");
        assert!(text.contains("\naliases: [/signs/talking-past-each-other/]\n---\n"), "{text}");
        assert!(!root.path().join(PAGE).exists());
        assert!(run(root.path(), &["build", "--strict"]).status.success());
        let redirect = read(root.path(), "public/signs/talking-past-each-other/index.html");
        assert!(redirect.contains("/signs/at-cross-purposes/"), "{redirect}");
    }
}

#[test]
fn what_would_change_is_shown_and_nothing_is_changed() {
    let root = guide();
    let before = tree(root.path());
    let output = run(root.path(), &["mv", "--dry-run", "practices/ten-minutes", "practices/a-quarter"]);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("--- content/practices/ten-minutes.md\n+++ content/practices/a-quarter.md\n"), "{shown}");
    assert!(shown.contains("\n+aliases: [/practices/ten-minutes/]\n"), "{shown}");
    assert!(shown.contains("\n-  - to: ten-minutes\n+  - to: a-quarter\n"), "{shown}");
    assert!(output.status.success());
    assert_eq!(tree(root.path()), before);
}

#[test]
fn a_folder_goes_with_its_kind_and_its_place_in_the_menu() {
    let root = guide();
    let shown = words(&run(root.path(), &["mv", "content/signs/", "marks"]));
    assert!(shown.starts_with("`content/signs` is `marks` from here on\n"), "{shown}");
    let settings = read(root.path(), "site.toml");
    assert!(settings.contains("@/marks/_index.md") && settings.contains("folder = \"marks\""), "{settings}");
    assert!(!root.path().join("content/signs").exists());
    assert!(run(root.path(), &["check", "--strict"]).status.success());
}

#[test]
fn a_page_is_found_by_its_bare_name() {
    let root = guide();
    let shown = words(&run(root.path(), &["mv", "ten-minutes", "five-minutes"]));
    assert!(shown.starts_with("`content/practices/ten-minutes.md` is `content/practices/five-minutes.md`"), "{shown}");
    assert!(run(root.path(), &["check", "--strict"]).status.success());
}

#[test]
fn what_cannot_be_renamed_is_told_and_nothing_is_changed() {
    let root = guide();
    let half = "---\ntitle: Half\npractices:\n  - to: [ten-minutes\n---\nSee.\n";
    fs::write(root.path().join("content/signs/half.md"), half).expect("written");
    fs::write(root.path().join("content/signs/plan.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .expect("written");
    let before = tree(root.path());
    let refused = |old: &str, new: &str, expected: &str| {
        let output = run(root.path(), &["mv", old, new]);
        let shown = words(&output);
        assert!(shown.contains(expected) && shown.ends_with("exit code 1\n"), "{old} to {new}: {shown}");
        assert_eq!(tree(root.path()), before, "{old} to {new}");
    };
    refused("signs/talking-past-each-othr", "signs/x", "did you mean `content/signs/talking-past-each-other.md`?");
    refused(PAGE, "content/a-z.md", "error: `content/a-z.md` is there already, and stays as it is");
    refused("content/_index.md", "content/home.md", "`content/_index.md` is the first page of the guide");
    refused("content/signs/_index.md", "content/s.md", "rename the folder, `betwixt mv content/signs content/…`");
    refused("ten-minuets", "five", "did you mean `content/practices/ten-minutes.md`?");
    refused("index", "five", "no page or folder `index`");
    refused("content/signs/plan.svg", "content/signs/map.svg", "`content/signs/plan.svg` is no page");
    refused("site.toml", "content/x.md", "there is no page or folder `site.toml`");
    refused("../elsewhere.md", "x.md", "only what lies in the folder `content` is renamed");
    refused("content/signs", "content/signs/deep", "lies in `content/signs` itself");
    refused(PAGE, "content/practices/talking.md", "nothing was renamed: this would be wrong under the other name");
    refused(PAGE, "content/practices/talking.md", "error[missing-field]");
    refused(PAGE, "content/signs/con.md", "error[bad-file-name]");
    refused("practices/ten-minutes", "practices/x", "`content/signs/half.md` is not right, and may name what you want");
}

#[test]
fn what_nobody_leads_to_is_listed() {
    let root = guide();
    fs::write(root.path().join("content/alone.md"), "---\ntitle: Alone\ndraft: true\n---\nNobody comes here.\n")
        .expect("written");
    let list = |arguments: &[&str]| {
        let output = run(root.path(), &[&["list"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(list(&["--orphans"]), "page  content/alone.md  /alone/  Alone (draft)\n");
    assert_eq!(list(&["--orphans", "--kind", "sign"]), "");
    let json = list(&["--orphans", "--format", "json"]);
    assert!(json.starts_with("{\"path\":\"content/alone.md\",\"kind\":\"page\""), "{json}");
    assert_eq!(list(&["--uncited"]), "");
    let settings = read(root.path(), "site.toml") + "\n[references]\nfile = \"references.yaml\"\n";
    fs::write(root.path().join("site.toml"), settings).expect("written");
    let reference = "walker2020:\n  type: book\n  title: Walking\n  author: Walker, Wanda\n  date: 2020\n";
    fs::write(root.path().join("content/references.yaml"), reference).expect("written");
    assert_eq!(list(&["--uncited"]), "walker2020  content/references.yaml:1\n");
    assert_eq!(
        list(&["--uncited", "--format", "json"]),
        "{\"key\":\"walker2020\",\"path\":\"content/references.yaml\",\"line\":1}\n"
    );
}

#[test]
fn what_is_due_for_a_review_is_listed() {
    let root = guide();
    let stale = || run(root.path(), &["list", "--stale"]);
    assert!(words(&stale()).contains("write `review_after = \"12 months\"` below `[checks]`"), "{}", words(&stale()));
    let settings = read(root.path(), "site.toml") + "\n[checks]\nreview_after = \"6 weeks\"\n";
    fs::write(root.path().join("site.toml"), settings).expect("written");
    for (name, day) in [("old", "2026-10-11"), ("young", "2026-10-13")] {
        let page = format!("---\ntitle: {name}\nreviewed: {day}\n---\nSee [here](_index.md).\n");
        fs::write(root.path().join(format!("content/{name}.md")), page).expect("written");
    }
    let listed = stale();
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "page  content/old.md  /old/  old\n", "{}", words(&listed));
}
