//! One source → one `Page`, whatever state the source is in: what was understood, and complaints about the rest.
//!
//! Knows the configuration's page rules, and no other page.

pub mod advice;
pub mod body;
pub mod complaints;
mod coverage;
pub mod entries;
mod expected;
mod fence;
mod fence_cures;
mod foreign_keys;
mod matter;
mod matter_keys;
mod page;
mod places;
mod read_on;
pub mod schema;
pub mod slip_complaints;
mod slip_entries;
mod slip_layout;
mod slip_lines;
mod slips;
#[cfg(test)]
mod tests;
mod unpublished;
mod unread;
mod values;
mod wording;

pub use matter::{FieldValue, Matter, RelationEntry};
pub use page::{Named, Page, Role, SourceUse, body_start, parse};
pub use places::Places;
pub use slips::in_file as slips_in_file;
pub use unpublished::Unpublished;
pub use values::is_placeholder;
pub use wording::{Wording, Words};
