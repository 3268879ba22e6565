//! The site's folders on disk → `Sources`: each file's bytes, or why it was left unread.
//!
//! Nothing outside the root is ever read, and nothing but regular files is ever opened.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{DiskError, reason};
use super::listing::{Listed, Listing};
use super::open::read_regular;
use super::scan::in_few_parts;
use super::source_cache::SourceCache;
use crate::base::{Request, Source, SourcePath, Sources};
use rayon::prelude::*;

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 64 * MIB;

/// One mebibyte, in bytes.
const MIB: u64 = 1024 * 1024;

/// Reads the configuration file, the list of published addresses and everything below `content/`, `static/` and `themes/`.
///
/// `config` is relative to `root`. What is missing is left out; what must not or cannot be read is there with the
/// reason. Hidden files and the litter of editors are left out.
///
/// # Errors
/// If the root cannot be entered, or holds more entries than any guide.
pub fn read(root: &Path, config: &Path, request: Request) -> Result<Sources, DiskError> {
    SourceCache::read(root, config, request).map(SourceCache::into_sources)
}

/// Reads one source again, which somebody may have written since.
///
/// # Errors
/// If the root cannot be entered.
pub fn read_again(root: &Path, path: &SourcePath, sources: &mut Sources) -> Result<(), DiskError> {
    let canonical = enter(root)?;
    let mut listing = Listing::new(root);
    listing.entry(Path::new(path.as_str()));
    sources.remove(path);
    for (_, found) in &listing.found {
        sources.insert(path.clone(), source(&canonical, found));
    }
    Ok(())
}

/// The root with links resolved, if it can be entered.
///
/// # Errors
/// The system's, with the root.
pub(super) fn enter(root: &Path) -> Result<PathBuf, DiskError> {
    fs::canonicalize(root)
        .and_then(|path| fs::read_dir(&path).map(|_| path))
        .map_err(|source| DiskError::Root { path: root.to_owned(), source })
}

/// Checks that the root, which was entered before, is still there.
///
/// # Errors
/// The system's, with the root.
pub(super) fn check_root(root: &Path) -> Result<(), DiskError> {
    fs::metadata(root).map(drop).map_err(|source| DiskError::Root { path: root.to_owned(), source })
}

/// Reads what was listed.
pub(super) fn read_found(found: Vec<(PathBuf, Listed)>, canonical: &Path, request: Request) -> Sources {
    let parts: Vec<Vec<Source>> =
        in_few_parts(&found).map(|part| part.iter().map(|(_, found)| source(canonical, found)).collect()).collect();
    let paths = found.into_iter().map(|(path, _)| path);
    gather(paths.zip(parts.into_iter().flatten()), request)
}

/// Reads what was found.
fn source(canonical: &Path, found: &Listed) -> Source {
    let read = match found {
        Listed::File(path) => read_file(path),
        Listed::Link(path) => resolve_link(canonical, path).and_then(|target| read_file(&target)),
        Listed::Refused(reason) => Err(reason.clone()),
    };
    read.map_or_else(Source::unreadable, Source::bytes)
}

/// The bytes of a file, or why it has none for us.
fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    match read_regular(path, LARGEST_FILE) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => {
            let size = fs::metadata(path).map_or(0, |metadata| metadata.len()) / MIB;
            Err(format!("this file has {size} MiB, and at most {} MiB are read", LARGEST_FILE / MIB))
        }
        Err(error) => Err(format!("this file cannot be read: {}", reason(&error))),
    }
}

/// The regular file inside the site to which a symbolic link leads, or why it is not followed.
fn resolve_link(canonical: &Path, link: &Path) -> Result<PathBuf, String> {
    let target = fs::canonicalize(link).map_err(|error| describe_broken_link(&error))?;
    let Ok(inside) = target.strip_prefix(canonical) else {
        return Err("this is a symbolic link to something outside the site".to_owned());
    };
    // A link of a theme must not publish `.env` or `.git/config` of the site either.
    if inside.iter().any(|part| part.to_string_lossy().starts_with('.')) {
        return Err("this is a symbolic link to a hidden file".to_owned());
    }
    let kind = fs::symlink_metadata(&target).map_err(|error| describe_broken_link(&error))?.file_type();
    if kind.is_dir() {
        return Err("this is a symbolic link to a folder, which is not followed".to_owned());
    }
    if kind.is_file() { Ok(target) } else { Err("this is a symbolic link to something that is not a file".to_owned()) }
}

/// Why a link leads nowhere.
fn describe_broken_link(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "this is a symbolic link to a file that does not exist".to_owned()
        }
        _ if is_loop(error) => "this is a symbolic link that leads round in a circle".to_owned(),
        _ => format!("this is a symbolic link that cannot be followed: {}", reason(error)),
    }
}

fn is_loop(error: &io::Error) -> bool {
    #[cfg(unix)]
    let code = Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    let code: Option<i32> = None;
    code.is_some() && error.raw_os_error() == code
}

/// Puts everything under its name; a name that two files share, or that is no text, makes the entry unreadable.
fn gather(entries: impl Iterator<Item = (PathBuf, Source)>, request: Request) -> Sources {
    let mut sources = Sources::new(request);
    // How names are written whose letters are not in composed form.
    let mut spelt: BTreeMap<SourcePath, String> = BTreeMap::new();
    for (path, source) in entries {
        let name = to_slashes(&path);
        let source =
            if path.to_str().is_some() { source } else { Source::unreadable("this name is not written in UTF-8") };
        let key = SourcePath::new(&name);
        let other = spelt.get(&key).map_or(key.as_str(), String::as_str);
        // The configuration may lie in one of the folders, and so be found twice.
        let is_shared = sources.get(&key).is_some() && other != name;
        let source = if is_shared {
            Source::unreadable(format!(
                "two files share this name, written with different letters: `{}` and `{}`",
                other.escape_default(),
                name.escape_default()
            ))
        } else {
            source
        };
        if key.as_str() != name {
            spelt.insert(key.clone(), name);
        }
        sources.insert(key, source);
    }
    sources
}

/// The path with `/` between its parts; what is not UTF-8 is replaced.
pub(super) fn to_slashes(path: &Path) -> String {
    if let Some(plain) = path.to_str().filter(|path| !path.contains('\\') && !path.contains("./")) {
        return plain.to_owned();
    }
    let parts = path.iter().map(|part| part.to_string_lossy()).filter(|part| part != ".");
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(all(test, unix))]
mod tests;
