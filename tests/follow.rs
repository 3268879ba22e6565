//! `watch` and `serve` as an author meets them: started on anything, broken, mended, stopped.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]
#![cfg(target_os = "linux")]

#[path = "storm/edits.rs"]
mod edits;
#[path = "terminal/interrupted.rs"]
mod interrupted;
#[path = "storm/programs.rs"]
#[expect(dead_code, reason = "the storm measures more")]
mod programs;
#[path = "storm/world.rs"]
#[expect(dead_code, reason = "the storm does more to it")]
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use betwixt::base::Drafts;
use programs::{Running, Server, Watcher, get};
use world::{World, note};

/// Waits until something is so; far longer than it takes.
#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Waits until the folder holds what a clean build gives.
#[track_caller]
fn until_published(watcher: &Watcher, world: &World) {
    let files = world.clean_build(Drafts::Leave).expect("it can be built");
    until("the folder is as a clean build makes it", || watcher.compare(&files).is_ok());
}

/// Waits until the server shows what a clean build gives.
#[track_caller]
fn until_served(server: &mut Server, world: &World) {
    let files = world.clean_build(Drafts::Include).expect("it can be built");
    until("the server shows what a clean build gives", || server.compare(&files).is_ok());
}

/// The answer to a question about a path.
fn ask(server: &Server, path: &str) -> (u16, String) {
    let mut line = TcpStream::connect(server.address).expect("it listens");
    let (status, body) = get(&mut line, path).expect("it answers");
    (status, String::from_utf8_lossy(&body).into_owned())
}

const PAGE: &str = "content/signs/talking-past-each-other.md";

#[test]
fn a_broken_start_publishes_nothing_and_mending_it_does() {
    let world = World::new(1);
    let text = world.read(PAGE);
    world.write(PAGE, &text.replace("title:", "titel:"));
    let watcher = Watcher::start(&world, &[]);
    until("it says what is wrong", || watcher.running.words().contains("did you mean `title`?"));
    until("it says what became of it", || watcher.running.words().contains("nothing was published"));
    assert!(!world.output().exists());
    world.write(PAGE, &text);
    until_published(&watcher, &world);
}

#[test]
fn a_mistake_leaves_the_published_site_and_is_told_once() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    let good = world.clean_build(Drafts::Leave).expect("it can be built");
    let text = world.read(PAGE);
    world.write(PAGE, &text.replace("title:", "titel:"));
    until("it says what is wrong", || watcher.running.words().contains("did you mean `title`?"));
    let (note, other) = (note(1), note(2));
    world.write(&note, "---\ntitle: Changed\n---\nChanged.\n");
    world.write(&other, "---\ntitle: Changed too\ndraft: yes\n---\nChanged.\n");
    until("it says what else is wrong", || watcher.running.words().contains("draft"));
    let words = watcher.running.words();
    assert_eq!(words.matches("did you mean `title`?").count(), 2, "once, and again beside the other mistake: {words}");
    assert_eq!(watcher.compare(&good), Ok(()));
    world.write(&other, "---\ntitle: Changed too\n---\nChanged.\n");
    world.write(PAGE, &text);
    until_published(&watcher, &world);
    // Nobody looks at a terminal here, so there are lines for the start, the mistake and its end alone.
    until("it tells of the end", || builds(&watcher) == 3);
}

#[test]
fn watch_notes_no_addresses_and_says_so_once() {
    let world = World::new(1);
    let settings = world.read("site.toml");
    let address = settings.lines().find(|line| line.starts_with("base_url = ")).expect("it has an address");
    world.write("site.toml", &settings.replace(address, "base_url = \"https://nearer.guide/\""));
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    world.write(note(1), "---\ntitle: Changed\n---\n## Half a head\n");
    until_published(&watcher, &world);
    // What is told of a build comes after it: a mistake shows that the one before is told.
    world.write(note(1), "---\ntitel: Changed\n---\n");
    until("it says what is wrong", || watcher.running.words().contains("did you mean `title`?"));
    let words = watcher.running.words();
    let told = "new addresses are not noted in `urls.lock` while you write; `betwixt build` notes them";
    assert_eq!(words.matches(told).count(), 1, "{words}");
    assert!(!world.root().join("urls.lock").exists());
}

/// What the complaint names, and what is done to a guide.
type Spoil = (&'static str, fn(&World));

#[test]
fn serve_starts_with_anything_and_recovers() {
    let spoilt: [Spoil; 6] = [
        ("site.toml", |world| fs::remove_file(world.path("site.toml")).expect("removed")),
        ("site.toml", |world| world.write("site.toml", "title = <script>alert(1)</script>")),
        ("page.html", |world| world.write("themes/small/templates/page.html", "{{ page.title <b>")),
        ("theme", |world| fs::rename(world.path("themes"), world.path("other")).expect("renamed")),
        ("content", |world| fs::rename(world.path("content"), world.path("other")).expect("renamed")),
        ("titel", |world| {
            for page in pages(&world.path("content")) {
                let text = fs::read_to_string(&page).expect("it is there");
                fs::write(page, text.replace("title:", "titel:")).expect("written");
            }
        }),
    ];
    for (named, spoil) in spoilt {
        let world = World::new(1);
        let whole = snapshot(&world.root());
        spoil(&world);
        let mut server = Server::start(&world, &[]);
        let (status, body) = ask(&server, "");
        let is_told = server.running.words().contains(named) && (status == 200 || body.contains(named));
        assert!(is_told, "{named}: {status} {body}\n{}", server.running.words());
        assert!(!body.contains("<script>alert"), "{body}");
        for (path, (bytes, _)) in whole {
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders");
            fs::write(path, bytes).expect("written");
        }
        until_served(&mut server, &world);
    }
}

/// A loop within a loop that does not come to an end while a test waits, in a page that is sound else.
const ENDLESS: &str = "{% extends \"base.html\" %}\n{% block main %}{% set a = range(end=90000) %}{{ [x for x in a if [y for y in a if y == -1]] | length }}{{ <safety /> }}{% endblock %}\n";
const TEMPLATE: &str = "themes/small/templates/page.html";
const GIVEN_UP: &str = "\
error[endless-template]: this template has not come to an end after 1 second for one page
--> themes/small/templates/page.html
 = help: look for loops and lists within each other, and let each go over less
note: while this page was shown
--> content/PAGE

error: 1 error in 1 file
nothing was published; the site published before is as it was
";
const SHORT: [&str; 2] = ["--template-timeout", "1000"];

#[test]
fn a_build_gives_an_endless_template_up_and_publishes_nothing() {
    let world = World::new(1);
    let build = || Running::start(&world, &[&["build"], &SHORT[..]].concat());
    assert_eq!(build().wait().0, Some(0));
    let good = snapshot(&world.output());
    world.write(TEMPLATE, ENDLESS);
    let running = build();
    let (code, said) = running.wait();
    let page = said.lines().find_map(|line| line.strip_prefix("--> content/")).unwrap_or_default();
    assert_eq!((code, &*said.replace(page, "PAGE")), (Some(1), GIVEN_UP));
    assert_eq!(snapshot(&world.output()), good);
    world.write(TEMPLATE, &ENDLESS.replace("90000", "9"));
    assert_eq!(build().wait().0, Some(0), "no lock is left");
}

#[test]
fn serve_gives_an_endless_template_up_again_and_again_and_shows_what_is_mended() {
    let world = World::new(1);
    let text = world.read(TEMPLATE);
    let mut server = Server::start(&world, &SHORT);
    until_served(&mut server, &world);
    for turn in 1..=3 {
        world.write(TEMPLATE, &ENDLESS.replace("<h1>", &format!("{turn}")).replace("-1", &format!("-{turn}")));
        until("it says so", || server.running.words().matches("error[endless-template]").count() == turn);
        assert_eq!(server.running.words().contains("start this program again"), turn == 3);
        assert!(ask(&server, "").1.contains("</html>"), "the site is shown as it was");
        world.write(TEMPLATE, &text.replace("Turn 0", &format!("Turn {turn}")));
        until_served(&mut server, &world);
    }
}

#[test]
fn watch_gives_an_endless_template_up_and_publishes_what_is_mended() {
    let world = World::new(1);
    let text = world.read(TEMPLATE);
    world.write(TEMPLATE, ENDLESS);
    let watcher = Watcher::start(&world, &SHORT);
    until("it says so", || watcher.running.words().contains("error[endless-template]"));
    assert!(!world.output().exists());
    world.write(TEMPLATE, &text);
    until_published(&watcher, &world);
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    snapshot(folder).into_keys().filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

/// All files below a folder, with their bytes and times.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it is there").path();
        if path.is_dir() {
            found.append(&mut snapshot(&path));
        } else {
            let modified = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("it is there");
            found.insert(path.clone(), (fs::read(&path).expect("it can be read"), modified));
        }
    }
    found
}

/// D25: neither the sources nor what was published is touched.
#[test]
fn serve_writes_nothing() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    assert_eq!(watcher.running.interrupt(), Some(130));
    let mut server = Server::start(&world, &[]);
    world.write(PAGE, &world.read(PAGE).replace("title:", "titel:"));
    until("it says what is wrong", || server.running.words().contains("titel"));
    world.write(PAGE, &world.read(PAGE).replace("titel:", "title:"));
    let before = snapshot(&world.root());
    until_served(&mut server, &world);
    world.write(note(1), "---\ntitle: Changed\n---\nChanged.\n");
    until_served(&mut server, &world);
    let mut after = snapshot(&world.root());
    let note = world.path(note(1));
    assert_eq!(server.running.interrupt(), Some(130));
    after.insert(note.clone(), before[&note].clone());
    assert!(before == after, "{:?}", after.keys().collect::<Vec<_>>());
}

/// D02, D03, D04: nothing is served but what was built, wherever links lead.
#[test]
fn sources_and_what_lies_beside_are_not_served() {
    let world = World::new(1);
    fs::write(world.beside("secret.txt"), "canary").expect("written");
    world.write(".env", "canary");
    world.write(".git/config", "canary");
    world.write("static/.hidden", "canary");
    symlink(world.beside("secret.txt"), world.path("static/out.txt")).expect("linked");
    symlink(world.beside(""), world.path("static/folder")).expect("linked");
    let server = Server::start(&world, &[]);
    fs::create_dir_all(world.output()).expect("made");
    symlink(world.beside("secret.txt"), world.output().join("planted.txt")).expect("linked");
    let paths = [
        "out.txt",
        "folder/secret.txt",
        "planted.txt",
        "public/planted.txt",
        ".env",
        ".git/config",
        ".hidden",
        "site.toml",
        "content/_index.md",
        "static/notes.txt",
        "themes/small/theme.toml",
        "secret.txt",
        "../secret.txt",
        "..%2fsecret.txt",
        ".betwixt",
    ];
    for path in paths {
        let (status, body) = ask(&server, path);
        assert!(status != 200 && !body.contains("canary"), "{path}: {status}");
    }
    assert_eq!(ask(&server, "notes.txt").0, 200);
}

/// D20: the kernel says where it listens.
#[test]
fn it_listens_on_this_computer_alone() {
    let world = World::new(1);
    let server = Server::start(&world, &[]);
    let port = format!(":{:04X}", server.address.port());
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let table = fs::read_to_string(table).unwrap_or_default();
        let listening =
            table.lines().filter_map(|line| line.split_whitespace().nth(1)).filter(|at| at.ends_with(&port));
        assert!(listening.into_iter().all(|at| at.starts_with("0100007F")), "{table}");
    }
}

/// D24: a taken port is said, and another is named.
#[test]
fn a_taken_port_leads_to_another() {
    let world = World::new(1);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let running = Running::start(&world, &["serve", "--port", &port]);
    until("it names another", || running.words().contains(&format!("port {port} is taken, so it is ")));
}

/// D28: Ctrl-C ends it, though browsers are connected; the port is free, and what was published is there.
#[test]
fn an_interrupt_ends_it_and_frees_the_port() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    assert_eq!(watcher.running.interrupt(), Some(130));
    let published = snapshot(&world.output());
    let server = Server::start(&world, &[]);
    let address = server.address;
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\n").expect("half a request is sent");
    assert_eq!(server.running.interrupt(), Some(130));
    drop(TcpListener::bind(address).expect("the port is free"));
    assert!(published == snapshot(&world.output()));
}

#[test]
fn without_news_of_the_system_changes_are_found_by_reading() {
    let mut world = World::new(1);
    let watcher = Watcher::start(&world, &["--poll"]);
    let mut server = Server::start(&world, &["--poll"]);
    for _ in 0..3 {
        let path = world.some_page();
        let text = world.edited(&path);
        world.write(&path, &text);
        until_published(&watcher, &world);
        until_served(&mut server, &world);
    }
    let note = world.some_note();
    fs::rename(world.path(&note), world.path("content/notes/moved.md")).expect("renamed");
    until_published(&watcher, &world);
    until_served(&mut server, &world);
    // It was asked for, so that there is nothing to be said.
    assert!(!watcher.running.words().contains("warning"), "{}", watcher.running.words());
}

#[test]
fn the_whole_folder_may_go_away_and_come_back() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    let mut server = Server::start(&world, &[]);
    until_published(&watcher, &world);
    until_served(&mut server, &world);
    fs::rename(world.root(), world.beside("away")).expect("moved");
    until("it says that the folder is gone", || server.running.words().contains("cannot be entered"));
    fs::rename(world.beside("away"), world.root()).expect("moved");
    world.write(note(1), "---\ntitle: Back\n---\nBack.\n");
    until_published(&watcher, &world);
    until_served(&mut server, &world);
    world.write(note(1), "---\ntitle: Back again\n---\nBack.\n");
    until_published(&watcher, &world);
}

#[test]
fn drafts_are_served_with_a_banner_and_not_published() {
    let world = World::new(1);
    world.write(note(1), "---\ntitle: Unripe\ndraft: true\n---\nNot yet.\n");
    let watcher = Watcher::start(&world, &[]);
    let server = Server::start(&world, &[]);
    until_published(&watcher, &world);
    assert!(!world.output().join("notes/note-1").exists());
    let (status, body) = ask(&server, "notes/note-1/");
    assert_eq!(status, 200);
    assert!(body.contains("Draft."), "{body}");
}

/// A file with two names is written by the other one, and a link leads to a folder that is no source: both without a word
/// from the system.
#[test]
fn what_the_system_does_not_tell_is_found_a_little_later() {
    let world = World::new(1);
    fs::hard_link(world.path(note(1)), world.beside("other.md")).expect("linked");
    world.write("drawer/calm.md", "---\ntitle: Calm\n---\nCalm.\n");
    symlink("../drawer/calm.md", world.path("content/calm.md")).expect("linked");
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    fs::write(world.beside("other.md"), "---\ntitle: Other\n---\nOther.\n").expect("written");
    until_published(&watcher, &world);
    world.write("drawer/calm.md", "---\ntitle: Calmer\n---\nCalm.\n");
    until_published(&watcher, &world);
}

/// However an editor saves, the site is built once, and not at all if nothing is different.
#[test]
fn a_save_is_one_build() {
    let mut world = World::new(1);
    let watcher = Watcher::start(&world, &["-v"]);
    let names =
        ["write in place", "atomic save", "save by Vim", "save by Emacs", "save by a JetBrains editor", "touch only"];
    for name in names {
        let (_, edit) = edits::EDITS.iter().find(|(known, _)| *known == name).expect("it is among the edits");
        let expected = usize::from(name != "touch only");
        // On a busy machine an editor may be kept waiting in the middle of its save.
        let is_one = (0..5).any(|_| {
            until_published(&watcher, &world);
            let before = builds(&watcher);
            edit(&mut world);
            until_published(&watcher, &world);
            let turn = world.turn();
            world.write("static/notes.txt", &format!("a mark that all before it is done: {turn}\n"));
            until_published(&watcher, &world);
            until("it tells of the mark", || builds(&watcher) > before + expected);
            builds(&watcher) == before + expected + 1
        });
        assert!(is_one, "{name}: {}", watcher.running.words());
    }
}

/// How many builds were told.
fn builds(watcher: &Watcher) -> usize {
    watcher.running.words().lines().filter(|line| line.ends_with(" ms)")).count()
}

/// D11, D22: whatever is sent, memory and descriptors come back.
#[test]
fn connections_leave_nothing_behind() {
    let world = World::new(1);
    let mut server = Server::start(&world, &[]);
    until_served(&mut server, &world);
    let (descriptors, memory) = (server.running.descriptors(), server.running.memory());
    for _ in 0..1000 {
        drop(TcpStream::connect(server.address).expect("it listens"));
    }
    let crowd: Vec<_> = (0..300).map(|_| TcpStream::connect(server.address).expect("it listens")).collect();
    until_served(&mut server, &world);
    drop(crowd);
    let long = vec![b'a'; 4 << 20];
    let many = b"X: y\r\n".repeat(50_000);
    for (before, endless) in [("GET / HTTP/1.1\r\nX: ", &long), ("GET /", &long), ("GET / HTTP/1.1\r\n", &many)] {
        for _ in 0..8 {
            let mut line = TcpStream::connect(server.address).expect("it listens");
            // It hangs up in the middle.
            let _ = line.write_all(before.as_bytes()).and_then(|()| line.write_all(endless));
        }
    }
    until_served(&mut server, &world);
    until("all connections are closed", || server.running.descriptors() <= descriptors + 1);
    let grown = server.running.memory().saturating_sub(memory);
    assert!(grown < 32 * 1024, "{grown} KiB more than before");
}

#[test]
fn a_new_kind_is_built_as_soon_as_it_is_declared() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    world.write("content/rituals/sunday.md", "---\ntitle: Sunday\n---\nTogether.\n");
    until_published(&watcher, &world);
    let kinds = "\n[kinds.ritual]\nfolder = \"rituals\"\nfields.day = { type = \"text\", required = true }\n";
    world.write("site.toml", &(world.read("site.toml") + kinds));
    until("it asks for what the kind asks for", || watcher.running.words().contains("`day`"));
    world.write("content/rituals/sunday.md", "---\ntitle: Sunday\nday: Sunday\n---\nTogether.\n");
    until_published(&watcher, &world);
}

#[test]
fn what_another_build_published_is_left_and_said() {
    let world = World::new(1);
    world.write(note(1), "---\ntitle: Unripe\ndraft: true\n---\nNot yet.\n");
    let watcher = Watcher::start(&world, &["--drafts"]);
    let draft = world.output().join("notes/note-1/index.html");
    until("the draft is there", || draft.exists());
    let built = Running::start(&world, &["build"]);
    until("the build is done", || built.words().contains("removed"));
    until("it is said", || watcher.running.words().contains("another build has published"));
    assert!(!draft.exists());
}

/// Between two edits that exchange the whole folder: nothing but what these change is looked at before they are published.
#[test]
fn what_others_do_to_the_published_folder_is_mended_named_and_kept_when_edits_pause() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    let published = |number: usize| world.output().join(format!("notes/note-{number}/index.html"));
    let theirs = world.output().join("notes/theirs.txt");
    for turn in 0..3 {
        fs::write(world.beside("new.html"), format!("by somebody, {turn}")).expect("written");
        fs::rename(world.beside("new.html"), published(1)).expect("renamed");
        fs::remove_file(published(2)).expect("removed");
        fs::write(&theirs, "mine").expect("written");
        world.write(note(3), &format!("---\ntitle: Turn {turn}\n---\nAnother title.\n"));
        until("the title is there", || {
            fs::read_to_string(published(3)).is_ok_and(|text| text.contains(&format!("Turn {turn}")))
        });
        until("the file of somebody else is there", || fs::read_to_string(&theirs).is_ok_and(|text| text == "mine"));
        let files = world.clean_build(Drafts::Leave).expect("it can be built");
        until("the folder is as a clean build makes it", || {
            let _ = fs::remove_file(&theirs);
            watcher.compare(&files).is_ok()
        });
        let name = if turn == 0 { "index.html".to_owned() } else { format!("index.html.{}", turn + 1) };
        let kept = world.path(".public.betwixt/edited/notes/note-1").join(name);
        until("what somebody made of a file is kept", || {
            fs::read_to_string(&kept).is_ok_and(|text| text == format!("by somebody, {turn}"))
        });
    }
    let named = "somebody had edited the published file `notes/note-1/index.html`";
    until("it is named", || watcher.running.words().matches(named).count() == 3);
}

#[test]
fn a_file_that_is_written_all_the_time_hides_no_mistake() {
    let world = World::new(1);
    let server = Server::start(&world, &[]);
    world.write(PAGE, &world.read(PAGE).replace("title:", "titel:"));
    let mut turn = 0;
    until("it says what is wrong", || {
        turn += 1;
        world.write("static/now.txt", &turn.to_string());
        server.running.words().contains("did you mean `title`?")
    });
}

/// Links to folders are not followed when sources are read, and must not be when they are watched.
#[test]
fn folders_behind_links_are_not_watched() {
    let world = World::new(1);
    for number in 0..200 {
        fs::create_dir_all(world.beside(&format!("shelf/{number}"))).expect("made");
    }
    symlink(world.beside("shelf"), world.path("content/.shelf")).expect("linked");
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    assert!((5..100).contains(&watcher.running.watches()), "{}", watcher.running.watches());
}

#[test]
fn trouble_is_told_each_time_and_so_is_its_end() {
    let world = World::new(1);
    let watcher = Watcher::start(&world, &[]);
    until_published(&watcher, &world);
    for time in 1..=2 {
        fs::remove_dir_all(world.output()).expect("removed");
        fs::write(world.output(), "in the way").expect("written");
        until("it says what is in the way", || watcher.running.words().matches("error:").count() == time);
        fs::remove_file(world.output()).expect("removed");
        until_published(&watcher, &world);
        until("it says that it is over", || watcher.running.words().matches("all is well again").count() == time);
    }
}

#[test]
fn an_interrupted_edit_is_named_and_publishes_nothing_until_it_is_ended() {
    let world = World::new(1);
    interrupted::interrupt(&world.root());
    let before = snapshot(&world.root());
    let watcher = Watcher::start(&world, &[]);
    until("watch names it", || watcher.running.words().starts_with(&format!("warning: {}", interrupted::PENDING)));
    until("watch says why it publishes nothing", || {
        watcher.running.words().contains(&format!("error: {}", interrupted::PENDING))
    });
    let mut server = Server::start(&world, &[]);
    assert!(server.running.words().starts_with(&format!("warning: {}", interrupted::PENDING)));
    assert_eq!(snapshot(&world.root()), before, "who only watches or serves writes nothing");
    let fixed = std::process::Command::new(env!("CARGO_BIN_EXE_betwixt"))
        .args(["check", "--fix", "--root"])
        .arg(world.root())
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&fixed.stderr).starts_with("an interrupted edit of 2 files is finished\n"));
    until_published(&watcher, &world);
    until_served(&mut server, &world);
}

#[test]
fn the_configuration_may_be_named_in_many_ways() {
    let world = World::new(1);
    let absolute = world.path("site.toml");
    for name in ["./site.toml", absolute.to_str().expect("it is text")] {
        let watcher = Watcher::start(&world, &["--config", name, "-v"]);
        until_published(&watcher, &world);
        until("it has begun", || builds(&watcher) == 1);
        world.write("site.toml", &world.read("site.toml").replace("title = \"", "title = \"Another: "));
        until("it is noticed at once, as a file that was named", || builds(&watcher) == 2);
        until_published(&watcher, &world);
    }
}

#[test]
fn what_drafts_would_stop_is_told_while_they_are_shown() {
    let world = World::new(1);
    let mut server = Server::start(&world, &[]);
    let path = "content/practices/ten-minutes.md";
    world.write(path, &world.read(path).replacen("title:", "draft: true\ntitle:", 1));
    until("it says what stands against publishing", || server.running.words().contains("cannot be published before"));
    assert!(!server.running.words().contains("error"), "{}", server.running.words());
    until_served(&mut server, &world);
}

#[test]
fn a_folder_that_is_gone_is_told_on_the_page() {
    let world = World::new(1);
    let server = Server::start(&world, &[]);
    let page = hear_from(&server, "/", "Accept: text/html\r\n", "</html>");
    let seen = page.split("data-seen=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("it is woven in");
    let stream = format!("/__betwixt/events?page=/&seen={seen}");
    let away = world.beside("away");
    hear_from(&server, &stream, "", "\"has_errors\":false");
    fs::rename(world.root(), &away).expect("moved");
    hear_from(&server, &stream, "", "cannot be entered");
    fs::rename(away, world.root()).expect("moved");
    until("it is gone from the page", || {
        hear_from(&server, &stream, "", "\"has_errors\":").contains("Your guide is on its way")
    });
}

/// What is answered, up to a word.
fn hear_from(server: &Server, path: &str, headers: &str, word: &str) -> String {
    let mut line = TcpStream::connect(server.address).expect("it listens");
    line.set_read_timeout(Some(Duration::from_secs(30))).expect("a time");
    write!(line, "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", server.address).expect("asked");
    let mut told = String::new();
    let mut buffer = [0; 4096];
    while !told.contains(word) {
        let read = line.read(&mut buffer).expect("it goes on");
        assert!(read > 0, "it ended: {told}");
        told.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
    told
}
