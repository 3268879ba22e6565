//! From the save to the new text: in the answer of the server, and at the browser's notice. Beside Hugo's server, if there
//! is a `hugo`. `cargo bench --bench follow` prints; a person reads.
//!
//! `cargo bench --bench follow -- 40 1000` for these sizes only.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "benches stand outside the pure rooms, and print")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod hugo;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use betwixt::base::{Files, Source, SourcePath, Sources};
use betwixt::pipeline::{Memory, build};
use server::{Kind, Server};

const SIZES: [usize; 3] = [40, 1_000, 10_000];

/// What is edited: a page with `extra`. Its title is shown by its relations, its neighbours, the pages that link to it, and
/// its section's list.
const PAGE: &str = corpus::SIGNS[1].1;

/// After this time a page counts as never brought up to date.
const NEVER: Duration = Duration::from_secs(20);

/// What is measured, in milliseconds.
#[derive(Default)]
struct Times {
    answer: Vec<f64>,
    notice: Vec<f64>,
}

/// How one save changes the page's text.
type Edit = fn(&str, &str) -> String;

const EDITS: [(&str, Edit); 2] = [
    ("body", |text, mark| format!("{text}\nOnce more: {mark}.\n")),
    ("title", |text, mark| text.replacen("title: \"Page", &format!("title: \"{mark}"), 1)),
];

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    println!(
        "{:>7} {:<6} {:<8} {:>24} {:>24}",
        "pages", "edit", "server", "answer, ms: median (p95)", "notice, ms: median (p95)"
    );
    for pages in sizes {
        let sources = corpus::guide(pages);
        for kind in [Kind::Betwixt, Kind::Hugo] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            match kind {
                Kind::Betwixt => lay_out(folder.path(), &sources),
                Kind::Hugo => hugo::lay_out(folder.path(), &sources),
            }
            let Some(server) = Server::start(kind, folder.path()) else {
                println!("{pages:>7} {:<6} {:<8} there is no `hugo` to be measured", "", kind.name());
                continue;
            };
            for (name, edit) in EDITS {
                let rounds = if kind == Kind::Hugo && pages > 100 { 8 } else { 40 };
                let times = measure(&server, &folder.path().join(PAGE), &shown_by(&sources, edit), (edit, rounds));
                println!("{pages:>7} {name:<6} {:<8} {:>24} {:>24}", kind.name(), sum(times.answer), sum(times.notice));
            }
        }
    }
}

fn lay_out(folder: &Path, sources: &Sources) {
    for (path, source) in sources.iter() {
        let path = folder.join(path.as_str());
        fs::create_dir_all(path.parent().expect("below the folder")).expect("folders");
        fs::write(path, source.as_bytes().expect("it was made from text")).expect("written");
    }
}

/// The addresses of the pages that show an edit.
fn shown_by(sources: &Sources, edit: Edit) -> Vec<String> {
    let path = SourcePath::new(PAGE);
    let text = sources.text(&path).expect("it is there").to_owned();
    let mut edited = sources.clone();
    edited.insert(path, Source::bytes(edit(&text, "Marked").as_bytes()));
    let files = |sources: &Sources| build(sources, &mut Memory::new()).0.files;
    let (before, after): (std::sync::Arc<Files>, _) = (files(sources), files(&edited));
    let differs = |(path, bytes): &(&betwixt::base::OutPath, &std::sync::Arc<[u8]>)| before.get(path) != Some(*bytes);
    let addresses = after.iter().filter(differs).map(|(path, _)| path.as_str());
    let pages = addresses.filter_map(|path| path.strip_suffix("index.html"));
    pages.map(|path| format!("/{path}")).collect()
}

/// Saves again and again, and waits each time until all pages that show it are new.
fn measure(server: &Server, page: &Path, shown: &[String], (edit, rounds): (Edit, usize)) -> Times {
    let text = fs::read_to_string(page).expect("it is there");
    let (said, notices) = channel();
    server.listen("/signs/s9/", said);
    let mut line = server.line();
    // Hugo brings up to date what was visited.
    for address in shown {
        let _ = line.get(address);
    }
    let mut times = Times::default();
    for round in 0..rounds {
        let mark = format!("Mark{round}x{}", std::process::id());
        std::thread::sleep(Duration::from_millis(150));
        while notices.try_recv().is_ok() {}
        let saved = Instant::now();
        fs::write(page, edit(&text, &mark)).expect("written");
        let answered = shown.iter().all(|address| {
            while !line.get(address).contains(&mark) {
                if saved.elapsed() > NEVER {
                    return false;
                }
            }
            true
        });
        times.answer.push(if answered { milliseconds(saved.elapsed()) } else { f64::INFINITY });
        let notice = notices.recv_timeout(NEVER).map(|at| milliseconds(at.saturating_duration_since(saved)));
        times.notice.push(notice.unwrap_or(f64::INFINITY));
        if !answered {
            break;
        }
    }
    fs::write(page, text).expect("written");
    times
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Median and 95th percentile.
fn sum(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied();
    let (Some(median), Some(late)) = (at(50), at(95)) else { return "-".to_owned() };
    if median.is_infinite() { "never".to_owned() } else { format!("{median:.1} ({late:.1})") }
}

/// A path below a folder, for the servers' command lines.
fn program(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file())
}
