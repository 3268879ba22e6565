//! Two states of a page → how an open page is brought from one to the other.

use crate::base::decode_entities;

/// What an open page has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing: the bytes are the same.
    None,
    /// Load other style sheets: only their addresses, of which these are the old and the new, are different.
    Styles(Vec<(String, String)>),
    /// Be loaded again.
    Page,
}

/// What an open page has to do that shows `old`, so that it shows `new`.
pub(super) fn compare_pages(old: &[u8], new: &[u8]) -> Change {
    if old == new {
        return Change::None;
    }
    let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) else { return Change::Page };
    let (old, new) = (split_at_stylesheets(old), split_at_stylesheets(new));
    if old.rest != new.rest {
        return Change::Page;
    }
    let pairs = old.sheets.into_iter().zip(new.sheets).filter(|(old, new)| old != new);
    Change::Styles(pairs.map(|(old, new)| (decode_entities(old), decode_entities(new))).collect())
}

/// A page in pieces.
struct Split<'p> {
    /// The addresses of its style sheets.
    sheets: Vec<&'p str>,
    /// What stands between them.
    rest: Vec<&'p str>,
}

/// Takes the addresses of style sheets out of a page. What a browser would not take for one may be taken for one here:
/// it looks for each old address itself.
fn split_at_stylesheets(page: &str) -> Split<'_> {
    let mut split = Split { sheets: Vec::new(), rest: Vec::new() };
    let mut start = 0;
    for (at, _) in page.match_indices("<link ") {
        // One that stands within another is no element.
        if at < start {
            continue;
        }
        let Some(length) = page[at..].find('>') else { break };
        if let Some((from, to)) = locate_stylesheet(&page[at..at + length]) {
            split.rest.push(&page[start..at + from]);
            split.sheets.push(&page[at + from..at + to]);
            start = at + to;
        }
    }
    split.rest.push(&page[start..]);
    split
}

/// Where the address of a style sheet stands in a `<link>`.
fn locate_stylesheet(tag: &str) -> Option<(usize, usize)> {
    let is_sheet = ["rel=\"stylesheet\"", "rel=stylesheet", "rel='stylesheet'"].iter().any(|rel| tag.contains(rel));
    let from = tag.find(" href=\"")? + " href=\"".len();
    let to = from + tag[from..].find('"')?;
    let ends = tag[from..to].rsplit_once('.').is_some_and(|(_, ending)| ending == "css");
    (is_sheet && ends).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(sheets: &[&str], body: &str) -> String {
        let link = |sheet: &&str| format!("<link rel=\"stylesheet\" href=\"/{sheet}.css\">\n");
        let links = sheets.iter().map(link).collect::<Vec<_>>().concat();
        format!("<head>{links}<link rel=\"icon\" href=\"/mark.svg\"></head><body>{body}</body>")
    }

    fn changed(old: &str, new: &str) -> Change {
        compare_pages(old.as_bytes(), new.as_bytes())
    }

    #[test]
    fn other_styles_need_no_reload() {
        let (old, new) = (page(&["hearth.1a", "print.1"], "Listen."), page(&["hearth.2b", "print.1"], "Listen."));
        assert_eq!(changed(&old, &new), Change::Styles(vec![("/hearth.1a.css".into(), "/hearth.2b.css".into())]));
        assert_eq!(changed(&old, &old), Change::None);
    }

    #[test]
    fn other_words_or_sheets_added_need_one() {
        let old = page(&["hearth"], "Listen.");
        for new in [
            page(&["hearth"], "Listen!"),
            page(&["hearth.2"], "Listen!"),
            page(&["hearth", "print"], "Listen."),
            page(&[], "Listen."),
            old.replace("/mark.svg", "/mark.css"),
            old.replace("stylesheet", "preload"),
            String::new(),
        ] {
            assert_eq!(changed(&old, &new), Change::Page, "{new}");
        }
        assert_eq!(compare_pages(b"\xff", b"\xfe"), Change::Page);
    }

    #[test]
    fn an_element_that_begins_within_another_is_none() {
        let body = "<link <link .css\"rel=\"stylesheet\" href=\"/.css\"";
        let pairs = vec![("/a.css".into(), "/b.css".into())];
        assert_eq!(changed(&page(&["a"], body), &page(&["b"], body)), Change::Styles(pairs));
    }

    proptest! {
        /// Whatever stands around them: the pairs are the sheets that changed, and no sheet is overlooked.
        #[test]
        fn styles_are_named_in_full(
            names in prop::collection::vec(("[a-c]", "[a-c]"), 1..4),
            words in "(<link |rel=\"stylesheet\"| href=\"/|\\.css\"|[a-z> ]){0,6}",
        ) {
            let old: Vec<&str> = names.iter().map(|(old, _)| old.as_str()).collect();
            let new: Vec<&str> = names.iter().map(|(_, new)| new.as_str()).collect();
            let css = |name: &str| format!("/{name}.css");
            let pairs: Vec<_> =
                names.iter().filter(|(old, new)| old != new).map(|(old, new)| (css(old), css(new))).collect();
            let expected = if pairs.is_empty() { Change::None } else { Change::Styles(pairs) };
            prop_assert_eq!(changed(&page(&old, &words), &page(&new, &words)), expected);
        }

        #[test]
        fn other_words_are_never_taken_for_styles(words in "[a-z>\" ]{0,20}", others in "[a-z>\" ]{0,20}") {
            prop_assume!(words != others);
            prop_assert_eq!(changed(&page(&["a"], &words), &page(&["b"], &others)), Change::Page);
        }
    }
}
