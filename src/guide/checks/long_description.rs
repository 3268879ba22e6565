//! A description that search engines would cut off.

use super::CheckContext;
use crate::base::{Code, Diagnostic, Place, Step};

/// Asks every description.
pub(super) fn check(context: CheckContext, found: &mut Vec<Diagnostic>) {
    let most = context.site.checks.longest_description;
    for page in context.guide.entries.iter().map(|entry| &entry.page) {
        let description = &page.matter.description;
        if description.len() > most && description.chars().count() > most {
            let place = context.place(page, &[Step::Key("description".into())]);
            found.push(long_description(place, description.chars().count(), most));
        }
    }
}

/// A description that is too long to be shown whole.
fn long_description(place: Place, characters: usize, most: usize) -> Diagnostic {
    let message = format!("this description has {characters} characters, and search engines show about {most}");
    Diagnostic::new(Code::LongDescription, place, message)
        .help("say the most important thing first, and leave out what the page says anyway")
}
