//! A server that is measured, spoken to by bare lines.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::program;

/// Whose server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Betwixt,
    Hugo,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Betwixt => "betwixt",
            Self::Hugo => "hugo",
        }
    }
}

/// A running server; it is stopped when this value goes.
pub struct Server {
    child: Child,
    kind: Kind,
    address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it answers; `None` if there is no such program.
    pub fn start(kind: Kind, folder: &Path) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let mut command = match kind {
            Kind::Betwixt => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
                command.args(["serve", "--root"]).arg(folder);
                command
            }
            Kind::Hugo => {
                let mut command = Command::new(program("hugo")?);
                command.args(["server", "--quiet", "--source"]).arg(folder);
                command
            }
        };
        command.args(["--port", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self { child: command.spawn().ok()?, kind, address: ([127, 0, 0, 1], port).into() };
        while TcpStream::connect(server.address).is_err() || !server.line().get("/signs/s7/").contains("Section 3") {
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    /// A line on which one question follows the other.
    pub fn line(&self) -> Line {
        Line::open(self.address)
    }

    /// Listens to the news of a page as a browser does; sends the time of each.
    pub fn listen(&self, page: &str, said: Sender<Instant>) {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let host = self.address;
        let request = match self.kind {
            Kind::Betwixt => {
                let woven = self.line().get_as(page, "Accept: text/html\r\n");
                let seen =
                    woven.split("data-seen=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("woven in");
                format!("GET /__betwixt/events?page={page}&seen={seen} HTTP/1.1\r\nHost: {host}\r\n\r\n")
            }
            Kind::Hugo => format!(
                "GET /livereload HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            ),
        };
        stream.write_all(request.as_bytes()).expect("it listens");
        let word: &[u8] = match self.kind {
            Kind::Betwixt => b"event: page",
            Kind::Hugo => b"reload",
        };
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(read @ 1..) = stream.read(&mut buffer) {
                if buffer[..read].windows(word.len()).any(|part| part == word) && said.send(Instant::now()).is_err() {
                    return;
                }
            }
        });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An open line to a server.
pub struct Line {
    reader: BufReader<TcpStream>,
    host: SocketAddr,
}

impl Line {
    /// The text at an address.
    pub fn get(&mut self, address: &str) -> String {
        self.get_as(address, "")
    }

    /// The text at an address, asked for with more headers; empty if the line goes dead, and then there is a new one.
    pub fn get_as(&mut self, address: &str, headers: &str) -> String {
        self.try_get(address, headers).unwrap_or_else(|_| {
            *self = Self::open(self.host);
            String::new()
        })
    }

    fn open(host: SocketAddr) -> Self {
        let stream = TcpStream::connect(host).expect("it listens");
        stream.set_nodelay(true).expect("a line of this computer");
        Self { reader: BufReader::new(stream), host }
    }

    fn try_get(&mut self, address: &str, headers: &str) -> io::Result<String> {
        let request = format!("GET {address} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host);
        self.reader.get_mut().write_all(request.as_bytes())?;
        let (mut length, mut is_chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            is_chunked |= line.starts_with("transfer-encoding: chunked");
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = Vec::new();
        if !is_chunked {
            self.take(length, &mut body)?;
            return Ok(String::from_utf8_lossy(&body).into_owned());
        }
        loop {
            let size = usize::from_str_radix(self.line()?.trim(), 16).map_err(io::Error::other)?;
            self.take(size, &mut body)?;
            self.line()?;
            if size == 0 {
                return Ok(String::from_utf8_lossy(&body).into_owned());
            }
        }
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    }

    fn take(&mut self, length: usize, body: &mut Vec<u8>) -> io::Result<()> {
        let start = body.len();
        body.resize(start + length, 0);
        self.reader.read_exact(&mut body[start..])
    }
}
