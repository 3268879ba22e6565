//! A number with a fraction that can be compared and remembered like any other value.

use std::fmt;
use std::hash::{Hash, Hasher};

/// A finite number; the two zeros are one.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Finite(f64);

impl Finite {
    /// The number, if it is one.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(if number == 0.0 { 0.0 } else { number }))
    }

    /// A whole number; beyond 2⁵³ the nearest one that there is.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "so it is said")]
    pub fn whole(number: i64) -> Self {
        Self(number as f64)
    }

    /// Is it without a fraction?
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.fract() == 0.0
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Finite {}

impl Hash for Finite {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl fmt::Display for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
