//! A slip that authors make: what it looks like, what is said of it, and what cures it.

use crate::base::{Diagnostic, Edit};

/// One slip, told in several ways: each with another cure. If the last has none, it is told even where no cure helps.
pub type Candidates = Vec<Diagnostic>;

/// A slip that authors make; `Find` is a function that finds it, wherever it stands.
pub struct Slip<Find> {
    /// What it looks like.
    pub find: Find,
    /// A text with the slip.
    pub wrong: &'static str,
    /// The same text with its cure; the text as it is, where only its author can know.
    pub right: &'static str,
}

/// The candidate whose cure helps; else the last one, if it has no cure.
pub fn choose(mut candidates: Candidates, helps: impl Fn(&[Edit]) -> bool) -> Option<Diagnostic> {
    let helpful = candidates.iter().position(|candidate| !candidate.fix.is_empty() && helps(&candidate.fix));
    match helpful {
        Some(index) => Some(candidates.swap_remove(index)),
        None => candidates.pop().filter(|last| last.fix.is_empty()),
    }
}
