//! Chromium without a window, spoken to over its own pipe, and a server for it on the loopback.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
];

/// A running browser with one page.
pub struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: String,
    calls: u64,
    events: VecDeque<Value>,
    /// Console messages, errors, failed and foreign requests.
    pub problems: Vec<String>,
    _profile: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// One browser at a time: they would slow each other down, and times are measured.
static TURN: Mutex<()> = Mutex::new(());

/// Gives the browser that `CHROMIUM` names, or the first that is there.
fn program() -> String {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let runs = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    let found = || names.into_iter().find(runs).expect("no Chromium was found; CHROMIUM can name one");
    std::env::var("CHROMIUM").unwrap_or_else(|_| found().to_owned())
}

impl Browser {
    /// Starts a browser as soon as no other one runs.
    pub fn start() -> Browser {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let profile = tempfile::tempdir().unwrap();
        // The browser reads from descriptor 3 and writes to 4; the shell lays its own pipes there.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 >/dev/null 2>&1", "sh", &program()])
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (send, from) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while out.read_until(0, &mut message).is_ok_and(|n| n > 0) {
                message.pop();
                let _ = send.send(serde_json::from_slice(&message).unwrap());
                message.clear();
            }
        });
        let mut browser = Browser {
            child,
            to,
            from,
            session: String::new(),
            calls: 0,
            events: VecDeque::new(),
            problems: Vec::new(),
            _profile: profile,
            _turn: turn,
        };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let session = browser.call("Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}));
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "Network", "Performance"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.size(1280, 900);
        browser
    }

    /// Asks the browser for something and waits for the answer.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.ask(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Asks the browser for something: its answer, or what it says against it.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.calls += 1;
        let id = self.calls;
        let mut message = json!({"id": id, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        let end = Instant::now() + PATIENCE;
        loop {
            let Some(got) = self.next(end) else { panic!("no answer to {method}") };
            if got["id"] == json!(id) {
                return if got["error"].is_null() { Ok(got["result"].clone()) } else { Err(got["error"].clone()) };
            }
            self.note(got);
        }
    }

    fn next(&mut self, end: Instant) -> Option<Value> {
        match self.from.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(value) => Some(value),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the browser is gone"),
        }
    }

    /// Keeps what the browser tells by itself.
    fn note(&mut self, event: Value) {
        let of = &event["params"];
        let problem = match event["method"].as_str().unwrap_or_default() {
            "Runtime.consoleAPICalled" => Some(format!("console: {}", of["args"])),
            "Runtime.exceptionThrown" => Some(format!("exception: {}", of["exceptionDetails"])),
            "Log.entryAdded" => Some(format!("log: {} {}", of["entry"]["text"], of["entry"]["url"])),
            "Network.loadingFailed" if of["canceled"] != json!(true) => Some(format!("failed: {of}")),
            "Network.requestWillBeSent" => {
                let url = of["request"]["url"].as_str().unwrap_or_default();
                let own = ["http://127.0.0.1:", "about:", "data:"].iter().any(|start| url.starts_with(start));
                (!own).then(|| format!("foreign: {url}"))
            }
            "Network.responseReceived" if of["response"]["status"].as_u64().is_some_and(|s| s >= 400) => {
                Some(format!("missing: {}", of["response"]["url"]))
            }
            _ => None,
        };
        self.problems.extend(problem);
        self.events.push_back(event);
    }

    /// Opens an address and waits until the page has loaded.
    pub fn open(&mut self, url: &str) {
        self.events.clear();
        let answer = self.call("Page.navigate", json!({"url": url}));
        assert!(answer["errorText"].is_null(), "{url}: {answer}");
        self.wait_for("Page.loadEventFired");
    }

    /// Waits until the browser tells of something.
    pub fn wait_for(&mut self, method: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            while let Some(event) = self.events.pop_front() {
                if event["method"] == json!(method) {
                    return;
                }
            }
            let event = self.next(end).unwrap_or_else(|| panic!("waited in vain for {method}"));
            self.note(event);
        }
    }

    /// Evaluates an expression in the page; a promise is waited for.
    pub fn eval(&mut self, script: &str) -> Value {
        self.evaluated(script).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    fn evaluated(&mut self, script: &str) -> Result<Value, Value> {
        let params = json!({"expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true});
        let answer = self.ask("Runtime.evaluate", params)?;
        assert!(answer["exceptionDetails"].is_null(), "{script}: {}", answer["exceptionDetails"]);
        Ok(answer["result"]["value"].clone())
    }

    /// Evaluates an expression to a text.
    pub fn text(&mut self, script: &str) -> String {
        self.eval(&format!("String({script})")).as_str().unwrap().to_owned()
    }

    /// Waits until an expression is true; a page that is just being left has no answer yet.
    #[track_caller]
    pub fn until(&mut self, script: &str) {
        let end = Instant::now() + PATIENCE;
        while self.evaluated(script) != Ok(json!(true)) {
            assert!(Instant::now() < end, "never true: {script}");
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// Sets the size of the window.
    pub fn size(&mut self, width: u32, height: u32) {
        let params = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", params);
    }

    /// Sets features of the medium (`prefers-color-scheme`, …) and the medium itself.
    pub fn medium(&mut self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.call("Emulation.setEmulatedMedia", json!({"media": medium, "features": features}));
    }

    /// Switches the page's scripts on or off; the next page obeys.
    pub fn scripts(&mut self, on: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({"value": !on}));
    }

    /// Presses a key that writes this text, or `Enter`, `Tab`, `Escape`.
    pub fn press(&mut self, key: &str) {
        let code = match key {
            "Enter" => 13,
            "Tab" => 9,
            "Escape" => 27,
            _ => 0,
        };
        let mut down = json!({"type": "keyDown", "key": key, "windowsVirtualKeyCode": code});
        if code == 0 {
            down["text"] = json!(key);
        } else if code == 13 {
            down["text"] = json!("\r");
        }
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}));
    }

    /// Types a text letter by letter.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(&letter.to_string());
        }
    }

    /// Goes one step back in the history.
    pub fn back(&mut self) {
        let history = self.call("Page.getNavigationHistory", json!({}));
        let now = history["currentIndex"].as_u64().unwrap() as usize;
        let before = history["entries"][now - 1]["id"].clone();
        self.call("Page.navigateToHistoryEntry", json!({"entryId": before}));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a folder on the loopback until the test ends, and gives the address of its root.
pub fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(stream, &folder));
        }
    });
    address
}

/// Answers the requests of one connection.
fn answer(stream: TcpStream, folder: &Path) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request).unwrap_or(0) == 0 {
            return;
        }
        let mut line = String::new();
        while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
            line.clear();
        }
        let path = request.split(' ').nth(1).unwrap_or("/").split(['?', '#']).next().unwrap().trim_start_matches('/');
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        let mut file: PathBuf = folder.join(path);
        if file.is_dir() {
            file.push("index.html");
        }
        let (status, bytes) = match std::fs::File::open(&file) {
            Ok(mut open) => {
                let mut bytes = Vec::new();
                open.read_to_end(&mut bytes).unwrap();
                ("200 OK", bytes)
            }
            Err(_) => ("404 Not Found", Vec::new()),
        };
        let kind = match file.extension().and_then(|e| e.to_str()) {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("json") => "application/json",
            _ => "application/octet-stream",
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\r\n",
            bytes.len()
        );
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes)).is_err() {
            return;
        }
    }
}
