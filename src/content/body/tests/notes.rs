//! Footnotes and citations.

use std::fmt::Write;

use super::{check, complains, gives, pointed, read};

#[test]
fn footnotes_stand_at_the_end_in_the_order_in_which_they_are_met() {
    check(
        "a[^x] b[^y]\n\n[^y]: Y\n\n[^x]: *X*\n",
        "<p>a<sup class=\"footnote-ref\"><a id=\"fnref-1-1\" href=\"#fn-1\" role=\"doc-noteref\">1</a></sup> \
         b<sup class=\"footnote-ref\"><a id=\"fnref-2-1\" href=\"#fn-2\" role=\"doc-noteref\">2</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\"><ol>\n\
         <li id=\"fn-1\"><p><em>X</em> <a class=\"footnote-back\" href=\"#fnref-1-1\" role=\"doc-backlink\" aria-label=\"Back to text\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\"><p>Y <a class=\"footnote-back\" href=\"#fnref-2-1\" role=\"doc-backlink\" aria-label=\"Back to text\">↩</a></p>\n</li>\n\
         </ol></section>",
    );
}

/// The HTML of a page without what stands around the numbers and the notes.
fn brief(markdown: &str) -> String {
    let html = super::shown(&read(markdown).0);
    let mut out = String::new();
    for part in html.split('<') {
        let text = part.split_once('>').map_or(part, |(tag, text)| {
            if let Some(id) =
                tag.split_once(" id=\"").or(tag.split_once("href=\"")).and_then(|(_, id)| id.split_once('"'))
            {
                let _ = write!(out, "<{}>", id.0);
            }
            text
        });
        out.push_str(text.trim_matches('\n'));
    }
    out
}

#[test]
fn footnotes_know_every_way_back() {
    assert_eq!(brief("a[^x] b[^x]\n\n[^x]: X"), "a<fnref-1-1>1 b<fnref-1-2>1<fn-1>X <#fnref-1-1>↩ <#fnref-1-2>↩2");
}

#[test]
fn footnotes_within_footnotes() {
    assert_eq!(
        brief("a[^x]\n\n[^x]: X[^y]\n\n[^y]: Y[^x]"),
        "a<fnref-1-1>1<fn-1>X<fnref-2-1>2 <#fnref-1-1>↩ <#fnref-1-2>↩2<fn-2>Y<fnref-1-2>1 <#fnref-2-1>↩"
    );
    assert_eq!(
        brief("[^y]: Y\n\na[^x]\n\n[^x]: X[^y]"),
        "a<fnref-1-1>1<fn-1>X<fnref-2-1>2 <#fnref-1-1>↩<fn-2>Y <#fnref-2-1>↩"
    );
    assert_eq!(brief("a[^x]\n\n[^x]: X[^x]"), "a<fnref-1-1>1<fn-1>X<fnref-1-2>1 <#fnref-1-1>↩ <#fnref-1-2>↩2");
    assert_eq!(brief("a[^x]\n\n[^x]:\n    - b\n"), "a<fnref-1-1>1<fn-1>b <#fnref-1-1>↩");
}

#[test]
fn footnotes_are_complained_of() {
    complains("a[^kuhn]", "1:2 unknown-footnote there is no footnote `kuhn`");
    complains("a[^kuhm] b[^kuhn]\n\n[^kuhn]: c", "1:2 unknown-footnote there is no footnote `kuhm`");
    assert_eq!(read("a[^kuhm] b[^kuhn]\n\n[^kuhn]: c").1[0].label, "did you mean `kuhn`?");
    complains("a\n\n[^x]: X", "3:1 unused-footnote nothing in the text leads to the footnote `x`");
    complains("a[^x]\n\n[^x]: X\n\n[^x]: Y", "5:1 duplicate-footnote there are two footnotes `x`");
    complains(
        "a[^b_c_d] e![^f]",
        "1:2 unknown-footnote there is no footnote `b_c_d`\n1:13 unknown-footnote there is no footnote `f`",
    );
    complains("\\[^a] `[^b]` [^c](d.md) [^ ] [^]", "");
    complains("a[^X]\n\n[^x]: X", "");
    assert_eq!(pointed("a[^kuhn] b"), ["[^kuhn]"]);
    gives("a\n\n[^x]: [b](b.md) [@c] <!-- -->", "<p>a</p>");
    let (body, _) = read("a\n\n[^x]: [b](b.md) [@c]");
    assert!(body.links.is_empty() && body.citations.is_empty());
}

#[test]
fn citations_are_numbered_by_first_appearance() {
    check(
        "a [@kuhn2018]",
        "<p>a\u{a0}<span class=\"cite\">[<a id=\"cite-1-1\" href=\"#source-1\" role=\"doc-biblioref\">1</a>]</span></p>",
    );
    assert_eq!(brief("[@b; @a] [@a,@b]"), "[<cite-1-1>1, <cite-2-1>2]\u{a0}[<cite-2-2>2, <cite-1-2>1]");
    assert_eq!(brief("[@a][@b] [@c][] wow![@d]"), "[<cite-1-1>1][<cite-2-1>2]\u{a0}[<cite-3-1>3] wow![<cite-4-1>4]");
    assert_eq!(brief("[Kuhn *says*][@a]."), "Kuhn says[<cite-1-1>1].");
    assert_eq!(
        brief("a[^x] [@b]\n\n[^x]: [@c] [@b]"),
        "a<fnref-1-1>1\u{a0}[<cite-1-1>1]<fn-1>[<cite-2-1>2]\u{a0}[<cite-1-2>1] <#fnref-1-1>↩"
    );
    check("\\[@a] `[@b]` a@b.example", "<p>[@a] <code>[@b]</code> a@b.example</p>");
}

#[test]
fn citations_know_their_places() {
    let text = "x [@kuhn; @kuhn2018,\n@b_c_d:1/2] [@e][@f] ![@g] [h][@i]";
    let (body, _) = read(text);
    let keys: Vec<&str> = body.citations.iter().map(|citation| citation.key.as_ref()).collect();
    assert_eq!(keys, ["kuhn", "kuhn2018", "b_c_d:1/2", "e", "f", "g", "i"]);
    let places: Vec<&str> =
        body.citations.iter().map(|citation| &text[citation.span.start..citation.span.end]).collect();
    assert_eq!(places, keys);
    let numbers: Vec<usize> = body.citations.iter().map(|citation| citation.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn what_is_nearly_a_citation_is_complained_of() {
    let message = "citation-form this looks like a citation, but is not written like one";
    for text in ["[@]", "[@a b]", "[@a, p. 3]", "[@a;]", "[@a; b]", "[@.]"] {
        complains(text, &format!("1:1 {message}"));
    }
    assert_eq!(pointed("see [@a b] there"), ["[@a b]"]);
    gives("[@a b]", "<p>[@a b]</p>");
}
