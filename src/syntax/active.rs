//! Files that would do more than show something: pages, and pictures or data that run programs or load from elsewhere.
//!
//! Browsers open such a file as a page of its own, without the policy that the site's pages carry. What they may read
//! otherwise than it is read here counts as active.

use std::ops::Range;

use roxmltree::{Attribute, Document, Node, NodeType};

use super::css;
use super::xml::{self, Unread};
use crate::base::{Span, disguise, runs};

/// Something in a file that would act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Where; `None` if it is the whole file.
    pub span: Option<Span>,
    /// What it would do, so that it can follow `this file`.
    pub what: &'static str,
    /// What to do about it, if taking out what acts is no answer.
    pub cure: Option<&'static str>,
}

const IS_A_PAGE: &str = "is a page of its own, without the site's Content-Security-Policy";
const RUNS: &str = "would run a program";
const HOLDS_A_PAGE: &str = "holds a part that is a page of its own";
const LOADS: &str = "would load something from elsewhere";

const IS_CLOSED: &str = "cannot be looked into: it is not UTF-8 text";
const IS_TOO_LARGE: &str = "cannot be looked into: it has too many parts";
const IS_BROKEN: &str = "is no XML from here on, so browsers do not show it";
const IS_ODD: &str = "cannot be looked into: browsers may read this in two ways";
const DISGUISES: &str = "declares names that can stand for anything";
const SAVE_AGAIN: &str = "open it in the program that made it and save it again, as plain SVG or XML in UTF-8";

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements that run programs, or bring in other documents.
const ACTING: [&str; 8] = ["script", "handler", "listener", "iframe", "frame", "embed", "object", "applet"];

/// Attributes that lead somewhere, or that an animation puts in the place of one that does.
const LEADING: [&str; 13] =
    ["href", "src", "srcset", "from", "to", "by", "values", "base", "action", "formaction", "data", "poster", "ping"];

/// Those of them that hold several addresses.
const LISTING: [&str; 3] = ["srcset", "values", "ping"];

/// What pictures call themselves within an address of their own, in small letters.
const PICTURES: [&str; 7] = [
    "data:image/png",
    "data:image/jpeg",
    "data:image/jpg",
    "data:image/gif",
    "data:image/webp",
    "data:image/avif",
    "data:image/bmp",
];

/// What fonts call themselves there.
const FONTS: [&str; 5] = [
    "data:font/",
    "data:application/font-",
    "data:application/x-font-",
    "data:application/vnd.ms-fontobject",
    "data:application/octet-stream",
];

/// How much a kind of file may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A picture: nothing in it loads from elsewhere.
    Picture,
    /// Data such as a feed, which is full of addresses.
    Data,
}

/// Everything in the file `name` that would act, in order.
#[must_use]
pub fn find_acts(name: &str, bytes: &[u8]) -> Vec<Act> {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
    match end.as_str() {
        // A file of plain words, such as search engines ask for to know whose site it is, does nothing.
        "html" | "htm"
            if bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r') && *byte != b'<') =>
        {
            Vec::new()
        }
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "mhtml" | "mht" => {
            vec![Act { span: None, what: IS_A_PAGE, cure: None }]
        }
        "svgz" => vec![unreadable(None, IS_CLOSED)],
        "svg" => judge_xml(bytes, Form::Picture),
        "xml" | "xsl" | "xslt" | "rss" | "atom" | "rdf" | "mml" | "mathml" => judge_xml(bytes, Form::Data),
        _ => Vec::new(),
    }
}

fn act(span: impl Into<Span>, what: &'static str) -> Act {
    Act { span: Some(span.into()), what, cure: None }
}

fn unreadable(span: Option<Span>, what: &'static str) -> Act {
    Act { span, what, cure: Some(SAVE_AGAIN) }
}

fn judge_xml(bytes: &[u8], form: Form) -> Vec<Act> {
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![unreadable(None, IS_CLOSED)] };
    let document = match xml::read(text) {
        Ok(document) => document,
        Err(Unread::Broken(at)) => return vec![unreadable(Some(Span::new(at, at)), IS_BROKEN)],
        Err(Unread::TooLarge) => return vec![unreadable(None, IS_TOO_LARGE)],
    };
    let mut found = Vec::new();
    found.extend(find_other_encoding(text).map(|span| unreadable(Some(span), IS_CLOSED)));
    found.extend(find_disguise(&document).map(|span| act(span, DISGUISES)));
    // The parser takes `x:xmlns` for the namespace of names without a prefix; browsers do not.
    found.extend(text.find(":xmlns").map(|at| unreadable(Some(Span::new(at, at + ":xmlns".len())), IS_ODD)));
    for node in document.descendants() {
        if node.is_element() {
            judge_element(node, form, &mut found);
        } else if node.pi().is_some_and(|instruction| instruction.target.eq_ignore_ascii_case("xml-stylesheet")) {
            found.push(act(node.range(), LOADS));
        }
    }
    found
}

/// `<?xml … encoding="…"?>`, if it does not say UTF-8.
fn find_other_encoding(text: &str) -> Option<Span> {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let inside = text[start..].strip_prefix("<?xml")?.split("?>").next()?;
    if !inside.starts_with(|c: char| c.is_ascii_whitespace()) {
        return None;
    }
    // It is written as attributes are.
    let element = format!("<xml{inside}/>");
    let is_utf_8 = xml::read(&element).is_ok_and(|read| {
        read.root_element().attribute("encoding").is_none_or(|encoding| encoding.eq_ignore_ascii_case("utf-8"))
    });
    (!is_utf_8).then(|| Span::new(start, start + "<?xml".len() + inside.len() + "?>".len()))
}

/// Where the sign stands first outside of quotes: the addresses of a document type may hold any.
fn find_unquoted(text: &str, sign: char) -> Option<usize> {
    let mut open = None;
    for (at, c) in text.char_indices() {
        match open {
            Some(quote) if c == quote => open = None,
            None if c == sign => return Some(at),
            None if c == '"' || c == '\'' => open = Some(c),
            _ => {}
        }
    }
    None
}

/// The first declaration within `<!DOCTYPE … [ … ]>` that does more than give a web address a name, as drawing programs do
/// with the namespaces that they use. Others could set attributes, or hide tags.
fn find_disguise(document: &Document<'_>) -> Option<Span> {
    let text = document.input_text();
    let doctype = prolog(document).find(|part| text[part.clone()].contains("<!DOCTYPE"))?;
    let mut at = doctype.start + find_unquoted(&text[doctype.clone()], '[')? + 1;
    loop {
        let rest = text[at..].trim_start();
        if rest.starts_with(']') {
            return None;
        }
        let start = text.len() - rest.len();
        at = start + rest.find('>').map_or(rest.len(), |end| end + 1);
        if !names_an_address(&text[start..at]) {
            return Some(Span::new(start, at));
        }
    }
}

/// What stands before the first element, between comments and instructions.
fn prolog(document: &Document<'_>) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    document.root().children().map(move |node| std::mem::replace(&mut end, node.range().end)..node.range().start)
}

/// Is it `<!ENTITY name "https://…">`?
fn names_an_address(declaration: &str) -> bool {
    let words: Vec<&str> = declaration.trim_end_matches('>').split_whitespace().collect();
    let ["<!ENTITY", name, value] = words[..] else { return false };
    let Some(address) = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote)) else {
        return false;
    };
    name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        && !["lt", "gt", "amp", "quot", "apos"].contains(&name)
        && (address.starts_with("http://") || address.starts_with("https://"))
        && address.chars().all(|c| c.is_ascii_alphanumeric() || ":/._-#?=~+".contains(c))
}

fn judge_element(element: Node<'_, '_>, form: Form, found: &mut Vec<Act>) {
    let name = local_name(element);
    let form = if element.tag_name().namespace() == Some(SVG) { Form::Picture } else { form };
    if ACTING.contains(&&*name) {
        found.push(act(xml::tag(element), RUNS));
    } else if is_page(element, &name) && !element.parent().is_some_and(holds_pages) {
        found.push(act(xml::tag(element), HOLDS_A_PAGE));
    }
    for attribute in element.attributes() {
        found.extend(judge_attribute(&name, attribute, form).map(|what| act(attribute.range(), what)));
    }
    if name == "style" && form == Form::Picture {
        judge_sheet(element, found);
    }
}

fn local_name(element: Node<'_, '_>) -> String {
    element.tag_name().name().to_ascii_lowercase()
}

/// Would a browser show this element, or what it holds, as it shows pages? Links to other languages, which site maps hold, are
/// not shown. Illustrator keeps things of its own in `foreignObject`.
fn is_page(element: Node<'_, '_>, name: &str) -> bool {
    let is_shown = |inner: Node<'_, '_>| match inner.node_type() {
        NodeType::Element => inner.tag_name().name() != "pgfRef",
        NodeType::Text => inner.text().is_some_and(|text| !text.trim().is_empty()),
        _ => false,
    };
    match name {
        "foreignobject" => element.descendants().skip(1).any(is_shown),
        "link" if element.attribute("rel") == Some("alternate") => false,
        _ => element.tag_name().namespace() == Some(XHTML),
    }
}

fn holds_pages(element: Node<'_, '_>) -> bool {
    element.tag_name().namespace() == Some(XHTML) || local_name(element) == "foreignobject"
}

fn judge_attribute(element: &str, attribute: Attribute<'_, '_>, form: Form) -> Option<&'static str> {
    let name = attribute.name().to_ascii_lowercase();
    if name.starts_with("on") && name.len() > 2 {
        return Some(RUNS);
    }
    let value = attribute.value();
    let is_leading = LEADING.contains(&&*name);
    let is_list = LISTING.contains(&&*name);
    let mut addresses = value.split(|c: char| is_list && (matches!(c, ';' | ',') || c.is_whitespace()));
    if is_leading && addresses.clone().filter_map(runs).any(|scheme| scheme != "data") {
        return Some(RUNS);
    }
    if form == Form::Data {
        return None;
    }
    let is_followed = element == "a" && name == "href" && runs(value).is_none();
    // Names with a prefix belong to the program that drew the picture.
    let is_style = attribute.namespace().is_none() && value.contains('(');
    let leads_out = is_leading && !is_followed && addresses.any(is_elsewhere);
    let is_acting = leads_out || (is_style && find_loads(value).is_none_or(|loads| !loads.is_empty()));
    is_acting.then_some(LOADS)
}

fn judge_sheet(sheet: Node<'_, '_>, found: &mut Vec<Act>) {
    let texts: Vec<Node<'_, '_>> = sheet.children().filter(Node::is_text).collect();
    let css: String = texts.iter().filter_map(Node::text).collect();
    // Some browsers take the text of elements in a style sheet for a part of it, some do not.
    let loads = find_loads(&css).filter(|_| !sheet.children().any(|node| node.is_element()));
    let Some(loads) = loads else { return found.push(unreadable(Some(xml::tag(sheet)), IS_ODD)) };
    let start = if let [text] = texts[..] { xml::verbatim_start(text) } else { None };
    found.extend(loads.into_iter().map(|span| act(start.map_or(xml::tag(sheet), |start| span.shifted(start)), LOADS)));
}

/// What a style sheet, or a value in one, loads from elsewhere; `None` if it is too deep to be looked into.
fn find_loads(css: &str) -> Option<Vec<Span>> {
    let is_font = |target: &str| FONTS.iter().any(|start| begins_with(target, start));
    let mentions = css::mentions(css)?.into_iter();
    let acting =
        mentions.filter(|mention| mention.is_import || (is_elsewhere(&mention.target) && !is_font(&mention.target)));
    Some(acting.map(|mention| mention.span).collect())
}

/// Does an address lead out of the site? Pictures that an address holds itself are here.
fn is_elsewhere(address: &str) -> bool {
    let address = address.trim();
    !PICTURES.iter().any(|start| begins_with(address, start)) && disguise(address).is_some()
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        let marked = |act: Act| act.span.map_or_else(|| "all".to_owned(), |span| text[span.start..span.end].to_owned());
        find_acts(name, text.as_bytes()).into_iter().map(marked).collect()
    }

    fn check(name: &str, text: &str, expected: &str, what: &str) {
        assert_eq!(found(name, text).first().map(String::as_str), Some(expected), "{text}");
        assert_eq!(find_acts(name, text.as_bytes())[0].what, what, "{text}");
    }

    #[test]
    fn what_runs_is_found_where_it_stands() {
        for (text, expected) in [
            ("<svg><script>alert(1)</script></svg>", "<script"),
            ("<svg><script><![CDATA[alert(1)]]></script></svg>", "<script"),
            ("<svg><s:script xmlns:s='http://www.w3.org/2000/svg'/></svg>", "<s:script"),
            ("<svg><g><SCRIPT\n/></g></svg>", "<SCRIPT"),
            ("<svg\nonload = \"alert(1)\"/>", "onload = \"alert(1)\""),
            ("<svg xmlns:x='urn:x' x:onload='alert(1)'/>", "x:onload='alert(1)'"),
            (
                "<svg xmlns:xlink='http://www.w3.org/1999/xlink'><a xlink:href='java&#115;cript:alert(1)'>x</a></svg>",
                "xlink:href='java&#115;cript:alert(1)'",
            ),
            ("<svg><a href='java&#x9;script:alert(1)'/></svg>", "href='java&#x9;script:alert(1)'"),
            (
                "<svg><a href='#'><set attributeName='href' to='javascript:alert(1)'/></a></svg>",
                "to='javascript:alert(1)'",
            ),
            ("<svg><animate values='#;javascript:alert(1)'/></svg>", "values='#;javascript:alert(1)'"),
            ("<svg><a xml:base='vbscript:x'/></svg>", "xml:base='vbscript:x'"),
            ("\u{feff}<svg><script/></svg>", "<script"),
        ] {
            check("A.SVG", text, expected, RUNS);
            check("a.xml", text, expected, RUNS);
        }
    }

    #[test]
    fn what_loads_from_elsewhere_is_found_where_it_stands() {
        for (text, expected) in [
            ("<svg><image href='data:text/html,x'/></svg>", "href='data:text/html,x'"),
            ("<svg><image href='data:image/svg+xml,x'/></svg>", "href='data:image/svg+xml,x'"),
            ("<svg><image href='//tracker.example/x.png'/></svg>", "href='//tracker.example/x.png'"),
            ("<svg><animate values='#a; https://t.example/x'/></svg>", "values='#a; https://t.example/x'"),
            ("<svg><a href='/' ping='/ https://t.example/'/></svg>", "ping='/ https://t.example/'"),
            ("<!DOCTYPE svg [<!ENTITY t 'http://t.example/'>]><svg><image href='&t;x'/></svg>", "href='&t;x'"),
            ("<svg><style>a{fill:url(\\2f\\2f t.example)}</style></svg>", "\\2f\\2f t.example"),
            ("<svg><style>@\\69 m\\port 'x'</style></svg>", "'x'"),
            ("<svg><style>@import url(x)</style></svg>", "x"),
            ("<svg><style>a{fill:url(data:text/html,x)}</style></svg>", "data:text/html,x"),
            ("<svg><style><![CDATA[a{fill:\\75rl(//t.example)}]]></style></svg>", "//t.example"),
            ("<svg><style/><style>a{fill:url('//t.example')}</style></svg>", "'//t.example'"),
            ("<svg><style>@<!-- -->im<![CDATA[port]]>&#32;'x'</style></svg>", "<style"),
            ("<svg><style>&#64;import 'x'</style></svg>", "<style"),
            ("<!DOCTYPE svg [<!ENTITY t 'http://t.example/'>]><svg><style>a{fill:url(&t;x)}</style></svg>", "<style"),
            (
                "<svg><g style=\"fill: url( 'https://t.example/x' )\"/></svg>",
                "style=\"fill: url( 'https://t.example/x' )\"",
            ),
            ("<svg><g fill='URL(&#34;//t.example&#34;)'/></svg>", "fill='URL(&#34;//t.example&#34;)'"),
            ("<?xml-stylesheet href='x.xsl'?><svg/>", "<?xml-stylesheet href='x.xsl'?>"),
        ] {
            check("a.svg", text, expected, LOADS);
        }
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg'><image href='//t.example'/></svg>";
        check("a.xml", drawing, "href='//t.example'", LOADS);
        check("feed.xml", "<?xml-stylesheet href='x.xsl'?><rss/>", "<?xml-stylesheet href='x.xsl'?>", LOADS);
    }

    #[test]
    fn pages_within_are_found_once() {
        for (text, expected) in [
            ("<svg><foreignObject><p/></foreignObject></svg>", "<foreignObject"),
            ("<svg><foreignObject>&lt;</foreignObject></svg>", "<foreignObject"),
            ("<svg xmlns:h='http://www.w3.org/1999/xhtml'><h:p><h:b/></h:p></svg>", "<h:p"),
            ("<svg><p xmlns='http://www.w3.org/1999/xhtml'/></svg>", "<p"),
            ("<!DOCTYPE svg [<!ENTITY w 'http://www.w3.org/1999/'>]><svg xmlns:h='&w;xhtml'><h:p/></svg>", "<h:p"),
            (
                "<svg><foreignObject><div xmlns='http://www.w3.org/1999/xhtml'><p/></div></foreignObject></svg>",
                "<foreignObject",
            ),
        ] {
            check("a.svg", text, expected, HOLDS_A_PAGE);
            assert_eq!(found("a.svg", text).len(), 1, "{text}");
        }
        let feed = "<feed><content><meta xmlns='http://www.w3.org/1999/xhtml' http-equiv='refresh'/></content></feed>";
        check("a.xml", feed, "<meta", HOLDS_A_PAGE);
        for page in ["<p>x", "x\u{1b}$B", "x\u{e9}"] {
            check("google1.html", page, "all", IS_A_PAGE);
        }
        check("notes.mhtml", "x", "all", IS_A_PAGE);
    }

    #[test]
    fn names_that_can_stand_for_anything_are_refused() {
        for (subset, expected) in [
            ("<!ENTITY % t 'http://t.example/'>", "<!ENTITY % t 'http://t.example/'>"),
            ("<!ENTITY t SYSTEM 'http://t.example/'>", "<!ENTITY t SYSTEM 'http://t.example/'>"),
            ("<!ENTITY t 'http://t.example/&#60;'>", "<!ENTITY t 'http://t.example/&#60;'>"),
            ("<!ENTITY t 'javascript:x'>", "<!ENTITY t 'javascript:x'>"),
            ("<!ENTITY lt 'http://t.example/'>", "<!ENTITY lt 'http://t.example/'>"),
            ("<!ATTLIST svg onload CDATA 'x'>", "<!ATTLIST svg onload CDATA 'x'>"),
            ("<!ENTITY a 'http://t.example/'> <!ATTLIST g x CDATA #IMPLIED>", "<!ATTLIST g x CDATA #IMPLIED>"),
            ("<!ENTITY x '<script/>'>", "<!ENTITY x '<script/>"),
            ("<!ENTITY x ']><script/>'>", "<!ENTITY x ']>"),
            ("<!-- --><!ENTITY x '<script/>'>", "<!-- -->"),
        ] {
            for start in [
                "<!DOCTYPE svg [",
                "<!-- <!DOCTYPE svg> --><!DOCTYPE svg SYSTEM '>' [ ",
                "<!DOCTYPE svg SYSTEM '[]\"' [",
                "<!DOCTYPE svg PUBLIC \"']\" '[]' [",
            ] {
                check("a.svg", &format!("{start}{subset}]><svg/>"), expected, DISGUISES);
            }
        }
        let laugh = |c: char| format!("<!ENTITY {c} '{}'>", format!("&{};", char::from(c as u8 - 1)).repeat(10));
        let laughs = ('b'..='j').map(laugh).collect::<Vec<_>>().concat();
        let laughs = format!("<!DOCTYPE svg [<!ENTITY a 'lol'>{laughs}]><svg>&j;</svg>");
        assert_eq!(find_acts("a.svg", laughs.as_bytes())[0].what, IS_BROKEN);
        check("a.svg", &laughs.replace("&j;", ""), "<!ENTITY a 'lol'>", DISGUISES);
    }

    #[test]
    fn what_browsers_may_read_otherwise_is_refused() {
        for text in [
            "<?xml version='1.0' encoding='utf-7'?>",
            "<?xml\tversion='1.0'\nencoding\n=\"ISO-2022-JP\" standalone='yes'?>",
            "<?xml version='1.0' encoding='shift_jis' standalone='utf-8'?>",
            "<?xml\tversion='1.0' encoding=utf-8?>",
        ] {
            check("a.svg", &format!("{text}<svg/>"), text, IS_CLOSED);
            let marked = format!("\u{feff}{text}<rss/>");
            check("a.rss", &marked, text, IS_CLOSED);
        }
        let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(find_acts("a.svg", &utf_16("\u{feff}<svg/>"))[0].what, IS_CLOSED);
        assert_eq!(find_acts("a.svg", &utf_16("<svg/>"))[0].what, IS_BROKEN);
        check("a.svgz", "x", "all", IS_CLOSED);
        let hidden = "<p xmlns:x='urn:x' x:xmlns='urn:y' xmlns='http://www.w3.org/1999/xhtml'/>";
        check("a.xml", hidden, ":xmlns", IS_ODD);
        check("a.svg", "<svg><style>@im<g>x</g>port 'x'</style></svg>", "<style", IS_ODD);
        check("a.svg", &format!("<svg><style>{}</style></svg>", "(".repeat(200)), "<style", IS_ODD);
    }

    #[test]
    fn what_is_no_xml_is_refused_where_browsers_stop() {
        for (before, behind) in [
            ("<svg><g>", "</svg>"),
            ("<svg>", "<g"),
            ("<svg a=", "b/>"),
            ("<svg a='", "<script/>'/>"),
            ("<svg a='1' ", "a='2'/>"),
            ("<svg><use ", "xlink:href='#a'/></svg>"),
            ("<svg>\n  é", "&nbsp;</svg>"),
            ("<svg/>", "<script/>"),
            ("<svg>", "<!-- -- --></svg>"),
            ("<svg><style>a{fill:url(//t.example)}", ""),
            ("<svg>", ""),
            ("", ""),
        ] {
            let text = format!("{before}{behind}");
            let found = find_acts("a.svg", text.as_bytes());
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].what, IS_BROKEN, "{text}");
            let start = found[0].span.expect("it has a place").start;
            let end = if behind == "<g" { text.len() } else { before.len() };
            assert_eq!(&text[..start], &text[..end], "{text}");
        }
    }

    #[test]
    fn large_and_deep_files_are_survived() {
        let deep = format!("{}<script/>{}", "<g>".repeat(150_000), "</g>".repeat(150_000));
        check("a.svg", &deep, "<script", RUNS);
        let nested = format!("{}{}", "<foreignObject>".repeat(50_000), "</foreignObject>".repeat(50_000));
        check("a.svg", &nested, "<foreignObject", HOLDS_A_PAGE);
        let many_names = (0..500).map(|i| format!("<g xmlns:n{i}='urn:{i}'>")).collect::<Vec<_>>().concat();
        let many_values = (0..2_000).map(|i| format!(" a{i}=''")).collect::<Vec<_>>().concat();
        for text in ["<g/>".repeat(1_000_001), many_names, format!("<svg{many_values}/>")] {
            check("a.svg", &text, "all", IS_TOO_LARGE);
        }
    }

    #[test]
    fn what_only_shows_something_is_let_be() {
        let drawing = concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" ",
            "\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- [<script>] -->\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 8 8\" ",
            "xmlns:cc=\"http://creativecommons.org/ns#\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
            "<metadata><cc:license rdf:resource=\"http://creativecommons.org/licenses/by/4.0/\"/></metadata>",
            "<style>.a{fill:url(#b);font-family:\"x\"}</style><use xlink:href=\"#c\"/>",
            "<a href=\"https://friends.example/\"><path d='M0 0' style='fill:url(#b)'/></a><![CDATA[<script>]]>",
            "<image href=\"data:image/png;base64,iVBO\"/><text font-family=\"a, b\">on: 1 &lt; 2</text></svg>",
        );
        assert_eq!(found("a.svg", drawing), Vec::<String>::new());
        assert_eq!(found("a.svg", &format!("\u{feff}{drawing}")), Vec::<String>::new());
        let feed = concat!(
            "<feed><link rel='self' href='https://a.example/atom.xml'/><content type='html'>&lt;script></content>",
            "<h:link xmlns:h='http://www.w3.org/1999/xhtml' rel='alternate' hreflang='de' href='https://a.example/de/'/></feed>",
        );
        assert_eq!(found("a.xml", feed), Vec::<String>::new());
        assert_eq!(found("tool.js", "alert(1)"), Vec::<String>::new());
        assert_eq!(found("google1.html", "google-site-verification: google1.html\n"), Vec::<String>::new());
    }

    #[test]
    fn what_drawing_programs_write_is_let_be() {
        for text in [
            "<svg><style>.a{content:\"\\201C\";transform:rotate(3deg)}</style></svg>",
            "<svg><style>@font-face{src:url(data:font/woff2;base64,d09G) format('woff2')}</style></svg>",
            "<svg><style>@font-face{src:url(\"data:application/x-font-ttf;base64,AAEA\")}</style></svg>",
            "<svg><style>.a{background:url(data:image/png;base64,iVBO)}</style></svg>",
            "<svg><image href=\"data:image/png;base64,iVBO\"/></svg>",
            "<svg><rect title=\"vbscript: no\" begin='a.begin+1:00' aria-label='Data: a, b; javascript: c'/></svg>",
            "<svg xmlns:h='http://www.w3.org/1999/xhtml'/>",
            concat!(
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n",
                "\t<!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\">\n",
                "\t<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n]>\n<svg xmlns=\"&ns_svg;\" xmlns:i=\"&ns_ai;\" ",
                "xmlns:xlink=\"http://www.w3.org/1999/xlink\"><switch>",
                "<foreignObject requiredExtensions=\"&ns_ai;\" x=\"0\"><i:pgfRef xlink:href=\"#a\"></i:pgfRef></foreignObject>",
                "<g i:extraneous=\"self\"/></switch></svg>",
            ),
            "<svg><foreignObject/><foreignObject width='1'> </foreignObject></svg>",
        ] {
            assert_eq!(found("a.svg", text), Vec::<String>::new(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(parts in proptest::collection::vec(proptest::sample::select(PARTS.to_vec()), 0..30)) {
            let text: String = parts.concat();
            for act in find_acts("a.svg", text.as_bytes()) {
                proptest::prop_assert!(act.span.is_none_or(|span| text.get(span.start..span.end).is_some()));
            }
        }
    }

    const PARTS: [&str; 30] = [
        "<",
        ">",
        "</",
        "/>",
        "<svg>",
        "</svg>",
        "<g",
        " a='é'",
        "='",
        "\"",
        "<!",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "<style>",
        "</style>",
        "\\",
        "é",
        "&",
        "&a;",
        "<!DOCTYPE svg [",
        "<!ENTITY a 'https://b.example'>",
        "]>",
        "url(",
        "@import",
        "<foreignObject>",
        "\n",
    ];
}
