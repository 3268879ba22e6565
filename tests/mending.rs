//! What `check --fix` makes of slips: the page as it was before the slip, and nothing else.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use betwixt::base::{Hosting, Request, Source, SourcePath, Sources};
use betwixt::disk;
use betwixt::pipeline::{Memory, build, mend};
use proptest::prelude::*;
use proptest::sample::Index;

#[path = "terminal/cases.rs"]
mod cases;
mod random;

/// The guide of this repository, without what a host needs.
fn nearer() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request { hosting: Hosting::None, ..Request::default() };
    disk::read(root, Path::new("site.toml"), request).expect("the guide can be read")
}

/// A slip: the text with it, if it can be made at the place of the text that `at` chooses.
type Slip = fn(text: &str, at: Index) -> Option<String>;

/// One of the lines of the front matter for which `is_fit` holds, by its place in the text.
fn matter_line(text: &str, at: Index, is_fit: impl Fn(&str) -> bool) -> Option<std::ops::Range<usize>> {
    let end = text.find("\n---\n")? + 1;
    let mut start = 4;
    let mut fitting = Vec::new();
    for line in text[4..end].split_inclusive('\n') {
        if is_fit(line.trim_end()) {
            fitting.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    (!fitting.is_empty()).then(|| fitting[at.index(fitting.len())].clone())
}

fn replaced(text: &str, range: std::ops::Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..range.start], &text[range.end..])
}

/// A line of the front matter that the slip changes.
fn in_line(text: &str, at: Index, is_fit: fn(&str) -> bool, slip: fn(&str) -> String) -> Option<String> {
    let range = matter_line(text, at, is_fit)?;
    let line = slip(&text[range.clone()]);
    Some(replaced(text, range, &line))
}

fn has_key(line: &str) -> bool {
    line.contains(": ") && !line.starts_with('-')
}

fn begins_with(line: &str, keys: &[&str]) -> bool {
    keys.iter().any(|key| line.trim_start().starts_with(key))
}

/// Two letters of the key, the other way round.
fn twisted(line: &str) -> String {
    let start = line.len() - line.trim_start_matches([' ', '-']).len();
    let (head, tail) = line[start..].split_at(3);
    let mut letters: Vec<char> = head.chars().collect();
    letters.swap(1, 2);
    format!("{}{}{tail}", &line[..start], letters.iter().collect::<String>())
}

const SLIPS: [(&str, Slip); 15] = [
    ("key", |text, at| in_line(text, at, |line| begins_with(line, &["title:", "statement:", "description:"]), twisted)),
    ("capital", |text, at| {
        in_line(
            text,
            at,
            |line| begins_with(line, &["title:", "date:"]),
            |line| format!("{}{}", line[..1].to_uppercase(), &line[1..]),
        )
    }),
    ("why", |text, at| in_line(text, at, |line| begins_with(line, &["why:"]), |line| line.replacen("why", "wyh", 1))),
    ("space", |text, at| in_line(text, at, has_key, |line| line.replacen(": ", ":", 1))),
    ("colon", |text, at| in_line(text, at, |line| begins_with(line, &["title: "]), |line| line.replacen(": ", " ", 1))),
    ("number", |text, at| {
        in_line(text, at, |line| begins_with(line, &["order:"]), |line| format!("{}\"", line.replacen(": ", ": \"", 1)))
    }),
    ("day", |text, at| in_line(text, at, |line| begins_with(line, &["date:"]), |line| line.replace('-', "/"))),
    ("quote", |text, at| {
        in_line(text, at, |line| has_key(line) && line.ends_with('"'), |line| line[..line.len() - 1].to_owned())
    }),
    ("unquoted", |text, at| {
        let is_fit = |line: &str| has_key(line) && line.contains(": \"") && line.ends_with('"') && !line.contains('\\');
        in_line(text, at, is_fit, |line| line[..line.len() - 1].replacen(": \"", ": ", 1))
    }),
    ("indent", |text, at| in_line(text, at, |line| line.starts_with("    why:"), |line| line[1..].to_owned())),
    ("deeper", |text, at| in_line(text, at, |line| begins_with(line, &["date:"]), |line| format!("  {line}"))),
    ("tab", |text, at| {
        in_line(text, at, |line| line.starts_with("    why:"), |line| format!("\t{}", line.trim_start()))
    }),
    ("fence", |text, _| text.strip_prefix("---\n").map(str::to_owned)),
    ("last fence", |text, _| Some(text.replacen("\n---\n", "\n\u{2014}\n", 1))),
    ("moved page", |text, at| {
        let links: Vec<usize> = text.match_indices("](../").map(|(start, _)| start).collect();
        (!links.is_empty())
            .then(|| replaced(text, links[at.index(links.len())] + 2..links[at.index(links.len())] + 5, ""))
    }),
];

proptest! {
    #![proptest_config(random::configure(48))]

    #[test]
    fn slips_in_the_guide_are_undone(page in any::<Index>(), slip in 0..SLIPS.len(), at in any::<Index>(), is_crlf in any::<bool>()) {
        let mut sources = nearer();
        let pages: Vec<SourcePath> =
            sources.iter().map(|(path, _)| path.clone()).filter(|path| path.is_markdown() && path.as_str().starts_with("content/")).collect();
        let path = &pages[page.index(pages.len())];
        let text = sources.text(path).expect("pages are text").to_owned();
        let (name, slip) = SLIPS[slip];
        let Some(broken) = slip(&text, at) else { return Ok(()) };
        let in_file = |text: &str| if is_crlf { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text.to_owned() };
        sources.insert(path.clone(), Source::bytes(in_file(&broken).into_bytes()));
        let mended = mend(&sources, &mut build);
        let whole = mended.sources.text(path).expect("it is text still");
        prop_assert!(!mended.built.has_errors(), "{name} in {path}: {:?}\n{}", mended.built.diagnostics, &broken[..broken.len().min(1500)]);
        prop_assert!(name == "unquoted" || name == "colon" || whole == in_file(&text), "{name} in {path}:\n{whole}");
        sources.insert(path.clone(), Source::bytes(in_file(&text).into_bytes()));
        for (other, source) in sources.iter() {
            prop_assert!(other == path || mended.sources.get(other) == Some(source), "{other} is another file");
        }
        prop_assert!(mend(&mended.sources, &mut build).files.is_empty());
    }
}

#[test]
fn every_mistake_is_mended_or_left_alone() {
    for case in cases::paths() {
        let name = case.display();
        let text = fs::read_to_string(&case).expect("a case is text");
        let mut sources = Sources::new(Request::default());
        for (path, bytes) in cases::of(&cases::sections(&text)[1..]) {
            sources.insert(SourcePath::new(&path), Source::bytes(bytes));
        }
        let before = build(&sources, &mut Memory::new()).0;
        let mended = mend(&sources, &mut build);
        let left: BTreeSet<_> = mended.built.diagnostics.iter().map(|left| (left.code, &left.message)).collect();
        for kept in before.diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_empty()) {
            let is_cured_file = mended.files.contains_key(&kept.place.path);
            let is_there = left.contains(&(kept.code, &kept.message));
            assert!(is_there || is_cured_file || !mended.files.is_empty(), "{name}: {kept:?} is gone");
        }
        let again = mend(&mended.sources, &mut build);
        assert!(again.files.is_empty(), "{name}: {:?}", again.files);
        for (path, source) in sources.iter() {
            let is_same = mended.sources.get(path) == Some(source);
            assert_eq!(is_same, !mended.files.contains_key(path), "{name}: {path}");
        }
    }
}

fn run(root: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
    let output = command.env_clear().args(arguments).arg("--root").arg(root).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn the_command_shows_what_it_mends_and_then_what_is_left() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let page = |name: &str| -> PathBuf { root.path().join("content/practices").join(name) };
    cases::write(root.path(), &cases::base());
    fs::write(page("walking.md"), "---\r\ntitel: Walking: \"how\"\r\nminutes: \"10\"\r\n---\r\nWalk.")
        .expect("it can be written");
    fs::write(page("odd.md"), "---\ntitle: Odd\nflavour: x\nignore: [orphan]\n---\n").expect("it can be written");
    let before = fs::read(page("walking.md")).expect("it is there");
    let (shown, said, code) = run(root.path(), &["check", "--diff"]);
    let difference = "--- content/practices/walking.md\n+++ content/practices/walking.md\n@@ -1,5 +1,5 @@\n ---\n\
                      -titel: Walking: \"how\"\n-minutes: \"10\"\n+title: \"Walking: \\\"how\\\"\"\n+minutes: 10\n ---\n Walk.\n";
    assert_eq!(shown, difference);
    assert!(said.starts_with("`betwixt check --fix` mends 3 mistakes in 1 file so\n\nerror[unknown-key]"), "{said}");
    assert!(said.ends_with("error: 4 errors in 2 files\n`betwixt check --fix` mends 3 of them\n"), "{said}");
    assert_eq!((fs::read(page("walking.md")).expect("it is there"), code), (before, Some(1)));
    let (shown, said, code) = run(root.path(), &["check", "--fix"]);
    assert_eq!((shown.as_str(), code), (difference, Some(1)));
    assert!(
        said.starts_with("mended 3 mistakes in 1 file\n\nerror[unknown-key]: a practice has no key `flavour`"),
        "{said}"
    );
    assert!(said.ends_with("error: 1 error in 1 file\n"), "{said}");
    let mended = "---\r\ntitle: \"Walking: \\\"how\\\"\"\r\nminutes: 10\r\n---\r\nWalk.";
    assert_eq!(fs::read_to_string(page("walking.md")).expect("it is there"), mended);
    fs::remove_file(page("odd.md")).expect("it can be removed");
    let again = run(root.path(), &["check", "--fix"]);
    assert_eq!(again, (String::new(), "3 pages checked, and nothing is wrong\n".to_owned(), Some(0)));
}

/// Words that mean something to those who know YAML, and nothing to others.
const JARGON: [&str; 24] = [
    "yaml",
    "scalar",
    "mapping",
    "sequence",
    "anchor",
    "token",
    "parse",
    "parsing",
    "indicator",
    "block ",
    "flow",
    "document end",
    "recursion",
    "invalid",
    "expected",
    "deserializ",
    "null",
    "boolean",
    "string",
    "unknown tag",
    "syntax",
    "stream",
    "simple key",
    "context",
];

#[test]
fn no_slip_is_told_in_words_that_only_programmers_know() {
    for slip in include_str!("mending/slips.txt").lines() {
        let mut site = cases::base();
        let page = format!("---\n{}\n---\nWalk.\n", slip.replace("\\n", "\n").replace("\\t", "\t"));
        site.insert("content/practices/walking.md".to_owned(), page.into_bytes());
        let mut sources = Sources::new(Request::default());
        for (path, bytes) in site {
            sources.insert(SourcePath::new(&path), Source::bytes(bytes));
        }
        let built = build(&sources, &mut Memory::new()).0;
        for found in &built.diagnostics {
            let words =
                format!("{}; {}; {}", found.message, found.label, found.help).to_lowercase().replace(".yaml", "");
            let known: Vec<_> = JARGON.iter().filter(|word| words.contains(*word)).collect();
            assert!(known.is_empty(), "{slip}: {words}: {known:?}");
            assert!(!found.help.is_empty(), "{slip}: {words}");
        }
    }
}
