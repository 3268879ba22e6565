//! The built site → the output folder, which is at every moment one whole site: the old one or the new.
//!
//! Nothing changed: nothing is written. One file changed: it is replaced by one rename. Otherwise the whole tree is made
//! ready beside and exchanged in one step. Files that were not published from here stay.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::compare::find_changed;
use super::error::{WriteError, step};
use super::foreign::list_foreign;
use super::home::{self, remove_if_there};
use super::manifest::{self, Manifest};
use super::place::Place;
use super::plan::{Others, Ownership};
use super::record::{Repaired, keep_edited};
use super::recover::recover;
use super::scan::{Entry, Kind, Paths, Tree, below, folders_above, has_plain_folders};
use super::shadow::Shadow;
use super::staging::{Extent, FileSet, Staged, Staging};
use super::stamp::{Stamp, stamp_of_publication};
use super::steps::Disk;
use super::writer::replace;
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
    /// Published files that somebody had edited.
    pub repaired: Vec<Repaired>,
    /// What stands in the published folder and was not published from here, as [`find_foreign`] tells it; `None` if publishing
    /// did not have to look.
    pub foreign: Option<Vec<String>>,
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
pub fn publish(disk: &dyn Disk, output: &Path, files: &Files, foreign: Foreign) -> Result<Published, WriteError> {
    publish_and_stamp(disk, output, files, foreign).map(|(published, _)| published)
}

/// The same, with the stamp of the publication as it was before anybody else could publish.
pub(super) fn publish_and_stamp(
    disk: &dyn Disk,
    output: &Path,
    files: &Files,
    foreign: Foreign,
) -> Result<(Published, Option<Stamp>), WriteError> {
    let place = Place::find(output)?;
    refuse_foreign(&place, foreign)?;
    if Entry::at(&place.home)?.is_none() {
        // Without a staging folder there is nothing to repair, and if nothing is to be written none is made.
        let difference = Difference::of(&place, files)?;
        if difference.is_none() {
            return Ok((difference.summarize(files), None));
        }
    }
    place.create_parents(disk)?;
    let _lock = home::acquire(disk, &place.home)?;
    let published = publish_locked(disk, &place, files, foreign)?;
    Ok((published, stamp_of_publication(&place)))
}

fn publish_locked(disk: &dyn Disk, place: &Place, files: &Files, foreign: Foreign) -> Result<Published, WriteError> {
    let wanted = Paths::with_list(files.paths().map(OutPath::as_str));
    let repaired = recover(disk, place, &wanted)?;
    refuse_foreign(place, foreign)?;
    let difference = Difference::of(place, files)?;
    let mut sum = Published { repaired, ..difference.summarize(files) };
    if difference.is_none() {
        return Ok(sum);
    }
    home::hide_from_git(disk, &place.home)?;
    sum.repaired.extend(keep_edited(disk, place, files, (&difference.changed, &difference.removed(files)))?);
    if let Some((path, bytes)) = difference.only_one(files)
        && can_be_replaced(place, path)?
    {
        remove_second(disk, &place.settled(), path)?;
        replace(disk, &place.file(), &below(&place.live, path), bytes)?;
        let folder = below(&place.live, folders_above(path).next().unwrap_or_default());
        let untidy = step("flush", &folder, disk.sync(&folder)).err();
        return Ok(sum.with(untidy));
    }
    let known = load_owned(disk, place, &difference.published, &wanted)?;
    let owned = Paths::with_list(known.iter().map(String::as_str));
    // Somebody else's file is never written over; only where our own list is torn can we not tell whose it is.
    let others = if difference.published == Manifest::Unreadable { Others::Replace } else { Others::Stop };
    let ownership = Ownership { wanted, owned, changed: difference.changed, others };
    let staging = Staging { disk, place, files, ownership, set: difference.set, extent: Extent::Whole };
    let Staged { untidy, foreign, .. } = staging.publish()?;
    Ok(Published { foreign: Some(names_of(&foreign)), ..sum.with(untidy) })
}

/// What stands in a published folder and was not published from here; a folder counts as one. What is hidden, such as `.git`,
/// is left out: it came there by purpose.
///
/// # Errors
/// If the folder cannot be listed.
pub fn find_foreign(output: &Path) -> Result<Vec<String>, WriteError> {
    let place = Place::find(output)?;
    let manifest = Manifest::of(&place.live)?;
    let Some(owned) = manifest.owned() else { return Ok(Vec::new()) };
    let ours = Paths::with_list(owned.iter().map(String::as_str));
    Ok(names_of(&list_foreign(&Tree::scan_kinds(&place.live, &ours)?, &ours)))
}

/// The paths that are told: those that are not hidden.
fn names_of(foreign: &[OsString]) -> Vec<String> {
    let names = foreign.iter().map(|path| path.to_string_lossy().into_owned());
    names.filter(|path| !path.split('/').any(|part| part.starts_with('.'))).collect()
}

impl Published {
    fn with(self, untidy: Option<WriteError>) -> Self {
        Self { untidy: untidy.map(|error| error.to_string()), ..self }
    }
}

/// Refuses a folder that holds something, and does not say that it was published by us.
fn refuse_foreign(place: &Place, foreign: Foreign) -> Result<(), WriteError> {
    if foreign == Foreign::Keep || Entry::at(&place.live)?.is_none() || Manifest::of(&place.live)? != Manifest::Missing
    {
        return Ok(());
    }
    let mut entries = step("list", &place.live, fs::read_dir(&place.live))?;
    match entries.next() {
        Some(_) => Err(WriteError::ForeignFolder { output: place.live.clone() }),
        None => Ok(()),
    }
}

/// The files that were published before, as far as is known. A torn list is mended first.
fn load_owned(
    disk: &dyn Disk,
    place: &Place,
    published: &Manifest,
    wanted: &Paths<'_>,
) -> Result<Vec<String>, WriteError> {
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
    let standing = ours.files().iter().filter(|path| live.get(path).is_some_and(|entry| entry.kind == Kind::File));
    let recovered: Vec<String> =
        standing.filter(|path| **path != manifest::NAME).map(|path| (*path).to_owned()).collect();
    let text = manifest::text(recovered.iter().map(String::as_str));
    replace(disk, &place.file(), &place.live.join(manifest::NAME), text.as_bytes())?;
    Ok(recovered)
}

impl<'a> Difference<'a> {
    fn of(place: &Place, files: &'a Files) -> Result<Self, WriteError> {
        let published = Manifest::of(&place.live)?;
        let is_same = published.owned().is_some_and(|owned| owned.iter().eq(files.paths().map(OutPath::as_str)));
        let set = if is_same { FileSet::Same } else { FileSet::Other };
        Ok(Self { changed: find_changed(&place.live, files)?, published, set })
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

    /// The published files that the new site does not have.
    fn removed(&self, files: &Files) -> Vec<&str> {
        let owned = self.published.owned().unwrap_or_default().iter().map(String::as_str);
        owned.filter(|path| OutPath::new(path).is_ok_and(|path| files.get(&path).is_none())).collect()
    }

    fn summarize(&self, files: &Files) -> Published {
        Published {
            written: self.changed.len(),
            removed: self.removed(files).len(),
            unchanged: files.len() - self.changed.len(),
            ..Published::default()
        }
    }
}

/// Can one rename put this file in its place? Its folders must be folders, and no folder must be in its way.
fn can_be_replaced(place: &Place, path: &str) -> Result<bool, WriteError> {
    let there = Entry::at(&below(&place.live, path))?;
    Ok(has_plain_folders(&place.live, path)? && there.is_none_or(|there| matches!(there.kind, Kind::File | Kind::Link)))
}

/// Removes the second name of a published file in the tree kept beside, before the file is replaced, so that its former
/// bytes lie nowhere afterwards; the tree is brought up to date when it is next needed.
pub(super) fn remove_second(disk: &dyn Disk, tree: &Path, path: &str) -> Result<(), WriteError> {
    if has_plain_folders(tree, path)? { remove_if_there(disk, &below(tree, path)) } else { Ok(()) }
}
