//! The declared kinds: their fields and relations, each checked against the others.

use super::settings::Taken;
use super::table::{Complaints, Table};
use super::{CONTENT, Field, FieldShape, Kind, Placed, Relation, Spot, complaints};
use crate::base::{Diagnostic, OutPath, Place, SourcePath, Sources, nearest};

/// Reads all of `[kinds.…]`.
pub(super) fn read(site: &mut Table, complaints: &mut Complaints) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut declared = Vec::new();
    for (name, mut table) in site.named_tables("kinds", complaints) {
        declared.push(name.value.clone());
        if let Some(kind) = kind(&name, &mut table, complaints) {
            kinds.push((name, kind));
        }
        table.finish(complaints);
    }
    check_folders(&kinds, complaints);
    // A kind that is missing may be one of those that stand below a misspelt `kinds`.
    if !site.is_misspelt("kinds") {
        check_relations(&kinds, &declared, complaints);
    }
    kinds.into_iter().map(|(_, kind)| kind).collect()
}

fn kind(name: &Placed<Box<str>>, table: &mut Table, complaints: &mut Complaints) -> Option<Kind> {
    check_name(name, Taken::Kinds, complaints);
    let (one, other) = match table.table("name", complaints) {
        Some(mut words) => {
            let one = words.text("one", complaints);
            let other = words.text("other", complaints);
            words.finish(complaints);
            (one.map(|word| word.value), other.map(|word| word.value))
        }
        None => (None, None),
    };
    let fields = fields(table, complaints);
    let relations = relations(table, complaints);
    let needs_safety = is_required(table, "safety", complaints);
    let folder = table.text("folder", complaints)?;
    let plain = OutPath::new(&folder.value).ok().filter(|plain| !plain.as_str().starts_with("content/"));
    let Some(plain) = plain else {
        complaints.found.push(complaints::bad_folder(Place::at(complaints.path, folder.span), "folder", &folder.value));
        return None;
    };
    let folder_spot = Spot(folder.span);
    let folder: Box<str> = plain.as_str().into();
    let one = one.unwrap_or_else(|| name.value.clone());
    let other = other.unwrap_or_else(|| folder.clone());
    let (name, spot) = (name.value.clone(), Spot(name.span));
    Some(Kind { name, folder, folder_spot, one, other, fields, relations, needs_safety, spot })
}

fn fields(table: &mut Table, complaints: &mut Complaints) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, mut table) in table.named_tables("fields", complaints) {
        check_name(&name, Taken::Keys, complaints);
        let shape = shape(&mut table, complaints);
        let required = table.boolean("required", complaints).unwrap_or_default();
        let help = table.text("help", complaints).map_or_else(Box::default, |text| text.value);
        table.finish(complaints);
        if let Some(shape) = shape {
            fields.push(Field { name: name.value, shape, required, help });
        }
    }
    fields
}

fn shape(table: &mut Table, complaints: &mut Complaints) -> Option<FieldShape> {
    let kind = table.text("type", complaints);
    let max_words = table.count("max_words", complaints);
    let before = complaints.found.len();
    let values = table.texts("values", complaints);
    let kind = kind?;
    match &*kind.value {
        "text" => Some(FieldShape::Text { max_words }),
        "integer" => Some(FieldShape::Integer),
        "boolean" => Some(FieldShape::Boolean),
        "date" => Some(FieldShape::Date),
        "list" => Some(FieldShape::List),
        "choice" if values.is_empty() && complaints.found.len() > before => None,
        "choice" if values.is_empty() => {
            let example = "[\"low\", \"high\"]";
            let complaint = complaints::missing_setting(complaints.path, kind.span, &table.name, "values", example);
            table.miss("values", complaint);
            None
        }
        "choice" => Some(FieldShape::Choice(values)),
        other => {
            complaints.found.push(complaints::kinds::unknown_type(complaints.path, kind.span, other));
            None
        }
    }
}

fn relations(table: &mut Table, complaints: &mut Complaints) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (name, mut table) in table.named_tables("relations", complaints) {
        check_name(&name, Taken::Keys, complaints);
        let to = table.text("to", complaints);
        let inverse = table.text("inverse", complaints);
        let min = table.count("min", complaints).unwrap_or(0);
        let inverse_min = table.count("inverse_min", complaints).unwrap_or(0);
        let span = table.span;
        let why_required = is_required(&mut table, "why", complaints);
        table.finish(complaints);
        if let (Some(to), Some(inverse)) = (to, inverse) {
            check_name(&inverse, Taken::Keys, complaints);
            relations.push(Relation {
                name: name.value,
                to_spot: Spot(to.span),
                to: to.value,
                inverse: inverse.value,
                min,
                inverse_min,
                why_required,
                spot: Spot(span),
            });
        }
    }
    relations
}

/// Is `key` said to be required?
fn is_required(table: &mut Table, key: &'static str, complaints: &mut Complaints) -> bool {
    let Some(word) = table.text(key, complaints) else { return false };
    if !matches!(&*word.value, "required" | "optional") {
        let place = Place::at(complaints.path, word.span);
        let wanted = "`\"required\"` or `\"optional\"`";
        let example = format!("{key} = \"required\"");
        complaints.found.push(complaints::wrong_setting(place, key, "another word", wanted, &example));
    }
    &*word.value == "required"
}

fn check_name(name: &Placed<Box<str>>, taken: Taken, complaints: &mut Complaints) {
    let starts_well = name.value.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !starts_well || !plain {
        let why = "names are small letters, digits and `_`, and begin with a letter";
        complaints.found.push(complaints::kinds::name_taken(complaints.path, name.span, &name.value, why));
    } else if taken.names().contains(&&*name.value) {
        complaints.found.push(complaints::kinds::name_taken(complaints.path, name.span, &name.value, taken.why()));
    }
}

fn check_folders(kinds: &[(Placed<Box<str>>, Kind)], complaints: &mut Complaints) {
    for (at, (name, kind)) in kinds.iter().enumerate() {
        if let Some((_, other)) = kinds[..at].iter().find(|(_, other)| other.folder == kind.folder) {
            let message =
                format!("the kinds `{}` and `{}` both live in the folder `{}`", other.name, kind.name, kind.folder);
            complaints.found.push(complaints::kinds::name_clash(
                complaints.path,
                name.span,
                message,
                "give each kind a folder of its own",
            ));
        }
    }
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
        let place = Place::at(configuration, kind.folder_spot.0);
        Some(complaints::kinds::missing_folder(place, &kind.folder, &kind.name, near))
    };
    kinds.iter().filter(is_missing).filter_map(complaint).collect()
}

/// Every relation leads to a declared kind, and no two things of a kind share a name.
fn check_relations(kinds: &[(Placed<Box<str>>, Kind)], declared: &[Box<str>], complaints: &mut Complaints) {
    for relation in kinds.iter().flat_map(|(_, kind)| &kind.relations) {
        if !declared.contains(&relation.to) {
            let names = declared.iter().map(|name| &**name);
            complaints.found.push(complaints::kinds::unknown_kind(
                complaints.path,
                relation.to_spot.0,
                &relation.to,
                names,
            ));
        }
    }
    for (_, kind) in kinds {
        let inverses = kinds
            .iter()
            .flat_map(|(_, from)| &from.relations)
            .filter(|relation| relation.to == kind.name)
            .map(|relation| (&relation.inverse, relation.spot.0));
        let own = kind.relations.iter().map(|relation| (&relation.name, relation.spot.0));
        let mut names: Vec<&Box<str>> = kind.fields.iter().map(|field| &field.name).collect();
        for (name, span) in own.chain(inverses) {
            if names.contains(&name) {
                let message = format!("a {} would have two things called `{name}`", kind.one);
                complaints.found.push(complaints::kinds::name_clash(
                    complaints.path,
                    span,
                    message,
                    "call one of them something else",
                ));
            }
            names.push(name);
        }
    }
}
