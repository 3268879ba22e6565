//! The tags `{% … %}` of a template, as the engine's own reading finds them.

use crate::base::Span;

/// The tags that need an end; what stands in `raw` is no tag.
const PAIRED: [&str; 7] = ["if", "for", "block", "filter", "component", "call", "set_block"];

/// One tag.
pub(super) struct Tag<'t> {
    /// Its first word, such as `for`.
    pub name: &'t str,
    /// What follows the name up to the end of the tag.
    pub rest: &'t str,
    /// The whole tag.
    pub span: Span,
}

/// Every tag that stands in no comment and no raw stretch, in order.
pub(super) fn read(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|found| at + found) {
        let opening = &text[start..];
        at = match opening.as_bytes().get(1) {
            Some(b'#') => opening.find("#}").map_or(text.len(), |end| start + end + 2),
            Some(b'{') => find_end(text, start, "}}"),
            Some(b'%') => find_end(text, start, "%}"),
            _ => start + 1,
        };
        if !opening.starts_with("{%") {
            continue;
        }
        let inside = &text[start + 2..at];
        let name = read_name(inside);
        if name == "raw" {
            at = find_end_of_raw(text, at);
            continue;
        }
        let rest = inside.split_once(name).map_or("", |(_, rest)| rest);
        tags.push(Tag { name, rest, span: Span::new(start, at) });
    }
    tags
}

/// The last tag of `text` that needs an end and has none.
pub(super) fn find_last_open(text: &str) -> Option<Tag<'_>> {
    let mut open = Vec::new();
    for tag in read(text) {
        if tag.name.starts_with("end") {
            open.pop();
        } else if PAIRED.contains(&tag.name) {
            open.push(tag);
        }
    }
    open.pop()
}

/// The first word of a tag, which begins with `inside`.
fn read_name(inside: &str) -> &str {
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start();
    inside.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The byte behind the tag that ends a raw stretch.
fn find_end_of_raw(text: &str, start: usize) -> usize {
    let tag = text[start..].match_indices("{%").find(|(at, _)| read_name(&text[start + at + 2..]) == "endraw");
    tag.map_or(text.len(), |(at, _)| find_end(text, start + at, "%}"))
}

/// The byte behind the next `closing` after `start` that stands in no quotes.
fn find_end(text: &str, start: usize, closing: &str) -> usize {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = start + 2;
    while at < bytes.len() {
        match (bytes[at], quote) {
            (b'\\', Some(_)) => at += 1,
            (byte, Some(open)) if byte == open => quote = None,
            (byte @ (b'"' | b'\'' | b'`'), None) => quote = Some(byte),
            (_, None) if bytes[at..].starts_with(closing.as_bytes()) => return at + closing.len(),
            _ => {}
        }
        at += 1;
    }
    text.len()
}
