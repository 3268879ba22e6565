//! Other names for sources → all sources as they will be, and what would be wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Build, Built, Memory};
use crate::base::{Code, Diagnostic, Drafts, Edit, Severity, Source, SourcePath, Sources};
use crate::guide::renaming::{Moves, RenameContext, edits};

/// A source before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its former path.
    pub from: SourcePath,
    /// Its later path; the same if only its text changes.
    pub to: SourcePath,
    /// Its bytes.
    pub before: Arc<[u8]>,
    /// Its bytes afterwards.
    pub after: Arc<[u8]>,
}

/// What giving sources other names comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Every source that changes, sorted by its former path.
    pub changes: Vec<Change>,
    /// All sources as they will be.
    pub sources: Sources,
    /// What was wrong before.
    pub before: Vec<Diagnostic>,
    /// What would be wrong then and was not before.
    pub complaints: Vec<Diagnostic>,
    /// Pages that could not be understood, and may name what moves.
    pub unread: Vec<SourcePath>,
}

/// Gives sources other names, and edits whatever names them; `None` if the guide cannot be read at all.
///
/// Drafts are edited too.
#[must_use]
pub fn rename(sources: &Sources, moves: &Moves, build_site: Build) -> Option<Renamed> {
    let mut sources = sources.clone();
    sources.request.drafts = Drafts::Include;
    let mut memory = Memory::unpublished();
    let (before, _) = build_site(&sources, &mut memory);
    let (site, layout) = match (&memory.site, &memory.layout) {
        (Some((_, site)), Some(layout)) => ((*site.0).as_ref()?, layout),
        _ => return None,
    };
    let published = layout.published();
    let book = layout.book(&published);
    let context = RenameContext { book, site, configuration: &sources.request.configuration, sources: &sources };
    let mut edits = edits(context, moves);
    for path in moves.keys() {
        edits.entry(path.clone()).or_default();
    }
    let mut after = sources.clone();
    let mut changes = Vec::new();
    for path in moves.keys() {
        after.remove(path);
    }
    for (from, edits) in edits {
        let Some(bytes) = sources.bytes(&from) else { continue };
        let edited = sources.text(&from).and_then(|text| Edit::apply(&edits, text));
        let edited: Arc<[u8]> = edited.map_or_else(|| Arc::clone(bytes), |text| Arc::from(text.into_bytes()));
        let to = moves.get(&from).unwrap_or(&from).clone();
        after.insert(to.clone(), Source::bytes(Arc::clone(&edited)));
        changes.push(Change { from, to, before: Arc::clone(bytes), after: edited });
    }
    let (then, _) = build_site(&after, &mut Memory::unpublished());
    let complaints = new_complaints(&before, &then, moves);
    let unread = unread(context, moves);
    Some(Renamed { changes, sources: after, before: before.diagnostics, complaints, unread })
}

/// The errors and warnings that there were fewer of before.
fn new_complaints(before: &Built, after: &Built, moves: &Moves) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(Code, &SourcePath), usize> = BTreeMap::new();
    for complaint in &before.diagnostics {
        let path = &complaint.place.path;
        *known.entry((complaint.code, moves.get(path).unwrap_or(path))).or_default() += 1;
    }
    let mut found = Vec::new();
    for complaint in after.diagnostics.iter().filter(|complaint| complaint.severity != Severity::Advice) {
        match known.get_mut(&(complaint.code, &complaint.place.path)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => found.push(complaint.clone()),
        }
    }
    found
}

/// The pages of which a part could not be read, if the name of something that moves stands in them.
fn unread(context: RenameContext, moves: &Moves) -> Vec<SourcePath> {
    let names: Vec<&str> = moves
        .keys()
        .filter(|path| path.is_markdown())
        .map(|path| path.file_name().strip_suffix(".md").unwrap_or_default())
        .collect();
    let half_read = context.book.pages.iter().filter(|page| {
        page.matter.relation_entries.iter().any(|entries| entries.whole().is_none())
            || page.body.links.whole().is_none()
    });
    let may_name = half_read.filter(|page| {
        !moves.contains_key(&page.path)
            && context.sources.text(&page.path).is_none_or(|text| names.iter().any(|name| text.contains(name)))
    });
    may_name.map(|page| page.path.clone()).collect()
}
