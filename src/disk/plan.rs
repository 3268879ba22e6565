//! What stands in the published folder and what must → what is to be done with everything that is not ours.
//!
//! Pure: looks at listings only. Here it is decided what is replaced, what stays and what must stop us.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};

use super::scan::{Kind, Paths, Tree, joined};

/// What is known of who owns what in the published folder.
#[derive(Debug)]
pub(super) struct Ownership<'a> {
    /// The files that the new site consists of, the list of files included.
    pub wanted: Paths<'a>,
    /// The files that were published before, as far as is known.
    pub owned: Paths<'a>,
    /// The wanted files that are not there with the wanted bytes.
    pub changed: BTreeSet<&'a str>,
    /// What happens to files that stand where one of ours must go, and are not known to be ours.
    pub others: Others,
}

/// What happens to files that stand where one of ours must go, and are not known to be ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// They stop us.
    Stop,
    /// Ours take their places: it was asked for, or the list of ours was lost.
    Replace,
}

/// What is to be done with everything that is not ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Foreign files and links, which get a second name in the new tree before it takes the old one's place.
    pub linked: Vec<OsString>,
    /// Foreign folders, which move over as a whole right after.
    pub carried: Vec<OsString>,
    /// The folders of the new tree, those that hold foreign things included; each stands before those inside it.
    pub folders: BTreeSet<OsString>,
}

/// Decides about everything in the published folder.
///
/// # Errors
/// The path of a foreign thing that stands where a file or folder of the site must go.
pub(super) fn plan(live: &Tree, ownership: &Ownership<'_>) -> Result<Plan, OsString> {
    let mut plan = Plan { folders: ownership.wanted.folders().iter().map(OsString::from).collect(), ..Plan::default() };
    for (path, entry) in &live.entries {
        match classify(path, entry.kind, ownership) {
            EntryClass::Ours => continue,
            EntryClass::InTheWay => return Err(path.clone()),
            EntryClass::Foreign => {}
        }
        for folder in folders_above(path) {
            if ownership.wanted.has_file(&folder) {
                return Err(path.clone());
            }
            plan.folders.insert(folder);
        }
        if entry.kind == Kind::Folder { &mut plan.carried } else { &mut plan.linked }.push(path.clone());
    }
    Ok(plan)
}

/// What becomes of one entry.
enum EntryClass {
    /// It is a file, folder or replaced link of ours, and stays or goes as the site needs.
    Ours,
    /// It is not ours and stays.
    Foreign,
    /// It is not ours and stands where we must write.
    InTheWay,
}

fn classify(path: &OsStr, kind: Kind, ownership: &Ownership<'_>) -> EntryClass {
    let Ownership { wanted, owned, changed, .. } = ownership;
    match kind {
        Kind::Folder if wanted.has_folder(path) || owned.has_folder(path) => EntryClass::Ours,
        Kind::File if owned.has_file(path) => EntryClass::Ours,
        Kind::File if wanted.has_file(path) && ownership.others == Others::Replace => EntryClass::Ours,
        // It is equal to what is wanted.
        Kind::File if wanted.has_file(path) && path.to_str().is_some_and(|path| !changed.contains(path)) => {
            EntryClass::Ours
        }
        // A link in place of something of ours was planted; it goes, and what it leads to is never touched.
        Kind::Link if wanted.has(path) || owned.has(path) => EntryClass::Ours,
        _ if wanted.has(path) => EntryClass::InTheWay,
        _ => EntryClass::Foreign,
    }
}

/// The folders that hold a path, the nearest first.
fn folders_above(path: &OsStr) -> impl Iterator<Item = OsString> {
    let parts: Vec<&OsStr> = std::path::Path::new(path).iter().collect();
    let folders: Vec<OsString> = parts[..parts.len() - 1]
        .iter()
        .scan(OsString::new(), |folder, part| {
            *folder = joined(folder, part);
            Some(folder.clone())
        })
        .collect();
    folders.into_iter().rev()
}
