//! Takes a published site away again, and nothing else.

use std::ffi::OsStr;
use std::path::Path;

use super::error::{WriteError, step};
use super::foreign::remove_all;
use super::home::{self, remove_if_empty, remove_if_there};
use super::manifest::{self, Manifest};
use super::place::{Place, create_if_missing};
use super::recover::recover;
use super::scan::{Entry, Kind, Paths, Tree, below};
use super::shadow::Shadow;
use super::steps::Disk;

/// Removes the published files, the folders that are empty without them, and the staging folder.
///
/// Returns how many published files were removed. Everything else in the output folder stays.
///
/// # Errors
/// If a step does not succeed, or the list of published files cannot be understood.
pub fn clean(disk: &dyn Disk, output: &Path) -> Result<usize, WriteError> {
    let place = Place::find(output)?;
    let has_home = Entry::at(&place.home)?.is_some();
    if !has_home && Manifest::of(&place.live)? == Manifest::Missing {
        return Ok(0);
    }
    let _lock = home::acquire(disk, &place.home)?;
    recover(disk, &place, &Paths::default())?;
    let manifest = Manifest::of(&place.live)?;
    if manifest == Manifest::Unreadable {
        return Err(WriteError::NoManifest { path: place.live.join(manifest::NAME) });
    }
    remove_shadow(disk, &place)?;
    let removed = remove_owned(disk, &place, manifest.owned().unwrap_or_default())?;
    remove_if_there(disk, &place.record())?;
    if Entry::at(&place.edited())?.is_some() {
        remove_all(disk, &place.edited())?;
    }
    home::remove(disk, &place.home)?;
    Ok(removed)
}

/// Removes the tree kept in the staging folder; what a crash left there that is not ours goes to the output first.
fn remove_shadow(disk: &dyn Disk, place: &Place) -> Result<(), WriteError> {
    let mut shadow = Shadow::find(place, &Paths::default())?;
    if shadow.has_foreign() && !place.has_live()? {
        create_if_missing(disk, &place.live)?;
    }
    shadow.give_back_foreign(disk, place)?;
    shadow.path.map_or(Ok(()), |path| remove_all(disk, &path))
}

/// Removes the files of ours, then the folders that are empty without them, and only then the list: until the end, it
/// says what is still to be done.
fn remove_owned(disk: &dyn Disk, place: &Place, owned: &[String]) -> Result<usize, WriteError> {
    let mut ours = Paths::default();
    ours.extend(owned.iter().map(String::as_str));
    let tree = Tree::scan(&place.live, &ours)?;
    let mut removed = 0;
    for (path, entry) in &tree.entries {
        let is_file = matches!(entry.kind, Kind::File | Kind::Link) && ours.has_file(path);
        // A link in the place of a folder of ours goes; what it leads to is not ours.
        let is_planted = entry.kind == Kind::Link && ours.has_folder(path);
        if is_file || is_planted {
            let path = below(&place.live, path);
            step("remove", &path, disk.remove_file(&path))?;
            removed += usize::from(is_file);
        }
    }
    for folder in ours.folders().iter().rev().filter(|folder| tree.get(folder).is_some_and(|e| e.kind == Kind::Folder))
    {
        remove_if_empty(disk, &below(&place.live, folder))?;
    }
    let list = place.live.join(manifest::NAME);
    if tree.entries.contains_key(OsStr::new(manifest::NAME)) {
        step("remove", &list, disk.remove_file(&list))?;
    }
    if place.has_live()? {
        remove_if_empty(disk, &place.live)?;
    }
    Ok(removed)
}
