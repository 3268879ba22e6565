//! The sources of a site, kept equal to its folders: what is named is read again, and compared by content.
//!
//! Knows nothing of events: whoever names too little gets it right with [`SourceCache::read_all`].

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use super::error::DiskError;
use super::listing::{FOLDERS, Listed, Listing, is_left_out};
use super::read::{check_root, enter, read_found, to_slashes};
use super::stamp::{Stamp, stamp};
use crate::base::{Fingerprint, Request, Source, SourcePath, Sources, URL_LOCK};

/// The sources that differ, each as it was before; `None` if it was not there.
pub type Changes = BTreeMap<SourcePath, Option<Source>>;

/// A site's folders and what was last read of them.
#[derive(Debug)]
pub struct SourceCache {
    root: PathBuf,
    /// The same, without links on the way, when all of it was last read.
    canonical: PathBuf,
    config: PathBuf,
    sources: Sources,
    /// The symbolic links among them, relative to the root: what they lead to may change elsewhere.
    links: BTreeSet<PathBuf>,
}

impl SourceCache {
    /// Reads a site, as [`super::read`].
    ///
    /// # Errors
    /// If the root cannot be entered, or holds more entries than any guide.
    pub fn read(root: &Path, config: &Path, request: Request) -> Result<Self, DiskError> {
        let config = config.components().filter(|part| *part != Component::CurDir).collect();
        let (root, sources, links) = (root.to_owned(), Sources::new(request), BTreeSet::new());
        let mut cache = Self { root, canonical: PathBuf::new(), config, sources, links };
        (cache.sources, cache.links) = cache.read_whole()?;
        Ok(cache)
    }

    /// What was last read.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Takes the sources for those of a day; whether it is another one than before.
    pub fn set_today(&mut self, today: Option<Date>) -> bool {
        std::mem::replace(&mut self.sources.request.today, today) != today
    }

    /// What was read, for good.
    #[must_use]
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// Whether the file or folder at `path`, relative to the root, is a source or holds some, as far as was read.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        let path = SourcePath::new(&to_slashes(path));
        self.sources.get(&path).is_some() || self.sources.below(path.as_str()).next().is_some()
    }

    /// Where a path relative to the root lies.
    #[must_use]
    pub fn on_disk(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }

    /// Reads everything again.
    ///
    /// # Errors
    /// As [`Self::read`]; then the sources are as they were.
    pub fn read_all(&mut self) -> Result<Changes, DiskError> {
        let (fresh, links) = self.read_whole()?;
        self.links = links;
        let known = self.sources.iter().map(|(path, _)| path.clone()).collect();
        Ok(self.replace(known, &fresh))
    }

    /// Reads again what stands at and below the paths `named`, relative to the root, and what links lead to.
    ///
    /// # Errors
    /// As [`Self::read`]; then the sources are as they were.
    pub fn read_named(&mut self, named: &BTreeSet<PathBuf>) -> Result<Changes, DiskError> {
        check_root(&self.root)?;
        let places: BTreeSet<PathBuf> = named.iter().chain(&self.links).filter_map(|path| self.locate(path)).collect();
        let is_covered = |path: &Path| path.ancestors().any(|above| places.contains(above));
        let mut listing = Listing::new(&self.root);
        for place in &places {
            if *place == self.config || *place == Path::new(URL_LOCK) {
                listing.entry(place);
            } else if !place.parent().is_some_and(is_covered) {
                listing.below(place)?;
            }
        }
        let mut links: BTreeSet<PathBuf> = self.links.iter().filter(|link| !is_covered(link)).cloned().collect();
        links.extend(list_links(&listing.found));
        let mut known = BTreeSet::new();
        for place in &places {
            let place = SourcePath::new(&to_slashes(place));
            known.extend(self.sources.below(place.as_str()).map(|(path, _)| path.clone()));
            known.extend(self.sources.get(&place).map(|_| place));
        }
        let fresh = read_found(listing.found, &self.canonical, self.sources.request.clone());
        self.links = links;
        Ok(self.replace(known, &fresh))
    }

    /// Stands for all that the system tells of the source folders without opening a file.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        let mut paths = vec![self.root.join(&self.config), self.root.join(URL_LOCK)];
        paths.extend(FOLDERS.map(|folder| self.root.join(folder)));
        // What links lead to may lie elsewhere.
        let mut broken = Vec::new();
        for link in &self.links {
            match fs::canonicalize(self.root.join(link)) {
                Ok(target) => paths.push(target),
                Err(error) => broken.push(error.to_string()),
            }
        }
        Fingerprint::of(&(stamp(&paths), broken))
    }

    fn read_whole(&mut self) -> Result<(Sources, BTreeSet<PathBuf>), DiskError> {
        self.canonical = enter(&self.root)?;
        let mut listing = Listing::new(&self.root);
        listing.entry(&self.config);
        listing.entry(Path::new(URL_LOCK));
        for folder in FOLDERS {
            listing.folder(folder)?;
        }
        let links = list_links(&listing.found);
        Ok((read_found(listing.found, &self.canonical, self.sources.request.clone()), links))
    }

    /// What has to be listed again for a path that was named: as a rule the path itself; nothing if it is no source.
    fn locate(&self, named: &Path) -> Option<PathBuf> {
        if named == self.config || named == Path::new(URL_LOCK) {
            return Some(named.to_owned());
        }
        let mut parts = named.iter();
        let folder = parts.next()?.to_str().filter(|name| FOLDERS.contains(name))?;
        let mut place = PathBuf::from(folder);
        for part in parts {
            if is_left_out(part, folder) {
                return None;
            }
            // A name with other letters may be written in more ways than one, and two files share it. And what lies
            // behind anything but a plain folder is no source.
            if !is_plain(part) || !is_plain_folder(&self.root.join(&place)) {
                return Some(place);
            }
            place.push(part);
        }
        Some(place)
    }

    /// Puts what is `fresh` in the place of what was `known`.
    fn replace(&mut self, known: BTreeSet<SourcePath>, fresh: &Sources) -> Changes {
        let mut changes = Changes::new();
        for path in known {
            if fresh.get(&path).is_none() {
                changes.insert(path.clone(), self.sources.remove(&path));
            }
        }
        for (path, source) in fresh.iter() {
            if self.sources.get(path) != Some(source) {
                changes.insert(path.clone(), self.sources.insert(path.clone(), source.clone()));
            }
        }
        changes
    }
}

/// Does a path, relative to the root, belong to the sources or to a folder of them? Tells by the name alone.
#[must_use]
pub fn is_source_path(path: &Path, config: &Path) -> bool {
    if path == config || path == Path::new(URL_LOCK) {
        return true;
    }
    let mut parts = path.iter();
    let Some(folder) = parts.next().and_then(OsStr::to_str).filter(|name| FOLDERS.contains(name)) else { return false };
    parts.all(|part| !is_left_out(part, folder))
}

fn list_links(found: &[(PathBuf, Listed)]) -> BTreeSet<PathBuf> {
    found.iter().filter(|(_, found)| matches!(found, Listed::Link(_))).map(|(path, _)| path.clone()).collect()
}

/// Is this name written in one way only?
fn is_plain(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.is_ascii() && !name.contains('\\'))
}

fn is_plain_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

#[cfg(all(test, unix))]
mod tests;
