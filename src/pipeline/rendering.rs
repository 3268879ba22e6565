//! Views → files: each rendered, or remembered from the build before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::memory::{Question, Rendered};
use super::{Observer, Progress};
use crate::base::{About, Diagnostic, Fingerprint, Place};
use crate::guide::Locator;
use crate::theme::{self, Failure, RenderWorker, Renderer};
use crate::views::{self, Content, PageView, Plan, Shows, ViewContext, ViewKey};

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
    /// The fingerprints of the pages, by their number in the guide.
    pub contents: &'r [Fingerprint],
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
    index: usize,
    page: &'v PageView,
    origin: &'v About,
}

/// What the views that were open became.
struct Answers {
    /// How many were rendered.
    rendered: usize,
    /// The files, by the index of their view.
    files: Vec<(usize, Arc<[u8]>)>,
    complaints: Vec<Diagnostic>,
}

impl Rendering<'_> {
    /// Renders every view, or remembers what it became; how many were rendered, and what is wrong with them.
    pub fn render(&self, renderer: &mut Renderer, memory: &mut Rendered) -> (usize, Vec<Diagnostic>) {
        let mut old = std::mem::take(memory);
        let mut files = Arc::clone(&old.files);
        let mut questions = std::mem::take(&mut old.spare);
        questions.clear();
        let mut open = Vec::new();
        let mut total = 0;
        // Views and files are sorted by path.
        let mut known = old.files.iter().zip(&old.questions).peekable();
        for (index, key) in self.plan.keys.iter().enumerate() {
            while let Some(((out, _), _)) = known.next_if(|((out, _), _)| **out != key.out && **out < key.out) {
                Arc::make_mut(&mut files).remove(out);
            }
            let question = self.question(key);
            questions.push(question);
            let file = known.next_if(|((out, _), _)| **out == key.out);
            let is_shared = old.key == self.key || key.shows == Shows::Nothing;
            if let Some(((_, bytes), _)) = file.filter(|(_, asked)| is_shared && **asked == question) {
                total += if key.shows == Shows::Nothing { 0 } else { bytes.len() };
                continue;
            }
            let view = &self.plan.views[index];
            match &view.content {
                Content::Page(page) => open.push(Open { index, page, origin: &view.origin }),
                Content::Bytes { bytes, .. } => {
                    Arc::make_mut(&mut files).insert(view.out.clone(), Arc::clone(bytes));
                }
            }
        }
        for ((out, _), _) in known {
            Arc::make_mut(&mut files).remove(out);
        }
        let mut answers = self.answer(&open, total, renderer);
        answers.files.sort_unstable_by_key(|(index, _)| *index);
        let mut made = answers.files.into_iter().peekable();
        let mut failed = Vec::new();
        for view in &open {
            let out = &self.plan.views[view.index].out;
            match made.next_if(|(index, _)| *index == view.index) {
                Some((_, bytes)) => drop(Arc::make_mut(&mut files).insert(out.clone(), bytes)),
                None => {
                    // What could not be rendered must not stand there as it was before.
                    Arc::make_mut(&mut files).remove(out);
                    failed.push(view.index);
                }
            }
        }
        for index in failed.into_iter().rev() {
            questions.remove(index);
        }
        *memory = Rendered { files, key: self.key, questions, spare: old.questions };
        (answers.rendered, answers.complaints)
    }

    /// Fingerprints of what a view's file is made from.
    fn question(&self, key: &ViewKey) -> Question {
        let own = match key.shows {
            Shows::Page(id) => self.contents[id.index()],
            Shows::Frame | Shows::Nothing => Fingerprint::default(),
        };
        (key.fingerprint, own)
    }

    /// Renders the views that are open, a thread at each desk.
    fn answer(&self, open: &[Open], total: usize, renderer: &mut Renderer) -> Answers {
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
        Answers { rendered: count, files, complaints: folded(found) }
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
        let answer = theme::render(worker, &view.page.template, &context, &origin);
        (self.observe)(Progress::PageEnds);
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
