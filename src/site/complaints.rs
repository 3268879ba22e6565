//! What can be wrong in `site.toml`; the doc comments are what `betwixt explain` prints.

pub(crate) mod kinds;

use std::collections::BTreeSet;

use super::CONTENT;
use crate::base::{Diagnostic, OutPath, Place, SourcePath, Span, in_backticks, in_quotes, nearest, surely};

/// Nothing is written in `site.toml`.
///
/// Every guide says at least what it is called and where it is published.
///
/// Wrong, in `site.toml`:
/// ```text
/// # The configuration of our guide
/// ```
/// Right, in `site.toml`:
/// ```toml
/// title = "Nearer"
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn blank_configuration(path: &SourcePath) -> Diagnostic {
    Diagnostic::error("blank-configuration", Place::file(path), format!("nothing is written in `{path}`")).help(
        "if it was not always so, put the old text back; if it is new, begin with `title = \"Nearer\"` and \
         `base_url = \"https://nearer.example/\"`",
    )
}

/// There are no pages.
///
/// The pages of a guide lie in the folder `content` beside `site.toml`.
///
/// Wrong, without `content`:
///
/// Right, in `content/_index.md`:
/// ```markdown
/// ---
/// title: Nearer
/// ---
/// Welcome.
/// ```
pub(crate) fn no_content(path: &SourcePath) -> Diagnostic {
    Diagnostic::error(
        "no-content",
        Place::file(path),
        format!("there is no folder `{CONTENT}` with pages beside `{path}`"),
    )
    .help(format!("if it has another name, call it `{CONTENT}`; if it was moved, put it back"))
}

/// There is no `site.toml`.
///
/// Every guide has one file at its root that says what it is called, where it is published and which kinds of
/// page it has. `betwixt init` writes one to start from.
///
/// Wrong, without `site.toml`:
///
/// Right, in `site.toml`:
/// ```toml
/// title = "Nearer"
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn no_configuration(path: &SourcePath) -> Diagnostic {
    Diagnostic::error("no-configuration", Place::file(path), format!("there is no `{path}` here"))
        .help("change to the folder of your guide, name it with `--root`, or start a new guide with `betwixt init`")
}

/// The configuration could not be read as a file of text.
///
/// It may be locked, a link that leads out of the site, or not saved as UTF-8 text.
///
/// Wrong, where `site.toml` is a link:
/// ```link
/// /home/ada/site.toml
/// ```
/// Right, in `site.toml`:
/// ```toml
/// title = "Nearer"
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn unreadable_configuration(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-configuration", Place::file(path), format!("`{path}` cannot be read: {why}"))
        .help("save it as a plain text file in UTF-8")
}

/// One of the site's folders is something else.
///
/// `content`, `static` and `themes` are folders beside `site.toml`. A symbolic link in the place of one is not followed,
/// for what it leads to may change without the guide.
///
/// Wrong, where `static` is a link:
/// ```link
/// /home/ada/pictures
/// ```
/// Right, in `static/bench.txt`:
/// ```text
/// A bench.
/// ```
pub(crate) fn unreadable_folder(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-folder", Place::file(path), format!("`{path}` cannot be read: {why}"))
        .help("put a folder in its place, with the files in it")
}

/// A key in the configuration that Betwixt does not know.
///
/// Every key is checked, so that a slip of the finger is found and not silently passed over. Keys of your own
/// for the theme go below `[extra]`.
///
/// Wrong:
/// ```toml
/// titel = "Nearer"
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn unknown_setting<'a>(
    place: Place,
    table: &str,
    key: &str,
    known: &BTreeSet<&'static str>,
    missing: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    let plain = key.replace('-', "_");
    let missing: Vec<&str> = missing.collect();
    let meant = surely(&plain, missing.iter().copied());
    let near = nearest(&plain, missing).or_else(|| nearest(&plain, known.iter().copied()));
    let below = if table.is_empty() { "at the top".to_owned() } else { format!("below `[{table}]`") };
    let list = in_backticks(known, ", ");
    let complaint =
        Diagnostic::error("unknown-setting", place, format!("there is no setting `{key}` {below}")).suggest(near);
    match meant {
        Some(meant) => complaint.help("write it so").fix(span, meant),
        None => complaint.help(format!("the settings {below} are {list}")),
    }
}

/// A setting that stands below a heading to which it does not belong.
///
/// All that stands below a heading belongs to it, up to the next heading. What belongs to no heading stands above the first.
///
/// Wrong:
/// ```toml
/// [markdown]
/// author = "The friends of Nearer"
/// ```
/// Right:
/// ```toml
/// author = "The friends of Nearer"
/// [markdown]
/// ```
pub(crate) fn misplaced_setting(place: Place, table: &str, key: &str) -> Diagnostic {
    Diagnostic::error("misplaced-setting", place, format!("`{key}` does not belong below `[{table}]`"))
        .help("move this line to the top of the file, above the first heading")
}

/// A setting of the wrong type.
///
/// Text stands in quotes, numbers and `true` or `false` do not, and lists stand in square brackets.
///
/// Wrong:
/// ```toml
/// title = 7
/// ```
/// Right:
/// ```toml
/// title = "Seven"
/// ```
pub(crate) fn wrong_setting(place: Place, key: &str, found: &str, wanted: &str, example: &str) -> Diagnostic {
    Diagnostic::error("wrong-setting", place, format!("`{key}` must be {wanted}"))
        .label(format!("this is {found}"))
        .help(format!("write it like this: `{example}`"))
}

/// A text of the configuration holds a sign that nobody sees.
pub(crate) fn unseen_in_setting(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("wrong-setting", place, format!("the text of `{key}` holds a sign that nobody sees"))
        .help("write the text afresh")
}

/// A setting that every guide needs is missing.
///
/// `title` and `base_url` are needed by every page; a kind needs its `folder`, a relation the kind that it leads `to`.
///
/// Wrong, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// fields.minutes = { type = "integer" }
/// ```
/// Right, in `site.toml`:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// fields.minutes = { type = "integer" }
/// ```
pub(crate) fn missing_setting(path: &SourcePath, span: Span, table: &str, key: &str, example: &str) -> Diagnostic {
    let place = if table.is_empty() { "`site.toml`".to_owned() } else { format!("`[{table}]`") };
    Diagnostic::error("missing-setting", Place::at(path, span), format!("{place} does not say `{key}`"))
        .help(format!("add a line such as `{key} = {example}`"))
}

/// A setting stands there, but nothing is in it.
///
/// Write something there, or take the line out.
///
/// Wrong:
/// ```toml
/// title = ""
/// ```
/// Right:
/// ```toml
/// title = "Nearer"
/// ```
pub(crate) fn empty_setting(path: &SourcePath, span: Span, key: &str, example: &str) -> Diagnostic {
    Diagnostic::error("empty-setting", Place::at(path, span), format!("`{key}` is empty"))
        .help(format!("write something such as `{key} = {example}`"))
}

/// The folder for the finished site holds what the site is made from, or lies in it.
///
/// Publishing writes and removes files in that folder, so it is one of its own, such as `public`.
///
/// Wrong:
/// ```toml
/// output = "content"
/// ```
/// Right:
/// ```toml
/// output = "public"
/// ```
pub(crate) fn bad_output(place: Place, output: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-output",
        place,
        format!("the site cannot be published into `{output}`, where other files lie"),
    )
    .help("name a folder of its own, such as `public`")
}

/// The address of the site is not a web address.
///
/// `base_url` says where the guide will be published: `https://`, a name, and a folder if it does not lie at the top.
///
/// Wrong:
/// ```toml
/// base_url = "nearer.example"
/// ```
/// Right:
/// ```toml
/// base_url = "https://nearer.example/"
/// ```
pub(crate) fn base_url(place: Place, value: &str) -> Diagnostic {
    let help = if value.contains(char::is_whitespace) {
        "an address has no spaces: write it as it stands in a browser, such as `https://nearer.example/my-guide/`"
    } else if value.contains(['?', '#']) {
        "leave out what begins with `?` or `#`"
    } else {
        "write it with its beginning, such as `https://nearer.example/`"
    };
    Diagnostic::error("base-url", place, format!("`{value}` is not the whole web address of a guide")).help(help)
}

/// A folder name that leads out of the site, or that is not plain.
///
/// Wrong:
/// ```toml
/// [references]
/// file = "../references.yaml"
/// ```
/// Right:
/// ```toml
/// [references]
/// file = "references.yaml"
/// ```
pub(crate) fn bad_folder(place: Place, key: &str, found: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    let slashed = found.replace('\\', "/");
    let plain = slashed.trim_start_matches("./").trim_matches('/');
    let plain = plain.strip_prefix("content/").unwrap_or(plain);
    let complaint = Diagnostic::error("bad-folder", place, format!("`{found}` is not a plain name below `{CONTENT}`"));
    match OutPath::new(plain) {
        Ok(_) if plain != found => complaint
            .help(format!("`{key}` is looked for below `{CONTENT}`, with `/` between its parts"))
            .fix(span, in_quotes(plain)),
        _ => complaint.help("write a plain name without `..`, such as `signs`"),
    }
}

/// A setting names a page in another way than by its file.
///
/// The menu and the pages with a part of their own are named by their files below `content`, so that they are found
/// wherever they are published. The menu leads to pages of the guide only; other addresses stand in a page's text.
///
/// Wrong:
/// ```toml
/// menu = [{ to = "/about/" }]
/// ```
/// Right:
/// ```toml
/// menu = [{ to = "@/about.md" }]
/// ```
pub(crate) fn no_page_name(place: Place, found: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    let message = format!("`{found}` is not the file of a page");
    let complaint = Diagnostic::error("no-page-name", place, message);
    let slashed = found.replace('\\', "/");
    let plain =
        slashed.trim_start_matches("@/").trim_start_matches("./").trim_start_matches("../").trim_start_matches('/');
    let plain = plain.strip_prefix("content/").unwrap_or(plain);
    if found.contains("://") || !SourcePath::new(plain).is_markdown() {
        return complaint.help("name a page of this guide by its file below `content`, such as `@/signs/_index.md`");
    }
    complaint
        .help("its name begins at `content`, with `/` between its parts")
        .fix(span, in_quotes(&format!("@/{plain}")))
}

/// A beginning of addresses that are not to be asked for is no web address.
///
/// `betwixt check --external` leaves out what begins with one of the addresses below `[external]`: sites that answer
/// people and no programs.
///
/// Wrong:
/// ```toml
/// [external]
/// skip = ["friends.example"]
/// ```
/// Right:
/// ```toml
/// [external]
/// skip = ["https://friends.example/"]
/// ```
pub(crate) fn skipped_address(place: Place, found: &str) -> Diagnostic {
    Diagnostic::error("skipped-address", place, format!("no web address begins with `{found}`"))
        .help("write the beginning of an address, with `https://`")
}

/// A value that would run as a program if the theme made a link of it.
///
/// Themes may make links of a kind's fields and of what stands below `extra`, on pages and in `site.toml`. An address
/// that begins with `javascript:`, `vbscript:` or `data:`, however it is written, is never one to follow.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// extra:
///   helpline: javascript:call()
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// extra:
///   helpline: https://helpline.example/
/// ---
/// ```
pub(crate) fn running_address(place: Place, scheme: &str) -> Diagnostic {
    Diagnostic::error("running-address", place, format!("a browser would run `{scheme}:` as a program"))
        .help("write an address that begins with `https://`, `mailto:` or `tel:`; a sentence must begin otherwise")
}

/// A length of time that is none.
///
/// A length of time is a number and one of the words `days`, `weeks`, `months` and `years`.
///
/// Wrong:
/// ```toml
/// [checks]
/// review_after = "now and then"
/// ```
/// Right:
/// ```toml
/// [checks]
/// review_after = "12 months"
/// ```
pub(crate) fn bad_period(path: &SourcePath, span: Span, key: &str, found: &str) -> Diagnostic {
    Diagnostic::error("bad-period", Place::at(path, span), format!("`{key}` is `{found}`, which is no length of time"))
        .help(format!("write a number and `days`, `weeks`, `months` or `years`: `{key} = \"12 months\"`"))
}
