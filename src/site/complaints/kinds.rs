//! What can be wrong with the kinds that `site.toml` declares.

use crate::base::{Code, Diagnostic, Place, SourcePath, Span, Spanned, in_backticks, in_quotes, nearest, surely};
use crate::site::CONTENT;
use crate::site::settings::TYPES;

/// A name that cannot name a kind, a field or a relation.
pub(crate) fn name_taken(path: &SourcePath, span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::NameTaken, Place::at(path, span), format!("`{name}` cannot be a name here: {why}"))
        .help("choose another name")
}

/// A field's type that does not exist.
pub(crate) fn unknown_type(path: &SourcePath, span: Span, found: &str) -> Diagnostic {
    let meant = match found {
        "string" | "words" => Some("text"),
        "number" | "int" => Some("integer"),
        "bool" | "yes" => Some("boolean"),
        "day" => Some("date"),
        "enum" | "select" => Some("choice"),
        _ => nearest(found, TYPES),
    };
    Diagnostic::new(Code::UnknownType, Place::at(path, span), format!("there is no type `{found}`")).suggest(meant).help(
        "the types are `text`, `integer` (a whole number), `boolean` (`true` or `false`), `date`, `choice` and `list`",
    )
}

/// A name of a kind that is not declared.
pub(crate) fn unknown_kind<'a>(
    path: &SourcePath,
    span: Span,
    found: &str,
    kinds: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let kinds: Vec<&str> = kinds.collect();
    let complaint = Diagnostic::new(Code::UnknownKind, Place::at(path, span), format!("there is no kind `{found}`"))
        .suggest(nearest(found, kinds.iter().copied()))
        .help(format!("declare it as `[kinds.{found}]`, or name one that is declared"));
    match surely(found, kinds) {
        Some(near) => complaint.help("name the kind so").fix(span, in_quotes(near)),
        None => complaint,
    }
}

/// Two things of one kind have the same name.
pub(crate) fn name_clash(path: &SourcePath, span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::NameClash, Place::at(path, span), message).help(help)
}

/// The name of a field or relation (`what`) that `kind` does not have.
pub(crate) fn unknown_field<'a>(
    path: &SourcePath,
    Spanned { value: found, span }: &Spanned<Box<str>>,
    (kind, what): (&str, &str),
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let names: Vec<&str> = known.collect();
    let near = nearest(found, names.iter().copied());
    let list = in_backticks(&names, ", ");
    let help = if names.is_empty() { "it has none: add one to the kind".to_owned() } else { format!("it has {list}") };
    let message = format!("the kind `{kind}` has no {what} `{found}`");
    let complaint = Diagnostic::new(Code::UnknownField, Place::at(path, *span), message).suggest(near).help(help);
    match surely(found, names) {
        Some(near) => complaint.fix(*span, in_quotes(near)),
        None => complaint,
    }
}

/// The folder of a kind does not exist.
pub(crate) fn missing_folder(place: Place, folder: &str, kind: &str, near: &str) -> Diagnostic {
    let message = format!("there is no folder `{CONTENT}/{folder}` for pages of the kind `{kind}`");
    let help = format!("write the name of the folder that is there, or give that folder the name `{folder}`");
    Diagnostic::new(Code::MissingFolder, place, message).suggest(Some(near)).help(help)
}

/// A kind asks for safety notes, and there is no page for them to lead to.
pub(crate) fn no_help_page(path: &SourcePath, span: Span, kind: &str) -> Diagnostic {
    let message = format!("the pages of `{kind}` must lead to a page for readers who are not safe, and there is none");
    Diagnostic::new(Code::NoHelpPage, Place::at(path, span), message)
        .help("write such a page, and name it: `[help]`, and below it `page = \"help.md\"`")
}
