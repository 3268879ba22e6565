//! The two edges where the tool meets the disk: reading the sources, and publishing the built site whole.
//!
//! Knows nothing of pages or themes: bytes come in under names, and bytes go out under names.

#![expect(clippy::disallowed_methods, reason = "this room is an edge: it reads and writes the disk")]

mod clean;
mod compare;
mod error;
mod foreign;
mod home;
mod listing;
mod manifest;
mod open;
mod place;
mod plan;
mod publish;
mod publisher;
mod read;
mod record;
mod recover;
mod scan;
mod shadow;
mod source_cache;
mod staging;
mod stamp;
mod steps;
mod transaction;
mod writer;

pub use clean::clean;
pub use error::{DiskError, WriteError};
pub use listing::FOLDERS as SOURCE_FOLDERS;
pub use place::check_output;
pub use publish::{Foreign, Published, find_foreign, publish};
pub use publisher::Publisher;
pub use read::{read, read_again};
pub use record::Repaired;
pub use source_cache::{Changes, SourceCache, is_source_path};
pub use stamp::{Stamp, publication_stamp, stamp_of_files};
pub use steps::{Disk, Lock, RealDisk};
pub use transaction::{Direction, Recovered, SourceEdit, Transaction, pending_edits, recover_edits};

#[cfg(all(test, unix))]
mod tests;
