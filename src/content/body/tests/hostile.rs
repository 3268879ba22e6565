//! What nobody may get through: scripts, markup, control characters.

use super::{Piece, complains, read, shown};
use crate::base::Code;

/// Each of these runs a script somewhere, or looks as if it did.
const SCRIPTS: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "<java\tscript:alert(1)>",
    "<java&#10;script:alert(1)>",
    "&#1;javascript:alert(1)",
    "<&#32;javascript:alert(1)>",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript%3Aalert(1)",
    "%6Aavascript:alert(1)",
    "javascript%253Aalert(1)",
    "java%0Ascript:alert(1)",
    "\u{200b}javascript:alert(1)",
    "java\u{ad}script:alert(1)",
    "\u{a0}javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "blob:https://a.example/1",
    "view-source:javascript:alert(1)",
    "x-apple.system:1",
];

#[test]
fn every_element_of_a_line_is_complained_of_once() {
    assert_eq!(super::pointed("line<br/>two <kbd>x</kbd> <kbd>y</kbd>"), ["<br/>", "<kbd>", "<kbd>"]);
    assert_eq!(super::pointed("x</kbd> <?y?>"), ["</kbd>", "<?y?>"]);
}

#[test]
fn scripts_in_links_are_errors_and_never_published() {
    for script in SCRIPTS {
        let reference = format!("[x][y]\n\n[y]: {script}");
        for text in [format!("[x]({script})"), format!("![x]({script})"), reference] {
            let (body, complaints) = read(&text);
            let html = shown(&body);
            assert!(complaints.iter().any(|complaint| complaint.code == Code::LinkScheme), "{text}: {complaints:?}");
            assert!(!html.to_lowercase().contains("script"), "{text}: {html}");
            assert!(body.links.is_empty(), "{text}");
        }
    }
    complains("<javascript:alert(1)>", "1:2 link-scheme a link cannot begin with `javascript:`");
    let (body, _) = read("[x](javascript:alert(1))");
    assert_eq!(shown(&body), "<p><a href=\"#\">x</a></p>\n");
    // A wiki link names a page, and is filled in by the guide only if there is one.
    assert_eq!(shown(&read("[[javascript:alert(1)|x]]").0), "<p><a href=\"{wiki javascript:alert(1)}\">x</a></p>\n");
}

#[test]
fn addresses_without_a_scheme_lead_to_no_other_site() {
    let message = "1:5 link-scheme this link to another site does not begin with `https://` and a name";
    for url in
        ["//a.example", "/\\a.example", "\\\\\\\\a.example", "<\t//a.example>", "/%2Fa.example", "https:///a.example"]
    {
        let text = format!("[x]({url})");
        assert_eq!(read(&text).1.len(), 1, "{text}");
        assert_eq!(read(&text).1[0].message, message[16..], "{text}");
    }
}

#[test]
fn markup_in_any_place_is_text() {
    let attack = "\"><script>alert(1)</script>";
    for text in [
        format!("```{attack}\n```"),
        format!("``` x{attack}\n```"),
        format!("## {attack}"),
        format!("## a {{#{attack}}}"),
        format!("![{attack}](a.png '{attack}')"),
        format!("[{attack}](a.md '{attack}')"),
        format!("[a](https://a.example/{attack})"),
        format!("[a](<mailto:{attack}>)"),
        format!("- [ ] {attack}"),
        format!("[[{attack}]] [[#{attack}]] [[a|{attack}]]"),
        format!("`{attack}`"),
        format!("a[^{attack}]\n\n[^{attack}]: {attack}"),
        format!("|{attack}|\n|-|\n|{attack}|"),
        format!("{attack}\n: {attack}"),
        "<svg><p><style><g title=\"</style><img src=x onerror=alert(1)>\">".to_owned(),
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--><img src=1 onerror=alert(1)>\">".to_owned(),
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">".to_owned(),
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>".to_owned(),
        "a <img src=x onerror=alert(1)> <!-- --> <?x?> <![CDATA[x]]> <!X>".to_owned(),
        "<!--> <script>alert(1)</script> -->".to_owned(),
        "a <!--> <script>alert(1)</script> -->".to_owned(),
        "&lt;script&gt;alert(1)&lt;/script&gt;".to_owned(),
    ] {
        assert_plain(&text);
    }
}

/// No tag and no attribute stands in the HTML that the renderer does not write itself.
fn assert_plain(text: &str) {
    let html: String =
        read(text).0.pieces.iter().map(|piece| if let Piece::Html(html) = piece { html } else { "" }).collect();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        // Values between quotes hold what authors write; what is outside of them does not.
        let outside: String = tag.split('"').step_by(2).collect();
        let name = outside.trim_start_matches('/').split(' ').next().unwrap_or_default();
        assert!(
            !["script", "svg", "math", "style", "iframe", "noscript", "mtext", "mglyph"].contains(&name),
            "{text}: {html}"
        );
        assert!(!outside.contains("on") || !outside.contains("alert"), "{text}: {html}");
    }
    let quoted = html.matches("<img src=x").count() + html.matches("<script").count();
    assert_eq!(quoted, 0, "{text}: {html}");
}

#[test]
fn control_characters_are_complained_of_and_replaced() {
    let message = "control-character there is an invisible control character in the text";
    complains("a\0b\u{1b}[31m\nc\u{85}", &format!("1:2 {message}\n2:2 {message}"));
    complains("&#26; `a\u{7}` b", &format!("1:1 {message}\n1:9 {message}"));
    complains("[a](b&#1;.md)", &format!("1:1 {message}"));
    complains("``` a&#1;b\n```", &format!("1:1 {message}"));
    for text in [
        "a\0",
        "&#26;",
        "&#x80;",
        "`\u{1b}`",
        "```a\u{2}\n\u{3}\n```",
        "[a](b.md '\u{4}')",
        "## \u{5}",
        "![\u{6}](a.png)",
        "&#xFFFE; \u{ffff}",
        "\u{fdd0}",
        "<!-- \u{1} -->\n\n<b \u{2}>",
    ] {
        let (body, _) = read(text);
        let html = shown(&body);
        assert!(
            html.chars().all(|c| !c.is_control() || c == '\n') && !html.contains(['\u{fffe}', '\u{ffff}', '\u{fdd0}']),
            "{text:?}: {html:?}"
        );
        assert!(body.outline.iter().all(|heading| !heading.title.contains(char::is_control)), "{text:?}");
    }
    complains("tab\tand \u{200f}right to left", "");
    complains("\u{202e}tfel\u{202c}", "1:1 control-character there is an invisible control character in the text");
}

#[test]
fn messages_hold_nothing_that_a_terminal_obeys() {
    let label = "\u{1b}[2J".repeat(50);
    for complaint in read(&format!("a[^{label}]\n\n[a][{label}]\n\n## a {{#b}}\n## c {{#b .{label}}}")).1 {
        let texts = [&complaint.message, &complaint.help, &complaint.label];
        assert!(
            texts.iter().all(|text| !text.contains(char::is_control) && text.chars().count() < 250),
            "{complaint:?}"
        );
    }
}
