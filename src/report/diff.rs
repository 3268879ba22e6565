//! A text before and after → what differs, in the form that `diff -u` made usual.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use super::Colour;
use super::excerpt::harmless;
use crate::base::SourcePath;

/// How many lines around a change are shown.
const AROUND: usize = 2;

/// A source before or after a change.
#[derive(Debug, Clone, Copy)]
pub struct Version<'v> {
    /// Its file.
    pub path: &'v SourcePath,
    /// Its text.
    pub text: &'v str,
}

/// What differs between two versions of a source; lines end in `\n`. Two equal ones give an empty text.
#[must_use]
pub fn difference(before: Version, after: Version, colour: Colour) -> String {
    if before.path == after.path && before.text == after.text {
        return String::new();
    }
    let mut out = String::new();
    add_line(&mut out, colour, Style::Name, &format!("--- {}", before.path));
    add_line(&mut out, colour, Style::Name, &format!("+++ {}", after.path));
    let differences = TextDiff::from_lines(before.text, after.text);
    for hunk in differences.unified_diff().context_radius(AROUND).iter_hunks() {
        add_line(&mut out, colour, Style::Plain, &hunk.header().to_string());
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches(['\n', '\r']);
            match change.tag() {
                ChangeTag::Equal => add_line(&mut out, colour, Style::Plain, format!(" {line}").trim_end()),
                ChangeTag::Delete => add_line(&mut out, colour, Style::Gone, &format!("-{line}")),
                ChangeTag::Insert => add_line(&mut out, colour, Style::Fresh, &format!("+{line}")),
            }
        }
    }
    out
}

fn add_line(out: &mut String, colour: Colour, style: Style, line: &str) {
    let (on, off) = match (colour, style) {
        (Colour::Plain, _) | (_, Style::Plain) => ("", ""),
        (Colour::Styled, Style::Name) => ("\u{1b}[1m", "\u{1b}[0m"),
        (Colour::Styled, Style::Gone) => ("\u{1b}[31m", "\u{1b}[0m"),
        (Colour::Styled, Style::Fresh) => ("\u{1b}[32m", "\u{1b}[0m"),
    };
    let _ = writeln!(out, "{on}{}{off}", harmless(line));
}

/// What a line of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Name,
    Gone,
    Fresh,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: (&str, &str), after: (&str, &str), expected: &str) {
        let (old, new) = (SourcePath::new(before.0), SourcePath::new(after.0));
        let before = Version { path: &old, text: before.1 };
        let after = Version { path: &new, text: after.1 };
        assert_eq!(difference(before, after, Colour::Plain), expected);
    }

    #[test]
    fn what_differs_is_shown_line_by_line() {
        check(
            ("a.md", "one\r\ntwo\r\nthree\r\n\r\nfour\r\nfive\r\n"),
            ("b.md", "one\r\ntwo\r\n3\u{1b}[2J\r\n\r\nfour\r\nfive\r\n"),
            "--- a.md\n+++ b.md\n@@ -1,5 +1,5 @@\n one\n two\n-three\n+3\u{241b}[2J\n\n four\n",
        );
    }

    #[test]
    fn a_name_alone_and_nothing_at_all() {
        check(("a.md", "one\n"), ("b.md", "one\n"), "--- a.md\n+++ b.md\n");
        check(("a.md", "one\n"), ("a.md", "one\n"), "");
    }
}
