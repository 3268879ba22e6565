//! The site's folders on disk → `Sources`: each file's bytes, or why it was left unread.
//!
//! Nothing outside the root is ever read, and nothing but regular files is ever opened.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::error::{DiskError, reason};
use super::open::read_regular;
use super::scan::in_few_parts;
use crate::base::{Request, Source, SourcePath, Sources};

/// The folders that a site is made from.
pub(super) const FOLDERS: [&str; 3] = ["content", "static", "themes"];
/// The most files and folders that are looked at.
const MOST_ENTRIES: usize = 200_000;
/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 64 * MIB;

/// One mebibyte, in bytes.
const MIB: u64 = 1024 * 1024;

/// One entry on its way from the folder listing to a `Source`.
enum Found {
    /// A file to be read.
    File(PathBuf),
    /// A symbolic link, to be read if it leads to a file of the site.
    Link(PathBuf),
    /// Something that must not be read, and why.
    Refused(String),
}

/// What has been found so far.
struct Listing<'a> {
    root: &'a Path,
    found: Vec<(PathBuf, Found)>,
    /// How many entries were looked at, folders and litter included.
    seen: usize,
}

/// Reads the configuration file and everything below `content/`, `static/` and `themes/`.
///
/// `config` is relative to `root`. What is missing is left out; what must not or cannot be read is there with the
/// reason. Hidden files and the litter of editors are left out.
///
/// # Errors
/// If the root cannot be entered, or holds more entries than any guide.
pub fn read(root: &Path, config: &Path, request: Request) -> Result<Sources, DiskError> {
    let canonical = fs::canonicalize(root)
        .and_then(|path| fs::read_dir(&path).map(|_| path))
        .map_err(|source| DiskError::Root { path: root.to_owned(), source })?;
    let mut listing = Listing { root, found: Vec::new(), seen: 0 };
    if let Ok(metadata) = fs::symlink_metadata(root.join(config)) {
        listing.note(&root.join(config), metadata.file_type());
    }
    for folder in FOLDERS {
        listing.list(folder)?;
    }
    let found = listing.found;
    let parts: Vec<Vec<Source>> =
        in_few_parts(&found).map(|part| part.iter().map(|(_, found)| source(&canonical, found)).collect()).collect();
    let paths = found.into_iter().map(|(path, _)| path);
    Ok(gather(paths.zip(parts.into_iter().flatten()), request))
}

impl Listing<'_> {
    /// Lists everything below one source folder, without following links.
    fn list(&mut self, folder: &str) -> Result<(), DiskError> {
        let top = self.root.join(folder);
        match fs::symlink_metadata(&top) {
            Err(_) => return Ok(()),
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) if metadata.is_symlink() => {
                self.refuse(&top, "this is a symbolic link, and must be a folder");
                return Ok(());
            }
            Ok(_) => {
                self.refuse(&top, "this must be a folder");
                return Ok(());
            }
        }
        // Few folders are held open at once, for the sake of small limits on open files.
        let entries = WalkDir::new(&top).min_depth(1).max_open(8).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry.file_name(), folder)) {
            self.seen += 1;
            if self.seen > MOST_ENTRIES {
                return Err(DiskError::TooMany { path: self.root.to_owned(), limit: MOST_ENTRIES });
            }
            match entry {
                Ok(entry) => self.note_entry(&entry, folder),
                Err(error) => self.note_unlisted(&error),
            }
        }
        Ok(())
    }

    /// Notes one entry of a folder; plain folders need no note.
    fn note_entry(&mut self, entry: &DirEntry, folder: &str) {
        if !entry.file_type().is_dir() {
            self.note(entry.path(), entry.file_type());
        } else if folder == "content" && entry.path().extension() == Some(OsStr::new("md")) {
            self.refuse(entry.path(), "this is a folder, but its name ends in `.md`");
        }
    }

    /// Notes anything but a folder, by its kind.
    fn note(&mut self, path: &Path, kind: fs::FileType) {
        if kind.is_file() {
            self.insert(path, Found::File(path.to_owned()));
        } else if kind.is_symlink() {
            self.insert(path, Found::Link(path.to_owned()));
        } else {
            self.refuse(path, special(kind));
        }
    }

    /// Notes a folder that could not be listed.
    fn note_unlisted(&mut self, error: &walkdir::Error) {
        let why = error.io_error().map_or_else(|| error.to_string(), reason);
        self.refuse(error.path().unwrap_or(self.root), &format!("this cannot be listed: {why}"));
    }

    fn refuse(&mut self, path: &Path, why: &str) {
        self.insert(path, Found::Refused(why.to_owned()));
    }

    fn insert(&mut self, path: &Path, found: Found) {
        self.found.push((path.strip_prefix(self.root).unwrap_or(path).to_owned(), found));
    }
}

/// Is this a hidden file, or something that editors and file managers leave lying about?
pub(super) fn is_left_out(name: &OsStr, folder: &str) -> bool {
    let name = name.to_string_lossy();
    let litter = [".tmp", ".swp", ".swo", "~"].iter().any(|end| name.ends_with(end))
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        // The last three are written and removed within one save by Vim and by JetBrains' editors.
        || matches!(&*name, "Thumbs.db" | "4913" | "___jb_tmp___" | "___jb_old___");
    let hidden = name.starts_with('.') && !(folder == "static" && name == ".well-known");
    litter || hidden
}

/// What an entry is that is neither file, folder nor link.
fn special(kind: fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "this is a pipe, not a file";
        }
        if kind.is_socket() {
            return "this is a socket, not a file";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "this is a device, not a file";
        }
    }
    if kind.is_dir() { "this is a folder, not a file" } else { "this is not a regular file" }
}

/// Reads what was found.
fn source(canonical: &Path, found: &Found) -> Source {
    let read = match found {
        Found::File(path) => read_file(path),
        Found::Link(path) => target(canonical, path).and_then(|target| read_file(&target)),
        Found::Refused(reason) => Err(reason.clone()),
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
fn target(canonical: &Path, link: &Path) -> Result<PathBuf, String> {
    let target = fs::canonicalize(link).map_err(|error| broken(&error))?;
    let Ok(inside) = target.strip_prefix(canonical) else {
        return Err("this is a symbolic link to something outside the site".to_owned());
    };
    // A link of a theme must not publish `.env` or `.git/config` of the site either.
    if inside.iter().any(|part| part.to_string_lossy().starts_with('.')) {
        return Err("this is a symbolic link to a hidden file".to_owned());
    }
    let kind = fs::symlink_metadata(&target).map_err(|error| broken(&error))?.file_type();
    if kind.is_dir() {
        return Err("this is a symbolic link to a folder, which is not followed".to_owned());
    }
    if kind.is_file() { Ok(target) } else { Err("this is a symbolic link to something that is not a file".to_owned()) }
}

/// Why a link leads nowhere.
fn broken(error: &io::Error) -> String {
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
        let name = slashed(&path);
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
fn slashed(path: &Path) -> String {
    if let Some(plain) = path.to_str().filter(|path| !path.contains('\\') && !path.contains("./")) {
        return plain.to_owned();
    }
    let parts = path.iter().map(|part| part.to_string_lossy()).filter(|part| part != ".");
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(all(test, unix))]
mod tests;
