//! *Nearer* as a book: its chapters in reading order, every link within it at its place, and an e-book of the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use betwixt::base::{OutPath, Request, Source, SourcePath, Sources};
use betwixt::disk;
use betwixt::pipeline::{Built, Memory, build};
use jiff::civil::Date;
use scraper::{Html, Selector};

fn nearer() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request { today: Some(Date::constant(2026, 11, 23)), ..Request::default() };
    disk::read(root, Path::new("site.toml"), request).expect("the guide is there")
}

fn built(sources: &Sources) -> Built {
    let (built, _) = build(sources, &mut Memory::new());
    assert!(!built.has_errors(), "{:?}", built.diagnostics);
    built
}

fn file<'b>(built: &'b Built, name: &str) -> &'b [u8] {
    built.files.get(&OutPath::new(name).expect("a plain name")).expect("it is made")
}

fn page(built: &Built) -> Html {
    Html::parse_document(&String::from_utf8_lossy(file(built, "book/index.html")))
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("it is a selector");
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&selector).map(|element| words(element.text().collect())).collect()
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("it is a selector");
    page.select(&selector).filter_map(|element| Some(element.attr(name)?.to_owned())).collect()
}

/// The files of the e-book.
fn ebook(built: &Built) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file(built, "nearer.epub"))).expect("it is an archive");
    let files = (0..archive.len()).map(|index| {
        let mut file = archive.by_index(index).expect("it is there");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("Nearer has no pictures");
        (file.name().expect("it is text").into_owned(), text)
    });
    files.collect()
}

#[test]
fn chapters_stand_in_reading_order_with_their_numbers() {
    let page = page(&built(&nearer()));
    let contents = texts(&page, "#book--contents li");
    let headings = texts(&page, ".chapter > .page-head > :is(h2, h3)");
    assert_eq!(contents[..headings.len()], headings);
    assert_eq!(contents[headings.len()..], ["Sources"]);
    let some = [
        "1 Start here",
        "2 Before you start",
        "6 The eight signs",
        "6.1 We do not really listen",
        "7 A checklist for two",
    ];
    for title in some {
        assert!(headings.iter().any(|heading| heading == title), "{title}: {headings:?}");
    }
    assert_eq!(headings.iter().filter(|heading| heading.starts_with("8.")).count(), 10);
}

#[test]
fn every_page_is_in_the_book_but_those_that_only_list() {
    let built = built(&nearer());
    let titles = texts(&page(&built), "#book--contents li");
    let left_out = ["404.html", "index.html", "a-z/index.html", "claims/index.html", "references/index.html"];
    for (out, bytes) in built.files.iter() {
        let name = out.as_str();
        let is_page = name.ends_with("html") && !left_out.contains(&name);
        if !is_page || ["tags/", "/sheet/", "/cards/", "/map/"].iter().any(|part| name.contains(part)) {
            continue;
        }
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        let title = texts(&html, "h1").first().cloned().unwrap_or_default();
        let is_there = titles.iter().any(|entry| entry.ends_with(&title)) || name == "book/index.html";
        assert!(is_there, "{name}: {title}");
    }
}

#[test]
fn every_link_within_the_book_has_its_place_and_no_id_stands_twice() {
    let page = page(&built(&nearer()));
    let ids = attributes(&page, "[id]", "id");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    let links = attributes(&page, "main a", "href");
    let within: Vec<&str> = links.iter().filter_map(|href| href.strip_prefix('#')).collect();
    assert!(within.len() > 300, "{}", within.len());
    for id in within {
        assert!(unique.contains(&betwixt::base::decode_path(id).into_owned()), "{id}");
    }
    for name in ["aria-labelledby", "aria-describedby"] {
        for id in attributes(&page, &format!("[{name}]"), name) {
            assert!(unique.contains(&id), "{name} {id}");
        }
    }
}

#[test]
fn no_link_leads_out_of_the_book_to_a_chapter() {
    let page = page(&built(&nearer()));
    let outside: Vec<String> =
        attributes(&page, ".chapter a", "href").into_iter().filter(|href| href.starts_with('/')).collect();
    let known = ["/", "/checklist/sheet/", "/checklist/cards/", "/claims/", "/references/", "/a-z/"];
    let strange: Vec<&String> =
        outside.iter().filter(|href| !known.contains(&href.split('#').next().unwrap_or_default())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn each_source_stands_once_under_the_number_that_cites_it() {
    let page = page(&built(&nearer()));
    let listed = attributes(&page, "#book--sources li", "value");
    let numbers: Vec<String> = (1..=listed.len()).map(|number| number.to_string()).collect();
    assert_eq!(listed, numbers);
    let selector = Selector::parse("a[role=doc-biblioref]").expect("it is a selector");
    let cites: Vec<_> = page.select(&selector).collect();
    assert!(cites.len() > 100, "{}", cites.len());
    for cite in cites {
        let text: String = cite.text().collect();
        assert_eq!(cite.attr("href"), Some(&*format!("#book--source-{text}")));
    }
    let sources: BTreeSet<String> = texts(&page, "#book--sources .source").into_iter().collect();
    assert_eq!(sources.len(), listed.len());
}

#[test]
fn the_e_book_is_well_formed_and_all_its_links_have_their_places() {
    let files = ebook(&built(&nearer()));
    let options = || roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let read = |text| roxmltree::Document::parse_with_options(text, options()).expect("it is well formed");
    let documents: BTreeMap<&str, roxmltree::Document> = files
        .iter()
        .filter(|(name, _)| name.ends_with("xhtml") || name.ends_with("opf") || name.ends_with("xml"))
        .map(|(name, text)| (name.as_str(), read(text)))
        .collect();
    let ids: BTreeSet<String> = documents
        .iter()
        .flat_map(|(name, document)| {
            document.descendants().filter_map(move |node| Some(format!("{name}#{}", node.attribute("id")?)))
        })
        .collect();
    let mut count = 0;
    for (name, document) in &documents {
        for href in
            document.descendants().filter(|node| node.has_tag_name("a")).filter_map(|node| node.attribute("href"))
        {
            if href.contains(':') {
                continue;
            }
            let (to, id) = href.split_once('#').unwrap_or((href, ""));
            let to = if to.is_empty() { (*name).to_owned() } else { format!("EPUB/{to}") };
            let is_there = if id.is_empty() { files.contains_key(&to) } else { ids.contains(&format!("{to}#{id}")) };
            assert!(is_there, "{name}: {href}");
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn the_page_list_of_the_e_book_names_every_mark_in_order() {
    let files = ebook(&built(&nearer()));
    let list = files["EPUB/nav.xhtml"].split("page-list").nth(1).expect("it has one").to_owned();
    let named: Vec<&str> = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let package = &files["EPUB/package.opf"];
    let spine = package.split("<itemref idref=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let marks: Vec<String> = spine
        .filter_map(|item| {
            let text = &files[&format!("EPUB/{item}.xhtml")];
            let id = text.split("role=\"doc-pagebreak\" id=\"").nth(1)?.split('"').next()?;
            Some(format!("{item}.xhtml#{id}"))
        })
        .collect();
    assert_eq!(named, marks);
    assert!(marks.len() > 25, "{marks:?}");
}

#[test]
fn two_builds_give_the_same_e_book() {
    assert_eq!(file(&built(&nearer()), "nearer.epub"), file(&built(&nearer()), "nearer.epub"));
}

#[test]
fn texts_may_link_to_the_book_and_the_e_book_where_there_are_such() {
    let about = SourcePath::new("content/about.md");
    let mut sources = nearer();
    let text = sources.text(&about).expect("it is text").to_owned();
    let set = |sources: &mut Sources, text: &str| sources.insert(about.clone(), Source::bytes(text.as_bytes()));
    set(&mut sources, &format!("{text}\nAs [a book](book.md), or [an e-book](/nearer.epub).\n"));
    let links = attributes(&page(&built(&sources)), ".chapter a", "href");
    assert!(links.contains(&"/nearer.epub".to_owned()) && links.contains(&"#book--foreword".to_owned()));
    set(&mut sources, &format!("{text}\n[An e-book](/other.epub)\n"));
    let (built, _) = build(&sources, &mut Memory::new());
    let found: Vec<&str> = built.diagnostics.iter().map(|found| found.code.name()).collect();
    assert_eq!(found, ["unknown-address"]);
}

#[test]
fn the_e_book_has_a_style_sheet_that_is_no_file_of_the_site() {
    let built = built(&nearer());
    let sheet = &ebook(&built)["EPUB/book.css"];
    assert!(sheet.contains(".section-number {"), "{sheet}");
    assert!(built.files.iter().all(|(out, _)| !out.as_str().starts_with("assets/epub")));
}
