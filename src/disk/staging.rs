//! Makes the whole new tree ready beside the published one, and exchanges the two in one step.
//!
//! The tree published before the present one serves again: only what differs is touched. No file is ever opened for
//! writing that has a second name in the published tree; it is replaced.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{WriteError, step};
use super::foreign::{list_foreign, put_back};
use super::manifest;
use super::place::Place;
use super::plan::{Ownership, Plan, plan};
use super::recover::{recover, settle};
use super::scan::{Entry, Kind, Tree, below};
use super::shadow::{Shadow, ShadowAction, remove_unpublished};
use super::steps::Disk;
use super::writer::{Linked, Writer};
use crate::base::{Files, OutPath};

/// A publication of more than one file.
pub(super) struct Staging<'a> {
    /// The disk.
    pub disk: &'a dyn Disk,
    /// Where to.
    pub place: &'a Place,
    /// The new site.
    pub files: &'a Files,
    /// Whose the files in the published folder are.
    pub ownership: Ownership<'a>,
    /// Does the new site consist of the same files as the published one?
    pub set: FileSet,
    /// What of it was looked at; `files` and `ownership` are those of that part.
    pub extent: Extent,
}

/// Does the new site consist of the same files as the published one, whatever is in them?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileSet {
    /// The list of published files stays as it is.
    Same,
    /// There will be another list.
    Other,
}

/// Everything that was looked at before the first step; of a part of the site, what concerns that part.
pub(super) struct Inspection {
    /// Is there a published folder?
    pub has_live: bool,
    /// What stands in it.
    pub live: Tree,
    /// The tree published before.
    pub shadow: Shadow,
    /// What is to be done with what is not ours.
    pub plan: Plan,
    /// What is not ours.
    pub foreign: Vec<OsString>,
}

/// How much of the site was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Both trees, whole. What is made is flushed before it is published.
    Whole,
    /// The files in question; of all others it is known that they are the same in both trees. It is for the caller to flush,
    /// and to look afterwards at what others did to the tree published before.
    Part,
}

/// What came of it.
pub(super) struct Staged {
    /// What went wrong after the new tree was in its place; it is left to the next publication.
    pub untidy: Option<WriteError>,
    /// What stands in the published folder and is not ours.
    pub foreign: Vec<OsString>,
    /// Has each file that was exchanged a second name in the tree published before?
    pub linked: Linked,
}

impl Staging<'_> {
    /// Makes the new tree ready and puts it in the place of the published one.
    ///
    /// # Errors
    /// If a step does not succeed; the published folder is untouched.
    pub fn publish(&self) -> Result<Staged, WriteError> {
        let inspection = self.inspect()?;
        // A full disk is not to be fuller than before. What stays is found by the next publication.
        self.publish_inspected(inspection).inspect_err(|_| drop(recover(self.disk, self.place, &self.ownership.wanted)))
    }

    /// The same, where both trees were looked at.
    ///
    /// # Errors
    /// If a step does not succeed; the published folder is untouched, and the tree beside it half-made.
    pub fn publish_inspected(&self, inspection: Inspection) -> Result<Staged, WriteError> {
        self.make_ready(&mut Writer::new(self.disk), &inspection)?;
        self.swap(&inspection)?;
        let (untidy, linked) = match self.tidy_up(&inspection) {
            Ok(linked) => (None, linked),
            Err(error) => (Some(error), Linked::Refused),
        };
        Ok(Staged { untidy, foreign: inspection.foreign, linked })
    }

    /// Where the new tree is made ready.
    fn tree(&self) -> PathBuf {
        if self.extent == Extent::Whole { self.place.next() } else { self.place.former() }
    }

    /// Looks at both trees and decides about everything that is not ours.
    fn inspect(&self) -> Result<Inspection, WriteError> {
        let has_live = self.place.has_live()?;
        let mut shadow = Shadow::find(self.place, &self.ownership.wanted)?;
        if !has_live {
            let plan = self.plan_to_keep(&mut shadow)?;
            return Ok(Inspection { has_live, live: Tree::default(), shadow, plan, foreign: Vec::new() });
        }
        shadow.give_back_foreign(self.disk, self.place)?;
        let mut ours = self.ownership.wanted.clone();
        ours.extend(self.ownership.owned.files().iter().copied());
        let live = Tree::scan(&self.place.live, &ours)?;
        let plan = self.plan(&live, &self.place.live)?;
        let foreign = list_foreign(&live, &ours);
        Ok(Inspection { has_live, live, shadow, plan, foreign })
    }

    /// Without a published folder, foreign things that a crash left in the shadow stay there, and so get published.
    fn plan_to_keep(&self, shadow: &mut Shadow) -> Result<Plan, WriteError> {
        let plan = self.plan(&shadow.tree, shadow.path.as_ref().unwrap_or(&self.place.live))?;
        for path in plan.linked.iter().chain(&plan.carried) {
            shadow.tree.entries.remove(path);
        }
        Ok(Plan { linked: Vec::new(), carried: Vec::new(), ..plan })
    }

    fn plan(&self, tree: &Tree, top: &Path) -> Result<Plan, WriteError> {
        plan(tree, &self.ownership).map_err(|path| WriteError::InTheWay { path: below(top, &path) })
    }

    /// Brings the shadow up to date.
    fn make_ready(&self, writer: &mut Writer<'_>, inspection: &Inspection) -> Result<(), WriteError> {
        let Inspection { live, shadow, plan, .. } = inspection;
        let next = self.tree();
        self.claim(writer, shadow)?;
        let kept = self.remove_stale(writer, inspection)?;
        for folder in plan.folders.iter().filter(|folder| !kept.contains(folder.as_os_str())) {
            writer.create_dir(&below(&next, folder))?;
        }
        for (path, bytes) in self.files.iter().filter(|(path, _)| !kept.contains(OsStr::new(path.as_str()))) {
            self.put(writer, path.as_str(), bytes, shadow)?;
        }
        self.list(writer, shadow)?;
        for path in plan.linked.iter().filter(|path| live.entries.contains_key(*path)) {
            // What gets no second name moves over like a folder, after the exchange.
            writer.hard_link(&below(&self.place.live, path), &below(&next, path))?;
        }
        if inspection.has_live {
            step("change the rights of", &next, self.disk.copy_permissions(&self.place.live, &next))?;
        }
        if self.extent == Extent::Whole { writer.flush(&self.place.home) } else { Ok(()) }
    }

    /// Sees to it that the shadow lies where the new tree is made, and that its list names all that will be made in it.
    ///
    /// A crash at any later moment then leaves nothing of ours that could be taken for foreign.
    fn claim(&self, writer: &mut Writer<'_>, shadow: &Shadow) -> Result<(), WriteError> {
        let next = self.tree();
        let Some(path) = &shadow.path else {
            writer.create_dir(&next)?;
            return self.list_in(writer, &next, self.files.paths().map(OutPath::as_str));
        };
        if *path != next {
            step("rename", path, self.disk.rename(path, &next))?;
        }
        let mut all: BTreeSet<&str> = shadow.owned.iter().map(String::as_str).collect();
        let before = all.len();
        all.extend(self.files.paths().map(OutPath::as_str));
        if shadow.is_listed && all.len() == before { Ok(()) } else { self.list_in(writer, &next, all) }
    }

    /// Removes from the shadow what the new site does not hold in the same form; says what stays.
    fn remove_stale<'p>(
        &self,
        writer: &mut Writer<'_>,
        inspection: &'p Inspection,
    ) -> Result<BTreeSet<&'p OsStr>, WriteError> {
        let mut kept = BTreeSet::new();
        // Backwards, so that a folder is emptied before its turn comes.
        for (path, entry) in inspection.shadow.tree.entries.iter().rev() {
            let place = below(&self.tree(), path);
            match entry.kind {
                _ if path == manifest::NAME => {}
                Kind::Folder if inspection.plan.folders.contains(path) => {
                    kept.insert(path.as_os_str());
                }
                Kind::Folder => writer.remove_dir(&place)?,
                _ if self.is_up_to_date(path, entry, &inspection.live) => {
                    kept.insert(path.as_os_str());
                }
                // It is replaced: whoever still reads the tree of the day before yesterday must not miss it.
                _ if self.ownership.wanted.has_file(path) => {}
                _ => writer.remove_file(&place)?,
            }
        }
        Ok(kept)
    }

    /// Is this the very file that is published, and is to stay so?
    fn is_up_to_date(&self, path: &OsStr, entry: &Entry, live: &Tree) -> bool {
        let Some(path) = path.to_str() else { return false };
        self.ownership.wanted.has_file(OsStr::new(path))
            && !self.ownership.changed.contains(path)
            && live.get(path).is_some_and(|live| live.kind == Kind::File && live.is_same_file(entry))
    }

    /// Puts one file into the shadow: a second name of the published one if that is equal, else a fresh one.
    fn put(&self, writer: &mut Writer<'_>, path: &str, bytes: &[u8], shadow: &Shadow) -> Result<(), WriteError> {
        let target = below(&self.tree(), path);
        let is_there = shadow.tree.get(path).is_some_and(|entry| entry.kind != Kind::Folder);
        // Whoever looks at a tree later must find no half of a file there, which he could take for somebody's edit.
        let is_moved = is_there || self.extent == Extent::Part;
        let place = if is_moved { self.place.file() } else { target.clone() };
        let is_linked = !self.ownership.changed.contains(path)
            && writer.hard_link(&below(&self.place.live, path), &place)? == Linked::Yes;
        if !is_linked {
            writer.write_new(&place, bytes)?;
        }
        if is_moved { writer.rename(&place, &target) } else { Ok(()) }
    }

    /// Sees to it that the shadow's list names what is in it and no more.
    fn list(&self, writer: &mut Writer<'_>, shadow: &Shadow) -> Result<(), WriteError> {
        let next = self.tree();
        if self.set == FileSet::Other {
            if shadow.owned.iter().all(|path| self.ownership.wanted.has_file(OsStr::new(path))) {
                return Ok(());
            }
            return self.list_in(writer, &next, self.files.paths().map(OutPath::as_str));
        }
        let (live, there) = (self.place.live.join(manifest::NAME), next.join(manifest::NAME));
        if let (Some(live), Some(there)) = (Entry::at(&live)?, Entry::at(&there)?)
            && live.is_same_file(&there)
        {
            return Ok(());
        }
        match writer.hard_link(&live, &self.place.file())? {
            Linked::Yes => writer.rename(&self.place.file(), &there),
            Linked::Refused => self.list_in(writer, &next, self.files.paths().map(OutPath::as_str)),
        }
    }

    /// Writes the list of files into a tree, in place of the one that is there.
    fn list_in<'p>(
        &self,
        writer: &mut Writer<'_>,
        tree: &Path,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Result<(), WriteError> {
        let (file, place) = (self.place.file(), tree.join(manifest::NAME));
        writer.write_new(&file, manifest::text(paths).as_bytes())?;
        step("flush", &file, self.disk.sync(&file))?;
        writer.rename(&file, &place)
    }

    /// Puts the new tree in the place of the published one.
    fn swap(&self, inspection: &Inspection) -> Result<(), WriteError> {
        let (live, next) = (&self.place.live, self.tree());
        if !inspection.has_live {
            return step("publish", live, self.disk.rename(&next, live));
        }
        match self.disk.exchange(&next, live) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => self.swap_in_steps(),
            answer => step("publish", live, answer),
        }
    }

    /// The same where the system knows no exchange: for an instant there is no published folder.
    ///
    /// A crash in that instant is repaired by the next start, which puts the old one back.
    fn swap_in_steps(&self) -> Result<(), WriteError> {
        let (live, next, old) = (&self.place.live, self.tree(), self.place.old());
        step("publish", live, self.disk.rename(live, &old))?;
        if let Err(error) = self.disk.rename(&next, live) {
            step("put back", live, self.disk.rename(&old, live))?;
            return step("publish", live, Err(error));
        }
        Ok(())
    }

    /// After the exchange: moves what is not ours over to the new tree, and keeps the old tree as the next shadow, without
    /// anything that is not published.
    fn tidy_up(&self, inspection: &Inspection) -> Result<Linked, WriteError> {
        let Place { live, parent, home } = self.place;
        let next = self.tree();
        if Entry::at(&self.place.old())?.is_some() {
            step("rename", &next, self.disk.rename(&self.place.old(), &next))?;
        }
        if self.extent == Extent::Whole {
            step("flush", parent, self.disk.sync(parent))?;
        }
        if !inspection.has_live {
            return Ok(Linked::Yes);
        }
        put_back(self.disk, &next, live, &inspection.plan.linked)?;
        put_back(self.disk, &next, live, &inspection.plan.carried)?;
        let decide = |path: &OsStr, entry: &Entry| self.decide(path, entry);
        let linked = remove_unpublished(self.disk, self.place, (&next, &inspection.live), decide)?;
        if self.extent == Extent::Whole {
            settle(self.disk, self.place, &next)?;
            step("flush", home, self.disk.sync(home))?;
        }
        Ok(linked)
    }

    /// What becomes of an entry of the tree that was published until now.
    fn decide(&self, path: &OsStr, entry: &Entry) -> ShadowAction {
        let Ownership { wanted, owned, changed, .. } = &self.ownership;
        let is_changed = path.to_str().is_some_and(|path| changed.contains(path));
        match entry.kind {
            Kind::Folder if owned.has_folder(path) && !wanted.has_folder(path) => ShadowAction::Remove,
            Kind::Folder => ShadowAction::Keep,
            _ if path == manifest::NAME && self.set == FileSet::Same => ShadowAction::Keep,
            _ if wanted.has_file(path) && (is_changed || path == manifest::NAME) => ShadowAction::Relink,
            _ if wanted.has_file(path) => ShadowAction::Keep,
            _ if wanted.has(path) || owned.has(path) => ShadowAction::Remove,
            // It is not ours, and was moved over.
            _ => ShadowAction::Keep,
        }
    }
}
