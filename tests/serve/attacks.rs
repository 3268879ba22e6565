//! What must not be had from the server, and what it must not be made to do.

use super::*;

fn is_sound(server: &Server) -> bool {
    get(server, "/").text().contains("Ten minutes a day.")
}

/// D01, D02, D26: what is not a file of the site is not there, however it is spelled.
#[test]
fn no_address_leads_out_of_the_site() {
    let server = server();
    for path in [
        "/../Cargo.toml",
        "/../../../../../../etc/passwd",
        "/..",
        "/./../Cargo.toml",
        "/signs/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/..%2fCargo.toml",
        "/.%2e/Cargo.toml",
        "/%2E%2E/%2E%2E/etc/passwd",
        "/..%5cCargo.toml",
        "/..\\Cargo.toml",
        "/%252e%252e/Cargo.toml",
        "/%c0%ae%c0%ae/Cargo.toml",
        "/%uff0e%uff0e/Cargo.toml",
        "/....//Cargo.toml",
        "/signs/..;/Cargo.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/C:/Windows/win.ini",
        "/file:///etc/passwd",
        "/index.html/../../Cargo.toml",
        "/Cargo.toml%00.html",
        "/__betwixt/../../Cargo.toml",
        "/content/signs/listening.md",
        "/site.toml",
        "/.betwixt",
        "/.git/config",
        "/.env",
        "/signs/.hidden/",
        "/.well-known/",
        "/signs/",
        "/signs",
        "/__betwixt/",
    ] {
        let reply = get(&server, path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.text().contains("[package]") && !reply.text().contains("root:"), "{path}");
    }
    assert_eq!(get(&server, "/.well-known/security.txt").status, 200);
}

/// D05: a name that leads to this computer is no right to read from it.
#[test]
fn foreign_hosts_are_refused() {
    let server = server();
    let port = server.address().port();
    for host in ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"] {
        assert_eq!(ask_as(&server, "GET /", &format!("Host: {host}:{port}\r\n")).status, 200, "{host}");
    }
    for host in [
        format!("evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("0.0.0.0:{port}"),
        "evil.example".to_owned(),
        "localhost".to_owned(),
        format!("localhost:{}", port ^ 1),
    ] {
        let reply = ask_as(&server, "GET /", &format!("Host: {host}\r\n"));
        assert_eq!(reply.status, 403, "{host}");
        assert!(!reply.text().contains("Ten minutes"), "{host}");
    }
    let reply = ask(&server, "GET http://evil.example/", "");
    assert_eq!(reply.status, 403, "the host of a whole address counts too");
}

/// D06: a request without a host, or with two, is none.
#[test]
fn a_request_names_one_host() {
    let server = server();
    let own = server.address();
    for headers in
        [String::new(), format!("Host: {own}\r\nHost: {own}\r\n"), format!("Host: {own}\r\nHost: evil.example\r\n")]
    {
        assert_eq!(ask_as(&server, "GET /", &headers).status, 400, "{headers}");
    }
    assert_eq!(ask_as(&server, "GET /", "Host:\r\n").status, 403);
}

/// D07, D08: no other site reads a page or the stream of events.
#[test]
fn other_sites_get_nothing() {
    let server = server();
    let own = format!("http://{}", server.address());
    for path in ["/", "/__betwixt/events?page=/&seen=", "/__betwixt/live.js", "/numbers.txt"] {
        for origin in ["http://evil.example", "null", "https://localhost", "http://localhost", "file://", ""] {
            let reply = ask(&server, &format!("GET {path}"), &format!("Origin: {origin}\r\n"));
            assert_eq!(reply.status, 403, "{path} for {origin}");
            assert_eq!(reply.header("access-control-allow-origin"), None, "{path} for {origin}");
        }
        let reply = ask(&server, &format!("HEAD {path}"), &format!("Origin: {own}\r\n"));
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, None), "{path}");
    }
    let preflight = "Origin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\n";
    assert_eq!(ask(&server, "OPTIONS /", preflight).header("access-control-allow-origin"), None);
}

/// D09: no other site puts a file of ours into its pages, but it may lead people here.
#[test]
fn files_are_for_pages_of_this_site() {
    let server = server();
    for site in ["cross-site", "same-site"] {
        let loaded = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: no-cors\r\n");
        assert_eq!(ask(&server, "GET /hearth.1.css", &loaded).status, 403, "{site}");
        let followed = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: navigate\r\n");
        assert_eq!(ask(&server, "GET /", &followed).status, 200, "{site}");
    }
    for unclear in ["none\r\nSec-Fetch-Site: cross-site", "same-origin\r\nSec-Fetch-Site: same-origin", "größe"] {
        for mode in ["no-cors", "navigate"] {
            let headers = format!("Sec-Fetch-Site: {unclear}\r\nSec-Fetch-Mode: {mode}\r\n");
            assert_eq!(ask(&server, "GET /hearth.1.css", &headers).status, 400, "{headers}");
        }
    }
    let own = "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: no-cors\r\n";
    let reply = ask(&server, "GET /hearth.1.css", own);
    assert_eq!((reply.status, reply.header("cross-origin-resource-policy")), (200, Some("same-origin")));
}

/// D10: nothing can be sent to it.
#[test]
fn only_reading_is_allowed() {
    let server = server();
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "BREW"] {
        for path in ["/", "/index.html", "/__betwixt/open", "/__betwixt/events", "/__betwixt/live.js"] {
            let reply = ask(&server, &format!("{method} {path}"), "Content-Length: 0\r\n");
            assert_eq!((reply.status, reply.header("allow")), (405, Some("get, head")), "{method} {path}");
        }
    }
    let address = server.address();
    let reply = send(&server, format!("CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes());
    assert!(Reply::parse(&reply).is_none_or(|reply| reply.status >= 400));
    assert!(is_sound(&server));
}

/// D11: the longest head is as long as is said, to the byte.
#[test]
fn a_head_is_at_most_64_kib_long() {
    let server = server();
    let start = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nX-Long: ", server.address());
    let status = |length: usize| {
        let long = "x".repeat(length - start.len() - "\r\n\r\n".len());
        let reply = Reply::parse(&send(&server, format!("{start}{long}\r\n\r\n").as_bytes())).expect("an answer");
        (reply.status, reply.header("x-content-type-options").map(str::to_owned))
    };
    let nosniff = || Some("nosniff".to_owned());
    assert_eq!(status(64 * 1024), (200, nosniff()));
    assert_eq!(status(64 * 1024 + 1), (431, nosniff()));
    assert_eq!(status(70_000), (431, nosniff()));
}

/// D11: what has no end is not read to its end.
#[test]
fn endless_heads_are_refused() {
    let server = server();
    let host = format!("Host: {}\r\n", server.address());
    let long = "x".repeat(4 * 1024 * 1024);
    let many = "X-Many: 1\r\n".repeat(50_000);
    for request in [
        format!("GET / HTTP/1.1\r\n{host}X-Long: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{many}\r\n"),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
    ] {
        let reply = Reply::parse(&send(&server, request.as_bytes()));
        assert!(reply.is_none_or(|reply| (400..500).contains(&reply.status)));
        assert!(is_sound(&server));
    }
}

/// D14: a question about a file is answered as the file would be, without it.
#[test]
fn head_is_get_without_the_body() {
    let server = server();
    for path in ["/", "/signs/listening/", "/signs/listening", "/missing", "/numbers.txt", "/__betwixt/live.js"] {
        for accept in ["", "Accept: text/html\r\n"] {
            let (get, head) =
                (ask(&server, &format!("GET {path}"), accept), ask(&server, &format!("HEAD {path}"), accept));
            let lines = |reply: &Reply| {
                let mut lines: Vec<String> =
                    reply.head.lines().filter(|line| !line.starts_with("date:")).map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(lines(&get), lines(&head), "{path}");
            assert!(head.body.is_empty() && !get.body.is_empty(), "{path}");
        }
    }
}

/// D15: a part is the part that was asked for; many parts never make more than the whole.
#[test]
fn ranges_are_right_or_the_whole() {
    let server = server();
    let range = |range: &str| ask(&server, "GET /numbers.txt", &format!("Range: {range}\r\n"));
    for (asked, status, body) in [
        ("bytes=2-4", 206, "234"),
        ("bytes=7-", 206, "789"),
        ("bytes=-2", 206, "89"),
        ("bytes=0-99999999999999999999999", 206, "0123456789"),
        ("bytes=10-", 416, ""),
        ("bytes=99999999999999999999999-", 416, ""),
        ("bytes=4-2", 200, "0123456789"),
        ("bytes=a-b", 200, "0123456789"),
    ] {
        let reply = range(asked);
        assert_eq!((reply.status, &*reply.text()), (status, body), "{asked}");
    }
    assert_eq!(range("bytes=2-4").header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(range("bytes=10-").header("content-range"), Some("bytes */10"));
    for asked in ["bytes=2-4", "bytes=10-"] {
        let reply = ask(&server, "HEAD /numbers.txt", &format!("Range: {asked}\r\n"));
        assert_eq!((reply.status, reply.header("content-length"), &*reply.text()), (200, Some("10"), ""), "{asked}");
    }
    let many = format!("bytes={}", vec!["0-9"; 1000].join(","));
    assert_eq!(range(&many).text(), "0123456789");
}

/// D16: nobody is told that a page is as it was.
#[test]
fn pages_are_never_kept() {
    let server = server();
    let reply = get(&server, "/numbers.txt");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!((reply.header("etag"), reply.header("last-modified")), (None, None));
    for condition in
        ["If-None-Match: *\r\n", "If-None-Match: \"a\"\r\n", "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n"]
    {
        assert_eq!(ask(&server, "GET /numbers.txt", condition).status, 200, "{condition}");
    }
    server.show(preview(&[("numbers.txt", "987".to_owned())]));
    assert_eq!(ask(&server, "GET /numbers.txt", "If-None-Match: *\r\n").text(), "987");
}

/// D17: what was asked for is not repeated, with a page of the site's own for what is missing and without.
#[test]
fn a_missing_page_repeats_nothing() {
    let server = server();
    let check = |words: &str| {
        for path in ["/%3Cscript%3Ealert(1)%3C/script%3E", "/\"onload=alert(1)", "/alert(1)?alert(1)"] {
            for reply in [get(&server, path), visit(&server, path)] {
                assert_eq!(reply.status, 404, "{path}");
                assert!(!reply.text().contains("alert(1)") && reply.text().contains(words), "{}", reply.text());
            }
        }
    };
    check("There is no such page.");
    server.show(preview(&[("index.html", page("hearth.1", "Ten minutes a day."))]));
    check("There is no page at this address.");
}

/// D18: it leads nowhere but to pages of the site.
#[test]
fn redirects_lead_to_pages_of_the_site() {
    let server = server();
    for (asked, kept) in [
        ("", ""),
        ("?", "?"),
        ("?q=ten+minutes&a=%C3%A9", "?q=ten+minutes&a=%c3%a9"),
        ("?to=//evil.example", "?to=//evil.example"),
        ("?@evil.example", "?@evil.example"),
        ("?a={b|}", "?a=%7bb%7c%7d"),
        ("?a=%0d%0aSet-Cookie:a=b", "?a=%0d%0aset-cookie:a=b"),
    ] {
        let reply = get(&server, &format!("/signs/listening{asked}"));
        let location = format!("/signs/listening/{kept}");
        assert_eq!((reply.status, reply.header("location")), (307, Some(&*location)), "{asked}");
        assert_eq!(reply.header("set-cookie"), None, "{asked}");
    }
    for path in [
        "//evil.example",
        "//evil.example/%2f..",
        "/\\evil.example",
        "/%5cevil.example",
        "/%0d%0aSet-Cookie:a=b",
        "/signs/listening%0d%0aSet-Cookie:a=b",
        "/https://evil.example",
        "//evil.example/signs/listening",
    ] {
        let reply = get(&server, path);
        assert_eq!((reply.header("location"), reply.header("set-cookie")), (None, None), "{path}");
    }
    server.show(Preview { prefix: "/nearer/".to_owned(), ..preview(&guide()) });
    for (path, location) in
        [("/", "/nearer/"), ("/nearer", "/nearer/"), ("/nearer/signs/listening", "/nearer/signs/listening/")]
    {
        assert_eq!(get(&server, path).header("location"), Some(location), "{path}");
    }
    assert_eq!((get(&server, "/nearer/").status, get(&server, "/other/signs/listening/").status), (200, 404));
    // Open pages are led from where the site lay before.
    assert_eq!(get(&server, "/signs/listening/").header("location"), Some("/nearer/signs/listening/"));
}

/// D19: what is no request is refused, and nobody else notices.
#[test]
fn malformed_requests_do_no_harm() {
    let server = server();
    let host = format!("Host: {}\r\n", server.address());
    let smuggled = format!("GET /numbers.txt HTTP/1.1\r\n{host}\r\n");
    for request in [
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: {}\r\n\r\n{smuggled}", smuggled.len()),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 0\r\nContent-Length: 5\r\n\r\n{smuggled}"),
        format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 5, 6\r\n\r\n"),
        format!("GET / HTTP/9.9\r\n{host}\r\n"),
        format!("GET / HTTP/2.0\r\n{host}\r\n"),
        "GET /\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        format!("GET /\0 HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X-Odd: a\0b\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host} folded\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}No colon\r\n\r\n"),
        format!("GET  /  HTTP/1.1\r\n{host}\r\n"),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\r\n\r\n".to_owned(),
        "\r\n\r\n\r\n\r\nhello\r\n\r\n".to_owned(),
        format!("GET relative HTTP/1.1\r\n{host}\r\n"),
    ] {
        let mut stream = connect(&server);
        stream.write_all(request.as_bytes()).expect("it can be sent");
        stream.shutdown(Shutdown::Write).expect("it is open");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let reply = Reply::parse(&answer);
        assert!(reply.is_none_or(|reply| reply.status >= 400), "{request:?}: {}", String::from_utf8_lossy(&answer));
        assert!(!answer.ends_with(b"0123456789"), "the second request was within the first: {request:?}");
        assert!(is_sound(&server), "{request:?}");
    }
    // A head whose lines end in a single line feed is read as browsers' are, or refused.
    let answer = send(&server, format!("GET / HTTP/1.1\nHost: {}\nConnection: close\n\n", server.address()).as_bytes());
    assert!(Reply::parse(&answer).is_some_and(|reply| matches!(reply.status, 200 | 400)));
}

/// D21: a file is what it says it is.
#[test]
fn files_have_their_types() {
    let server = server();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/missing", "text/html; charset=utf-8"),
        ("/hearth.1.css", "text/css; charset=utf-8"),
        ("/tea.svg", "image/svg+xml; charset=utf-8"),
        ("/numbers.txt", "text/plain; charset=utf-8"),
        ("/__betwixt/live.js", "text/javascript; charset=utf-8"),
        ("/__betwixt/live.css", "text/css; charset=utf-8"),
    ] {
        let reply = get(&server, path);
        assert_eq!(reply.header("content-type"), Some(kind), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(reply.header("content-security-policy"), Some("frame-ancestors 'self'"), "{path}");
    }
}

/// D23: what an author wrote is text on the page that says what is wrong, and the guide comes back.
#[test]
fn while_there_is_nothing_to_show_every_address_says_why() {
    let server = empty();
    assert_eq!((get(&server, "/").status, get(&server, "/").text().contains("Your guide is on its way.")), (503, true));
    let problems = vec![mistake("</pre><script>alert(1)</script>")];
    server.show(Preview { problems: problems.into(), ..Preview::default() });
    for path in ["/", "/signs/listening/", "/numbers.txt"] {
        let reply = visit(&server, path);
        assert_eq!(reply.status, 503, "{path}");
        let words = reply.text();
        assert!(words.contains("&lt;script&gt;alert(1)") && !words.contains("<script>"), "{words}");
        assert!(
            words.contains("content/signs/listening.md:4:12") && words.contains("<script src=\"/__betwixt/live.js\"")
        );
        assert!(!get(&server, path).text().contains("<script"), "only windows can do something with it");
    }
    server.show(preview(&guide()));
    assert!(is_sound(&server));
}
