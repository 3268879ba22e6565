//! The finished files of a site → the service worker that keeps them on a reader's device, with the digest of each, so that no
//! page of one edition is ever shown with a file of another.
//!
//! The worker's own code (`worker.js`) knows nothing of the guide: its first line says what there is.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::base::{Files, Fingerprint, OutPath, address_of};
use crate::search;

/// What the worker does with what its first line says.
const WORKER: &str = include_str!("worker.js");

/// The worker of a guide that keeps nothing: it takes away what a former one kept, and then itself.
pub const FAREWELL: &str = include_str!("farewell.js");

/// The file of either worker. It lies at the top, since a worker answers for what lies beside and below it.
pub const WORKER_FILE: &str = "service-worker.js";

/// The folder of the lists that are too long for the worker itself.
const FOLDER: &str = "offline/";

/// The endings of what pages are made of. What is for machines, or is downloaded, is not kept.
const KEPT: [&str; 17] = [
    "avif", "bmp", "css", "gif", "html", "ico", "jpeg", "jpg", "js", "mp3", "mp4", "ogg", "png", "svg", "webm", "webp",
    "woff2",
];

/// What every page may ask for, besides the theme's assets.
const FIRST: [&str; 2] = ["index.html", "404.html"];

/// Where the theme's assets lie.
const ASSETS: &str = "assets/";

/// How many files the worker itself lists; a longer list lies in shards.
const LISTED: usize = 512;

/// About how many files a shard lists.
const IN_SHARD: usize = 128;

/// Of a digest, as many bytes: that another edition's file has the same is out of the question.
const DIGEST_LENGTH: usize = 12;

/// A megabyte, as shops count it.
const MEGABYTE: usize = 1_000_000;

/// In how many shards the list of files lies; 0 where the worker has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Shards(u32);

impl Shards {
    /// The shards for a site of these files.
    pub fn of<'p>(files: impl Iterator<Item = &'p OutPath>) -> Self {
        let count = files.filter(|out| is_kept(out)).count();
        if count <= LISTED {
            return Self(0);
        }
        Self(u32::try_from(count.div_ceil(IN_SHARD).next_power_of_two()).unwrap_or(1 << 16))
    }

    /// The files that keep a guide.
    pub fn parts(self) -> impl Iterator<Item = Part> {
        std::iter::once(Part::Worker).chain((0..self.0).map(Part::Shard))
    }
}

/// A file that keeps a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The service worker.
    Worker,
    /// A part of the list of files.
    Shard(u32),
}

impl Part {
    /// The file that it becomes.
    #[must_use]
    pub fn out(self) -> OutPath {
        let name = match self {
            Self::Worker => WORKER_FILE.to_owned(),
            Self::Shard(number) => format!("{FOLDER}{number}.json"),
        };
        OutPath::new(&name).expect("a plain name")
    }
}

/// The files that keep a guide.
#[derive(Debug)]
pub struct Offline {
    worker: Vec<u8>,
    shards: Vec<Vec<u8>>,
}

impl Offline {
    /// One of them; `None` if there is no such shard.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<&[u8]> {
        match part {
            Part::Worker => Some(&self.worker),
            Part::Shard(number) => self.shards.get(number as usize).map(Vec::as_slice),
        }
    }
}

/// What the first line of the worker says.
#[derive(Serialize)]
struct Manifest<'f> {
    /// Fingerprint of all that is listed.
    edition: String,
    /// Are all files kept, or what every page needs and those that were opened?
    whole: bool,
    /// Addresses below the worker's own folder, each with its digest: all, or what every page needs.
    files: BTreeMap<&'f str, String>,
    /// The digests of the shards, by number.
    shards: Vec<String>,
}

/// What keeps `files` but for those of `unshown`, which no page shows; whole, if they have at most `megabytes`.
#[must_use]
pub fn offline(files: &Files, unshown: &BTreeSet<&OutPath>, shards: Shards, megabytes: usize) -> Offline {
    let kept: Vec<_> = files.iter().filter(|(out, _)| is_kept(out) && !unshown.contains(out)).collect();
    let size: usize = kept.iter().map(|(_, bytes)| bytes.len()).sum();
    let listed: Vec<_> = kept.par_iter().map(|(out, bytes)| (address_of(out.as_str()), digest(bytes))).collect();
    let edition = Fingerprint::of(&listed).short();
    let (mut own, mut lists) = (BTreeMap::new(), vec![BTreeMap::new(); shards.0 as usize]);
    for ((out, _), (address, digest)) in kept.iter().zip(listed) {
        let is_first = FIRST.contains(&out.as_str()) || out.as_str().starts_with(ASSETS);
        if lists.is_empty() || is_first {
            own.insert(address, digest);
        } else {
            let number = search::fnv(address) % shards.0;
            lists[number as usize].insert(address, digest);
        }
    }
    let shards: Vec<Vec<u8>> = lists.iter().map(|list| json(list).into_bytes()).collect();
    let whole = size <= megabytes.saturating_mul(MEGABYTE);
    let manifest = Manifest { edition, whole, files: own, shards: shards.iter().map(|shard| digest(shard)).collect() };
    Offline { worker: format!("self.betwixtKept = {};\n{WORKER}", json(&manifest)).into_bytes(), shards }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers can be written as JSON")
}

/// Is it kept on readers' devices? What is searched would tell what somebody looked for.
fn is_kept(out: &OutPath) -> bool {
    let (path, own) = (out.as_str(), [search::FOLDER, FOLDER]);
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    KEPT.contains(&&*ending.to_ascii_lowercase())
        && path != WORKER_FILE
        && !own.iter().any(|folder| path.starts_with(folder))
}

/// The beginning of its SHA-256, in the base64 of addresses.
fn digest(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..DIGEST_LENGTH])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(count: usize) -> Files {
        let page = |number| (format!("pages/{number}/index.html"), format!("page {number}"));
        let plain = [
            "index.html",
            "404.html",
            "assets/a.css",
            "search/words.js",
            "robots.txt",
            "service-worker.js",
            "book.epub",
        ];
        let plain = plain.map(|name| (name.to_owned(), name.to_owned()));
        let files = plain.into_iter().chain((0..count).map(page));
        files.map(|(name, text)| (OutPath::new(&name).expect("plain"), text.as_bytes().into())).collect()
    }

    fn manifest(offline: &Offline) -> serde_json::Value {
        let text = String::from_utf8_lossy(&offline.worker);
        let line =
            text.lines().next().and_then(|line| line.strip_prefix("self.betwixtKept = ")).expect("the first line");
        serde_json::from_str(line.trim_end_matches(';')).expect("JSON")
    }

    #[test]
    fn a_small_guide_is_listed_in_the_worker() {
        let files = site(2);
        let shards = Shards::of(files.paths());
        let manifest = manifest(&offline(&files, &BTreeSet::new(), shards, 1));
        let listed: Vec<_> = manifest["files"].as_object().expect("a map").keys().cloned().collect();
        assert_eq!(listed, ["", "404.html", "assets/a.css", "pages/0/", "pages/1/"]);
        assert_eq!(
            (shards.parts().count(), &manifest["whole"], &manifest["shards"]),
            (1, &true.into(), &serde_json::json!([]))
        );
    }

    #[test]
    fn each_file_of_a_large_guide_is_in_one_list() {
        let files = site(1000);
        let shards = Shards::of(files.paths());
        let offline = offline(&files, &BTreeSet::new(), shards, 0);
        let manifest = manifest(&offline);
        assert_eq!(manifest["whole"], false);
        assert_eq!(manifest["files"].as_object().map(serde_json::Map::len), Some(3));
        let mut listed = Vec::new();
        for (number, shard) in offline.shards.iter().enumerate() {
            assert_eq!(manifest["shards"][number], digest(shard));
            let shard: BTreeMap<String, String> = serde_json::from_slice(shard).expect("JSON");
            assert!(shard.keys().all(|address| search::fnv(address) as usize % offline.shards.len() == number));
            listed.extend(shard.into_keys());
        }
        listed.sort();
        let mut pages: Vec<String> = (0..1000).map(|number| format!("pages/{number}/")).collect();
        pages.sort();
        assert_eq!(listed, pages);
    }

    #[test]
    fn another_word_is_another_edition() {
        let (files, mut edited) = (site(3), site(3));
        edited.insert(OutPath::new("pages/1/index.html").expect("plain"), b"other"[..].into());
        let edition = |files: &Files| manifest(&offline(files, &BTreeSet::new(), Shards(0), 1))["edition"].clone();
        assert_eq!(edition(&files), edition(&site(3)));
        assert_ne!(edition(&files), edition(&edited));
        edited.insert(OutPath::new("pages/1/index.html").expect("plain"), b"page 1"[..].into());
        edited.insert(OutPath::new("search/words.js").expect("plain"), b"other"[..].into());
        assert_eq!(edition(&files), edition(&edited), "what is searched is no part of what is kept");
    }
}
