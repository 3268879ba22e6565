//! Each row of the table: the text with the slip becomes the text with its cure, and nothing else.

use crate::base::{Edit, Request, Source, SourcePath, Sources};
use crate::cures::explain_page;
use crate::site::{self, PageRules};

use super::{OF_LAYOUT, OF_LINES, layout};

const CONFIGURATION: &str = "title = \"A guide\"\nbase_url = \"https://guide.example/\"\n
[kinds.practice]\nfolder = \"practices\"\nrelations.practices = { to = \"practice\", inverse = \"others\" }\n";

fn rules() -> std::sync::Arc<PageRules> {
    let path = SourcePath::new("site.toml");
    let mut sources = Sources::new(Request::default());
    sources.insert(path.clone(), Source::bytes(CONFIGURATION.as_bytes().to_vec()));
    site::read(&sources, &path).0.expect("the configuration is sound").rules
}

#[test]
fn each_slip_is_mended_and_nothing_else_changes() {
    let (rules, path) = (rules(), SourcePath::new("content/practices/walking.md"));
    let of_lines = OF_LINES.iter().map(|slip| (slip.wrong, slip.right));
    let others = OF_LAYOUT.iter().chain([&layout::ODD_BLANKS]).map(|slip| (slip.wrong, slip.right));
    for (wrong, right) in of_lines.chain(others) {
        for end in ["\n", "\r\n"] {
            let page = |yaml: &str| format!("---\n{yaml}---\nWalk.\n").replace('\n', end);
            let wrong = page(wrong);
            let found = explain_page(&path, &wrong, &rules, crate::content::diagnose(&path, &wrong, &rules));
            let edits: Vec<Edit> = found.iter().flat_map(|told| told.fix.clone()).collect();
            assert_eq!(Edit::apply(&edits, &wrong), Some(page(right)), "{found:#?}");
        }
    }
}

/// What is told of a front matter, and the page once all cures are made.
#[track_caller]
fn check(yaml: &str, body: &str, codes: &[&str], mended: &str) {
    let (rules, path) = (rules(), SourcePath::new("content/practices/walking.md"));
    let page = format!("---\n{yaml}---\n{body}");
    let found = explain_page(&path, &page, &rules, crate::content::diagnose(&path, &page, &rules));
    assert_eq!(found.iter().map(|told| told.code.to_string()).collect::<Vec<_>>(), codes, "{found:#?}");
    let edits: Vec<Edit> = found.iter().flat_map(|told| told.fix.clone()).collect();
    assert_eq!(Edit::apply(&edits, &page), Some(format!("---\n{mended}---\n{body}")));
}

#[test]
fn a_colon_without_its_space_is_told_though_another_colon_makes_it_yaml() {
    let wrong = "title:\"Take ten minutes each: one of you talks\"\norder: 1\n";
    check(wrong, "", &["space-after-colon"], "title: \"Take ten minutes each: one of you talks\"\norder: 1\n");
}

#[test]
fn a_line_that_a_tab_indents_stays_in_its_entry() {
    let wrong = "title: Walking\npractices:\n  \u{2022}\tto: tea\n\twhy: It warms.\n";
    let right = "title: Walking\npractices:\n  - to: tea\n    why: It warms.\n";
    check(wrong, "", &["list-mark", "tab-indent"], right);
}

#[test]
fn words_that_begin_like_a_key_are_a_text_below_the_front_matter() {
    check("title: Dates\n", "date: the fruit of the palm.\n", &[], "title: Dates\n");
    check("title: Dates\n", "date: 2026-11-22\n", &["key-below"], "title: Dates\n");
}

#[test]
fn what_is_cut_short_is_told_below_a_text_of_several_lines_too() {
    let wrong = "description: >\n  A #1 walk.\nslug: a #b\ntitle: Sign #1\n";
    check(wrong, "", &["cut-short", "cut-short"], "description: >\n  A #1 walk.\nslug: a #b\ntitle: \"Sign #1\"\n");
}

#[test]
fn valid_keys_are_not_refused() {
    check("title: &name Walking\ndescription: *name\n", "", &[], "title: &name Walking\ndescription: *name\n");
    check("title: Walking\nextra: {a: {to: x}}\n", "", &[], "title: Walking\nextra: {a: {to: x}}\n");
}

#[test]
fn a_name_that_nothing_uses_was_meant_as_text() {
    check("title: &Walk together\n", "", &["sign-at-start"], "title: \"&Walk together\"\n");
}
