//! A page → its sections as plain text: what a reader sees, block by block.

use crate::base::escape_html;
use crate::content::body::Piece;
use crate::content::{FieldValue, Page};
use crate::guide::{Book, PageId};
use crate::syntax::html::{StartTag, Token, attribute, tokens};

/// A stretch of a page's text below one heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading; empty above the first.
    pub heading: String,
    /// Its id; empty where it has none.
    pub anchor: String,
    /// The text, without the heading; a line for each block.
    pub text: String,
}

/// Elements within a line of text.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
];

/// The classes of what leads to sources and notes, and back.
const MARKS: [&str; 3] = ["cite", "footnote-ref", "footnote-back"];

/// Elements whose content nobody reads as text.
const UNREAD: [&str; 4] = ["script", "style", "svg", "template"];

/// What a page says of itself above its text: its description, and the fields that are texts.
pub(super) fn lead(page: &Page) -> String {
    let mut lead = page.matter.description.to_string();
    for field in page.matter.fields.iter().filter_map(|field| field.get()) {
        add_field(&mut lead, field);
    }
    lead
}

fn add_field(out: &mut String, field: &FieldValue) {
    match field {
        FieldValue::Text(text) => add_line(out, text),
        FieldValue::List(items) => items.iter().for_each(|item| add_line(out, item)),
        FieldValue::Map(map) => map.iter().filter_map(|value| value.get()).for_each(|value| add_field(out, value)),
        FieldValue::Maps(maps) => {
            maps.iter().flatten().filter_map(|value| value.get()).for_each(|value| add_field(out, value));
        }
        _ => {}
    }
}

fn add_line(out: &mut String, text: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(text);
}

/// The sections of a page's text, the one above the first heading among them.
pub(super) fn sections(book: Book, id: PageId) -> Vec<Section> {
    let mut reader = Reader { sections: vec![Section::default()], heading: false, unread: Vec::new() };
    for token in tokens(&html(book, id)) {
        match token {
            Token::StartTag(tag) => {
                reader.open(&tag);
                if tag.self_closing {
                    reader.close(&tag.name);
                }
            }
            Token::EndTag(tag) => reader.close(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    for Section { heading, text, .. } in &mut reader.sections {
        heading.truncate(heading.trim_end().len());
        text.truncate(text.trim_end().len());
    }
    reader.sections
}

/// A page's HTML with the titles of pages that it names.
fn html(book: Book, id: PageId) -> String {
    let links = &book.facts(id).links;
    let mut html = String::new();
    for piece in &book.page(id).body.pieces {
        match piece {
            Piece::Html(text) | Piece::Own(text) => html.push_str(text),
            Piece::Title(link) => html.push_str(&escape_html(book.title_of(&links[*link]))),
            Piece::Address(_) | Piece::Size(_) => {}
        }
    }
    html
}

struct Reader {
    sections: Vec<Section>,
    /// Is a heading open?
    heading: bool,
    /// The names of the open elements within one that nobody reads, itself the first.
    unread: Vec<Vec<u8>>,
}

impl Reader {
    fn open(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        let is_mark = attribute(tag, "class").is_some_and(|class| MARKS.contains(&&*class));
        if is_mark && let Some(section) = self.sections.last_mut() {
            section.text.truncate(section.text.trim_end_matches(' ').len());
        }
        if !self.unread.is_empty() || is_mark || UNREAD.iter().any(|unread| unread.as_bytes() == name) {
            self.unread.push(name.to_owned());
            return;
        }
        if is_heading(name) {
            self.sections.push(Section { anchor: attribute(tag, "id").unwrap_or_default(), ..Section::default() });
            self.heading = true;
        } else if !is_inline(name) {
            self.end_block();
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some(at) = self.unread.iter().rposition(|open| open == name) {
            self.unread.truncate(at);
        } else if self.unread.is_empty() {
            self.heading &= !is_heading(name);
            if !is_inline(name) {
                self.end_block();
            }
        }
    }

    fn text(&mut self, text: &str) {
        if !self.unread.is_empty() {
            return;
        }
        let is_heading = self.heading;
        let Some(section) = self.sections.last_mut() else { return };
        let out = if is_heading { &mut section.heading } else { &mut section.text };
        for c in text.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c != ' ' || !(out.is_empty() || out.ends_with([' ', '\n'])) {
                out.push(c);
            }
        }
    }

    fn end_block(&mut self) {
        let Some(Section { text, .. }) = self.sections.last_mut() else { return };
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            text.push('\n');
        }
    }
}

fn is_inline(name: &[u8]) -> bool {
    INLINE.iter().any(|inline| inline.as_bytes() == name)
}

fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'h', b'1'..=b'6'])
}
