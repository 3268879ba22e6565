//! Files and folders → what the system tells of them without opening any: tells whether a second look is worth while.

use std::fs::{self, Metadata};
use std::hash::Hash;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::manifest;
use super::place::Place;
use super::scan::identity;
use crate::base::{Digest, Files, Fingerprint};

/// Stands for names, kinds, sizes and times of change of all that lies in some folders. If two are equal, nothing was
/// written in between as far as the system can tell; if they differ, something was touched.
pub type Stamp = Fingerprint;

/// The stamp of everything at and below `paths`; what is missing is a part of it.
#[must_use]
pub fn stamp(paths: &[PathBuf]) -> Stamp {
    let mut digest = Digest::default();
    for path in paths {
        path.hash(&mut digest);
        // Entries come in the order of the disk, which stays as long as nothing is written.
        for entry in WalkDir::new(path).follow_root_links(false).max_open(8) {
            match entry {
                Ok(entry) => note(entry.path(), entry.metadata().ok().as_ref(), &mut digest),
                Err(error) => note(error.path().unwrap_or(path), None, &mut digest),
            }
        }
    }
    digest.fingerprint()
}

/// The stamp of the published `files` in the folder `output`.
#[must_use]
pub fn stamp_of_files(output: &Path, files: &Files) -> Stamp {
    let mut digest = Digest::default();
    for file in files.paths() {
        let path = output.join(file.as_str());
        note(&path, fs::symlink_metadata(&path).ok().as_ref(), &mut digest);
    }
    digest.fingerprint()
}

/// Fingerprint of one publication: each one that changes anything writes into the record of what was published. `None` if
/// nothing was published there. Files that somebody changes by hand leave it as it is.
#[must_use]
pub fn publication_stamp(output: &Path) -> Option<Stamp> {
    Place::find(output).ok().and_then(|place| stamp_of_publication(&place))
}

/// The same at a place that was found.
pub(super) fn stamp_of_publication(place: &Place) -> Option<Stamp> {
    let mut digest = Digest::default();
    identity(&fs::metadata(&place.live).ok()?).hash(&mut digest);
    for file in [place.live.join(manifest::NAME), place.record()] {
        let file = fs::symlink_metadata(file).ok()?;
        (identity(&file), file.len(), file.modified().ok()).hash(&mut digest);
    }
    Some(digest.fingerprint())
}

#[cfg(unix)]
fn note(path: &Path, metadata: Option<&Metadata>, digest: &mut Digest) {
    use std::os::unix::fs::MetadataExt;
    // The time of the last change of status cannot be set back, unlike that of the last modification.
    let known =
        metadata.map(|m| (m.dev(), m.ino(), m.mode(), m.size(), m.mtime(), m.mtime_nsec(), m.ctime(), m.ctime_nsec()));
    (path, known).hash(digest);
}

#[cfg(not(unix))]
fn note(path: &Path, metadata: Option<&Metadata>, digest: &mut Digest) {
    (path, metadata.map(|metadata| (metadata.len(), metadata.modified().ok()))).hash(digest);
}
