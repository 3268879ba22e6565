//! What is asked of the whole guide, one question a file.

mod coverage;
mod missing_home;
mod unclaimed;
mod unused_reference;

use super::Guide;
use crate::base::{Diagnostic, SourcePath};
use crate::site::Site;

/// Asks every question.
pub(super) fn run(guide: &Guide, site: &Site, configuration: &SourcePath, found: &mut Vec<Diagnostic>) {
    coverage::check(guide, site, found);
    unclaimed::check(guide, site, found);
    unused_reference::check(guide, site, found);
    missing_home::check(guide, configuration, found);
}
