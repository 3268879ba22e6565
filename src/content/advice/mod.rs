//! One page → what might read better: long sentences, hard words, unwanted words. Nothing of it is ever wrong.
//!
//! Asked for by `betwixt check` alone.

mod reading;
mod syllables;
mod words;

use super::FieldValue;
use super::body::prose::{Block, prose};
use super::front::matter_places;
use super::{Page, RelationEntry};
use crate::base::{Diagnostic, KeyPath, Place, SourcePath, Step};
use crate::site::{AdviceRules, Site};

pub use reading::{Ease, ease};

/// A page's prose, and what is asked of it.
struct Asked<'a> {
    path: &'a SourcePath,
    /// The text, without its front matter.
    blocks: Vec<Block>,
    rules: &'a AdviceRules,
    is_english: bool,
}

impl Asked<'_> {
    fn place(&self, block: &Block, stretch: &std::ops::Range<usize>) -> Place {
        Place::at(self.path, block.span(stretch))
    }
}

/// What might read better on a page, whose file is `text`.
#[must_use]
pub fn advise(page: &Page, text: &str, site: &Site) -> Vec<Diagnostic> {
    let blocks = prose(text, page.body_start, &site.rules.markdown);
    let is_english = site.language.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
    let mut asked = Asked { path: &page.path, blocks, rules: &site.advice, is_english };
    let mut found = Vec::new();
    reading::check(&asked, &mut found);
    asked.blocks.extend(matter_blocks(page, text, site));
    words::check(&asked, &mut found);
    found
}

/// The prose of a page's front matter.
fn matter_blocks(page: &Page, text: &str, site: &Site) -> Vec<Block> {
    let places = matter_places(text);
    let fields = page.kind.map_or(&[][..], |kind| &site.rules.kinds[kind].fields);
    let texts =
        fields.iter().zip(&page.matter.fields).filter(|(_, value)| matches!(value.get(), Some(FieldValue::Text(_))));
    let fields = texts.map(|(field, _)| vec![Step::Key(field.name.clone())]);
    let reasons = page
        .matter
        .relation_entries
        .iter()
        .flatten()
        .filter(|entry| !entry.why.is_empty())
        .map(RelationEntry::way_to_why);
    let common = ["title", "description"].map(|key| vec![Step::Key(key.into())]);
    let stands = |way: &KeyPath| way[0] != Step::Key("description".into()) || !page.matter.description.is_empty();
    let ways = common.into_iter().filter(stands).chain(fields).chain(reasons);
    ways.map(|way| Block::written(text, places.value(&way))).collect()
}

#[cfg(test)]
mod tests;
