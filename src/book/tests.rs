//! Chapters that lead to each other, and the files of an e-book.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use super::{Material, bind, ebook};
use crate::views::{Outline, OutlineChapter};

fn chapter(id: &str, number: &str, href: &str, sources: &[Option<usize>]) -> OutlineChapter {
    let level = number.split('.').count();
    let title = format!("Chapter {number}").into();
    OutlineChapter { id: id.into(), number: number.into(), level, title, href: href.into(), sources: sources.to_vec() }
}

/// Of tea, and of walking within it.
fn outline() -> Outline {
    Outline {
        title: "The guide & more".into(),
        description: "For two.".into(),
        author: "Wanda".into(),
        language: "en".into(),
        direction: "ltr",
        address: "https://guide.example/book/".into(),
        origin: "https://guide.example".into(),
        edition: Some(jiff::civil::Date::constant(2026, 11, 22)),
        chapters: vec![
            chapter("chapter-1", "1", "/tea/", &[Some(1)]),
            chapter("chapter-1-1", "1.1", "/tea/walking/", &[Some(2), None, Some(1)]),
        ],
        section: "(section {number})".into(),
        cover: "Cover".into(),
        page_list: "Numbers".into(),
        summary: "It is text.".into(),
    }
}

/// What becomes of what stands in the two chapters.
fn bound(tea: &str, walking: &str) -> String {
    let page = format!("<article id=\"chapter-1\">{tea}</article><article id=\"chapter-1-1\">{walking}</article>");
    let html = bind(&format!("<main>{page}</main>"), &outline());
    let body = html.split_once("<main>").expect("it has a main part").1;
    body.trim_end_matches("</main></body></html>").to_owned()
}

fn check(tea: &str, walking: &str, wanted: [&str; 2]) {
    let [tea_after, walking_after] = wanted;
    let page =
        format!("<article id=\"chapter-1\">{tea_after}</article><article id=\"chapter-1-1\">{walking_after}</article>");
    assert_eq!(bound(tea, walking), page);
}

#[test]
fn a_link_to_a_chapter_stays_in_the_book_and_says_its_number() {
    check(
        "See <a data-link=\"1\" href=\"/tea/walking/\">walks</a>.",
        "<p id=\"how\">So.</p><a href=\"/tea/#steep\">tea</a> <a href=\"#how\">how</a>",
        [
            "See <a href=\"#chapter-1-1\">walks</a><span class=\"section-number\"> (section 1.1)</span>.",
            "<p id=\"chapter-1-1.how\">So.</p><a href=\"#chapter-1\">tea</a><span class=\"section-number\"> (section 1)</span> \
             <a href=\"#chapter-1-1.how\">how</a>",
        ],
    );
}

#[test]
fn a_link_to_what_is_no_chapter_keeps_its_address() {
    check(
        "<a data-link=\"1\" href=\"/sheet/\">sheet</a> <a data-link=\"2\" href=\"mailto:w@guide.example\">mail</a> <a href=\"#mark\">x</a>",
        "",
        [
            "<a data-address=\"https://guide.example/sheet/\" href=\"/sheet/\">sheet</a> \
             <a data-address=\"w@guide.example\" href=\"mailto:w@guide.example\">mail</a> <a href=\"#mark\">x</a>",
            "",
        ],
    );
}

#[test]
fn headings_stand_below_those_of_the_parts_around_them() {
    check(
        "<h1 id=\"title\">Tea</h1><h2>Why</h2>",
        "<h1>Walking</h1><h2>Why</h2><h5>So</h5>",
        ["<h2 id=\"chapter-1.title\">Tea</h2><h3>Why</h3>", "<h3>Walking</h3><h4>Why</h4><h6>So</h6>"],
    );
}

#[test]
fn sources_are_numbered_through_the_book() {
    let cite = |number: &str, id: &str| {
        format!("<a href=\"#source-{number}\" id=\"{id}\" role=\"doc-biblioref\">{number}</a>")
    };
    let led = |number: &str, id: &str| {
        format!("<a href=\"#book--source-{number}\" id=\"chapter-1-1.{id}\" role=\"doc-biblioref\">{number}</a>")
    };
    let walking = format!("{} {}", cite("1", "a"), cite("3", "b"));
    check("", &walking, ["", &format!("{} {}", led("2", "a"), led("1", "b"))]);
}

#[test]
fn what_is_named_within_a_chapter_is_named_there() {
    check(
        "<section aria-labelledby=\"t other\"><p id=\"t\">x</p><details><summary>y</summary></details></section>",
        "<p id=\"t\">z</p><aside aria-label=\"Note\">n</aside><section aria-label=\"Footnotes\">f</section>",
        [
            "<section aria-labelledby=\"chapter-1.t other\"><p id=\"chapter-1.t\">x</p><details open=\"\"><summary>y</summary></details></section>",
            "<p id=\"chapter-1-1.t\">z</p><div aria-label=\"Note\" role=\"note\">n</div><section aria-label=\"Footnotes 1.1\">f</section>",
        ],
    );
}

/// The files of the e-book of a page.
fn files(page: &str) -> Vec<(String, String)> {
    let outline = outline();
    let picture: &[u8] = b"a picture";
    let file = |address: &str| (address == "/tea/cup.png").then_some(picture);
    let material = Material { outline: &outline, style: Some(b"p { margin: 0 }"), file: &file };
    let bound = bind(&format!("<main>{page}</main>"), &outline);
    let bytes = ebook(&bound, &material);
    assert_eq!(bytes, ebook(&bound, &material), "the same page gives the same bytes");
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "it is known by its first bytes");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    let names = (0..archive.len()).map(|index| {
        let mut file = archive.by_index(index).expect("it is there");
        let mut text = Vec::new();
        file.read_to_end(&mut text).expect("it can be read");
        (file.name().expect("it is text").into_owned(), String::from_utf8_lossy(&text).into_owned())
    });
    names.collect()
}

const ODD: &str = "<header id=\"book--cover\"><h1>The guide</h1><svg viewBox=\"0 0 9 9\" focusable=\"false\"><circle r=\"3\"/></svg></header>\
    <article id=\"chapter-1\" class=\"c\"><h1>Tea</h1><p>One<br>two<p>three & <b>four<i>five</b>six</i><center>seven</center>\
    <script>alert(1)</script><iframe src=\"https://x.example\"></iframe><img src=\"/tea/cup.png\" alt=\"A cup\" onclick=\"x()\">\
    <img src=\"/gone.png\" alt=\"Gone\"><input type=\"checkbox\" checked><a href=\"/sheet/\">sheet</a><a href=\"sms:1\">text</a>\
    <svg><use href=\"#mark\"/></svg><p hidden>hidden</p></article>\
    <article id=\"chapter-1-1\"><p id=\"x y\">a</p><p id=\"z\">b</p><a href=\"/tea/\">tea</a></article>\
    <section id=\"book--sources\"><h2>Sources</h2></section>";

#[test]
fn an_e_book_is_well_formed_whatever_the_page_holds() {
    for (name, text) in files(ODD) {
        if name.ends_with("xhtml") || name.ends_with("opf") || name.ends_with("xml") {
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
            let read = roxmltree::Document::parse_with_options(&text, options);
            assert!(read.is_ok(), "{name}: {read:?}\n{text}");
        }
    }
}

#[test]
fn the_manifest_lists_the_files_of_an_e_book() {
    let files = files(ODD);
    let (_, package) = files.iter().find(|(name, _)| name == "EPUB/package.opf").expect("it has a package document");
    let listed = package.split("<item ").skip(1).filter_map(|item| item.split("href=\"").nth(1)?.split('"').next());
    let listed: BTreeSet<String> = listed.map(|href| format!("EPUB/{href}")).collect();
    let outside = ["mimetype", "META-INF/container.xml", "EPUB/package.opf"];
    let names = files.iter().map(|(name, _)| name.clone()).filter(|name| !outside.contains(&name.as_str()));
    assert_eq!(names.collect::<BTreeSet<_>>(), listed);
}

#[test]
fn an_e_book_keeps_what_is_read_and_leaves_out_what_runs() {
    let files = files(ODD);
    let text = |wanted: &str| &files.iter().find(|(name, _)| name == wanted).expect("it is there").1;
    let tea = text("EPUB/chapter-1.xhtml");
    for kept in [
        "three &amp; <b>four<i>five</i></b><i>six</i>",
        "seven",
        "<img alt=\"A cup\" src=\"picture-1.png\"/>",
        "Gone",
        "☒ ",
        "<a href=\"https://guide.example/sheet/\">sheet</a>",
        "<a>text</a>",
        "role=\"doc-pagebreak\" id=\"page-1\" aria-label=\"1\"",
    ] {
        assert!(tea.contains(kept), "{kept}: {tea}");
    }
    for gone in ["alert", "iframe", "onclick", "center", "hidden", "<svg", "sms:"] {
        assert!(!tea.contains(gone), "{gone}: {tea}");
    }
    assert!(text("EPUB/cover.xhtml").contains("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(text("EPUB/chapter-1-1.xhtml").contains("<a href=\"chapter-1.xhtml#chapter-1\">tea</a>"));
    let contents = text("EPUB/nav.xhtml").replace('\n', "");
    assert!(contents.contains("<li><a href=\"chapter-1.xhtml\">1 Chapter 1</a><ol><li><a href=\"chapter-1-1.xhtml\">1.1 Chapter 1.1</a></li></ol></li>"), "{contents}");
}

#[test]
fn an_e_book_says_only_what_is_true_of_it() {
    let package =
        |page: &str| files(page).into_iter().find(|(name, _)| name == "EPUB/package.opf").expect("it is there").1;
    let with_words = package(ODD);
    assert!(
        with_words.contains("accessibilityFeature\">alternativeText") && with_words.contains("Sufficient\">textual<")
    );
    let without = package(&ODD.replace(" alt=\"A cup\"", ""));
    assert!(!without.contains("alternativeText") && without.contains("Sufficient\">textual,visual<"));
    assert!(with_words.contains("<meta property=\"dcterms:modified\">2026-11-22T00:00:00Z</meta>"));
    assert!(with_words.contains("<dc:title>The guide &amp; more</dc:title>"));
}
