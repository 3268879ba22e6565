//! Why all files are looked at again and again, and what can be done about it.

use std::fmt;

/// Why the system's own news of changes is not relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PollReason {
    /// It was asked for.
    Asked,
    /// No more folders may be watched; so many would do.
    Watches(u64),
    /// No more programs may watch folders; so many would do.
    Instances(u64),
    /// A change in the folder was not told.
    Silent,
    /// The folder lies on a disk that others write to, of this kind.
    Shared(&'static str),
    /// The system said this.
    System(String),
}

impl fmt::Display for PollReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("it was asked for"),
            Self::Watches(enough) => write_limit(f, "watched folders", "fs.inotify.max_user_watches", *enough),
            Self::Instances(enough) => {
                write_limit(f, "programs that watch folders", "fs.inotify.max_user_instances", *enough)
            }
            Self::Silent => f.write_str("the system does not tell of changes in this folder"),
            Self::Shared(kind) => write!(f, "the system does not tell of changes that others make on {kind}"),
            Self::System(why) => write!(f, "the folder cannot be watched: {why}"),
        }
    }
}

impl PollReason {
    /// What stands in the way of watching, from the library's error.
    pub(super) fn of(error: &notify::Error) -> Self {
        match &error.kind {
            notify::ErrorKind::MaxFilesWatch => Self::Watches(enough("max_user_watches", 524_288)),
            #[cfg(unix)]
            notify::ErrorKind::Io(error) if error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) => {
                Self::Instances(enough("max_user_instances", 1024))
            }
            notify::ErrorKind::Io(error) => Self::System(error.to_string()),
            _ => Self::System(error.to_string()),
        }
    }
}

fn write_limit(f: &mut fmt::Formatter<'_>, what: &str, name: &str, value: u64) -> fmt::Result {
    write!(f, "the system's limit on {what}, `{name}`, is reached (`sudo sysctl {name}={value}` raises it)")
}

/// What to set a limit of inotify's to: `usual`, or twice what it is.
fn enough(name: &str, usual: u64) -> u64 {
    let present = std::fs::read_to_string(format!("/proc/sys/fs/inotify/{name}")).unwrap_or_default();
    usual.max(present.trim().parse::<u64>().map_or(0, |present| present.saturating_mul(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_named_with_the_command_that_raises_it() {
        assert_eq!(
            PollReason::Watches(524_288).to_string(),
            "the system's limit on watched folders, `fs.inotify.max_user_watches`, is reached \
             (`sudo sysctl fs.inotify.max_user_watches=524288` raises it)"
        );
        let reached = PollReason::of(&notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        assert!(matches!(reached, PollReason::Watches(enough) if enough >= 524_288), "{reached}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn too_many_watchers_are_not_too_many_open_files() {
        let error = std::io::Error::from_raw_os_error(24);
        assert!(matches!(PollReason::of(&notify::Error::io(error)), PollReason::Instances(_)));
    }
}
