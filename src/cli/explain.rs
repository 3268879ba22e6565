//! What each code means, as the manual's pages say it: `manual/content/mistakes` is part of the program.

use std::fmt::Write;

use include_dir::{Dir, include_dir};

use crate::base::Code;

static PAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/manual/content/mistakes");

/// What the manual's page of a code says, in Markdown, without its front matter.
fn page(code: Code) -> &'static str {
    let file = PAGES.get_file(format!("{code}.md")).expect("each code has its page");
    let text = file.contents_utf8().expect("the manual is text");
    text.splitn(3, "---\n").last().unwrap_or_default().trim()
}

/// The first sentence of what a code means.
#[must_use]
pub fn summary(code: Code) -> &'static str {
    page(code).lines().next().unwrap_or_default()
}

/// What a code means, why it matters and how to mend it, with examples, for a terminal.
#[must_use]
pub fn explain(code: Code) -> String {
    format!("{code}\n\n{}\n", indent_examples(page(code)))
}

/// The explanations of all codes as one Markdown text, sorted by code.
#[must_use]
pub fn manual() -> String {
    let mut text = String::from("# What Betwixt may say of a guide\n");
    for code in Code::all() {
        let _ = write!(text, "\n## {code}\n\n{}\n", page(code));
    }
    text
}

/// The page with its examples indented by four spaces, and no fences.
fn indent_examples(page: &str) -> String {
    let mut out = String::new();
    let mut is_example = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
        } else if is_example && !line.is_empty() {
            out.extend(["    ", line, "\n"]);
        } else {
            out.extend([line, "\n"]);
        }
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
