//! A theme's files of words → the words in the site's language, and those that it lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::complaints;
use super::files::{Files, read_table};
use super::load::Asked;
use super::parts::Pieces;
use crate::base::{Diagnostic, Place, Source, SourcePath};
use crate::syntax::toml::Entry;

/// The language that themes are written in; every word of a theme has its text there.
const FIRST: &str = "en";

/// The words of a theme.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Those in the site's language, by key.
    pub strings: BTreeMap<String, String>,
    /// The keys that the site's language lacks, by the template that a page which shows them is made with.
    lacking: BTreeMap<String, BTreeSet<String>>,
    /// The file that lacks them.
    path: Option<SourcePath>,
}

impl Words {
    /// The complaint that pages made with these templates show words which the site's language lacks.
    pub fn find_missing_words<'v>(&self, templates: impl Iterator<Item = &'v str>) -> Option<Diagnostic> {
        let missing: BTreeSet<&String> =
            templates.filter_map(|template| self.lacking.get(template)).flatten().collect();
        let path = self.path.as_ref().filter(|_| !missing.is_empty())?;
        Some(complaints::missing_words(Place::file(path), &missing))
    }
}

/// The words in the site's language, with those of its main language (`en` for `en-GB`) for what they lack: the extending
/// theme's over the other's. `templates` are the texts that show them, by name.
pub(super) fn collect_words(
    themes: &[Files],
    language: &Asked<'_>,
    templates: &BTreeMap<&str, &str>,
    found: &mut Vec<Diagnostic>,
) -> Words {
    let mut strings = BTreeMap::new();
    let mut lacking = BTreeMap::new();
    let files = list_files(themes, language.name);
    let before = found.len();
    for (path, source) in &files {
        for (key, text) in read_strings(path, source, found) {
            strings.entry(key).or_insert(text);
        }
    }
    let known: BTreeSet<&str> = themes.iter().flat_map(Files::keys).filter_map(|path| language_of(path)).collect();
    match files.first() {
        // What a file lacks that cannot be read, nobody knows.
        Some(_) if found.len() > before => {}
        Some(_) => lacking = find_lacking(themes, language.name, &strings, templates),
        None if !known.is_empty() => {
            let tag = language.name.replace('_', "-");
            let is_meant = |known: &&str| known.eq_ignore_ascii_case(&tag) || known.eq_ignore_ascii_case(main_of(&tag));
            let near = known.iter().copied().rfind(is_meant).or((tag != language.name).then_some(&*tag));
            found.push(complaints::unknown_language(language.place.clone(), language.name, &known, near));
        }
        None => {}
    }
    Words { strings, lacking, path: files.first().map(|(path, _)| path.clone()) }
}

/// The files of words in a language and then its main language, theme by theme.
fn list_files<'f>(themes: &'f [Files], language: &str) -> Vec<&'f (SourcePath, Source)> {
    let main = Some(main_of(language)).filter(|main| *main != language);
    let names: Vec<String> =
        [Some(language), main].into_iter().flatten().map(|name| format!("strings/{name}.toml")).collect();
    themes.iter().flat_map(|files| names.iter().filter_map(|name| files.get(name))).collect()
}

/// `en` for `en-GB`.
fn main_of(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

/// The words that the theme has in its first language and that `strings` lack, by the template that a page which shows
/// them is made with.
fn find_lacking(
    themes: &[Files],
    language: &str,
    strings: &BTreeMap<String, String>,
    templates: &BTreeMap<&str, &str>,
) -> BTreeMap<String, BTreeSet<String>> {
    // Its words are in `strings` already.
    if main_of(language) == FIRST {
        return BTreeMap::new();
    }
    let first =
        list_files(themes, FIRST).into_iter().flat_map(|(path, source)| read_strings(path, source, &mut Vec::new()));
    let missing: BTreeSet<String> = first.map(|(key, _)| key).filter(|key| !strings.contains_key(key)).collect();
    if missing.is_empty() {
        return BTreeMap::new();
    }
    let pieces = Pieces::read(templates);
    let lacking = templates.keys().map(|template| {
        let shown = pieces.find_shown(template);
        ((*template).to_owned(), missing.iter().filter(|key| is_shown(key, &shown)).cloned().collect())
    });
    lacking.collect()
}

/// Does a template show this word? Months and fields are asked for by number and name: `t["month_" ~ …]`.
pub(super) fn is_shown(key: &str, templates: &[&str]) -> bool {
    let group = key.rsplit_once('_').map(|(group, _)| format!("\"{group}_\""));
    let name = format!("t.{key}");
    templates.iter().any(|text| text.contains(&name) || group.as_ref().is_some_and(|group| text.contains(group)))
}

/// The language of a file of words.
fn language_of(path: &str) -> Option<&str> {
    path.strip_prefix("strings/")?.strip_suffix(".toml")
}

fn read_strings(path: &SourcePath, source: &Source, found: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let Some(text) = source.as_text() else {
        found.push(complaints::theme_not_text(Place::file(path)));
        return BTreeMap::new();
    };
    let mut strings = BTreeMap::new();
    for Entry { key, value } in read_table(path, text, found).iter() {
        match value.as_text() {
            Some(text) => drop(strings.insert(key.value.to_string(), text.to_owned())),
            None => found.push(complaints::broken_theme_file(
                Place::at(path, value.span),
                "every word of a theme is a text in quotes",
            )),
        }
    }
    strings
}
