//! A running `dateline serve`, asked in raw bytes.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use super::sandbox::Sandbox;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// A server that ends with the test.
pub struct Served {
    child: Child,
    err: Arc<Mutex<String>>,
    /// Where the site is.
    pub address: String,
    /// Its port on the loopback.
    pub port: u16,
}

impl Served {
    /// Serves a site at any free port and waits until it stands.
    pub fn start(site: &Sandbox, args: &[&str]) -> Served {
        Served::with(site, &[&["serve", "--port", "0"], args].concat())
    }

    /// Runs the program with these arguments and waits until it serves.
    pub fn with(site: &Sandbox, args: &[&str]) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(args)
            .current_dir(site.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let err = Arc::new(Mutex::new(String::new()));
        let (mut pipe, into) = (child.stderr.take().unwrap(), Arc::clone(&err));
        std::thread::spawn(move || {
            let mut some = [0; 4096];
            while let Ok(n @ 1..) = pipe.read(&mut some) {
                into.lock().unwrap().push_str(&String::from_utf8_lossy(&some[..n]));
            }
        });
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let port = address.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next());
        let Some(port) = port.and_then(|port| port.parse().ok()) else {
            let _ = child.wait();
            std::thread::sleep(Duration::from_millis(100));
            panic!("no address but {address:?}: {}", err.lock().unwrap());
        };
        Served { child, err, address, port }
    }

    /// What the terminal shows.
    pub fn said(&self) -> String {
        self.err.lock().unwrap().clone()
    }

    /// Asks for a path.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Asks with a method and more lines of the head.
    pub fn ask(&self, method: &str, path: &str, head: &str) -> Answer {
        let port = self.port;
        let request = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{head}\r\n");
        ask(port, request.as_bytes())
    }

    /// Listens to what pages are told.
    pub fn news(&self) -> News {
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        line.set_read_timeout(Some(PATIENCE)).unwrap();
        line.write_all(b"GET /_dateline/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        News(BufReader::new(line))
    }

    /// Sends a signal and gives the exit code.
    pub fn end(mut self, signal: &str) -> Option<i32> {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server sent.
pub struct Answer {
    /// The number of its first line; 0 where it sent nothing.
    pub status: u16,
    head: Vec<(String, String)>,
    /// What stands below the head.
    pub body: Vec<u8>,
}

impl Answer {
    /// A line of the head; empty where there is none.
    pub fn head(&self, name: &str) -> &str {
        self.head.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes to a server that is to close the line afterwards.
pub fn ask(port: u16, request: &[u8]) -> Answer {
    let mut line = TcpStream::connect(("127.0.0.1", port)).unwrap();
    line.set_read_timeout(Some(PATIENCE)).unwrap();
    let _ = line.write_all(request);
    let mut bytes = Vec::new();
    let _ = line.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = text.lines();
    let status = lines.next().and_then(|first| first.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
    let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Answer { status, head: lines.filter_map(pair).collect(), body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
}

/// What pages are told, one after the other.
pub struct News(BufReader<TcpStream>);

impl News {
    /// Waits for the next thing told.
    #[track_caller]
    pub fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("nothing was told in time") > 0, "the server is gone");
            if let Some(told) = line.strip_prefix("data: ") {
                return serde_json::from_str(told).unwrap();
            }
        }
    }
}

/// Waits until something is so.
#[track_caller]
pub fn until(is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "never so");
        std::thread::sleep(Duration::from_millis(10));
    }
}
