//! What is asked of the whole guide, one question a file.

mod coverage;
mod long_description;
mod missing_dimensions;
mod missing_home;
mod missing_safety;
mod old_address;
mod one_sided;
mod orphan;
mod said_twice;
pub mod stale_review;
mod unclaimed;
mod unused_reference;

use std::sync::Arc;

use super::Guide;
use crate::base::{Diagnostic, Fingerprint, Place, SourcePath, Sources, Step};
use crate::content::{Page, Places};
use crate::site::Site;

/// What is asked of, and what the places of complaints are read from.
#[derive(Clone, Copy)]
pub struct CheckContext<'g> {
    /// The guide.
    pub guide: &'g Guide,
    /// What `site.toml` says.
    pub site: &'g Site,
    /// The files.
    pub sources: &'g Sources,
}

impl CheckContext<'_> {
    /// Where the value at the end of the way `at` stands in a page's front matter.
    fn place(&self, page: &Page, at: &[Step]) -> Place {
        Place::at(&page.path, Places::read(self.sources.text(&page.path).unwrap_or_default()).value(at))
    }
}

/// Asks every question that no title or description answers; `held` are the pages that are held back.
pub(super) fn run(context: CheckContext, configuration: &SourcePath, held: &[Arc<Page>], found: &mut Vec<Diagnostic>) {
    let CheckContext { guide, site, .. } = context;
    // Who leads where is known only where every name was understood.
    let is_understood = !found.iter().any(Diagnostic::is_error);
    coverage::check(context, found);
    unclaimed::check(guide, (site, held), found);
    unused_reference::check(guide, site, found);
    missing_home::check(guide, configuration, found);
    missing_safety::check(guide, site, found);
    missing_dimensions::check(guide, found);
    old_address::check(context, found);
    one_sided::check_reasons(context, found);
    said_twice::check_statements(context, found);
    stale_review::check(context, found);
    if is_understood {
        orphan::check(guide, site, found);
    }
}

/// Asks every question that titles and descriptions answer: an edit of these leaves all else in the guide as it was.
#[must_use]
pub fn words(context: CheckContext) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    said_twice::check_words(context, &mut found);
    one_sided::check_titles(context, &mut found);
    long_description::check(context, &mut found);
    found
}

/// Stands for the words of `text`, whatever signs and capitals are in it; `None` if it has none.
fn stands_for(text: &str) -> Option<Fingerprint> {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') && !matches!(c, '\'' | '’') {
            words.push(' ');
        }
    }
    let words = words.trim_end();
    (!words.is_empty()).then(|| Fingerprint::of_bytes(words.as_bytes()))
}

#[cfg(test)]
mod tests;
