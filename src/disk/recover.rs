//! After a crash or a failed step: puts the staging folder back in order, and what is not ours back into the published
//! folder.
//!
//! Publishing needs no other way to undo anything: the exchange is the one step that counts, and what was made ready before
//! it is not published and goes.

use std::path::Path;

use super::error::{WriteError, step};
use super::foreign::remove_all;
use super::home::remove_if_there;
use super::place::Place;
use super::record::Repaired;
use super::scan::{Entry, Paths};
use super::shadow::{Shadow, look_at_published};
use super::steps::Disk;

/// Repairs what a publication left that was stopped half-way, and looks at what others did to the tree published before, if
/// nobody has yet: what they made of files of ours is kept, and told. Otherwise it looks for four names and does nothing.
///
/// `ours` are the files of the site, for the case that the trees do not say which of their files are ours.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn recover(disk: &dyn Disk, place: &Place, ours: &Paths<'_>) -> Result<Vec<Repaired>, WriteError> {
    remove_if_there(disk, &place.file())?;
    if Entry::at(&place.old())?.is_some() {
        return_old(disk, place, ours)?;
    }
    let repaired = if Entry::at(&place.former())?.is_some() { return_former(disk, place, ours)? } else { Vec::new() };
    if Entry::at(&place.next())?.is_some() {
        let mut shadow = Shadow::at(place.next(), place, ours)?;
        let has_live = place.has_live()?;
        if has_live {
            shadow.give_back_foreign(disk, place)?;
        }
        shadow.remove_unpublished(disk, place, &look_at_published(place)?)?;
        // Where there is no published folder, the next publication takes the tree as it is, foreign things included.
        if has_live {
            settle(disk, place, &place.next())?;
        }
    }
    Ok(repaired)
}

/// Looks at what others did to a tree of which all was trusted, and settles it.
fn return_former(disk: &dyn Disk, place: &Place, ours: &Paths<'_>) -> Result<Vec<Repaired>, WriteError> {
    let former = place.former();
    if !place.has_live()? {
        let is_free = Entry::at(&place.next())?.is_none();
        return if is_free {
            step("rename", &former, disk.rename(&former, &place.next())).map(|()| Vec::new())
        } else {
            Ok(Vec::new())
        };
    }
    let mut shadow = Shadow::at(former.clone(), place, ours)?;
    shadow.give_back_foreign(disk, place)?;
    let published = look_at_published(place)?;
    let repaired = shadow.keep_edited(disk, place, &published.1)?;
    shadow.remove_unpublished(disk, place, &published)?;
    settle(disk, place, &former)?;
    Ok(repaired)
}

/// Declares that a tree left after an exchange holds nothing foreign.
pub(super) fn settle(disk: &dyn Disk, place: &Place, tree: &Path) -> Result<(), WriteError> {
    if Entry::at(&place.settled())?.is_some() {
        remove_all(disk, &place.settled())?;
    }
    step("rename", tree, disk.rename(tree, &place.settled()))
}

/// Ends an exchange that went by way of `old`, where the system has no exchange in one step.
fn return_old(disk: &dyn Disk, place: &Place, ours: &Paths<'_>) -> Result<(), WriteError> {
    let old = place.old();
    if !place.has_live()? {
        return step("rename", &old, disk.rename(&old, &place.live));
    }
    if Entry::at(&place.next())?.is_none() {
        return step("rename", &old, disk.rename(&old, &place.next()));
    }
    Shadow::at(old.clone(), place, ours)?.give_back_foreign(disk, place)?;
    remove_all(disk, &old)
}
