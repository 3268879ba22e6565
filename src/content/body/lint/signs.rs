//! Signs in a line that were most likely meant as a citation, a footnote, a comment or strong words, and words left over.

use std::ops::Range;

use super::{Look, complaints};
use crate::base::Diagnostic;
use crate::content::body::page::Page;

/// How far from its start the end of a citation is looked for, in characters.
const LONGEST_CITATION: usize = 200;

/// `[@key` without its end; `@walker2020` without its brackets.
pub(super) fn citation(look: &Look, at: usize) -> Option<Diagnostic> {
    let body = look.page.body;
    let key = &body[at + 1..at + 1 + key_length(&body[at + 1..])];
    let end = at + 1 + key.len();
    let before = body[..at].chars().next_back();
    if before == Some('[') && !key.is_empty() && !body[..at - 1].ends_with('\\') {
        let rest = &body[end..];
        let near = rest.char_indices().nth(LONGEST_CITATION).map_or(rest, |(length, _)| &rest[..length]);
        let near = near.split("\n\n").next().unwrap_or_default();
        let is_open = near.chars().find(|c| "[]".contains(*c)) != Some(']');
        let edit = (!rest.starts_with([';', ','])).then(|| look.edit(end..end, "]"));
        return is_open.then(|| complaints::like_a_citation(look.place(at - 1..end), key, edit));
    }
    // A person may have such a name as well.
    let is_meant = match before {
        Some('(') => is_dated(key),
        _ => before.is_none_or(char::is_whitespace) && is_dated(key) && is_cited(body, key),
    };
    is_meant.then(|| complaints::like_a_citation(look.place(at..end), key, None))
}

/// `[walker2020]`.
pub(super) fn citation_without_at(look: &Look, at: usize) -> Option<Diagnostic> {
    let body = look.page.body;
    let inside = in_brackets(look, at).filter(|inside| is_dated(inside) && is_cited(body, inside))?;
    if body[..at].ends_with('^') {
        return None;
    }
    Some(complaints::like_a_citation(look.place(at..at + inside.len() + 2), inside, None))
}

/// `^[1]`.
pub(super) fn footnote(look: &Look, at: usize) -> Option<Diagnostic> {
    let body = look.page.body;
    let inside = in_brackets(look, at).filter(|_| body[..at].ends_with('^') && !body[..at].ends_with("\\^"))?;
    let stretch = at - 1..at + inside.len() + 2;
    let definition = format!("[^{inside}]:");
    let is_written = body.starts_with(&definition) || body.contains(&format!("\n{definition}"));
    let edit = is_written.then(|| look.edit(stretch.clone(), format!("[^{inside}]")));
    Some(complaints::like_a_footnote(look.place(stretch), inside, edit))
}

/// `**words` whose end is not marked.
pub(super) fn strong(look: &Look, at: usize) -> Option<Diagnostic> {
    let body = look.page.body;
    let opens = body[at + 2..].starts_with(char::is_alphanumeric);
    let before = body[..at].chars().next_back();
    let is_meant = opens && before.is_none_or(|c| c.is_whitespace() || "(\"“'‘".contains(c));
    is_meant.then(|| complaints::open_strong(look.place(at..at + 2)))
}

/// `<!-` and `<!–`.
pub(super) fn comment(look: &Look, at: usize) -> Option<Diagnostic> {
    let is_meant = look.page.body[at + 2..].starts_with(['-', '–', '—']);
    is_meant.then(|| complaints::like_a_comment(look.place(at..at + 2)))
}

/// A word that was meant to be replaced, where it cannot be one of the sentence.
pub(super) fn left_over(look: &Look, at: usize) -> Option<Diagnostic> {
    let body = look.page.body;
    let length = body[at..].find(|c: char| !c.is_alphabetic()).unwrap_or(body.len() - at);
    let is_dummy = body[at + 1..].starts_with("orem ipsum");
    let end = if is_dummy { at + "lorem ipsum".len() } else { at + length };
    let word = &body[at..end];
    if !is_dummy && !["TODO", "FIXME", "XXX"].contains(&word)
        || body[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
    {
        return None;
    }
    let before = body[..at].trim_end_matches([' ', '\t']);
    let after = body[end..].trim_start_matches([' ', '\t']);
    let opens =
        before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':', '(', '[', '>', '-', '#', '*', '_', '|']);
    let closes = after.is_empty() || after.starts_with(['\n', ')', ']', '*', '_', '|']);
    let is_named = after.starts_with(':');
    let is_meant = match word {
        // It is a numeral as well.
        "XXX" => is_named || (opens && closes),
        "TODO" | "FIXME" => is_named || opens || closes,
        _ => !body[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_'),
    };
    is_meant.then(|| complaints::left_over(look.place(at..end), word))
}

/// A block of code between fences that goes on to the end of the page.
pub(super) fn open_fence(page: &Page, range: &Range<usize>) -> Option<Diagnostic> {
    let block = page.body.get(range.clone()).unwrap_or_default().trim_end();
    if !page.body[range.end..].trim().is_empty() {
        return None;
    }
    let first = block.lines().next().unwrap_or_default();
    let sign = first.chars().next().unwrap_or('`');
    let length = first.len() - first.trim_start_matches(sign).len();
    let last = block[first.len()..].lines().next_back().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']);
    if last.len() >= length && last.chars().all(|c| c == sign) {
        return None;
    }
    let place = page.place(range.start..range.start + first.len());
    let signs = if sign == '`' { format!("{length} backticks") } else { format!("`{}`", &first[..length]) };
    Some(complaints::open_fence(place, &signs))
}

/// The one word in the brackets that begin at `at`, if they are no link.
fn in_brackets<'l>(look: &'l Look, at: usize) -> Option<&'l str> {
    let body = look.page.body;
    let inside = &body[at + 1..at + 1 + key_length(&body[at + 1..])];
    let rest = body[at + 1 + inside.len()..].strip_prefix(']')?;
    (!inside.is_empty() && !rest.starts_with(['(', '[', ':', ']'])).then_some(inside)
}

/// Does the page cite this source elsewhere, so that it is one?
fn is_cited(body: &str, key: &str) -> bool {
    body.contains(&format!("[@{key}"))
}

/// How many bytes at the start of `text` may be the key of a source.
fn key_length(text: &str) -> usize {
    let end = text.char_indices().take(60).find(|(_, c)| !c.is_alphanumeric() && !"_-".contains(*c));
    end.map_or_else(|| text.chars().take(60).map(char::len_utf8).sum(), |(end, _)| end)
}

/// Is this a name with a year, as keys of sources often are: `walker2020` or `walker2020a`?
fn is_dated(key: &str) -> bool {
    let bare = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let name = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_century = ["19", "20"].iter().any(|century| bare[name.len()..].starts_with(century));
    bare.len() == name.len() + 4 && is_century && key.len() <= bare.len() + 1 && name.chars().count() > 2
}
