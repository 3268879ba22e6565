//! A small guide in a folder of its own, and what a clean build of it gives.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use betwixt::base::{Drafts, Files, Request};
use betwixt::disk;
use betwixt::pipeline::{Memory, build};
use tempfile::TempDir;

/// Numbers that look random, the same for each seed (`SplitMix64`).
pub struct Random(u64);

impl Random {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).expect("it is below a small number")
    }
}

/// The guide that is edited.
pub struct World {
    /// Holds the site, and room beside it.
    folder: TempDir,
    pub random: Random,
    /// Counts up, so that each edit writes something new.
    turn: usize,
}

const TEMPLATE: &str = "{% extends \"base.html\" %}\n{% block main %}<h1>{{ page.title }}</h1>{{ page.html }}<p>Turn 0</p>{{ <safety /> }}{% endblock %}\n";

/// Where a note lies that nothing links to.
pub fn note(number: usize) -> String {
    format!("content/notes/note-{number}.md")
}

/// What stands in it at first.
pub fn note_text(number: usize) -> String {
    format!("---\ntitle: Note {number}\n---\nAbout {number}.\n")
}

impl World {
    /// The guide that `betwixt init` writes, with notes of no kind, a theme of its own and a static file.
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let world = Self { folder, random: Random(seed), turn: 0 };
        let made = Command::new(env!("CARGO_BIN_EXE_betwixt"))
            .args(["init", "--kind", "couple"])
            .arg(world.root())
            .output()
            .expect("it runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let config = world.read("site.toml").replace("theme = \"nearer\"", "theme = \"small\"");
        world.write("site.toml", &config);
        world.write(
            "themes/small/theme.toml",
            "name = \"Small\"\ndescription = \"Nearer, with other pages.\"\nextends = \"nearer\"\n",
        );
        world.write("themes/small/templates/page.html", TEMPLATE);
        world.write("themes/small/assets/small.css", "p { color: black }\n");
        world.write("static/notes.txt", "notes 0\n");
        world.write("content/notes/_index.md", "---\ntitle: Notes\n---\nOf all sorts.\n");
        for number in 0..4 {
            let path = note(number);
            world.write(&path, &note_text(number));
        }
        world
    }

    /// The site's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A path beside the site, on the same disk.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where `watch` publishes.
    pub fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Something in the site.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root().join(path)
    }

    pub fn read(&self, path: impl AsRef<Path>) -> String {
        fs::read_to_string(self.path(path)).expect("it is there")
    }

    /// Writes a file as most programs do, in place.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders");
        fs::write(path, text).expect("written");
    }

    /// A number that was not given before.
    pub fn turn(&mut self) -> usize {
        self.turn += 1;
        self.turn
    }

    /// One of the notes that are there; if there are none, one is made.
    pub fn some_note(&mut self) -> String {
        let folder = self.path("content/notes");
        let mut notes: Vec<String> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.strip_prefix("note-").is_some_and(|rest| rest.strip_suffix(".md").is_some()))
            .collect();
        notes.sort();
        if notes.is_empty() {
            let number = self.turn();
            let path = note(number);
            self.write(&path, &note_text(number));
            return path;
        }
        format!("content/notes/{}", notes[self.random.below(notes.len())])
    }

    /// Some page that has a text.
    pub fn some_page(&mut self) -> String {
        let known =
            ["content/signs/talking-past-each-other.md", "content/practices/ten-minutes.md", "content/_index.md"];
        match self.random.below(known.len() + 2) {
            at if at < known.len() => known[at].to_owned(),
            _ => self.some_note(),
        }
    }

    /// A page's text with one more paragraph, or, once in a while, another title.
    pub fn edited(&mut self, path: &str) -> String {
        let (text, turn) = (self.read(path), self.turn());
        if self.random.below(3) == 0 {
            let title = text.lines().find(|line| line.starts_with("title:")).expect("a page has a title");
            return text.replacen(title, &format!("title: Turn {turn}"), 1);
        }
        format!("{text}\nTurn {turn}.\n")
    }

    /// What a clean build of the sources gives, if it can be published.
    pub fn clean_build(&self, drafts: Drafts) -> Option<Arc<Files>> {
        let request = Request { drafts, ..Request::default() };
        let sources = disk::read(&self.root(), Path::new("site.toml"), request).expect("the site is there");
        let (built, _) = build(&sources, &mut Memory::new());
        (!built.has_errors()).then_some(built.files)
    }

    /// Copies the site to where it is not removed, to be looked at.
    pub fn keep(&self) -> PathBuf {
        let kept = std::env::temp_dir().join(format!("betwixt-storm-{}", std::process::id()));
        let _ = Command::new("cp").arg("-a").arg(self.folder.path()).arg(&kept).status();
        kept
    }
}
