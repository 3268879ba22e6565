//! Answers that are kept from one run to the next: a file of lines, each `moment status address [new address]`.
//!
//! Only what a server said is kept. A file that is not whole, or not ours, is as none.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::process;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::disk::{Disk, RealDisk};
use crate::guide::outside::Answer;

const HEADER: &str = "betwixt answers 1";
/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// How long a page that was there is taken to be there.
const GOOD_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long other answers are not asked for again.
const BAD_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The kept answers, each with its moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cache {
    answers: BTreeMap<Url, (Timestamp, Answer)>,
}

impl Cache {
    /// The answers in the file `path` that still hold at the moment `now`.
    #[must_use]
    pub fn read(path: &Path, now: Timestamp) -> Self {
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text));
        let whole = read.ok().and_then(|_| parse(&text)).unwrap_or_default();
        Self { answers: whole.into_iter().filter(|(_, (then, answer))| is_fresh(*then, answer, now)).collect() }
    }

    /// The answer to an address.
    #[must_use]
    pub fn get(&self, url: &Url) -> Option<&Answer> {
        self.answers.get(url).map(|(_, answer)| answer)
    }

    /// Keeps an answer, if a server gave it.
    pub fn put(&mut self, url: &Url, answer: &Answer, now: Timestamp) {
        if matches!(answer, Answer::Said { .. }) {
            self.answers.insert(url.clone(), (now, answer.clone()));
        }
    }

    /// Writes all of them into the file `path`, whose folder is made if need be; nobody ever finds half of it.
    ///
    /// # Errors
    /// The system's.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        let disk = RealDisk::default();
        let draft = path.with_extension(process::id().to_string());
        let written = disk.write_new(&draft, self.text().as_bytes()).and_then(|()| disk.rename(&draft, path));
        if written.is_err() {
            let _ = disk.remove_file(&draft);
        }
        written
    }

    fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (url, (then, answer)) in &self.answers {
            let Answer::Said { status, moved } = answer else { continue };
            let _ = write!(text, "{} {status} {url}", then.as_second());
            if let Some(moved) = moved {
                let _ = write!(text, " {moved}");
            }
            text.push('\n');
        }
        text
    }
}

fn is_fresh(then: Timestamp, answer: &Answer, now: Timestamp) -> bool {
    let age = now.duration_since(then);
    age >= SignedDuration::ZERO && age < if answer.is_good() { GOOD_LIFETIME } else { BAD_LIFETIME }
}

fn parse(text: &str) -> Option<BTreeMap<Url, (Timestamp, Answer)>> {
    let lines = text.strip_prefix(HEADER)?.strip_prefix('\n')?;
    lines.lines().map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(Url, (Timestamp, Answer))> {
    let mut words = line.split(' ');
    let then = Timestamp::from_second(words.next()?.parse().ok()?).ok()?;
    let status = words.next()?.parse().ok()?;
    let url = Url::parse(words.next()?).ok()?;
    let moved = words.next().map(Url::parse).transpose().ok()?;
    words.next().is_none().then_some((url, (then, Answer::Said { status, moved })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn said(status: u16) -> Answer {
        Answer::Said { status, moved: None }
    }

    #[test]
    fn answers_come_back_as_they_were_kept_until_they_are_old() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("betwixt/answers");
        let then = Timestamp::from_second(1_000_000).unwrap();
        let (there, gone) = (url("https://friends.example/"), url("https://friends.example/gone"));
        let moved = url("http://friends.example/");
        let mut kept = Cache::read(&path, then);
        kept.put(&there, &said(200), then);
        kept.put(&gone, &said(404), then);
        kept.put(&moved, &Answer::Said { status: 200, moved: Some(there.clone()) }, then);
        kept.put(&url("https://silent.example/"), &Answer::Nothing(crate::guide::outside::Silence::Late), then);
        kept.write(&path).unwrap();
        kept.write(&path).unwrap();
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
        let after = |hours| Cache::read(&path, then + SignedDuration::from_hours(hours));
        assert_eq!(after(0), kept);
        assert_eq!(after(0).answers.len(), 3, "silence is not kept");
        assert_eq!((after(1).get(&gone), after(1).get(&there)), (None, Some(&said(200))));
        assert_eq!((after(7 * 24), after(-1)), (Cache::default(), Cache::default()));
    }

    #[test]
    fn a_file_that_is_not_whole_is_as_none() {
        for text in [
            "",
            "betwixt answers 1",
            "betwixt answers 2\n",
            "betwixt answers 1\n1000000 200",
            "betwixt answers 1\n1000000 200 friends",
            "betwixt answers 1\nx 200 https://friends.example/\n",
            "betwixt answers 1\n1000000 200 https://friends.example/ https://a.example/ b\n",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
