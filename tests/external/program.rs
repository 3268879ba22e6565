//! What an author sees: the program itself, with a small server that stands for all other sites.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::server::{Reply, Server};

/// A guide that leads to other sites.
const SITE: [(&str, &str); 4] = [
    (
        "site.toml",
        "title = \"A guide\"\nbase_url = \"https://guide.example/\"\nchecks.ignore = [\"example-address\"]\n[references]\nfile = \"references.yaml\"\n\
         [external]\nskip = [\"http://shy.example/\"]\n",
    ),
    (
        "content/_index.md",
        "---\ntitle: A guide\n---\nSee [friends](http://gone.example/us) and <http://friends.example/old#us>, \
         [@moon2019].\n\n[A shy site](http://shy.example/gone), [a mail](mailto:us@friends.example).\n",
    ),
    (
        "content/about.md",
        "---\ntitle: About\n---\n[Friends](http://gone.example/us#us), [titel](nowhere.md), \
         [here](http://localhost:1111/).\n",
    ),
    ("content/references.yaml", "moon2019:\n  type: book\n  title: Listening\n  url: http://books.example/listening\n"),
];

fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in SITE {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    fs::write(root.path().join("content/draft.md"), "---\ntitle: D\ndraft: true\n---\n<http://secret.example/>\n")
        .expect("the file can be written");
    root
}

/// All other sites.
fn web() -> Server {
    Server::start(|asked| match asked.split_once(' ').map(|(_, address)| address) {
        Some("http://gone.example/us") => Reply::status(404),
        Some("http://friends.example/old") => Reply::redirect(301, "http://new.example/"),
        Some("http://books.example/listening") => Reply::status(503),
        _ => Reply::status(200),
    })
}

fn check(root: &Path, web: &Server, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
    command.env_clear().env("HTTP_PROXY", format!("http://{}", web.address)).env("HOME", root.join("home"));
    command.env("XDG_CACHE_HOME", root.join("cache")).env("APPDATA", root.join("cache"));
    command.arg("check").args(arguments).current_dir(root).output().expect("the program runs")
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The first two lines of each complaint.
fn heads(output: &Output) -> String {
    let text = words(output);
    let blocks = text.split("\n\n").map(|block| block.lines().take(2).collect::<Vec<_>>().join("\n"));
    blocks.collect::<Vec<_>>().join("\n")
}

#[test]
fn links_to_other_sites_are_complained_of_where_they_stand_among_all_else() {
    let (root, web) = (site(), web());
    let output = check(root.path(), &web, &["--external"]);
    assert_eq!(
        heads(&output),
        "error[external-gone]: `gone.example` says that this page does not exist\n --> content/_index.md:4:15\n\
         warning[external-moved]: this page has moved for good\n --> content/_index.md:4:44\n\
         error[external-gone]: `gone.example` says that this page does not exist\n --> content/about.md:4:11\n\
         error[unknown-page]: there is no page `content/nowhere.md`\n --> content/about.md:4:47\n\
         warning[external-near]: readers have no `localhost`, or another one\n --> content/about.md:4:67\n\
         warning[external-doubtful]: `books.example` has trouble of its own (it answers 503)\n \
         --> content/references.yaml:4:8\n\
         error: 3 errors, 3 warnings in 3 files",
        "{}",
        words(&output)
    );
    assert!(words(&output).contains("link to `http://new.example/#us`"), "{}", words(&output));
    assert_eq!(output.status.code(), Some(1));
    let mut asked = web.asked();
    asked.sort();
    assert_eq!(
        asked,
        [
            "GET http://books.example/listening",
            "GET http://gone.example/us",
            "HEAD http://books.example/listening",
            "HEAD http://friends.example/old",
            "HEAD http://gone.example/us",
            "HEAD http://new.example/",
        ],
        "each address once, and neither drafts nor what is to be skipped"
    );
}

#[test]
fn answers_are_kept_until_they_are_asked_for_anew() {
    let (root, web) = (site(), web());
    let first = check(root.path(), &web, &["--external"]);
    let asked = web.asked().len();
    let second = check(root.path(), &web, &["--external"]);
    assert_eq!((words(&second), web.asked().len()), (words(&first), asked), "nobody was asked again");
    check(root.path(), &web, &["--external", "--fresh"]);
    assert_eq!(web.asked().len(), 2 * asked);
    fs::write(root.path().join("cache/betwixt/answers"), "\0 torn").expect("it can be written");
    assert_eq!(words(&check(root.path(), &web, &["--external"])), words(&first), "a broken file is as none");
    let inside: Vec<_> =
        fs::read_dir(root.path()).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(inside.len(), 3, "nothing is written among the sources: {inside:?}");
}

#[test]
fn nobody_is_asked_unless_it_is_wanted() {
    let (root, web) = (site(), web());
    check(root.path(), &web, &[]);
    assert_eq!(web.asked(), Vec::<String>::new());
    assert_eq!(check(root.path(), &web, &["--fresh"]).status.code(), Some(2));
}

#[test]
fn a_computer_that_is_not_online_hears_one_thing() {
    let (root, mut web) = (site(), web());
    fs::write(root.path().join("content/about.md"), "---\ntitle: About\n---\n").expect("it can be written");
    // Nobody listens there.
    web.address = ([127, 0, 0, 1], 9).into();
    let output = check(root.path(), &web, &["--external", "--format", "json"]);
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!((lines.lines().count(), output.status.code()), (1, Some(0)), "{lines}");
    assert!(lines.contains("external-offline") && lines.contains("3 addresses were asked for in vain"), "{lines}");
}

#[test]
fn beginnings_that_are_no_address_are_complained_of() {
    let (root, web) = (site(), web());
    let text = "title = \"A\"\nbase_url = \"https://guide.example/\"\n[external]\nskip = [\"shy.example\"]\nslow = 1\n";
    fs::write(root.path().join("site.toml"), text).expect("it can be written");
    let shown = words(&check(root.path(), &web, &[]));
    assert!(
        shown.contains("error[skipped-address]: no web address begins with `shy.example`\n --> site.toml:4:9"),
        "{shown}"
    );
    assert!(shown.contains("there is no setting `slow` below `[external]`"), "{shown}");
}
