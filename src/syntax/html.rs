//! HTML → its tags and texts in their order, cut as browsers cut them.

use html5gum::{DefaultEmitter, Tokenizer};

pub use html5gum::{EndTag, StartTag, Token};

/// The tags, texts and comments of a page. What stands in scripts and style sheets is no element.
pub fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|Ok(token)| token)
}

/// The value of an attribute, if the tag has it.
#[must_use]
pub fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}
