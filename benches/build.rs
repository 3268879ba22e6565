//! How long a build takes, by the size of the guide and by what was edited. `cargo bench` prints; a person reads.

#![expect(clippy::disallowed_types, reason = "the bench macro keeps its list in one")]

mod corpus;

use betwixt::base::{Source, SourcePath, Sources};
use betwixt::pipeline::{Memory, build};
use divan::Bencher;

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Everything parsed, assembled, planned and rendered.
#[divan::bench(args = SIZES, sample_count = 10)]
fn cold(bencher: Bencher, pages: usize) {
    let sources = corpus::guide(pages);
    bencher.bench_local(|| build(&sources, &mut Memory::new()));
}

/// A second build with nothing changed.
#[divan::bench(args = SIZES, sample_count = 20)]
fn unchanged(bencher: Bencher, pages: usize) {
    let sources = corpus::guide(pages);
    let mut memory = Memory::new();
    let _ = build(&sources, &mut memory);
    bencher.bench_local(|| build(&sources, &mut memory));
}

/// A build after one sentence was added to one page.
#[divan::bench(args = SIZES, sample_count = 20)]
fn body_edit(bencher: Bencher, pages: usize) {
    edit(bencher, pages, |text, turn| format!("{text}\nOnce more: {turn}.\n"));
}

/// A build after one page got another title, which its neighbours, relations and sections show.
#[divan::bench(args = SIZES, sample_count = 20)]
fn title_edit(bencher: Bencher, pages: usize) {
    edit(bencher, pages, |text, turn| text.replacen("title: \"Page", &format!("title: \"Leaf {turn}"), 1));
}

fn edit(bencher: Bencher, pages: usize, how: fn(&str, usize) -> String) {
    let mut sources: Sources = corpus::guide(pages);
    let path = SourcePath::new("content/signs/s7.md");
    let text = sources.text(&path).expect("the page is there").to_owned();
    let mut memory = Memory::new();
    let _ = build(&sources, &mut memory);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        sources.insert(path.clone(), Source::bytes(how(&text, turn).as_bytes()));
        build(&sources, &mut memory)
    });
}
