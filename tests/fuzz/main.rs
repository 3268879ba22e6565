//! Random pages through the whole program: whatever an author's file holds, nothing panics, nothing hangs, nothing of it
//! is markup on a published page, and every complaint can be shown.
//!
//! `cargo test --test fuzz -- --rounds 100000 --seed 7` for more. What was found once lies in `found/`, and is tried first.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests stand outside the pure rooms, and this one reports"
)]

#[path = "../storm/asked.rs"]
mod asked;
mod complaints;
mod corpus;
mod html;
mod mutate;
mod site;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use asked::Asked;
use mutate::Random;
use site::Bench;

/// How long one page may take at most: far more than any needs, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a failing page is tried with less in it.
const SHRINKING: usize = 400;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    match Asked::read(500).and_then(|asked| fuzz(&asked)) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            println!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

/// What was found before, the whole corpus as it is, and then as many pages as are asked for.
fn fuzz(asked: &Asked) -> Result<String, String> {
    let current = kept(asked.seed);
    let (beats, heard) = channel();
    let watched = current.clone();
    // It ends with the program.
    std::thread::spawn(move || watch(&heard, &watched));
    let begun = Instant::now();
    let mut bench = Bench::new();
    let corpus = corpus::pages();
    let mut random = Random(asked.seed);
    let mut tried = 0;
    let made = (0..asked.rounds).map(|_| mutate::page(&corpus, &mut random));
    for data in corpus::found().into_iter().chain(corpus.iter().cloned()).chain(made) {
        // A stack that overflows ends the program at once: then the page lies here.
        std::fs::write(&current, &data).expect("the folder for such things is there");
        beats.send(()).expect("somebody watches");
        if let Err(trouble) = target(&mut bench, &data) {
            // Making it smaller may take its time.
            drop(beats);
            return Err(report(&data, &trouble, &current));
        }
        tried += 1;
    }
    std::fs::remove_file(&current).expect("it was written");
    if bench.whole * 20 < tried {
        return Err(format!("of {tried} pages only {} are without errors: the others show little", bench.whole));
    }
    let (seed, whole, took) = (asked.seed, bench.whole, begun.elapsed());
    Ok(format!("fuzz of seed {seed}: {tried} pages ({whole} without errors) in {took:.0?}, nothing found"))
}

/// One page through everything; what is wrong with what came out, or the words of a panic.
fn target(bench: &mut Bench, data: &[u8]) -> Result<(), String> {
    match catch_unwind(AssertUnwindSafe(|| bench.judge(data))) {
        Ok(answer) => answer,
        Err(panic) => {
            *bench = Bench::new();
            let words = panic.downcast_ref::<String>().cloned();
            let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            Err(format!("a panic: {}", words.unwrap_or_default()))
        }
    }
}

/// Ends the program where a page takes too long.
fn watch(heard: &Receiver<()>, current: &Path) {
    loop {
        match heard.recv_timeout(PATIENCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                println!("a page takes more than {PATIENCE:?}; it is kept in {}", current.display());
                std::process::abort();
            }
        }
    }
}

/// Where the page is kept that is being tried.
fn kept(seed: u64) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{seed}.md"))
}

/// The page with as much taken out as can be, and what to do with it.
fn report(data: &[u8], trouble: &str, current: &Path) -> String {
    let small = shrunk(data, trouble);
    std::fs::write(current, &small).expect("the folder for such things is there");
    format!(
        "{trouble}\n\nwith the page (of {} bytes, out of {})\n\n{}\n\nwhich is kept in {}: put it into tests/fuzz/found/",
        small.len(),
        data.len(),
        small.escape_ascii(),
        current.display()
    )
}

/// Takes out halves, quarters and so on, as long as the trouble begins with the same words.
fn shrunk(data: &[u8], trouble: &str) -> Vec<u8> {
    let sort = |trouble: &str| trouble.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let mut small = data.to_vec();
    let mut bench = Bench::new();
    let (mut size, mut tries) = (data.len().div_ceil(2), 0);
    while size > 0 && tries < SHRINKING {
        let (mut at, before) = (0, small.len());
        while at < small.len() && tries < SHRINKING {
            let less = [&small[..at], &small[(at + size).min(small.len())..]].concat();
            tries += 1;
            match target(&mut bench, &less) {
                Err(other) if sort(&other) == sort(trouble) => small = less,
                _ => at += size,
            }
        }
        if small.len() == before || size > small.len() {
            size /= 2;
        }
    }
    small
}
