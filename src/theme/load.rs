//! A theme's files → a `Theme`; every mistake in them is named where it stands.

use std::collections::BTreeMap;

use tera::{ErrorKind, Tera};

use super::files::{self, Files};
use super::{Theme, assets, complaints};
use crate::base::{Diagnostic, Place, Source, SourcePath, Sources, Span};

/// More mistakes than this in one run help nobody.
const MOST_TEMPLATE_ERRORS: usize = 30;

/// Loads the theme `name` for a site in `language`; `asked` is where the configuration names it.
#[must_use]
pub fn load(sources: &Sources, name: &str, language: &str, asked: &Place) -> (Theme, Vec<Diagnostic>) {
    let (files, mut found) = files::gather(sources, name, asked);
    let texts = template_texts(&files, &mut found);
    let templates = compile(&texts, &mut found);
    let assets = assets::collect(&files, &mut found);
    let strings = strings(&files, language, asked, &mut found);
    let paths = texts.into_iter().map(|(name, (path, _))| (name, path)).collect();
    let fingerprint = files::fingerprint(sources, name, language);
    (Theme { fingerprint, assets, templates, paths, strings }, found)
}

type Texts = BTreeMap<String, (SourcePath, String)>;

fn template_texts(files: &Files, found: &mut Vec<Diagnostic>) -> Texts {
    let mut texts = Texts::new();
    for (path, (place, source)) in files {
        let Some(name) = path.strip_prefix("templates/") else { continue };
        if source.as_bytes().is_none() {
            continue;
        }
        match source.as_text() {
            Some(text) => {
                drop(texts.insert(name.to_owned(), (place.clone(), text.trim_start_matches('\u{feff}').to_owned())))
            }
            None => found.push(complaints::theme_not_text(Place::file(place))),
        }
    }
    texts
}

/// Compiles the templates; those with mistakes are named and left out, so that the others are looked at too.
fn compile(texts: &Texts, found: &mut Vec<Diagnostic>) -> Tera {
    let mut left: BTreeMap<&str, &(SourcePath, String)> =
        texts.iter().map(|(name, text)| (name.as_str(), text)).collect();
    for _ in 0..MOST_TEMPLATE_ERRORS {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml"]);
        let Err(error) = tera.add_raw_templates(left.iter().map(|(name, (_, text))| (*name, text.as_str()))) else {
            return tera;
        };
        let (diagnostic, culprit) = describe(&error, texts);
        let is_circle = matches!(error.kind(), ErrorKind::CircularExtend { .. } | ErrorKind::CircularInclude { .. });
        found.push(diagnostic);
        if is_circle {
            // Without one of its members the others would only miss it.
            break;
        }
        if culprit.is_none_or(|name| left.remove(name.as_str()).is_none()) {
            break;
        }
    }
    Tera::default()
}

/// What an error of the template engine says, and which template it speaks of.
pub(super) fn describe(error: &tera::Error, texts: &Texts) -> (Diagnostic, Option<String>) {
    let place =
        |name: &str| texts.get(name).map_or_else(|| Place::file(&SourcePath::new(name)), |(path, _)| Place::file(path));
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let place = Place { span: Some(Span::from(report.span().range.clone())), ..place(report.filename()) };
            (complaints::broken_template(place, report.message()), Some(report.filename().to_owned()))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            (complaints::template_circle(place(tpl), inheritance_chain), Some(tpl.clone()))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            (complaints::template_circle(place(tpl), include_chain), Some(tpl.clone()))
        }
        ErrorKind::MissingParent { current, parent } => {
            let near = crate::base::nearest(parent, texts.keys().map(String::as_str));
            (
                complaints::missing_template(span_of(place(current), texts, current, parent), current, parent, near),
                Some(current.clone()),
            )
        }
        ErrorKind::TemplateNotFound(name) => {
            let asking =
                texts.iter().find(|(_, (_, text))| text.contains(name.as_str())).map(|(asking, _)| asking.clone());
            let current = asking.clone().unwrap_or_default();
            let near = crate::base::nearest(name, texts.keys().map(String::as_str));
            (
                complaints::missing_template(span_of(place(&current), texts, &current, name), &current, name, near),
                asking,
            )
        }
        other => {
            let message = other.to_string();
            if let Some(name) = message
                .split_once("Unknown template `")
                .and_then(|(_, rest)| rest.split_once('`'))
                .map(|(name, _)| name)
            {
                return describe(&tera::Error::new(ErrorKind::TemplateNotFound(name.to_owned())), texts);
            }
            let culprit = texts.keys().find(|name| {
                message.contains(&format!("'{name}'"))
                    || message.contains(&format!("`{name}`"))
                    || message.contains(name.as_str())
            });
            let place = culprit.map_or_else(|| Place::file(&SourcePath::new("themes")), |name| place(name));
            (complaints::broken_template(place, &message), culprit.cloned())
        }
    }
}

/// The place where a template names another.
fn span_of(place: Place, texts: &Texts, current: &str, name: &str) -> Place {
    let start = texts.get(current).and_then(|(_, text)| text.find(name));
    Place { span: start.map(|start| Span::new(start, start + name.len())), ..place }
}

/// The theme's words in the site's language, or in its main language (`en` for `en-GB`).
fn strings(files: &Files, language: &str, asked: &Place, found: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let main = language.split(['-', '_']).next().unwrap_or(language);
    let known: Vec<&str> =
        files.keys().filter_map(|path| path.strip_prefix("strings/")?.strip_suffix(".toml")).collect();
    let file = [language, main].into_iter().find_map(|name| files.get(&format!("strings/{name}.toml")));
    match file {
        Some((path, source)) => read_strings(path, source, found),
        None if known.is_empty() => BTreeMap::new(),
        None => {
            found.push(complaints::unknown_language(asked.clone(), language, &known));
            BTreeMap::new()
        }
    }
}

fn read_strings(path: &SourcePath, source: &Source, found: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let Some(text) = source.as_text() else {
        found.push(complaints::theme_not_text(Place::file(path)));
        return BTreeMap::new();
    };
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    for error in &errors {
        found.push(complaints::broken_theme_file(
            Place { path: path.clone(), span: error.span().map(Into::into) },
            error.message(),
        ));
    }
    let mut strings = BTreeMap::new();
    for (key, value) in table.get_ref() {
        match value.get_ref().as_str() {
            Some(text) => drop(strings.insert(key.get_ref().to_string(), text.to_owned())),
            None => found.push(complaints::broken_theme_file(
                Place::at(path, value.span().into()),
                "every word of a theme is a text in quotes",
            )),
        }
    }
    strings
}
