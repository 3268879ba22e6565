//! Which files make up a theme: its own, over those of the themes that it extends.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::complaints;
use crate::base::{Diagnostic, Fingerprint, PatchedText, Place, Source, SourceContent, SourcePath, Sources, nearest};
use crate::site::THEMES;
use crate::syntax::toml::{self, Entry, Table};

/// The theme that comes with the program.
static HEARTH: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/hearth");
/// Its name.
const BUILTIN: &str = "hearth";
/// More themes in a row than this are a mistake.
const LONGEST_CHAIN: usize = 8;

/// One theme's files by their path in it, each with where it comes from.
pub type Files = BTreeMap<String, (SourcePath, Source)>;

/// The files of the theme that comes with the program, by their path in it.
pub fn builtin_files() -> impl Iterator<Item = (String, &'static [u8])> {
    let mut folders = vec![&HEARTH];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())));
    }
    files.sort();
    files.into_iter()
}

/// The fingerprint of all files that a theme of this site could be made of.
#[must_use]
pub fn fingerprint(sources: &Sources, name: &str, language: &str) -> Fingerprint {
    let files: Vec<_> = sources.below(THEMES).map(|(path, source)| (path, source.fingerprint())).collect();
    Fingerprint::of(&(name, language, files))
}

/// The files of a theme and of those that it extends.
#[derive(Debug, Default)]
pub(super) struct ThemeManifests {
    /// Every file, the extending theme's over the extended one's.
    pub files: Files,
    /// The themes one by one, the extending ones first.
    pub themes: Vec<Files>,
}

/// The theme's files over those of the themes that it extends, and what is wrong with the row.
pub(super) fn gather(sources: &Sources, name: &str, asked: &Place) -> (ThemeManifests, Vec<Diagnostic>) {
    let mut gathered = ThemeManifests::default();
    let mut found = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut next = Some((name.to_owned(), asked.clone()));
    while let Some((name, place)) = next.take() {
        if row.contains(&name) || row.len() == LONGEST_CHAIN {
            found.push(complaints::extends_itself(place, &name));
            break;
        }
        let Some(own) = read_theme(sources, &name) else {
            found.push(complaints::unknown_theme(place, &name, &list_themes(sources)));
            break;
        };
        next = read_manifest(&own, &mut found);
        for (path, file) in &own {
            if let SourceContent::Unreadable(why) = file.1.content() {
                found.push(complaints::unreadable_theme_file(Place::file(&file.0), why));
            }
            gathered.files.entry(path.clone()).or_insert_with(|| file.clone());
        }
        gathered.themes.push(own);
        row.push(name);
    }
    (gathered, found)
}

/// The files of one theme: the site's own folder, or the one that comes with the program.
fn read_theme(sources: &Sources, name: &str) -> Option<Files> {
    let folder = format!("{THEMES}/{name}");
    let own: Files = sources
        .below(&folder)
        .filter_map(|(path, source)| Some((path.below(&folder)?.to_owned(), (path.clone(), source.clone()))))
        .collect();
    if !own.is_empty() {
        return Some(own);
    }
    (name == BUILTIN).then(|| {
        let place = |path: &str| SourcePath::new(&format!("{folder}/{path}"));
        builtin_files().map(|(path, bytes)| (path.clone(), (place(&path), Source::bytes(bytes)))).collect()
    })
}

fn list_themes(sources: &Sources) -> Vec<String> {
    let mut names: Vec<String> =
        sources.below(THEMES).filter_map(|(path, _)| Some(path.below(THEMES)?.split_once('/')?.0.to_owned())).collect();
    names.push(BUILTIN.to_owned());
    names.dedup();
    names
}

/// Reads `theme.toml`: the theme that this one extends, if any.
fn read_manifest(files: &Files, found: &mut Vec<Diagnostic>) -> Option<(String, Place)> {
    let (path, source) = files.get("theme.toml")?;
    let table = read_table(path, source.as_text()?, found);
    for Entry { key, .. } in table.iter() {
        let known = ["name", "description", "extends", "license", "version"];
        if !known.contains(&&*key.value) {
            found.push(complaints::unknown_theme_key(Place::at(path, key.span), key, nearest(key, known)));
        }
    }
    let extends = table.get("extends")?;
    let place = Place::at(path, extends.span);
    match extends.as_text() {
        Some(name) => Some((name.to_owned(), place)),
        None => {
            found.push(complaints::broken_theme_file(place, "`extends` must be the name of a theme in quotes"));
            None
        }
    }
}

/// The keys and values of a theme's file; complains of each part that is no TOML.
pub(super) fn read_table(path: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Table {
    let (table, errors) = toml::read(&PatchedText::new(text.to_owned(), 0));
    found.extend(errors.iter().map(|error| complaints::broken_theme_file(Place::at(path, error.span), "")));
    table
}
