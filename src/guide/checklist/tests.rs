use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::base::{Fingerprint, Request, Source, SourcePath, Sources};
use crate::content::parse;
use crate::guide::{Bibliography, Guide, Parts, assemble};
use crate::site;

const BOTH: Mode = Mode::Both;
const EVERYTHING: Mode = Mode::Everything;

/// A checklist of items with these names and of practices with these.
fn named(items: &[impl AsRef<str>], practices: &[impl AsRef<str>], wishes: usize) -> Checklist {
    let page = PageId::new(0);
    let practice = |id: &str| Practice { page, id: id.into(), time: None, needs_both: false };
    Checklist {
        items: items.iter().map(|id| Item { page, id: id.as_ref().into(), leads: Vec::new() }).collect(),
        practices: practices.iter().map(|id| practice(id.as_ref())).collect(),
        people: 2,
        wishes,
    }
}

const SIGNS: [&str; 8] = [
    "uneven-sharing",
    "not-listening",
    "little-empathy",
    "not-open",
    "no-loving-looks",
    "avoiding-touch",
    "little-in-common",
    "not-a-team",
];
const PRACTICES: [&str; 10] = [
    "take-your-time",
    "say-thank-you",
    "talk-and-listen",
    "say-sorry-well",
    "see-their-side",
    "break-the-routine",
    "flirt-again",
    "go-back-somewhere-good",
    "keep-a-date",
    "learn-something-together",
];

/// A checklist of eight items and ten practices: of each item's leads the practice, and of each practice the time.
fn eight_and_ten() -> Checklist {
    let leads = [
        [(2, 3), (1, 1)],
        [(2, 3), (4, 2)],
        [(4, 3), (3, 1)],
        [(2, 2), (0, 1)],
        [(6, 3), (8, 2)],
        [(6, 2), (0, 3)],
        [(9, 3), (7, 2)],
        [(5, 2), (9, 2)],
    ];
    let times = [Some(10), Some(10), Some(20), Some(10), Some(15), Some(30), Some(10), Some(60), Some(90), None];
    let mut checklist = named(&SIGNS, &PRACTICES, 3);
    for (item, leads) in checklist.items.iter_mut().zip(leads) {
        item.leads = leads.map(|(practice, weight)| Lead { practice, weight }).to_vec();
    }
    for (practice, time) in checklist.practices.iter_mut().zip(times) {
        practice.time = time;
        practice.needs_both = matches!(&*practice.id, "flirt-again" | "say-sorry-well");
    }
    checklist
}

/// What somebody shares who noticed these items, and wishes for these practices.
fn shared(checklist: &Checklist, noticed: &[usize], wishes: &[usize]) -> Shared {
    let level = |item: &usize| if noticed.contains(item) { Level::Sometimes } else { Level::Nothing };
    Shared {
        levels: (0..checklist.items.len()).collect::<Vec<_>>().iter().map(level).collect(),
        wishes: (0..checklist.practices.len()).map(|practice| wishes.contains(&practice)).collect(),
    }
}

/// What is suggested to two people, each of whom noticed and wishes for these: practices and reasons.
#[track_caller]
fn check_suggested(one: (&[usize], &[usize]), other: (&[usize], &[usize]), mode: Mode, expected: &[(usize, Reason)]) {
    let checklist = eight_and_ten();
    let (one, other) = (shared(&checklist, one.0, one.1), shared(&checklist, other.0, other.1));
    let expected: Vec<_> =
        expected.iter().map(|(practice, reason)| Suggestion { practice: *practice, reason: reason.clone() }).collect();
    assert_eq!(suggest(&checklist, &one, &other, mode), expected);
    assert_eq!(suggest(&checklist, &other, &one, mode), expected, "whoever comes first");
}

#[test]
fn what_both_wish_for_stands_first_in_the_order_of_the_guide() {
    check_suggested(
        (&[1], &[8, 6, 0]),
        (&[1], &[6, 8]),
        BOTH,
        &[(6, Reason::Wish), (8, Reason::Wish), (2, Reason::Both(vec![1]))],
    );
    // A fourth finds no place, and what both noticed finds none either.
    check_suggested(
        (&[1], &[0, 1, 5, 9]),
        (&[1], &[0, 1, 5, 9]),
        EVERYTHING,
        &[(0, Reason::Wish), (1, Reason::Wish), (5, Reason::Wish)],
    );
}

#[test]
fn greater_sums_stand_first_then_shorter_times_then_the_order_of_the_guide() {
    // 2: 3 + 3, 4: 2, 1: 1.
    check_suggested(
        (&[0, 1], &[]),
        (&[0, 1], &[]),
        BOTH,
        &[(2, Reason::Both(vec![0, 1])), (4, Reason::Both(vec![1])), (1, Reason::Both(vec![0]))],
    );
    // 9 and 7 by their sums; what says no time comes after what takes long, though it stands before it elsewhere.
    check_suggested((&[6], &[]), (&[6], &[]), BOTH, &[(9, Reason::Both(vec![6])), (7, Reason::Both(vec![6]))]);
    // 5 and 9 both have 2: 9 says no time.
    check_suggested((&[7], &[]), (&[7], &[]), BOTH, &[(5, Reason::Both(vec![7])), (9, Reason::Both(vec![7]))]);
}

#[test]
fn what_one_noticed_fills_the_places_that_are_left_if_both_agreed_to_see_everything() {
    check_suggested((&[1, 6], &[]), (&[1], &[]), BOTH, &[(2, Reason::Both(vec![1])), (4, Reason::Both(vec![1]))]);
    check_suggested(
        (&[1, 6], &[]),
        (&[1], &[]),
        EVERYTHING,
        &[(2, Reason::Both(vec![1])), (4, Reason::Both(vec![1])), (9, Reason::One(vec![6]))],
    );
    check_suggested(
        (&[6], &[3]),
        (&[5], &[]),
        EVERYTHING,
        &[(0, Reason::One(vec![5])), (9, Reason::One(vec![6])), (7, Reason::One(vec![6]))],
    );
}

#[test]
fn what_needs_the_wish_of_both_comes_with_it_alone() {
    check_suggested((&[4], &[6]), (&[4], &[]), EVERYTHING, &[(8, Reason::Both(vec![4]))]);
    check_suggested((&[4], &[6]), (&[4], &[6]), BOTH, &[(6, Reason::Wish), (8, Reason::Both(vec![4]))]);
}

#[test]
fn nothing_shared_suggests_nothing() {
    check_suggested((&[0, 2], &[1]), (&[1, 3], &[2]), BOTH, &[]);
    check_suggested((&[], &[1]), (&[], &[2]), EVERYTHING, &[]);
}

#[test]
fn a_code_has_no_more_characters_than_its_states_take() {
    assert_eq!(eight_and_ten().code_length(), 6);
    let signs: Vec<String> = (0..24).map(|number| format!("sign-{number}")).collect();
    let length = |count: usize, wishes: usize| {
        let checklist = named(&signs[..count], &PRACTICES, wishes);
        (checklist.needed_length(), checklist.code_length())
    };
    assert_eq!([length(9, 3), length(8, 0), length(0, 0)], [(7, 7), (5, 5), (2, 2)]);
    assert_eq!([length(20, 3), length(21, 3)], [(10, 10), (11, 0)]);
    let alone = Checklist { people: 1, wishes: 0, ..eight_and_ten() };
    assert_eq!((alone.code_length(), alone.encode(&shared(&alone, &[], &[]), BOTH)), (0, None));
    assert_eq!(alone.decode("000000"), Err(Unread::Length));
    let many: Vec<&str> = std::iter::repeat_n("sign", 900).collect();
    assert_eq!(named(&many, &many, 900).needed_length(), 26);
}

#[test]
fn the_version_stands_for_names_and_layout_and_for_no_order() {
    let checklist = eight_and_ten();
    let mut other = checklist.clone();
    other.items.reverse();
    other.practices.swap(1, 7);
    other.items[0].leads.clear();
    other.practices[0].time = None;
    assert_eq!(other.version(), checklist.version());
    let mut signs = SIGNS;
    signs[3] = "not-so-open";
    let versions = [
        checklist.version(),
        named(&signs, &PRACTICES, 3).version(),
        named(&SIGNS, &PRACTICES[..9], 3).version(),
        named(&SIGNS, &PRACTICES, 2).version(),
    ];
    assert_eq!(versions.iter().collect::<BTreeSet<_>>().len(), 4, "{versions:?}");
    let text = "betwixt-checklist 1\nstates 3\nwishes 1\nitem a\nitem b\npractice c\n";
    let expected = xxhash_rust::xxh3::xxh3_64(text.as_bytes()) & u64::from(u32::MAX);
    assert_eq!(u64::from(named(&["b", "a"], &["c"], 1).version()), expected);
}

#[test]
fn a_code_is_read_as_it_is_spoken_and_typed() {
    let checklist = eight_and_ten();
    let code = checklist.encode(&shared(&checklist, &[1, 4], &[2]), EVERYTHING).expect("it has a code");
    let meaning = checklist.decode(&code).expect("it is a code");
    assert_eq!(meaning, (EVERYTHING, shared(&checklist, &[1, 4], &[2])));
    let typed = [
        code.to_lowercase(),
        format!(" {}-{} ", &code[..3], &code[3..]),
        format!("{}\u{a0}\u{2013} {}", &code[..2], &code[2..]),
        code.replace('0', "o"),
        code.replace('1', "l"),
        code.replace('1', "I"),
    ];
    for typed in typed {
        assert_eq!(checklist.decode(&typed), Ok(meaning.clone()), "{typed}");
    }
    for (typed, why) in [
        (&code[..5], Unread::Length),
        (&format!("{code}0"), Unread::Length),
        ("", Unread::Length),
        (&format!("U{}", &code[1..]), Unread::Letters),
        (&format!("ß{}", &code[1..]), Unread::Letters),
    ] {
        assert_eq!(checklist.decode(typed), Err(why), "{typed}");
    }
    assert_eq!(checklist.encode(&shared(&checklist, &[], &[1, 2, 3, 4]), BOTH), None, "three wishes are the most");
}

#[test]
fn wishes_are_numbered_without_a_gap() {
    let checklist = named(&["listening"], &PRACTICES, 3);
    let mut codes = BTreeSet::new();
    for set in 0_u32..1 << 10 {
        let wishes: Vec<usize> = (0..10).filter(|place| set >> place & 1 == 1).collect();
        let said = shared(&checklist, &[], &wishes);
        let Some(code) = checklist.encode(&said, BOTH) else {
            assert!(wishes.len() > 3);
            continue;
        };
        assert_eq!(checklist.decode(&code), Ok((BOTH, said)));
        codes.insert(code);
    }
    assert_eq!(codes.len(), 176);
}

#[test]
fn a_code_made_up_passes_seldom_and_one_of_another_guide_too() {
    let (checklist, other) = (eight_and_ten(), named(&SIGNS, &PRACTICES[..9], 3));
    let mut dice = 1_u64;
    let mut passed = [0, 0];
    for _ in 0..90_000 {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let code: String = (0..6)
            .map(|at| char::from(ALPHABET[usize::try_from(dice >> (30 + 5 * at)).expect("64 bits") % 32]))
            .collect();
        passed[0] += u32::from(checklist.decode(&code).is_ok());
        let said = shared(&other, &[usize::try_from(dice >> 60).expect("64 bits") % 8], &[]);
        passed[1] += u32::from(checklist.decode(&other.encode(&said, BOTH).expect("it has a code")).is_ok());
    }
    assert!((150..260).contains(&passed[0]), "about one in 450 of 90,000: {passed:?}");
    assert!(passed[1] < 300, "{passed:?}");
}

/// The list under a key of a vector.
fn list<T>(vector: &Value, key: &str, of: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    let list = vector[key].as_array().expect("a list");
    list.iter().map(|one| of(one).expect("of one kind")).collect()
}

#[test]
fn codes_are_those_of_the_scripts() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../tests/scripts/code-vectors.json")).expect("they are JSON");
    let vectors = vectors.as_array().expect("a list");
    assert!(vectors.len() > 20, "the test must see them");
    for vector in vectors {
        let texts = |key: &str| list(&vector["rules"], key, |text| text.as_str().map(str::to_owned));
        let count = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
        let most = count(&vector["rules"]["wishes"]).expect("a number");
        let checklist = named(&texts("items"), &texts("practices"), most);
        let levels = list(vector, "levels", Value::as_u64).into_iter().map(|level| match level {
            0 => Level::Nothing,
            1 => Level::Sometimes,
            _ => Level::Often,
        });
        let wished = list(vector, "wishes", count);
        let said = Shared { levels: levels.collect(), ..shared(&checklist, &[], &wished) };
        let mode = if vector["mode"] == "both" { BOTH } else { EVERYTHING };
        let code = vector["code"].as_str().expect("a text");
        assert_eq!(Some(checklist.version().into()), vector["version"].as_u64(), "{vector}");
        assert_eq!(Some(checklist.code_length()), count(&vector["length"]), "{vector}");
        assert_eq!(checklist.encode(&said, mode).as_deref(), Some(code), "{vector}");
        assert_eq!(checklist.decode(code), Ok((mode, said)), "{vector}");
    }
}

/// What one person may share of so many items and practices, who may wish for so many.
fn person(items: usize, practices: usize, wishes: usize) -> impl Strategy<Value = Shared> {
    let level = prop_oneof![Just(Level::Nothing), Just(Level::Sometimes), Just(Level::Often)];
    let set = btree_set(0..practices, 0..=wishes.min(practices));
    (vec(level, items), set).prop_map(move |(levels, set)| Shared {
        levels,
        wishes: (0..practices).map(|practice| set.contains(&practice)).collect(),
    })
}

/// A checklist of so many items and practices: names without an order, weights, times and marks.
fn checklist(items: usize, practices: usize, wishes: usize) -> impl Strategy<Value = Checklist> {
    let names = vec("[a-z]{1,4}", items + practices);
    let weights = vec(vec(0_u8..4, practices), items);
    let facts = vec((of(0_i64..4), any::<bool>()), practices);
    (names, weights, facts).prop_map(move |(names, weights, facts)| {
        let mut checklist = named(&names[..items], &names[items..], wishes);
        for (item, weights) in checklist.items.iter_mut().zip(weights) {
            let leads = weights.into_iter().enumerate().filter(|(_, weight)| *weight > 0);
            item.leads = leads.map(|(practice, weight)| Lead { practice, weight }).collect();
        }
        for (practice, (time, needs_both)) in checklist.practices.iter_mut().zip(facts) {
            (practice.time, practice.needs_both) = (time, needs_both);
        }
        checklist
    })
}

/// A checklist with some items and practices, and what two people share.
fn two() -> impl Strategy<Value = (Checklist, Shared, Shared, Mode)> {
    let mode = prop_oneof![Just(BOTH), Just(EVERYTHING)];
    (1_usize..17, 1_usize..14, 0_usize..5, mode).prop_flat_map(|(items, practices, wishes, mode)| {
        let one = person(items, practices, wishes);
        let other = person(items, practices, wishes);
        (checklist(items, practices, wishes), one, other, Just(mode))
    })
}

/// What the two have in common, and nothing else.
fn common(one: &Shared, other: &Shared) -> Shared {
    Shared {
        levels: one.levels.iter().zip(&other.levels).map(|(one, other)| *one.min(other)).collect(),
        wishes: one.wishes.iter().zip(&other.wishes).map(|(one, other)| *one && *other).collect(),
    }
}

proptest! {
    #![proptest_config(crate::random::configure(512))]

    #[test]
    fn a_code_says_what_was_shared((checklist, one, _, mode) in two()) {
        let code = checklist.encode(&one, mode).expect("it is short");
        prop_assert_eq!(code.len(), checklist.code_length());
        prop_assert_eq!(checklist.decode(&code), Ok((mode, one)));
    }

    #[test]
    fn every_wrong_character_and_every_swap_of_neighbours_is_refused((checklist, one, _, mode) in two()) {
        let code = checklist.encode(&one, mode).expect("it is short").into_bytes();
        for at in 0..code.len() {
            for letter in ALPHABET.into_iter().filter(|letter| *letter != code[at]) {
                let mut wrong = code.clone();
                wrong[at] = letter;
                let wrong = String::from_utf8(wrong).expect("letters");
                prop_assert_eq!(checklist.decode(&wrong), Err(Unread::Check), "{}", wrong);
            }
            let mut swapped = code.clone();
            swapped.swap(at, (at + 1).min(code.len() - 1));
            if swapped != code {
                let swapped = String::from_utf8(swapped).expect("letters");
                prop_assert_eq!(checklist.decode(&swapped), Err(Unread::Check), "{}", swapped);
            }
        }
    }

    /// What only one of the two said cannot be told from the suggestions.
    #[test]
    fn what_one_alone_said_changes_nothing_where_only_what_both_said_is_seen((checklist, one, other, _) in two()) {
        let common = common(&one, &other);
        prop_assert_eq!(suggest(&checklist, &one, &other, BOTH), suggest(&checklist, &common, &common, BOTH));
    }

    #[test]
    fn three_are_suggested_at_most_each_once_and_for_a_reason((checklist, one, other, mode) in two()) {
        let found = suggest(&checklist, &one, &other, mode);
        prop_assert!(found.len() <= MOST);
        prop_assert_eq!(found.iter().map(|one| one.practice).collect::<BTreeSet<_>>().len(), found.len());
        for Suggestion { practice, reason } in &found {
            match reason {
                Reason::Wish => prop_assert!(one.wishes[*practice] && other.wishes[*practice]),
                Reason::Both(items) | Reason::One(items) => {
                    prop_assert!(!items.is_empty() && !checklist.practices[*practice].needs_both);
                }
            }
        }
    }
}

const SITE: &str = "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n\
    [checklist]\npage = \"_index.md\"\nitems = \"sign\"\nstatement = \"statement\"\nsuggest = \"practices\"\n\
    people = 2\nwishes = 2\ntime = \"minutes\"\nonly_if_both_wish = \"both_must_wish\"\n\
    [kinds.sign]\nfolder = \"signs\"\nfields.statement = { type = \"text\" }\n\
    relations.practices = { to = \"practice\", inverse = \"signs\" }\n\
    [kinds.practice]\nfolder = \"practices\"\nfields.minutes = { type = \"integer\" }\n\
    fields.both_must_wish = { type = \"boolean\" }\n";

/// The guide of these pages.
fn guide(files: &[(&str, &str)]) -> Option<Checklist> {
    let mut sources = Sources::new(Request::default());
    let configuration = SourcePath::new("site.toml");
    sources.insert(configuration.clone(), Source::bytes(SITE.as_bytes()));
    for (path, text) in files {
        sources.insert(SourcePath::new(&format!("content/{path}")), Source::bytes(text.as_bytes()));
    }
    let (site, found) = site::read(&sources, &configuration);
    assert_eq!(found, []);
    let site = site.expect("it is sound");
    let texts = sources.iter().filter(|(path, _)| path.is_markdown());
    let pages: Vec<Page> =
        texts.map(|(path, source)| parse(path, source, &site.rules, Fingerprint::default(), None).0).collect();
    let pages: Vec<&Page> = pages.iter().collect();
    let bibliography = &Bibliography::default().into();
    let parts =
        Parts { site: &site, configuration: &configuration, pages: &pages, held: &[], bibliography, sources: &sources };
    let (guide, _): (Guide, _) = assemble(parts);
    Checklist::of(Book { guide: &guide, pages: &pages }, &site)
}

#[test]
fn a_checklist_is_what_its_pages_say() {
    let checklist = guide(&[
        ("_index.md", "---\ntitle: Home\n---\n"),
        (
            "signs/silence.md",
            "---\ntitle: Silence\norder: 2\nstatement: We are silent.\npractices:\n  - to: walk\n    why: It helps.\n---\n",
        ),
        (
            "signs/haste.md",
            "---\ntitle: Haste\norder: 1\nstatement: We are in haste.\npractices:\n  - { to: walk, why: a, weight: 3 }\n  - { to: tea, why: b, weight: 1 }\n---\n",
        ),
        ("signs/unsaid.md", "---\ntitle: Unsaid\npractices: [{ to: tea, why: c }]\n---\n"),
        ("practices/tea.md", "---\ntitle: Tea\nminutes: 10\n---\n"),
        ("practices/walk.md", "---\ntitle: A walk\nboth_must_wish: true\n---\n"),
    ])
    .expect("it has one");
    let items: Vec<_> = checklist.items.iter().map(|item| (&*item.id, item.leads.clone())).collect();
    let lead = |practice, weight| Lead { practice, weight };
    assert_eq!(items, [("haste", vec![lead(0, 3), lead(1, 1)]), ("silence", vec![lead(0, 1)])]);
    let practices: Vec<_> = checklist.practices.iter().map(|one| (&*one.id, one.time, one.needs_both)).collect();
    assert_eq!(practices, [("walk", None, true), ("tea", Some(10), false)]);
    assert_eq!((checklist.people, checklist.wishes, checklist.code_length()), (2, 2, 3));
    assert_eq!(checklist.order(), Order { items: vec![0, 1], practices: vec![1, 0] });
}
