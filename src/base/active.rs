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
const ACTING: [&str; 9] =
    ["script", "handler", "listener", "iframe", "frame", "embed", "object", "applet", "foreignobject"];

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
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "mhtml" | "mht" => {
            return vec![Act { span: None, what: IS_A_PAGE }];
        }
        "svg" => Form::Picture,
        "svgz" => return vec![Act { span: None, what: IS_CLOSED }],
        "xml" | "xsl" | "xslt" | "rss" | "atom" | "rdf" | "mml" | "mathml" => Form::Data,
        _ => return Vec::new(),
    };
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![Act { span: None, what: IS_CLOSED }] };
    let mut reader = Reader { text, form, found: Vec::new(), sheet: None };
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
        if let Some(open) = self.text[start..end].find('[') {
            self.add(start + open, end, DISGUISES);
        }
        end
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
            self.add(start, name_end, if name == "foreignobject" { HOLDS_A_PAGE } else { RUNS });
        }
        let mut at = name_end;
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
            at = self.attribute(&name, next);
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
        if whole.starts_with("xmlns") {
            let is_page = self.form == Form::Picture && address::decode_entities(value).contains("1999/xhtml");
            return is_page.then_some(HOLDS_A_PAGE);
        }
        if name.starts_with("on") && name.len() > 2 {
            return Some(RUNS);
        }
        let value = address::decode_entities(value);
        // Animations list several values of another attribute.
        let runs = value.split([';', ',']).filter_map(address::runs).any(|scheme| scheme != "data");
        if runs {
            return Some(RUNS);
        }
        if self.form == Form::Data {
            return None;
        }
        let leads = element == "a" && matches!(name, "href" | "target");
        let is_foreign = matches!(name, "href" | "src" | "from" | "to" | "by" | "values") && is_elsewhere(&value);
        match () {
            () if is_foreign && !(leads && address::runs(&value).is_none()) => Some(LOADS),
            // Names with a prefix belong to the program that drew the picture.
            () if !whole.contains(':') && css_acts(&value) => Some(LOADS),
            () => None,
        }
    }

    fn end_sheet(&mut self, end: usize) {
        let Some(start) = self.sheet.take() else { return };
        if self.form == Form::Picture && css_acts(&address::decode_entities(&self.text[start..end])) {
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

/// Does an address lead out of the site? Pictures that an address holds itself are here.
fn is_elsewhere(value: &str) -> bool {
    let value = value.trim();
    let is_picture = ["png", "jpeg", "jpg", "gif", "webp"].iter().any(|kind| {
        value.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
            && value[11..].to_lowercase().starts_with(kind)
    });
    !is_picture && address::disguise(value).is_some()
}

/// Does a style sheet, or a value in one, load from elsewhere? A backslash could hide anything.
fn css_acts(css: &str) -> bool {
    let css = css.to_lowercase();
    let leads_out = |(at, _): (usize, &str)| {
        let inside = css[at + 4..].trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']);
        is_elsewhere(inside.split(['"', '\'', ')']).next().unwrap_or_default())
    };
    (css.contains('\\') && css.contains('('))
        || ["@import", "image-set("].iter().any(|word| css.contains(word))
        || css.match_indices("url(").any(leads_out)
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
        assert_eq!(found("google1.html", "x"), ["all"]);
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
    }

    #[test]
    fn broken_text_is_survived() {
        for text in
            ["<", "</", "<a", "<a b", "<a b=", "<a b='", "<!", "<!--", "<?", "<![CDATA[", "<style>", "<a =>", "<é é=é>"]
        {
            let _ = acts("a.svg", text.as_bytes());
        }
    }
}
