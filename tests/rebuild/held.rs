//! Nobody can tell a page that is held back from one that is not there.

use betwixt::base::{Drafts, Request, SourcePath, Sources};
use betwixt::pipeline::{Built, Memory, build};
use jiff::civil::Date;
use proptest::prelude::*;

use super::guide::{REFERENCES, guide, set};
use super::with_key;

const TODAY: Date = Date::constant(2026, 11, 23);

/// Lines of a front matter that hold a page back today, and some that do not.
const LINES: [(&str, &str); 6] = [
    ("draft", "true"),
    ("date", "2026-11-24"),
    ("expires", "2026-11-22"),
    ("draft", "false"),
    ("date", "2026-11-23"),
    ("expires", "2026-11-23"),
];

/// How many of the lines hold a page back.
const HOLDING: usize = 3;

/// A page to be added: what part it plays, what it says that others show, and its line.
#[derive(Debug, Clone)]
struct Added {
    place: usize,
    order: u8,
    tag: u8,
    link: usize,
    line: usize,
}

fn added() -> impl Strategy<Value = Vec<Added>> {
    let one = (0..6usize, 0..4u8, 0..3u8, 0..4usize, 0..LINES.len())
        .prop_map(|(place, order, tag, link, line)| Added { place, order, tag, link, line });
    prop::collection::vec(one, 0..9)
}

impl Added {
    fn path(&self, number: usize) -> String {
        match self.place {
            0 => format!("content/signs/added-{number}.md"),
            1 => format!("content/practices/added-{number}.md"),
            2 => format!("content/added-{number}.md"),
            3 => format!("content/added-{number}/_index.md"),
            4 => format!("content/signs/added-{number}/index.md"),
            _ => format!("content/added-{}/page-{number}.md", number.saturating_sub(1)),
        }
    }

    fn text(&self, number: usize) -> String {
        let (key, value) = LINES[self.line];
        let Self { order, tag, .. } = self;
        let link = ["signs/silence.md", "practices/walking.md#main", "about.md", "_index.md"][self.link];
        let own = match self.place {
            0 | 4 => "statement: We notice it.\npractices: [walking, tea]\n",
            _ => "",
        };
        let text = format!(
            "---\ntitle: Added {number}\norder: {order}\ntags: [evening, tag {tag}]\naliases: [/added/{number}/]\n{own}---\n\
             One of [these](@/{link}) [@walker2020; @idler{tag}].\n\n![A bed](bed-{number}.svg)\n"
        );
        with_key(&text, key, value)
    }

    fn is_held(&self) -> bool {
        self.line < HOLDING
    }
}

/// The guide with pages that are shown and pages that are held back; or without the latter.
fn site(pages: &[Added], is_there: impl Fn(&Added) -> bool) -> Sources {
    let mut sources = guide();
    sources.request = Request { today: Some(TODAY), ..Request::default() };
    let more: String = (0..3).map(|tag| REFERENCES.replace("walker2020", &format!("idler{tag}"))).collect();
    set(&mut sources, "content/references.yaml", &format!("{REFERENCES}{more}"));
    for (number, page) in pages.iter().enumerate() {
        let path = SourcePath::new(&page.path(number));
        set(
            &mut sources,
            &format!("{}/bed-{number}.svg", path.folder()),
            &format!("<svg width=\"{number}9\" height=\"9\"></svg>"),
        );
        if is_there(page) {
            set(&mut sources, path.as_str(), &page.text(number));
        }
    }
    sources
}

fn clean(sources: &Sources) -> Built {
    build(sources, &mut Memory::new()).0
}

proptest! {
    #![proptest_config(crate::random::configure(96))]

    #[test]
    fn a_page_that_is_held_back_is_as_good_as_not_there(pages in added()) {
        let with = clean(&site(&pages, |_| true));
        let without = clean(&site(&pages, |page| !page.is_held()));
        prop_assert!(!with.has_errors(), "{:?}", with.diagnostics);
        prop_assert_eq!(&with.files, &without.files);
        prop_assert_eq!(with.pages, without.pages);
        prop_assert_eq!(with.held, pages.iter().filter(|page| page.is_held()).count());
    }

    /// The guide's own pages lead to each other, so that this is a mistake as a rule; and the same one in either case.
    #[test]
    fn what_leads_to_a_page_that_is_held_back_leads_nowhere(lines in prop::collection::vec(0..12usize, 11)) {
        let (mut with, mut without) = (site(&[], |_| true), site(&[], |_| true));
        for (path, line) in super::pages(&with).into_iter().zip(lines) {
            let Some((key, value)) = LINES.get(line) else { continue };
            let text = with_key(with.text(&path).unwrap_or_default(), key, value);
            if line < HOLDING {
                without.remove(&path);
            } else {
                set(&mut without, path.as_str(), &text);
            }
            set(&mut with, path.as_str(), &text);
        }
        let (with, without) = (clean(&with), clean(&without));
        prop_assert_eq!(&with.files, &without.files);
        prop_assert_eq!(with.has_errors(), without.has_errors());
    }
}

#[test]
fn a_day_on_which_nothing_comes_out_changes_no_file() {
    let pages = [Added { place: 0, order: 1, tag: 0, link: 0, line: 0 }];
    let mut sources = site(&pages, |_| true);
    let mut memory = Memory::new();
    let (before, _) = build(&sources, &mut memory);
    sources.request.today = TODAY.tomorrow().ok();
    let (after, work) = build(&sources, &mut memory);
    assert_eq!(before, after);
    assert_eq!((work.parsed, work.rendered), (0, 0));
}

#[test]
fn a_page_is_shown_from_its_first_day_to_its_last() {
    let mut sources = guide();
    let text = "---\ntitle: Winter\ndate: 2026-11-23\nexpires: 2026-11-24\n---\nStay warm.\n";
    set(&mut sources, "content/winter.md", text);
    let mut memory = Memory::new();
    for (day, shown) in [(22, false), (23, true), (24, true), (25, false), (23, true)] {
        sources.request.today = Some(Date::constant(2026, 11, day));
        for drafts in [Drafts::Include, Drafts::Leave] {
            sources.request.drafts = drafts;
            let (built, _) = build(&sources, &mut memory);
            let is_there = built.files.paths().any(|path| path.as_str() == "winter/index.html");
            assert_eq!((is_there, built.held), (shown || drafts == Drafts::Include, usize::from(!shown)), "{day}");
            assert_eq!(built, clean(&sources));
        }
    }
}
