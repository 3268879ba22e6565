//! The index that readers search: every word of every page is in it, with the places where it stands.

use std::collections::{BTreeMap, BTreeSet};

use betwixt::base::{OutPath, Request, Source, SourcePath, Sources};
use betwixt::pipeline::{Built, Memory, build};
use proptest::prelude::*;
use serde_json::Value;

mod random;

const PAGE: &str =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">{{ page.html }}{{ site.search_url }}";

fn sources(pages: &[(String, String)]) -> Sources {
    let mut sources = Sources::new(Request::default());
    let mut set = |path: &str, text: &str| {
        sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
    };
    set(
        "site.toml",
        "title = \"A guide\"\nbase_url = \"https://guide.example/help/\"\ntheme = \"plain\"\nindex.page = \"all.md\"\n\
         [search.synonyms]\nrow = \"quarrels\"\nnobody = \"says-this\"\n",
    );
    set("themes/plain/theme.toml", "name = \"Plain\"\n");
    set("themes/plain/strings/en.toml", "");
    set("themes/plain/assets/search.js", "\"use strict\";");
    for template in ["page", "section", "home", "a-z"] {
        set(&format!("themes/plain/templates/{template}.html"), PAGE);
    }
    set("content/_index.md", "---\ntitle: Home\n---\n");
    set("content/all.md", "---\ntitle: All\n---\n");
    for (path, text) in pages {
        set(path, text);
    }
    sources
}

/// The index as a page reads it.
struct Index {
    words: Value,
    forms: Vec<String>,
    /// By group: its places, by page.
    postings: BTreeMap<String, BTreeMap<u64, Vec<u64>>>,
    texts: BTreeMap<u64, Value>,
    /// How many files it has.
    files: usize,
}

impl Index {
    fn of(built: &Built) -> Self {
        let read = |bytes: &[u8]| -> Value {
            let text = std::str::from_utf8(bytes).expect("it is text");
            let text = text.strip_prefix("betwixtSearch(").and_then(|text| text.strip_suffix(");\n")).expect("a call");
            serde_json::from_str(text).expect("its argument is JSON")
        };
        let out = OutPath::new("search/words.js").expect("a name");
        let words = read(built.files.get(&out).expect("there is an index"));
        let (mut postings, mut texts, mut files) = (BTreeMap::new(), BTreeMap::new(), 1);
        let mut take = |groups: &Value, pages: &Value| {
            for (key, ints) in groups.as_object().into_iter().flatten() {
                postings.insert(key.clone(), places(ints));
            }
            for (number, page) in pages.as_object().into_iter().flatten() {
                texts.insert(number.parse().expect("a number"), page.clone());
            }
        };
        take(&words["all"]["postings"], &words["all"]["texts"]);
        for (out, bytes) in built.files.iter() {
            let Some(rest) = out.as_str().strip_prefix("search/").filter(|rest| *rest != "words.js") else { continue };
            let shard = read(bytes);
            files += 1;
            assert_eq!(shard["edition"], words["edition"]);
            assert_eq!(rest, format!("{}/{}.js", shard["part"].as_str().expect("a name"), shard["number"]));
            let count = words[shard["part"].as_str().expect("a name")].as_u64().expect("a number");
            for key in shard["groups"].as_object().into_iter().flatten().map(|(key, _)| key) {
                let hash =
                    key.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
                assert_eq!(u64::from(hash) % count, shard["number"].as_u64().expect("a number"));
            }
            take(&shard["groups"], &shard["pages"]);
        }
        let forms = forms(words["words"].as_str().expect("a text"));
        Self { words, forms, postings, texts, files }
    }

    /// The places of a form's group.
    fn find(&self, form: &str) -> Option<&BTreeMap<u64, Vec<u64>>> {
        let at = self.forms.iter().position(|known| known == form)?;
        let back = usize::try_from(self.words["groups"][at].as_u64()?).ok()?;
        self.postings.get(&self.forms[at - back])
    }
}

/// What is front-coded.
fn forms(coded: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for c in coded.chars() {
        match forms.last() {
            _ if c.is_ascii_uppercase() => {
                let shared = usize::from(u8::try_from(c).expect("a letter") - b'A');
                let before = forms.last().map_or(&[][..], |form| form.as_bytes());
                forms.push(String::from_utf8(before[..shared].to_vec()).expect("the words are ASCII"));
            }
            _ => forms.last_mut().expect("a capital comes first").push(c),
        }
    }
    forms
}

fn places(ints: &Value) -> BTreeMap<u64, Vec<u64>> {
    let mut ints = ints.as_array().expect("a list").iter().map(|int| int.as_u64().expect("a number"));
    let (mut places, mut page) = (BTreeMap::new(), 0);
    while let Some(step) = ints.next() {
        page += step;
        let count = usize::try_from(ints.next().expect("a count")).expect("it is small");
        places.insert(page, ints.by_ref().take(count).collect());
    }
    places
}

/// Words that have the same stem, or look as if they had, and others.
const WORDS: [&str; 16] = [
    "quarrel",
    "quarrels",
    "quarrelled",
    "listen",
    "listening",
    "listener",
    "evening",
    "even",
    "cup",
    "cups",
    "tea",
    "kettle",
    "we",
    "walk",
    "walked",
    "window",
];

/// A page: the words of its title, lead, text, heading and the section below it, by their numbers.
type Words = [Vec<usize>; 5];

fn page([title, lead, text, heading, section]: &Words) -> String {
    let words = |all: &[usize]| all.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
    format!(
        "---\ntitle: \"A {}\"\ndescription: \"Of {}\"\n---\n{}\n\n## Z {}\n\n{}\n",
        words(title),
        words(lead),
        words(text),
        words(heading),
        words(section)
    )
}

proptest! {
    #![proptest_config(random::configure(48))]

    #[test]
    fn every_word_of_every_page_is_found_where_it_stands(
        pages in prop::collection::vec(prop::array::uniform5(prop::collection::vec(0..WORDS.len(), 0..7)), 1..9),
        is_long in any::<bool>(),
    ) {
        let long = "nothing to be found here ".repeat(if is_long { 3000 } else { 0 });
        let files: Vec<(String, String)> = pages.iter().enumerate()
            .map(|(number, words)| (format!("content/p{number}.md"), page(words) + &long))
            .collect();
        let built = build(&sources(&files), &mut Memory::new()).0;
        prop_assert!(!built.has_errors(), "{:?}", built.diagnostics);
        let index = Index::of(&built);
        prop_assert_eq!(index.files > 1, is_long);
        prop_assert!(index.forms.is_sorted());
        let number_of = |name: &str| {
            let url = format!("{name}/");
            *index.texts.iter().find(|(_, page)| page[1] == *url).expect("each page has its text").0
        };
        for (number, words) in pages.iter().enumerate() {
            let id = number_of(&format!("p{number}"));
            // Title and lead stand in the section above the first heading.
            let stands = [(0, 3), (0, 1), (0, 0), (1, 2), (1, 0)];
            let mut best: BTreeMap<&str, BTreeMap<u64, u64>> = BTreeMap::new();
            for ((section, place), all) in stands.iter().zip(words) {
                for word in all {
                    let at = best.entry(WORDS[*word]).or_default().entry(*section).or_default();
                    *at = (*at).max(*place);
                }
            }
            for (word, sections) in best {
                let found = index.find(word).and_then(|places| places.get(&id));
                let Some(found) = found else { return Err(TestCaseError::fail(format!("{word} on p{number}"))) };
                for (section, place) in sections {
                    // Another form of the same group may stand at a better place of the section.
                    prop_assert!(found.iter().any(|at| at / 4 == section && at % 4 >= place), "{} {:?}", word, found);
                }
            }
        }
        // And nothing else: each place of a group holds a form of it.
        let all: BTreeSet<&str> = pages.iter().flatten().flatten().map(|word| WORDS[*word]).collect();
        for word in WORDS {
            prop_assert_eq!(index.forms.iter().any(|form| form == word), all.contains(word), "{}", word);
        }
    }
}

#[test]
fn a_text_is_what_readers_see_block_by_block() {
    let text = "---\ntitle: Tea & talk\ndescription: Slowly.\n---\nPour *slowly*,\nthen [wait](all.md).[^n]\n\n- One\n- Two\n\n\
                ## The [[all]] cup {#cup}\n\nA `cup` holds\\\ntea.\n\n[^n]: A note.\n";
    let built = build(&sources(&[("content/tea.md".into(), text.into())]), &mut Memory::new()).0;
    assert_eq!(built.diagnostics, []);
    let index = Index::of(&built);
    let page = index.texts.values().find(|page| page[1] == "tea/").expect("it is there");
    assert_eq!(page[0], "Tea & talk");
    assert_eq!(page[3][0], serde_json::json!(["", "", "Slowly.\nPour slowly, then wait.\nOne\nTwo"]));
    assert_eq!(page[3][1][0], "The All cup");
    assert_eq!(page[3][1][1], "cup");
    assert!(page[3][1][2].as_str().is_some_and(|text| text.starts_with("A cup holds\ntea.\n")), "{}", page[3][1]);
}

#[test]
fn synonyms_lead_to_the_words_that_there_are() {
    let text = "---\ntitle: Rows\n---\nThey quarrelled.\n";
    let built = build(&sources(&[("content/rows.md".into(), text.into())]), &mut Memory::new()).0;
    let index = Index::of(&built);
    let synonyms = index.words["synonyms"].as_object().expect("a table");
    let row = synonyms["row"].as_array().expect("a list");
    let meant: Vec<&str> =
        row.iter().map(|at| &*index.forms[usize::try_from(at.as_u64().expect("a number")).expect("small")]).collect();
    assert_eq!((meant, synonyms.len()), (vec!["quarrelled"], 1));
}
