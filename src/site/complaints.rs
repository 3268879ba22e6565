//! What can be wrong in `site.toml`; the doc comments are what `betwixt explain` prints.

use crate::base::{Diagnostic, Place, SourcePath, Span, nearest};

/// There is no `site.toml`.
///
/// Every guide has one file at its root that says what it is called, where it is published and which kinds of
/// page it has. `betwixt init` writes one to start from.
pub(crate) fn no_configuration(path: &SourcePath) -> Diagnostic {
    Diagnostic::error("no-configuration", Place::file(path), format!("there is no `{path}` here"))
        .help("change to the folder of your guide, name it with `--root`, or start a new guide with `betwixt init`")
}

/// The configuration could not be read as a file of text.
///
/// It may be locked, a link that leads out of the site, or not saved as UTF-8 text.
pub(crate) fn unreadable_configuration(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-configuration", Place::file(path), format!("`{path}` cannot be read: {why}"))
        .help("save it as a plain text file in UTF-8")
}

/// The configuration is not TOML.
///
/// `site.toml` is made of lines such as `title = "Nearer"`, below headings such as `[markdown]`. Text stands in
/// quotes, and each key stands once.
///
/// Wrong:
/// ```toml
/// title = Nearer
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn broken_configuration(path: &SourcePath, span: Option<Span>, message: &str) -> Diagnostic {
    let place = Place { path: path.clone(), span };
    let message = message.lines().next().unwrap_or_default().replace("invalid", "this is no").to_lowercase();
    Diagnostic::error("broken-configuration", place, format!("`{path}` is not written as TOML: {message}"))
        .help("text stands in quotes: `title = \"Nearer\"`; each key stands once")
}

/// A list or table in the configuration that is never closed.
///
/// A list begins with `[` and ends with `]`; a table within a line begins with `{` and ends with `}`.
///
/// Wrong:
/// ```toml
/// menu = [
///   { to = "@/signs/_index.md" },
/// ```
/// Right:
/// ```toml
/// menu = [
///   { to = "@/signs/_index.md" },
/// ]
/// ```
pub(crate) fn unclosed_bracket(place: Place, bracket: char) -> Diagnostic {
    let (what, end) = if bracket == '[' { ("list", ']') } else { ("table", '}') };
    Diagnostic::error("unclosed-bracket", place, format!("the {what} that begins here is never closed"))
        .help(format!("end it with `{end}`"))
}

/// One of the site's folders is something else.
///
/// `content`, `static` and `themes` are folders beside `site.toml`. A symbolic link in the place of one is not followed,
/// for what it leads to may change without the guide.
pub(crate) fn unreadable_folder(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-folder", Place::file(path), format!("`{path}` cannot be read: {why}"))
        .help("put a folder in its place, with the files in it")
}

/// A key in the configuration that Betwixt does not know.
///
/// Every key is checked, so that a slip of the finger is found and not silently passed over. Keys of your own
/// for the theme go below `[extra]`.
///
/// Wrong:
/// ```toml
/// titel = "Nearer"
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn unknown_setting<'a>(
    path: &SourcePath,
    span: Span,
    table: &str,
    key: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let near = nearest(key, known.clone());
    let place = if table.is_empty() { "at the top".to_owned() } else { format!("below `[{table}]`") };
    let list = known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::error("unknown-setting", Place::at(path, span), format!("there is no setting `{key}` {place}"))
        .suggest(near)
        .help(format!("the settings {place} are {list}"))
}

/// A setting of the wrong type.
///
/// Text stands in quotes, numbers and `true` or `false` do not, and lists stand in square brackets.
///
/// Wrong:
/// ```toml
/// title = 7
/// ```
/// Right:
/// ```toml
/// title = "Seven"
/// ```
pub(crate) fn wrong_setting(path: &SourcePath, span: Span, key: &str, found: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error(
        "wrong-setting",
        Place::at(path, span),
        format!("`{key}` must be {wanted}, and here stands {} {found}", article(found)),
    )
    .label(format!("this is {} {found}", article(found)))
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// A setting that every guide needs is missing.
///
/// `title` and `base_url` are needed by every page; a kind needs its `folder`, a relation the kind that it leads `to`.
pub(crate) fn missing_setting(path: &SourcePath, span: Span, table: &str, key: &str, example: &str) -> Diagnostic {
    let place = if table.is_empty() { "`site.toml`".to_owned() } else { format!("`[{table}]`") };
    Diagnostic::error("missing-setting", Place::at(path, span), format!("{place} does not say `{key}`"))
        .help(format!("add a line such as `{key} = {example}`"))
}

/// A setting stands there, but nothing is in it.
pub(crate) fn empty_setting(path: &SourcePath, span: Span, key: &str, example: &str) -> Diagnostic {
    Diagnostic::error("empty-setting", Place::at(path, span), format!("`{key}` is empty"))
        .help(format!("write something such as `{key} = {example}`"))
}

/// The address of the site is not a web address.
///
/// `base_url` says where the guide will be published: `https://`, a name, and a folder if it does not lie at the top.
///
/// Wrong:
/// ```toml
/// base_url = "nearer.example"
/// ```
/// Right:
/// ```toml
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn base_url(place: Place, value: &str) -> Diagnostic {
    Diagnostic::error("base-url", place, format!("`{value}` is not a whole web address"))
        .help("write it with its beginning: `base_url = \"https://nearer.example/\"`")
}

/// A name that cannot name a kind, a field or a relation.
///
/// Names are made of small letters, digits and `_`, and begin with a letter, so that templates can use them.
/// They must not be the name of a key that every page has, such as `title`.
pub(crate) fn name_taken(path: &SourcePath, span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("name-taken", Place::at(path, span), format!("`{name}` cannot be a name here: {why}"))
}

/// A field's type that does not exist.
///
/// The types are `text`, `integer`, `boolean`, `date`, `choice` (with `values`) and `list`.
pub(crate) fn unknown_type(path: &SourcePath, span: Span, found: &str) -> Diagnostic {
    let types = ["text", "integer", "boolean", "date", "choice", "list"];
    Diagnostic::error("unknown-type", Place::at(path, span), format!("there is no type `{found}`"))
        .suggest(nearest(found, types))
        .help("the types are `text`, `integer`, `boolean`, `date`, `choice` and `list`")
}

/// A name of a kind that is not declared.
///
/// Relations and the checklist name kinds: each must be declared as `[kinds.NAME]`.
pub(crate) fn unknown_kind<'a>(
    path: &SourcePath,
    span: Span,
    found: &str,
    kinds: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error("unknown-kind", Place::at(path, span), format!("there is no kind `{found}`"))
        .suggest(nearest(found, kinds))
        .help(format!("declare it as `[kinds.{found}]`, or name one that is declared"))
}

/// Two things of one kind have the same name.
///
/// A page of a kind shows its fields, its relations and the relations that lead to it, each under its name; two
/// of them under one name could not be told apart. The same goes for two kinds in one folder.
pub(crate) fn name_clash(path: &SourcePath, span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("name-clash", Place::at(path, span), message).help(help)
}

/// The checklist names a field or relation that its kind does not have.
pub(crate) fn checklist_name<'a>(
    path: &SourcePath,
    span: Span,
    what: &str,
    found: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error("checklist-name", Place::at(path, span), format!("the checklist's kind has no {what} `{found}`"))
        .suggest(nearest(found, known))
}

/// A folder name that leads out of the site, or that is not plain.
pub(crate) fn bad_folder(path: &SourcePath, span: Span, key: &str, found: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-folder",
        Place::at(path, span),
        format!("`{key}` is `{found}`, which is not a plain name below the site"),
    )
    .help("write a relative path without `..`, such as `signs`")
}

/// A value that would run as a program if the theme made a link of it.
///
/// Themes may make links of a kind's fields and of what stands below `extra`, on pages and in `site.toml`. An address
/// that begins with `javascript:`, `vbscript:` or `data:`, however it is written, is never one to follow.
///
/// Wrong:
/// ```yaml
/// extra:
///   helpline: javascript:call()
/// ```
/// Right:
/// ```yaml
/// extra:
///   helpline: https://helpline.example/
/// ```
pub(crate) fn running_address(place: Place, scheme: &str) -> Diagnostic {
    Diagnostic::error("running-address", place, format!("a browser would run `{scheme}:` as a program"))
        .help("write an address that begins with `https://`, `mailto:` or `tel:`; a sentence must begin otherwise")
}

/// A length of time that is none.
///
/// A length of time is a number and one of the words `days`, `weeks`, `months` and `years`.
///
/// Wrong:
/// ```toml
/// [checks]
/// review_after = "now and then"
/// ```
/// Right:
/// ```toml
/// [checks]
/// review_after = "12 months"
/// ```
pub(crate) fn bad_period(path: &SourcePath, span: Span, key: &str, found: &str) -> Diagnostic {
    Diagnostic::error("bad-period", Place::at(path, span), format!("`{key}` is `{found}`, which is no length of time"))
        .help(format!("write a number and `days`, `weeks`, `months` or `years`: `{key} = \"12 months\"`"))
}

/// A kind asks for safety notes, and there is no page for them to lead to.
///
/// `safety = "required"` of a kind says that each of its pages leads to the page of `[help]`.
///
/// Wrong:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// safety = "required"
/// ```
/// Right:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// safety = "required"
///
/// [help]
/// page = "before-you-start.md"
/// ```
pub(crate) fn no_help_page(path: &SourcePath, span: Span, kind: &str) -> Diagnostic {
    let message = format!("the pages of `{kind}` must lead to a page for readers who are not safe, and there is none");
    Diagnostic::error("no-help-page", Place::at(path, span), message)
        .help("write such a page, and name it: `[help]`, and below it `page = \"before-you-start.md\"`")
}
