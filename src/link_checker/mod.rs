//! Addresses on other sites → their answers, politely: each site is asked one thing at a time, with pauses, and few sites at once.
//!
//! Knows nothing of pages; what an answer means is told in `guide::outside`.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this room is an edge: it asks the network, waits, and keeps answers on the disk"
)]

mod cache;
mod client;
mod rate_limit;
mod tls;

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use url::Url;

use crate::guide::outside::Answer;

pub use cache::Cache;
use client::Client;
pub use tls::UnsupportedProcessor;

/// How patiently and how politely others are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestPolicy {
    /// How many sites are asked at once.
    pub sites_at_once: usize,
    /// How long a site is left in peace between two questions.
    pub pause: Duration,
    /// How long a connection may take.
    pub connecting: Duration,
    /// How long a whole answer may take.
    pub answering: Duration,
    /// How long a site's own wish to be asked later is waited for.
    pub longest_wait: Duration,
}

impl Default for RequestPolicy {
    fn default() -> Self {
        Self {
            sites_at_once: 8,
            pause: Duration::from_secs(1),
            connecting: Duration::from_secs(10),
            answering: Duration::from_secs(20),
            longest_wait: Duration::from_secs(30),
        }
    }
}

/// What is heard while others are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckEvent {
    /// The answer to one address.
    Answer(Url, Answer),
    /// There will be no more.
    End,
    /// The person who waits for them has had enough.
    Interrupted,
}

/// Asks for each address, in threads of its own, and tells the answers as they come.
///
/// # Errors
/// If this computer cannot make secure connections.
pub fn check_addresses(
    addresses: Vec<Url>,
    policy: RequestPolicy,
    tell: Sender<CheckEvent>,
) -> Result<(), UnsupportedProcessor> {
    let client = Arc::new(Client::new(policy)?);
    let sites = Arc::new(Mutex::new(group_by_site(addresses)));
    let workers: Vec<_> = (0..policy.sites_at_once)
        .map(|_| {
            let (client, sites, tell) = (Arc::clone(&client), Arc::clone(&sites), tell.clone());
            thread::spawn(move || {
                while let Some(site) = next_site(&sites) {
                    for url in site {
                        let answer = client.ask(&url);
                        // Whoever does not listen any more has had enough.
                        if tell.send(CheckEvent::Answer(url, answer)).is_err() {
                            return;
                        }
                    }
                }
            })
        })
        .collect();
    thread::spawn(move || {
        for worker in workers {
            // What a broken worker was asked stays without an answer.
            let _ = worker.join();
        }
        let _ = tell.send(CheckEvent::End);
    });
    Ok(())
}

fn next_site(sites: &Mutex<VecDeque<Vec<Url>>>) -> Option<Vec<Url>> {
    sites.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// The addresses of each site together; the site with the most is asked first, as it takes longest.
fn group_by_site(addresses: Vec<Url>) -> VecDeque<Vec<Url>> {
    let mut sites: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    for url in addresses {
        sites.entry(rate_limit::site(&url)).or_default().push(url);
    }
    let mut sites: Vec<_> = sites.into_values().collect();
    sites.sort_by_key(|site| std::cmp::Reverse(site.len()));
    sites.into()
}
