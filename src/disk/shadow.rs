//! The tree published before the present one, kept beside it to be made into the next one.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{WriteError, step};
use super::foreign::{list_foreign, put_back};
use super::home::remove_if_empty;
use super::manifest::{self, Manifest};
use super::place::Place;
use super::record::{Repaired, keep_edited_in};
use super::scan::{Entry, Kind, Paths, Tree, below};
use super::steps::Disk;
use super::writer::{Linked, Writer, replace};
use crate::base::OutPath;

/// The tree published before the present one.
#[derive(Debug, Default)]
pub(super) struct Shadow {
    /// Where it is; `None` if there is none yet.
    pub path: Option<PathBuf>,
    /// What stands in it.
    pub tree: Tree,
    /// The files in it that are ours, without the list of them, sorted.
    pub owned: Vec<String>,
    /// Does the list in the tree itself name them all?
    pub is_listed: bool,
    /// What stands in it and is not ours.
    foreign: Vec<OsString>,
}

impl Shadow {
    /// Looks for the tree. `wanted` are the files of the site, for the case that the tree does not say what is ours.
    ///
    /// # Errors
    /// If it cannot be listed.
    pub fn find(place: &Place, wanted: &Paths<'_>) -> Result<Self, WriteError> {
        for path in [place.next(), place.former(), place.settled()] {
            if Entry::at(&path)?.is_some() {
                return Self::at(path, place, wanted);
            }
        }
        Ok(Self::default())
    }

    /// The same for the tree at `path`.
    ///
    /// # Errors
    /// If it cannot be listed.
    pub fn at(path: PathBuf, place: &Place, wanted: &Paths<'_>) -> Result<Self, WriteError> {
        let manifest = Manifest::of(&path)?;
        if manifest.owned().is_none() && path == place.settled() {
            // Everything foreign was moved out of a settled tree, so what is there is ours.
            let tree = Tree::scan_all(&path)?;
            return Ok(Self {
                path: Some(path),
                owned: list_files(&tree),
                tree,
                is_listed: false,
                foreign: Vec::new(),
            });
        }
        let is_listed = manifest.owned().is_some();
        let owned = match manifest {
            Manifest::Owned(owned) => owned,
            Manifest::Missing | Manifest::Unreadable => presume_owned(place, wanted)?,
        };
        let ours = Paths::with_list(owned.iter().map(String::as_str));
        let tree = Tree::scan(&path, &ours)?;
        let foreign = list_foreign(&tree, &ours);
        Ok(Self { path: Some(path), tree, owned, is_listed, foreign })
    }

    /// The tree at `path`, of which a part was looked at: the files that a list in it names, and nothing that is not ours.
    pub fn of_known(path: PathBuf, tree: Tree, owned: Vec<String>) -> Self {
        Self { path: Some(path), tree, owned, is_listed: true, foreign: Vec::new() }
    }

    /// Does anything stand in it that is not ours?
    pub fn has_foreign(&self) -> bool {
        !self.foreign.is_empty()
    }

    /// Moves what is not ours to the published folder.
    ///
    /// # Errors
    /// If a step does not succeed.
    pub fn give_back_foreign(&mut self, disk: &dyn Disk, place: &Place) -> Result<(), WriteError> {
        let Some(path) = &self.path else { return Ok(()) };
        put_back(disk, path, &place.live, &self.foreign)?;
        for path in self.foreign.drain(..) {
            self.tree.entries.remove(&path);
        }
        Ok(())
    }

    /// Keeps what somebody made of files in it while they were published: other bytes than we wrote, which are not what is
    /// published.
    ///
    /// # Errors
    /// If a step does not succeed.
    pub fn keep_edited(&self, disk: &dyn Disk, place: &Place, live: &Tree) -> Result<Vec<Repaired>, WriteError> {
        let Some(top) = &self.path else { return Ok(Vec::new()) };
        let is_other = |path: &&str| {
            let there = self.tree.get(path).filter(|entry| entry.kind == Kind::File);
            there.is_some_and(|there| !live.get(path).is_some_and(|live| live.is_same_file(there)))
        };
        let others: Vec<&str> = self.owned.iter().map(String::as_str).filter(is_other).collect();
        if others.is_empty() { Ok(Vec::new()) } else { keep_edited_in(disk, place, top, &others) }
    }

    /// Takes everything out of it that is not published, as both trees show.
    ///
    /// # Errors
    /// If a step does not succeed.
    pub fn remove_unpublished(
        &self,
        disk: &dyn Disk,
        place: &Place,
        (published, live): &(Manifest, Tree),
    ) -> Result<Linked, WriteError> {
        let Some(top) = &self.path else { return Ok(Linked::Yes) };
        let ours = Paths::with_list(published.owned().unwrap_or_default().iter().map(String::as_str));
        remove_unpublished(disk, place, (top, &self.tree), |path, entry| match live.entries.get(path) {
            Some(live) if live.kind == Kind::Folder && entry.kind == Kind::Folder => ShadowAction::Keep,
            Some(live) if live.is_same_file(entry) => ShadowAction::Keep,
            Some(live) if live.kind == Kind::File && entry.kind != Kind::Folder && ours.has_file(path) => {
                ShadowAction::Relink
            }
            _ => ShadowAction::Remove,
        })
    }
}

/// The published folder as its list and the disk tell of it.
///
/// # Errors
/// If it cannot be listed.
pub(super) fn look_at_published(place: &Place) -> Result<(Manifest, Tree), WriteError> {
    let published = Manifest::of(&place.live)?;
    let ours = Paths::with_list(published.owned().unwrap_or_default().iter().map(String::as_str));
    let live = Tree::scan(&place.live, &ours)?;
    Ok((published, live))
}

/// What becomes of a file or folder of ours in the tree kept beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShadowAction {
    /// It is published, and stays as a second name of the published one.
    Keep,
    /// Other bytes are published under its name; it becomes a second name of those.
    Relink,
    /// Nothing is published under its name, so it goes.
    Remove,
}

/// Takes everything out of a tree of ours that is not published. It lies beside the output, where a server may find it.
/// Tells whether all that was to get a second name has one.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn remove_unpublished(
    disk: &dyn Disk,
    place: &Place,
    (top, tree): (&Path, &Tree),
    decide: impl Fn(&OsStr, &Entry) -> ShadowAction,
) -> Result<Linked, WriteError> {
    let mut writer = Writer::new(disk);
    let mut linked = Linked::Yes;
    // Backwards, so that a folder is emptied before its turn comes, and the list of what is ours is the last to go.
    for (path, entry) in tree.entries.iter().rev() {
        let there = below(top, path);
        let is_list = path == manifest::NAME;
        match decide(path, entry) {
            ShadowAction::Keep => {}
            ShadowAction::Remove if entry.kind == Kind::Folder => remove_if_empty(disk, &there)?,
            ShadowAction::Relink => {
                let published = below(&place.live, path);
                match writer.hard_link(&published, &place.file())? {
                    Linked::Yes => writer.rename(&place.file(), &there)?,
                    Linked::Refused if is_list => {
                        let text = step("read", &published, fs::read(&published))?;
                        replace(disk, &place.file(), &there, &text)?;
                    }
                    Linked::Refused => {
                        linked = Linked::Refused;
                        writer.remove_file(&there)?;
                    }
                }
            }
            // A tree without its list would not say what in it is ours.
            ShadowAction::Remove if is_list => {}
            ShadowAction::Remove => writer.remove_file(&there)?,
        }
    }
    Ok(linked)
}

/// What must be ours in a tree that does not say so: the files of the published site and of the new one.
fn presume_owned(place: &Place, wanted: &Paths<'_>) -> Result<Vec<String>, WriteError> {
    let published = Manifest::of(&place.live)?;
    let published = published.owned().unwrap_or_default().iter().map(String::as_str);
    let wanted = wanted.files().iter().copied().filter(|path| *path != manifest::NAME);
    Ok(published.chain(wanted).collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect())
}

/// The files of a tree that a list of published files can name.
fn list_files(tree: &Tree) -> Vec<String> {
    let files = tree.entries.iter().filter(|(_, entry)| entry.kind == Kind::File);
    let names = files.filter_map(|(path, _)| path.to_str());
    names.filter(|path| OutPath::new(path).is_ok_and(|plain| plain.as_str() == *path)).map(str::to_owned).collect()
}
