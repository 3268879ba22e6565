//! Views → files: each rendered, or remembered from the build before.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::memory::{Layout, Question, Rendered, Whole};
use super::pages::{Pages, changed};
use super::{Observer, Progress};
use crate::base::{Diagnostic, Files, Fingerprint, Place};
use crate::theme::{self, Failure, RenderWorker, Renderer};
use crate::views::{self, Content, Frame, PageView, ViewContext};

/// How many views a thread takes at a time.
const BATCH: usize = 8;

/// Pages of more bytes than this together are a theme's mistake, not a guide.
const LARGEST_SITE: usize = 1 << 30;

/// What all views are rendered with.
pub(super) struct Rendering<'r> {
    /// Stands for what all pages share.
    pub key: Fingerprint,
    pub context: &'r ViewContext<'r>,
    pub frame: &'r Frame,
    pub pages: &'r Pages,
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
    origin: &'v Place,
}

/// What the views that were open became.
struct Answers {
    /// How many were rendered.
    rendered: usize,
    /// The files, by the index of their view.
    files: Vec<(usize, Arc<[u8]>)>,
    complaints: Vec<Diagnostic>,
    /// The bytes of all pages, those that were remembered among them.
    total: usize,
}

impl Rendering<'_> {
    /// Renders every view of the layout, or remembers what it became; how many were rendered, and what is wrong with
    /// them. Without a layout there is nothing to show.
    pub fn render(
        &self,
        layout: Option<&Layout>,
        renderer: &mut Renderer,
        memory: &mut Rendered,
    ) -> (usize, Vec<Diagnostic>) {
        let Some(layout) = layout else {
            *memory = Rendered::default();
            return (0, Vec::new());
        };
        match memory.whole.take() {
            Some(whole) if whole.bones == layout.bones && whole.key == self.key => {
                self.again(layout, renderer, memory, &whole)
            }
            _ => self.all(layout, renderer, memory),
        }
    }

    /// Asks of every view whether it is another than before. Views and memory are sorted by file.
    fn all(&self, layout: &Layout, renderer: &mut Renderer, memory: &mut Rendered) -> (usize, Vec<Diagnostic>) {
        let views = &layout.plan.views[..];
        let old = std::mem::take(memory);
        let mut known = old.files.iter().zip(&old.questions).peekable();
        let mut files = Vec::with_capacity(views.len());
        let mut questions: Vec<Question> = Vec::with_capacity(views.len());
        let mut open = Vec::new();
        let mut total = 0;
        for (index, view) in views.iter().enumerate() {
            while known.next_if(|((out, _), _)| **out != view.out && **out < view.out).is_some() {}
            let question = self.question(&view.content);
            questions.push(question);
            let page = match &view.content {
                Content::Bytes { bytes, .. } => {
                    files.push(Some(Arc::clone(bytes)));
                    continue;
                }
                Content::Page(page) => page,
            };
            let answer = known.next_if(|((out, _), asked)| **out == view.out && **asked == question);
            match answer {
                Some(((_, bytes), _)) => total += bytes.len(),
                None => open.push(Open { index, page, origin: &view.origin }),
            }
            files.push(answer.map(|((_, bytes), _)| Arc::clone(bytes)));
        }
        let answers = self.answer(&open, total, renderer);
        for (index, bytes) in answers.files {
            files[index] = Some(bytes);
        }
        let whole = answers.complaints.is_empty().then(|| self.whole(layout, answers.total));
        let named = views.iter().zip(files).zip(questions);
        let (files, questions) =
            named.filter_map(|((view, bytes), question)| Some(((view.out.clone(), bytes?), question))).unzip();
        *memory = Rendered { files: Arc::new(Files::from_sorted(files)), questions, whole };
        (answers.rendered, answers.complaints)
    }

    /// The same files as before, all of which could be made: asks of the views whether they are others, all of them if the
    /// outlines are others, else only those whose pages' own texts are.
    fn again(
        &self,
        layout: &Layout,
        renderer: &mut Renderer,
        memory: &mut Rendered,
        whole: &Whole,
    ) -> (usize, Vec<Diagnostic>) {
        let views = &layout.plan.views[..];
        let edited = changed(&whole.pages, self.pages, self.context.sources.request.drafts);
        let mut asked: Vec<usize> = if whole.outline == layout.outline {
            edited.filter_map(|page| layout.views[page.index]).collect()
        } else {
            (0..views.len()).collect()
        };
        asked.sort_unstable();
        let mut open = Vec::new();
        let mut total = whole.total;
        for index in asked {
            let view = &views[index];
            let question = self.question(&view.content);
            if std::mem::replace(&mut memory.questions[index], question) == question {
                continue;
            }
            match &view.content {
                Content::Bytes { bytes, .. } => {
                    Arc::make_mut(&mut memory.files).insert(view.out.clone(), Arc::clone(bytes));
                }
                Content::Page(page) => {
                    total -= memory.files.get(&view.out).map_or(0, |bytes| bytes.len());
                    open.push(Open { index, page, origin: &view.origin });
                }
            }
        }
        let answers = self.answer(&open, total, renderer);
        if open.is_empty() {
            memory.whole = Some(self.whole(layout, total));
            return (0, answers.complaints);
        }
        let files = Arc::make_mut(&mut memory.files);
        let mut made: BTreeMap<usize, Arc<[u8]>> = answers.files.into_iter().collect();
        // What could not be rendered must not stand there as it was before.
        for view in open.iter().rev() {
            match made.remove(&view.index) {
                Some(bytes) => drop(files.insert(views[view.index].out.clone(), bytes)),
                None => {
                    files.remove(&views[view.index].out);
                    memory.questions.remove(view.index);
                }
            }
        }
        memory.whole = answers.complaints.is_empty().then(|| self.whole(layout, answers.total));
        (answers.rendered, answers.complaints)
    }

    /// What stands for the file that a view becomes.
    fn question(&self, content: &Content) -> Question {
        match content {
            Content::Bytes { fingerprint, .. } => (*fingerprint, *fingerprint, None),
            Content::Page(page) => {
                let own = page.subject.page().map(|id| self.context.guide.entry(id).page.fingerprint);
                (self.key, page.fingerprint, own)
            }
        }
    }

    fn whole(&self, layout: &Layout, total: usize) -> Whole {
        let Layout { bones, outline, .. } = *layout;
        Whole { bones, outline, key: self.key, pages: Arc::clone(self.pages), total }
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
            let asked = Place::at(self.context.configuration, self.context.site.theme.span);
            found = vec![theme::complaints::too_large(asked, LARGEST_SITE >> 30)];
        }
        Answers { rendered: count, files, complaints: folded(found), total }
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
        let context = views::context(self.context, view.page, self.frame);
        let template = worker.path_of(&view.page.template).unwrap_or(&view.origin.path).clone();
        (self.observe)(Progress::PageBegins { template: &template, page: view.origin });
        let answer = theme::render(worker, &view.page.template, &context, view.origin);
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
