//! One address → its answer, over HTTP: a short question first, a whole one if that is not answered well.

use std::io;
use std::time::Duration;

use jiff::Timestamp;
use ureq::http::{HeaderMap, Method, Request};
use ureq::{Agent, Error, Timeout};
use url::Url;

use super::RequestPolicy;
use super::rate_limit::{RateLimit, Turn};
use super::tls::{self, UnsupportedProcessor};
use crate::guide::outside::{Answer, Silence};

/// The truth about who asks. Without the word "link", which keeps programs out of many a site.
const AGENT: &str = concat!("betwixt/", env!("CARGO_PKG_VERSION"));

/// How often an address may lead to another.
const MOST_REDIRECTS: usize = 10;

/// The largest head of an answer that is read, in bytes. Bodies are not read at all.
const LARGEST_HEAD: usize = 64 * 1024;

/// Asks other sites.
pub(super) struct Client {
    agent: Agent,
    rate_limit: RateLimit,
    policy: RequestPolicy,
}

/// What a server says of one address, before redirects are followed.
struct Reply {
    status: u16,
    location: Option<String>,
}

impl Client {
    pub fn new(policy: RequestPolicy) -> Result<Self, UnsupportedProcessor> {
        let agent = Agent::config_builder()
            .tls_config(tls::configure_tls()?)
            .user_agent(AGENT)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(LARGEST_HEAD)
            .max_idle_connections(0)
            .timeout_global(Some(policy.answering))
            .timeout_resolve(Some(policy.connecting))
            .timeout_connect(Some(policy.connecting))
            .build();
        Ok(Self { agent: agent.into(), rate_limit: RateLimit::default(), policy })
    }

    /// The answer to an address. Many servers answer `HEAD` wrongly, so that only good news are believed of it.
    pub fn ask(&self, url: &Url) -> Answer {
        let answer = self.follow(&Method::HEAD, url);
        let is_settled = answer.is_good()
            || matches!(
                answer,
                Answer::Said { status: 429, .. } | Answer::Nothing(Silence::NoSuchName | Silence::Unreachable)
            );
        if is_settled { answer } else { self.follow(&Method::GET, url) }
    }

    fn follow(&self, method: &Method, url: &Url) -> Answer {
        let mut at = url.clone();
        let mut moved = None;
        let mut is_for_good = true;
        for _ in 0..=MOST_REDIRECTS {
            let Reply { status, location } = match self.ask_once(method, &at) {
                Ok(reply) => reply,
                Err(answer) => return answer,
            };
            // A DOI is for ever; where it leads today is its publisher's business.
            let next = location.filter(|_| (300..400).contains(&status) && !is_doi(&at));
            let Some(next) = next else { return Answer::Said { status, moved } };
            let Some(next) = at.join(&next).ok().filter(|next| matches!(next.scheme(), "http" | "https")) else {
                return Answer::Nothing(Silence::Astray);
            };
            at = next;
            at.set_fragment(None);
            is_for_good &= matches!(status, 301 | 308);
            if is_for_good {
                moved = Some(at.clone());
            }
        }
        Answer::Nothing(Silence::Circle)
    }

    /// What the server says of one address; once more if it asks to be asked a little later.
    fn ask_once(&self, method: &Method, url: &Url) -> Result<Reply, Answer> {
        let first = self.rate_limit.take(url, self.policy.pause, |turn| self.request(method, url, turn));
        match first {
            Ok((Reply { status: 429 | 503, .. }, Some(wait))) if wait <= self.policy.longest_wait => self
                .rate_limit
                .take(url, self.policy.pause, |turn| self.request(method, url, turn))
                .map(|(reply, _)| reply),
            answer => answer.map(|(reply, _)| reply),
        }
    }

    /// What the server says, and after what time it wants to be asked again.
    fn request(&self, method: &Method, url: &Url, turn: &mut Turn) -> Result<(Reply, Option<Duration>), Answer> {
        if let Some(answer) = &turn.closed {
            return Err(answer.clone());
        }
        let request = Request::builder().method(method).uri(url.as_str()).body(());
        let answer = request.map_err(Error::Http).and_then(|request| self.agent.run(request));
        let response = answer.map_err(|error| {
            let silence = classify_error(&error);
            let answer = Answer::Nothing(silence);
            // Nobody is there for any other address either.
            turn.closed = matches!(silence, Silence::NoSuchName | Silence::Unreachable).then(|| answer.clone());
            answer
        })?;
        let status = response.status().as_u16();
        let wait = retry_after(response.headers()).filter(|_| matches!(status, 429 | 503));
        match wait {
            Some(wait) if wait <= self.policy.longest_wait => turn.rest(wait),
            Some(_) => turn.closed = Some(Answer::Said { status, moved: None }),
            None => {}
        }
        let location = response.headers().get("location").map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        Ok((Reply { status, location }, wait))
    }
}

fn is_doi(url: &Url) -> bool {
    matches!(url.host_str(), Some("doi.org" | "dx.doi.org" | "www.doi.org"))
}

/// How long a server wants to be left in peace: seconds, or a moment.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let wait = moment.duration_since(Timestamp::now());
    Some(wait.try_into().unwrap_or_default())
}

fn classify_error(error: &Error) -> Silence {
    match error {
        Error::HostNotFound | Error::ConnectionFailed | Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            Silence::Unreachable
        }
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => Silence::Unreachable,
        Error::Timeout(_) => Silence::Late,
        Error::Tls(_) | Error::Rustls(_) => Silence::Unproven,
        Error::Io(error) => classify_io_error(error),
        _ => Silence::Garbled,
    }
}

fn classify_io_error(error: &io::Error) -> Silence {
    use io::ErrorKind as Kind;
    if is_unknown_name(error) {
        return Silence::NoSuchName;
    }
    match error.kind() {
        Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof => Silence::Cut,
        Kind::TimedOut | Kind::WouldBlock => Silence::Late,
        // What the other side of a secure connection says is not as it should be.
        Kind::InvalidData => Silence::Unproven,
        _ => Silence::Unreachable,
    }
}

/// Did the system look for the name, and is sure that there is none? Only its words tell, except on Windows.
fn is_unknown_name(error: &io::Error) -> bool {
    const WSAHOST_NOT_FOUND: i32 = 11001;
    const WSANO_DATA: i32 = 11004;
    // glibc and macOS, musl, and names that have no address.
    let words = ["not known", "does not resolve", "No address associated"];
    match error.raw_os_error() {
        Some(code) => cfg!(windows) && matches!(code, WSAHOST_NOT_FOUND | WSANO_DATA),
        None => {
            let text = error.to_string();
            text.contains("lookup address") && words.iter().any(|word| text.contains(word))
        }
    }
}
