//! The fields of a page → what templates see of them: each by its name, and what the page shows of them, with labels and units.

use super::data::Writer;
use crate::base::capitalize;
use crate::content::{FieldValue, Page};
use crate::site::{Field, FieldShape, PageRules, Show};

/// The fields of a page, as its kind declares and shows them.
pub(super) struct PageFields<'p> {
    page: &'p Page,
    fields: &'p [Field],
    show: Option<&'p Show>,
}

impl<'p> PageFields<'p> {
    /// Those of `page`.
    pub fn new(page: &'p Page, rules: &'p PageRules) -> Self {
        let kind = page.kind.map(|kind| &rules.kinds[kind]);
        Self { page, fields: kind.map_or(&[], |kind| &kind.fields), show: kind.map(|kind| &kind.show) }
    }

    /// What the page itself shows.
    pub fn write_page(&self, w: &mut impl Writer) {
        self.write_all(w);
        self.write_line(w);
        self.write_part(w, "card", |show| &show.card);
        self.write_part(w, "facts", |show| &show.facts);
        self.write_part(w, "care", |show| &show.care);
    }

    /// What other pages show of it: where it is listed, and where it is related.
    pub fn write_card(&self, w: &mut impl Writer) {
        self.write_all(w);
        self.write_line(w);
        self.write_part(w, "card", |show| &show.card);
        self.write_part(w, "facts", |show| &show.lists);
        self.write_part(w, "related", |show| &show.related);
    }

    /// Every field that readers may see, by its name.
    fn write_all(&self, w: &mut impl Writer) {
        w.key("fields").map(|w| {
            let values = self.fields.iter().zip(&self.page.matter.fields);
            for (field, value) in values.filter(|(field, _)| !field.is_hidden) {
                match value.get() {
                    Some(value) => write_value(w.named(&field.name), value),
                    None => w.named(&field.name).none(),
                }
            }
        });
    }

    fn write_line(&self, w: &mut impl Writer) {
        match self.show.and_then(|show| show.line).and_then(|field| self.value(field)) {
            Some(value) => write_value(w.key("line"), value),
            None => w.key("line").none(),
        }
    }

    /// The fields of a part that say something, in its order.
    fn write_part(&self, w: &mut impl Writer, key: &'static str, part: impl Fn(&Show) -> &[usize]) {
        let fields = self.show.map_or(&[][..], part);
        w.key(key).list(|w| {
            for field in fields {
                if let Some(value) = self.value(*field).filter(|value| **value != FieldValue::Boolean(false)) {
                    write_shown(w, &self.fields[*field], value);
                }
            }
        });
    }

    fn value(&self, field: usize) -> Option<&FieldValue> {
        self.page.matter.fields[field].get()
    }
}

/// A field as a page shows it: its name, label and type, its value, and that as text if it fits in a line.
fn write_shown(w: &mut impl Writer, field: &Field, value: &FieldValue) {
    w.map(|w| {
        w.key("name").text(&field.name);
        w.key("label").text(&field.label);
        w.key("type").text(field.shape.name());
        write_value(w.key("value"), value);
        w.key("text").maybe(text(field, value).as_deref());
    });
}

/// What a value reads like; `None` if it takes more than a line of text, or words of the theme.
fn text(field: &Field, value: &FieldValue) -> Option<String> {
    match (value, &field.shape) {
        (FieldValue::Text(word), FieldShape::Choice(_)) => Some(capitalize(word)),
        (FieldValue::Text(text), _) => Some(text.to_string()),
        (FieldValue::Integer(number), _) => Some(count(field, number.to_string())),
        (FieldValue::Boolean(_) | FieldValue::Date(_) | FieldValue::List(_), _) => None,
    }
}

fn count(field: &Field, number: String) -> String {
    match &field.unit {
        Some(unit) => unit.write(&number),
        None => number,
    }
}

fn write_value(w: &mut impl Writer, value: &FieldValue) {
    match value {
        FieldValue::Text(text) => w.text(text),
        FieldValue::Integer(number) => w.number(*number),
        FieldValue::Boolean(truth) => w.flag(*truth),
        FieldValue::Date(date) => w.text(&date.to_string()),
        FieldValue::List(items) => w.list(|w| items.iter().for_each(|item| w.text(item))),
    }
}
