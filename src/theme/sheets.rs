//! Where a style sheet names other files: `url(…)`, `@import "…"` and `image-set("…")`, outside comments.

use crate::base::Span;

/// A file that a style sheet names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention<'t> {
    /// What is written: no quotes, no white space around it.
    pub target: &'t str,
    /// The target with its quotes.
    pub span: Span,
}

/// Every file that `css` names, in order.
pub(super) fn mentions(css: &str) -> Vec<Mention<'_>> {
    let mut reader = Reader { css, at: 0, rule: "", open: Vec::new(), found: Vec::new() };
    while reader.at < css.len() {
        reader.step();
    }
    reader.found
}

struct Reader<'t> {
    css: &'t str,
    at: usize,
    /// The word behind the `@` of the rule that is open; empty if there is none.
    rule: &'t str,
    /// The functions that are open; empty names are plain brackets.
    open: Vec<&'t str>,
    found: Vec<Mention<'t>>,
}

impl<'t> Reader<'t> {
    fn step(&mut self) {
        let rest = &self.css[self.at..];
        let mut chars = rest.chars();
        match chars.next().unwrap_or_default() {
            '/' if rest.starts_with("/*") => {
                self.at = rest[2..].find("*/").map_or(self.css.len(), |end| self.at + 2 + end + 2);
            }
            '"' | '\'' => self.string(),
            '@' => {
                let name = &rest[1..];
                self.rule = &name[..length_of_name(name)];
                self.at += 1 + self.rule.len();
            }
            ';' | '{' | '}' => {
                self.rule = "";
                self.open.clear();
                self.at += 1;
            }
            '(' => {
                self.open.push("");
                self.at += 1;
            }
            ')' => {
                self.open.pop();
                self.at += 1;
            }
            first => match length_of_name(rest) {
                0 => self.at += first.len_utf8(),
                length if rest[length..].starts_with('(') => {
                    self.at += length + 1;
                    self.function(&rest[..length]);
                }
                length => self.at += length,
            },
        }
    }

    fn function(&mut self, name: &'t str) {
        let rest = &self.css[self.at..];
        let inside = rest.trim_start();
        let is_address = name.eq_ignore_ascii_case("url") || name.contains('\\');
        if !is_address || inside.starts_with(['"', '\'']) {
            self.open.push(name);
            return;
        }
        // An address without quotes ends at its bracket; no comment can stand in it.
        let start = self.at + rest.len() - inside.len();
        let length = inside.find(')').unwrap_or(inside.len());
        let target = inside[..length].trim_end();
        self.add(target, Span::new(start, start + target.len()));
        self.at = (start + length + 1).min(self.css.len());
    }

    fn string(&mut self) {
        let start = self.at;
        let quote = self.css.as_bytes()[start];
        let mut end = start + 1;
        while let Some(byte) = self.css.as_bytes().get(end) {
            match byte {
                b'\\' => end += 1,
                // A line end closes a string that nobody closed.
                b'\n' => break,
                byte if *byte == quote => break,
                _ => {}
            }
            end += 1;
        }
        while end < self.css.len() && !self.css.is_char_boundary(end) {
            end += 1;
        }
        let end = end.min(self.css.len());
        self.at = (end + 1).min(self.css.len());
        // What is partly written in numbers may be any of these.
        let is_one_of = |name: &str, known: &[&str]| {
            name.contains('\\') || known.iter().any(|known| name.eq_ignore_ascii_case(known))
        };
        let is_named = match self.open.last() {
            Some(function) => is_one_of(function, &["url", "src", "image-set", "-webkit-image-set"]),
            None => is_one_of(self.rule, &["import"]),
        };
        if is_named {
            self.add(self.css[start + 1..end].trim(), Span::new(start, self.at));
        }
    }

    /// The names of `@namespace` are addresses that nobody visits.
    fn add(&mut self, target: &'t str, span: Span) {
        if !self.rule.eq_ignore_ascii_case("namespace") {
            self.found.push(Mention { target, span });
        }
    }
}

/// How long the name at the start of `text` is, with what is escaped in it.
fn length_of_name(text: &str) -> usize {
    let mut is_escaped = false;
    let ends = |c: char| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        !was_escaped && !c.is_alphanumeric() && !"-_\\".contains(c)
    };
    text.find(ends).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn every_way_to_name_a_file_is_found_and_nothing_else() {
        let css = r#"@charset "utf-8"; @import "a.css" layer(x); @import url( 'b.css' ) print; @namespace url(http://w3.example);
            /* @import "no.css"; url(no.png) */ a::before { content: "url(no.png) \" (c)"; background: URL(c.svg#d), url("e(1).png") }
            b { background: image-set("f.png" 1x, url(g.png) 2x type("image/png")) } @media print { i { mask: url(#h) } }"#;
        let found: Vec<_> = mentions(css).iter().map(|mention| mention.target).collect();
        assert_eq!(found, ["a.css", "b.css", "c.svg#d", "e(1).png", "f.png", "g.png", "#h"]);
        for mention in mentions(css) {
            let written = &css[mention.span.start..mention.span.end];
            assert_eq!(written.trim_matches(['"', '\'']), mention.target);
        }
    }

    #[test]
    fn escapes_hide_nothing() {
        let css = r"@\69mport 'a.css'; .sm\:flex:not(.x\() { background: u\72l(b.png); width: calc(1px) }";
        let found: Vec<_> = mentions(css).iter().map(|mention| mention.target).collect();
        assert_eq!(found, ["a.css", "b.png"]);
    }

    #[test]
    fn broken_sheets_are_survived() {
        for css in ["@import \"", "url(", "url('", "/*", "\\", "a{b:url( ", "@", "@import 'é", "\"\\é", "é("] {
            let _ = mentions(css);
        }
    }
}
