//! Hayagriva's elements → safe HTML and plain text.
//!
//! Hayagriva's own HTML has inline styles and unescaped text, so it is not used.

use std::fmt::Write;

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};

use crate::base::{escape_html, quoted};

use super::entries::is_web;

/// One source, written out twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Written {
    /// Safe HTML.
    pub html: String,
    /// The same without markup.
    pub text: String,
    /// The addresses that it links to.
    pub links: Vec<String>,
}

/// A stretch of text in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    formatting: Formatting,
    link: Option<String>,
}

/// The line of one source, without its number.
pub(super) fn write(elements: &ElemChildren) -> Written {
    let mut line = Line::default();
    line.add_all(&elements.0);
    let mut written = Written::default();
    for piece in line.pieces {
        written.text.push_str(&piece.text);
        write_piece(&mut written.html, &piece);
        written.links.extend(piece.link);
    }
    written
}

/// The pieces of a line, from left to right, with single spaces between words.
#[derive(Default)]
struct Line {
    pieces: Vec<Piece>,
    /// Whether a space is due before the next word.
    has_space: bool,
    /// Whether a number was left out and its full stop or bracket is to go with it.
    is_after_number: bool,
}

impl Line {
    fn add_all(&mut self, elements: &[ElemChild]) {
        for element in elements {
            match element {
                ElemChild::Text(text) => self.add(text, None),
                ElemChild::Markup(text) => {
                    self.add(&Formatted { text: text.clone(), formatting: Formatting::default() }, None);
                }
                ElemChild::Link { text, url } => self.add(text, Some(url).filter(|url| is_web(url))),
                ElemChild::Elem(element) if element.meta == Some(ElemMeta::CitationNumber) => {
                    // What stands before the number is its bracket.
                    self.pieces.retain(|piece| piece.text.contains(char::is_alphanumeric));
                    self.is_after_number = true;
                }
                ElemChild::Elem(element) => {
                    self.has_space |= element.display.is_some();
                    self.add_all(&element.children.0);
                    self.has_space |= element.display.is_some();
                }
                // Stands for a locator, which lists of sources do not have.
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn add(&mut self, formatted: &Formatted, link: Option<&String>) {
        let mut text = formatted.text.as_str();
        if self.is_after_number {
            text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | ',' | ':'));
            self.is_after_number = text.is_empty();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            // A no-break space stays: it keeps initials together.
            if c.is_whitespace() && c != '\u{a0}' {
                self.has_space = true;
                continue;
            }
            let is_first = out.is_empty() && self.pieces.is_empty();
            // Blocks become spaces too, and none belongs before a full stop.
            if std::mem::take(&mut self.has_space) && !is_first && !matches!(c, '.' | ',') {
                out.push(' ');
            }
            out.push(if c.is_control() { '\u{fffd}' } else { c });
        }
        if out.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.formatting == formatted.formatting && last.link.as_ref() == link => {
                last.text.push_str(&out)
            }
            _ => self.pieces.push(Piece { text: out, formatting: formatted.formatting, link: link.cloned() }),
        }
    }
}

fn write_piece(html: &mut String, piece: &Piece) {
    // The space between two pieces belongs to neither's markup.
    let text = piece.text.trim_start_matches(' ');
    html.push_str(&piece.text[..piece.text.len() - text.len()]);
    let tags = tags(piece.formatting);
    if let Some(url) = &piece.link {
        let _ = write!(html, "<a rel=\"external noopener\" href=\"{}\">", escape_html(url));
    }
    for (open, _) in &tags {
        html.push_str(open);
    }
    // An address is shown as it is typed; words are shown as they are printed.
    let shown = if piece.link.is_some() { text.to_owned() } else { quoted(text) };
    html.push_str(&escape_html(&shown));
    for (_, close) in tags.iter().rev() {
        html.push_str(close);
    }
    if piece.link.is_some() {
        html.push_str("</a>");
    }
}

fn tags(formatting: Formatting) -> Vec<(&'static str, &'static str)> {
    let mut tags = Vec::new();
    if formatting.font_style == FontStyle::Italic {
        tags.push(("<em>", "</em>"));
    }
    if formatting.font_weight == FontWeight::Bold {
        tags.push(("<strong>", "</strong>"));
    }
    if formatting.font_variant == FontVariant::SmallCaps {
        tags.push(("<span class=\"smallcaps\">", "</span>"));
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => tags.push(("<sup>", "</sup>")),
        VerticalAlign::Sub => tags.push(("<sub>", "</sub>")),
        _ => {}
    }
    tags
}
