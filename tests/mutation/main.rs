//! Breaks everything in *Nearer* that can be broken, one thing at a time, and demands exactly one complaint, at exactly
//! that place.
//!
//! What there is to break is found by reading the texts as they are (`finder`), not by the program's own parsers, and
//! counted against what the program knows of the guide.

mod breaks;
mod counts;
mod finder;
mod pages;
mod references;
mod settings;

use std::path::Path;

use betwixt::base::{Diagnostic, Hosting, Request, Source, SourcePath, Sources};
use betwixt::pipeline::{Memory, build};

use breaks::{Break, Expected};
use finder::Thing;

/// The list of what was published, which would tell of each heading besides that is given another name.
const URL_LOCK: &str = "urls.lock";

/// The repository's own guide, with that list; without what a host needs, which no complaint is about.
fn published() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request { hosting: Hosting::None, ..Request::default() };
    betwixt::disk::read(root, &root.join("site.toml"), request).expect("the guide is readable")
}

/// The same without it.
fn nearer() -> Sources {
    let mut sources = published();
    sources.remove(&SourcePath::new(URL_LOCK)).expect("the list is there");
    sources
}

/// Does each break alone, in the memory of the one before, and tells what is not said as it must be.
fn try_all(breaks: &[Break]) {
    try_all_of(&nearer(), breaks);
}

fn try_all_of(whole: &Sources, breaks: &[Break]) {
    let mut memory = Memory::unpublished();
    assert_eq!(build(whole, &mut memory).0.diagnostics, [], "the guide itself is whole");
    let mut wrong = Vec::new();
    for one in breaks {
        let mut broken = whole.clone();
        let path = SourcePath::new(&one.path);
        let text = one.text(whole.text(&path).expect("the finder read it"));
        broken.insert(path, Source::bytes(text.as_bytes()));
        let (built, _) = build(&broken, &mut memory);
        let mut said = said(&built.diagnostics, &broken);
        // The configuration's come first.
        said.sort_by_key(Expected::order);
        if said != one.expected {
            wrong.push(format!("{}\n  must say {:?}\n  and says {said:?}", one.name, one.expected));
        }
    }
    let most = wrong.len().min(12);
    assert!(wrong.is_empty(), "{} of {} breaks:\n{}", wrong.len(), breaks.len(), wrong[..most].join("\n"));
}

/// What is complained of, as breaks expect it.
fn said(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Expected> {
    let one = |diagnostic: &Diagnostic| Expected {
        code: diagnostic.code.to_string(),
        path: diagnostic.place.path.as_str().to_owned(),
        span: diagnostic.place.span.map(|span| span.start..span.end),
        marked: diagnostic
            .place
            .span
            .and_then(|span| sources.text(&diagnostic.place.path)?.get(span.start..span.end).map(str::to_owned)),
        suggested: diagnostic
            .label
            .strip_prefix("did you mean `")
            .and_then(|rest| rest.strip_suffix("`?"))
            .map(str::to_owned),
    };
    diagnostics.iter().map(one).collect()
}

/// Each page of the guide: its path and text.
fn pages(sources: &Sources) -> Vec<(String, String)> {
    let pages = sources.below("content").filter(|(path, _)| path.is_markdown());
    pages
        .map(|(path, source)| (path.as_str().to_owned(), source.as_text().expect("a page is text").to_owned()))
        .collect()
}

#[test]
fn the_finder_finds_all_that_the_program_knows() {
    counts::check(&nearer());
}

#[test]
fn every_link_and_anchor() {
    try_all(&pages::breaks(&pages(&nearer()), &[Thing::Page, Thing::Anchor, Thing::Id]));
}

#[test]
fn every_citation() {
    try_all(&pages::breaks(&pages(&nearer()), &[Thing::Citation]));
}

#[test]
fn every_relation() {
    try_all(&pages::breaks(&pages(&nearer()), &[Thing::Inner, Thing::InnerValue]));
}

#[test]
fn every_key_of_a_front_matter_and_every_value() {
    try_all(&pages::breaks(&pages(&nearer()), &[Thing::Key, Thing::Value]));
}

#[test]
fn every_callout() {
    try_all(&pages::breaks(&pages(&nearer()), &[Thing::Callout]));
}

#[test]
fn every_setting_and_every_menu_entry() {
    let sources = nearer();
    let text = sources.text(&SourcePath::new("site.toml")).expect("the guide has one");
    try_all(&settings::breaks(text, &pages(&sources)));
}

#[test]
fn every_reference() {
    let sources = nearer();
    let text = sources.text(&SourcePath::new(references::FILE)).expect("the guide has some");
    try_all(&references::breaks(text, &pages(&sources)));
}

#[test]
fn every_published_address() {
    let whole = published();
    let text = whole.text(&SourcePath::new(URL_LOCK)).expect("the guide has one").to_owned();
    let mut memory = Memory::unpublished();
    let mut tried = 0;
    for line in text.lines().filter(|line| line.starts_with('/')) {
        let mut broken = whole.clone();
        // A line more, for what is not there.
        let (code, more) = match line.split_once('#') {
            Some((page, anchor)) => ("vanished-anchor", format!("{page}#x{anchor}")),
            None => ("vanished-address", format!("{line}x/")),
        };
        broken.insert(SourcePath::new(URL_LOCK), Source::bytes(format!("{text}{more}\n").as_bytes()));
        let (built, _) = build(&broken, &mut memory);
        let span = text.len()..text.len() + more.len();
        let expected = Expected {
            code: code.into(),
            path: URL_LOCK.into(),
            span: Some(span),
            marked: Some(more),
            suggested: None,
        };
        assert_eq!(said(&built.diagnostics, &broken), [expected]);
        tried += 1;
    }
    assert!(tried > 100, "the list must be read: {tried}");
}
