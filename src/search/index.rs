//! The words of all pages → the files of the index, each a script that calls `betwixtSearch` with its part.

use std::collections::BTreeMap;
use std::mem;

use rayon::prelude::*;
use rust_stemmers::Stemmer;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::text::{Section, lead, sections};
use super::words::{each_form, fold, stemmer};
use super::{Part, Shards};
use crate::base::Fingerprint;
use crate::guide::{Book, PageId};
use crate::site::Site;

/// How many pages are read at a time: each stretch has its own table of words.
const STRETCH: usize = 64;
/// At how many places of a page a word is noted: readers are led to the best.
const MOST_SECTIONS: usize = 3;
/// For how many pages a word is noted. Whoever looks for a commoner one wants the pages that it is about.
const MOST_PAGES: usize = 1000;
/// How many letters a form may share with the one before it: so many capitals follow `A`.
const MOST_SHARED: usize = 25;

/// Where a word stands, the least telling first.
#[derive(Debug, Clone, Copy)]
enum Where {
    Text,
    Lead,
    Heading,
    Title,
}

/// The finished index.
#[derive(Debug)]
pub struct Index {
    words: Vec<u8>,
    postings: Vec<Vec<u8>>,
    texts: Vec<Vec<u8>>,
}

impl Index {
    /// The file of one of its parts; `None` if it has no such shard.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<&[u8]> {
        match part {
            Part::Words => Some(&self.words),
            Part::Postings(number) => self.postings.get(number as usize).map(Vec::as_slice),
            Part::Texts(number) => self.texts.get(number as usize).map(Vec::as_slice),
        }
    }
}

/// The index of the pages that readers may find.
#[must_use]
pub fn index(book: Book, site: &Site, shards: Shards) -> Index {
    let listed = book.iter().filter(|(id, ..)| book.guide.special.not_found != Some(*id));
    let listed: Vec<PageId> = listed.map(|(id, ..)| id).collect();
    let mut stretches: Vec<Stretch> =
        listed.par_chunks(STRETCH).map(|pages| Stretch::read(book, site, pages)).collect();
    let texts: Vec<_> = stretches.iter_mut().flat_map(|stretch| mem::take(&mut stretch.texts)).collect();
    let vocabulary = Vocabulary::of(&stretches);
    let addresses: Vec<&str> = book.pages.iter().map(|page| page.url.as_str()).collect();
    let edition = &*Fingerprint::of(&addresses).short();
    let postings = vocabulary.postings(&stretches);
    let words = WordList {
        part: "words",
        edition,
        version: String::new(),
        pages: addresses.len(),
        postings: shards.postings,
        texts: shards.texts,
        words: vocabulary.front_coded(),
        groups: vocabulary.steps_back(),
        synonyms: vocabulary.synonyms(site),
        all: None,
    };
    if shards == Shards::default() {
        let all = All { postings: postings.into_iter().collect(), texts: texts.into_iter().collect() };
        return Index { words: script(&WordList { all: Some(all), ..words }), postings: Vec::new(), texts: Vec::new() };
    }
    let mut groups = vec![BTreeMap::new(); shards.postings as usize];
    for (key, ints) in postings {
        groups[(fnv(key) % shards.postings) as usize].insert(key, ints);
    }
    let mut pages = vec![BTreeMap::new(); shards.texts as usize];
    for (number, text) in texts {
        pages[number % shards.texts as usize].insert(number, text);
    }
    let (postings, texts): (Vec<_>, Vec<_>) = rayon::join(
        || {
            let shards = groups.par_iter().enumerate();
            shards.map(|(number, groups)| script(&Postings { part: "postings", edition, number, groups })).collect()
        },
        || {
            let shards = pages.par_iter().enumerate();
            shards.map(|(number, pages)| script(&Texts { part: "texts", edition, number, pages })).collect()
        },
    );
    let version = Fingerprint::of(&(&postings, &texts)).short();
    Index { words: script(&WordList { version, ..words }), postings, texts }
}

/// All words of a guide.
#[derive(Serialize)]
struct WordList<'w> {
    part: &'static str,
    /// Fingerprint of the list of pages, whose numbers the shards name.
    edition: &'w str,
    /// Fingerprint of the shards, for their addresses; empty if there are none.
    version: String,
    pages: usize,
    postings: u32,
    texts: u32,
    words: String,
    groups: Vec<u32>,
    synonyms: BTreeMap<String, Vec<u32>>,
    /// The rest of the index, where it is one file.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<All<'w>>,
}

#[derive(Serialize)]
struct All<'w> {
    postings: BTreeMap<&'w str, Vec<u32>>,
    texts: BTreeMap<usize, PageText>,
}

#[derive(Serialize)]
struct Postings<'w> {
    part: &'static str,
    edition: &'w str,
    number: usize,
    groups: &'w BTreeMap<&'w str, Vec<u32>>,
}

#[derive(Serialize)]
struct Texts<'w> {
    part: &'static str,
    edition: &'w str,
    number: usize,
    pages: &'w BTreeMap<usize, PageText>,
}

/// Title, address, kind and sections of a page: of each section heading, anchor and text.
type PageText = (Box<str>, String, Box<str>, Vec<[String; 3]>);

fn script(part: &impl Serialize) -> Vec<u8> {
    let mut script = b"betwixtSearch(".to_vec();
    serde_json::to_writer(&mut script, part).expect("text and numbers can be written");
    script.extend_from_slice(b");\n");
    script
}

/// FNV-1a of a text, by which words and addresses are told off into shards.
#[must_use]
pub fn fnv(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A place where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// The number of the form in its stretch, or of its group's first form.
    form: u32,
    page: u32,
    /// The section's number times four, and [`Where`].
    at: u32,
}

/// Some pages, read.
#[derive(Default)]
struct Stretch {
    /// The forms on them, with their stems and numbers.
    forms: FxHashMap<Box<str>, (u32, Box<str>)>,
    entries: Vec<Entry>,
    /// Their texts, with their numbers in the guide.
    texts: Vec<(usize, PageText)>,
}

impl Stretch {
    fn read(book: Book, site: &Site, pages: &[PageId]) -> Self {
        let mut stretch = Self::default();
        let stemmer = stemmer(&site.language);
        for id in pages {
            stretch.read_page(book, site, *id, stemmer.as_ref());
        }
        stretch
    }

    fn read_page(&mut self, book: Book, site: &Site, id: PageId, stemmer: Option<&Stemmer>) {
        let page = book.page(id);
        let first = self.entries.len();
        let (lead, mut sections) = (lead(page), sections(book, id));
        let number = u32::try_from(id.index()).unwrap_or(u32::MAX);
        self.note(page.title(), (number, 0, Where::Title), stemmer);
        self.note(&lead, (number, 0, Where::Lead), stemmer);
        for (section, Section { heading, text, .. }) in (0..).zip(&sections) {
            self.note(heading, (number, section, Where::Heading), stemmer);
            self.note(text, (number, section, Where::Text), stemmer);
        }
        self.entries[first..].sort_unstable();
        let mut kept = self.entries.split_off(first);
        kept.dedup();
        self.entries.append(&mut kept);
        if let Some(head) = sections.first_mut() {
            head.text.insert_str(0, &if lead.is_empty() { lead } else { lead + "\n" });
        }
        let kind = page.kind.map(|kind| &site.rules.kinds[kind]).filter(|kind| !kind.is_plain());
        let sections = sections.into_iter().map(|Section { heading, anchor, text }| [heading, anchor, text]);
        let url = page.url.as_str().trim_start_matches('/').to_owned();
        let kind = kind.map(|kind| kind.one.clone()).unwrap_or_default();
        self.texts.push((id.index(), (page.title().into(), url, kind, sections.collect())));
    }

    fn note(&mut self, text: &str, (page, section, place): (u32, u32, Where), stemmer: Option<&Stemmer>) {
        let Self { forms, entries, .. } = self;
        each_form(text, |form| {
            let number = if let Some((number, stem)) = forms.get_mut(form.folded) {
                // One folded form may be that of several words: the least stem counts, in whatever order they come.
                if !form.small.is_ascii() {
                    let own = stem_of(form.small, stemmer);
                    if *own < **stem {
                        *stem = own;
                    }
                }
                *number
            } else {
                let number = u32::try_from(forms.len()).unwrap_or(u32::MAX);
                forms.insert(form.folded.into(), (number, stem_of(form.small, stemmer)));
                number
            };
            entries.push(Entry { form: number, page, at: section * 4 + place as u32 });
        });
    }
}

fn stem_of(small: &str, stemmer: Option<&Stemmer>) -> Box<str> {
    stemmer.map_or_else(|| fold(small), |stemmer| fold(&stemmer.stem(small))).into()
}

/// All forms of the guide, sorted, each with the first form of its group: those of one stem.
struct Vocabulary<'s> {
    forms: Vec<&'s str>,
    firsts: Vec<u32>,
    /// The first form of each group, by its stem.
    groups: FxHashMap<&'s str, u32>,
}

impl<'s> Vocabulary<'s> {
    fn of(stretches: &'s [Stretch]) -> Self {
        let all = stretches.iter().flat_map(|stretch| &stretch.forms);
        let mut all: Vec<(&str, &str)> = all.map(|(form, (_, stem))| (&**form, &**stem)).collect();
        // The least stem of a form comes first.
        all.par_sort_unstable();
        all.dedup_by_key(|(form, _)| *form);
        let mut groups: FxHashMap<&str, u32> = FxHashMap::default();
        let firsts = (0..).zip(&all).map(|(number, (_, stem))| *groups.entry(stem).or_insert(number)).collect();
        Self { forms: all.into_iter().map(|(form, _)| form).collect(), firsts, groups }
    }

    fn number(&self, form: &str) -> Option<usize> {
        self.forms.binary_search(&form).ok()
    }

    /// Where the words of each group stand, as the page reads it.
    fn postings(&self, stretches: &[Stretch]) -> Vec<(&'s str, Vec<u32>)> {
        let entries = stretches.par_iter().flat_map_iter(|stretch| {
            let mut firsts = vec![0; stretch.forms.len()];
            #[expect(clippy::iter_over_hash_type, reason = "each has a place of its own")]
            for (form, (number, _)) in &stretch.forms {
                if let Some(at) = self.number(form) {
                    firsts[*number as usize] = self.firsts[at];
                }
            }
            stretch.entries.iter().map(move |entry| Entry { form: firsts[entry.form as usize], ..*entry })
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.par_sort_unstable();
        let groups: Vec<&[Entry]> = entries.chunk_by(|a, b| a.form == b.form).collect();
        groups.into_par_iter().map(|group| (self.forms[group[0].form as usize], places(group))).collect()
    }

    /// The forms in one string: of each how many UTF-16 units it shares with the one before, as a capital, and the rest.
    fn front_coded(&self) -> String {
        let mut out = String::new();
        let mut before = "";
        for form in &self.forms {
            let same = before.chars().zip(form.chars()).take_while(|(a, b)| a == b);
            let (mut units, mut bytes) = (0, 0);
            for (c, _) in same {
                if units + c.len_utf16() > MOST_SHARED {
                    break;
                }
                units += c.len_utf16();
                bytes += c.len_utf8();
            }
            out.push(char::from(b'A' + u8::try_from(units).unwrap_or(0)));
            out.push_str(&form[bytes..]);
            before = form;
        }
        out
    }

    /// For each form how many forms back the first of its group stands.
    fn steps_back(&self) -> Vec<u32> {
        (0..).zip(&self.firsts).map(|(number, first)| number - first).collect()
    }

    /// The groups that are meant, too, for each word that the configuration gives others for.
    fn synonyms(&self, site: &Site) -> BTreeMap<String, Vec<u32>> {
        let stemmer = stemmer(&site.language);
        let mut synonyms: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (name, others) in &site.synonyms {
            let mut meant = Vec::new();
            each_form(others, |form| meant.extend(self.group_of(form.small, form.folded, stemmer.as_ref())));
            each_form(&name.value, |form| synonyms.entry(form.folded.to_owned()).or_default().extend(&meant));
        }
        for meant in synonyms.values_mut() {
            meant.sort_unstable();
            meant.dedup();
        }
        synonyms.retain(|_, meant| !meant.is_empty());
        synonyms
    }

    /// The group of a form: its own, or that of its stem.
    fn group_of(&self, small: &str, folded: &str, stemmer: Option<&Stemmer>) -> Option<u32> {
        let own = self.number(folded).map(|at| self.firsts[at]);
        own.or_else(|| self.groups.get(&*stem_of(small, stemmer)).copied())
    }
}

/// The places of one group, by page: the step to the page's number, how many places follow, and these.
fn places(group: &[Entry]) -> Vec<u32> {
    let mut pages: Vec<(u32, Vec<u32>)> = group.chunk_by(|a, b| a.page == b.page).map(best_of_page).collect();
    if pages.len() > MOST_PAGES {
        pages.sort_by_key(|(page, at)| (std::cmp::Reverse(at.iter().map(|at| at % 4).max()), *page));
        pages.truncate(MOST_PAGES);
        pages.sort_unstable();
    }
    let mut ints = Vec::with_capacity(pages.len() * 3);
    let mut before = 0;
    for (page, at) in pages {
        ints.push(page - before);
        ints.push(u32::try_from(at.len()).unwrap_or(0));
        ints.extend(at);
        before = page;
    }
    ints
}

/// The best places on a page, in the order of its sections: the most telling one of each section, which comes last in it.
fn best_of_page(entries: &[Entry]) -> (u32, Vec<u32>) {
    let sections = entries.chunk_by(|a, b| a.at / 4 == b.at / 4);
    let mut best: Vec<u32> = sections.filter_map(|section| Some(section.last()?.at)).collect();
    if best.len() > MOST_SECTIONS {
        best.sort_by_key(|at| (std::cmp::Reverse(at % 4), *at));
        best.truncate(MOST_SECTIONS);
        best.sort_unstable();
    }
    (entries[0].page, best)
}
