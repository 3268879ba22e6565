//! A theme's assets under names that change with their bytes; style sheets that name each other follow.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::complaints;
use super::files::Files;
use crate::base::{
    Act, Diagnostic, Fingerprint, OutPath, Place, SourcePath, Span, UrlPath, acts, encode_path, nearest,
};
use crate::views::Asset;

/// The assets by name. Style sheets come last, as they name the others; `url(…)` in them is rewritten.
pub fn collect(files: &Files, found: &mut Vec<Diagnostic>) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let named = || files.iter().filter_map(|(path, file)| Some((path.strip_prefix("assets/")?, file)));
    let is_sheet =
        |name: &str| std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("css"));
    for (name, (path, source)) in named().filter(|(name, _)| !is_sheet(name)) {
        if let Some(bytes) = source.as_bytes() {
            add(&mut assets, name, path, Arc::clone(bytes), found);
        }
    }
    for (name, (path, source)) in named().filter(|(name, _)| is_sheet(name)) {
        let Some(bytes) = source.as_bytes() else { continue };
        match source.as_text() {
            Some(text) => {
                let rewritten = rewrite(name, path, text, &assets, found);
                add(&mut assets, name, path, rewritten.into_bytes().into(), found);
            }
            None => {
                found.push(complaints::theme_not_text(Place::file(path)));
                add(&mut assets, name, path, Arc::clone(bytes), found);
            }
        }
    }
    assets
}

fn add(
    assets: &mut BTreeMap<String, Asset>,
    name: &str,
    path: &SourcePath,
    bytes: Arc<[u8]>,
    found: &mut Vec<Diagnostic>,
) {
    let complaint = |act: Act| complaints::active_asset(Place { path: path.clone(), span: act.span }, act.what);
    found.extend(acts(name, &bytes).into_iter().map(complaint));
    let fingerprint = Fingerprint::of_bytes(&bytes);
    let mark = fingerprint.short();
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let marked = if end.is_empty() { format!("assets/{stem}.{mark}") } else { format!("assets/{stem}.{mark}.{end}") };
    match OutPath::new(&marked) {
        Ok(out) => {
            let url = UrlPath::new(&format!("/{}", encode_path(out.as_str())));
            assets.insert(name.to_owned(), Asset { path: path.clone(), out, url, bytes, fingerprint });
        }
        Err(_) => found.push(complaints::bad_asset_name(Place::file(path))),
    }
}

/// The style sheet with every `url(…)` to another asset turned into that asset's published name.
fn rewrite(
    name: &str,
    path: &SourcePath,
    text: &str,
    assets: &BTreeMap<String, Asset>,
    found: &mut Vec<Diagnostic>,
) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(at) = text[rest..].find("url(").map(|at| rest + at + 4) {
        let Some(end) = text[at..].find(')').map(|end| at + end) else { break };
        let quoted = text[at..end].trim();
        let target = quoted.trim_matches(['"', '\'']);
        out.push_str(&text[rest..at]);
        rest = end;
        if target.starts_with('#') {
            out.push_str(&text[at..end]);
            continue;
        }
        let wanted = join(folder, target);
        if let Some(asset) = assets.get(&wanted) {
            let up = "../".repeat(name.matches('/').count());
            let published = asset.out.as_str().strip_prefix("assets/").unwrap_or_default();
            let _ = write!(out, "\"{up}{}\"", encode_path(published));
        } else {
            out.push_str("\"\"");
            let near = nearest(&wanted, assets.keys().map(String::as_str));
            found.push(complaints::unknown_asset(Place::at(path, Span::new(at, end)), target, near));
        }
    }
    out.push_str(&text[rest..]);
    out
}

/// `target` as seen from `folder`, with `.` and `..` taken out.
fn join(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}
