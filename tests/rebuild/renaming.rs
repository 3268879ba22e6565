//! A page with another name: the same guide at another address, and back again to the byte.

use std::collections::BTreeMap;

use betwixt::base::{Drafts, Files, Source, SourcePath, Sources};
use betwixt::pipeline::{Memory, build, rename};
use proptest::prelude::*;

use super::guide::{guide, page, set};
use super::{apply, edits, pages};

/// A page that links in every form.
const LINKS: &str = "---\r\ntitle: Links\r\n---\r\nSee [a](../signs/silence.md#why), [b](@/signs/silence.md \"Title\"), \
[[silence]], [[signs/silence#why|words]],\r\n[c][ref], [ref], [d](</folder/signs/haste/>), \
[e](https://guide.example/folder/signs/haste#top), [f](./tea.md),\r\n[g](<../signs/silence.md>), [h](tea.md), \
[i](te\\a.md) and [top](#why-not).\r\n\r\n| [[haste\\|x]] | ![A cup](cup.svg) |\r\n| --- | --- |\r\n\r\n## Why not\r\n\r\n\
[ref]: ../signs/haste.md \"Haste\"\r\n> [tea]: <tea.md>\r\n> and [tea].\r\n";

/// The guide with such a page, and with every way to name a page in a front matter.
fn linked() -> Sources {
    let mut sources = guide();
    let text = LINKS.replace("#top", "").replace("[i](te\\a.md) and ", "");
    set(&mut sources, "content/practices/links.md", &text);
    set(&mut sources, "content/practices/cup.svg", "<svg width=\"9\" height=\"9\"></svg>");
    let sign = "---\ntitle: Noise\nstatement: \"We notice noise.\"\npractices: [ 'tea', \"links\" ]\nnext: '../practices/tea.md'\n\
        photo: ../practices/cup.svg\nnote: |\n  [a](silence.md#why) and [[haste]],\n\n  - [b](../practices/links.md)\n\
        parts: [{ name: Noise, from: haste }, { from: \"silence#why\" }]\naliases:\n  - /loud/ # once\n---\nHush.\n";
    set(&mut sources, "content/signs/noise.md", sign);
    sources.request.drafts = Drafts::Include;
    sources
}

fn built(sources: &Sources) -> (Files, Vec<String>) {
    let (built, _) = build(sources, &mut Memory::new());
    let words = built.diagnostics.iter().map(|complaint| format!("{} {:?}", complaint.message, complaint.place));
    ((*built.files).clone(), words.collect())
}

fn texts(files: &Files) -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| without_rules(&String::from_utf8_lossy(bytes));
    files.iter().map(|(path, bytes)| (path.to_string(), text(bytes))).collect()
}

/// A page without the data of the checklist: pages are known there by their names.
fn without_rules(text: &str) -> String {
    let Some((before, rest)) = text.split_once("data-rules=\"") else { return text.to_owned() };
    let (_, after) = rest.split_once('"').expect("the value ends");
    format!("{before}{after}")
}

/// Moves the page to `to` and back again.
fn check(sources: &Sources, from: &SourcePath, to: &SourcePath) -> Result<(), TestCaseError> {
    let there = rename(sources, &[(from.clone(), to.clone())].into(), &mut build);
    let Some(there) = there.filter(|there| there.unread.is_empty()) else { return Ok(()) };
    prop_assert!(there.complaints.is_empty(), "{from} to {to}: {:#?}", there.complaints);
    let (before, wrong) = built(sources);
    if wrong.is_empty() {
        let (after, wrong) = built(&there.sources);
        prop_assert_eq!(&wrong, &Vec::<String>::new());
        let stem = |path: &SourcePath| {
            format!("/{}/", path.as_str().trim_end_matches(".md").split_once('/').expect("below").1)
        };
        let (old, new) = (stem(from), stem(to));
        // Its address stands in many files; the redirect is the only file more. The index numbers pages in their order, and the
        // worker knows each file by a digest.
        let is_index = |path: &str| path.starts_with("search/") || path == "service-worker.js";
        let renamed: BTreeMap<String, String> = texts(&before)
            .into_iter()
            .filter(|(path, _)| !is_index(path))
            .map(|(path, text)| (format!("/{path}").replace(&old, &new)[1..].to_owned(), text.replace(&old, &new)))
            .collect();
        let mut found = texts(&after);
        found.retain(|path, _| !is_index(path));
        found.retain(|path, _| renamed.contains_key(path) || format!("/{path}") != format!("{old}index.html"));
        prop_assert_eq!(found, renamed);
    }
    let back = rename(&there.sources, &[(to.clone(), from.clone())].into(), &mut build).expect("it can be read");
    prop_assert!(back.complaints.is_empty(), "{to} back to {from}: {:#?}", back.complaints);
    for (path, source) in sources.iter() {
        let body = |source: &Source| {
            let text = source.as_text().unwrap_or_default().to_owned();
            if path == from { text.splitn(3, "---").nth(2).unwrap_or_default().to_owned() } else { text }
        };
        prop_assert_eq!(body(source), body(back.sources.get(path).expect("it is there")), "{}", path);
    }
    Ok(())
}

#[test]
fn a_renamed_page_is_the_same_page_for_every_other() {
    let sources = linked();
    let (_, wrong) = built(&sources);
    assert_eq!(wrong, Vec::<String>::new());
    for from in ["signs/silence", "signs/haste", "signs/noise", "practices/tea", "practices/walking", "practices/links"]
    {
        let path = |name: &str| SourcePath::new(&format!("content/{name}.md"));
        check(&sources, &path(from), &path(&format!("{from}s"))).expect(from);
    }
}

#[test]
fn a_page_takes_its_own_links_to_another_folder() {
    let mut sources = linked();
    set(&mut sources, "content/notes/_index.md", &page("Notes", "Of all sorts."));
    let sign = "---\ntitle: Noise\nstatement: We notice noise.\npractices: [tea]\n---\nHush.\n";
    set(&mut sources, "content/signs/noise.md", sign);
    let (from, to) = (SourcePath::new("content/practices/links.md"), SourcePath::new("content/notes/old links.md"));
    let renamed = rename(&sources, &[(from, to.clone())].into(), &mut build).expect("it can be read");
    assert_eq!(renamed.complaints, [], "nothing is wrong");
    let text = renamed.sources.text(&to).expect("it is there");
    assert!(text.contains("[f](./../practices/tea.md)") || text.contains("[f](../practices/tea.md)"), "{text}");
    assert!(text.contains("![A cup](../practices/cup.svg)"), "{text}");
    assert!(text.contains("> [tea]: <../practices/tea.md>\r\n"), "{text}");
    assert!(text.contains("[a](../signs/silence.md#why)"), "{text}");
    assert!(text.starts_with("---\r\ntitle: Links\r\naliases: [/practices/links/]\r\n---\r\n"), "{text}");
}

#[test]
fn a_page_whose_front_matter_cannot_be_read_is_renamed_as_it_is() {
    for (first, second) in [("", "---\n"), ("---\n", ""), ("---\ntags: \"unclosed\n", "---\n")] {
        let mut sources = linked();
        let text = format!("{first}title: Noise\naliases:\n  - /loud/\n{second}Hush.\n");
        set(&mut sources, "content/signs/noise.md", &text);
        let (from, to) = (SourcePath::new("content/signs/noise.md"), SourcePath::new("content/signs/noises.md"));
        let renamed = rename(&sources, &[(from, to.clone())].into(), &mut build).expect("it can be read");
        assert_eq!(renamed.sources.text(&to), Some(&*text));
    }
}

proptest! {
    #![proptest_config(crate::random::configure(48))]

    #[test]
    fn whatever_was_edited_a_rename_breaks_nothing(script in edits(), at in 0..400usize) {
        let mut sources = linked();
        for (edit, _) in &script {
            apply(&mut sources, edit);
        }
        sources.request.drafts = Drafts::Include;
        let movable = |path: &&SourcePath| path.file_name() != "_index.md";
        let pages = pages(&sources);
        let pages: Vec<&SourcePath> = pages.iter().filter(movable).collect();
        prop_assume!(!pages.is_empty());
        let from = pages[at % pages.len()];
        let to = SourcePath::new(&from.as_str().replace(".md", "s.md"));
        prop_assume!(sources.get(&to).is_none());
        let there = rename(&sources, &[(from.clone(), to.clone())].into(), &mut build);
        if let Some(there) = there.filter(|there| there.unread.is_empty()) {
            prop_assert!(there.complaints.is_empty(), "{from} to {to}: {:#?}", there.complaints);
        }
    }
}
