//! What can be wrong with files that are no pages; the doc comments are what `betwixt explain` prints.

use crate::base::{Diagnostic, Place};

/// A file beside the pages or below `static` that cannot be read.
///
/// Wrong, where `static/list.txt` is a link:
/// ```link
/// /home/ada/list.txt
/// ```
/// Right, in `static/list.txt`:
/// ```text
/// Candles, bread, an hour.
/// ```
pub(crate) fn unreadable_file(place: Place, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", place, format!("this file cannot be read: {why}"))
        .help("mend or remove it, then build again")
}

/// A file that looks like a page and is none.
///
/// Pages end in `.md`, in small letters. A file of another end would not be read as a page, and its text, even that of
/// a draft, must not go out as it is.
///
/// Wrong, in `content/notes.MD`:
/// ```markdown
/// ---
/// title: Notes
/// ---
/// ```
/// Right, in `content/notes.md`:
/// ```markdown
/// ---
/// title: Notes
/// ---
/// ```
pub(crate) fn like_a_page(place: Place) -> Diagnostic {
    let name = place.path.file_name();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let help = format!("rename it to `{stem}.md`, or move it out of `content`");
    Diagnostic::error("like-a-page", place, "this file looks like a page, but its name does not end in `.md`")
        .help(help)
}

/// A file beside the pages that no page names.
///
/// Only files that a page shows, links to, or names in its front matter (`cover: bed.jpg`) are published, so that notes,
/// copies and the pictures of drafts stay at home. Files for everybody, such as a download that is named elsewhere, lie
/// below `static`.
///
/// Wrong, in `content/practices/list.txt`:
/// ```text
/// Candles, bread, an hour.
/// ```
/// Right, in `content/practices/list.txt`:
/// ```text
/// Candles, bread, an hour.
/// ```
/// And in `content/practices/keep-a-date.md`:
/// ```markdown
/// Take [this list](list.txt) with you.
/// ```
pub(crate) fn unnamed_file(place: Place) -> Diagnostic {
    Diagnostic::warning("unnamed-file", place, "no page names this file, so it is not published").help(
        "show it with `![words](file.jpg)`, link to it, name it in the front matter for the theme, or move it: to `static` to publish it, elsewhere to keep it",
    )
}

/// A file that would run a program, load something from elsewhere, or be a page without the site's policy.
///
/// Every page tells the browser to load and send nothing beyond this site. A file of HTML below `static`, or a picture
/// with a `<script>`, could be opened by itself, and nothing would hold it back. With `unsafe_html = true` under
/// `[markdown]` in `site.toml` such files are published as they are. Scripts (`.js`) below `static` are published in
/// any case: they run only where a page asks for them, which takes HTML in its text.
///
/// Wrong, in `static/bench.svg`:
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>
/// ```
/// Right, in `static/bench.svg`:
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>
/// ```
pub(crate) fn active_file(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error("active-file", place, format!("this file {what}")).help(
        "write pages in `content` and take out of pictures what acts, or set `unsafe_html = true` under `[markdown]`",
    )
}

/// A file whose name cannot be published.
///
/// Some signs are not allowed in file names on every computer, among them `\ : * ? " < > |`, nor are names that Windows
/// keeps for itself, such as `con` and `aux`, or that end with a dot or a space.
///
/// Wrong, in `static/what now?.txt`:
/// ```text
/// Candles, bread, an hour.
/// ```
/// Right, in `static/what-now.txt`:
/// ```text
/// Candles, bread, an hour.
/// ```
pub(crate) fn bad_published_name(place: Place) -> Diagnostic {
    Diagnostic::error("bad-published-name", place, "this file's name cannot be published")
        .help("use letters, digits, `-`, `_` and `.`; Windows keeps names such as `con`, `aux` and `com1` for itself")
}
