//! What day it is: the computer's, or that of `SOURCE_DATE_EPOCH`, so that a build can be repeated later.
//!
//! <https://reproducible-builds.org/specs/source-date-epoch/>

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The variable that may hold the day of a build, in seconds since 1970.
const VARIABLE: &str = "SOURCE_DATE_EPOCH";

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
    let seconds = text.parse().ok().filter(|seconds| *seconds >= 0);
    let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let day = moment.map(|moment| moment.to_zoned(TimeZone::UTC).date());
    day.ok_or_else(|| format!("`{VARIABLE}` must be a number of seconds since 1970, and here stands `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_seconds_is_a_day() {
        assert_eq!(day_of("0"), Ok(Date::constant(1970, 1, 1)));
        assert_eq!(day_of("1795392000"), Ok(Date::constant(2026, 11, 23)));
        for text in ["", "-1", "yesterday", "99999999999999999999", "9999999999999999"] {
            assert!(day_of(text).is_err(), "{text}");
        }
    }
}
