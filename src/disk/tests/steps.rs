//! Every step of a publication goes wrong once: after each, one whole site is published, and nothing foreign is lost.

use std::fs;

use super::faulty::{Ability, Fault, Faulty};
use super::{Bench, Meddle, Site, Snapshot, expected, names, site, snapshot};
use crate::disk::publish::{Foreign, Published, publish};

/// What stands there before, and what is published.
struct Scenario {
    name: &'static str,
    /// Published before, in this order.
    before: Vec<Site>,
    /// Done by others after that.
    meddle: Meddle,
    /// What is not ours in the output when the publication begins.
    foreign: Snapshot,
    /// What is published.
    site: Site,
    how: Foreign,
}

const SMALL: [&str; 5] =
    ["=index.html", "=style.css", "signs/listening/index.html", "signs/haste/index.html", "practices/walk/index.html"];

fn foreign(entries: &[(&str, &str)]) -> Snapshot {
    entries.iter().map(|&(path, content)| (path.to_owned(), content.to_owned())).collect()
}

fn scenario(name: &'static str, before: Vec<Site>, site: Site) -> Scenario {
    Scenario { name, before, meddle: |_| {}, foreign: Snapshot::new(), site, how: Foreign::Refuse }
}

fn plain_scenarios() -> Vec<Scenario> {
    let (one, two, three) = (site(&SMALL, "1"), site(&SMALL, "2"), site(&SMALL, "3"));
    let single = {
        let mut single = one.clone();
        single.extend(site(&["signs/haste/index.html"], "single"));
        single
    };
    let shapes = ["a", "b/index.html", "c/d/index.html", "=same/index.html"];
    let other_shapes = ["a/index.html", "b", "c", "=same/index.html", "e/f/index.html"];
    vec![
        scenario("first", vec![], one.clone()),
        Scenario {
            meddle: |bench| fs::create_dir(bench.public()).expect("made"),
            ..scenario("first, into an empty folder", vec![], one.clone())
        },
        scenario("many files, no shadow", vec![one.clone()], two.clone()),
        scenario("many files, shadow", vec![one.clone(), two.clone()], three.clone()),
        scenario("one file", vec![one.clone()], single.clone()),
        scenario("one file, shadow", vec![two.clone(), one.clone()], single.clone()),
        scenario("many files after one file", vec![two.clone(), one.clone(), single], three.clone()),
        scenario("nothing", vec![one.clone(), two.clone()], two.clone()),
        scenario(
            "files become folders and folders files",
            vec![site(&shapes, "1"), site(&shapes, "2")],
            site(&other_shapes, "3"),
        ),
        scenario(
            "three different sets of files",
            vec![site(&["a", "b/c", "=index.html"], "1"), site(&["d/e", "=index.html"], "2")],
            site(&["f/g", "h", "=index.html"], "3"),
        ),
        scenario("and back", vec![site(&shapes, "1"), site(&other_shapes, "2")], site(&shapes, "3")),
        scenario("the site becomes empty", vec![one.clone(), two.clone()], Site::default()),
        Scenario {
            meddle: |bench| fs::remove_dir_all(bench.public()).expect("removed"),
            ..scenario("the output was deleted", vec![one.clone(), two.clone()], three.clone())
        },
        Scenario {
            meddle: |bench| fs::remove_dir_all(bench.home()).expect("removed"),
            ..scenario("the staging folder was deleted", vec![one, two], three)
        },
    ]
}

#[expect(clippy::too_many_lines, reason = "one scenario after the other")]
fn foreign_scenarios() -> Vec<Scenario> {
    let (one, two) = (site(&SMALL, "1"), site(&SMALL, "2"));
    let fewer = site(&["=index.html", "practices/walk/index.html", "new/index.html"], "3");
    let things = foreign(&[
        (".git", "folder"),
        (".git/HEAD", "main"),
        (".git/objects", "folder"),
        (".git/objects/aa", "x"),
        ("CNAME", "nearer.example"),
        ("signs", "folder"),
        ("signs/notes.txt", "mine"),
        ("signs/haste", "folder"),
        ("signs/haste/draft", "folder"),
        ("signs/haste/draft/text", "mine too"),
        ("empty", "folder"),
        ("elsewhere", "-> ../elsewhere"),
    ]);
    let leave_things = |bench: &Bench| {
        bench.write("public/.git/HEAD", "main");
        bench.write("public/.git/objects/aa", "x");
        bench.write("public/CNAME", "nearer.example");
        bench.write("public/signs/notes.txt", "mine");
        bench.write("public/signs/haste/draft/text", "mine too");
        fs::create_dir(bench.path("public/empty")).expect("made");
        bench.link("../elsewhere", "public/elsewhere");
    };
    vec![
        Scenario {
            meddle: leave_things,
            foreign: things.clone(),
            ..scenario("foreign, shadow", vec![one.clone(), two.clone()], fewer.clone())
        },
        Scenario {
            meddle: leave_things,
            foreign: things.clone(),
            ..scenario("foreign, no shadow", vec![one.clone()], two.clone())
        },
        Scenario {
            meddle: leave_things,
            foreign: things,
            how: Foreign::Keep,
            ..scenario("a foreign folder is adopted", vec![], one.clone())
        },
        Scenario {
            meddle: |bench| {
                bench.write("public/CNAME", "nearer.example");
                bench.write("public/.betwixt", "betwixt 1\nCNA");
            },
            foreign: foreign(&[("CNAME", "nearer.example")]),
            ..scenario("the list was torn", vec![one.clone(), two.clone()], fewer.clone())
        },
        Scenario {
            meddle: |bench| {
                bench.write("public/.betwixt", "garbage");
                bench.write(".public.betwixt/tree/.betwixt", "garbage");
            },
            ..scenario("all lists were torn", vec![one.clone(), two.clone()], site(&SMALL, "3"))
        },
        Scenario {
            meddle: |bench| {
                bench.write("elsewhere/listening/index.html", "precious");
                bench.write("elsewhere/text", "precious");
                for tree in ["public", ".public.betwixt/tree"] {
                    fs::remove_dir_all(bench.path(tree).join("signs")).expect("removed");
                    bench.link("../elsewhere", &format!("{tree}/signs"));
                    fs::remove_file(bench.path(tree).join("index.html")).expect("removed");
                    bench.link("../elsewhere/text", &format!("{tree}/index.html"));
                }
            },
            ..scenario("links were planted", vec![one, two], fewer)
        },
    ]
}

/// Publishes with step `fatal` going wrong, checks what stands there, publishes `next` without fault, and checks again.
///
/// Returns whether the fatal step was reached.
fn strike(scenario: &Scenario, disk: &Faulty, after: &Snapshot, (next, in_the_end): (&Site, &Snapshot)) -> bool {
    let bench = Bench::new();
    for site in &scenario.before {
        bench.publish_unflushed(site).expect("published before");
    }
    (scenario.meddle)(&bench);
    let before = bench.published();
    let at = format!("{}, {disk:?}", scenario.name);
    let result = publish(disk, &bench.public(), &scenario.site, scenario.how);
    let now = bench.published();
    match &result {
        Ok(Published { untidy: None, .. }) => assert_eq!(now, *after, "{at}"),
        Ok(_) => assert_eq!(without(&now, scenario), without(after, scenario), "{at}"),
        Err(_) if disk.fault != Fault::Stop => assert_eq!(unlisted(&now), unlisted(&before), "{at}"),
        // A kill between the two steps that stand in for an exchange leaves the old site in the staging folder.
        Err(_) if disk.ability == Ability::NoExchange && now.is_empty() && bench.home().join("old").exists() => {}
        Err(_) => {
            let is_whole = without(&now, scenario) == without(after, scenario) || unlisted(&now) == unlisted(&before);
            assert!(is_whole, "{at}: a mixed site {now:#?}");
        }
    }
    let everywhere: Vec<Snapshot> = ["", "next", "old"].iter().map(|name| snapshot(&bench.home().join(name))).collect();
    for (path, content) in &scenario.foreign {
        let is_there = now.get(path) == Some(content) || everywhere.iter().any(|tree| tree.get(path) == Some(content));
        assert!(is_there, "{at}: `{path}` is lost");
    }

    publish(&Faulty::none(), &bench.public(), next, scenario.how).unwrap_or_else(|error| panic!("{at}: {error}"));
    assert_eq!(bench.published(), *in_the_end, "{at}");
    for name in names(&bench.home()) {
        assert!(
            [".gitignore", "lock", "published", "tree", "edited"].contains(&&*name),
            "{at}: `{name}` was left over"
        );
    }
    for (path, content) in snapshot(&bench.home().join("tree")) {
        assert!(content == "folder" || !scenario.foreign.contains_key(&path), "{at}: `{path}` stayed behind");
        let is_torn = path == ".betwixt" && !content.ends_with("\n.\n");
        let is_published = in_the_end.get(&path) == Some(&content);
        assert!(is_published || is_torn, "{at}: `{path}` lies beside the output and is not published: {content}");
    }
    if let Some(precious) = bench.path("elsewhere/text").exists().then(|| snapshot(&bench.path("elsewhere"))) {
        assert_eq!(precious.len(), 3, "{at}: {precious:?}");
    }
    disk.struck()
}

/// A snapshot without our list, which is mended before anything else if it is torn.
fn unlisted(snapshot: &Snapshot) -> Snapshot {
    snapshot.iter().filter(|(path, _)| *path != ".betwixt").map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// A snapshot without what is not ours.
fn without(snapshot: &Snapshot, scenario: &Scenario) -> Snapshot {
    let is_ours = |path: &str| !scenario.foreign.contains_key(path);
    snapshot.iter().filter(|(path, _)| is_ours(path)).map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// Lets every step go wrong in turn.
fn strike_everywhere(scenario: &Scenario, fault: Fault, ability: Ability) {
    let undone = scenario.before.last().unwrap_or(&scenario.site);
    let third = site(&["=index.html", "signs/haste/index.html", "third/index.html"], "9");
    let after = expected(&scenario.site, &scenario.foreign);
    for next in [&scenario.site, undone, &third] {
        let in_the_end = expected(next, &scenario.foreign);
        let mut fatal = 0;
        while strike(scenario, &Faulty::new(fatal, fault, ability), &after, (next, &in_the_end)) {
            fatal += 1;
        }
    }
}

#[test]
fn whichever_step_fails_one_whole_site_is_published() {
    for scenario in plain_scenarios().iter().chain(&foreign_scenarios()) {
        strike_everywhere(scenario, Fault::Fail, Ability::All);
    }
}

#[test]
fn whichever_step_is_forbidden_one_whole_site_is_published() {
    for scenario in plain_scenarios().iter().chain(&foreign_scenarios()) {
        strike_everywhere(scenario, Fault::Forbid, Ability::All);
    }
}

#[test]
fn whichever_step_is_the_last_before_a_kill_one_whole_site_is_published() {
    for scenario in plain_scenarios().iter().chain(&foreign_scenarios()) {
        strike_everywhere(scenario, Fault::Stop, Ability::All);
    }
}

#[test]
fn the_same_holds_where_folders_cannot_be_exchanged() {
    for scenario in plain_scenarios().iter().chain(&foreign_scenarios()) {
        strike_everywhere(scenario, Fault::Fail, Ability::NoExchange);
        strike_everywhere(scenario, Fault::Stop, Ability::NoExchange);
    }
}

#[test]
fn the_same_holds_where_files_cannot_have_two_names() {
    for scenario in plain_scenarios().iter().chain(&foreign_scenarios()) {
        strike_everywhere(scenario, Fault::Fail, Ability::NoLinks);
        strike_everywhere(scenario, Fault::Stop, Ability::NoLinks);
    }
}
