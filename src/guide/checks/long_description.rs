//! A description that search engines would cut off.

use super::CheckContext;
use crate::base::{Diagnostic, Place, Step};

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
///
/// Search engines show some 160 characters of a page's description and cut off the rest. `longest_description` below
/// `[checks]` in `site.toml` sets another limit.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// description: >
///   Every week one of us chooses what the two of us do on our evening, which may be a walk, a meal, a talk, a game, or
///   nothing at all, as long as both of us are there and nobody looks at a screen.
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// description: Every week one of us chooses what the two of us do on our evening.
/// ---
/// ```
fn long_description(place: Place, characters: usize, most: usize) -> Diagnostic {
    let message = format!("this description has {characters} characters, and search engines show about {most}");
    Diagnostic::warning("long-description", place, message)
        .help("say the most important thing first, and leave out what the page says anyway")
}
