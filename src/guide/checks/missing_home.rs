//! A guide without a first page.

use crate::base::{Code, Diagnostic, Place, SourcePath};
use crate::guide::Guide;

/// Asks whether there is a page at the top.
pub(super) fn check(guide: &Guide, configuration: &SourcePath, found: &mut Vec<Diagnostic>) {
    if guide.special.home.is_none() {
        found.push(missing_home(configuration));
    }
}

/// A guide without a first page.
fn missing_home(configuration: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::MissingHome, Place::file(configuration), "the guide has no first page")
        .help("write `content/_index.md`, with a `title`")
}
