//! Sources → a build, on threads that are given up where a template does not come to an end.
//!
//! A thread that computes cannot be ended from outside. So who waits for a build takes no part in it, and looks now and
//! then at what each thread renders. If one stays at the same page for too long, all threads of that build are left to
//! themselves, and the next build gets others.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{mem, thread};

use rayon::ThreadPoolBuilder;

use crate::base::{Place, SourcePath, Sources};
use crate::pipeline::{self, Built, Memory, Progress, Step, Work};
use crate::theme::complaints::hung_template;

/// How often it is looked at the pages, within the time that one may take. They are counted instead of asking a clock, so
/// that a computer that slept, or a program that was stopped for a while, gives no page up.
const LOOKS: u32 = 10;
/// After so many builds that were given up their threads take too much from the others.
const MOST_GIVEN_UP: usize = 3;
/// Room for calls within calls, of which a template may need many: see `theme::nesting`. It takes no memory before it is used.
const STACK: usize = 64 * 1024 * 1024;

/// Builds with threads of its own.
#[derive(Debug)]
pub struct Builder {
    /// `None` if the system gives none: then nobody looks whether a template comes to an end.
    threads: Option<BuildThreads>,
    /// How long a page's template may take.
    timeout: Duration,
    /// How many builds were given up.
    given_up: usize,
}

impl Builder {
    /// Builds in which a page's template may take so long.
    #[must_use]
    pub fn new(timeout: Duration) -> Self {
        Self { threads: BuildThreads::start(), timeout, given_up: 0 }
    }

    /// Builds the site. A build that is given up has one complaint, no file, and leaves an empty memory.
    #[must_use]
    pub fn build(&mut self, sources: &Sources, memory: &mut Memory) -> (Built, Work) {
        self.run(sources, memory, None)
    }

    /// Builds the site, and tells `observe` when each stage is done, and now and then how far a long one is.
    #[must_use]
    pub fn build_observed(
        &mut self,
        sources: &Sources,
        memory: &mut Memory,
        observe: &mut dyn FnMut(BuildProgress),
    ) -> (Built, Work) {
        self.run(sources, memory, Some(observe))
    }

    /// Where nobody observes, no stage is told: each would wake the thread that waits, and take as long as a small edit.
    fn run(
        &mut self,
        sources: &Sources,
        memory: &mut Memory,
        mut observe: Option<&mut dyn FnMut(BuildProgress)>,
    ) -> (Built, Work) {
        let Some(threads) = &self.threads else { return pipeline::build(sources, memory) };
        let pages = Arc::new(RunningPages::new(threads.count));
        let (tell, listen) = mpsc::channel();
        let (sources, mut owned, watched) = (sources.clone(), mem::take(memory), Arc::clone(&pages));
        let is_observed = observe.is_some();
        threads.run(move || {
            let (built, work) = pipeline::build_observed(&sources, &mut owned, &|progress| match progress {
                // If nobody listens, the build was given up.
                Progress::Done(step) if is_observed => drop(tell.send(BuildEvent::Done(step))),
                progress => watched.note(progress),
            });
            drop(sources);
            let _ = tell.send(BuildEvent::Built(Box::new((built, work, owned))));
        });
        loop {
            match listen.recv_timeout(self.timeout / LOOKS) {
                Ok(BuildEvent::Done(step)) => {
                    if let Some(observe) = &mut observe {
                        observe(BuildProgress::Done(step));
                    }
                }
                Ok(BuildEvent::Built(done)) => {
                    let (built, work, remembered) = *done;
                    *memory = remembered;
                    return (built, work);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(page) = pages.overdue() {
                        return (self.give_up(page), Work::default());
                    }
                    if let Some(observe) = &mut observe {
                        observe(pages.progress());
                    }
                }
                Err(RecvTimeoutError::Disconnected) => panic!("the build has panicked, and said why"),
            }
        }
    }

    /// Leaves the threads to themselves.
    fn give_up(&mut self, page: RunningPage) -> Built {
        self.threads = BuildThreads::start();
        self.given_up += 1;
        let mut complaint =
            hung_template(Place::file(&page.template), self.timeout).note(page.page, "while this page was shown");
        if self.given_up >= MOST_GIVEN_UP {
            complaint.help += "; then start this program again, because it still works at what it gave up";
        }
        Built { diagnostics: vec![complaint], ..Built::default() }
    }
}

/// A thread that builds, and those that help it where there is much to do. The others sleep while a small edit is built.
#[derive(Debug)]
struct BuildThreads {
    jobs: Sender<Job>,
    /// How many there are.
    count: usize,
}

type Job = Box<dyn FnOnce() + Send>;

impl BuildThreads {
    /// `None` if the system gives none.
    fn start() -> Option<Self> {
        let (jobs, asked) = mpsc::channel::<Job>();
        let (tell, started) = mpsc::channel();
        let work = move || {
            warm_up();
            let Ok(pool) = threads().use_current_thread().build() else { return };
            let _ = tell.send(pool.current_num_threads());
            for job in asked {
                job();
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(work).ok()?;
        Some(Self { jobs, count: started.recv().ok()? })
    }

    /// Does it on these threads, when they have done what was asked for before. If they have panicked, nothing is done.
    fn run(&self, job: impl FnOnce() + Send + 'static) {
        let _ = self.jobs.send(Box::new(job));
    }
}

/// The threads that a build works with.
#[must_use]
pub fn threads() -> ThreadPoolBuilder {
    // What a panic says is printed where it happens.
    ThreadPoolBuilder::new().stack_size(STACK).start_handler(|_| warm_up()).panic_handler(drop)
}

/// Makes room for what a thread will allocate, at once.
///
/// The allocator of glibc lets the heap of a thread grow by a few pages at a time, each time by a call of the system that
/// stops the other threads: tens of thousands of calls for ten thousand pages. Room that was asked for and given back
/// stays with the thread, and takes no memory before it is used. Elsewhere this does nothing.
fn warm_up() {
    // The first one only tells the allocator that blocks of this size are usual.
    drop(allocate_block());
    drop([allocate_block(), allocate_block()]);
}

fn allocate_block() -> Vec<u8> {
    std::hint::black_box(Vec::with_capacity(31 * 1024 * 1024))
}

/// What is told of a build while it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildProgress {
    /// A stage is done.
    Done(Step),
    /// How far it is.
    Pages {
        /// How many pages were parsed, and how many files rendered, together.
        done: usize,
        /// How many files are to be rendered, once that is known.
        files: Option<usize>,
    },
}

/// What happens while a build goes on.
enum BuildEvent {
    Done(Step),
    Built(Box<(Built, Work, Memory)>),
}

/// The page that each thread renders.
struct RunningPages {
    slots: Vec<Mutex<Option<RunningPage>>>,
    /// How many pages were parsed, and how many files rendered, together.
    done: AtomicUsize,
    /// How many files are to be rendered; 0 before that is known.
    files: AtomicUsize,
}

/// A page that is being rendered.
struct RunningPage {
    template: SourcePath,
    page: Place,
    /// How often it was looked at.
    looks: u32,
}

impl RunningPages {
    fn new(threads: usize) -> Self {
        Self {
            slots: (0..threads).map(|_| Mutex::default()).collect(),
            done: AtomicUsize::new(0),
            files: AtomicUsize::new(0),
        }
    }

    /// How far all threads are.
    fn progress(&self) -> BuildProgress {
        let [done, files] = [&self.done, &self.files].map(|count| count.load(Ordering::Relaxed));
        BuildProgress::Pages { done, files: Some(files).filter(|files| *files > 0) }
    }

    /// Notes what the thread that calls it begins or ends.
    fn note(&self, progress: Progress) {
        match progress {
            Progress::Done(_) => {}
            Progress::Opened(files) => self.files.store(files, Ordering::Relaxed),
            Progress::PageParsed => drop(self.done.fetch_add(1, Ordering::Relaxed)),
            Progress::PageBegins { template, page } => {
                self.render(Some(RunningPage { template: template.clone(), page: page.clone(), looks: 0 }));
            }
            Progress::PageEnds => {
                self.done.fetch_add(1, Ordering::Relaxed);
                self.render(None);
            }
        }
    }

    /// Notes what the thread that calls it renders from here on.
    fn render(&self, page: Option<RunningPage>) {
        if let Some(slot) = rayon::current_thread_index().and_then(|thread| self.slots.get(thread)) {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = page;
        }
    }

    /// Looks at every page that is being rendered; takes the first one that has been there for too long.
    fn overdue(&self) -> Option<RunningPage> {
        self.slots.iter().find_map(|slot| {
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            slot.as_mut()?.looks += 1;
            slot.take_if(|page| page.looks > LOOKS)
        })
    }
}
