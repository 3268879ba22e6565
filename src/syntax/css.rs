//! A style sheet → the files that it names, as a browser reads it: `url(…)`, `@import "…"` and `image-set("…")`.

use cssparser::{ParseError, Parser, Token};

use crate::base::Span;

/// Blocks within blocks that go deeper than this are not looked into.
const DEEPEST: u8 = 100;

/// The functions whose texts in quotes are addresses.
const LOADING: [&str; 5] = ["url", "src", "image", "image-set", "-webkit-image-set"];

/// A file that a style sheet names.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its address: no quotes, no white space around it, and each escape as the character that it means.
    pub target: String,
    /// Where it is written, with its quotes.
    pub span: Span,
    /// Is it a style sheet that an `@import` names?
    pub is_import: bool,
}

/// Every file that `css` names, in order; `None` if blocks lie in each other too deeply to be looked into.
#[must_use]
pub fn mentions(css: &str) -> Option<Vec<Mention>> {
    let mut parser = Parser::new(css);
    parser.set_nested_block_limit(DEEPEST);
    let mut reader = Reader { css, rule: String::new(), found: Vec::new() };
    reader.read_block(&mut parser, "").ok()?;
    Some(reader.found)
}

struct Reader<'t> {
    css: &'t str,
    /// The word behind the `@` of the rule that is open; empty if there is none.
    rule: String,
    found: Vec<Mention>,
}

impl<'t> Reader<'t> {
    /// Reads to the end of a block, or of what stands behind a function's name.
    fn read_block(&mut self, parser: &mut Parser<'t>, function: &str) -> Result<(), ParseError<()>> {
        loop {
            let start = parser.position().byte_index();
            let Ok(token) = parser.next_including_whitespace_and_comments() else { return Ok(()) };
            let token = token.clone();
            let span = Span::new(start, parser.position().byte_index());
            match token {
                Token::AtKeyword(name) if function.is_empty() => self.rule = name.to_ascii_lowercase(),
                Token::Semicolon | Token::CloseCurlyBracket if function.is_empty() => self.rule.clear(),
                Token::CurlyBracketBlock => {
                    let rule = std::mem::take(&mut self.rule);
                    parser.parse_nested_block(|inner| self.read_block(inner, ""))?;
                    self.rule = if function.is_empty() { String::new() } else { rule };
                }
                // The names of namespaces are addresses that nobody visits.
                _ if self.rule == "namespace" => {}
                Token::Function(name) => {
                    let name = name.to_ascii_lowercase();
                    parser.parse_nested_block(|inner| self.read_block(inner, &name))?;
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock => {
                    parser.parse_nested_block(|inner| self.read_block(inner, "("))?;
                }
                Token::QuotedString(target) | Token::BadString(target)
                    if LOADING.contains(&function) || (function.is_empty() && self.rule == "import") =>
                {
                    self.add(&target, span);
                }
                Token::UnquotedUrl(target) => self.add(&target, self.inside(span)),
                // A browser takes none of it, but its author meant a file.
                Token::BadUrl(_) => {
                    let span = self.inside(span);
                    self.add(&self.css[span.start..span.end], span);
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, target: &str, span: Span) {
        self.found.push(Mention { target: target.trim().to_owned(), span, is_import: self.rule == "import" });
    }

    /// What stands between the brackets of an address without quotes.
    fn inside(&self, whole: Span) -> Span {
        let text = &self.css[whole.start..whole.end];
        let inside = text.split_once('(').map_or("", |(_, inside)| inside);
        let start = whole.end - inside.trim_start().len();
        Span::new(start, start + inside.strip_suffix(')').unwrap_or(inside).trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    fn targets(css: &str) -> Vec<String> {
        mentions(css).expect("it is not deep").into_iter().map(|mention| mention.target).collect()
    }

    #[test]
    fn every_way_to_name_a_file_is_found_and_nothing_else() {
        let css = r#"@charset "utf-8"; @import "a.css" layer(x); @import url( 'b.css' ) print; @namespace url(http://w3.example);
            @namespace x "http://w3.example"; @namespace y url("http://w3.example");
            /* @import "no.css"; url(no.png) */ a::before { content: "url(no.png) \" (c)"; background: URL(c.svg#d), url("e(1).png") }
            b { background: image-set("f.png" 1x, url(g.png) 2x type("image/png")) } @media print { i { mask: url(#h) } }
            @font-face { src: src("i.woff2") } @supports (mask: url( j.svg )) { k { cursor: url(l m.cur) } }"#;
        let expected = ["a.css", "b.css", "c.svg#d", "e(1).png", "f.png", "g.png", "#h", "i.woff2", "j.svg", "l m.cur"];
        assert_eq!(targets(css), expected);
        let imported = mentions(css).expect("it is not deep").into_iter().filter(|mention| mention.is_import);
        assert_eq!(imported.map(|mention| mention.target).collect::<Vec<_>>(), ["a.css", "b.css"]);
        for mention in mentions(css).expect("it is not deep") {
            let written = &css[mention.span.start..mention.span.end];
            assert_eq!(written.trim_matches(['"', '\'']), mention.target);
        }
    }

    #[test]
    fn escapes_hide_nothing() {
        let css = r"@\69mport 'a.css'; .sm\:flex:not(.x\() { background: u\72l(b\2e png); width: calc(1px) }
            c { background: \000075\52 L( '\64.png' ), url(/\2f e.example/f) } @im\port '\
g.css';";
        assert_eq!(targets(css), ["a.css", "b.png", "d.png", "//e.example/f", "g.css"]);
    }

    #[test]
    fn comments_and_quotes_hide_nothing() {
        assert_eq!(targets("@import/**/'a.css';"), ["a.css"]);
        assert_eq!(targets("a{b:url(/*c*/d.png)}"), ["/*c*/d.png"], "no comment stands in an address");
        assert_eq!(targets("a{content:'\n;b:url(c.png)}"), ["c.png"], "a line end closes a text");
        assert_eq!(targets("/*/ url(no.png) */ a{b:url(c.png)"), ["c.png"]);
        assert_eq!(targets("<!-- @import 'a.css'; -->"), ["a.css"]);
        assert_eq!(targets("a{b:url(\"\")}}}]) @import 'c.css'"), ["", "c.css"]);
    }

    #[test]
    fn broken_sheets_are_survived_and_too_deep_ones_are_not_taken_for_harmless() {
        for css in [
            "@import \"",
            "url(",
            "url('",
            "/*",
            "\\",
            "a{b:url( ",
            "@",
            "@import 'é",
            "\"\\é",
            "é(",
            "url(é",
            "url(\\",
        ] {
            let _ = mentions(css);
        }
        assert_eq!(mentions(&"(".repeat(100_000)), None);
        assert_eq!(mentions(&format!("{}url(a.png)", "{".repeat(101))), None);
    }
}
