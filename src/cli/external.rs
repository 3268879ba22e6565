//! `betwixt check --external`: links to other sites → what their answers mean, with those of the last days.

use std::path::PathBuf;
use std::sync::mpsc;

use etcetera::BaseStrategy;
use jiff::Timestamp;
use url::Url;

use super::interrupt;
use super::terminal::Terminal;
use crate::base::{Diagnostic, SourcePath};
use crate::guide::outside::{self, Answers, Outside};
use crate::link_checker::{self, Cache, CheckEvent, RequestPolicy, UnsupportedProcessor};

/// Whether answers of the last days will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// They will.
    UseKept,
    /// All addresses are asked for.
    AskAll,
}

/// What came of asking others.
pub enum LinkCheck {
    /// So many addresses are known of, and this is wrong.
    Done { count: usize, found: Vec<Diagnostic> },
    /// Ctrl-C was pressed.
    Interrupted,
}

/// Asks other sites for the pages that are linked to.
pub fn check_links(
    links: &[Outside],
    configuration: &SourcePath,
    freshness: Freshness,
    terminal: &Terminal,
) -> Result<LinkCheck, UnsupportedProcessor> {
    let path = locate_cache(terminal);
    let mut cache = path.as_ref().map(|path| Cache::read(path, Timestamp::now())).unwrap_or_default();
    let addresses = outside::addresses(links);
    let count = addresses.len();
    let mut answers = Answers::default();
    let mut open = Vec::new();
    for url in addresses {
        match cache.get(url).filter(|_| freshness == Freshness::UseKept) {
            Some(answer) => drop(answers.kept.insert(url.clone(), answer.clone())),
            None => open.push(url.clone()),
        }
    }
    let (tell, listen) = mpsc::channel();
    if !open.is_empty() {
        let tell = tell.clone();
        interrupt::on_interrupt(move || drop(tell.send(CheckEvent::Interrupted)));
    }
    let mut is_interrupted = false;
    while !open.is_empty() && !is_interrupted {
        let progress = terminal.progress(open.len());
        link_checker::check_addresses(std::mem::take(&mut open), RequestPolicy::default(), tell.clone())?;
        for event in &listen {
            match event {
                CheckEvent::Answer(url, answer) => {
                    progress.inc(1);
                    cache.put(&url, &answer, Timestamp::now());
                    answers.fresh.insert(url, answer);
                }
                CheckEvent::End => break,
                CheckEvent::Interrupted => {
                    is_interrupted = true;
                    break;
                }
            }
        }
        progress.finish_and_clear();
        // Nobody was there: somebody who was tells whether that is the fault of this computer.
        open.extend(choose_witness(&answers));
    }
    if let Some(path) = &path
        && let Err(error) = cache.write(path)
    {
        terminal.warn(format_args!("the answers of other sites could not be kept in `{}`: {error}", path.display()));
    }
    if is_interrupted {
        return Ok(LinkCheck::Interrupted);
    }
    Ok(LinkCheck::Done { count, found: outside::judge(links, &answers, configuration) })
}

/// An address that answered lately, if nobody has answered in this run.
fn choose_witness(answers: &Answers) -> Option<Url> {
    // One is enough: it is asked for once, and then counts as asked for in this run.
    let has_witness = answers.fresh.keys().any(|url| answers.kept.contains_key(url));
    if has_witness || answers.is_online() != Some(false) {
        return None;
    }
    answers.kept.keys().find(|url| !answers.fresh.contains_key(*url)).cloned()
}

/// The file with the answers of the last days, in this person's own cache folder.
fn locate_cache(terminal: &Terminal) -> Option<PathBuf> {
    let path = etcetera::choose_base_strategy().ok()?.cache_dir().join("betwixt").join("answers");
    terminal.detail(format_args!("answers of other sites are kept in `{}`", path.display()));
    Some(path)
}
