//! Everything that can be broken in `site.toml`, and what must be said of it.

use super::breaks::{Break, Expected, misspelt};
use super::finder::{self, Found, Thing};

const SETTINGS: &str = "site.toml";

/// Settings that must be there: under a name that nobody can guess, they are missing too, and that is a second mistake.
const NEEDED: &[&str] = &[
    "kinds",
    "pages",
    "title",
    "base_url",
    "to",
    "folder",
    "one",
    "other",
    "type",
    "inverse",
    "page",
    "items",
    "statement",
    "suggest",
    "file",
    "values",
    "steps",
];

/// All ways in which the configuration's names can be broken, in a guide of these pages.
pub fn breaks(text: &str, pages: &[(String, String)]) -> Vec<Break> {
    let found = finder::settings(text);
    assert!(found.len() > 100, "the whole configuration is looked through");
    let settings = Settings { text, found: &found, pages };
    found.iter().flat_map(|one| settings.breaks(one)).collect()
}

struct Settings<'s> {
    text: &'s str,
    found: &'s [Found],
    pages: &'s [(String, String)],
}

impl Settings<'_> {
    fn breaks(&self, one: &Found) -> Vec<Break> {
        match one.thing {
            Thing::Value => value(one),
            Thing::InnerValue => vec![broken(one, "\"yes\"", ("wrong-setting", None))],
            // Written in one word with the table that holds it.
            _ if ["keys.", "show."].iter().any(|start| one.text.starts_with(start)) => Vec::new(),
            _ if one.of == "pages" && one.text.contains('.') => Vec::new(),
            // A field that is declared in several lines: with one of them broken, the others declare it all the same.
            _ if one.text.matches('.').count() > 1 => Vec::new(),
            // What readers look for may be any word.
            _ if one.of == "search.synonyms" => Vec::new(),
            _ if self.is_declared(one) => self.declared(one),
            _ => key(one),
        }
    }

    /// Is it a name that the guide chose itself?
    fn is_declared(&self, one: &Found) -> bool {
        one.of.starts_with("kinds.")
            && (one.at.start >= 7 && self.text[..one.at.start].ends_with("[kinds.") || one.text.contains('.'))
    }

    /// A name that is declared here: whatever uses it must be complained of, and nothing else.
    fn declared(&self, one: &Found) -> Vec<Break> {
        let (before, name) = one.text.split_once('.').unwrap_or(("", &one.text));
        let at = one.at.end - name.len()..one.at.end;
        let mut all = Vec::new();
        for (with, _) in misspelt(name).into_iter().filter(|(_, meant)| meant.is_some()) {
            let mut expected: Vec<Expected> = Vec::new();
            for user in self.found.iter().filter(|user| uses(user, &one.of, (before, name))) {
                let code = if before.is_empty() { "unknown-kind" } else { "unknown-field" };
                let moved = |place: usize| if place > at.start { place + with.len() - name.len() } else { place };
                expected.push(Expected::new(
                    SETTINGS,
                    moved(user.at.start)..moved(user.at.end),
                    &user.text,
                    (code, Some(&with)),
                ));
            }
            if !before.is_empty() {
                expected.extend(self.keys(&one.of, name, &with));
            }
            expected.sort_by_key(Expected::order);
            all.push(Break { at: at.clone(), expected, ..broken(one, &with, ("", None)) });
        }
        all
    }

    /// The keys of that name in the pages of a kind.
    fn keys(&self, kind: &str, name: &str, with: &str) -> Vec<Expected> {
        let folder = if kind == "kinds.sign" { "content/signs/" } else { "content/practices/" };
        let pages = self.pages.iter().filter(|(path, _)| path.starts_with(folder) && !path.ends_with("_index.md"));
        let keys = pages.flat_map(|(path, text)| {
            let keys = finder::page(text).into_iter().filter(|key| key.thing == Thing::Key && key.text == name);
            keys.map(|key| Expected::new(path, key.at, name, ("unknown-key", Some(with)))).collect::<Vec<_>>()
        });
        keys.collect()
    }
}

/// A key of the configuration, misspelt in every way.
fn key(one: &Found) -> Vec<Break> {
    // A key within its table, or a setting of the whole site that may be left out.
    let is_needed = (NEEDED.contains(&&*one.text) && !(one.thing == Thing::Inner && one.text == "title"))
        || (one.of.starts_with("advice.lists.") && one.text == "why");
    let ways = misspelt(&one.text).into_iter().filter(|(_, meant)| meant.is_some() || !is_needed);
    ways.map(|(with, meant)| broken(one, &with, ("unknown-setting", meant))).collect()
}

/// The settings of the checklist that name a field.
const CHECKLIST_FIELDS: [&str; 3] = ["checklist.statement", "checklist.time", "checklist.only_if_both_wish"];

/// A text that names something; other texts may be anything.
fn value(one: &Found) -> Vec<Break> {
    let key = one.of.rsplit('.').next().unwrap_or_default();
    let (code, is_page) = match (&*one.of, key) {
        ("theme", _) => ("unknown-theme", false),
        ("to", _) | (_, "page") => ("unknown-page", true),
        ("references.file", _) => ("no-references", false),
        ("references.style", _) => ("unknown-style", false),
        ("checklist.items", _) | (_, "to") => ("unknown-kind", false),
        (of, _) if of.contains(".show.excerpts") => ("missing-excerpt", false),
        ("checklist.suggest", _) | (_, "line" | "field") => ("unknown-field", false),
        (of, _) if CHECKLIST_FIELDS.contains(&of) => ("unknown-field", false),
        (_, "type") => ("unknown-type", false),
        (_, "why") if one.of.starts_with("kinds.") => ("wrong-setting", false),
        (_, "safety") => ("wrong-setting", false),
        (_, "accent") => ("unknown-accent", false),
        ("base_url", _) => return vec![broken(one, "\"nearer.example\"", ("base-url", None))],
        ("language", _) => return vec![broken(one, "\"English\"", ("unknown-language", None))],
        _ => {
            return vec![broken(one, "[]", ("wrong-setting", None)), broken(one, "yes", ("wrong-setting", None))];
        }
    };
    let name = one.text.trim_matches('"');
    let start = if is_page { name.rfind('/').map_or(0, |slash| slash + 1) } else { 0 };
    let end = if is_page { name.len() - ".md".len() } else { name.len() };
    let ways = misspelt(&name[start..end]).into_iter();
    let has_suggestion = !matches!(code, "no-references" | "wrong-setting");
    ways.map(|(with, meant)| {
        let with = format!("\"{}{with}{}\"", &name[..start], &name[end..]);
        broken(one, &with, (code, meant.map(|_| &name[start..]).filter(|_| has_suggestion)))
    })
    .collect()
}

/// Does the value name what is declared in the table `of` as `before.name`?
fn uses(user: &Found, of: &str, (before, name): (&str, &str)) -> bool {
    let by = match before {
        "" => user.of == "checklist.items" || user.of.starts_with("kinds.") && user.of.rsplit('.').next() == Some("to"),
        "fields" => CHECKLIST_FIELDS.contains(&&*user.of) || user.of.starts_with(&format!("{of}.show")),
        _ => user.of == "checklist.suggest",
    };
    by && user.thing == Thing::Value && user.text.trim_matches('"') == name
}

/// The text `with` in the place of the whole thing.
fn broken(one: &Found, with: &str, said_of: (&str, Option<&str>)) -> Break {
    Break::of(SETTINGS, one, with, said_of)
}
