//! Each example of the manual is put into a small site and built: the wrong one gives its code, in plain words, and nothing
//! else, the right one nothing at all.
//!
//! Above an example stands `Wrong:` or `Right:`, or with its file: ``Wrong, in `content/notes.md`:``. More files follow below
//! ``And in `…`:``, those of both sides below ``In both, `…` holds:``. ``Wrong, without `…`:`` takes a file away, a `link` is
//! the target of one, `… (9 times)` repeats a line, `{1..9}` in a file's name makes nine files with `{n}` filled in, `\xNN` is a byte, and ``where `https://…` answers 404`` another site.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use url::Url;

use super::page;
use super::words::complain;
use crate::base::{Code, Diagnostic, Request, SourcePath};
use crate::cli::starters::tell_examples;
use crate::disk;
use crate::guide::outside::{self, Answer, Answers, Silence};
use crate::pipeline::{self, Memory};

/// The notation of a sample that is no file, but another site's answer: its path is the address, its text says which.
const ANSWER: &str = "answer";

/// What stands before the target of a link, in place of a file's text.
const LINK: &str = "\0";

/// Their examples would take minutes: 1 GiB of pages. `pipeline` tests the bound itself.
const TOO_LARGE_FOR_A_TEST: [Code; 1] = [Code::TooLarge];

/// The files of a site, by path.
type Site = BTreeMap<String, String>;

/// A stretch of an explanation that is a file, or a part of one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Sample {
    /// Which file, if it is said.
    path: Option<String>,
    /// The word behind the opening fence; empty if the file is taken away.
    notation: String,
    text: String,
}

/// The wrong samples and the right ones.
fn samples(doc: &str) -> [Vec<Sample>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    let mut sides = 0..2;
    let mut path = None;
    let mut lines = doc.lines();
    while let Some(line) = lines.next() {
        let named = line.split_once('`').and_then(|(_, rest)| rest.split_once('`')).map(|(name, _)| name.to_owned());
        if line.starts_with("Wrong") || line.starts_with("Right") {
            sides = if line.starts_with("Right") { 1..2 } else { 0..1 };
            path.clone_from(&named);
        } else if (line.starts_with("And ") || line.starts_with("In both, ")) && line.ends_with(':') {
            path.clone_from(&named);
        }
        let sample = if line.contains(" where `http") {
            path = None;
            let quoted = line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
            let text = quoted.get(1).map_or(line, String::as_str).trim_end_matches(':').to_owned();
            Sample { path: quoted.into_iter().next(), notation: ANSWER.to_owned(), text }
        } else if line.contains(" without `") && line.ends_with("`:") {
            Sample { path: path.take(), ..Sample::default() }
        } else if let Some(notation) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            Sample { path: path.take(), notation: notation.to_owned(), text: repeated(&text) }
        } else {
            continue;
        };
        found[sides.clone()].iter_mut().for_each(|side| side.push(sample.clone()));
    }
    found
}

/// The lines, with those written out that are only counted.
fn repeated(lines: &[&str]) -> String {
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        let times = line.strip_prefix("… (").and_then(|rest| rest.strip_suffix(" times)")).map(str::parse);
        match times {
            Some(Ok(times)) => out.push_str(&format!("{}\n", lines[i - 1]).repeat(times)),
            _ => out.extend([line, "\n"]),
        }
    }
    out
}

fn base() -> (Site, Site) {
    let text = include_str!("../../../../tests/examples.txt");
    let mut files = (Site::new(), Site::new());
    for section in text.split("\n-- ").skip(1) {
        let (name, content) = section.split_once(" --\n").expect("a section has a name");
        let content = format!("{}\n", content.trim_end_matches('\n'));
        match name.strip_prefix('?') {
            Some(name) => files.1.insert(name.to_owned(), content),
            None => files.0.insert(name.to_owned(), content),
        };
    }
    files
}

/// Puts samples into the site.
fn put(site: &mut Site, spare: &Site, samples: &[Sample]) {
    for sample in samples.iter().filter(|sample| sample.notation != ANSWER).flat_map(numbered) {
        let (path, text) = whole(site, &sample);
        for (name, content) in spare {
            if text.contains(Path::new(name).file_name().and_then(|name| name.to_str()).expect("it has a name")) {
                site.entry(name.clone()).or_insert_with(|| content.clone());
            }
        }
        if sample.notation.is_empty() {
            site.retain(|name, _| *name != path && !name.starts_with(&format!("{path}/")));
        } else {
            let is_link = sample.notation == "link";
            site.insert(path, if is_link { format!("{LINK}{}", text.trim_end()) } else { text });
        }
    }
}

/// The sample, or one for each of the files that its name counts.
fn numbered(sample: &Sample) -> Vec<Sample> {
    let named = sample.path.as_ref().and_then(|path| {
        let (before, rest) = path.split_once("{1..")?;
        let (last, after) = rest.split_once('}')?;
        Some((before, last.parse::<usize>().expect("a number"), after))
    });
    let Some((before, last, after)) = named else { return vec![sample.clone()] };
    let one = |number: usize| Sample {
        path: Some(format!("{before}{number}{after}")),
        notation: sample.notation.clone(),
        text: sample.text.replace("{n}", &number.to_string()),
    };
    (1..=last).map(one).collect()
}

/// The file that a sample stands for, and all its text.
fn whole(site: &Site, sample: &Sample) -> (String, String) {
    let text = sample.text.clone();
    let is_page_of_its_own =
        text.starts_with("---") || sample.path.as_ref().is_some_and(|path| !SourcePath::new(path).is_markdown());
    let named = |name: &str| sample.path.clone().unwrap_or_else(|| name.to_owned());
    match sample.notation.as_str() {
        "markdown" if is_page_of_its_own => (named("content/practices/keep-a-date.md"), text),
        "markdown" => (named("content/practices/keep-a-date.md"), format!("---\ntitle: Keep a date\n---\n{text}")),
        "toml" | "yaml" => {
            let path = named(if sample.notation == "toml" { "site.toml" } else { "content/references.yaml" });
            let text = match site.get(&path) {
                Some(base) if !text.starts_with('-') => laid_over(base, &text),
                _ => text,
            };
            (path, text)
        }
        "html" if sample.path.is_none() && !["csp", "{% extends", "<head"].iter().any(|word| text.contains(word)) => {
            let policy = site["themes/plain/templates/page.html"].lines().next().unwrap_or_default();
            ("themes/plain/templates/page.html".to_owned(), format!("{policy}\n{text}"))
        }
        "html" => (named("themes/plain/templates/page.html"), text),
        "css" => (named("themes/plain/assets/style.css"), text),
        _ => (named("content/practices/keep-a-date.md"), text),
    }
}

/// `base` without the keys and tables that `text` has, and then `text`: its keys first, its tables last.
fn laid_over(base: &str, text: &str) -> String {
    let of_text: BTreeSet<_> = blocks(text).into_iter().map(|(name, _)| name).collect();
    let kept = blocks(base).into_iter().filter(|(name, _)| !of_text.contains(name)).collect::<Vec<_>>();
    let (own_tables, own): (Vec<_>, Vec<_>) = blocks(text).into_iter().partition(|(name, _)| name.starts_with('['));
    let (tables, keys): (Vec<_>, Vec<_>) = kept.into_iter().partition(|(name, _)| name.starts_with('['));
    [own, keys, tables, own_tables].concat().into_iter().map(|(_, lines)| lines).collect()
}

/// The stretches of a text that begin with a key or the head of a table at the edge of the page.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let is_in_table = found.last().is_some_and(|(name, _)| name.starts_with('['));
        let is_key = line.starts_with(|c: char| c.is_alphanumeric() || c == '"') && !is_in_table;
        let name = line.split([':', '=', '\n']).next().unwrap_or_default().trim();
        match found.last_mut() {
            Some((_, lines)) if !is_key && !line.starts_with('[') => lines.push_str(line),
            _ => found.push((name, line.to_owned())),
        }
    }
    found
}

/// What other sites say.
fn answers(samples: &[Sample]) -> Answers {
    let url = |address: &str| Url::parse(address).expect("it is an address");
    let answer = |sample: &Sample| {
        let status = sample.text.rsplit(' ').next().unwrap_or_default().parse();
        let answer = match status {
            Ok(status) => Answer::Said { status, moved: None },
            Err(_) if sample.text.starts_with("http") => Answer::Said { status: 200, moved: Some(url(&sample.text)) },
            Err(_) => Answer::Nothing(Silence::Unreachable),
        };
        (url(sample.path.as_deref().expect("it has an address")), answer)
    };
    let fresh = samples.iter().filter(|sample| sample.notation == ANSWER).map(answer).collect();
    Answers { fresh, ..Answers::default() }
}

/// What is said of a site, with its words and its links to other sites.
fn complaints_of(site: &Site, answers: &Answers) -> Vec<Diagnostic> {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in site {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        match text.strip_prefix(LINK) {
            Some(target) => std::os::unix::fs::symlink(target, path).expect("the link can be made"),
            None => fs::write(path, bytes(text)).expect("the file can be written"),
        }
    }
    said_below(root.path(), answers)
}

/// What is said of the site in a folder.
pub(super) fn said_below(root: &Path, answers: &Answers) -> Vec<Diagnostic> {
    let request = Request { today: Some(jiff::civil::Date::constant(2026, 11, 23)), ..Request::default() };
    let sources = disk::read(root, "site.toml".as_ref(), request).expect("the site can be read");
    let mut memory = Memory::new();
    let (mut built, _) = pipeline::build(&sources, &mut memory);
    tell_examples(&mut built, &sources, &memory);
    let mut found = built.diagnostics;
    found.extend(pipeline::advise(&sources, &mut memory));
    found.extend(outside::judge(&pipeline::outward(&memory), answers, &sources.request.configuration));
    found
}

/// `\xNN` stands for that byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        out.push(u8::from_str_radix(digits, 16).expect("two digits"));
        out.extend_from_slice(rest.as_bytes());
    }
    out
}

/// What is said of the site of the examples with these in it, for the explanation of a code.
fn said_of(code: Code, samples: &[Sample]) -> Vec<Diagnostic> {
    let (mut site, spare) = base();
    put(&mut site, &spare, samples);
    let mut found = complaints_of(&site, &answers(samples));
    // The address of that site is an example in every explanation.
    found.retain(|found| found.code == code || found.code != Code::ExampleAddress);
    found
}

fn words(diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics.iter().map(|found| format!("  {}: {} ({})\n", found.code, found.message, found.place.path));
    lines.collect()
}

#[test]
fn the_site_of_the_examples_is_without_fault() {
    assert_eq!(words(&said_of(Code::ExampleWords, &[])), "");
}

/// What is wrong with the examples of a code.
fn failures(code: Code) -> String {
    let [wrong, right] = samples(page(code));
    if wrong.is_empty() || right.is_empty() {
        return format!("{code}: an example is missing\n");
    }
    let (wrong, right) = (said_of(code, &wrong), said_of(code, &right));
    let mut failures = String::new();
    if wrong.is_empty() || wrong.iter().any(|found| found.code != code) {
        let _ = write!(failures, "{code}: the wrong example gives\n{}", words(&wrong));
    }
    if !right.is_empty() {
        let _ = write!(failures, "{code}: the right example gives\n{}", words(&right));
    }
    failures.extend(wrong.iter().flat_map(complain).map(|broken| format!("{broken}\n")));
    failures
}

#[test]
fn each_example_is_what_it_says() {
    let codes: Vec<Code> = Code::all().filter(|code| !TOO_LARGE_FOR_A_TEST.contains(code)).collect();
    let failures: String = codes.into_par_iter().map(failures).collect();
    assert!(failures.is_empty(), "{failures}");
}
