//! One source → one page.
pub mod body;
