//! Views → files: each rendered, or remembered from the build before.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::memory::{AggregateTime, Rendered};
use super::pages::Published;
use super::{Observer, Progress};
use crate::base::{About, Diagnostic, Digest, Files, Fingerprint, OutPath, Piece, Place, Source};
use crate::book::{self, Material};
use crate::guide::Locator;
use crate::offline;
use crate::search;
use crate::theme::{self, Failure, Form, PageRequest, RenderWorker, Renderer};
use crate::views::{
    self, Aggregate, Content, PageView, Plan, SOCIAL_CARD_SIZE, Shows, Subject, View, ViewContext, ViewKeys,
};

/// How many views a thread takes at a time.
const BATCH: usize = 8;

/// Pages of more bytes than this together are a theme's mistake, not a guide.
const LARGEST_SITE: usize = 1 << 30;

/// What all views are rendered with.
pub(super) struct Rendering<'r> {
    /// Fingerprint of what all pages share.
    pub key: Fingerprint,
    pub context: &'r ViewContext<'r>,
    pub plan: &'r Plan,
    pub published: &'r Published<'r>,
    pub aggregate_time: AggregateTime,
    pub observe: Observer<'r>,
}

/// How far all threads together have come.
struct Reached {
    /// The first view whose template does not come to an end. Those before it are rendered, those behind it need not
    /// be: so the same complaints are found, whichever thread is the faster one.
    last: AtomicUsize,
    /// The bytes of all pages so far.
    total: AtomicUsize,
}

/// A view that no remembered answer is known for.
struct Open<'v> {
    /// Its number in the plan.
    index: usize,
    page: &'v PageView,
    origin: &'v About,
}

/// What no remembered answer is known for.
#[derive(Default)]
struct Opened<'v> {
    pages: Vec<Open<'v>>,
    /// What is made from all pages or all files, by the number of its view in the plan.
    aggregates: Vec<(usize, &'v Aggregate)>,
}

/// What the views that were open became.
struct Results {
    /// How many were rendered.
    rendered: usize,
    /// The files, by the index of their view.
    files: Vec<(usize, Arc<[u8]>)>,
    complaints: Vec<Diagnostic>,
}

impl Rendering<'_> {
    /// Renders every view, or remembers what it became; how many were rendered, and what is wrong with them.
    pub fn render(&self, renderer: &mut Renderer, memory: &mut Rendered) -> (usize, Vec<Diagnostic>) {
        let keys = &self.plan.keys;
        let old = std::mem::take(memory);
        *memory = Rendered {
            files: Arc::clone(&old.files),
            total: old.total,
            frame: self.key,
            keys: Arc::clone(keys),
            contents: self.contents(),
            failed: BTreeSet::new(),
            is_aggregate_due: false,
        };
        let Opened { pages: open, aggregates } = self.open(&old, memory);
        (self.observe)(Progress::Opened(open.len()));
        let mut results = self.answer(&open, memory.total, renderer);
        results.files.sort_unstable_by_key(|(index, _)| *index);
        let mut made = results.files.into_iter().peekable();
        let files = Arc::make_mut(&mut memory.files);
        for Open { index, .. } in open {
            let out = &self.plan.views[index].out;
            match made.next_if(|(made, _)| *made == index) {
                Some((_, bytes)) => {
                    memory.total += bytes.len();
                    files.insert(out.clone(), bytes);
                }
                None => {
                    // What could not be rendered must not stand there as it was before.
                    files.remove(out);
                    memory.failed.insert(index);
                }
            }
        }
        memory.failed.extend(self.write_aggregates(&aggregates, files));
        if !memory.failed.is_empty() {
            // Of files that are missing nothing follows for another build.
            for (number, _) in &aggregates {
                memory.contents[*number] = Fingerprint::default();
            }
        }
        (results.rendered, results.complaints)
    }

    /// Makes what is made from all pages, and then what is made from all files; bytes that are as before stay the same ones. The
    /// numbers of those that could not be made.
    fn write_aggregates(&self, aggregates: &[(usize, &Aggregate)], files: &mut Files) -> Vec<usize> {
        let ViewContext { book, site, .. } = *self.context;
        let (mut indexed, mut kept, mut failed) = (Vec::new(), Vec::new(), Vec::new());
        for (number, part) in aggregates {
            let out = &self.plan.views[*number].out;
            match part {
                Aggregate::Index(part) => indexed.push((out, *part)),
                Aggregate::Offline(part) => kept.push((out, *part)),
                Aggregate::Ebook(page) => match self.ebook(page, files) {
                    Some(bytes) => put(files, std::iter::once((out, Some(&*bytes)))),
                    None => {
                        files.remove(out);
                        failed.push(*number);
                    }
                },
            }
        }
        if !indexed.is_empty() {
            let index = search::index(book, site, self.plan.shards);
            put(files, indexed.into_iter().map(|(out, part)| (out, index.part(part))));
        }
        if let (Some(megabytes), false) = (site.kept_whole, kept.is_empty()) {
            let unshown = self.plan.views.iter().filter(|view| view.is_social_card()).map(|view| &view.out).collect();
            let offline = offline::offline(files, &unshown, self.plan.kept_shards, megabytes);
            put(files, kept.into_iter().map(|(out, part)| (out, offline.part(part))));
        }
        failed
    }

    /// The e-book, if the page that it is made of could be made.
    fn ebook(&self, page: &OutPath, files: &Files) -> Option<Vec<u8>> {
        let outline = &views::outline(self.context)?;
        let html = files.get(page)?;
        let base = &self.context.site.rules.base;
        let published = &self.context.book.guide.files;
        let file = |address: &str| {
            let file = published.iter().find(|file| base.link(&file.url) == address)?;
            files.get(&file.out).map(|bytes| &**bytes)
        };
        let style = self.context.theme_manifest.ebook_style.and_then(Source::as_bytes).map(|bytes| &**bytes);
        Some(book::ebook(&String::from_utf8_lossy(html), &Material { outline, style, file: &file }))
    }

    /// The fingerprints of what the views show besides what the guide says of them.
    fn contents(&self) -> Vec<Fingerprint> {
        let keys = &self.plan.keys;
        let content = |shows: &Shows| match *shows {
            Shows::Page(id) => self.published.contents[id.index()],
            Shows::AllPages | Shows::Book | Shows::Ebook => self.published.content,
            Shows::AllFiles | Shows::Frame | Shows::Nothing => Fingerprint::default(),
        };
        let mut contents: Vec<_> = keys.shows.iter().map(content).collect();
        if self.context.site.kept_whole.is_some() && self.aggregate_time == AggregateTime::Now {
            let mut all = Digest::default();
            (self.key, &contents).hash(&mut all);
            keys.said.iter().for_each(|said| said.hash(&mut all));
            let all = all.fingerprint();
            let of_files = contents.iter_mut().zip(&keys.shows).filter(|(_, shows)| **shows == Shows::AllFiles);
            of_files.for_each(|(content, _)| *content = all);
        }
        contents
    }

    /// The views that have to be rendered. The files of `new` are those of `old` without what is gone, and with finished bytes;
    /// their total is less by what is gone or open.
    fn open(&self, old: &Rendered, new: &mut Rendered) -> Opened<'_> {
        let (changed, loose) = compare(old, new, &self.plan.keys);
        let has_same_frame = old.frame == new.frame;
        let mut known = loose.into_iter().flat_map(|(numbers, piece)| answers(old, numbers, piece)).peekable();
        let mut open = Opened::default();
        for (numbers, piece) in changed {
            for (index, (out, said)) in numbers.zip(piece.iter()) {
                while let Some(gone) = known.next_if(|known| known.out < out) {
                    new.total -= gone.size(old);
                    Arc::make_mut(&mut new.files).remove(gone.out);
                }
                let former = known.next_if(|known| known.out == out);
                let shows = self.plan.keys.shows[index];
                let is_shared = has_same_frame || !shows.holds_frame();
                let question = (*said, new.contents[index]);
                if former.as_ref().is_some_and(|former| is_shared && former.question == question) {
                    continue;
                }
                if shows.is_aggregate() && self.aggregate_time == AggregateTime::Later {
                    // It answers no question any more, so that the next build makes it.
                    new.contents[index] = Fingerprint::default();
                    new.is_aggregate_due = true;
                    continue;
                }
                new.total -= former.as_ref().map_or(0, |former| former.size(old));
                match &self.plan.views[index] {
                    View { content: Content::Page(page), origin, .. } => open.pages.push(Open { index, page, origin }),
                    View { content: Content::Aggregate { part, .. }, .. } => open.aggregates.push((index, part)),
                    View { content: Content::Bytes { bytes, .. }, .. } => {
                        Arc::make_mut(&mut new.files).insert(out.clone(), Arc::clone(bytes));
                    }
                }
            }
        }
        for gone in known {
            new.total -= gone.size(old);
            Arc::make_mut(&mut new.files).remove(gone.out);
        }
        open
    }

    /// Renders the views that are open, a thread at each desk.
    fn answer(&self, open: &[Open], total: usize, renderer: &mut Renderer) -> Results {
        let threads = rayon::current_num_threads().min(open.len().div_ceil(BATCH));
        let workers = renderer.workers(threads);
        let reached = Reached { last: AtomicUsize::new(usize::MAX), total: AtomicUsize::new(total) };
        let next = AtomicUsize::new(0);
        let work = |worker: &mut RenderWorker| {
            let batches = std::iter::from_fn(|| open.chunks(BATCH).nth(next.fetch_add(1, Ordering::Relaxed)));
            let show = |view| Some((view, self.show(worker, view, &reached)?));
            batches.flatten().filter_map(show).collect::<Vec<_>>()
        };
        let answers: Vec<(&Open, _)> = workers.par_iter_mut().flat_map_iter(work).collect();
        let last = reached.last.into_inner();
        let total = reached.total.into_inner();
        let count = answers.len();
        let mut files = Vec::with_capacity(count);
        let mut found = Vec::new();
        for (view, answer) in answers {
            match answer {
                Ok(bytes) => files.push((view.index, bytes)),
                Err(failure) if view.index <= last => found.push(failure.complaint),
                Err(_) => {}
            }
        }
        if total > LARGEST_SITE {
            let asked = Place::at(self.context.configuration, self.context.site.theme().1);
            found = vec![theme::complaints::too_large(asked, LARGEST_SITE >> 30)];
        }
        Results { rendered: count, files, complaints: folded(found) }
    }

    /// Renders one view; `None` if another page showed that it is of no use to go on.
    fn show(
        &self,
        worker: &mut RenderWorker,
        view: &Open,
        reached: &Reached,
    ) -> Option<Result<Arc<[u8]>, Box<Failure>>> {
        if view.index > reached.last.load(Ordering::Relaxed) || reached.total.load(Ordering::Relaxed) > LARGEST_SITE {
            return None;
        }
        let context = views::context(self.context, view.page, &self.plan.frame);
        let origin = Locator::new(self.context.book, self.context.sources).locate(view.origin);
        let template = worker.path_of(&view.page.template).unwrap_or(&origin.path).clone();
        (self.observe)(Progress::PageBegins { template: &template, page: &origin });
        let form = match view.page.subject {
            Subject::SocialCard(_) => Form::Picture(SOCIAL_CARD_SIZE.0, SOCIAL_CARD_SIZE.1),
            ref subject => Form::Page { safety: views::safety_href(self.context, subject) },
        };
        let request = PageRequest { template: &view.page.template, context: &context, origin: &origin, form };
        let mut answer = theme::render(worker, &request);
        (self.observe)(Progress::PageEnds);
        if let (Ok(bytes), Subject::Book(_)) = (&mut answer, &view.page.subject)
            && let Some(outline) = views::outline(self.context)
        {
            *bytes = book::bind(&String::from_utf8_lossy(bytes), &outline).into_bytes().into();
        }
        match &answer {
            Ok(bytes) => {
                reached.total.fetch_add(bytes.len(), Ordering::Relaxed);
            }
            Err(failure) if failure.is_endless => {
                reached.last.fetch_min(view.index, Ordering::Relaxed);
            }
            Err(_) => {}
        }
        Some(answer)
    }
}

/// Puts these parts among the files; those whose bytes are as before stay.
fn put<'p>(files: &mut Files, parts: impl Iterator<Item = (&'p OutPath, Option<&'p [u8]>)>) {
    for (out, bytes) in parts {
        let bytes = bytes.expect("the plan has the parts of its own shards");
        if files.get(out).is_none_or(|former| **former != *bytes) {
            files.insert(out.clone(), bytes.into());
        }
    }
}

/// One complaint for each mistake in a template, however many pages met it: the first page's, and how many others.
fn folded(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| (&a.place, &a.message, &a.notes).cmp(&(&b.place, &b.message, &b.notes)));
    let mut folded: Vec<Diagnostic> = Vec::new();
    for group in found.chunk_by(|a, b| a.place == b.place && a.message == b.message) {
        let mut first = group[0].clone();
        if let (Some(note), 2..) = (first.notes.last_mut(), group.len()) {
            note.label = format!("{}, and {} more", note.label, group.len() - 1);
        }
        folded.push(first);
    }
    folded
}

/// A file that was made before.
struct Answer<'m> {
    /// Its number then.
    index: usize,
    out: &'m OutPath,
    /// Fingerprints of what it was made from: what the guide said, and what else it shows; or its bytes.
    question: (Fingerprint, Fingerprint),
}

impl Answer<'_> {
    /// The bytes of its page, if it is one.
    fn size(&self, rendered: &Rendered) -> usize {
        let page = rendered.files.get(self.out).filter(|_| rendered.keys.shows[self.index].is_page());
        page.map_or(0, |bytes| bytes.len())
    }
}

/// A piece of the keys of a plan, with the numbers of its views.
type Numbered<'k> = (Range<usize>, &'k Piece<OutPath, Fingerprint>);

/// The pieces of the `new` keys that cannot be said to be as they were, and the `old` ones of which they may have something. A
/// piece at the same address is not looked into.
fn compare<'k>(old: &'k Rendered, new: &Rendered, keys: &'k ViewKeys) -> (Vec<Numbered<'k>>, Vec<Numbered<'k>>) {
    let (mut changed, mut loose) = (Vec::new(), Vec::new());
    let mut former = old.keys.pieces().peekable();
    for (numbers, piece) in keys.pieces() {
        // Both are sorted by their first paths.
        while let Some(gone) = former.next_if(|(_, former)| !Arc::ptr_eq(former, piece) && former[0].0 < piece[0].0) {
            loose.push(gone);
        }
        let is_kept = former.next_if(|(before, former)| {
            old.frame == new.frame
                && (Arc::ptr_eq(former, piece) || *former == piece)
                && old.contents[before.clone()] == new.contents[numbers.clone()]
                && old.failed.range(before.clone()).next().is_none()
        });
        if is_kept.is_none() {
            changed.push((numbers, piece));
        }
    }
    loose.extend(former);
    (changed, loose)
}

/// The files that were made for a piece.
fn answers<'m>(
    rendered: &'m Rendered,
    numbers: Range<usize>,
    piece: &'m [(OutPath, Fingerprint)],
) -> impl Iterator<Item = Answer<'m>> {
    let made = numbers.zip(piece).filter(|(index, _)| !rendered.failed.contains(index));
    made.map(|(index, (out, said))| Answer { index, out, question: (*said, rendered.contents[index]) })
}
