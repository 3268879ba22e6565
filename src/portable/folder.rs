//! The files of a site → the same with links from file to file, so that the folder can be opened from a stick.

use rayon::prelude::*;

use super::addresses::{Addresses, Meant, refreshed};
use crate::base::{Files, OutPath, encode_path, is_page};
use crate::syntax::html_tree::{Element, HtmlTree, value};

/// Attributes that hold words, whatever they look like.
const WORDS: [&str; 4] = ["alt", "aria-label", "content", "title"];

/// The same site, whose pages name each other and what they load by the way from one file to the other.
///
/// `folder` is that of the site's address: empty, or `/guide`. Addresses for the world outside stay.
#[must_use]
pub fn folder(files: &Files, folder: &str) -> Files {
    let addresses = Addresses { files, folder };
    let all: Vec<_> = files.iter().collect();
    let write = |(out, bytes): &(&OutPath, &std::sync::Arc<[u8]>)| {
        let page = is_page(out.as_str()).then(|| std::str::from_utf8(bytes).ok()).flatten();
        let bytes = page.map_or_else(|| (*bytes).clone(), |html| rewritten(html, out, &addresses).into_bytes().into());
        ((*out).clone(), bytes)
    };
    Files::from_sorted(all.par_iter().map(write).collect())
}

fn rewritten(html: &str, out: &OutPath, addresses: &Addresses) -> String {
    let mut tree = HtmlTree::of_page(html);
    for node in tree.elements() {
        let Some(element) = tree.element(node) else { continue };
        for (name, value) in changed(element, out, addresses) {
            tree.set(node, &name, &value);
        }
    }
    tree.write()
}

/// The attributes of an element that name files of the site, with the ways there.
fn changed(element: &Element, out: &OutPath, addresses: &Addresses) -> Vec<(String, String)> {
    let refreshes = value(element, "http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh"));
    let change = |(name, text): (&str, &str)| {
        if refreshes && name == "content" {
            let (before, address) = refreshed(text)?;
            return Some((name.to_owned(), format!("{before}{}", way(out, &addresses.meant(address)?))));
        }
        let meant = addresses.meant(text).filter(|_| !WORDS.contains(&name))?;
        Some((name.to_owned(), way(out, &meant)))
    };
    element.attrs().filter_map(change).collect()
}

/// The way from a file to what is meant.
fn way(from: &OutPath, meant: &Meant) -> String {
    if meant.path == from.as_str() && meant.rest.starts_with('#') {
        return meant.rest.clone();
    }
    let up = "../".repeat(from.as_str().matches('/').count());
    let way = format!("{up}{}{}", encode_path(&meant.path), meant.rest);
    if way.is_empty() { "./".to_owned() } else { way }
}
