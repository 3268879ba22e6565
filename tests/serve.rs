//! What the server says to browsers, and to everyone else: raw requests against a server with a small site in memory.
//!
//! Rows of the table of attacks on servers of this kind are named by their numbers, `D01` and so on.

#![expect(clippy::disallowed_methods, reason = "tests stand outside the pure rooms")]

#[path = "serve/attacks.rs"]
mod attacks;
#[path = "serve/connections.rs"]
mod connections;
#[path = "serve/live.rs"]
mod live;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use betwixt::base::{Files, OutPath, Severity};
use betwixt::report::{MarkedLine, Problem, SourceLocation};
use betwixt::serve::{Preview, Server, ServerOptions};
use betwixt::views::CSP;

/// No answer takes longer, however busy the computer is.
const LONG: Duration = Duration::from_secs(20);

/// A page as a theme writes it, with a style sheet of this name.
fn page(style: &str, words: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"{CSP}\">\n<title>Nearer</title>\n<link rel=\"stylesheet\" href=\"/{style}.css\">\n</head>\n\
         <body><p>{words}</p></body>\n</html>\n"
    )
}

/// A guide of two pages with what belongs to them.
fn guide() -> Vec<(&'static str, String)> {
    vec![
        ("index.html", page("hearth.1", "Ten minutes a day.")),
        ("signs/listening/index.html", page("hearth.1", "You listen less.")),
        ("404.html", page("hearth.1", "There is no such page.")),
        ("hearth.1.css", "p { color: teal }".to_owned()),
        ("tea.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
        ("numbers.txt", "0123456789".to_owned()),
        (".well-known/security.txt", "Contact: mailto:nearer@example.org\n".to_owned()),
    ]
}

fn preview(files: &[(&'static str, String)]) -> Preview {
    let file = |(name, text): &(&str, String)| (OutPath::new(name).expect("a plain name"), Arc::from(text.as_bytes()));
    Preview { files: Arc::new(files.iter().map(file).collect::<Files>()), ..Preview::default() }
}

/// A server at any free port that shows nothing yet.
fn empty() -> Server {
    Server::start(ServerOptions { port: 0, ..ServerOptions::default() }).expect("a port is free")
}

/// A server that shows the guide.
fn server() -> Server {
    let server = empty();
    server.show(preview(&guide()));
    server
}

/// A mistake in words that would do harm if they were taken for markup.
fn mistake(words: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        code: "unknown-page",
        message: words.to_owned(),
        place: SourceLocation { path: "content/signs/listening.md".to_owned(), at: Some((4, 12)) },
        excerpt: Some(MarkedLine {
            before: "Try ".to_owned(),
            marked: words.to_owned(),
            after: " tonight.".to_owned(),
        }),
        label: String::new(),
        help: String::new(),
        mended: None,
        notes: Vec::new(),
        others: Vec::new(),
    }
}

/// An answer.
#[derive(Debug)]
struct Reply {
    status: u16,
    /// The head, in small letters.
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(LONG)).expect("it can be set");
    stream.set_write_timeout(Some(LONG)).expect("it can be set");
    stream
}

/// All that comes back for these bytes, until the server ends the connection.
fn send(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(server);
    // The server may end the connection before it has read everything.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return answer,
            Ok(count) => answer.extend_from_slice(&piece[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return answer,
            Err(error) => panic!("no end within {LONG:?}: {error}; {}", String::from_utf8_lossy(&answer)),
        }
    }
}

/// The answer to a request; `headers` are whole lines, and the host is among them only if it says so.
fn ask_as(server: &Server, line: &str, headers: &str) -> Reply {
    let answer = send(server, format!("{line} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").as_bytes());
    Reply::parse(&answer).unwrap_or_else(|| panic!("{line}: {:?}", String::from_utf8_lossy(&answer)))
}

/// The answer to a request with the right host.
fn ask(server: &Server, line: &str, headers: &str) -> Reply {
    ask_as(server, line, &format!("Host: {}\r\n{headers}", server.address()))
}

fn get(server: &Server, path: &str) -> Reply {
    ask(server, &format!("GET {path}"), "")
}

/// The page as a browser's window gets it.
fn visit(server: &Server, path: &str) -> Reply {
    ask(server, &format!("GET {path}"), "Accept: text/html,*/*;q=0.8\r\n")
}

/// Is it so before long? Asks again and again.
fn soon(is_so: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < LONG {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}
