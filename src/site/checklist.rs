//! `[checklist]` → what the checklist is made from: the kinds, fields and relation that it names, each of them declared.

use super::values::Table;
use super::{ChecklistRules, Kind, complaints};
use crate::base::{Diagnostic, SourcePath, Spanned};

/// The checklist; complains of all that its kinds do not have.
pub(super) fn checklist(
    table: &Table,
    kinds: &[Kind],
    path: &SourcePath,
    found: &mut Vec<Diagnostic>,
) -> Option<ChecklistRules> {
    let (page, items) = (table.text("page")?, table.text("items")?);
    let (statement, suggest) = (table.text("statement")?, table.text("suggest")?);
    let Some(kind) = kinds.iter().find(|kind| kind.name == items.value) else {
        let declared = kinds.iter().map(|kind| &*kind.name);
        found.push(complaints::kinds::unknown_kind(path, items.span, &items, declared));
        return None;
    };
    let suggested = kind.relation(&suggest).and_then(|relation| kinds.iter().find(|other| other.name == relation.to));
    let before = found.len();
    for (key, of, kind) in
        [("statement", "text", Some(kind)), ("time", "integer", suggested), ("only_if_both_wish", "boolean", suggested)]
    {
        let (Some(name), Some(kind)) = (table.text(key), kind) else { continue };
        found.extend(other_field(&name, of, kind, path));
    }
    if suggested.is_none() {
        let relations = kind.relations.iter().map(|relation| &*relation.name);
        found.push(complaints::kinds::unknown_field(path, &suggest, (&kind.name, "relation"), relations));
    }
    let answers = table.spanned_texts("answers");
    let people = if table.leaves_out("people") { Some(1) } else { table.count("people") };
    if let (Some(first), Some(people)) = (answers.first(), people.filter(|people| answers.len() != *people)) {
        found.push(complaints::kinds::other_answers(path, first.span, answers.len(), people));
    }
    if found.len() > before {
        return None;
    }
    Some(ChecklistRules {
        page,
        items,
        statement: statement.value,
        suggest: suggest.value,
        people: people.unwrap_or(1),
        answers: answers.iter().map(|answer| answer.value.clone()).collect(),
        wishes: table.count("wishes").unwrap_or_default(),
        time: table.text("time").map(|name| name.value),
        only_if_both_wish: table.text("only_if_both_wish").map(|name| name.value),
    })
}

/// The complaint that `kind` has no field of that name and of the type `of`.
fn other_field(name: &Spanned<Box<str>>, of: &str, kind: &Kind, path: &SourcePath) -> Option<Diagnostic> {
    let mut fit = kind.fields.iter().filter(|field| field.shape.name() == of).map(|field| &*field.name);
    let is_other = fit.clone().all(|known| known != &*name.value);
    is_other.then(|| complaints::kinds::unknown_field(path, name, (&kind.name, &format!("`{of}` field")), &mut fit))
}
