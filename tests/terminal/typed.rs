//! What the program says where it is called otherwise than it can be.

use super::{cases, run, words};

#[test]
fn what_was_meant_is_said_and_the_code_is_2() {
    let root = tempfile::tempdir().expect("a temporary folder");
    cases::write(root.path(), &cases::base());
    let said = |typed: &str, expected: &str| {
        let shown = words(&run(root.path(), &typed.split(' ').collect::<Vec<_>>()));
        assert_eq!(shown, format!("error: {expected}\nexit code 2\n"), "{typed}");
    };
    said("check \u{2014}fix", "`\u{2014}fix` begins with a long dash: type two hyphens, `--fix`");
    said("check \u{2013}-fix", "`\u{2013}-fix` begins with a long dash: type two hyphens, `--fix`");
    said("check -fix", "`-fix` begins with one hyphen: type two, `--fix`");
    said("serve --port 99999", "`99999` is no port: write a number from 1 to 65535, or leave `--port` out");
    said("serve --port=abc", "`abc` is no port: write a number from 1 to 65535, or leave `--port` out");
    said("start", "there is no command `start`; `betwixt serve` does that");
    said("publish", "there is no command `publish`; `betwixt build` does that");
    said("fix", "there is no command `fix`; `betwixt check --fix` does that");
    said("list sign", "`betwixt list --kind sign` lists the pages of the kind `sign`");
    said("new sign Two words", "put the title in quotes: `betwixt new sign \"Two words\"`");
    said(
        "mv a.md content/Ten Minutes.md",
        "there are more than two names here: put a name with spaces in quotes, as in \
         `betwixt mv walk.md \"content/Ten Minutes.md\"`",
    );
    said(
        "check content/_index.md",
        "`content/_index.md` is a file, and the whole guide is looked at: leave it out, or name the guide's folder",
    );
}

#[test]
fn nothing_to_list_is_said_so() {
    let root = tempfile::tempdir().expect("a temporary folder");
    cases::write(root.path(), &cases::base());
    let said = |typed: &[&str]| words(&run(root.path(), typed));
    assert_eq!(said(&["list", "--uncited"]), "every reference is cited\nexit code 0\n");
    assert_eq!(said(&["list", "--drafts"]), "no page is held back\nexit code 0\n");
    assert_eq!(said(&["list", "--drafts", "--format", "json"]), "exit code 0\n");
    assert_eq!(said(&["explain", "UNKNOWN-KEY"]), "exit code 0\n");
}

#[test]
fn a_dry_run_of_mending_writes_nothing() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let broken =
        ("content/practices/walking.md".to_owned(), "---\ntitle: Walking: side by side\n---\nWalk.\n".to_owned());
    cases::write(root.path(), &cases::of(&[broken]));
    let before = super::tree(root.path());
    let shown = words(&run(root.path(), &["check", "--fix", "--dry-run"]));
    assert!(shown.contains("`betwixt check --fix` mends 1 mistake in 1 file so"), "{shown}");
    assert_eq!(super::tree(root.path()), before);
}

#[test]
fn each_line_that_connects_an_editor_stands_by_itself() {
    let root = tempfile::tempdir().expect("a temporary folder");
    cases::write(root.path(), &cases::base());
    let shown = words(&run(root.path(), &["schema", "--write"]));
    assert_eq!(shown.lines().filter(|line| line.starts_with("#:schema ./.schemas/")).count(), 1, "{shown}");
    let pages = shown.lines().filter(|line| line.starts_with("# yaml-language-server: $schema=../"));
    assert_eq!(pages.count(), 5, "{shown}");
    assert!(shown.contains("\nbelow the first `---` of `content/signs/*.md`, put this line:\n\n# yaml"), "{shown}");
}
