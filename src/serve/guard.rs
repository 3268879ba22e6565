//! Who may ask: this computer's own browser, on behalf of this site or of the person before it, and nobody else.
//!
//! Any web page can send requests to this computer, and a name of its own can lead here (DNS rebinding). Such requests
//! tell themselves by the headers `Host`, `Origin` and `Sec-Fetch-Site`, which a page cannot forge.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};

/// Where a request comes from, as browsers tell.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a person follows a link or a page loads something.
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What is asked for is to become: a picture, a whole window, …
const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Whether a person did something just before.
const USER: HeaderName = HeaderName::from_static("sec-fetch-user");

/// The longest head of a request, in bytes.
pub(super) const LONGEST_HEAD: usize = 64 * 1024;

/// Why a request is refused: the status, and a sentence for whoever reads it.
pub(super) type Refusal = (StatusCode, &'static str);

/// Why this request is refused, if it is; `bound` is where the server listens.
pub(super) fn refusal(request: &Parts, bound: SocketAddr) -> Option<Refusal> {
    if head_length(request) > LONGEST_HEAD {
        return Some((StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "The head of this request is too long."));
    }
    let Some(host) = only(&request.headers, header::HOST) else {
        return Some((StatusCode::BAD_REQUEST, "A request names one host."));
    };
    let target = request.uri.authority().map(axum::http::uri::Authority::as_str);
    if !is_own_host(host, bound) || !target.is_none_or(|target| is_own_host(target, bound)) {
        return Some((StatusCode::FORBIDDEN, "This server answers to addresses of this computer only."));
    }
    let origin = only(&request.headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    let is_own_origin = origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    if request.headers.contains_key(header::ORIGIN) && !is_own_origin {
        return Some((StatusCode::FORBIDDEN, "This server does not answer to other sites."));
    }
    let site = match only(&request.headers, SITE) {
        None if request.headers.contains_key(SITE) => {
            return Some((StatusCode::BAD_REQUEST, "A request comes from one site."));
        }
        site => site.unwrap_or("none"),
    };
    if !matches!(site, "same-origin" | "none") && only(&request.headers, MODE) != Some("navigate") {
        return Some((StatusCode::FORBIDDEN, "This server does not answer to other sites."));
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "This server only shows pages."));
    }
    let length = only(&request.headers, header::CONTENT_LENGTH).unwrap_or("0");
    let has_body = length != "0" || request.headers.contains_key(header::TRANSFER_ENCODING);
    let is_odd = has_body || request.headers.get_all(header::CONTENT_LENGTH).iter().count() > 1;
    is_odd.then_some((StatusCode::BAD_REQUEST, "A request for a page has no body."))
}

/// May a request make something happen on this computer? Only one of a person who follows a link in a page of this
/// site. A script cannot make such a request without a person's click, and browsers that do not tell are refused.
pub(super) fn is_persons_click(headers: &HeaderMap) -> bool {
    let expected = [(SITE, "same-origin"), (MODE, "navigate"), (DESTINATION, "document"), (USER, "?1")];
    expected.into_iter().all(|(name, value)| only(headers, name) == Some(value))
}

/// The bytes of a request's head, as it is written with no blanks to spare.
fn head_length(request: &Parts) -> usize {
    let line = request.method.as_str().len() + request.uri.to_string().len() + "  HTTP/1.1\r\n".len();
    let headers = request.headers.iter().map(|(name, value)| name.as_str().len() + ": \r\n".len() + value.len());
    line + headers.sum::<usize>() + "\r\n".len()
}

/// The value of a header that stands there exactly once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Does `host`, with its port, name this server?
///
/// Names that DNS can give to anyone are refused, all but `localhost`. Where the server listens at every address of
/// this computer, any address in numbers will do, as no name has to be asked for it; and any port, as a container's may
/// have another number outside.
fn is_own_host(host: &str, bound: SocketAddr) -> bool {
    let is_bracketed = host.starts_with('[');
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !is_bracketed || name.ends_with(']') => (name, port),
        _ => (host, "80"),
    };
    let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_everywhere = bound.ip().is_unspecified();
    if !is_number || !port.parse().is_ok_and(|port: u16| port == bound.port() || is_everywhere) {
        return false;
    }
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let inner = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let ip = match inner {
        Some(inner) => inner.parse::<Ipv6Addr>().ok().map(Into::into),
        None => name.parse::<Ipv4Addr>().ok().map(Into::into),
    };
    ip.is_some_and(|ip: std::net::IpAddr| {
        is_everywhere || ip == bound.ip() || ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bound: &str, own: &[&str], foreign: &[&str]) {
        let bound = bound.parse().expect("an address");
        for host in own {
            assert!(is_own_host(host, bound), "{host} is our own at {bound}");
        }
        for host in foreign {
            assert!(!is_own_host(host, bound), "{host} is foreign at {bound}");
        }
    }

    #[test]
    fn only_this_computers_names_are_its_own() {
        let foreign = [
            "",
            ":1111",
            "evil.example:1111",
            "localhost.evil.example:1111",
            "127.0.0.1.evil.example:1111",
            "evil.example",
            "localhost",
            "localhost:80",
            "localhost:01111x",
            "localhost:+1111",
            "localhost:1111:1111",
            "127.1:1111",
            "0x7f000001:1111",
            "2130706433:1111",
            "127.0.0.1:",
            "127.0.0.1:1112",
            "192.168.1.5:1111",
            "0.0.0.0:1111",
            "[::]:1111",
            "[::1",
            "[::1]",
            "::1:1111",
            "[127.0.0.1]:1111",
            "user@localhost:1111",
            "localhost:1111/",
            "localhost:1111 ",
        ];
        check("127.0.0.1:1111", &["127.0.0.1:1111", "localhost:1111", "LocalHost:1111", "[::1]:1111"], &foreign);
    }

    #[test]
    fn a_server_for_the_house_answers_to_numbers_and_its_own_address() {
        check("0.0.0.0:1111", &["192.168.1.5:1111", "[fe80::1]:8080", "localhost:8080"], &["my-laptop.local:1111"]);
        check("192.168.1.5:1111", &["192.168.1.5:1111", "localhost:1111"], &["192.168.1.6:1111", "evil.example:1111"]);
        check("127.0.0.1:80", &["localhost", "127.0.0.1", "[::1]", "localhost:80"], &["localhost:1111"]);
    }
}
