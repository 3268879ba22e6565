//! `betwixt check --external`: links to other sites → what their answers mean, with those of the last days.

use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};

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

/// What came of asking.
pub enum Asked {
    /// So many addresses are known of, and this is wrong.
    Judged { count: usize, found: Vec<Diagnostic> },
    /// Nobody could be asked, and it has been said why.
    Unable,
    /// Ctrl-C was pressed.
    Interrupted,
}

/// Asks other sites for the pages that are linked to.
pub fn ask(links: &[Outside], configuration: &SourcePath, freshness: Freshness, terminal: &Terminal) -> Asked {
    let mut archive = Archive::open(terminal);
    let addresses = outside::addresses(links);
    let count = addresses.len();
    let mut answers = Answers::default();
    let mut open = Vec::new();
    for url in addresses {
        match archive.kept.get(url).filter(|_| freshness == Freshness::UseKept) {
            Some(answer) => drop(answers.kept.insert(url.clone(), answer.clone())),
            None => open.push(url.clone()),
        }
    }
    let (tell, listen) = mpsc::channel();
    let interrupted: Sender<CheckEvent> = tell.clone();
    if !open.is_empty() {
        interrupt::on_interrupt(move || drop(interrupted.send(CheckEvent::Interrupted)));
    }
    while !open.is_empty() {
        let progress = terminal.progress(open.len());
        if let Err(UnsupportedProcessor) =
            link_checker::check_addresses(std::mem::take(&mut open), RequestPolicy::default(), tell.clone())
        {
            terminal.fail("this computer's processor is too old, or too small, to ask other sites");
            return Asked::Unable;
        }
        for answer in &listen {
            match answer {
                CheckEvent::Answer(url, answer) => {
                    progress.inc(1);
                    archive.kept.put(&url, &answer, Timestamp::now());
                    answers.fresh.insert(url, answer);
                }
                CheckEvent::End => break,
                CheckEvent::Interrupted => {
                    progress.finish_and_clear();
                    archive.close(terminal);
                    return Asked::Interrupted;
                }
            }
        }
        progress.finish_and_clear();
        // Nobody was there: somebody who was tells whether that is the fault of this computer.
        open.extend(choose_witness(&answers));
    }
    archive.close(terminal);
    Asked::Judged { count, found: outside::judge(links, &answers, configuration) }
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

/// The answers of the last days, in this person's own cache folder.
struct Archive {
    kept: Cache,
    path: Option<PathBuf>,
}

impl Archive {
    fn open(terminal: &Terminal) -> Self {
        let folder = etcetera::choose_base_strategy().ok().map(|folders| folders.cache_dir());
        let path = folder.map(|folder| folder.join("betwixt").join("answers"));
        if let Some(path) = &path {
            terminal.detail(format_args!("answers of other sites are kept in `{}`", path.display()));
        }
        let kept = path.as_ref().map(|path| Cache::read(path, Timestamp::now())).unwrap_or_default();
        Self { kept, path }
    }

    fn close(&self, terminal: &Terminal) {
        if let Some(path) = &self.path
            && let Err(error) = self.kept.write(path)
        {
            terminal
                .warn(format_args!("the answers of other sites could not be kept in `{}`: {error}", path.display()));
        }
    }
}
