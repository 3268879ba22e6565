use std::fs;
use std::path::Path;

use super::*;

const SOURCE: &str = r#"
/// Not a complaint.
fn helper(text: &str) -> String {
    text.to_owned()
}

/// A link leads nowhere.
///
/// Readers would meet an empty page.
///
/// Wrong:
/// ```markdown
/// [ten minutes](ten-minuets.md)
///
/// - x
/// ```
/// Right:
/// ```markdown
/// [ten minutes](ten-minutes.md)
/// ```
#[must_use]
pub(crate) fn unknown_page<'a>(
    place: Place,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error("unknown-page", place, "there is no such page")
}

pub fn without_comment() -> Diagnostic {
}
"#;

#[test]
fn the_doc_comment_of_a_function_that_makes_a_complaint_is_found() {
    let found = complaints(SOURCE);
    assert_eq!(found.iter().map(|complaint| complaint.code.as_str()).collect::<Vec<_>>(), ["unknown-page"]);
    assert_eq!(
        indent_examples(&found[0].doc),
        "\
A link leads nowhere.

Readers would meet an empty page.

Wrong:

    [ten minutes](ten-minuets.md)

    - x

Right:

    [ten minutes](ten-minutes.md)"
    );
}

#[test]
fn codes_are_explained() {
    let text = explain("unknown-style").expect("the code is there");
    assert!(
        text.starts_with("unknown-style\n\nThe citation style is not one that Betwixt knows.\n\nA citation"),
        "{text}"
    );
    assert!(
        text.ends_with("\n\nRight:\n\n    [references]\n    file = \"references.yaml\"\n    style = \"apa\"\n"),
        "{text}"
    );
    assert_eq!(explain("no-such-code"), None);
}

#[test]
fn the_manual_holds_each_code_once_with_its_examples() {
    let manual = manual();
    let headings: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let codes = codes();
    assert!(headings.iter().filter(|heading| !heading.contains(' ')).eq(codes.iter().map(|(code, _)| code)));
    assert!(
        manual.contains("\nWrong:\n\n```toml\ntitle = 7\n```\n\nRight:\n\n```toml\ntitle = \"Seven\"\n```\n"),
        "{manual}"
    );
}

#[test]
fn every_code_has_a_first_sentence() {
    for (code, summary) in codes() {
        assert!(summary.ends_with('.'), "{code}: {summary}");
    }
}

#[test]
fn no_file_with_complaints_is_missing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() && name != "cli" && name != "base" {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !name.contains("tests") {
                let makes_complaints = !complaints(&fs::read_to_string(&path).unwrap()).is_empty();
                assert!(!makes_complaints || SOURCES.iter().any(|(known, _)| *known == name), "{name}");
            }
        }
    }
}
