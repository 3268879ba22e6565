//! A page is published only if everything in its front matter was understood; else nothing is, and what was published
//! before stays as it was.

use std::fs;

use super::{betwixt, cases, tree, words};

/// Where the page lies, and what it holds.
const PAGES: [(&str, &str); 55] = [
    ("unknown key", "---\ntitle: Tea\ncolour: green\n---\n"),
    ("near-miss", "---\ntitel: Tea\n---\n"),
    ("misspelt draft", "---\ntitle: Tea\ndrfat: true\n---\n"),
    ("wrong case", "---\ntitle: Tea\nDraft: true\n---\n"),
    ("capitals", "---\ntitle: Tea\nDRAFT: true\n---\n"),
    ("yes", "---\ntitle: Tea\ndraft: yes\n---\n"),
    ("on", "---\ntitle: Tea\ndraft: on\n---\n"),
    ("y", "---\ntitle: Tea\ndraft: y\n---\n"),
    ("text for a truth", "---\ntitle: Tea\ndraft: \"true\"\n---\n"),
    ("number for a truth", "---\ntitle: Tea\ndraft: 1\n---\n"),
    ("list for a truth", "---\ntitle: Tea\ndraft: [true]\n---\n"),
    ("nothing for a truth", "---\ntitle: Tea\ndraft:\n---\n"),
    ("no space after the colon", "---\ntitle: Tea\ndraft:true\n---\n"),
    ("a space too many", "---\ntitle: Tea\n draft: true\n---\n"),
    ("equals sign", "---\ntitle: Tea\ndraft = true\n---\n"),
    ("list of keys", "---\n- title: Tea\n- draft: true\n---\n"),
    ("draft below extra", "---\ntitle: Tea\nextra:\n  draft: true\n---\n"),
    ("expires below extra", "---\ntitle: Tea\nextra:\n  expires: 2026-11-01\n---\n"),
    ("no such day", "---\ntitle: Tea\ndate: 2024-02-30\n---\n"),
    ("tomorrow", "---\ntitle: Tea\ndate: tomorrow\n---\n"),
    ("no such month", "---\ntitle: Tea\ndate: 2026-13-01\n---\n"),
    ("time of day", "---\ntitle: Tea\ndate: 2026-11-30T10:00:00+01:00\n---\n"),
    ("American day", "---\ntitle: Tea\nexpires: 11/22/2026\n---\n"),
    ("short day", "---\ntitle: Tea\nexpires: 2026-1-2\n---\n"),
    ("number for a day", "---\ntitle: Tea\ndate: 20261130\n---\n"),
    ("empty day", "---\ntitle: Tea\nexpires:\n---\n"),
    ("days out of order", "---\ntitle: Tea\ndate: 2026-11-30\nexpires: 2026-11-01\n---\n"),
    ("list for a text", "---\ntitle: [Tea, cake]\n---\n"),
    ("list for a description", "---\ntitle: Tea\ndescription:\n  - one\n---\n"),
    ("text for a list", "---\ntitle: Tea\ntags: evening\n---\n"),
    ("empty title", "---\ntitle:\n---\n"),
    ("title without letters", "---\ntitle: \"\"\n---\n"),
    ("title of spaces", "---\ntitle: \"   \"\n---\n"),
    ("title of a wide space", "---\ntitle: \"\\u3000\\u00a0\"\n---\n"),
    ("invisible title", "---\ntitle: \u{200b}\u{2060}\n---\n"),
    ("invisible filler", "---\ntitle: \"\\u3164\\u00ad\"\n---\n"),
    ("no title", "---\ndescription: Tea.\n---\n"),
    ("same key twice", "---\ntitle: Tea\ndraft: true\ndraft: false\n---\n"),
    ("same key in another case", "---\ntitle: Tea\nTitle: Cake\n---\n"),
    ("invisible letter after a key", "---\ntitle: Tea\ndraft\u{200b}: true\n---\n"),
    ("space within a key", "---\ntitle: Tea\n\"draft \": true\n---\n"),
    ("merge key", "---\ntitle: Tea\n<<: {draft: true}\n---\n"),
    ("merge key below extra", "---\ntitle: Tea\nextra:\n  <<: {cover: a.jpg}\n---\n"),
    ("anchor", "---\ntitle: &us and them\n---\n"),
    ("name without an anchor", "---\ntitle: *tea*\n---\n"),
    ("tag", "---\ntitle: !tea Tea\n---\n"),
    ("two documents", "---\ntitle: Tea\n...\ndraft: true\n---\n"),
    ("two front matters", "---\ntitle: Tea\n---\ndraft: true\n---\nText.\n"),
    ("two front matters with a line between", "---\ntitle: Tea\n---\n\n---\ndraft: true\n---\nText.\n"),
    ("key below the front matter", "---\ntitle: Tea\n---\ndraft: true\n\nText.\n"),
    ("directive", "---\n%YAML 1.2\n---\ntitle: Tea\n---\n"),
    ("directive at the top", "%YAML 1.2\n---\ntitle: Tea\n---\n"),
    ("TOML", "+++\ntitle = \"Tea\"\ndraft = true\n+++\n"),
    ("JSON", "{\n  \"title\": \"Tea\",\n  \"draft\": true\n}\n"),
    ("no front matter", "Tea.\n"),
];

/// Pages of an unknown kind.
const ELSEWHERE: [(&str, &str); 2] = [
    ("content/sings/tea.md", "---\ntitle: Tea\nstatement: We drink tea.\n---\n"),
    ("content/tea.md", "---\ntitle: Tea\nkind: sign\n---\n"),
];

#[test]
fn a_front_matter_that_was_not_understood_stops_everything() {
    let pages = PAGES.iter().map(|(name, text)| (*name, "content/practices/tea.md", *text));
    let elsewhere = ELSEWHERE.iter().map(|(path, text)| (*path, *path, *text));
    let mut through = Vec::new();
    let root = tempfile::tempdir().expect("a temporary folder");
    cases::write(root.path(), &cases::base());
    let build = || betwixt().args(["build", "--root"]).arg(root.path()).output().expect("the program runs");
    let first = build();
    assert!(first.status.success(), "{}", words(&first));
    let public = root.path().join("public");
    let before = tree(&public);
    for (name, path, text) in pages.chain(elsewhere) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("it can be written");
        let output = build();
        if output.status.code() != Some(1) || tree(&public) != before {
            through.push(name);
        }
        assert!(!words(&output).contains("panicked"), "{name}");
        fs::remove_file(&path).expect("it can be removed");
        // What went through must not hide the next.
        if tree(&public) != before {
            assert!(build().status.success());
        }
    }
    assert!(through.is_empty(), "these were published: {through:?}");
}
