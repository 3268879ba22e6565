//! The declared kinds: their fields and relations, each checked against the others.

use super::values::Table;
use super::{CONTENT, Field, FieldShape, Kind, Relation, Safety, Show, Unit, complaints};
use crate::base::{Diagnostic, OutPath, Place, SourcePath, Sources, Spanned, capitalize, nearest};

/// What all of `[kinds.…]` declares, as far as it was understood, in a guide in `language`.
pub(super) fn kinds(site: &Table, language: &str) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (name, table) in site.entries("kinds") {
        let Some(folder) = table.text("folder") else { continue };
        let plain = OutPath::new(&folder).map_or_else(|_| folder.value.clone(), |plain| plain.as_str().into());
        let words = table.table("name");
        let word = |key| words.and_then(|words| words.text(key)).map(|word| word.value);
        let fields = fields(table, language);
        kinds.push(Kind {
            show: show(table.table("show"), &fields),
            one: word("one").unwrap_or_else(|| name.value.clone()),
            other: word("other").unwrap_or_else(|| plain.clone()),
            name: name.value.clone(),
            folder: plain,
            folder_spot: folder.map(drop),
            fields,
            relations: relations(table),
            safety: safety(table),
            spot: name.clone().map(drop),
        });
    }
    kinds
}

fn fields(kind: &Table, language: &str) -> Vec<Field> {
    let field = |(name, table): (&Spanned<Box<str>>, &Table)| {
        Some(Field {
            name: name.value.clone(),
            shape: shape(table)?,
            required: table.truth("required").unwrap_or_default(),
            is_hidden: table.truth("hidden").unwrap_or_default(),
            label: label(table, name),
            unit: table.table("unit").and_then(|unit| Unit::of(unit, language)),
            help: table.text("help").map_or_else(Box::default, |text| text.value),
        })
    };
    kind.entries("fields").filter_map(field).collect()
}

/// What a field is called on pages: its label, or its name as people write it.
fn label(field: &Table, name: &str) -> Box<str> {
    let label = field.text("label").map(|label| label.value);
    label.unwrap_or_else(|| capitalize(&name.replace(['_', '-'], " ")).into())
}

/// What pages show of `fields`, as the table says it.
fn show(table: Option<&Table>, fields: &[Field]) -> Show {
    let place = |name: &str| fields.iter().position(|field| *field.name == *name && !field.is_hidden);
    let part =
        |key: &str| -> Vec<usize> { table.into_iter().flat_map(|table| table.texts(key)).filter_map(place).collect() };
    let line = table.and_then(|table| table.text("line")).and_then(|name| place(&name.value));
    let elsewhere: Vec<usize> = line.into_iter().chain(["card", "care"].into_iter().flat_map(part)).collect();
    let rest = || (0..fields.len()).filter(|at| !fields[*at].is_hidden && !elsewhere.contains(at)).collect();
    let facts = table.filter(|table| table.values.contains_key("facts")).map_or_else(rest, |_| part("facts"));
    let accent = table.and_then(|table| table.text("accent"));
    let (lists, related) = (part("lists"), part("related"));
    Show { line, card: part("card"), facts, care: part("care"), lists, related, accent }
}

fn safety(kind: &Table) -> Safety {
    match kind.text("safety").as_ref().map(|word| &*word.value) {
        Some("required") => Safety::Required,
        Some("note") => Safety::Note,
        _ => Safety::None,
    }
}

fn shape(table: &Table) -> Option<FieldShape> {
    Some(match &*table.text("type")?.value {
        "text" => FieldShape::Text { max_words: table.count("max_words") },
        "integer" => FieldShape::Integer,
        "boolean" => FieldShape::Boolean,
        "date" => FieldShape::Date,
        "choice" => FieldShape::Choice(table.texts("values").map(Box::from).collect()),
        "list" => FieldShape::List,
        _ => return None,
    })
}

fn relations(kind: &Table) -> Vec<Relation> {
    let relation = |(name, table): (&Spanned<Box<str>>, &Table)| {
        let to = table.text("to")?;
        Some(Relation {
            name: name.value.clone(),
            to: to.value.clone(),
            to_spot: to.map(drop),
            spot: name.clone().map(drop),
            inverse: table.text("inverse")?.value,
            label: table.text("label").map(|label| label.value),
            inverse_label: table.text("inverse_label").map(|label| label.value),
            min: table.count("min").unwrap_or(0),
            inverse_min: table.count("inverse_min").unwrap_or(0),
            why_required: table.text("why").is_some_and(|word| &*word.value == "required"),
        })
    };
    kind.entries("relations").filter_map(relation).collect()
}

/// The kinds that live in the folder of another.
pub(super) fn shared_folders(kinds: &[Kind], path: &SourcePath) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        if let Some(other) = kinds[..at].iter().find(|other| other.folder == kind.folder) {
            let (one, two, folder) = (&other.name, &kind.name, &kind.folder);
            let message = format!("the kinds `{one}` and `{two}` both live in the folder `{folder}`");
            let help = "give each kind a folder of its own";
            found.push(complaints::kinds::name_clash(path, kind.spot.span, message, help));
        }
    }
    found
}

/// The relations that lead to no declared kind, and what shares its name with another thing of a kind.
pub(super) fn clashing_relations(site: &Table, kinds: &[Kind], path: &SourcePath) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // A kind that was not understood is declared all the same.
    let declared: Vec<&str> = site.named("kinds").iter().map(|(name, _)| &*name.value).collect();
    for Relation { to, to_spot, .. } in kinds.iter().flat_map(|kind| &kind.relations) {
        if !declared.contains(&&**to) {
            found.push(complaints::kinds::unknown_kind(path, to_spot.span, to, declared.iter().copied()));
        }
    }
    for kind in kinds {
        let inverses = kinds
            .iter()
            .flat_map(|from| &from.relations)
            .filter(|relation| relation.to == kind.name)
            .map(|relation| (&relation.inverse, relation.spot.span));
        let own = kind.relations.iter().map(|relation| (&relation.name, relation.spot.span));
        let mut names: Vec<&Box<str>> = kind.fields.iter().map(|field| &field.name).collect();
        for (name, span) in own.chain(inverses) {
            if names.contains(&name) {
                let message = format!("a {} would have two things called `{name}`", kind.one);
                let help = "call one of them something else";
                found.push(complaints::kinds::name_clash(path, span, message, help));
            }
            names.push(name);
        }
    }
    found
}

/// The fields that kinds show and do not have.
pub(super) fn unknown_fields(site: &Table, path: &SourcePath) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, table) in site.entries("kinds") {
        // A field that was not understood is declared all the same.
        let declared: Vec<&str> = table.named("fields").iter().map(|(name, _)| &*name.value).collect();
        let Some(show) = table.table("show") else { continue };
        let lists = ["card", "facts", "care", "lists", "related"].into_iter().flat_map(|key| show.spanned_texts(key));
        let named = show.text("line").into_iter().chain(lists.cloned());
        let unknown = named.filter(|field| !declared.contains(&&*field.value));
        let complaint = |field: Spanned<Box<str>>| {
            complaints::kinds::unknown_field(path, &field, (name, "field"), declared.iter().copied())
        };
        found.extend(unknown.map(complaint));
    }
    found
}

/// The kinds whose folder is not there, while one with nearly the same name is, which no kind has.
///
/// Asks what files there are, and so it is no part of what is remembered of `site.toml`.
#[must_use]
pub fn missing_folders(kinds: &[Kind], configuration: &SourcePath, sources: &Sources) -> Vec<Diagnostic> {
    let is_missing = |kind: &&Kind| sources.below(&format!("{CONTENT}/{}", kind.folder)).next().is_none();
    let complaint = |kind: &Kind| {
        let is_free = |name: &&str| !kinds.iter().any(|kind| *kind.folder == **name);
        let folders = sources.below(CONTENT).filter_map(|(path, _)| Some(path.below(CONTENT)?.rsplit_once('/')?.0));
        let near = nearest(&kind.folder, folders.filter(is_free))?;
        let place = Place::at(configuration, kind.folder_spot.span);
        Some(complaints::kinds::missing_folder(place, &kind.folder, &kind.name, near))
    };
    kinds.iter().filter(is_missing).filter_map(complaint).collect()
}
