//! Which files make up a theme: its own, over those of the themes that it extends.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::complaints;
use crate::base::{Diagnostic, Fingerprint, PatchedText, Place, Source, SourceContent, SourcePath, Sources, nearest};
use crate::site::THEMES;
use crate::syntax::toml::{self, Entry, Table, Value};

/// The themes that come with the program, by name.
static BUILTIN: [(&str, Dir); 2] = [
    ("hearth", include_dir!("$CARGO_MANIFEST_DIR/themes/hearth")),
    ("nearer", include_dir!("$CARGO_MANIFEST_DIR/themes/nearer")),
];
/// More themes in a row than this are a mistake.
const LONGEST_CHAIN: usize = 8;

/// One theme's files by their path in it, each with where it comes from.
pub type Files = BTreeMap<String, (SourcePath, Source)>;

/// The files of a theme that comes with the program, by their path in it; `None` if none of that name does.
#[must_use]
pub fn builtin_files(name: &str) -> Option<Vec<(String, &'static [u8])>> {
    let (_, theme) = BUILTIN.iter().find(|(known, _)| *known == name)?;
    let mut folders = vec![theme];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())));
    }
    files.sort();
    Some(files)
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
    /// The colours or figures that a kind may name, as the first theme says it that has some.
    pub accents: Option<Vec<String>>,
    /// Scripts that are put together from others.
    pub scripts: Bundles,
    /// Style sheets that are.
    pub sheets: Bundles,
}

/// Assets that are put together from others: each with the names of its parts, and where these stand.
pub type Bundles = BTreeMap<String, Vec<(String, Place)>>;

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
        let manifest = read_manifest(&own, &mut found);
        gathered.accents = gathered.accents.or(manifest.accents);
        for (own, all) in [(manifest.scripts, &mut gathered.scripts), (manifest.sheets, &mut gathered.sheets)] {
            for (name, parts) in own {
                all.entry(name).or_insert(parts);
            }
        }
        next = manifest.extends;
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
    let place = |path: &str| SourcePath::new(&format!("{folder}/{path}"));
    let files = builtin_files(name)?.into_iter();
    Some(files.map(|(path, bytes)| (path.clone(), (place(&path), Source::bytes(bytes)))).collect())
}

fn list_themes(sources: &Sources) -> Vec<String> {
    let mut names: Vec<String> =
        sources.below(THEMES).filter_map(|(path, _)| Some(path.below(THEMES)?.split_once('/')?.0.to_owned())).collect();
    names.extend(BUILTIN.iter().map(|(name, _)| (*name).to_owned()));
    names.sort();
    names.dedup();
    names
}

/// What `theme.toml` says.
#[derive(Debug, Default)]
struct Manifest {
    /// The theme that this one extends, if any, and where it says so.
    extends: Option<(String, Place)>,
    /// The colours or figures that a kind may name.
    accents: Option<Vec<String>>,
    /// Scripts that are put together from others.
    scripts: Bundles,
    /// Style sheets that are.
    sheets: Bundles,
}

/// The keys of `theme.toml`.
const KEYS: [&str; 8] = ["name", "description", "extends", "accents", "scripts", "sheets", "license", "version"];

fn read_manifest(files: &Files, found: &mut Vec<Diagnostic>) -> Manifest {
    let mut manifest = Manifest::default();
    let Some((path, source)) = files.get("theme.toml") else { return manifest };
    let Some(text) = source.as_text() else { return manifest };
    for Entry { key, value } in read_table(path, text, found).iter() {
        let place = Place::at(path, value.span);
        let texts = || value.as_list()?.iter().map(|item| item.as_text().map(str::to_owned)).collect();
        match (&*key.value, value.as_text(), texts()) {
            ("extends", Some(name), _) => manifest.extends = Some((name.to_owned(), place)),
            ("extends", None, _) => {
                found.push(complaints::broken_theme_file(place, "`extends` must be the name of a theme in quotes"));
            }
            ("accents", _, Some(names)) => manifest.accents = Some(names),
            ("accents", ..) => {
                found.push(complaints::broken_theme_file(place, "`accents` must be a list of names in quotes"));
            }
            ("scripts" | "sheets", ..) => match read_bundles(path, value) {
                Some(bundles) if &*key.value == "scripts" => manifest.scripts = bundles,
                Some(bundles) => manifest.sheets = bundles,
                None => found.push(complaints::broken_theme_file(
                    place,
                    "each line below it is a name in quotes, `=`, and a list of names in quotes",
                )),
            },
            (known, ..) if KEYS.contains(&known) => {}
            (unknown, ..) => {
                let place = Place::at(path, key.span);
                found.push(complaints::unknown_theme_key(place, unknown, nearest(unknown, KEYS)));
            }
        }
    }
    manifest
}

fn read_bundles(path: &SourcePath, value: &Value) -> Option<Bundles> {
    let bundle = |Entry { key, value }: &Entry| {
        let parts = value.as_list()?.iter().map(|part| Some((part.as_text()?.to_owned(), Place::at(path, part.span))));
        Some((key.value.to_string(), parts.collect::<Option<_>>()?))
    };
    value.as_table()?.iter().map(bundle).collect()
}

/// The keys and values of a theme's file; complains of each part that is no TOML.
pub(super) fn read_table(path: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Table {
    let (table, errors) = toml::read(&PatchedText::new(text.to_owned(), 0));
    found.extend(errors.iter().map(|error| complaints::broken_theme_file(Place::at(path, error.span), "")));
    table
}
