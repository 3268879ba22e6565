//! How long a template may go on: every pass of a loop and every part that is put in counts, page by page.
//!
//! The template engine knows no bound. So each `for`, `block`, `component` and `include` gets a call behind it that
//! counts, before the template is compiled; `Counted::original` leads complaints back to the text as it was written.
//! What a single expression does is not counted, nor how much memory it takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::tags::{self, Tag};
use crate::base::Span;

/// More steps than this for one page are a template that does not end.
pub(super) const MOST: u64 = 1_000_000;
/// More numbers than this in one `range` are a slip of the finger.
const LONGEST_RANGE: u64 = 100_000;

/// The call that counts a step, and the same call where white space around it is taken out; both are equally long.
const CALL: &str = "{{ betwixt_step() }}";
const CALL_TRIMMED: &str = "{{-betwixt_step()-}}";

/// A template whose steps are counted.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// What is compiled.
    pub text: String,
    /// The tags with a call behind them, as they stand in the author's text, in order.
    tags: Vec<Span>,
}

impl Counted {
    /// The template with its calls.
    pub fn new(text: &str) -> Self {
        let repeats = |tag: &Tag| ["for", "block", "component", "include"].contains(&tag.name);
        let tags: Vec<Span> = tags::read(text).into_iter().filter(repeats).map(|tag| tag.span).collect();
        let mut counted = String::with_capacity(text.len() + tags.len() * CALL.len());
        let mut done = 0;
        for tag in &tags {
            counted.push_str(&text[done..tag.end]);
            counted.push_str(if text[..tag.end].ends_with("-%}") { CALL_TRIMMED } else { CALL });
            done = tag.end;
        }
        counted.push_str(&text[done..]);
        Self { text: counted, tags }
    }

    /// Where a stretch of `text` stands in the author's text; a call stands for its tag.
    pub fn original(&self, span: Span) -> Span {
        let within = |at: usize| {
            let starts = self.tags.iter().enumerate().map(|(i, tag)| (tag, tag.end + i * CALL.len()));
            starts.take_while(|(_, start)| *start < at).last().filter(|(_, start)| at <= start + CALL.len())
        };
        if let Some((tag, _)) = within(span.end) {
            return *tag;
        }
        let before = |at: usize| self.tags.iter().enumerate().filter(|(i, tag)| tag.end + i * CALL.len() < at).count();
        Span::new(span.start - before(span.start) * CALL.len(), span.end - before(span.end) * CALL.len())
    }
}

/// Makes the engine count in `steps`, up to [`MOST`].
pub(super) fn count(tera: &mut Tera, steps: &Arc<AtomicU64>) {
    let one = Arc::clone(steps);
    tera.register_function("betwixt_step", move |_: Kwargs, _: &State| take(&one, 1).map(|()| ""));
    let many = Arc::clone(steps);
    tera.register_function("range", move |arguments: Kwargs, _: &State| range(&arguments, &many));
}

fn take(steps: &AtomicU64, wanted: u64) -> TeraResult<()> {
    if steps.fetch_add(wanted, Ordering::Relaxed) + wanted > MOST {
        return Err(Error::message("it goes on too long"));
    }
    Ok(())
}

/// The engine's own `range`, whose numbers count.
fn range(arguments: &Kwargs, steps: &AtomicU64) -> TeraResult<Vec<i128>> {
    let start = arguments.get::<i128>("start")?.unwrap_or_default();
    let end = arguments.must_get::<i128>("end")?;
    let step_by = arguments.get::<i128>("step_by")?.unwrap_or(1);
    if step_by == 0 || (start > end && step_by > 0) {
        return Err(Error::message("Function `range` would never come to its end"));
    }
    if (start < end) != (step_by > 0) {
        return Ok(Vec::new());
    }
    let length = end.abs_diff(start).div_ceil(step_by.unsigned_abs());
    let length = u64::try_from(length).ok().filter(|length| *length <= LONGEST_RANGE).ok_or_else(|| {
        Error::message(format!(
            "Function `range` would produce {length} elements, which exceeds the limit of {LONGEST_RANGE}"
        ))
    })?;
    take(steps, length)?;
    Ok((0..i128::from(length)).map(|i| start + i * step_by).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_that_repeats_is_counted_and_found_again() {
        let text = concat!(
            "{# {% for #}{% raw %} endraw {% for x in y %}{% endraw %}\u{e9}{%- for a in [\"%}\"] -%} {{ a }}{% endfor %}",
            "{% include 'b' %}{{ c }}"
        );
        let counted = Counted::new(text);
        assert_eq!(
            counted.text,
            concat!(
                "{# {% for #}{% raw %} endraw {% for x in y %}{% endraw %}\u{e9}{%- for a in [\"%}\"] -%}{{-betwixt_step()-}} ",
                "{{ a }}{% endfor %}{% include 'b' %}{{ betwixt_step() }}{{ c }}"
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
        assert_eq!(led_back("betwixt_step()-"), "{%- for a in [\"%}\"] -%}");
        assert_eq!(led_back("betwixt_step() "), "{% include 'b' %}");
    }

    #[test]
    fn range_counts_as_the_engine_does() {
        let ours = |text: &str| {
            let mut tera = Tera::default();
            count(&mut tera, &Arc::default());
            tera.add_raw_template("a", text).expect("it is sound");
            tera.render("a", &tera::Context::new()).ok()
        };
        for arguments in ["end=3", "start=2, end=2", "start=1, end=8, step_by=3", "start=5, end=0, step_by=-2"] {
            let text = format!("{{% for i in range({arguments}) %}}{{{{ i }}}},{{% endfor %}}");
            assert_eq!(ours(&text), Tera::one_off(&text, &tera::Context::new(), false).ok(), "{arguments}");
        }
        assert_eq!(ours("{{ range(start=3, end=1) }}"), None);
        assert_eq!(ours("{{ range(end=1, step_by=0) }}"), None);
    }
}
