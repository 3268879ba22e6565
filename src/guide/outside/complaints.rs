//! What the answers of other sites mean; the doc comments are what `betwixt explain` prints.

use url::Url;

use super::{Answer, Outside, Silence};
use crate::base::{Diagnostic, Place};

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
///
/// `betwixt check --external` asks other sites whether the pages that the guide links to are still there. It is an error
/// only if there is no doubt: the site says itself that there is no such page (it answers 404 or 410), or no site has
/// this name while others can be reached. Each address is asked for once, however many links lead there, one at a time
/// at each site, with a pause. A DOI is asked for at `doi.org` alone. Answers are kept for seven days, bad ones for an
/// hour, in your own cache folder; `--fresh` asks for all of them anew.
///
/// Readers who need help, and find nothing there, may not look for it a second time. Look where the page has moved to;
/// web.archive.org may know what it said.
///
/// Wrong, where `https://friends.example/abuot` answers 404:
/// ```markdown
/// [Our friends](https://friends.example/abuot)
/// ```
/// Right:
/// ```markdown
/// [Our friends](https://friends.example/about)
/// ```
fn gone(place: Place, host: &str) -> Diagnostic {
    Diagnostic::error("external-gone", place, format!("`{host}` says that this page does not exist"))
        .help("check the address, link to where the page is now, or take the link away")
}

/// Another form of the same: no site has this name.
fn no_such_site(place: Place, host: &str) -> Diagnostic {
    Diagnostic::error("external-gone", place, format!("there is no site `{host}`"))
        .help("check the spelling; if the site is gone, take the link away")
}

/// An address that no browser understands.
///
/// It begins with `https://`, but what follows is not the name of a site and a path on it.
///
/// Wrong:
/// ```markdown
/// [Our friends](https://friends.example:house/)
/// ```
/// Right:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
pub(super) fn unreadable(place: Place) -> Diagnostic {
    Diagnostic::error("external-unreadable", place, "no browser can follow this address")
        .help("copy the address from the browser's own line")
}

/// A page on another site has moved for good.
///
/// The old address still leads to the new one, but nobody knows for how long. It is a warning only if the site says
/// that it is for good (it answers 301 or 308), and the page is there. Where the new address is the site's front page,
/// the old page may be gone: look before you take it.
///
/// Wrong, where `http://friends.example/` leads to `https://friends.example/` for good:
/// ```markdown
/// [Our friends](http://friends.example/)
/// ```
/// Right:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
fn moved_for_good(place: Place, to: &str) -> Diagnostic {
    Diagnostic::warning("external-moved", place, "this page has moved for good")
        .help(format!("look whether it is the page that is meant, and link to `{to}`"))
}

/// A site does not let programs see a page.
///
/// Many sites answer people and no programs; others ask for a password first. So nobody but you can tell whether the
/// page is there. Open it in a browser. If it is, put its beginning below `[external]` in `site.toml`, and it is not
/// asked for any more.
///
/// Wrong, where `https://friends.example/` answers 403:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [external]
/// skip = ["https://friends.example/"]
/// ```
/// And in `content/practices/keep-a-date.md`:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
fn closed(place: Place, host: &str) -> Diagnostic {
    Diagnostic::warning("external-closed", place, format!("`{host}` does not let programs see this page"))
        .help("open it in a browser; if it is there, put its address into `skip` below `[external]`")
}

/// Nobody can tell whether a page on another site is still there.
///
/// Its site did not answer in time, has trouble of its own, is asked too much, or cannot prove who it is. Most of this
/// passes. It is never an error by itself; if it is still so in some days, open the page in a browser.
///
/// Wrong, where `https://friends.example/` answers 503:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
/// Right, where `https://friends.example/` answers 200:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
fn doubtful(place: Place, message: &str) -> Diagnostic {
    Diagnostic::warning("external-doubtful", place, message)
        .help("this may pass: ask again later, or open the page in a browser")
}

/// A link leads to the reader's own computer or network.
///
/// `localhost`, names without a dot and addresses such as `192.168.0.1` mean another computer for each reader. Nobody is
/// asked for them.
///
/// Wrong:
/// ```markdown
/// [Our plan](http://localhost:1111/plan/)
/// ```
/// Right:
/// ```markdown
/// [Our plan](keep-a-date.md)
/// ```
pub(super) fn near(place: Place, host: &str) -> Diagnostic {
    Diagnostic::warning("external-near", place, format!("readers have no `{host}`, or another one"))
        .help("link to a page of the guide or of a public site; if it is meant, put its address into `skip` below `[external]`")
}

/// No other site could be reached at all.
///
/// Most likely this computer is not online, or something between it and the web lets no programs through. What is said
/// of other sites' pages is from the last days, if anything is. Offices often need a proxy, which is taken from
/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` as other programs do.
///
/// Wrong, where `https://friends.example/` cannot be reached:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
/// Right, where `https://friends.example/` answers 200:
/// ```markdown
/// [Our friends](https://friends.example/)
/// ```
pub(super) fn offline(place: Place, asked: usize) -> Diagnostic {
    let addresses = if asked == 1 { "one address was".to_owned() } else { format!("{asked} addresses were") };
    Diagnostic::warning("external-offline", place, "no other site could be reached: is this computer online?")
        .help(format!("{addresses} asked for in vain; ask again when it is"))
}
