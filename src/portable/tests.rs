//! What both forms say is what the site says.

use std::sync::Arc;

use super::addresses::{Addresses, Meant};
use super::{Whole, folder, single_file};
use crate::base::{Files, OutPath};
use crate::search::FOLDER;

fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(out, text)| (OutPath::new(out).expect("plain"), Arc::from(text.as_bytes()))).collect()
}

fn site() -> Files {
    let page = |head: &str, main: &str| {
        format!(
            "<!doctype html><html lang=\"cy\"><head><title>T</title>{head}</head><body><main id=\"main\">{main}</main></body></html>"
        )
    };
    let load = "<link rel=\"stylesheet\" href=\"/g/a.css\"><script src=\"/g/a.js\" defer></script><link rel=\"next\" href=\"/g/te/\">";
    files(&[
        ("index.html", &page(load, "<a href=\"/g/te/#pot\">Tea</a> <img alt=\"/g/te/\" src=\"/g/cup.png\">")),
        (
            "te/index.html",
            &page(
                load,
                "<h2 id=\"pot\">Pot</h2><a href=\"#pot\">up</a><a href=\"/g/\">home</a><a href=\"/elsewhere/\">x</a>",
            ),
        ),
        ("old/index.html", "<!doctype html><meta http-equiv=\"refresh\" content=\"0; url=/g/te/\"><p>gone"),
        ("an leaf/index.html", &page("", "<a href=\"/g/an%20leaf/\" data-search=\"/g/search/\">leaf</a>")),
        ("a.css", "p { color: red }"),
        ("a.js", "\"use strict\";"),
        ("cup.png", "PNG"),
        (&format!("{FOLDER}words.js"), "betwixtSearch({})"),
    ])
}

fn text<'f>(files: &'f Files, out: &str) -> &'f str {
    std::str::from_utf8(files.get(&OutPath::new(out).expect("plain")).expect("it is there")).expect("UTF-8")
}

#[test]
fn an_address_means_a_file_or_nothing() {
    let files = site();
    let addresses = Addresses { files: &files, folder: "/g" };
    let meant = |path: &str, rest: &str| Some(Meant { path: path.into(), rest: rest.into() });
    assert_eq!(addresses.meant("/g/te/#pot"), meant("te/index.html", "#pot"));
    assert_eq!(addresses.meant("/g/"), meant("index.html", ""));
    assert_eq!(addresses.meant("/g/an%20leaf/"), meant("an leaf/index.html", ""));
    assert_eq!(addresses.meant("/g/search/"), meant("search/", ""));
    for elsewhere in ["/te/", "/g", "/gg/te/", "/g/tea/", "te/", "#pot", "", "/g/../te/", "https://a.example/g/te/"] {
        assert_eq!(addresses.meant(elsewhere), None, "{elsewhere}");
    }
}

#[test]
fn in_a_folder_pages_lead_from_file_to_file() {
    let files = folder(&site(), "/g");
    let home = text(&files, "index.html");
    assert!(
        home.contains("href=\"te/index.html#pot\"")
            && home.contains("src=\"cup.png\"")
            && home.contains("alt=\"/g/te/\""),
        "{home}"
    );
    let tea = text(&files, "te/index.html");
    assert!(
        tea.contains("href=\"#pot\"") && tea.contains("href=\"../index.html\"") && tea.contains("href=\"/elsewhere/\""),
        "{tea}"
    );
    assert!(text(&files, "old/index.html").contains("content=\"0; url=../te/index.html\""));
    let leaf = text(&files, "an leaf/index.html");
    assert!(leaf.contains("href=\"../an%20leaf/index.html\"") && leaf.contains("data-search=\"../search/\""), "{leaf}");
    assert_eq!(text(&files, "a.css"), "p { color: red }");
    assert!(files.paths().eq(site().paths()));
}

#[test]
fn one_file_holds_each_text_once() {
    let whole = Whole { files: &site(), folder: "/g", home: "https://a.example/g/", title: "Tea & cake" };
    let (name, page) = single_file(&whole);
    assert_eq!(name.as_str(), "tea-cake.html");
    assert!(
        page.starts_with("<!doctype html>\n<html lang=\"cy\">") && page.contains("<title>Tea &amp; cake</title>"),
        "{page}"
    );
    for once in ["p { color: red }", "betwixtSearch({})", "<h2 id=\"pot\">Pot</h2>"] {
        assert_eq!(page.matches(once).count(), 1, "{once}");
    }
    for there in [
        "href=\"#/te/#pot\"",
        "href=\"#/\"",
        "href=\"/elsewhere/\"",
        "src=\"data:image/png;base64,UE5H\"",
        "\"/old/\":\"/te/\"",
    ] {
        assert!(page.contains(there), "{there}\n{page}");
    }
    for gone in ["rel=\\\"next", "src=\\\"/g", "href=\\\"/g"] {
        assert!(!page.contains(gone), "{gone}\n{page}");
    }
    assert_eq!(single_file(&whole), (name, page), "it is the same each time");
}
