//! What can be wrong with a page's file and front matter.

pub(crate) mod relation_entries;
pub(crate) mod values;

use std::collections::BTreeSet;

use super::matter_keys;
use crate::base::{Code, Diagnostic, Place, SourcePath, in_backticks, nearest};
use crate::site::{Field, Kind};
use crate::syntax::yaml::ErrorKind;

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

/// The front matter never ends.
pub(crate) fn unclosed_front_matter(place: Place) -> Diagnostic {
    Diagnostic::new(Code::UnclosedFrontMatter, place, "the front matter begins here and never ends")
        .help("end it with a line `---` below the last key")
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
    Diagnostic::new(Code::NotAMap, place, "the front matter must be made of lines such as `title: My page`")
        .help("write a key, a colon, a space and a value on each line; text for readers stands below the second `---`")
}

/// A key in the front matter that Betwixt does not know.
pub(crate) fn unknown_key(place: Place, key: &str, kind: Option<&Kind>) -> Diagnostic {
    let one = kind.map_or("page", |kind| &kind.one);
    let list = in_backticks(matter_keys::of(kind), ", ");
    Diagnostic::new(Code::UnknownKey, place, format!("a {one} has no key `{key}`"))
        .help(format!("its keys are {list}; keys of your own go below `extra`"))
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

/// A key that every map of a field must have is missing.
pub(crate) fn missing_inner_key(place: Place, field: &str, key: &Field) -> Diagnostic {
    let purpose = if key.help.is_empty() { String::new() } else { format!(" ({})", key.help) };
    Diagnostic::new(Code::MissingField, place, format!("this entry of `{field}` does not say its `{}`", key.name))
        .help(format!("add `{}: …` to it{purpose}", key.name))
}

/// A page shows a field of all pages that none of them can have.
pub(crate) fn unknown_gathered(place: Place, name: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let names: Vec<&str> = known.iter().copied().collect();
    let help = if names.is_empty() {
        "declare it in `site.toml`, below a kind or `[pages]`".to_owned()
    } else {
        format!("its pages have {}", in_backticks(&names, ", "))
    };
    Diagnostic::new(Code::UnknownField, place, format!("no page of this guide has a field `{name}`"))
        .suggest(nearest(name, names))
        .help(help)
}

/// `order` and `weight` mean the same, and both stand there.
pub(crate) fn two_orders(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TwoOrders, place, "`order` and `weight` mean the same, and both stand here")
        .help("keep `order`, and take this line out")
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
            "use a shorter name of letters, digits and `-`, such as `my-page.md`, and none that Windows keeps for itself, such as `con` or `aux`; or set `slug`",
        )
}

/// A key stands twice.
pub(crate) fn duplicate_key(place: Place, key: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, place, format!("the key `{key}` stands here a second time"))
        .help("keep one of the two lines and delete the other")
        .note(first, "here it stands first")
}

/// A value with a tag, such as `!secret`.
pub(crate) fn tagged_value(place: Place, tag: &str) -> Diagnostic {
    Diagnostic::new(Code::SignAtStart, place, format!("a text that begins with `!`, such as `{tag}`, needs quotes"))
        .help("put the whole text in straight quotes, or take the `!` out")
}

/// A value with a name, such as `&more`, that nothing uses.
pub(crate) fn unused_name(place: Place) -> Diagnostic {
    Diagnostic::new(Code::SignAtStart, place, "a text that begins with `&` needs quotes")
        .help("put the text in straight quotes")
}

/// A key stands below the front matter.
pub(crate) fn key_below(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyBelow, place, format!("`{key}` stands below the front matter, where it is only text"))
        .help("move the line above the `---` that ends the front matter")
}

/// The front matter cannot be read.
pub(crate) fn broken_front_matter(place: Place, kind: ErrorKind) -> Diagnostic {
    let all = "write each line as a key, a colon, a space and a value; a text that holds other signs than letters is safe in straight quotes";
    let (label, help) = match kind {
        ErrorKind::TooDeep => {
            ("too many brackets or lists stand within each other", "write it without so many of them")
        }
        ErrorKind::TooMuch => ("this repeats itself too often", "write out what is meant, without `&` and `*`"),
        ErrorKind::SecondDocument => ("after a line `...` nothing is read", "take the line `...` out"),
        ErrorKind::UnknownAlias => {
            ("nothing has the name after `*`", "put a text that begins with `*` in straight quotes")
        }
        ErrorKind::Escape => {
            ("after a `\\` in double quotes only few letters may stand", "write `\\\\` where a `\\` is meant")
        }
        ErrorKind::Control => ("an invisible character stands here", "delete it, or type the line anew"),
        ErrorKind::OpenQuote => ("this quotation never ends", "put the same quote at its end"),
        ErrorKind::Brackets => ("a bracket is missing near here, or one is too many", all),
        ErrorKind::Lines => {
            ("this line does not fit those above it", "begin it in the same column as those it belongs with")
        }
    };
    Diagnostic::new(Code::BrokenFrontMatter, place, "the front matter cannot be read from here on")
        .label(label)
        .help(help)
}
