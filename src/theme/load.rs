//! A theme's files → a `Theme`; every mistake in them is named where it stands.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera, Value};

use super::files::{self, Files};
use super::{Theme, assets, complaints, parts, tags, unknown, words};
use crate::base::{Diagnostic, Place, SourcePath, Sources, Span, nearest};

/// More mistakes than this in one run help nobody.
const MOST_TEMPLATE_ERRORS: usize = 30;

/// A byte order mark.
pub(super) const MARK: char = '\u{feff}';

/// A name that the configuration gives, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked<'s> {
    /// The name.
    pub name: &'s str,
    /// Where it stands.
    pub place: Place,
}

/// Loads the theme that a site in `language` asks for.
#[must_use]
pub fn load(sources: &Sources, theme: &Asked<'_>, language: &Asked<'_>) -> (Theme, Vec<Diagnostic>) {
    let (gathered, mut found) = files::gather(sources, theme.name, &theme.place);
    let files = &gathered.files;
    let texts = collect_templates(files, &mut found);
    let marked: BTreeSet<SourcePath> =
        texts.values().filter(|(path, _)| has_mark(sources, path)).map(|(path, _)| path.clone()).collect();
    let before = found.len();
    let compiled = compile(&texts, &mut found);
    let named: BTreeMap<&str, &str> = texts.iter().map(|(name, (_, text))| (name.as_str(), text.as_str())).collect();
    if let Some(row) = compiled.as_ref().and_then(|_| parts::find_too_deep_row(&named)) {
        found.push(complaints::template_row(Place::file(&texts[row[0]].0), &row));
    }
    for complaint in &mut found[before..] {
        let notes = complaint.notes.iter_mut().map(|note| &mut note.place);
        for place in notes.chain([&mut complaint.place]).filter(|place| marked.contains(&place.path)) {
            place.span = place.span.map(|span| span.shifted(MARK.len_utf8()));
        }
    }
    let assets = assets::collect(&gathered, &mut found);
    let ebook_style = assets::read_ebook_style(&gathered.themes, &mut found);
    let words = words::collect_words(&gathered.themes, language, &named, &mut found);
    let templates = compiled.unwrap_or_default();
    let parts = parts::find_parts(&named);
    let paths = texts.into_iter().map(|(name, (path, _))| (name, path)).collect();
    let fingerprint = files::fingerprint(sources, theme.name, language.name);
    let accents = gathered.accents.unwrap_or_default();
    let is_sound = found.is_empty();
    (Theme { is_sound, fingerprint, assets, ebook_style, templates, parts, paths, marked, words, accents }, found)
}

/// Does the file begin with a byte order mark, which the engine is not given?
fn has_mark(sources: &Sources, path: &SourcePath) -> bool {
    sources.text(path).is_some_and(|text| text.starts_with(MARK))
}

/// The templates by name, with their files.
pub(super) type Texts = BTreeMap<String, (SourcePath, String)>;

fn collect_templates(files: &Files, found: &mut Vec<Diagnostic>) -> Texts {
    let mut texts = Texts::new();
    for (path, (place, source)) in files {
        let Some(name) = path.strip_prefix("templates/") else { continue };
        if source.as_bytes().is_none() {
            continue;
        }
        match source.as_text() {
            Some(text) => {
                drop(texts.insert(name.to_owned(), (place.clone(), text.strip_prefix(MARK).unwrap_or(text).to_owned())))
            }
            None => found.push(complaints::theme_not_text(Place::file(place))),
        }
    }
    texts
}

/// Compiles the templates. If they cannot be, each is looked at by itself, so that one mistake does not hide another, and
/// none is blamed on a template that is sound.
fn compile(texts: &Texts, found: &mut Vec<Diagnostic>) -> Option<Tera> {
    let mut tera = build_engine();
    let Err(error) = tera.add_raw_templates(texts.iter().map(|(name, (_, text))| (name, text))) else {
        return Some(tera);
    };
    let alone = texts.iter().filter_map(|(name, (_, text))| {
        let error = build_engine().add_raw_templates([(name, text)]).err()?;
        // What a template asks of others cannot be there yet.
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| describe(&error, texts))
    });
    let before = found.len();
    found.extend(alone.take(MOST_TEMPLATE_ERRORS));
    if found.len() == before {
        let unknown = match error.kind() {
            ErrorKind::Msg(message) => unknown::find_unknown(message, texts),
            _ => Vec::new(),
        };
        if unknown.is_empty() {
            found.push(describe(&error, texts));
        }
        found.extend(unknown.into_iter().take(MOST_TEMPLATE_ERRORS));
    }
    None
}

/// The template engine as themes find it.
fn build_engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    tera.register_filter("safe", safe);
    tera
}

/// Text that is HTML already. The engine's own filter turns a name that does not exist into nothing.
fn safe(value: Value, _: tera::Kwargs, _: &tera::State) -> tera::TeraResult<Value> {
    if value.is_undefined() {
        return Err(tera::Error::message("this name is not defined"));
    }
    Ok(value.mark_safe())
}

/// What an error of the template engine says, at the template that it speaks of.
fn describe(error: &tera::Error, texts: &Texts) -> Diagnostic {
    let path = |name: &str| texts.get(name).map_or_else(|| SourcePath::new("themes"), |(path, _)| path.clone());
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = Span::from(report.span().range.clone());
            let path = path(report.filename());
            let complaint = complaints::broken_template(Place::at(&path, span), report.message());
            match texts.get(report.filename()).and_then(|(_, text)| tags::find_last_open(text.get(..span.start)?)) {
                Some(open) => complaint.note(Place::at(&path, open.span), format!("this `{}` is open here", open.name)),
                None => complaint,
            }
        }
        ErrorKind::CircularExtend { tpl: name, inheritance_chain: row }
        | ErrorKind::CircularInclude { tpl: name, include_chain: row } => {
            complaints::template_circle(Place::file(&path(name)), row)
        }
        ErrorKind::MissingParent { current, parent } => {
            let start = texts.get(current).and_then(|(_, text)| text.find(parent));
            let span = start.map(|start| Span::new(start, start + parent.len()));
            let near = nearest(parent, texts.keys().map(String::as_str));
            complaints::missing_template(Place { path: path(current), span }, current, parent, near)
        }
        other => {
            let message = other.to_string();
            let named = texts.keys().find(|name| message.contains(&format!("`{name}`")));
            complaints::broken_template(Place::file(&path(named.map_or("", |name| name))), &message)
        }
    }
}
