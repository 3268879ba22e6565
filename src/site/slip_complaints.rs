//! What makes a `site.toml` that cannot be understood; the doc comments are what `betwixt explain` prints.

use crate::base::{Diagnostic, Place};

/// A line of the configuration that cannot be understood.
///
/// `site.toml` is made of lines such as `title = "Nearer"`, below headings such as `[markdown]`. Text stands in
/// quotes, and each name stands once.
///
/// Wrong:
/// ```toml
/// feed = { limit = 1,5 }
/// ```
/// Right:
/// ```toml
/// feed = { limit = 2 }
/// ```
pub(crate) fn broken(place: Place) -> Diagnostic {
    Diagnostic::error("broken-configuration", place, "this line cannot be understood from here on")
        .help("a line reads `title = \"Nearer\"`: a name, `=`, and a value; text stands in quotes")
}

/// The configuration is written in the way of another program.
///
/// `site.toml` is written as TOML: names and values are joined by `=`, and what belongs together stands below a heading in
/// square brackets.
///
/// Wrong, in `site.toml`:
/// ```text
/// title: Nearer
/// base_url: https://nearer.example/
/// ```
/// Right, in `site.toml`:
/// ```toml
/// title = "Nearer"
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn other_notation(place: Place, notation: &str) -> Diagnostic {
    Diagnostic::error(
        "other-notation",
        place,
        format!("this file is written as {notation}, and must be written as TOML"),
    )
    .help("write each line as `title = \"Nearer\"`; `betwixt init my-guide` writes a whole example into a new folder")
}

/// A sign that nobody sees stands in the configuration.
///
/// Texts that are copied from web pages and letters may hold spaces of another kind, or signs without any width.
///
/// In the wrong example, `\xc2\xa0` stands for a space of another kind.
///
/// Wrong:
/// ```toml
/// title =\xc2\xa0"Nearer"
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn unseen_sign(place: Place) -> Diagnostic {
    Diagnostic::error("unseen-sign", place, "here stands a sign that nobody sees, such as comes with copied text")
        .help("write the line afresh, with plain spaces")
}

/// A setting or a heading that stands in the configuration twice.
///
/// Only one of the two could be used, so neither is. All settings of one heading stand below it together.
///
/// Wrong:
/// ```toml
/// title = "Nearer"
/// title = "Closer"
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn twice(place: Place, name: &str) -> Diagnostic {
    let (what, help) = match name.strip_prefix('[') {
        Some(name) => {
            (format!("the heading `[{}]`", name.trim_start_matches('[')), "write all its settings below the first one")
        }
        None => (format!("`{name}`"), "keep one of the two"),
    };
    Diagnostic::error("setting-twice", place, format!("{what} stands here a second time")).help(help)
}

/// A name that has a value and is a heading too.
pub(crate) fn value_and_heading(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error(
        "setting-twice",
        place,
        format!("`{name}` has a value of its own above, so nothing can stand below it"),
    )
    .help("take one of the two out")
}

/// A line that is no setting, no heading and no remark.
///
/// `site.toml` holds nothing but settings such as `title = "Nearer"`, headings such as `[feed]`, and remarks that begin with
/// `#`. The lines `---` of pages do not belong there.
///
/// Wrong:
/// ```toml
/// Our guide for two
/// title = "Nearer"
/// ```
/// Right:
/// ```toml
/// # Our guide for two
/// title = "Nearer"
/// ```
pub(crate) fn fence(place: Place) -> Diagnostic {
    Diagnostic::error("stray-line", place, "a line such as this stands in pages, not in this file").help("take it out")
}

/// A line of mere words.
pub(crate) fn mere_words(place: Place) -> Diagnostic {
    Diagnostic::error("stray-line", place, "this line is no setting and no heading")
        .help("a setting reads `title = \"Nearer\"`, a heading `[markdown]`, and a remark begins with `#`")
}

/// A value without a name before it.
pub(crate) fn nameless(place: Place) -> Diagnostic {
    Diagnostic::error("stray-line", place, "no name stands before this sign")
        .help("write the setting's name before it: `title = \"Nearer\"`")
}

/// A remark that does not begin with `#`.
///
/// Wrong:
/// ```toml
/// // Where the guide will be:
/// base_url = "https://nearer.example/"
/// ```
/// Right:
/// ```toml
/// # Where the guide will be:
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn remark(place: Place, sign: &str) -> Diagnostic {
    Diagnostic::error("wrong-remark", place, format!("a remark begins with `#`, and this line begins with `{sign}`"))
        .help("write `#` in its place")
}

/// A heading of the configuration that is not written right.
///
/// A heading stands in a line of its own, in square brackets, with full stops between its words.
///
/// Wrong:
/// ```toml
/// [feed
/// limit = 20
/// ```
/// Right:
/// ```toml
/// [feed]
/// limit = 20
/// ```
pub(crate) fn broken_heading(place: Place) -> Diagnostic {
    Diagnostic::error("broken-heading", place, "this heading is not written right")
        .help("a heading begins with one `[`, ends with one `]`, and has full stops between its words")
}

/// A heading without a name.
pub(crate) fn nameless_heading(place: Place) -> Diagnostic {
    Diagnostic::error("broken-heading", place, "this heading has no name")
        .help("write a name in it, such as `[markdown]`")
}

/// A name with signs in it that no name has.
///
/// Names in the configuration are made of the letters `a` to `z`, digits, `_` and `-`.
///
/// Wrong:
/// ```toml
/// [extra]
/// best time = "evening"
/// ```
/// Right:
/// ```toml
/// [extra]
/// best_time = "evening"
/// ```
pub(crate) fn odd_name(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error(
        "odd-name",
        place,
        format!("`{name}` cannot be a name, as it has other signs than letters, digits, `_` and `-`"),
    )
    .help("write it with the letters `a` to `z`, digits and `_` only")
}

/// A name and its value are not joined by `=`.
///
/// Wrong:
/// ```toml
/// title: "Nearer"
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn wrong_sign(place: Place, found: &str, key: &str) -> Diagnostic {
    let key = if key.contains(' ') { key.to_owned() } else { format!("`{key}`") };
    Diagnostic::error(
        "missing-equals",
        place,
        format!("{key} and its value are joined by `=`, and here stands `{found}`"),
    )
    .help("write `=` in its place")
}

/// Nothing stands between a name and its value.
pub(crate) fn no_sign(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("missing-equals", place, format!("the `=` between `{key}` and its value is missing"))
        .help("write `=` between them")
}

/// A setting without a value.
///
/// A setting that is not wanted is left out altogether.
///
/// Wrong:
/// ```toml
/// title =
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn no_value(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("no-value", place, format!("`{key}` has no value"))
        .help("write `=` and its value behind it, or take the line out")
}

/// The comma between two entries of a list or table is missing.
///
/// Wrong:
/// ```toml
/// extra = ["low" "high"]
/// ```
/// Right:
/// ```toml
/// extra = ["low", "high"]
/// ```
pub(crate) fn missing_comma(place: Place) -> Diagnostic {
    Diagnostic::error("missing-comma", place, "a comma is missing behind this entry")
        .help("put a comma between any two entries")
}

/// A list or table in the configuration that is never closed.
///
/// A list begins with `[` and ends with `]`; a table within a line begins with `{` and ends with `}`.
///
/// Wrong:
/// ```toml
/// menu = [
///   { to = "@/about.md" },
/// ```
/// Right:
/// ```toml
/// menu = [
///   { to = "@/about.md" },
/// ]
/// ```
pub(crate) fn unclosed_bracket(place: Place, bracket: char) -> Diagnostic {
    if matches!(bracket, ']' | '}') {
        return Diagnostic::error("unclosed-bracket", place, format!("this `{bracket}` closes nothing"))
            .help("take it out");
    }
    let (what, end) = if bracket == '[' { ("list", ']') } else { ("table", '}') };
    Diagnostic::error("unclosed-bracket", place, format!("the {what} that begins here is never closed"))
        .help(format!("end it with `{end}`"))
}

/// Text without quotes around it.
///
/// Text stands in straight quotes; only numbers, days, `true` and `false` stand without.
///
/// Wrong:
/// ```toml
/// title = Nearer
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn missing_quotes(place: Place, key: &str) -> Diagnostic {
    let whose = if key == "it" { "this text".to_owned() } else { format!("the text of `{key}`") };
    Diagnostic::error("missing-quotes", place, format!("{whose} must stand in quotes"))
        .help("put it in straight quotes")
}

/// Text in quotes that are not straight.
///
/// Programs for letters bend quotes while one writes. In `site.toml`, quotes are straight, and the same at both ends.
///
/// Wrong:
/// ```toml
/// title = “Nearer”
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn odd_quotes(place: Place) -> Diagnostic {
    Diagnostic::error("odd-quotes", place, "text stands in straight quotes here, the same at both ends")
        .help("put the text in straight quotes")
}

/// Text whose last quote is missing.
///
/// Wrong:
/// ```toml
/// title = "Nearer
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn unclosed_quote(place: Place) -> Diagnostic {
    Diagnostic::error("unclosed-quote", place, "the quote at the end of this text is missing")
        .help("end the text with a quote")
}

/// A text holds the same quotes that stand around it.
///
/// Such a quote has a `\` before it, or is a curly one.
///
/// Wrong:
/// ```toml
/// title = "A "good" guide"
/// ```
/// Right:
/// ```toml
/// title = "A \"good\" guide"
/// ```
pub(crate) fn inner_quotes(place: Place) -> Diagnostic {
    Diagnostic::error("inner-quotes", place, "a quote within this text ends it too early")
        .help("put a `\\` before each quote that belongs to the text")
}

/// A single backslash in a text.
///
/// With a `\` begins the name of a sign that is hard to write. Names of files have `/` between their parts.
///
/// Wrong:
/// ```toml
/// description = "Signs \ practices"
/// ```
/// Right:
/// ```toml
/// description = "Signs / practices"
/// ```
pub(crate) fn backslash(place: Place) -> Diagnostic {
    Diagnostic::error("lone-backslash", place, "a `\\` in a text must be written twice")
        .help("write it twice, or `/` if this is the name of a file")
}

/// Something stands behind a value.
///
/// A setting ends with its value: no comma, semicolon or full stop comes behind.
///
/// Wrong:
/// ```toml
/// title = "Nearer",
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn behind(place: Place) -> Diagnostic {
    Diagnostic::error("behind-value", place, "nothing stands behind the value of a setting").help("take this out")
}

/// Two settings in one line.
///
/// Wrong:
/// ```toml
/// title = "Nearer" author = "Ada Moon"
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// author = "Ada Moon"
/// ```
pub(crate) fn two_settings(place: Place) -> Diagnostic {
    Diagnostic::error("two-settings", place, "here begins a second setting in one line")
        .help("give each setting a line of its own")
}

/// `true` or `false` in other words.
///
/// Wrong:
/// ```toml
/// [markdown]
/// unsafe_html = yes
/// ```
/// Right:
/// ```toml
/// [markdown]
/// unsafe_html = true
/// ```
pub(crate) fn no_truth(place: Place, meant: &str) -> Diagnostic {
    Diagnostic::error("wrong-truth", place, "yes and no are written `true` and `false`, in small letters")
        .help(format!("write `{meant}`"))
}

/// Digits that are no number and no day.
///
/// A number is written `20`, without zeros before it; a day is written `2026-11-22`. All else is text, and stands in quotes.
///
/// Wrong:
/// ```toml
/// [feed]
/// limit = 020
/// ```
/// Right:
/// ```toml
/// [feed]
/// limit = 20
/// ```
pub(crate) fn no_number(place: Place) -> Diagnostic {
    Diagnostic::error("wrong-number", place, "this is no number and no day of the calendar")
        .help("a number is written `20` and a day `2026-11-22`; all else stands in quotes")
}
