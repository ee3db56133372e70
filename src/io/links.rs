//! Tries the links out of a site: side by side, a few at a time for each server, and never twice without need.

use super::fetch::guard::{Guarded, Refused};
use super::keep;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use ureq::http::StatusCode;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};

/// So many links are tried at once.
const AT_ONCE: usize = 16;
/// So many of them at one server.
const PER_HOST: usize = 2;
/// Between two links at one server each of its tries rests so long.
const PAUSE: Duration = Duration::from_millis(150);
/// A link is tried so often before it counts as dead.
const TRIES: u32 = 3;
/// The rest before the second try; each further one is four times as long.
const BACKOFF: Duration = Duration::from_millis(500);
/// A server that asks for a longer rest is not waited for.
const LONGEST_REST: Duration = Duration::from_secs(20);
/// The list's name in the folder of what may be deleted at any time.
const LIST: &str = "links.kept";
/// The form of the list; another one is not read.
const FORM: u32 = 1;

/// What is waited for, and what is tried.
#[derive(Debug, Clone)]
pub struct Limits {
    /// An answer is waited for so long.
    pub answer: Duration,
    /// Trying ends after so long in all.
    pub whole: Duration,
    /// A link that was good is trusted for so long.
    pub age: Duration,
    /// Whether addresses of the private network are tried.
    pub private: bool,
}

/// How it stands with a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It leads somewhere.
    Alive,
    /// It leads nowhere, and why.
    Dead(String),
    /// The server does not answer programs; it says nothing of readers.
    Refused(String),
    /// It leads into the private network and was not tried.
    Private,
    /// The time was up.
    Untried,
}

/// The links that were good, and when, in seconds since 1970.
#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    form: u32,
    good: BTreeMap<String, u64>,
}

/// Says whether a path names a file or folder of the site in `root`, which must be canonical.
pub fn stands(root: &Path, path: &str) -> bool {
    root.join(path).canonicalize().is_ok_and(|real| real.starts_with(root))
}

/// Tries links and gives a verdict for each; `done` is called once for every link, from several threads.
///
/// Links that were good lately, as `.dateline/` of the site in `root` remembers, are not tried again.
pub fn check(root: &Path, urls: &[&str], limits: &Limits, done: &(dyn Fn() + Sync)) -> Vec<Verdict> {
    let mut list = remembered(root);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    // What was good in the future was good on another clock.
    list.good.retain(|_, when| *when <= now && now - *when < limits.age.as_secs());
    let fresh = |url: &str| list.good.contains_key(url);
    let (good, wanted): (Vec<usize>, Vec<usize>) =
        (0..urls.len()).partition(|i| urls.get(*i).is_some_and(|url| fresh(url)));
    good.iter().for_each(|_| done());
    let mut verdicts = vec![Verdict::Alive; urls.len()];
    for (index, verdict) in try_all(urls, &wanted, limits, done) {
        if let (Verdict::Alive, Some(url)) = (&verdict, urls.get(index)) {
            list.good.insert((*url).to_owned(), now);
        }
        if let Some(slot) = verdicts.get_mut(index) {
            *slot = verdict;
        }
    }
    // That the list cannot be kept costs time at the next check, nothing else.
    if let Some(bytes) = (!wanted.is_empty()).then(|| serde_json::to_vec(&list).ok()).flatten() {
        let _ = keep::save(root, LIST, &bytes);
    }
    verdicts
}

/// Tries links lane by lane: those of one server wait for each other, a few at a time.
fn try_all(urls: &[&str], wanted: &[usize], limits: &Limits, done: &(dyn Fn() + Sync)) -> Vec<(usize, Verdict)> {
    let mut hosts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &i in wanted {
        let host =
            urls.get(i).and_then(|url| url::Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_owned));
        hosts.entry(host.unwrap_or_default()).or_default().push(i);
    }
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    for links in hosts.values() {
        for lane in 0..PER_HOST.min(links.len()) {
            lanes.push(links.iter().copied().skip(lane).step_by(PER_HOST).collect());
        }
    }
    // The longest first, so that none is waited for at the end.
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.len()));
    let asker = Asker { agent: agent(limits), end: Instant::now() + limits.whole };
    let (next, verdicts) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(lanes.len()) {
            scope.spawn(|| {
                while let Some(lane) = lanes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for (n, &i) in lane.iter().enumerate() {
                        if n > 0 && asker.left() > PAUSE {
                            thread::sleep(PAUSE);
                        }
                        let verdict = urls.get(i).map_or(Verdict::Untried, |url| asker.ask(url));
                        verdicts.lock().unwrap_or_else(PoisonError::into_inner).push((i, verdict));
                        done();
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn agent(limits: &Limits) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(limits.answer))
        .max_redirects(8)
        .max_response_header_size(64 << 10)
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION"), " (link check)"))
        .accept("text/html, */*;q=0.5");
    // Behind a proxy nobody could tell where an address leads.
    let config = if limits.private { config } else { config.proxy(None) };
    Agent::with_parts(config.build(), DefaultConnector::default(), Guarded::new(limits.private))
}

/// Asks servers, until the time is up.
struct Asker {
    agent: Agent,
    end: Instant,
}

/// What came of one try.
enum Answer {
    Status(StatusCode, Option<Duration>),
    Failed(Verdict),
    /// It may be better in a while.
    Shaky(Verdict),
}

impl Asker {
    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    fn ask(&self, url: &str) -> Verdict {
        let mut rest = BACKOFF;
        let mut last = Verdict::Untried;
        for n in 1..=TRIES {
            if self.left().is_zero() {
                return last;
            }
            let asked_for = match self.once(url) {
                Answer::Status(status, after) => {
                    last = judge(status);
                    let shaky = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
                    if !shaky {
                        return last;
                    }
                    after
                }
                Answer::Failed(verdict) => return verdict,
                Answer::Shaky(verdict) => {
                    last = verdict;
                    None
                }
            };
            let wait = asked_for.unwrap_or(rest);
            if n == TRIES || wait > LONGEST_REST || wait >= self.left() {
                break;
            }
            thread::sleep(wait);
            rest *= 4;
        }
        last
    }

    /// Asks for the head of a page, and for the page where the server does not do heads.
    fn once(&self, url: &str) -> Answer {
        match self.answer(self.agent.head(url)) {
            Answer::Status(status, _) if status.as_u16() >= 400 => self.answer(self.agent.get(url)),
            Answer::Shaky(_) if !self.left().is_zero() => self.answer(self.agent.get(url)),
            answer => answer,
        }
    }

    fn answer(&self, request: ureq::RequestBuilder<ureq::typestate::WithoutBody>) -> Answer {
        match request.call() {
            Ok(response) => {
                let after = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
                let after = after.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
                Answer::Status(response.status(), after)
            }
            Err(Error::HostNotFound) => Answer::Failed(no_host()),
            Err(Error::BadUri(_) | Error::Http(_)) => Answer::Failed(Verdict::Dead("it is no address".to_owned())),
            Err(Error::TooManyRedirects) => {
                Answer::Failed(Verdict::Dead("it is redirected again and again".to_owned()))
            }
            Err(Error::Other(inner)) if inner.is::<Refused>() => Answer::Failed(Verdict::Private),
            Err(Error::Timeout(_)) => Answer::Shaky(Verdict::Dead("no answer came in time".to_owned())),
            // What the system says when it does not know a name.
            Err(Error::Io(inner)) if inner.to_string().contains("lookup") => Answer::Failed(no_host()),
            Err(Error::Io(inner)) if inner.kind() == ErrorKind::ConnectionRefused => {
                Answer::Shaky(Verdict::Dead("the server takes no connections".to_owned()))
            }
            Err(Error::Io(_) | Error::Protocol(_)) => {
                Answer::Shaky(Verdict::Dead("the server broke off, or does not speak HTTP".to_owned()))
            }
            Err(other) => Answer::Shaky(Verdict::Dead(other.to_string())),
        }
    }
}

fn no_host() -> Verdict {
    Verdict::Dead("there is no host of this name".to_owned())
}

/// Says what an answer means for readers.
fn judge(status: StatusCode) -> Verdict {
    let said =
        || format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default()).trim_end().to_owned();
    match status.as_u16() {
        200..=399 => Verdict::Alive,
        // Many papers turn programs away, or ask readers to sign in.
        401 | 402 | 403 | 405 | 406 | 407 | 429 | 451 | 999 => Verdict::Refused(said()),
        _ => Verdict::Dead(format!("the server answers {}", said())),
    }
}

/// Gives the list of good links; whatever is no such list is none.
fn remembered(root: &Path) -> List {
    let list = keep::load(root, LIST).and_then(|bytes| serde_json::from_slice::<List>(&bytes).ok());
    list.filter(|list| list.form == FORM).unwrap_or(List { form: FORM, good: BTreeMap::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_list_that_is_no_list_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        for text in ["", "{", "[]", "{\"form\":9,\"good\":{\"https://a.io/\":1}}"] {
            keep::save(dir.path(), LIST, text.as_bytes()).unwrap();
            assert!(remembered(dir.path()).good.is_empty(), "{text}");
        }
        keep::save(dir.path(), LIST, b"{\"form\":1,\"good\":{\"https://a.io/\":1}}").unwrap();
        assert_eq!(remembered(dir.path()).good.len(), 1);
    }

    #[test]
    fn a_path_out_of_the_site_does_not_stand() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        fs::write(root.join("a.md"), "").unwrap();
        assert!(stands(&root, "a.md") && !stands(&root, "b.md"));
        assert!(!stands(&root, "../") && !stands(&root, "/etc"));
    }
}
