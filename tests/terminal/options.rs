//! What the switches of the command line do, and where results go.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{betwixt, cases, run, tree, words};

/// A small site, with these files besides.
fn site(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    cases::write(root.path(), &cases::of(&files));
    root
}

/// A small site with one warning.
fn doubtful_site() -> TempDir {
    site(&[("content/practices/walking.md", "---\ntitle: Walking\n---\nTry [this] (../signs/silence.md).\n")])
}

fn page(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join("public").join(name)).expect("the page is published")
}

#[test]
fn timings_show_every_stage() {
    let root = site(&[]);
    let shown = words(&run(root.path(), &["build", "--timings"]));
    let table = shown.lines().skip_while(|line| !line.starts_with("stage"));
    let stages: Vec<&str> = table.filter_map(|line| line.split_whitespace().next()).collect();
    let expected = ["stage", "read", "configure", "parse", "assemble", "plan", "render", "publish", "total", "exit"];
    assert_eq!(stages, expected, "{shown}");
    assert!(shown.contains("  3 pages\n"), "{shown}");
}

#[test]
fn colour_is_for_those_who_want_it() {
    let root = doubtful_site();
    let is_coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = betwixt();
        command.arg("check").args(arguments).envs(environment.iter().copied()).current_dir(root.path());
        let shown = words(&command.output().expect("the program runs"));
        assert!(shown.contains("like-a-link"), "{shown}");
        shown.contains('\u{1b}')
    };
    let forced = ("CLICOLOR_FORCE", "1");
    assert!(is_coloured(&["--color", "always"], &[]));
    assert!(is_coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(is_coloured(&[], &[forced]));
    assert!(!is_coloured(&[], &[]), "nobody is looking");
    assert!(!is_coloured(&[], &[forced, ("NO_COLOR", "1")]));
    assert!(!is_coloured(&["--color", "never"], &[forced]));
}

#[test]
fn a_warning_stops_publishing_only_where_it_is_asked_to() {
    let root = doubtful_site();
    let strict = run(root.path(), &["build", "--strict"]);
    let shown = words(&strict);
    let end = "nothing was published; the site published before is as it was\nexit code 1\n";
    assert!(shown.starts_with("warning[like-a-link]") && shown.ends_with(end), "{shown}");
    assert!(!root.path().join("public").exists());
    assert_eq!(run(root.path(), &["check", "--strict"]).status.code(), Some(1));
    assert_eq!(run(root.path(), &["check"]).status.code(), Some(0));
    assert_eq!(run(root.path(), &["build"]).status.code(), Some(0));
    assert!(page(root.path(), "practices/walking/index.html").contains("[this] (../signs/silence.md)"));
}

#[test]
fn a_site_is_published_for_the_address_that_is_asked_for() {
    let root = site(&[]);
    assert!(run(root.path(), &["build", "--base-url", "https://friends.example/guide/"]).status.success());
    let map = page(root.path(), "sitemap.xml");
    assert!(map.contains("<loc>https://friends.example/guide/practices/walking/</loc>"), "{map}");
    assert!(!map.contains("guide.example"));
    assert!(page(root.path(), "index.html").contains("href=\"/guide/signs/silence/\""));
}

#[test]
fn a_folder_of_somebody_else_is_taken_only_by_force() {
    let root = site(&[]);
    let public = root.path().join("public");
    fs::create_dir(&public).expect("it can be made");
    fs::write(public.join("diary.txt"), "mine").expect("it can be written");
    let refused = run(root.path(), &["build"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused).contains("--force"), "{}", words(&refused));
    assert_eq!(tree(&public).keys().collect::<Vec<_>>(), ["diary.txt"]);
    assert!(run(root.path(), &["build", "--force"]).status.success());
    assert!(public.join("practices/walking/index.html").is_file());
    assert_eq!(page(root.path(), "diary.txt"), "mine");
    assert!(run(root.path(), &["build"]).status.success(), "it is ours from then on");
    assert_eq!(page(root.path(), "diary.txt"), "mine");
}

#[test]
fn programs_read_complaints_on_standard_output() {
    let root = doubtful_site();
    let json = run(root.path(), &["check", "--format", "json"]);
    assert_eq!(words(&json), "exit code 0\n");
    let lines = String::from_utf8(json.stdout).expect("JSON is text");
    let objects: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(objects.len(), 1, "{lines}");
    assert_eq!(objects[0]["code"], "like-a-link");
    assert_eq!(objects[0]["severity"], "warning");
    let github = run(root.path(), &["check", "--format", "github"]);
    let lines = String::from_utf8(github.stdout).expect("it is text");
    assert!(lines.starts_with("::warning file=content/practices/walking.md,line=4,"), "{lines}");
    let listed = run(root.path(), &["list", "--format", "json", "--kind", "sign"]);
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("one page, one object");
    assert_eq!(listed["url"], "/signs/silence/");
}

#[test]
fn a_guide_can_be_named_behind_the_command() {
    let root = site(&[]);
    let name = root.path().to_str().expect("a temporary folder has a plain name");
    let checked = run(Path::new("/"), &["check", name]);
    assert_eq!(words(&checked), "3 pages checked, and nothing is wrong\nexit code 0\n");
    assert_eq!(
        run(Path::new("/"), &["check", name, "--root", name]).status.code(),
        Some(2),
        "one of the two is enough"
    );
}

#[test]
fn a_sarif_log_is_written_where_nothing_is_wrong_too() {
    let root = doubtful_site();
    let log = |root: &Path| {
        let output = run(root, &["check", "--format", "sarif"]);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("it is one JSON value")
    };
    let found = log(root.path());
    assert_eq!(found["runs"][0]["results"][0]["ruleId"], "like-a-link");
    assert!(found["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"].is_string(), "{found}");
    let nothing = log(site(&[]).path());
    assert_eq!(nothing["runs"][0]["results"], serde_json::json!([]));
}

#[test]
#[cfg(unix)]
fn a_second_build_keeps_the_times_and_inodes_of_all_files() {
    use std::os::unix::fs::MetadataExt;

    let root = site(&[]);
    let files = || {
        let public = root.path().join("public");
        let facts = |name: &String| {
            let file = fs::metadata(public.join(name)).expect("it is there");
            (name.clone(), file.ino(), file.modified().expect("Unix tells"))
        };
        tree(&public).keys().map(facts).collect::<Vec<_>>()
    };
    assert!(run(root.path(), &["build"]).status.success());
    let before = files();
    assert!(before.len() > 3);
    assert!(run(root.path(), &["build"]).status.success());
    assert_eq!(before, files());
}

#[test]
fn pages_are_read_in_the_direction_of_their_language() {
    let template =
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\"><p dir=\"{{ site.direction }}\">";
    for (language, direction) in [("he", "rtl"), ("az-Arab", "rtl"), ("de", "ltr")] {
        let configuration =
            format!("language = \"{language}\"\n{}", String::from_utf8_lossy(&cases::base()["site.toml"]));
        let root = site(&[("site.toml", &configuration), ("themes/plain/templates/page.html", template)]);
        let built = run(root.path(), &["build"]);
        assert!(built.status.success(), "{}", words(&built));
        assert!(page(root.path(), "index.html").contains(&format!("<p dir=\"{direction}\">")), "{language}");
    }
}

#[test]
fn a_name_in_parts_is_found_by_a_link_that_is_in_one() {
    let root = site(&[
        ("content/practices/cafe\u{301}.md", "---\ntitle: Sit in a café\n---\nSit.\n"),
        ("content/practices/walking.md", "---\ntitle: Walking\n---\nOr [sit](caf\u{e9}.md), [[caf\u{e9}]].\n"),
    ]);
    let built = run(root.path(), &["build", "--strict"]);
    assert!(built.status.success(), "{}", words(&built));
    let walking = page(root.path(), "practices/walking/index.html");
    assert_eq!(walking.matches("href=\"/practices/caf%C3%A9/\"").count(), 2, "{walking}");
    assert!(root.path().join("public/practices/caf\u{e9}/index.html").is_file());
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("demo");
    assert!(
        betwixt().args(["init", "--kind", "couple"]).arg(&root).output().expect("the program runs").status.success()
    );
    fs::write(root.join("content/odd.md"), "---\ntitle: Odd\n---\n[a] (../b.md)\n").expect("it can be written");
    for arguments in
        [&["list"][..], &["explain"], &["explain", "like-a-link"], &["check", "--format", "json"], &["man"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output =
            betwixt().args(arguments).arg("--root").arg(&root).stdout(full).output().expect("the program runs");
        assert_eq!(
            words(&output),
            "error: the result cannot be written: No space left on device (os error 28)\nexit code 1\n",
            "{arguments:?}"
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for arguments in [&["list"][..], &["explain"], &["man"], &["completions", "bash"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output =
            betwixt().args(arguments).arg("--root").arg(root).stdout(writer).output().expect("the program runs");
        assert_eq!(words(&output), "exit code 0\n", "{arguments:?}");
    }
}

#[test]
fn templates_that_call_each_other_without_end_or_too_deeply_are_named() {
    let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">\n";
    let said = |template: &str, others: &[(&str, &str)]| {
        let page = format!("{page}{template}");
        let root = site(&[&[("themes/plain/templates/page.html", &*page)], others].concat());
        let shown = words(&run(root.path(), &["check"]));
        assert!(shown.ends_with("error: 1 error in 1 file\nexit code 1\n"), "{shown}");
        shown
    };
    let nest = [
        (
            "themes/plain/templates/nest.html",
            "{% component nest() %}{% include \"inner.html\" %}{% endcomponent nest %}",
        ),
        ("themes/plain/templates/inner.html", "<div>{{ <nest /> }}</div>"),
    ];
    assert!(said("{{ <nest /> }}", &nest).contains("maximum render recursion depth for components exceeded"));
    let blocks = (0..31).fold(String::new(), |inside, i| format!("{{% block b{i} %}}{inside}{{% endblock %}}"));
    let shown = said("{% include \"blocks.html\" %}", &[("themes/plain/templates/blocks.html", &blocks)]);
    assert!(shown.contains("templates ask for each other too deeply: `page.html` → `blocks.html`\n"), "{shown}");
}
