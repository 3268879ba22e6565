//! What can be wrong in `site.toml`.

pub(crate) mod kinds;

use std::collections::BTreeSet;

use super::CONTENT;
use super::setting::Setting;
use crate::base::{
    Code, Diagnostic, OutPath, Place, SourcePath, Span, Spanned, in_backticks, in_quotes, nearest, surely,
};

/// Nothing is written in `site.toml`.
pub(crate) fn blank_configuration(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::BlankConfiguration, Place::file(path), format!("nothing is written in `{path}`")).help(
        "if it was not always so, put the old text back; if it is new, begin with `title = \"My guide\"` and \
         `base_url = \"https://guide.example/\"`",
    )
}

/// There are no pages.
pub(crate) fn no_content(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        Code::NoContent,
        Place::file(path),
        format!("there is no folder `{CONTENT}` with pages beside `{path}`"),
    )
    .help(format!("if it has another name, call it `{CONTENT}`; if it was moved, put it back"))
}

/// There is no `site.toml`.
pub(crate) fn no_configuration(path: &SourcePath, instead: Option<&str>) -> Diagnostic {
    let help = "change to the folder of your guide, name it with `--root`, or start a new guide with `betwixt init`";
    Diagnostic::new(Code::NoConfiguration, Place::file(path), format!("there is no `{path}` here"))
        .help(instead.unwrap_or(help))
}

/// The configuration could not be read as a file of text.
pub(crate) fn unreadable_configuration(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableConfiguration, Place::file(path), format!("`{path}` cannot be read: {why}"))
        .help("save it as a plain text file in UTF-8")
}

/// One of the site's folders is something else.
pub(crate) fn unreadable_folder(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFolder, Place::file(path), format!("`{path}` cannot be read: {why}"))
        .help("put a folder in its place, with the files in it")
}

/// A key in the configuration that Betwixt does not know.
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
        Diagnostic::new(Code::UnknownSetting, place, format!("there is no setting `{key}` {below}")).suggest(near);
    match meant {
        Some(meant) => complaint.help("write it so").fix(span, meant),
        None => complaint.help(format!("the settings {below} are {list}")),
    }
}

/// A setting that stands below a heading to which it does not belong.
pub(crate) fn misplaced_setting(place: Place, table: &str, key: &str) -> Diagnostic {
    Diagnostic::new(Code::MisplacedSetting, place, format!("`{key}` does not belong below `[{table}]`"))
        .help("move this line to the top of the file, above the first heading")
}

/// A setting of the wrong type.
pub(crate) fn wrong_setting(place: Place, key: &str, found: &str, wanted: &str, example: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongSetting, place, format!("`{key}` must be {wanted}"))
        .label(format!("this is {found}"))
        .help(format!("write it like this: `{example}`"))
}

/// A text of the configuration holds a sign that nobody sees.
pub(crate) fn unseen_in_setting(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongSetting, place, format!("the text of `{key}` holds a sign that nobody sees"))
        .help("write the text afresh")
}

/// A setting that every guide needs is missing.
pub(crate) fn missing_setting(path: &SourcePath, span: Span, table: &str, key: &str, example: &str) -> Diagnostic {
    let place = if table.is_empty() { "`site.toml`".to_owned() } else { format!("`[{table}]`") };
    Diagnostic::new(Code::MissingSetting, Place::at(path, span), format!("{place} does not say `{key}`"))
        .help(format!("add a line such as `{key} = {example}`"))
}

/// A setting that says nothing unless `other` is at least so great.
pub(crate) fn idle_setting(place: Place, key: &str, other: &Setting, least: usize) -> Diagnostic {
    let Setting { key: other, example, .. } = other;
    Diagnostic::new(Code::IdleSetting, place, format!("`{key}` says nothing unless `{other}` is at least `{least}`"))
        .help(format!("write `{other} = {example}` beside it, or take `{key}` out"))
}

/// A setting stands there, but nothing is in it.
pub(crate) fn empty_setting(path: &SourcePath, span: Span, key: &str, example: &str) -> Diagnostic {
    Diagnostic::new(Code::EmptySetting, Place::at(path, span), format!("`{key}` is empty"))
        .help(format!("write something such as `{key} = {example}`"))
}

/// The folder for the finished site holds what the site is made from, or lies in it.
pub(crate) fn bad_output(place: Place, output: &str) -> Diagnostic {
    Diagnostic::new(
        Code::BadOutput,
        place,
        format!("the site cannot be published into `{output}`, where other files lie"),
    )
    .help("name a folder of its own, such as `public`")
}

/// The address of the site is not a web address.
pub(crate) fn base_url(place: Place, value: &str) -> Diagnostic {
    let help = if value.contains(char::is_whitespace) {
        "an address has no spaces: write it as it stands in a browser, such as `https://guide.example/my-guide/`"
    } else if value.contains(['?', '#']) {
        "leave out what begins with `?` or `#`"
    } else {
        "write it with its beginning, such as `https://guide.example/`"
    };
    Diagnostic::new(Code::BaseUrl, place, format!("`{value}` is not the whole web address of a guide")).help(help)
}

/// A folder name that leads out of the site, or that is not plain.
pub(crate) fn bad_folder(place: Place, key: &str, found: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    let slashed = found.replace('\\', "/");
    let plain = slashed.trim_start_matches("./").trim_matches('/');
    let plain = plain.strip_prefix("content/").unwrap_or(plain);
    let complaint = Diagnostic::new(Code::BadFolder, place, format!("`{found}` is not a plain name below `{CONTENT}`"));
    match OutPath::new(plain) {
        Ok(_) if plain != found => complaint
            .help(format!("`{key}` is looked for below `{CONTENT}`, with `/` between its parts"))
            .fix(span, in_quotes(plain)),
        _ => complaint.help("write a plain name without `..`, such as `topics`"),
    }
}

/// A setting names a page in another way than by its file.
pub(crate) fn no_page_name(place: Place, found: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    let message = format!("`{found}` is not the file of a page");
    let complaint = Diagnostic::new(Code::NoPageName, place, message);
    let slashed = found.replace('\\', "/");
    let plain =
        slashed.trim_start_matches("@/").trim_start_matches("./").trim_start_matches("../").trim_start_matches('/');
    let plain = plain.strip_prefix("content/").unwrap_or(plain);
    if found.contains("://") || !SourcePath::new(plain).is_markdown() {
        return complaint.help("name a page of this guide by its file below `content`, such as `@/other-page.md`");
    }
    complaint
        .help("its name begins at `content`, with `/` between its parts")
        .fix(span, in_quotes(&format!("@/{plain}")))
}

/// A beginning of addresses that are not to be asked for is no web address.
pub(crate) fn skipped_address(place: Place, found: &str) -> Diagnostic {
    Diagnostic::new(Code::SkippedAddress, place, format!("no web address begins with `{found}`"))
        .help("write the beginning of an address, with `https://`")
}

/// A value that would run as a program if the theme made a link of it.
pub(crate) fn running_address(place: Place, scheme: &str) -> Diagnostic {
    Diagnostic::new(Code::RunningAddress, place, format!("a browser would run `{scheme}:` as a program"))
        .help("write an address that begins with `https://`, `mailto:` or `tel:`; a sentence must begin otherwise")
}

/// A length of time that is none.
pub(crate) fn bad_period(path: &SourcePath, span: Span, key: &str, found: &str) -> Diagnostic {
    Diagnostic::new(Code::BadPeriod, Place::at(path, span), format!("`{key}` is `{found}`, which is no length of time"))
        .help(format!("write a number and `days`, `weeks`, `months` or `years`: `{key} = \"12 months\"`"))
}

/// A line of the configuration that cannot be understood.
pub(crate) fn broken(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BrokenConfiguration, place, "this line cannot be understood from here on")
        .help("a line reads `title = \"My guide\"`: a name, `=`, and a value; text stands in quotes")
}

/// A heading of the configuration that is not written right.
pub(crate) fn broken_heading(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BrokenHeading, place, "this heading is not written right")
        .help("a heading begins with one `[`, ends with one `]`, and has full stops between its words")
}

/// No warning or advice has the name that is to be ignored, or to count as an error.
pub(crate) fn unknown_code(place: Place, found: &str) -> Diagnostic {
    let near = nearest(found, Code::choosable().map(Code::name));
    Diagnostic::new(Code::UnknownCode, place, format!("no warning and no advice is called `{found}`"))
        .suggest(near)
        .help("write the name that stands in brackets before a warning, such as `same-description`")
}

/// An error is to be ignored, or to count as one.
pub(crate) fn ignored_error(place: Place, code: Code) -> Diagnostic {
    Diagnostic::new(Code::IgnoredError, place, format!("`{code}` is an error, which stops publishing always"))
        .help("take it out: only warnings and advice can be ignored, or made errors")
}

/// One name is to be ignored and to count as an error.
pub(crate) fn two_choices(path: &SourcePath, raised: &Spanned<Code>, ignored: Span) -> Diagnostic {
    let message = format!("`{}` is to count as an error, and to be ignored", raised.value);
    Diagnostic::new(Code::TwoChoices, Place::at(path, raised.span), message)
        .note(Place::at(path, ignored), "it is ignored here")
        .help("take one of them out; a page may ignore for itself what counts as an error elsewhere")
}

/// What is to be ignored is never said.
pub(crate) fn unused_ignore(place: Place, code: Code) -> Diagnostic {
    Diagnostic::new(Code::UnusedIgnore, place, format!("`{code}` is ignored, and never said"))
        .help("take it out, so that you hear of it when it happens again")
}
