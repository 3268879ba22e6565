//! What `build` writes into `urls.lock`, and what becomes of an author who lets a published address go.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;

use super::{cases, run, tree, words};

/// A small site that lives at an address of its own.
fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let settings = String::from_utf8_lossy(&cases::base()["site.toml"]).replace("guide.example", "nearer.guide");
    let redirect = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{{ redirect.url }}\n";
    let template = ("themes/plain/templates/redirect.html".to_owned(), redirect.to_owned());
    cases::write(root.path(), &cases::of(&[("site.toml".to_owned(), settings), template]));
    root
}

fn listed(root: &Path) -> Vec<String> {
    let text = fs::read_to_string(root.join("urls.lock")).expect("the list is there");
    text.lines().filter(|line| !line.starts_with("# ")).map(str::to_owned).collect()
}

fn edit(root: &Path, path: &str, from: &str, to: &str) {
    let path = root.join(path);
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{from} is not in {text}");
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn the_first_build_begins_the_list_and_the_second_leaves_it() {
    let root = site();
    let first = words(&run(root.path(), &["build"]));
    assert!(first.contains("`urls.lock` is begun: it lists the addresses that readers may have"), "{first}");
    assert_eq!(listed(root.path()), ["/", "/practices/walking/", "/signs/silence/", "/signs/silence/#why"]);
    let before = tree(root.path());
    let second = words(&run(root.path(), &["build"]));
    assert!(!second.contains("urls.lock"), "{second}");
    assert_eq!(tree(root.path()), before);
    fs::write(root.path().join("content/practices/tea.md"), "---\ntitle: Tea\naliases: [/cups/]\n---\nDrink.\n")
        .expect("written");
    let third = words(&run(root.path(), &["build"]));
    assert!(third.contains("2 more addresses in `urls.lock`"), "{third}");
    assert_eq!(
        listed(root.path()),
        ["/", "/cups/", "/practices/tea/", "/practices/walking/", "/signs/silence/", "/signs/silence/#why"]
    );
}

#[test]
fn a_guide_that_moves_to_another_site_is_told_what_readers_have() {
    let root = site();
    assert!(run(root.path(), &["build"]).status.success());
    let list = fs::read_to_string(root.path().join("urls.lock")).expect("the list is there");
    assert!(list.starts_with("# https://nearer.guide/\n# The addresses"), "{list}");
    edit(root.path(), "site.toml", "https://nearer.guide/", "https://closer.guide/");
    let shown = words(&run(root.path(), &["check"]));
    assert!(shown.starts_with("warning[moved-site]: this guide was published at `https://nearer.guide/`"), "{shown}");
    assert!(shown.contains("--> urls.lock:1:1"), "{shown}");
    assert!(words(&run(root.path(), &["build", "-u", "https://nearer.guide/"])).ends_with("exit code 0\n"));
    edit(root.path(), "urls.lock", "https://nearer.guide/", "https://closer.guide/");
    assert_eq!(words(&run(root.path(), &["check"])), "3 pages checked, and nothing is wrong\nexit code 0\n");
}

#[test]
fn only_what_readers_may_have_is_listed() {
    let root = site();
    fs::write(root.path().join("content/practices/tea.md"), "---\ntitle: Tea\ndraft: true\n---\nDrink.\n")
        .expect("written");
    for arguments in [&["check"][..], &["build", "--drafts"], &["build", "-u", "https://guide.example/"]] {
        assert!(run(root.path(), arguments).status.success());
        assert!(!root.path().join("urls.lock").exists(), "{arguments:?}");
    }
    assert!(run(root.path(), &["build"]).status.success());
    assert!(listed(root.path()).iter().all(|line| !line.contains("tea")));
    edit(root.path(), "content/signs/silence.md", "statement:", "titel:");
    fs::write(root.path().join("content/practices/more.md"), "---\ntitle: More\n---\nMore.\n").expect("written");
    assert!(!run(root.path(), &["build"]).status.success());
    assert!(listed(root.path()).iter().all(|line| !line.contains("more")), "nothing was published");
}

#[test]
fn a_page_that_moved_needs_an_alias_and_a_page_that_goes_a_line_less() {
    let root = site();
    assert!(run(root.path(), &["build"]).status.success());
    let published = tree(&root.path().join("public"));
    fs::rename(root.path().join("content/practices/walking.md"), root.path().join("content/practices/strolling.md"))
        .expect("renamed");
    edit(root.path(), "content/signs/silence.md", "to: walking", "to: strolling");
    for command in ["check", "build"] {
        let shown = words(&run(root.path(), &[command]));
        assert!(shown.contains("error[vanished-address]: `/practices/walking/` was published"), "{shown}");
        assert!(shown.contains("urls.lock:6:1"), "{shown}");
        assert!(shown.contains("`content/practices/strolling.md` took its place"), "{shown}");
    }
    assert_eq!(tree(&root.path().join("public")), published, "the site published before is as it was");
    edit(
        root.path(),
        "content/practices/strolling.md",
        "title: Walking",
        "title: Strolling\naliases: [/practices/walking/]",
    );
    let shown = words(&run(root.path(), &["build"]));
    assert!(shown.ends_with("exit code 0\n"), "{shown}");
    edit(root.path(), "content/practices/strolling.md", "\naliases: [/practices/walking/]", "");
    assert!(words(&run(root.path(), &["build"])).contains("vanished-address"));
    edit(root.path(), "urls.lock", "/practices/walking/\n", "");
    assert!(run(root.path(), &["build"]).status.success(), "gone for good");
    assert!(!listed(root.path()).contains(&"/practices/walking/".to_owned()));
}

#[test]
fn while_a_page_cannot_be_read_nobody_knows_its_addresses() {
    let root = site();
    edit(root.path(), "content/practices/walking.md", "title: Walking", "title: Walking\naliases: [/walks/]");
    assert!(run(root.path(), &["build"]).status.success());
    edit(root.path(), "content/practices/walking.md", "aliases:", "alaises:");
    let shown = words(&run(root.path(), &["check"]));
    assert!(shown.contains("alaises") && !shown.contains("vanished-address"), "{shown}");
}

#[test]
fn four_builds_at_once_note_all_addresses_without_a_word_of_warning() {
    let root = site();
    for round in 0..10 {
        let page = format!("---\ntitle: Tea number {round}\n---\nDrink.\n");
        fs::write(root.path().join(format!("content/practices/tea-{round}.md")), page).expect("written");
        let children: Vec<_> = (0..4)
            .map(|_| {
                super::betwixt().arg("build").current_dir(root.path()).stderr(Stdio::piped()).spawn().expect("it runs")
            })
            .collect();
        for child in children {
            let shown = words(&child.wait_with_output().expect("it ends"));
            assert!(!shown.contains("warning: the") && shown.ends_with("exit code 0\n"), "round {round}: {shown}");
        }
        assert!(listed(root.path()).contains(&format!("/practices/tea-{round}/")));
    }
    assert!(!root.path().join(".betwixt").exists());
}

#[test]
#[cfg(unix)]
fn a_list_that_cannot_be_written_is_told_and_the_site_is_published() {
    let root = site();
    fs::create_dir(root.path().join("elsewhere")).expect("made");
    fs::write(root.path().join("elsewhere/list"), "/\n").expect("written");
    std::os::unix::fs::symlink("elsewhere/list", root.path().join("urls.lock")).expect("linked");
    let shown = words(&run(root.path(), &["build"]));
    assert!(
        shown.contains("warning: the site is published, but its addresses are not noted in `urls.lock`"),
        "{shown}"
    );
    assert!(shown.ends_with("exit code 0\n"), "{shown}");
    assert!(root.path().join("public/index.html").is_file());
}
