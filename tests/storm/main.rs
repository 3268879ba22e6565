//! Storms of edits against the real program: whatever is done to the files, what `watch` publishes and what `serve` serves
//! is what a clean build of them gives.
//!
//! `cargo test --test storm -- --rounds 1000 --seed 7` for more than the 60 rounds of one seed.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests stand outside the pure rooms, and this one reports"
)]

mod asked;
mod edits;
#[expect(dead_code, reason = "other tests ask more")]
mod programs;
mod world;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use asked::Asked;
use edits::EDITS;
use programs::{Server, Watcher};
use world::World;

/// How long the programs may take at most to follow; far more than they need, for a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> ExitCode {
    match Asked::read(60).and_then(|asked| storm(&asked)) {
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

/// Every kind of edit alone, and then as many as are asked for at random, up to three at once.
fn storm(asked: &Asked) -> Result<String, String> {
    println!("to run this storm again: cargo test --test storm -- --rounds {} --seed {}", asked.rounds, asked.seed);
    let mut world = World::new(asked.seed);
    let watcher = Watcher::start(&world, &[]);
    let mut server = Server::start(&world, &[]);
    settle(&world, &watcher, &mut server, "the start")?;
    let (memory, begun) = (watcher.running.memory() + server.running.memory(), Instant::now());
    let mut slowest = (Duration::ZERO, String::new());
    for round in 0..asked.rounds {
        let edits: Vec<usize> = if round < EDITS.len() {
            vec![round]
        } else {
            (0..=world.random.below(3)).map(|_| world.random.below(EDITS.len())).collect()
        };
        let names: Vec<&str> = edits.iter().map(|edit| EDITS[*edit].0).collect();
        let name = format!("round {round} of seed {}: {}", asked.seed, names.join(", then "));
        for edit in edits {
            (EDITS[edit].1)(&mut world);
        }
        let since = Instant::now();
        settle(&world, &watcher, &mut server, &name)?;
        if since.elapsed() > slowest.0 {
            slowest = (since.elapsed(), name);
        }
    }
    let growth = (watcher.running.memory() + server.running.memory()).saturating_sub(memory);
    let took = begun.elapsed();
    let before = (watcher.running.ticks(), server.running.ticks());
    let idle = Duration::from_secs(5);
    std::thread::sleep(idle);
    let (idle_watch, idle_serve) = (watcher.running.ticks() - before.0, server.running.ticks() - before.1);
    let ends = [watcher.running.interrupt(), server.running.interrupt()];
    if ends != [Some(130), Some(130)] {
        return Err(format!("Ctrl-C ends them with {ends:?}"));
    }
    Ok(format!(
        "storm of seed {}: {} rounds in {took:.0?}, 0 divergences; slowest to follow: {:.0?} ({});\n\
         memory of both grew by {growth} KiB from {memory} KiB; idle for {idle:.0?}: {idle_watch} and {idle_serve} ticks of CPU (of 10 ms)",
        asked.seed, asked.rounds, slowest.0, slowest.1
    ))
}

/// Waits until folder and server are as a clean build is; tells where they are not.
fn settle(world: &World, watcher: &Watcher, server: &mut Server, name: &str) -> Result<(), String> {
    let folder = world.clean_build(betwixt::base::Drafts::Leave);
    let whole = world.clean_build(betwixt::base::Drafts::Include);
    let deadline = Instant::now() + PATIENCE;
    loop {
        // What cannot be built leaves the folder as it was, and the server with the last good pages: their own tests.
        let answer = folder.as_ref().map_or(Ok(()), |files| watcher.compare(files));
        let answer = answer.and_then(|()| whole.as_ref().map_or(Ok(()), |files| server.compare(files)));
        match answer {
            Ok(()) => return Ok(()),
            Err(difference) if Instant::now() > deadline => {
                let words = [watcher.running.words(), server.running.words()].join("\n--\n");
                return Err(format!("{name}: {difference}\n{words}\nthe site is kept in {}", world.keep().display()));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}
