//! Headings, lists, tables, callouts, code, words.

use super::{check, complains, gives, outline, pointed, read};
use crate::base::SourcePath;
use crate::content::body::parse;

#[test]
fn paragraphs_and_emphasis() {
    check("Hear *them* **out**, ~~soon~~ now.", "<p>Hear <em>them</em> <strong>out</strong>, <del>soon</del> now.</p>");
    check("one  \ntwo\nthree", "<p>one<br>\ntwo\nthree</p>");
    check("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>");
    check("\u{feff}Hello", "<p>Hello</p>");
    check("", "");
}

#[test]
fn quotes_and_dashes_are_printed_as_in_books_if_the_rules_say_so() {
    check("\"Don't\" -- she said...", "<p>“Don’t” – she said…</p>");
    let rules = crate::site::MarkdownRules { smart_punctuation: false, ..super::rules() };
    let (body, _) = parse("\"Don't\"", 0, &SourcePath::new("a.md"), "content", &rules, &[]);
    assert_eq!(super::shown(&body), "<p>\"Don't\"</p>\n");
}

#[test]
fn headings_get_ids() {
    check("## Why it helps", "<h2 id=\"why-it-helps\">Why it helps</h2>");
    check("## Try *it* `now` {#try}", "<h2 id=\"try\">Try <em>it</em> <code>now</code></h2>");
    check("## At home {#home .quiet .two}", "<h2 id=\"home\" class=\"quiet two\">At home</h2>");
    check("## Größe & 親密さ", "<h2 id=\"größe-親密さ\">Größe &amp; 親密さ</h2>");
    check("## !!!", "<h2 id=\"section\">!!!</h2>");
    check("## a\n## a\n## a", "<h2 id=\"a\">a</h2>\n<h2 id=\"a-1\">a</h2>\n<h2 id=\"a-2\">a</h2>");
    check("## a\n## b {#a}", "<h2 id=\"a-1\">a</h2>\n<h2 id=\"a\">b</h2>");
    check("## a\n## a\n## b {#a-1}", "<h2 id=\"a\">a</h2>\n<h2 id=\"a-2\">a</h2>\n<h2 id=\"a-1\">b</h2>");
    check("## main", "<h2 id=\"main-1\">main</h2>");
    check("## Source 1", "<h2 id=\"section-source-1\">Source 1</h2>");
    check("## Cite 1\n## Cite 1", "<h2 id=\"section-cite-1\">Cite 1</h2>\n<h2 id=\"section-cite-1-1\">Cite 1</h2>");
    check("## Source of joy", "<h2 id=\"source-of-joy\">Source of joy</h2>");
    check("Wide\nheading\n---", "<h2 id=\"wide-heading\">Wide\nheading</h2>");
}

#[test]
fn headings_are_complained_of() {
    complains("# Why", "1:1 heading-one the title is the page's first heading, and this one is as large");
    complains("## a\n#### b\n#### c", "2:1 heading-skip this heading skips a level");
    complains("### a\n[^x]\n\n[^x]:\n    ###### b", "1:1 heading-skip this heading skips a level");
    complains("## a {#x}\n## b {#x}", "2:7 duplicate-id the id `x` is given twice on this page");
    complains("## a {#fn-1}", "1:7 reserved-id the id `fn-1` is used by the page itself");
    complains("## a {#main}", "1:7 reserved-id the id `main` is used by the page itself");
    complains("## a {onclick=alert(1)}", "1:7 heading-attribute a heading cannot have `onclick=alert(1)`");
    complains("## a {hidden}", "1:7 heading-attribute a heading cannot have `hidden`");
    complains("## a {.x\"y}", "1:7 heading-attribute a heading cannot have `.x\"y`");
    assert_eq!(pointed("## a {#x}\n## b {#x .c}"), ["#x"]);
    gives("## a {#x}\n## b {#x}", "<h2 id=\"x\">a</h2>\n<h2 id=\"x-1\">b</h2>");
    gives("## a {#main}", "<h2 id=\"main-1\">a</h2>");
}

#[test]
fn headings_make_the_outline() {
    let (body, _) = read("## A *b*\n### C\n#### D\n### E\n## F\n#### G\n### H");
    assert_eq!(outline(&body.outline), "2 a-b A b [3 c C [4 d D]; 3 e E]; 2 f F [4 g G; 3 h H]");
    let anchors: Vec<&str> = body.anchors.iter().map(AsRef::as_ref).collect();
    assert_eq!(anchors, ["a-b", "c", "d", "e", "f", "g", "h"]);
}

#[test]
fn lists() {
    check("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    check("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    check("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>");
    check("Listening\n: Hearing *out*.", "<dl>\n<dt>Listening</dt>\n<dd>Hearing <em>out</em>.</dd>\n</dl>");
}

#[test]
fn tasks_have_names() {
    check(
        "- [ ] Ask *her*\n- [x] Listen",
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"Ask her\"> Ask <em>her</em></li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Listen\"> Listen</li>\n</ul>",
    );
    check(
        "- [ ] \"Now\"\n\n  - then",
        "<ul>\n<li class=\"task\">\n<p><input type=\"checkbox\" disabled aria-label=\"“Now”\"> “Now”</p>\n\
         <ul>\n<li>then</li>\n</ul>\n</li>\n</ul>",
    );
}

#[test]
fn tables_can_be_scrolled_and_have_no_styles() {
    check(
        "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Table 1\"><table><thead><tr>\
         <th scope=\"col\">a</th><th scope=\"col\" class=\"align-start\">b</th><th scope=\"col\" class=\"align-center\">c</th>\
         <th scope=\"col\" class=\"align-end\">d</th></tr></thead><tbody>\n<tr><td>1</td><td class=\"align-start\">2</td>\
         <td class=\"align-center\">3</td><td class=\"align-end\">4</td></tr>\n</tbody></table></section>",
    );
    let (body, _) = read("|a|\n|-|\n\n|a|\n|-|\n");
    assert!(super::shown(&body).contains("aria-label=\"Table 2\""));
}

#[test]
fn callouts_have_titles() {
    check(
        "> [!TIP]\n> Put it away.\n\n> [!note]\n> b",
        "<aside class=\"callout callout-tip\" aria-label=\"Tip\">\n\
         <p class=\"callout-title\">Tip</p>\n<p>Put it away.</p>\n</aside>\n\
         <aside class=\"callout callout-note\" aria-label=\"Note\">\n\
         <p class=\"callout-title\">Note</p>\n<p>b</p>\n</aside>",
    );
    check("> a", "<blockquote>\n<p>a</p>\n</blockquote>");
    complains("> [!HINT]\n> a", "1:3 unknown-callout there is no callout `HINT`");
    complains("> [!TPI]\n> a", "1:3 unknown-callout there is no callout `TPI`");
    assert_eq!(read("> [!TPI]\n> a").1[0].label, "did you mean `TIP`?");
    complains("> [!really] I mean it", "");
}

#[test]
fn code_is_shown_as_it_is() {
    check("```rust ignore\na < b\n```", "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>");
    check("    a\n", "<pre><code>a\n</code></pre>");
    check("`a & \"b\"`", "<p><code>a &amp; \"b\"</code></p>");
    check("```\n[^a] [@b] [x](y)\n```", "<pre><code>[^a] [@b] [x](y)\n</code></pre>");
}

#[test]
fn html_is_text_unless_it_is_allowed() {
    complains(
        "a <b>b</b> <i>c</i>\n\n<div>\nd\n</div>",
        "1:3 raw-html there is HTML in the text\n1:12 raw-html there is HTML in the text\n3:1 raw-html there is HTML in the text",
    );
    gives("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>");
    assert_eq!(pointed("<div>\nd\n</div>\n\nb"), ["<div>\nd\n</div>"]);
    check("a <!-- later --> b", "<p>a  b</p>");
    check("<!-- later\nand more -->\n\nb", "<p>b</p>");
    check("<!-- later --> <!-- x -->a *b*\nc", "<p>a <em>b</em>\nc</p>");
    check("a\n- <!-- later\n\n  and more -->b", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>");
    check(
        "    <!-- a --> b\n\n`<!-- a -->` b",
        "<pre><code>&lt;!-- a --&gt; b\n</code></pre>\n<p><code>&lt;!-- a --&gt;</code> b</p>",
    );
    let text = "a\r\n\r\n<!-- x -->\r\n<!-- y\r\n--> [b]()\r\nc [d]()\r\n\r\n<!-- z --> [e]()";
    assert_eq!(pointed(text), ["[b]()", "[d]()", "[e]()"]);
    complains("<!-- later --> <script>", "1:16 raw-html there is HTML in the text");
    complains("a\n\n<!-- later\n\nb", "3:1 open-comment this comment never ends, and hides all that follows");
    let rules = crate::site::MarkdownRules { unsafe_html: true, ..super::rules() };
    let (body, complaints) =
        parse("<div id=\"own\">\n\n## own\n\n</div> <b>x</b>", 0, &SourcePath::new("a.md"), "content", &rules, &[]);
    assert_eq!(super::shown(&body), "<div id=\"own\">\n<h2 id=\"own-1\">own</h2>\n</div> <b>x</b>");
    assert!(complaints.is_empty());
    assert_eq!(*body.anchors, ["own".into(), "own-1".into()]);
}

#[test]
fn words_are_counted_as_they_are_read() {
    let words = |text: &str| read(text).0.words;
    assert_eq!(words("One two, *thr*ee -- four."), 4);
    assert_eq!(words("## A b\n\n- c\n- d\n\n| e | f |\n|---|---|\n| g | h |"), 8);
    assert_eq!(words("```\nlet a = 1;\n```"), 3);
    assert_eq!(words("親密さ"), 2);
    assert_eq!(words("Hi 親"), 2);
    assert_eq!(words("<!-- not these -->"), 0);
}

#[test]
fn places_count_from_the_start_of_the_file_whatever_its_line_ends() {
    let text = "---\r\ntitle: A\r\n---\r\nOne\r\ntwo [x](gone.md)\r\n\r\n# h\r\n";
    let (body, complaints) = parse(text, 19, &SourcePath::new("content/a.md"), "content", &super::rules(), &[]);
    let span = body.links[0].span;
    assert_eq!(&text[span.start..span.end], "gone.md");
    let span = complaints[0].place.span.expect("a place in the file");
    assert_eq!(&text[span.start..span.end], "# h");
}
