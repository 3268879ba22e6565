//! Publishing in a process of its own: killed at any moment, short of file descriptors, short of room.
//!
//! The tests start this very program again as the one that publishes.
#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use betwixt::base::{Files, OutPath};
use betwixt::disk::{Foreign, RealDisk, publish};

/// Tells the program started again where to publish.
const OUTPUT: &str = "BETWIXT_TEST_OUTPUT";
/// Tells it which edition to publish; without, it publishes one after the other until it is killed.
const EDITION: &str = "BETWIXT_TEST_EDITION";

type Site = Files;

/// A site with the edition's number in every file; odd and even editions have different files.
fn site(edition: usize) -> Site {
    let paths = (0..40).map(|page| match (edition % 2, page % 8) {
        (0, 0) => format!("even/{page}/index.html"),
        (1, 0) => format!("odd-{page}.html"),
        _ => format!("signs/{page}/index.html"),
    });
    let text = |path: &str| format!("{edition}\n{path}\n{}", "text ".repeat(300)).into_bytes();
    paths.map(|path| (OutPath::new(&path).expect("plain"), text(&path).into())).collect()
}

/// Not a test of its own: what the other tests start.
#[test]
#[expect(clippy::print_stdout, reason = "this is how the child tells its parent")]
fn child_publisher() {
    let Some(output) = std::env::var_os(OUTPUT) else { return };
    let publish_edition = |edition| publish(&RealDisk::new(), Path::new(&output), &site(edition), Foreign::Refuse);
    if let Ok(edition) = std::env::var(EDITION) {
        match publish_edition(edition.parse().expect("a number")) {
            Ok(_) => println!("\npublished"),
            Err(error) => println!("\nrefused: {error}"),
        }
        return;
    }
    println!("\nready");
    for edition in 1_usize.. {
        publish_edition(edition).expect("published");
    }
}

fn child(output: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "child_publisher", "--nocapture"]).env(OUTPUT, output).stdout(Stdio::piped());
    command
}

/// Publishes one edition in a process with a limit set by the shell, such as `ulimit -n 24`.
fn publish_limited(output: &Path, edition: usize, limit: &str) -> Output {
    Command::new("sh")
        .args(["-c", &format!("{limit}; exec \"$0\" --exact child_publisher --nocapture")])
        .arg(std::env::current_exe().expect("this program"))
        .env(OUTPUT, output)
        .env(EDITION, edition.to_string())
        .output()
        .expect("started")
}

/// The edition that is published, which must be whole; `None` if nothing is.
fn whole_edition(output: &Path) -> Option<usize> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(output).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(output).expect("below").to_str().expect("text").to_owned();
            files.insert(path, fs::read(entry.path()).expect("read"));
        }
    }
    if files.is_empty() {
        assert!(!output.exists(), "a published folder without files");
        return None;
    }
    let list = files.remove(".betwixt").expect("the list of files");
    let edition = String::from_utf8_lossy(files.values().next().expect("a file")).lines().next().map(str::parse);
    let edition = edition.expect("a line").expect("the edition");
    let whole: BTreeMap<String, Vec<u8>> =
        site(edition).into_iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec())).collect();
    assert_eq!(files.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "edition {edition}");
    for (path, bytes) in &whole {
        assert!(files[path] == *bytes, "`{path}` is not of edition {edition}");
    }
    assert_eq!(String::from_utf8_lossy(&list).lines().count(), whole.len() + 2, "edition {edition}");
    Some(edition)
}

/// Starts the endless publisher, waits until it begins, and kills it so many microseconds later.
fn kill_after(output: &Path, microseconds: u64) {
    let mut child: Child = child(output).spawn().expect("started");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    assert!(lines.any(|line| line.expect("text") == "ready"));
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_micros(microseconds) {
        std::hint::spin_loop();
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
}

#[test]
fn a_publisher_killed_at_any_moment_leaves_one_whole_site_and_the_next_mends_the_rest() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("public");
    let mut moment: u64 = 1;
    let mut seen = BTreeSet::new();
    for round in 0..60 {
        // A fixed sequence of moments that look random, up to 20 ms.
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        kill_after(&output, (moment >> 33) % 20_000);
        seen.insert(whole_edition(&output));
        if round % 3 == 0 {
            publish(&RealDisk::new(), &output, &site(1000 + round), Foreign::Refuse).expect("published");
            assert_eq!(whole_edition(&output), Some(1000 + round));
            let mut left: Vec<_> = fs::read_dir(folder.path().join(".public.betwixt"))
                .expect("the staging folder")
                .map(|entry| entry.expect("an entry").file_name())
                .collect();
            left.sort();
            assert!(
                left == [".gitignore", "lock", "published", "tree"] || left == [".gitignore", "lock", "published"],
                "left over: {left:?}"
            );
            let mut beside: Vec<_> =
                fs::read_dir(folder.path()).expect("there").map(|entry| entry.expect("an entry").file_name()).collect();
            beside.sort();
            assert_eq!(beside, [".public.betwixt", "public"]);
        }
    }
    assert!(seen.len() > 3, "the moments were too early to mean anything: {seen:?}");
}

#[test]
fn two_publishers_killed_in_turn_never_mix_their_sites() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("public");
    for round in 0..10 {
        let mut children = [child(&output).spawn().expect("started"), child(&output).spawn().expect("started")];
        let mut lines = BufReader::new(children[0].stdout.take().expect("piped")).lines();
        assert!(lines.any(|line| line.expect("text") == "ready"));
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_micros(1500 * round) {
            std::hint::spin_loop();
        }
        children[0].kill().expect("killed");
        children[1].kill().expect("killed");
        for child in &mut children {
            child.wait().expect("ended");
        }
        whole_edition(&output);
    }
}

#[test]
fn twenty_four_file_descriptors_are_enough() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("public");
    for edition in 1..4 {
        let answer = publish_limited(&output, edition, "ulimit -n 24");
        assert!(String::from_utf8_lossy(&answer.stdout).contains("\npublished"), "{answer:?}");
        assert_eq!(whole_edition(&output), Some(edition));
    }
}

#[test]
fn a_limit_on_file_size_is_told_and_the_published_site_stays() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("public");
    publish(&RealDisk::new(), &output, &site(1), Foreign::Refuse).expect("published");
    let answer = publish_limited(&output, 2, "ulimit -f 1");
    let words = String::from_utf8_lossy(&answer.stdout).into_owned();
    if cfg!(target_os = "linux") {
        assert!(
            words.contains("the file is larger than this system or its limit (`ulimit -f`) lets it be"),
            "{answer:?}"
        );
    }
    assert_eq!(whole_edition(&output), Some(1));
    publish(&RealDisk::new(), &output, &site(2), Foreign::Refuse).expect("published");
    assert_eq!(whole_edition(&output), Some(2));
}

/// Lists the files of a guide, with their bytes.
fn guide_files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("listed"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(root).expect("below").to_str().expect("text").to_owned();
            (path, fs::read(entry.path()).expect("read"))
        })
        .collect()
}

fn betwixt(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
    command.args(arguments).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_rename_killed_at_any_moment_is_all_done_or_all_undone_by_the_next_command_that_writes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    fs::write(root.join("site.toml"), "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n").expect("written");
    fs::create_dir_all(root.join("content/signs")).expect("made");
    let page = |title: &str, body: &str| format!("---\ntitle: {title}\n---\n{body}\n");
    let links = (0..20).map(|number| format!("[{number}](@/signs/s{number}.md)")).collect::<Vec<_>>().join("\n\n");
    fs::write(root.join("content/_index.md"), page("A guide", &links)).expect("written");
    fs::write(root.join("content/signs/_index.md"), page("Signs", "All of them.")).expect("written");
    for number in 0..20 {
        let next = (number + 1) % 20;
        let body = format!("See [the next](@/signs/s{next}.md).");
        fs::write(root.join(format!("content/signs/s{number}.md")), page(&format!("Sign {number}"), &body))
            .expect("written");
    }
    let begin = Instant::now();
    assert!(betwixt(root, &["mv", "signs", "marks"]).status().expect("run").success());
    let took = begin.elapsed();
    let marks = guide_files(root);
    assert!(betwixt(root, &["mv", "marks", "signs"]).status().expect("run").success());
    let signs = guide_files(root);
    let mut moment = 1_u64;
    for _ in 0..40 {
        let is_signs = guide_files(root) == signs;
        let names = if is_signs { ["mv", "signs", "marks"] } else { ["mv", "marks", "signs"] };
        let mut child = betwixt(root, &names).spawn().expect("started");
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(took.mul_f64(f64::from((moment >> 48) as u16) / f64::from(u16::MAX)));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let between = guide_files(root);
        assert!(betwixt(root, &["list"]).status().is_ok());
        assert_eq!(guide_files(root), between, "who only reads wrote something");
        assert!(betwixt(root, &["new", "page", "Tea"]).status().expect("run").success());
        fs::remove_file(root.join("content/tea.md")).expect("the new page");
        let now = guide_files(root);
        assert!(now == signs || now == marks, "half a rename: {:?}", now.keys());
    }
}
