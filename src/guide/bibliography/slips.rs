//! Fields of a source that are not written as they must be → what their author most likely meant.

use super::tree::{Node, Value};
use crate::base::{Edit, Span, in_quotes, line_start};

/// The fields that stand below `serial-number`.
const NUMBERS: [&str; 6] = ["doi", "isbn", "issn", "pmid", "pmcid", "arxiv"];

/// The edit that puts a number of a work below `serial-number`, where it stands on a line of its own.
pub(super) fn serial_number(text: &str, name: &Node, value: &Node) -> Option<Edit> {
    let Value::Text(field) = &name.value else { return None };
    let start = line_start(text, name.span.start);
    let indent = &text[start..name.span.start];
    let is_alone = indent.chars().all(|c| c == ' ') && matches!(value.value, Value::Text(_));
    (is_alone && NUMBERS.contains(&field.as_str())).then(|| Edit {
        span: Span::new(name.span.start, name.span.start),
        text: format!("serial-number:\n{indent}  "),
    })
}

/// `Walker, Ann and Smith, Bo` as a list, if each part is a whole name.
pub(super) fn list_of_people(text: &str) -> Option<String> {
    let people: Vec<&str> = if text.contains(';') {
        text.split(';').map(str::trim).collect()
    } else {
        text.split(" and ").flat_map(|part| part.split(" & ")).map(str::trim).collect()
    };
    let is_name = |person: &&str| {
        let parts = person.split_once(", ");
        parts.is_some_and(|(family, given)| !family.is_empty() && !given.is_empty() && !given.contains(','))
    };
    let is_list = people.len() > 1 && people.iter().all(is_name);
    is_list.then(|| format!("[{}]", people.into_iter().map(in_quotes).collect::<Vec<_>>().join(", ")))
}
