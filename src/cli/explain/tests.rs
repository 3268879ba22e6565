mod examples;
mod words;

use super::*;
use crate::base::Request;
use crate::disk;
use crate::pipeline::{self, Memory};

#[test]
fn examples_are_indented_for_a_terminal() {
    let page = "A link leads nowhere.\n\nWrong:\n\n```markdown\n[ten minutes](ten-minuets.md)\n\n- x\n```\n\nRight:\n";
    assert_eq!(
        indent_examples(page),
        "A link leads nowhere.\n\nWrong:\n\n    [ten minutes](ten-minuets.md)\n\n    - x\n\nRight:"
    );
}

#[test]
fn codes_are_explained() {
    let text = explain(Code::UnknownStyle);
    assert!(
        text.starts_with("unknown-style\n\nThe citation style is not one that Betwixt knows.\n\nA citation"),
        "{text}"
    );
    assert!(
        text.ends_with("\n\nRight:\n\n    [references]\n    file = \"references.yaml\"\n    style = \"apa\"\n"),
        "{text}"
    );
}

#[test]
fn the_manual_holds_each_code_once_with_its_examples() {
    let manual = manual();
    for code in Code::all() {
        assert_eq!(manual.matches(&format!("\n## {code}\n\n{}", summary(code))).count(), 1, "{code}");
    }
    assert!(
        manual.contains("\nWrong:\n\n```toml\ntitle = 7\n```\n\nRight:\n\n```toml\ntitle = \"Seven\"\n```\n"),
        "{manual}"
    );
}

#[test]
fn every_code_has_a_page_that_names_it_and_its_severity_and_every_page_a_code() {
    for code in Code::all() {
        let text = PAGES.get_file(format!("{code}.md")).and_then(|file| file.contents_utf8()).unwrap_or_default();
        let head = format!("---\ntitle: {code}\nseverity: {}\nsince: \"", code.severity().name());
        assert!(text.starts_with(&head), "manual/content/mistakes/{code}.md does not begin so:\n{head}");
        assert!(summary(code).ends_with('.'), "{code}: {}", summary(code));
    }
    for file in PAGES.files().filter(|file| !file.path().ends_with("_index.md")) {
        let code = file.path().file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse::<Code>().ok());
        assert!(code.is_some(), "there is no code for {}", file.path().display());
    }
}

#[test]
fn the_manual_is_a_guide_in_which_nothing_is_wrong() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/manual"));
    let sources = disk::read(root, "site.toml".as_ref(), Request::default()).expect("the manual can be read");
    let mut memory = Memory::new();
    let (built, _) = pipeline::build(&sources, &mut memory);
    let wrong: Vec<_> = built.diagnostics.iter().map(|found| (&found.place.path, found.code, &found.message)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(built.files.iter().any(|(path, _)| path.as_str() == "mistakes/unknown-page/index.html"));
}
