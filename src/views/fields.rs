//! The fields of a page → what templates see of them: each by its name, and what the page shows of them, with labels and units.

use super::data::Writer;
use super::plan::Planner;
use crate::base::{Known, capitalize};
use crate::content::{FieldValue, Keyed, Page};
use crate::guide::PageId;
use crate::site::{Field, FieldShape, PageRules, Show};

/// The fields of a page, as its kind declares and shows them.
#[derive(Clone, Copy)]
pub(super) struct PageFields<'p> {
    page: &'p Page,
    fields: &'p [Field],
    show: Option<&'p Show>,
    place: Place<'p>,
}

/// Where the fields of a page are shown.
#[derive(Clone, Copy)]
enum Place<'p> {
    /// On a card: nothing that leads elsewhere.
    Card,
    /// On the page itself.
    Own(&'p Planner<'p>, PageId),
    /// On a page that gathers a field of all pages.
    Gathered(&'p Planner<'p>, PageId),
}

impl<'p> PageFields<'p> {
    /// What other pages show of `page`.
    pub fn of_card(page: &'p Page, rules: &'p PageRules) -> Self {
        let kind = page.kind.map(|kind| &rules.kinds[kind]);
        Self {
            page,
            fields: kind.map_or(&[], |kind| &kind.fields),
            show: kind.map(|kind| &kind.show),
            place: Place::Card,
        }
    }

    /// What the page `id` itself shows.
    pub fn of_page(planner: &'p Planner<'p>, id: PageId) -> Self {
        Self { place: Place::Own(planner, id), ..Self::of_card(planner.book().page(id), &planner.context.site.rules) }
    }

    /// What a page that gathers a field shows of those of the page `id`.
    pub fn of_gathered(planner: &'p Planner<'p>, id: PageId) -> Self {
        Self { place: Place::Gathered(planner, id), ..Self::of_page(planner, id) }
    }

    /// Has the page something to say in its field of that name?
    pub fn says(self, name: &str) -> bool {
        self.named(name).is_some()
    }

    /// The field of that name, as the page itself would show it.
    pub fn write_named(self, w: &mut impl Writer, name: &str) {
        match self.named(name) {
            Some((field, value)) => self.write_shown(w, field, Some(value)),
            None => w.none(),
        }
    }

    fn named(self, name: &str) -> Option<(&'p Field, &'p FieldValue)> {
        let at = self.fields.iter().position(|field| *field.name == *name && !field.is_hidden)?;
        Some((&self.fields[at], self.value(at).filter(|value| !value.is_nothing())?))
    }

    /// What the page itself shows.
    pub fn write_page(self, w: &mut impl Writer) {
        self.write_all(w);
        self.write_line(w);
        self.write_part(w, "card", |show| &show.card);
        self.write_part(w, "facts", |show| &show.facts);
        self.write_care(w);
    }

    /// What asks for care.
    pub fn write_care(self, w: &mut impl Writer) {
        self.write_part(w, "care", |show| &show.care);
    }

    /// What other pages show of it: where it is listed, and where it is related.
    pub fn write_card(self, w: &mut impl Writer) {
        self.write_all(w);
        self.write_line(w);
        self.write_part(w, "card", |show| &show.card);
        self.write_part(w, "facts", |show| &show.lists);
        self.write_part(w, "related", |show| &show.related);
    }

    /// Every field that readers may see, by its name.
    fn write_all(self, w: &mut impl Writer) {
        w.key("fields").map(|w| self.write_keyed(w, self.fields, &self.page.matter.fields));
    }

    fn write_keyed(self, w: &mut impl Writer, fields: &[Field], values: &Keyed) {
        for (field, value) in fields.iter().zip(values).filter(|(field, _)| !field.is_hidden) {
            match value.get() {
                Some(value) => self.write_value(w.named(&field.name), field, value),
                None => w.named(&field.name).none(),
            }
        }
    }

    fn write_line(self, w: &mut impl Writer) {
        let line = self.show.and_then(|show| show.line);
        let text = line.and_then(|field| text(&self.fields[field], self.value(field)?));
        w.key("line").maybe(text.as_deref());
    }

    /// The fields of a part that say something, in its order.
    fn write_part(self, w: &mut impl Writer, key: &'static str, part: impl Fn(&Show) -> &[usize]) {
        let fields = self.show.map_or(&[][..], part);
        w.key(key).list(|w| {
            for field in fields {
                let (field, value) = (&self.fields[*field], self.value(*field));
                let is_shown = !matches!(self.place, Place::Card) || !field.shape.leads_elsewhere();
                if let Some(value) = value.filter(|value| is_shown && !value.is_nothing()) {
                    self.write_shown(w, field, Some(value));
                }
            }
        });
    }

    fn value(self, field: usize) -> Option<&'p FieldValue> {
        self.page.matter.fields[field].get()
    }

    /// A field as a page shows it: its name, label and type, its value, that as text if it fits in a line, and the fields within
    /// it: `keys` of the map, or the `rows` of a list of maps.
    fn write_shown(self, w: &mut impl Writer, field: &Field, value: Option<&FieldValue>) {
        w.map(|w| {
            w.key("name").text(&field.name);
            w.key("label").text(&field.label);
            w.key("type").text(field.shape.name());
            match value {
                Some(value) => self.write_value(w.key("value"), field, value),
                None => w.key("value").none(),
            }
            w.key("text").maybe(value.and_then(|value| text(field, value)).as_deref());
            match value {
                Some(FieldValue::Map(map)) => self.write_inner(w.key("keys"), field, map),
                Some(FieldValue::Maps(maps)) => {
                    let nothing = vec![Known::Value(None); field.shape.keys().len()];
                    self.write_inner(w.key("keys"), field, &nothing);
                    w.key("rows").list(|w| maps.iter().for_each(|map| self.write_inner(w, field, map)));
                }
                _ => {}
            }
        });
    }

    fn write_inner(self, w: &mut impl Writer, field: &Field, values: &Keyed) {
        let inner = field.shape.keys().iter().zip(values);
        w.list(|w| inner.for_each(|(key, value)| self.write_shown(w, key, value.get())));
    }

    fn write_value(self, w: &mut impl Writer, field: &Field, value: &FieldValue) {
        match value {
            FieldValue::Text(text) => w.text(text),
            FieldValue::Integer(number) => w.number(*number),
            FieldValue::Number(number) => w.fraction(number.get()),
            FieldValue::Boolean(truth) => w.flag(*truth),
            FieldValue::Date(date) => w.text(&date.to_string()),
            FieldValue::List(items) => w.list(|w| items.iter().for_each(|item| w.text(item))),
            FieldValue::Map(map) => w.map(|w| self.write_keyed(w, field.shape.keys(), map)),
            FieldValue::Maps(maps) => {
                w.list(|w| maps.iter().for_each(|map| w.map(|w| self.write_keyed(w, field.shape.keys(), map))));
            }
            FieldValue::Link(link) => match self.place {
                Place::Card => w.none(),
                Place::Own(planner, id) | Place::Gathered(planner, id) => planner.write_link(w, id, *link),
            },
            FieldValue::Markdown(pieces) => match self.place {
                Place::Card => w.none(),
                Place::Own(planner, id) => w.safe(&planner.fill(id, pieces)),
                Place::Gathered(planner, id) => w.safe(&planner.fill_elsewhere(id, pieces)),
            },
            FieldValue::Source(key) => self.write_source(w, key),
            FieldValue::Sources(keys) => self.write_sources(w, keys),
        }
    }
}

impl PageFields<'_> {
    /// A source: its number among those of its own page, elsewhere its place in the references.
    fn write_source(self, w: &mut impl Writer, key: &str) {
        let number = || self.page.sources.iter().find(|used| *used.key == *key).map(|used| used.number);
        match self.place {
            Place::Card => w.none(),
            Place::Own(planner, _) => planner.write_source(w, key, number()),
            Place::Gathered(planner, _) => planner.write_source(w, key, None),
        }
    }

    /// Those of several sources that there are.
    fn write_sources(self, w: &mut impl Writer, keys: &[Box<str>]) {
        let (Place::Own(planner, _) | Place::Gathered(planner, _)) = self.place else { return w.none() };
        let bibliography = &planner.book().guide.bibliography;
        let known = keys.iter().filter(|key| bibliography.get(key).is_some());
        w.list(|w| known.for_each(|key| self.write_source(w, key)));
    }
}

/// What a value reads like; `None` if it takes more than a line of text, or words of the theme.
fn text(field: &Field, value: &FieldValue) -> Option<String> {
    match (value, &field.shape) {
        (FieldValue::Text(word), FieldShape::Choice(_)) => Some(capitalize(word)),
        (FieldValue::Text(text), _) => Some(text.to_string()),
        (FieldValue::Integer(number), _) => Some(count(field, number.to_string())),
        (FieldValue::Number(number), _) => Some(count(field, number.to_string())),
        _ => None,
    }
}

fn count(field: &Field, number: String) -> String {
    match &field.unit {
        Some(unit) => unit.write(&number),
        None => number,
    }
}
