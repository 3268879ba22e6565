//! Edits of the site's folders → the same build again, each time the sources differ.
//!
//! What the system tells is a hint: what it names is read again and compared by content, and a slow second look finds what
//! it did not tell. Builds run on threads that can be given up. Knows nothing of what becomes of a build.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this room is an edge: it knows the disk and the clock, and its threads tell each other what they do"
)]

mod batch;
mod builder;
mod events;
mod poll_reason;
mod rebuild_loop;
mod source_watcher;

pub use builder::{BuildProgress, Builder, threads};
pub use poll_reason::PollReason;
pub use rebuild_loop::{Event, Rebuild, RebuildLoop};
pub use source_watcher::{Method, Today, WatchOptions};
