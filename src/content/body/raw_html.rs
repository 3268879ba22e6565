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
    let mut rest = html.trim();
    while let Some(inside) = rest.strip_prefix("<!--") {
        let Some(length) = comment_length(inside) else {
            return Kind::OpenComment;
        };
        rest = inside[length..].trim_start();
    }
    if rest.is_empty() { Kind::Comments } else { Kind::Markup }
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
