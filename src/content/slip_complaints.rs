//! What makes a front matter no YAML, or another than was meant; the doc comments are what `betwixt explain` prints.

use crate::base::{Diagnostic, Place, SourcePath, Span, in_quotes};

/// The same key stands twice.
///
/// Only one of the two values could be used, so neither is.
///
/// Wrong:
/// ```markdown
/// ---
/// title: We do not listen
/// title: Listening
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// ```
pub(crate) fn duplicate_key(path: &SourcePath, key: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::error("duplicate-key", Place::at(path, second), format!("the key `{key}` stands here a second time"))
        .help("keep one of the two")
        .note(Place::at(path, first), "here it stands first")
}

/// A line of the front matter is indented with a tab.
///
/// YAML, the notation of the front matter, allows only spaces at the beginning of a line.
pub(crate) fn tab_indent(place: Place) -> Diagnostic {
    Diagnostic::error("tab-indent", place, "this line begins with a tab, and the front matter allows only spaces there")
        .help("put two spaces in place of the tab")
}

/// A text with a colon in it needs quotes.
///
/// In the front matter a colon and a space part a key from its value. A text that holds them stands in quotes.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Closeness: what it is
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: "Closeness: what it is"
/// ---
/// ```
pub(crate) fn colon_in_text(place: Place, key: &str, value: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    Diagnostic::error("colon-in-text", place, format!("the text of `{key}` holds a colon, so it needs quotes"))
        .help("put the text in straight quotes")
        .fix(span, in_quotes(value))
}

/// A text that begins with a sign that means something in YAML.
///
/// A text that begins with `@`, `` ` ``, `%`, `*`, `&` or `!` stands in quotes.
///
/// Wrong:
/// ```markdown
/// ---
/// title: *Really* listening
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: "*Really* listening"
/// ---
/// ```
pub(crate) fn sign_at_start(place: Place, value: &str, mended: &str) -> Diagnostic {
    let sign = value.chars().next().unwrap_or_default();
    let sign = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
    Diagnostic::error("sign-at-start", place, format!("a text that begins with {sign} needs quotes"))
        .help(format!("write `{mended}`"))
}

/// A text in quotes that holds the same quotes.
///
/// The second quote ends the text. If it is an apostrophe, put the text in double quotes.
///
/// Wrong:
/// ```markdown
/// ---
/// title: 'We don't listen'
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: "We don't listen"
/// ---
/// ```
pub(crate) fn quote_in_quotes(place: Place, mended: Option<&str>) -> Diagnostic {
    let cure =
        mended.map_or_else(|| "put the whole text in double quotes".to_owned(), |line| format!("write `{line}`"));
    Diagnostic::error("quote-in-quotes", place, "this quote ends the text, and more follows").help(cure)
}

/// Curly quotes around a text that needs straight ones.
///
/// Word processors write `“` and `”`. In the front matter they are letters like any other; only `"` and `'` are quotes.
pub(crate) fn curly_quotes(place: Place, mended: &str) -> Diagnostic {
    Diagnostic::error("curly-quotes", place, "curly quotes are no quotes here, and this text needs quotes")
        .help(format!("write `{mended}`"))
}

/// A key without a space after its colon.
///
/// Wrong:
/// ```markdown
/// ---
/// title:We do not listen
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// ```
pub(crate) fn space_after_colon(place: Place, mended: &str) -> Diagnostic {
    Diagnostic::error("space-after-colon", place, "a space is missing after the colon")
        .help(format!("write `{mended}`"))
}

/// A line that begins too far to the right or to the left.
///
/// Keys that belong together begin in the same column: those of the page at the beginning of the line, those of an entry
/// below the first letter after its `- `.
///
/// Wrong:
/// ```markdown
/// ---
/// title: We do not listen
///   order: 2
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// order: 2
/// ---
/// ```
pub(crate) fn wrong_indent(place: Place, spaces: Option<usize>) -> Diagnostic {
    let cure = match spaces {
        None => "begin it in the same column as the key above that it belongs with".to_owned(),
        Some(0) => "begin it at the beginning of the line, without a space".to_owned(),
        Some(1) => "begin it with one space".to_owned(),
        Some(spaces) => format!("begin it with {spaces} spaces"),
    };
    Diagnostic::error("wrong-indent", place, "this line does not begin in the column of those it belongs with")
        .help(cure)
}

/// A key stands below the front matter.
///
/// The second `---` ends the front matter. What follows it is text, which readers see.
///
/// Wrong:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// draft: true
///
/// We often talk at once.
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// draft: true
/// ---
///
/// We often talk at once.
/// ```
pub(crate) fn key_below(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("key-below", place, format!("`{key}` stands below the front matter, where it is only text"))
        .help("move the line above the `---` that ends the front matter")
}

/// The front matter is not YAML.
///
/// It is made of lines such as `title: We do not listen`; lists stand on lines that begin with `- `; a text that
/// begins with a quote must end with one.
pub(crate) fn broken_front_matter(place: Place, message: &str) -> Diagnostic {
    let detail = message.split(" at line").next().unwrap_or(message);
    let known = [
        ("quoted scalar", "this quotation never ends"),
        ("recursion limit", "this is nested too deeply"),
        ("repetition limit", "this repeats itself too often"),
    ];
    let label = known
        .iter()
        .find(|(words, _)| message.contains(words))
        .map_or_else(|| format!("here: {detail}"), |(_, label)| (*label).to_owned());
    Diagnostic::error("broken-front-matter", place, "the front matter cannot be read from here on")
        .label(label)
        .help("each line is a key, a colon, a space and a value; a text that begins with a quote must end with one")
}
