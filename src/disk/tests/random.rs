//! Random publications, crashes and meddling: what is published always equals a clean publication.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

use proptest::collection::vec;
use proptest::prelude::*;

use super::faulty::{Ability, Fault, Faulty};
use super::{Bench, Site, Snapshot, expected};
use crate::base::OutPath;
use crate::disk::publish::{Foreign, publish};

const OURS: [&str; 8] =
    ["index.html", "a", "signs/index.html", "signs/x/index.html", "signs/x/y/index.html", "b/c/d", "b/e", "f/g/h/i"];
const THEIRS: [&str; 6] = ["CNAME", ".git/HEAD", ".git/objects/aa", "signs/notes", "signs/x/y/notes", "z/y"];

/// One thing that happens.
#[derive(Debug, Clone)]
enum Event {
    /// The site with these files (each with an edition) is published.
    Publish(BTreeMap<usize, u8>),
    /// The same, killed before that step, and then done.
    Crash(BTreeMap<usize, u8>, usize),
    /// Somebody writes a file of theirs.
    Write(usize, u8),
    /// Somebody deletes a file of theirs.
    Delete(usize),
    /// Somebody edits a file of ours, in place.
    Edit(usize),
    /// Somebody deletes a file of ours.
    Lose(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let site = || proptest::collection::btree_map(0..OURS.len(), 0..3_u8, 0..OURS.len());
    prop_oneof![
        4 => site().prop_map(Event::Publish),
        3 => (site(), 0..60_usize).prop_map(|(site, step)| Event::Crash(site, step)),
        2 => (0..THEIRS.len(), any::<u8>()).prop_map(|(path, edition)| Event::Write(path, edition)),
        1 => (0..THEIRS.len()).prop_map(Event::Delete),
        1 => (0..OURS.len()).prop_map(Event::Edit),
        1 => (0..OURS.len()).prop_map(Event::Lose),
    ]
}

fn built(files: &BTreeMap<usize, u8>) -> Site {
    let file = |(&path, edition): (&usize, &u8)| {
        (OutPath::new(OURS[path]).expect("plain"), format!("{} {edition}", OURS[path]).into_bytes().into())
    };
    files.iter().map(file).collect()
}

/// A snapshot's files; folders that others left empty do not matter here.
fn files(snapshot: Snapshot) -> Snapshot {
    snapshot.into_iter().filter(|(_, content)| content != "folder").collect()
}

/// Inode and time of change in nanoseconds of each file of ours that has this very content.
fn marks(bench: &Bench, site: &Site) -> BTreeMap<OutPath, (u64, i64, i64)> {
    let mark = |(path, bytes): (&OutPath, &std::sync::Arc<[u8]>)| {
        let place = bench.public().join(path.as_str());
        (fs::read(&place).ok()? == **bytes).then_some(())?;
        let metadata = fs::symlink_metadata(place).ok()?;
        Some((path.clone(), (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())))
    };
    site.iter().filter_map(mark).collect()
}

fn publish_and_check(bench: &Bench, site: &Site, theirs: &Snapshot) {
    let before = marks(bench, site);
    publish(&Faulty::none(), &bench.public(), site, Foreign::Refuse).expect("published");
    assert_eq!(files(bench.published()), files(expected(site, theirs)));
    let after = marks(bench, site);
    for (path, mark) in before {
        assert_eq!(after.get(&path), Some(&mark), "{path:?} was rewritten");
    }
}

fn run(events: Vec<Event>) {
    let bench = Bench::new();
    let mut theirs = Snapshot::new();
    publish_and_check(&bench, &built(&BTreeMap::from([(0, 0)])), &theirs);
    for event in events {
        match event {
            Event::Publish(site) => publish_and_check(&bench, &built(&site), &theirs),
            Event::Crash(site, step) => {
                let disk = Faulty::new(step, Fault::Stop, Ability::All);
                let _ = publish(&disk, &bench.public(), &built(&site), Foreign::Refuse);
                publish_and_check(&bench, &built(&site), &theirs);
            }
            Event::Write(path, edition) => {
                bench.write(&format!("public/{}", THEIRS[path]), &edition.to_string());
                theirs.insert(THEIRS[path].to_owned(), edition.to_string());
            }
            Event::Delete(path) => {
                let _ = fs::remove_file(bench.public().join(THEIRS[path]));
                theirs.remove(THEIRS[path]);
            }
            Event::Edit(path) => {
                let path = bench.public().join(OURS[path]);
                if path.exists() {
                    fs::write(path, "meddled").expect("written");
                }
            }
            Event::Lose(path) => {
                let _ = fs::remove_file(bench.public().join(OURS[path]));
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::random::configure(200))]

    #[test]
    fn whatever_happened_before_the_published_site_equals_a_clean_one(events in vec(event(), 1..14)) {
        run(events);
    }
}
