//! One open page → what it has to be told as the site changes.
//!
//! A page says what it shows. So it is told the right thing however long it was away, and whichever server it spoke to.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::json;

use super::changes::{Change, compare_pages};
use super::opener::Key;
use super::site_state::SiteState;

/// One open page.
#[derive(Debug)]
pub(super) struct Reader {
    /// Its address, as a request would name it.
    address: String,
    /// What it says it shows: the page, and the files that pages load. Empty if it does not know.
    seen: (String, String),
    /// The key with which it may ask for a source to be opened.
    key: Option<Key>,
    /// The state of the site that it was brought to.
    last: Option<Arc<SiteState>>,
}

/// Fingerprint of a page at `address` together with the files that it may load.
pub(super) fn page_version(shown: &SiteState, address: &str) -> String {
    format!("{}-{}", shown.answer(address).fingerprint(), shown.stamp)
}

impl Reader {
    /// A page at `address` that was served with the fingerprint `seen`.
    pub(super) fn new(address: String, seen: &str, key: Option<Key>) -> Self {
        let (page, files) = seen.split_once('-').unwrap_or_default();
        Self { address, seen: (page.to_owned(), files.to_owned()), key, last: None }
    }

    /// What brings the page from what it shows to `shown`, in the form of server-sent events. A page that has to be
    /// loaded again is told no more than that: it will ask afresh.
    pub(super) fn catch_up(&mut self, shown: &Arc<SiteState>) -> String {
        if shown.is_beginning {
            // A page of an earlier server is better than none, and most likely the very page that is to come.
            return String::new();
        }
        let mut events = Events { id: page_version(shown, &self.address), text: String::new() };
        let last = self.last.replace(Arc::clone(shown));
        let step = last.as_ref().map_or_else(|| self.first(shown), |last| self.step(last, shown));
        if step != Step::Page && last.is_none_or(|last| last.report != shown.report) {
            events.add("problems", &shown.report.json(self.key.as_ref()));
        }
        match step {
            Step::None => {}
            Step::Page => events.add("page", "{}"),
            Step::Styles(pairs) => events.add("styles", &json!({ "pairs": pairs }).to_string()),
            Step::Files(changed) => events.add("files", &json!({ "changed": changed }).to_string()),
            Step::AllFiles => events.add("files", "{}"),
        }
        events.text
    }

    /// What a page has to do of which only fingerprints are known.
    fn first(&self, shown: &SiteState) -> Step {
        if shown.answer(&self.address).fingerprint() != self.seen.0 {
            return Step::Page;
        }
        if shown.stamp.to_string() == self.seen.1 { Step::None } else { Step::AllFiles }
    }

    /// What a page has to do that was brought to `last`.
    fn step(&self, last: &SiteState, shown: &SiteState) -> Step {
        match compare_pages(&last.answer(&self.address).bytes, &shown.answer(&self.address).bytes) {
            Change::Page => Step::Page,
            Change::Styles(pairs) => Step::Styles(pairs),
            Change::None if last.stamp == shown.stamp => Step::None,
            Change::None => {
                let changed = shown.changed_since(last);
                if changed.is_empty() { Step::None } else { Step::Files(changed) }
            }
        }
    }
}

/// What an open page has to do.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    None,
    /// Be loaded again.
    Page,
    /// Load other style sheets.
    Styles(Vec<(String, String)>),
    /// Load these files again.
    Files(Vec<String>),
    /// Load all files again, as nobody knows which of them changed.
    AllFiles,
}

/// Events as they are written in a stream.
struct Events {
    /// What the page shows once it has done what they say; it says so when it asks again.
    id: String,
    text: String,
}

impl Events {
    /// Adds an event; `data` is JSON on one line.
    fn add(&mut self, name: &str, data: &str) {
        let _ = write!(self.text, "event: {name}\nid: {}\ndata: {data}\n\n", self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Files, OutPath};
    use crate::report::Problem;
    use crate::serve::Preview;

    fn preview(files: &[(&str, &str)]) -> Preview {
        let files: Files =
            files.iter().map(|(name, text)| (OutPath::new(name).unwrap(), Arc::from(text.as_bytes()))).collect();
        Preview { files: Arc::new(files), ..Preview::default() }
    }

    fn first(files: &[(&str, &str)]) -> Arc<SiteState> {
        Arc::new(SiteState::new("run".to_owned()).next(preview(files)))
    }

    /// The names of the events that a page at `address` gets.
    fn names(events: &str) -> Vec<&str> {
        events.lines().filter_map(|line| line.strip_prefix("event: ")).collect()
    }

    const STYLED: &str = "<link rel=\"stylesheet\" href=\"/a.1.css\">";
    const RESTYLED: &str = "<link rel=\"stylesheet\" href=\"/a.2.css\">";

    /// What an open page is told when one state follows another.
    fn check(old: &[(&str, &str)], new: &[(&str, &str)], expected: &[&str]) {
        let before = first(old);
        let mut reader = Reader::new("/".to_owned(), &page_version(&before, "/"), None);
        assert_eq!(names(&reader.catch_up(&before)), ["problems"]);
        let after = Arc::new(before.next(preview(new)));
        assert_eq!(names(&reader.catch_up(&after)), expected, "{old:?} {new:?}");
        // A page that comes back later with what it was told last is told nothing again.
        let mut later = Reader::new("/".to_owned(), &page_version(&after, "/"), None);
        assert_eq!(names(&later.catch_up(&after)), ["problems"]);
    }

    #[test]
    fn a_page_is_told_what_concerns_it_and_nothing_else() {
        let home = ("index.html", "Listen.");
        check(&[home], &[home], &[]);
        check(&[home], &[home, ("signs/index.html", "Signs")], &[]);
        check(&[home, ("atom.xml", "1")], &[home, ("atom.xml", "2")], &[]);
        check(&[home], &[("index.html", "Listen!")], &["page"]);
        check(&[home], &[("signs/index.html", "Signs")], &["page"]);
        check(&[("404.html", "Gone")], &[home, ("404.html", "Gone")], &["page"]);
        check(&[home], &[], &["page"]);
        check(&[("index.html", STYLED)], &[("index.html", RESTYLED)], &["styles"]);
        check(&[home, ("tea.png", "1")], &[home, ("tea.png", "2")], &["files"]);
        check(&[home], &[home, ("tea.png", "2")], &[]);
    }

    #[test]
    fn a_page_that_was_away_heals() {
        let shown = first(&[("index.html", "Listen."), ("tea.png", "1")]);
        let told = |seen: &str| {
            let events = Reader::new("/".to_owned(), seen, None).catch_up(&shown);
            names(&events).join(" ")
        };
        let now = page_version(&shown, "/");
        let (page, _) = now.split_once('-').unwrap();
        assert_eq!(told(&now), "problems");
        assert_eq!(told(&format!("{page}-other.3")), "problems files");
        assert_eq!(told("00000000-run.0"), "page");
        assert_eq!(told(""), "page");
    }

    #[test]
    fn problems_are_told_when_they_change() {
        let message = "there is no page `ten-minuets`\n".to_owned();
        let problem = Problem { message, ..Problem::of_world("content/a.md", "") };
        let sound = first(&[("index.html", "Listen.")]);
        let broken = || Preview { problems: vec![problem.clone()].into(), ..preview(&[("index.html", "Listen.")]) };
        let key = Key { secret: "k3y".to_owned(), endings: &[] };
        let mut reader = Reader::new("/".to_owned(), &page_version(&sound, "/"), Some(key));
        reader.catch_up(&sound);
        let broken_once = Arc::new(sound.next(broken()));
        let events = reader.catch_up(&broken_once);
        assert_eq!(names(&events), ["problems"]);
        assert!(events.contains("\"key\":\"k3y\"") && events.contains("ten-minuets`\\n"), "{events}");
        assert_eq!(reader.catch_up(&Arc::new(broken_once.next(broken()))), "");
        assert_eq!(names(&reader.catch_up(&sound)), ["problems"]);
    }
}
