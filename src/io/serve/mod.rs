//! Serves a built site on this machine, and tells browsers when there is something new.
//!
//! Files are read from the output folder at each request. The reload script is put into pages on their way to the
//! browser and stands under a path of its own, so that a built site never holds it.

mod files;
mod reply;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::{oneshot, watch};

/// What a browser should know of the last build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// How many builds changed the site; 0 before the first one.
    pub builds: u64,
    /// The folder it stands in.
    pub out: PathBuf,
    /// The path under which it is served, with `/` at both ends.
    pub base: String,
    /// How many problems there are, in words.
    pub heading: String,
    /// What is wrong, each as the terminal shows it.
    pub problems: Vec<String>,
}

/// Where the builder posts its news and every open page reads them.
#[derive(Debug)]
pub struct Board {
    /// What tells this run of the server from others: pages of an earlier one load themselves anew.
    run: String,
    news: watch::Sender<News>,
}

impl Default for Board {
    fn default() -> Board {
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        Board { run: format!("{run:x}"), news: watch::Sender::default() }
    }
}

impl Board {
    /// Tells every open page.
    pub fn post(&self, news: News) {
        self.news.send_replace(news);
    }

    /// Names the state of the site that a page shows.
    fn build(&self, news: &News) -> String {
        format!("{}-{}", self.run, news.builds)
    }

    /// Gives the news as soon as there has been a build.
    async fn news(&self) -> Option<News> {
        let mut reader = self.news.subscribe();
        reader.wait_for(|news| news.builds > 0).await.ok().map(|news| news.clone())
    }
}

/// Takes the port asked for, or the first free one of `ports`.
///
/// # Errors
/// When none can be had; the address that was tried last comes with what the system said.
pub fn listen(host: IpAddr, ports: impl Iterator<Item = u16>) -> Result<TcpListener, (SocketAddr, io::Error)> {
    let mut last = (SocketAddr::new(host, 0), io::Error::from(io::ErrorKind::AddrInUse));
    for port in ports {
        let address = SocketAddr::new(host, port);
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = (address, error),
        }
        if last.1.kind() != io::ErrorKind::AddrInUse {
            break;
        }
    }
    Err(last)
}

/// Serves what `board` tells of while `work` goes on beside it, until the program is interrupted or `work` fails.
///
/// # Errors
/// When the server cannot start, or as `work` says.
pub fn run<E: From<io::Error> + Send + 'static>(
    listener: TcpListener,
    board: Arc<Board>,
    work: impl FnOnce() -> Result<(), E> + Send + 'static,
) -> Result<(), E> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let done = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let open = !listener.local_addr()?.ip().is_loopback();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let (tell, told) = oneshot::channel();
        std::thread::spawn(move || tell.send(work()));
        let app = Router::new().fallback(answer).with_state((board, open));
        let served = axum::serve(listener, app);
        tokio::select! {
            done = told => done.unwrap_or(Ok(())),
            _ = interrupted() => Ok(()),
            ended = served => ended.map_err(E::from),
        }
    });
    // Pages keep a line open for news; nobody waits for them, nor for a build that is under way.
    runtime.shutdown_background();
    done
}

/// Waits until the program is asked to end.
async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn answer(State((board, open)): State<(Arc<Board>, bool)>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if !open && !is_ours(&parts.headers, &parts.uri) {
        let why = "this server answers to localhost only; `--host` opens it to others\n";
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allowed, "only GET and HEAD are answered\n").into_response();
    }
    let known = parts.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
    match parts.uri.path() {
        "/_dateline/events" => return Sse::new(events(board)).keep_alive(KeepAlive::default()).into_response(),
        "/_dateline/reload.js" => return reply::own("reload.js", include_bytes!("reload.js"), known.as_deref()),
        "/_dateline/overlay.css" => return reply::own("overlay.css", include_bytes!("overlay.css"), known.as_deref()),
        _ => {}
    }
    let Some(news) = board.news().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let build = board.build(&news);
    let found = tokio::task::spawn_blocking(move || {
        let found = files::find(&news.out, &news.base, parts.uri.path(), parts.uri.query());
        reply::reply(found, &build, known.as_deref())
    });
    found.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Says whether a request means this machine: a page from elsewhere could point a name of its own here and read along.
fn is_ours(headers: &HeaderMap, uri: &Uri) -> bool {
    let host =
        headers.get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.authority().map(|a| a.as_str()));
    let Some(host) = host else { return !headers.contains_key(header::HOST) };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok()
}

/// Gives the news, those that stand first and then each as it comes.
fn events(board: Arc<Board>) -> impl Stream<Item = Result<Event, Infallible>> {
    let reader = board.news.subscribe();
    stream::unfold((board, reader, true), |(board, mut reader, first)| async move {
        if !first {
            reader.changed().await.ok()?;
        }
        let news = reader.wait_for(|news| news.builds > 0).await.ok()?.clone();
        let _ = reader.borrow_and_update();
        let told = serde_json::json!({
            "build": board.build(&news), "heading": news.heading, "problems": news.problems,
        });
        let event = Event::default().retry(Duration::from_millis(500)).data(told.to_string());
        Some((Ok(event), (board, reader, false)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let ours = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            is_ours(&headers, &Uri::from_static("/"))
        };
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8765", "[::1]:80", "192.168.0.7", "news.localhost:1"] {
            assert!(ours(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "", "notlocalhost"] {
            assert!(!ours(host), "{host}");
        }
    }
}
