//! The port → connections, each of them on its own: none can keep another waiting, or stay for ever without speaking.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::guard::LONGEST_HEAD;
use super::routes::{AppState, routes};
use super::timeout_stream::TimeoutStream;

/// How many connections may be open: far more than a person's browsers need. The oldest makes room for the newest.
const MOST: usize = 512;

/// How much of the head of a request is read before it is known whether it is too long, give or take what comes in one
/// piece.
const MOST_READ: usize = 2 * LONGEST_HEAD;

/// The most headers of a request.
const MOST_HEADERS: usize = 100;

/// How long to wait when the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(2);

/// Answers connections for ever.
pub(super) async fn accept(listener: TcpListener, app: AppState, idle_timeout: Duration) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let routes = routes(app);
    let mut open: VecDeque<JoinHandle<()>> = VecDeque::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if open.len() >= MOST {
                    open.retain(|connection| !connection.is_finished());
                }
                if open.len() >= MOST {
                    close_oldest(&mut open);
                }
                open.push_back(tokio::spawn(serve_connection(stream, routes.clone(), idle_timeout)));
            }
            Err(_) => {
                // Most likely there are too many open files: one fewer, and a moment for it to be closed.
                open.retain(|connection| !connection.is_finished());
                close_oldest(&mut open);
                sleep(PAUSE).await;
            }
        }
    }
}

fn close_oldest(open: &mut VecDeque<JoinHandle<()>>) {
    if let Some(oldest) = open.pop_front() {
        oldest.abort();
    }
}

/// Answers the requests of one connection, until either side ends it.
async fn serve_connection(stream: TcpStream, routes: Router, idle_timeout: Duration) {
    // Events are small and wanted at once; that the system cannot do so costs some milliseconds.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle_timeout)
        .max_buf_size(MOST_READ)
        .max_headers(MOST_HEADERS)
        .serve_connection(TimeoutStream::new(stream, idle_timeout), TowerToHyperService::new(routes));
    // What goes wrong on a connection is the other side's business.
    let _ = connection.await;
}
