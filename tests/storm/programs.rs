//! The program itself, watching and serving.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use betwixt::base::Files;
use tempfile::NamedTempFile;

use crate::world::World;

/// A program that goes on until it is stopped; it is, at the latest, when this value goes.
pub struct Running {
    child: Child,
    /// What it has said.
    words: NamedTempFile,
}

impl Running {
    pub fn start(world: &World, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_betwixt"));
        let words = NamedTempFile::new().expect("a temporary file");
        let stderr = words.reopen().expect("it is there");
        command.args(arguments).arg("--root").arg(world.root()).env("NO_COLOR", "1");
        let child = command.stdout(Stdio::null()).stderr(stderr).spawn().expect("it starts");
        Self { child, words }
    }

    pub fn words(&self) -> String {
        fs::read_to_string(self.words.path()).expect("it writes text")
    }

    /// Its memory, in KiB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// How many files and connections it holds open.
    pub fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count)
    }

    /// How many folders the system watches for it.
    pub fn watches(&self) -> usize {
        let about = fs::read_dir(format!("/proc/{}/fdinfo", self.child.id())).into_iter().flatten().flatten();
        let texts = about.filter_map(|entry| fs::read_to_string(entry.path()).ok());
        texts.map(|text| text.matches("inotify wd:").count()).sum()
    }

    /// The time of the processor that it has used, in ticks of the system.
    pub fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        after_name.split_whitespace().skip(11).take(2).filter_map(|number| number.parse::<u64>().ok()).sum()
    }

    /// Waits until it ends by itself; its exit code and what it has said.
    pub fn wait(mut self) -> (Option<i32>, String) {
        (self.child.wait().ok().and_then(|status| status.code()), self.words())
    }

    pub fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("it runs");
        assert!(sent.success(), "the program was still there");
        self.child.wait().ok().and_then(|status| status.code())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `betwixt watch`.
pub struct Watcher {
    pub running: Running,
    output: PathBuf,
}

impl Watcher {
    pub fn start(world: &World, options: &[&str]) -> Self {
        Self { running: Running::start(world, &[&["watch"], options].concat()), output: world.output() }
    }

    /// Is the folder exactly this site? Tells what is not so.
    pub fn compare(&self, files: &Files) -> Result<(), String> {
        for (path, bytes) in files.iter() {
            match fs::read(self.output.join(path.as_str())) {
                Ok(found) if found == **bytes => {}
                Ok(_) => return Err(format!("watch: `{path}` is not as a clean build makes it")),
                Err(error) => return Err(format!("watch: `{path}`: {error}")),
            }
        }
        let mut found = BTreeSet::new();
        list(&self.output, &self.output, &mut found);
        found.remove(".betwixt");
        let expected: BTreeSet<String> = files.paths().map(|path| path.as_str().to_owned()).collect();
        match found.difference(&expected).next() {
            Some(path) => Err(format!("watch: `{path}` is still there")),
            None => Ok(()),
        }
    }
}

fn list(top: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(top, &path, found);
        } else if let Some(path) = path.strip_prefix(top).ok().and_then(Path::to_str) {
            found.insert(path.to_owned());
        }
    }
}

/// `betwixt serve`.
pub struct Server {
    pub running: Running,
    pub address: SocketAddr,
    /// What it has served, and must not serve any more once it is gone.
    known: BTreeSet<String>,
}

impl Server {
    pub fn start(world: &World, options: &[&str]) -> Self {
        let running = Running::start(world, &[&["serve", "--port", "0"], options].concat());
        let address = loop {
            let words = running.words();
            let found = words.split("http://").nth(1).and_then(|rest| rest.split('/').next());
            if let Some(address) = found.and_then(|address| address.parse().ok()) {
                break address;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        };
        Self { running, address, known: BTreeSet::new() }
    }

    /// Does it serve exactly this site? Tells what is not so.
    pub fn compare(&mut self, files: &Files) -> Result<(), String> {
        let mut line = TcpStream::connect(self.address).map_err(|error| format!("serve: {error}"))?;
        for (path, bytes) in files.iter() {
            let (status, body) = get(&mut line, path.as_str())?;
            if status != 200 || body != **bytes {
                return Err(format!("serve: `{path}` ({status}) is not as a clean build makes it"));
            }
        }
        let expected: BTreeSet<String> = files.paths().map(|path| path.as_str().to_owned()).collect();
        for path in self.known.difference(&expected) {
            if get(&mut line, path)?.0 != 404 {
                return Err(format!("serve: `{path}` is still there"));
            }
        }
        self.known.extend(expected);
        Ok(())
    }
}

/// Asks for a file on an open line; its status and bytes.
pub fn get(line: &mut TcpStream, path: &str) -> Result<(u16, Vec<u8>), String> {
    let trouble = |error: std::io::Error| format!("serve: `{path}`: {error}");
    let host = line.peer_addr().map_err(trouble)?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    line.write_all(request.as_bytes()).map_err(trouble)?;
    let mut reader = BufReader::new(line);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).map_err(trouble)? == 0 {
            return Err(format!("serve: `{path}`: the line went dead"));
        }
    }
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.ok_or(format!("serve: `{path}` has no length"))?];
    reader.read_exact(&mut body).map_err(trouble)?;
    Ok((status, body))
}
