//! `dateline add` against a real server on loopback that misbehaves in every way: nothing hangs, nothing half-read is
//! added, every refusal says why, and one bad source never stops the others.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

const PAGE: &str = "<html><head><title>Harbour reopens</title><meta property='article:published_time' \
    content='2021-03-04T10:00:00Z'></head><body><h1>Harbour reopens</h1><p>The harbour of Norhaven reopened on 2 March \
    2021, after a strike that had lasted eleven weeks and cost the town dearly.</p></body></html>";

/// Serves on loopback until the test ends, and gives the address before the path.
fn serve(answer: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = answer.clone();
            std::thread::spawn(move || {
                let mut stream = stream.unwrap();
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
                    request.push(byte[0]);
                }
                let request = String::from_utf8_lossy(&request).into_owned();
                // Whoever hangs up on us is right.
                let _ = answer(request.split(' ').nth(1).unwrap_or_default(), &mut stream);
            });
        }
    });
    address
}

/// A small answer that unpacks to 64 MiB of blanks.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip(&vec![b' '; 64 << 20]));

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn whole(stream: &mut TcpStream, kind: &str, body: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(body)
}

fn misbehave(path: &str, stream: &mut TcpStream) -> std::io::Result<()> {
    let page = PAGE.as_bytes();
    let html = "text/html; charset=utf-8";
    match path {
        "/good" => whole(stream, html, page),
        "/slow-headers" => {
            for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
                stream.write_all(&[*byte])?;
                std::thread::sleep(Duration::from_millis(200));
            }
            Ok(())
        }
        "/silent" => {
            std::thread::sleep(Duration::from_secs(30));
            Ok(())
        }
        "/endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\n\r\n")?;
            loop {
                stream.write_all(b"<p>word ")?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "/huge" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 65_536])?;
            }
        }
        "/huge-stated" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Length: 99999999999\r\n\r\n")
        }
        "/huge-headers" => {
            write!(stream, "HTTP/1.1 200 OK\r\n")?;
            loop {
                write!(stream, "X-More: {}\r\n", "a".repeat(4096))?;
            }
        }
        "/loop" => write!(stream, "HTTP/1.1 301 Moved\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"),
        "/moved" => write!(stream, "HTTP/1.1 301 Moved\r\nLocation: /good\r\nContent-Length: 0\r\n\r\n"),
        "/to-file" => write!(stream, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
        "/nowhere" => write!(stream, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
        "/image" => whole(stream, "image/png", b"\x89PNG\r\n\x1a\n"),
        "/binary" => whole(stream, html, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        "/cut" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Length: {}\r\n\r\n", page.len())?;
            stream.write_all(&page[..page.len() / 2])
        }
        "/cut-chunk" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            write!(stream, "{:x}\r\n{}\r\n40\r\nshort", PAGE.len(), PAGE)
        }
        "/bomb" => {
            let bomb = &*BOMB;
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                bomb.len()
            )?;
            stream.write_all(bomb)
        }
        "/packed" => {
            let packed = gzip(page);
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                packed.len()
            )?;
            stream.write_all(&packed)
        }
        "/bad-gzip" => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"
            )?;
            stream.write_all(b"\x1f\x8b nogzip")
        }
        "/lie-long" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Length: {}\r\n\r\n", page.len() + 100)?;
            stream.write_all(page)
        }
        "/lie-nonsense" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: {html}\r\nContent-Length: -5\r\n\r\n")?;
            stream.write_all(page)
        }
        "/gone" => write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Type: {html}\r\nContent-Length: 4\r\n\r\ngone"),
        "/broken" => write!(stream, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
        "/garbage" => stream.write_all(b"\0\xff not http at all\r\n\r\n"),
        "/hangup" => Ok(()),
        "/empty" => whole(stream, html, b""),
        _ => write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    }
}

#[test]
fn a_server_that_misbehaves_harms_nothing() {
    LazyLock::force(&BOMB);
    let server = serve(misbehave);
    for (path, code, says) in [
        ("slow-headers", 3, "it took longer than 2 s"),
        ("silent", 3, "it took longer than 2 s"),
        ("endless", 3, "it took longer than 2 s"),
        ("huge", 3, "it is larger than 1 MiB"),
        ("huge-stated", 3, "it is larger than 1 MiB"),
        ("huge-headers", 3, "header"),
        ("loop", 3, "it is redirected more than 8 times"),
        ("to-file", 3, "`file:` is not fetched"),
        ("nowhere", 3, "the server answered 302"),
        ("image", 3, "it is `image/png`"),
        ("binary", 1, "bytes that are no text"),
        ("cut", 3, "cut"),
        ("cut-chunk", 3, "cut"),
        ("bomb", 3, "it is larger than 1 MiB"),
        ("bad-gzip", 3, "cut"),
        ("lie-long", 3, "cut"),
        ("lie-nonsense", 3, "cannot be fetched"),
        ("gone", 3, "the server answered 404"),
        ("broken", 3, "the server answered 500"),
        ("garbage", 3, "cannot be fetched"),
        ("hangup", 3, "cannot be fetched"),
        ("empty", 1, "the article has no text"),
    ] {
        let site = Sandbox::new();
        let url = format!("{server}/{path}");
        let start = Instant::now();
        let args = ["add", "--allow-private", "--timeout", "2", "--max-size", "1", &url, &format!("{server}/good")];
        let (exit, out, err) = site.run(&args);
        assert_eq!(exit, code, "{path}: {err}");
        let first = err.lines().next().unwrap_or_default();
        assert!(first.starts_with(&format!("{url}: error[")) && first.contains(says), "{path}: {err}");
        assert!(start.elapsed() < Duration::from_secs(20), "{path} took {:?}", start.elapsed());
        // The other source was added all the same, and nothing else is left behind.
        assert_eq!(out, "content/2021-03-04-harbour-reopens.md\n", "{path}");
        assert_eq!(site.files("content").len(), 1, "{path}");
    }
}

#[test]
fn what_is_moved_or_packed_is_added_with_the_address_at_which_it_was_found() {
    let server = serve(misbehave);
    for path in ["moved", "packed"] {
        let site = Sandbox::new();
        let (code, out, err) = site.run(&["add", "--allow-private", &format!("{server}/{path}")]);
        assert_eq!((code, out.as_str()), (0, "content/2021-03-04-harbour-reopens.md\n"), "{err}");
        let text = String::from_utf8(site.files("content").into_values().next().unwrap()).unwrap();
        let place = if path == "moved" { "good" } else { path };
        assert!(text.contains(&format!("url: \"{server}/{place}\"\n")), "{text}");
        assert!(text.contains("published: 2021-03-04\npublished_basis: page-metadata\n"), "{text}");
    }
}

#[test]
fn the_private_network_is_refused_unless_it_is_asked_for() {
    let server = serve(misbehave);
    let port = server.rsplit(':').next().unwrap().to_owned();
    let site = Sandbox::new();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1"] {
        let (code, out, err) = site.run(&["add", &format!("http://{host}:{port}/good")]);
        assert_eq!((code, out.as_str()), (3, ""), "{host}: {err}");
        assert!(
            err.contains("is an address of the private network") && err.contains("--allow-private"),
            "{host}: {err}"
        );
    }
    assert!(site.files("content").is_empty());
}

#[test]
fn pages_together_keep_to_their_limit() {
    let server = serve(|path, stream| {
        whole(stream, "text/html", format!("<p>{path} {}</p>", "word ".repeat(100_000)).as_bytes())
    });
    let site = Sandbox::new();
    let urls: Vec<String> = (0..4).map(|i| format!("{server}/{i}")).collect();
    let mut args = vec!["add", "--allow-private", "--max-total", "1"];
    args.extend(urls.iter().map(String::as_str));
    let (code, _, err) = site.run(&args);
    assert_eq!(code, 3, "{err}");
    assert_eq!(err.matches("more than 1 MiB were fetched in all").count(), 2, "{err}");
}

#[test]
fn the_encoding_of_the_header_counts_before_that_of_the_page() {
    let body = |charset: &str, bytes: &[u8]| {
        let head = format!("<meta charset={charset}><title>Caf");
        [head.as_bytes(), bytes, b"</title><p>It was opened on 3 May 2019 by the mayor, in the rain.</p>"].concat()
    };
    let pages = [
        ("text/html; charset=iso-8859-2", body("koi8-r", b"\xb3"), "Cafł"),
        ("text/html", body("iso-8859-2", b"\xb3"), "Cafł"),
        ("text/html; charset=iso-8859-1", body("utf-8", "é".as_bytes()), "Café"),
        ("text/html; charset=nonsense", body("windows-1252", b"\xe9"), "Café"),
        ("text/html; charset=shift_jis", body("x", b"\x93\xfa"), "Caf日"),
    ];
    let sent = pages.clone();
    let server = serve(move |path, stream| {
        let (kind, body, _) = &sent[path[1..].parse::<usize>().unwrap()];
        whole(stream, kind, body)
    });
    for (i, (kind, _, title)) in pages.iter().enumerate() {
        let site = Sandbox::new();
        let (code, _, err) = site.run(&["add", "--allow-private", &format!("{server}/{i}")]);
        assert_eq!(code, 0, "{err}");
        let text = String::from_utf8(site.files("content").into_values().next().unwrap()).unwrap();
        assert!(text.starts_with(&format!("---\ntitle: \"{title}\"\n")), "{kind}: {text}");
    }
}

#[test]
fn a_feed_gives_its_entries_and_fetches_those_it_only_announces() {
    let long = "The council of Norhaven debated the new quay for nine hours. ".repeat(20);
    let half = "The ferry of Norhaven ran aground on 5 January, and nobody was hurt. ".repeat(4);
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>\
         <channel><title>Norhaven Post</title><language>en-gb</language>\
         <item><title>Quay &amp; council</title><link>http://HOST/quay</link>\
         <pubDate>Mon, 17 Jan 2022 23:30:00 -0500</pubDate><author>ann@a.io (Ann Roe)</author>\
         <description>Short.</description><content:encoded><![CDATA[<p>{long}</p><p>On 3 January it began.</p>]]></content:encoded></item>\
         <item><title>Harbour reopens</title><link>http://HOST/good</link><description>Only a teaser.</description></item>\
         <item><title>Gone</title><link>http://HOST/gone</link></item>\
         <item><title>Half</title><link>http://HOST/gone-too</link><description>{half}</description></item>\
         <item><title>Quay again</title><link>http://HOST/quay?utm_source=feed</link></item>\
         </channel></rss>"
    );
    let server = serve(move |path, stream| match path {
        "/feed" => {
            let host = stream.local_addr()?.to_string();
            whole(stream, "application/rss+xml", feed.replace("HOST", &host).as_bytes())
        }
        path => misbehave(path, stream),
    });
    let site = Sandbox::new();
    let (code, out, err) = site.run(&["add", "--allow-private", &format!("{server}/feed")]);
    assert_eq!(code, 3, "{err}");
    assert_eq!(out, "content/2022-01-17-quay-council.md\ncontent/2021-03-04-harbour-reopens.md\ncontent/half.md\n");
    assert!(
        err.contains(&format!("{server}/gone: error[unread-source]: cannot be fetched: the server answered 404")),
        "{err}"
    );
    assert!(err.contains(&format!("{server}/quay?utm_source=feed: warning[known-article]")), "{err}");
    // What the feed holds of a page that is gone is better than nothing, and said to be that.
    let half = |kind: &str| format!("{server}/gone-too: warning[{kind}]: ");
    assert!(
        err.contains(&format!("{}its page cannot be fetched: the server answered 404", half("unread-source"))),
        "{err}"
    );
    assert!(err.contains(&format!("{}no publication date was found", half("undated-article"))), "{err}");
    assert!(err.contains("3 articles added, 1 there already, 1 error"), "{err}");
    let files = site.files("content");
    let quay = std::str::from_utf8(&files["2022-01-17-quay-council.md"]).unwrap();
    assert!(
        quay.starts_with(&format!(
            "---\ntitle: \"Quay & council\"\npublisher: \"Norhaven Post\"\nurl: \"{server}/quay\"\npublished: 2022-01-17\n"
        )),
        "{quay}"
    );
    assert!(
        quay.contains("authors: [\"Ann Roe\"]\nlanguage: \"en-gb\"\n")
            && quay.ends_with("\n\nOn 3 January it began.\n"),
        "{quay}"
    );
    let harbour = std::str::from_utf8(&files["2021-03-04-harbour-reopens.md"]).unwrap();
    assert!(harbour.contains("publisher: \"Norhaven Post\"\n"), "{harbour}");
    // A second run finds everything there.
    let (_, out, err) = site.run(&["add", "--allow-private", &format!("{server}/feed")]);
    assert_eq!(out, "", "{err}");
}
