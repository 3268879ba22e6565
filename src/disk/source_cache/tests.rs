//! Whatever is done to a site's folders: what is named and read again equals what is read from nothing.

use std::os::unix::fs::symlink;

use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

use super::*;
use crate::disk;

/// Names that meet all the rules: folders and files, hidden ones, litter, one name in two spellings, a page's as a folder's.
const NAMES: [&str; 9] =
    ["content", "static", "signs", "haste.md", "calm.md", "caf\u{e9}.md", "cafe\u{301}.md", ".hidden", "haste.md~"];

/// One thing done to the folders; paths are relative to the root.
#[derive(Debug, Clone)]
enum Act {
    Write(PathBuf, u8),
    Delete(PathBuf),
    Folder(PathBuf),
    Rename(PathBuf, PathBuf),
    Link(PathBuf, PathBuf),
}

fn path() -> impl Strategy<Value = PathBuf> {
    let below = prop::collection::vec(select(&NAMES[..]), 0..3);
    let inside = (select(&["content", "static", "themes", "public"][..]), below)
        .prop_map(|(top, parts)| std::iter::once(top).chain(parts).collect());
    prop_oneof![8 => inside, 1 => Just(PathBuf::from("site.toml")), 1 => Just(PathBuf::from("notes.md"))]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (path(), any::<u8>()).prop_map(|(path, byte)| Act::Write(path, byte)),
        2 => path().prop_map(Act::Delete),
        2 => path().prop_map(Act::Folder),
        3 => (path(), path()).prop_map(|(from, to)| Act::Rename(from, to)),
        2 => (path(), path()).prop_map(|(target, link)| Act::Link(target, link)),
    ]
}

/// Does it as far as it can be done; gives the paths that were touched, as events would.
fn perform(root: &Path, act: &Act) -> BTreeSet<PathBuf> {
    let at = |path: &Path| root.join(path);
    let touched = match act {
        Act::Write(path, _) | Act::Folder(path) | Act::Delete(path) | Act::Link(_, path) => vec![real(root, path)],
        Act::Rename(from, to) => vec![real(root, from), real(root, to)],
    };
    match act {
        Act::Write(path, byte) => {
            let _ = fs::create_dir_all(at(path).parent().expect("below the root"));
            // As most editors save: a link is replaced, not followed.
            let _ = at(path).is_symlink().then(|| fs::remove_file(at(path)));
            let _ = fs::write(at(path), [*byte]);
        }
        Act::Delete(path) => {
            let _ = fs::remove_file(at(path));
            let _ = fs::remove_dir_all(at(path));
        }
        Act::Folder(path) => {
            let _ = fs::create_dir_all(at(path));
        }
        Act::Rename(from, to) => {
            let _ = fs::rename(at(from), at(to));
        }
        Act::Link(target, link) => {
            let _ = symlink(at(target), at(link));
        }
    }
    touched.into_iter().collect()
}

/// Where a path really lies, links on the way followed; the uppermost part of it that is missing, if one is.
fn real(root: &Path, path: &Path) -> PathBuf {
    let mut place = root.to_owned();
    for part in path {
        place.push(part);
        match fs::canonicalize(&place) {
            Ok(there) => place = there,
            Err(_) => break,
        }
    }
    // The last part itself may be a link, and is what is deleted or renamed.
    let own = path.parent().and_then(|parent| fs::canonicalize(root.join(parent)).ok());
    let place = own
        .filter(|_| root.join(path).is_symlink())
        .map_or(place, |parent| parent.join(path.file_name().expect("it has one")));
    place.strip_prefix(root).map(Path::to_owned).unwrap_or_default()
}

fn clean(root: &Path) -> Sources {
    disk::read(root, Path::new("site.toml"), Request::default()).expect("the root is there")
}

proptest! {
    #![proptest_config(crate::random::configure(200))]

    #[test]
    fn what_is_named_and_read_again_equals_what_is_read_from_nothing(acts in prop::collection::vec(act(), 1..30)) {
        let bench = TempDir::new().expect("a temporary folder");
        let root = fs::canonicalize(bench.path()).expect("it is there");
        let mut cache = SourceCache::read(&root, Path::new("site.toml"), Request::default()).expect("the root is there");
        for act in acts {
            let before = cache.sources().clone();
            let stamp = cache.stamp();
            let named = perform(&root, &act);
            let changes = cache.read_named(&named).expect("the root is there");
            prop_assert_eq!(cache.sources(), &clean(&root), "{:?}", act);
            let mut undone = cache.sources().clone();
            for (path, source) in &changes {
                prop_assert_ne!(source.as_ref(), cache.sources().get(path), "only what differs is told");
                match source {
                    Some(source) => undone.insert(path.clone(), source.clone()),
                    None => undone.remove(path),
                };
            }
            prop_assert_eq!(undone, before, "{:?}", &act);
            // Wherever the content differs, the stamp does, so that a slow look finds what was not named.
            prop_assert!(changes.is_empty() || cache.stamp() != stamp);
        }
    }
}

#[test]
fn a_missing_root_is_told_and_changes_nothing() {
    let bench = TempDir::new().expect("a temporary folder");
    let (root, away) = (bench.path().join("site"), bench.path().join("away"));
    fs::create_dir_all(root.join("content")).expect("made");
    fs::write(root.join("content/haste.md"), "haste").expect("written");
    let mut cache = SourceCache::read(&root, Path::new("site.toml"), Request::default()).expect("the root is there");
    fs::rename(&root, &away).expect("moved");
    assert!(cache.read_all().is_err());
    assert!(cache.read_named(&BTreeSet::from(["content/haste.md".into()])).is_err());
    assert!(cache.has(Path::new("content/haste.md")) && cache.has(Path::new("content")));
    fs::rename(&away, &root).expect("moved");
    assert!(cache.read_all().expect("it is back").is_empty());
}

#[test]
fn names_tell_whether_a_path_concerns_the_sources() {
    let config = Path::new("site.toml");
    for path in ["site.toml", "content", "content/signs/haste.md", "static/.well-known/security.txt", "themes/a"] {
        assert!(is_source_path(Path::new(path), config), "{path}");
    }
    for path in
        ["", "public", "public/index.html", ".public.betwixt/tree", "content/.git/index", "content/a.md~", "site.toml~"]
    {
        assert!(!is_source_path(Path::new(path), config), "{path}");
    }
}
