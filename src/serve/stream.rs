//! What an open page has to be told → a stream of server-sent events that lasts as long as the page is open.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;

use super::reader::Reader;
use super::site_state::SiteState;

/// How often a stream says something even if there is nothing to say, so that a connection that is no more is found.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What a stream begins with: how long a browser waits before it asks again, in milliseconds.
const OPENING: &str = "retry: 500\n\n";

/// The body of an endless answer.
pub(super) struct EventStream(mpsc::Receiver<Bytes>);

impl EventStream {
    /// The events for one open page.
    pub(super) fn new(reader: Reader, states: watch::Receiver<Arc<SiteState>>) -> Self {
        let (out, events) = mpsc::channel(1);
        tokio::spawn(send_events(reader, states, out));
        Self(events)
    }
}

impl Body for EventStream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Tells a page what is new until it goes away. A page that does not listen is told less often: only the newest state
/// counts.
async fn send_events(mut reader: Reader, mut states: watch::Receiver<Arc<SiteState>>, out: mpsc::Sender<Bytes>) {
    let mut opening = OPENING.to_owned();
    loop {
        let shown = Arc::clone(&states.borrow_and_update());
        let events = std::mem::take(&mut opening) + &reader.catch_up(&shown);
        if !events.is_empty() && out.send(events.into()).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                changed = states.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = out.closed() => return,
                () = sleep(HEARTBEAT) => if out.send(":\n\n".into()).await.is_err() {
                    return;
                },
            }
        }
    }
}
