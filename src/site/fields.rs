//! `fields.NAME` of a kind → what may stand under a key of its pages, and how they show it.

use super::settings::SCALAR_TYPES;
use super::values::{Scalar, Table};
use super::{Show, Unit, complaints};
use crate::base::{Diagnostic, Finite, SourcePath, Spanned, capitalize, runs};

/// A key of a kind's front matter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// The key.
    pub name: Box<str>,
    /// What may stand there.
    pub shape: FieldShape,
    /// Whether a page of the kind is incomplete without it.
    pub required: bool,
    /// What stands there where a page says nothing.
    pub default: Option<Scalar>,
    /// Whether no two pages of the kind may say the same.
    pub is_unique: bool,
    /// Whether readers do not see it.
    pub is_hidden: bool,
    /// What it is called on the page.
    pub label: Box<str>,
    /// How its number is written out, if it is one with a unit.
    pub unit: Option<Unit>,
    /// What it is for, in the author's words; may be empty.
    pub help: Box<str>,
}

/// What may stand in a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldShape {
    /// A line of text of at most so many words, if a limit is set.
    Text {
        /// The limit.
        max_words: Option<usize>,
    },
    /// A text in Markdown, with the same limit.
    Markdown {
        /// The limit.
        max_words: Option<usize>,
    },
    /// A whole number.
    Integer(Bounds),
    /// A number, with a fraction or without.
    Number(Bounds),
    /// `true` or `false`.
    Boolean,
    /// A day, written `2026-11-22`.
    Date,
    /// One of a few words.
    Choice(Vec<Box<str>>),
    /// Several lines of text; so many.
    List(Bounds),
    /// Values under keys of their own.
    Map(Vec<Field>),
    /// Several of these; so many.
    Maps(Vec<Field>, Bounds),
    /// An address of another site.
    Url,
    /// A mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A file beside the page, or in `static`.
    File,
    /// A picture there.
    Picture,
    /// Another page.
    Page,
    /// A source, by its key in the references.
    Source,
    /// Several of these; so many.
    Sources(Bounds),
}

/// From where to where a number may go, or the number of entries of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The least.
    pub min: Option<Finite>,
    /// The most.
    pub max: Option<Finite>,
}

impl Bounds {
    /// Does the number lie within?
    #[must_use]
    pub fn hold(self, number: Finite) -> bool {
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }

    /// Is there no number within?
    fn is_crossed(self) -> bool {
        self.min.is_some_and(|min| self.max.is_some_and(|max| max < min))
    }
}

impl FieldShape {
    /// What `site.toml` calls it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Markdown { .. } => "markdown",
            Self::Integer(_) => "integer",
            Self::Number(_) => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Choice(_) => "choice",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Maps(..) => "list of map",
            Self::Url => "url",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::File => "file",
            Self::Picture => "picture",
            Self::Page => "page",
            Self::Source => "source",
            Self::Sources(_) => "list of source",
        }
    }

    /// The keys that its values have.
    #[must_use]
    pub fn keys(&self) -> &[Field] {
        match self {
            Self::Map(keys) | Self::Maps(keys, _) => keys,
            _ => &[],
        }
    }

    /// How far it may go, if that can be said.
    fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::Integer(bounds)
            | Self::Number(bounds)
            | Self::List(bounds)
            | Self::Maps(_, bounds)
            | Self::Sources(bounds) => Some(*bounds),
            _ => None,
        }
    }

    /// Is it a line of text, as readers see it?
    fn is_line(&self) -> bool {
        let is_text = matches!(self, Self::Text { .. } | Self::Choice(_) | Self::Url | Self::Email | Self::Phone);
        is_text || matches!(self, Self::Integer(_) | Self::Number(_))
    }

    /// Can `site.toml` write a value of it?
    fn is_scalar(&self) -> bool {
        SCALAR_TYPES.contains(&self.name())
    }

    /// Does it, or a key within it, name sources?
    #[must_use]
    pub fn names_sources(&self) -> bool {
        matches!(self, Self::Source | Self::Sources(_)) || self.keys().iter().any(|key| key.shape.names_sources())
    }

    /// Does it take other pages, files or sources to show it? Then only the page itself does.
    #[must_use]
    pub fn leads_elsewhere(&self) -> bool {
        match self {
            Self::Markdown { .. } | Self::File | Self::Picture | Self::Page | Self::Source | Self::Sources(_) => true,
            Self::Map(keys) | Self::Maps(keys, _) => keys.iter().any(|key| key.shape.leads_elsewhere()),
            _ => false,
        }
    }
}

/// The fields that the table under `key` declares, as far as they were understood, in a guide in `language`.
pub(super) fn fields(table: &Table, key: &str, language: &str) -> Vec<Field> {
    let field = |(name, table): (&Spanned<Box<str>>, &Table)| {
        Some(Field {
            name: name.value.clone(),
            shape: shape(table, language)?,
            required: table.truth("required").unwrap_or_default(),
            default: table.scalar("default").map(|default| default.value),
            is_unique: table.truth("unique").unwrap_or_default(),
            is_hidden: table.truth("hidden").unwrap_or_default(),
            label: label(table, name),
            unit: table.table("unit").and_then(|unit| Unit::of(unit, language)),
            help: table.text("help").map_or_else(Box::default, |text| text.value),
        })
    };
    table.entries(key).filter_map(field).collect()
}

/// What a field is called on pages: its label, or its name as people write it.
fn label(field: &Table, name: &str) -> Box<str> {
    let label = field.text("label").map(|label| label.value);
    label.unwrap_or_else(|| capitalize(&name.replace(['_', '-'], " ")).into())
}

fn shape(table: &Table, language: &str) -> Option<FieldShape> {
    let max_words = table.count("max_words");
    let bounds = Bounds { min: table.number("min"), max: table.number("max") };
    Some(match &*table.text("type")?.value {
        "text" => FieldShape::Text { max_words },
        "markdown" => FieldShape::Markdown { max_words },
        "integer" => FieldShape::Integer(bounds),
        "number" => FieldShape::Number(bounds),
        "boolean" => FieldShape::Boolean,
        "date" => FieldShape::Date,
        "choice" => FieldShape::Choice(table.texts("values").map(Box::from).collect()),
        "list" => FieldShape::List(bounds),
        "map" => FieldShape::Map(fields(table, "keys", language)),
        "list of map" => FieldShape::Maps(fields(table, "keys", language), bounds),
        "url" => FieldShape::Url,
        "email" => FieldShape::Email,
        "phone" => FieldShape::Phone,
        "file" => FieldShape::File,
        "picture" => FieldShape::Picture,
        "page" => FieldShape::Page,
        "source" => FieldShape::Source,
        "list of source" => FieldShape::Sources(bounds),
        _ => return None,
    })
}

/// What pages show of `fields`, as the table says it.
pub(super) fn show(table: Option<&Table>, fields: &[Field]) -> Show {
    let place = |name: &str| fields.iter().position(|field| *field.name == *name && !field.is_hidden);
    let part =
        |key: &str| -> Vec<usize> { table.into_iter().flat_map(|table| table.texts(key)).filter_map(place).collect() };
    let line = table.and_then(|table| table.text("line")).and_then(|name| place(&name.value));
    let elsewhere: Vec<usize> = line.into_iter().chain(["card", "care"].into_iter().flat_map(part)).collect();
    let rest = || (0..fields.len()).filter(|at| !fields[*at].is_hidden && !elsewhere.contains(at)).collect();
    let facts = table.filter(|table| table.values.contains_key("facts")).map_or_else(rest, |_| part("facts"));
    let accent = table.and_then(|table| table.text("accent"));
    let (lists, related) = (part("lists"), part("related"));
    let excerpts = table.map_or_else(Vec::new, |table| table.spanned_texts("excerpts").to_vec());
    let excerpt_words = table.and_then(|table| table.count("excerpt_words"));
    Show { line, card: part("card"), facts, care: part("care"), lists, related, excerpts, excerpt_words, accent }
}

/// What is wrong with the fields that `table` declares for pages of the kind `kind`, and with what it shows of them.
pub(super) fn check(kind: &str, table: &Table, path: &SourcePath) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // A field that was not understood is declared all the same.
    let declared: Vec<&str> = table.named("fields").iter().map(|(name, _)| &*name.value).collect();
    let shapes = fields(table, "fields", "");
    if let Some(show) = table.table("show") {
        let parts = ["card", "facts", "care", "lists", "related"];
        let named =
            parts.into_iter().flat_map(|key| show.spanned_texts(key).iter().map(move |name| (key, name.clone())));
        for (part, name) in show.text("line").map(|name| ("line", name)).into_iter().chain(named) {
            if !declared.contains(&&*name.value) {
                found.push(complaints::kinds::unknown_field(path, &name, (kind, "field"), declared.iter().copied()));
            } else if let Some(field) = shapes.iter().find(|field| field.name == name.value) {
                found.extend(unfit_part(field, part).map(|why| complaints::kinds::unfit_field(path, &name, why)));
            }
        }
    }
    for (_, field) in table.entries("fields") {
        check_settings(field, path, &mut found);
    }
    found
}

/// Why a part of a page cannot show a field, if it cannot.
fn unfit_part(field: &Field, part: &str) -> Option<&'static str> {
    let shape = &field.shape;
    match part {
        _ if field.is_hidden => Some("is hidden"),
        "line" if !shape.is_line() => Some("is no line of text"),
        "lists" | "related" if shape.leads_elsewhere() => Some("can only be shown on its own page"),
        "lists" | "related" if !shape.keys().is_empty() => Some("takes more than a line"),
        "lists" | "related" | "care" if *shape == FieldShape::Boolean => Some("says nothing without its label"),
        _ => None,
    }
}

/// Whether a setting says something of fields of a shape.
type Says = fn(&FieldShape) -> bool;

/// The settings that say something of fields of some shapes alone.
const SAYS: [(&str, Says); 7] = [
    ("default", FieldShape::is_scalar),
    ("unique", |shape| shape.is_line() || *shape == FieldShape::Date),
    ("hidden", |shape| !shape.leads_elsewhere()),
    ("unit", |shape| matches!(shape, FieldShape::Integer(_) | FieldShape::Number(_))),
    ("max_words", |shape| matches!(shape, FieldShape::Text { .. } | FieldShape::Markdown { .. })),
    ("values", |shape| matches!(shape, FieldShape::Choice(_))),
    ("keys", |shape| matches!(shape, FieldShape::Map(_) | FieldShape::Maps(..))),
];

/// Complains of settings of a field, or of a key within it, that cannot be meant.
fn check_settings(field: &Table, path: &SourcePath, found: &mut Vec<Diagnostic>) {
    let Some(shape) = shape(field, "") else { return };
    // What says no says the usual.
    let says_no = |key: &str| field.truth(key) == Some(false);
    for (key, _) in SAYS.iter().filter(|(key, says)| !says(&shape) && !says_no(key)) {
        found.extend(field.span_of(key).map(|span| complaints::kinds::needless_setting(path, span, key, shape.name())));
    }
    let bounds = shape.bounds();
    for key in ["min", "max"] {
        let Some(span) = field.span_of(key) else { continue };
        let is_crossed = bounds.is_some_and(Bounds::is_crossed) && key == "max";
        let is_odd =
            !matches!(shape, FieldShape::Number(_)) && field.number(key).is_some_and(|number| !number.is_whole());
        let is_short = matches!(shape, FieldShape::List(_) | FieldShape::Maps(..) | FieldShape::Sources(_))
            && field.number(key).is_some_and(|number| number.get() < 0.0);
        if bounds.is_none() {
            found.push(complaints::kinds::needless_setting(path, span, key, shape.name()));
        } else if is_crossed || is_odd || is_short {
            found.push(complaints::kinds::unfit_bound(path, span, key));
        }
    }
    found.extend(check_default(field, &shape, path));
    for (_, key) in field.entries("keys") {
        check_settings(key, path, found);
    }
}

/// Complains of a default that a page could not say itself, or that takes another setting its meaning.
fn check_default(field: &Table, shape: &FieldShape, path: &SourcePath) -> Option<Diagnostic> {
    let default = field.scalar("default").filter(|_| shape.is_scalar())?;
    let of_number = |number: Finite| shape.bounds().is_none_or(|bounds| bounds.hold(number));
    let fits = match (&default.value, shape) {
        (Scalar::Text(word), FieldShape::Choice(choices)) => choices.contains(word),
        (Scalar::Text(text), FieldShape::Text { max_words }) => {
            max_words.is_none_or(|most| text.split_whitespace().count() <= most) && runs(text).is_none()
        }
        (Scalar::Integer(number), FieldShape::Integer(_) | FieldShape::Number(_)) => of_number(Finite::whole(*number)),
        (Scalar::Number(number), FieldShape::Number(_)) => of_number(*number),
        (Scalar::Boolean(_), FieldShape::Boolean) => true,
        _ => false,
    };
    let needless = ["required", "unique"].into_iter().find(|key| field.truth(key) == Some(true));
    match needless {
        _ if !fits => Some(complaints::kinds::unfit_default(path, default.span, shape.name())),
        Some(other) => Some(complaints::kinds::default_and(path, default.span, other)),
        None => None,
    }
}
