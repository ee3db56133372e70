//! Fetching from a real server on loopback, which misbehaves in every way.

use super::guard::is_private;
use super::*;
use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use ureq::http::Uri;
use ureq::unversioned::resolver::ResolvedSocketAddrs;
use ureq::unversioned::transport::NextTimeout;

#[test]
fn addresses_of_the_private_network_are_known_in_every_disguise() {
    for address in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "0.1.2.3",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "203.0.113.5",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001:db8::1",
        "2001::1",
        "100::1",
        "4000::1",
    ] {
        assert!(is_private(address.parse().unwrap()), "{address}");
    }
    for address in [
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ] {
        assert!(!is_private(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn only_whole_web_addresses_are_fetched() {
    for bad in
        ["ftp://a.io/", "file:///etc/passwd", "a.io", "http://", "http://me@a.io/", "http://me:x@a.io/", "javascript:x"]
    {
        assert!(whole(bad).is_err(), "{bad}");
    }
    assert_eq!(whole(" http://2130706433/a#b ").unwrap().as_str(), "http://127.0.0.1/a");
    assert_eq!(
        content_type("Text/HTML; Charset=\"ISO-8859-2\""),
        ("text/html".to_owned(), Some("ISO-8859-2".to_owned()))
    );
}

/// Looks up `public.test` as the server of the test, and everything else as the guard does.
#[derive(Debug)]
struct Staged(SocketAddr, Guarded);

impl Resolver for Staged {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        if uri.host() == Some("public.test") {
            let mut found = self.empty();
            found.push(self.0);
            return Ok(found);
        }
        self.1.resolve(uri, config, timeout)
    }
}

/// Serves on loopback what `answer` writes for each path, until the test ends.
fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
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
                answer(request.split(' ').nth(1).unwrap_or_default(), &mut stream);
            });
        }
    });
    address
}

fn limits() -> Limits {
    Limits { time: Duration::from_millis(1500), size: 1 << 20, total: 3 << 20, redirects: 4, private: false }
}

#[test]
fn a_redirect_never_leads_into_the_private_network() {
    let address = serve(|path, stream| {
        let port = stream.local_addr().unwrap().port();
        let next = match path {
            "/name" => format!("http://localhost:{port}/secret"),
            "/mapped" => format!("http://[::ffff:127.0.0.1]:{port}/secret"),
            "/number" => format!("http://2130706433:{port}/secret"),
            "/metadata" => "http://169.254.169.254/latest".to_owned(),
            "/two" => "/name".to_owned(),
            "/file" => "file:///etc/passwd".to_owned(),
            _ => String::new(),
        };
        let _ = match next.as_str() {
            "" => write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\nsecret"),
            next => write!(stream, "HTTP/1.1 302 Found\r\nLocation: {next}\r\nContent-Length: 0\r\n\r\n"),
        };
    });
    let fetcher = Fetcher::with(limits(), Staged(address, Guarded::new(false)));
    let fetch = |path: &str| fetcher.fetch(&format!("http://public.test:{}{path}", address.port()));
    assert_eq!(fetch("/page").unwrap().bytes, b"secret", "the server itself is reached");
    for path in ["/name", "/mapped", "/number", "/metadata", "/two"] {
        assert!(matches!(fetch(path), Err(FetchError::Private(_))), "{path}: {:?}", fetch(path));
    }
    assert!(matches!(fetch("/file"), Err(FetchError::Address(_))));
    assert!(matches!(Fetcher::new(limits()).fetch(&format!("http://{address}/page")), Err(FetchError::Private(_))));
}
