//! Where a site is published and where it is made ready: the output folder and the staging folder beside it.
//!
//! An output that meets the sources is refused here, before anything is written.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{WriteError, step};
use super::listing::FOLDERS;
use super::scan::{Entry, Kind};
use super::steps::Disk;

/// The output folder and its staging folder, `.{name}.betwixt` beside it, on the same disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The published folder itself; no part of its path is a link. It may be missing.
    pub live: PathBuf,
    /// The folder that holds it.
    pub parent: PathBuf,
    /// The staging folder.
    pub home: PathBuf,
}

/// Where the site goes, with links resolved, if it may go there.
///
/// `config` is relative to `root`.
///
/// # Errors
/// If the output is a file, or is, holds or lies in the site's root, configuration or source folders. (It may lie in
/// the root beside them.)
pub fn check_output(root: &Path, config: &Path, output: &Path) -> Result<PathBuf, WriteError> {
    let live = folder(output)?;
    let root = resolve(root)?;
    let refuse = |meets: PathBuf| Err(WriteError::Sources { output: output.to_owned(), meets });
    if root.starts_with(&live) {
        return refuse(root);
    }
    let config = resolve(&root.join(config))?;
    if config.starts_with(&live) || live.starts_with(&config) {
        return refuse(config);
    }
    for folder in FOLDERS {
        // A source folder may itself be a link: both the link and what it leads to are out of bounds.
        let (plain, resolved) = (root.join(folder), resolve(&root.join(folder))?);
        if [&plain, &resolved].iter().any(|source| live.starts_with(source) || source.starts_with(&live)) {
            return refuse(plain);
        }
    }
    Ok(live)
}

impl Place {
    /// Resolves where `output` lies; it and folders above it may be missing.
    ///
    /// # Errors
    /// If it is something else than a folder, or cannot be exchanged for another.
    pub fn find(output: &Path) -> Result<Self, WriteError> {
        let live = folder(output)?;
        let (Some(parent), Some(name)) = (live.parent().map(Path::to_owned), live.file_name()) else {
            return Err(WriteError::MountPoint { output: output.to_owned() });
        };
        let mut staging = OsString::from(".");
        staging.push(name);
        staging.push(".betwixt");
        let home = parent.join(staging);
        let place = Self { live, parent, home };
        if place.is_mount_point() {
            return Err(WriteError::MountPoint { output: output.to_owned() });
        }
        Ok(place)
    }

    /// The tree published before this one: everything foreign has been moved out of it.
    pub fn settled(&self) -> PathBuf {
        self.home.join("tree")
    }

    /// The tree that is being made ready, or has just been exchanged: foreign things may stand in it.
    pub fn next(&self) -> PathBuf {
        self.home.join("next")
    }

    /// The tree published before this one by somebody who trusted what he knew: nobody has looked yet what others did to it.
    pub fn former(&self) -> PathBuf {
        self.home.join("former")
    }

    /// The published tree on its way out, where the system cannot exchange two folders in one step.
    pub fn old(&self) -> PathBuf {
        self.home.join("old")
    }

    /// The fingerprints of what was published.
    pub fn record(&self) -> PathBuf {
        self.home.join("published")
    }

    /// What somebody made of published files, kept until the site is taken away.
    pub fn edited(&self) -> PathBuf {
        self.home.join("edited")
    }

    /// A single file on its way to another place.
    pub fn file(&self) -> PathBuf {
        self.home.join("file")
    }

    /// Does the published folder exist?
    pub fn has_live(&self) -> Result<bool, WriteError> {
        Ok(Entry::at(&self.live)?.is_some())
    }

    /// Makes the folders above the output, where they are missing.
    pub fn create_parents(&self, disk: &dyn Disk) -> Result<(), WriteError> {
        let above: Vec<&Path> = self.parent.ancestors().collect();
        for folder in above.into_iter().rev() {
            if Entry::at(folder)?.is_none() {
                create_if_missing(disk, folder)?;
            }
        }
        Ok(())
    }

    #[cfg(unix)]
    fn is_mount_point(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let [live, parent] =
            [&self.live, &self.parent].map(|path| fs::metadata(path).map(|metadata| metadata.dev()).ok());
        live.is_some() && live != parent
    }

    #[cfg(not(unix))]
    #[expect(clippy::unused_self, reason = "other systems are not asked")]
    fn is_mount_point(&self) -> bool {
        false
    }
}

/// Makes a folder; another process may have made it in the meantime.
pub(super) fn create_if_missing(disk: &dyn Disk, folder: &Path) -> Result<(), WriteError> {
    match disk.create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match Entry::at(folder)? {
            Some(Entry { kind: Kind::Folder, .. }) => Ok(()),
            _ => Err(WriteError::InTheWay { path: folder.to_owned() }),
        },
        answer => step("create", folder, answer),
    }
}

/// The output folder itself, with links resolved; it may be missing.
fn folder(output: &Path) -> Result<PathBuf, WriteError> {
    if Entry::at(output)?.is_some() && !output.is_dir() {
        return Err(WriteError::NotAFolder { output: output.to_owned() });
    }
    resolve(output)
}

/// The absolute path without links, `.` and `..`; the end of it may be missing on disk.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let absolute = step("find", path, std::path::absolute(path))?;
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            // What stands in `resolved` holds no link, so its parent is what `..` means.
            resolved.pop();
            continue;
        }
        resolved.push(part);
        if Entry::at(&resolved)?.is_some_and(|entry| entry.kind == Kind::Link) {
            resolved = step("follow", &resolved, fs::canonicalize(&resolved))?;
        }
    }
    Ok(resolved)
}
