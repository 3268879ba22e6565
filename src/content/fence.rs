//! Where the front matter of a file begins and ends.

use std::ops::Range;

/// What the first lines of a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fence {
    /// The file does not begin with a `---` line.
    Missing,
    /// It begins with something that was meant as one: after an empty line, indented, or with a dash in place of hyphens.
    Almost(&'static str),
    /// It begins with one, but there is no second.
    Unclosed,
    /// Both lines stand there.
    Closed {
        /// The YAML between them, in bytes of the file.
        yaml: Range<usize>,
        /// Where the body begins, in bytes of the file.
        body: usize,
    },
}

/// Finds the two `---` lines. A byte order mark before the first and blanks after either are passed over.
pub fn find(text: &str) -> Fence {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = lines_from(text, start);
    match lines.next() {
        Some((_, first)) if is_fence(first) => {}
        first => return first.map_or(Fence::Missing, |(_, first)| unlike(first, &text[start..])),
    }
    let Some((yaml_start, _)) = lines.clone().next() else { return Fence::Unclosed };
    match lines.find(|(_, line)| is_fence(line)) {
        Some((offset, line)) => Fence::Closed { yaml: yaml_start..offset, body: offset + line.len() },
        None => Fence::Unclosed,
    }
}

/// What stands in place of the first `---` line.
fn unlike(first: &str, text: &str) -> Fence {
    let next = text.trim_start().lines().next().unwrap_or_default();
    let dashes = ['-', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];
    if first.starts_with("{\\rtf") || first.starts_with("PK\u{3}\u{4}") {
        return Fence::Almost(
            "this is a document of a word processor: save it as plain text, with a name that ends in `.md`",
        );
    }
    if is_fence(next) && first.trim().is_empty() {
        return Fence::Almost("delete the empty line before `---`: it must be the first line");
    }
    if is_fence(first.trim_start()) {
        return Fence::Almost("delete the space before `---`");
    }
    let is_dashes = !next.trim().is_empty() && next.trim().chars().all(|c| dashes.contains(&c));
    if is_dashes || next.trim() == "+++" {
        return Fence::Almost("make the first line exactly three hyphens: `---`");
    }
    Fence::Missing
}

/// The lines of `text` from byte `start` on, with their offsets and line ends.
fn lines_from(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> + Clone {
    text[start..].split_inclusive('\n').scan(start, |offset, line| {
        let at = *offset;
        *offset += line.len();
        Some((at, line))
    })
}

fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim().is_empty())
}
