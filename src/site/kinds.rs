//! The declared kinds: their fields and relations, each checked against the others.

use super::table::{Complaints, Table};
use super::{COMMON_KEYS, Field, FieldShape, Kind, Placed, Relation, Spot, complaints};
use crate::base::OutPath;

/// The names that no field or relation may take.
fn reserved() -> Vec<&'static str> {
    COMMON_KEYS.into_iter().chain(["kind"]).collect()
}

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
    check_name(name, &["page", "section", "home"], "every guide has pages of that name", complaints);
    let (one, other) = match table.table("name", complaints) {
        Some(mut words) => {
            let one = words.required_text("one", "\"sign\"", complaints);
            let other = words.required_text("other", "\"signs\"", complaints);
            words.finish(complaints);
            (one.map(|word| word.value), other.map(|word| word.value))
        }
        None => (None, None),
    };
    let fields = fields(table, complaints);
    let relations = relations(table, complaints);
    let folder = table.required_text("folder", "\"signs\"", complaints)?;
    let Ok(plain) = OutPath::new(&folder.value) else {
        complaints.found.push(complaints::bad_folder(complaints.path, folder.span, "folder", &folder.value));
        return None;
    };
    let folder: Box<str> = plain.as_str().into();
    let one = one.unwrap_or_else(|| name.value.clone());
    let other = other.unwrap_or_else(|| folder.clone());
    Some(Kind { name: name.value.clone(), folder, one, other, fields, relations })
}

fn fields(table: &mut Table, complaints: &mut Complaints) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, mut table) in table.named_tables("fields", complaints) {
        check_name(&name, &reserved(), "every page has a key of that name", complaints);
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
    let kind = table.required_text("type", "\"text\"", complaints);
    let max_words = table.count("max_words", complaints);
    let values = table.texts("values", complaints);
    let kind = kind?;
    match &*kind.value {
        "text" => Some(FieldShape::Text { max_words }),
        "integer" => Some(FieldShape::Integer),
        "boolean" => Some(FieldShape::Boolean),
        "date" => Some(FieldShape::Date),
        "list" => Some(FieldShape::List),
        "choice" if values.is_empty() => {
            let example = "[\"low\", \"high\"]";
            let complaint = complaints::missing_setting(complaints.path, kind.span, &table.name, "values", example);
            table.miss("values", complaint);
            None
        }
        "choice" => Some(FieldShape::Choice(values)),
        other => {
            complaints.found.push(complaints::unknown_type(complaints.path, kind.span, other));
            None
        }
    }
}

fn relations(table: &mut Table, complaints: &mut Complaints) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (name, mut table) in table.named_tables("relations", complaints) {
        check_name(&name, &reserved(), "every page has a key of that name", complaints);
        let to = table.required_text("to", "\"practice\"", complaints);
        let inverse = table.required_text("inverse", "\"signs\"", complaints);
        let min = table.count("min", complaints).unwrap_or(0);
        let inverse_min = table.count("inverse_min", complaints).unwrap_or(0);
        let why = table.text("why", complaints);
        let span = table.span;
        if let Some(why) = &why
            && !matches!(&*why.value, "required" | "optional")
        {
            complaints.found.push(complaints::wrong_setting(
                complaints.path,
                why.span,
                "why",
                "word of its own",
                "`\"required\"` or `\"optional\"`",
            ));
        }
        table.finish(complaints);
        if let (Some(to), Some(inverse)) = (to, inverse) {
            check_name(&inverse, &reserved(), "every page has a key of that name", complaints);
            let why_required = why.is_some_and(|why| &*why.value == "required");
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

fn check_name(name: &Placed<Box<str>>, taken: &[&str], why: &str, complaints: &mut Complaints) {
    let starts_well = name.value.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !starts_well || !plain {
        let why = "names are small letters, digits and `_`, and begin with a letter";
        complaints.found.push(complaints::name_taken(complaints.path, name.span, &name.value, why));
    } else if taken.contains(&&*name.value) {
        complaints.found.push(complaints::name_taken(complaints.path, name.span, &name.value, why));
    }
}

fn check_folders(kinds: &[(Placed<Box<str>>, Kind)], complaints: &mut Complaints) {
    for (at, (name, kind)) in kinds.iter().enumerate() {
        if let Some((_, other)) = kinds[..at].iter().find(|(_, other)| other.folder == kind.folder) {
            let message =
                format!("the kinds `{}` and `{}` both live in the folder `{}`", other.name, kind.name, kind.folder);
            complaints.found.push(complaints::name_clash(
                complaints.path,
                name.span,
                message,
                "give each kind a folder of its own",
            ));
        }
    }
}

/// Every relation leads to a declared kind, and no two things of a kind share a name.
fn check_relations(kinds: &[(Placed<Box<str>>, Kind)], declared: &[Box<str>], complaints: &mut Complaints) {
    for relation in kinds.iter().flat_map(|(_, kind)| &kind.relations) {
        if !declared.contains(&relation.to) {
            let names = declared.iter().map(|name| &**name);
            complaints.found.push(complaints::unknown_kind(complaints.path, relation.to_spot.0, &relation.to, names));
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
                complaints.found.push(complaints::name_clash(
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
