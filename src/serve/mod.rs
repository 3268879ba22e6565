//! The built site in memory → browsers on this computer, with the author's mistakes laid over it.
//!
//! Files are found by name in a map, so that no address can lead to the disk. Knows nothing of how a site is built.

#![expect(clippy::disallowed_methods, reason = "this app is an edge: it has a thread of its own")]

mod address;
mod changes;
mod connections;
mod error;
mod guard;
mod inject;
mod opener;
mod page;
mod preview_builder;
mod problem_report;
mod range;
mod reader;
mod routes;
mod site_state;
mod stream;
mod timeout_stream;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::{oneshot, watch};

use crate::base::Files;
use crate::report::Problem;

pub use error::ServeError;
pub use opener::{Editor, Opener};
pub use preview_builder::PreviewBuilder;
use routes::AppState;
use site_state::SiteState;

/// How many ports after the one that was asked for are tried.
const PORTS: u16 = 100;

/// What is shown to browsers.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// The built site; empty if there never was one.
    pub files: Arc<Files>,
    /// The folder of `base_url`, such as `/` or `/guide/`: what stands before the path of each file.
    pub prefix: String,
    /// What is wrong with the newest sources.
    pub problems: Arc<[Problem]>,
    /// Whether the files are those of older sources, because nothing can be built of the newest.
    pub is_old: bool,
}

/// Where to listen, and what browsers may ask for.
#[derive(Debug)]
pub struct ServerOptions {
    /// The address to listen at; everyone but a loopback address lets other computers in.
    pub ip: IpAddr,
    /// The first port to try; 0 for any that is free.
    pub port: u16,
    /// How a source is opened when its place is clicked; without one, places are plain text.
    pub opener: Option<Opener>,
    /// How long a connection may keep still while it is expected to say or to take something.
    pub idle_timeout: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        let idle_timeout = Duration::from_secs(10);
        Self { ip: Ipv4Addr::LOCALHOST.into(), port: 1111, opener: None, idle_timeout }
    }
}

/// A server on a thread of its own. It stops, and its port is free, when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    states: watch::Sender<Arc<SiteState>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to listen; where the port is taken, at the next that is free.
    ///
    /// Until something is to be shown, browsers are told to wait, and need not be reloaded then.
    ///
    /// # Errors
    /// If the address is not of this computer, if the port is not allowed, or if the system has no thread or no randomness
    /// to give.
    pub fn start(options: ServerOptions) -> Result<Self, ServeError> {
        let listener = listen(options.ip, options.port)?;
        listener.set_nonblocking(true).map_err(ServeError::Runtime)?;
        let address = listener.local_addr().map_err(ServeError::Runtime)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(ServeError::Runtime)?;
        let (states, shown) = watch::channel(Arc::new(SiteState::new(random_token()?)));
        let (stop, stopped) = oneshot::channel();
        let app = AppState { shown, address, key: random_token()?, opener: options.opener };
        let connections = connections::accept(listener, app, options.idle_timeout);
        let thread = std::thread::Builder::new().name("serve".into());
        let thread = thread.spawn(move || run_until_stopped(runtime, connections, stopped));
        let thread = thread.map_err(ServeError::Runtime)?;
        Ok(Self { address, states, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts another state of the site in place of the one shown, at once, and tells the browsers whom it concerns.
    pub fn show(&self, preview: Preview) {
        self.states.send_modify(|shown| *shown = Arc::new(shown.next(preview)));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has stopped too.
            let _ = thread.join();
        }
    }
}

/// The first free port from `port` on; any, if all of them are taken.
fn listen(ip: IpAddr, port: u16) -> Result<TcpListener, ServeError> {
    let tried = (port..=port.saturating_add(PORTS)).chain([0]);
    let mut taken = None;
    for port in tried {
        match TcpListener::bind((ip, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => taken = Some(error),
            Err(source) => return Err(ServeError::Address { ip, port, source }),
        }
    }
    let source = taken.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(ServeError::Address { ip, port, source })
}

fn run_until_stopped(runtime: Runtime, connections: impl Future<Output = ()>, stopped: oneshot::Receiver<()>) {
    runtime.block_on(async {
        // The sender is only ever dropped; either way it is time to stop.
        tokio::select! {
            () = connections => {}
            _ = stopped => {}
        }
    });
    runtime.shutdown_background();
}

/// 128 bits of the operating system's randomness, in hexadecimal: nobody can guess it.
fn random_token() -> Result<String, ServeError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| ServeError::Runtime(error.into()))?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_like_another() {
        let tokens = [(); 8].map(|()| random_token().expect("the system has randomness"));
        assert!(
            tokens.iter().all(|token| token.len() == 32 && tokens.iter().filter(|other| *other == token).count() == 1)
        );
    }
}
