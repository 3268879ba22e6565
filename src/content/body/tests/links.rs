//! Links, images, wiki links, sentences.

use super::{check, complains, gives, named, pointed, read, shown};
use crate::content::body::{Numbered, Piece};

/// Each link's place in the text.
fn places(markdown: &str) -> Vec<&str> {
    read(markdown).0.links.iter().map(|link| &markdown[link.span.start..link.span.end]).collect()
}

/// Each link's sentence.
fn sentences(markdown: &str) -> Vec<String> {
    read(markdown).0.links.iter().map(|link| link.sentence.to_string()).collect()
}

#[test]
fn links_to_other_sites() {
    check(
        "[a](https://a.example/?b&c)",
        "<p><a rel=\"external noopener\" href=\"https://a.example/?b&amp;c\">a</a></p>",
    );
    check("[a](HTTP://a.example)", "<p><a rel=\"external noopener\" href=\"HTTP://a.example\">a</a></p>");
    check(
        "<https://a.example>",
        "<p><a rel=\"external noopener\" href=\"https://a.example\">https://a.example</a></p>",
    );
    check("<a@b.example>", "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>");
    check("[a](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\">a</a></p>");
    check("[a](tel:+4930123)", "<p><a href=\"tel:+4930123\">a</a></p>");
    check("[a](https://a.example/100%)", "<p><a rel=\"external noopener\" href=\"https://a.example/100%25\">a</a></p>");
    check(
        "[a](https://a.example \"x \\\"y\\\" <z>\")",
        "<p><a rel=\"external noopener\" href=\"https://a.example\" title=\"x &quot;y&quot; &lt;z&gt;\">a</a></p>",
    );
}

#[test]
fn links_that_lead_away_are_numbered_by_where_they_lead() {
    let (body, _) = read(
        "[a](b.md), [c](https://d.example), [e](b.md), [f](b.md#g), [here](#h) and ![i](j.png).[^k]\n\n\
         [l](mailto:m@n.example?subject=o), <p@n.example>, [116 123](tel:116123), [us](tel:116123), <https://q.example>\n\n\
         ## h\n\n[^k]: [r](s.md) and [t](https://d.example)\n",
    );
    let html: String = body.pieces.iter().map(|piece| if let Piece::Html(html) = piece { html } else { "" }).collect();
    let marks: Vec<&str> =
        html.split("data-link=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    assert_eq!(marks, ["1", "2", "1", "3", "4", "5", "6", "2"]);
    let told = |numbered: &Numbered| match numbered {
        Numbered::Within(link) => named(&body.links[*link]),
        Numbered::Outside(address) => address.to_string(),
    };
    let told: Vec<String> = body.numbered.iter().map(told).collect();
    let [b, s] = ["b", "s"].map(|name| format!("source content/signs/{name}.md"));
    assert_eq!(told, [&*b, "https://d.example", &format!("{b} #g"), "m@n.example", "116123", &s]);
}

#[test]
fn links_within_the_guide_are_left_to_the_guide() {
    check("[a](#how)", "<p><a href=\"{here #how}\">a</a></p>");
    check("[a](b.md)", "<p><a href=\"{source content/signs/b.md}\">a</a></p>");
    check("[a](../b.md#how)", "<p><a href=\"{source content/b.md #how}\">a</a></p>");
    check("[a](@/practices/b.md#how)", "<p><a href=\"{source content/practices/b.md #how}\">a</a></p>");
    check("[a](@/b.png)", "<p><a href=\"{file content/b.png}\">a</a></p>");
    check("[a](/signs/b/?c#how)", "<p><a href=\"{address /signs/b/ #how}\">a</a></p>");
    check("[a](b.pdf)", "<p><a href=\"{file content/signs/b.pdf}\">a</a></p>");
    check("[a](n%C3%A9%20e.md#f%20g)", "<p><a href=\"{source content/signs/né e.md #f g}\">a</a></p>");
    check("[a](b%FF.pdf)", "<p><a href=\"{file content/signs/b%FF.pdf}\">a</a></p>");
    check("[a][b]\n\n[b]: c.md \"T\"", "<p><a href=\"{source content/signs/c.md}\" title=\"T\">a</a></p>");
    check("[*a* `b`](c.md)", "<p><a href=\"{source content/signs/c.md}\"><em>a</em> <code>b</code></a></p>");
}

#[test]
fn wiki_links() {
    check("[[listening]]", "<p><a href=\"{wiki listening}\">{title of wiki listening}</a></p>");
    check("[[listening#how]]", "<p><a href=\"{wiki listening #how}\">{title of wiki listening #how}</a></p>");
    check("[[signs/listening|hear *them*]]", "<p><a href=\"{wiki signs/listening}\">hear <em>them</em></a></p>");
    check("[[#how]]", "<p><a href=\"{here #how}\">how</a></p>");
    check("[[ten minutes]]", "<p><a href=\"{wiki ten minutes}\">{title of wiki ten minutes}</a></p>");
    check("![[a.png|A bench]]", "<p><img src=\"{file content/signs/a.png}\" alt=\"A bench\" loading=\"lazy\"></p>");
    complains("![[a.png]]", "1:1 image-alt this picture has no words for those who cannot see it");
    assert_eq!(places("See [[a]], [[b|c]], [[d#e]] and ![[f.png|g]]."), ["a", "b", "d#e", "f.png"]);
}

#[test]
fn wiki_links_in_a_table() {
    let html = |markdown: &str| shown(&read(markdown).0);
    assert!(html("| a |\n|---|\n| [[b\\|c *d*]] |").contains("<td><a href=\"{wiki b}\">c <em>d</em></a></td>"));
    assert!(html("| ![[b.png\\|c]] |\n|---|").contains("<img src=\"{file content/signs/b.png}\" alt=\"c\""));
    assert_eq!(places("| a | e |\n|---|---|\n| [[b\\|c]] | [[d]] |"), ["b", "d"]);
    complains("| a | e |\n|---|---|\n| [[b\\|c]] | [[d]] |", "");
    for parted in ["[[b|c]]", "`b|c`", "`|`"] {
        let told = "3:3 table-cell a `|` ends the cell here, and takes this apart";
        complains(&format!("| a | e |\n|---|---|\n| {parted} | d |"), told);
        complains(&format!("| a | e | i |\n|---|---|---|\n| {parted} | d |"), told);
    }
    complains("| a | e |\n|---|---|\n| `[[` | `]]` |\n| [[b]] | `c` |\n| \\[[b | c]] |", "");
    complains("| a |\n|---|\n| [[b] |", "3:3 like-a-link this looks like a link, and is shown as text");
    check("[[b\\|c]]", "<p><a href=\"{wiki b\\}\">c</a></p>");
}

#[test]
fn brackets_that_are_no_link_are_let_be() {
    for text in [
        "[he/she] (his/her)",
        "[sic] (a/b)",
        "Text [with brackets] (Monday/Tuesday)",
        "- [y] (n/a)",
        "[a] (note: b/c)",
        "[a] (note:b)",
        "x[^1] (see/that) y[^1] (../a.md)\n\n[^1]: a.md",
        "[@walker] (../a.md)",
    ] {
        complains(text, "");
    }
    let looks = "1:1 like-a-link this looks like a link, and is shown as text";
    for address in ["a.md", "b/a.md#c", "#c", "https://a.example/", "mailto:a@b.example", "/a/", "./a", "../a"] {
        complains(&format!("[a] ({address})"), looks);
    }
}

#[test]
fn links_know_their_place() {
    assert_eq!(places("[a](b.md) [c]( <d e.md> 'f')"), ["b.md", "d e.md"]);
    assert_eq!(places("[a\\](x](b(c).md \"t\")"), ["b(c).md"]);
    assert_eq!(places("[![a](b.png)](c.md)"), ["c.md", "b.png"]);
    assert_eq!(places("[](b.md) ![](c.png)"), ["b.md", "c.png"]);
    assert_eq!(places("> [a\n> b](\n> c.md)"), ["c.md"]);
    assert_eq!(places("[a][b] [b]\n\n[b]: c.md"), ["[a][b]", "[b]"]);
    assert_eq!(places("| [a](b.md) |\n|---|"), ["b.md"]);
}

#[test]
fn pictures() {
    check("![A *bench*](b.png)", "<p><img src=\"{file content/signs/b.png}\" alt=\"A bench\" loading=\"lazy\"></p>");
    check(
        "![a \"b\"](b.png \"c\")",
        "<p><img src=\"{file content/signs/b.png}\" alt=\"a “b”\" title=\"c\" loading=\"lazy\"></p>",
    );
    check(
        "[![a](b.png)](c.md)",
        "<p><a href=\"{source content/signs/c.md}\"><img src=\"{file content/signs/b.png}\" alt=\"a\" loading=\"lazy\"></a></p>",
    );
    check(
        "![a [b](c.md) ![d](e.png)](f.png)",
        "<p><img src=\"{file content/signs/f.png}\" alt=\"a b d\" loading=\"lazy\"></p>",
    );
    complains("![](b.png)", "1:1 image-alt this picture has no words for those who cannot see it");
    complains("![a](https://b.example/c.png)", "1:6 external-image this picture lies on another site");
    gives("![a](https://b.example/c.png)", "<p>a</p>");
    complains(
        "![a](//b.example/c.png)",
        "1:6 link-scheme this link to another site does not begin with `https://` and a name",
    );
}

#[test]
fn links_that_lead_nowhere_are_complained_of() {
    complains("[a]()", "1:1 empty-link this link leads nowhere");
    complains("[a](#)", "1:5 empty-link this link leads nowhere");
    complains("[a](../../../b.md)", "1:5 link-outside this link leads out of the site's folder");
    complains("[a](@/../b.md)", "1:5 link-outside this link leads out of the site's folder");
    complains("[a][gone] b", "1:1 unknown-reference there is no line that says where `[gone]` leads");
    complains("[a](ftp://b.example)", "1:5 link-scheme a link cannot begin with `ftp:`");
    complains("[a](https:b)", "1:5 link-scheme this link to another site does not begin with `https://` and a name");
    assert_eq!(pointed("[a](ftp://b.example \"t\")"), ["ftp://b.example"]);
    gives("[a][gone] b", "<p>[a][gone] b</p>");
    check("[a] [b][] \\[c][d]", "<p>[a] [b][] [c][d]</p>");
    let complaints = read("[a][lsten]\n\n[listen]: b.md\n").1;
    assert_eq!(complaints[0].label, "did you mean `listen`?");
}

#[test]
fn an_anchor_never_holds_another() {
    check(
        "[a <https://b.example> c](d.md)",
        "<p><a href=\"{source content/signs/d.md}\">a https://b.example c</a></p>",
    );
}

#[test]
fn sentences_are_kept_for_the_page_that_is_linked_to() {
    assert_eq!(sentences("One. Try *ten* [minutes](a.md) -- tonight! Three."), ["Try ten minutes – tonight!"]);
    assert_eq!(sentences("## See [a](a.md)\n\n- Go to [b](b.md). Then c\n- d"), ["See a", "Go to b."]);
    assert_eq!(sentences("Try\n[a](a.md)\nnow."), ["Try a now."]);
    assert_eq!(sentences("| See [a](a.md) | x |\n|---|---|"), ["See a"]);
    assert_eq!(sentences("[a](a.md) and [b](b.md)."), ["a and b.", "a and b."]);
    assert_eq!(sentences("Dr. e.g. Mr. [a](a.md) says 3.5 is fine."), ["Mr. a says 3.5 is fine."]);
    assert_eq!(sentences("![a](a.png) b"), [""]);
    assert_eq!(sentences("See [[listening]]."), ["See \u{fdd0}listening\u{fdd0}."]);
    assert_eq!(sentences("Use `a` and [b. C](b.md) then."), ["Use a and b. C then."]);
}

#[test]
fn long_sentences_are_cut_at_words_around_the_link() {
    let long = "word ".repeat(100);
    let sentence = &sentences(&format!("{long}[the link](a.md) {long}"))[0];
    assert!(
        sentence.starts_with("…word") && sentence.ends_with("word…") && sentence.contains("word the link word"),
        "{sentence}"
    );
    assert!((280..=300).contains(&sentence.chars().count()), "{}", sentence.chars().count());
    let sentence = &sentences(&format!("[the link](a.md) {long}"))[0];
    assert!(sentence.starts_with("the link word") && sentence.chars().count() <= 300, "{sentence}");
    let sentence = &sentences(&format!("{long}[the link](a.md)"))[0];
    assert!(
        sentence.starts_with('…') && sentence.ends_with("the link") && sentence.chars().count() <= 300,
        "{sentence}"
    );
    let sentence = &sentences(&format!("[{long}](a.md)"))[0];
    assert!(sentence.ends_with('…') && sentence.chars().count() <= 300, "{sentence}");
    let sentence = &sentences(&format!("[x](a.md){}", "親".repeat(1000)))[0];
    assert!(sentence.starts_with('x') && sentence.chars().count() <= 300, "{sentence}");
}

#[test]
fn links_to_other_sites_are_known_with_their_places() {
    let text = "[a](https://a.example/x \"t\") <https://b.example/> [c][c] [d](mailto:us@d.example) ![e](https://e.example/)\n\n\
                [g [f](https://f.example/) h](https://g.example/)[^n]\n\n[^n]: [i](<https://i.example/#y>)\n\n\
                [c]: https://c.example/\n";
    let outward = read(text).0.outward;
    let mut shown: Vec<_> =
        outward.iter().map(|link| format!("{} {}", link.address, &text[link.span.start..link.span.end])).collect();
    shown.sort();
    assert_eq!(
        shown,
        [
            "https://a.example/x https://a.example/x",
            "https://b.example/ https://b.example/",
            "https://c.example/ [c][c]",
            "https://f.example/ https://f.example/",
            "https://i.example/#y https://i.example/#y",
        ]
    );
}
