//! Many connections, slow ones, and those that say nothing.

use super::*;

fn asked(idle_timeout: Duration) -> ServerOptions {
    ServerOptions { port: 0, idle_timeout, ..ServerOptions::default() }
}

/// The rest of what comes, and that it has an end.
fn ends(mut stream: TcpStream) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

/// D12: those who are slow keep nobody waiting.
#[test]
fn slow_requests_keep_nobody_waiting() {
    let server = server();
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = connect(&server);
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").expect("it can be sent");
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(get(&server, "/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(10), "the patience with the slow ones");
    drop(slow);
}

/// D13: a connection that says nothing, or half of something, or nothing more, is given up.
#[test]
fn silent_connections_are_given_up() {
    let server = Server::start(asked(Duration::from_secs(1))).expect("a port is free");
    server.show(preview(&guide()));
    let host = format!("Host: {}\r\n", server.address());
    let silent: Vec<(String, TcpStream)> = [
        String::new(),
        "GET / HT".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}"),
        format!("GET / HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}\r\nGET / HTTP/1.1\r\n"),
    ]
    .into_iter()
    .map(|said| {
        let mut stream = connect(&server);
        stream.write_all(said.as_bytes()).expect("it can be sent");
        (said, stream)
    })
    .collect();
    for (said, stream) in silent {
        assert!(ends(stream), "{said:?}");
    }
}

/// D13: so is one that takes nothing of what it asked for; and meanwhile others are answered.
#[test]
fn connections_that_take_nothing_are_given_up() {
    let server = Server::start(asked(Duration::from_secs(1))).expect("a port is free");
    let large = "x".repeat(32 * 1024 * 1024);
    server.show(preview(&[("large.txt", large), ("numbers.txt", "0123456789".to_owned())]));
    let mut lazy = connect(&server);
    let request = format!("GET /large.txt HTTP/1.1\r\nHost: {}\r\n\r\n", server.address());
    lazy.write_all(request.as_bytes()).expect("it can be sent");
    assert_eq!(get(&server, "/numbers.txt").text(), "0123456789");
    assert!(soon(|| (&lazy).write_all(b"x").is_err()), "the connection is given up");
    let mut rest = Vec::new();
    let _ = lazy.read_to_end(&mut rest);
    assert!(rest.len() < 32 * 1024 * 1024, "the rest is not sent");
}

/// D22: many connections one after the other, and many at once; and they are closed again.
#[test]
fn many_connections_are_answered_and_closed() {
    let server = server();
    for _ in 0..1000 {
        drop(connect(&server));
    }
    let request = format!("GET /numbers.txt HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address());
    let mut many: Vec<TcpStream> = (0..300).map(|_| connect(&server)).collect();
    for stream in &mut many {
        stream.write_all(request.as_bytes()).expect("it can be sent");
    }
    for mut stream in many {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it has an end");
        assert!(answer.ends_with(b"0123456789"));
    }
    assert!(soon(|| open_connections(&server) == 0), "{} are left", open_connections(&server));
    assert_eq!(get(&server, "/").status, 200);
}

/// How many connections the server's side holds, as Linux tells; 0 elsewhere.
fn open_connections(server: &Server) -> usize {
    let Ok(table) = std::fs::read_to_string("/proc/net/tcp") else { return 0 };
    let port = format!(":{:04X}", server.address().port());
    let is_held = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        let local = words.next().unwrap_or_default();
        // Established, or ended by the other side alone.
        local.ends_with(&port) && matches!(words.nth(1), Some("01" | "08"))
    };
    table.lines().filter(|line| is_held(line)).count()
}

/// D27: one connection asks twice, with and without waiting, and gets two right answers.
#[test]
fn one_connection_gets_all_its_answers() {
    let server = server();
    let host = server.address();
    let two = format!(
        "GET /numbers.txt HTTP/1.1\r\nHost: {host}\r\n\r\nGET /hearth.1.css HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    let answer = String::from_utf8(send(&server, two.as_bytes())).expect("text");
    let (first, second) = (answer.find("0123456789").expect("first"), answer.find("color: teal").expect("second"));
    assert!(first < second && answer.matches("HTTP/1.1 200 OK").count() == 2, "{answer}");
    let mut stream = connect(&server);
    for _ in 0..2 {
        let request = format!("GET /numbers.txt HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it can be sent");
        let mut reader = BufReader::new(stream.try_clone().expect("one more handle"));
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).expect("a line");
        }
        let mut body = [0; 10];
        reader.read_exact(&mut body).expect("the body");
        assert_eq!(&body, b"0123456789");
    }
}

/// D20: nobody else's computer can ask.
#[test]
fn it_listens_to_this_computer_only() {
    let server = Server::start(ServerOptions { port: 0, ..ServerOptions::default() }).expect("a port is free");
    assert!(server.address().ip().is_loopback());
}

/// D24: where a port is taken, the next is.
#[test]
fn a_taken_port_leads_to_the_next() {
    let first = server();
    let port = first.address().port();
    let second = Server::start(ServerOptions { port, ..ServerOptions::default() }).expect("another port is free");
    assert_ne!(second.address().port(), port);
    second.show(preview(&guide()));
    assert_eq!((get(&first, "/").status, get(&second, "/").status), (200, 200));
    let foreign = ServerOptions { ip: [192, 0, 2, 1].into(), port: 0, ..ServerOptions::default() };
    let error = Server::start(foreign).expect_err("the address is not ours").to_string();
    assert_eq!(error, "this computer has no address 192.0.2.1");
}

/// D28: it stops at once, whoever is still connected, and its port is free.
#[test]
fn a_server_that_is_dropped_frees_its_port() {
    let server = server();
    let address = server.address();
    let mut stream = connect(&server);
    stream
        .write_all(format!("GET /__betwixt/events?page=/ HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
        .expect("sent");
    let half = connect(&server);
    let start = Instant::now();
    drop(server);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert!(ends(stream) && ends(half));
    assert!(TcpStream::connect(address).is_err(), "nobody listens");
    let again =
        Server::start(ServerOptions { port: address.port(), ..ServerOptions::default() }).expect("a port is free");
    assert_eq!(again.address(), address);
}
