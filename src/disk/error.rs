//! What can go wrong between the tool and the disk, each with the path and, in its words, the cure.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::base::{SourcePath, in_backticks};

/// Why the sources could not be read at all. What is wrong with one file is told in its `Source` instead.
#[derive(Debug, Error)]
pub enum DiskError {
    /// The site's root cannot be entered.
    #[error("the folder `{}` cannot be entered: {}", .path.display(), reason(.source))]
    Root {
        /// The root that was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The source folders hold more entries than any guide does; the wrong folder was probably named.
    #[error(
        "the source folders in `{}` hold more than {limit} files and folders: check that this is the site's folder",
        .path.display()
    )]
    TooMany {
        /// The site's root.
        path: PathBuf,
        /// How many entries are read at most.
        limit: usize,
    },
}

/// Why something was not written. Unless the error says otherwise, everything is as it was.
#[derive(Debug, Error)]
pub enum WriteError {
    /// A step did not succeed.
    #[error("cannot {doing} `{}`: {}", .path.display(), reason(.source))]
    Step {
        /// What was being done, as a verb: `create`, `write`.
        doing: &'static str,
        /// The file or folder it was done to.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The output folder holds files, and nothing says that they are ours.
    #[error(
        "the folder `{}` holds files that were not published from here: name an empty folder, or use `--force` to publish among them",
        .output.display()
    )]
    ForeignFolder {
        /// The output folder.
        output: PathBuf,
    },
    /// Something that is not ours stands where a file of the site must go.
    #[error(
        "`{}` was not published from here, and a file of the site must go in its place: move it away",
        .path.display()
    )]
    InTheWay {
        /// What stands there.
        path: PathBuf,
    },
    /// The output is a file, a device, or a link to nothing.
    #[error("the output `{}` is not a folder: name a folder, or move it away", .output.display())]
    NotAFolder {
        /// The output.
        output: PathBuf,
    },
    /// The output is, holds or lies in something that the site is made from.
    #[error(
        "the output folder `{}` and `{}`, from which the site is made, lie one in the other: name a folder of its own, such as `public`",
        .output.display(), .meets.display()
    )]
    Sources {
        /// The output.
        output: PathBuf,
        /// The folder or file that it meets.
        meets: PathBuf,
    },
    /// The output folder is a disk or volume of its own, which cannot be exchanged for another folder in one step.
    #[error(
        "the output folder `{}` is a volume of its own and cannot be exchanged whole: name a folder inside it",
        .output.display()
    )]
    MountPoint {
        /// The output folder.
        output: PathBuf,
    },
    /// Somebody has changed a source since it was read.
    #[error("`{path}` was edited by somebody else in this very moment: try again")]
    Edited {
        /// The source.
        path: SourcePath,
    },
    /// Something stands where a source shall be made.
    #[error("`{path}` is there already, and stays as it is")]
    IsThere {
        /// The source.
        path: SourcePath,
    },
    /// A source, or a folder on the way to it, is a symbolic link or something else that is no plain file.
    #[error("`{path}` is a symbolic link or lies behind one: edit the file it leads to yourself")]
    NotPlain {
        /// The source.
        path: SourcePath,
    },
    /// Sources were edited in part, and could not be put back.
    #[error(
        "{cause}; and what had been changed before could not be put back: the next command that writes, such as `betwixt build`, does so"
    )]
    Unfinished {
        /// Why the edits were given up.
        cause: Box<WriteError>,
    },
    /// Edits of sources were interrupted half-way.
    #[error(
        "an edit of {} was interrupted half-way: it is finished or taken back by the next command that writes, such as `betwixt build`",
        name_few(.paths)
    )]
    Pending {
        /// The sources.
        paths: Vec<SourcePath>,
    },
    /// What is left of interrupted edits cannot be understood.
    #[error(
        "`{}`, which tells how to end an interrupted edit, cannot be understood: see to it that your files are whole, and then remove it",
        .path.display()
    )]
    NoJournal {
        /// The file.
        path: PathBuf,
    },
    /// Cleaning up found a list of published files that cannot be read, so nothing says what is ours.
    #[error(
        "the list of published files `{}` cannot be understood: build once, which mends it, and then clean",
        .path.display()
    )]
    NoManifest {
        /// The list.
        path: PathBuf,
    },
}

/// The first few of many files.
fn name_few(paths: &[SourcePath]) -> String {
    let more = if paths.len() > 3 { ", …" } else { "" };
    in_backticks(paths.iter().take(3), ", ") + more
}

/// Names the step and the path of an answer from the system.
pub(super) fn step<T>(doing: &'static str, path: &Path, answer: io::Result<T>) -> Result<T, WriteError> {
    answer.map_err(|source| WriteError::Step { doing, path: path.to_owned(), source })
}

/// What the system said, for people, with the cure where there is one.
pub(super) fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::StorageFull => "there is no space left on this disk; free some and try again",
        io::ErrorKind::QuotaExceeded => "your share of this disk is used up; free some space and try again",
        io::ErrorKind::FileTooLarge => "the file is larger than this system or its limit (`ulimit -f`) lets it be",
        io::ErrorKind::ReadOnlyFilesystem => "this disk can only be read; publish to another",
        io::ErrorKind::PermissionDenied => {
            "you have no permission; change the rights of the file or of the folder that holds it"
        }
        io::ErrorKind::NotFound => "it does not exist",
        io::ErrorKind::NotADirectory => "a part of its path is not a folder",
        _ if is_too_many_open(error) => "too many files are open at once; raise the limit (`ulimit -n`)",
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// Is this the system's word for too many open files, in this process or in all?
fn is_too_many_open(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let code = error.raw_os_error();
        code == Some(Errno::MFILE.raw_os_error()) || code == Some(Errno::NFILE.raw_os_error())
    }
    #[cfg(not(unix))]
    {
        let _ = error;
        false
    }
}
