//! `[@key; @other]` → the keys and their places.
//!
//! Which source a key stands for is known only to the guide.

use crate::base::Span;

/// One key of a citation as it is written.
pub(super) struct Key {
    /// The key without `@`.
    pub key: String,
    /// Its place in the body.
    pub span: Span,
}

/// The keys of a citation's inside, such as `@key; @other`; `None` if something else stands there.
pub(super) fn keys(inside: &str) -> Option<Vec<&str>> {
    inside.split([';', ',']).map(|part| part.trim().strip_prefix('@').filter(|key| is_key(key))).collect()
}

/// The keys of the citation that stands in `body` from `start` to `end`, with their places.
///
/// `label` is the citation's inside as the parser hands it over; in the file a line end may stand in it.
pub(super) fn locate(label: &str, body: &str, start: usize, end: usize) -> Vec<Key> {
    let mut at = start;
    let mut found = Vec::new();
    for key in keys(label).unwrap_or_default() {
        let written = body.get(at..end).and_then(|rest| rest.find(&format!("@{key}")));
        let place = written.map_or(Span::new(start, end), |offset| {
            let begin = at + offset + 1;
            Span::new(begin, begin + key.len())
        });
        at = place.end;
        found.push(Key { key: key.to_owned(), span: place });
    }
    found
}

/// Letters, digits and a few signs within, as in Pandoc.
fn is_key(key: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
    let is_outer = |c: char| c.is_alphanumeric() || c == '_';
    key.starts_with(is_outer) && key.ends_with(is_outer) && key.chars().all(is_inner)
}
