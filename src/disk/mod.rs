//! The two edges where the tool meets the disk: reading the sources, and publishing the built site whole.
//!
//! Knows nothing of pages or themes: bytes come in under names, and bytes go out under names.

#![expect(clippy::disallowed_methods, reason = "this room is an edge: it reads and writes the disk")]

mod apply;
mod clean;
mod compare;
mod error;
mod heal;
mod listing;
mod lock;
mod manifest;
mod mirror;
mod open;
mod place;
mod plan;
mod publish;
mod read;
mod rewrite;
mod scan;
mod shadow;
mod staging;
mod stamp;
mod steps;
mod strays;

pub use clean::clean;
pub use error::{DiskError, PublishError};
pub use listing::FOLDERS as SOURCE_FOLDERS;
pub use mirror::{Changes, Mirror, concerns};
pub use place::check_output;
pub use publish::{Foreign, Published, publish};
pub use read::read;
pub use rewrite::{Rewrite, RewriteError, rewrite};
pub use stamp::{Stamp, edition, stamp_of_files};
pub use steps::{Disk, Lock, RealDisk};

#[cfg(all(test, unix))]
mod tests;
