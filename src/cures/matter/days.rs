//! A day in another form than `2026-11-22` → the day, if it can mean one only.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that `text` says in another form than `2026-11-22`, if it can mean one day only.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.split_once(['T', ' ']).filter(|(_, rest)| rest.contains(':')).map_or(text, |(day, _)| day);
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',', '\u{2013}']).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |part: &str| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let is_number = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<i16>().ok().filter(|_| is_number)
    };
    let month = |part: &str| {
        let start = part.to_lowercase();
        let index = MONTHS.iter().position(|month| start.starts_with(month) && number(part).is_none())?;
        i16::try_from(index + 1).ok()
    };
    let is_year = |part: &str| part.len() == 4 && number(part).is_some();
    let (year, month, day) = match (number(a), number(b), number(c)) {
        _ if is_year(a) => (number(a), number(b).or_else(|| month(b)), number(c)),
        (Some(_), None, _) if is_year(c) => (number(c), month(b), number(a)),
        (None, Some(_), _) if is_year(c) => (number(c), month(a), number(b)),
        (Some(day @ 13..), Some(month @ ..=12), _) if is_year(c) => (number(c), Some(month), Some(day)),
        (Some(month @ ..=12), Some(day @ 13..), _) if is_year(c) => (number(c), Some(month), Some(day)),
        (Some(same), Some(other), _) if is_year(c) && same == other => (number(c), Some(same), Some(same)),
        _ => return None,
    };
    Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_in_other_forms_are_understood_unless_they_can_mean_two() {
        let said = |text| day(text).map(|day| day.to_string()).unwrap_or_default();
        for text in ["2026/11/22", "2026.11.22", "22.11.2026", "11/22/2026", "22 November 2026", "Nov 22nd, 2026"] {
            assert_eq!(said(text), "2026-11-22", "{text}");
        }
        assert_eq!(said("2026-1-5"), "2026-01-05");
        assert_eq!(said("2026-11-22T10:00:00Z"), "2026-11-22");
        for text in ["5.11.2026", "11/05/2026", "22.11.26", "yesterday", "2026-30-02", "2026", "a b c"] {
            assert_eq!(said(text), "", "{text}");
        }
    }
}
