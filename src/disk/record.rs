//! The fingerprints of what we wrote into the published folder: tells which files of ours somebody has edited since.
//!
//! Kept in the staging folder as `published`, a line a file: the fingerprint of what is being published, that of what
//! stood there before, and the path. Both count as ours, since a publication may stop half-way. Who knows what is published
//! adds lines, and later ones count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::{WriteError, step};
use super::open::{open_regular, read_regular};
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

/// What stands in a tree under names of ours.
struct Standing<'a> {
    /// The fingerprints of those files that we wrote.
    ours: BTreeMap<&'a str, String>,
    /// What somebody edited, and where it is kept.
    repaired: Vec<Repaired>,
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
    let paths: Vec<&str> = changed.iter().chain(gone).copied().collect();
    let Standing { ours, repaired } = keep_all(disk, place, (&place.live, &paths), &known)?;
    let mut text = String::with_capacity(text.len());
    for (path, bytes) in files.iter() {
        let path = path.as_str();
        match known.get(path) {
            Some([new, former]) if !changed.contains(path) => add_line(&mut text, path, [new, former]),
            _ => {
                let new = Fingerprint::of_bytes(bytes).hex();
                add_line(&mut text, path, [&new, ours.get(path).unwrap_or(&new)]);
            }
        }
    }
    step("write", &place.file(), disk.write_new(&place.file(), text.as_bytes()))?;
    step("write", &place.record(), disk.rename(&place.file(), &place.record()))?;
    Ok(repaired)
}

/// Keeps the bytes of those files in the tree at `top` that somebody has edited.
///
/// # Errors
/// If a step does not succeed.
pub(super) fn keep_edited_in(
    disk: &dyn Disk,
    place: &Place,
    top: &Path,
    paths: &[&str],
) -> Result<Vec<Repaired>, WriteError> {
    let text = fs::read_to_string(place.record()).unwrap_or_default();
    Ok(keep_all(disk, place, (top, paths), &parse(&text))?.repaired)
}

/// Notes what will be published under some names from here on, each with what stands there until then. A later line takes
/// the place of an earlier one.
///
/// # Errors
/// If the step does not succeed.
pub(super) fn note(disk: &dyn Disk, place: &Place, changes: &[Change<'_>]) -> Result<(), WriteError> {
    let mut text = String::new();
    for Change { path, new, former } in changes {
        add_line(&mut text, path, [&Fingerprint::of_bytes(new).hex(), &Fingerprint::of_bytes(former).hex()]);
    }
    step("write", &place.record(), disk.append(&place.record(), text.as_bytes()))
}

/// A file that gets other bytes.
pub(super) struct Change<'a> {
    /// The file, relative to the output folder.
    pub path: &'a str,
    /// What will be published.
    pub new: &'a [u8],
    /// What is published until then.
    pub former: &'a [u8],
}

/// Does the record end with a whole line, so that another may follow?
pub(super) fn is_whole(place: &Place) -> bool {
    let read_last = || {
        let (mut file, _) = open_regular(&place.record())?;
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last).map(|()| last == *b"\n")
    };
    read_last().is_ok_and(|is_whole: bool| is_whole)
}

fn add_line(text: &mut String, path: &str, [new, former]: [&str; 2]) {
    text.extend([new, " ", former, " ", path, "\n"]);
}

/// Looks at files in the tree at `top`, and keeps what somebody made of them.
fn keep_all<'a>(
    disk: &dyn Disk,
    place: &Place,
    (top, paths): (&Path, &[&'a str]),
    known: &BTreeMap<&str, [&str; 2]>,
) -> Result<Standing<'a>, WriteError> {
    let mut standing = Standing { ours: BTreeMap::new(), repaired: Vec::new() };
    for path in paths {
        // What is not known to be edited is replaced without a word, as is whatever is no plain file.
        let Some(ours) = known.get(path) else { continue };
        if !has_plain_folders(top, path)? {
            continue;
        }
        let Ok(Some(bytes)) = read_regular(&below(top, path), u64::MAX - 1) else { continue };
        let fingerprint = Fingerprint::of_bytes(&bytes).hex();
        if ours.contains(&&*fingerprint) {
            standing.ours.insert(path, fingerprint);
        } else {
            standing.repaired.push(Repaired { path: (*path).to_owned(), kept: keep(disk, place, path, &bytes)? });
        }
    }
    Ok(standing)
}

/// The two fingerprints of each file. A line that was not finished says nothing.
fn parse(text: &str) -> BTreeMap<&str, [&str; 2]> {
    text.split_inclusive('\n').filter_map(|line| parse_line(line.strip_suffix('\n')?)).collect()
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
