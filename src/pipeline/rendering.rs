//! Views → files: each rendered, or remembered from the build before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::memory::{Question, Rendered};
use crate::base::{Diagnostic, Files, Fingerprint, Place};
use crate::theme::{self, Desk, Failure, Stage};
use crate::views::{self, Brief, Content, Frame, PageView, View};

/// How many views a thread takes at a time.
const BATCH: usize = 8;

/// Pages of more bytes than this together are a theme's mistake, not a guide.
const LARGEST_SITE: usize = 1 << 30;

/// What all views are rendered with.
pub(super) struct Rendering<'r> {
    /// Stands for what all pages share.
    pub key: Fingerprint,
    pub brief: &'r Brief<'r>,
    pub frame: &'r Frame,
}

/// How far all threads together have come.
struct Progress {
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
    origin: &'v Place,
}

impl Rendering<'_> {
    /// Renders every view, or remembers what it became; how many were rendered, and what is wrong with them. Views and
    /// memory are sorted by file.
    pub fn render(&self, views: &[View], stage: &mut Stage, memory: &mut Rendered) -> (usize, Vec<Diagnostic>) {
        let old = std::mem::take(memory);
        let mut known = old.files.iter().zip(&old.questions).peekable();
        let mut files = Vec::with_capacity(views.len());
        let mut questions: Vec<Question> = Vec::with_capacity(views.len());
        let mut open = Vec::new();
        let mut total = 0;
        for (index, view) in views.iter().enumerate() {
            while known.next_if(|((out, _), _)| **out != view.out && **out < view.out).is_some() {}
            let page = match &view.content {
                Content::Bytes { bytes, fingerprint } => {
                    questions.push((*fingerprint, *fingerprint, None));
                    files.push(Some(Arc::clone(bytes)));
                    continue;
                }
                Content::Page(page) => page,
            };
            let own = page.subject.page().map(|id| self.brief.guide.entry(id).page.fingerprint);
            let question = (self.key, page.fingerprint, own);
            let answer = known.next_if(|((out, _), asked)| **out == view.out && **asked == question);
            match answer {
                Some(((_, bytes), _)) => total += bytes.len(),
                None => open.push(Open { index, page, origin: &view.origin }),
            }
            files.push(answer.map(|((_, bytes), _)| Arc::clone(bytes)));
            questions.push(question);
        }
        let threads = rayon::current_num_threads().min(open.len().div_ceil(BATCH));
        let (rendered, found) = self.answer(&open, total, stage.desks(threads), &mut files);
        let named = views.iter().zip(files).zip(questions);
        let (files, questions) =
            named.filter_map(|((view, bytes), question)| Some(((view.out.clone(), bytes?), question))).unzip();
        *memory = Rendered { files: Arc::new(Files::from_sorted(files)), questions };
        (rendered, found)
    }

    /// Renders the views that are open into `files`, a thread at each desk.
    fn answer(
        &self,
        open: &[Open],
        total: usize,
        desks: &mut [Desk],
        files: &mut [Option<Arc<[u8]>>],
    ) -> (usize, Vec<Diagnostic>) {
        let progress = Progress { last: AtomicUsize::new(usize::MAX), total: AtomicUsize::new(total) };
        let next = AtomicUsize::new(0);
        let work = |desk: &mut Desk| {
            let batches = std::iter::from_fn(|| open.chunks(BATCH).nth(next.fetch_add(1, Ordering::Relaxed)));
            let show = |view| Some((view, self.show(desk, view, &progress)?));
            batches.flatten().filter_map(show).collect::<Vec<_>>()
        };
        let answers: Vec<(&Open, _)> = desks.par_iter_mut().flat_map_iter(work).collect();
        let last = progress.last.into_inner();
        let rendered = answers.len();
        let mut found = Vec::new();
        for (view, answer) in answers {
            match answer {
                Ok(bytes) => files[view.index] = Some(bytes),
                Err(failure) if view.index <= last => found.push(failure.complaint),
                Err(_) => {}
            }
        }
        if progress.total.into_inner() > LARGEST_SITE {
            let asked = Place::at(self.brief.configuration, self.brief.site.theme.span);
            found = vec![theme::complaints::too_large(asked, LARGEST_SITE >> 30)];
        }
        (rendered, folded(found))
    }

    /// Renders one view; `None` if another page showed that it is of no use to go on.
    fn show(&self, desk: &mut Desk, view: &Open, progress: &Progress) -> Option<Result<Arc<[u8]>, Box<Failure>>> {
        if view.index > progress.last.load(Ordering::Relaxed) || progress.total.load(Ordering::Relaxed) > LARGEST_SITE {
            return None;
        }
        let context = views::context(self.brief, view.page, self.frame);
        let answer = theme::render(desk, &view.page.template, &context, view.origin);
        match &answer {
            Ok(bytes) => {
                progress.total.fetch_add(bytes.len(), Ordering::Relaxed);
            }
            Err(failure) if failure.is_endless => {
                progress.last.fetch_min(view.index, Ordering::Relaxed);
            }
            Err(_) => {}
        }
        Some(answer)
    }
}

/// One complaint for each mistake in a template, however many pages met it: the first page's.
fn folded(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| (&a.place, &a.message, &a.notes).cmp(&(&b.place, &b.message, &b.notes)));
    found.dedup_by(|later, first| later.place == first.place && later.message == first.message);
    found
}
