//! Bytes that are no text in UTF-8 → what they most likely are instead.

use super::complaints;
use crate::base::{Diagnostic, LineColumn, Place, SourcePath, line_column};

/// Beginnings of files that are known by them.
const BEGINNINGS: [(&[u8], &str); 9] = [
    (b"{\\rtf", "a document of a word processor"),
    (b"PK\x03\x04", "a document of a word processor, or another packed file"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or sound"),
    (b"\x1f\x8b", "a packed file"),
];

/// So many odd bytes among a hundred are no letters of an older encoding.
const MANY: usize = 25;

/// What a file is that begins like one of a kind that is known.
pub(super) fn known(bytes: &[u8]) -> Option<&'static str> {
    BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, what)| *what)
}

/// Why the file is no page, where its bytes are text only up to byte `valid`.
pub(super) fn complaint(path: &SourcePath, bytes: &[u8], valid: usize) -> Diagnostic {
    let place = Place::file(path);
    if let Some(what) = known(bytes) {
        return complaints::not_a_page(place, what);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return complaints::not_text(place, "it is saved as UTF-16");
    }
    let is_odd = |byte: &u8| matches!(byte, 0..=8 | 14..=31 | 127..);
    let odd = bytes.iter().filter(|byte| is_odd(byte)).count();
    if bytes.contains(&0) || odd * 100 > bytes.len() * MANY {
        return complaints::not_a_page(place, "something else than text, perhaps a document or a picture");
    }
    let good = String::from_utf8_lossy(&bytes[..valid]);
    let LineColumn { line, column } = line_column(&good, good.len());
    complaints::not_text(place, &format!("the letter at line {line}, column {column} is of an older encoding"))
}
