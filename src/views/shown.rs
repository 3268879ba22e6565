//! What other pages show of a page, and what it shows of itself alone: made once from the page and kept with it.

use std::sync::Arc;

use super::data::{Data, Shared};
use crate::content::body::Heading;
use crate::content::{FieldValue, Page, Role};
use crate::site::PageRules;

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: usize = 220;

/// The prebuilt values of a page.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its address as links write it.
    pub href: Arc<str>,
    /// Title and address.
    pub link: Shared,
    /// Title, address, description, kind and fields.
    pub card: Shared,
    /// All that the page shows without asking another.
    pub own: Shared,
}

impl Shown {
    /// The values of `page`.
    #[must_use]
    pub fn new(page: &Page, rules: &PageRules) -> Self {
        let href: Arc<str> = rules.base.link(&page.url).into();
        let link = Shared::new(&Data::Map(vec![
            ("title", Data::text(&page.matter.title)),
            ("url", Data::Words(Arc::clone(&href))),
        ]));
        let card = Shared::new(&card(page, rules, &href));
        // The page's own fingerprint stands for its text, its path and the rules: for all that is used here.
        let own = Shared::with_fingerprint(own(page, rules, &href).value(), page.fingerprint);
        Self { href, link, card, own }
    }
}

fn kind_name(page: &Page, rules: &PageRules) -> Box<str> {
    match (page.kind, page.role) {
        (Some(kind), _) => rules.kinds[kind].name.clone(),
        (None, Role::Home) => "home".into(),
        (None, Role::Section) => "section".into(),
        (None, Role::Page) => "page".into(),
    }
}

fn reading_minutes(page: &Page) -> Data {
    Data::from(page.body.words.div_ceil(WORDS_A_MINUTE).max(1))
}

fn card(page: &Page, rules: &PageRules, href: &Arc<str>) -> Data {
    let matter = &page.matter;
    let kind_words = page.kind.map_or_else(Box::default, |kind| rules.kinds[kind].one.clone());
    Data::Map(vec![
        ("title", Data::text(&matter.title)),
        ("url", Data::Words(Arc::clone(href))),
        ("description", Data::text(&matter.description)),
        ("kind", Data::Text(kind_name(page, rules))),
        ("kind_name", Data::Text(kind_words)),
        ("order", Data::maybe(matter.order)),
        ("reading_minutes", reading_minutes(page)),
        ("draft", Data::Bool(matter.is_draft)),
        ("fields", fields(page, rules)),
    ])
}

fn fields(page: &Page, rules: &PageRules) -> Data {
    let Some(kind) = page.kind.map(|kind| &rules.kinds[kind]) else { return Data::Named(Vec::new()) };
    Data::Named(
        kind.fields
            .iter()
            .zip(&page.matter.fields)
            .map(|(field, value)| (field.name.clone(), Data::maybe(value.as_ref())))
            .collect(),
    )
}

impl From<&FieldValue> for Data {
    fn from(value: &FieldValue) -> Self {
        match value {
            FieldValue::Text(text) => Self::Text(text.clone()),
            FieldValue::Integer(number) => Self::Number(*number),
            FieldValue::Boolean(truth) => Self::Bool(*truth),
            FieldValue::Date(date) => Self::from(date.to_string()),
            FieldValue::List(items) => Self::List(items.iter().map(|item| Self::Text(item.clone())).collect()),
        }
    }
}

fn own(page: &Page, rules: &PageRules, href: &Arc<str>) -> Data {
    let matter = &page.matter;
    let is_not_found = page.url.as_str() == "/404.html";
    let extra = Shared::with_fingerprint(matter.extra.clone(), page.fingerprint);
    Data::Map(vec![
        ("title", Data::text(&matter.title)),
        ("description", Data::text(&matter.description)),
        ("url", Data::Words(Arc::clone(href))),
        ("permalink", Data::from(rules.base.permalink(&page.url))),
        ("kind", Data::Text(kind_name(page, rules))),
        ("is_home", Data::Bool(page.role == Role::Home)),
        ("draft", Data::Bool(matter.is_draft)),
        ("date", Data::maybe(matter.date.map(|date| date.to_string()))),
        ("updated", Data::maybe(matter.updated.map(|date| date.to_string()))),
        ("order", Data::maybe(matter.order)),
        ("reading_minutes", reading_minutes(page)),
        ("words", Data::from(page.body.words)),
        ("toc", contents(&page.body.outline)),
        ("fields", fields(page, rules)),
        ("extra", Data::Shared(extra)),
        ("noindex", Data::Bool(is_not_found || matter.is_draft)),
    ])
}

fn contents(headings: &[Heading]) -> Data {
    let entry = |heading: &Heading| {
        Data::Map(vec![
            ("id", Data::text(&heading.id)),
            ("title", Data::text(&heading.title)),
            ("children", contents(&heading.children)),
        ])
    };
    Data::List(headings.iter().map(entry).collect())
}
