//! A text in some language → a tree of its values with their places: one door for each language.
//!
//! Knows no setting, no key and no page; what a text says wrongly is an error with its place, in no words of anybody's.

pub mod active;
pub mod css;
pub mod html;
pub mod html_tree;
pub mod toml;
pub mod xml;
pub mod yaml;
