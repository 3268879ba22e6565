//! What others do to the output folder, and where it may lie.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use super::faulty::{Ability, Fault, Faulty};
use super::{Bench, Meddle, Site, Snapshot, names, site, snapshot};
use crate::disk::publish::{Foreign, Published, publish};
use crate::disk::{RealDisk, WriteError, check_output, clean};

fn small() -> Site {
    site(&["index.html", "signs/haste/index.html"], "1")
}

fn other() -> Site {
    site(&["index.html", "signs/haste/index.html", "new/index.html"], "2")
}

/// What a refusal says, with the temporary folder's name taken out.
fn refusal<T: std::fmt::Debug>(bench: &Bench, answer: Result<T, WriteError>) -> String {
    answer.expect_err("refused").to_string().replace(&bench.path("").display().to_string(), "")
}

#[test]
fn an_output_that_meets_the_sources_is_refused() {
    let bench = Bench::new();
    bench.write("site/site.toml", "");
    bench.write("site/conf/site.toml", "");
    bench.write("site/content/index.md", "");
    bench.link("content", "site/link");
    bench.link("../..", "site/static/up");
    let root = bench.path("site");
    let refused = |output: &str| {
        let answer = check_output(&root, Path::new("site.toml"), &root.join(output));
        matches!(answer, Err(WriteError::Sources { .. } | WriteError::NotAFolder { .. }))
    };
    for output in [
        "",
        ".",
        "..",
        "../..",
        "content",
        "content/deep/er",
        "static",
        "themes",
        "themes/x",
        "./x/../content",
        "link",
        "link/deeper",
        "missing/../content",
        "site.toml",
        "static/up/site/content",
        "../site/content/../../site",
    ] {
        assert!(refused(output), "`{output}` was not refused");
    }
    for output in ["public", "../public", "src", "contents", "docs/public", "missing/../public"] {
        assert!(!refused(output), "`{output}` was refused");
    }
    let config = check_output(&root, Path::new("conf/site.toml"), &root.join("conf"));
    assert!(matches!(config, Err(WriteError::Sources { .. })), "the configuration's folder was not refused");
    assert_eq!(
        check_output(&root, Path::new("site.toml"), &root.join("a/../public")).expect("fine"),
        root.join("public")
    );
}

#[test]
fn an_output_that_is_a_file_is_refused_and_untouched() {
    let bench = Bench::new();
    bench.write("public", "precious");
    bench.link("nowhere", "dangling");
    let answer = bench.publish(&small());
    assert_eq!(refusal(&bench, answer), "the output `public` is not a folder: name a folder, or move it away");
    let answer = publish(&RealDisk::new(), &bench.path("dangling"), &small(), Foreign::Refuse);
    assert_eq!(refusal(&bench, answer), "the output `dangling` is not a folder: name a folder, or move it away");
    assert!(publish(&RealDisk::new(), Path::new("/"), &small(), Foreign::Keep).is_err());
    assert_eq!(names(&bench.path("")), ["dangling", "public"]);
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_untouched() {
    let bench = Bench::new();
    bench.write("public/thesis.txt", "precious");
    let answer = bench.publish(&small());
    assert_eq!(
        refusal(&bench, answer),
        "the folder `public` holds files that were not published from here: name an empty folder, or use `--force` to publish among them"
    );
    assert_eq!(names(&bench.path("")), ["public"]);
    assert_eq!(names(&bench.public()), ["thesis.txt"]);
}

#[test]
fn an_output_that_is_a_link_is_published_to_its_target() {
    let bench = Bench::new();
    bench.write("www/real/CNAME", "nearer.example");
    bench.link("www/real", "public");
    assert!(matches!(bench.publish(&small()), Err(WriteError::ForeignFolder { .. })));
    publish(&RealDisk::new(), &bench.public(), &small(), Foreign::Keep).expect("published");
    bench.publish(&other()).expect("published");
    let foreign = Snapshot::from([("CNAME".to_owned(), "nearer.example".to_owned())]);
    assert_eq!(snapshot(&bench.path("www/real")), super::expected(&other(), &foreign));
    assert!(fs::symlink_metadata(bench.public()).expect("there").is_symlink());
    assert_eq!(names(&bench.path("www")), [".real.betwixt", "real"]);
}

#[test]
fn missing_folders_above_the_output_are_made() {
    let bench = Bench::new();
    publish(&RealDisk::new(), &bench.path("a/b/../c/public"), &small(), Foreign::Refuse).expect("published");
    assert_eq!(names(&bench.path("a/c/public")), [".betwixt", "index.html", "signs"]);
}

#[test]
fn what_stands_where_a_file_must_go_is_named_and_stays() {
    let in_the_way: [(&str, Meddle); 5] = [
        ("public/new", |bench| bench.write("public/new", "mine")),
        ("public/new/index.html", |bench| bench.write("public/new/index.html", "mine")),
        ("public/new/index.html", |bench| bench.write("public/new/index.html/mine", "mine")),
        ("public/index.html", |bench| {
            fs::remove_file(bench.path("public/index.html")).expect("removed");
            bench.write("public/index.html/mine", "mine");
        }),
        ("public/new", |bench| drop(UnixListener::bind(bench.path("public/new")).expect("bound"))),
    ];
    for (path, put) in in_the_way {
        let bench = Bench::new();
        bench.publish_unflushed(&small()).expect("published");
        put(&bench);
        let before = bench.published();
        let answer = bench.publish_unflushed(&other());
        assert_eq!(
            refusal(&bench, answer),
            format!("`{path}` was not published from here, and a file of the site must go in its place: move it away")
        );
        assert_eq!(bench.published(), before);
    }
}

#[test]
fn a_file_of_somebody_else_becomes_ours_if_it_is_equal_and_is_never_written_over() {
    let bench = Bench::new();
    bench.publish(&small()).expect("published");
    bench.write("public/new/index.html", "new/index.html 2");
    bench.publish(&other()).expect("it is equal");
    bench.publish(&small()).expect("published");
    bench.write("public/new/index.html", "mine");
    assert!(bench.publish(&other()).is_err());
    assert!(
        publish(&RealDisk::new(), &bench.public(), &other(), Foreign::Keep).is_err(),
        "nobody's file is written over"
    );
    assert_eq!(fs::read_to_string(bench.path("public/new/index.html")).expect("it is there"), "mine");
}

#[test]
fn pipes_links_and_odd_names_of_somebody_else_survive() {
    let bench = Bench::new();
    bench.publish(&small()).expect("published");
    bench.publish(&other()).expect("published");
    drop(UnixListener::bind(bench.path("public/signs/socket")).expect("bound"));
    let odd = bench.public().join(OsStr::from_bytes(b"odd-\xff\n\"<b>"));
    fs::write(&odd, "mine").expect("written");
    symlink("/etc/hostname", bench.path("public/signs/haste/link")).expect("linked");
    for site in [small(), other(), small()] {
        bench.publish(&site).expect("published");
        assert_eq!(fs::read_to_string(&odd).expect("there"), "mine");
        assert_eq!(fs::read_link(bench.path("public/signs/haste/link")).expect("there"), Path::new("/etc/hostname"));
        assert!(fs::symlink_metadata(bench.path("public/signs/socket")).is_ok());
    }
}

#[test]
fn a_planted_staging_folder_or_lock_is_not_followed() {
    for planted in [".public.betwixt", ".public.betwixt/lock"] {
        let bench = Bench::new();
        bench.write("elsewhere/text", "precious");
        bench.link(&bench.path("elsewhere/made").display().to_string(), planted);
        fs::create_dir(bench.path("elsewhere/made")).expect("made");
        let answer = bench.publish(&small());
        assert!(matches!(answer, Err(WriteError::InTheWay { .. })), "{planted}: {answer:?}");
        assert_eq!(names(&bench.path("elsewhere")), ["made", "text"]);
        assert!(names(&bench.path("elsewhere/made")).is_empty());
    }
}

#[test]
fn when_nothing_changed_nothing_is_written() {
    let bench = Bench::new();
    bench.publish(&small()).expect("published");
    bench.publish(&other()).expect("published");
    let times = |folder: &Path| -> Vec<(String, i64, i64)> {
        let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("listed"));
        let mark = |entry: walkdir::DirEntry| {
            let metadata = entry.metadata().expect("there");
            (entry.path().display().to_string(), metadata.ctime(), metadata.ctime_nsec())
        };
        entries.map(mark).collect()
    };
    let before = times(&bench.path(""));
    let disk = Faulty::none();
    let sum = publish(&disk, &bench.public(), &other(), Foreign::Refuse).expect("published");
    assert_eq!(sum, Published { written: 0, removed: 0, unchanged: 3, ..Published::default() });
    assert_eq!(times(&bench.path("")), before);
    assert_eq!(disk.steps(), 1, "only the lock is taken");

    fs::remove_dir_all(bench.home()).expect("removed");
    let disk = Faulty::none();
    publish(&disk, &bench.public(), &other(), Foreign::Refuse).expect("published");
    assert_eq!(disk.steps(), 0, "and not even that without a staging folder");
}

#[test]
fn one_changed_file_takes_the_steps_of_one_file() {
    let bench = Bench::new();
    bench.publish(&other()).expect("published");
    let mut edited = other();
    edited.extend(site(&["index.html"], "edited"));
    let disk = Faulty::none();
    let sum = publish(&disk, &bench.public(), &edited, Foreign::Refuse).expect("published");
    assert_eq!(sum, Published { written: 1, removed: 0, unchanged: 2, ..Published::default() });
    assert_eq!(disk.steps(), 7, "lock; write, rename what is ours; write, flush, rename, flush");
    bench.assert_published(&edited, &Snapshot::new());
}

#[test]
fn an_edit_that_keeps_size_and_time_is_noticed() {
    let bench = Bench::new();
    bench.publish(&small()).expect("published");
    let path = bench.path("public/index.html");
    let time = fs::metadata(&path).expect("there").modified().expect("known");
    fs::write(&path, "index.html 9").expect("written");
    fs::File::options().write(true).open(&path).expect("there").set_modified(time).expect("set");
    bench.publish(&small()).expect("published");
    bench.assert_published(&small(), &Snapshot::new());
}

#[test]
fn the_rights_of_the_output_folder_stay() {
    let bench = Bench::new();
    bench.publish(&small()).expect("published");
    fs::set_permissions(bench.public(), fs::Permissions::from_mode(0o2750)).expect("set");
    for site in [other(), small(), other()] {
        bench.publish(&site).expect("published");
        assert_eq!(fs::metadata(bench.public()).expect("there").mode() & 0o7777, 0o2750);
    }
}

#[test]
fn a_published_file_that_somebody_edited_is_repaired_and_named_and_its_bytes_are_kept() {
    let bench = Bench::new();
    bench.publish(&other()).expect("published");
    let edit = |path: &str, text: &str| {
        let path = bench.public().join(path);
        // By one rename, as most editors do, and in place.
        if text.starts_with("renamed") {
            fs::write(bench.path("new"), text).expect("written");
            fs::rename(bench.path("new"), path).expect("renamed");
        } else {
            fs::write(path, text).expect("written");
        }
    };
    let publish = |site: &Site, named: &[(&str, &str, &str)]| {
        let sum = bench.publish(site).expect("published");
        let repaired: Vec<(&str, String)> = sum
            .repaired
            .iter()
            .map(|repaired| {
                let kept = repaired.kept.strip_prefix(bench.home()).expect("in the staging folder");
                (&*repaired.path, kept.display().to_string())
            })
            .collect();
        let expected: Vec<(&str, String)> = named.iter().map(|(path, kept, _)| (*path, (*kept).to_owned())).collect();
        assert_eq!(repaired, expected);
        for (_, kept, text) in named {
            assert_eq!(fs::read_to_string(bench.home().join(kept)).expect("kept"), *text);
        }
        bench.assert_published(site, &Snapshot::new());
    };
    publish(&other(), &[]);
    edit("index.html", "in place");
    publish(&other(), &[("index.html", "edited/index.html", "in place")]);
    edit("index.html", "renamed");
    edit("new/index.html", "renamed too");
    publish(
        &other(),
        &[("index.html", "edited/index.html.2", "renamed"), ("new/index.html", "edited/new/index.html", "renamed too")],
    );
    edit("index.html", "renamed");
    publish(&other(), &[("index.html", "edited/index.html.2", "renamed")]);
    edit("new/index.html", "gone, and edited");
    publish(&small(), &[("new/index.html", "edited/new/index.html.2", "gone, and edited")]);
    publish(&other(), &[]);
    publish(&small(), &[]);
    clean(&RealDisk::new(), &bench.public()).expect("cleaned");
    assert!(names(&bench.path("")).is_empty());
}

#[test]
fn a_publication_that_failed_or_was_killed_is_not_taken_for_an_edit() {
    for fault in [Fault::Fail, Fault::Stop] {
        for step in 0.. {
            let bench = Bench::new();
            bench.publish_unflushed(&small()).expect("published");
            bench.publish_unflushed(&other()).expect("published");
            let disk = Faulty::new(step, fault, Ability::All);
            for site in [small(), site(&["index.html", "signs/haste/index.html"], "3")] {
                let _ = publish(&disk, &bench.public(), &site, Foreign::Refuse);
            }
            let sum = bench.publish_unflushed(&site(&["index.html", "more"], "4")).expect("published");
            assert_eq!(sum.repaired, [], "{fault:?}, step {step}");
            if !disk.struck() {
                break;
            }
        }
    }
}

#[test]
fn what_is_not_published_any_more_lies_nowhere_beside_the_output() {
    let bench = Bench::new();
    fs::create_dir(bench.home()).expect("made");
    fs::set_permissions(bench.home(), fs::Permissions::from_mode(0o755)).expect("set");
    let edited = site(&["index.html", "signs/haste/index.html"], "edited");
    let mut one = edited.clone();
    one.extend(site(&["index.html"], "again"));
    for site in [other(), small(), other(), edited, one] {
        bench.publish(&site).expect("published");
        let published = bench.published();
        for (path, text) in snapshot(&bench.home().join("tree")) {
            assert_eq!(published.get(&path), Some(&text), "`{path}` lies beside the output and is not published");
        }
        assert_eq!(fs::metadata(bench.home()).expect("there").mode() & 0o777, 0o700);
    }
}

#[test]
fn a_failed_step_is_told_with_its_path_and_its_cure() {
    let bench = Bench::new();
    let full = publish(&Faulty::new(9, Fault::Fail, Ability::All), &bench.public(), &small(), Foreign::Refuse);
    assert_eq!(
        refusal(&bench, full),
        "cannot write `.public.betwixt/next/.betwixt`: there is no space left on this disk; free some and try again"
    );
    let bench = Bench::new();
    let forbidden = publish(&Faulty::new(0, Fault::Forbid, Ability::All), &bench.public(), &small(), Foreign::Refuse);
    assert_eq!(
        refusal(&bench, forbidden),
        "cannot create `.public.betwixt`: you have no permission; change the rights of the file or of the folder that holds it"
    );
}

#[test]
fn a_failed_publication_leaves_no_files_on_a_full_disk() {
    let bench = Bench::new();
    bench.publish_unflushed(&small()).expect("published");
    for step in 5..15 {
        let disk = Faulty::new(step, Fault::Fail, Ability::All);
        if publish(&disk, &bench.public(), &other(), Foreign::Refuse).is_ok_and(|_| !disk.struck()) {
            break;
        }
        let left = snapshot(&bench.home().join("next"));
        assert!(left.keys().all(|path| path == ".betwixt"), "step {step}: {left:?}");
        bench.publish_unflushed(&small()).expect("published");
        let _ = fs::remove_dir_all(bench.home());
    }
}

#[test]
fn what_comes_in_during_the_exchange_is_found_by_the_next_publication() {
    let bench = Bench::new();
    bench.publish_unflushed(&small()).expect("published");
    bench.publish_unflushed(&other()).expect("published");
    // As if it had been put into the published folder just before that became the old tree.
    bench.write(".public.betwixt/tree/late/text", "mine");
    bench.write(".public.betwixt/tree/signs/late", "mine");
    bench.publish_unflushed(&small()).expect("published");
    let foreign = [("late", "folder"), ("late/text", "mine"), ("signs/late", "mine")];
    bench.assert_published(&small(), &foreign.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
}

#[test]
fn of_two_versions_of_a_foreign_file_the_later_stays() {
    let bench = Bench::new();
    bench.publish_unflushed(&small()).expect("published");
    bench.publish_unflushed(&other()).expect("published");
    bench.write("public/CNAME", "earlier");
    bench.write(".public.betwixt/tree/CNAME", "later");
    let later = fs::metadata(bench.path("public/CNAME")).expect("there").modified().expect("known")
        + std::time::Duration::from_secs(5);
    let file = fs::File::options().write(true).open(bench.path(".public.betwixt/tree/CNAME")).expect("there");
    file.set_modified(later).expect("set");
    bench.publish_unflushed(&small()).expect("published");
    assert_eq!(fs::read_to_string(bench.path("public/CNAME")).expect("there"), "later");
}

#[test]
fn cleaning_removes_what_is_ours_and_nothing_else() {
    let bench = Bench::new();
    assert_eq!(clean(&RealDisk::new(), &bench.public()).expect("nothing to do"), 0);
    bench.publish(&small()).expect("published");
    bench.publish(&other()).expect("published");
    bench.write("public/signs/notes.txt", "mine");
    bench.write("public/.git/HEAD", "main");
    assert_eq!(clean(&RealDisk::new(), &bench.public()).expect("cleaned"), 3);
    let left: Vec<String> = bench.published().into_keys().collect();
    assert_eq!(left, [".git", ".git/HEAD", "signs", "signs/notes.txt"]);
    assert_eq!(names(&bench.path("")), ["public"]);
    assert_eq!(clean(&RealDisk::new(), &bench.public()).expect("nothing to do"), 0);

    let bench = Bench::new();
    bench.publish(&other()).expect("published");
    assert_eq!(clean(&RealDisk::new(), &bench.public()).expect("cleaned"), 3);
    assert!(names(&bench.path("")).is_empty());
}

#[test]
fn cleaning_follows_no_planted_link_and_needs_a_readable_list() {
    let bench = Bench::new();
    bench.write("elsewhere/haste/index.html", "precious");
    bench.publish(&small()).expect("published");
    fs::remove_dir_all(bench.path("public/signs")).expect("removed");
    bench.link("../elsewhere", "public/signs");
    bench.write("public/.betwixt", "betwixt 1\n../elsewhere/haste/index.html\n.\n");
    let answer = clean(&RealDisk::new(), &bench.public());
    assert_eq!(
        refusal(&bench, answer),
        "the list of published files `public/.betwixt` cannot be understood: build once, which mends it, and then clean"
    );
    fs::write(bench.path("public/.betwixt"), "betwixt 1\nindex.html\nsigns/haste/index.html\n.\n").expect("written");
    clean(&RealDisk::new(), &bench.public()).expect("cleaned");
    assert_eq!(fs::read_to_string(bench.path("elsewhere/haste/index.html")).expect("there"), "precious");
    assert_eq!(names(&bench.path("")), ["elsewhere"]);
}

#[test]
fn whichever_step_of_cleaning_fails_nothing_foreign_is_lost_and_cleaning_again_ends_it() {
    for fault in [Fault::Fail, Fault::Stop] {
        for step in 0.. {
            let bench = Bench::new();
            bench.publish_unflushed(&small()).expect("published");
            bench.write("public/signs/notes.txt", "mine");
            bench.write("public/.git/HEAD", "main");
            let killed = Faulty::new(22, Fault::Stop, Ability::All);
            let _ = publish(&killed, &bench.public(), &other(), Foreign::Refuse);
            let disk = Faulty::new(step, fault, Ability::All);
            let _ = clean(&disk, &bench.public());
            clean(&Faulty::none(), &bench.public()).expect("cleaned");
            let left: Vec<String> = bench.published().into_keys().collect();
            assert_eq!(left, [".git", ".git/HEAD", "signs", "signs/notes.txt"], "{fault:?}, step {step}");
            assert_eq!(names(&bench.path("")), ["public"], "{fault:?}, step {step}");
            if !disk.struck() {
                break;
            }
        }
    }
}
