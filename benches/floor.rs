//! A cold build beside the floor: the least that any generator does with the same pages, by the same crates. Both take turns; what
//! counts is the ratio, since the speed of machines drifts, and both are slowed by the counting of their allocations. `cargo bench --bench floor` prints; a person reads.

#![expect(clippy::disallowed_methods, reason = "a bench is made of time")]
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

#[expect(dead_code, reason = "the kinds of sign are for the edits that other benches measure")]
mod corpus;

use std::alloc::System;
use std::sync::Arc;
use std::time::{Duration, Instant};

use betwixt::base::Sources;
use betwixt::pipeline::{Memory, build};
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SIZES: [usize; 2] = [1_000, 10_000];
const RUNS: usize = 5;

fn main() {
    println!("{:>6}  {:<24} {:<24} {:>6}  allocations a page, kB a page", "pages", "floor, ms", "build, ms", "ratio");
    for pages in SIZES {
        let sources = corpus::guide(pages);
        let (mut floors, mut builds) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            floors.push(measure(|| floor(&sources)));
            builds.push(measure(|| {
                let mut memory = Memory::new();
                (build(&sources, &mut memory), memory)
            }));
        }
        let (floor, build) = (Summary::of(floors, pages), Summary::of(builds, pages));
        println!(
            "{pages:>6}  {:<24} {:<24} {:>6.2}  floor {}, build {}",
            floor.times(),
            build.times(),
            build.median / floor.median,
            floor.memory,
            build.memory
        );
    }
}

/// Each page's front matter read, its Markdown made HTML, and that put between the lines of a page.
fn floor(sources: &Sources) -> Vec<Arc<[u8]>> {
    let pages: Vec<&str> = sources.below("content").filter_map(|(_, source)| source.as_text()).collect();
    pages.par_iter().map(|text| floor_page(text)).collect()
}

fn floor_page(text: &str) -> Arc<[u8]> {
    let (matter, body) = text.trim_start_matches("---\n").split_once("\n---\n").expect("a page has a front matter");
    let matter: serde_yaml::Value = serde_yaml::from_str(matter).expect("it is YAML");
    let title = matter.get("title").and_then(serde_yaml::Value::as_str).unwrap_or_default();
    let mut page = String::with_capacity(2 * body.len());
    page.push_str("<!doctype html><title>");
    page.push_str(title);
    page.push_str("</title><main>");
    html::push_html(&mut page, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES));
    page.push_str("</main>");
    page.into_bytes().into()
}

/// The time that `work` takes, without that to give back what it made; its allocations, and their bytes.
fn measure<T>(work: impl FnOnce() -> T) -> (Duration, usize, usize) {
    let region = Region::new(ALLOCATOR);
    let begun = Instant::now();
    let made = work();
    let time = begun.elapsed();
    let change = region.change();
    drop(made);
    (time, change.allocations + change.reallocations, change.bytes_allocated)
}

struct Summary {
    median: f64,
    least: f64,
    most: f64,
    memory: String,
}

impl Summary {
    fn of(mut runs: Vec<(Duration, usize, usize)>, pages: usize) -> Self {
        runs.sort();
        let milliseconds = |(time, ..): &(Duration, usize, usize)| time.as_secs_f64() * 1000.0;
        let (_, allocations, bytes) = runs[runs.len() / 2];
        let memory = format!("{}, {}", allocations / pages, bytes / pages / 1000);
        let [least, median, most] = [0, runs.len() / 2, runs.len() - 1].map(|run| milliseconds(&runs[run]));
        Self { median, least, most, memory }
    }

    fn times(&self) -> String {
        format!("{:.0} ({:.0}–{:.0})", self.median, self.least, self.most)
    }
}
