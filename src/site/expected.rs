//! What must stand under a setting, in words, as an example, and as the cure of what stands there.

use super::setting::{Need, Setting};
use crate::base::{Finite, in_quotes, read_truth};
use crate::syntax::toml::Value;

/// What must stand under a key.
#[derive(Clone, Copy)]
pub(super) enum Expected<'w> {
    Text,
    Truth,
    /// A whole number such as this one.
    Count(&'w str),
    /// A number such as this one.
    Number(&'w str),
    Scalar,
    /// One of these numbers.
    OneOf(&'w [usize]),
    /// A list of texts such as this one.
    Texts(&'w str),
    /// A list of tables such as this one.
    Tables(&'w str),
    /// An entry of such a list.
    Item(&'w str, &'static [Setting]),
    /// Settings in one line, such as these.
    Entry(&'w str, &'static [Setting]),
    /// Settings below a heading of this name.
    Heading(&'w str),
}

impl Expected<'_> {
    /// What must stand there.
    pub fn words(self) -> String {
        match self {
            Self::Text => "text in quotes".to_owned(),
            Self::Truth => "`true` or `false`, without quotes".to_owned(),
            Self::Count(_) => "a whole number such as `2`, without quotes and not below `0`".to_owned(),
            Self::Number(_) => "a number such as `2` or `0.5`, without quotes".to_owned(),
            Self::Scalar => "a text in quotes, a number, `true` or `false`".to_owned(),
            Self::OneOf(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(|number| format!("`{number}`")).collect();
                format!("{}, without quotes", numbers.join(" or "))
            }
            Self::Texts(example) => format!("a list of texts such as `{example}`"),
            Self::Tables(example) => format!("a list such as `{example}`"),
            Self::Item(example, _) => format!("an entry such as `{example}`"),
            Self::Entry(example, _) => format!("settings such as `{example}`"),
            Self::Heading(name) => format!("a heading `[{name}]` with its settings below it"),
        }
    }

    /// How the setting `key` may be written.
    pub fn example(self, key: &str) -> String {
        match self {
            Self::Text | Self::Scalar => format!("{key} = \"…\""),
            Self::Truth => format!("{key} = true"),
            Self::OneOf(numbers) => format!("{key} = {}", numbers.first().copied().unwrap_or_default()),
            Self::Count(example) | Self::Number(example) | Self::Texts(example) | Self::Tables(example) => {
                format!("{key} = {example}")
            }
            Self::Entry(example, _) => format!("{key} = {example}"),
            Self::Item(example, _) => example.to_owned(),
            Self::Heading(name) => format!("[{name}]"),
        }
    }

    /// What to write in place of `value`, where that is certain.
    pub fn cure(self, value: &Value) -> Option<String> {
        let text = value.as_text();
        match self {
            Self::Truth => read_truth(text?).map(|truth| truth.to_string()),
            Self::Count(_) => text?.trim().parse::<usize>().ok().map(|number| number.to_string()),
            Self::Number(_) => text?.trim().parse::<f64>().ok().and_then(Finite::new).map(|number| number.to_string()),
            Self::OneOf(numbers) => {
                let number = text?.trim().parse::<usize>().ok()?;
                numbers.contains(&number).then(|| number.to_string())
            }
            Self::Texts(_) => {
                let texts = text?.split(',').map(str::trim).filter(|text| !text.is_empty()).map(in_quotes);
                Some(format!("[{}]", texts.collect::<Vec<_>>().join(", ")))
            }
            // A text can only be the one setting that must stand there.
            Self::Item(_, settings) | Self::Entry(_, settings) => {
                let mut needed = settings.iter().filter(|setting| setting.need == Need::Must);
                let only = needed.next().filter(|_| needed.next().is_none())?;
                Some(format!("{{ {} = {} }}", only.key, in_quotes(text?)))
            }
            Self::Text | Self::Scalar | Self::Tables(_) | Self::Heading(_) => None,
        }
    }
}

/// What a value is, in plain words.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "text",
        Value::Integer(..0) => "a number below `0`",
        Value::Number(number) if number.starts_with('-') => "a number below `0`",
        Value::Integer(_) | Value::Number(_) => "a whole number",
        Value::Float(_) => "a number with a fraction",
        Value::Boolean(_) => "`true` or `false`",
        Value::Moment(_) => "a day",
        Value::List(_) | Value::Headed(_) => "a list",
        Value::Table(_) => "a table",
    }
}
