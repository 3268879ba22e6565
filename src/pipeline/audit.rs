//! Sources → what nobody leads to, pages without a link and references without a citation; and what is due for a review.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Build, Memory};
use crate::base::{Drafts, LineColumn, Place, SourcePath, Sources, line_column};
use crate::content::{Page, Role};
use crate::guide::checks::stale_review::{is_stale, last_review};
use crate::guide::{Book, PageId, Special};
use crate::site::Period;

/// What nobody leads to or has looked at for long, drafts taken as if they were published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// The pages that no other page's text, no relation and no setting leads to; that their section lists them counts
    /// for nothing.
    pub orphans: BTreeSet<SourcePath>,
    /// The keys of references that no page cites, each with its place and line.
    pub uncited: Vec<(Box<str>, Place, LineColumn)>,
    /// The pages that are due for a review; `None` if `site.toml` does not say when one is.
    pub stale: Option<BTreeSet<SourcePath>>,
}

/// Looks for what nobody leads to; nothing is found in a guide whose configuration cannot be read.
#[must_use]
pub fn audit(sources: &Sources, build_site: Build) -> Audit {
    let mut sources = sources.clone();
    sources.request.drafts = Drafts::Include;
    let mut memory = Memory::new();
    let _ = build_site(&sources, &mut memory);
    let (Some(layout), Some((_, site))) = (&memory.layout, &memory.site) else { return Audit::default() };
    let published = layout.published();
    let book = layout.book(&published);
    let guide = book.guide;
    let rules = (*site.0).as_ref().and_then(|site| site.references.get());
    let uncited = rules.map_or_else(Vec::new, |rules| {
        let path = rules.path();
        let text = sources.text(&path).unwrap_or_default();
        let references = guide.bibliography.iter().filter(|reference| !guide.cited_in.contains_key(&reference.key));
        let found = references.map(|reference| {
            let place = Place::at(&path, reference.span);
            (reference.key.clone(), place, line_column(text, reference.span.start))
        });
        found.collect()
    });
    let after = (*site.0).as_ref().and_then(|site| site.checks.review_after);
    let stale = after.zip(sources.request.today).map(|(after, today)| stale(book, after, today));
    Audit { orphans: orphans(book), uncited, stale }
}

fn stale(book: Book, after: Period, today: Date) -> BTreeSet<SourcePath> {
    let is_due = |page: &Page| last_review(&page.matter).is_some_and(|last| is_stale(last.day, after, today));
    book.pages.iter().filter(|page| is_due(page)).map(|page| page.path.clone()).collect()
}

fn orphans(book: Book) -> BTreeSet<SourcePath> {
    let special = &book.guide.special;
    let Special { home, checklist, references, index, book: whole, help, not_found } = special;
    let parts = [home, checklist, references, index, whole, help, not_found];
    let menu = book.guide.menu.iter().map(|(page, _)| *page);
    let named: BTreeSet<PageId> = parts.into_iter().copied().flatten().chain(menu).collect();
    let orphans =
        book.iter().filter(|(id, page, facts)| page.role == Role::Page && facts.is_alone() && !named.contains(id));
    orphans.map(|(_, page, _)| page.path.clone()).collect()
}
