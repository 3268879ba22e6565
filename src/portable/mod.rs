//! The files of a site → the same site in forms that need no host: a folder whose pages lead to each other's files, and one file.
//!
//! Both are made from what a build gives, and say what its pages say.

mod addresses;
mod folder;
mod single_file;
#[cfg(test)]
mod tests;

pub use folder::folder;
pub use single_file::{Whole, single_file};
