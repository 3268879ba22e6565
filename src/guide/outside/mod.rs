//! Links to other sites → the addresses that are to be asked for, and what their answers mean for the author.
//!
//! Asks nobody; that is done in `reach`.

mod answer;
mod complaints;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::Book;
use crate::base::{Diagnostic, Place, SourcePath, near_host};
use crate::content::body::{Outward, complaints as body_complaints};
use crate::site::{ReferenceRules, Site};

pub use answer::{Answer, Silence};

/// A link to another site, in a page's text or in the references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// What is to be asked.
    pub question: Question,
    /// What follows `#` in the address, with the sign; it is asked of nobody.
    pub fragment: Box<str>,
    /// Where the link stands.
    pub place: Place,
}

/// What is to be asked of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// This address, which has no fragment.
    Web(Url),
    /// Nothing: no other computer has this host, or another one in each network.
    Near(Box<str>),
    /// Nothing: it is no address.
    Unreadable,
}

/// What was heard of addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// In this run.
    pub fresh: BTreeMap<Url, Answer>,
    /// In the last days.
    pub kept: BTreeMap<Url, Answer>,
}

impl Answers {
    /// Was anybody reached in this run? `None` if nobody was asked.
    #[must_use]
    pub fn is_online(&self) -> Option<bool> {
        (!self.fresh.is_empty()).then(|| self.fresh.values().any(Answer::is_from_the_web))
    }

    fn of(&self, url: &Url) -> Option<&Answer> {
        self.fresh.get(url).or_else(|| self.kept.get(url))
    }
}

/// Every link to another site in the pages' texts and in the references, save those that `site` leaves out.
#[must_use]
pub fn links(book: Book, site: &Site) -> Vec<Outside> {
    let pages = book.pages.iter();
    let pages = pages.flat_map(|page| page.body.outward.iter().map(|outward| (outward, &page.path)));
    let file = site.references.get().map(ReferenceRules::path);
    let references = file.iter().flat_map(|path| {
        book.guide
            .bibliography
            .iter()
            .flat_map(move |reference| reference.outward.iter().map(move |outward| (outward, path)))
    });
    let skipped = &site.rules.markdown.skipped;
    let is_asked = |outward: &Outward| !skipped.iter().any(|start| outward.address.starts_with(&**start));
    let asked = pages.chain(references).filter(|(outward, _)| is_asked(outward));
    asked.map(|(outward, path)| outside(&outward.address, Place::at(path, outward.span))).collect()
}

/// The addresses to ask for, each once.
#[must_use]
pub fn addresses(links: &[Outside]) -> BTreeSet<&Url> {
    links.iter().filter_map(|link| link.question.url()).collect()
}

/// What the answers mean, at each link.
///
/// If nobody at all could be reached, this computer is most likely not online, and only that is said.
#[must_use]
pub fn judge(links: &[Outside], answers: &Answers, configuration: &SourcePath) -> Vec<Diagnostic> {
    let is_offline = answers.is_online() == Some(false);
    let offline = is_offline.then(|| complaints::offline(Place::file(configuration), answers.fresh.len()));
    let judged = links.iter().filter_map(|link| match &link.question {
        Question::Near(host) => Some(body_complaints::near(link.place.clone(), host)),
        Question::Unreadable => Some(complaints::unreadable(link.place.clone())),
        Question::Web(url) if is_offline && answers.fresh.contains_key(url) => None,
        Question::Web(url) => complaints::of_answer(link, url, answers.of(url)?),
    });
    offline.into_iter().chain(judged).collect()
}

impl Question {
    /// The address to ask for, if there is one.
    #[must_use]
    pub fn url(&self) -> Option<&Url> {
        match self {
            Self::Web(url) => Some(url),
            Self::Near(_) | Self::Unreadable => None,
        }
    }
}

fn outside(address: &str, place: Place) -> Outside {
    let Ok(mut url) = Url::parse(address) else {
        return Outside { question: Question::Unreadable, fragment: Box::default(), place };
    };
    let fragment = url.fragment().map_or_else(Box::default, |fragment| format!("#{fragment}").into());
    url.set_fragment(None);
    let question = match near_host(url.as_str()) {
        _ if !url.has_host() => Question::Unreadable,
        Some(host) => Question::Near(host.into()),
        None => Question::Web(url),
    };
    Outside { question, fragment, place }
}
