//! `dateline serve` as a browser and a terminal meet it: raw requests to the real server.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::browser;
use crate::common::sandbox;
use crate::common::served;

use sandbox::Sandbox;
use served::{Served, ask, until};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

const BRIDGE: &str = "---\ntitle: Old bridge closes\ndate: 2021-03-10\npublisher: Northern Post\n---\n\n\
    The old bridge over the Arl was closed on Monday. It has carried trains since 1904.\n";

fn site() -> Sandbox {
    Sandbox::of(&[
        ("content/bridge.md", BRIDGE),
        ("dateline.yaml", "title: The Arl\n"),
        ("static/deep/notes.txt", "notes"),
        ("static/pixel.webp", "webp"),
        ("static/letter.woff2", "woff2"),
        ("static/feed.xml", "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>"),
        ("static/plain.xml", "<?xml version=\"1.0\"?>\n<a/>"),
        ("static/days.ics", "BEGIN:VCALENDAR"),
        ("static/table.csv", "a,b"),
    ])
}

#[test]
fn every_file_has_its_type_and_says_what_may_be_kept() {
    let site = site();
    let server = Served::start(&site, &[]);
    let asset = |start: &str| {
        let names = site.files("public/assets").into_keys();
        format!("/assets/{}", names.into_iter().find(|name| name.starts_with(start)).unwrap())
    };
    let revalidated = "no-cache";
    let immutable = "public, max-age=31536000, immutable";
    for (path, kind, keep) in [
        ("/".to_owned(), "text/html; charset=utf-8", revalidated),
        ("/events.json".to_owned(), "application/json", revalidated),
        ("/plain.xml".to_owned(), "application/xml; charset=utf-8", revalidated),
        ("/robots.txt".to_owned(), "text/plain; charset=utf-8", revalidated),
        ("/deep/notes.txt".to_owned(), "text/plain; charset=utf-8", revalidated),
        ("/pixel.webp".to_owned(), "image/webp", revalidated),
        ("/letter.woff2".to_owned(), "font/woff2", revalidated),
        ("/feed.xml".to_owned(), "application/atom+xml; charset=utf-8", revalidated),
        ("/days.ics".to_owned(), "text/calendar; charset=utf-8", revalidated),
        ("/table.csv".to_owned(), "text/csv; charset=utf-8", revalidated),
        (asset("style."), "text/css; charset=utf-8", immutable),
        (asset("timeline."), "text/", immutable),
        (asset("icon."), "image/svg+xml", immutable),
        ("/_dateline/reload.js".to_owned(), "text/javascript; charset=utf-8", revalidated),
    ] {
        let got = server.get(&path);
        assert_eq!(got.status, 200, "{path}");
        assert!(got.head("content-type").starts_with(kind), "{path}: {}", got.head("content-type"));
        assert_eq!(got.head("cache-control"), keep, "{path}");
        let tag = got.head("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 10, "{path}: {tag}");
        let again = server.ask("GET", &path, &format!("If-None-Match: \"other\", W/{tag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.head("etag"), tag);
        let other = server.ask("GET", &path, "If-None-Match: \"other\"\r\n");
        assert_eq!(other.status, 200);
        let only = server.ask("HEAD", &path, "");
        assert_eq!((only.status, only.body.len()), (200, 0), "{path}");
        assert_eq!(only.head("content-length"), got.body.len().to_string(), "{path}");
        assert_eq!(only.head("content-type"), got.head("content-type"));
    }
    let other = server.ask("POST", "/", "Content-Length: 0\r\n");
    assert_eq!((other.status, other.head("allow")), (405, "GET, HEAD"));
}

#[test]
fn the_reload_script_is_in_served_pages_and_in_no_file() {
    let site = site();
    let server = Served::start(&site, &[]);
    for path in ["/", "/articles/index.html", "/nowhere"] {
        assert_eq!(server.get(path).text().matches("/_dateline/reload.js").count(), 1, "{path}");
    }
    drop(server);
    for (path, bytes) in site.files("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("_dateline/"), "{path}");
    }
    let served = site.files("public");
    assert_eq!(site.run(&["clean"]).0, 0);
    assert_eq!(site.run(&["build"]).0, 0);
    assert!(site.files("public") == served, "`serve` and `build` differ");
}

#[test]
fn folders_and_what_is_missing() {
    let site = site();
    let server = Served::start(&site, &[]);
    let folder = server.get("/articles?q=a%20b");
    assert_eq!((folder.status, folder.head("location")), (302, "/articles/?q=a%20b"));
    assert_eq!(server.get("/articles/").text(), server.get("/articles/index.html").text());
    for path in ["/nowhere", "/articles/nowhere/", "/index.html/", "/.dateline-manifest.json", "/_dateline/none"] {
        let missing = server.get(path);
        assert_eq!(missing.status, 404, "{path}");
        assert!(missing.text().contains("There is no such page"), "{path}");
        assert_eq!(missing.head("content-type"), "text/html; charset=utf-8");
        assert_eq!(server.ask("HEAD", path, "").status, 404);
    }
}

#[test]
fn no_address_leads_out_of_the_site() {
    let site = site();
    site.write("secret.txt", "the secret");
    let server = Served::start(&site, &[]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.path("secret.txt"), site.path("public/link.txt")).unwrap();
        std::os::unix::fs::symlink(site.path(""), site.path("public/up")).unwrap();
    }
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/articles/../../secret.txt",
        "/..%5csecret.txt",
        "/..%2f..%2fetc/passwd",
        "/%252e%252e/secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/up",
        "/index.html%00.txt",
        "//secret.txt",
        "//evil.example/",
        "/\u{e9}",
        "/%ff",
    ] {
        let got = server.get(path);
        assert!(matches!(got.status, 400 | 404), "{path}: {}", got.status);
        assert!(!got.text().contains("the secret") && !got.text().contains("root:"), "{path}");
    }
}

#[test]
fn a_page_of_another_site_cannot_read_along() {
    let site = site();
    let server = Served::start(&site, &[]);
    for (host, status) in [("evil.example", 403), ("localhost", 200), ("127.0.0.1", 200), ("[::1]:80", 200)] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(ask(server.port, request.as_bytes()).status, status, "{host}");
    }
    assert_eq!(server.get("/events.json").head("access-control-allow-origin"), "");
}

#[test]
fn rubbish_ends_no_server() {
    let site = site();
    let server = Served::start(&site, &[]);
    for rubbish in [&b"\0\0\0\0\r\n\r\n"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", &[b'a'; 70_000]] {
        let mut line = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let _ = line.write_all(rubbish);
        let _ = line.shutdown(std::net::Shutdown::Write);
        let _ = line.read_to_end(&mut Vec::new());
    }
    let long = format!("/{}", "a/".repeat(10_000));
    assert!(matches!(server.get(&long).status, 404 | 414));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_site_meant_for_a_sub_path_is_served_under_it() {
    let site = site();
    let server = Served::start(&site, &["--base-url", "https://me.example/the/repo"]);
    assert!(server.address.ends_with("/the/repo/"), "{}", server.address);
    for path in ["/", "/the/repo"] {
        let got = server.get(path);
        assert_eq!((got.status, got.head("location")), (302, "/the/repo/"), "{path}");
    }
    assert_eq!(server.get("/the/repo/").status, 200);
    assert_eq!(server.get("/index.html").status, 404);
    let missing = server.get("/the/repo/nowhere");
    let link = missing.text().split("href=\"").find(|rest| rest.contains("style.")).unwrap().to_owned();
    assert_eq!(server.get(link.split('"').next().unwrap()).status, 200, "the 404 page finds its style sheet");
}

#[test]
fn what_changes_is_built_and_told() {
    let site = site();
    let server = Served::start(&site, &[]);
    let mut news = server.news();
    let first = news.next();
    assert!(server.get("/").text().contains(&format!("data-build=\"{}\"", first["build"].as_str().unwrap())));
    assert_eq!(first["problems"], serde_json::json!([]));

    site.write("content/strike.md", "---\ndate: 2021-03-12\n---\n# Strike\n\nThe ferries stopped on March 11.\n");
    let second = news.next();
    assert_ne!(second["build"], first["build"]);
    assert!(server.get("/events.json").text().contains("The ferries stopped on March 11."));

    // As editors save: a new file is put in the place of the old one.
    site.write("content/.strike.tmp", "---\ndate: 2021-03-12\n---\n# Strike\n\nThe trams stopped on March 11.\n");
    std::fs::rename(site.path("content/.strike.tmp"), site.path("content/strike.md")).unwrap();
    news.next();
    assert!(server.get("/events.json").text().contains("The trams stopped on March 11."));

    std::fs::remove_file(site.path("content/strike.md")).unwrap();
    news.next();
    assert!(!server.get("/events.json").text().contains("The trams stopped"));

    site.write("dateline.yaml", "title: The river\n");
    news.next();
    assert!(server.get("/").text().contains("The river"));

    site.write("templates/about.html", "{% extends \"builtin/about.html\" %}");
    site.write("static/own.txt", "mine");
    until(|| server.get("/own.txt").text() == "mine");

    let id = serde_json::from_str::<serde_json::Value>(&server.get("/events.json").text()).unwrap()["events"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    site.write("corrections.yaml", format!("- event: {id}\n  title: A headline of ours\n  reason: Shorter.\n"));
    until(|| server.get("/events.json").text().contains("A headline of ours"));
}

#[test]
fn an_error_is_shown_and_stops_nothing() {
    let site = site();
    let server = Served::start(&site, &[]);
    let mut news = server.news();
    let first = news.next();

    site.write("templates/index.html", "{% if %}\n{{ broken");
    let broken = news.next();
    assert_eq!(broken["build"], first["build"], "the last good site still stands");
    assert_eq!(broken["heading"], "1 error");
    let said = broken["problems"][0].as_str().unwrap();
    assert!(said.starts_with("templates/index.html:1:") && said.contains("error[template]"), "{said}");
    assert!(said.contains('^') && !said.contains('\u{1b}'), "{said}");
    assert_eq!(server.get("/").status, 200);
    until(|| server.said().contains("error[template]"));

    // Whoever opens a page now hears of it too.
    assert_eq!(server.news().next()["heading"], "1 error");

    std::fs::remove_file(site.path("templates/index.html")).unwrap();
    let mended = loop {
        let next = news.next();
        if next["problems"] == serde_json::json!([]) {
            break next;
        }
    };
    assert_eq!(mended["build"], first["build"], "the same bytes are no reason to load anything anew");

    std::fs::rename(site.path("content"), site.path("aside")).unwrap();
    let gone = news.next();
    assert!(gone["problems"][0].as_str().unwrap().contains("there is no folder `content`"), "{gone}");
    std::fs::rename(site.path("aside"), site.path("content")).unwrap();
    assert_eq!(news.next()["problems"], serde_json::json!([]));
    site.write("content/bridge.md", BRIDGE.replace("Arl", "Orl"));
    until(|| server.get("/events.json").text().contains("Orl"));
}

#[test]
fn a_broken_configuration_at_the_start_is_shown_and_can_be_mended() {
    let site = site();
    site.write("dateline.yaml", "title: [\n");
    let server = Served::start(&site, &[]);
    let mut news = server.news();
    let said = news.next()["problems"][0].as_str().unwrap().to_owned();
    assert!(said.starts_with("dateline.yaml:") && said.contains("error[config]"), "{said}");
    site.write("dateline.yaml", "title: Mended\n");
    until(|| server.get("/").text().contains("Mended"));
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, out, err) = site().run(&["serve", "--port", &port]);
    assert_eq!((code, out.as_str()), (3, ""), "{err}");
    assert!(err.contains(&format!("error: the port {port} is in use")) && err.contains("--port N"), "{err}");
}

#[test]
fn another_port_is_taken_when_none_was_asked_for() {
    let (first, second) = (site(), site());
    let one = Served::with(&first, &["serve"]);
    let two = Served::with(&second, &["serve"]);
    assert_ne!(one.port, two.port);
    assert_eq!((one.get("/").status, two.get("/").status), (200, 200));
}

#[test]
fn a_folder_that_is_no_site_ends_it_at_once() {
    let site = site();
    std::fs::remove_dir_all(site.path("content")).unwrap();
    let (code, _, err) = site.run(&["serve", "--port", "0"]);
    assert!(code == 3 && err.contains("there is no folder `content`"), "{code}: {err}");
    let (code, _, err) = site.run(&["serve", "--root", "nowhere"]);
    assert!(code == 3 && err.contains("nowhere"), "{code}: {err}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    for signal in ["-INT", "-TERM"] {
        let site = site();
        let server = Served::start(&site, &[]);
        // A page that listens keeps nobody waiting.
        let mut news = server.news();
        news.next();
        let started = Instant::now();
        assert_eq!(server.end(signal), Some(0), "{signal}");
        assert!(started.elapsed() < Duration::from_secs(5), "{signal}");
    }
}

#[test]
fn an_unchanged_file_is_no_news() {
    let site = site();
    let server = Served::start(&site, &[]);
    let mut news = server.news();
    let first = news.next();
    site.write("content/bridge.md", BRIDGE);
    assert_eq!(news.next()["build"], first["build"]);
}

#[test]
fn the_events_are_a_stream_that_no_cache_keeps() {
    let site = site();
    let server = Served::start(&site, &[]);
    let mut line = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    line.write_all(b"GET /_dateline/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut head = String::new();
    let mut reader = BufReader::new(line);
    while reader.read_line(&mut head).unwrap() > 2 {}
    let head = head.to_lowercase();
    assert!(head.contains("content-type: text/event-stream") && head.contains("cache-control: no-cache"), "{head}");
}

#[test]
#[ignore = "needs Chromium"]
fn a_browser_loads_the_page_anew_and_shows_what_is_wrong() {
    let site = site();
    let server = Served::start(&site, &[]);
    let mut browser = browser::Browser::start();
    browser.open(&server.address);
    assert_eq!(browser.text("document.title"), "The Arl");

    let saved = Instant::now();
    site.write("dateline.yaml", "title: The river\n");
    browser.until("document.title === 'The river' && document.readyState === 'complete'");
    println!("save to page: {} ms", saved.elapsed().as_millis());

    let shown = "document.querySelector('dateline-problems')?.shadowRoot.querySelector('pre')?.textContent ?? ''";
    site.write("templates/index.html", "{% if %}\n");
    browser.until(&format!("({shown}).startsWith('templates/index.html:1:')"));
    let style = "getComputedStyle(document.querySelector('dateline-problems').shadowRoot.querySelector('section'))";
    browser.until(&format!("{style}.position === 'fixed'"));
    assert_eq!(browser.text("document.title"), "The river", "the page stays as it was");
    browser.press("Escape");
    browser.until("!document.querySelector('dateline-problems')");
    // A page opened while something is wrong shows it as well.
    browser.open(&server.address);
    browser.until(&format!("({shown}).includes('error[template]')"));
    std::fs::remove_file(site.path("templates/index.html")).unwrap();
    browser.until("!document.querySelector('dateline-problems')");

    browser.open(&format!("{}nowhere", server.address));
    browser.problems.retain(|problem| !problem.contains("nowhere"));
    site.write("dateline.yaml", "title: Once more\n");
    browser.until("document.title.endsWith('Once more')");
    browser.problems.retain(|problem| !problem.contains("nowhere"));
    assert_eq!(browser.problems, Vec::<String>::new());
}
