//! What is asked of the whole guide, one question a file.

mod long_checklist_code;
mod long_description;
mod missing_dimensions;
mod missing_excerpt;
mod missing_home;
mod missing_safety;
mod old_address;
mod orphan;
mod said_twice;
mod same_value;
mod same_why;
pub mod stale_review;
mod too_few_inverse;
mod unused_reference;
mod why_repeats_title;
mod wrong_folder;

use super::{Book, url_lock};
use crate::base::{Complaint, SourcePath, Sources};
use crate::content::Page;
use crate::site::Site;

/// What is asked of, and what the places of complaints are read from.
#[derive(Clone, Copy)]
pub struct CheckContext<'g> {
    /// The guide and its pages.
    pub book: Book<'g>,
    /// The pages that are held back and left out.
    pub held: &'g [&'g Page],
    /// What `site.toml` says.
    pub site: &'g Site,
    /// Its file.
    pub configuration: &'g SourcePath,
    /// The files.
    pub sources: &'g Sources,
}

/// What follows from the guide's names alone, so that no title changes it.
#[derive(Debug, Default)]
pub struct NameChecks {
    /// What is wrong with them.
    pub found: Vec<Complaint>,
    /// The pages that no page leads to. It is known only where every name was understood.
    orphans: Vec<Complaint>,
}

/// Asks what follows from the guide's names alone.
#[must_use]
pub fn of_names(context: CheckContext) -> NameChecks {
    let mut all = NameChecks::default();
    let found = &mut all.found;
    too_few_inverse::check(context, found);
    unused_reference::check(context, found);
    missing_home::check(context, found);
    missing_safety::check(context, found);
    missing_dimensions::check(context, found);
    old_address::check(context, found);
    same_why::check(context, found);
    same_value::check(context, found);
    orphan::check(context, &mut all.orphans);
    all
}

/// Asks everything else; `before` is what was found while names were resolved, and `of_names` what follows from them.
#[must_use]
pub fn of_pages(context: CheckContext, before: &[Complaint], of_names: &NameChecks) -> Vec<Complaint> {
    let mut all = Vec::new();
    let found = &mut all;
    url_lock::check(context, found);
    wrong_folder::check(context, found);
    if !before.iter().chain(&*found).any(Complaint::is_error) {
        found.extend(of_names.orphans.iter().cloned());
    }
    why_repeats_title::check(context, found);
    said_twice::check(context, found);
    missing_excerpt::check(context, found);
    long_checklist_code::check(context, found);
    long_description::check(context, found);
    stale_review::check(context, found);
    all
}

#[cfg(test)]
mod tests;
