//! What can be wrong with the kinds that `site.toml` declares; the doc comments are what `betwixt explain` prints.

use crate::base::{Diagnostic, Place, SourcePath, Span, in_backticks, in_quotes, nearest, surely};
use crate::site::CONTENT;
use crate::site::settings::TYPES;

/// A name that cannot name a kind, a field or a relation.
///
/// Names are made of small letters, digits and `_`, and begin with a letter, so that templates can use them.
/// They must not be the name of a key that every page has, such as `title`.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// fields.title = { type = "text" }
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// fields.subtitle = { type = "text" }
/// ```
pub(crate) fn name_taken(path: &SourcePath, span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("name-taken", Place::at(path, span), format!("`{name}` cannot be a name here: {why}"))
        .help("choose another name")
}

/// A field's type that does not exist.
///
/// The types are `text`, `integer` (a whole number), `boolean` (`true` or `false`), `date`, `choice` (with `values`) and `list`.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// fields.minutes = { type = "number" }
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// fields.minutes = { type = "integer" }
/// ```
pub(crate) fn unknown_type(path: &SourcePath, span: Span, found: &str) -> Diagnostic {
    let meant = match found {
        "string" | "words" => Some("text"),
        "number" | "int" => Some("integer"),
        "bool" | "yes" => Some("boolean"),
        "day" => Some("date"),
        "enum" | "select" => Some("choice"),
        _ => nearest(found, TYPES),
    };
    Diagnostic::error("unknown-type", Place::at(path, span), format!("there is no type `{found}`")).suggest(meant).help(
        "the types are `text`, `integer` (a whole number), `boolean` (`true` or `false`), `date`, `choice` and `list`",
    )
}

/// A name of a kind that is not declared.
///
/// Relations and the checklist name kinds: each must be declared as `[kinds.NAME]`.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// relations.before = { to = "practise", inverse = "after" }
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// relations.before = { to = "practice", inverse = "after" }
/// ```
pub(crate) fn unknown_kind<'a>(
    path: &SourcePath,
    span: Span,
    found: &str,
    kinds: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let kinds: Vec<&str> = kinds.collect();
    let complaint = Diagnostic::error("unknown-kind", Place::at(path, span), format!("there is no kind `{found}`"))
        .suggest(nearest(found, kinds.iter().copied()))
        .help(format!("declare it as `[kinds.{found}]`, or name one that is declared"));
    match surely(found, kinds) {
        Some(near) => complaint.help("name the kind so").fix(span, in_quotes(near)),
        None => complaint,
    }
}

/// Two things of one kind have the same name.
///
/// A page of a kind shows its fields, its relations and the relations that lead to it, each under its name; two
/// of them under one name could not be told apart. The same goes for two kinds in one folder.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// relations.before = { to = "practice", inverse = "signs" }
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// relations.before = { to = "practice", inverse = "after" }
/// ```
pub(crate) fn name_clash(path: &SourcePath, span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("name-clash", Place::at(path, span), message).help(help)
}

/// The checklist names a field or relation that its kind does not have.
///
/// It names the field that couples tick, and the relation whose pages are suggested to them.
///
/// Wrong:
/// ```toml
/// [checklist]
/// page = "checklist.md"
/// items = "sign"
/// statement = "sentence"
/// suggest = "practices"
/// ```
/// Right:
/// ```toml
/// [checklist]
/// page = "checklist.md"
/// items = "sign"
/// statement = "statement"
/// suggest = "practices"
/// ```
pub(crate) fn checklist_name<'a>(
    path: &SourcePath,
    span: Span,
    what: &str,
    found: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let names: Vec<&str> = known.collect();
    let near = nearest(found, names.iter().copied());
    let list = in_backticks(&names, ", ");
    let help = if names.is_empty() { "it has none: add one to the kind".to_owned() } else { format!("it has {list}") };
    let message = format!("the checklist's kind has no {what} `{found}`");
    let complaint = Diagnostic::error("checklist-name", Place::at(path, span), message).suggest(near).help(help);
    match surely(found, names) {
        Some(near) => complaint.fix(span, in_quotes(near)),
        None => complaint,
    }
}

/// The folder of a kind does not exist.
///
/// Each kind of page lives in its folder below `content`. If that folder gets another name, its pages are of no kind any more.
///
/// Wrong:
/// ```toml
/// [kinds.practice]
/// folder = "practises"
/// ```
/// Right:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// ```
pub(crate) fn missing_folder(place: Place, folder: &str, kind: &str, near: &str) -> Diagnostic {
    let message = format!("there is no folder `{CONTENT}/{folder}` for pages of the kind `{kind}`");
    let help = format!("write the name of the folder that is there, or give that folder the name `{folder}`");
    Diagnostic::error("missing-folder", place, message).suggest(Some(near)).help(help)
}

/// A kind asks for safety notes, and there is no page for them to lead to.
///
/// `safety = "required"` of a kind says that each of its pages leads to the page of `[help]`.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.exercise]
/// folder = "exercises"
/// safety = "required"
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.exercise]
/// folder = "exercises"
/// safety = "required"
///
/// [help]
/// page = "before-you-start.md"
/// ```
/// And in `content/before-you-start.md`:
/// ```markdown
/// ---
/// title: Before you start
/// ---
/// Are you safe?
/// ```
pub(crate) fn no_help_page(path: &SourcePath, span: Span, kind: &str) -> Diagnostic {
    let message = format!("the pages of `{kind}` must lead to a page for readers who are not safe, and there is none");
    Diagnostic::error("no-help-page", Place::at(path, span), message)
        .help("write such a page, and name it: `[help]`, and below it `page = \"before-you-start.md\"`")
}
