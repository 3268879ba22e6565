//! What can be wrong with `urls.lock` or with the guide that it promises.

use super::Room;
use crate::base::{About, Code, Complaint, Diagnostic, SourcePath, Span};
use crate::content::Page;
use crate::content::body::Heading;

/// An address that was published is gone.
pub(super) fn vanished_address(place: About, address: &str, heir: Option<&Page>) -> Complaint {
    let complaint = Diagnostic::new(
        Code::VanishedAddress,
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
                .note(About::file(&page.path), "this page is new, and may be the one")
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
pub(super) fn kept_back(place: About, address: &str, page: &SourcePath) -> Complaint {
    Diagnostic::new(Code::VanishedAddress, place, format!("`{address}` was published, and its page is kept back"))
        .label("readers may have this address")
        .help(format!("publish the page; if readers may lose it, {}", lines_out(address)))
        .note(About::file(page), "this is the page")
}

/// A place on a page that was published is gone.
pub(super) fn vanished_anchor(place: About, address: &str, anchor: &str, page: &Page) -> Complaint {
    Diagnostic::new(
        Code::VanishedAnchor,
        place,
        format!("`{address}#{anchor}` was published, and the page has no such heading any more"),
    )
    .help(format!(
        "put `{{#{anchor}}}` after the heading that it was; if it is meant to be gone, take this line out of `urls.lock`"
    ))
    .note(About::file(&page.path), "this is the page")
}

/// The one heading that took the place of the one that is gone; `end` is where an id can be put.
pub(super) fn reworded_heading(place: About, anchor: &str, heading: &Heading, room: Room) -> Complaint {
    let message = format!("this heading was published as `#{anchor}`, and is called `#{}` by its words", heading.id);
    let complaint = Diagnostic::new(Code::VanishedAnchor, place, message);
    let gone = format!("if it is another one, take the line of `#{anchor}` out of `urls.lock`");
    // Only the author knows whether it is the same part in other words.
    complaint.help(if room == Room::Free {
        format!("put `{{#{anchor}}}` after it, so that links still lead here; {gone}")
    } else {
        format!("write `{{#{anchor}}}` as its name, so that links still lead here; {gone}")
    })
}

/// The guide is to be published at another site than the one at which readers know it.
pub(super) fn moved_site(place: About, noted: &str, home: &str) -> Complaint {
    let message = format!("this guide was published at `{noted}`, and `base_url` says `{home}`");
    Diagnostic::new(Code::MovedSite, place, message).label("readers have addresses that begin so").help(format!(
        "if it moves, let the former site lead readers on, and then write `# {home}` in place of this line; if not, put \
         `base_url` back"
    ))
}

/// `urls.lock` cannot be read.
pub(super) fn unread(place: About, why: &str) -> Complaint {
    Diagnostic::new(Code::UnreadUrlLock, place, format!("the list of published addresses cannot be read: {why}"))
        .help("take it back from a copy or from git; if there is none, remove it, and the next build begins another")
}

/// Two people's lists of addresses are not joined.
pub(super) fn conflict(place: About, line: Span) -> Complaint {
    Diagnostic::new(Code::UnjoinedUrlLock, place, "git left this mark where two lists of addresses meet")
        .help("take the mark out, and leave the addresses of both")
        .fix(line, "")
}

/// A line of `urls.lock` is no address.
pub(super) fn bad_line(place: About, line: &str) -> Complaint {
    let below = line.split_once("://").and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]));
    let complaint = Diagnostic::new(Code::NoAddress, place, format!("`{line}` is no address of this guide"));
    match below {
        Some(below) => complaint.help(format!("leave the name of the site out: `{below}`")),
        None => complaint.help("an address begins with `/`, as in `/folder/page/#heading`; a note begins with `#`"),
    }
}
