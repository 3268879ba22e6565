//! The keys of one front matter, read strictly: each complaint at the very value.

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use super::entries::Form;
use super::expected::{self, Expected, Required};
use super::places::Places;
use super::{complaints, slip_complaints, slips};
use crate::base::{
    Diagnostic, Edit, KeyPath, Place, SourcePath, Span, Step, has_forbidden, is_blank, is_stray, line_start, nfc, runs,
    smart,
};
use crate::site::{CONTENT, MarkdownRules};

/// One map of a front matter while it is read.
pub struct Values<'m> {
    /// The file.
    pub path: &'m SourcePath,
    /// Its whole text, for places.
    pub text: &'m str,
    /// Whether texts that readers see get printed quotes and dashes.
    smart: bool,
    places: Option<Places>,
    /// The keys that must stand there.
    pub needed: Vec<Box<str>>,
    /// The complaints so far.
    pub found: Vec<Diagnostic>,
}

impl<'m> Values<'m> {
    /// Nothing read yet.
    pub fn new(path: &'m SourcePath, text: &'m str, rules: &MarkdownRules) -> Self {
        Self { path, text, smart: rules.smart_punctuation, places: None, needed: Vec::new(), found: Vec::new() }
    }

    fn places(&mut self) -> &Places {
        self.places.get_or_insert_with(|| Places::read(self.text))
    }

    /// Where the value at `at` stands.
    pub fn value_place(&mut self, at: &[Step]) -> Place {
        let span = self.places().value(at);
        Place::at(self.path, span)
    }

    /// Where the key at `at` stands.
    pub fn key_place(&mut self, at: &[Step]) -> Place {
        let span = self.places().key(at);
        Place::at(self.path, span)
    }

    /// The whole line of the key at `at`, with its end, if key and value stand in it alone.
    pub fn line(&mut self, at: &[Step]) -> Option<Span> {
        let places = self.places();
        let (key, value) = (places.key(at), places.value(at));
        let start = line_start(self.text, key.start);
        let end = self.text[value.end..].find('\n').map(|newline| value.end + newline + 1)?;
        let is_alone = self.text[value.end..end].trim().is_empty() && !self.text[start..value.end].contains('\n');
        (is_alone && self.text[start..key.start].trim().is_empty()).then(|| Span::new(start, end))
    }

    /// The first line of the file, for what is missing as a whole.
    pub fn top(&self) -> Place {
        let mark = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let first = self.text[mark..].lines().next().unwrap_or_default().len();
        Place::at(self.path, Span::new(mark, mark + first))
    }

    /// May the line of the value at `at` be taken out?
    fn need(&self, at: &[Step]) -> Required {
        let is_needed = |key: &str| self.needed.iter().any(|needed| **needed == *key);
        match at.last() {
            Some(Step::Key(key)) if is_needed(key) => Required::Must,
            _ => Required::May,
        }
    }

    /// How the entry at `at` is written.
    pub fn form(&mut self, at: &[Step]) -> Form {
        let span = self.places().value(at);
        Form::of(self.text, span)
    }

    /// Complains of the hyphen before the first key of the entry at `at`, which belongs to the entry above.
    pub fn hyphen_too_many(&mut self, at: &[Step], entry: &Value) {
        let first = entry.as_mapping().and_then(|map| map.keys().next()).map(key_text).unwrap_or_default();
        let key = self.places().key(&deeper(at, Step::Key(first.as_str().into())));
        let before = self.text[..key.start].trim_end_matches(' ');
        let hyphen = Span::new(before.len().saturating_sub(1), before.len());
        let cure = before.ends_with('-').then(|| Edit { span: hyphen, text: " ".to_owned() });
        let place = Place::at(self.path, if cure.is_some() { hyphen } else { key });
        self.found.push(complaints::relation_entries::hyphen_too_many(place, &first, cure));
    }

    fn wrong(&mut self, at: &[Step], value: &Value, wanted: Expected) {
        let place = self.value_place(at);
        let span = place.span.unwrap_or_default();
        let marks = match wanted {
            Expected::Texts | Expected::Entries => slips::list_marks(self.text, span),
            _ => Vec::new(),
        };
        let on_line = slips::value_on_line(self.text, self.places().key(at).start);
        self.found.push(match (value, on_line) {
            (Value::Tagged(_), Some((span, text))) if text.starts_with('!') => {
                slip_complaints::sign_at_start(Place::at(self.path, span), text)
            }
            (Value::Null, Some((span, text)))
                if text.starts_with('#') && text[1..].starts_with(char::is_alphanumeric) =>
            {
                match expected::hashtags(text).filter(|_| wanted == Expected::Texts) {
                    Some(list) => complaints::values::hashtags(Place::at(self.path, span), &list),
                    None => complaints::values::cut_short(Place::at(self.path, span), span, text),
                }
            }
            _ => self.other(at, (place, value), wanted, marks),
        });
    }

    /// The complaint about a value that is none of what a key takes; `marks` make a list of it, if there are any.
    fn other(&self, at: &[Step], (place, value): (Place, &Value), wanted: Expected, marks: Vec<Edit>) -> Diagnostic {
        let key = name_of(at);
        let span = place.span.unwrap_or_default();
        let written = &self.text[span.start..span.end];
        match value {
            Value::Tagged(tagged) => slip_complaints::tagged_value(place, &tagged.tag.to_string()),
            Value::Null => complaints::values::empty_value(place, key, self.need(at)),
            Value::String(text) if key == "aliases" && self.is_own_address(text) => {
                complaints::values::wrong_value(place, key, "the page's own address", wanted).help("take the line out")
            }
            _ if !marks.is_empty() => slip_complaints::list_mark(place, marks),
            _ => match wanted.meant(written, value) {
                Some(meant) => complaints::values::meant_value(place, key, wanted, (&describe(value), written), &meant),
                None => complaints::values::wrong_value(place, key, &describe(value), wanted),
            },
        }
    }

    /// Is it the address that the page has by the name of its file?
    fn is_own_address(&self, text: &str) -> bool {
        let below = self.path.below(CONTENT).and_then(|below| below.strip_suffix(".md")).unwrap_or_default();
        text.trim().trim_matches('/') == below.trim_end_matches("/index").trim_end_matches("/_index")
    }

    /// A line of text; `None`, with a complaint, if something else stands there.
    pub fn text(&mut self, at: &[Step], value: &Value) -> Option<Box<str>> {
        match value {
            Value::String(text) if !text.is_ascii() && text.contains(is_stray) || has_forbidden(text) => {
                let place = self.value_place(at);
                let span = place.span.unwrap_or_default();
                let unseen = unseen_in(self.text, span);
                self.found.push(complaints::values::control_in_value(place, name_of(at), unseen));
                None
            }
            Value::String(text) if is_blank(text) => {
                let place = self.value_place(at);
                self.found.push(complaints::values::empty_value(place, name_of(at), self.need(at)));
                None
            }
            Value::String(text) if is_placeholder(text) => {
                let place = self.value_place(at);
                self.found.push(complaints::values::placeholder(place, name_of(at)));
                None
            }
            Value::String(text) => Some(nfc(text.trim()).into()),
            _ => {
                self.wrong(at, value, Expected::Text);
                None
            }
        }
    }

    /// A page's name, or the placeholder for one: only those who know all pages can say what may stand there.
    pub fn name(&mut self, at: &[Step], value: &Value) -> Option<Box<str>> {
        match value {
            Value::String(text) if is_placeholder(text) => Some(text.trim().into()),
            Value::Sequence(_) | Value::Mapping(_) => {
                self.wrong(at, value, Expected::Name);
                None
            }
            _ => self.text(at, value),
        }
    }

    /// A word that is one of the choices.
    pub fn choice(&mut self, at: &[Step], value: &Value, choices: &[Box<str>]) -> Option<Box<str>> {
        if matches!(value, Value::Sequence(_) | Value::Mapping(_)) {
            let place = self.value_place(at);
            self.found.push(complaints::values::not_one_choice(place, name_of(at), &describe(value), choices));
            return None;
        }
        let text = self.text(at, value)?;
        if !choices.contains(&text) {
            let place = self.value_place(at);
            self.found.push(complaints::values::unknown_choice(place, name_of(at), &text, choices));
        }
        Some(text)
    }

    /// A line of text that readers see.
    pub fn words(&mut self, at: &[Step], value: &Value) -> Option<Box<str>> {
        let text = self.text(at, value)?;
        Some(if self.smart { smart(&text).into() } else { text })
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, at: &[Step], value: &Value) -> Option<bool> {
        if let Value::Bool(truth) = value {
            return Some(*truth);
        }
        self.wrong(at, value, Expected::Truth);
        None
    }

    /// A whole number.
    pub fn integer(&mut self, at: &[Step], value: &Value) -> Option<i64> {
        if let Some(number) = value.as_i64() {
            return Some(number);
        }
        self.wrong(at, value, Expected::Number);
        None
    }

    /// A day that exists, written `2026-11-22`.
    pub fn date(&mut self, at: &[Step], value: &Value) -> Option<Date> {
        let Value::String(text) = value else {
            self.wrong(at, value, Expected::Day);
            return None;
        };
        let shaped = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, byte)| if i == 4 || i == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        match text.parse::<Date>() {
            Ok(date) if shaped => Some(date),
            _ => {
                let place = self.value_place(at);
                let not_so_written = || format!("`{text}` is not a day as the front matter writes it");
                let message = if shaped { format!("there is no day `{text}`") } else { not_so_written() };
                self.found.push(complaints::values::no_such_date(place, message, expected::day(text)));
                None
            }
        }
    }

    /// A list of texts, with their places' paths.
    pub fn texts(&mut self, at: &[Step], value: &Value) -> Vec<Box<str>> {
        let Value::Sequence(items) = value else {
            self.wrong(at, value, Expected::Texts);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (i, item) in items.iter().enumerate() {
            texts.extend(self.text(&deeper(at, Step::Index(i)), item));
        }
        texts
    }

    /// A list of anything; `wanted` is what it is a list of.
    pub fn list<'v>(&mut self, at: &[Step], value: &'v Value, wanted: Expected) -> &'v [Value] {
        let Value::Sequence(items) = value else {
            self.wrong(at, value, wanted);
            return &[];
        };
        items
    }

    /// A map with text keys.
    pub fn map<'v>(&mut self, at: &[Step], value: &'v Value) -> Option<&'v Mapping> {
        let Value::Mapping(map) = value else {
            self.wrong(at, value, Expected::Keys);
            return None;
        };
        Some(map)
    }

    /// Complains if a theme that made a link of `text` would run a program.
    pub fn check_address(&mut self, at: &[Step], text: &str) {
        if let Some(scheme) = runs(text) {
            let place = self.value_place(at);
            self.found.push(crate::site::complaints::running_address(place, scheme));
        }
    }

    /// Whatever stands there, as a template value; tags such as `!secret` are complained of.
    pub fn free(&mut self, at: &[Step], value: &Value) -> tera::Value {
        match value {
            Value::Null => tera::Value::none(),
            Value::Bool(truth) => tera::Value::from(*truth),
            Value::Number(number) => free_number(number),
            Value::String(text) if has_forbidden(text) => {
                let place = self.value_place(at);
                self.found.push(complaints::values::control_in_value(place, name_of(at), Vec::new()));
                tera::Value::none()
            }
            Value::String(text) => {
                self.check_address(at, text);
                tera::Value::from(text.as_str())
            }
            Value::Sequence(items) => {
                let items: Vec<_> =
                    items.iter().enumerate().map(|(i, item)| self.free(&deeper(at, Step::Index(i)), item)).collect();
                tera::Value::from(items)
            }
            Value::Mapping(entries) => {
                let mut map = tera::Map::new();
                for (key, value) in entries {
                    let name = key_text(key);
                    if !key.is_string() {
                        let place = self.key_place(&deeper(at, Step::Key(name.clone().into())));
                        self.found.push(complaints::values::key_not_text(place));
                    }
                    if name == "<<" {
                        let place = self.key_place(&deeper(at, Step::Key("<<".into())));
                        self.found.push(complaints::values::merge_key(place));
                    }
                    let inner = self.free(&deeper(at, Step::Key(name.clone().into())), value);
                    map.insert(name.into(), inner);
                }
                tera::Value::from(map)
            }
            Value::Tagged(tagged) => {
                let place = self.value_place(at);
                self.found.push(slip_complaints::tagged_value(place, &tagged.tag.to_string()));
                tera::Value::none()
            }
        }
    }
}

fn free_number(number: &serde_yaml::Number) -> tera::Value {
    if let Some(whole) = number.as_i64() {
        return tera::Value::from(whole);
    }
    number
        .as_f64()
        .filter(|number| number.is_finite())
        .map_or_else(|| tera::Value::from(number.to_string()), tera::Value::from)
}

/// A key as text; numbers and truths are written out.
pub fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => "?".to_owned(),
    }
}

/// `at` and one step more.
pub fn deeper(at: &[Step], step: Step) -> KeyPath {
    let mut path = at.to_vec();
    path.push(step);
    path
}

/// The name of the key that `at` leads to or lies in.
fn name_of(at: &[Step]) -> &str {
    at.iter()
        .rev()
        .find_map(|step| match step {
            Step::Key(name) => Some(&**name),
            Step::Index(_) => None,
        })
        .unwrap_or_default()
}

/// Does this text stand where something is still to be said?
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    matches!(text.trim(), "…" | "...")
}

/// The edits that take the invisible marks out of a stretch of the file.
pub fn unseen_in(text: &str, span: Span) -> Vec<Edit> {
    let marks = text[span.start..span.end].char_indices().filter(|(_, c)| is_stray(*c));
    let out = |(at, c): (usize, char)| Edit {
        span: Span::new(span.start + at, span.start + at + c.len_utf8()),
        text: String::new(),
    };
    marks.map(out).collect()
}

/// What stands there, in words.
fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(truth) => format!("`{truth}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.chars().count() <= 30 => format!("the text `{text}`"),
        Value::String(_) => "a text".into(),
        Value::Sequence(_) => "a list".into(),
        Value::Mapping(_) => "a group of keys".into(),
        Value::Tagged(_) => "a tagged value".into(),
    }
}
