//! One source → one `Page`, whatever state the source is in: what was understood, and complaints about the rest.
//!
//! Knows the configuration's page rules, and no other page.

pub mod advice;
pub mod body;
pub mod complaints;
mod coverage;
pub mod entries;
mod excerpts;
mod expected;
mod fence;
mod fields;
mod front;
mod matter;
pub(crate) mod matter_keys;
mod page;
pub mod schema;
#[cfg(test)]
mod tests;
mod unpublished;
mod unread;
mod values;
mod wording;

pub use expected::Expected;
pub use fence::{Fence, find_fence};
pub(crate) use fence::{is_fence, lines_from};
pub use fields::{FieldValue, Keyed};
pub use front::{FrontError, body_start, matter_places, read_front};
pub use matter::{ENTRY_KEYS, Matter, RelationEntry};
pub use page::{Page, Role, SourceUse, diagnose, kind_of, parse};
pub use unpublished::Unpublished;
pub use values::{describe, is_placeholder};
pub use wording::{Wording, Words};
