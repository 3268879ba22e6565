//! The first lines of a page → its keys and values with their places, or why there are none.

use super::complaints;
use super::fence::{self, Fence, find_fence};
use super::{matter_keys, unread as other_file};
use crate::base::{Diagnostic, Place, SourcePath, Span, is_blank};
use crate::site::Kind;
use crate::syntax::yaml::{self, Document, Places, Value};

/// A front matter longer than this is no front matter; reading nested YAML takes quadratic time.
const LONGEST_MATTER: usize = 64 * 1024;

/// Why a page has no keys and values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontError {
    /// It does not begin with a `---` line.
    NoFence,
    /// It begins with one, but there is no second.
    Unclosed,
    /// What stands between them is too long: so many bytes.
    TooLong(usize),
    /// It is no YAML.
    NotYaml(yaml::Error),
    /// It is YAML, but no keys and values.
    NotKeys(Span),
}

/// Reads the keys and values between the two `---` lines; there may be none.
///
/// # Errors
/// Where there are no such lines, or something else stands between them.
pub fn read_front(text: &str) -> Result<Document<'_>, FrontError> {
    let within = match find_fence(text) {
        Fence::Closed { yaml, .. } => yaml,
        Fence::Missing => return Err(FrontError::NoFence),
        Fence::Unclosed => return Err(FrontError::Unclosed),
    };
    if within.len() > LONGEST_MATTER {
        return Err(FrontError::TooLong(within.len()));
    }
    let document = Document::read(text, within).map_err(FrontError::NotYaml)?;
    let place = match document.root().value() {
        Value::Map(_) | Value::Null => None,
        _ => Some(document.root().span()),
    };
    place.map_or(Ok(document), |place| Err(FrontError::NotKeys(place)))
}

/// Where the text of a page begins, in bytes of its file; `None` if its front matter cannot be read as keys and values.
#[must_use]
pub fn body_start(text: &str) -> Option<usize> {
    let Fence::Closed { body, .. } = find_fence(text) else { return None };
    read_front(text).is_ok().then_some(body)
}

/// Where the keys and values of the front matter stand in the file `text`.
#[must_use]
pub fn matter_places(text: &str) -> Places {
    let Fence::Closed { yaml, .. } = find_fence(text) else { return Places::default() };
    Places::read(text, yaml)
}

/// The complaint about a page without keys and values, whose first line is `top`.
pub(super) fn unread(error: &FrontError, text: &str, top: Place) -> Diagnostic {
    let at = |span| Place::at(&top.path, span);
    match error {
        FrontError::NoFence => {
            let text = text.trim_start_matches('\u{feff}');
            if is_blank(text) {
                return complaints::empty_page(Place::file(&top.path));
            }
            let known = other_file::known(text.as_bytes());
            known.map_or_else(
                || complaints::no_front_matter(top.clone()),
                |what| complaints::not_a_page(Place::file(&top.path), what),
            )
        }
        FrontError::Unclosed => complaints::unclosed_front_matter(top),
        FrontError::TooLong(bytes) => complaints::long_front_matter(top, *bytes),
        FrontError::NotYaml(error) => complaints::broken_front_matter(at(error.span), error.kind),
        FrontError::NotKeys(span) => complaints::not_a_map(at(*span)),
    }
}

/// What a front matter leaves out without a word: what stands behind a `#` that begins no note of its own, and names for
/// values that nothing uses.
pub(super) fn left_out(path: &SourcePath, text: &str, document: &Document) -> Vec<Diagnostic> {
    let Fence::Closed { yaml, .. } = find_fence(text) else { return Vec::new() };
    let mut found = Vec::new();
    if text[yaml.clone()].contains(" #") {
        let mut start = yaml.start;
        for line in text[yaml.clone()].split_inclusive('\n') {
            let lost = lost_behind((text, line.trim_end(), start), document.places());
            found.extend(lost.map(|span| complaints::values::cut_short(Place::at(path, span))));
            start += line.len();
        }
    }
    if text[yaml].contains('&') {
        let unused = document.places().unused_names(text);
        found.extend(unused.into_iter().map(|span| complaints::unused_name(Place::at(path, span))));
    }
    found
}

/// What a `#` takes from the text before it in a line, if it is not followed by a space as notes are.
fn lost_behind((text, line, start): (&str, &str, usize), places: &Places) -> Option<Span> {
    let signs = line.match_indices(" #").map(|(at, _)| at + 1);
    let sign = { signs }.find(|at| !places.is_in_text(start + at))?;
    let is_note = line[sign + 1..].starts_with(|c: char| c.is_whitespace() || c == '#') || line.len() == sign + 1;
    let before = line[..sign].trim_end();
    let is_text = before.ends_with(':') || places.ends_plain_text(text, start + before.len());
    (is_text && !is_note).then(|| Span::new(start + sign, start + line.len()))
}

/// A key at the top of the text, below a `---` that ended the front matter too early: readers would see it, and it would do
/// nothing. One that holds a page back is told wherever it stands so, with what it takes; others if a second `---` follows.
pub(super) fn key_below(path: &SourcePath, text: &str, body: usize, kind: Option<&Kind>) -> Option<Diagnostic> {
    let mut lines = fence::lines_from(text, body).filter(|(_, line)| !line.trim().is_empty() && !fence::is_fence(line));
    let (start, first) = lines.next()?;
    let (key, value) = first.split_once(':')?;
    let is_key = matter_keys::of(kind).iter().any(|known| **known == *key);
    if !is_key || !(value.trim_end().is_empty() || value.starts_with(' ')) {
        return None;
    }
    let holds_back = match key {
        "draft" => matches!(value.trim(), "true" | "false"),
        "date" | "expires" => value.trim().parse::<jiff::civil::Date>().is_ok(),
        _ => false,
    };
    let mut below = fence::lines_from(text, start).map(|(_, line)| line.trim_end()).take_while(|line| !line.is_empty());
    let is_told = holds_back || below.any(fence::is_fence);
    is_told.then(|| complaints::key_below(Place::at(path, Span::new(start, start + key.len())), key))
}
