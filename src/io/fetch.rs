//! Fetches pages and feeds from the web, within limits, and never from the private network unless told to.

use std::fmt;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};
use url::Url;

/// What may be fetched.
#[derive(Debug, Clone)]
pub struct Limits {
    /// One fetch, redirects and all, takes at most this long.
    pub time: Duration,
    /// One page has at most so many bytes, unpacked.
    pub size: u64,
    /// All pages together have at most so many bytes.
    pub total: u64,
    /// One fetch follows at most so many redirects.
    pub redirects: usize,
    /// Whether addresses of the private network may be fetched.
    pub private: bool,
}

/// What was fetched.
#[derive(Debug)]
pub struct Fetched {
    /// The address at which it was found, after redirects.
    pub url: String,
    /// What kind of text the server calls it, in lower case, without parameters; empty where it does not say.
    pub kind: String,
    /// The encoding that the server states.
    pub charset: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why something could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is none that can be fetched.
    #[error("this is no address that can be fetched: {0}")]
    Address(String),
    /// The address leads into the private network.
    #[error("`{0}` is an address of the private network")]
    Private(String),
    /// The name of the host means nothing.
    #[error("there is no host of this name: `{0}`")]
    NoHost(String),
    /// It took too long.
    #[error("it took longer than {0} s")]
    Slow(u64),
    /// It is too large.
    #[error("it is larger than {0} MiB")]
    Large(u64),
    /// All that was fetched is too much together.
    #[error("more than {0} MiB were fetched in all")]
    Total(u64),
    /// It led from one redirect to the next.
    #[error("it is redirected more than {0} times")]
    Redirects(usize),
    /// The server said that it has nothing for us.
    #[error("the server answered {0}")]
    Status(u16),
    /// What came is no text.
    #[error("it is `{0}`, and no page, text or feed")]
    Kind(String),
    /// The connection failed or was cut.
    #[error("{0}")]
    Broken(String),
}

impl FetchError {
    /// Says what to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            FetchError::Address(_) => "an address begins with `http://` or `https://` and holds no user name",
            FetchError::Private(_) => "if you mean it, say so with `--allow-private`",
            FetchError::NoHost(_) => "check the address, and the connection to the internet",
            FetchError::Slow(_) => "try again later, or allow more with `--timeout SECONDS`",
            FetchError::Large(_) => "allow more with `--max-size MIB`",
            FetchError::Total(_) => "add the rest in a second run, or allow more with `--max-total MIB`",
            FetchError::Kind(_) => "name the address of a page, of a text or of a feed",
            FetchError::Redirects(_) | FetchError::Status(_) | FetchError::Broken(_) => {
                "open the page in a browser; if it is there, save it and add the file"
            }
        }
    }
}

/// Fetches what the limits allow.
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
    spent: AtomicU64,
}

impl Fetcher {
    /// Prepares to fetch within limits.
    pub fn new(limits: Limits) -> Fetcher {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each step is looked at before it is taken.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.8, */*;q=0.1")
            .max_response_header_size(64 << 10);
        // Behind a proxy nobody could tell where an address leads.
        let config = if limits.private { config } else { config.proxy(None) };
        let resolver = Guarded { inner: DefaultResolver::default(), private: limits.private };
        let agent = Agent::with_parts(config.build(), DefaultConnector::default(), resolver);
        Fetcher { agent, limits, spent: AtomicU64::new(0) }
    }

    /// Fetches an address.
    ///
    /// # Errors
    /// When it cannot be fetched, or not within the limits.
    pub fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        let start = Instant::now();
        let mut url = whole(address)?;
        for _ in 0..=self.limits.redirects {
            let mut response = self.step(&url, start)?;
            let status = response.status().as_u16();
            let header =
                |name: &str| response.headers().get(name).map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
            if matches!(status, 301 | 302 | 303 | 307 | 308) {
                let place = header("location").ok_or(FetchError::Status(status))?;
                let next = url.join(place.trim()).map_err(|error| FetchError::Address(error.to_string()))?;
                url = whole(next.as_str())?;
                continue;
            }
            if !(200..300).contains(&status) {
                return Err(FetchError::Status(status));
            }
            let (kind, charset) = content_type(&header("content-type").unwrap_or_default());
            if !is_text(&kind) {
                return Err(FetchError::Kind(kind));
            }
            let length = header("content-length").and_then(|length| length.trim().parse::<u64>().ok());
            if length.is_some_and(|length| length > self.limits.size) {
                return Err(self.large());
            }
            let bytes = self.body(response.body_mut().as_reader())?;
            return Ok(Fetched { url: url.into(), kind, charset, bytes });
        }
        Err(FetchError::Redirects(self.limits.redirects))
    }

    /// Asks for one address; redirects are not followed.
    fn step(&self, url: &Url, start: Instant) -> Result<ureq::http::Response<ureq::Body>, FetchError> {
        let left =
            self.limits.time.checked_sub(start.elapsed()).filter(|left| !left.is_zero()).ok_or_else(|| self.slow())?;
        let request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        request.call().map_err(|error| self.explain(error, url))
    }

    /// Reads a body as far as the limits allow.
    fn body(&self, mut reader: impl Read) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        let mut chunk = [0_u8; 16 << 10];
        loop {
            let count = match reader.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    let timeout = error.kind() == std::io::ErrorKind::TimedOut
                        || error
                            .get_ref()
                            .and_then(|inner| inner.downcast_ref())
                            .is_some_and(|e| matches!(e, Error::Timeout(_)));
                    return Err(if timeout {
                        self.slow()
                    } else {
                        FetchError::Broken(format!("the connection was cut: {error}"))
                    });
                }
            };
            bytes.extend_from_slice(chunk.get(..count).unwrap_or_default());
            if bytes.len() as u64 > self.limits.size {
                return Err(self.large());
            }
            let spent = self.spent.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
            if spent > self.limits.total {
                return Err(FetchError::Total(self.limits.total >> 20));
            }
        }
    }

    fn slow(&self) -> FetchError {
        FetchError::Slow(self.limits.time.as_secs())
    }

    fn large(&self) -> FetchError {
        FetchError::Large(self.limits.size >> 20)
    }

    fn explain(&self, error: Error, url: &Url) -> FetchError {
        let host = || url.host_str().unwrap_or_default().to_owned();
        match error {
            Error::Timeout(_) => self.slow(),
            Error::HostNotFound => FetchError::NoHost(host()),
            Error::Other(inner) if inner.is::<Refused>() => FetchError::Private(host()),
            Error::BadUri(why) => FetchError::Address(why),
            Error::Io(inner) if inner.kind() == std::io::ErrorKind::TimedOut => self.slow(),
            // What the system says when it does not know a name.
            Error::Io(inner) if inner.to_string().contains("lookup") => FetchError::NoHost(host()),
            other => FetchError::Broken(other.to_string()),
        }
    }
}

/// Reads an address that may be fetched.
fn whole(address: &str) -> Result<Url, FetchError> {
    let mut url = Url::parse(address.trim()).map_err(|error| FetchError::Address(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchError::Address(format!("`{}:` is not fetched", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Address("it holds a user name or a password".to_owned()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// The kind and the charset that a content type states.
fn content_type(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset)
}

/// Whether a kind of content may hold an article or a feed.
fn is_text(kind: &str) -> bool {
    let known = ["", "application/xhtml+xml", "application/xml", "application/json", "application/feed+json"];
    known.contains(&kind)
        || ["text/html", "text/plain", "text/markdown", "text/x-markdown", "text/xml"].contains(&kind)
        || ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/rss+xml"].contains(&kind)
}

/// Looks names up and keeps the addresses that may be reached.
#[derive(Debug)]
struct Guarded {
    inner: DefaultResolver,
    private: bool,
}

/// Says that a name has no address but private ones.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address of the private network")
    }
}

impl std::error::Error for Refused {}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.private {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address| !is_private(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() { Err(Error::Other(Box::new(Refused))) } else { Ok(public) }
    }
}

/// Whether an address is of a network that is not the public one.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || matches!(
            (a, b, c),
            (0 | 240..=255, _, _) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _)
        )
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let within = |high: u16, low: u16| {
        let [a, b, c, d] = [high >> 8, high & 0xff, low >> 8, low & 0xff].map(|part| u8::try_from(part).unwrap_or(0));
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // An address of version 4 in one of version 6: mapped, compatible, translated, 6to4.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => high == 0 && low <= 1 || within(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => within(high, low),
        [0x2002, high, low, ..] => within(high, low),
        // All that is public begins with these three bits; the rest is local, unique, multicast or kept back.
        [first, second, ..] => first & 0xe000 != 0x2000 || first == 0x2001 && (second < 0x200 || second == 0xdb8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for bad in [
            "ftp://a.io/",
            "file:///etc/passwd",
            "a.io",
            "http://",
            "http://me@a.io/",
            "http://me:x@a.io/",
            "javascript:x",
        ] {
            assert!(whole(bad).is_err(), "{bad}");
        }
        assert_eq!(whole(" http://2130706433/a#b ").unwrap().as_str(), "http://127.0.0.1/a");
        assert_eq!(
            content_type("Text/HTML; Charset=\"ISO-8859-2\""),
            ("text/html".to_owned(), Some("ISO-8859-2".to_owned()))
        );
    }
}
