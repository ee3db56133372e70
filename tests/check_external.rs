//! `dateline check --external` against servers on this machine that misbehave.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A server that notes what it is asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (asked, now, most) =
            (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let server = Server { address, asked: asked.clone(), most_at_once: most.clone() };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, now, most) = (asked.clone(), now.clone(), most.clone());
                thread::spawn(move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    // Before the answer goes out: whoever has it may ask again at once.
                    answer(stream, &asked, || {
                        now.fetch_sub(1, Ordering::SeqCst);
                    });
                });
            }
        });
        server
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.sort();
        asked
    }
}

fn answer(mut stream: TcpStream, asked: &Mutex<Vec<String>>, answered: impl FnOnce()) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return answered() };
    let request = first.trim_end_matches(" HTTP/1.1").to_owned();
    let _ = lines.find(|line| line.is_empty());
    let times = {
        let mut asked = asked.lock().unwrap();
        asked.push(request.clone());
        asked.iter().filter(|r| **r == request).count()
    };
    let (method, path) = request.split_once(' ').unwrap();
    let (status, more) = match path {
        "/gone" => ("404 Not Found", String::new()),
        "/no-heads" if method == "HEAD" => ("405 Method Not Allowed", String::new()),
        "/shut" => ("403 Forbidden", String::new()),
        "/shaky" if times < 2 => ("503 Service Unavailable", "Retry-After: 0\r\n".to_owned()),
        "/broken" => ("500 Internal Server Error", "Retry-After: 0\r\n".to_owned()),
        "/moved" => ("301 Moved Permanently", "Location: /fine\r\n".to_owned()),
        "/round" => ("302 Found", "Location: /round\r\n".to_owned()),
        path if path.starts_with("/slow") => {
            thread::sleep(Duration::from_secs(8));
            return answered();
        }
        "/cut" => return answered(),
        _ => {
            thread::sleep(Duration::from_millis(30));
            ("200 OK", String::new())
        }
    };
    answered();
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

fn site(links: &[String]) -> Sandbox {
    let links: Vec<String> = links.iter().map(|link| format!("See [it]({link}).\n\n")).collect();
    let text = format!("---\ntitle: Links\npublisher: The Echo\ndate: 2021-03-10\n---\n\n{}", links.concat());
    Sandbox::of(&[("content/a.md", &text)])
}

fn dead(site: &Sandbox, flags: &[&str]) -> Vec<(String, String)> {
    let flags = [&["check", "--external", "--format", "json"], flags].concat();
    let mut command = site.dateline(&flags);
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    let said: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = said["messages"].as_array().unwrap().iter().filter(|m| m["kind"] == "dead-link");
    all.map(|m| (format!("{}:{} {}", text(&m["path"]), m["line"], text(&m["severity"])), text(&m["message"]))).collect()
}

#[test]
fn links_that_lead_nowhere_are_told_where_they_stand_and_why() {
    let server = Server::start();
    let at = |path: &str| format!("{}{path}", server.address);
    let paths = ["/fine", "/gone", "/no-heads", "/shut", "/shaky", "/broken", "/moved", "/round", "/cut", "/fine#part"];
    let mut links: Vec<String> = paths.iter().map(|path| at(path)).collect();
    links.push("http://nobody.invalid/".to_owned());
    let site = site(&links);
    let found = dead(&site, &["--allow-private"]);
    let told = |path: &str| {
        found.iter().filter(|(_, m)| m.contains(path)).map(|(p, m)| format!("{p} {m}")).collect::<Vec<_>>()
    };
    let one = |path: &str| told(path).into_iter().next().unwrap_or_default();
    assert_eq!(found.len(), 6, "{found:#?}");
    assert_eq!(
        one("/gone"),
        format!("content/a.md:9 warning `{}` leads nowhere: the server answers 404 Not Found", at("/gone"))
    );
    assert_eq!(
        one("/shut"),
        format!("content/a.md:13 note `{}` may be good, but programs get 403 Forbidden", at("/shut"))
    );
    assert!(one("/broken").contains("500 Internal Server Error"), "{found:#?}");
    assert!(one("/round").contains("redirected again and again"), "{found:#?}");
    assert!(one("/cut").starts_with("content/a.md:23 warning"), "{found:#?}");
    assert!(one("nobody.invalid").contains("there is no host of this name"), "{found:#?}");
    let asked = server.asked();
    let count = |request: &str| asked.iter().filter(|r| *r == request).count();
    assert_eq!((count("HEAD /fine"), count("GET /fine")), (2, 0), "once itself, once from /moved: {asked:?}");
    assert_eq!((count("HEAD /no-heads"), count("GET /no-heads")), (1, 1));
    assert_eq!((count("HEAD /gone"), count("GET /gone")), (1, 1), "what is gone is not tried again");
    assert_eq!(count("HEAD /broken"), 3, "what may come back is");
    assert!(server.most_at_once.load(Ordering::SeqCst) <= 2, "one server is asked by a few at a time");
}

#[test]
fn a_good_link_is_remembered_for_a_while_and_a_dead_one_is_not() {
    let server = Server::start();
    let site = site(&[format!("{}/fine", server.address), format!("{}/gone", server.address)]);
    assert_eq!(dead(&site, &["--allow-private"]).len(), 1);
    assert_eq!(server.asked().len(), 3);
    assert_eq!(dead(&site, &["--allow-private"]).len(), 1);
    assert_eq!(server.asked(), ["GET /gone", "HEAD /gone"]);
    assert_eq!(dead(&site, &["--allow-private", "--max-age", "0"]).len(), 1);
    assert_eq!(server.asked(), ["GET /gone", "HEAD /fine", "HEAD /gone"]);
    site.write(".dateline/links.kept", "{\"form\":1,\"good\":");
    assert_eq!(dead(&site, &["--allow-private"]).len(), 1);
    assert_eq!(server.asked().len(), 3, "a damaged list is not believed");
}

#[test]
fn the_private_network_is_left_alone() {
    let server = Server::start();
    let site = site(&[format!("{}/fine", server.address)]);
    let found = dead(&site, &[]);
    assert!(found.len() == 1 && found[0].1.contains("private network"), "{found:?}");
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn waiting_has_an_end() {
    let server = Server::start();
    let links: Vec<String> = (0..40).map(|i| format!("{}/slow?{i}", server.address)).collect();
    let site = site(&links);
    let start = Instant::now();
    let found = dead(&site, &["--allow-private", "--timeout", "1", "--time-limit", "3"]);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(found.len(), 40);
    assert!(found.iter().any(|(_, why)| why.contains("no answer came in time")), "{found:?}");
    assert!(found.iter().any(|(place, why)| place.ends_with("note") && why.contains("the time was up")), "{found:?}");
}

#[test]
fn flags_for_links_want_external() {
    let site = Sandbox::new();
    let (code, _, err) = site.run(&["check", "--max-age", "3"]);
    assert!(code == 2 && err.contains("--external"), "{err}");
}
