//! The built site → the output folder, which is at every moment one whole site: the old one or the new.
//!
//! Nothing changed: nothing is written. One file changed: it is replaced by one rename. Otherwise the whole tree is made
//! ready beside and exchanged in one step. Files that were not published from here stay.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::compare::changed;
use super::error::{PublishError, step};
use super::lock::acquire;
use super::manifest::{self, Manifest};
use super::place::Place;
use super::plan::{Others, Ownership};
use super::recover::recover;
use super::scan::{Entry, Kind, Paths, Tree, below, folders_above};
use super::shadow::Shadow;
use super::staging::{FileSet, Staging};
use super::steps::Disk;
use crate::base::{Files, OutPath};

/// What is done with an output folder that holds files and was not published from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It is refused.
    Refuse,
    /// The site is published into it. Its files stay; one that stands where ours must go is named, and nothing is published.
    Keep,
}

/// What publishing did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files of the site published before that the new one does not have.
    pub removed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// What went wrong after the whole new site was published, such as moving somebody's folder over to it, as a
    /// sentence without full stop. The next publication repeats it.
    pub untidy: Option<String>,
}

/// The new site against the published one.
struct Difference<'a> {
    changed: BTreeSet<&'a str>,
    published: Manifest,
    set: FileSet,
}

/// Publishes `files` to the folder `output`, which then holds them and whatever stood there that is not ours.
///
/// Waits while another process publishes there. Repairs what an earlier publication left that was stopped half-way.
///
/// # Errors
/// If the output is refused or a step does not succeed. The output folder is as it was.
pub fn publish(disk: &dyn Disk, output: &Path, files: &Files, foreign: Foreign) -> Result<Published, PublishError> {
    let place = Place::find(output)?;
    refuse_foreign(&place, foreign)?;
    if Entry::at(&place.lock_file())?.is_none() {
        // Without a staging folder there is nothing to repair, and if nothing is to be written none is made.
        let difference = Difference::of(&place, files)?;
        if difference.is_none() {
            return Ok(difference.sum(files));
        }
    }
    place.create_parents(disk)?;
    let _lock = acquire(disk, &place)?;
    let mut wanted = Paths::default();
    wanted.extend(files.paths().map(OutPath::as_str).chain([manifest::NAME]));
    recover(disk, &place, &wanted)?;
    refuse_foreign(&place, foreign)?;
    let difference = Difference::of(&place, files)?;
    let sum = difference.sum(files);
    if difference.is_none() {
        return Ok(sum);
    }
    hide_from_git(disk, &place)?;
    if let Some((path, bytes)) = difference.only_one(files)
        && can_be_replaced(&place, path)?
    {
        replace(disk, &place, path, bytes)?;
        let folder = below(&place.live, folders_above(path).next().unwrap_or_default());
        let untidy = step("flush", &folder, disk.sync(&folder)).err();
        return Ok(sum.with(untidy));
    }
    let known = known(disk, &place, &difference.published, &wanted)?;
    let mut owned = Paths::default();
    owned.extend(known.iter().map(String::as_str).chain([manifest::NAME]));
    // Somebody else's file is never written over; only where our own list is torn can we not tell whose it is.
    let others = if difference.published == Manifest::Unreadable { Others::Replace } else { Others::Stop };
    let ownership = Ownership { wanted, owned, changed: difference.changed, others };
    let untidy = Staging { disk, place: &place, files, ownership, set: difference.set }.publish()?;
    Ok(sum.with(untidy))
}

impl Published {
    fn with(self, untidy: Option<PublishError>) -> Self {
        Self { untidy: untidy.map(|error| error.to_string()), ..self }
    }
}

/// Refuses a folder that holds something, and does not say that it was published by us.
fn refuse_foreign(place: &Place, foreign: Foreign) -> Result<(), PublishError> {
    if foreign == Foreign::Keep || Entry::at(&place.live)?.is_none() || Manifest::of(&place.live)? != Manifest::Missing
    {
        return Ok(());
    }
    let mut entries = step("list", &place.live, fs::read_dir(&place.live))?;
    match entries.next() {
        Some(_) => Err(PublishError::ForeignFolder { output: place.live.clone() }),
        None => Ok(()),
    }
}

/// The files that were published before, as far as is known. A torn list is mended first.
fn known(
    disk: &dyn Disk,
    place: &Place,
    published: &Manifest,
    wanted: &Paths<'_>,
) -> Result<Vec<String>, PublishError> {
    if let Some(owned) = published.owned() {
        return Ok(owned.to_vec());
    }
    // The tree published before vouches for the present one.
    let before = Shadow::find(place, wanted)?.owned;
    if *published == Manifest::Missing {
        return Ok(before);
    }
    let mut ours = wanted.clone();
    ours.extend(before.iter().map(String::as_str));
    let live = Tree::scan(&place.live, &ours)?;
    let is_there =
        |path: &&str| *path != manifest::NAME && live.get(path).is_some_and(|entry| entry.kind == Kind::File);
    let recovered: Vec<String> = ours.files().iter().copied().filter(is_there).map(str::to_owned).collect();
    let text = manifest::text(recovered.iter().map(String::as_str));
    replace(disk, place, manifest::NAME, text.as_bytes())?;
    Ok(recovered)
}

impl<'a> Difference<'a> {
    fn of(place: &Place, files: &'a Files) -> Result<Self, PublishError> {
        let published = Manifest::of(&place.live)?;
        let is_same = published.owned().is_some_and(|owned| owned.iter().eq(files.paths().map(OutPath::as_str)));
        let set = if is_same { FileSet::Same } else { FileSet::Other };
        Ok(Self { changed: changed(&place.live, files)?, published, set })
    }

    fn is_none(&self) -> bool {
        self.set == FileSet::Same && self.changed.is_empty()
    }

    /// The file that differs, if it is the only thing that does.
    fn only_one(&self, files: &'a Files) -> Option<(&'a str, &'a [u8])> {
        if self.set == FileSet::Other || self.changed.len() > 1 {
            return None;
        }
        let (path, bytes) = files.iter().find(|(path, _)| self.changed.contains(path.as_str()))?;
        Some((path.as_str(), bytes))
    }

    fn sum(&self, files: &Files) -> Published {
        let is_gone = |path: &&String| OutPath::new(path).is_ok_and(|path| files.get(&path).is_none());
        Published {
            written: self.changed.len(),
            removed: self.published.owned().unwrap_or_default().iter().filter(is_gone).count(),
            unchanged: files.len() - self.changed.len(),
            untidy: None,
        }
    }
}

/// Can one rename put this file in its place? Its folders must be folders, and no folder must be in its way.
fn can_be_replaced(place: &Place, path: &str) -> Result<bool, PublishError> {
    for folder in folders_above(path) {
        if Entry::at(&below(&place.live, folder))?.is_none_or(|entry| entry.kind != Kind::Folder) {
            return Ok(false);
        }
    }
    let there = Entry::at(&below(&place.live, path))?;
    Ok(there.is_none_or(|entry| matches!(entry.kind, Kind::File | Kind::Link)))
}

/// Replaces one published file by one rename. The tree kept beside is brought up to date when it is next needed.
fn replace(disk: &dyn Disk, place: &Place, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
    let (file, target) = (place.file(), below(&place.live, path));
    let made = step("write", &file, disk.write_new(&file, bytes))
        .and_then(|()| step("flush", &file, disk.sync(&file)))
        .and_then(|()| step("write", &target, disk.rename(&file, &target)));
    if made.is_err() {
        let _ = disk.remove_file(&file);
    }
    made
}

/// The staging folder lies among the sources as a rule, and belongs into no repository.
fn hide_from_git(disk: &dyn Disk, place: &Place) -> Result<(), PublishError> {
    let path = place.home.join(".gitignore");
    if Entry::at(&path)?.is_some() { Ok(()) } else { step("write", &path, disk.write_new(&path, b"*\n")) }
}
