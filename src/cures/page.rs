//! A page's complaints → the same, with what was most likely meant; and, behind the slips of its front matter, the rest.

use super::matter::{self, Understood};
use super::yaml::Broken;
use super::{Obstacle, Round, fence, read_on, yaml};
use crate::base::{Diagnostic, PatchedText, SourcePath, line_start};
use crate::content::{self, Fence, FrontError, read_front};
use crate::site::{Kind, PageRules};

/// What is wrong with the page at `path`, of which its strict reader `found` so much.
#[must_use]
pub fn explain_page(path: &SourcePath, text: &str, rules: &PageRules, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if !found.iter().any(Diagnostic::is_error) {
        return found;
    }
    let page = Page { path, kind: content::kind_of(path, rules), rules };
    let mut first = Some(found);
    let reading = read_on(PatchedText::new(text.to_owned(), 0), |text| {
        let found = first.take().unwrap_or_else(|| content::diagnose(path, text, rules));
        page.read(text, found)
    });
    reading.found
}

struct Page<'p> {
    path: &'p SourcePath,
    kind: Option<&'p Kind>,
    rules: &'p PageRules,
}

impl Page<'_> {
    /// What stands in the way of understanding the front matter of `text`, and what else was found.
    fn read(&self, text: &str, mut found: Vec<Diagnostic>) -> Round {
        match read_front(text) {
            Ok(document) => {
                let understood =
                    Understood { path: self.path, text, kind: self.kind, rules: self.rules, found: &found };
                let (mut found, obstacles) = matter::explain(&document, &understood);
                let line = |told: &Diagnostic| told.place.span.map(|span| line_start(text, span.start));
                let lines: Vec<_> = obstacles.iter().map(|obstacle| line(&obstacle.diagnostic)).collect();
                // What comes of a slip goes with it.
                found.retain(|told| line(told).is_none() || !lines.contains(&line(told)));
                Round { obstacles, found }
            }
            Err(error) => {
                let slips = self.slips(text, &error);
                let body = if let Fence::Closed { body, .. } = content::find_fence(text) { body } else { text.len() };
                let is_replaced = |told: &Diagnostic| told.place.span.is_none_or(|span| span.start < body);
                found.retain(|told| slips.is_empty() || !is_replaced(told));
                let obstacles = slips.into_iter().map(|diagnostic| Obstacle { diagnostic, without: None }).collect();
                Round { obstacles, found }
            }
        }
    }

    /// What keeps a front matter from being one.
    fn slips(&self, text: &str, error: &FrontError) -> Vec<Diagnostic> {
        let Self { path, kind, rules } = *self;
        let fence = content::find_fence(text);
        let Fence::Closed { yaml: within, .. } = fence else { return fence::slips(path, text, kind, &fence) };
        let broken = |stop| Broken { path, text, within, stop, kind, rules: Some(rules) };
        match error {
            FrontError::NotYaml(error) if !error.kind.is_bound() => yaml::slips(&broken(error.span.start)),
            FrontError::NotKeys(span) => yaml::one_text(&broken(span.start)),
            _ => Vec::new(),
        }
    }
}
