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
    edit(bencher, corpus::guide(pages), |text, turn| format!("{text}\nOnce more: {turn}.\n"));
}

/// The same while another page is complained of, as it is in the middle of writing.
#[divan::bench(args = SIZES, sample_count = 20)]
fn body_edit_beside_a_complaint(bencher: Bencher, pages: usize) {
    let mut sources = corpus::guide(pages);
    let text = "---\ntitle: Half done\n---\nSee [what comes next](nowhere.md).\n";
    sources.insert(SourcePath::new("content/half-done.md"), Source::bytes(text.as_bytes()));
    edit(bencher, sources, |text, turn| format!("{text}\nOnce more: {turn}.\n"));
}

/// A build after words were added to a sentence that links to another page, which shows it.
#[divan::bench(args = SIZES, sample_count = 20)]
fn sentence_edit(bencher: Bencher, pages: usize) {
    edit(bencher, corpus::guide(pages), |text, turn| text.replacen("See [this", &format!("See {turn} times [this"), 1));
}

/// A build after a page of each kind got another title, which its neighbours, relations and sections show.
#[divan::bench(args = titled(), sample_count = 20)]
fn title_edit(bencher: Bencher, (pages, kind): (usize, &str)) {
    edit_at(bencher, corpus::guide(pages), path_of(kind), retitled);
}

/// The same while there is a warning elsewhere.
#[divan::bench(args = SIZES, sample_count = 20)]
fn title_edit_beside_a_warning(bencher: Bencher, pages: usize) {
    let mut sources = corpus::guide(pages);
    for name in ["one", "two"] {
        let text = format!("---\ntitle: Page {name}\ndescription: The same.\n---\n");
        sources.insert(SourcePath::new(&format!("content/{name}.md")), Source::bytes(text.into_bytes()));
    }
    edit_at(bencher, sources, path_of("extra"), retitled);
}

fn titled() -> impl Iterator<Item = (usize, &'static str)> {
    SIZES.into_iter().flat_map(|pages| corpus::SIGNS.map(|(kind, _)| (pages, kind)))
}

fn path_of(kind: &str) -> &'static str {
    corpus::SIGNS.into_iter().find(|(name, _)| *name == kind).map_or("", |(_, path)| path)
}

fn retitled(text: &str, turn: usize) -> String {
    text.replacen("title: \"Page", &format!("title: \"Leaf {turn}"), 1)
}

fn edit(bencher: Bencher, sources: Sources, how: fn(&str, usize) -> String) {
    edit_at(bencher, sources, "content/signs/s8.md", how);
}

fn edit_at(bencher: Bencher, mut sources: Sources, path: &str, how: fn(&str, usize) -> String) {
    let path = SourcePath::new(path);
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
