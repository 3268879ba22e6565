//! A request → its answer: the server's own few addresses below `/__betwixt/`, and the files for all others.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;

use super::guard::{is_persons_click, refusal};
use super::opener::{Key, Opener};
use super::range::{Part, parse_range};
use super::reader::{Reader, page_version};
use super::site_state::{Answer, SiteState};
use super::stream::EventStream;
use super::{inject, page};
use crate::base::{decode_path, encode_query, media};
use crate::report::SourceLocation;

/// The script of open pages; the style sheet of what it shows is put before it, as it can load nothing.
const LIVE: &str = include_str!("live.js");

/// What problems look like, on the server's own pages and over others.
const STYLE: &str = include_str!("live.css");

/// What every answer says: it is for this site alone, is what it says it is, is never kept, and is shown in no frame of
/// another site.
const SAFETY: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'")),
    (header::VARY, HeaderValue::from_static("Accept")),
];

/// What answers are made from.
#[derive(Debug)]
pub(super) struct AppState {
    /// What is shown.
    pub(super) shown: watch::Receiver<Arc<SiteState>>,
    /// Where the server listens.
    pub(super) address: SocketAddr,
    /// What a request to open a source has to know; only open pages are told it.
    pub(super) key: String,
    /// How a source is opened.
    pub(super) opener: Option<Opener>,
}

impl AppState {
    fn shown(&self) -> Arc<SiteState> {
        Arc::clone(&self.shown.borrow())
    }
}

/// All addresses.
pub(super) fn routes(app: AppState) -> Router {
    let app = Arc::new(app);
    Router::new()
        .route(page::SCRIPT, get(send_script))
        .route(page::STYLE, get(send_style))
        .route("/__betwixt/events", get(send_events))
        .route("/__betwixt/open", get(open_source))
        .fallback(send_file)
        .layer(from_fn_with_state(Arc::clone(&app), refuse_or_pass))
        .with_state(app)
}

/// Lets pass only what is our own, and marks every answer.
async fn refuse_or_pass(State(app): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let refused = refusal(&parts, app.address);
    let mut response = match refused {
        Some((status, why)) => plain_text(status, why),
        None => next.run(Request::from_parts(parts, body)).await,
    };
    let headers = response.headers_mut();
    headers.extend(SAFETY);
    if let Some((status, _)) = refused {
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        // What follows may be the body that a refused request has.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

async fn send_script() -> Response {
    let sheet = serde_json::to_string(STYLE).expect("text can be written as JSON");
    (
        [(header::CONTENT_TYPE, media::media_type(page::SCRIPT))],
        format!("'use strict';\n{{\nconst sheet = {sheet};\n{LIVE}}}\n"),
    )
        .into_response()
}

async fn send_style() -> Response {
    ([(header::CONTENT_TYPE, media::media_type(page::STYLE))], STYLE).into_response()
}

/// The stream of what an open page has to be told.
async fn send_events(State(app): State<Arc<AppState>>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let again = request.headers().get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let seen = again.or_else(|| query_parameter(query, "seen")).unwrap_or_default();
    let address = query_parameter(query, "page").unwrap_or_default();
    let kind = [(header::CONTENT_TYPE, "text/event-stream; charset=utf-8")];
    if request.method() == Method::HEAD {
        return kind.into_response();
    }
    let key = app.opener.as_ref().map(|opener| Key { secret: app.key.clone(), endings: opener.endings() });
    let reader = Reader::new(address, &seen, key);
    (kind, Body::new(EventStream::new(reader, app.shown.clone()))).into_response()
}

/// Opens a source that one of the problems names, if a person clicks on it in a page of this site. The page stays.
async fn open_source(State(app): State<Arc<AppState>>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let knows_key = query_parameter(query, "key").as_deref() == Some(&app.key);
    let Some(opener) = &app.opener else { return plain_text(StatusCode::NOT_FOUND, "Nothing can be opened here.") };
    if request.method() != Method::GET || !knows_key || !is_persons_click(request.headers()) {
        return plain_text(StatusCode::FORBIDDEN, "Only a click in a page of this site can open a file.");
    }
    let path = query_parameter(query, "path").unwrap_or_default();
    let asked = SourceLocation { path, at: query_number(query, "line").zip(query_number(query, "column")) };
    let shown = app.shown();
    let mut named = shown.problems.iter().flat_map(|problem| {
        let notes = problem.notes.iter().map(|note| &note.place);
        std::iter::once(&problem.place).chain(notes).chain(&problem.others)
    });
    if !named.any(|spot| *spot == asked) {
        return plain_text(StatusCode::NOT_FOUND, "Nothing is wrong at this place.");
    }
    match opener.open(&asked) {
        Some(()) => StatusCode::NO_CONTENT.into_response(),
        None => plain_text(StatusCode::NOT_FOUND, "This file can be opened by hand only."),
    }
}

/// A file of the site; a page with the script, if it is for a browser's window.
async fn send_file(State(app): State<Arc<AppState>>, request: Request) -> Response {
    let shown = app.shown();
    let address = request.uri().path();
    let Answer { status, media_type, bytes, location } = shown.answer(address);
    let is_for_window = media::is_page_type(media_type) && accepts_pages(request.headers());
    let injected =
        is_for_window.then(|| inject::inject_script(&bytes, &page_version(&shown, address), status)).flatten();
    let bytes = injected.map_or_else(|| Bytes::from_owner(bytes), Bytes::from);
    let mut response = respond_with_range(status, bytes, &request);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let query = request.uri().query().map_or_else(String::new, |query| format!("?{}", encode_query(query)));
    let location = location.map(|location| location + &query);
    if let Some(location) = location.and_then(|location| HeaderValue::try_from(location).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Does the request come from a window that shows pages?
fn accepts_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT);
    accepted.iter().any(|value| value.to_str().is_ok_and(|value| value.contains("text/html")))
}

/// The bytes, or the part of them that is asked for.
fn respond_with_range(status: StatusCode, bytes: Bytes, request: &Request) -> Response {
    let length = bytes.len();
    let headers = request.headers();
    // Whether an older part still fits cannot be told: nothing here has a version. So it is sent whole.
    // Parts are defined for GET alone (RFC 9110, section 14.2).
    let is_plain =
        status == StatusCode::OK && request.method() == Method::GET && !headers.contains_key(header::IF_RANGE);
    let asked = headers.get(header::RANGE).filter(|_| is_plain).and_then(|range| range.to_str().ok());
    let accepts = (header::ACCEPT_RANGES, "bytes".to_owned());
    match asked.map_or(Part::Whole, |range| parse_range(range, length)) {
        Part::Whole => (status, [accepts], bytes).into_response(),
        Part::Bytes(range) => {
            let place = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let headers = [accepts, (header::CONTENT_RANGE, place)];
            (StatusCode::PARTIAL_CONTENT, headers, bytes.slice(range)).into_response()
        }
        Part::Nothing => {
            let headers = [accepts, (header::CONTENT_RANGE, format!("bytes */{length}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
        }
    }
}

fn plain_text(status: StatusCode, words: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, media::media_type("a.txt"))], format!("{words}\n")).into_response()
}

/// The value of `name` in the query of an address.
fn query_parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| decode_path(value).into_owned())
}

fn query_number(query: &str, name: &str) -> Option<usize> {
    query_parameter(query, name)?.parse().ok()
}
