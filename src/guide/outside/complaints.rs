//! What the answers of other sites mean.

use url::Url;

use super::{Answer, Outside, Silence};
use crate::base::{Code, Diagnostic, Place};

/// What an answer means for a link; `None` if all is well.
pub(super) fn of_answer(link: &Outside, url: &Url, answer: &Answer) -> Option<Diagnostic> {
    let place = link.place.clone();
    let host = url.host_str().unwrap_or_default();
    match answer {
        Answer::Said { status: 200..=399, moved } => {
            moved.as_ref().map(|to| moved_for_good(place, &format!("{to}{}", link.fragment)))
        }
        Answer::Said { status: 404 | 410, .. } => Some(gone(place, host)),
        Answer::Nothing(Silence::NoSuchName) => Some(no_such_site(place, host)),
        Answer::Said { status: 401 | 403 | 407 | 451 | 999, .. } => Some(closed(place, host)),
        answer => Some(doubtful(place, &trouble(answer, host))),
    }
}

/// Why nobody can tell whether a page is there.
fn trouble(answer: &Answer, host: &str) -> String {
    let silence = match answer {
        Answer::Said { status: 429, .. } => return format!("`{host}` was asked too much, and did not answer"),
        Answer::Said { status: status @ 500..=599, .. } => {
            return format!("`{host}` has trouble of its own (it answers {status})");
        }
        Answer::Said { status, .. } => {
            return format!("`{host}` does not say whether this page is there (it answers {status})");
        }
        Answer::Nothing(silence) => silence,
    };
    match silence {
        Silence::NoSuchName => format!("there is no site `{host}`"),
        Silence::Unreachable => format!("`{host}` could not be reached"),
        Silence::Late => format!("`{host}` did not answer in time"),
        Silence::Cut => format!("`{host}` hung up without an answer"),
        Silence::Garbled => format!("`{host}` does not answer as a web site does"),
        Silence::Unproven => format!("`{host}` cannot prove that it is `{host}`, so that browsers warn of it"),
        Silence::Circle => format!("`{host}` leads from one address to the next without an end"),
        Silence::Astray => format!("`{host}` leads to something that is no page of the web"),
    }
}

/// A page on another site is gone, or the whole site is.
fn gone(place: Place, host: &str) -> Diagnostic {
    Diagnostic::new(Code::ExternalGone, place, format!("`{host}` says that this page does not exist"))
        .help("check the address, link to where the page is now, or take the link away")
}

/// Another form of the same: no site has this name.
fn no_such_site(place: Place, host: &str) -> Diagnostic {
    Diagnostic::new(Code::ExternalGone, place, format!("there is no site `{host}`"))
        .help("check the spelling; if the site is gone, take the link away")
}

/// An address that no browser understands.
pub(super) fn unreadable(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ExternalUnreadable, place, "no browser can follow this address")
        .help("copy the address from the browser's own line")
}

/// A page on another site has moved for good.
fn moved_for_good(place: Place, to: &str) -> Diagnostic {
    Diagnostic::new(Code::ExternalMoved, place, "this page has moved for good")
        .help(format!("look whether it is the page that is meant, and link to `{to}`"))
}

/// A site does not let programs see a page.
fn closed(place: Place, host: &str) -> Diagnostic {
    Diagnostic::new(Code::ExternalClosed, place, format!("`{host}` does not let programs see this page"))
        .help("open it in a browser; if it is there, put its address into `skip` below `[external]`")
}

/// Nobody can tell whether a page on another site is still there.
fn doubtful(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ExternalDoubtful, place, message)
        .help("this may pass: ask again later, or open the page in a browser")
}

/// No other site could be reached at all.
pub(super) fn offline(place: Place, asked: usize) -> Diagnostic {
    let addresses = if asked == 1 { "one address was".to_owned() } else { format!("{asked} addresses were") };
    Diagnostic::new(Code::ExternalOffline, place, "no other site could be reached: is this computer online?")
        .help(format!("{addresses} asked for in vain; ask again when it is"))
}
