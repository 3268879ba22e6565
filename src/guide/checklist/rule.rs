//! What two people said → the practices that are suggested to them, each with its reason: a rule that a pencil can follow.
//!
//! Themes apply the same rule in the browser and print it on paper; `manual/content/checklist.md` says it in words.

use std::cmp::Reverse;

use super::{Checklist, Mode, Shared};

/// How many practices are suggested at most.
pub const MOST: usize = 3;

/// A practice that is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The practice, by its index in [`Checklist::practices`].
    pub practice: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a practice is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Both wish for it.
    Wish,
    /// Both noticed these items, by their indices in [`Checklist::items`], which lead to it.
    Both(Vec<usize>),
    /// Exactly one of the two noticed these, which lead to it.
    One(Vec<usize>),
}

/// What is suggested to two people, the best first: at most [`MOST`], each practice once.
///
/// First stands what both wish for, in the guide's order; then what the items lead to that both noticed: where their weights make
/// more in all, then what takes less time, then the guide's order; then, if both agreed to see everything, the same by what
/// exactly one noticed. How often something was noticed and the wish of one alone count for nothing, and neither does what is
/// marked as needing the wish of both. In [`Mode::Both`] it depends on nothing but what both noticed and what both wish for.
/// Nothing may be suggested. For a person alone, `one` and `other` are the same.
#[must_use]
pub fn suggest(checklist: &Checklist, one: &Shared, other: &Shared, mode: Mode) -> Vec<Suggestion> {
    let wished = (0..checklist.practices.len()).filter(|practice| one.wishes[*practice] && other.wishes[*practice]);
    let mut found: Vec<Suggestion> =
        wished.take(MOST).map(|practice| Suggestion { practice, reason: Reason::Wish }).collect();
    let noticed = || one.levels.iter().zip(&other.levels).map(|(a, b)| (a.is_noticed(), b.is_noticed()));
    let both: Vec<bool> = noticed().map(|(one, other)| one && other).collect();
    fill(checklist, &both, Reason::Both, &mut found);
    if mode == Mode::Everything {
        let by_one: Vec<bool> = noticed().map(|(one, other)| one != other).collect();
        fill(checklist, &by_one, Reason::One, &mut found);
    }
    found
}

/// Gives the places that are free to what the `noticed` items lead to.
fn fill(checklist: &Checklist, noticed: &[bool], reason: fn(Vec<usize>) -> Reason, found: &mut Vec<Suggestion>) {
    let is_left = |practice: &usize| {
        !checklist.practices[*practice].needs_both && found.iter().all(|other| other.practice != *practice)
    };
    let sums =
        (0..checklist.practices.len()).filter(is_left).map(|practice| (sum(checklist, noticed, practice), practice));
    let mut led: Vec<(u32, usize)> = sums.filter(|(sum, _)| *sum > 0).collect();
    // What says no time stands behind all that does; sorting keeps the guide's order where nothing else decides.
    led.sort_by_key(|(sum, practice)| {
        let time = checklist.practices[*practice].time;
        (Reverse(*sum), time.is_none(), time)
    });
    let free = MOST - found.len();
    for (_, practice) in led.into_iter().take(free) {
        let leads = |item: &usize| noticed[*item] && weight(checklist, *item, practice) > 0;
        let items = (0..checklist.items.len()).filter(leads).collect();
        found.push(Suggestion { practice, reason: reason(items) });
    }
}

/// How strongly the `noticed` items lead to a practice in all.
fn sum(checklist: &Checklist, noticed: &[bool], practice: usize) -> u32 {
    let items = (0..checklist.items.len()).filter(|item| noticed[*item]);
    items.map(|item| weight(checklist, item, practice)).sum()
}

/// How strongly an item leads to a practice; 0 if it does not.
fn weight(checklist: &Checklist, item: usize, practice: usize) -> u32 {
    let leads = checklist.items[item].leads.iter();
    leads.filter(|lead| lead.practice == practice).map(|lead| u32::from(lead.weight)).sum()
}
