//! What makes a `site.toml` that is no TOML.

use crate::base::{Code, Diagnostic, Place};

/// The configuration is written in the way of another program.
pub(super) fn other_notation(place: Place, notation: &str) -> Diagnostic {
    Diagnostic::new(
        Code::OtherNotation,
        place,
        format!("this file is written as {notation}, and must be written as TOML"),
    )
    .help("write each line as `title = \"My guide\"`; `betwixt init my-guide` writes a whole example into a new folder")
}

/// A sign that nobody sees stands in the configuration.
pub(super) fn unseen_sign(place: Place) -> Diagnostic {
    Diagnostic::new(Code::UnseenSign, place, "here stands a sign that nobody sees, such as comes with copied text")
        .help("write the line afresh, with plain spaces")
}

/// A setting or a heading that stands in the configuration twice.
pub(super) fn twice(place: Place, name: &str) -> Diagnostic {
    let (what, help) = match name.strip_prefix('[') {
        Some(name) => {
            (format!("the heading `[{}]`", name.trim_start_matches('[')), "write all its settings below the first one")
        }
        None => (format!("`{name}`"), "keep one of the two"),
    };
    Diagnostic::new(Code::SettingTwice, place, format!("{what} stands here a second time")).help(help)
}

/// A name that has a value and is a heading too.
pub(super) fn value_and_heading(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SettingTwice,
        place,
        format!("`{name}` has a value of its own above, so nothing can stand below it"),
    )
    .help("take one of the two out")
}

/// A line that is no setting, no heading and no remark.
pub(super) fn fence(place: Place) -> Diagnostic {
    Diagnostic::new(Code::StrayLine, place, "a line such as this stands in pages, not in this file").help("take it out")
}

/// A line of mere words.
pub(super) fn mere_words(place: Place) -> Diagnostic {
    Diagnostic::new(Code::StrayLine, place, "this line is no setting and no heading")
        .help("a setting reads `title = \"My guide\"`, a heading `[markdown]`, and a remark begins with `#`")
}

/// A value without a name before it.
pub(super) fn nameless(place: Place) -> Diagnostic {
    Diagnostic::new(Code::StrayLine, place, "no name stands before this sign")
        .help("write the setting's name before it: `title = \"My guide\"`")
}

/// A remark that does not begin with `#`.
pub(super) fn remark(place: Place, sign: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongRemark, place, format!("a remark begins with `#`, and this line begins with `{sign}`"))
        .help("write `#` in its place")
}

/// A heading without a name.
pub(super) fn nameless_heading(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BrokenHeading, place, "this heading has no name")
        .help("write a name in it, such as `[markdown]`")
}

/// A name with signs in it that no name has.
pub(super) fn odd_name(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::OddName,
        place,
        format!("`{name}` cannot be a name, as it has other signs than letters, digits, `_` and `-`"),
    )
    .help("write it with the letters `a` to `z`, digits and `_` only")
}

/// A name and its value are not joined by `=`.
pub(super) fn wrong_sign(place: Place, found: &str, key: &str) -> Diagnostic {
    let key = if key.contains(' ') { key.to_owned() } else { format!("`{key}`") };
    Diagnostic::new(
        Code::MissingEquals,
        place,
        format!("{key} and its value are joined by `=`, and here stands `{found}`"),
    )
    .help("write `=` in its place")
}

/// Nothing stands between a name and its value.
pub(super) fn no_sign(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingEquals, place, format!("the `=` between `{key}` and its value is missing"))
        .help("write `=` between them")
}

/// A setting without a value.
pub(super) fn no_value(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::NoValue, place, format!("`{key}` has no value"))
        .help("write `=` and its value behind it, or take the line out")
}

/// The comma between two entries of a list or table is missing.
pub(super) fn missing_comma(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MissingComma, place, "a comma is missing behind this entry")
        .help("put a comma between any two entries")
}

/// A list or table in the configuration that is never closed.
pub(super) fn unclosed_bracket(place: Place, bracket: char) -> Diagnostic {
    if matches!(bracket, ']' | '}') {
        return Diagnostic::new(Code::UnclosedBracket, place, format!("this `{bracket}` closes nothing"))
            .help("take it out");
    }
    let (what, end) = if bracket == '[' { ("list", ']') } else { ("table", '}') };
    Diagnostic::new(Code::UnclosedBracket, place, format!("the {what} that begins here is never closed"))
        .help(format!("end it with `{end}`"))
}

/// Text without quotes around it.
pub(super) fn missing_quotes(place: Place, key: &str) -> Diagnostic {
    let whose = if key == "it" { "this text".to_owned() } else { format!("the text of `{key}`") };
    Diagnostic::new(Code::MissingQuotes, place, format!("{whose} must stand in quotes"))
        .help("put it in straight quotes")
}

/// Text in quotes that are not straight.
pub(super) fn odd_quotes(place: Place) -> Diagnostic {
    Diagnostic::new(Code::OddQuotes, place, "text stands in straight quotes here, the same at both ends")
        .help("put the text in straight quotes")
}

/// Text whose last quote is missing.
pub(super) fn unclosed_quote(place: Place) -> Diagnostic {
    Diagnostic::new(Code::UnclosedQuote, place, "the quote at the end of this text is missing")
        .help("end the text with a quote")
}

/// A text holds the same quotes that stand around it.
pub(super) fn inner_quotes(place: Place) -> Diagnostic {
    Diagnostic::new(Code::InnerQuotes, place, "a quote within this text ends it too early")
        .help("put a `\\` before each quote that belongs to the text")
}

/// A single backslash in a text.
pub(super) fn backslash(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LoneBackslash, place, "a `\\` in a text must be written twice")
        .help("write it twice, or `/` if this is the name of a file")
}

/// Something stands behind a value.
pub(super) fn behind(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BehindValue, place, "nothing stands behind the value of a setting").help("take this out")
}

/// Two settings in one line.
pub(super) fn two_settings(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TwoSettings, place, "here begins a second setting in one line")
        .help("give each setting a line of its own")
}

/// `true` or `false` in other words.
pub(super) fn no_truth(place: Place, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongTruth, place, "yes and no are written `true` and `false`, in small letters")
        .help(format!("write `{meant}`"))
}

/// Digits that are no number and no day.
pub(super) fn no_number(place: Place) -> Diagnostic {
    Diagnostic::new(Code::WrongNumber, place, "this is no number and no day of the calendar")
        .help("a number is written `20` and a day `2026-11-22`; all else stands in quotes")
}
