//! What an author reads: each file of `tests/mistakes` is a small site with the exact words that the terminal shows,
//! and each folder of `tests/sites` a whole one with the files that it becomes. `UPDATE=1` writes them afresh.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

#[path = "terminal/cases.rs"]
mod cases;
#[path = "terminal/closed.rs"]
mod closed;
#[path = "terminal/edits.rs"]
mod edits;
#[path = "terminal/interrupted.rs"]
mod interrupted;
#[path = "terminal/machines.rs"]
mod machines;
#[path = "terminal/names.rs"]
mod names;
#[path = "terminal/options.rs"]
mod options;
#[path = "terminal/starters.rs"]
mod starters;
#[path = "terminal/typed.rs"]
mod typed;
#[path = "terminal/url_lock.rs"]
mod url_lock;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// 2026-11-23, the day of every case, in seconds since 1970.
const TODAY: &str = "1795392000";

fn betwixt() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
    command.env_clear().env("SOURCE_DATE_EPOCH", TODAY);
    command
}

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    betwixt().args(arguments).current_dir(folder).output().expect("the program runs")
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    paths
}

fn words(output: &Output) -> String {
    let code = output.status.code().map_or_else(|| "none".to_owned(), |code| code.to_string());
    format!("{}exit code {code}\n", String::from_utf8_lossy(&output.stderr))
}

/// How long it took is nobody's promise.
fn without_times(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        match (line.rfind(" ("), line.rfind(" ms)")) {
            (Some(open), Some(close)) if open < close => out.extend([&line[..open], &line[close + 4..]]),
            _ => out.push_str(line),
        }
    }
    out
}

/// What a case runs: its line `$ betwixt …`, or `check`.
fn command(case: &str) -> Vec<&str> {
    let line =
        case.lines().take_while(|line| !line.starts_with("-- ")).find_map(|line| line.strip_prefix("$ betwixt "));
    line.unwrap_or("check").split_whitespace().collect()
}

#[test]
fn every_mistake_is_explained() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in cases::paths() {
        count += 1;
        let text = fs::read_to_string(&path).expect("a case is text");
        let all = cases::sections(&text);
        let expected = all.iter().find(|(name, _)| name == "terminal");
        let root = tempfile::tempdir().expect("a temporary folder");
        let site = cases::of(&all[1..]);
        cases::write(root.path(), &site);
        let place = root.path().canonicalize().expect("it is there").display().to_string();
        let output = run(root.path(), &command(&text));
        let shown = without_times(&words(&output).replace(&place, "GUIDE"));
        assert!(!shown.contains("panicked"), "{}: {shown}", path.display());
        for (name, bytes) in site.iter().filter(|(name, _)| *name != betwixt::base::URL_LOCK) {
            assert_eq!(fs::read(root.path().join(name)).ok().as_ref(), Some(bytes), "{}: {name}", path.display());
        }
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if is_update() {
            let head = text.split("-- terminal --\n").next().unwrap_or_default();
            fs::write(&path, format!("{}\n-- terminal --\n{shown}", head.trim_end())).expect("the case can be written");
        } else if expected.is_none_or(|(_, text)| *text != shown) {
            wrong.push(format!("{name}:\n{shown}"));
        }
    }
    assert!(count > 0, "there are cases");
    assert!(wrong.is_empty(), "these show something else now (UPDATE=1 writes it):\n\n{}", wrong.join("\n"));
}

/// All files below `folder` with their bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("it can be read")) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            files.insert(name, fs::read(entry.path()).expect("it can be read"));
        }
    }
    files
}

#[test]
fn every_site_becomes_what_is_expected() {
    let sites = sorted(&here("sites"));
    assert!(!sites.is_empty(), "there are sites");
    for site in sites.iter().filter(|path| path.is_dir()) {
        let out = tempfile::tempdir().expect("a temporary folder");
        let published = out.path().join("public");
        let output = betwixt()
            .args(["build", "--root"])
            .arg(site)
            .arg("--output")
            .arg(&published)
            .output()
            .expect("the program runs");
        let shown = without_times(&words(&output));
        let expected = site.join("expected");
        if is_update() {
            let _ = fs::remove_dir_all(&expected);
            for (name, bytes) in tree(&published) {
                let path = expected.join(name);
                fs::create_dir_all(path.parent().expect("every file has a folder")).expect("the folder can be made");
                fs::write(path, bytes).expect("the file can be written");
            }
            fs::write(site.join("terminal.txt"), &shown).expect("the words can be written");
            continue;
        }
        assert_eq!(
            shown,
            fs::read_to_string(site.join("terminal.txt")).unwrap_or_default(),
            "the words for {}",
            site.display()
        );
        let (made, wanted) = (tree(&published), tree(&expected));
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            wanted.keys().collect::<Vec<_>>(),
            "the files of {}",
            site.display()
        );
        for (name, bytes) in made {
            assert_eq!(
                String::from_utf8_lossy(&bytes),
                String::from_utf8_lossy(&wanted[&name]),
                "{name} of {}",
                site.display()
            );
        }
    }
}

#[test]
fn the_guide_itself_is_without_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut check = betwixt();
    // On a later day pages may be due for a review.
    check.env("SOURCE_DATE_EPOCH", "1795392000");
    let output = check.args(["check", "--strict", "--root"]).arg(root).output().expect("the program runs");
    assert_eq!(words(&output), "35 pages checked, and nothing is wrong\nexit code 0\n");
}

#[test]
fn a_sign_without_its_way_to_help_is_one_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = betwixt::disk::read(root, Path::new("site.toml"), betwixt::base::Request::default())
        .expect("the guide can be read");
    let is_sign =
        |path: &&betwixt::base::SourcePath| path.below("content/signs").is_some_and(|name| name != "_index.md");
    let signs: Vec<_> = sources.iter().map(|(path, _)| path).filter(is_sign).collect();
    assert_eq!(signs.len(), 8);
    for path in signs {
        let text = sources.text(path).expect("a page is text");
        let lines = text.split_inclusive('\n').filter(|line| !line.contains("before-you-start.md"));
        let mut broken = sources.clone();
        broken.insert(path.clone(), betwixt::base::Source::bytes(lines.collect::<String>().into_bytes()));
        let (built, _) = betwixt::pipeline::build(&broken, &mut betwixt::pipeline::Memory::new());
        let errors = built.diagnostics.iter().filter(|found| found.is_error());
        let errors: Vec<_> = errors.map(|found| (found.code, &found.place.path)).collect();
        assert_eq!(errors, [(betwixt::base::Code::MissingSafety, path)]);
    }
}

#[test]
fn a_new_guide_builds_and_takes_a_new_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("demo");
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    assert!(run(&["init", "--kind", "couple", "demo"]).status.success());
    starters::take_over(&root);
    let again = run(&["init", "--kind", "couple", "demo"]);
    assert_eq!(again.status.code(), Some(1), "an existing guide is not written over");
    let checked = words(&run(&["check", "-r", "demo"]));
    assert!(checked.lines().count() == 2 && checked.contains("and nothing is wrong"), "{checked}");
    let built = run(&["build", "-r", "demo", "--strict"]);
    assert!(built.status.success(), "{}", words(&built));
    assert!(root.join("public/checklist/index.html").is_file());
    assert!(run(&["new", "sign", "We're \"late\": again", "-r", "demo"]).status.success());
    assert!(root.join("content/signs/were-late-again.md").is_file());
    assert_eq!(
        run(&["new", "sign", "We're \"late\": again", "-r", "demo"]).status.code(),
        Some(1),
        "a page is not written over"
    );
    assert_eq!(
        words(&run(&["new", "sing", "x", "-r", "demo"])),
        "error: there is no kind `sing` (did you mean `sign`?); the kinds are `sign`, `practice`, `page`\nexit code 1\n"
    );
    assert_eq!(
        words(&run(&["list", "--kind", "sing", "-r", "demo"])),
        "error: there is no kind `sing` (did you mean `sign`?); the kinds are `sign`, `practice`, `page`, `section`, \
         `home`\nexit code 1\n"
    );
    let same = words(&run(&["new", "practice", "ten minutes", "-r", "demo"]));
    assert!(same.ends_with("is there already, and stays as it is\nexit code 1\n"), "{same}");
    let same = words(&run(&["new", "sign", "ten minutes", "-r", "demo"]));
    assert!(same.starts_with("warning: `content/practices/ten-minutes.md` has the title"), "{same}");
    fs::remove_file(root.join("content/signs/ten-minutes.md")).expect("it was written");
    assert!(run(&["build", "-r", "demo"]).status.success(), "a draft stands in nobody's way");
    let listed = run(&["list", "--drafts", "-r", "demo"]);
    assert_eq!(
        String::from_utf8_lossy(&listed.stdout),
        "sign  content/signs/were-late-again.md  /signs/were-late-again/  We’re “late”: again (draft)\n"
    );
    fs::write(root.join("content/odd.md"), "---\ntitel: Odd\n---\n").expect("it can be written");
    let listed = run(&["list", "-r", "demo"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("/odd/"), "the pages are listed all the same");
    assert_eq!(words(&listed), "error: some of the pages are not right; `betwixt check` tells more\nexit code 1\n");
}

#[test]
#[cfg(target_os = "linux")]
fn a_page_whose_name_is_not_utf_8_is_one_mistake() {
    use std::os::unix::ffi::OsStrExt;

    let root = tempfile::tempdir().expect("a temporary folder");
    cases::write(root.path(), &cases::base());
    let name = std::ffi::OsStr::from_bytes(b"walking\xff.md");
    fs::write(root.path().join("content/practices").join(name), "---\ntitle: Walking\n---\n")
        .expect("it can be written");
    let output = betwixt().args(["check", "--root"]).arg(root.path()).output().expect("the program runs");
    let shown = words(&output);
    assert!(shown.starts_with("error[unreadable-page]: this page cannot be read: this name is not written in UTF-8\n"));
    assert!(shown.ends_with("\nerror: 1 error in 1 file\nexit code 1\n"), "{shown}");
}

#[test]
fn a_new_page_gets_a_name_that_a_build_takes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("demo");
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    assert!(run(&["init", "--kind", "couple", "demo"]).status.success());
    let before = tree(&root);
    let refused = |title: &str| words(&run(&["new", "page", title, "-r", "demo"]));
    assert_eq!(
        refused("Con"),
        "error: no file can be called `con.md`, as Windows keeps that name for itself: start with another title, and \
         write the real one into the file\nexit code 1\n"
    );
    for title in ["é".repeat(150), "a".repeat(253)] {
        assert_eq!(
            refused(&title),
            "error: a file's name cannot be made from so long a title: start with a shorter one, and write the whole of \
             it into the file\nexit code 1\n"
        );
    }
    assert!(refused("Index").starts_with("error: `index.md` is the page of its whole folder"));
    assert_eq!(before, tree(&root), "nothing was written");
    assert!(run(&["new", "page", &"a".repeat(252), "-r", "demo"]).status.success());
    assert!(run(&["build", "--drafts", "-r", "demo"]).status.success());
}

#[test]
fn a_second_build_writes_nothing_and_clean_takes_only_what_is_ours() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    assert!(run(&["init", "--kind", "couple", "demo"]).status.success());
    assert!(run(&["build", "-r", "demo"]).status.success());
    let public = folder.path().join("demo/public");
    let before = tree(&public);
    let second = run(&["build", "-r", "demo"]);
    assert!(words(&second).contains(" 0 files written"), "{}", words(&second));
    assert_eq!(before, tree(&public));
    fs::create_dir(public.join(".git")).expect("it can be made");
    for foreign in ["CNAME", ".git/HEAD"] {
        fs::write(public.join(foreign), "mine").expect("it can be written");
    }
    fs::write(folder.path().join("demo/content/about.md"), "---\ntitle: About\n---\n").expect("it can be written");
    assert!(run(&["build", "-r", "demo"]).status.success());
    assert!(public.join("about/index.html").is_file());
    assert!(run(&["clean", "-r", "demo"]).status.success());
    let mine = b"mine".to_vec();
    assert_eq!(tree(&public), BTreeMap::from([(".git/HEAD".to_owned(), mine.clone()), ("CNAME".to_owned(), mine)]));
}

#[test]
fn codes_are_explained_and_a_misspelt_one_is_told() {
    let explained = betwixt().args(["explain", "unknown-key"]).output().expect("the program runs");
    assert!(String::from_utf8_lossy(&explained.stdout).contains("titel: We do not listen"));
    let unknown = betwixt().args(["explain", "unknown-kye"]).output().expect("the program runs");
    assert_eq!(words(&unknown), "error: there is no code `unknown-kye`; did you mean `unknown-key`?\nexit code 1\n");
}

#[test]
fn calling_it_wrongly_is_code_2_and_the_streams_are_kept_apart() {
    let wrong = betwixt().arg("biuld").output().expect("the program runs");
    assert_eq!(wrong.status.code(), Some(2));
    for arguments in [&["man"][..], &["completions", "bash"], &["--help"], &["--version"]] {
        let output = betwixt().args(arguments).output().expect("the program runs");
        assert!(output.status.success() && !output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}");
    }
}
