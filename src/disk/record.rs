//! The fingerprints of what we wrote into the published folder: tells which files of ours somebody has edited since.
//!
//! Kept in the staging folder as `published`, a line a file: the fingerprint of what is being published, that of what
//! stood there before, and the path. Both count as ours, since a publication may stop half-way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use super::error::{WriteError, step};
use super::open::read_regular;
use super::place::{Place, create_if_missing};
use super::scan::{below, folders_above, has_plain_folders};
use super::steps::Disk;
use super::writer::replace;
use crate::base::{Files, Fingerprint};

/// A published file that somebody edited, and that is published again as it was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The file, relative to the output folder.
    pub path: String,
    /// Where its edited bytes are kept.
    pub kept: PathBuf,
}

/// Keeps the bytes of those files that somebody has edited and that are about to be replaced or removed, and notes what
/// will be published from here on.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn keep_edited(
    disk: &dyn Disk,
    place: &Place,
    files: &Files,
    (changed, gone): (&BTreeSet<&str>, &[&str]),
) -> Result<Vec<Repaired>, WriteError> {
    let text = fs::read_to_string(place.record()).unwrap_or_default();
    let known = parse(&text);
    let mut standing: BTreeMap<&str, String> = BTreeMap::new();
    let mut repaired = Vec::new();
    for path in changed.iter().chain(gone) {
        // What is not known to be edited is replaced without a word, as is whatever is no plain file.
        let Some(ours) = known.get(path) else { continue };
        let there = below(&place.live, path);
        if !has_plain_folders(&place.live, path)? {
            continue;
        }
        let Ok(Some(bytes)) = read_regular(&there, u64::MAX - 1) else { continue };
        let fingerprint = Fingerprint::of_bytes(&bytes).hex();
        if ours.contains(&&*fingerprint) {
            standing.insert(path, fingerprint);
        } else {
            repaired.push(Repaired { path: (*path).to_owned(), kept: keep(disk, place, path, &bytes)? });
        }
    }
    let mut text = String::with_capacity(text.len());
    for (path, bytes) in files.iter() {
        let path = path.as_str();
        match known.get(path) {
            Some([new, former]) if !changed.contains(path) => text.extend([new, " ", former]),
            _ => {
                let new = Fingerprint::of_bytes(bytes).hex();
                let former = standing.get(path).unwrap_or(&new);
                text.extend([&new, " ", former]);
            }
        }
        text.extend([" ", path, "\n"]);
    }
    step("write", &place.file(), disk.write_new(&place.file(), text.as_bytes()))?;
    step("write", &place.record(), disk.rename(&place.file(), &place.record()))?;
    Ok(repaired)
}

/// The two fingerprints of each file.
fn parse(text: &str) -> BTreeMap<&str, [&str; 2]> {
    text.lines().filter_map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(&str, [&str; 2])> {
    let mut parts = line.splitn(3, ' ');
    let fingerprints = [parts.next()?, parts.next()?];
    Some((parts.next()?, fingerprints))
}

/// Keeps the bytes of a published file outside the output, beside what was kept of it before.
fn keep(disk: &dyn Disk, place: &Place, path: &str, bytes: &[u8]) -> Result<PathBuf, WriteError> {
    let top = place.edited();
    create_if_missing(disk, &top)?;
    let folders: Vec<&str> = folders_above(path).collect();
    for folder in folders.iter().rev() {
        create_if_missing(disk, &below(&top, *folder))?;
    }
    let mut kept = below(&top, path);
    let mut number = 1;
    while fs::symlink_metadata(&kept).is_ok() {
        if read_regular(&kept, bytes.len() as u64).is_ok_and(|there| there.as_deref() == Some(bytes)) {
            return Ok(kept);
        }
        number += 1;
        kept = below(&top, &format!("{path}.{number}"));
    }
    replace(disk, &place.file(), &kept, bytes)?;
    Ok(kept)
}
