//! What can be wrong with a page's file and front matter.

pub(crate) mod relation_entries;
pub(crate) mod values;

use super::foreign_keys::Visibility;
use super::matter_keys;
use crate::base::{Code, Diagnostic, Edit, Place, SourcePath, Span, in_backticks, is_stray, nearest};
use crate::site::{Field, Kind, PageRules};

/// A page could not be read from disk.
pub(crate) fn unreadable_page(place: Place, why: &str) -> Diagnostic {
    let message = format!("this page cannot be read: {why}");
    Diagnostic::new(Code::UnreadablePage, place, message).help("mend or remove the file, then build again")
}

/// A page is not UTF-8 text.
pub(crate) fn not_text(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::NotText, place, format!("this page is not UTF-8 text: {what}"))
        .help("open the file in your editor, choose `Save as…`, and there UTF-8 as the encoding")
}

/// A page does not begin with a front matter.
pub(crate) fn no_front_matter(place: Place) -> Diagnostic {
    Diagnostic::new(Code::NoFrontMatter, place, "this page does not say its `title`: it must begin with a line `---`")
        .help("put three lines above the text: `---`, then `title:` with a space and the title, then `---` again")
}

/// The line `---` above the keys is missing.
pub(crate) fn no_first_fence(place: Place, cure: Vec<Edit>) -> Diagnostic {
    let help = match cure.len() {
        0 => "put a line `---` above the first key, and another below the last one",
        1 => "put a line `---` above it",
        _ => "put a line `---` above the keys, and another below them",
    };
    Diagnostic::new(Code::NoFirstFence, place, "the line `---` is missing above the first key").help(help).fixes(cure)
}

/// The front matter does not begin as it must.
pub(crate) fn almost_front_matter(place: Place, cure: &str, fix: impl IntoIterator<Item = Edit>) -> Diagnostic {
    Diagnostic::new(Code::AlmostFrontMatter, place, "the first line is not `---`, so the front matter is not read")
        .help(cure)
        .fixes(fix)
}

/// The front matter never ends.
pub(crate) fn unclosed_front_matter(place: Place, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::new(Code::UnclosedFrontMatter, place, "the front matter begins here and never ends")
        .help("end it with a line `---` below the last key")
        .fixes(fix)
}

/// The file of a page has nothing in it.
pub(crate) fn empty_page(place: Place) -> Diagnostic {
    Diagnostic::new(Code::EmptyPage, place, "this page is empty")
        .help("write the page, beginning with `---`, `title: …` and `---` on three lines; or delete the file")
}

/// A document of a word processor that is called like a page.
pub(crate) fn not_a_page(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAPage, place, format!("this is no page, but {what}")).help(
        "move it out of `content`; a page is plain text, written in a text editor, with a name that ends in `.md`",
    )
}

/// The front matter is far too long.
pub(crate) fn long_front_matter(place: Place, bytes: usize) -> Diagnostic {
    let message = format!("the front matter is {} KiB long, and 64 KiB is the most", bytes / 1024);
    Diagnostic::new(Code::LongFrontMatter, place, message).help("move the text below the second `---`")
}

/// The front matter is not made of keys and values.
pub(crate) fn not_a_map(place: Place) -> Diagnostic {
    Diagnostic::new(Code::NotAMap, place, "the front matter must be made of lines such as `title: We do not listen`")
        .help("write a key, a colon, a space and a value on each line; text for readers stands below the second `---`")
}

/// A key in the front matter that Betwixt does not know.
pub(crate) fn unknown_key(
    place: Place,
    key: &str,
    kind: Option<&Kind>,
    rules: &PageRules,
    sure: Option<&str>,
) -> Diagnostic {
    let one = kind.map_or("page", |kind| &kind.one);
    if let Some(kind) = kind
        && let Some((from, relation)) = matter_keys::stated_elsewhere(kind, key, rules)
    {
        return Diagnostic::new(
            Code::UnknownKey,
            place,
            format!("`{key}` is not stated on a {one}, but on the other side"),
        )
        .help(format!("name this page under `{}` of a {}; it is shown on both", relation.name, from.one));
    }
    let known = matter_keys::of(kind);
    let near = nearest(key, known.iter().map(|name| &**name));
    let bare = key.replace(is_stray, "");
    let message = if bare == key {
        format!("a {one} has no key `{key}`")
    } else {
        format!("an invisible mark stands in the key `{bare}`")
    };
    let complaint = Diagnostic::new(Code::UnknownKey, place, message).suggest(sure.or(near).filter(|_| bare == key));
    let list = in_backticks(known, ", ");
    renamed(complaint.help(format!("its keys are {list}; keys of your own go below `extra`")), key, sure)
}

/// A key that holds a page back, or shows it, in other programs; `line` is what `draft: true` takes the place of.
pub(crate) fn not_draft(
    place: Place,
    (key, shown): (&str, Visibility),
    kind: Option<&Kind>,
    line: Option<Span>,
) -> Diagnostic {
    let one = kind.map_or("page", |kind| &kind.one);
    let help = match shown {
        Visibility::Unpublished => "to keep the page back, write `draft: true`",
        Visibility::Open => "to keep the page back, write `draft: true`; to publish it, take the line out",
    };
    let complaint = Diagnostic::new(Code::UnknownKey, place, format!("a {one} has no key `{key}`")).help(help);
    complaint.fixes(line.map(|span| Edit { span, text: "draft: true".to_owned() }))
}

/// The complaint with the key that was meant in the place of the one that stands there, if that is certain.
fn renamed(complaint: Diagnostic, key: &str, sure: Option<&str>) -> Diagnostic {
    let Some(sure) = sure else { return complaint };
    let span = complaint.place.span.unwrap_or_default();
    let help = if key.contains(is_stray) { "delete the invisible mark in this key" } else { "write the key so" };
    complaint.help(help).fix(span, sure)
}

/// A page with the keys of a kind lies outside of the kind's folder.
pub(crate) fn wrong_folder(place: Place, kind: &Kind) -> Diagnostic {
    let folder = place.path.folder().to_owned();
    let message = format!("`{folder}` is not the folder of the {}, so pages in it cannot have their keys", kind.other);
    Diagnostic::new(Code::WrongFolder, place, message)
        .help(format!("move the pages to `content/{}`, or the folder out of `content`, if it is a copy", kind.folder))
}

/// A page without a title.
pub(crate) fn missing_title(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MissingTitle, place, "this page does not say its `title`")
        .help("add a line `title: …` below the first `---`")
}

/// A field that a kind requires is missing.
pub(crate) fn missing_field(place: Place, field: &Field, one: &str) -> Diagnostic {
    let purpose = if field.help.is_empty() { String::new() } else { format!(" ({})", field.help) };
    Diagnostic::new(Code::MissingField, place, format!("this {one} does not say its `{}`", field.name))
        .help(format!("add a line `{}: …`{purpose}", field.name))
}

/// `order` and `weight` mean the same, and both stand there.
pub(crate) fn two_orders(place: Place, line: Option<Span>) -> Diagnostic {
    let fix = line.map(|span| Edit { span, text: String::new() });
    Diagnostic::new(Code::TwoOrders, place, "`order` and `weight` mean the same, and both stand here")
        .help("keep `order`, and take this line out")
        .fixes(fix)
}

/// A file's name ends in `.md` twice.
pub(crate) fn two_endings(path: &SourcePath) -> Diagnostic {
    let plain = path.as_str().trim_end_matches(".md");
    Diagnostic::new(Code::TwoEndings, Place::file(path), "this file's name ends in `.md` twice")
        .help(format!("call it `{plain}.md`"))
}

/// A file name that gives no address.
pub(crate) fn bad_file_name(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BadFileName, place, "no address can be made from this file's name")
        .help(
            "use a shorter name of letters, digits and `-`, such as `listening.md`, and none that Windows keeps for itself, such as `con` or `aux`; or set `slug`",
        )
}
