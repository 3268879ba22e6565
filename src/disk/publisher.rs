//! One site after the other → the same output folder, each edit at the cost of what it changes.
//!
//! What was published from here is known, and trusted as long as nobody else publishes there: only the files that are
//! replaced are looked at. Whatever is not as it is known to be makes that publication look at everything, as the first one
//! does. What others do to the rest is found by [`Publisher::verify`].

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::{WriteError, step};
use super::home;
use super::open::read_regular;
use super::place::Place;
use super::plan::{Others, Ownership, Plan, plan};
use super::publish::{Foreign, Published, publish_and_stamp, remove_second};
use super::record::{Change, is_whole, note};
use super::scan::{Entry, Kind, Paths, Tree, below, folders_above};
use super::shadow::{Shadow, look_at_published};
use super::staging::{Extent, FileSet, Inspection, Staging};
use super::stamp::{Stamp, stamp_of_publication};
use super::steps::Disk;
use super::writer::{Linked, replace_unflushed};
use crate::base::{Files, OutPath};

/// Publishes into one folder, again and again.
pub struct Publisher<'d> {
    disk: &'d dyn Disk,
    output: PathBuf,
    foreign: Foreign,
    known: Option<Known>,
    /// How many lines were added to the record since it was written anew.
    noted: usize,
    unflushed: Unflushed,
}

/// What is known of the folder after a publication.
struct Known {
    /// What is published.
    files: Files,
    /// Tells whether somebody has published since.
    publication: Stamp,
    /// The tree kept beside; `None` if it was not looked at.
    shadow: Option<KnownShadow>,
}

/// What is known of the tree kept beside: it holds second names of published files and nothing else.
struct KnownShadow {
    /// The published files that it does not hold.
    missing: BTreeSet<OutPath>,
    /// What is to be done with what is not ours.
    foreign: Plan,
}

/// What would not survive a power cut yet.
#[derive(Debug, Default)]
enum Unflushed {
    #[default]
    Nothing,
    /// These files and folders.
    Few(BTreeSet<PathBuf>),
    /// More than is worth while to list.
    Everything,
}

impl<'d> Publisher<'d> {
    /// Nothing is known of the folder yet.
    #[must_use]
    pub fn new(disk: &'d dyn Disk, output: &Path, foreign: Foreign) -> Self {
        Self { disk, output: output.to_owned(), foreign, known: None, noted: 0, unflushed: Unflushed::Nothing }
    }

    /// The folder that is published into.
    #[must_use]
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// Publishes `files` as [`super::publish`] does. Where the folder is known, nothing is looked at or flushed but what is
    /// replaced; the rest is left to [`Self::verify`].
    ///
    /// # Errors
    /// As [`super::publish`].
    pub fn publish(&mut self, files: &Files) -> Result<Published, WriteError> {
        // What is known counts again only if all goes well.
        if let Some(known) = self.known.take()
            && let Some(published) = self.publish_known(known, files)?
        {
            return Ok(published);
        }
        self.publish_unknown(files)
    }

    /// Looks at everything: flushes what was published, repairs and names what others did to published files, and puts back
    /// what is not ours and was exchanged away.
    ///
    /// # Errors
    /// As [`super::publish`].
    pub fn verify(&mut self, files: &Files) -> Result<Published, WriteError> {
        self.flush()?;
        let published = self.publish_unknown(files)?;
        if let Some(known) = &mut self.known {
            // Where it cannot be looked at nothing is known of it.
            known.shadow = look_at_shadow(self.disk, &self.output, known).unwrap_or_default();
        }
        Ok(published)
    }

    fn publish_unknown(&mut self, files: &Files) -> Result<Published, WriteError> {
        self.known = None;
        let (published, stamp) = publish_and_stamp(self.disk, &self.output, files, self.foreign)?;
        if published.written + published.removed > 0 {
            self.noted = 0;
        }
        if let Some(publication) = stamp
            && published.untidy.is_none()
            && is_whole(&Place::find(&self.output)?)
        {
            self.known = Some(Known { files: files.clone(), publication, shadow: None });
        }
        Ok(published)
    }

    /// `None` if something is not as it is known to be, before any step was taken.
    fn publish_known(&mut self, known: Known, files: &Files) -> Result<Option<Published>, WriteError> {
        let place = Place::find(&self.output)?;
        let _lock = home::acquire(self.disk, &place.home)?;
        let Known { files: former, publication, shadow } = known;
        if stamp_of_publication(&place) != Some(publication) || is_unfinished(&place)? {
            return Ok(None);
        }
        let changed: Vec<&OutPath> = files.changed_since(&former).collect();
        let is_same_set = files.len() == former.len() && changed.iter().all(|path| former.get(path).is_some());
        // The record is written anew before it gets more than twice as long.
        if !is_same_set || self.noted + changed.len() > files.len() {
            return Ok(None);
        }
        self.noted += changed.len();
        let edit = Edit { disk: self.disk, place: &place, known: &former, files, changed: &changed };
        let Some(Outcome { shadow, unflushed, untidy }) = edit.publish(shadow)? else { return Ok(None) };
        self.unflushed.add(unflushed);
        let publication = stamp_of_publication(&place);
        self.known = publication.map(|publication| Known { files: files.clone(), publication, shadow });
        let (written, unchanged) = (changed.len(), files.len() - changed.len());
        let untidy = untidy.map(|error| error.to_string());
        Ok(Some(Published { written, unchanged, untidy, ..Published::default() }))
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        match &self.unflushed {
            Unflushed::Nothing => {}
            Unflushed::Few(paths) => {
                for path in paths.iter().filter(|path| path.symlink_metadata().is_ok()) {
                    step("flush", path, self.disk.sync(path))?;
                }
            }
            Unflushed::Everything => {
                let home = Place::find(&self.output)?.home;
                step("flush", &home, self.disk.sync_filesystem(&home))?;
            }
        }
        self.unflushed = Unflushed::Nothing;
        Ok(())
    }
}

impl Unflushed {
    fn add(&mut self, more: Self) {
        *self = match (std::mem::take(self), more) {
            (Self::Nothing, only) | (only, Self::Nothing) => only,
            (Self::Few(mut paths), Self::Few(more)) => {
                paths.extend(more);
                Self::Few(paths)
            }
            _ => Self::Everything,
        };
    }
}

/// Did a publication stop half-way?
fn is_unfinished(place: &Place) -> Result<bool, WriteError> {
    for path in [place.file(), place.next(), place.old()] {
        if Entry::at(&path)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Looks at the tree kept beside, which publishing has put in order; `None` if it is not as it must be to be trusted.
fn look_at_shadow(disk: &dyn Disk, output: &Path, known: &Known) -> Result<Option<KnownShadow>, WriteError> {
    let place = Place::find(output)?;
    let _lock = home::acquire(disk, &place.home)?;
    if stamp_of_publication(&place) != Some(known.publication) || is_unfinished(&place)? {
        return Ok(None);
    }
    let ours = Paths::with_list(known.files.paths().map(OutPath::as_str));
    let shadow = Shadow::find(&place, &ours)?;
    let is_same_set = shadow.owned.iter().map(String::as_str).eq(known.files.paths().map(OutPath::as_str));
    if shadow.path.is_none() || !shadow.is_listed || shadow.has_foreign() || !is_same_set {
        return Ok(None);
    }
    let (_, live) = look_at_published(&place)?;
    let mut missing = BTreeSet::new();
    for path in known.files.paths() {
        match (shadow.tree.get(path.as_str()), live.get(path.as_str())) {
            (None, _) => drop(missing.insert(path.clone())),
            (Some(there), Some(live)) if there.is_same_file(live) && there.kind == Kind::File => {}
            _ => return Ok(None),
        }
    }
    let ownership = Ownership { wanted: ours.clone(), owned: ours, changed: BTreeSet::new(), others: Others::Stop };
    Ok(plan(&live, &ownership).ok().map(|foreign| KnownShadow { missing, foreign }))
}

/// A publication of some files into a folder that is known.
struct Edit<'a> {
    disk: &'a dyn Disk,
    place: &'a Place,
    /// What is published.
    known: &'a Files,
    files: &'a Files,
    changed: &'a [&'a OutPath],
}

/// What an edit left.
#[derive(Default)]
struct Outcome {
    shadow: Option<KnownShadow>,
    unflushed: Unflushed,
    /// What went wrong after it was published.
    untidy: Option<WriteError>,
}

/// What stands where an edit has to be made, in both trees.
struct Look<'a> {
    live: Tree,
    shadow: Tree,
    /// The folders on the way.
    folders: BTreeSet<&'a str>,
}

impl Edit<'_> {
    /// Publishes it; `None` if something is not as it is known to be, before any step was taken.
    fn publish(self, shadow: Option<KnownShadow>) -> Result<Option<Outcome>, WriteError> {
        match (self.changed, shadow) {
            ([], shadow) => Ok(Some(Outcome { shadow, ..Outcome::default() })),
            ([path], shadow) => self.replace(path, shadow),
            (_, Some(shadow)) => self.exchange(shadow),
            (_, None) => Ok(None),
        }
    }

    /// Replaces one file by one rename.
    fn replace(&self, path: &OutPath, mut shadow: Option<KnownShadow>) -> Result<Option<Outcome>, WriteError> {
        let tree = self.shadow_path()?;
        let look = self.look(&tree, [path])?;
        let second = look.shadow.get(path.as_str());
        if !self.is_as_published(&look, path)? || second.is_some() && !look.is_second(path) {
            return Ok(None);
        }
        self.note()?;
        remove_second(self.disk, &tree, path.as_str())?;
        let there = below(&self.place.live, path.as_str());
        replace_unflushed(self.disk, &self.place.file(), &there, self.bytes(path))?;
        if let Some(shadow) = &mut shadow {
            shadow.missing.insert(path.clone());
        }
        let folder = there.parent().map(Path::to_owned);
        let unflushed = Unflushed::Few(folder.into_iter().chain([there]).collect());
        Ok(Some(Outcome { shadow, unflushed, untidy: None }))
    }

    /// Exchanges the trees, after what differs was put into the one kept beside.
    fn exchange(&self, KnownShadow { missing, foreign }: KnownShadow) -> Result<Option<Outcome>, WriteError> {
        let touched: BTreeSet<&OutPath> = self.changed.iter().copied().chain(&missing).collect();
        let tree = self.shadow_path()?;
        let Look { mut live, shadow, folders } = {
            let look = self.look(&tree, touched.iter().copied())?;
            for path in &touched {
                let is_second = if missing.contains(*path) { look.is_missing(path) } else { look.is_second(path) };
                if !is_second || !self.is_as_published(&look, path)? {
                    return Ok(None);
                }
            }
            look
        };
        for path in &foreign.linked {
            // Somebody may have removed it.
            live.entries.extend(Entry::at(&below(&self.place.live, path))?.map(|entry| (path.clone(), entry)));
        }
        self.note()?;
        let files: Files =
            touched.iter().filter_map(|path| Some(((*path).clone(), self.files.get(path)?.clone()))).collect();
        let wanted = Paths::with_list(files.paths().map(OutPath::as_str));
        let changed = self.changed.iter().map(|path| path.as_str()).collect();
        let (disk, place) = (self.disk, self.place);
        let ownership = Ownership { owned: wanted.clone(), wanted, changed, others: Others::Stop };
        let staging = Staging { disk, place, files: &files, ownership, set: FileSet::Same, extent: Extent::Part };
        let plan = Plan { folders: folders.iter().map(OsString::from).collect(), ..foreign.clone() };
        let shadow = Shadow::of_known(tree, shadow, files.paths().map(OutPath::to_string).collect());
        let staged =
            staging.publish_inspected(Inspection { has_live: true, live, shadow, plan, foreign: Vec::new() })?;
        let is_whole = staged.linked == Linked::Yes && staged.untidy.is_none();
        let shadow = is_whole.then(|| KnownShadow { missing: BTreeSet::new(), foreign });
        Ok(Some(Outcome { shadow, unflushed: Unflushed::Everything, untidy: staged.untidy }))
    }

    /// Looks at some files and the folders above them, in both trees.
    fn look<'p>(&self, tree: &Path, paths: impl IntoIterator<Item = &'p OutPath>) -> Result<Look<'p>, WriteError> {
        let mut look = Look { live: Tree::default(), shadow: Tree::default(), folders: BTreeSet::new() };
        let paths: Vec<&str> = paths.into_iter().map(OutPath::as_str).collect();
        look.folders.extend(paths.iter().flat_map(|path| folders_above(path)));
        for path in look.folders.iter().chain(&paths) {
            for (top, found) in [(&*self.place.live, &mut look.live), (tree, &mut look.shadow)] {
                found.entries.extend(Entry::at(&below(top, *path))?.map(|entry| (OsString::from(path), entry)));
            }
        }
        Ok(look)
    }

    /// Is a published file the one that we wrote, and do only folders lead to it and to its second name?
    fn is_as_published(&self, look: &Look<'_>, path: &OutPath) -> Result<bool, WriteError> {
        let is_plain =
            look.has_plain_folders(path) && look.live.get(path.as_str()).is_some_and(|entry| entry.kind == Kind::File);
        let Some(known) = self.known.get(path).filter(|_| is_plain) else { return Ok(false) };
        let there = below(&self.place.live, path.as_str());
        Ok(step("read", &there, read_regular(&there, known.len() as u64))?.as_deref() == Some(&**known))
    }

    /// Where the tree kept beside is.
    fn shadow_path(&self) -> Result<PathBuf, WriteError> {
        let former = self.place.former();
        Ok(if Entry::at(&former)?.is_some() { former } else { self.place.settled() })
    }

    fn note(&self) -> Result<(), WriteError> {
        let former = |path: &OutPath| self.known.get(path).map(|bytes| &**bytes).unwrap_or_default();
        let changes =
            self.changed.iter().map(|path| Change { path: path.as_str(), new: self.bytes(path), former: former(path) });
        note(self.disk, self.place, &changes.collect::<Vec<_>>())
    }

    fn bytes(&self, path: &OutPath) -> &[u8] {
        self.files.get(path).map(|bytes| &**bytes).unwrap_or_default()
    }
}

impl Look<'_> {
    /// Has a published file a second name in the tree kept beside?
    fn is_second(&self, path: &OutPath) -> bool {
        let [live, second] = [&self.live, &self.shadow].map(|tree| tree.get(path.as_str()));
        live.zip(second).is_some_and(|(live, second)| live.is_same_file(second))
    }

    fn is_missing(&self, path: &OutPath) -> bool {
        self.shadow.get(path.as_str()).is_none()
    }

    /// Is nothing on the way to a file anything else than a folder?
    fn has_plain_folders(&self, path: &OutPath) -> bool {
        folders_above(path.as_str()).all(|folder| {
            let there = [&self.live, &self.shadow].map(|tree| tree.get(folder));
            there.into_iter().flatten().all(|entry| entry.kind == Kind::Folder)
        })
    }
}
