//! A template that cannot be read → the sign or tag in it that has no like, found without the engine's words.

use super::{complaints, tags};
use crate::base::{Diagnostic, Place, Span, nearest};

/// The tags that need an end.
const PAIRED: [&str; 8] = ["if", "for", "block", "filter", "component", "call", "set_block", "raw"];

/// What opens a value, a tag or a remark, and what closes it.
const SIGNS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];

/// The first sign or tag of the template at `place` that is never closed, or closes nothing.
pub(super) fn complaint(place: &Place, text: &str) -> Option<Diagnostic> {
    unclosed_sign(place, text).or_else(|| unclosed_tag(place, text))
}

/// A `{{` whose `}}` is missing, and its like.
fn unclosed_sign(place: &Place, text: &str) -> Option<Diagnostic> {
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|found| at + found) {
        let Some((open, close)) = SIGNS.iter().find(|(open, _)| text[start..].starts_with(open)) else {
            at = start + 1;
            continue;
        };
        let rest = &text[start + open.len()..];
        let end = rest.find(close);
        // Another one begins before this one ends: the end was left out.
        let next = SIGNS.iter().filter(|_| *open != "{#").filter_map(|(open, _)| rest.find(open)).min();
        match end {
            Some(end) if next.is_none_or(|next| end < next) => at = start + open.len() + end + close.len(),
            _ => {
                let place = Place { span: Some(Span::new(start, start + open.len())), ..place.clone() };
                return Some(complaints::unclosed_sign(place, open, close));
            }
        }
    }
    None
}

/// A `{% if … %}` whose `{% endif %}` is missing or stands elsewhere, and its like.
fn unclosed_tag(place: &Place, text: &str) -> Option<Diagnostic> {
    let at = |span: Span| Place { span: Some(span), ..place.clone() };
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for tag in tags::read(text) {
        if PAIRED.contains(&tag.name) {
            open.push((tag.name, tag.span));
            continue;
        }
        let Some(name) = tag.name.strip_prefix("end").filter(|name| !name.is_empty()) else {
            others.push(tag.name);
            continue;
        };
        match open.pop() {
            Some((begun, _)) if begun == name => {}
            Some((begun, span)) if !PAIRED.contains(&name) || open.iter().any(|(outer, _)| *outer == name) => {
                let is_misspelt = nearest(name, [begun]).is_some();
                let complaint = complaints::unclosed_tag(at(span), begun);
                return Some(if is_misspelt {
                    complaint.note(at(tag.span), "this does not end it")
                } else {
                    complaint
                });
            }
            Some((begun, span)) => {
                return Some(
                    complaints::stray_end(at(tag.span), name)
                        .note(at(span), format!("this `{begun}` is to be ended first")),
                );
            }
            // A misspelt beginning is told where it stands.
            None if others.iter().any(|other| nearest(other, [name]).is_some()) => return None,
            None => return Some(complaints::stray_end(at(tag.span), name)),
        }
    }
    let (name, span) = open.pop()?;
    Some(complaints::unclosed_tag(at(span), name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, &str)>) {
        let found = complaint(&Place::file(&SourcePath::new("page.html")), text);
        let found = found.map(|found| (found.place.span.unwrap_or_default().start, found.message));
        assert_eq!(found.as_ref().map(|(at, message)| (*at, message.as_str())), expected, "{text}");
    }

    #[test]
    fn what_is_never_closed_is_found_where_it_begins() {
        check("a {{ b }} {% if c %}{# {{ #}{% endif %}", None);
        check("a {{ b </p>\n{{ c }}", Some((2, "this `{{` is never closed")));
        check("{% if a\n{{ c }}", Some((0, "this `{%` is never closed")));
        check("a {% if b %}c", Some((2, "this `if` is never ended")));
        check("{% for a in b %}{% if c %}{% endfor %}", Some((16, "this `if` is never ended")));
        check("{% endif %}", Some((0, "this ends no `if`")));
        check("{% blok a %}{% endblock a %}", None);
        check("{% block a %}{% endblok %}", Some((0, "this `block` is never ended")));
    }
}
