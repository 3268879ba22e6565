//! `betwixt check --external` against small servers on this computer, kind and hostile; nobody else is asked.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests stand outside the pure rooms")]

#[path = "external/program.rs"]
mod program;
#[path = "external/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use betwixt::guide::outside::{Answer, Silence};
use betwixt::link_checker::{self, CheckEvent, RequestPolicy};
use server::{Reply, Server};
use url::Url;

/// As polite as ever, and in a hurry.
const POLICY: RequestPolicy = RequestPolicy {
    sites_at_once: 8,
    pause: Duration::ZERO,
    connecting: Duration::from_secs(5),
    answering: Duration::from_secs(5),
    longest_wait: Duration::from_secs(1),
};

fn ask(addresses: &[&str], policy: RequestPolicy) -> BTreeMap<String, Answer> {
    let (tell, listen) = mpsc::channel();
    let addresses = addresses.iter().map(|address| Url::parse(address).expect("an address")).collect();
    link_checker::check_addresses(addresses, policy, tell).expect("this processor can");
    let answer = |event| match event {
        CheckEvent::Answer(url, answer) => Some((url.to_string(), answer)),
        CheckEvent::End | CheckEvent::Interrupted => None,
    };
    listen.into_iter().map_while(answer).collect()
}

/// What is answered for the page `/` of a server, and what it was asked.
fn ask_home(reply: fn(&str) -> Reply) -> (Answer, Vec<String>) {
    let server = Server::start(reply);
    let url = server.url("/");
    let answers = ask(&[&url], POLICY);
    (answers[&url].clone(), server.asked())
}

fn said(status: u16) -> Answer {
    Answer::Said { status, moved: None }
}

fn ok() -> Reply {
    Reply::status(200)
}

#[test]
fn a_page_that_is_there_is_asked_for_once_and_briefly() {
    assert_eq!(ask_home(|_| ok()), (said(200), vec!["HEAD /".to_owned()]));
}

#[test]
fn addresses_with_odd_signs_are_asked_for() {
    let server = Server::start(|_| ok());
    for path in ["/a|b?c={d}|[e]^`f`", "/é?ü=\"x\"", "/a%20b%zz", "/<a>\\b", "/?a='b'"] {
        let url = Url::parse(&server.url(path)).expect("an address").to_string();
        assert_eq!(ask(&[&url], POLICY)[&url], said(200), "{url}");
    }
}

#[test]
fn bad_news_of_a_short_question_are_not_believed() {
    let both = vec!["HEAD /".to_owned(), "GET /".to_owned()];
    for status in [404, 410, 500, 403] {
        let server = Server::start(move |_| Reply::status(status));
        let url = server.url("/");
        assert_eq!((ask(&[&url], POLICY)[&url].clone(), server.asked()), (said(status), both.clone()));
    }
    let only_get = |asked: &str| if asked.starts_with("HEAD") { Reply::status(405) } else { ok() };
    assert_eq!(ask_home(only_get), (said(200), both.clone()));
    let silent_head = |asked: &str| if asked.starts_with("HEAD") { Reply::Raw(Vec::new()) } else { ok() };
    assert_eq!(ask_home(silent_head), (said(200), both));
}

#[test]
fn a_page_that_has_moved_is_followed() {
    let page = |asked: &str| match asked.split_once(' ').map(|(_, path)| path) {
        Some("/") => Reply::redirect(301, "/second"),
        Some("/second") => Reply::redirect(308, "/third#part"),
        Some("/third") => Reply::redirect(302, "/today"),
        Some("/lead") => Reply::redirect(302, "/"),
        Some("/today") => ok(),
        _ => Reply::status(404),
    };
    let server = Server::start(page);
    let (url, lead) = (server.url("/"), server.url("/lead"));
    let answers = ask(&[&url, &lead], POLICY);
    let moved = Url::parse(&server.url("/third")).ok();
    assert_eq!(answers[&url], Answer::Said { status: 200, moved }, "as far as it has moved for good");
    assert_eq!(answers[&lead], said(200), "what leads on for today only has not moved");
}

#[test]
fn what_leads_nowhere_is_noticed() {
    let (answer, asked) = ask_home(|_| Reply::redirect(302, "/"));
    assert_eq!((answer, asked.len()), (Answer::Nothing(Silence::Circle), 22));
    assert_eq!(ask_home(|_| Reply::redirect(301, "ftp://friends.example/")).0, Answer::Nothing(Silence::Astray));
    assert_eq!(ask_home(|_| Reply::redirect(301, "file:///etc/passwd")).0, Answer::Nothing(Silence::Astray));
}

#[test]
fn a_server_that_is_busy_is_asked_again_when_it_wishes_and_else_left_alone() {
    let server = Server::start(|_| Reply::status(429).with("Retry-After: 0"));
    let (one, two) = (server.url("/one"), server.url("/two"));
    assert_eq!(ask(&[&one], POLICY)[&one], said(429));
    assert_eq!(server.asked(), ["HEAD /one", "HEAD /one"]);
    let later = Server::start(|_| Reply::status(429).with("Retry-After: 3600"));
    let addresses = [later.url("/one"), later.url("/two")];
    let answers = ask(&[&addresses[0], &addresses[1]], POLICY);
    assert!(answers.values().all(|answer| *answer == said(429)));
    assert_eq!(later.asked().len(), 1, "it has said when it wants to be asked");
    let date = Server::start(|_| Reply::status(503).with("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"));
    assert_eq!(ask(&[&date.url("/")], POLICY)[&date.url("/")], said(503));
    assert_eq!(ask(&[&two], POLICY)[&two], said(429));
}

#[test]
fn hostile_servers_do_no_harm() {
    assert_eq!(ask_home(|_| Reply::Raw(Vec::new())).0, Answer::Nothing(Silence::Cut));
    assert_eq!(ask_home(|_| Reply::Raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec())).0, Answer::Nothing(Silence::Garbled));
    let large = |_: &str| Reply::Raw([&b"HTTP/1.1 200 OK\r\nX: "[..], &vec![b'x'; 1 << 20]].concat());
    assert_eq!(ask_home(large).0, Answer::Nothing(Silence::Garbled));
    let endless = |asked: &str| if asked.starts_with("HEAD") { Reply::status(405) } else { Reply::Endless };
    assert_eq!(ask_home(endless).0, said(200), "bodies are not read");
}

#[test]
fn a_server_that_never_answers_is_not_waited_for() {
    let policy = RequestPolicy { answering: Duration::from_millis(100), ..POLICY };
    let server = Server::start(|_| Reply::Never);
    assert_eq!(ask(&[&server.url("/")], policy)[&server.url("/")], Answer::Nothing(Silence::Late));
}

#[test]
fn where_nobody_is_no_other_page_is_asked_for() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    let (one, two) = (format!("http://127.0.0.1:{port}/one"), format!("http://127.0.0.1:{port}/two"));
    let answers = ask(&[&one, &two], POLICY);
    assert!(answers.values().all(|answer| *answer == Answer::Nothing(Silence::Unreachable)), "{answers:?}");
    let nameless = "http://nothing.invalid/";
    let answer = &ask(&[nameless], POLICY)[nameless];
    assert!(!answer.is_from_the_web(), "{answer:?}");
}

#[test]
fn a_server_that_cannot_prove_itself_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("https://{}/", listener.local_addr().expect("it has a number"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut hello = [0; 16 * 1024];
            let _ = stream.read(&mut hello).and_then(|_| stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n"));
            // It is the other side that has had enough.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    assert_eq!(ask(&[&url], POLICY)[&url], Answer::Nothing(Silence::Unproven));
}

#[test]
fn one_site_is_asked_one_thing_at_a_time_and_several_sites_at_once() {
    let servers: Vec<_> = (0..3).map(|_| Server::start(|_| ok())).collect();
    let addresses: Vec<_> = servers.iter().flat_map(|server| (0..20).map(|n| server.url(&format!("/{n}")))).collect();
    // Each of them leads to the first server too.
    let first = servers[0].url("/");
    let leading = Server::start(move |_| Reply::redirect(302, &first));
    let leads: Vec<_> = (0..20).map(|n| leading.url(&format!("/{n}"))).collect();
    let all: Vec<&str> = addresses.iter().chain(&leads).map(String::as_str).collect();
    let answers = ask(&all, POLICY);
    assert_eq!(answers.len(), 80);
    assert!(answers.values().all(|answer| *answer == said(200)), "{answers:?}");
    assert_eq!(servers.iter().map(Server::most_at_once).max(), Some(1));
    assert_eq!(servers[0].asked().len(), 40);
}
