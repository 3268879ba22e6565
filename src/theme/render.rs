//! One view and a theme → the bytes of one file.

use std::io::{self, Write};
use std::sync::Arc;

use tera::ErrorKind;

use super::load::MARK;
use super::{Theme, complaints};
use crate::base::{Diagnostic, Place, Span, nearest};
use crate::views::{CSP, Frame, PageView};

/// A page larger than this is a template that does not end.
const LARGEST_PAGE: usize = 64 * 1024 * 1024;

/// A theme with what every page shows already in place.
#[derive(Debug)]
pub struct Stage<'t> {
    theme: &'t Theme,
    templates: tera::Tera,
    frame: &'t Frame,
}

impl<'t> Stage<'t> {
    /// Puts the frame where every template finds it.
    #[must_use]
    pub fn new(theme: &'t Theme, frame: &'t Frame) -> Self {
        let mut templates = theme.templates.clone();
        for (name, value) in &frame.values {
            templates.global_context().insert_value(*name, value.clone());
        }
        Self { theme, templates, frame }
    }
}

/// Renders one page into `buffer`, which is emptied first; `origin` is the page, for complaints.
///
/// # Errors
/// A complaint at the template's line where the template asks for something that its view does not hold.
pub fn render(
    stage: &Stage,
    page: &PageView,
    origin: &Place,
    buffer: &mut Vec<u8>,
) -> Result<Arc<[u8]>, Box<Diagnostic>> {
    buffer.clear();
    let context = page.context(stage.frame);
    let mut bounded = Bounded { buffer };
    if let Err(error) = stage.templates.render_to(&page.template, &context, &mut bounded) {
        return Err(Box::new(describe(stage.theme, page, origin, &error, &context)));
    }
    if !has_policy(buffer) {
        let place = stage.theme.paths.get(&*page.template).map_or_else(|| origin.clone(), Place::file);
        return Err(Box::new(complaints::no_policy(place, &page.template)));
    }
    Ok(Arc::from(buffer.as_slice()))
}

/// Does the page carry the policy, in its head and before any script?
fn has_policy(page: &[u8]) -> bool {
    let page = String::from_utf8_lossy(page);
    let head = page.split("<script").next().unwrap_or_default();
    let head = head.split("</head>").next().unwrap_or_default();
    let without_comments: String =
        head.split("<!--").map(|part| part.split_once("-->").map_or(part, |(_, rest)| rest)).collect();
    without_comments.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{CSP}\""))
}

fn describe(
    theme: &Theme,
    page: &PageView,
    origin: &Place,
    error: &tera::Error,
    context: &tera::Context,
) -> Diagnostic {
    let template = theme.paths.get(&*page.template);
    let own = || template.map_or_else(|| origin.clone(), Place::file);
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let path = theme.paths.get(report.filename());
            let place = path.map_or_else(own, |path| {
                let mark = if theme.marked.contains(path) { MARK.len_utf8() } else { 0 };
                Place::at(path, Span::from(report.span().range.clone()).shifted(mark))
            });
            complaints::template_failed(place, report.message(), near(report.message(), context).as_deref())
                .note(origin.clone(), "while this page was shown")
        }
        ErrorKind::Io(_) => complaints::endless_template(own(), LARGEST_PAGE / 1024 / 1024)
            .note(origin.clone(), "while this page was shown"),
        other => complaints::template_failed(own(), &other.to_string(), None)
            .note(origin.clone(), "while this page was shown"),
    }
}

/// The key that a template may have meant by the last name in a message such as ``Field `titel` is not defined``.
fn near(message: &str, context: &tera::Context) -> Option<String> {
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
