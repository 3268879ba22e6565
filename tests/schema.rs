//! What `betwixt schema` tells editors is what Betwixt takes: sound guides pass, and each mistake is found at its key.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

#[path = "schema/edits.rs"]
mod edits;
mod random;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use betwixt::base::{Code, Fingerprint, Request, Source, SourcePath, Sources};
use betwixt::content::{self, Role, schema as matter};
use betwixt::site::{self, PageRules, schema as settings};
use boon::{Compiler, SchemaIndex, Schemas, ValidationError};
use proptest::test_runner::{TestCaseError, TestRunner};
use serde_json::{Value, json};

use edits::{Edit, edit, edits, several};

/// A schema, understood by somebody else's program.
struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    /// Panics if the schema itself is not as draft 7 asks for.
    fn new(schema: Value) -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.add_resource("schema.json", schema).expect("it has an address");
        let index = compiler.compile("schema.json", &mut schemas).expect("it is a schema");
        Self { schemas, index }
    }

    /// What is wrong, each with its place.
    fn complaints(&self, value: &Value) -> Vec<String> {
        let mut found = Vec::new();
        if let Err(error) = self.schemas.validate(value, self.index) {
            gather(&error, &mut found);
        }
        found
    }
}

fn gather(error: &ValidationError, found: &mut Vec<String>) {
    if error.causes.is_empty() {
        found.push(format!("{} {}", error.instance_location, error.kind));
    }
    for cause in &error.causes {
        gather(cause, found);
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
    command.env_clear().args(arguments).current_dir(folder).output().expect("the program runs")
}

fn words(output: &Output) -> String {
    let code = output.status.code().unwrap_or(-1);
    format!("{}exit code {code}\n", String::from_utf8_lossy(&output.stderr))
}

fn front_matter(text: &str) -> Value {
    let yaml = text.split("---\n").nth(1).expect("a page has a front matter");
    serde_yaml::from_str(yaml).expect("it is sound")
}

/// Which schema a page is checked by.
fn schema_of(below: &str, rules: &PageRules) -> String {
    let in_kind = |folder: &str| below.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    match below.strip_suffix("_index.md") {
        Some("") => "home".to_owned(),
        Some(_) => "section".to_owned(),
        None => rules.kinds.iter().find(|kind| in_kind(&kind.folder)).map_or("page", |kind| &kind.name).to_owned(),
    }
}

#[test]
fn the_guides_of_this_repository_pass() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let starters = ["plain", "couple", "repair"];
    for kind in starters {
        assert!(run(folder.path(), &["init", "--kind", kind, kind]).status.success());
    }
    let starters = starters.map(|kind| folder.path().join(kind));
    for root in starters.into_iter().chain([here.to_owned(), here.join("tests/sites/bicycle")]) {
        let out = folder.path().join("schemas");
        let written = Command::new(env!("CARGO_BIN_EXE_betwixt"))
            .args(["schema", "--root"])
            .arg(&root)
            .arg("--write")
            .arg(&out)
            .output()
            .expect("the program runs");
        assert!(written.status.success(), "{}", words(&written));
        let judge = |name: &str| {
            let text = fs::read_to_string(out.join(format!("{name}.schema.json"))).expect("the schema is written");
            Judge::new(serde_json::from_str(&text).expect("it is JSON"))
        };
        let text = fs::read_to_string(root.join("site.toml")).expect("there are settings");
        let value: Value = toml::from_str(&text).expect("they are TOML");
        assert_eq!(judge("site.toml").complaints(&value), [""; 0], "{}", root.display());
        let rules = rules(&text);
        let pages: Vec<PathBuf> = walkdir::WalkDir::new(root.join("content"))
            .into_iter()
            .map(|entry| entry.expect("it can be read").into_path())
            .filter(|path| path.extension().is_some_and(|end| end == "md"))
            .collect();
        assert!(pages.len() > 5, "the test must see all pages");
        for page in pages {
            let below = page.strip_prefix(root.join("content")).expect("it lies below").to_string_lossy().into_owned();
            let value = front_matter(&fs::read_to_string(&page).expect("a page is text"));
            assert_eq!(judge(&schema_of(&below, &rules)).complaints(&value), [""; 0], "{}", page.display());
        }
    }
}

/// Settings with everything that there is.
const SETTINGS: &str = r#"
title = "Nearer"
base_url = "https://nearer.example/guide/"
description = "A guide for two."
language = "en"
author = "The makers"
contact = "mistakes@guide.example"
theme = "hearth"
output = "public"
menu = [{ to = "@/signs/_index.md", title = "Signs" }]
[markdown]
unsafe_html = false
smart_punctuation = true
callouts = { note = "Note", tip = "Tip", important = "Important", warning = "Warning", caution = "Caution" }
labels = { table = "Table", footnotes = "Footnotes", back = "Back" }
[kinds.sign]
folder = "signs"
safety = "required"
name = { one = "sign", other = "signs" }
fields.statement = { type = "text", required = true, max_words = 4, help = "what is ticked" }
fields.guard = { type = "text" }
fields.minutes = { type = "integer" }
fields.loud = { type = "boolean" }
fields.seen = { type = "date" }
fields.energy = { type = "choice", values = ["low", "high"] }
fields.tools = { type = "list" }
fields.after = { type = "source" }
fields.secret = { type = "text", hidden = true }
fields.claims = { type = "list of map", keys = { says = { type = "text", required = true }, by = { type = "list of source", max = 2 } } }
relations.practices = { to = "practice", inverse = "signs", min = 1, inverse_min = 0, why = "required" }
relations.near = { to = "sign", inverse = "beside", why = "optional" }
[kinds.practice]
folder = "practices"
fields.minutes = { type = "integer" }
fields.both_must_wish = { type = "boolean" }
[checklist]
page = "checklist.md"
items = "sign"
statement = "statement"
suggest = "practices"
people = 2
wishes = 3
time = "minutes"
only_if_both_wish = "both_must_wish"
[references]
file = "references.yaml"
style = "apa"
page = "references.md"
[index]
page = "a-z.md"
[help]
page = "help.md"
[feed]
limit = 20
[checks]
longest_description = 160
review_after = "12 months"
ignore = ["same-title", "long-sentence"]
error = ["image-alt"]
[advice]
reading_age = 12
longest_sentence = 25
words = { toxic = "say what happens instead" }
ignore = ["owed"]
[advice.lists.blame]
why = "may be read as blame"
words = { "your fault" = "say what happened" }
[external]
skip = ["https://friends.example/"]
[extra]
telephone = "0123"
"#;

fn sources(settings: &str) -> Sources {
    let mut sources = Sources::new(Request::default());
    sources.insert(SourcePath::new("site.toml"), Source::bytes(settings.as_bytes()));
    sources
}

fn rules(settings: &str) -> Arc<PageRules> {
    let (site, _) = site::read(&sources(settings), &SourcePath::new("site.toml"));
    site.expect("the settings are sound").rules
}

fn settings_judge() -> Judge {
    Judge::new(settings::of_settings(&settings::Completions::default()))
}

fn sign_judge(rules: &PageRules) -> Judge {
    let completions = settings::Completions { tags: vec!["talking".into()], ..settings::Completions::default() };
    Judge::new(matter::front_matter(Some(&rules.kinds[0]), Role::Page, rules, &completions))
}

/// A sign's front matter with everything that there is.
fn sign() -> Value {
    json!({
        "title": "We do not listen", "description": "Talking at once.", "date": "2026-11-22", "updated": "2028-02-29", "reviewed": "2026-11-30", "expires": "2030-01-31",
        "draft": false, "order": 3, "slug": "listening", "path": "/signs/listening/", "aliases": ["old", "/older/x.html"],
        "template": "sign", "tags": ["talking", "play"], "sources": ["kuhn2018"], "ignore": ["heading-skip"], "extra": { "mood": 3 },
        "statement": "We talk at once.", "guard": "Take care.", "minutes": 10, "loud": true, "seen": "2026-02-28",
        "energy": "low", "tools": ["an ear"], "after": "kuhn2018", "gathers": "tools",
        "claims": [{ "says": "It helps.", "by": ["kuhn2018"] }, { "says": "Nobody knows." }],
        "practices": [{ "to": "ten-minutes", "why": "It helps.", "weight": 2 }, { "to": "a-walk", "why": "So does this." }],
        "near": ["we-shout", { "to": "we-sigh" }],
    })
}

/// The codes of what Betwixt says of a sign's front matter, and of how many pages it names.
fn codes(front: &Value, rules: &PageRules) -> Vec<Code> {
    let text = format!("---\n{}---\n", serde_yaml::to_string(front).expect("it can be written"));
    let path = SourcePath::new("content/signs/listening.md");
    let source = Source::bytes(text.into_bytes());
    let (page, found) = content::parse(&path, &source, rules, Fingerprint::of(&0), None);
    let mut codes: Vec<_> = found.iter().map(|complaint| complaint.code).collect();
    // A name that is still to be written, as `guide/relations.rs` asks.
    let names = page.matter.relation_entries.iter().flatten().map(|entry| &entry.to);
    codes.extend(names.filter(|name| content::is_placeholder(name)).map(|_| Code::Placeholder));
    codes
}

fn settings_codes(value: &Value) -> Vec<Code> {
    let text = toml::to_string(value).expect("it can be written");
    site::read(&sources(&text), &SourcePath::new("site.toml")).1.iter().map(|complaint| complaint.code).collect()
}

/// What Betwixt may say of a front matter that its schema takes: how a text must be written, and what depends on others.
const BEYOND_MATTER: [Code; 9] = [
    // Blanks alone.
    Code::EmptyValue,
    // `…`, which `betwixt new` writes.
    Code::Placeholder,
    Code::TooManyWords,
    Code::DaysOutOfOrder,
    Code::BadSlug,
    Code::BadAddress,
    // Signs alone.
    Code::BadTag,
    // One page in two entries that are not the same.
    Code::EntryTwice,
    // `javascript:` in its many spellings.
    Code::RunningAddress,
];

/// The same of the settings.
const BEYOND_SETTINGS: [Code; 15] = [
    // Blanks alone.
    Code::EmptySetting,
    Code::NameTaken,
    Code::BadFolder,
    Code::BadOutput,
    Code::NoPageName,
    Code::BaseUrl,
    Code::BadPeriod,
    Code::SkippedAddress,
    Code::RunningAddress,
    Code::UnknownKind,
    Code::NameClash,
    Code::UnknownField,
    // What one setting of a field makes of another.
    Code::UnfitField,
    Code::NoHelpPage,
    // One name in two lists.
    Code::TwoChoices,
];

/// Betwixt and the schema must be of one mind, save for what no schema tells.
fn agree(value: &Value, codes: &[Code], judge: &Judge, beyond: &[Code]) -> Result<(), String> {
    let complaints = judge.complaints(value);
    let is_beyond = !codes.is_empty() && codes.iter().all(|code| beyond.contains(code));
    match (codes.is_empty(), complaints.is_empty()) {
        (true, false) => Err(format!("only the schema complains: {complaints:?}")),
        (false, true) if !is_beyond => Err(format!("only Betwixt complains: {codes:?}")),
        _ => Ok(()),
    }
}

#[test]
fn the_schema_of_a_front_matter_complains_where_betwixt_does() {
    let rules = rules(SETTINGS);
    let judge = sign_judge(&rules);
    assert_eq!(codes(&sign(), &rules), []);
    assert_eq!(judge.complaints(&sign()), [""; 0]);
    let wrong: Vec<String> = edits(&sign())
        .iter()
        .filter_map(|change| {
            let mut front = sign();
            edit(&mut front, change);
            agree(&front, &codes(&front, &rules), &judge, &BEYOND_MATTER).err().map(|why| format!("{change:?}: {why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_schema_of_the_settings_complains_where_betwixt_does() {
    let judge = settings_judge();
    let sound: Value = toml::from_str(SETTINGS).expect("it is TOML");
    assert_eq!(settings_codes(&sound), []);
    assert_eq!(judge.complaints(&sound), [""; 0]);
    let wrong: Vec<String> = edits(&sound)
        .iter()
        .filter_map(|change| {
            let mut value = sound.clone();
            edit(&mut value, change);
            agree(&value, &settings_codes(&value), &judge, &BEYOND_SETTINGS)
                .err()
                .map(|why| format!("{change:?}: {why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn several_mistakes_are_no_fewer() {
    let mut runner = TestRunner::new(random::configure(200));
    let rules = rules(SETTINGS);
    let judge = sign_judge(&rules);
    let mistakes = runner.run(&several(edits(&sign())), |changes| {
        let mut front = sign();
        for change in &changes {
            edit(&mut front, change);
        }
        agree(&front, &codes(&front, &rules), &judge, &BEYOND_MATTER).map_err(TestCaseError::fail)
    });
    assert_eq!(mistakes, Ok(()));
    let judge = settings_judge();
    let sound: Value = toml::from_str(SETTINGS).expect("it is TOML");
    let mistakes = runner.run(&several(edits(&sound)), |changes| {
        let mut value = sound.clone();
        for change in &changes {
            edit(&mut value, change);
        }
        agree(&value, &settings_codes(&value), &judge, &BEYOND_SETTINGS).map_err(TestCaseError::fail)
    });
    assert_eq!(mistakes, Ok(()));
}

#[test]
fn a_mistake_is_found_at_its_key() {
    let rules = rules(SETTINGS);
    let judge = sign_judge(&rules);
    let found = |change: Edit| {
        let mut front = sign();
        edit(&mut front, &change);
        judge.complaints(&front).first().cloned().unwrap_or_default()
    };
    let put = |at: &str, value: Value| found(Edit::Put(at.to_owned(), value));
    let add = |at: &str, key: &str, value: Value| found(Edit::Add(at.to_owned(), key.to_owned(), value));
    let take = |at: &str| found(Edit::Take(at.to_owned()));
    for (found, wanted) in [
        (add("", "titel", json!("x")), " additionalProperties 'titel' not allowed"),
        (add("", "signs", json!(["x"])), " additionalProperties 'signs' not allowed"),
        (add("", "weight", json!(2)), "/order false schema"),
        (take("/title"), " missing properties 'title'"),
        (take("/statement"), " missing properties 'statement'"),
        (take("/practices"), " missing properties 'practices'"),
        (put("/title", json!(["We"])), "/title want string, but got array"),
        (put("/title", json!("")), "/title length must be >=1, but got 0"),
        (put("/draft", json!("yes")), "/draft want boolean, but got string"),
        (put("/order", json!("3")), "/order want integer, but got string"),
        (put("/date", json!("22.11.2026")), "/date '22.11.2026' is not valid date"),
        (put("/tags", json!("talking")), "/tags want array, but got string"),
        (put("/energy", json!("hihg")), "/energy value must be one of 'low', 'high'"),
        (put("/ignore/0", json!("heading-skips")), "/ignore/0 value must be one of "),
        (put("/ignore/0", json!("unknown-page")), "/ignore/0 value must be one of "),
        (put("/ignore", json!("heading-skip")), "/ignore want array, but got string"),
        (put("/practices", json!([])), "/practices minimum 1 items required"),
        (put("/practices/0", json!("ten-minutes")), "/practices/0 want object, but got string"),
        (take("/practices/0/why"), "/practices/0 missing properties 'why'"),
        (put("/practices/0/weight", json!(4)), "/practices/0/weight must be <=3, but got 4"),
        (add("/practices/0", "becuase", json!("x")), "/practices/0 additionalProperties 'becuase' not allowed"),
    ] {
        assert!(found.starts_with(wanted), "{found:?} is not {wanted:?}");
    }
    let judge = settings_judge();
    for (line, wanted) in [
        ("titel = \"x\"", "/titel not failed"),
        ("theme = 3", "/theme want string, but got number"),
        ("markdown.smart_punctuation = \"no\"", "/markdown/smart_punctuation want boolean, but got string"),
        ("menu = [{ title = \"x\" }]", "/menu/0 missing properties 'to'"),
        ("kinds.sign.safety = \"maybe\"", "/kinds/sign/safety value must be one of 'required', 'note', 'optional'"),
        ("kinds.sign.folders = \"signs\"", "/kinds/sign/folders not failed"),
        ("kinds.sign.name.one = \"sign\"", "/kinds/sign/name missing properties 'other'"),
        ("kinds.sign.fields.x.type = \"texts\"", "/kinds/sign/fields/x/type value must be one of 'text'"),
        ("checks.ignore = [\"unknown-page\"]", "/checks/ignore/0 value must be one of "),
        ("checks.error = [\"same-titel\"]", "/checks/error/0 value must be one of "),
        ("checks.error = \"same-title\"", "/checks/error want array, but got string"),
        ("feed.limit = -1", "/feed/limit must be >=0, but got -1"),
        ("output = \"\"", "/output length must be >=1, but got 0"),
    ] {
        let text = format!("title = \"x\"\nbase_url = \"https://a.example/\"\n{line}\n");
        let found = judge.complaints(&toml::from_str(&text).expect("it is TOML"));
        assert!(found.iter().any(|found| found.starts_with(wanted)), "{found:?} hold no {wanted:?}");
    }
}

#[test]
fn what_is_asked_for_wrongly_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(run(folder.path(), &["init", "--kind", "couple", "guide"]).status.success());
    let root = folder.path().join("guide");
    assert_eq!(
        words(&run(&root, &["schema", "sing"])),
        "error: there is no schema `sing` (did you mean `sign`?); the schemas are `site.toml`, `sign`, `practice`, `page`, \
         `section`, `home`\nexit code 1\n"
    );
    let refused = words(&run(&root, &["schema", "--write", "content/schemas"]));
    assert!(refused.contains("lie one in the other: name a folder of its own"), "{refused}");
    assert!(run(&root, &["schema", "site"]).stdout == run(&root, &["schema", "site.toml"]).stdout);
    let listed = run(&root, &["schema"]);
    assert!(
        String::from_utf8_lossy(&listed.stdout).starts_with("site.toml  site.toml\nsign       content/signs/*.md\n")
    );
    let settings = root.join("site.toml");
    let text = fs::read_to_string(&settings).expect("there are settings");
    fs::write(&settings, text.replace("title =", "titel =")).expect("they can be written");
    let broken = run(&root, &["schema", "sign"]);
    assert!(words(&broken).contains("error[unknown-setting]"), "{}", words(&broken));
    assert_eq!((broken.status.code(), broken.stdout.len()), (Some(1), 0));
}

#[test]
fn schemas_are_written_whole_and_the_guide_takes_the_lines_that_connect_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(run(folder.path(), &["init", "--kind", "couple", "guide"]).status.success());
    let root = folder.path().join("guide");
    let shown = words(&run(&root, &["schema", "--write"]));
    assert!(shown.contains("6 files written to `.schemas`, 0 as they were"), "{shown}");
    let names: Vec<_> = fs::read_dir(root.join(".schemas")).expect("it is there").collect();
    assert_eq!(names.len(), 6, "nothing else is left there");
    assert!(words(&run(&root, &["schema", "--write"])).contains("0 files written to `.schemas`, 6 as they were"));
    for (line, file) in [
        ("#:schema ./.schemas/site.toml.schema.json", "site.toml"),
        ("# yaml-language-server: $schema=../../.schemas/sign.schema.json", "content/signs/talking-past-each-other.md"),
    ] {
        assert!(shown.contains(line), "{shown}");
        let path = root.join(file);
        let text = fs::read_to_string(&path).expect("it is text");
        let text = match text.strip_prefix("---\n") {
            Some(rest) => format!("---\n{line}\n{rest}"),
            None => format!("{line}\n{text}"),
        };
        fs::write(&path, text).expect("it can be written");
    }
    let settings = fs::read_to_string(root.join("site.toml")).expect("it is text");
    let settings = format!("{settings}\n[checks]\nignore = [\"example-address\", \"example-words\"]\n");
    fs::write(root.join("site.toml"), settings).expect("it can be written");
    let built = run(&root, &["build", "--strict"]);
    assert!(built.status.success(), "{}", words(&built));
    assert!(words(&run(&root, &["check", "--strict"])).contains("nothing is wrong"));
}
