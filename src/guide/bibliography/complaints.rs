//! What can be wrong in the references file.

use crate::base::{Code, Diagnostic, Place, SourcePath, nearest};
use crate::syntax::yaml::ErrorKind;

use super::entries::FIELDS;
use super::style;

/// What a work can be, in Hayagriva's words.
const TYPES: &str = "article chapter entry anthos report thesis web scene artwork patent case newspaper legislation \
    manuscript post misc performance periodical proceedings book blog reference conference anthology \
    repository thread video audio exhibition original";

/// The citation style is not one that Betwixt knows.
pub(crate) fn unknown_style(place: &Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownStyle, place.clone(), format!("there is no citation style `{name}`"))
        .suggest(nearest(name, style::names()))
        .help("well-known ones are `apa`, `vancouver`, `ieee`, `mla` and `chicago-author-date`")
}

/// The references file is longer than 1 MiB.
pub(crate) fn references_too_big(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::ReferencesTooBig, Place::file(path), "this file of references is longer than 1 MiB")
        .help("keep only the sources that pages name")
}

/// The references file breaks off: it is not written as YAML.
pub(crate) fn references_file(place: Place, kind: ErrorKind) -> Diagnostic {
    let why = match kind {
        ErrorKind::TooDeep => "this stands within too many others",
        ErrorKind::TooMuch => "this repeats too much",
        ErrorKind::SecondDocument => "a line of three hyphens stands at the beginning or nowhere",
        _ => "",
    };
    Diagnostic::new(Code::ReferencesFile, place, "the references cannot be read from here on")
        .label(why)
        .help("put a text that holds `: ` or `#` in quotes, and indent the fields of a source by two spaces")
}

/// A field of a source says nothing.
pub(crate) fn reference_empty_field(place: Place, key: &str, field: &str) -> Diagnostic {
    Diagnostic::new(Code::ReferenceEmptyField, place, format!("the `{field}` of `{key}` is empty"))
        .help("write it behind the colon, or take the line out")
}

/// Several people stand in one text.
pub(crate) fn people_in_one(place: Place, key: &str, field: &str, list: String) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    Diagnostic::new(Code::PeopleInOne, place, format!("the `{field}` of `{key}` seems to be several people"))
        .help("write them as a list, each in quotes")
        .fix(span, list)
}

/// The references file does not hold sources below their keys.
pub(crate) fn references_shape(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ReferencesShape, place, "this file does not list sources below their keys")
        .help("write a key such as `moon2019:` and below it, indented by two spaces, the fields of the source")
}

/// A source's key holds a sign that keys cannot have.
pub(crate) fn reference_key(place: Place, key: &str) -> Diagnostic {
    let message = if key.is_empty() {
        "this cannot be the key of a source".to_owned()
    } else {
        format!("`{key}` cannot be the key of a source")
    };
    Diagnostic::new(Code::ReferenceKey, place, message).help("use only the letters `A` to `Z`, digits, `-` and `_`")
}

/// Two sources have the same key.
pub(crate) fn reference_twice(place: Place, key: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::ReferenceTwice, place, format!("there are two sources with the key `{key}`"))
        .note(first, "the first one is here")
        .help("remove one of them, or give it a key of its own")
}

/// A field stands twice in one source.
pub(crate) fn reference_field_twice(place: Place, key: &str, field: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::ReferenceFieldTwice, place, format!("`{key}` has the field `{field}` twice"))
        .note(first, "the first one is here")
        .help("keep one of them; several values are a list, each on a line that begins with `-`")
}

/// A source has a field that Betwixt does not know.
pub(crate) fn unknown_reference_field(place: Place, key: &str, field: &str) -> Diagnostic {
    let message = if field.is_empty() {
        format!("this cannot be the name of a field of `{key}`")
    } else {
        format!("`{key}` has the field `{field}`, which sources do not have")
    };
    let help = match field {
        "year" => "write the year as `date`",
        "journal" | "magazine" | "booktitle" => {
            "write `parent:` and below it, indented, the `title` of what it stands in"
        }
        "doi" | "isbn" | "issn" | "pmid" | "pmcid" | "arxiv" => {
            "write a line `serial-number:`, and below it, two spaces further in, this line"
        }
        "pages" => "write the pages as `page-range`",
        "authors" => "write one author or a list of them as `author`",
        "institution" | "school" => "write it as `organization` or `publisher`",
        "number" => "write the number of a journal as `issue`, below `parent`",
        "accessed" | "urldate" => "write `url:` and below it, indented, `value` and `date`",
        _ => "check the spelling, or keep the remark as a line that begins with `#`",
    };
    Diagnostic::new(Code::UnknownReferenceField, place, message)
        .suggest(nearest(field, FIELDS.iter().copied()).filter(|_| !field.is_empty()))
        .help(help)
}

/// A source has no fields at all.
pub(crate) fn reference_without_fields(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::ReferenceWithoutFields, place, format!("the source `{key}` has no fields"))
        .help("write its `type`, `title`, `author` and `date` below it, indented by two spaces")
}

/// A source does not say what kind of work it is.
pub(crate) fn reference_without_type(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ReferenceWithoutType,
        place,
        format!("the source `{key}` does not say what kind of work it is"),
    )
    .help("add a `type`, such as `article`, `book`, `chapter`, `report`, `thesis`, `web` or `video`")
}

/// A source's `type` is not one that Betwixt knows.
pub(crate) fn reference_type(place: Place, key: &str, kind: &str) -> Diagnostic {
    Diagnostic::new(Code::ReferenceType, place, format!("`{key}` has the type `{kind}`, which sources do not have"))
        .suggest(nearest(kind, TYPES.split(' ')))
        .help("use one such as `article`, `book`, `chapter`, `report`, `thesis`, `web` or `video`")
}

/// A field of a source holds something that it cannot hold.
pub(crate) fn reference_value(place: Place, key: &str, field: &str, shown: &str) -> Diagnostic {
    let help = match field {
        "date" => "write a date as `2019`, `2019-05` or `2019-05-21`",
        "url" => "write the whole address, with `https://` at its beginning",
        "author" | "editor" => "write a person as `Moon, Ada` and an organisation as `name: World Health Organization`",
        "affiliated" => "write `role`, such as `translator`, and `names`",
        "language" => "write a language as `en` or `en-GB`",
        "page-total" | "volume-total" => "write a number",
        "issue" | "volume" | "chapter" | "edition" | "page-range" => "write a number or a short text",
        "retracted" => "write what happened, such as `withdrawn by the journal in 2019`, or take the line out",
        "time-range" | "runtime" => "write a time as `01:30:00`",
        "serial-number" => "write one kind of number on each line, such as `doi: 10.1000/182`",
        _ => "write one text, in quotes if it holds `{`, `$` or `: `",
    };
    Diagnostic::new(Code::ReferenceValue, place, format!("{shown} cannot be the `{field}` of `{key}`")).help(help)
}

/// A source's address is not one that a page may link to.
pub(crate) fn reference_address(place: Place, key: &str, url: &str) -> Diagnostic {
    Diagnostic::new(Code::ReferenceAddress, place, format!("readers cannot follow the address `{url}` of `{key}`"))
        .help("write an address that begins with `https://`, or remove the `url`")
}

/// Another form of the same: each field can be read by itself, and they do not go together.
pub(crate) fn reference_unreadable(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::ReferenceValue, place, format!("the source `{key}` cannot be read"))
        .help("remove its fields one after the other until it can, and write the last one anew")
}

/// A source has neither a title nor an author.
pub(crate) fn reference_without_name(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::ReferenceWithoutName, place, format!("the source `{key}` has neither a title nor an author"))
        .help("give it a `title`")
}
