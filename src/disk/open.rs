//! Opens regular files and nothing else: no link is followed, no pipe is waited for.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A regular file, open for reading, with what is known of it.
///
/// # Errors
/// The system's, or one of kind `InvalidInput` where something else than a regular file stands there.
pub(super) fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    let file = open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok((file, metadata))
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a regular file"))
    }
}

/// A folder below which files are opened without following any link on the way.
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    file: File,
}

impl Folder {
    /// The folder at `path`.
    ///
    /// # Errors
    /// The system's.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            file: File::open(path)?,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whatever stands at `path` below the folder, open for reading; a pipe is not waited for.
    ///
    /// # Errors
    /// The system's; of an unspecified kind if there is a link on the way.
    #[cfg(target_os = "linux")]
    pub fn open_below(&self, path: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        use rustix::io::Errno;
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        // One call does what takes one for every folder on the way where the kernel, or a sandbox, does not know it.
        match openat2(&self.file, path, flags, Mode::empty(), resolve) {
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => self.open_step_by_step(path),
            answer => Ok(File::from(answer?)),
        }
    }

    /// Whatever stands at `path` below the folder, open for reading.
    ///
    /// # Errors
    /// The system's; of an unspecified kind if there is a link on the way.
    #[cfg(not(target_os = "linux"))]
    pub fn open_below(&self, path: &str) -> io::Result<File> {
        self.open_step_by_step(path)
    }

    /// Is one of the folders on the way to `path` something else than a folder?
    pub fn is_behind_link(&self, path: &str) -> bool {
        let mut folder = self.path.clone();
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        above.split('/').filter(|part| !part.is_empty()).any(|part| {
            folder.push(part);
            fs::symlink_metadata(&folder).is_ok_and(|metadata| !metadata.is_dir())
        })
    }

    fn open_step_by_step(&self, path: &str) -> io::Result<File> {
        if self.is_behind_link(path) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        open(&self.path.join(path))
    }
}

/// The bytes of a regular file of at most `limit` bytes, or `None` if it is larger.
///
/// # Errors
/// As [`open_regular`].
pub(super) fn read_regular(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let (file, metadata) = open_regular(path)?;
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    // A file may grow while it is read.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    // NONBLOCK: a pipe planted after the folder was listed must not hang the build. It means nothing to regular files.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        return File::open(path);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a regular file"))
}
