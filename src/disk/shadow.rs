//! The tree published before the present one, kept beside it to be made into the next one.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use super::error::PublishError;
use super::foreign::{foreign_among, put_back};
use super::manifest::{self, Manifest};
use super::place::Place;
use super::scan::{Entry, Kind, Paths, Tree};
use super::steps::Disk;
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
    pub fn find(place: &Place, wanted: &Paths<'_>) -> Result<Self, PublishError> {
        for path in [place.next(), place.settled()] {
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
    pub fn at(path: PathBuf, place: &Place, wanted: &Paths<'_>) -> Result<Self, PublishError> {
        let manifest = Manifest::of(&path)?;
        if manifest.owned().is_none() && path == place.settled() {
            // Everything foreign was moved out of a settled tree, so what is there is ours.
            let tree = Tree::scan_all(&path)?;
            return Ok(Self { path: Some(path), owned: files_of(&tree), tree, is_listed: false, foreign: Vec::new() });
        }
        let is_listed = manifest.owned().is_some();
        let owned = match manifest {
            Manifest::Owned(owned) => owned,
            Manifest::Missing | Manifest::Unreadable => presumed(place, wanted)?,
        };
        let mut ours = Paths::default();
        ours.extend(owned.iter().map(String::as_str).chain([manifest::NAME]));
        let tree = Tree::scan(&path, &ours)?;
        let foreign = foreign_among(&tree, &ours);
        Ok(Self { path: Some(path), tree, owned, is_listed, foreign })
    }

    /// Does anything stand in it that is not ours?
    pub fn has_strays(&self) -> bool {
        !self.foreign.is_empty()
    }

    /// Moves what is not ours to the published folder.
    ///
    /// # Errors
    /// If a step does not succeed.
    pub fn give_back_strays(&mut self, disk: &dyn Disk, place: &Place) -> Result<(), PublishError> {
        let Some(path) = &self.path else { return Ok(()) };
        put_back(disk, path, &place.live, &self.foreign)?;
        for stray in self.foreign.drain(..) {
            self.tree.entries.remove(&stray);
        }
        Ok(())
    }
}

/// What must be ours in a tree that does not say so: the files of the published site and of the new one.
fn presumed(place: &Place, wanted: &Paths<'_>) -> Result<Vec<String>, PublishError> {
    let published = Manifest::of(&place.live)?;
    let published = published.owned().unwrap_or_default().iter().map(String::as_str);
    let wanted = wanted.files().iter().copied().filter(|path| *path != manifest::NAME);
    Ok(published.chain(wanted).collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect())
}

/// The files of a tree that a list of published files can name.
fn files_of(tree: &Tree) -> Vec<String> {
    let files = tree.entries.iter().filter(|(_, entry)| entry.kind == Kind::File);
    let names = files.filter_map(|(path, _)| path.to_str());
    names.filter(|path| OutPath::new(path).is_ok_and(|plain| plain.as_str() == *path)).map(str::to_owned).collect()
}
