//! What can be wrong between pages; the doc comments are what `betwixt explain` prints.

pub(crate) mod files;

use super::link_cures;
use crate::base::{Diagnostic, Edit, Place, SourcePath, in_backticks, nearest};
use crate::content::{Unpublished, is_placeholder};
use crate::site::Kind;

/// A link to a page that does not exist.
///
/// Links between pages name the other page's file, so that editors can follow them and every rename is noticed.
///
/// Wrong:
/// ```markdown
/// Try [ten minutes](../practices/ten-minuets.md) tonight.
/// ```
/// Right:
/// ```markdown
/// Try [ten minutes](../practices/ten-minutes.md) tonight.
/// ```
pub(crate) fn unknown_page<'a>(
    place: Place,
    path: &SourcePath,
    known: impl Iterator<Item = &'a str>,
    cure: Option<Edit>,
) -> Diagnostic {
    let own = path.as_str();
    let known: Vec<(&str, &str)> = known.map(|known| (folder_and_name(known), known)).collect();
    let same: Vec<&str> =
        known.iter().filter(|(name, _)| own.ends_with(&format!("/{name}"))).map(|known| known.1).collect();
    let complaint = Diagnostic::error("unknown-page", place, format!("there is no page `{path}`"));
    if cure.is_some() {
        return complaint.help("write where that page is").fixes(cure);
    }
    if let [only] = same[..] {
        return complaint.help(format!("the page of that name is `{only}`"));
    }
    if !same.is_empty() {
        let list = in_backticks(same.iter().take(5), ", ");
        return complaint.help(format!("several pages have that name: {list}"));
    }
    let beside = known.iter().map(|known| known.1).filter(|whole| folder_of(whole) == folder_of(own));
    if let Some(name) = nearest(path.file_name(), beside.map(|whole| whole.rsplit('/').next().unwrap_or(whole))) {
        let help = format!("the nearest page is `{}{name}`", folder_of(own));
        return complaint.suggest(Some(name)).help(help);
    }
    let near = nearest(telling(folder_and_name(own)), known.iter().map(|(name, _)| telling(name)));
    match near.and_then(|near| known.iter().find(|(name, _)| telling(name) == near)) {
        Some((name, whole)) => complaint.suggest(Some(name)).help(format!("the nearest page is `{whole}`")),
        None => complaint.help("`betwixt list` shows every page"),
    }
}

/// The folder that a path ends in, with its slash.
fn folder_of(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

/// The name of a page's file, with its folder where the name alone says nothing.
fn folder_and_name(path: &str) -> &str {
    let is_index = path.ends_with("/_index.md") || path.ends_with("/index.md");
    path.rmatch_indices('/').nth(usize::from(is_index)).map_or(path, |(at, _)| &path[at + 1..])
}

/// The part of such a name that tells it from others.
fn telling(name: &str) -> &str {
    name.trim_end_matches("/_index.md").trim_end_matches("/index.md")
}

/// A link to an address that the site does not have.
///
/// A link that begins with `/` names an address of the site. It is better to name the page's file.
///
/// Wrong:
/// ```markdown
/// Try [ten minutes](/practices/ten-minuets/) tonight.
/// ```
/// Right:
/// ```markdown
/// Try [ten minutes](ten-minutes.md) tonight.
/// ```
pub(crate) fn unknown_address<'a>(place: Place, address: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-address", place, format!("nothing is published at `{address}`"))
        .suggest(nearest(address, known))
        .help("better name the page's file, such as `../practices/ten-minutes.md`: then it may move")
}

/// A link or picture that names a file which is not there.
///
/// Wrong:
/// ```markdown
/// ![Two people on a bench](bank.jpg)
/// ```
/// Right:
/// ```markdown
/// ![Two people on a bench](bench.jpg)
/// ```
pub(crate) fn unknown_file<'a>(
    place: Place,
    path: &SourcePath,
    known: impl Iterator<Item = &'a str>,
    cure: Option<Edit>,
) -> Diagnostic {
    let complaint = Diagnostic::error("unknown-file", place, format!("there is no file `{path}`"));
    if cure.is_some() {
        return complaint.help("write where that file is").fixes(cure);
    }
    let near = nearest(path.as_str(), known).map(|near| near.rsplit('/').next().unwrap_or(near).to_owned());
    complaint.suggest(near.as_deref()).help(
        "put the file beside the page; a link to a page ends in `.md`, and one to another site begins with `https://`",
    )
}

/// A setting names the page for addresses that do not exist.
///
/// `404.md` is shown in place of a page that is missing. It cannot hold the checklist or a list, or stand in the menu.
///
/// Wrong, in `content/404.md`:
/// ```markdown
/// ---
/// title: Nothing is here
/// ---
/// ```
/// And in `site.toml`:
/// ```toml
/// menu = [{ to = "@/404.md" }]
/// ```
/// Right, in `site.toml`:
/// ```toml
/// menu = [{ to = "@/signs/not-listening.md" }]
/// ```
pub(crate) fn not_found_page(place: Place) -> Diagnostic {
    Diagnostic::error("not-found-page", place, "`404.md` is shown only where an address does not exist")
        .help("name another page")
}

/// A wiki link to a page that does not exist.
///
/// `[[name]]` names a page by its file name without `.md`.
///
/// Wrong:
/// ```markdown
/// Try [[ten-minuets]] tonight.
/// ```
/// Right:
/// ```markdown
/// Try [[ten-minutes]] tonight.
/// ```
pub(crate) fn unknown_wiki<'a>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    cure: Option<Edit>,
) -> Diagnostic {
    Diagnostic::error("unknown-wiki", place, format!("there is no page called `{name}`"))
        .suggest(nearest(name, known))
        .help("write the name of the page's file, without `.md`")
        .fixes(cure)
}

/// A wiki link that could mean several pages.
///
/// Wrong, in `content/signs/ten-minutes.md`:
/// ```markdown
/// ---
/// title: We have no ten minutes
/// statement: We never have ten minutes.
/// practices:
///   - to: ten-minutes
///     why: Ten minutes a day are a beginning.
/// ---
/// Try [[ten-minutes]] tonight.
/// ```
/// Right, in `content/signs/ten-minutes.md`:
/// ```markdown
/// ---
/// title: We have no ten minutes
/// statement: We never have ten minutes.
/// practices:
///   - to: ten-minutes
///     why: Ten minutes a day are a beginning.
/// ---
/// Try [[practices/ten-minutes]] tonight.
/// ```
pub(crate) fn ambiguous_wiki<'a>(
    place: Place,
    name: &str,
    several: impl Iterator<Item = &'a SourcePath>,
) -> Diagnostic {
    let list = in_backticks(several, " or ");
    Diagnostic::error("ambiguous-wiki", place, format!("`{name}` may mean {list}"))
        .help("name it with its folder, such as `[[signs/listening]]`, or link to its file")
}

/// A link to a place on a page that the page does not have.
///
/// Places are headings: `## How to do it` has the anchor `#how-to-do-it`, and `## How to do it {#how}` has `#how`.
///
/// Wrong:
/// ```markdown
/// See [what helps](../signs/not-listening.md#what-helped).
/// ```
/// Right:
/// ```markdown
/// See [what helps](../signs/not-listening.md#what-helps).
/// ```
pub(crate) fn unknown_anchor(
    place: Place,
    title: &str,
    anchor: &str,
    near: Option<&str>,
    known: &[Box<str>],
) -> Diagnostic {
    let list = known
        .iter()
        .filter(|name| name.len() <= 80)
        .take(12)
        .map(|name| format!("`#{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let help = if known.is_empty() {
        "that page has no headings to link to".to_owned()
    } else {
        format!("its anchors are {list}")
    };
    Diagnostic::error("unknown-anchor", place, format!("`{title}` has no place `#{anchor}`")).suggest(near).help(help)
}

/// A link to a page that is held back.
///
/// A page is held back while it says `draft: true`, until the day of its `date`, and after the day that it names under
/// `expires`. Readers would find nothing there. Publish the page, or take the link out for as long.
///
/// Wrong, in `content/practices/ten-minutes.md`:
/// ```markdown
/// ---
/// title: Ten minutes
/// draft: true
/// ---
/// ```
/// And in `content/practices/keep-a-date.md`:
/// ```markdown
/// Begin with [ten minutes](ten-minutes.md).
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// Begin with [ten minutes](ten-minutes.md).
/// ```
pub(crate) fn linked_draft(place: Place, name: &str, held: Unpublished) -> Diagnostic {
    Diagnostic::error("linked-draft", place, format!("`{name}` {held}, so readers would find nothing there"))
        .help(format!("{} that page, or build with `--drafts` to look at it", cure(held)))
}

/// A relation to a page that does not exist.
///
/// Relations name pages by their file name within the folder of their kind, without `.md`.
///
/// Wrong, in `content/signs/not-listening.md`:
/// ```markdown
/// ---
/// title: We do not listen
/// statement: We often talk without hearing each other.
/// practices:
///   - to: talk-and-lisen
///     why: Listening first is half of it.
/// ---
/// ```
/// Right, in `content/signs/not-listening.md`:
/// ```markdown
/// ---
/// title: We do not listen
/// statement: We often talk without hearing each other.
/// practices:
///   - to: talk-and-listen
///     why: Listening first is half of it.
/// ---
/// ```
pub(crate) fn unknown_related(place: Place, kind: &Kind, to: &str, known: &[&str]) -> Diagnostic {
    if is_placeholder(to) {
        let examples = match in_backticks(known.iter().take(2), " or ") {
            examples if examples.is_empty() => String::new(),
            examples => format!(", such as {examples}"),
        };
        return Diagnostic::error("placeholder", place, "here stands no name yet")
            .help(format!("write the file name of a {}, without `.md`{examples}", kind.one));
    }
    let span = place.span.unwrap_or_default();
    let meant = link_cures::name(to, known.iter().copied());
    let cure = meant.filter(|name| name.chars().all(|c| c.is_alphanumeric() || "-_/".contains(c)));
    let complaint = Diagnostic::error("unknown-related", place, format!("there is no {} `{to}`", kind.one))
        .suggest(nearest(to, known.iter().copied()));
    if let Some(name) = cure {
        return complaint.help("write the name of its file, without `.md`").fix(span, name);
    }
    if known.len() <= 12 && !known.is_empty() {
        return complaint.help(format!("the {} are {}", kind.other, in_backticks(known, ", ")));
    }
    complaint.help(format!("write the file name of a page in `content/{}`, without `.md`", kind.folder))
}

/// A relation to a page that is held back: a draft, or a page before its `date` or after the day that it `expires`.
///
/// Publish the draft, or take the entry out until it is ready.
///
/// In both, `content/signs/not-listening.md` holds:
/// ```markdown
/// ---
/// title: We do not listen
/// statement: We often talk without hearing each other.
/// practices:
///   - to: hold-hands
///     why: Hands listen, too.
/// ---
/// ```
///
/// Wrong, in `content/practices/hold-hands.md`:
/// ```markdown
/// ---
/// title: Hold hands
/// draft: true
/// ---
/// ```
/// Right, in `content/practices/hold-hands.md`:
/// ```markdown
/// ---
/// title: Hold hands
/// ---
/// ```
pub(crate) fn related_draft(place: Place, to: &str, held: Unpublished) -> Diagnostic {
    Diagnostic::error("related-draft", place, format!("`{to}` {held}, so readers would find nothing there"))
        .help(format!("{} that page, or take this entry out of the list", cure(held)))
}

/// What would publish a page that is held back.
fn cure(held: Unpublished) -> &'static str {
    match held {
        Unpublished::Draft => "take `draft: true` out of",
        Unpublished::Early(_) => "write an earlier `date` into",
        Unpublished::Expired(_) => "write a later `expires` into",
    }
}

/// A relation to a name that two pages of the kind share.
///
/// `signs/listening.md` and `signs/listening/index.md` have one name, `listening`.
///
/// Wrong, in `content/practices/talk-and-listen/index.md`:
/// ```markdown
/// ---
/// title: Talk in turns
/// slug: turns
/// ---
/// ```
/// Right, in `content/practices/turns/index.md`:
/// ```markdown
/// ---
/// title: Talk in turns
/// ---
/// ```
/// And in `content/practices/keep-a-date.md`:
/// ```markdown
/// Or [talk in turns](turns/index.md).
/// ```
pub(crate) fn ambiguous_related(place: Place, to: &str, several: &[&SourcePath]) -> Diagnostic {
    let list = in_backticks(several, " or ");
    Diagnostic::error("ambiguous-related", place, format!("`{to}` may mean {list}"))
        .help("give one of these files another name")
}

/// A relation of a page to itself.
///
/// Readers who are there already would be sent nowhere.
///
/// In both, `site.toml` holds:
/// ```toml
/// [kinds.practice]
/// folder = "practices"
/// relations.before = { to = "practice", inverse = "after" }
/// ```
///
/// Wrong, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// before: [keep-a-date]
/// ---
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// before: [ten-minutes]
/// ---
/// ```
pub(crate) fn related_to_itself(place: Place, to: &str) -> Diagnostic {
    Diagnostic::error("related-to-itself", place, format!("`{to}` is this page itself"))
        .help("name another page, or take this entry out of the list")
}

/// A citation of a source that the references do not hold.
///
/// Every key in `[@…]` and below `sources:` is that of a source in the references file.
///
/// Wrong:
/// ```markdown
/// Listening calms [@khun2018].
/// ```
/// Right:
/// ```markdown
/// Listening calms [@kuhn2018].
/// ```
pub(crate) fn unknown_source(place: Place, key: &str, near: Option<&str>, file: Option<&str>) -> Diagnostic {
    let help = match file {
        Some(file) => format!("add it to `content/{file}`, or take the citation out"),
        None => "this guide has no references: add `[references]` with a `file` to `site.toml`".to_owned(),
    };
    Diagnostic::error("unknown-source", place, format!("there is no source `{key}`")).suggest(near).help(help)
}

/// An older address that is too long for a file name.
pub(crate) fn long_alias(place: Place, alias: &str) -> Diagnostic {
    Diagnostic::error("bad-address", place, format!("`{alias}` cannot be an address of this site"))
        .help("leave the alias out, or make it shorter")
}

/// An older address of a page that is its address today.
///
/// An alias leads readers from an address that a page had once to the one that it has. A page needs none for its own.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// aliases: [/practices/keep-a-date/]
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// aliases: [/practices/date-night/]
/// ---
/// ```
pub(crate) fn own_alias(place: Place) -> Diagnostic {
    Diagnostic::error("own-alias", place, "this alias is the page's own address").help("take it out")
}

/// The file of references is not there, or is not text.
///
/// Wrong, without `content/references.yaml`:
///
/// Right, in `content/references.yaml`:
/// ```yaml
/// moon2019:
///   type: book
///   title: Listening
/// ```
pub(crate) fn no_references(place: Place, path: &SourcePath) -> Diagnostic {
    Diagnostic::error("no-references", place, format!("there is no text file `{path}`"))
        .help("write it, or take `[references]` out of `site.toml`")
}
