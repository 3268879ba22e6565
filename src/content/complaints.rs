//! What can be wrong with a page's file and front matter; the doc comments are what `betwixt explain` prints.

use jiff::civil::Date;

use super::entries::{self, Form};
use super::foreign_keys::Shown;
use super::matter_keys;
use super::values::is_unseen;
use super::wanted::{Need, Wanted};
use crate::base::{Diagnostic, Edit, Place, Span, in_quotes, nearest, same_but_for_case};
use crate::site::{Field, Kind, PageRules, Relation};

/// A file's name has at most so many bytes on every common file system.
const LONGEST_NAME: usize = 255;

/// A page could not be read from disk.
///
/// The file may be locked, a link that leads out of the site, or not a file at all. Nothing is published until it
/// can be read, as its page would silently vanish.
pub(crate) fn unreadable_page(place: Place, why: &str) -> Diagnostic {
    let message = format!("this page cannot be read: {why}");
    Diagnostic::error("unreadable-page", place, message).help("mend or remove the file, then build again")
}

/// A page is not UTF-8 text.
///
/// Pages are text files in UTF-8, which every editor can write. Files saved as Latin-1 or UTF-16 would be
/// published with wrong letters.
pub(crate) fn not_text(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error("not-text", place, format!("this page is not UTF-8 text: {what}"))
        .help("open the file in your editor, choose `Save as…`, and there UTF-8 as the encoding")
}

/// A page does not begin with a front matter.
///
/// Every page begins with a few lines between two `---` lines that say what it is called.
///
/// Wrong:
/// ```markdown
/// We often talk at once.
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// We often talk at once.
/// ```
pub(crate) fn no_front_matter(place: Place) -> Diagnostic {
    Diagnostic::error("no-front-matter", place, "this page does not say its `title`: it must begin with a line `---`")
        .help("put three lines above the text: `---`, then `title:` with a space and the title, then `---` again")
}

/// The line `---` above the keys is missing.
///
/// Wrong:
/// ```markdown
/// title: We do not listen
/// ---
/// We often talk at once.
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// ---
/// We often talk at once.
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
/// dash that an editor put in their place. Text, and its headings, stand below the second `---`.
pub(crate) fn almost_front_matter(place: Place, cure: &str, fix: impl IntoIterator<Item = Edit>) -> Diagnostic {
    Diagnostic::error("almost-front-matter", place, "the first line is not `---`, so the front matter is not read")
        .help(cure)
        .fixes(fix)
}

/// The front matter never ends.
///
/// The first line is `---`, and a second such line must end the front matter before the text begins.
pub(crate) fn unclosed_front_matter(place: Place, fix: Option<Edit>) -> Diagnostic {
    Diagnostic::error("unclosed-front-matter", place, "the front matter begins here and never ends")
        .help("end it with a line `---` below the last key")
        .fixes(fix)
}

/// The file of a page has nothing in it.
///
/// An editor may have been stopped while it saved. A page has at least a title, between two lines `---`.
pub(crate) fn empty_page(place: Place) -> Diagnostic {
    Diagnostic::error("empty-page", place, "this page is empty")
        .help("write the page, beginning with `---`, `title: …` and `---` on three lines; or delete the file")
}

/// A document of a word processor that is called like a page.
pub(crate) fn not_a_page(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error("not-a-page", place, format!("this is no page, but {what}")).help(
        "move it out of `content`; a page is plain text, written in a text editor, with a name that ends in `.md`",
    )
}

/// The front matter is far too long.
///
/// A front matter of more than 64 KiB is most likely a text that was pasted into the wrong place.
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
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    renamed(complaint.help(format!("its keys are {list}; keys of your own go below `extra`")), key, sure)
}

/// A key that holds a page back, or shows it, in other programs; `line` is what `draft: true` takes the place of.
pub(crate) fn not_draft(
    place: Place,
    (key, shown): (&str, Shown),
    kind: Option<&Kind>,
    line: Option<Span>,
) -> Diagnostic {
    let one = kind.map_or("page", |kind| &kind.one);
    let help = match shown {
        Shown::Held => "to keep the page back, write `draft: true`",
        Shown::Open => "to keep the page back, write `draft: true`; to publish it, take the line out",
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
pub(crate) fn wrong_folder(place: Place, kind: &Kind) -> Diagnostic {
    let folder = place.path.folder().to_owned();
    let message = format!("`{folder}` is not the folder of the {}, so pages in it cannot have their keys", kind.other);
    Diagnostic::error("wrong-folder", place, message)
        .help(format!("move the pages to `content/{}`, or the folder out of `content`, if it is a copy", kind.folder))
}

/// A page without a title.
///
/// The title is the page's first heading, and what lists and browsers call it.
pub(crate) fn missing_title(place: Place) -> Diagnostic {
    Diagnostic::error("missing-title", place, "this page does not say its `title`")
        .help("add a line `title: …` below the first `---`")
}

/// A field that a kind requires is missing.
///
/// `site.toml` declares which keys a page of a kind must have.
pub(crate) fn missing_field(place: Place, field: &Field, one: &str) -> Diagnostic {
    let purpose = if field.help.is_empty() { String::new() } else { format!(" ({})", field.help) };
    Diagnostic::error("missing-field", place, format!("this {one} does not say its `{}`", field.name))
        .help(format!("add a line `{}: …`{purpose}", field.name))
}

/// `order` and `weight` mean the same, and both stand there.
pub(crate) fn two_orders(place: Place, line: Option<Span>) -> Diagnostic {
    let fix = line.map(|span| Edit { span, text: String::new() });
    Diagnostic::error("two-orders", place, "`order` and `weight` mean the same, and both stand here")
        .help("keep `order`, and take this line out")
        .fixes(fix)
}

/// A value of the wrong type.
///
/// `draft` is `true` or `false` (not `yes`), `order` is a whole number, `tags` is a list, `title` is one line of text.
///
/// Wrong:
/// ```markdown
/// ---
/// title: [We, do, not, listen]
/// draft: yes
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// draft: true
/// ---
/// ```
pub(crate) fn wrong_value(place: Place, key: &str, found: &str, wanted: Wanted) -> Diagnostic {
    let help = match wanted {
        Wanted::Text => format!("if it is meant as text, put it in quotes: `{key}: \"…\"`"),
        Wanted::Truth => "write `true` or `false`".to_owned(),
        Wanted::Number => "write the number alone, in digits".to_owned(),
        Wanted::Day => "write year, month and day, such as `2026-11-22`".to_owned(),
        Wanted::Name => format!("write the other page's file name, without `.md`: `{key}: …`"),
        Wanted::Texts => format!("write each entry between the brackets: `{key}: [one, two]`"),
        Wanted::Entries => {
            format!("write `{key}:`, and each entry on a line of its own below it that begins with `  - `")
        }
        Wanted::Keys => "write a key, a colon and a value on each line".to_owned(),
    };
    Diagnostic::error("wrong-value", place, format!("`{key}` must be {}, and here stands {found}", wanted.words()))
        .help(help)
}

/// A value of the wrong type, of which it is certain what was meant.
pub(crate) fn meant_value(
    place: Place,
    key: &str,
    wanted: Wanted,
    (found, written): (&str, &str),
    meant: &str,
) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    let is_quoted = written.trim_matches(['"', '\'']).trim() == meant;
    let message = match wanted {
        Wanted::Number | Wanted::Truth if is_quoted => format!("`{key}` must stand without quotes"),
        _ => format!("`{key}` must be {}, and here stands {found}", wanted.words()),
    };
    let help = match wanted {
        Wanted::Number | Wanted::Truth if is_quoted => "take the quotes away",
        Wanted::Text => "put the text in straight quotes",
        Wanted::Texts => "put it in square brackets, so that it is a list of one",
        _ => "write it so",
    };
    Diagnostic::error("wrong-value", place, message).help(help).fix(span, meant)
}

/// A key with nothing after it.
pub(crate) fn empty_value(place: Place, key: &str, need: Need) -> Diagnostic {
    let help = match need {
        Need::Must => "write something there",
        Need::May => "write something there, or take the line out",
    };
    Diagnostic::error("empty-value", place, format!("`{key}` is empty")).help(help)
}

/// A place that was left open.
///
/// `betwixt new` writes `…` where you have something to say.
pub(crate) fn placeholder(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("placeholder", place, format!("`{key}` still waits for your words"))
        .help("write them in place of the `…`")
}

/// A text that a `#` cuts short.
///
/// In the front matter a space and `#` begin a note that is not part of the value. A text that holds them needs quotes.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Sign #1
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: "Sign #1"
/// ---
/// ```
pub(crate) fn cut_short(place: Place, value: Span, whole: &str) -> Diagnostic {
    Diagnostic::error("cut-short", place, "everything from `#` on would be lost")
        .help("put the whole text in straight quotes")
        .fix(value, in_quotes(whole))
}

/// Words with a `#` before each in place of a list.
pub(crate) fn hashtags(place: Place, list: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    Diagnostic::error("cut-short", place, "everything from `#` on would be lost")
        .help("write the words in square brackets, without `#`")
        .fix(span, list)
}

/// A tag that gives no address.
///
/// Each tag has a page of its own, whose address is made of the tag's letters and digits.
pub(crate) fn bad_tag(place: Place) -> Diagnostic {
    Diagnostic::error("bad-tag", place, "no address can be made from this tag")
        .help("a tag has at least one letter or digit, and is not too long")
}

/// A page that stands at a fixed address and asks for another.
///
/// The first page is at the top of the site, and the page for missing addresses is `404.html`.
pub(crate) fn fixed_address(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("fixed-address", place, format!("this page has a fixed address, so it cannot have a `{key}`"))
        .help("take the line out")
}

/// A value that holds a sign no reader can see.
///
/// Such characters come from copying out of other programs. They break feeds and searches, and mean nothing on a page.
pub(crate) fn control_in_value(place: Place, key: &str, fix: Vec<Edit>) -> Diagnostic {
    let help =
        if fix.is_empty() { "type the value afresh instead of copying it" } else { "delete the invisible character" };
    Diagnostic::error("control-in-value", place, format!("`{key}` holds an invisible character")).help(help).fixes(fix)
}

/// A key below `extra` that is not text.
///
/// Templates find keys by name, so that a number, a date or a list cannot be one. Put it in quotes.
pub(crate) fn key_not_text(place: Place) -> Diagnostic {
    Diagnostic::error("key-not-text", place, "this key is not text").help("put it in quotes, such as `\"1\": …`")
}

/// A key `<<` below `extra`.
///
/// In some programs it takes over the keys of another group. Here it would be a key like any other, and those would be lost.
pub(crate) fn merge_key(place: Place) -> Diagnostic {
    Diagnostic::error("merge-key", place, "`<<` takes over no keys here").help("write out the keys that are meant")
}

/// A key below `extra` that would hold the page back if it stood at the beginning of a line.
///
/// What stands below `extra` is for the theme alone, so that the page would be published.
///
/// Wrong:
/// ```markdown
/// ---
/// title: We do not listen
/// extra:
///   draft: true
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// draft: true
/// ---
/// ```
pub(crate) fn key_too_deep(place: Place, key: &str, meant: &str) -> Diagnostic {
    Diagnostic::error(
        "key-too-deep",
        place,
        format!("`{key}` stands below `extra`, where it does not hold the page back"),
    )
    .help(if key == meant {
        format!("begin the line with `{key}`, without a space before it")
    } else {
        format!("to keep the page back, write `{meant}` in place of it, at the beginning of a line")
    })
}

/// A text that begins with `!`, such as `!secret`, without quotes.
pub(crate) fn tagged_value(place: Place, tag: &str) -> Diagnostic {
    Diagnostic::error("tagged-value", place, format!("a text that begins with `!`, such as `{tag}`, needs quotes"))
        .help("put the whole text in straight quotes, or take the `!` out")
}

/// A day that the calendar does not have.
///
/// Days are written year, month, day: `2026-11-22`.
pub(crate) fn no_such_date(place: Place, message: String, meant: Option<Date>) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    Diagnostic::error("no-such-date", place, message)
        .help("write year, month and day, such as `2026-11-22`")
        .fixes(meant.map(|day| Edit { span, text: day.to_string() }))
}

/// A page that is reviewed or expires before it comes out.
///
/// `date` is the day on which a page comes out, `updated` the day of its last review, and `expires` the last day on which
/// it is shown.
///
/// Wrong:
/// ```markdown
/// ---
/// title: A walk at the end of the year
/// date: 2026-12-01
/// expires: 2025-12-31
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: A walk at the end of the year
/// date: 2026-12-01
/// expires: 2026-12-31
/// ---
/// ```
pub(crate) fn days_out_of_order(place: Place, (key, day): (&str, Date), date: Date) -> Diagnostic {
    let message = format!("`{key}` is {day}, and the page comes out later, on {date}");
    Diagnostic::error("days-out-of-order", place, message)
        .help(format!("write the `date` on which the page comes out, and an `{key}` that is not before it"))
}

/// A slug that cannot stand in an address.
///
/// A slug is the last part of a page's address: letters and digits, with `-` between words.
pub(crate) fn bad_slug(place: Place, slug: &str, plain: &str) -> Diagnostic {
    if slug.len() > LONGEST_NAME {
        let message = format!("this slug is {} bytes long, and {LONGEST_NAME} is the most", slug.len());
        return Diagnostic::error("bad-slug", place, message).help("make it shorter");
    }
    let span = place.span.unwrap_or_default();
    let complaint = Diagnostic::error("bad-slug", place, format!("`{slug}` cannot be part of an address"));
    if plain == slug {
        complaint.help("Windows keeps this name for itself: choose another")
    } else if plain.is_empty() {
        complaint.help("use letters, digits and `-`")
    } else if slug.contains('/') {
        complaint.help("a slug is the last part of an address alone: letters, digits and `-`")
    } else {
        complaint.help("write it in small letters and digits, with `-` between words").fix(span, plain)
    }
}

/// An address that leads out of the site, or that is not plain.
pub(crate) fn bad_address(place: Place, key: &str, address: &str) -> Diagnostic {
    Diagnostic::error("bad-address", place, format!("`{address}` cannot be an address of this site"))
        .help(format!("`{key}` takes folders of letters, digits and `-`, such as `/signs/listening/`, without `..`"))
}

/// A file name that gives no address.
///
/// A page's address is made from its file name: at least one letter or digit is needed, and at most 255 bytes. Windows
/// keeps some names for itself, among them `con`, `aux`, `nul` and `com1`.
pub(crate) fn bad_file_name(place: Place) -> Diagnostic {
    Diagnostic::error("bad-file-name", place, "no address can be made from this file's name")
        .help(
            "use a shorter name of letters, digits and `-`, such as `listening.md`, and none that Windows keeps for itself, such as `con` or `aux`; or set `slug`",
        )
}

/// More words than `site.toml` allows for the field.
pub(crate) fn too_many_words(place: Place, key: &str, words: usize, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-words", place, format!("`{key}` has {words} words, and {most} is the most"))
        .help("say it shorter")
}

/// A word that is not among the choices that `site.toml` gives.
pub(crate) fn unknown_choice(place: Place, key: &str, found: &str, choices: &[Box<str>]) -> Diagnostic {
    let list = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    let span = place.span.unwrap_or_default();
    let all = || choices.iter().map(|choice| &**choice);
    let same = same_but_for_case(found, all()).map(|same| Edit { span, text: same.to_owned() });
    Diagnostic::error("unknown-choice", place, format!("`{key}` cannot be `{found}`"))
        .suggest(nearest(found, all()))
        .help(format!("it can be {list}"))
        .fixes(same)
}

/// Several words where one of those is chosen that `site.toml` gives.
pub(crate) fn not_one_choice(place: Place, key: &str, found: &str, choices: &[Box<str>]) -> Diagnostic {
    let list = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::error("unknown-choice", place, format!("`{key}` takes one word, and here stands {found}"))
        .help(format!("write one of {list}"))
}

/// A relation names the same page twice.
pub(crate) fn claimed_twice(place: Place, to: &str) -> Diagnostic {
    Diagnostic::error("claimed-twice", place, format!("`{to}` is named twice")).help("keep one of the two")
}

/// A relation gives no reason.
///
/// A reader who is sent to another page deserves to know why. `site.toml` asks for a reason with `why = "required"`.
///
/// Wrong:
/// ```markdown
/// ---
/// title: We do not listen
/// practices: [talk-and-listen]
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// practices:
///   - to: talk-and-listen
///     why: Listening first is half of it.
/// ---
/// ```
pub(crate) fn missing_why(place: Place, to: &str, relation: &Relation, form: Form) -> Diagnostic {
    let lines = |column| entries::lines(column, to, relation);
    let help = match form {
        Form::Long(column) => {
            let indent = " ".repeat(column);
            format!(
                "write below it `{indent}why: …`, with the {column} spaces before it; it is one sentence for the reader"
            )
        }
        Form::Short(column) => format!("write {}; the reason is one sentence for the reader", lines(column)),
        Form::Inline => format!(
            "write `{}:`, and on lines of their own {}; the reason is one sentence for the reader",
            relation.name,
            lines(entries::USUAL_COLUMN)
        ),
    };
    Diagnostic::error("missing-why", place, format!("`{to}` is named without a reason")).help(help)
}

/// An entry of a relation does not say where it leads.
pub(crate) fn missing_to(place: Place, relation: &str) -> Diagnostic {
    Diagnostic::error("missing-to", place, format!("this entry of `{relation}` does not say where it leads"))
        .help("add a line `to: …` with the other page's file name, without `.md`")
}

/// A hyphen that parts what belongs to one entry.
///
/// An entry has one hyphen, before its first key. The others begin below that key, without a hyphen.
///
/// Wrong:
/// ```markdown
/// ---
/// title: We do not listen
/// practices:
///   - to: talk-and-listen
///   - why: Listening first is half of it.
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: We do not listen
/// practices:
///   - to: talk-and-listen
///     why: Listening first is half of it.
/// ---
/// ```
pub(crate) fn hyphen_too_many(place: Place, key: &str, cure: Option<Edit>) -> Diagnostic {
    let message = format!("the hyphen before `{key}` begins another entry, and `{key}` belongs to the one above");
    Diagnostic::error("hyphen-too-many", place, message)
        .help(format!("take the hyphen before `{key}` away, and leave a space in its place"))
        .fixes(cure)
}

/// A key in a relation's entry that Betwixt does not know.
///
/// An entry has `to`, `why` and `weight`.
pub(crate) fn unknown_claim_key(place: Place, key: &str, sure: Option<&str>) -> Diagnostic {
    let complaint = Diagnostic::error("unknown-claim-key", place, format!("there is no key `{key}` here"))
        .suggest(sure.or(nearest(key, ["to", "why", "weight"])));
    renamed(complaint.help("an entry has `to`, `why` and `weight`"), key, sure)
}

/// A weight that is not 1, 2 or 3.
pub(crate) fn weight_range(place: Place, found: i64) -> Diagnostic {
    Diagnostic::error("weight-range", place, format!("a weight is 1, 2 or 3, and here stands {found}"))
        .help("write `1` for a loose bond, `2` for a usual one, `3` for a strong one; or take the line out")
}
