//! One publication after the other by somebody who remembers what is published: each costs what it changes, and what others
//! do meanwhile is found afterwards.

use std::collections::BTreeMap;
use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;

use super::faulty::{Ability, Fault, Faulty};
use super::{Bench, Site, Snapshot, expected, names, site, snapshot};
use crate::base::OutPath;
use crate::disk::Publisher;
use crate::disk::publish::{Foreign, publish};

const SMALL: [&str; 4] =
    ["index.html", "signs/haste/index.html", "signs/listening/index.html", "practices/walk/index.html"];

/// Files that are not edited, so many that all that is known is not looked at anew.
const OTHERS: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/// The site with other editions of some files.
fn edited(before: &Site, paths: &[&str], edition: &str) -> Site {
    let mut after = before.clone();
    after.extend(site(paths, edition));
    after
}

/// Publishes sites until all is known of the folder: the second makes the tree that is kept beside.
fn know<'d>(disk: &'d Faulty, bench: &Bench, last: &Site) -> Publisher<'d> {
    let mut publisher = Publisher::new(disk, &bench.public(), Foreign::Refuse);
    publisher.publish(&edited(last, &["index.html", "signs/haste/index.html"], "before")).expect("published");
    publisher.publish(last).expect("published");
    publisher.verify(last).expect("verified");
    publisher
}

/// The steps and flushes of what is done meanwhile.
fn count(disk: &Faulty, work: impl FnOnce()) -> (usize, usize) {
    let before = (disk.steps(), disk.flushes());
    work();
    (disk.steps() - before.0, disk.flushes() - before.1)
}

#[test]
fn an_edit_takes_the_steps_of_what_it_changes_however_large_the_site() {
    let counts = [4, 400].map(|pages| {
        let paths: Vec<String> = (0..pages).map(|page| format!("signs/{page}/index.html")).collect();
        let paths: Vec<&str> =
            paths.iter().map(String::as_str).chain(["index.html", "signs/haste/index.html"]).collect();
        let (bench, disk, one) = (Bench::new(), Faulty::none(), site(&paths, "1"));
        let mut publisher = know(&disk, &bench, &one);
        let two = edited(&one, &["index.html"], "2");
        let three = edited(&two, &["index.html", "signs/1/index.html"], "3");
        let four = edited(&three, &["index.html", "signs/2/index.html"], "4");
        [&two, &three, &four, &four].map(|site| {
            let steps = count(&disk, || drop(publisher.publish(site).expect("published")));
            bench.assert_published(site, &Snapshot::new());
            steps
        })
    });
    assert_eq!(counts[0], counts[1]);
    assert_eq!(counts[0][0], (5, 0), "lock; note, remove the second name, write, rename");
    assert_eq!(counts[0][3], (1, 0), "lock");
    assert!(counts.iter().flatten().all(|(_, flushes)| *flushes == 0), "flushed while edits go on: {counts:?}");
}

#[test]
fn what_was_published_is_flushed_when_edits_pause() {
    let (bench, disk, one) = (Bench::new(), Faulty::none(), site(&[&SMALL[..], &OTHERS].concat(), "1"));
    let mut publisher = know(&disk, &bench, &one);
    let two = edited(&one, &["index.html"], "2");
    publisher.publish(&two).expect("published");
    assert_eq!(count(&disk, || drop(publisher.verify(&two).expect("verified"))).1, 2, "the file and its folder");
    let three = edited(&two, &SMALL, "3");
    publisher.publish(&three).expect("published");
    assert_eq!(count(&disk, || drop(publisher.verify(&three).expect("verified"))).1, 1, "the disk");
    assert_eq!(count(&disk, || drop(publisher.verify(&three).expect("verified"))).1, 0);
}

#[test]
fn the_record_of_what_was_published_does_not_grow_without_end() {
    let (bench, disk, mut last) = (Bench::new(), Faulty::none(), site(&SMALL, "1"));
    let mut publisher = know(&disk, &bench, &last);
    for edition in 2..30 {
        last = edited(&last, &["index.html"], &edition.to_string());
        publisher.publish(&last).expect("published");
        publisher.verify(&last).expect("verified");
        let record = fs::read_to_string(bench.home().join("published")).expect("it is there");
        assert!(record.lines().count() <= 2 * SMALL.len(), "{record}");
    }
}

#[test]
fn what_others_did_to_published_files_is_found_repaired_and_named_when_edits_pause() {
    for many in [1, 3] {
        for publications in [1, 2, 3] {
            let (bench, disk, first) = (Bench::new(), Faulty::none(), site(&[&SMALL[..], &OTHERS].concat(), "1"));
            let mut publisher = know(&disk, &bench, &first);
            bench.write("public/a", "in place");
            bench.write("renamed", "by a rename");
            fs::rename(bench.path("renamed"), bench.path("public/b")).expect("renamed");
            fs::remove_file(bench.path("public/c")).expect("removed");
            bench.write("public/signs/notes", "mine");
            bench.write("public/.git/HEAD", "main");
            let mut last = first;
            for edition in 0..publications {
                last = edited(&last, &SMALL[..many], &format!("edition {edition}"));
                let sum = publisher.publish(&last).expect("published");
                assert_eq!((sum.written, sum.repaired), (many, Vec::new()), "others are not looked at");
            }
            let sum = publisher.verify(&last).expect("verified");
            let mut repaired: Vec<(String, String)> = sum
                .repaired
                .iter()
                .map(|repaired| (repaired.path.clone(), fs::read_to_string(&repaired.kept).expect("kept")))
                .collect();
            repaired.sort();
            let named =
                [("a", "in place"), ("b", "by a rename")].map(|(path, text)| (path.to_owned(), text.to_owned()));
            assert_eq!(repaired, named, "{many} files, {publications} publications");
            let foreign = [(".git", "folder"), (".git/HEAD", "main"), ("signs/notes", "mine")];
            bench.assert_published(&last, &foreign.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
            assert!(publisher.verify(&last).expect("verified").repaired.is_empty());
            check_beside(&bench);
        }
    }
}

#[test]
fn an_edit_of_somebody_else_to_a_file_that_is_replaced_is_named_at_once() {
    for many in [1, 3] {
        let (bench, disk, first) = (Bench::new(), Faulty::none(), site(&SMALL, "1"));
        let mut publisher = know(&disk, &bench, &first);
        bench.write("public/index.html", "by somebody");
        let last = edited(&first, &SMALL[..many], "2");
        let sum = publisher.publish(&last).expect("published");
        assert_eq!(sum.repaired.len(), 1);
        assert_eq!(fs::read_to_string(&sum.repaired[0].kept).expect("kept"), "by somebody");
        bench.assert_published(&last, &Snapshot::new());
    }
}

#[test]
fn what_is_known_to_be_foreign_stands_there_all_the_time() {
    let (bench, disk, first) = (Bench::new(), Faulty::none(), site(&SMALL, "1"));
    let mut publisher = know(&disk, &bench, &first);
    bench.write("public/signs/notes", "mine");
    bench.write("public/.git/HEAD", "main");
    bench.write("public/gone", "mine");
    publisher.publish(&edited(&first, &SMALL, "2")).expect("published");
    publisher.verify(&edited(&first, &SMALL, "2")).expect("verified");
    fs::remove_file(bench.path("public/gone")).expect("removed");
    for edition in ["3", "4", "5"] {
        let site = edited(&first, &SMALL, edition);
        publisher.publish(&site).expect("published");
        let foreign = [(".git", "folder"), (".git/HEAD", "main"), ("signs/notes", "mine")];
        bench.assert_published(&site, &foreign.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    }
}

#[test]
fn planted_links_are_not_followed() {
    for many in [1, 3] {
        for tree in ["public", ".public.betwixt/former", ".public.betwixt/tree"] {
            let (bench, disk, first) = (Bench::new(), Faulty::none(), site(&SMALL, "1"));
            let mut publisher = know(&disk, &bench, &first);
            if tree.ends_with("former") {
                publisher.publish(&edited(&first, &SMALL, "2")).expect("published");
            }
            bench.write("elsewhere/haste/index.html", "precious");
            bench.write("elsewhere/listening/index.html", "precious");
            fs::remove_dir_all(bench.path(tree).join("signs")).expect("removed");
            bench.link(&bench.path("elsewhere").display().to_string(), &format!("{tree}/signs"));
            let mut last = first;
            for edition in ["3", "4", "5"] {
                last = edited(&last, &SMALL[1..=many], edition);
                publisher.publish(&last).expect("published");
            }
            publisher.verify(&last).expect("verified");
            bench.assert_published(&last, &Snapshot::new());
            for (path, text) in snapshot(&bench.path("elsewhere")) {
                assert!(text == "folder" || text == "precious", "{tree}: {path}");
            }
        }
    }
}

#[test]
fn what_another_program_published_is_not_taken_for_ours() {
    for others in [vec!["index.html"], SMALL.to_vec()] {
        let (bench, disk, first) = (Bench::new(), Faulty::none(), site(&SMALL, "1"));
        let mut publisher = know(&disk, &bench, &first);
        bench.publish_unflushed(&edited(&first, &others, "by another")).expect("published");
        let last = edited(&first, &["signs/haste/index.html"], "2");
        publisher.publish(&last).expect("published");
        bench.assert_published(&last, &Snapshot::new());
    }
}

/// Nothing but what is published lies beside the output.
fn check_beside(bench: &Bench) {
    let published = bench.published();
    for (path, text) in snapshot(&bench.home().join("tree")) {
        assert_eq!(published.get(&path), Some(&text), "`{path}` lies beside the output and is not published");
    }
    for name in names(&bench.home()) {
        assert!([".gitignore", "lock", "published", "tree", "edited"].contains(&&*name), "`{name}` is left over");
    }
}

#[test]
fn whichever_step_of_an_edit_goes_wrong_one_whole_site_is_published() {
    let first = site(&SMALL, "1");
    let one = edited(&first, &["index.html"], "2");
    let sites = [one.clone(), edited(&one, &SMALL[..3], "3"), edited(&one, &SMALL[1..], "4")];
    for ability in [Ability::All, Ability::NoExchange, Ability::NoLinks] {
        for fault in [Fault::Fail, Fault::Forbid, Fault::Stop] {
            for step in 0.. {
                if !strike(&first, &sites, &Faulty::new(step, fault, ability)) {
                    break;
                }
            }
        }
    }
}

/// Publishes one site after the other with one step going wrong; whether it was reached.
fn strike(first: &Site, sites: &[Site], disk: &Faulty) -> bool {
    let (bench, at) = (Bench::new(), format!("{disk:?}"));
    bench.publish_unflushed(&edited(first, &SMALL, "0")).expect("published");
    bench.publish_unflushed(first).expect("published");
    let mut publisher = Publisher::new(disk, &bench.public(), Foreign::Refuse);
    let _ = publisher.verify(first);
    bench.write("public/signs/notes", "mine");
    let notes = Snapshot::from([("signs/notes".to_owned(), "mine".to_owned())]);
    let _ = publisher.verify(first);
    let mut before = first;
    for site in sites {
        let answer = publisher.publish(site);
        let now = bench.published();
        let is_between = disk.ability == Ability::NoExchange && now.is_empty() && bench.home().join("old").exists();
        let is_new = ours(&now) == ours(&expected(site, &Snapshot::new()));
        let is_old = ours(&now) == ours(&expected(before, &Snapshot::new()));
        assert!(is_new || is_between || (answer.is_err() && is_old), "{at}: {answer:?}: {now:#?}");
        before = if is_new { site } else { before };
    }
    let last = &sites[sites.len() - 1];
    if disk.fault != Fault::Stop {
        let _ = publisher.verify(last);
    }
    let sum = publish(&Faulty::none(), &bench.public(), last, Foreign::Refuse).expect("published");
    assert_eq!(sum.repaired, [], "{at}: nobody edited anything");
    bench.assert_published(last, &notes);
    check_beside(&bench);
    disk.struck()
}

/// A snapshot without what somebody put there, and without folders.
fn ours(snapshot: &Snapshot) -> Snapshot {
    snapshot
        .iter()
        .filter(|(path, _)| *path != "signs/notes")
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect()
}

const OURS: [&str; 7] =
    ["index.html", "a", "signs/index.html", "signs/x/index.html", "signs/x/y/index.html", "b/c/d", "b/e"];
const THEIRS: [&str; 4] = ["CNAME", ".git/HEAD", "signs/notes", "signs/x/y/notes"];

/// One thing that happens.
#[derive(Debug, Clone)]
enum Event {
    /// Some files get another edition, or come and go.
    Publish(BTreeMap<usize, Option<u8>>),
    /// The same by another program.
    Other(BTreeMap<usize, Option<u8>>),
    /// The same, killed before that step; another program comes after it.
    Crash(BTreeMap<usize, Option<u8>>, usize),
    /// Edits pause.
    Verify,
    /// Somebody writes a file of theirs.
    Write(usize, u8),
    /// Somebody edits a file of ours: in place, or by a rename.
    Edit(usize, bool),
    /// Somebody deletes a file of ours.
    Lose(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let edits = || {
        let edition = prop_oneof![8 => (0..3_u8).prop_map(Some), 1 => Just(None)];
        proptest::collection::btree_map(0..OURS.len(), edition, 0..4)
    };
    prop_oneof![
        6 => edits().prop_map(Event::Publish),
        1 => edits().prop_map(Event::Other),
        1 => (edits(), 0..30_usize).prop_map(|(edits, step)| Event::Crash(edits, step)),
        3 => Just(Event::Verify),
        2 => (0..THEIRS.len(), any::<u8>()).prop_map(|(path, edition)| Event::Write(path, edition)),
        2 => (0..OURS.len(), any::<bool>()).prop_map(|(path, how)| Event::Edit(path, how)),
        1 => (0..OURS.len()).prop_map(Event::Lose),
    ]
}

fn change(site: &mut Site, edits: &BTreeMap<usize, Option<u8>>) {
    for (path, edition) in edits {
        let path = OutPath::new(OURS[*path]).expect("plain");
        match edition {
            Some(edition) => drop(site.insert(path.clone(), format!("{path} {edition}").into_bytes().into())),
            None => drop(site.remove(&path)),
        }
    }
}

fn files(snapshot: Snapshot) -> Snapshot {
    snapshot.into_iter().filter(|(_, content)| content != "folder").collect()
}

/// Somebody does something to a file of ours, if it is there.
fn meddle(bench: &Bench, event: &Event) {
    match event {
        Event::Edit(path, true) if bench.public().join(OURS[*path]).exists() => {
            fs::write(bench.path("beside"), "meddled").expect("written");
            fs::rename(bench.path("beside"), bench.public().join(OURS[*path])).expect("renamed");
        }
        Event::Edit(path, _) if bench.public().join(OURS[*path]).exists() => {
            fs::write(bench.public().join(OURS[*path]), "meddled").expect("written");
        }
        Event::Lose(path) => drop(fs::remove_file(bench.public().join(OURS[*path]))),
        _ => {}
    }
}

fn run(events: &[Event]) {
    let (bench, disk) = (Bench::new(), Faulty::none());
    let mut publisher = Publisher::new(&disk, &bench.public(), Foreign::Refuse);
    let (mut last, mut theirs) = (site(&OURS, "0"), Snapshot::new());
    publisher.publish(&last).expect("published");
    for event in events {
        match event {
            Event::Publish(edits) => {
                change(&mut last, edits);
                publisher.publish(&last).expect("published");
            }
            Event::Other(edits) => {
                let mut other = last.clone();
                change(&mut other, edits);
                publish(&disk, &bench.public(), &other, Foreign::Refuse).expect("published");
            }
            Event::Crash(edits, step) => {
                change(&mut last, edits);
                let killed = Faulty::new(*step, Fault::Stop, Ability::All);
                let mut dying = Publisher::new(&killed, &bench.public(), Foreign::Refuse);
                let _ = dying.verify(&last);
                change(&mut last, &BTreeMap::from([(0, Some(9)), (1, Some(9))]));
                let _ = dying.publish(&last);
            }
            Event::Verify => {
                publisher.verify(&last).expect("verified");
                assert_eq!(files(bench.published()), files(expected(&last, &theirs)));
                check_beside(&bench);
            }
            Event::Write(path, edition) => {
                bench.write(&format!("public/{}", THEIRS[*path]), &edition.to_string());
                theirs.insert(THEIRS[*path].to_owned(), edition.to_string());
            }
            meddled => meddle(&bench, meddled),
        }
    }
    publisher.verify(&last).expect("verified");
    assert_eq!(files(bench.published()), files(expected(&last, &theirs)));
    check_beside(&bench);
}

proptest! {
    #![proptest_config(crate::random::configure(200))]

    #[test]
    fn whatever_others_did_meanwhile_the_folder_equals_a_clean_one_when_edits_pause(events in vec(event(), 1..16)) {
        run(&events);
    }
}
