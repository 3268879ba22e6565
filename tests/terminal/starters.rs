//! The guides that `betwixt init` writes: what is asked and said, and that each is a whole guide without fault.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{run, tree, words};

const KINDS: [&str; 3] = ["plain", "couple", "repair"];

/// A new guide of that kind.
fn guide(kind: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = run(folder.path(), &["init", "guide", "--kind", kind]);
    assert!(made.status.success(), "{}", words(&made));
    let root = folder.path().join("guide");
    (folder, root)
}

/// Makes it a guide of somebody's own, with its first page as it is without the note.
pub fn take_over(root: &Path) {
    let edit = |path: &str, change: &dyn Fn(&str) -> String| {
        let text = fs::read_to_string(root.join(path)).expect("it is there");
        fs::write(root.join(path), change(&text)).expect("it can be written");
    };
    edit("site.toml", &|text| {
        text.replace("Your name", "Wanda Walker").replace("https://guide.example/", "https://wanda.github.io/")
    });
    let is_own = |line: &&str| !line.starts_with('>');
    edit("content/_index.md", &|text| text.split_inclusive('\n').filter(is_own).collect());
}

#[test]
fn each_kind_is_a_whole_guide_without_a_fault_and_needs_no_advice() {
    for kind in KINDS {
        let (_folder, root) = guide(kind);
        take_over(&root);
        let checked = words(&run(&root, &["check", "--strict"]));
        assert!(checked.lines().count() == 2 && checked.contains("and nothing is wrong"), "{kind}: {checked}");
        let built = run(&root, &["build", "--strict"]);
        assert!(built.status.success(), "{kind}: {}", words(&built));
    }
}

#[test]
fn what_still_stands_of_the_example_is_told_before_it_is_published() {
    for kind in KINDS {
        let (_folder, root) = guide(kind);
        for command in ["check", "build"] {
            let output = run(&root, &[command, "--format", "json", "--strict"]);
            let found = String::from_utf8_lossy(&output.stdout).into_owned();
            let codes: Vec<&str> =
                found.split("\"code\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert_eq!(codes, ["example-address", "example-words", "example-words"], "{kind}: {found}");
            assert_eq!(output.status.code(), Some(1), "{kind}");
        }
        assert!(run(&root, &["build"]).status.success(), "{kind}: warnings do not stop publishing");
        fs::write(root.join("content/odd.md"), "---\ntitel: Odd\n---\n").expect("it can be written");
        let broken = words(&run(&root, &["build"]));
        assert!(!broken.contains("example-"), "first what stands against publishing: {broken}");
    }
}

#[test]
fn what_to_do_next_is_said_and_can_be_done() {
    for kind in KINDS {
        let (_folder, root) = guide(kind);
        let home = fs::read_to_string(root.join("content/_index.md")).expect("there is a first page");
        for step in ["`content/_index.md`", "`betwixt serve --open`", "`betwixt build`", "`base_url`", "`site.toml`"] {
            assert!(home.contains(step), "{kind} does not say {step}");
        }
        let commands: Vec<&str> =
            home.split("`betwixt new ").skip(1).filter_map(|rest| rest.split('`').next()).collect();
        assert!(!commands.is_empty(), "{kind} says how a page is added");
        for command in commands {
            let (name, title) = command.split_once(' ').expect("a kind and a title");
            let made = run(&root, &["new", name, title.trim_matches('"')]);
            assert!(made.status.success(), "{kind}: {}", words(&made));
        }
        assert!(run(&root, &["check"]).status.success(), "{kind}: a draft stands in nobody's way");
    }
}

#[test]
fn where_nobody_can_be_asked_the_guide_is_a_plain_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = words(&run(folder.path(), &["init", "mine"]));
    assert_eq!(
        made,
        "a new guide is in `mine`: its first page says what to do next\n\
         see it:      betwixt serve --root \"mine\" --open\n\
         change it:   its pages are in `mine/content`\n\
         publish it:  betwixt build --root \"mine\"\nexit code 0\n"
    );
    let (_folder, plain) = guide("plain");
    assert_eq!(tree(&folder.path().join("mine")), tree(&plain));
    let wrong = run(folder.path(), &["init", "other", "--kind", "boat"]);
    let said = words(&wrong);
    assert!(said.contains("invalid value 'boat'") && said.contains("plain, couple, repair"), "{said}");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!folder.path().join("other").exists(), "nothing was written");
}

/// What belongs into a guide for two, or into one that asks for safety, and into no machine's.
const OF_OTHER_GUIDES: [&str; 11] = [
    "couple",
    "partner",
    "intima",
    "afraid",
    "one of us",
    "the other",
    "practice",
    "two of you",
    "safety",
    "before you start",
    "where you are not safe",
];

/// What a page shows, without its tags, with single spaces.
fn shown(html: &str) -> String {
    let document = scraper::Html::parse_document(html);
    let texts = document.root_element().text().flat_map(str::split_whitespace);
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_owner_of_a_machine_meets_nothing_that_is_meant_for_two() {
    let (_folder, root) = guide("repair");
    assert!(run(&root, &["build"]).status.success());
    let files = tree(&root.join("public"));
    let pages: BTreeMap<&str, String> = files
        .iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "html"))
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    assert!(pages.len() > 15, "the test must see all pages");
    for (name, html) in &pages {
        // What scripts read is not met by anybody.
        let (before, after) = html.split_once(" data-rules=\"").unwrap_or((html, ""));
        let after = after.split_once('"').map_or("", |(_, rest)| rest);
        let text = format!("{before} {after}").to_lowercase();
        let found: Vec<_> = OF_OTHER_GUIDES.iter().filter(|words| text.contains(**words)).collect();
        assert!(found.is_empty(), "{name} says {found:?}");
    }
    let sheets = [&pages["checklist/index.html"], &pages["checklist/sheet/index.html"]];
    let answers = sheets[0].matches("type=\"radio\"").count();
    assert_eq!((answers, sheets[0].matches("<fieldset").count()), (20, 5), "one person says of each symptom how often");
    let noticed = sheets[1].matches("<tr class=\"noticed\"><td class=\"tick\"><span class=\"box\">").count();
    assert_eq!(noticed, 5, "and ticks each on paper");
    let [symptom, repair] =
        ["symptoms/only-drops-come-out", "repairs/descale"].map(|name| &pages[&*format!("{name}/index.html")]);
    assert!(symptom.contains(">What may mend it</h2>") && !symptom.contains(">It helps when</h2>"), "{symptom}");
    assert!(repair.contains(">It helps when</h2>") && !repair.contains(">What may mend it</h2>"), "{repair}");
    assert!(shown(repair).contains("Time 60 minutes How hard Needs care"), "{}", shown(repair));
    assert!(shown(&pages["repairs/warm-it-through/index.html"]).contains("Time 1 minute How hard Easy"));
    assert!(shown(symptom).contains("60 minutes · Needs care"), "{}", shown(symptom));
    assert!(shown(&pages["repairs/index.html"]).contains("1 minute · Easy"));
    assert!(repair.contains("class=\"carebox\""), "where it is dangerous, there is a box of care");
}
