//! What Nearer's checklist suggests for everything that two people could say to it, by the rule and by a pencil. The browser tests
//! run this, too, and compare what it writes with what the guide's own page suggests.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

mod random;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use betwixt::base::{Fingerprint, Request, SourcePath};
use betwixt::guide::checklist::{Checklist, Level, MOST, Mode, Reason, Shared, Suggestion, suggest};
use betwixt::guide::{Bibliography, Book, Parts, assemble};
use betwixt::{content, disk, site};
use proptest::collection::{btree_set, vec};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::json;

/// Names the file for what is suggested: a line of JSON with the names of items and practices and the wishes, and then a line for
/// each pair, mode and wishes, in the order of [`every_pair`].
const FILE: &str = "BETWIXT_SUGGESTED";

/// How many pairs of wishes are drawn.
const DRAWN: usize = 10_000;

/// What two people wish for.
type Wishes = (BTreeSet<usize>, BTreeSet<usize>);

/// The checklist of the guide in this repository.
fn nearer() -> Checklist {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(root, Path::new("site.toml"), Request::default()).expect("the guide can be read");
    let configuration = SourcePath::new("site.toml");
    let site = site::read(&sources, &configuration).0.expect("its settings are sound");
    let texts = sources.iter().filter(|(path, _)| path.is_markdown());
    let parse = |(path, source)| content::parse(path, source, &site.rules, Fingerprint::default(), None).0;
    let pages: Vec<_> = texts.map(parse).collect();
    let pages: Vec<_> = pages.iter().collect();
    let bibliography = &Bibliography::default().into();
    let parts =
        Parts { site: &site, configuration: &configuration, pages: &pages, held: &[], bibliography, sources: &sources };
    let (guide, _) = assemble(parts);
    Checklist::of(Book { guide: &guide, pages: &pages }, &site).expect("it has one")
}

/// What somebody shares who noticed the items whose bits are set, and wishes for these practices.
fn shared(checklist: &Checklist, noticed: usize, wishes: &BTreeSet<usize>) -> Shared {
    let level = |item| if noticed >> item & 1 == 1 { Level::Often } else { Level::Nothing };
    Shared {
        levels: (0..checklist.items.len()).map(level).collect(),
        wishes: (0..checklist.practices.len()).map(|practice| wishes.contains(&practice)).collect(),
    }
}

fn draw(checklist: &Checklist) -> Vec<Wishes> {
    let person = || btree_set(0..checklist.practices.len(), 0..=checklist.wishes);
    let mut runner = TestRunner::new(random::configure(1));
    vec((person(), person()), DRAWN).new_tree(&mut runner).expect("there are enough").current()
}

/// Every pair of what two people can have noticed, in both modes, without wishes and with some of those drawn.
fn every_pair(checklist: &Checklist, drawn: &[Wishes], mut visit: impl FnMut(&Shared, &Shared, Mode)) {
    let none = Wishes::default();
    let count = 1 << checklist.items.len();
    for pair in 0..count * count {
        for mode in [Mode::Both, Mode::Everything] {
            for wishes in [&none, &drawn[pair % DRAWN]] {
                let one = shared(checklist, pair % count, &wishes.0);
                visit(&one, &shared(checklist, pair / count, &wishes.1), mode);
            }
        }
    }
}

/// One place after the other is filled with the best that is left: a pencil, a sheet, and no sorting.
fn with_a_pencil(checklist: &Checklist, one: &Shared, other: &Shared, mode: Mode) -> Vec<Suggestion> {
    let pairs = one.levels.iter().zip(&other.levels);
    let ticks: Vec<usize> = pairs.map(|(a, b)| usize::from(a.is_noticed()) + usize::from(b.is_noticed())).collect();
    let leading = |practice: usize, people: usize| {
        let rows = checklist.items.iter().enumerate().filter(|(row, _)| ticks[*row] == people);
        let cells = rows.flat_map(|(row, item)| item.leads.iter().map(move |lead| (row, lead)));
        cells.filter(|(_, lead)| lead.practice == practice).map(|(row, lead)| (row, lead.weight)).collect::<Vec<_>>()
    };
    let rounds: &[usize] = if mode == Mode::Everything { &[2, 1] } else { &[2] };
    let rank = |practice: usize| {
        let about = &checklist.practices[practice];
        if one.wishes[practice] && other.wishes[practice] {
            return Some((0, Reverse(0), 0, practice));
        }
        let sum = |people| leading(practice, people).iter().map(|(_, weight)| u32::from(*weight)).sum::<u32>();
        let round = rounds.iter().position(|people| sum(*people) > 0).filter(|_| !about.needs_both)?;
        Some((round + 1, Reverse(sum(rounds[round])), about.time.unwrap_or(i64::MAX), practice))
    };
    let mut ranks: BTreeSet<_> = (0..checklist.practices.len()).filter_map(rank).collect();
    let mut places = Vec::new();
    while places.len() < MOST
        && let Some((round, .., practice)) = ranks.pop_first()
    {
        let rows = |people| leading(practice, people).into_iter().map(|(row, _)| row).collect();
        let reasons = [|_| Reason::Wish, Reason::Both, Reason::One];
        places.push(Suggestion { practice, reason: reasons[round](rows([0, 2, 1][round])) });
    }
    places
}

/// A suggestion as it is written: the practice, why, and for which items.
fn word(Suggestion { practice, reason }: &Suggestion) -> String {
    let (why, items) = match reason {
        Reason::Wish => ("wish", &Vec::new()),
        Reason::Both(items) => ("both", items),
        Reason::One(items) => ("one", items),
    };
    items.iter().fold(format!("{practice} {why}"), |mut word, item| {
        write!(word, " {item}").expect("a text takes everything");
        word
    })
}

#[test]
fn for_all_that_two_people_could_say_the_rule_suggests_what_a_pencil_does() {
    let checklist = nearer();
    assert_eq!((checklist.items.len(), checklist.practices.len()), (8, 10), "the test must see them");
    let drawn = draw(&checklist);
    let items: Vec<&str> = checklist.items.iter().map(|item| &*item.id).collect();
    let practices: Vec<&str> = checklist.practices.iter().map(|practice| &*practice.id).collect();
    let mut text = format!("{}\n", json!({ "items": items, "practices": practices, "wishes": drawn }));
    every_pair(&checklist, &drawn, |one, other, mode| {
        let suggested = suggest(&checklist, one, other, mode);
        assert_eq!(suggested, with_a_pencil(&checklist, one, other, mode), "{one:?} and {other:?}, {mode:?}");
        text.extend([&*suggested.iter().map(word).collect::<Vec<_>>().join(", "), "\n"]);
    });
    if let Some(file) = std::env::var_os(FILE) {
        fs::write(file, text).expect("the file can be written");
    }
}
