//! What can be wrong with `urls.lock` or with the guide that it promises; the doc comments are what `betwixt explain` prints.

use crate::base::{Diagnostic, Place, SourcePath, Span};
use crate::content::Page;
use crate::content::body::Heading;

/// An address that was published is gone.
///
/// `urls.lock` lists every address that readers may have in their bookmarks, in a letter or on a printed sheet. Paper
/// cannot be corrected: whoever types such an address in would find nothing. So a page that has moved keeps its former
/// address as an alias, which leads readers on. `betwixt mv` renames a page and does all of this by itself.
///
/// Is the page meant to be gone for good? Then take its lines out of `urls.lock`.
///
/// In the example, `content/practices/date-night.md` was renamed to `content/practices/keep-a-date.md`.
///
/// Wrong, in `urls.lock`:
/// ```text
/// /practices/date-night/
/// ```
/// Right, in `urls.lock`:
/// ```text
/// /practices/date-night/
/// ```
/// And in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// aliases: [/practices/date-night/]
/// ---
/// ```
pub(super) fn vanished_address(place: Place, address: &str, heir: Option<&Page>) -> Diagnostic {
    let complaint = Diagnostic::error(
        "vanished-address",
        place,
        format!("`{address}` was published, and nothing is there any more"),
    )
    .label("readers may have this address");
    let gone = format!("if it is meant to be gone for good, {}", lines_out(address));
    match heir {
        Some(page) => {
            let cure = if page.matter.aliases.is_empty() {
                format!("write `aliases: [{address}]` at its top")
            } else {
                format!("put `{address}` among its `aliases`")
            };
            let again =
                "or give the file its former name, and rename it with `betwixt mv OLD NEW`, which does the rest";
            complaint
                .help(format!("if `{}` took its place, {cure}, {again}; {gone}", page.path))
                .note(Place::file(&page.path), "this page is new, and may be the one")
        }
        None => {
            complaint.help(format!("write `aliases: [{address}]` at the top of the page that took its place; {gone}"))
        }
    }
}

/// How a promise is taken back.
fn lines_out(address: &str) -> String {
    if address == "/" {
        return "take the line `/` and those that begin with `/#` out of `urls.lock`".to_owned();
    }
    format!("take all lines that begin with `{address}` out of `urls.lock`")
}

/// The page at an address that was published is kept back.
pub(super) fn kept_back(place: Place, address: &str, page: &SourcePath) -> Diagnostic {
    Diagnostic::error("vanished-address", place, format!("`{address}` was published, and its page is kept back"))
        .label("readers may have this address")
        .help(format!("publish the page; if readers may lose it, {}", lines_out(address)))
        .note(Place::file(page), "this is the page")
}

/// A place on a page that was published is gone.
///
/// A heading is a place that others can link to: `/practices/keep-a-date/#how` leads to the heading *How* of that page.
/// When its words are changed, the place is called otherwise, and such links lead to the top of the page. So the heading is
/// given the name that it had, in braces.
///
/// In the example, the heading was `## How`.
///
/// In both, `urls.lock` holds:
/// ```text
/// /practices/keep-a-date/
/// /practices/keep-a-date/#how
/// ```
///
/// Wrong, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ## How we keep it
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ## How we keep it {#how}
/// ```
pub(super) fn vanished_anchor(place: Place, address: &str, anchor: &str, page: &Page) -> Diagnostic {
    Diagnostic::error(
        "vanished-anchor",
        place,
        format!("`{address}#{anchor}` was published, and the page has no such heading any more"),
    )
    .help(format!(
        "put `{{#{anchor}}}` after the heading that it was; if it is meant to be gone, take this line out of `urls.lock`"
    ))
    .note(Place::file(&page.path), "this is the page")
}

/// The one heading that took the place of the one that is gone; `end` is where an id can be put.
pub(super) fn reworded_heading(place: Place, anchor: &str, heading: &Heading, end: Option<Span>) -> Diagnostic {
    let has_room = end.is_some();
    let message = format!("this heading was published as `#{anchor}`, and is called `#{}` by its words", heading.id);
    let complaint = Diagnostic::error("vanished-anchor", place, message);
    let gone = format!("if it is another one, take the line of `#{anchor}` out of `urls.lock`");
    // Only the author knows whether it is the same part in other words.
    complaint.help(if has_room {
        format!("put `{{#{anchor}}}` after it, so that links still lead here; {gone}")
    } else {
        format!("write `{{#{anchor}}}` as its name, so that links still lead here; {gone}")
    })
}

/// The guide is to be published at another site than the one at which readers know it.
///
/// The line `# https://…` in `urls.lock` says where the guide was published. If `base_url` becomes another, every address
/// on paper and in bookmarks is dead, unless the former site leads readers on. When it does, write the other address into
/// that line: then this is said no more.
///
/// Wrong, in `urls.lock`, where `base_url` is `https://nearer.example/`:
/// ```text
/// # https://closer.example/
/// /
/// ```
/// Right, in `urls.lock`:
/// ```text
/// # https://nearer.example/
/// /
/// ```
pub(super) fn moved_site(place: Place, noted: &str, home: &str) -> Diagnostic {
    let message = format!("this guide was published at `{noted}`, and `base_url` says `{home}`");
    Diagnostic::warning("moved-site", place, message).label("readers have addresses that begin so").help(format!(
        "if it moves, let the former site lead readers on, and then write `# {home}` in place of this line; if not, put \
         `base_url` back"
    ))
}

/// `urls.lock` cannot be read.
///
/// It lists the addresses that were published, as plain text. If it is lost, the next `betwixt build` begins another, but
/// nobody knows any more what readers were promised: take the file back from a copy or from git where you can.
///
/// In the wrong example, `\xe9` stands for one byte: the letter é as Latin-1 has it.
///
/// Wrong, in `urls.lock`:
/// ```text
/// # The caf\xe9 is gone.
/// /practices/keep-a-date/
/// ```
/// Right, in `urls.lock`:
/// ```text
/// # The café is gone.
/// /practices/keep-a-date/
/// ```
pub(super) fn unread(place: Place, why: &str) -> Diagnostic {
    Diagnostic::error("unread-ledger", place, format!("the list of published addresses cannot be read: {why}"))
        .help("take it back from a copy or from git; if there is none, remove it, and the next build begins another")
}

/// Two people's lists of addresses are not joined.
///
/// Git leaves these marks where two people added lines in one place. All addresses of both lists stay; only the marks
/// between them go.
///
/// Wrong, in `urls.lock`:
/// ```text
/// <<<<<<< HEAD
/// /practices/keep-a-date/
/// =======
/// /practices/ten-minutes/
/// >>>>>>> theirs
/// ```
/// Right, in `urls.lock`:
/// ```text
/// /practices/keep-a-date/
/// /practices/ten-minutes/
/// ```
pub(super) fn conflict(place: Place, line: Span) -> Diagnostic {
    Diagnostic::error("unjoined-ledger", place, "git left this mark where two lists of addresses meet")
        .help("take the mark out, and leave the addresses of both")
        .fix(line, "")
}

/// A line of `urls.lock` is no address.
///
/// Each line is an address of the guide without the name of the site, perhaps with a place on the page. Lines that begin
/// with `#` are notes.
///
/// Wrong, in `urls.lock`:
/// ```text
/// https://nearer.example/practices/keep-a-date/
/// ```
/// Right, in `urls.lock`:
/// ```text
/// /practices/keep-a-date/
/// ```
pub(super) fn bad_line(place: Place, line: &str) -> Diagnostic {
    let below = line.split_once("://").and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]));
    let complaint = Diagnostic::error("no-address", place, format!("`{line}` is no address of this guide"));
    match below {
        Some(below) => complaint.help(format!("leave the name of the site out: `{below}`")),
        None => complaint.help("an address begins with `/`, as in `/signs/haste/#why`; a note begins with `#`"),
    }
}
