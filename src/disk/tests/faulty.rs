//! A disk that fails at one step, or from one step on, or that lacks an ability.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::disk::{Disk, Lock, RealDisk};

/// What happens at the fatal step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It fails; a file is written by half.
    Fail,
    /// It is forbidden.
    Forbid,
    /// It fails, and so does every later one: for the disk, that is a kill.
    Stop,
}

/// What the file system can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    All,
    NoExchange,
    NoLinks,
    /// What lies in a folder `content` is a file system of its own.
    ContentMounted,
}

/// A disk whose step number `fatal` (from 0) goes wrong.
#[derive(Debug)]
pub struct Faulty {
    real: RealDisk,
    steps: AtomicUsize,
    flushes: AtomicUsize,
    fatal: usize,
    pub fault: Fault,
    pub ability: Ability,
}

impl Faulty {
    pub fn new(fatal: usize, fault: Fault, ability: Ability) -> Self {
        Self { real: RealDisk::new(), steps: AtomicUsize::new(0), flushes: AtomicUsize::new(0), fatal, fault, ability }
    }

    /// A disk that never fails, and never takes the time to flush.
    pub fn none() -> Self {
        Self::new(usize::MAX, Fault::Fail, Ability::All)
    }

    /// Was the fatal step reached?
    pub fn struck(&self) -> bool {
        self.steps.load(Ordering::SeqCst) > self.fatal
    }

    pub fn steps(&self) -> usize {
        self.steps.load(Ordering::SeqCst)
    }

    /// How often something was flushed.
    pub fn flushes(&self) -> usize {
        self.flushes.load(Ordering::SeqCst)
    }

    /// Lie the two names on one file system?
    fn is_one_disk(&self, one: &Path, other: &Path) -> bool {
        let is_in_content = |path: &Path| path.iter().rev().skip(1).any(|folder| folder == "content");
        self.ability != Ability::ContentMounted || is_in_content(one) == is_in_content(other)
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::SeqCst);
        let is_fatal = step == self.fatal || (step > self.fatal && self.fault == Fault::Stop);
        match self.fault {
            _ if !is_fatal => Ok(()),
            Fault::Forbid => Err(io::ErrorKind::PermissionDenied.into()),
            Fault::Fail | Fault::Stop => Err(io::ErrorKind::StorageFull.into()),
        }
    }
}

impl Faulty {
    /// A step that leaves half of the bytes behind if it is the first to fail.
    fn step_of_writing(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_first = !self.struck();
        self.step().inspect_err(|_| {
            if is_first {
                let _ = fs::write(path, &bytes[..bytes.len() / 2]);
            }
        })
    }
}

impl Disk for Faulty {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.real.create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step_of_writing(path, bytes)?;
        self.real.write_new(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            if self.steps() == self.fatal + 1 {
                let _ = self.real.append(path, &bytes[..bytes.len() / 2]);
            }
            return Err(error);
        }
        self.real.append(path, bytes)
    }

    fn write_new_like(&self, like: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step_of_writing(path, bytes)?;
        self.real.write_new_like(like, path, bytes)
    }

    fn hard_link(&self, original: &Path, link: &Path) -> io::Result<()> {
        self.step()?;
        if self.ability == Ability::NoLinks {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.real.hard_link(original, link)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        if !self.is_one_disk(from, to) {
            return Err(io::ErrorKind::CrossesDevices.into());
        }
        self.real.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step()?;
        if self.ability == Ability::NoExchange {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.real.exchange(one, other)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.real.remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.real.remove_dir(path)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.real.copy_permissions(from, to)
    }

    fn make_private(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        self.real.make_private(folder)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // What is flushed must be there; flushing itself cannot be seen by a test.
        self.step()?;
        self.flushes.fetch_add(1, Ordering::SeqCst);
        fs::symlink_metadata(path).map(|_| ())
    }

    fn sync_filesystem(&self, path: &Path) -> io::Result<()> {
        self.sync(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        self.step()?;
        self.real.lock(path)
    }
}
