//! A slip that authors make: what it looks like, what is said of it, and what cures it.

use crate::base::{Diagnostic, Edit};

/// One slip, told in several ways: each with another cure, and the last without one. The first whose cure helps is taken.
pub type Candidates = Vec<Diagnostic>;

/// A slip that authors make in a text of which `Context` holds what is known.
pub struct Slip<Context: ?Sized> {
    /// Finds it, wherever it stands.
    pub find: fn(&Context) -> Vec<Candidates>,
    /// A text with the slip.
    pub wrong: &'static str,
    /// The same text with its cure; the text as it is, where only its author can know.
    pub right: &'static str,
}

/// The candidate whose cure helps; else the last one, without its cure.
pub fn choose(mut candidates: Candidates, helps: impl Fn(&[Edit]) -> bool) -> Option<Diagnostic> {
    let chosen = candidates.iter().position(|candidate| !candidate.fix.is_empty() && helps(&candidate.fix));
    match chosen {
        Some(index) => Some(candidates.swap_remove(index)),
        None => candidates.pop().map(|last| Diagnostic { fix: Vec::new(), ..last }),
    }
}
