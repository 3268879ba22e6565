//! What can be wrong with files that are no pages.

use crate::base::{About, Code, Complaint, Diagnostic};
use crate::syntax::active::Act;

/// A file beside the pages or below `static` that cannot be read.
pub(crate) fn unreadable_file(place: About, why: &str) -> Complaint {
    Diagnostic::new(Code::UnreadableFile, place, format!("this file cannot be read: {why}"))
        .help("mend or remove it, then build again")
}

/// A file that looks like a page and is none.
pub(crate) fn like_a_page(place: About) -> Complaint {
    let name = place.path.file_name();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let help = format!("rename it to `{stem}.md`, or move it out of `content`");
    Diagnostic::new(Code::LikeAPage, place, "this file looks like a page, but its name does not end in `.md`")
        .help(help)
}

/// A file beside the pages that no page names.
pub(crate) fn unnamed_file(place: About) -> Complaint {
    Diagnostic::new(Code::UnnamedFile, place, "no page names this file, so it is not published").help(
        "show it with `![words](file.jpg)`, link to it, name it in the front matter for the theme, or move it: to `static` to publish it, elsewhere to keep it",
    )
}

/// A file that would run a program, load something from elsewhere, or be a page without the site's policy.
pub(crate) fn active_file(place: About, act: &Act) -> Complaint {
    Diagnostic::new(Code::ActiveFile, place, format!("this file {}", act.what)).help(act.cure.unwrap_or(
        "write pages in `content` and take out of pictures what acts, or set `unsafe_html = true` under `[markdown]`",
    ))
}

/// A file whose name cannot be published.
pub(crate) fn bad_published_name(place: About) -> Complaint {
    Diagnostic::new(Code::BadPublishedName, place, "this file's name cannot be published")
        .help("use letters, digits, `-`, `_` and `.`; Windows keeps names such as `con`, `aux` and `com1` for itself")
}
