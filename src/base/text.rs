//! Small questions about text: lines and columns, escaping, names fit for an address.

use std::borrow::Cow;
use std::fmt::{Display, Write};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::address::decode_bytes;
use super::characters::{is_forbidden, unseen};

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The last character boundary at or before a byte of a text.
#[must_use]
pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Where the line that holds the byte `at` of a text begins.
#[must_use]
pub fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1)
}

/// Names as complaints list them: each in backticks, with `between` them.
pub fn in_backticks<T: Display>(names: impl IntoIterator<Item = T>, between: &str) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

/// Line and column of byte `offset` in `text`; past the end counts as the end. A byte order mark has no width.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let before = &text[..floor(text, offset)];
    let line = before.matches('\n').count() + 1;
    let last = &before[line_start(before, before.len())..];
    LineColumn { line, column: last.trim_start_matches('\u{feff}').chars().count() + 1 }
}

/// The byte at a line and column; past the end counts as the end. A byte order mark is a character.
#[must_use]
pub fn byte_at(text: &str, place: LineColumn) -> usize {
    let start: usize = text.split_inclusive('\n').take(place.line.saturating_sub(1)).map(str::len).sum();
    start + text[start..].chars().take(place.column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

/// What a word means that people write where only `true` or `false` may stand.
#[must_use]
pub fn read_truth(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" => Some(true),
        "false" | "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Is every byte of `text` what is asked for? Many are looked at at a time, as nearly all text is plain.
pub fn all_bytes(text: &str, is_plain: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |plain, byte| plain & is_plain(*byte)))
}

/// `text` in Unicode's normal form C: one form for each letter, however it was typed.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// `text` with the five signs that mean something in HTML and XML written as entities.
#[must_use]
pub fn escape_html(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if all_bytes(text, is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A name fit for an address or an id: letters and digits of any script in small form, the rest as single `-`.
///
/// Follows GitHub's heading ids in spirit; empty if `text` has neither letter nor digit.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = nfc(text);
    let small =
        if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().flat_map(char::to_lowercase).collect() };
    for c in small.chars() {
        // A mark without a letter, such as that of an emoji, cannot be seen.
        let is_on_letter = || out.chars().next_back().is_some_and(|last| last != '-');
        let is_letter = c.is_alphanumeric() && unseen(c).is_none();
        if is_letter || c == '_' || (is_mark(c) && is_on_letter()) {
            out.push(c);
        } else if matches!(c, '\'' | '\u{2019}') {
            // An apostrophe joins: `don't` is one word.
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// `path` with everything percent-encoded that an address cannot hold as it is; slashes stay.
#[must_use]
pub fn encode_path(path: &str) -> String {
    encode(path, b"-._~/")
}

/// `query` with everything percent-encoded that the query of an address cannot hold as it is; what is encoded stays.
#[must_use]
pub fn encode_query(query: &str) -> String {
    encode(query, b"-._~!$&'()*+,;=:@/?%")
}

/// `text` with everything percent-encoded but letters, digits and what is `kept`.
fn encode(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `path` with its percent-encoding taken out; what is no encoding, or does not give UTF-8, stays as it is written.
#[must_use]
pub fn decode_path(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    String::from_utf8(decode_bytes(path)).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// `text` with straight quotes, `--`, `---` and `...` in their printed forms, as smart punctuation makes them in Markdown.
#[must_use]
pub fn smart(text: &str) -> String {
    if !text.contains(['\'', '"', '-', '.']) {
        return text.to_owned();
    }
    quoted(&text.replace("---", "\u{2014}").replace("--", "\u{2013}").replace("...", "\u{2026}"))
}

/// `text` in double quotes, as YAML reads it.
#[must_use]
pub fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `text` with straight quotes in their printed forms.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        let opens = before.is_whitespace() || "([{\u{2014}\u{2013}\u{2018}\u{201c}".contains(before);
        out.push(match c {
            '\'' if opens => '\u{2018}',
            '\'' => '\u{2019}',
            '"' if opens => '\u{201c}',
            '"' => '\u{201d}',
            c => c,
        });
        before = c;
    }
    out
}

/// Titles in the order in which people look for them: without marks, capitals or signs at the beginning.
#[must_use]
pub fn sort_key(title: &str) -> String {
    let plain = if title.is_ascii() {
        title.to_ascii_lowercase()
    } else {
        title.nfd().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect()
    };
    plain.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Is this a mark that belongs to the letter before it, as in Hindi or Thai?
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The text with a capital at its start; all else stays as it is written.
#[must_use]
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_column("ab\ncafé x", 9), LineColumn { line: 2, column: 6 });
        assert_eq!(line_column("\u{feff}a", 3), LineColumn { line: 1, column: 1 });
        assert_eq!(line_column("a", 99), LineColumn { line: 1, column: 2 });
    }

    #[test]
    fn a_line_begins_behind_the_end_of_the_one_before() {
        let text = "ab\ncafé\n";
        assert_eq!([0, 2, 3, 6, 7, 8, 99].map(|at| line_start(text, at)), [0, 0, 3, 3, 3, 3, 9]);
    }

    #[test]
    fn addresses_are_encoded_and_decoded() {
        assert_eq!(encode_path("größe/x y"), "gr%C3%B6%C3%9Fe/x%20y");
        assert_eq!(decode_path("gr%C3%B6%c3%9fe/x%20y"), "größe/x y");
        assert_eq!(decode_path("100%/%zz%ff"), "100%/%zz%ff");
    }

    #[test]
    fn quotes_and_dashes_are_printed() {
        assert_eq!(smart("We don't -- \"really\" -- listen..."), "We don’t – “really” – listen…");
        assert_eq!(smart("('tis)"), "(‘tis)");
        assert_eq!(smart("plain"), "plain");
    }

    #[test]
    fn slugs_keep_the_letters_of_every_script() {
        assert_eq!(slugify("What it can look like"), "what-it-can-look-like");
        assert_eq!(slugify("Don’t haste — ever!"), "dont-haste-ever");
        assert_eq!(slugify("Größe & Naïveté"), "größe-naïveté");
        assert_eq!(slugify("親密さとは"), "親密さとは");
        assert_eq!(slugify("हिन्दी"), "हिन्दी");
        assert_eq!(slugify("!!!"), "");
        assert_eq!(slugify("\u{2764}\u{fe0f}"), "");
        assert_eq!(slugify("\u{3164}"), "", "a letter that is shown as nothing");
    }
}
