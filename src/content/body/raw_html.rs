//! HTML that stands in Markdown: what is a comment, and which ids it gives.

/// What a stretch of HTML holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing but finished comments and white space.
    Comments,
    /// A comment without an end.
    OpenComment,
    /// Something that a browser would show or run.
    Markup,
}

/// What `html` holds.
pub(super) fn kind(html: &str) -> Kind {
    match after_comments(html.trim()) {
        None => Kind::OpenComment,
        Some("") => Kind::Comments,
        Some(_) => Kind::Markup,
    }
}

/// What follows the comments at the start of `html`; `None` if one of them has no end.
pub(super) fn after_comments(html: &str) -> Option<&str> {
    let mut rest = html;
    while let Some(inside) = rest.strip_prefix("<!--") {
        rest = inside[comment_length(inside)?..].trim_start();
    }
    Some(rest)
}

/// How many bytes of what follows `<!--` belong to the comment.
fn comment_length(inside: &str) -> Option<usize> {
    if inside.starts_with('>') {
        return Some(1);
    }
    if inside.starts_with("->") {
        return Some(2);
    }
    inside.find("-->").map(|end| end + 3)
}

/// The name of the element at the start of `tag`, which begins after its `<` or `</`.
pub(super) fn element(tag: &str) -> &str {
    tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default()
}

/// The values of the `id` attributes in `html`, as far as they are quoted.
pub(super) fn ids(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices("id=").filter_map(|(at, _)| {
        let before = html[..at].chars().next_back()?;
        let mut value = html[at + 3..].chars();
        let quote = value.next().filter(|c| matches!(c, '"' | '\''))?;
        let (id, _) = value.as_str().split_once(quote)?;
        (before.is_whitespace() && !id.is_empty() && id.len() < 200).then_some(id)
    })
}
