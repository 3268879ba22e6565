//! The nodes of a references file → Hayagriva's entries, each with its key's place.
//!
//! Hayagriva passes over fields that it does not know and reports one mistake at most, so fields are checked here,
//! one by one. Knows nothing of styles.

use std::collections::BTreeMap;

use hayagriva::types::{EntryType, Person};
use hayagriva::{Entry, Library};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use url::Url;

use crate::base::{Diagnostic, Known, Place, SourcePath, Span, nearest};

use super::complaints;
use super::slips;
use super::tree::{self, Node, Value};

/// What Hayagriva 0.10 reads of an entry, and what it passes over and we read: `retracted`.
pub(super) const FIELDS: &[&str] = &[
    "type",
    "title",
    "author",
    "date",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "serial-number",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "genre",
    "parent",
    "retracted",
];

/// What is written in place of the reason why a source was retracted, and says nothing.
const NO_REASONS: [&str; 4] = ["true", "false", "yes", "no"];

/// One entry of the file.
pub(super) struct Item {
    /// Its key, which is well formed.
    pub key: String,
    /// The key's place.
    pub span: Span,
    /// What could be read of it.
    pub entry: Option<Entry>,
    /// What happened, if it was retracted.
    pub retracted: Known<Option<Box<str>>>,
    /// The texts in it that may be addresses, with their places.
    written: Vec<(String, Span)>,
}

impl Item {
    /// Where `address` is written: as it is, or as a DOI; the key's place if it is nowhere.
    pub fn place_of(&self, address: &str) -> Span {
        let doi = address.strip_prefix("https://doi.org/");
        let is_meant = |text: &str| {
            doi == Some(bare_doi(text)) || Url::parse(text.trim()).is_ok_and(|url| url.as_str() == address)
        };
        self.written.iter().find(|(text, _)| is_meant(text)).map_or(self.span, |(_, span)| *span)
    }
}

/// What a file holds.
pub(super) struct Read {
    /// Its entries, in the order in which they stand.
    pub items: Vec<Item>,
    /// Keys that cannot be keys.
    pub misnamed: Vec<String>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

/// The entries in `text`, and what is wrong with them.
pub(super) fn read(text: &str, path: &SourcePath) -> Read {
    let mut reader = Reader { path, text, misnamed: Vec::new(), diagnostics: Vec::new() };
    let items = match tree::parse(text) {
        Ok(Node { value: Value::Empty, .. }) => Vec::new(),
        Ok(Node { value: Value::Map(pairs), .. }) => reader.items(&pairs),
        Ok(node) => {
            let complaint = complaints::references_shape(reader.place(&node));
            reader.diagnostics.push(complaint);
            Vec::new()
        }
        Err(error) => {
            reader.diagnostics.push(complaints::references_file(Place::at(path, error.span), error.kind));
            Vec::new()
        }
    };
    Read { items, misnamed: reader.misnamed, faults: reader.diagnostics }
}

/// Whom a work is by: the family names of its authors, else of its editors, else the organisation; else its title.
pub(super) fn makers(entry: &Entry) -> Box<[Box<str>]> {
    let people = entry.authors().or(entry.editors()).unwrap_or_default();
    let family = |person: &Person| match &person.prefix {
        Some(prefix) => format!("{prefix} {}", person.name).into(),
        None => person.name.as_str().into(),
    };
    if !people.is_empty() {
        return people.iter().map(family).collect();
    }
    entry.organization().or(entry.title()).map(|text| text.to_string().into()).into_iter().collect()
}

/// The `http` or `https` address where the work can be read: its own, else its DOI's.
pub(super) fn address(entry: &Entry) -> Option<String> {
    let own = entry.url().map(|url| url.value.to_string()).filter(|url| is_web(url));
    own.or_else(|| entry.doi().map(|doi| format!("https://doi.org/{doi}")).filter(|url| is_web(url)))
}

/// May a page link to this address?
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    is_http && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

struct Reader<'a> {
    path: &'a SourcePath,
    text: &'a str,
    misnamed: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, node: &Node) -> Place {
        Place::at(self.path, node.span)
    }

    fn items(&mut self, pairs: &[(Node, Node)]) -> Vec<Item> {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut items = Vec::new();
        for (key_node, node) in pairs {
            let Value::Text(key) = &key_node.value else {
                self.diagnostics.push(complaints::reference_key(self.place(key_node), ""));
                continue;
            };
            if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
                self.diagnostics.push(complaints::reference_key(self.place(key_node), key));
                self.misnamed.push(key.clone());
                continue;
            }
            if let Some(&first) = seen.get(key.as_str()) {
                let first = Place::at(self.path, first);
                self.diagnostics.push(complaints::reference_twice(self.place(key_node), key, first));
                continue;
            }
            seen.insert(key, key_node.span);
            let mut written = Vec::new();
            collect_addresses(node, &mut written);
            let (entry, retracted) = (self.entry(key, key_node, node), self.retracted(key, node));
            items.push(Item { key: key.clone(), span: key_node.span, entry, retracted, written });
        }
        items
    }

    /// What can be read of one entry.
    fn entry(&mut self, key: &str, key_node: &Node, node: &Node) -> Option<Entry> {
        let Value::Map(fields) = &node.value else {
            self.diagnostics.push(complaints::reference_without_fields(self.place(key_node), key));
            return None;
        };
        self.check_names(key, fields);
        self.check_address(key, fields);
        let whole = json_map(fields);
        if let Ok(entry) = parse(key, &whole) {
            let is_said = fields.iter().any(|(name, value)| is_named(name, "title") && is_empty(value))
                || ["title", "author"].iter().any(|name| is_misspelt(fields, name));
            if !has_name(&entry) && !is_said {
                self.diagnostics.push(complaints::reference_without_name(self.place(key_node), key));
            }
            return has_name(&entry).then_some(entry);
        }
        if !fields.iter().any(|(name, _)| is_named(name, "type")) && !is_misspelt(fields, "type") {
            self.diagnostics.push(complaints::reference_without_type(self.place(key_node), key));
        }
        let mut mended = self.good_fields(key, fields);
        mended.entry("type").or_insert_with(|| Json::from("misc"));
        let entry = parse(key, &mended).ok();
        if entry.is_none() {
            self.diagnostics.push(complaints::reference_unreadable(self.place(key_node), key));
        }
        entry
    }

    /// Complains of fields that mean nothing or stand twice, here and in the parents.
    fn check_names(&mut self, key: &str, fields: &[(Node, Node)]) {
        let mut seen: BTreeMap<&str, &Node> = BTreeMap::new();
        for (name_node, value) in fields {
            let Value::Text(name) = &name_node.value else {
                self.diagnostics.push(complaints::unknown_reference_field(self.place(name_node), key, ""));
                continue;
            };
            if !FIELDS.contains(&name.as_str()) {
                let complaint = complaints::unknown_reference_field(self.place(name_node), key, name);
                let is_free = !fields.iter().any(|(name, _)| is_named(name, "serial-number"));
                let cure = slips::serial_number(self.text, name_node, value).filter(|_| is_free);
                self.diagnostics.push(complaint.fixes(cure));
            } else if is_empty(value) {
                self.diagnostics.push(complaints::reference_empty_field(self.place(name_node), key, name));
            }
            if let Value::Text(people) = &value.value
                && matches!(name.as_str(), "author" | "editor")
                && let Some(list) = slips::list_of_people(people)
            {
                self.diagnostics.push(complaints::people_in_one(self.place(value), key, name, list));
            }
            if let Some(first) = seen.insert(name, name_node) {
                let first = self.place(first);
                self.diagnostics.push(complaints::reference_field_twice(self.place(name_node), key, name, first));
            }
            if name == "parent" {
                maps(value).for_each(|parent| self.check_names(key, parent));
            }
        }
    }

    /// Complains of an address that is whole but that no page may link to.
    fn check_address(&mut self, key: &str, fields: &[(Node, Node)]) {
        for (_, value) in fields.iter().filter(|(name, _)| is_named(name, "url")) {
            if let Value::Text(url) = &value.value
                && url.contains(':')
                && !is_web(url.trim())
            {
                self.diagnostics.push(complaints::reference_address(self.place(value), key, url));
            }
        }
    }

    /// Why an entry, or what it stands in, was retracted; complains of what is no reason.
    fn retracted(&mut self, key: &str, node: &Node) -> Known<Option<Box<str>>> {
        let mut known = Known::Value(None);
        for (name, value) in maps(node).flatten() {
            if is_named(name, "parent") {
                let parent = self.retracted(key, value);
                known = if known == Known::Value(None) { parent } else { known };
            }
            if !is_named(name, "retracted") || is_empty(value) {
                continue;
            }
            let shown = match &value.value {
                Value::Text(text) if !NO_REASONS.contains(&&*text.trim().to_lowercase()) => {
                    known = Known::Value(Some(text.trim().into()));
                    continue;
                }
                Value::Text(text) => format!("`{text}`"),
                _ => "this".to_owned(),
            };
            known = Known::Reported;
            self.diagnostics.push(complaints::reference_value(self.place(value), key, "retracted", &shown));
        }
        known
    }

    /// The fields that Hayagriva understands, here and in the parents; complains of the others.
    fn good_fields(&mut self, key: &str, fields: &[(Node, Node)]) -> Map<String, Json> {
        let mut good = Map::new();
        for (name, node) in fields {
            let Value::Text(name) = &name.value else { continue };
            if name == "parent" {
                let parents = maps(node).map(|parent| Json::Object(self.good_fields(key, parent))).collect();
                good.insert(name.clone(), Json::Array(parents));
                continue;
            }
            if is_empty(node) {
                continue;
            }
            let value = json(node);
            if understands(name, &value) {
                good.insert(name.clone(), value);
                continue;
            }
            let place = self.place(node);
            self.diagnostics.push(match (&node.value, name.as_str()) {
                (Value::Text(kind), "type") => complaints::reference_type(place, key, kind),
                (Value::Text(text), _) => complaints::reference_value(place, key, name, &format!("`{text}`")),
                (Value::List(_), _) => complaints::reference_value(place, key, name, "this list"),
                _ => complaints::reference_value(place, key, name, "this"),
            });
        }
        good
    }
}

/// The texts below `node` that may be addresses: each holds a slash.
fn collect_addresses(node: &Node, found: &mut Vec<(String, Span)>) {
    match &node.value {
        Value::Empty => {}
        Value::Text(text) => found.extend(text.contains('/').then(|| (text.clone(), node.span))),
        Value::List(items) => items.iter().for_each(|item| collect_addresses(item, found)),
        Value::Map(fields) => fields.iter().for_each(|(_, value)| collect_addresses(value, found)),
    }
}

/// Does an unknown field stand there that was most likely meant as `name`? It is complained of itself.
fn is_misspelt(fields: &[(Node, Node)], name: &str) -> bool {
    fields.iter().any(|(field, _)| match &field.value {
        Value::Text(field) => !FIELDS.contains(&field.as_str()) && nearest(field, [name]).is_some(),
        _ => false,
    })
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Empty => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(_) | Value::Map(_) => false,
    }
}

fn is_named(node: &Node, name: &str) -> bool {
    matches!(&node.value, Value::Text(text) if text == name)
}

/// The node's own fields, or those of each mapping in its list.
fn maps(node: &Node) -> impl Iterator<Item = &[(Node, Node)]> {
    let nodes = match &node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    nodes.iter().filter_map(|node| match &node.value {
        Value::Map(fields) => Some(fields.as_slice()),
        _ => None,
    })
}

/// Does the entry, or what it stands in, say what it is called or by whom it is? Styles write `n.d.` for no date, so
/// their text alone does not tell.
fn has_name(entry: &Entry) -> bool {
    let named = |entry: &Entry| {
        let has_people = entry.authors().or(entry.editors()).is_some_and(|people| !people.is_empty());
        (has_people || entry.title().is_some() || entry.organization().is_some()).then_some(())
    };
    entry.map(named).is_some()
}

/// Does Hayagriva take this value for this field?
fn understands(name: &str, value: &Json) -> bool {
    if name == "type" {
        return EntryType::deserialize(value).is_ok();
    }
    let mut probe = Map::new();
    probe.insert("type".to_owned(), Json::from("misc"));
    probe.insert(name.to_owned(), value.clone());
    parse("probe", &probe).is_ok()
}

fn parse(key: &str, fields: &Map<String, Json>) -> Result<Entry, serde_json::Error> {
    let mut file = Map::new();
    file.insert(key.to_owned(), Json::Object(fields.clone()));
    let library = Library::deserialize(&Json::Object(file))?;
    Ok(library.into_iter().next().expect("the library holds the one entry that it was made from"))
}

fn json_map(fields: &[(Node, Node)]) -> Map<String, Json> {
    let mut map = Map::new();
    for (name, node) in fields {
        let Value::Text(name) = &name.value else { continue };
        let value = match (name.as_str(), &node.value) {
            // The one field that must be a truth value.
            ("verbatim", Value::Text(text)) if matches!(text.as_str(), "true" | "false") => Json::Bool(text == "true"),
            ("doi", Value::Text(doi)) => Json::from(bare_doi(doi)),
            _ => json(node),
        };
        map.insert(name.clone(), value);
    }
    map
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Empty => Json::Null,
        Value::Text(text) => Json::from(text.as_str()),
        Value::List(nodes) => nodes.iter().map(json).collect(),
        Value::Map(fields) => Json::Object(json_map(fields)),
    }
}

/// A DOI is often pasted as an address, but styles put `https://doi.org/` before it themselves.
fn bare_doi(doi: &str) -> &str {
    let doi = doi.trim();
    let bare = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    bare.iter().find_map(|prefix| doi.strip_prefix(prefix)).unwrap_or(doi).trim_start()
}
