//! A guide without a first page.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, SourcePath};

/// Asks whether there is a page at the top.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    if context.book.guide.special.home.is_none() {
        found.push(missing_home(context.configuration));
    }
}

/// A guide without a first page.
fn missing_home(configuration: &SourcePath) -> Complaint {
    Diagnostic::new(Code::MissingHome, About::file(configuration), "the guide has no first page")
        .help("write `content/_index.md`, with a `title`")
}
