//! Keys that other programs have → what they are called here; and whether one of them was meant to hold a page back.

use serde_yaml::Value;

use super::values::key_text;

/// Keys that show a page, or hide it, in other programs; with what hides it.
const SHOWING: [(&[&str], Hides); 3] = [
    (&["published", "publish", "visible", "public", "listed", "show"], Hides::No),
    (&["hidden", "hide", "private", "unlisted", "unpublished", "secret"], Hides::Yes),
    (&["status", "state", "visibility", "stage"], Hides::Word),
];

/// The words that hide a page under `status`.
const HIDING: [&str; 12] = [
    "draft",
    "hidden",
    "private",
    "unpublished",
    "pending",
    "secret",
    "unlisted",
    "wip",
    "in progress",
    "not published",
    "unfinished",
    "todo",
];

/// What other programs call the keys that every page may have.
const NAMES: [(&[&str], &str); 8] = [
    (&["summary", "excerpt", "abstract"], "description"),
    (&["permalink", "url"], "path"),
    (&["categories", "category", "keywords", "labels"], "tags"),
    (&["expirydate", "expiry"], "expires"),
    (&["publishdate", "pubdate", "created"], "date"),
    (&["lastmod", "modified", "lastmodified"], "updated"),
    (&["layout"], "template"),
    (&["redirectfrom"], "aliases"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hides {
    Yes,
    No,
    Word,
}

/// Whether a page is shown, in the words of another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// It is to be held back for certain.
    Unpublished,
    /// Or not; perhaps.
    Open,
}

/// What `key: value` says of whether a page is shown, if it is one of the keys that do.
pub(super) fn shown(key: &str, value: &Value) -> Option<Visibility> {
    let key = bare(key);
    let (_, hides) = SHOWING.iter().find(|(names, _)| names.contains(&&*key))?;
    let text = key_text(value).trim().to_lowercase();
    let is_held = match hides {
        Hides::Yes => matches!(&*text, "true" | "yes" | "y" | "on" | "1"),
        Hides::No => matches!(&*text, "false" | "no" | "n" | "off" | "0"),
        Hides::Word => HIDING.contains(&&*text),
    };
    Some(if is_held { Visibility::Unpublished } else { Visibility::Open })
}

/// The key of every page that other programs call `key`.
pub(super) fn ours(key: &str) -> Option<&'static str> {
    let key = bare(key);
    NAMES.iter().find(|(names, _)| names.contains(&&*key)).map(|(_, ours)| *ours)
}

/// What an entry of a relation calls `key`.
pub(super) fn of_a_claim(key: &str) -> Option<&'static str> {
    match &*bare(key) {
        "because" | "reason" | "reasons" => Some("why"),
        "page" | "name" | "target" | "practice" | "sign" | "link" => Some("to"),
        _ => None,
    }
}

fn bare(key: &str) -> String {
    key.to_lowercase().replace(['_', '-', ' '], "")
}
