//! A template → the same with calls in it that count what it does, page by page.
//!
//! The template engine knows no bound. So each `for`, `block`, `component`, `include` and `set` gets a call behind it
//! before the template is compiled, which counts the step and weighs what was made; `Counted::original` leads complaints
//! back to the text as it was written. What a single expression does is not counted.

use super::tags::{self, Tag};
use crate::base::Span;

/// A template whose steps are counted.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// What is compiled.
    pub text: String,
    /// The calls that were put in, in order.
    calls: Vec<Call>,
}

/// A call behind a tag.
#[derive(Debug, Clone)]
struct Call {
    /// The tag, in the author's text.
    tag: Span,
    /// Where the call begins in the compiled text.
    start: usize,
    /// Where it ends there.
    end: usize,
}

impl Counted {
    /// The template with its calls.
    pub fn new(text: &str) -> Self {
        let mut counted = String::with_capacity(text.len() + text.len() / 4);
        let mut calls = Vec::new();
        let mut captures = Vec::new();
        let mut done = 0;
        for tag in tags::read(text) {
            let Some(names) = counts(&tag, &mut captures) else { continue };
            counted.push_str(&text[done..tag.span.end]);
            done = tag.span.end;
            let start = counted.len();
            // White space that the tag takes out is taken out by the call in its place.
            let is_trimmed = text[..done].ends_with("-%}");
            let call = if names.is_empty() { "betwixt_step()" } else { &format!("betwixt_step(of=\"{names}\")") };
            let (open, close) = if is_trimmed { ("{{-", "-}}") } else { ("{{ ", " }}") };
            for part in [open, call, close] {
                counted.push_str(part);
            }
            calls.push(Call { tag: tag.span, start, end: counted.len() });
        }
        counted.push_str(&text[done..]);
        Self { text: counted, calls }
    }

    /// Where a stretch of `text` stands in the author's text; a call stands for its tag.
    pub fn original(&self, span: Span) -> Span {
        if let Some(call) = self.calls.iter().find(|call| call.start < span.end && span.end <= call.end) {
            return call.tag;
        }
        let added = |at: usize| {
            self.calls.iter().filter(|call| call.start < at).map(|call| call.end - call.start).sum::<usize>()
        };
        Span::new(span.start - added(span.start), span.end - added(span.end))
    }
}

/// The names whose values are weighed behind a tag that counts, with spaces between; none where nothing is counted.
/// `captures` are the names of the open `set` blocks.
fn counts<'t>(tag: &Tag<'t>, captures: &mut Vec<&'t str>) -> Option<String> {
    match tag.name {
        "block" | "include" => Some(String::new()),
        "for" => {
            let (names, values) = tag.rest.split_once(" in ").unwrap_or((tag.rest, ""));
            Some(if makes(values) { words(names).join(" ") } else { String::new() })
        }
        // Whoever calls a component may make its arguments in the call.
        "component" => {
            let arguments = tag.rest.split(['(', ',']).skip(1).map(str::trim_start);
            let names = arguments.filter(|part| !part.starts_with('@')).filter_map(|part| words(part).first().copied());
            Some(names.chain(["body"]).collect::<Vec<_>>().join(" "))
        }
        "set" | "set_global" => {
            let name = *words(tag.rest).first()?;
            let value = tag.rest.trim_start().strip_prefix(name).unwrap_or_default().trim_start();
            match value.strip_prefix('=') {
                Some(value) => makes(value).then(|| name.to_owned()),
                None => {
                    captures.push(name);
                    None
                }
            }
        }
        "endset" => captures.pop().map(str::to_owned),
        _ => None,
    }
}

/// Does an expression make something that was not there? A name, or a choice between names, makes nothing.
fn makes(expression: &str) -> bool {
    expression.contains(['~', '|', '(', '[', '{', '<'])
}

/// The words of a text.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_that_repeats_is_counted_and_found_again() {
        let text = concat!(
            "{# {% for #}{% raw %} endraw {% for x in y %}{% endraw %}\u{e9}{%- for a in [\"%}\"] -%} {{ a }}{% endfor %}",
            "{% include 'b' %}{{ c }}{% set d = c ~ c %}{% set e = c.f %}{{ e }}"
        );
        let counted = Counted::new(text);
        assert_eq!(
            counted.text,
            concat!(
                "{# {% for #}{% raw %} endraw {% for x in y %}{% endraw %}\u{e9}{%- for a in [\"%}\"] -%}{{-betwixt_step(of=\"a\")-}} ",
                "{{ a }}{% endfor %}{% include 'b' %}{{ betwixt_step() }}{{ c }}{% set d = c ~ c %}",
                "{{ betwixt_step(of=\"d\") }}{% set e = c.f %}{{ e }}"
            )
        );
        let led_back = |part: &str| {
            let start = counted.text.find(part).expect("it is there");
            let span = counted.original(Span::new(start, start + part.len()));
            &text[span.start..span.end]
        };
        assert_eq!(led_back("{%- for"), "{%- for");
        assert_eq!(led_back(" {{ a }}"), " {{ a }}");
        assert_eq!(led_back("{{ c }}"), "{{ c }}");
        assert_eq!(led_back("betwixt_step(of=\"a\")-"), "{%- for a in [\"%}\"] -%}");
        assert_eq!(led_back("betwixt_step() "), "{% include 'b' %}");
    }

    #[test]
    fn what_is_made_is_weighed_and_what_was_there_is_not() {
        let called = |text: &str| {
            let counted = Counted::new(text).text;
            counted
                .split("betwixt_step(")
                .skip(1)
                .map(|rest| rest.split(')').next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(called("{% set_global a = a ~ b %}"), ["of=\"a\""]);
        assert_eq!(called("{% set a = page.title or b %}"), Vec::<String>::new());
        assert_eq!(called("{% set a %}{% set b | upper %}b{% endset %}{% endset %}"), ["of=\"b\"", "of=\"a\""]);
        assert_eq!(called("{% for k, v in page.fields %}"), [""]);
        assert_eq!(called("{% for k, v in {\"a\": b ~ b} %}"), ["of=\"k v\""]);
        assert_eq!(called("{% component c(a, b: string = \"\", @t) -%}"), ["of=\"a b body\""]);
    }
}
