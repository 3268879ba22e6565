//! The small sites of `tests/mistakes`, as files.
//!
//! In a file's name or text `\xNN` stands for that byte, and `\x{20000*- }` for twenty thousand times `- `.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The bytes of each file, by its path.
pub type Site = BTreeMap<String, Vec<u8>>;

/// The sections of a case: text before the first `-- name --` line, then each file under its name.
pub fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = vec![(String::new(), String::new())];
    for line in text.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match name {
            Some(name) => sections.push((name.to_owned(), String::new())),
            None => sections.last_mut().expect("there is always one").1.push_str(line),
        }
    }
    sections
}

/// The site that every case starts from; a case's files take the place of these.
pub fn base() -> Site {
    site(&[], BTreeMap::new(), &sections(include_str!("../mistakes/BASE"))[1..])
}

/// The site of a case; `-- !name --` takes a file of the base away.
pub fn of(case: &[(String, String)]) -> Site {
    site(&["terminal"], base(), case)
}

fn site(left_out: &[&str], mut files: Site, case: &[(String, String)]) -> Site {
    for (name, text) in case.iter().filter(|(name, _)| !left_out.contains(&name.as_str())) {
        match name.strip_prefix('!') {
            Some(name) => drop(files.remove(name)),
            None => drop(files.insert(name.clone(), bytes(text))),
        }
    }
    files
}

/// All cases, by their paths.
pub fn paths() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    paths
}

/// Writes a site into a folder.
pub fn write(root: &Path, site: &Site) {
    for (name, bytes) in site {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("every file has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
}

/// The text with its bytes and repeats written out.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        out.extend_from_slice(before.as_bytes());
        let repeat = after.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let repeat = repeat.and_then(|(inside, after)| Some((inside.split_once('*')?, after)));
        rest = match repeat.and_then(|((count, what), after)| Some((count.parse::<usize>().ok()?, what, after))) {
            Some((count, what, after)) => {
                out.extend_from_slice(what.repeat(count).as_bytes());
                after
            }
            None => {
                let digits = after.get(..2).expect("two digits stand after `\\x`");
                out.push(u8::from_str_radix(digits, 16).expect("these are digits"));
                &after[2..]
            }
        };
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
