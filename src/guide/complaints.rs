//! What can be wrong between pages.

pub(crate) mod files;

use super::link_cures;
use super::names::wiki_names;
use super::renaming::{escape, relative};
use crate::base::{About, Code, Complaint, Diagnostic, Edit, Place, SourcePath, Span, in_backticks, nearest};
use crate::content::{Page, Unpublished, is_placeholder};
use crate::site::Kind;

/// A link to a page that does not exist.
pub(crate) fn unknown_page<'a>(
    place: About,
    path: &SourcePath,
    known: impl Iterator<Item = &'a str>,
    cure: Option<Edit>,
) -> Complaint {
    let own = path.as_str();
    let known: Vec<(&str, &str)> = known.map(|known| (folder_and_name(known), known)).collect();
    let same: Vec<&str> =
        known.iter().filter(|(name, _)| own.ends_with(&format!("/{name}"))).map(|known| known.1).collect();
    let complaint = Diagnostic::new(Code::UnknownPage, place, format!("there is no page `{path}`"));
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
pub(crate) fn unknown_address(place: About, address: &str, known: &[&Page]) -> Complaint {
    let near = nearest(address, known.iter().map(|page| page.url.as_str()));
    let page = known.iter().find(|page| Some(page.url.as_str()) == near);
    let way = page.map(|page| escape(&relative(place.path.folder(), page.path.as_str())));
    let example = way.as_deref().unwrap_or("../folder/other-page.md");
    Diagnostic::new(Code::UnknownAddress, place, format!("nothing is published at `{address}`"))
        .suggest(near)
        .help(format!("better name the page's file, such as `{example}`: then it may move"))
}

/// A link or picture that names a file which is not there.
pub(crate) fn unknown_file<'a>(
    place: About,
    path: &SourcePath,
    known: impl Iterator<Item = &'a str>,
    cure: Option<Edit>,
) -> Complaint {
    let complaint = Diagnostic::new(Code::UnknownFile, place, format!("there is no file `{path}`"));
    if cure.is_some() {
        return complaint.help("write where that file is").fixes(cure);
    }
    let near = nearest(path.as_str(), known).map(|near| near.rsplit('/').next().unwrap_or(near).to_owned());
    complaint.suggest(near.as_deref()).help(
        "put the file beside the page; a link to a page ends in `.md`, and one to another site begins with `https://`",
    )
}

/// A picture that is a page.
pub(crate) fn page_as_picture(place: About) -> Complaint {
    Diagnostic::new(Code::PageAsPicture, place, "a page cannot be shown as a picture")
        .help("take the `!` before the brackets away to link to it, or name the file of the picture")
}

/// A setting names the page for addresses that do not exist.
pub(crate) fn not_found_page(place: About) -> Complaint {
    Diagnostic::new(Code::NotFoundPage, place, "`404.md` is shown only where an address does not exist")
        .help("name another page")
}

/// A wiki link to a page that does not exist.
pub(crate) fn unknown_wiki<'a>(
    place: About,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    cure: Option<Edit>,
) -> Complaint {
    Diagnostic::new(Code::UnknownWiki, place, format!("there is no page called `{name}`"))
        .suggest(nearest(name, known))
        .help("write the name of the page's file, without `.md`")
        .fixes(cure)
}

/// A wiki link that could mean several pages.
pub(crate) fn ambiguous_wiki(place: About, name: &str, several: &[&Page]) -> Complaint {
    let list = in_backticks(several.iter().map(|page| &page.path), " or ");
    let complaint = Diagnostic::new(Code::AmbiguousWiki, place, format!("`{name}` may mean {list}"));
    let wholes: Vec<&str> = several.iter().filter_map(|page| wiki_names(page).next()).collect();
    let is_one = |whole: &&&str| **whole != name && wholes.iter().filter(|other| other == whole).count() == 1;
    match wholes.iter().find(is_one) {
        Some(whole) => complaint.help(format!("name it with its folder, such as `[[{whole}]]`, or link to its file")),
        None => complaint.help("link to its file"),
    }
}

/// A link to a place on a page that the page does not have.
pub(crate) fn unknown_anchor(
    place: About,
    path: &SourcePath,
    anchor: &str,
    near: Option<&str>,
    known: &[Box<str>],
) -> Complaint {
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
    Diagnostic::new(Code::UnknownAnchor, place, format!("`{path}` has no place `#{anchor}`")).suggest(near).help(help)
}

/// A link to a page that is held back.
pub(crate) fn linked_draft(place: About, name: &str, held: Unpublished) -> Complaint {
    Diagnostic::new(Code::LinkedDraft, place, format!("`{name}` {held}, so readers would find nothing there"))
        .help(format!("{} that page, or build with `--drafts` to look at it", cure(held)))
}

/// A relation to a page that does not exist.
pub(crate) fn unknown_related(place: About, kind: &Kind, to: &str, known: &[&str]) -> Complaint {
    if is_placeholder(to) {
        let examples = match in_backticks(known.iter().take(2), " or ") {
            examples if examples.is_empty() => String::new(),
            examples => format!(", such as {examples}"),
        };
        return Diagnostic::new(Code::Placeholder, place, "here stands no name yet")
            .help(format!("write the file name of a {}, without `.md`{examples}", kind.one));
    }
    let meant = link_cures::name(to, known.iter().copied());
    let cure = meant.filter(|name| name.chars().all(|c| c.is_alphanumeric() || "-_/".contains(c)));
    let complaint = Diagnostic::new(Code::UnknownRelated, place, format!("there is no {} `{to}`", kind.one))
        .suggest(nearest(to, known.iter().copied()));
    if let Some(name) = cure {
        return complaint.help("write the name of its file, without `.md`").fix(Span::WHOLE, name);
    }
    if known.len() <= 12 && !known.is_empty() {
        return complaint.help(format!("the {} are {}", kind.other, in_backticks(known, ", ")));
    }
    complaint.help(format!("write the file name of a page in `content/{}`, without `.md`", kind.folder))
}

/// A relation to a page that is held back: a draft, or a page before its `date` or after the day that it `expires`.
pub(crate) fn related_draft(place: About, to: &str, held: Unpublished) -> Complaint {
    Diagnostic::new(Code::RelatedDraft, place, format!("`{to}` {held}, so readers would find nothing there"))
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
pub(crate) fn ambiguous_related<'a>(
    place: About,
    to: &str,
    several: impl Iterator<Item = &'a SourcePath>,
) -> Complaint {
    let list = in_backticks(several, " or ");
    Diagnostic::new(Code::AmbiguousRelated, place, format!("`{to}` may mean {list}"))
        .help("give one of these files another name")
}

/// A relation of a page to itself.
pub(crate) fn related_to_itself(place: About, to: &str) -> Complaint {
    Diagnostic::new(Code::RelatedToItself, place, format!("`{to}` is this page itself"))
        .help("name another page, or take this entry out of the list")
}

/// A citation of a source that the references do not hold.
pub(crate) fn unknown_source(place: About, key: &str, near: Option<&str>, file: Option<&str>) -> Complaint {
    let help = match file {
        Some(file) => format!("add it to `content/{file}`, or take the citation out"),
        None => "this guide has no references: add `[references]` with a `file` to `site.toml`".to_owned(),
    };
    Diagnostic::new(Code::UnknownSource, place, format!("there is no source `{key}`")).suggest(near).help(help)
}

/// A citation of a source that was retracted.
pub(crate) fn retracted_source(place: About, key: &str, why: &str) -> Complaint {
    Diagnostic::new(Code::RetractedSource, place, format!("the source `{key}` was retracted: {why}"))
        .help("take out what rests on it; what a retracted study said can be told without citing it")
}

/// An older address that is too long for a file name.
pub(crate) fn long_alias(place: About, alias: &str) -> Complaint {
    Diagnostic::new(Code::BadAddress, place, format!("`{alias}` cannot be an address of this site"))
        .help("leave the alias out, or make it shorter")
}

/// An older address of a page that is its address today.
pub(crate) fn own_alias(place: About) -> Complaint {
    Diagnostic::new(Code::OwnAlias, place, "this alias is the page's own address").help("take it out")
}

/// The file of references is not there, or is not text.
pub(crate) fn no_references(place: Place, path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::NoReferences, place, format!("there is no text file `{path}`"))
        .help("write it, or take `[references]` out of `site.toml`")
}
