//! A number and its unit → words, in the plural form that the guide's language asks for.
//!
//! The forms are those of the Unicode Common Locale Data Repository (<https://cldr.unicode.org/>).

use fixed_decimal::Decimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralOperands, PluralRules};

use super::values::Table;

/// Stands for the number.
const NUMBER: &str = "{n}";

/// How a number is written out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// The guide's language, as a tag such as `en` or `pt-BR`.
    language: Box<str>,
    /// The forms that differ from the last one, by their names.
    forms: Vec<(&'static str, Box<str>)>,
    /// How it is written of any other number.
    other: Box<str>,
}

/// The names of the forms, and the setting of each.
const FORMS: [(PluralCategory, &str); 5] = [
    (PluralCategory::Zero, "zero"),
    (PluralCategory::One, "one"),
    (PluralCategory::Two, "two"),
    (PluralCategory::Few, "few"),
    (PluralCategory::Many, "many"),
];

impl Unit {
    /// The unit that a table describes, in a guide in `language`.
    pub(super) fn of(table: &Table, language: &str) -> Option<Self> {
        let form = |(_, name): &(PluralCategory, &'static str)| Some((*name, table.text(name)?.value));
        let forms = FORMS.iter().filter_map(form).collect();
        Some(Self { language: language.into(), forms, other: table.text("other")?.value })
    }

    /// The number with its unit.
    #[must_use]
    pub fn write(&self, number: &str) -> String {
        let name = self.form(number);
        let form = self.forms.iter().find(|(known, _)| Some(*known) == name).map_or(&self.other, |(_, form)| form);
        form.replace(NUMBER, number)
    }

    /// The name of the form that the language has for this number; `None` if it is any other.
    fn form(&self, number: &str) -> Option<&'static str> {
        let locale = self.language.replace('_', "-").parse::<Locale>().unwrap_or(Locale::UNKNOWN);
        let rules = PluralRules::try_new_cardinal(locale.into()).ok()?;
        let category = rules.category_for(PluralOperands::from(&number.parse::<Decimal>().ok()?));
        FORMS.iter().find(|(known, _)| *known == category).map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn a_number_takes_the_form_of_its_language() {
        let unit = |language: &str, forms: &[(&'static str, &str)]| {
            let forms = forms.iter().map(|(name, form)| (*name, Box::from(*form))).collect();
            Unit { language: language.into(), forms, other: "{n} other".into() }
        };
        let polish = unit("pl-PL", &[("one", "{n} minuta"), ("few", "{n} minuty"), ("many", "{n} minut")]);
        for (number, written) in [("1", "1 minuta"), ("3", "3 minuty"), ("12", "12 minut"), ("1.5", "1.5 other")] {
            assert_eq!(polish.write(number), written);
        }
        let english = unit("en", &[("one", "one minute")]);
        assert_eq!((english.write("1"), english.write("0")), ("one minute".to_owned(), "0 other".to_owned()));
        assert_eq!(unit("no language", &[]).write("7"), "7 other");
    }
}
