//! A server that answers as it is told, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is answered to a question.
pub enum Reply {
    /// These bytes, and then the connection ends.
    Raw(Vec<u8>),
    /// A page without an end.
    Endless,
    /// Nothing, for as long as the other side waits.
    Never,
}

impl Reply {
    /// An answer that is a number alone.
    pub fn status(status: u16) -> Self {
        Self::Raw(format!("HTTP/1.1 {status} Reply\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").into_bytes())
    }

    /// The page is elsewhere.
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).with(&format!("Location: {to}"))
    }

    /// The same with one more line in its head.
    pub fn with(self, line: &str) -> Self {
        let Self::Raw(bytes) = self else { return self };
        let text = String::from_utf8(bytes).expect("heads are text");
        Self::Raw(text.replacen("\r\n", &format!("\r\n{line}\r\n"), 1).into_bytes())
    }
}

#[derive(Default)]
struct Memory {
    asked: Mutex<Vec<String>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

/// A server on this computer; it ends with the test.
pub struct Server {
    pub address: SocketAddr,
    memory: Arc<Memory>,
}

impl Server {
    /// Answers each question, such as `HEAD /page`, with what `reply` gives; as a proxy, `HEAD http://host/page`.
    pub fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has a number");
        let memory = Arc::new(Memory::default());
        let (kept, reply) = (Arc::clone(&memory), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (memory, reply) = (Arc::clone(&kept), Arc::clone(&reply));
                thread::spawn(move || {
                    let most = memory.at_once.fetch_add(1, Ordering::SeqCst) + 1;
                    memory.most_at_once.fetch_max(most, Ordering::SeqCst);
                    let _ = answer(stream, &memory, &*reply);
                });
            }
        });
        Self { address, memory }
    }

    /// The address of a page on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.memory.asked.lock().expect("no other test has it").clone()
    }

    /// How many questions it had before it at once, at most.
    pub fn most_at_once(&self) -> usize {
        self.memory.most_at_once.load(Ordering::SeqCst)
    }
}

fn answer(stream: TcpStream, memory: &Memory, reply: &dyn Fn(&str) -> Reply) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut host = String::new();
    let mut line = first_line(&mut reader)?;
    if let Some(rest) = line.strip_prefix("CONNECT ") {
        host = format!("http://{}", rest.split(' ').next().unwrap_or_default().trim_end_matches(":80"));
        stream.write_all(b"HTTP/1.1 200 Go on\r\n\r\n")?;
        line = first_line(&mut reader)?;
    }
    let mut words = line.split(' ');
    let method = words.next().unwrap_or_default();
    let asked = format!("{method} {host}{}", words.next().unwrap_or_default());
    memory.asked.lock().expect("nobody panics with it").push(asked.clone());
    let reply = reply(&asked);
    // The next question may come as soon as this one is answered.
    memory.at_once.fetch_sub(1, Ordering::SeqCst);
    match reply {
        Reply::Raw(bytes) => stream.write_all(&bytes),
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 4096])?;
            }
        }
        Reply::Never => reader.read_to_end(&mut Vec::new()).map(drop),
    }
}

/// The first line of a head, which is read to its end.
fn first_line(reader: &mut impl BufRead) -> std::io::Result<String> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    Ok(first)
}
