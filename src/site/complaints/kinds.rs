//! What can be wrong with the kinds that `site.toml` declares.

use crate::base::{Code, Diagnostic, Place, SourcePath, Span, Spanned, in_backticks, in_quotes, nearest, surely};
use crate::site::CONTENT;

/// A name that cannot name a kind, a field or a relation.
pub(crate) fn name_taken(path: &SourcePath, span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::NameTaken, Place::at(path, span), format!("`{name}` cannot be a name here: {why}"))
        .help("choose another name")
}

/// A field's type that does not exist, or not here, where it is one of `types`.
pub(crate) fn unknown_type(path: &SourcePath, span: Span, found: &str, types: &[&str]) -> Diagnostic {
    let meant = match found {
        "string" | "words" => Some("text"),
        "float" | "decimal" => Some("number"),
        "int" => Some("integer"),
        "bool" | "yes" => Some("boolean"),
        "day" => Some("date"),
        "enum" | "select" => Some("choice"),
        "image" | "photo" => Some("picture"),
        "link" | "address" | "uri" => Some("url"),
        "maps" | "list of maps" | "table" => Some("list of map"),
        _ => nearest(found, types.iter().copied()),
    };
    let meant = meant.filter(|meant| types.contains(meant));
    Diagnostic::new(Code::UnknownType, Place::at(path, span), format!("there is no type `{found}` here"))
        .suggest(meant)
        .help(format!("the types are {}", in_backticks(types, ", ")))
}

/// The checklist names the boxes of more people, or of fewer, than fill it in.
pub(crate) fn other_answers(path: &SourcePath, span: Span, answers: usize, people: usize) -> Diagnostic {
    let people = if people == 1 { "one person fills".to_owned() } else { format!("{people} people fill") };
    let names = if answers == 1 { "one name".to_owned() } else { format!("{answers} names") };
    Diagnostic::new(Code::WrongSetting, Place::at(path, span), format!("`answers` has {names}, and {people} it in"))
        .help("name one box for each who fills the checklist in, or set `people`")
}

/// A field in a part of the page that cannot show it.
pub(crate) fn unfit_field(path: &SourcePath, name: &Spanned<Box<str>>, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnfitField,
        Place::at(path, name.span),
        format!("`{}` cannot stand here: it {why}", name.value),
    )
    .help("take it out of this list, or show it among the `facts`")
}

/// A default that a page could not say itself.
pub(crate) fn unfit_default(path: &SourcePath, span: Span, of: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnfitField,
        Place::at(path, span),
        format!("a field of the type `{of}` cannot be this by default"),
    )
    .help("write a value as pages would write it")
}

/// A default beside another setting that it takes its meaning.
pub(crate) fn default_and(path: &SourcePath, span: Span, other: &str) -> Diagnostic {
    let message =
        format!("with a `default`, no page leaves this out, and `{other}` asks for nothing it could say itself");
    Diagnostic::new(Code::UnfitField, Place::at(path, span), message).help(format!("take out `default` or `{other}`"))
}

/// A setting that says nothing of a field of the type `of`.
pub(crate) fn needless_setting(path: &SourcePath, span: Span, key: &str, of: &str) -> Diagnostic {
    let message = match key {
        "hidden" => format!("a `{of}` cannot be hidden: readers see where it leads"),
        _ => format!("`{key}` says nothing of a field of the type `{of}`"),
    };
    Diagnostic::new(Code::UnfitField, Place::at(path, span), message).help(format!("take `{key}` out"))
}

/// A bound that no value can keep.
pub(crate) fn unfit_bound(path: &SourcePath, span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(Code::UnfitField, Place::at(path, span), format!("nothing can keep this `{key}`"))
        .help("write a `min` that is not above `max`; whole numbers, not below 0 for lists")
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
