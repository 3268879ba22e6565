//! A small site with a place for one page, and the judge of what becomes of it.

use betwixt::base::{Request, Source, SourcePath, Sources};
use betwixt::pipeline::{Built, Memory, build};

use super::{complaints, html};

const CONFIGURATION: &str = r#"
title = "A \"guide\" <for> two & more"
description = "What <b>to</b> do."
base_url = "https://guide.example/folder/"
author = "Two </script> people"
theme = "nearer"
menu = [{ to = "@/signs/_index.md" }, { to = "@/about.md", title = "<i>About</i>" }]
[kinds.sign]
folder = "signs"
name = { one = "sign", other = "signs" }
fields.statement = { type = "text", required = true }
fields.guard = { type = "text" }
fields.heard = { type = "list" }
fields.seen = { type = "date" }
fields.next = { type = "page" }
fields.photo = { type = "picture" }
fields.shop = { type = "url" }
fields.call = { type = "phone" }
fields.note = { type = "markdown" }
fields.parts = { type = "list of map", keys = { name = { type = "text" }, mail = { type = "email" } } }
show.line = "statement"
show.care = ["guard"]
relations.practices = { to = "practice", inverse = "signs", min = 1 }
[kinds.practice]
folder = "practices"
fields.try_this = { type = "text", max_words = 30 }
fields.minutes = { type = "integer" }
fields.cost = { type = "text" }
fields.place = { type = "text" }
fields.energy = { type = "choice", values = ["low", "middling", "high"] }
fields.not_tonight = { type = "text" }
fields.guard = { type = "text" }
fields.indoors = { type = "boolean" }
show.card = ["try_this", "not_tonight"]
show.care = ["guard"]
show.lists = ["minutes", "place"]
show.related = ["minutes"]
show.accent = "second"
safety = "note"
[checklist]
page = "checklist.md"
items = "sign"
statement = "statement"
suggest = "practices"
[references]
file = "references.yaml"
page = "references.md"
[index]
page = "a-z.md"
[help]
page = "before-you-start.md"
"#;

const REFERENCES: &str = "\
walker2020:\n  type: book\n  title: Walking <em>slowly</em>\n  author: Walker, Wanda\n  date: 2020\n\
mayo2011:\n  type: web\n  title: \"Who \\\"may\\\"\"\n  url: https://may.example/?a=1&b=2\n";

const PAGES: [(&str, &str); 11] = [
    (
        "content/_index.md",
        "---\ntitle: Welcome\n---\nBegin with [silence](signs/silence.md) [@walker2020; @mayo2011].\n",
    ),
    ("content/about.md", "---\ntitle: About\ntags: [evening]\ndate: 2026-01-02\n---\nMade by two.\n"),
    ("content/before-you-start.md", "---\ntitle: Before you start\ntemplate: help\n---\nRead.\n\n## Fear {#fear}\n"),
    ("content/checklist.md", "---\ntitle: The list\n---\nTick [@mayo2011].\n"),
    ("content/references.md", "---\ntitle: Sources\n---\nRead [@mayo2011].\n"),
    ("content/404.md", "---\ntitle: Lost\n---\nWhere [@mayo2011]?\n"),
    ("content/a-z.md", "---\ntitle: Index\n---\nFind [@mayo2011].\n"),
    ("content/signs/_index.md", "---\ntitle: Signs\n---\nNotice [@mayo2011].\n"),
    ("content/practices/_index.md", "---\ntitle: Practices\n---\nTry.\n"),
    ("content/notes/_index.md", "---\ntitle: Notes\n---\nOf all sorts.\n"),
    (
        "content/signs/silence.md",
        "---\ntitle: Silence\nstatement: We are silent.\npractices: [walking, tea]\n---\nIt is [quiet](#why).\n\n## Why\n",
    ),
];

const PRACTICE: &str = "---\ntitle: Walking\nminutes: 10\n---\nWalk, as [silence](../signs/silence.md#why) says.\n";

/// How many pages are tried before the memory is compared with a build from nothing.
const ROUND: usize = 64;

/// The site, and the memory of the page before.
pub struct Bench {
    sources: Sources,
    memory: Memory,
    before: Built,
    tried: usize,
    /// How many pages stood against nothing.
    pub whole: usize,
}

impl Bench {
    pub fn new() -> Self {
        let mut sources = Sources::new(Request::default());
        let mut set = |path: &str, text: &str| {
            sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
        };
        set("site.toml", CONFIGURATION);
        set("content/references.yaml", REFERENCES);
        set("content/practices/walking.md", PRACTICE);
        set("content/practices/tea.md", PRACTICE);
        for (path, text) in PAGES {
            set(path, text);
        }
        Self { sources, memory: Memory::new(), before: Built::default(), tried: 0, whole: 0 }
    }

    /// Builds the site with the page in it, and looks at all that came of it.
    pub fn judge(&mut self, data: &[u8]) -> Result<(), String> {
        let path = SourcePath::new(&place(data));
        let mut sources = self.sources.clone();
        sources.insert(path, Source::bytes(data));
        let (built, _) = build(&sources, &mut self.memory);
        self.tried += 1;
        if self.tried.is_multiple_of(ROUND) && build(&sources, &mut Memory::new()).0 != built {
            return Err("a rebuild with memory differs from a build from nothing".to_owned());
        }
        for out in built.files.changed_since(&self.before.files) {
            let bytes = built.files.get(out).ok_or("a file that changed is not there")?;
            let file = html::File { name: out.as_str(), bytes, built: &built };
            file.judge().map_err(|trouble| format!("{trouble}\nin {}", out.as_str()))?;
        }
        complaints::judge(&built.diagnostics, &sources)?;
        self.whole += usize::from(!built.has_errors());
        self.before = built;
        Ok(())
    }
}

/// Where a page belongs, by the keys that it holds.
fn place(data: &[u8]) -> String {
    let holds = |key: &str| data.windows(key.len()).any(|window| window == key.as_bytes());
    let folder = match () {
        () if holds("statement") || holds("practices") => "signs/",
        () if holds("minutes") || holds("try_this") => "practices/",
        () => "",
    };
    format!("content/{folder}fuzzed.md")
}
