//! The page of all chapters, as its template gives it → the same with links that lead from chapter to chapter, and the e-book
//! made of it.
//!
//! Knows elements by their ids: each chapter's own, and those of [`parts`]. Nothing else of the theme.

mod archive;
mod ebook;
mod links;
mod package;
mod parts;
mod xhtml;

pub use ebook::{Material, ebook};
pub use links::bind;

#[cfg(test)]
mod tests;
