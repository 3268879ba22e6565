//! Open pages: what is injected into them, and what they are told.

use super::*;

/// An open page's stream of events.
struct Stream(BufReader<TcpStream>);

impl Stream {
    fn open(server: &Server, page: &str, seen: &str, headers: &str) -> Self {
        let mut stream = connect(server);
        let line = format!("GET /__betwixt/events?page={page}&seen={seen} HTTP/1.1");
        let request = format!("{line}\r\nHost: {}\r\n{headers}\r\n", server.address());
        stream.write_all(request.as_bytes()).expect("it can be sent");
        Self(BufReader::new(stream))
    }

    /// The stream of the page that a browser's window shows at this address.
    fn of(server: &Server, page: &str) -> Self {
        Self::open(server, page, &seen(server, page), "")
    }

    /// The next event: its name, its id and its data.
    fn next(&mut self) -> (String, String, String) {
        let mut event = (String::new(), String::new(), String::new());
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("a line comes before long") > 0, "the stream has no end");
            let line = line.trim_end();
            for (name, value) in [("event: ", &mut event.0), ("id: ", &mut event.1), ("data: ", &mut event.2)] {
                if let Some(rest) = line.strip_prefix(name) {
                    rest.clone_into(value);
                }
            }
            if line.is_empty() && !event.0.is_empty() {
                return event;
            }
        }
    }

    fn next_name(&mut self) -> String {
        self.next().0
    }
}

/// What a served page says that it shows.
fn seen(server: &Server, path: &str) -> String {
    let page = visit(server, path).text();
    let (_, rest) = page.split_once("data-seen=\"").expect("the script is injected");
    rest.split('"').next().expect("it ends").to_owned()
}

#[test]
fn only_windows_get_the_script_and_all_others_what_is_published() {
    let server = server();
    for (name, text) in guide() {
        let path = format!("/{}", name.trim_end_matches("index.html"));
        assert_eq!(get(&server, &path).text(), text, "{path}");
    }
    let built = page("hearth.1", "Ten minutes a day.");
    let injected = visit(&server, "/").text();
    let seen = seen(&server, "/");
    let script = format!("<script src=\"/__betwixt/live.js\" data-seen=\"{seen}\" data-status=\"200\" defer></script>");
    assert_eq!(injected.replace(&script, "").replace("connect-src 'self'", "connect-src 'none'"), built);
    assert_eq!(visit(&server, "/numbers.txt").text(), "0123456789");
}

#[test]
fn an_open_page_hears_of_its_own_changes_alone() {
    let server = server();
    let mut home = Stream::of(&server, "/");
    let mut sign = Stream::of(&server, "/signs/listening/");
    assert_eq!((home.next_name(), sign.next_name()), ("problems".into(), "problems".into()));
    let mut files = guide();
    server.show(preview(&files));
    files[1].1 = page("hearth.1", "You listen more.");
    server.show(preview(&files));
    assert_eq!(sign.next_name(), "page");
    files[4].1 = "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle/></svg>".to_owned();
    server.show(preview(&files));
    // The page that stayed as it was heard nothing before this.
    assert_eq!(home.next(), (String::from("files"), seen(&server, "/"), "{\"changed\":[\"/tea.svg\"]}".into()));
}

#[test]
fn other_styles_are_put_on_without_a_reload() {
    let server = server();
    let mut home = Stream::of(&server, "/");
    assert_eq!(home.next_name(), "problems");
    let files: Vec<_> =
        guide().into_iter().map(|(name, text)| (name, text.replace("hearth.1.css", "hearth.2.css"))).collect();
    server.show(preview(&files));
    let (name, id, data) = home.next();
    assert_eq!((&*name, &*data), ("styles", "{\"pairs\":[[\"/hearth.1.css\",\"/hearth.2.css\"]]}"));
    // A page that asks again with what it was told last has nothing to do.
    let mut again = Stream::open(&server, "/", "old", &format!("Last-Event-ID: {id}\r\n"));
    assert_eq!(again.next_name(), "problems");
    server.show(preview(&[]));
    assert_eq!(again.next_name(), "page");
}

#[test]
fn a_page_that_was_served_by_an_earlier_server_heals() {
    let (first, second) = (server(), empty());
    let old = seen(&first, "/");
    let mut changed = guide();
    changed[0].1 = page("hearth.1", "Twenty minutes a day.");
    second.show(preview(&changed));
    let mut stream = Stream::open(&second, "/", &old, "");
    assert_eq!(stream.next_name(), "page");
    let mut stream = Stream::open(&second, "/signs/listening/", &seen(&first, "/signs/listening/"), "");
    assert_eq!((stream.next_name(), stream.next().2), ("problems".into(), "{}".into()));
    // A page that has to wait for the first build stays until then.
    let third = empty();
    let mut stream = Stream::open(&third, "/", &old, "");
    third.show(preview(&guide()));
    assert_eq!((stream.next_name(), stream.next_name()), ("problems".into(), "files".into()));
}

#[test]
fn pages_that_go_and_come_are_loaded_again() {
    let server = empty();
    let mut waiting = Stream::of(&server, "/signs/listening/");
    server.show(preview(&guide()[..1]));
    assert_eq!(waiting.next_name(), "page");
    let mut missing = Stream::of(&server, "/signs/listening/");
    assert_eq!(missing.next_name(), "problems");
    server.show(preview(&guide()));
    assert_eq!(missing.next_name(), "page");
    server.show(preview(&guide()[..1]));
    assert_eq!(missing.next_name(), "page");
}

/// D23: the problems are told as data, and told to be gone.
#[test]
fn problems_come_and_go_over_the_last_good_page() {
    let server = server();
    let mut home = Stream::of(&server, "/");
    assert!(home.next().2.contains("\"problems\":[]"));
    let problems: Arc<[Problem]> = vec![mistake("</script>\n`ten-minuets`")].into();
    server.show(Preview { problems: Arc::clone(&problems), is_old: true, ..preview(&guide()) });
    let told: serde_json::Value = serde_json::from_str(&home.next().2).expect("JSON on one line");
    assert_eq!(told["heading"], "There is a mistake in 1 file.");
    assert_eq!(told["problems"][0]["message"], "</script>\n`ten-minuets`");
    assert_eq!(told["problems"][0]["place"]["at"], serde_json::json!([4, 12]));
    assert!(told["key"].is_null(), "without an opener no place can be opened");
    server.show(Preview { problems, is_old: true, ..preview(&guide()) });
    server.show(preview(&guide()));
    let gone: serde_json::Value = serde_json::from_str(&home.next().2).expect("JSON on one line");
    assert_eq!(gone["problems"], serde_json::json!([]));
}

#[cfg(unix)]
#[test]
fn a_place_opens_the_editor_for_this_page_alone() {
    use std::os::unix::fs::PermissionsExt;

    use betwixt::serve::{Editor, Opener};

    let root = tempfile::tempdir().expect("a temporary folder");
    let editor = root.path().join("code");
    let said = root.path().join("said");
    std::fs::write(&editor, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.new\" && mv \"$0.new\" \"${0%code}said\"\n")
        .expect("written");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("set");
    let file = root.path().join("content/signs/listening.md");
    std::fs::create_dir_all(root.path().join("content/signs")).expect("made");
    std::fs::write(&file, "Listen.").expect("written");
    let editor = Editor::parse(&format!("'{}' --goto {{file}}:{{line}}:{{column}}", editor.display()));
    let opener = Opener::new(root.path().to_owned(), editor);
    let server = Server::start(ServerOptions { port: 0, opener: Some(opener), ..ServerOptions::default() })
        .expect("a port is free");
    server.show(Preview { problems: vec![mistake("gone")].into(), ..preview(&guide()) });
    let told: serde_json::Value = serde_json::from_str(&Stream::of(&server, "/").next().2).expect("JSON");
    let key = told["key"].as_str().expect("places can be opened");
    let open = |key: &str, place: &str, headers: &str| {
        ask(&server, &format!("GET /__betwixt/open?key={key}&{place}"), headers).status
    };
    let told = ["Site: same-origin", "Mode: navigate", "Dest: document", "User: ?1"];
    let click = told.map(|line| format!("Sec-Fetch-{line}\r\n")).concat();
    let place = "path=content/signs/listening.md&line=4&column=12";
    assert_eq!(open("guessed", place, &click), 403);
    assert_eq!(open("", place, &click), 403);
    // A script of the page can ask, but not as a click does.
    for line in told {
        assert_eq!(open(key, place, &click.replace(&format!("Sec-Fetch-{line}\r\n"), "")), 403, "{line}");
    }
    assert_eq!(open(key, place, &click.replace("navigate", "cors").replace("document", "empty")), 403);
    assert_eq!(open(key, place, &click.replace("document", "iframe")), 403);
    assert_eq!(open(key, place, &click.replace("same-origin", "cross-site")), 403);
    assert_eq!(open(key, place, &click.replace("same-origin", "none")), 403);
    for elsewhere in [
        "path=site.toml",
        "path=../secret",
        "path=content/signs/listening.md",
        "path=content/signs/listening.md&line=4&column=13",
    ] {
        assert_eq!(open(key, elsewhere, &click), 404, "{elsewhere}");
    }
    assert!(!said.exists());
    assert_eq!(open(key, place, &click), 204);
    assert!(soon(|| said.exists()), "the editor is started");
    assert_eq!(std::fs::read_to_string(&said).expect("text"), format!("--goto\n{}:4:12\n", file.display()));
    // What is no file, or no longer, is left alone.
    std::fs::remove_file(&file).expect("removed");
    assert_eq!(open(key, place, &click), 404);
}
