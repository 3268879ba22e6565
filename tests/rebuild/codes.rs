//! Everything that can be wrong between pages comes and goes, in any order, and a rebuild says what a clean build says.
//!
//! `REBUILD_ROUNDS=10000 cargo test --test rebuild codes` for the long run, `REBUILD_SEED=7` for another order.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "tests stand outside the pure rooms, and print")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use betwixt::base::{Code, Source, SourcePath, Sources};
use betwixt::pipeline::{Memory, build};

use super::guide::{CONFIGURATION, REFERENCES, guide, page, set, sign};
use super::with_key;

/// What is added to the guide's configuration, so that each code can be raised.
const KINDS: &str = r#"
[kinds.exercise]
folder = "exercises"
safety = "required"
[kinds.place]
folder = "places"
fields.number = { type = "text", unique = true }
relations.near = { to = "place", inverse = "near_of" }
[kinds.cause]
folder = "causes"
relations.effects = { to = "effect", inverse = "causes", inverse_min = 1 }
[kinds.effect]
folder = "effects"
[kinds.walk]
folder = "walks"
show.excerpts = ["way"]
[help]
page = "about.md"
[checks]
longest_description = 60
review_after = "24 months"
"#;

/// How a file looks while something is wrong.
enum Form {
    Text(String),
    Unreadable,
    Absent,
}

/// What raises a code: some files, each in another form than in the sound guide.
struct Mistake {
    code: Code,
    files: Vec<(&'static str, Form)>,
}

fn mistake<const N: usize>(code: Code, files: [(&'static str, String); N]) -> Mistake {
    Mistake { code, files: files.into_iter().map(|(path, text)| (path, Form::Text(text))).collect() }
}

fn body(code: Code, path: &'static str, body: &str) -> Mistake {
    mistake(code, [(path, page(&format!("About {code}"), body))])
}

fn keyed(code: Code, path: &'static str, key: &str, value: &str) -> Mistake {
    mistake(code, [(path, with_key(&page(&format!("About {code}"), "Words."), key, value))])
}

fn of_sign(code: Code, path: &'static str, entries: &str) -> Mistake {
    let text = sign(&format!("About {code}"), "tea", "Words.");
    let start = text.find("practices:").expect("a sign names practices");
    let end = text.rfind("---\n").expect("it has a front matter");
    mistake(code, [(path, format!("{}practices: [{entries}]\n{}", &text[..start], &text[end..]))])
}

fn with(mut mistake: Mistake, path: &'static str, form: Form) -> Mistake {
    mistake.files.push((path, form));
    mistake
}

#[expect(clippy::too_many_lines, reason = "one entry a code")]
fn between_pages() -> Vec<Mistake> {
    let draft = |title: &str| Form::Text(with_key(&page(title, "Soon."), "draft", "true"));
    let titled = |title: &str| Form::Text(page(title, "Words."));
    let to = |name: &str| format!("{{ to: {name}, why: Nothing else is at hand for it. }}");
    vec![
        body(Code::UnknownPage, "content/a1.md", "See [it](gone.md) and [it](gone.md)."),
        body(Code::UnknownAddress, "content/a2.md", "See [it](/nowhere/)."),
        body(Code::UnknownFile, "content/a3.md", "See [it](gone.pdf)."),
        body(Code::UnknownWiki, "content/a4.md", "See [[no such page]]."),
        body(Code::PageAsPicture, "content/a18.md", "See ![it](about.md)."),
        with(body(Code::AmbiguousWiki, "content/a5.md", "See [[tea]]."), "content/tea.md", titled("All teas")),
        body(Code::UnknownAnchor, "content/a6.md", "See [it](about.md#far), or [b][b].\n\n[b]: about.md#Main"),
        with(body(Code::LinkedDraft, "content/a7.md", "See [it](draft.md)."), "content/draft.md", draft("A draft")),
        of_sign(Code::UnknownRelated, "content/signs/b1.md", &to("walkin")),
        of_sign(Code::Placeholder, "content/signs/b2.md", &to("\"…\"")),
        with(
            of_sign(Code::RelatedDraft, "content/signs/b3.md", &to("hidden")),
            "content/practices/hidden.md",
            draft("A hidden one"),
        ),
        with(
            with(
                of_sign(Code::AmbiguousRelated, "content/signs/b4.md", &to("two")),
                "content/practices/two.md",
                titled("The one"),
            ),
            "content/practices/two/index.md",
            Form::Text(with_key(&page("The other", "Words."), "slug", "another")),
        ),
        mistake(
            Code::RelatedToItself,
            [("content/places/self.md", with_key(&page("A place", "Here."), "near", "[self]"))],
        ),
        body(Code::UnknownSource, "content/a8.md", "It helps [@nobody1999; @Walker2020]."),
        with(
            body(Code::RetractedSource, "content/a19.md", "It helps [@moon2011]."),
            "content/references.yaml",
            Form::Text(format!("{REFERENCES}moon2011:\n  type: book\n  title: Half\n  retracted: by the journal\n")),
        ),
        keyed(Code::BadAddress, "content/a9.md", "aliases", &format!("[/{}/]", "long".repeat(80))),
        keyed(Code::OwnAlias, "content/a10.md", "aliases", "[/a10/]"),
        mistake(
            Code::OldAddress,
            [
                ("content/a11.md", with_key(&page("A page that moved", "Words."), "aliases", "[/older/]")),
                ("content/a12.md", page("A page that stayed", "See [it](/older/#main), or [b].\n\n[b]: /older/")),
            ],
        ),
        of_sign(Code::WhyRepeatsTitle, "content/signs/b5.md", "{ to: walking, why: Walking. }"),
        of_sign(
            Code::SameWhy,
            "content/signs/b6.md",
            "{ to: walking, why: It is warm. }, { to: tea, why: It is warm. }",
        ),
        keyed(Code::WrongFolder, "content/a19.md", "statement", "We notice it."),
        mistake(Code::Orphan, [("content/places/alone.md", page("A lonely place", "Here."))]),
        keyed(Code::SameTitle, "content/a13.md", "title", "Tea!"),
        mistake(
            Code::SameDescription,
            [
                ("content/a14.md", with_key(&page("The first", "Words."), "description", "One of two.")),
                ("content/a15.md", with_key(&page("The second", "Words."), "description", "One of two.")),
            ],
        ),
        mistake(
            Code::SameStatement,
            [("content/signs/b7.md", with_key(&sign("The same", "tea", "Words."), "statement", "We notice Haste!"))],
        ),
        mistake(
            Code::SameValue,
            [
                ("content/places/one.md", with_key(&page("One place", "Words."), "number", "A-1")),
                ("content/places/two.md", with_key(&page("Two places", "Words."), "number", "A-1")),
            ],
        ),
        mistake(
            Code::UnknownAccent,
            [("site.toml", configuration().replace("\"places\"\n", "\"places\"\nshow.accent = \"third\"\n"))],
        ),
        mistake(Code::UnknownWord, [("site.toml", format!("{}[words]\nmenus = \"Contents\"\n", configuration()))]),
        keyed(Code::StaleReview, "content/a16.md", "reviewed", "2020-01-01"),
        mistake(Code::TooFewInverse, [("content/effects/lost.md", page("A lost effect", "Words."))]),
        mistake(Code::MissingSafety, [("content/exercises/look.md", page("Look", "Sit down."))]),
        keyed(
            Code::LongDescription,
            "content/a17.md",
            "description",
            "All that can be said of this page, and then some more, and more, and a little more after that.",
        ),
        long_checklist(),
        Mistake { code: Code::MissingHome, files: vec![("content/_index.md", Form::Absent)] },
    ]
}

/// So many signs that no code tells them all.
fn long_checklist() -> Mistake {
    let one = |number: usize| {
        let path: &str = format!("content/signs/long-{number}.md").leak();
        (path, Form::Text(sign(&format!("Sign {number}"), "tea", "Words.")))
    };
    Mistake { code: Code::LongChecklistCode, files: (0..22).map(one).collect() }
}

fn of_files() -> Vec<Mistake> {
    let text = |text: &str| Form::Text(text.to_owned());
    let references = REFERENCES.replace("walker2020", "idler2021");
    vec![
        Mistake { code: Code::UnreadableFile, files: vec![("static/list.txt", Form::Unreadable)] },
        mistake(Code::LikeAPage, [("content/notes.MD", "Notes.".to_owned())]),
        mistake(Code::UnnamedFile, [("content/list.txt", "Candles.".to_owned())]),
        mistake(Code::ActiveFile, [("static/acting.html", "<script>alert(1)</script>".to_owned())]),
        mistake(Code::BadPublishedName, [("static/what?.txt", "Candles.".to_owned())]),
        with(
            body(Code::MissingDimensions, "content/c1.md", "![A bench](bench.svg)"),
            "content/bench.svg",
            text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ),
        with(body(Code::NotAPicture, "content/c2.md", "![A list](note.txt)"), "content/note.txt", text("Candles.")),
        body(Code::MissingExcerpt, "content/walks/m1.md", "## The way {#road}\n\nPast the mill."),
        mistake(Code::UnusedReference, [("content/references.yaml", format!("{REFERENCES}{references}"))]),
        mistake(Code::VanishedAddress, [("urls.lock", "/gone/\n/\n".to_owned())]),
        mistake(Code::VanishedAnchor, [("urls.lock", "/about/#far\n/signs/silence/#because\n".to_owned())]),
        mistake(Code::MovedSite, [("urls.lock", "# https://other.example/\n/\n".to_owned())]),
        Mistake { code: Code::UnreadUrlLock, files: vec![("urls.lock", Form::Unreadable)] },
        mistake(Code::UnjoinedUrlLock, [("urls.lock", "/\n<<<<<<< HEAD\n/about/\n".to_owned())]),
        mistake(Code::NoAddress, [("urls.lock", "signs\n".to_owned())]),
        with(
            keyed(Code::SameAddress, "content/d1.md", "slug", "shared"),
            "content/shared.md",
            text(&page("Shared", "Words.")),
        ),
        mistake(Code::FileAndFolder, [("static/practices", "A list.".to_owned())]),
        keyed(Code::UnknownTemplate, "content/d2.md", "template", "pgae"),
        keyed(Code::UnfitTemplate, "content/d3.md", "template", "tags"),
        Mistake { code: Code::NoTemplate, files: vec![("themes/small/templates/page.html", Form::Absent)] },
        with(
            keyed(Code::NoRedirectTemplate, "content/d4.md", "aliases", "[/once/]"),
            "themes/small/templates/redirect.html",
            Form::Absent,
        ),
        with(
            mistake(Code::NotFoundPage, [("site.toml", configuration().replace("@/about.md", "@/404.md"))]),
            "content/404.md",
            text(&page("Not found", "Look elsewhere.")),
        ),
    ]
}

fn configuration() -> String {
    format!("{CONFIGURATION}{KINDS}")
}

fn sound() -> Sources {
    let mut sources = guide();
    sources.request.today = Some(jiff::civil::date(2026, 11, 23));
    set(&mut sources, "site.toml", &configuration());
    sources
}

/// Knuth's numbers that look random.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// A guide in which mistakes come and go.
struct Walk {
    sound: Sources,
    sources: Sources,
    memory: Memory,
    mistakes: Vec<Mistake>,
    /// The mistakes that are there, by their numbers.
    present: BTreeSet<usize>,
    /// The codes that were told last.
    told: BTreeSet<Code>,
    /// How often each code came and went.
    changes: BTreeMap<Code, (usize, usize)>,
    dice: Dice,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mistakes = between_pages().into_iter().chain(of_files()).collect();
        let (sound, memory, changes) = (sound(), Memory::new(), BTreeMap::new());
        let (present, told) = (BTreeSet::new(), BTreeSet::new());
        let mut walk =
            Self { sources: sound.clone(), sound, memory, mistakes, present, told, changes, dice: Dice(seed) };
        assert_eq!(walk.compare(), BTreeSet::new(), "the sound guide is sound");
        walk
    }

    /// Puts a mistake in, unless another one has its files; or takes it out.
    fn toggle(&mut self, number: usize) {
        let is_taken_out = self.present.remove(&number);
        let mut taken = self.present.iter().flat_map(|other| &self.mistakes[*other].files);
        let files = &self.mistakes[number].files;
        if !is_taken_out && taken.any(|(path, _)| files.iter().any(|(own, _)| own == path)) {
            return;
        }
        for (path, form) in files {
            let path = SourcePath::new(path);
            match (form, self.sound.get(&path)) {
                _ if is_taken_out => match self.sound.get(&path) {
                    Some(source) => drop(self.sources.insert(path, source.clone())),
                    None => drop(self.sources.remove(&path)),
                },
                (Form::Text(text), _) => drop(self.sources.insert(path, Source::bytes(text.as_bytes()))),
                (Form::Unreadable, _) => drop(self.sources.insert(path, Source::unreadable("it is a pipe"))),
                (Form::Absent, _) => drop(self.sources.remove(&path)),
            }
        }
        if !is_taken_out {
            self.present.insert(number);
        }
    }

    /// Edits a page so that what is wrong stands elsewhere.
    fn nudge(&mut self) {
        let pages: Vec<SourcePath> =
            self.sources.below("content").map(|(path, _)| path.clone()).filter(SourcePath::is_markdown).collect();
        let path = pages[self.dice.roll(pages.len())].clone();
        let Some(text) = self.sources.text(&path) else { return };
        let edited = match self.dice.roll(4) {
            0 => text.replacen("---\n", "---\n# A remark.\n", 1),
            1 => text.replacen("\n---\n", "\n---\nA word before all others.\n\n", 1),
            2 => with_key(text, "description", &format!("Said of {path}, {}.", self.dice.roll(9))),
            _ => format!("{text}\nOnce more.\n"),
        };
        if edited.len() < 4000 {
            self.sources.insert(path, Source::bytes(edited.as_bytes()));
        }
    }

    /// Builds with memory and without; the codes of what is told.
    fn compare(&mut self) -> BTreeSet<Code> {
        let (rebuilt, _) = build(&self.sources, &mut self.memory);
        let (clean, _) = build(&self.sources, &mut Memory::new());
        let present: Vec<_> = self.present.iter().map(|number| self.mistakes[*number].code).collect();
        assert_eq!(rebuilt.diagnostics, clean.diagnostics, "with {present:?}");
        assert!(rebuilt == clean, "other files with {present:?}");
        let told = clean.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        for code in self.told.symmetric_difference(&told) {
            let (came, went) = self.changes.entry(*code).or_default();
            *if told.contains(code) { came } else { went } += 1;
        }
        std::mem::replace(&mut self.told, told)
    }

    fn step(&mut self) {
        // Much that is wrong hides what else is; so there are few mistakes at a time.
        let number = if self.present.len() > self.dice.roll(4) {
            *self.present.iter().nth(self.dice.roll(self.present.len())).expect("there is one")
        } else {
            self.dice.roll(self.mistakes.len())
        };
        self.toggle(number);
        for _ in 0..self.dice.roll(3) {
            self.nudge();
        }
        self.compare();
    }
}

/// The codes that `guide` and `views` raise, by their sources.
fn raised() -> BTreeSet<Code> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for file in
        walkdir::WalkDir::new(source.join("guide")).into_iter().chain(walkdir::WalkDir::new(source.join("views")))
    {
        let path = file.expect("src is readable").into_path();
        // What other sites say, and what a references file says by itself, are not said of pages.
        let is_apart =
            path.components().any(|part| ["outside", "bibliography"].map(Some).contains(&part.as_os_str().to_str()));
        if is_apart || path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let text = fs::read_to_string(path).expect("source is text");
        let named = |code: &Code| {
            text.split(&format!("Code::{code:?}")).skip(1).any(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        found.extend(Code::all().filter(named));
    }
    found
}

#[test]
fn there_is_a_mistake_for_each_code_that_a_guide_raises() {
    let known: BTreeSet<Code> = between_pages().into_iter().chain(of_files()).map(|mistake| mistake.code).collect();
    let mut raised = raised();
    // It is raised when the references are loaded.
    raised.remove(&Code::NoReferences);
    assert!(raised.len() > 40, "{raised:?}");
    assert_eq!(raised.difference(&known).collect::<Vec<_>>(), Vec::<&Code>::new());
}

/// What an environment variable asks for.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_can_be_wrong_comes_and_goes() {
    let rounds = asked("REBUILD_ROUNDS").unwrap_or(150);
    let seed = asked("REBUILD_SEED").unwrap_or(1);
    println!("REBUILD_ROUNDS={rounds} REBUILD_SEED={seed}");
    let mut walk = Walk::new(seed);
    for number in 0..walk.mistakes.len() {
        for _ in 0..2 {
            walk.toggle(number);
            walk.compare();
        }
    }
    for _ in 0..rounds {
        walk.step();
    }
    let least = if rounds >= 10_000 { 20 } else { 1 };
    let rare: Vec<_> = walk
        .mistakes
        .iter()
        .map(|mistake| (mistake.code, walk.changes.get(&mistake.code).copied().unwrap_or_default()))
        .filter(|(_, (came, went))| *came < least || *went < least)
        .collect();
    assert!(rare.is_empty(), "{rare:?}");
}
