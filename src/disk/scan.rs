//! A folder on disk → what stands in it, without following any link.
//!
//! Only folders that hold something of ours are entered: a foreign `.git` of a million files costs one entry.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::error::{WriteError, step};
use super::manifest;

/// How many files or folders are held open at once; every system allows more.
const FEW: usize = 8;

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, to whatever.
    Link,
    /// A pipe, socket or device.
    Other,
}

/// Tells whether two names lead to the same file: equal identities are one file with one content.
pub(super) type Identity = (u64, u64);

/// One entry of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Which file it is; `None` where the system cannot tell, and for folders in a listing.
    pub identity: Option<Identity>,
    /// When it was last changed, under the same conditions.
    pub modified: Option<SystemTime>,
}

impl Entry {
    /// The entry at `path` itself, even if it is a link; `None` if nothing stands there.
    pub fn at(path: &Path) -> Result<Option<Self>, WriteError> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(Self::of(&metadata))),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => step("look at", path, Err(error)),
        }
    }

    /// The entry that `metadata` tells of.
    pub fn of(metadata: &Metadata) -> Self {
        let known = Self::of_kind(metadata.file_type());
        Self { identity: identity(metadata), modified: metadata.modified().ok(), ..known }
    }

    /// An entry of which nothing more is known than what it is.
    fn of_kind(kind: FileType) -> Self {
        let kind = match kind {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        Self { kind, identity: None, modified: None }
    }

    /// All of an entry. Of folders, which are half of a site's entries, nothing more is asked than that they are folders.
    fn look(entry: &DirEntry) -> io::Result<Self> {
        let kind = entry.file_type()?;
        if kind.is_dir() { Ok(Self::of_kind(kind)) } else { Ok(Self::of(&entry.metadata()?)) }
    }

    /// Are both certainly one and the same file?
    pub fn is_same_file(&self, other: &Self) -> bool {
        self.identity.is_some() && self.identity == other.identity
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems cannot tell")]
pub(super) fn identity(metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Option<Identity> {
    None
}

/// A set of files and the folders that hold them, as paths with `/` below some top folder.
#[derive(Debug, Clone, Default)]
pub(super) struct Paths<'a> {
    files: BTreeSet<&'a str>,
    folders: BTreeSet<&'a str>,
}

impl<'a> Paths<'a> {
    /// These files, and the list of them.
    pub fn with_list(files: impl IntoIterator<Item = &'a str>) -> Self {
        let mut paths = Self::default();
        paths.extend(files.into_iter().chain([manifest::NAME]));
        paths
    }

    /// Puts files in.
    pub fn extend(&mut self, files: impl IntoIterator<Item = &'a str>) {
        for file in files {
            self.folders
                .extend(folders_above(file).take_while(|folder| !self.folders.contains(folder)).collect::<Vec<_>>());
            self.files.insert(file);
        }
    }

    /// The files, sorted.
    pub fn files(&self) -> &BTreeSet<&'a str> {
        &self.files
    }

    /// The folders that hold them, sorted, so that a folder stands before those inside it.
    pub fn folders(&self) -> &BTreeSet<&'a str> {
        &self.folders
    }

    /// Is this path one of the files?
    pub fn has_file(&self, path: &OsStr) -> bool {
        path.to_str().is_some_and(|path| self.files.contains(path))
    }

    /// Is this path one of the folders that hold the files?
    pub fn has_folder(&self, path: &OsStr) -> bool {
        path.to_str().is_some_and(|path| self.folders.contains(path))
    }

    /// Is this path a file or folder of ours?
    pub fn has(&self, path: &OsStr) -> bool {
        self.has_file(path) || self.has_folder(path)
    }
}

/// The folders that hold `path`, the nearest first.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// Are the folders on the way to a path below `top` all there, and no links?
pub(super) fn has_plain_folders(top: &Path, path: &str) -> Result<bool, WriteError> {
    for folder in folders_above(path) {
        if Entry::at(&below(top, folder))?.is_none_or(|entry| entry.kind != Kind::Folder) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What stands in a folder, by paths with `/` below it. A folder that holds nothing of ours is not entered.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// All entries, sorted, so that a folder stands before what it holds.
    pub entries: BTreeMap<OsString, Entry>,
}

impl Tree {
    /// Looks through `top`, entering the folders that hold files of `ours`. A missing `top` is an empty tree.
    ///
    /// # Errors
    /// If a folder cannot be listed.
    pub fn scan(top: &Path, ours: &Paths<'_>) -> Result<Self, WriteError> {
        Self::scan_where(top, &|folder| ours.has_folder(folder), Entry::look)
    }

    /// The same, without asking which file each entry is and when it was changed.
    ///
    /// # Errors
    /// If a folder cannot be listed.
    pub fn scan_kinds(top: &Path, ours: &Paths<'_>) -> Result<Self, WriteError> {
        Self::scan_where(top, &|folder| ours.has_folder(folder), |entry| Ok(Entry::of_kind(entry.file_type()?)))
    }

    /// Looks through all of `top`.
    ///
    /// # Errors
    /// If a folder cannot be listed.
    pub fn scan_all(top: &Path) -> Result<Self, WriteError> {
        Self::scan_where(top, &|_| true, Entry::look)
    }

    fn scan_where(top: &Path, enters: &dyn Fn(&OsStr) -> bool, look: Look) -> Result<Self, WriteError> {
        let mut entries = BTreeMap::new();
        let mut level = match Entry::at(top)? {
            Some(Entry { kind: Kind::Folder, .. }) => vec![OsString::new()],
            _ => Vec::new(),
        };
        while !level.is_empty() {
            let parts: Vec<Vec<(OsString, Entry)>> =
                in_few_parts(&level).map(|folders| list_all(top, folders, look)).collect::<Result<_, _>>()?;
            level.clear();
            for (path, entry) in parts.into_iter().flatten() {
                if entry.kind == Kind::Folder && enters(&path) {
                    level.push(path.clone());
                }
                entries.insert(path, entry);
            }
        }
        Ok(Self { entries })
    }

    /// The entry at a path below the top folder.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(OsStr::new(path))
    }
}

/// What is known of an entry of a folder.
type Look = fn(&DirEntry) -> io::Result<Entry>;

/// Lists several folders below `top`.
fn list_all(top: &Path, folders: &[OsString], look: Look) -> Result<Vec<(OsString, Entry)>, WriteError> {
    let mut entries = Vec::new();
    for folder in folders {
        let path = below(top, folder);
        step("list", &path, list((&path, folder), look, &mut entries))?;
    }
    Ok(entries)
}

fn list((path, folder): (&Path, &OsStr), look: Look, entries: &mut Vec<(OsString, Entry)>) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        entries.push((joined(folder, &entry.file_name()), look(&entry)?));
    }
    Ok(())
}

/// `folder/name`, or `name` at the top.
pub(super) fn joined(folder: &OsStr, name: &OsStr) -> OsString {
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    if !folder.is_empty() {
        path.push(folder);
        path.push("/");
    }
    path.push(name);
    path
}

/// Where a path with `/` below `top` lies on disk.
pub(super) fn below<Q: AsRef<OsStr> + ?Sized>(top: &Path, path: &Q) -> PathBuf {
    let path = path.as_ref();
    if path.is_empty() { top.to_owned() } else { top.join(path) }
}

/// The items in so few parts that never more than [`FEW`] are worked on at once.
pub(super) fn in_few_parts<T: Sync>(items: &[T]) -> rayon::slice::Chunks<'_, T> {
    items.par_chunks(items.len().div_ceil(FEW).max(1))
}
