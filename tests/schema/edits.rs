//! Mistakes in a value: each key with odd values in its place, taken out, and with unknown ones beside it.

use proptest::prelude::{Strategy, prop};
use serde_json::{Value, json};

/// Texts that authors write in each other's place, or wrongly.
const ODD_TEXTS: &[&str] = &[
    "",
    " ",
    "…",
    " ... ",
    "....",
    ". .",
    "…!",
    ".",
    "yes",
    "true",
    "low",
    "Low",
    "text",
    "txt",
    "a b c d e",
    "a-b",
    "A-b",
    "-a",
    "a--b",
    "ä-ö",
    "a/b",
    "/a/b/",
    "a//b",
    "../a",
    ".a",
    "a.",
    "a.html",
    "/",
    "con",
    "con/x",
    "practice",
    "apa",
    "appa",
    "2026-11-22",
    "2026-11-31",
    "2026-02-29",
    "2026-2-3",
    "22.11.2026",
    "2026-11-22T10:00",
    "required",
    "page",
    "title",
    "kind",
    "javascript:x",
    "https://a.example",
    "https://a.example/b",
    "https://a.example/b?c",
    "ftp://a.example",
    "a\tb",
];

/// Values that authors write in each other's place.
fn odd_values() -> Vec<Value> {
    let mut values: Vec<Value> = ODD_TEXTS.iter().map(|text| Value::from(*text)).collect();
    values.extend([json!(0), json!(1), json!(3), json!(4), json!(-1), json!(3.5), json!(true), json!(false)]);
    values.extend([
        json!([]),
        json!(["a"]),
        json!(["a", "a"]),
        json!(["a", 1]),
        json!([""]),
        json!([["a"]]),
        json!({}),
    ]);
    values.extend([
        json!([{}]),
        json!([{ "to": "a" }]),
        json!([{ "to": "a", "why": "b" }]),
        json!([{ "to": 1, "why": "b" }]),
    ]);
    values.extend([json!([{ "to": "a", "why": "b", "weight": 4 }]), json!([{ "to": "a", "why": "b", "x": 1 }])]);
    values.extend([json!({ "to": "a", "inverse": "b" }), json!({ "type": "choice" }), json!({ "type": "text" })]);
    values.extend([
        json!({ "a": { "folder": "b" } }),
        json!({ "A": { "folder": "b" } }),
        json!({ "page": { "folder": "b" } }),
    ]);
    values.extend([json!({ "a": { "type": "choice", "values": [] } }), json!({ "title": { "type": "text" } })]);
    values
}

/// Every place in a value where a key stands, as a pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (i.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let at = format!("{at}/{key}");
        found.push(at.clone());
        places(value, &at, found);
    }
}

/// A change of a value: at a place, something else, or nothing, or a key more.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    Put(String, Value),
    Take(String),
    Add(String, String, Value),
}

pub fn edit(value: &mut Value, edit: &Edit) {
    match edit {
        Edit::Put(at, new) => {
            if let Some(old) = value.pointer_mut(at) {
                *old = new.clone();
            }
        }
        Edit::Take(at) => {
            let (above, key) = at.rsplit_once('/').expect("a pointer has a slash");
            if let Some(Value::Object(map)) = value.pointer_mut(above) {
                map.shift_remove(key);
            }
        }
        Edit::Add(at, key, new) => {
            if let Some(Value::Object(map)) = value.pointer_mut(at) {
                map.insert(key.clone(), new.clone());
            }
        }
    }
}

/// Every single edit of a value.
pub fn edits(value: &Value) -> Vec<Edit> {
    let mut all = Vec::new();
    places(value, "", &mut all);
    let mut edits = Vec::new();
    for at in all.iter().map(String::as_str).chain([""]) {
        if !at.is_empty() {
            edits.extend(odd_values().into_iter().map(|odd| Edit::Put(at.to_owned(), odd)));
            edits.push(Edit::Take(at.to_owned()));
        }
        for key in ["titel", "weight", "kind", "Title", "values", "a"] {
            edits.push(Edit::Add(at.to_owned(), key.to_owned(), json!(2)));
        }
    }
    edits
}

/// Two to four of these edits, one after the other.
pub fn several(edits: Vec<Edit>) -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(prop::sample::select(edits), 2..5)
}
