//! Whose turn it is to be asked: one question at a time for each site, and a pause between two.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use crate::guide::outside::Answer;

/// All sites that were asked.
#[derive(Debug, Default)]
pub(super) struct RateLimit {
    sites: Mutex<BTreeMap<String, Arc<Mutex<Turn>>>>,
}

/// When a site may be asked again.
#[derive(Debug, Default)]
pub(super) struct Turn {
    not_before: Option<Instant>,
    /// The answer to all further questions, if it is not to be asked any more.
    pub closed: Option<Answer>,
}

/// The site of an address, as far as politeness goes: its host and port.
pub(super) fn site(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

impl RateLimit {
    /// Waits until the site of `url` may be asked, lets `ask` do so, and grants it a pause.
    pub fn take<T>(&self, url: &Url, pause: Duration, ask: impl FnOnce(&mut Turn) -> T) -> T {
        let site = {
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(sites.entry(site(url)).or_default())
        };
        let mut turn = site.lock().unwrap_or_else(PoisonError::into_inner);
        if turn.closed.is_none()
            && let Some(moment) = turn.not_before
        {
            thread::sleep(moment.saturating_duration_since(Instant::now()));
        }
        let answer = ask(&mut turn);
        turn.rest(pause);
        answer
    }
}

impl Turn {
    /// Leaves the site in peace for so long at least.
    pub fn rest(&mut self, pause: Duration) {
        self.not_before = self.not_before.max(Some(Instant::now() + pause));
    }
}
