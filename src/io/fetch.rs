//! Fetches pages and feeds from the web, within limits, and never from the private network unless told to.

pub(super) mod guard;

use guard::{Guarded, Refused};
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use ureq::unversioned::resolver::Resolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};
use url::Url;

/// What we ask servers for.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
    application/feed+json, text/plain;q=0.8, */*;q=0.1";

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
        let guard = Guarded::new(limits.private);
        Fetcher::with(limits, guard)
    }

    fn with(limits: Limits, resolver: impl Resolver) -> Fetcher {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each step is looked at before it is taken.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
            .accept(ACCEPT)
            // A connection that is kept may have been closed at the other end.
            .max_idle_connections(0)
            .max_response_header_size(64 << 10);
        // Behind a proxy nobody could tell where an address leads.
        let config = if limits.private { config } else { config.proxy(None) };
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

#[cfg(test)]
mod tests;
