//! What day it is: the computer's, or that of `SOURCE_DATE_EPOCH`, so that a build can be repeated later.
//!
//! <https://reproducible-builds.org/specs/source-date-epoch/>

use jiff::civil::Date;
use jiff::{Span, Zoned};

/// The variable that may hold the day of a build, in seconds since 1970.
const VARIABLE: &str = "SOURCE_DATE_EPOCH";

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// The day.
///
/// # Errors
/// A sentence, if the variable is set to something else.
pub fn today() -> Result<Date, String> {
    match std::env::var_os(VARIABLE) {
        None => Ok(Zoned::now().date()),
        Some(text) => day_of(&text.to_string_lossy()),
    }
}

fn day_of(text: &str) -> Result<Date, String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("`{VARIABLE}` must be a number of seconds since 1970, and here stands `{text}`"));
    }
    let seconds: Option<i64> = text.parse().ok();
    let days = seconds.and_then(|seconds| Span::new().try_days(seconds / SECONDS_OF_A_DAY).ok());
    let day = days.and_then(|days| Date::constant(1970, 1, 1).checked_add(days).ok());
    day.ok_or_else(|| format!("`{VARIABLE}` is {text}, which lies beyond the year 9999: write the seconds since 1970"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_seconds_is_a_day() {
        assert_eq!(day_of("0"), Ok(Date::constant(1970, 1, 1)));
        assert_eq!(day_of("1795392000"), Ok(Date::constant(2026, 11, 23)));
        assert_eq!(day_of("253402300799"), Ok(Date::constant(9999, 12, 31)));
        for (text, words) in [
            ("", "must be a number of seconds"),
            ("-1", "must be a number of seconds"),
            ("yesterday", "must be a number of seconds"),
            ("99999999999999999999", "beyond the year 9999"),
            ("253402300800", "beyond the year 9999"),
            ("9999999999999999", "beyond the year 9999"),
        ] {
            assert!(day_of(text).is_err_and(|error| error.contains(words)), "{text}");
        }
    }
}
