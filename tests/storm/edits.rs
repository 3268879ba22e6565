//! What people and their editors do to files.

use std::fs::{self, File, FileTimes};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::world::{World, note, note_text};

/// An edit, and how it is done.
pub type Edit = (&'static str, fn(&mut World));

/// All of them.
pub const EDITS: [Edit; 33] = [
    ("write in place", write_in_place),
    ("slow half write", slow_half_write),
    ("atomic save", atomic_save),
    ("save by Vim", vim_save),
    ("save by Emacs", emacs_save),
    ("a lock of Emacs that stays", emacs_lock),
    ("save by a JetBrains editor", jetbrains_save),
    ("twenty saves in a row", twenty_saves),
    ("new page", new_page),
    ("new folders and a file in them at once", new_folders),
    ("deleted page", deleted_page),
    ("renamed page", renamed_page),
    ("two pages swapped", swapped_pages),
    ("folder renamed", folder_renamed),
    ("folder moved out and in again", folder_out_and_in),
    ("folder deleted and made again", folder_made_again),
    ("the whole content folder replaced", content_replaced),
    ("template edited", template_edited),
    ("template saved atomically", template_saved_atomically),
    ("configuration edited", configuration_edited),
    ("configuration saved atomically", configuration_saved_atomically),
    ("static file added", static_added),
    ("static file changed", static_changed),
    ("static file removed", static_removed),
    ("bulk change", bulk_change),
    ("git checkout", git_checkout),
    ("touch only", touch_only),
    ("same size and time, other bytes", same_size_and_time),
    ("a broken save, then its fix", broken_then_fixed),
    ("a broken template, then its fix", broken_template_then_fixed),
    ("an empty file, then its text", empty_then_text),
    ("an output file deleted", output_deleted),
    ("an edit during a rebuild", edit_during_rebuild),
];

/// Longer than any program waits for the rest of a save.
const LONG: Duration = Duration::from_millis(600);

fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// Between the steps of a save, as long as an editor may take.
const STEP: Duration = Duration::from_millis(8);

/// Writes in place, step by step: the file is emptied first.
fn rewrite(world: &World, path: &str, text: &str) {
    let mut file = File::create(world.path(path)).expect("opened");
    pause(STEP);
    file.write_all(text.as_bytes()).expect("written");
}

/// Writes beside and renames, as careful programs do.
fn replace(world: &World, path: &str, text: &str) {
    let (path, beside) = (world.path(path), world.path(format!("{path}.tmp")));
    fs::write(&beside, text).expect("written");
    fs::rename(beside, path).expect("renamed");
}

fn write_in_place(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    rewrite(world, &path, &text);
}

fn slow_half_write(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    let (half, rest) = text.split_at(text.len() / 2);
    let mut file = File::create(world.path(&path)).expect("opened");
    file.write_all(half.as_bytes()).expect("written");
    pause(LONG);
    file.write_all(rest.as_bytes()).expect("written");
}

fn atomic_save(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    replace(world, &path, &text);
}

fn vim_save(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    let folder = Path::new(&path).parent().expect("it has one").to_owned();
    world.write(folder.join("4913"), "");
    fs::remove_file(world.path(folder.join("4913"))).expect("removed");
    world.write(folder.join(".page.md.swp"), "swap");
    fs::rename(world.path(&path), world.path(format!("{path}~"))).expect("renamed");
    pause(STEP);
    rewrite(world, &path, &text);
    fs::remove_file(world.path(format!("{path}~"))).expect("removed");
    fs::remove_file(world.path(folder.join(".page.md.swp"))).expect("removed");
}

fn emacs_save(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    let (folder, name) = path.rsplit_once('/').expect("it lies in a folder");
    world.write(format!("{folder}/#{name}#"), &text);
    fs::rename(world.path(&path), world.path(format!("{path}~"))).expect("renamed");
    pause(STEP);
    rewrite(world, &path, &text);
    fs::remove_file(world.path(format!("{folder}/#{name}#"))).expect("removed");
}

fn emacs_lock(world: &mut World) {
    let path = world.some_page();
    let (folder, name) = path.rsplit_once('/').expect("it lies in a folder");
    let lock = world.path(format!("{folder}/.#{name}"));
    let _ = fs::remove_file(&lock);
    symlink("author@desk.4711:1", lock).expect("linked");
    let text = world.edited(&path);
    world.write(&path, &text);
}

fn jetbrains_save(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    let (new, old) = (format!("{path}___jb_tmp___"), format!("{path}___jb_old___"));
    world.write(&new, &text);
    fs::rename(world.path(&path), world.path(&old)).expect("renamed");
    pause(STEP);
    fs::rename(world.path(new), world.path(&path)).expect("renamed");
    fs::remove_file(world.path(old)).expect("removed");
}

fn twenty_saves(world: &mut World) {
    let path = world.some_page();
    for _ in 0..20 {
        let text = world.edited(&path);
        world.write(&path, &text);
        pause(Duration::from_millis(3));
    }
}

fn new_page(world: &mut World) {
    let number = world.turn();
    let path = note(number);
    let text = note_text(number);
    world.write(path, &text);
}

fn new_folders(world: &mut World) {
    let turn = world.turn();
    world.write(format!("content/new-{turn}/deep/er/page.md"), &format!("---\ntitle: Deep {turn}\n---\nDeep.\n"));
}

fn deleted_page(world: &mut World) {
    let path = world.some_note();
    fs::remove_file(world.path(path)).expect("removed");
}

fn renamed_page(world: &mut World) {
    let path = world.some_note();
    let turn = world.turn();
    fs::rename(world.path(path), world.path(note(turn))).expect("renamed");
}

fn swapped_pages(world: &mut World) {
    let (one, other) = (world.some_note(), world.some_note());
    if one != other {
        let between = world.beside("between");
        fs::rename(world.path(&one), &between).expect("renamed");
        fs::rename(world.path(&other), world.path(&one)).expect("renamed");
        fs::rename(between, world.path(other)).expect("renamed");
    }
}

fn folder_renamed(world: &mut World) {
    let turn = world.turn();
    let name = format!("content/things-{turn}");
    world.write(format!("{name}/page.md"), &format!("---\ntitle: Thing {turn}\n---\nA thing.\n"));
    pause(Duration::from_millis(30));
    fs::rename(world.path(&name), world.path(format!("{name}-again"))).expect("renamed");
    // What is written into it later must be noticed too.
    pause(Duration::from_millis(30));
    world.write(format!("{name}-again/page.md"), &format!("---\ntitle: Thing {turn} again\n---\nA thing.\n"));
}

fn folder_out_and_in(world: &mut World) {
    world.some_note();
    fs::rename(world.path("content/notes"), world.beside("notes")).expect("moved");
    if world.random.below(2) == 0 {
        pause(LONG);
    }
    fs::rename(world.beside("notes"), world.path("content/notes")).expect("moved");
    write_in_place(world);
}

fn folder_made_again(world: &mut World) {
    fs::remove_dir_all(world.path("content/notes")).expect("removed");
    if world.random.below(2) == 0 {
        pause(LONG);
    }
    let turn = world.turn();
    world.write("content/notes/_index.md", &format!("---\ntitle: Notes {turn}\n---\nOf all sorts.\n"));
    new_page(world);
}

fn content_replaced(world: &mut World) {
    let (new, old) = (world.beside("new"), world.beside("old"));
    let copied = Command::new("cp").arg("-a").arg(world.path("content")).arg(&new).status().expect("it runs");
    assert!(copied.success(), "the folder was copied");
    let turn = world.turn();
    fs::write(new.join(format!("page-{turn}.md")), format!("---\ntitle: Page {turn}\n---\nNew.\n")).expect("written");
    fs::rename(world.path("content"), &old).expect("renamed");
    fs::rename(&new, world.path("content")).expect("renamed");
    fs::remove_dir_all(old).expect("removed");
    pause(Duration::from_millis(30));
    write_in_place(world);
}

fn template(world: &mut World) -> String {
    let turn = world.turn();
    let text = world.read("themes/small/templates/page.html");
    let at = text.find("<p>Turn").expect("it says so");
    let end = text[at..].find("</p>").expect("it ends") + at;
    format!("{}<p>Turn {turn}{}", &text[..at], &text[end..])
}

fn template_edited(world: &mut World) {
    let text = template(world);
    world.write("themes/small/templates/page.html", &text);
}

fn template_saved_atomically(world: &mut World) {
    let text = template(world);
    replace(world, "themes/small/templates/page.html", &text);
}

fn configuration(world: &mut World) -> String {
    let turn = world.turn();
    let text = world.read("site.toml");
    let line = text.lines().find(|line| line.starts_with("description")).expect("it has one").to_owned();
    text.replacen(&line, &format!("description = \"Turn {turn}.\""), 1)
}

fn configuration_edited(world: &mut World) {
    let text = configuration(world);
    world.write("site.toml", &text);
}

fn configuration_saved_atomically(world: &mut World) {
    let text = configuration(world);
    replace(world, "site.toml", &text);
}

fn static_added(world: &mut World) {
    let turn = world.turn();
    world.write(format!("static/some/file-{turn}.txt"), "some file\n");
}

fn static_changed(world: &mut World) {
    let turn = world.turn();
    world.write("static/notes.txt", &format!("notes {turn}\n"));
    world.write("themes/small/assets/small.css", &format!("p {{ margin: {turn}px }}\n"));
}

fn static_removed(world: &mut World) {
    let some = fs::read_dir(world.path("static/some")).into_iter().flatten().flatten().next();
    match some {
        Some(entry) => fs::remove_file(entry.path()).expect("removed"),
        None => static_added(world),
    }
}

/// Unlinks, writes, folders that go and come back, templates and pages, all at once.
fn bulk_change(world: &mut World) {
    for _ in 0..4 {
        new_page(world);
    }
    let kept = world.read("content/practices/ten-minutes.md");
    fs::remove_file(world.path("content/practices/ten-minutes.md")).expect("removed");
    deleted_page(world);
    fs::remove_dir_all(world.path("content/notes")).expect("removed");
    template_edited(world);
    world.write("content/notes/_index.md", "---\ntitle: Notes\n---\nOf all sorts.\n");
    for _ in 0..3 {
        new_page(world);
    }
    configuration_edited(world);
    world.write("content/practices/ten-minutes.md", &format!("{kept}\nOnce more.\n"));
}

/// Commits, changes, and checks the first commit out again.
fn git_checkout(world: &mut World) {
    let root = world.root();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(&root).args(["-c", "user.name=Author", "-c", "user.email=author@guide.example"]);
        let output = command.args(arguments).output().expect("git is there");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "site.toml", "content", "static", "themes"]);
    git(&["commit", "--quiet", "--allow-empty", "-m", "one"]);
    for edit in [write_in_place, new_page, deleted_page, template_edited, new_folders, configuration_edited] {
        edit(world);
    }
    git(&["add", "site.toml", "content", "static", "themes"]);
    git(&["commit", "--quiet", "-m", "two"]);
    if world.random.below(2) == 0 {
        pause(Duration::from_millis(100));
    }
    git(&["checkout", "--quiet", "HEAD~1"]);
    fs::remove_dir_all(world.path(".git")).expect("removed");
}

fn touch_only(world: &mut World) {
    let path = world.some_page();
    let file = File::options().append(true).open(world.path(path)).expect("opened");
    file.set_modified(std::time::SystemTime::now()).expect("touched");
}

fn same_size_and_time(world: &mut World) {
    let path = world.some_note();
    let text = world.read(&path);
    let modified = fs::metadata(world.path(&path)).and_then(|metadata| metadata.modified()).expect("it is there");
    let letter = text.trim_end().chars().last().expect("it says something");
    let other = if letter == '.' { "!" } else { "." };
    let mut other_text = text.trim_end().to_owned();
    other_text.truncate(other_text.len() - letter.len_utf8());
    other_text.push_str(other);
    other_text.push_str(&text[text.trim_end().len()..]);
    let mut file = File::options().write(true).open(world.path(&path)).expect("opened");
    file.write_all(other_text.as_bytes()).expect("written");
    file.set_times(FileTimes::new().set_modified(modified)).expect("set back");
}

fn broken_then_fixed(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    world.write(&path, &text.replacen("title:", "titel:", 1));
    pause(LONG);
    world.write(&path, &text);
}

fn broken_template_then_fixed(world: &mut World) {
    let text = template(world);
    world.write("themes/small/templates/page.html", &text.replacen("{{ page.title }}", "{{ page.titel", 1));
    pause(LONG);
    world.write("themes/small/templates/page.html", &text);
}

fn empty_then_text(world: &mut World) {
    let path = world.some_page();
    let text = world.edited(&path);
    world.write(&path, "");
    if world.random.below(2) == 0 {
        pause(LONG);
    }
    world.write(&path, &text);
}

fn output_deleted(world: &mut World) {
    // It may be gone already.
    let _ = fs::remove_file(world.output().join("index.html"));
}

fn edit_during_rebuild(world: &mut World) {
    for _ in 0..3 {
        let path = world.some_page();
        let text = world.edited(&path);
        world.write(&path, &text);
        let time = world.random.below(8_000) as u64;
        pause(Duration::from_micros(time));
    }
}
