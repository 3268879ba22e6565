//! Sources are changed all or not at all, whichever step goes wrong.

use std::fs;

use super::faulty::{Ability, Fault, Faulty};
use super::{Bench, Snapshot, snapshot};
use crate::base::SourcePath;
use crate::disk::apply_edits::{Rewrite, RewriteError, apply_edits};
use crate::disk::{Disk, RealDisk};

/// One page is edited, one moves to a new folder, and one goes with its folder.
const CHANGES: [(&str, Option<&str>, Option<&str>); 4] = [
    ("content/a.md", Some("a"), Some("A, edited")),
    ("content/signs/b.md", Some("b"), None),
    ("content/marks/new/b.md", None, Some("b, moved")),
    ("content/old/deep/c.md", Some("c"), None),
];

fn bench() -> Bench {
    let bench = Bench::new();
    for (path, before, _) in CHANGES {
        if let Some(before) = before {
            bench.write(path, before);
        }
    }
    bench.write("content/signs/stays.md", "stays");
    bench
}

fn change(bench: &Bench, disk: &dyn Disk) -> Result<(), RewriteError> {
    let paths = CHANGES.map(|(path, ..)| SourcePath::new(path));
    let changes: Vec<Rewrite> = CHANGES
        .iter()
        .zip(&paths)
        .map(|((_, before, after), path)| Rewrite {
            path,
            before: before.map(str::as_bytes),
            after: after.map(str::as_bytes),
            like: path,
        })
        .collect();
    apply_edits(disk, &bench.path(""), &changes)
}

fn shown(bench: &Bench) -> Vec<String> {
    let files: Snapshot = snapshot(&bench.path("content"));
    files.into_iter().filter(|(_, text)| text != "folder").map(|(path, text)| format!("{path}: {text}")).collect()
}

#[test]
fn all_sources_are_changed_and_nothing_is_left_over() {
    let bench = bench();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(bench.path("content/a.md"), fs::Permissions::from_mode(0o640)).expect("set");
    }
    change(&bench, &RealDisk::new()).expect("changed");
    assert_eq!(shown(&bench), ["a.md: A, edited", "marks/new/b.md: b, moved", "signs/stays.md: stays"]);
    assert!(!bench.path("content/old").exists(), "an empty folder is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(bench.path("content/a.md")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}

#[test]
fn whichever_step_fails_the_sources_are_all_old_or_all_new() {
    for ability in [Ability::All, Ability::NoLinks] {
        let mut failures = 0;
        loop {
            let bench = bench();
            let before = snapshot(&bench.path("content"));
            let disk = Faulty::new(failures, Fault::Fail, ability);
            let answer = change(&bench, &disk);
            if !disk.struck() {
                answer.expect("nothing went wrong");
                break;
            }
            let without_litter = |mut files: Snapshot| {
                files.retain(|path, _| !path.contains(".betwixt-"));
                files
            };
            let after = without_litter(snapshot(&bench.path("content")));
            match answer {
                Err(error) => {
                    assert!(!matches!(error, RewriteError::Torn { .. }), "step {failures}: {error}");
                    assert_eq!(after, before, "step {failures}");
                }
                Ok(()) => assert_eq!(after["a.md"], "A, edited", "step {failures}"),
            }
            failures += 1;
        }
        assert!(failures > 12, "too few steps: {failures}");
    }
}

#[test]
fn what_somebody_edited_meanwhile_is_left_alone() {
    let bench = bench();
    bench.write("content/old/deep/c.md", "C, by somebody else");
    let before = snapshot(&bench.path("content"));
    let error = change(&bench, &RealDisk::new()).expect_err("edited");
    assert!(error.to_string().contains("was edited by somebody else"), "{error}");
    assert_eq!(snapshot(&bench.path("content")), before);
}

#[test]
fn a_file_in_the_way_and_a_link_are_left_alone() {
    let bench = bench();
    bench.write("content/marks/new/b.md", "mine");
    let error = change(&bench, &RealDisk::new()).expect_err("in the way");
    assert!(error.to_string().contains("is there already"), "{error}");
    let bench = self::bench();
    fs::rename(bench.path("content/old"), bench.path("elsewhere")).expect("moved");
    bench.link("../elsewhere", "content/old");
    let error = change(&bench, &RealDisk::new()).expect_err("a link");
    assert!(error.to_string().contains("symbolic link"), "{error}");
    assert_eq!(fs::read_to_string(bench.path("elsewhere/deep/c.md")).expect("there"), "c");
}
