//! A section of the text that the cards of a kind hold, and a page does not have.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, SourcePath, Span, Spanned, nearest};
use crate::content::Page;
use crate::site::Kind;

/// Asks the pages of each kind, if the texts of all of them were understood, for each section that its cards hold. What none of them
/// has is most likely misspelt in the configuration.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    for (index, kind) in context.site.rules.kinds.iter().enumerate().filter(|(_, kind)| !kind.show.excerpts.is_empty())
    {
        let pages = context.book.pages.iter().copied().filter(|page| page.kind == Some(index));
        if pages.clone().any(|page| page.body.anchors.whole().is_none()) {
            continue;
        }
        for id in &kind.show.excerpts {
            let (with, without): (Vec<_>, Vec<&Page>) = pages.clone().partition(|page| has(page, &id.value));
            if with.is_empty() && !without.is_empty() {
                found.push(unknown_excerpt(context.configuration, kind, id, &without));
            } else {
                found.extend(without.into_iter().map(|page| missing_excerpt(page, kind, &id.value)));
            }
        }
    }
}

fn has(page: &Page, id: &str) -> bool {
    page.body.excerpts.iter().any(|excerpt| *excerpt.id == *id)
}

/// No page of the kind has the section.
fn unknown_excerpt(path: &SourcePath, kind: &Kind, id: &Spanned<Box<str>>, pages: &[&Page]) -> Complaint {
    let headings = pages.iter().flat_map(|page| page.body.headings()).map(|heading| &*heading.id);
    let message = format!("no {} has a section `{}`", kind.one, id.value);
    Diagnostic::new(Code::MissingExcerpt, About::at(path, id.span), message)
        .suggest(nearest(&id.value, headings))
        .help("name sections by the ids of their headings, as in `## What to do {#steps}`")
}

/// A page does not have the section that others of its kind have.
fn missing_excerpt(page: &Page, kind: &Kind, id: &str) -> Complaint {
    let message = format!("the card of a {} holds the section `{id}`, and this page has none", kind.one);
    let help = if page.body.anchors.iter().any(|anchor| **anchor == *id) {
        format!("the heading `{{#{id}}}` stands within another such section, a list or a box: let it stand by itself")
    } else {
        format!("write `{{#{id}}}` behind the heading that is meant, or add such a section")
    };
    Diagnostic::new(Code::MissingExcerpt, About::at(&page.path, Span::new(0, 3)), message).help(help)
}
