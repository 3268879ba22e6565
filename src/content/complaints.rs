//! What can be wrong with a page's file and front matter; the doc comments are what `betwixt explain` prints.

use jiff::civil::Date;

use super::matter_keys;
use crate::base::{Diagnostic, Place, in_quotes, nearest};
use crate::site::{Field, Kind, PageRules};

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
        .help("open the file in your editor and save it with the encoding UTF-8")
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
pub(crate) fn no_front_matter(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("no-front-matter", place, "this page does not say its `title`: it must begin with a line `---`")
        .help(format!("put three lines at the top: `---`, then `title: {name}`, then `---`"))
}

/// The front matter does not begin as it must.
///
/// The first line of a page is three hyphens, `---`, and nothing else: no empty line or space before them, and no long
/// dash that an editor put in their place.
pub(crate) fn almost_front_matter(place: Place, cure: &str) -> Diagnostic {
    Diagnostic::error("almost-front-matter", place, "the first line is not `---`, so the front matter is not read")
        .help(cure)
}

/// The front matter never ends.
///
/// The first line is `---`, and a second such line must end the front matter before the text begins.
pub(crate) fn unclosed_front_matter(place: Place) -> Diagnostic {
    Diagnostic::error("unclosed-front-matter", place, "the front matter begins here and never ends")
        .help("add a line `---` after its last key")
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
pub(crate) fn unknown_key(place: Place, key: &str, kind: Option<&Kind>, rules: &PageRules) -> Diagnostic {
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
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::error("unknown-key", place, format!("a {one} has no key `{key}`"))
        .suggest(near)
        .help(format!("its keys are {list}; keys of your own go below `extra`"))
}

/// A page without a title.
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
pub(crate) fn two_orders(place: Place) -> Diagnostic {
    Diagnostic::error("two-orders", place, "`order` and `weight` mean the same, and both stand here")
        .help("keep `order`")
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
pub(crate) fn wrong_value(place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    let help = match found {
        "the text `yes`" | "the text `on`" | "the text `true`" | "the text `True`" if wanted.contains("`true`") => {
            format!("write `{key}: true`")
        }
        "the text `no`" | "the text `off`" | "the text `false`" | "the text `False`" if wanted.contains("`true`") => {
            format!("write `{key}: false`")
        }
        _ if wanted == "a line of text" && found != "nothing" => {
            format!("if it is meant as text, put it in quotes: `{key}: \"…\"`")
        }
        _ => String::new(),
    };
    Diagnostic::error("wrong-value", place, format!("`{key}` must be {wanted}, and here stands {found}")).help(help)
}

/// A key with nothing after it.
pub(crate) fn empty_value(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("empty-value", place, format!("`{key}` is empty"))
        .help("write something there, or take the line out")
}

/// A place that was left open.
///
/// `betwixt new` writes `…` where you have something to say.
pub(crate) fn placeholder(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("placeholder", place, format!("`{key}` still holds a placeholder"))
        .help("write your own words there")
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
pub(crate) fn cut_short(place: Place, key: &str, whole: &str) -> Diagnostic {
    Diagnostic::error("cut-short", place, "everything from `#` on would be lost")
        .help(format!("put the text in quotes: `{key}: {}`", in_quotes(whole)))
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
/// Control characters come from copying out of other programs. They break feeds and mean nothing on a page.
pub(crate) fn control_in_value(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("control-in-value", place, format!("`{key}` holds an invisible control character"))
        .help("type the value afresh instead of copying it")
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
pub(crate) fn key_too_deep(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error(
        "key-too-deep",
        place,
        format!("`{key}` stands below `extra`, where it does not hold the page back"),
    )
    .help(format!("begin the line with `{key}`, without a space before it"))
}

/// A tag such as `!secret` in the front matter.
pub(crate) fn tagged_value(place: Place, tag: &str) -> Diagnostic {
    Diagnostic::error("tagged-value", place, format!("`{tag}` is a YAML tag, which means nothing here"))
        .help("take it out, or put the text in quotes")
}

/// A day that the calendar does not have.
///
/// Days are written year, month, day: `2026-11-22`.
pub(crate) fn no_such_date(place: Place, message: String) -> Diagnostic {
    Diagnostic::error("no-such-date", place, message).help("write year, month and day, such as `2026-11-22`")
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
    let complaint = Diagnostic::error("bad-slug", place, format!("`{slug}` cannot be part of an address"));
    if plain == slug {
        complaint.help("Windows keeps this name for itself: choose another")
    } else if plain.is_empty() {
        complaint.help("use letters, digits and `-`")
    } else {
        complaint.help(format!("write `slug: {plain}`"))
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
    Diagnostic::error("unknown-choice", place, format!("`{key}` cannot be `{found}`"))
        .suggest(nearest(found, choices.iter().map(|choice| &**choice)))
        .help(format!("it can be {list}"))
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
pub(crate) fn missing_why(place: Place, to: &str) -> Diagnostic {
    Diagnostic::error("missing-why", place, format!("`{to}` is named without a reason"))
        .help(format!("write `- to: {to}` and below it `  why: …`, one sentence for the reader"))
}

/// An entry of a relation does not say where it leads.
pub(crate) fn missing_to(place: Place, relation: &str) -> Diagnostic {
    Diagnostic::error("missing-to", place, format!("this entry of `{relation}` does not say where it leads"))
        .help("add a line `to: …` with the other page's file name, without `.md`")
}

/// A key in a relation's entry that Betwixt does not know.
///
/// An entry has `to`, `why` and `weight`.
pub(crate) fn unknown_claim_key(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("unknown-claim-key", place, format!("there is no key `{key}` here"))
        .suggest(nearest(key, ["to", "why", "weight"]))
        .help("an entry has `to`, `why` and `weight`")
}

/// A weight that is not 1, 2 or 3.
pub(crate) fn weight_range(place: Place, found: i64) -> Diagnostic {
    Diagnostic::error("weight-range", place, format!("a weight is 1, 2 or 3, and here stands {found}"))
}
