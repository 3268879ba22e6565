//! What can be wrong with the values of a front matter.

use jiff::civil::Date;

use crate::base::{Code, Diagnostic, Edit, Finite, Place, in_backticks};
use crate::content::expected::{Expected, Required};
use crate::site::Bounds;

/// A file's name has at most so many bytes on every common file system.
const LONGEST_NAME: usize = 255;

/// A value of the wrong type.
pub(crate) fn wrong_value(place: Place, key: &str, found: &str, wanted: Expected) -> Diagnostic {
    let help = match wanted {
        Expected::Text => format!("if it is meant as text, put it in quotes: `{key}: \"…\"`"),
        Expected::Truth => "write `true` or `false`".to_owned(),
        Expected::Number => "write the number alone, in digits".to_owned(),
        Expected::Decimal => "write the number alone, in digits, with `.` before the fraction".to_owned(),
        Expected::Address => format!("write the whole address: `{key}: https://site.example/`"),
        Expected::Mail => format!("write the address alone: `{key}: name@site.example`"),
        Expected::Phone => format!("write the number alone, in quotes: `{key}: \"+44 20 7946 0000\"`"),
        Expected::File => format!("write the way to it from this page: `{key}: plan.pdf`"),
        Expected::Day => "write year, month and day, such as `2026-11-22`".to_owned(),
        Expected::Name => format!("write the other page's file name, without `.md`: `{key}: …`"),
        Expected::Texts => format!("write each entry between the brackets: `{key}: [one, two]`"),
        Expected::Entries | Expected::Maps => {
            format!("write `{key}:`, and each entry on a line of its own below it that begins with `  - `")
        }
        Expected::Keys => "write a key, a colon and a value on each line".to_owned(),
    };
    Diagnostic::new(Code::WrongValue, place, format!("`{key}` must be {}, and here stands {found}", wanted.words()))
        .help(help)
}

/// A key with nothing after it.
pub(crate) fn empty_value(place: Place, key: &str, need: Required) -> Diagnostic {
    let help = match need {
        Required::Must => "write something there",
        Required::May => "write something there, or take the line out",
    };
    Diagnostic::new(Code::EmptyValue, place, format!("`{key}` is empty")).help(help)
}

/// A place that was left open.
pub(crate) fn placeholder(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::Placeholder, place, format!("`{key}` still waits for your words"))
        .help("write them in place of the `…`")
}

/// A text that a `#` cuts short.
pub(crate) fn cut_short(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CutShort, place, "everything from `#` on would be lost").help(
        "if it belongs to the text, put the whole of it in straight quotes; if it is a note, put a space behind `#`",
    )
}

/// A tag that gives no address.
pub(crate) fn bad_tag(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BadTag, place, "no address can be made from this tag")
        .help("a tag has at least one letter or digit, and is not too long")
}

/// A page that stands at a fixed address and asks for another.
pub(crate) fn fixed_address(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::FixedAddress, place, format!("this page has a fixed address, so it cannot have a `{key}`"))
        .help("take the line out")
}

/// A value that holds a sign no reader can see.
pub(crate) fn control_in_value(place: Place, key: &str, fix: Vec<Edit>) -> Diagnostic {
    let help =
        if fix.is_empty() { "type the value afresh instead of copying it" } else { "delete the invisible character" };
    Diagnostic::new(Code::ControlInValue, place, format!("`{key}` holds an invisible character")).help(help).fixes(fix)
}

/// A key below `extra` that is not text.
pub(crate) fn key_not_text(place: Place) -> Diagnostic {
    Diagnostic::new(Code::KeyNotText, place, "this key is not text").help("put it in quotes, such as `\"1\": …`")
}

/// A key `<<` below `extra`.
pub(crate) fn merge_key(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MergeKey, place, "`<<` takes over no keys here").help("write out the keys that are meant")
}

/// A key below `extra` that would hold the page back if it stood at the beginning of a line.
pub(crate) fn key_too_deep(place: Place, key: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(
        Code::KeyTooDeep,
        place,
        format!("`{key}` stands below `extra`, where it does not hold the page back"),
    )
    .help(if key == meant {
        format!("begin the line with `{key}`, without a space before it")
    } else {
        format!("to keep the page back, write `{meant}` in place of it, at the beginning of a line")
    })
}

/// A day that the calendar does not have.
pub(crate) fn no_such_date(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(Code::NoSuchDate, place, message).help("write year, month and day, such as `2026-11-22`")
}

/// A page that is changed or expires before it comes out.
pub(crate) fn days_out_of_order(place: Place, (key, day): (&str, Date), date: Date) -> Diagnostic {
    let message = format!("`{key}` is {day}, and the page comes out later, on {date}");
    Diagnostic::new(Code::DaysOutOfOrder, place, message)
        .help(format!("write the `date` on which the page comes out, and an `{key}` that is not before it"))
}

/// A slug that cannot stand in an address.
pub(crate) fn bad_slug(place: Place, slug: &str, plain: &str) -> Diagnostic {
    if slug.len() > LONGEST_NAME {
        let message = format!("this slug is {} bytes long, and {LONGEST_NAME} is the most", slug.len());
        return Diagnostic::new(Code::BadSlug, place, message).help("make it shorter");
    }
    let span = place.span.unwrap_or_default();
    let complaint = Diagnostic::new(Code::BadSlug, place, format!("`{slug}` cannot be part of an address"));
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
    Diagnostic::new(Code::BadAddress, place, format!("`{address}` cannot be an address of this site"))
        .help(format!("`{key}` takes folders of letters, digits and `-`, such as `/folder/page/`, without `..`"))
}

/// More words than `site.toml` allows for the field.
pub(crate) fn too_many_words(place: Place, what: &str, words: usize, most: usize) -> Diagnostic {
    Diagnostic::new(Code::TooManyWords, place, format!("{what} has {words} words, and {most} is the most"))
        .help("say it shorter")
}

/// A number that is too small or too large.
pub(crate) fn out_of_bounds(place: Place, key: &str, number: Finite, bounds: Bounds) -> Diagnostic {
    let limit = limit(number, bounds, ["the least", "the most"]);
    Diagnostic::new(Code::OutOfBounds, place, format!("`{key}` is {number}, and {limit}")).help("write another number")
}

/// A list with too few or too many entries.
pub(crate) fn count_out_of_bounds(place: Place, key: &str, count: usize, bounds: Bounds) -> Diagnostic {
    let number = Finite::whole(i64::try_from(count).unwrap_or(i64::MAX));
    let limit = limit(number, bounds, ["the fewest", "the most"]);
    let entries = if count == 1 { "entry" } else { "entries" };
    let is_short = bounds.min.is_some_and(|min| number < min);
    Diagnostic::new(Code::OutOfBounds, place, format!("`{key}` has {count} {entries}, and {limit}")).help(if is_short {
        "add to it"
    } else {
        "take some out"
    })
}

fn limit(number: Finite, bounds: Bounds, [least, most]: [&str; 2]) -> String {
    match (bounds.min, bounds.max) {
        (Some(min), _) if number < min => format!("{min} is {least}"),
        (_, Some(max)) => format!("{max} is {most}"),
        _ => String::new(),
    }
}

/// A text in Markdown that is written so that no place in it can be told.
pub(crate) fn field_form(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::FieldMarkup, place, format!("`{key}` is folded, or holds signs that stand for others")).help(
        format!(
            "write `{key}: |`, and the text below it as readers are to read it, each line with two spaces before it"
        ),
    )
}

/// A text in Markdown that holds what only a page's own text can.
pub(crate) fn field_markup(place: Place, key: &str) -> Diagnostic {
    let message = format!("`{key}` holds a heading, a footnote or a citation");
    Diagnostic::new(Code::FieldMarkup, place, message).help("write that into the text of the page")
}

/// A word that is not among the choices that `site.toml` gives.
pub(crate) fn unknown_choice(place: Place, key: &str, found: &str, choices: &[Box<str>]) -> Diagnostic {
    let list = in_backticks(choices, ", ");
    Diagnostic::new(Code::UnknownChoice, place, format!("`{key}` cannot be `{found}`"))
        .help(format!("it can be {list}"))
}

/// Several words where one of those is chosen that `site.toml` gives.
pub(crate) fn not_one_choice(place: Place, key: &str, found: &str, choices: &[Box<str>]) -> Diagnostic {
    let list = in_backticks(choices, ", ");
    Diagnostic::new(Code::UnknownChoice, place, format!("`{key}` takes one word, and here stands {found}"))
        .help(format!("write one of {list}"))
}
