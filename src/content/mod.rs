//! One source → one `Page`, whatever state the source is in: what was understood, and complaints about the rest.
//!
//! Knows the configuration's page rules, and no other page.

pub mod advice;
pub mod body;
pub mod complaints;
pub mod entries;
mod fence;
mod fence_cures;
mod foreign_keys;
mod held;
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
mod unread;
mod values;
mod wanted;

pub use held::Held;
pub use matter::{Claim, FieldValue, Matter};
pub use page::{Named, Page, Role, SourceUse, body_start, parse};
pub use places::{MatterPath, Places, Step};
pub use slips::in_file as slips_in_file;
pub use values::is_placeholder;
