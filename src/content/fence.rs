//! Where the front matter of a file begins and ends.

use std::ops::Range;

/// What the first lines of a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fence {
    /// The file does not begin with a `---` line.
    Missing,
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
#[must_use]
pub fn find_fence(text: &str) -> Fence {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = lines_from(text, start);
    match lines.next() {
        Some((_, first)) if is_fence(first) => {}
        _ => return Fence::Missing,
    }
    let Some((yaml_start, _)) = lines.clone().next() else { return Fence::Unclosed };
    match lines.find(|(_, line)| is_fence(line)) {
        Some((offset, line)) => Fence::Closed { yaml: yaml_start..offset, body: offset + line.len() },
        None => Fence::Unclosed,
    }
}

/// The lines of `text` from byte `start` on, with their offsets and line ends.
pub(crate) fn lines_from(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> + Clone {
    text[start..].split_inclusive('\n').scan(start, |offset, line| {
        let at = *offset;
        *offset += line.len();
        Some((at, line))
    })
}

/// Is it a `---` line?
pub(crate) fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim().is_empty())
}
