//! Somebody reads, or publishes too, while a site is published.

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use rustix::fs::{Mode, OFlags, open, openat};

use super::{Bench, Site, Snapshot, site};

const PATHS: [&str; 3] = ["index.html", "signs/haste/index.html", "signs/listening/index.html"];

/// The edition of a file below an open folder.
fn edition_below(folder: &OwnedFd, path: &str) -> Option<String> {
    let mut text = String::new();
    let file = openat(folder, path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()).ok()?;
    File::from(file).read_to_string(&mut text).ok()?;
    text.rsplit(' ').next().map(str::to_owned)
}

#[test]
fn a_reader_never_misses_a_file_and_never_sees_two_editions() {
    let bench = Bench::new();
    bench.publish_unflushed(&site(&PATHS, "0")).expect("published");
    let (started, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (compared, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let read = || {
        for path in PATHS {
            fs::read(bench.public().join(path)).expect("never missing");
        }
        let before = ended.load(Ordering::SeqCst);
        let folder = open(bench.public(), OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty());
        let folder = folder.expect("never missing");
        let editions = PATHS.map(|path| edition_below(&folder, path));
        // Whoever holds the folder open while it is exchanged finds each file in one of the two editions, as nothing but
        // what is published may lie in the former tree.
        assert!(editions.iter().all(Option::is_some), "{editions:?}");
        if started.load(Ordering::SeqCst) == before {
            assert!(editions.iter().all(|edition| *edition == editions[0]), "{editions:?}");
            compared.fetch_add(1, Ordering::SeqCst);
        }
    };
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !is_over.load(Ordering::SeqCst) {
                read();
            }
        });
        let mut edition = 0;
        while !reader.is_finished() && (edition < 50 || compared.load(Ordering::SeqCst) < 5) {
            edition += 1;
            started.fetch_add(1, Ordering::SeqCst);
            bench.publish_unflushed(&site(&PATHS, &edition.to_string())).expect("published");
            ended.fetch_add(1, Ordering::SeqCst);
            // Gives the reader a moment in which nothing is published.
            while compared.load(Ordering::SeqCst) < edition.min(5) && !reader.is_finished() {
                thread::yield_now();
            }
        }
        is_over.store(true, Ordering::SeqCst);
        reader.join().expect("the reader met no missing or mixed file");
    });
}

#[test]
fn two_publishers_at_once_both_end_and_leave_one_whole_site() {
    let bench = Bench::new();
    let sites: Vec<Site> = vec![site(&PATHS, "one"), site(&["index.html", "b/index.html"], "two")];
    thread::scope(|scope| {
        for site in &sites {
            scope.spawn(|| {
                for _ in 0..25 {
                    bench.publish_unflushed(site).expect("published");
                }
            });
        }
    });
    let now = bench.published();
    let is_whole = sites.iter().any(|site| now == super::expected(site, &Snapshot::new()));
    assert!(is_whole, "{now:#?}");
}

#[test]
fn cleaning_and_publishing_at_once_both_end() {
    let bench = Bench::new();
    let whole = site(&PATHS, "1");
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..25 {
                bench.publish_unflushed(&whole).expect("published");
            }
        });
        scope.spawn(|| {
            for _ in 0..25 {
                crate::disk::clean(&super::Faulty::none(), &bench.public()).expect("cleaned");
            }
        });
    });
    bench.publish_unflushed(&whole).expect("published");
    bench.assert_published(&whole, &Snapshot::new());
}
