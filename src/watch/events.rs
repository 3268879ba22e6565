//! The system's news of changes → hints.
//!
//! Folders are watched, never files: a file that is replaced by a rename takes its watch with it. What merely reads is no
//! news, or our own reading would wake us; nor is anything outside the sources, such as what we publish.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::batch::Hint;
use super::poll_reason::PollReason;
use crate::disk::{self, SOURCE_FOLDERS};

/// How long the news of a file of ours may take.
const PROBE: Duration = Duration::from_secs(2);

/// What comes from the thread that listens.
#[derive(Debug)]
pub(super) enum WatchEvent {
    /// Something happened among the sources.
    Hint(Hint),
    /// The file that was written as a test was noticed.
    Probe,
    /// From here on changes may be missed.
    Failed(PollReason),
}

/// What is watched, and the events of it.
#[derive(Debug)]
pub(super) struct Watcher {
    system: RecommendedWatcher,
    events: Receiver<WatchEvent>,
    /// The site's folder, without links on the way.
    root: PathBuf,
    /// Where the configuration lies.
    beside_config: PathBuf,
    /// Which folder is watched under which path, by the system's number for it.
    watched: BTreeMap<PathBuf, Identity>,
}

/// Which folder it is, whatever it is called.
type Identity = Option<(u64, u64)>;

impl Watcher {
    /// Listens to the sources below `root`; `config` is relative to it.
    ///
    /// # Errors
    /// If the system does not tell of changes there.
    pub fn open(root: &Path, config: &Path) -> Result<Self, PollReason> {
        let root = fs::canonicalize(root).map_err(|error| PollReason::System(error.to_string()))?;
        if let Some(kind) = shared_disk(&root) {
            return Err(PollReason::Shared(kind));
        }
        let probe = root.join(format!(".betwixt-probe-{}", std::process::id()));
        let (send, events) = channel();
        let listener = Listener { root: root.clone(), config: config.to_owned(), probe: probe.clone(), send };
        // Links to folders are not followed when sources are read.
        let config_of_library = notify::Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(move |event| listener.forward(event), config_of_library)
            .map_err(|error| PollReason::of(&error))?;
        let beside_config = root.join(config).parent().map_or_else(|| root.clone(), Path::to_owned);
        let mut watcher = Self { system: watcher, events, root, beside_config, watched: BTreeMap::new() };
        watcher.watch_folders(|_| false)?;
        watcher.probe_folder(&probe)?;
        Ok(watcher)
    }

    /// Waits for news, at most until `deadline`; `None` if there was none.
    pub fn wait_until(&self, deadline: Instant) -> Option<WatchEvent> {
        match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                Some(WatchEvent::Failed(PollReason::System("the system tells nothing any more".to_owned())))
            }
        }
    }

    /// Watches the folders that stand where sources are now: those that are others than before, and once more those that
    /// `is_in_doubt` with all folders in them, as the library stops watching what is renamed.
    ///
    /// # Errors
    /// If a folder cannot be watched, and why.
    pub fn watch_folders(&mut self, is_in_doubt: impl Fn(&Path) -> bool) -> Result<(), PollReason> {
        let mut wanted = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        wanted.extend(SOURCE_FOLDERS.map(|folder| (self.root.join(folder), RecursiveMode::Recursive)));
        if wanted.iter().all(|(folder, _)| *folder != self.beside_config) {
            wanted.push((self.beside_config.clone(), RecursiveMode::NonRecursive));
        }
        for (folder, mode) in wanted {
            let mut identity = identity(&folder);
            let is_other = self.watched.get(&folder) != Some(&identity);
            if is_other {
                let _ = self.system.unwatch(&folder);
            } else if !is_in_doubt(folder.strip_prefix(&self.root).unwrap_or(&folder)) {
                continue;
            }
            if identity.is_some() {
                match self.system.watch(&folder, mode) {
                    // Something went away meanwhile, and not all folders are watched: the next time tries again.
                    Err(error) if is_missing(&error) => identity = None,
                    Err(error) => return Err(PollReason::of(&error)),
                    Ok(()) => {}
                }
            }
            self.watched.insert(folder, identity);
        }
        Ok(())
    }

    /// Writes a file and waits for the news of it. Where nothing can be written, nothing is tried.
    fn probe_folder(&self, probe: &Path) -> Result<(), PollReason> {
        let written = fs::write(probe, []);
        let _ = fs::remove_file(probe);
        if written.is_err() {
            return Ok(());
        }
        let deadline = Instant::now() + PROBE;
        loop {
            match self.wait_until(deadline) {
                Some(WatchEvent::Probe) => return Ok(()),
                Some(WatchEvent::Failed(reason)) => return Err(reason),
                // What happened to the sources is seen when they are first read, which is after this.
                Some(WatchEvent::Hint(_)) => {}
                None => return Err(PollReason::Silent),
            }
        }
    }
}

/// What the library calls with each event.
struct Listener {
    root: PathBuf,
    config: PathBuf,
    probe: PathBuf,
    send: Sender<WatchEvent>,
}

impl Listener {
    fn forward(&self, event: notify::Result<notify::Event>) {
        // Nobody listens any more when the program ends.
        match event {
            Ok(event) => self.forward_event(&event),
            Err(error) => {
                let is_end = matches!(error.kind, notify::ErrorKind::MaxFilesWatch | notify::ErrorKind::Io(_));
                let event = if is_end {
                    WatchEvent::Failed(PollReason::of(&error))
                } else {
                    WatchEvent::Hint(Hint::Everything)
                };
                let _ = self.send.send(event);
            }
        }
    }

    fn forward_event(&self, event: &notify::Event) {
        if event.need_rescan() {
            let _ = self.send.send(WatchEvent::Hint(Hint::Everything));
        }
        for path in &event.paths {
            if *path == self.probe {
                let _ = self.send.send(WatchEvent::Probe);
            } else if let Some(hint) = self.hint(event.kind, path) {
                let _ = self.send.send(WatchEvent::Hint(hint));
            }
        }
    }

    fn hint(&self, kind: EventKind, path: &Path) -> Option<Hint> {
        let path = path.strip_prefix(&self.root).ok()?;
        if path.as_os_str().is_empty() {
            // The site's folder itself was renamed or removed; to read it is no event.
            return (!kind.is_access()).then_some(Hint::Everything);
        }
        if !disk::is_source_path(path, &self.config) {
            return None;
        }
        let path = path.to_owned();
        match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Hint::Written(path)),
            EventKind::Access(_) => None,
            EventKind::Modify(ModifyKind::Data(_)) | EventKind::Create(CreateKind::File)
                if cfg!(target_os = "linux") =>
            {
                Some(Hint::Writing(path))
            }
            _ => Some(Hint::Touched(path)),
        }
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(unix)]
fn identity(folder: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::symlink_metadata(folder).ok().filter(fs::Metadata::is_dir)?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Identity {
    fs::symlink_metadata(folder).ok().filter(fs::Metadata::is_dir).map(|_| (0, 0))
}

/// The kind of a disk to which others write without our system hearing of it.
#[cfg(target_os = "linux")]
fn shared_disk(root: &Path) -> Option<&'static str> {
    // The numbers are those of statfs(2), and of VirtualBox.
    match u64::try_from(rustix::fs::statfs(root).ok()?.f_type).ok()? & 0xffff_ffff {
        0x6969 => Some("a network disk (NFS)"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("a network disk (SMB)"),
        0x0102_1997 => Some("a disk shared with another system (9P, as in WSL)"),
        0x6573_5546 => Some("a disk that another program provides (FUSE)"),
        0x786f_4256 => Some("a disk shared with another system (VirtualBox)"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn shared_disk(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_tells_of_nothing_is_found_out() {
        let (site, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let mut watcher = Watcher::open(site.path(), Path::new("site.toml")).expect("the system tells of changes here");
        // The news of the first test comes in pieces.
        while watcher.wait_until(Instant::now() + PROBE / 4).is_some() {}
        // What is written elsewhere is as little heard of as what is written on a disk that tells of nothing.
        assert_eq!(watcher.probe_folder(&elsewhere.path().join("probe")), Err(PollReason::Silent));
        assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
        fs::create_dir(site.path().join("content")).expect("made");
        watcher.watch_folders(|_| false).expect("watched");
        fs::write(site.path().join("content/haste.md"), "").expect("written");
        let event = watcher.wait_until(Instant::now() + PROBE);
        assert!(matches!(event, Some(WatchEvent::Hint(_))), "{event:?}");
    }
}
