//! A page that names fewer others than its kind asks for.

use crate::base::{Code, Diagnostic, Place, Span};
use crate::content::entries::{self, Form};
use crate::content::{Page, Places, RelationEntry};
use crate::site::{Kind, Relation};

use super::CheckContext;

/// Asks every page of every kind.
pub(super) fn check(context: CheckContext, found: &mut Vec<Diagnostic>) {
    let CheckContext { guide, site, sources } = context;
    for entry in &guide.entries {
        let page = &entry.page;
        let Some(kind) = page.kind.map(|kind| &site.rules.kinds[kind]) else { continue };
        let stated = page.matter.relation_entries.iter().zip(&page.matter.are_relation_entries_whole);
        for (relation, (relation_entries, is_whole)) in kind.relations.iter().zip(stated) {
            if *is_whole && relation_entries.len() < relation.min {
                let text = sources.text(&page.path).unwrap_or_default();
                let first = relation_entries.first().map(RelationEntry::way_to_entry);
                let column = Form::column(text, &Places::read(text), first.as_deref());
                found.push(too_few(page, kind, (relation, relation_entries.len()), column));
            }
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
