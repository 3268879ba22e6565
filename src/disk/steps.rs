//! The steps that change the disk, one method each, so that a test can stop the work before any of them.
//!
//! Everything that writes goes through here; reading does not.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Held as long as this process alone may write to a place; let go when dropped or when the process ends.
#[derive(Debug)]
pub struct Lock(File);

/// The steps that change the disk.
pub trait Disk: Sync {
    /// Makes one folder; its parent must be there.
    ///
    /// # Errors
    /// The system's.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that must not be there yet.
    ///
    /// # Errors
    /// The system's.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Writes at the end of a file that is there.
    ///
    /// # Errors
    /// The system's.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Writes a file that must not be there yet, from its first byte on with the permissions of `like`.
    ///
    /// # Errors
    /// The system's.
    fn write_new_like(&self, like: &Path, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file (or a link, or anything but a folder) a second name.
    ///
    /// # Errors
    /// The system's.
    fn hard_link(&self, original: &Path, link: &Path) -> io::Result<()>;

    /// Gives a file or folder another name, in place of a file of that name.
    ///
    /// # Errors
    /// The system's.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Exchanges two folders in one step, so that nobody ever finds either missing.
    ///
    /// # Errors
    /// The system's; of kind `Unsupported` where it knows no such step.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;

    /// Removes a file or a link itself.
    ///
    /// # Errors
    /// The system's.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// The system's.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;

    /// Gives one folder the permissions of another.
    ///
    /// # Errors
    /// The system's.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes a folder its owner's alone.
    ///
    /// # Errors
    /// The system's.
    fn make_private(&self, folder: &Path) -> io::Result<()>;

    /// Waits until a file or folder would survive a power cut.
    ///
    /// # Errors
    /// The system's.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// The same for everything on the disk that holds `path`.
    ///
    /// # Errors
    /// The system's.
    fn sync_filesystem(&self, path: &Path) -> io::Result<()>;

    /// Opens the lock file, making it if need be, and waits until no other process holds it.
    ///
    /// # Errors
    /// The system's.
    fn lock(&self, path: &Path) -> io::Result<Lock>;
}

/// The disk itself.
#[derive(Debug, Clone, Copy)]
pub struct RealDisk {
    /// The largest file that this process may write, in bytes.
    largest_file: u64,
}

impl Default for RealDisk {
    fn default() -> Self {
        Self::new()
    }
}

impl RealDisk {
    /// The disk, under the limits of this process.
    #[must_use]
    pub fn new() -> Self {
        Self { largest_file: limit_on_file_size().unwrap_or(u64::MAX) }
    }
}

/// The soft limit on the size of a written file in bytes, where there is one.
///
/// Linux ends a process that writes past it, before it can say a word, so it is asked for beforehand.
fn limit_on_file_size() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max file size"))?;
    line.split_whitespace().next()?.parse().ok()
}

impl RealDisk {
    /// A file that must not be there yet, for so many bytes.
    fn create_new(self, path: &Path, length: usize) -> io::Result<File> {
        if length as u64 > self.largest_file {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        OpenOptions::new().write(true).create_new(true).open(path)
    }
}

impl Disk for RealDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.create_new(path, bytes.len())?.write_all(bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(path)?;
        if file.metadata()?.len().saturating_add(bytes.len() as u64) > self.largest_file {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        file.write_all(bytes)
    }

    fn write_new_like(&self, like: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.create_new(path, bytes.len())?;
        file.set_permissions(fs::metadata(like)?.permissions())?;
        file.write_all(bytes)
    }

    fn hard_link(&self, original: &Path, link: &Path) -> io::Result<()> {
        fs::hard_link(original, link)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        exchange(one, other)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn make_private(&self, folder: &Path) -> io::Result<()> {
        make_private(folder)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // Windows opens no folders, and writes names down with the files.
        if cfg!(not(unix)) && path.is_dir() { Ok(()) } else { File::open(path)?.sync_all() }
    }

    fn sync_filesystem(&self, path: &Path) -> io::Result<()> {
        sync_filesystem(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        // A lock file that is there need not be writable: a build with nothing to write works on a read-only disk.
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?
            }
            answer => answer?,
        };
        file.lock()?;
        Ok(Lock(file))
    }
}

impl Lock {
    /// The file that is held.
    pub(super) fn file(&self) -> &File {
        &self.0
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Other systems give a folder the rights of the one that holds it.
#[cfg(not(unix))]
fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        // Old kernels and some file systems, network ones above all, know no exchange.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Err(io::ErrorKind::Unsupported.into()),
        answer => Ok(answer?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_filesystem(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(path)?)?)
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn sync_filesystem(_: &Path) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}

/// Windows flushes no whole volume without an administrator's rights: a power cut may cost the last build there.
#[cfg(not(unix))]
fn sync_filesystem(_: &Path) -> io::Result<()> {
    Ok(())
}
