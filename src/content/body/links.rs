//! A link's destination → what it names, as far as the page alone can tell; and where it is written.
//!
//! Authors are not trusted: a destination with a scheme is let through only if the scheme is known to be harmless.

use std::ops::Range;
use std::path::Path;

use super::Target;
use super::page::Page;
use crate::base::{Disguise, SourcePath, Span, decode_bytes, disguise, nfc, scheme};

/// What a destination turned out to be.
pub(super) enum Destination {
    /// A page of another site.
    Web(String),
    /// A mail address or a telephone number.
    Contact(String),
    /// Something within the guide.
    Within(Target, Option<Box<str>>),
    /// It cannot be linked to.
    Refused(Refusal),
}

/// Why a destination is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is none.
    Empty,
    /// Its scheme is not allowed.
    Scheme(String),
    /// It begins with `//`, or holds `http:` without a host.
    NoHost,
    /// `mailto:` without a mail address.
    NoMail,
    /// A picture of another site.
    ForeignImage,
    /// It climbs out of the site, or out of the content folder.
    Outside,
}

/// What `destination`, as decoded by the Markdown parser, names.
pub(super) fn classify(destination: &str, page: &Page) -> Destination {
    let destination = destination.trim();
    let destination = match page.rules.base.own(destination) {
        Some(path) if path.starts_with('/') => path,
        Some(_) => "/",
        None => destination,
    };
    if let Some((scheme, rest)) = scheme(destination) {
        return match scheme.as_str() {
            "http" | "https" if has_host(rest) => Destination::Web(destination.to_owned()),
            "http" | "https" => Destination::Refused(Refusal::NoHost),
            "mailto" if !is_mail(rest) => Destination::Refused(Refusal::NoMail),
            "mailto" => Destination::Contact(destination.to_owned()),
            // Spaces help to read a number, and dial nothing.
            "tel" => Destination::Contact(destination.split_whitespace().collect()),
            _ => Destination::Refused(Refusal::Scheme(scheme)),
        };
    }
    match disguise(destination) {
        Some(Disguise::Scheme(scheme, _)) => return Destination::Refused(Refusal::Scheme(scheme)),
        Some(Disguise::Host) => return Destination::Refused(Refusal::NoHost),
        None => {}
    }
    let (path, anchor) = split_anchor(destination);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    match (path, anchor) {
        ("", None) => Destination::Refused(Refusal::Empty),
        ("", anchor) => Destination::Within(Target::Anchor, anchor),
        (path, anchor) => match target(path, page) {
            Some(target) => Destination::Within(target, anchor),
            None => Destination::Refused(Refusal::Outside),
        },
    }
}

/// What `[[name]]` names; the parser hands it over as it is written.
pub(super) fn classify_wiki(name: &str) -> Destination {
    // Spaces are kept as the names of files have them, but a line ends where the editor put its end.
    let name = name.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let (name, anchor) = split_anchor(&name);
    match (name.trim(), anchor) {
        ("", None) => Destination::Refused(Refusal::Empty),
        ("", anchor) => Destination::Within(Target::Anchor, anchor),
        (name, anchor) => Destination::Within(Target::Wiki(nfc(name).into()), anchor),
    }
}

/// Is what follows `mailto:` to be sent to somebody? Only who names a subject may leave that open.
fn is_mail(rest: &str) -> bool {
    let (to, fields) = rest.split_once('?').unwrap_or((rest, ""));
    let is_address =
        |to: &str| to.trim().split_once(['@', '%']).is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if to.is_empty() { !fields.is_empty() } else { to.split(',').all(is_address) }
}

/// Does what follows `https:` name a host?
pub(in crate::content) fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

/// The destination before `#`, and what follows it, decoded and composed; an empty anchor counts as none.
fn split_anchor(destination: &str) -> (&str, Option<Box<str>>) {
    match destination.split_once('#') {
        None => (destination, None),
        Some((path, "")) => (path, None),
        Some((path, anchor)) => (path, Some(nfc(&percent_decode(anchor)).into())),
    }
}

/// The target that a path names; `None` if it climbs out.
fn target(path: &str, page: &Page) -> Option<Target> {
    if let Some(below) = path.strip_prefix("@/") {
        let content = SourcePath::new(&format!("{}/_", page.content_folder));
        let file = content.join_relative(&percent_decode(below))?;
        file.below(page.content_folder)?;
        return Some(file_target(file));
    }
    if path.starts_with('/') {
        return Some(Target::Address(path.into()));
    }
    Some(file_target(page.path.join_relative(&percent_decode(path))?))
}

/// A source if it is Markdown, else another file.
fn file_target(file: SourcePath) -> Target {
    if Path::new(file.file_name()).extension().is_some_and(|extension| extension == "md") {
        Target::Source(file)
    } else {
        Target::File(file)
    }
}

/// `text` with its `%XX` decoded; as written if that gives no readable text.
pub(super) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    match String::from_utf8(decode_bytes(text)) {
        Ok(decoded) if !decoded.chars().any(char::is_control) => decoded,
        _ => text.to_owned(),
    }
}

/// Where the destination of `[words](destination)` stands, if it is written out.
///
/// `link` is the whole link, and `words_end` the end of its words.
pub(super) fn destination_span(body: &str, link: &Range<usize>, words_end: usize) -> Option<Span> {
    let opening = body.get(words_end..link.end)?.find("](")?;
    span_from(body, words_end + opening + 2..link.end)
}

/// Where the destination of the definition `[label]: destination` stands.
pub(super) fn definition_span(body: &str, definition: &Range<usize>) -> Option<Span> {
    let after = body.get(definition.clone())?.find("]:")?;
    span_from(body, definition.start + after + 2..definition.end)
}

/// The destination at the beginning of a stretch of the body, without the brackets around it.
fn span_from(body: &str, stretch: Range<usize>) -> Option<Span> {
    let rest = body[stretch.clone()].trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let start = stretch.end - rest.len();
    let brackets = usize::from(rest.starts_with('<'));
    let end = start + destination_length(rest.as_bytes());
    let span = Span::new(start + brackets, end.saturating_sub(brackets));
    (span.end > span.start).then_some(span)
}

/// How many bytes at the start of `rest` are a destination, by the rules of `CommonMark`.
fn destination_length(rest: &[u8]) -> usize {
    let pointed = rest.first() == Some(&b'<');
    let mut open = 0;
    let mut i = usize::from(pointed);
    while i < rest.len() {
        match rest[i] {
            b'\\' => i += 1,
            b'>' if pointed => return i + 1,
            b'(' => open += 1,
            b')' if !pointed && open == 0 => return i,
            b')' => open -= i32::from(!pointed),
            0..=b' ' if !pointed => return i,
            _ => {}
        }
        i += 1;
    }
    rest.len()
}
