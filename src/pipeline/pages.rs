//! Sources → pages, in the pieces of the sources: a piece that is the same as in the build before is not looked into.

use std::hash::Hash;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Observer, Progress};
use crate::base::{Diagnostic, Digest, Drafts, Fingerprint, Source, SourcePath, SourcePiece, Sources};
use crate::content::{self, Page, Unpublished};
use crate::cures;
use crate::site::{CONTENT, PageRules, STATIC};
use crate::views::PageCard;

/// A parsed page, and the question that it answers.
#[derive(Debug)]
pub(super) struct Remembered {
    /// Fingerprints of the file and of the rules by which it was read.
    pub question: (Fingerprint, Fingerprint),
    pub page: Page,
    pub card: PageCard,
    pub diagnostics: Vec<Diagnostic>,
}

impl Remembered {
    /// Would it be read in the same way on this day?
    fn answers(&self, question: (Fingerprint, Fingerprint), today: Option<Date>) -> bool {
        self.question == question && self.page.held == Unpublished::of(&self.page.matter, today)
    }

    /// Is it part of a build that does this with what is held back?
    pub fn is_part(&self, drafts: Drafts) -> bool {
        !self.page.is_left_out(drafts)
    }
}

/// The pages of a piece of the sources, and what all of them come to.
#[derive(Debug)]
pub(super) struct PagePiece {
    /// What they were read from. While it is held here nobody can change it, so that its address tells whether it is the same.
    source: SourcePiece,
    /// The rules by which they were read.
    rules: Fingerprint,
    /// The day for which they were read.
    today: Option<Date>,
    /// Sorted by path.
    pub pages: Vec<Arc<Remembered>>,
    /// What the guide can know of it, if it knows of it at all.
    pub seen: Option<Seen>,
    /// The fingerprints of the pages.
    pub contents: Vec<Fingerprint>,
    /// The fingerprint of these.
    content: Fingerprint,
    /// How many of them are held back.
    pub held: usize,
    /// Is something ignored on any of them?
    pub has_ignored: bool,
    /// Is any of them complained of?
    has_complaints: bool,
}

impl PagePiece {
    fn new(source: &SourcePiece, (rules, today): Asked, pages: Vec<Arc<Remembered>>) -> Self {
        let contents: Vec<_> = pages.iter().map(|page| page.page.content).collect();
        Self {
            source: Arc::clone(source),
            rules,
            today,
            seen: Seen::of(source, &pages),
            content: Fingerprint::of(&contents),
            contents,
            held: pages.iter().filter(|page| page.page.held.is_some()).count(),
            has_ignored: pages.iter().any(|page| !page.page.matter.ignore.is_empty()),
            has_complaints: pages.iter().any(|page| !page.diagnostics.is_empty()),
            pages,
        }
    }

    /// What is wrong with its pages.
    pub fn complaints(&self, drafts: Drafts) -> impl Iterator<Item = &Diagnostic> {
        let pages = if self.has_complaints { &self.pages[..] } else { &[] };
        pages.iter().filter(move |page| page.is_part(drafts)).flat_map(|page| page.diagnostics.iter())
    }
}

/// Fingerprints of what the guide can know of a piece: of pages, and of the other files below `content` and `static`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Of what pages name and are named by, and of the files.
    pub naming: Fingerprint,
    /// Of the whole public parts of the pages.
    pub public: Fingerprint,
}

impl Seen {
    fn of(source: &SourcePiece, pages: &[Arc<Remembered>]) -> Option<Self> {
        let is_ours = |path: &SourcePath| path.below(CONTENT).is_some() || path.below(STATIC).is_some();
        let others = source.iter().filter(|(path, _)| is_ours(path) && !is_page(path));
        let files: Vec<_> = others.map(|(path, source)| (path, source.fingerprint())).collect();
        if pages.is_empty() && files.is_empty() {
            return None;
        }
        let (mut naming, mut public) = (Digest::default(), Digest::default());
        (pages.len(), files).hash(&mut naming);
        for Remembered { page, card, .. } in pages.iter().map(|page| &**page) {
            page.naming.hash(&mut naming);
            (page.public, card.prints.card).hash(&mut public);
        }
        Some(Self { naming: naming.fingerprint(), public: public.fingerprint() })
    }
}

/// How many pages there are among these sources.
#[must_use]
pub fn count_pages(sources: &Sources) -> usize {
    sources.below(CONTENT).filter(|(path, _)| is_page(path)).count()
}

fn is_page(path: &SourcePath) -> bool {
    path.is_markdown() && path.below(CONTENT).is_some()
}

/// Fingerprint of the rules by which pages are read, and the day.
type Asked = (Fingerprint, Option<Date>);

/// All pages, sorted by path, in the pieces of the sources.
pub(super) type Pages = Arc<Vec<Arc<PagePiece>>>;

/// Brings the pages in `memory` up to date, and tells `observe` of each that is parsed afresh; how many these were.
pub(super) fn parse(sources: &Sources, rules: &PageRules, memory: &mut Pages, observe: Observer) -> usize {
    let asked = (Fingerprint::of(rules), sources.request.today);
    let old = std::mem::take(memory);
    let (kept, loose) = compare(&old, sources.pieces(), asked);
    let mut loose = loose.peekable();
    let mut slots: Vec<Option<Arc<Remembered>>> = Vec::new();
    let mut unknown = Vec::new();
    let changed = sources.pieces().iter().zip(&kept).filter(|(_, kept)| kept.is_none());
    for (path, source) in changed.flat_map(|(piece, _)| piece.iter()).filter(|(path, _)| is_page(path)) {
        // Both are sorted by path.
        while loose.next_if(|known| known.page.path != *path && known.page.path < *path).is_some() {}
        let question = (source.fingerprint(), asked.0);
        let known = loose.next_if(|known| known.page.path == *path).filter(|known| known.answers(question, asked.1));
        if known.is_none() {
            unknown.push((slots.len(), path, source));
        }
        slots.push(known.cloned());
    }
    let read = |&(index, path, source): &(usize, &SourcePath, &Source)| {
        let page = Arc::new(remembered(path, source, rules, asked));
        observe(Progress::PageParsed);
        (index, page)
    };
    for (index, page) in unknown.par_iter().map(read).collect::<Vec<_>>() {
        slots[index] = Some(page);
    }
    let parsed = unknown.len();
    let mut read = slots.into_iter().flatten();
    let piece = |(source, kept): (&SourcePiece, Option<Arc<PagePiece>>)| {
        kept.unwrap_or_else(|| {
            let count = source.iter().filter(|(path, _)| is_page(path)).count();
            Arc::new(PagePiece::new(source, asked, read.by_ref().take(count).collect()))
        })
    };
    let pieces = sources.pieces().iter().zip(kept).map(piece).collect();
    *memory = Arc::new(pieces);
    parsed
}

/// For each piece of the sources the piece of pages that was read from this very piece; and the pages of all others.
fn compare<'m>(
    memory: &'m [Arc<PagePiece>],
    sources: &[SourcePiece],
    (rules, today): Asked,
) -> (Vec<Option<Arc<PagePiece>>>, impl Iterator<Item = &'m Arc<Remembered>> + use<'m>) {
    let is_read_from =
        |piece: &PagePiece, source| Arc::ptr_eq(&piece.source, source) && (piece.rules, piece.today) == (rules, today);
    let mut old = memory.iter().peekable();
    let mut loose = Vec::new();
    let mut kept = Vec::with_capacity(sources.len());
    for source in sources {
        if old.peek().is_none_or(|piece| !is_read_from(piece, source)) {
            // Both are sorted by their first paths.
            while let Some(piece) = old.next_if(|piece| piece.source[0].0 < source[0].0) {
                loose.push(piece);
            }
        }
        kept.push(old.next_if(|piece| is_read_from(piece, source)).cloned());
    }
    loose.extend(old);
    (kept, loose.into_iter().flat_map(|piece| piece.pages.iter()))
}

fn remembered(path: &SourcePath, source: &Source, rules: &PageRules, (fingerprint, today): Asked) -> Remembered {
    let (page, found) = content::parse(path, source, rules, fingerprint, today);
    let diagnostics = match source.as_text() {
        Some(text) => cures::explain_page(path, text, rules, found),
        None => found,
    };
    let card = PageCard::new(&page, rules);
    Remembered { question: (source.fingerprint(), fingerprint), page, card, diagnostics }
}

/// The pages that are part of a build, by their number in its guide.
#[derive(Debug)]
pub(super) struct Published<'p> {
    /// The pages, sorted by path.
    pub pages: Vec<&'p Page>,
    /// Their prebuilt values.
    pub cards: Vec<&'p PageCard>,
    /// Their fingerprints.
    pub contents: Vec<Fingerprint>,
    /// The fingerprint of all that was read, and of which of it is left out.
    pub content: Fingerprint,
    /// The pages that are left out, sorted by path.
    pub held: Vec<&'p Page>,
}

impl<'p> Published<'p> {
    /// Those that are part of a build that does this with what is held back.
    pub fn of(pieces: &'p Pages, drafts: Drafts) -> Self {
        let room = pieces.iter().map(|piece| piece.pages.len()).sum();
        let content = Fingerprint::of(&(drafts, pieces.iter().map(|piece| piece.content).collect::<Vec<_>>()));
        let mut published = Self {
            content,
            pages: Vec::with_capacity(room),
            cards: Vec::with_capacity(room),
            contents: Vec::with_capacity(room),
            held: Vec::new(),
        };
        for piece in pieces.iter() {
            // The fingerprints lie side by side, so that no page is looked into.
            if piece.held == 0 || drafts == Drafts::Include {
                published.pages.extend(piece.pages.iter().map(|page| &page.page));
                published.cards.extend(piece.pages.iter().map(|page| &page.card));
                published.contents.extend_from_slice(&piece.contents);
                continue;
            }
            for Remembered { page, card, .. } in piece.pages.iter().map(|page| &**page) {
                if page.is_left_out(drafts) {
                    published.held.push(page);
                } else {
                    published.pages.push(page);
                    published.cards.push(card);
                    published.contents.push(page.content);
                }
            }
        }
        published
    }
}
