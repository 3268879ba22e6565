//! What a template has done so far for one page: the steps that it took, and the weight of what it made.
//!
//! Every pass of a loop and every part that is put in is a step; text and lists that are kept under a name weigh what
//! they hold. So what doubles from name to name is stopped before it fills the memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// More steps than this for one page are a template that does not end.
pub(super) const MOST_STEPS: u64 = 1_000_000;
/// More bytes than this under the names of one page are a template that does not end.
pub(super) const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// More numbers than this in one `range` are a slip of the finger.
const LONGEST_RANGE: u64 = 100_000;
/// Lists within lists that go deeper than this are made without end.
const DEEPEST: usize = 100;
/// What a value weighs besides its text.
const WEIGHT: u64 = 16;

/// The count for one page.
#[derive(Debug, Default)]
pub(super) struct Meter {
    steps: AtomicU64,
    bytes: AtomicU64,
}

/// What a template has done too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    Steps,
    Bytes,
}

impl Meter {
    /// Begins with another page.
    pub fn reset(&self) {
        self.steps.store(0, Ordering::Relaxed);
        self.bytes.store(0, Ordering::Relaxed);
    }

    /// What was too much, if anything was.
    pub fn excess(&self) -> Option<Excess> {
        if self.steps.load(Ordering::Relaxed) > MOST_STEPS {
            return Some(Excess::Steps);
        }
        (self.bytes.load(Ordering::Relaxed) > MOST_BYTES).then_some(Excess::Bytes)
    }

    fn step(&self, wanted: u64) -> TeraResult<()> {
        if self.steps.fetch_add(wanted, Ordering::Relaxed) + wanted > MOST_STEPS {
            return Err(Error::message("it goes on too long"));
        }
        Ok(())
    }

    fn weigh(&self, value: &Value) -> TeraResult<()> {
        let before = self.bytes.load(Ordering::Relaxed);
        let left = weigh(value, MOST_BYTES.saturating_sub(before), DEEPEST);
        self.bytes.store(left.map_or(MOST_BYTES + 1, |left| MOST_BYTES - left), Ordering::Relaxed);
        left.map(drop).ok_or_else(|| Error::message("it makes too much"))
    }
}

/// What is left when `value` is taken away; nothing where it is too heavy or too deep.
fn weigh(value: &Value, left: u64, depth: usize) -> Option<u64> {
    let left = left.checked_sub(WEIGHT)?;
    if let Some(text) = value.as_str() {
        return left.checked_sub(text.len() as u64);
    }
    let deeper = depth.checked_sub(1)?;
    if let Some(list) = value.as_array() {
        return list.iter().try_fold(left, |left, value| weigh(value, left, deeper));
    }
    let map = value.as_map().into_iter().flatten();
    map.map(|(_, value)| value).try_fold(left, |left, value| weigh(value, left, deeper))
}

/// Makes the engine count with `meter`, up to [`MOST_STEPS`] and [`MOST_BYTES`].
pub(super) fn count(tera: &mut Tera, meter: &Arc<Meter>) {
    let one = Arc::clone(meter);
    tera.register_function("betwixt_step", move |arguments: Kwargs, state: &State| step(&arguments, state, &one));
    let many = Arc::clone(meter);
    tera.register_function("range", move |arguments: Kwargs, _: &State| range(&arguments, &many));
}

/// Counts one step, and weighs what stands under the names that are given.
fn step(arguments: &Kwargs, state: &State, meter: &Meter) -> TeraResult<&'static str> {
    meter.step(1)?;
    let names = arguments.get::<&str>("of")?.unwrap_or_default();
    for name in names.split_whitespace() {
        if let Some(value) = state.get::<Value>(name)? {
            meter.weigh(&value)?;
        }
    }
    Ok("")
}

/// The engine's own `range`, whose numbers count.
fn range(arguments: &Kwargs, meter: &Meter) -> TeraResult<Vec<i128>> {
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
    meter.step(length)?;
    Ok((0..i128::from(length)).map(|i| start + i * step_by).collect())
}

#[cfg(test)]
mod tests {
    use super::super::steps::Counted;
    use super::*;

    /// What is too much in a template, if anything is.
    fn excess(text: &str) -> Option<Excess> {
        let meter = Arc::new(Meter::default());
        let mut tera = Tera::default();
        count(&mut tera, &meter);
        tera.add_raw_template("a", &Counted::new(text).text).expect("it is sound");
        let rendered = tera.render("a", &tera::Context::new());
        assert_eq!(rendered.is_err(), meter.excess().is_some(), "{text}: {rendered:?}");
        meter.excess()
    }

    #[test]
    fn what_doubles_is_stopped_before_it_fills_the_memory() {
        let doubling = |tag: &str| format!("{{% set x = [\"a\"] | join %}}{}", tag.repeat(60));
        for text in [
            "{% set x = \"a\" %}{% for i in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}".to_owned(),
            "{% set x = 1 %}{% for i in range(end=60) %}{% set_global x = [x, x] %}{% endfor %}".to_owned(),
            "{% set x = 1 %}{% for i in range(end=60) %}{% set_global x = {\"a\": x, \"b\": x} %}{% endfor %}"
                .to_owned(),
            "{% set x = 1 %}{% for i in range(end=100000) %}{% set_global x = [x] %}{% endfor %}".to_owned(),
            doubling("{% set x = x ~ x %}"),
            doubling("{% set x %}{{ x }}{{ x }}{% endset %}"),
            "{% set x = \"a\" %}".to_owned()
                + &"{% for x in [x ~ x ~ x ~ x ~ x ~ x ~ x ~ x] %}".repeat(12)
                + &"{% endfor %}".repeat(12),
        ] {
            assert_eq!(excess(&text), Some(Excess::Bytes), "{text}");
        }
    }

    #[test]
    fn steps_and_weight_below_the_bounds_are_let_be() {
        assert_eq!(excess("{% for i in range(end=1000) %}{% set x = \"a\" ~ i %}{% endfor %}"), None);
        assert_eq!(
            excess("{% for i in range(end=2000) %}{% for j in range(end=1000) %}{% endfor %}{% endfor %}"),
            Some(Excess::Steps)
        );
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
