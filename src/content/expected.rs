//! What a key takes; and what was meant where something else stands there.

use jiff::civil::Date;
use serde_yaml::Value;

use crate::base::in_quotes;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A line of text.
    Text,
    /// The name of a page.
    Name,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// A list of texts.
    Texts,
    /// A list of entries with keys of their own.
    Entries,
    /// Keys and values.
    Keys,
}

/// Whether a line may be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// It may.
    May,
    /// It must stand there.
    Must,
}

impl Expected {
    /// The words that follow `must be`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "a line of text",
            Self::Name => "the name of one page",
            Self::Truth => "`true` or `false`, without quotes",
            Self::Number => "a whole number such as `2`",
            Self::Day => "a day such as `2026-11-22`",
            Self::Texts => "a list, such as `[one, two]`",
            Self::Entries => "a list, each entry on a line that begins with `-`",
            Self::Keys => "keys and values, such as `to: ten-minutes`",
        }
    }

    /// What was meant by `value`, which is written as `written`, if that is certain.
    pub fn meant(self, written: &str, value: &Value) -> Option<String> {
        let is_line = !written.contains('\n');
        match (self, value) {
            (Self::Truth, Value::String(text)) => truth(text).map(str::to_owned),
            (Self::Number, Value::String(text)) => text.trim().parse::<i64>().ok().map(|number| number.to_string()),
            (Self::Name, Value::Sequence(_)) if is_line => only(value).map(str::to_owned),
            (Self::Text, Value::Number(_) | Value::Bool(_)) if is_line => Some(in_quotes(written)),
            (Self::Texts, Value::String(text)) if is_line && is_one(text) => Some(format!("[{written}]")),
            _ => None,
        }
    }
}

/// The list that `#talk #listen` means.
pub fn hashtags(text: &str) -> Option<String> {
    let words = text.split_whitespace().map(|word| word.trim_end_matches(',').strip_prefix('#'));
    let words: Vec<&str> = words.collect::<Option<_>>()?;
    let is_plain =
        |word: &&str| word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    words.iter().all(is_plain).then(|| format!("[{}]", words.join(", ")))
}

/// The only text in lists within each other.
fn only(value: &Value) -> Option<&str> {
    match value {
        Value::Sequence(items) => items.first().filter(|_| items.len() == 1).and_then(only),
        Value::String(text) => Some(text).filter(|text| is_one(text)).map(|text| text.trim()),
        _ => None,
    }
}

/// Is this text one entry of a list, and plain enough to stand between brackets as it is? Of several words, nobody knows
/// whether they are one entry.
fn is_one(text: &str) -> bool {
    !text.trim().contains(|c: char| c.is_whitespace() || ",;[]{}:#\"'".contains(c))
}

fn truth(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "on" | "true" => Some("true"),
        "no" | "n" | "off" | "false" => Some("false"),
        _ => None,
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that `text` says in another form than `2026-11-22`, if it can mean one day only.
pub fn day(text: &str) -> Option<Date> {
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
