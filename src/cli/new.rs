//! `betwixt new KIND TITLE`: a page to start from, with every key that its kind asks for.

use std::fmt::Write as _;

use super::arguments::{Global, New};
use super::edits::{commit, read_whole};
use super::terminal::Terminal;
use super::{Answer, Outcome, unknown_kind};
use crate::base::{BadOutPath, OutPath, SourcePath, Sources, in_quotes, slugify};
use crate::cures;
use crate::disk::SourceEdit;
use crate::pipeline;
use crate::site::{CONTENT, Field, FieldShape, Kind, Relation, Site};

/// Writes the page, as a draft, where its kind lives; an existing file is never touched.
pub fn run(global: &Global, options: &New, terminal: &Terminal) -> Answer {
    let sources = read_whole(global)?;
    let (site, diagnostics) = cures::read_site(&sources, &sources.request.configuration);
    let Some(site) = site else {
        terminal.report(&diagnostics, &sources);
        return Ok(Outcome::Problems);
    };
    let kind = find_kind(&site, &options.kind)?;
    let slug = slugify(&options.title);
    if slug.is_empty() {
        return Err(
            format!("no file name can be made from `{}`: a title needs letters or digits", options.title).into()
        );
    }
    let folder = match kind.filter(|kind| !kind.is_plain()) {
        Some(kind) => format!("{CONTENT}/{}", kind.folder),
        None => CONTENT.to_owned(),
    };
    let path = format!("{folder}/{slug}.md");
    check_name(&slug, &path)?;
    if let Some(same) = find_same_title(&options.title, &sources) {
        terminal.warn(format_args!(
            "`{same}` has the title `{}` too: readers cannot tell them apart",
            options.title.trim()
        ));
    }
    let text = write_page(&options.title, kind).into_bytes();
    let edit = SourceEdit::in_place(&SourcePath::new(&path), None, text.into());
    commit(global, vec![edit])?;
    terminal.say(format_args!("`{path}` is there, as a draft: write it, then take out the line `draft: true`"));
    Ok(Outcome::Done)
}

/// The page that has this title already.
fn find_same_title(title: &str, sources: &Sources) -> Option<String> {
    let title = title.trim().to_lowercase();
    let (pages, _) = pipeline::survey(sources);
    pages.iter().find(|page| page.title.to_lowercase() == title).map(|page| page.path.to_string())
}

/// Refuses a name that a build would refuse, or that means something else: the published path is as long as `path`.
fn check_name(slug: &str, path: &str) -> Result<(), String> {
    let cure = "start with another title, and write the real one into the file";
    match OutPath::new(path) {
        Ok(_) if slug == "index" => Err(format!("`index.md` is the page of its whole folder: {cure}")),
        Ok(_) => Ok(()),
        Err(BadOutPath::TooLong) => {
            let message = "a file's name cannot be made from so long a title: start with a shorter one";
            Err(format!("{message}, and write the whole of it into the file"))
        }
        Err(_) => Err(format!("no file can be called `{slug}.md`, as Windows keeps that name for itself: {cure}")),
    }
}

/// The kind of that name; `None` for a plain page.
fn find_kind<'s>(site: &'s Site, name: &str) -> Result<Option<&'s Kind>, String> {
    if name == "page" {
        return Ok(site.kind(name));
    }
    site.kind(name).map(Some).ok_or_else(|| {
        let names: Vec<&str> = site.rules.declared().map(|kind| &*kind.name).chain(["page"]).collect();
        unknown_kind(name, &names)
    })
}

/// The text of the page.
fn write_page(title: &str, kind: Option<&Kind>) -> String {
    let mut text = format!("---\ntitle: {}\ndraft: true\n", quote(title));
    for field in kind.map_or(&[][..], |kind| &kind.fields) {
        add_field(&mut text, field);
    }
    for relation in kind.map_or(&[][..], |kind| &kind.relations) {
        add_relation(&mut text, relation);
    }
    text.push_str("---\n\n");
    text
}

fn add_field(text: &mut String, field: &Field) {
    let value = match &field.shape {
        FieldShape::Text { .. } | FieldShape::Page | FieldShape::File | FieldShape::Picture => "\"…\"".to_owned(),
        FieldShape::Markdown { .. } => "|\n  …".to_owned(),
        FieldShape::List(_) => "[\"…\"]".to_owned(),
        FieldShape::Map(keys) => inner_keys(keys, "\n  ", "\n  "),
        FieldShape::Maps(keys, _) => inner_keys(keys, "\n  - ", "\n    "),
        // Nothing is made up for the author: the key stays empty, and is asked for.
        _ => String::new(),
    };
    let mut note = field.help.to_string();
    if let FieldShape::Choice(values) = &field.shape {
        let _ = write!(note, "{}one of {}", if note.is_empty() { "" } else { ": " }, values.join(", "));
    }
    for line in note.lines() {
        let _ = writeln!(text, "# {line}");
    }
    // A key that may be missing is there to be seen, and switched off.
    let off = if field.required { "" } else { "# " };
    let lines = format!("{off}{}: {value}", field.name).replace('\n', &format!("\n{off}"));
    for line in lines.lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// The keys of a map, the first and the others each on a line that begins so.
fn inner_keys(keys: &[Field], first: &str, others: &str) -> String {
    let starts = std::iter::once(first).chain(std::iter::repeat(others));
    keys.iter().zip(starts).flat_map(|(key, start)| [start, &key.name, ":"]).collect()
}

fn add_relation(text: &mut String, relation: &Relation) {
    let _ = writeln!(text, "# at least {}: the file name of a {}, without .md", relation.min, relation.to);
    let _ = writeln!(text, "{}:\n  - to: \"…\"", relation.name);
    if relation.why_required {
        let _ = writeln!(text, "    why: \"…\"");
    }
}

/// A text in double quotes, as YAML reads it, without what nobody sees.
fn quote(text: &str) -> String {
    in_quotes(&text.chars().filter(|c| !c.is_control()).collect::<String>())
}
