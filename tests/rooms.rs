//! The rooms of `src/` stand in one order, and each uses only those above it.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 19] = [
    "base",
    "syntax",
    "site",
    "content",
    "guide",
    "search",
    "offline",
    "portable",
    "views",
    "theme",
    "book",
    "cures",
    "pipeline",
    "report",
    "disk",
    "link_checker",
    "watch",
    "serve",
    "cli",
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Every room that `text` names after `crate::`, with the line.
fn used(text: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, found) in code.match_indices("crate::") {
            let name: String =
                code[at + found.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            used.push((number + 1, name));
        }
    }
    used
}

fn upward_uses(rooms: &[&str], file: &Path, room: &str, text: &str) -> Vec<String> {
    let own = rooms.iter().position(|name| *name == room).expect("every folder of src is a room");
    let is_above = |name: &str| rooms.iter().position(|other| *other == name).is_some_and(|at| at <= own);
    used(text)
        .into_iter()
        // How random tests are configured is no room.
        .filter(|(_, name)| name != "random" && !is_above(name))
        .map(|(line, name)| {
            format!("{}:{line}: the room `{room}` uses `{name}`, which stands below it", file.display())
        })
        .collect()
}

#[test]
fn every_room_uses_only_those_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 30, "the test must see the whole of src");
    let mut wrong = Vec::new();
    for file in &files {
        let below = file.strip_prefix(&src).expect("it lies in src");
        let Some(room) = below
            .components()
            .next()
            .and_then(|part| part.as_os_str().to_str())
            .filter(|_| below.components().count() > 1)
        else {
            continue;
        };
        wrong.extend(upward_uses(&ROOMS, file, room, &fs::read_to_string(file).expect("source is text")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_upward_use_would_be_found() {
    let found = upward_uses(
        &ROOMS,
        Path::new("src/content/page.rs"),
        "content",
        "use crate::base::Span;\nuse crate::theme::Theme;\n",
    );
    assert_eq!(found, ["src/content/page.rs:2: the room `content` uses `theme`, which stands below it"]);
}

#[test]
fn the_rooms_are_declared_in_their_order() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs is text");
    let declared: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, ROOMS);
}
