//! A page that names fewer others than its kind asks for.

use super::entries::{self, Form};
use super::{Page, RelationEntry, matter_places};
use crate::base::{Code, Diagnostic, Place, Span};
use crate::site::{Kind, Relation};

/// Complains of each relation of a page of `kind` with too few entries; `text` is the page's file.
pub(super) fn check(page: &Page, kind: &Kind, text: &str, found: &mut Vec<Diagnostic>) {
    for (relation, relation_entries) in kind.relations.iter().zip(&page.matter.relation_entries) {
        if let Some(relation_entries) = relation_entries.whole().filter(|entries| entries.len() < relation.min) {
            let first = relation_entries.first().map(RelationEntry::way_to_entry);
            let column = Form::column(text, &matter_places(text), first.as_deref());
            found.push(too_few(page, kind, (relation, relation_entries.len()), column));
        }
    }
}

/// A page names fewer others than its kind asks for.
fn too_few(page: &Page, kind: &Kind, (relation, stated): (&Relation, usize), column: usize) -> Diagnostic {
    let (one, name, least) = (&kind.one, &relation.name, relation.min);
    let message = match stated {
        0 => format!("this {one} names nothing under `{name}` yet, and it takes at least {least}"),
        _ => format!("this {one} names only {stated} under `{name}`, and it takes at least {least}"),
    };
    Diagnostic::new(Code::TooFew, Place::at(&page.path, Span::new(0, 3)), message)
        .help(format!("add entries under `{name}:`, each as {}", entries::lines(column, "…", relation)))
}
