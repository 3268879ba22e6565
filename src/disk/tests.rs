//! Sites published to a real folder, by a disk that may fail or stop at any step.

mod faults;
mod faulty;
mod publisher;
mod random;
mod readers;
mod steps;
mod transaction;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use self::faulty::Faulty;
use super::publish::{Foreign, Published, publish};
use super::{RealDisk, WriteError};
use crate::base::{Files, OutPath};

/// A built site.
type Site = Files;

/// All that stands in a folder: paths with `/`, each with its content; links as `-> target`, folders as `folder`.
type Snapshot = BTreeMap<String, String>;

/// The site with these files; a file's text is its path and the edition, unless it is marked as steady with `=`.
fn site(paths: &[&str], edition: &str) -> Site {
    let file = |path: &&str| match path.strip_prefix('=') {
        Some(path) => (OutPath::new(path).expect("plain"), Arc::from(path.as_bytes())),
        None => (OutPath::new(path).expect("plain"), Arc::from(format!("{path} {edition}").as_bytes())),
    };
    paths.iter().map(file).collect()
}

/// Something that others do to a site.
type Meddle = fn(&Bench);

/// A temporary folder with an output folder `public` in it.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        // Thousands of small sites are published by these tests: in memory where there is a folder for that.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self { folder: folder.expect("a temporary folder") }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().canonicalize().expect("there").join(path)
    }

    fn public(&self) -> PathBuf {
        self.path("public")
    }

    fn home(&self) -> PathBuf {
        self.path(".public.betwixt")
    }

    /// Writes a file, with the folders above it.
    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below")).expect("folders");
        fs::write(path, text).expect("written");
    }

    fn link(&self, target: &str, link: &str) {
        let link = self.path(link);
        fs::create_dir_all(link.parent().expect("below")).expect("folders");
        symlink(target, link).expect("linked");
    }

    fn publish(&self, site: &Site) -> Result<Published, WriteError> {
        publish(&RealDisk::new(), &self.public(), site, Foreign::Refuse)
    }

    fn publish_unflushed(&self, site: &Site) -> Result<Published, WriteError> {
        publish(&Faulty::none(), &self.public(), site, Foreign::Refuse)
    }

    fn published(&self) -> Snapshot {
        snapshot(&self.public())
    }

    /// Asserts that `site` is published whole, with nothing but `foreign` beside it.
    fn assert_published(&self, site: &Site, foreign: &Snapshot) {
        assert_eq!(self.published(), expected(site, foreign));
    }
}

/// What a clean publication of `site` looks like, with `foreign` things among it.
fn expected(site: &Site, foreign: &Snapshot) -> Snapshot {
    let clean = Bench::new();
    clean.publish_unflushed(site).expect("a clean publication");
    let mut expected = clean.published();
    expected.extend(foreign.iter().map(|(path, content)| (path.clone(), content.clone())));
    expected
}

fn snapshot(top: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    for entry in walkdir::WalkDir::new(top).min_depth(1) {
        let Ok(entry) = entry else { continue };
        let path = entry.path().strip_prefix(top).expect("below").to_string_lossy().into_owned();
        let content = match entry.file_type() {
            kind if kind.is_symlink() => format!("-> {}", fs::read_link(entry.path()).expect("a link").display()),
            kind if kind.is_dir() => "folder".to_owned(),
            kind if kind.is_file() => String::from_utf8_lossy(&fs::read(entry.path()).expect("read")).into_owned(),
            _ => "special".to_owned(),
        };
        found.insert(path, content);
    }
    found
}

/// The names in a folder, sorted; none if it is missing.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
