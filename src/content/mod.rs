//! One source → one `Page`, whatever state the source is in: what was understood, and complaints about the rest.
//!
//! Knows the configuration's page rules, and no other page.

pub mod advice;
pub mod body;
pub mod complaints;
mod fence;
mod held;
mod matter;
mod matter_keys;
mod page;
mod places;
pub mod schema;
pub mod slip_complaints;
mod slips;
#[cfg(test)]
mod tests;
mod values;

pub use held::Held;
pub use matter::{Claim, FieldValue, Matter};
pub use page::{Named, Page, Role, SourceUse, parse};
pub use places::{MatterPath, Places, Step};
