//! A theme's assets under names that change with their bytes; style sheets that name each other follow.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::complaints;
use super::files::{Files, ThemeManifests};
use crate::base::{
    Diagnostic, Fingerprint, OutPath, Place, Source, SourcePath, UrlPath, decode_path, disguise, encode_path, nearest,
};
use crate::syntax::active::{Act, find_acts};
use crate::syntax::css::{self, Mention};
use crate::views::Asset;

/// Style sheets that import each other in a longer row than this are a mistake.
const LONGEST_ROW: usize = 32;

/// The assets by name. A style sheet comes after the files that it names, as their published names go into it; of scripts that are put
/// together the parts are none.
pub fn collect(manifests: &ThemeManifests, found: &mut Vec<Diagnostic>) -> BTreeMap<String, Asset> {
    let ThemeManifests { files, scripts, sheets, .. } = manifests;
    let parts: Vec<&str> = scripts.values().flatten().map(|(part, _)| part.as_str()).collect();
    let named = || {
        let all = files.iter().map(|(path, (source_path, file))| (path.strip_prefix("assets/"), source_path, file));
        all.filter_map(|(name, path, file)| Some((name.filter(|name| !parts.contains(name))?, path, file)))
    };
    let is_sheet =
        |name: &str| std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("css"));
    let mut collector = Collector { files, assets: BTreeMap::new(), row: Vec::new(), found };
    for (name, path, source) in named().filter(|(name, ..)| !is_sheet(name)) {
        if let Some(bytes) = source.as_bytes() {
            collector.add(name, path, Arc::clone(bytes));
        }
    }
    for (name, parts) in scripts {
        collector.put_together(name, parts);
    }
    for (name, path, source) in named().filter(|(name, ..)| is_sheet(name)) {
        collector.add_sheet(name, path, source);
    }
    let whole: Vec<_> = sheets.iter().map(|(name, parts)| (name, collector.join_sheets(parts))).collect();
    for (name, (path, bytes)) in whole {
        collector.add(name, &path, bytes);
    }
    collector.assets
}

/// The style sheet of the e-book: the `epub.css` of each theme, that of an extending one after that of the one it extends. It
/// stands there alone, so that it may name no file.
pub fn read_ebook_style(themes: &[Files], found: &mut Vec<Diagnostic>) -> Option<Source> {
    let mut whole = String::new();
    for (path, source) in themes.iter().rev().filter_map(|files| files.get("epub.css")) {
        source.as_bytes()?;
        let Some(text) = source.as_text() else {
            found.push(complaints::theme_not_text(Place::file(path)));
            return None;
        };
        for mention in read_mentions(path, text, found)?.iter().filter(|mention| !mention.target.starts_with('#')) {
            found.push(complaints::outside_ebook(Place::at(path, mention.span), &mention.target));
        }
        whole.push_str(text);
    }
    (!whole.is_empty()).then(|| Source::bytes(whole.into_bytes()))
}

/// The files that a style sheet names; complains if nobody can tell.
fn read_mentions(path: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Option<Vec<Mention>> {
    let mentions = css::mentions(text);
    if mentions.is_none() {
        let act = Act { span: None, what: "has blocks too deep in each other", cure: None };
        found.push(complaints::active_asset(path, &act));
    }
    mentions
}

struct Collector<'f> {
    files: &'f Files,
    assets: BTreeMap<String, Asset>,
    /// The style sheets that are being read, each named by the one before it.
    row: Vec<String>,
    found: &'f mut Vec<Diagnostic>,
}

impl Collector<'_> {
    fn add(&mut self, name: &str, path: &SourcePath, bytes: Arc<[u8]>) {
        self.found.extend(find_acts(name, &bytes).iter().map(|act| complaints::active_asset(path, act)));
        let fingerprint = Fingerprint::of_bytes(&bytes);
        let mark = fingerprint.short();
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let marked =
            if end.is_empty() { format!("assets/{stem}.{mark}") } else { format!("assets/{stem}.{mark}.{end}") };
        match OutPath::new(&marked) {
            Ok(out) => {
                let url = UrlPath::new(&format!("/{}", encode_path(out.as_str())));
                self.assets.insert(name.to_owned(), Asset { path: path.clone(), out, url, bytes, fingerprint });
            }
            Err(_) => self.found.push(complaints::bad_asset_name(Place::file(path))),
        }
    }

    /// Adds a script that is put together from others, without what only people read.
    fn put_together(&mut self, name: &str, parts: &[(String, Place)]) {
        let mut whole = String::new();
        for (part, place) in parts {
            let Some((path, source)) = self.files.get(&format!("assets/{part}")) else {
                let names = self.files.keys().filter_map(|path| path.strip_prefix("assets/"));
                self.found.push(complaints::unknown_asset(place.clone(), part, nearest(part, names)));
                continue;
            };
            match source.as_text() {
                Some(text) => {
                    let short = minifier::js::minify(text).map_or_else(|_| text.to_owned(), |short| short.to_string());
                    let _ = writeln!(whole, "{short}");
                }
                None => self.found.push(complaints::theme_not_text(Place::file(path))),
            }
        }
        if let Some((_, place)) = parts.first() {
            self.add(name, &place.path, whole.into_bytes().into());
        }
    }

    /// The style sheets of these names as one; and the file that asks for it. The parts stay, for pages that load them alone.
    fn join_sheets(&mut self, parts: &[(String, Place)]) -> (SourcePath, Arc<[u8]>) {
        let mut whole = Vec::new();
        for (part, place) in parts {
            match self.assets.get(part) {
                Some(asset) => whole.extend_from_slice(&asset.bytes),
                None => {
                    let near = nearest(part, self.assets.keys().map(String::as_str));
                    self.found.push(complaints::unknown_asset(place.clone(), part, near));
                }
            }
        }
        (parts.first().map_or_else(|| SourcePath::new(""), |(_, place)| place.path.clone()), whole.into())
    }

    /// Adds a style sheet, after those that it names.
    fn add_sheet(&mut self, name: &str, path: &SourcePath, source: &Source) {
        let Some(bytes) = source.as_bytes() else { return };
        if self.assets.contains_key(name) {
            return;
        }
        let Some(text) = source.as_text() else {
            self.found.push(complaints::theme_not_text(Place::file(path)));
            return self.add(name, path, Arc::clone(bytes));
        };
        let Some(mentions) = read_mentions(path, text, self.found) else { return };
        self.row.push(name.to_owned());
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for mention in mentions {
            // A part of the same drawing, or of the page.
            if mention.target.starts_with('#') {
                continue;
            }
            out.push_str(&text[done..mention.span.start]);
            done = mention.span.end;
            let address = self.resolve(name, &mention.target, &Place::at(path, mention.span));
            let _ = write!(out, "\"{}\"", address.unwrap_or_default());
        }
        out.push_str(&text[done..]);
        self.row.pop();
        self.add(name, path, out.into_bytes().into());
    }

    /// The published name of `target`, as seen from the style sheet `name`.
    fn resolve(&mut self, name: &str, target: &str, place: &Place) -> Option<String> {
        if disguise(target).is_some() {
            self.found.push(complaints::foreign_asset(place.clone(), target));
            return None;
        }
        let (file, behind) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
        let wanted = join(name, &decode_path(file));
        if let Some((wanted, (path, source))) =
            wanted.as_ref().and_then(|wanted| Some((wanted, self.files.get(&format!("assets/{wanted}"))?)))
            && !self.assets.contains_key(wanted)
        {
            if self.row.contains(wanted) || self.row.len() == LONGEST_ROW {
                self.found.push(complaints::import_circle(place.clone(), &self.row, wanted));
                return None;
            }
            self.add_sheet(wanted, path, source);
        }
        let Some(asset) = wanted.as_ref().and_then(|wanted| self.assets.get(wanted)) else {
            let near = nearest(wanted.as_deref().unwrap_or(file), self.assets.keys().map(String::as_str));
            self.found.push(complaints::unknown_asset(place.clone(), target, near));
            return None;
        };
        let up = "../".repeat(name.matches('/').count());
        let published = asset.out.as_str().strip_prefix("assets/").unwrap_or_default();
        Some(format!("{up}{}{behind}", encode_path(published)))
    }
}

/// `target` as seen from the style sheet `name`; `None` if it leads out of the assets.
fn join(name: &str, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    SourcePath::new(name).join_relative(target).map(|path| path.as_str().to_owned())
}
