//! A references file that is not written as it must be → what its author most likely meant, with the cure.

use super::complaints;
use super::tree::{Node, Value};
use crate::base::{Diagnostic, Edit, Place, SourcePath, Span, in_quotes, line_start};
use crate::content::slips_in_file;

/// The fields that stand below `serial-number`.
const NUMBERS: [&str; 6] = ["doi", "isbn", "issn", "pmid", "pmcid", "arxiv"];

/// The slips in a file that is not YAML, or does not list sources; none if no likely cause is seen.
pub(super) fn found(text: &str, path: &SourcePath) -> Vec<Diagnostic> {
    let mut at = 0;
    let mut bare = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches('\u{feff}').len();
        at += line.len();
        let written = text[start..at].trim_end();
        let place = Place::at(path, Span::new(start, start + written.len()));
        if is_bibtex(written) {
            return vec![complaints::bibtex(place)];
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let has_fields = text[at..].starts_with([' ', '\t']);
        if has_fields && written.starts_with(|c: char| c.is_alphanumeric()) && written.chars().all(is_word) {
            bare.push(complaints::key_without_colon(place, written));
        }
    }
    if bare.is_empty() { slips_in_file(path, text) } else { bare }
}

/// Is it the first line of an entry in the notation of another program: `@book{key,`?
fn is_bibtex(line: &str) -> bool {
    let kind = line.strip_prefix('@').and_then(|rest| rest.split_once('{')).map(|(kind, _)| kind.trim_end());
    kind.is_some_and(|kind| !kind.is_empty() && kind.chars().all(char::is_alphabetic))
}

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
