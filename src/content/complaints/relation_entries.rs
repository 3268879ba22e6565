//! What can be wrong with the entries of a relation.

use crate::base::{Code, Diagnostic, Place, in_backticks};
use crate::content::entries::{self, Form};
use crate::site::Relation;

/// A relation names the same page twice.
pub(crate) fn named_twice(place: Place, to: &str) -> Diagnostic {
    Diagnostic::new(Code::EntryTwice, place, format!("`{to}` is named twice")).help("keep one of the two")
}

/// A relation gives no reason.
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
    Diagnostic::new(Code::MissingWhy, place, format!("`{to}` is named without a reason")).help(help)
}

/// An entry of a relation does not say where it leads.
pub(crate) fn missing_to(place: Place, relation: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingTo, place, format!("this entry of `{relation}` does not say where it leads"))
        .help("add a line `to: …` with the other page's file name, without `.md`")
}

/// A key in an entry, which has only the `known` ones.
pub(crate) fn unknown_entry_key(place: Place, key: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::UnknownEntryKey, place, format!("there is no key `{key}` here"))
        .help(format!("an entry has {}", in_backticks(known, ", ")))
}

/// A weight that is not 1, 2 or 3.
pub(crate) fn weight_range(place: Place, found: i64) -> Diagnostic {
    Diagnostic::new(Code::WeightRange, place, format!("a weight is 1, 2 or 3, and here stands {found}"))
        .help("write `1` for a loose bond, `2` for a usual one, `3` for a strong one; or take the line out")
}
