//! What stands under a key of a kind's own → its value, as the field asks for it.
//!
//! Pages, files and pictures that a field names become links of the page's text, so that they are resolved, renamed and
//! complained of as all others.

use jiff::civil::Date;

use super::body::{self, Link, LinkRole, Piece, Target};
use super::complaints;
use super::expected::Expected;
use super::values::Values;
use crate::base::{Finite, Known, Span};
use crate::site::{Bounds, CONTENT, Field, FieldShape, Scalar};
use crate::syntax::yaml::{Node, Value};

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// A line of text, a chosen word, or an address.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(Finite),
    /// `true` or `false`.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// Several lines of text.
    List(Vec<Box<str>>),
    /// The values of its keys, in the order in which the field declares them.
    Map(Keyed),
    /// Several of these.
    Maps(Vec<Keyed>),
    /// What the link of this number in the page's text leads to.
    Link(usize),
    /// A source, by its key.
    Source(Box<str>),
    /// Several of these.
    Sources(Vec<Box<str>>),
    /// A text, cut where the guide has to fill something in.
    Markdown(Vec<Piece>),
}

impl FieldValue {
    /// The line of text that it is, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Does it say nothing that could be shown?
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let is_empty = |map: &Keyed| map.iter().all(|value| value.get().is_none_or(Self::is_nothing));
        match self {
            Self::Boolean(false) => true,
            Self::List(items) | Self::Sources(items) => items.is_empty(),
            Self::Map(map) => is_empty(map),
            Self::Maps(maps) => maps.iter().all(is_empty),
            _ => false,
        }
    }
}

/// The values of the keys of a map.
pub type Keyed = Vec<Known<Option<FieldValue>>>;

/// Reads the value of a field.
pub(super) fn read(field: &Field, node: &Node, values: &mut Values) -> Option<FieldValue> {
    let complaints = values.found.len();
    let value = read_shape(field, node, values);
    if values.found.len() > complaints && field.shape.names_sources() {
        // What was not understood may name any source.
        values.sources.push(Known::Reported);
    }
    value
}

fn read_shape(field: &Field, node: &Node, values: &mut Values) -> Option<FieldValue> {
    match &field.shape {
        FieldShape::Text { max_words } => {
            let text = values.words(node)?;
            values.check_address(node, &text);
            check_words(field, (node, &text), *max_words, values);
            Some(FieldValue::Text(text))
        }
        FieldShape::Markdown { max_words } => markdown(field, node, *max_words, values),
        FieldShape::Integer(bounds) => {
            let number = values.integer(node)?;
            check_bounds((field, node), Finite::whole(number), *bounds, values);
            Some(FieldValue::Integer(number))
        }
        FieldShape::Number(bounds) => {
            let number = values.number(node)?;
            check_bounds((field, node), number, *bounds, values);
            Some(FieldValue::Number(number))
        }
        FieldShape::Boolean => values.boolean(node).map(FieldValue::Boolean),
        FieldShape::Date => values.date(node).map(FieldValue::Date),
        FieldShape::Choice(choices) => values.choice(node, choices).map(FieldValue::Text),
        FieldShape::List(bounds) => {
            let texts = values.list(node, Expected::Texts, |item, values| {
                let text = values.text(item)?;
                values.check_address(item, &text);
                Some(text)
            });
            check_count((field, node), texts.whole().map(<[_]>::len), *bounds, values);
            Some(FieldValue::List(texts.to_vec()))
        }
        FieldShape::Map(keys) => map(field, keys, node, values).map(FieldValue::Map),
        FieldShape::Maps(keys, bounds) => {
            let maps = values.list(node, Expected::Maps, |item, values| map(field, keys, item, values));
            check_count((field, node), maps.whole().map(<[_]>::len), *bounds, values);
            Some(FieldValue::Maps(maps.to_vec()))
        }
        FieldShape::Url => values.url(node).map(FieldValue::Text),
        FieldShape::Email => values.email(node).map(FieldValue::Text),
        FieldShape::Phone => values.phone(node).map(FieldValue::Text),
        FieldShape::File => link(node, LinkRole::Link, values, named_file),
        FieldShape::Picture => link(node, LinkRole::Image, values, named_file),
        FieldShape::Page => link(node, LinkRole::Link, values, named_page),
        FieldShape::Source => values.source(node).map(FieldValue::Source),
        FieldShape::Sources(bounds) => {
            let keys = values.list(node, Expected::Texts, |item, values| values.source(item));
            check_count((field, node), keys.whole().map(<[_]>::len), *bounds, values);
            Some(FieldValue::Sources(keys.to_vec()))
        }
    }
}

/// What holds where a page does not say it.
pub(super) fn default_of(field: &Field) -> Option<FieldValue> {
    Some(match (field.default.as_ref()?, &field.shape) {
        (Scalar::Integer(number), FieldShape::Number(_)) => FieldValue::Number(Finite::whole(*number)),
        (Scalar::Text(text), _) => FieldValue::Text(text.clone()),
        (Scalar::Integer(number), _) => FieldValue::Integer(*number),
        (Scalar::Number(number), _) => FieldValue::Number(*number),
        (Scalar::Boolean(truth), _) => FieldValue::Boolean(*truth),
    })
}

fn map(field: &Field, keys: &[Field], node: &Node, values: &mut Values) -> Option<Keyed> {
    let mut read_values: Keyed = keys.iter().map(|_| Known::Value(None)).collect();
    let mut is_known = Known::Value(());
    for inner in values.keys(node)? {
        let name = inner.name();
        match keys.iter().position(|key| *key.name == *name) {
            Some(at) => read_values[at] = Known::from(read(&keys[at], &inner, values)).map(Some),
            None => {
                is_known = Known::Reported;
                let known: Vec<&str> = keys.iter().map(|key| &*key.name).collect();
                values.found.push(complaints::relation_entries::unknown_entry_key(
                    values.key_place(&inner),
                    &name,
                    &known,
                ));
            }
        }
    }
    for (key, value) in keys.iter().zip(&read_values) {
        if key.required && *value == Known::Value(None) && !is_known.is_reported() {
            values.found.push(complaints::missing_inner_key(values.place(node), &field.name, key));
        }
    }
    Some(read_values)
}

fn check_words(field: &Field, (node, text): (&Node, &str), most: Option<usize>, values: &mut Values) {
    let words = text.split_whitespace().count();
    if let Some(most) = most.filter(|most| words > *most) {
        values.found.push(complaints::values::too_many_words(
            values.place(node),
            &format!("`{}`", field.name),
            words,
            most,
        ));
    }
}

fn check_bounds((field, node): (&Field, &Node), number: Finite, bounds: Bounds, values: &mut Values) {
    if !bounds.hold(number) {
        values.found.push(complaints::values::out_of_bounds(values.place(node), &field.name, number, bounds));
    }
}

/// Complains of too few or too many entries, if all are known.
fn check_count((field, node): (&Field, &Node), count: Option<usize>, bounds: Bounds, values: &mut Values) {
    let Some(count) = count else { return };
    if !bounds.hold(Finite::whole(i64::try_from(count).unwrap_or(i64::MAX))) {
        values.found.push(complaints::values::count_out_of_bounds(values.place(node), &field.name, count, bounds));
    }
}

/// What a text in a field names, if it can.
type Named = fn(&str, &Values) -> Result<(Target, Option<Box<str>>), Expected>;

fn link(node: &Node, role: LinkRole, values: &mut Values, named: Named) -> Option<FieldValue> {
    let text = values.text(node)?;
    match named(&text, values) {
        Ok((target, anchor)) => {
            let span = written_in(values.text, node.span(), &text);
            Some(FieldValue::Link(values.add_link(Link { target, anchor, role, span, sentence: Box::default() })))
        }
        Err(wanted) => {
            values.wrong(node, wanted);
            None
        }
    }
}

fn named_file(text: &str, values: &Values) -> Result<(Target, Option<Box<str>>), Expected> {
    match body::destination(text, values.path, CONTENT, values.rules) {
        Some((target @ Target::File(_), anchor)) => Ok((target, anchor)),
        // An address whose last part has no end is that of a page.
        Some((Target::Address(address), anchor))
            if address.rsplit('/').next().is_some_and(|name| name.contains('.')) =>
        {
            Ok((Target::Address(address), anchor))
        }
        _ => Err(Expected::File),
    }
}

/// A page is named as in `[[…]]`, or by its file as in `](…)`.
fn named_page(text: &str, values: &Values) -> Result<(Target, Option<Box<str>>), Expected> {
    let path = text.split('#').next().unwrap_or_default();
    let is_file = path.to_ascii_lowercase().ends_with(".md") || path.starts_with(['/', '@']);
    let named = if is_file {
        body::destination(text, values.path, CONTENT, values.rules)
    } else {
        body::wiki_destination(text)
    };
    named.filter(|(target, _)| !matches!(target, Target::File(_) | Target::Anchor)).ok_or(Expected::Name)
}

/// Where a value stands within its place, without quotes and what else is not part of it.
fn written_in(text: &str, span: Span, value: &str) -> Span {
    // An anchor before it may have the same name.
    let at = text.get(span.start..span.end).and_then(|written| written.rfind(value));
    at.map_or(span, |at| Span::new(span.start + at, span.start + at + value.len()))
}

fn markdown(field: &Field, node: &Node, max_words: Option<usize>, values: &mut Values) -> Option<FieldValue> {
    // What is wrong with any text is wrong with this one.
    let text = values.text(node)?;
    check_words(field, (node, &text), max_words, values);
    let Value::Text(written) = node.value() else { return None };
    let Some((body, found)) =
        body::parse_field((values.text, node.span()), written, values.path, CONTENT, values.rules)
    else {
        values.found.push(complaints::values::field_form(values.place(node), &field.name));
        return None;
    };
    if !body.anchors.is_empty() || !body.citations.is_empty() {
        values.found.push(complaints::values::field_markup(values.place(node), &field.name));
        return None;
    }
    values.found.extend(found);
    let links: Vec<usize> = body.links.iter().map(|link| values.add_link(link.clone())).collect();
    values.outward.extend(body.outward);
    let pieces = body.pieces.into_iter().map(|piece| match piece {
        Piece::Html(_) | Piece::Own(_) => piece,
        Piece::Address(link) => Piece::Address(links[link]),
        Piece::Title(link) => Piece::Title(links[link]),
        Piece::Size(link) => Piece::Size(links[link]),
    });
    Some(FieldValue::Markdown(pieces.collect()))
}
