//! Commands that write sources: what stands against them, and what becomes of those that were interrupted.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::interrupted::{PENDING, interrupt};
use super::{betwixt, cases, run, tree, words};

fn guide() -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    cases::write(root.path(), &cases::of(&[]));
    root
}

#[test]
fn a_command_that_reads_names_an_interrupted_edit_and_writes_nothing() {
    let root = guide();
    interrupt(root.path());
    let before = tree(root.path());
    for command in [&["check"][..], &["check", "--diff"], &["list"], &["mv", "--dry-run", "tea", "cups"], &["schema"]] {
        let shown = words(&run(root.path(), command));
        assert!(shown.starts_with(&format!("warning: {PENDING}")), "{command:?}: {shown}");
        assert_eq!(tree(root.path()), before, "{command:?}");
    }
}

#[test]
fn a_command_that_writes_finishes_an_interrupted_edit() {
    for command in [&["build"][..], &["check", "--fix"], &["mv", "walking", "strolling"], &["new", "practice", "Cups"]]
    {
        let root = guide();
        interrupt(root.path());
        let shown = words(&run(root.path(), command));
        assert!(shown.starts_with("an interrupted edit of 2 files is finished\n"), "{command:?}: {shown}");
        for (name, title) in [("tea", "Green tea"), ("coffee", "Black coffee")] {
            let page = fs::read_to_string(root.path().join(format!("content/{name}.md"))).expect("there");
            assert_eq!(page, format!("---\ntitle: {title}\n---\nDrink.\n"), "{command:?}");
        }
        assert!(!root.path().join(".betwixt").exists(), "{command:?} left something over");
    }
}

#[test]
fn what_was_edited_since_is_left_and_named() {
    let root = guide();
    interrupt(root.path());
    let mine = "---\ntitle: My coffee\n---\nDrink.\n";
    fs::write(root.path().join("content/coffee.md"), mine).expect("written");
    let shown = words(&run(root.path(), &["build"]));
    let named = "an interrupted edit of 2 files is finished\nwarning: `content/coffee.md` is neither as it was \
                 before that edit nor as it was to be, and stays as it is: look at it\n";
    assert!(shown.starts_with(named), "{shown}");
    assert_eq!(fs::read_to_string(root.path().join("content/coffee.md")).expect("there"), mine);
}

#[test]
#[cfg(unix)]
fn nothing_is_written_while_a_folder_cannot_be_read() {
    let root = guide();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    fs::write(elsewhere.path().join("more.md"), "---\ntitle: More\n---\nSee [walking](../practices/walking.md).\n")
        .expect("written");
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("content/more")).expect("linked");
    let misspelt = "---\ntitel: Tea\n---\nDrink.\n";
    fs::write(root.path().join("content/practices/tea.md"), misspelt).expect("written");
    let before = tree(root.path());
    for command in [&["mv", "walking", "strolling"][..], &["check", "--fix"], &["new", "practice", "Cups"]] {
        let output = run(root.path(), command);
        let shown = words(&output);
        assert!(
            shown.contains("`content/more` could not be read, so nothing is written: this is a symbolic link"),
            "{command:?}: {shown}"
        );
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert_eq!(tree(root.path()), before, "{command:?}");
    }
}

/// Runs the program in a folder as somebody whom permissions bind, which the administrator is not.
#[cfg(unix)]
fn run_bound(folder: &Path, arguments: &[&str]) -> std::process::Output {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let mut command = betwixt();
    let nobody = 65_534;
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        // The program lies where not everybody may go.
        let copy = folder.with_extension("program");
        // Copied by another process: while this one held it open, programs that other tests start would hold it too.
        let copied = std::process::Command::new("cp").arg(env!("CARGO_BIN_EXE_betwixt")).arg(&copy).status();
        assert!(copied.expect("`cp` runs").success());
        for path in walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("it can be read").into_path()) {
            std::os::unix::fs::chown(path, Some(nobody), None).expect("given away");
        }
        command = std::process::Command::new(copy);
        command.uid(nobody).env_clear().env("SOURCE_DATE_EPOCH", super::TODAY);
    }
    command.args(arguments).current_dir(folder).output().expect("the program runs")
}

#[test]
#[cfg(unix)]
fn nothing_is_written_while_a_folder_or_a_file_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    for hidden in ["content/signs", "content/signs/silence.md"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("guide");
        cases::write(&root, &cases::of(&[]));
        fs::write(root.join("content/practices/tea.md"), "---\ntitel: Tea\n---\nDrink.\n").expect("written");
        let before = tree(&root);
        let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
        permit(folder.path(), 0o777);
        let was = fs::metadata(root.join(hidden)).expect("there").permissions().mode();
        for command in [&["mv", "walking", "strolling"][..], &["check", "--fix"], &["new", "practice", "Cups"]] {
            permit(&root.join(hidden), 0o000);
            let output = run_bound(&root, command);
            permit(&root.join(hidden), was);
            let shown = words(&output);
            let named = format!("`{hidden}` could not be read, so nothing is written: this");
            assert!(shown.contains(&named) && shown.contains("you have no permission"), "{command:?}: {shown}");
            assert_eq!(output.status.code(), Some(1), "{command:?}");
            assert_eq!(tree(&root), before, "{command:?}");
        }
    }
}

#[test]
fn what_somebody_did_among_published_files_is_named_and_lost_nowhere() {
    let root = guide();
    assert!(run(root.path(), &["build"]).status.success());
    let published = tree(&root.path().join("public"));
    fs::write(root.path().join("public/index.html"), "edited").expect("written");
    fs::write(root.path().join("public/mine.html"), "mine").expect("written");
    let shown = words(&run(root.path(), &["build"]));
    let repaired = "warning: somebody had edited the published file `index.html`: it is again as it is built, and what it \
                    was is kept as `.public.betwixt/edited/index.html` until `betwixt clean`\n";
    assert!(shown.contains(repaired), "{shown}");
    let foreign = "was not published from here and stays: `mine.html`\n";
    assert!(shown.contains(foreign) && shown.ends_with("exit code 0\n"), "{shown}");
    let kept = fs::read_to_string(root.path().join(".public.betwixt/edited/index.html")).expect("kept");
    assert_eq!(kept, "edited");
    let shown = words(&run(root.path(), &["build"]));
    assert!(!shown.contains("edited the published") && shown.contains(foreign), "{shown}");
    assert!(run(root.path(), &["clean"]).status.success());
    assert!(!root.path().join(".public.betwixt").exists());
    assert_eq!(fs::read_to_string(root.path().join("public/mine.html")).expect("there"), "mine");
    fs::remove_file(root.path().join("public/mine.html")).expect("removed");
    assert!(run(root.path(), &["build"]).status.success());
    assert_eq!(tree(&root.path().join("public")), published);
}
