//! The site's folders on disk → what stands in them: files, links, and what must not be read.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::{DiskError, reason};

/// The folders that a site is made from.
pub const FOLDERS: [&str; 3] = ["content", "static", "themes"];
/// The most files and folders that are looked at.
const MOST_ENTRIES: usize = 200_000;

/// One entry on its way from the folder listing to a `Source`.
pub(super) enum Listed {
    /// A file to be read.
    File(PathBuf),
    /// A symbolic link, to be read if it leads to a file of the site.
    Link(PathBuf),
    /// Something that must not be read, and why.
    Refused(String),
}

/// What has been found so far.
pub(super) struct Listing<'a> {
    root: &'a Path,
    /// What was found, by its path below the root.
    pub found: Vec<(PathBuf, Listed)>,
    /// How many entries were looked at, folders and litter included.
    seen: usize,
}

impl<'a> Listing<'a> {
    /// Nothing found yet.
    pub fn new(root: &'a Path) -> Self {
        Self { root, found: Vec::new(), seen: 0 }
    }

    /// Notes what stands at `path` below the root, if anything does.
    pub fn entry(&mut self, path: &Path) {
        let path = self.root.join(path);
        match fs::symlink_metadata(&path) {
            Ok(metadata) => self.note(&path, metadata.file_type()),
            Err(error) => self.note_unseen(&path, &error),
        }
    }

    /// Lists everything below one source folder, without following links.
    ///
    /// # Errors
    /// If there is more than any guide has.
    pub fn folder(&mut self, folder: &str) -> Result<(), DiskError> {
        let top = self.root.join(folder);
        match fs::symlink_metadata(&top) {
            Err(error) => {
                self.note_unseen(&top, &error);
                return Ok(());
            }
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
        self.walk(WalkDir::new(&top).min_depth(1), folder)
    }

    /// Lists what stands at and below a path in one of the source folders.
    ///
    /// # Errors
    /// As [`Self::folder`].
    pub fn below(&mut self, path: &Path) -> Result<(), DiskError> {
        let folder = path.iter().next().and_then(OsStr::to_str).unwrap_or_default();
        if path == Path::new(folder) {
            return self.folder(folder);
        }
        let top = self.root.join(path);
        match fs::symlink_metadata(&top) {
            Ok(metadata) if metadata.is_dir() => self.walk(WalkDir::new(&top), folder),
            Ok(metadata) => {
                self.note(&top, metadata.file_type());
                Ok(())
            }
            Err(error) => {
                self.note_unseen(&top, &error);
                Ok(())
            }
        }
    }

    fn walk(&mut self, walk: WalkDir, folder: &str) -> Result<(), DiskError> {
        // Few folders are held open at once, for the sake of small limits on open files.
        let entries = walk.max_open(8).sort_by_file_name().into_iter();
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
            self.insert(path, Listed::File(path.to_owned()));
        } else if kind.is_symlink() {
            self.insert(path, Listed::Link(path.to_owned()));
        } else {
            self.refuse(path, describe_special(kind));
        }
    }

    /// Notes a folder that could not be listed.
    fn note_unlisted(&mut self, error: &walkdir::Error) {
        let why = error.io_error().map_or_else(|| error.to_string(), reason);
        self.refuse(error.path().unwrap_or(self.root), &format!("this cannot be listed: {why}"));
    }

    /// Notes what the system does not let us look at; what is not there needs no note.
    fn note_unseen(&mut self, path: &Path, error: &io::Error) {
        if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
            self.refuse(path, &format!("this cannot be looked at: {}", reason(error)));
        }
    }

    fn refuse(&mut self, path: &Path, why: &str) {
        self.insert(path, Listed::Refused(why.to_owned()));
    }

    fn insert(&mut self, path: &Path, found: Listed) {
        self.found.push((path.strip_prefix(self.root).unwrap_or(path).to_owned(), found));
    }
}

/// Is this a hidden file, or something that editors and file managers leave lying about?
pub(super) fn is_left_out(name: &OsStr, folder: &str) -> bool {
    let name = name.to_string_lossy();
    let litter = [".tmp", ".swp", ".swo", "~"].iter().any(|end| name.ends_with(end))
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        // `4913` is written and removed within one save by Vim, the last two by JetBrains' editors.
        || matches!(&*name, "4913" | "Icon\r")
        || ["thumbs.db", "ehthumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
        || ["___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end));
    let hidden = name.starts_with('.') && !(folder == "static" && name == ".well-known");
    litter || hidden
}

/// What an entry is that is neither file, folder nor link.
fn describe_special(kind: fs::FileType) -> &'static str {
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
