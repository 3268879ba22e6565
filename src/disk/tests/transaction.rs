//! Sources are changed all or not at all, whichever step goes wrong or is the last before a kill.

use std::fs;
use std::sync::Arc;

use super::faulty::{Ability, Fault, Faulty};
use super::{Bench, Snapshot, snapshot};
use crate::base::SourcePath;
use crate::disk::{Direction, Disk, RealDisk, SourceEdit, Transaction, WriteError, pending_edits, recover_edits};

/// Files with their content before and after.
type Change = (&'static str, Option<&'static str>, Option<&'static str>);

/// One page is edited, one moves to a new folder, and one goes with its folder.
const CHANGES: [Change; 4] = [
    ("content/a.md", Some("a"), Some("A, edited")),
    ("content/marks/new/b.md", None, Some("b, moved")),
    ("content/signs/b.md", Some("b"), None),
    ("content/old/deep/c.md", Some("c"), None),
];

/// What commands do: rename a page, rename a folder, mend several files, begin and extend the list of addresses.
const COMMANDS: [&[Change]; 6] = [
    &CHANGES,
    &[
        ("content/signs/haste.md", None, Some("haste")),
        ("content/haste.md", Some("haste"), None),
        ("content/a.md", Some("see haste"), Some("see signs/haste")),
    ],
    &[
        ("content/marks/b.md", None, Some("b, moved")),
        ("content/signs/b.md", Some("b"), None),
        ("content/marks/deep/c.md", None, Some("c")),
        ("content/signs/deep/c.md", Some("c"), None),
        ("content/marks/d.md", None, Some("")),
        ("content/signs/d.md", Some(""), None),
        ("content/a.md", Some("see signs/b"), Some("see marks/b")),
    ],
    &[
        ("content/a.md", Some("titel: a"), Some("title: a")),
        ("content/b.md", Some("titel: b"), Some("title: b")),
        ("site.toml", Some("titel"), Some("title")),
    ],
    &[("urls.lock", None, Some("/a/"))],
    &[("urls.lock", Some("/a/"), Some("/a/\n/b/"))],
];

/// All on one disk, and sources on a disk of their own, into which nothing is moved from elsewhere.
const DISKS: [Ability; 2] = [Ability::All, Ability::ContentMounted];

/// Each work on each disk.
fn works() -> impl Iterator<Item = (&'static [Change], Ability)> {
    COMMANDS.into_iter().flat_map(|changes| DISKS.map(|ability| (changes, ability)))
}

/// A disk with that ability, on which nothing goes wrong.
fn without_fault(ability: Ability) -> Faulty {
    Faulty::new(usize::MAX, Fault::Fail, ability)
}

fn bench(changes: &[Change]) -> Bench {
    let bench = Bench::new();
    for (path, before, _) in changes {
        if let Some(before) = before {
            bench.write(path, before);
        }
    }
    bench.write("content/stays.md", "stays");
    bench
}

fn edits(changes: &[Change]) -> Vec<SourceEdit> {
    let edit = |&(path, before, after): &Change| SourceEdit {
        path: SourcePath::new(path),
        former: before.map(|text| Arc::from(text.as_bytes())),
        intended: after.map(|text| Arc::from(text.as_bytes())),
        like: SourcePath::new(path),
    };
    changes.iter().map(edit).collect()
}

fn change(bench: &Bench, disk: &dyn Disk, changes: &[Change]) -> Result<(), WriteError> {
    Transaction::begin(disk, &bench.path(""))?.commit(edits(changes))
}

fn everything(bench: &Bench) -> Snapshot {
    snapshot(&bench.path(""))
}

fn files(all: Snapshot) -> Snapshot {
    all.into_iter().filter(|(_, text)| text != "folder").collect()
}

/// Everything as it is after the changes were made without a fault.
fn everything_after(changes: &[Change]) -> Snapshot {
    let bench = bench(changes);
    change(&bench, &Faulty::none(), changes).expect("nothing goes wrong");
    everything(&bench)
}

#[test]
fn all_sources_are_changed_and_nothing_is_left_over() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench(&CHANGES);
    fs::set_permissions(bench.path("content/a.md"), fs::Permissions::from_mode(0o640)).expect("set");
    change(&bench, &RealDisk::new(), &CHANGES).expect("changed");
    let files: Vec<String> = everything(&bench).into_iter().map(|(path, text)| format!("{path}: {text}")).collect();
    assert_eq!(
        files,
        [
            "content: folder",
            "content/a.md: A, edited",
            "content/marks: folder",
            "content/marks/new: folder",
            "content/marks/new/b.md: b, moved",
            "content/stays.md: stays"
        ]
    );
    let mode = fs::metadata(bench.path("content/a.md")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn the_folder_of_the_journal_is_its_owners_alone_and_hidden_from_git() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench(&CHANGES);
    let (disk, root) = (RealDisk::new(), bench.path(""));
    let transaction = Transaction::begin(&disk, &root).expect("begun");
    let home = bench.path(".betwixt");
    assert_eq!(fs::metadata(&home).expect("there").permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::read_to_string(home.join(".gitignore")).expect("there"), "*\n");
    drop(transaction);
    assert!(!home.exists(), "nothing was written, and the folder is still there");
}

#[test]
fn sources_on_a_disk_of_their_own_are_changed_like_others() {
    for changes in COMMANDS {
        let bench = bench(changes);
        change(&bench, &without_fault(Ability::ContentMounted), changes).expect("changed");
        assert_eq!(everything(&bench), everything_after(changes));
    }
}

#[test]
fn somebody_elses_file_where_new_bytes_are_made_is_named_and_stays() {
    let bench = bench(&CHANGES);
    bench.write("content/.betwixt-edit", "mine");
    let before = everything(&bench);
    let error = change(&bench, &RealDisk::new(), &CHANGES).expect_err("in the way");
    assert_eq!(error.to_string(), "`content/.betwixt-edit` is there already, and stays as it is");
    assert_eq!(everything(&bench), before);
}

#[test]
fn whichever_step_fails_the_sources_are_all_old_or_all_new() {
    for (changes, ability) in works() {
        let after = everything_after(changes);
        for step in 0.. {
            let bench = bench(changes);
            let before = everything(&bench);
            let disk = Faulty::new(step, Fault::Fail, ability);
            let answer = change(&bench, &disk, changes);
            let without_home = |bench: &Bench| {
                let mut all = everything(bench);
                all.retain(|path, _| !path.starts_with(".betwixt"));
                all
            };
            match answer {
                Err(error) => {
                    assert!(!matches!(error, WriteError::Unfinished { .. }), "step {step}: {error}");
                    assert_eq!(without_home(&bench), before, "step {step}: {error}");
                }
                // A folder that could not be removed does no harm.
                Ok(()) => assert_eq!(files(without_home(&bench)), files(after.clone()), "step {step}"),
            }
            let now = without_home(&bench);
            recover_edits(&without_fault(ability), &bench.path("")).expect("recovered");
            assert_eq!(everything(&bench), now, "step {step}: something is left over");
            if !disk.struck() {
                break;
            }
        }
    }
}

#[test]
fn whichever_step_is_the_last_before_a_kill_the_next_command_that_writes_leaves_all_old_or_all_new() {
    for (changes, ability) in works() {
        let after = everything_after(changes);
        let mut seen = [0, 0];
        for step in 0.. {
            let bench = bench(changes);
            let before = everything(&bench);
            let killed = Faulty::new(step, Fault::Stop, ability);
            let _ = change(&bench, &killed, changes);
            let between = everything(&bench);
            let pending = pending_edits(&bench.path("")).expect("read");
            assert_eq!(everything(&bench), between, "step {step}: who only looks changed something");
            if between.iter().any(|(path, text)| !path.starts_with(".betwixt") && before.get(path) != Some(text)) {
                let is_done = after.iter().all(|file| between.get_key_value(file.0) == Some(file));
                assert!(pending.is_some() || is_done, "step {step}: nothing is named");
            }
            // The recovery is killed too, at each of its steps.
            for second in 0.. {
                let again = Bench::new();
                copy(&bench, &again);
                let killed = Faulty::new(second, Fault::Stop, ability);
                let _ = recover_edits(&killed, &again.path(""));
                recover_edits(&without_fault(ability), &again.path("")).expect("recovered");
                let end = everything(&again);
                assert!(end == before || end == after, "steps {step} and {second}: {end:#?}");
                if !killed.struck() {
                    seen[usize::from(end == after)] += 1;
                    break;
                }
            }
            if !killed.struck() {
                break;
            }
        }
        assert!(seen[0] > 2 && seen[1] > 2, "both ends must be met: {seen:?}");
    }
}

fn copy(from: &Bench, to: &Bench) {
    for (path, text) in everything(from) {
        if text == "folder" { fs::create_dir_all(to.path(&path)).expect("made") } else { to.write(&path, &text) }
    }
}

#[test]
fn what_somebody_edits_between_a_kill_and_the_recovery_is_left_and_named() {
    for (changes, ability) in works() {
        for step in 0.. {
            let bench = bench(changes);
            let killed = Faulty::new(step, Fault::Stop, ability);
            let _ = change(&bench, &killed, changes);
            if !killed.struck() {
                break;
            }
            let Some(pending) = pending_edits(&bench.path("")).expect("read") else { continue };
            for (edited, ..) in changes {
                let again = Bench::new();
                copy(&bench, &again);
                again.write(edited, "by somebody else");
                let recovered =
                    recover_edits(&without_fault(ability), &again.path("")).expect("recovered").expect("pending");
                assert_eq!(recovered.paths, pending);
                assert_eq!(recovered.left, [SourcePath::new(edited)], "step {step}");
                for (path, before, after) in changes.iter().filter(|(path, ..)| path != edited) {
                    let wanted = if recovered.direction == Direction::Forward { after } else { before };
                    let there = fs::read_to_string(again.path(path)).ok();
                    assert_eq!(there.as_deref(), *wanted, "step {step}, `{path}`");
                }
                assert_eq!(fs::read_to_string(again.path(edited)).expect("there"), "by somebody else");
                assert!(!again.path(".betwixt").exists(), "step {step}: something is left over");
            }
        }
    }
}

#[test]
fn what_an_author_takes_back_by_hand_after_a_kill_is_not_done_again() {
    let whole = bench(&CHANGES);
    let killed = Faulty::new(18, Fault::Stop, Ability::All);
    change(&whole, &killed, &CHANGES).expect_err("killed");
    assert!(pending_edits(&whole.path("")).expect("read").is_some());
    let bench = bench(&CHANGES);
    let before = everything(&bench);
    fs::rename(whole.path(".betwixt"), bench.path(".betwixt")).expect("moved");
    let recovered = recover_edits(&Faulty::none(), &bench.path("")).expect("recovered").expect("pending");
    assert_eq!((recovered.direction, recovered.left), (Direction::Back, Vec::new()));
    assert_eq!(everything(&bench), before);
}

#[test]
fn a_journal_that_is_none_is_named_and_nothing_is_written() {
    let bench = bench(&CHANGES);
    bench.write(".betwixt/journal", "{}\n");
    let before = everything(&bench);
    let error = recover_edits(&RealDisk::new(), &bench.path("")).expect_err("it is none");
    assert!(error.to_string().contains(".betwixt/journal`, which tells how to end"), "{error}");
    assert!(pending_edits(&bench.path("")).is_err());
    let left: Vec<_> = everything(&bench).into_keys().filter(|path| !before.contains_key(path)).collect();
    assert_eq!(left, [".betwixt/.gitignore", ".betwixt/lock"]);
}

#[test]
fn what_somebody_edited_meanwhile_is_left_alone() {
    let bench = bench(&CHANGES);
    bench.write("content/old/deep/c.md", "C, by somebody else");
    let before = everything(&bench);
    let error = change(&bench, &RealDisk::new(), &CHANGES).expect_err("edited");
    assert!(error.to_string().contains("`content/old/deep/c.md` was edited by somebody else"), "{error}");
    assert_eq!(everything(&bench), before);
}

#[test]
fn a_file_in_the_way_and_a_link_are_left_alone() {
    let bench = bench(&CHANGES);
    bench.write("content/marks/new/b.md", "mine");
    let error = change(&bench, &RealDisk::new(), &CHANGES).expect_err("in the way");
    assert!(error.to_string().contains("is there already"), "{error}");
    let bench = self::bench(&CHANGES);
    fs::rename(bench.path("content/old"), bench.path("elsewhere")).expect("moved");
    bench.link("../elsewhere", "content/old");
    let error = change(&bench, &RealDisk::new(), &CHANGES).expect_err("a link");
    assert!(error.to_string().contains("symbolic link"), "{error}");
    assert_eq!(fs::read_to_string(bench.path("elsewhere/deep/c.md")).expect("there"), "c");
}

#[test]
fn two_processes_edit_one_after_the_other() {
    let bench = Bench::new();
    bench.write("urls.lock", "");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let (disk, root) = (Faulty::none(), bench.path(""));
                    let transaction = Transaction::begin(&disk, &root).expect("begun");
                    let former = fs::read(bench.path("urls.lock")).expect("there");
                    let longer = [&former[..], b"x"].concat();
                    let path = SourcePath::new("urls.lock");
                    let edit = SourceEdit::in_place(&path, Some(former.into()), longer.into());
                    transaction.commit(vec![edit]).expect("committed");
                }
            });
        }
    });
    assert_eq!(fs::read_to_string(bench.path("urls.lock")).expect("there").len(), 100);
    assert!(!bench.path(".betwixt").exists());
}
