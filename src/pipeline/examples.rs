//! A guide that is to be published → the words and the address in it that are still those of an example.
//!
//! Asked by those who publish or check: no build asks, as they may stand while the guide is written. What the examples say
//! is passed in.

use std::collections::BTreeSet;

use super::{Choices, Memory};
use crate::base::{Code, Diagnostic, PatchedText, Place, Source, SourcePath, Sources, Spanned, sort_and_dedup};
use crate::content::body::prose::prose;
use crate::content::{Page, body_start};
use crate::site::{self, MarkdownRules, Site};
use crate::syntax::toml;

/// What guides to start from say, and no guide of somebody's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// Who has written them.
    authors: BTreeSet<Box<str>>,
    /// What their first pages say to those who start from them.
    sentences: BTreeSet<Box<str>>,
}

impl Examples {
    /// Adds what one says: its author in its `site.toml`, and on its first page the sentences in a box.
    pub fn add(&mut self, configuration: &str, first_page: &str) {
        self.authors.extend(author(&PatchedText::new(configuration.to_owned(), 0)).map(|author| author.value));
        for block in prose(first_page, body_start(first_page).unwrap_or_default(), &MarkdownRules::default()) {
            let start = block.span(&(0..block.text.len())).start;
            let line = first_page[..start].rsplit('\n').next().unwrap_or_default();
            if line.starts_with('>') {
                let sentences = block.sentences().into_iter().map(|sentence| block.text[sentence].trim().into());
                self.sentences.extend(sentences);
            }
        }
    }
}

/// What still stands in the guide that was last built with this memory, sorted by place, but for what its author ignores.
#[must_use]
pub fn tell_examples(sources: &Sources, memory: &Memory, examples: &Examples) -> Vec<Diagnostic> {
    let (Some(layout), Some((_, site))) = (&memory.layout, &memory.site) else { return Vec::new() };
    let Some(site) = &*site.0 else { return Vec::new() };
    let published = layout.published();
    let book = layout.book(&published);
    let home = book.guide.special.home.map(|home| book.page(home));
    let mut found = in_settings(sources, site, examples);
    found.extend(home.and_then(|page| in_page(page, sources, site, examples)));
    let mut told = Choices::of(sources, site, &memory.pages).tell(found);
    sort_and_dedup(&mut told);
    told
}

fn in_settings(sources: &Sources, site: &Site, examples: &Examples) -> Vec<Diagnostic> {
    let path = &sources.request.configuration;
    let Ok(text) = site::open(sources, path) else { return Vec::new() };
    let author = author(&text).filter(|author| examples.authors.contains(&author.value));
    let mut found: Vec<_> = author.iter().map(|author| example_author(path, author)).collect();
    // Whoever names another address publishes at that one.
    if sources.request.base_url.is_none() && site.rules.base.is_example() {
        let address = text_of(&text, "base_url");
        found.extend(address.map(|address| example_address(path, &address)));
    }
    found
}

fn in_page(page: &Page, sources: &Sources, site: &Site, examples: &Examples) -> Option<Diagnostic> {
    let text = sources.get(&page.path).and_then(Source::as_text)?;
    prose(text, page.body_start, &site.rules.markdown).iter().find_map(|block| {
        let mut sentences = block.sentences().into_iter();
        let sentence = sentences.find(|sentence| examples.sentences.contains(block.text[sentence.clone()].trim()))?;
        Some(example_sentence(Place::at(&page.path, block.span(&sentence))))
    })
}

/// Who answers for a guide, as its settings say.
fn author(configuration: &PatchedText) -> Option<Spanned<Box<str>>> {
    text_of(configuration, "author")
}

fn text_of(configuration: &PatchedText, key: &str) -> Option<Spanned<Box<str>>> {
    let (settings, _) = toml::read(configuration);
    let value = settings.get(key)?;
    value.value.as_text().map(|text| Spanned { value: text.into(), span: value.span })
}

fn example_author(path: &SourcePath, author: &Spanned<Box<str>>) -> Diagnostic {
    let message = format!("`{}` is an example of an author's name", author.value);
    Diagnostic::new(Code::ExampleWords, Place::at(path, author.span), message)
        .help("write who answers for the guide, or take the line out: then its title stands there")
}

fn example_sentence(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ExampleWords, place, "this is meant for you, and readers would see it")
        .help("take the whole note out, or write your own words in its place")
}

fn example_address(path: &SourcePath, address: &Spanned<Box<str>>) -> Diagnostic {
    let message = format!("`{}` is an example of an address: no reader finds the guide there", address.value);
    Diagnostic::new(Code::ExampleAddress, Place::at(path, address.span), message).help(
        "write the address at which you publish; if it is an example on purpose, say `ignore = [\"example-address\"]` \
         below `[checks]`",
    )
}

#[cfg(test)]
mod tests;
