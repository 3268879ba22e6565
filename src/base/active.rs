//! Files that would do more than show something: pages, and pictures or data that run programs or load from elsewhere.
//!
//! Browsers open such a file as a page of its own, without the policy that the site's pages carry. The reading is
//! strict and shallow: what merely looks as if it could act is found too.

use super::{Span, address};

/// Something in a file that would act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Where; `None` if it is the whole file.
    pub span: Option<Span>,
    /// What it would do, so that it can follow `this file`.
    pub what: &'static str,
}

const IS_A_PAGE: &str = "is a page of its own, without the site's Content-Security-Policy";
const IS_CLOSED: &str = "cannot be looked into: it is not UTF-8 text";
const RUNS: &str = "would run a program";
const HOLDS_A_PAGE: &str = "holds a part that is a page of its own";
const LOADS: &str = "would load something from elsewhere";
const DISGUISES: &str = "declares names that can stand for anything";

/// Elements that run programs, or bring in other documents.
const ACTING: [&str; 8] = ["script", "handler", "listener", "iframe", "frame", "embed", "object", "applet"];

/// Attributes that lead somewhere, or that an animation puts in the place of one that does.
const LEADING: [&str; 12] =
    ["href", "src", "srcset", "from", "to", "by", "values", "base", "action", "formaction", "data", "poster"];

/// What fonts call themselves within an address of their own, in small letters.
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
pub fn acts(name: &str, bytes: &[u8]) -> Vec<Act> {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
    let form = match end.as_str() {
        // A file of plain words, such as search engines ask for to know whose site it is, does nothing.
        "html" | "htm"
            if bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r') && *byte != b'<') =>
        {
            return Vec::new();
        }
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "mhtml" | "mht" => {
            return vec![Act { span: None, what: IS_A_PAGE }];
        }
        "svg" => Form::Picture,
        "svgz" => return vec![Act { span: None, what: IS_CLOSED }],
        "xml" | "xsl" | "xslt" | "rss" | "atom" | "rdf" | "mml" | "mathml" => Form::Data,
        _ => return Vec::new(),
    };
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![Act { span: None, what: IS_CLOSED }] };
    let mut reader = Reader { text, form, found: Vec::new(), sheet: None, names: Vec::new() };
    reader.read();
    reader.found
}

/// Goes through the tags of an XML text.
struct Reader<'t> {
    text: &'t str,
    form: Form,
    found: Vec<Act>,
    /// Where the style sheet that is open begins.
    sheet: Option<usize>,
    /// The names that the file declares, as `&name;`, with the addresses for which they stand.
    names: Vec<(String, String)>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let text = self.text;
        let mut at = 0;
        while let Some(start) = text[at..].find('<').map(|found| at + found) {
            let rest = &text[start..];
            let end_after = |mark: &str| rest.find(mark).map_or(text.len(), |end| start + end + mark.len());
            at = match () {
                () if rest.starts_with("<!--") => rest[4..].find("-->").map_or(text.len(), |end| start + 4 + end + 3),
                () if rest.starts_with("<![CDATA[") => end_after("]]>"),
                () if rest.starts_with("<?") => self.instruction(start, end_after("?>")),
                () if rest.starts_with("<!") => self.declaration(start),
                () => self.tag(start),
            };
        }
        self.end_sheet(text.len());
    }

    fn add(&mut self, start: usize, end: usize, what: &'static str) {
        self.found.push(Act { span: Some(Span::new(start, end)), what });
    }

    /// `<?xml …?>` with another encoding, or `<?xml-stylesheet …?>`.
    fn instruction(&mut self, start: usize, end: usize) -> usize {
        let inside = self.text[start..end].to_lowercase();
        let is_other = inside.split_once("encoding").is_some_and(|(_, encoding)| !encoding.contains("utf-8"));
        if inside.starts_with("<?xml-stylesheet") {
            self.add(start, end, LOADS);
        } else if inside.starts_with("<?xml") && is_other {
            self.add(start, end, IS_CLOSED);
        }
        end
    }

    /// `<!DOCTYPE …>`, whose names could stand for tags.
    fn declaration(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let end = rest.find('>').map_or(self.text.len(), |end| start + end + 1);
        if !rest.starts_with("<!DOCTYPE") {
            self.add(start, end, DISGUISES);
            return end;
        }
        let Some(open) = self.text[start..end].find('[').map(|open| start + open) else { return end };
        match names(&self.text[open + 1..]) {
            Some((names, length)) => {
                self.names = names;
                open + 1 + length
            }
            None => {
                self.add(open, end, DISGUISES);
                end
            }
        }
    }

    /// A value with everything written out that stands for something else.
    fn written_out(&self, value: &str) -> String {
        let mut value = value.to_owned();
        for (name, address) in &self.names {
            value = value.replace(name, address);
        }
        address::decode_entities(&value)
    }

    fn tag(&mut self, start: usize) -> usize {
        let text = self.text;
        let name_end = end_of_name(text, start + 1 + usize::from(text[start + 1..].starts_with('/')));
        let name = local(&text[start + 1..name_end]);
        let closes = text[start..].starts_with("</");
        match (name == "style", closes) {
            (true, false) => self.sheet = self.sheet.or(Some(name_end)),
            (true, true) => self.end_sheet(start),
            (false, _) => {}
        }
        if ACTING.contains(&name.as_str()) && !closes {
            self.add(start, name_end, RUNS);
        }
        let before = self.found.len();
        let end = self.attributes(&name, name_end);
        if name == "foreignobject" && !closes && !is_empty(text, end) {
            self.found.insert(before, Act { span: Some(Span::new(start, name_end)), what: HOLDS_A_PAGE });
        }
        end
    }

    /// Reads the rest of a tag; gives the byte behind it.
    fn attributes(&mut self, element: &str, start: usize) -> usize {
        let text = self.text;
        let mut at = start;
        loop {
            let Some(next) = text[at..].find(|c: char| !c.is_whitespace() && c != '/').map(|next| at + next) else {
                return text.len();
            };
            if text[next..].starts_with('>') {
                return next + 1;
            }
            if text[next..].starts_with('<') {
                return next;
            }
            at = self.attribute(element, next);
        }
    }

    /// Reads `name="value"`; gives the byte behind it.
    fn attribute(&mut self, element: &str, start: usize) -> usize {
        let text = self.text;
        let name_end = end_of_name(text, start);
        if name_end == start {
            return start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
        let whole = text[start..name_end].to_lowercase();
        let name = local(&whole);
        let behind = text[name_end..].trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else { return name_end };
        let from = text.len() - value.len();
        let (from, end, next) = match value.chars().next().filter(|c| "\"'".contains(*c)) {
            Some(quote) => {
                let end = value[1..].find(quote).map_or(text.len(), |end| from + 1 + end);
                (from + 1, end, (end + 1).min(text.len()))
            }
            None => {
                let end = value.find(|c: char| c.is_whitespace() || c == '>').map_or(text.len(), |end| from + end);
                (from, end, end)
            }
        };
        if let Some(what) = self.value_acts(element, &name, &whole, &text[from..end]) {
            self.add(start, next, what);
        }
        next
    }

    fn value_acts(&self, element: &str, name: &str, whole: &str, value: &str) -> Option<&'static str> {
        let value = self.written_out(value);
        if whole.starts_with("xmlns") {
            let is_page = self.form == Form::Picture && value.contains("1999/xhtml");
            return is_page.then_some(HOLDS_A_PAGE);
        }
        if name.starts_with("on") && name.len() > 2 {
            return Some(RUNS);
        }
        let leads = LEADING.contains(&name);
        // Animations list several values of another attribute.
        if leads && value.split([';', ',']).filter_map(address::runs).any(|scheme| scheme != "data") {
            return Some(RUNS);
        }
        if self.form == Form::Data {
            return None;
        }
        let is_followed = element == "a" && name == "href" && address::runs(&value).is_none();
        match () {
            () if leads && !is_followed && is_elsewhere(&value) => Some(LOADS),
            // Names with a prefix belong to the program that drew the picture.
            () if !whole.contains(':') && css_acts(&value) => Some(LOADS),
            () => None,
        }
    }

    fn end_sheet(&mut self, end: usize) {
        let Some(start) = self.sheet.take() else { return };
        if self.form == Form::Picture && css_acts(&self.written_out(&self.text[start..end])) {
            self.add(start, end, LOADS);
        }
    }
}

fn end_of_name(text: &str, start: usize) -> usize {
    text[start..].find(|c: char| c.is_whitespace() || "<>/=\"'".contains(c)).map_or(text.len(), |end| start + end)
}

/// A name in small letters without its prefix, and without the slash of a closing tag.
fn local(name: &str) -> String {
    let name = name.trim_start_matches('/');
    name.rsplit_once(':').map_or(name, |(_, name)| name).to_lowercase()
}

/// Does an element whose first tag ends at byte `end` hold nothing, or only what Illustrator keeps there for itself?
fn is_empty(text: &str, end: usize) -> bool {
    if text[..end].ends_with("/>") {
        return true;
    }
    let mut rest = text[end..].trim_start();
    while rest.starts_with("<i:pgfRef") || rest.starts_with("</i:pgfRef") {
        rest = rest.split_once('>').map_or("", |(_, rest)| rest).trim_start();
    }
    rest.starts_with("</")
}

/// Names for web addresses, up to the `]>` after them, and how long all of that is; `None` if anything else stands there.
///
/// Drawing programs give names to the namespaces that they use.
fn names(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    let mut names = Vec::new();
    let mut rest = text.trim_start();
    while let Some(inside) = rest.strip_prefix("<!ENTITY") {
        let (name, value) = inside.trim_start().split_once(char::is_whitespace)?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
        let (address, behind) = value[1..].split_once(quote)?;
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        let is_plain = address.chars().all(|c| c.is_ascii_alphanumeric() || ":/._-#?=~+".contains(c));
        if !is_name || !is_address || !is_plain || ["lt", "gt", "amp", "quot", "apos"].contains(&name) {
            return None;
        }
        names.push((format!("&{name};"), address.to_owned()));
        rest = behind.trim_start().strip_prefix('>')?.trim_start();
    }
    let rest = rest.strip_prefix(']')?.trim_start().strip_prefix('>')?;
    Some((names, text.len() - rest.len()))
}

/// Does an address lead out of the site? Pictures that an address holds itself are here.
fn is_elsewhere(value: &str) -> bool {
    let value = value.trim();
    let kinds = ["png", "jpeg", "jpg", "gif", "webp", "avif", "bmp"];
    let is_picture = kinds.iter().any(|kind| begins_with(value, &format!("data:image/{kind}")));
    !is_picture && address::disguise(value).is_some()
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// Does a style sheet, or a value in one, load from elsewhere? It is read as written, and with its escapes written out.
fn css_acts(css: &str) -> bool {
    plain_css_acts(css) || (css.contains('\\') && plain_css_acts(&unescape_css(css)))
}

/// The same for a style sheet without escapes. Fonts that it holds itself are here.
fn plain_css_acts(css: &str) -> bool {
    let css = css.to_lowercase();
    let leads_out = |(at, _): (usize, &str)| {
        let inside = css[at + 4..].trim_start_matches([' ', '\t', '\n', '\r', '\u{c}', '"', '\'']);
        let is_font = FONTS.iter().any(|start| inside.starts_with(start));
        !is_font && is_elsewhere(inside.split(['"', '\'', ')']).next().unwrap_or_default())
    };
    ["@import", "image-set("].iter().any(|word| css.contains(word)) || css.match_indices("url(").any(leads_out)
}

/// A style sheet in which each `\` and what it stands for together is the character itself, as CSS Syntax 3 has it.
fn unescape_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        match u32::from_str_radix(&rest[..digits], 16) {
            Ok(number) => {
                out.push(char::from_u32(number).unwrap_or('\u{fffd}'));
                rest = &rest[digits..];
                // One white space belongs to the number, and CR LF is one.
                rest = rest
                    .strip_prefix("\r\n")
                    .or_else(|| rest.strip_prefix([' ', '\t', '\n', '\r', '\u{c}']))
                    .unwrap_or(rest);
            }
            // A line that goes on below; any other character stands for itself.
            Err(_) => rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        let marked = |act: Act| act.span.map_or_else(|| "all".to_owned(), |span| text[span.start..span.end].to_owned());
        acts(name, text.as_bytes()).into_iter().map(marked).collect()
    }

    #[test]
    fn what_acts_is_found_where_it_stands() {
        for (text, expected) in [
            ("<svg><script>alert(1)</script></svg>", "<script"),
            ("<svg><s:script xmlns:s='http://www.w3.org/2000/svg'/></svg>", "<s:script"),
            ("<svg\nonload = \"alert(1)\"/>", "onload = \"alert(1)\""),
            ("<svg><a xlink:href='java&#115;cript:alert(1)'>x</a></svg>", "xlink:href='java&#115;cript:alert(1)'"),
            (
                "<svg><a href='#'><set attributeName='href' to='javascript:alert(1)'/></a></svg>",
                "to='javascript:alert(1)'",
            ),
            ("<svg><animate values='#;javascript:alert(1)'/></svg>", "values='#;javascript:alert(1)'"),
            ("<svg><foreignObject><p/></foreignObject></svg>", "<foreignObject"),
            ("<svg><foreignObject>&lt;</foreignObject></svg>", "<foreignObject"),
            ("<svg><a xml:base='vbscript:x'/></svg>", "xml:base='vbscript:x'"),
            ("<svg><image href='data:text/html,x'/></svg>", "href='data:text/html,x'"),
            ("<svg><style>a{fill:url(\\2f\\2f t.example)}</style></svg>", ">a{fill:url(\\2f\\2f t.example)}"),
            ("<svg><style>\\0040 im\\port 'x'</style></svg>", ">\\0040 im\\port 'x'"),
            ("<svg><style>a{fill:u\\\nrl(//t.example)}</style></svg>", ">a{fill:u\\\nrl(//t.example)}"),
            ("<svg><style>a{fill:url(data:text/html,x)}</style></svg>", ">a{fill:url(data:text/html,x)}"),
            ("<!DOCTYPE svg [<!ENTITY t 'http://t.example/'>]><svg><image href='&t;x'/></svg>", "href='&t;x'"),
            ("<!DOCTYPE svg [<!ENTITY t 'http://t.example/'>]><svg><style>a{fill:url(&t;x)}", ">a{fill:url(&t;x)}"),
            ("<!DOCTYPE svg [<!ENTITY h 'http://www.w3.org/1999/xhtml'>]><svg xmlns:h='&h;'/>", "xmlns:h='&h;'"),
            ("<!DOCTYPE svg [<!ENTITY % t 'http://t.example/'>]><svg/>", "[<!ENTITY % t 'http://t.example/'>"),
            (
                "<!DOCTYPE svg [<!ENTITY t SYSTEM 'http://t.example/'>]><svg/>",
                "[<!ENTITY t SYSTEM 'http://t.example/'>",
            ),
            ("<!DOCTYPE svg [<!ENTITY t 'http://t.example/&#60;'>]><svg/>", "[<!ENTITY t 'http://t.example/&#60;'>"),
            ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]><svg/>", "[<!ATTLIST svg onload CDATA 'x'>"),
            ("<!DOCTYPE svg SYSTEM '>' [<!ENTITY x '<script/>'>]><svg/>", "<!ENTITY x '<script/>"),
            ("<svg><image href='//tracker.example/x.png'/></svg>", "href='//tracker.example/x.png'"),
            ("<svg><image href='data:image/svg+xml,x'/></svg>", "href='data:image/svg+xml,x'"),
            (
                "<svg><rect style=\"fill: url( 'https://t.example/x' )\"/></svg>",
                "style=\"fill: url( 'https://t.example/x' )\"",
            ),
            ("<svg><style>@import 'x.css';</style></svg>", ">@import 'x.css';"),
            (
                "<svg><style><![CDATA[a{fill:\\75rl(//t.example)}]]></style></svg>",
                "><![CDATA[a{fill:\\75rl(//t.example)}]]>",
            ),
            ("<svg><style/><style>a{fill:url(//t.example)}</style></svg>", "/><style>a{fill:url(//t.example)}"),
            ("<svg><style>a{fill:url(//t.example)}", ">a{fill:url(//t.example)}"),
            ("<svg xmlns:h='http://www.w3.org/1999/xhtml'/>", "xmlns:h='http://www.w3.org/1999/xhtml'"),
            ("<?xml-stylesheet href='x.xsl'?><svg/>", "<?xml-stylesheet href='x.xsl'?>"),
            ("<?xml version='1.0' encoding='utf-7'?><svg/>", "<?xml version='1.0' encoding='utf-7'?>"),
            ("<!DOCTYPE svg [<!ENTITY x '<script/>'>]><svg/>", "[<!ENTITY x '<script/>"),
        ] {
            assert_eq!(found("A.SVG", text).first().map(String::as_str), Some(expected), "{text}");
        }
        for page in ["<p>x", "x\u{1b}$B", "x\u{e9}"] {
            assert_eq!(found("google1.html", page), ["all"]);
        }
        assert_eq!(found("notes.mhtml", "x"), ["all"]);
        assert_eq!(found("a.svgz", "x"), ["all"]);
        assert_eq!(acts("a.svg", b"\xff\xfe<"), [Act { span: None, what: IS_CLOSED }]);
        assert_eq!(found("feed.xml", "<?xml-stylesheet href='x.xsl'?><rss/>"), ["<?xml-stylesheet href='x.xsl'?>"]);
    }

    #[test]
    fn what_only_shows_something_is_let_be() {
        let drawing = concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" ",
            "\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- <script> -->\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 8 8\">",
            "<metadata><cc:license rdf:resource=\"http://creativecommons.org/licenses/by/4.0/\"/></metadata>",
            "<style>.a{fill:url(#b);font-family:\"x\"}</style><use xlink:href=\"#c\"/>",
            "<a href=\"https://friends.example/\"><path d='M0 0' style='fill:url(#b)'/></a>",
            "<image href=\"data:image/png;base64,iVBO\"/><text font-family=\"a, b\">on: 1 &lt; 2</text></svg>",
        );
        assert_eq!(found("a.svg", drawing), Vec::<String>::new());
        let feed = "<feed><link rel='self' href='https://a.example/atom.xml'/><content type='html'>&lt;script></content></feed>";
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
            concat!(
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n",
                "\t<!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\">\n",
                "\t<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n]>\n<svg xmlns=\"&ns_svg;\" xmlns:i=\"&ns_ai;\"><switch>",
                "<foreignObject requiredExtensions=\"&ns_ai;\" x=\"0\"><i:pgfRef xlink:href=\"#a\"></i:pgfRef></foreignObject>",
                "<g i:extraneous=\"self\"/></switch></svg>",
            ),
            "<svg><foreignObject/><foreignObject width='1'> </foreignObject></svg>",
        ] {
            assert_eq!(found("a.svg", text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn broken_text_is_survived() {
        for text in [
            "<",
            "</",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "<!",
            "<!--",
            "<?",
            "<![CDATA[",
            "<style>",
            "<a =>",
            "<é é=é>",
            "<!DOCTYPE [",
            "<!DOCTYPE [<!ENTITY",
            "<!DOCTYPE [<!ENTITY a '",
            "<style>\\",
            "<style>\\é",
            "<foreignObject>",
        ] {
            let _ = acts("a.svg", text.as_bytes());
        }
    }
}
