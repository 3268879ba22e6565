//! A description that search engines would cut off.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic};

/// Asks every description.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let most = context.site.checks.longest_description;
    for page in context.book.pages {
        let description = &page.matter.description;
        if description.len() > most && description.chars().count() > most {
            let about = About::key(&page.path, "description");
            found.push(long_description(about, description.chars().count(), most));
        }
    }
}

/// A description that is too long to be shown whole.
fn long_description(place: About, characters: usize, most: usize) -> Complaint {
    let message = format!("this description has {characters} characters, and search engines show about {most}");
    Diagnostic::new(Code::LongDescription, place, message)
        .help("say the most important thing first, and leave out what the page says anyway")
}
