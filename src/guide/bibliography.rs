//! A Hayagriva YAML file → the sources that pages may name, each written out in one citation style.
//!
//! Each entry is read and written out by itself, so a broken one leaves the others whole, and no entry's text
//! depends on its neighbours. Knows nothing of pages or of who names which source.

mod complaints;
mod entries;
mod markup;
mod slips;
mod style;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::base::{Diagnostic, Known, Place, SourcePath, Span};
use crate::content::body::Outward;

use entries::{Item, Read};
use style::Style;

/// The largest references file that is read, in bytes.
const LIMIT: usize = 1024 * 1024;

/// The sources that pages may name, by key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Bibliography {
    entries: Known<BTreeMap<Box<str>, Reference>>,
    /// Keys with signs that keys cannot have, without these signs.
    misnamed: BTreeSet<String>,
}

/// One source, written out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The name by which pages point to it: letters `A` to `Z`, digits, `-` and `_`.
    pub key: Box<str>,
    /// Its text as safe HTML: only `em`, `strong`, `sup`, `sub`, `span class="smallcaps"` and links to `http` or `https`.
    pub html: Box<str>,
    /// The same text without markup.
    pub text: Box<str>,
    /// Where it can be read: its `http` or `https` address, else the address of its DOI.
    pub url: Option<Box<str>>,
    /// Whom it is by: family names and organisations; its title where nobody is named.
    pub by: Box<[Box<str>]>,
    /// The year it came out, as it is written.
    pub year: Option<i32>,
    /// What its entry notes, unless its text says it.
    pub note: Option<Box<str>>,
    /// What happened, if it was retracted.
    pub retracted: Known<Option<Box<str>>>,
    /// The addresses that its text links to and where it can be read, each where the references file names it.
    pub outward: Vec<Outward>,
    /// The key's place in the references file.
    pub span: Span,
    /// Puts it in order among the others; see [`Bibliography::in_order`].
    order: Box<str>,
}

/// How sources are written out, as `site.toml` asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// The name of a citation style in Hayagriva's archive, such as `apa`.
    pub name: &'a str,
    /// Where that name stands, for the complaint that there is no such style.
    pub place: &'a Place,
    /// The language of the words in between, such as `en-US`; unknown ones fall back to American English.
    pub language: &'a str,
}

/// The names of all citation styles.
pub fn styles() -> impl Iterator<Item = &'static str> {
    style::names()
}

impl Bibliography {
    /// The references of a file that is missing or cannot be read.
    #[must_use]
    pub fn reported() -> Self {
        Self { entries: Known::Reported, ..Self::default() }
    }

    /// The source with this key, if there is one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Reference> {
        self.entries.value()?.get(key)
    }

    /// What is known of the source with this key. It may be one whose key must be written otherwise.
    #[must_use]
    pub fn find(&self, key: &str) -> Known<Option<&Reference>> {
        match self.get(key) {
            None if self.entries.is_reported() || self.misnamed.contains(&bare_key(key)) => Known::Reported,
            found => Known::Value(found),
        }
    }

    /// All sources, sorted by key.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Reference> {
        self.entries.value().map(BTreeMap::values).unwrap_or_default()
    }

    /// All keys, sorted.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|reference| &*reference.key)
    }

    /// Are there no sources?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().len() == 0
    }

    /// All sources, sorted by their text as a reader would: without regard to case, accents or opening signs.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Reference> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by(|a, b| (&a.order, &a.text, &a.key).cmp(&(&b.order, &b.text, &b.key)));
        sorted
    }
}

/// Reads a references file and writes out each entry.
///
/// An entry with mistakes is still there, as well as it can be read, so that pages that name it are not blamed too.
#[must_use]
pub fn load(source_text: &str, path: &SourcePath, manner: &Manner<'_>) -> (Bibliography, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let style = Style::named(manner.name, manner.language).unwrap_or_else(|| {
        diagnostics.push(complaints::unknown_style(manner.place, manner.name));
        Style::fallback(manner.language)
    });
    if source_text.len() > LIMIT {
        diagnostics.push(complaints::references_too_big(path));
        return (Bibliography::reported(), diagnostics);
    }
    let Read { items, misnamed, faults } = entries::read(source_text, path);
    let is_unread = items.is_empty() && !faults.is_empty();
    let misnamed = misnamed.iter().map(|key| bare_key(key)).collect();
    diagnostics.extend(faults);
    let written: Vec<_> = items.par_iter().map(|item| write_out(item, &style, path)).collect();
    let mut entries = BTreeMap::new();
    for (reference, fault) in written {
        diagnostics.extend(fault);
        entries.insert(reference.key.clone(), reference);
    }
    let entries = if is_unread { Known::Reported } else { Known::Value(entries) };
    (Bibliography { entries, misnamed }, diagnostics)
}

/// A key without the signs that keys cannot have, and without regard to case.
fn bare_key(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The entry's text in `style`; its key stands for it where there is no text.
fn write_out(item: &Item, style: &Style, path: &SourcePath) -> (Reference, Option<Diagnostic>) {
    let key: Box<str> = item.key.as_str().into();
    let Some(entry) = &item.entry else {
        // What is wrong with the entry has been said already.
        return (Reference::bare(key, item), None);
    };
    let written = style.write(entry);
    if written.text.is_empty() {
        let fault = complaints::reference_without_name(Place::at(path, item.span), &item.key);
        return (Reference::bare(key, item), Some(fault));
    }
    let order = order(&written.text);
    let url = entries::address(entry).map(String::into_boxed_str);
    let addresses: BTreeSet<&str> = written.links.iter().map(String::as_str).chain(url.as_deref()).collect();
    let outward =
        addresses.into_iter().map(|address| Outward { address: address.into(), span: item.place_of(address) });
    let outward = outward.collect();
    let bare = Reference::bare(key, item);
    let note = entry.note().map(ToString::to_string).filter(|note| !written.text.contains(note)).map(Into::into);
    let (html, text) = (written.html.into(), written.text.into());
    let (by, year) = (entries::makers(entry), entry.date_any().map(|date| date.year));
    (Reference { html, text, url, by, year, note, outward, order, ..bare }, None)
}

impl Reference {
    /// A source of which only the key is known.
    fn bare(key: Box<str>, item: &Item) -> Self {
        Self {
            html: key.clone(),
            text: key.clone(),
            order: order(&key),
            url: None,
            by: [key.clone()].into(),
            year: None,
            note: None,
            retracted: item.retracted.clone(),
            outward: Vec::new(),
            span: item.span,
            key,
        }
    }
}

/// The text as it counts for sorting: in small letters, Latin, Greek and Cyrillic accents taken off, from the first
/// letter or digit on.
fn order(text: &str) -> Box<str> {
    let plain = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase);
    plain.nfc().skip_while(|c| !c.is_alphanumeric()).collect::<String>().into()
}

#[cfg(test)]
mod tests;
