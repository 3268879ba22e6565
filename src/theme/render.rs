//! One view and a theme → the bytes of one file.

use std::io::{self, Write};
use std::sync::Arc;

use tera::ErrorKind;

use super::load::MARK;
use super::{Theme, complaints, picture, policy, safety};
use crate::base::{Diagnostic, Place, SourcePath, Span, nearest};
use crate::views::Frame;

/// A page larger than this is a template that does not end.
const LARGEST_PAGE: usize = 16 * 1024 * 1024;

/// A theme with what every page shows already in place.
#[derive(Debug)]
pub struct Renderer {
    theme: Arc<Theme>,
    templates: tera::Tera,
    workers: Vec<RenderWorker>,
}

impl Renderer {
    /// Puts the frame where every template finds it.
    #[must_use]
    pub fn new(theme: &Arc<Theme>, frame: &Frame) -> Self {
        let mut templates = theme.templates.clone();
        for (name, value) in frame.values.as_map().into_iter().flatten() {
            templates.global_context().insert_value(name.to_string(), value.clone());
        }
        Self { theme: Arc::clone(theme), templates, workers: Vec::new() }
    }

    /// So many desks to render at; they are kept, as the templates of each are a copy.
    pub fn workers(&mut self, count: usize) -> &mut [RenderWorker] {
        while self.workers.len() < count {
            self.workers.push(RenderWorker::new(&self.theme, &self.templates));
        }
        &mut self.workers[..count]
    }
}

/// What one thread renders with: its own copy of the templates, and a buffer that is used again.
#[derive(Debug)]
pub struct RenderWorker {
    theme: Arc<Theme>,
    templates: tera::Tera,
    buffer: Vec<u8>,
}

impl RenderWorker {
    fn new(theme: &Arc<Theme>, templates: &tera::Tera) -> Self {
        Self { theme: Arc::clone(theme), templates: templates.clone(), buffer: Vec::with_capacity(32 * 1024) }
    }

    /// The file of a template.
    #[must_use]
    pub fn path_of(&self, template: &str) -> Option<&SourcePath> {
        self.theme.paths.get(template)
    }
}

/// Why a page could not be rendered.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong, where the template stops.
    pub complaint: Diagnostic,
    /// Whether it would have gone on too long: then it is better to stop than to try the other pages.
    pub is_endless: bool,
}

/// What is to be rendered.
#[derive(Debug)]
pub struct PageRequest<'p> {
    /// The template's file name.
    pub template: &'p str,
    /// What it may show.
    pub context: &'p tera::Context,
    /// The page, for complaints.
    pub origin: &'p Place,
    /// What it becomes.
    pub form: Form<'p>,
}

/// What a template's text becomes.
#[derive(Debug, Clone, Copy)]
pub enum Form<'p> {
    /// A page.
    Page {
        /// Where the note of safety leads that it has to show, if any.
        safety: Option<&'p str>,
    },
    /// A picture of so many pixels in width and height.
    Picture(u16, u16),
}

/// Renders a page.
///
/// # Errors
/// A complaint at the template's line where the template asks for something that its view does not hold, or does not
/// come to an end; a complaint of the template where it lacks what every page must have.
pub fn render(worker: &mut RenderWorker, page: &PageRequest) -> Result<Arc<[u8]>, Box<Failure>> {
    let PageRequest { template, context, origin, form } = *page;
    let theme = &worker.theme;
    worker.buffer.clear();
    let mut bounded = Bounded { buffer: &mut worker.buffer };
    if let Err(error) = worker.templates.render_to(template, context, &mut bounded) {
        let is_endless = matches!(error.kind(), ErrorKind::Io(_));
        let complaint = describe(locate(theme, template, origin, &error), &error, context)
            .note(origin.clone(), "while this page was shown");
        return Err(Box::new(Failure { complaint, is_endless }));
    }
    let place = || theme.paths.get(template).map_or_else(|| origin.clone(), Place::file);
    let fail = |complaint| Err(Box::new(Failure { complaint, is_endless: false }));
    let text = || String::from_utf8_lossy(&worker.buffer);
    match form {
        Form::Picture(width, height) => match picture::draw(&text(), width, height) {
            Ok(bytes) => Ok(bytes.into()),
            Err(why) => fail(complaints::no_picture(place(), template, &why)),
        },
        Form::Page { .. } if policy::find_policy(&worker.buffer).is_none() => {
            fail(complaints::no_policy(place(), template))
        }
        Form::Page { safety } => {
            let note = safety.map(|help| safety::find_note(&text(), help));
            match note.and_then(|note| complaints::bad_safety_note(place(), template, &note)) {
                Some(complaint) => fail(complaint.note(origin.clone(), "while this page was shown")),
                None => Ok(Arc::from(worker.buffer.as_slice())),
            }
        }
    }
}

/// Where in the author's template it stopped.
fn locate(theme: &Theme, template: &str, origin: &Place, error: &tera::Error) -> Place {
    if let ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) = error.kind()
        && let Some(path) = theme.paths.get(report.filename())
    {
        let mark = if theme.marked.contains(path) { MARK.len_utf8() } else { 0 };
        return Place::at(path, Span::from(report.span().range.clone()).shifted(mark));
    }
    theme.paths.get(template).map_or_else(|| origin.clone(), Place::file)
}

fn describe(place: Place, error: &tera::Error, context: &tera::Context) -> Diagnostic {
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            complaints::template_failed(place, report.message(), find_near_key(report.message(), context).as_deref())
        }
        ErrorKind::Io(_) => complaints::endless_template(place, LARGEST_PAGE / 1024 / 1024),
        other => complaints::template_failed(place, &other.to_string(), None),
    }
}

/// The key that a template may have meant by the last name in a message such as ``Field `titel` is not defined``.
fn find_near_key(message: &str, context: &tera::Context) -> Option<String> {
    let mut quoted = message.split(['`', '\'']).skip(1).step_by(2);
    let name = quoted.next()?;
    let last = name.rsplit('.').next()?;
    let page = context.get("page").and_then(tera::Value::as_map)?;
    let keys: Vec<String> = page.keys().map(ToString::to_string).collect();
    nearest(last, keys.iter().map(String::as_str).chain(["page", "site", "assets"]))
        .filter(|near| *near != last)
        .map(str::to_owned)
}

/// A buffer that refuses to grow without end.
struct Bounded<'b> {
    buffer: &'b mut Vec<u8>,
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + bytes.len() > LARGEST_PAGE {
            return Err(io::Error::from(io::ErrorKind::OutOfMemory));
        }
        self.buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
