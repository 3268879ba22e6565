//! What can be wrong with a page's file and front matter; the doc comments are what `betwixt explain` prints.

pub(crate) mod relation_entries;
pub(crate) mod values;

use super::foreign_keys::Visibility;
use super::matter_keys;
use super::values::is_unseen;
use crate::base::{Diagnostic, Edit, Place, SourcePath, Span, in_backticks, nearest};
use crate::site::{Field, Kind, PageRules};

/// A page could not be read from disk.
///
/// The file may be locked, a link that leads out of the site, or not a file at all. Nothing is published until it
/// can be read, as its page would silently vanish.
///
/// Wrong, where `content/practices/keep-a-date.md` is a link:
/// ```link
/// /home/ada/keep-a-date.md
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// ---
/// Every week.
/// ```
pub(crate) fn unreadable_page(place: Place, why: &str) -> Diagnostic {
    let message = format!("this page cannot be read: {why}");
    Diagnostic::error("unreadable-page", place, message).help("mend or remove the file, then build again")
}

/// A page is not UTF-8 text.
///
/// Pages are text files in UTF-8, which every editor can write. Files saved as Latin-1 or UTF-16 would be
/// published with wrong letters.
///
/// In the wrong example, `\xe9` stands for one byte: the letter é as Latin-1 has it.
///
/// Wrong:
/// ```markdown
/// Meet in a caf\xe9.
/// ```
/// Right:
/// ```markdown
/// Meet in a café.
/// ```
pub(crate) fn not_text(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error("not-text", place, format!("this page is not UTF-8 text: {what}"))
        .help("open the file in your editor, choose `Save as…`, and there UTF-8 as the encoding")
}

/// A page does not begin with a front matter.
///
/// Every page begins with a few lines between two `---` lines that say what it is called.
///
/// Wrong, in `content/practices/keep-a-date.md`:
/// ```text
/// Every week, one of us chooses.
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// ---
/// Every week, one of us chooses.
/// ```
pub(crate) fn no_front_matter(place: Place) -> Diagnostic {
    Diagnostic::error("no-front-matter", place, "this page does not say its `title`: it must begin with a line `---`")
        .help("put three lines above the text: `---`, then `title:` with a space and the title, then `---` again")
}

/// The line `---` above the keys is missing.
///
/// Wrong, in `content/practices/keep-a-date.md`:
/// ```text
/// title: Keep a date
/// ---
/// Every week.
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// ---
/// Every week.
/// ```
pub(crate) fn no_first_fence(place: Place, cure: Vec<Edit>) -> Diagnostic {
    let help = match cure.len() {
        0 => "put a line `---` above the first key, and another below the last one",
        1 => "put a line `---` above it",
        _ => "put a line `---` above the keys, and another below them",
    };
    Diagnostic::error("no-first-fence", place, "the line `---` is missing above the first key").help(help).fixes(cure)
}

/// The front matter does not begin as it must.
///
/// The first line of a page is three hyphens, `---`, and nothing else: no empty line or space before them, and no long
/// dash that an editor put in their place.
///
/// Wrong, in `content/practices/keep-a-date.md`:
/// ```text
/// —
/// title: Keep a date
/// —
/// Every week.
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// ---
/// Every week.
/// ```
pub(crate) fn almost_front_matter(place: Place, cure: &str, fix: impl IntoIterator<Item = Edit>) -> Diagnostic {
    Diagnostic::error("almost-front-matter", place, "the first line is not `---`, so the front matter is not read")
        .help(cure)
        .fixes(fix)
}

/// The front matter never ends.
///
/// The first line is `---`, and a second such line must end the front matter before the text begins.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
///
/// Every week.
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// ---
/// Every week.
/// ```
pub(crate) fn unclosed_front_matter(place: Place, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::error("unclosed-front-matter", place, "the front matter begins here and never ends")
        .help("end it with a line `---` below the last key")
        .fixes(fix)
}

/// The file of a page has nothing in it.
///
/// An editor may have been stopped while it saved. A page has at least a title, between two lines `---`.
///
/// Wrong, with nothing in `content/notes.md`:
/// ```text
/// ```
/// Right, in `content/notes.md`:
/// ```markdown
/// ---
/// title: Notes
/// ---
/// ```
pub(crate) fn empty_page(place: Place) -> Diagnostic {
    Diagnostic::error("empty-page", place, "this page is empty")
        .help("write the page, beginning with `---`, `title: …` and `---` on three lines; or delete the file")
}

/// A document of a word processor that is called like a page.
///
/// A page is plain text. What a word processor saves has letters and signs in it that only such a program understands.
///
/// Wrong, in `content/notes.md`:
/// ```text
/// {\rtf1\ansi Take turns.}
/// ```
/// Right, in `content/notes.md`:
/// ```markdown
/// ---
/// title: Notes
/// ---
/// Take turns.
/// ```
pub(crate) fn not_a_page(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error("not-a-page", place, format!("this is no page, but {what}")).help(
        "move it out of `content`; a page is plain text, written in a text editor, with a name that ends in `.md`",
    )
}

/// The front matter is far too long.
///
/// A front matter of more than 64 KiB is most likely a text that was pasted into the wrong place.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// description: >
///   Every week, one of us chooses what we do on our evening.
/// … (1200 times)
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// ---
/// Every week, one of us chooses what we do on our evening.
/// ```
pub(crate) fn long_front_matter(place: Place, bytes: usize) -> Diagnostic {
    let message = format!("the front matter is {} KiB long, and 64 KiB is the most", bytes / 1024);
    Diagnostic::error("long-front-matter", place, message).help("move the text below the second `---`")
}

/// The front matter is not made of keys and values.
///
/// Wrong:
/// ```markdown
/// ---
/// - We do not listen
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// ```
pub(crate) fn not_a_map(place: Place) -> Diagnostic {
    Diagnostic::error("not-a-map", place, "the front matter must be made of lines such as `title: We do not listen`")
        .help("write a key, a colon, a space and a value on each line; text for readers stands below the second `---`")
}

/// A key in the front matter that Betwixt does not know.
///
/// Every key is checked, so that a slip of the finger (`titel`, `Draft`) is found and the page is not published
/// half-understood. A guide's own keys are declared in `site.toml` as fields of a kind; keys for the theme alone
/// go below `extra`.
///
/// Wrong:
/// ```markdown
/// ---
/// titel: We do not listen
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// ```
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
        return Diagnostic::error(
            "unknown-key",
            place,
            format!("`{key}` is not stated on a {one}, but on the other side"),
        )
        .help(format!("name this page under `{}` of a {}; it is shown on both", relation.name, from.one));
    }
    let known = matter_keys::of(kind);
    let near = nearest(key, known.iter().map(|name| &**name));
    let bare = key.replace(is_unseen, "");
    let message = if bare == key {
        format!("a {one} has no key `{key}`")
    } else {
        format!("an invisible mark stands in the key `{bare}`")
    };
    let complaint = Diagnostic::error("unknown-key", place, message).suggest(sure.or(near).filter(|_| bare == key));
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
    let complaint = Diagnostic::error("unknown-key", place, format!("a {one} has no key `{key}`")).help(help);
    complaint.fixes(line.map(|span| Edit { span, text: "draft: true".to_owned() }))
}

/// The complaint with the key that was meant in the place of the one that stands there, if that is certain.
fn renamed(complaint: Diagnostic, key: &str, sure: Option<&str>) -> Diagnostic {
    let Some(sure) = sure else { return complaint };
    let span = complaint.place.span.unwrap_or_default();
    let help = if key.contains(is_unseen) { "delete the invisible mark in this key" } else { "write the key so" };
    complaint.help(help).fix(span, sure)
}

/// A page with the keys of a kind lies outside of the kind's folder.
///
/// What kind a page is of is told by its folder alone, as `site.toml` declares it. A copy of such a folder, or a folder of
/// another name, holds plain pages, which do not have a kind's keys.
///
/// Wrong, in `content/sings/hurry.md`:
/// ```markdown
/// ---
/// title: We are in a hurry
/// statement: We seldom have time.
/// practices:
///   - to: ten-minutes
///     why: They fit into the busiest day.
/// ---
/// ```
/// Right, in `content/signs/hurry.md`:
/// ```markdown
/// ---
/// title: We are in a hurry
/// statement: We seldom have time.
/// practices:
///   - to: ten-minutes
///     why: They fit into the busiest day.
/// ---
/// ```
pub(crate) fn wrong_folder(place: Place, kind: &Kind) -> Diagnostic {
    let folder = place.path.folder().to_owned();
    let message = format!("`{folder}` is not the folder of the {}, so pages in it cannot have their keys", kind.other);
    Diagnostic::error("wrong-folder", place, message)
        .help(format!("move the pages to `content/{}`, or the folder out of `content`, if it is a copy", kind.folder))
}

/// A page without a title.
///
/// The title is the page's first heading, and what lists and browsers call it.
///
/// Every page has one: it stands above the page, in lists, and in the browser's tab.
///
/// Wrong:
/// ```markdown
/// ---
/// minutes: 60
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// minutes: 60
/// ---
/// ```
pub(crate) fn missing_title(place: Place) -> Diagnostic {
    Diagnostic::error("missing-title", place, "this page does not say its `title`")
        .help("add a line `title: …` below the first `---`")
}

/// A field that a kind requires is missing.
///
/// `site.toml` declares which keys a page of a kind must have.
///
/// Wrong, in `content/signs/not-listening.md`:
/// ```markdown
/// ---
/// title: We do not listen
/// practices:
///   - to: talk-and-listen
///     why: Listening first is half of it.
/// ---
/// ```
/// Right, in `content/signs/not-listening.md`:
/// ```markdown
/// ---
/// title: We do not listen
/// statement: We often talk without hearing each other.
/// practices:
///   - to: talk-and-listen
///     why: Listening first is half of it.
/// ---
/// ```
pub(crate) fn missing_field(place: Place, field: &Field, one: &str) -> Diagnostic {
    let purpose = if field.help.is_empty() { String::new() } else { format!(" ({})", field.help) };
    Diagnostic::error("missing-field", place, format!("this {one} does not say its `{}`", field.name))
        .help(format!("add a line `{}: …`{purpose}", field.name))
}

/// `order` and `weight` mean the same, and both stand there.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// order: 2
/// weight: 3
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// order: 2
/// ---
/// ```
pub(crate) fn two_orders(place: Place, line: Option<Span>) -> Diagnostic {
    let fix = line.map(|span| Edit { span, text: String::new() });
    Diagnostic::error("two-orders", place, "`order` and `weight` mean the same, and both stand here")
        .help("keep `order`, and take this line out")
        .fixes(fix)
}

/// A file's name ends in `.md` twice.
///
/// The name is part of the page's address. Some systems hide the end of a name, so that it is easily written again.
///
/// Wrong, in `content/walk.md.md`:
/// ```markdown
/// ---
/// title: Walk
/// ---
/// ```
/// Right, in `content/walk.md`:
/// ```markdown
/// ---
/// title: Walk
/// ---
/// ```
pub(crate) fn two_endings(path: &SourcePath) -> Diagnostic {
    let plain = path.as_str().trim_end_matches(".md");
    Diagnostic::warning("two-endings", Place::file(path), "this file's name ends in `.md` twice")
        .help(format!("call it `{plain}.md`"))
}

/// A file name that gives no address.
///
/// A page's address is made from its file name: at least one letter or digit is needed, and at most 255 bytes. Windows
/// keeps some names for itself, among them `con`, `aux`, `nul` and `com1`.
///
/// Wrong, in `content/con.md`:
/// ```markdown
/// ---
/// title: The pros and cons of a rule
/// ---
/// ```
/// Right, in `content/pros-and-cons.md`:
/// ```markdown
/// ---
/// title: The pros and cons of a rule
/// ---
/// ```
pub(crate) fn bad_file_name(place: Place) -> Diagnostic {
    Diagnostic::error("bad-file-name", place, "no address can be made from this file's name")
        .help(
            "use a shorter name of letters, digits and `-`, such as `listening.md`, and none that Windows keeps for itself, such as `con` or `aux`; or set `slug`",
        )
}
