//! The guides that `betwixt init` writes: what is asked and said, and that each is a whole guide without fault.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{run, tree, words};

const KINDS: [&str; 3] = ["plain", "couple", "repair"];

/// A new guide of that kind.
fn guide(kind: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = run(folder.path(), &["init", "guide", "--kind", kind]);
    assert!(made.status.success(), "{}", words(&made));
    let root = folder.path().join("guide");
    (folder, root)
}

#[test]
fn each_kind_is_a_whole_guide_without_a_fault_and_needs_no_advice() {
    for kind in KINDS {
        let (_folder, root) = guide(kind);
        let checked = words(&run(&root, &["check", "--strict"]));
        assert!(checked.lines().count() == 2 && checked.contains("and nothing is wrong"), "{kind}: {checked}");
        let built = run(&root, &["build", "--strict"]);
        assert!(built.status.success(), "{kind}: {}", words(&built));
    }
}

#[test]
fn what_to_do_next_is_said_and_can_be_done() {
    for kind in KINDS {
        let (_folder, root) = guide(kind);
        let home = fs::read_to_string(root.join("content/_index.md")).expect("there is a first page");
        for step in ["`content/_index.md`", "`betwixt serve --open`", "`betwixt build`", "`base_url`", "`site.toml`"] {
            assert!(home.contains(step), "{kind} does not say {step}");
        }
        let commands: Vec<&str> =
            home.split("`betwixt new ").skip(1).filter_map(|rest| rest.split('`').next()).collect();
        assert!(!commands.is_empty(), "{kind} says how a page is added");
        for command in commands {
            let (name, title) = command.split_once(' ').expect("a kind and a title");
            let made = run(&root, &["new", name, title.trim_matches('"')]);
            assert!(made.status.success(), "{kind}: {}", words(&made));
        }
        assert!(run(&root, &["check"]).status.success(), "{kind}: a draft stands in nobody's way");
    }
}

#[test]
fn where_nobody_can_be_asked_the_guide_is_a_plain_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = words(&run(folder.path(), &["init", "mine"]));
    assert_eq!(
        made,
        "a new guide is in `mine`: its first page says what to do next\n\
         see it:      betwixt serve --root \"mine\" --open\n\
         change it:   its pages are in `mine/content`\n\
         publish it:  betwixt build --root \"mine\"\nexit code 0\n"
    );
    let (_folder, plain) = guide("plain");
    assert_eq!(tree(&folder.path().join("mine")), tree(&plain));
    let wrong = run(folder.path(), &["init", "other", "--kind", "boat"]);
    let said = words(&wrong);
    assert!(said.contains("invalid value 'boat'") && said.contains("plain, couple, repair"), "{said}");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!folder.path().join("other").exists(), "nothing was written");
}
