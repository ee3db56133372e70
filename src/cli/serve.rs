//! `dateline serve`: shows the site as it will be, and builds it anew whenever one of its files changes.
//!
//! The site is built into the output folder, byte for byte as `dateline build` does it.

use super::build;
use super::flags::Common;
use super::message;
use super::report::{self, Exit, count};
use crate::diagnostic::{Diagnostic, Severity};
use crate::io::IoError;
use crate::io::serve::{self, Board, News};
use crate::io::watch::Watch;
use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The ports that are tried when none is asked for.
const PORTS: std::ops::Range<u16> = 8765..8785;
/// How many messages are shown in the browser; the terminal has all.
const SHOWN: usize = 20;

/// What `serve` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The port to listen on; 0 takes any that is free [default: 8765, or the next free one]
    #[arg(short, long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on; 0.0.0.0 opens the site to other machines
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = host)]
    host: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
}

fn host(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => text.parse().map_err(|_| "write an address of this machine, as in `127.0.0.1` or `0.0.0.0`".to_owned()),
    }
}

/// Serves the site until the program is interrupted.
pub fn run(common: &Common, args: &Args) -> anyhow::Result<Exit> {
    let listener = match args.port {
        Some(port) => serve::listen(args.host, std::iter::once(port)),
        None => serve::listen(args.host, PORTS),
    };
    let listener = match listener {
        Ok(listener) => listener,
        Err((address, error)) => return Ok(refused(address, &error)),
    };
    let address = listener.local_addr()?;
    let board = Arc::new(Board::default());
    // Watched before the first build, so that nothing changes unseen while that goes on.
    let watch = Watch::open(&common.root, common.config.as_deref()).map_err(|error| match error.kind {
        notify::ErrorKind::Io(source) => IoError::File { action: "open", path: common.root.clone(), source }.into(),
        _ => anyhow::Error::new(error).context(format!("cannot watch `{}`", common.root.display())),
    })?;
    let desk = Desk { common: common.clone(), board: Arc::clone(&board), news: News::default(), told: BTreeSet::new() };
    let open = args.open;
    serve::run(listener, board, move || desk.work(watch, address, open))?;
    Ok(Exit::Done)
}

fn refused(address: SocketAddr, error: &std::io::Error) -> Exit {
    match error.kind() {
        ErrorKind::AddrInUse => {
            let help = "end the program that uses it, or take another one with `--port N` (0: any that is free)";
            report::complain(&format!("the port {} is in use", address.port()), Some(help));
        }
        _ => report::complain(&format!("cannot listen on {address}: {error}"), None),
    }
    Exit::Io
}

/// Builds, and tells the browser and the terminal.
struct Desk {
    common: Common,
    board: Arc<Board>,
    news: News,
    /// What the terminal shows already.
    told: BTreeSet<Diagnostic>,
}

impl Desk {
    fn work(mut self, mut watch: Watch, address: SocketAddr, open: bool) -> anyhow::Result<()> {
        // What no change of a file mends ends the program, as it ends `build`.
        let built = build::make(&self.common)?;
        self.tell(Ok(built));
        let home = place(address, &self.news.base);
        let mut out = anstream::stdout().lock();
        // Whoever closed standard output still wants the site.
        let _ = writeln!(out, "{home}").and_then(|()| out.flush());
        drop(out);
        if watch.polling {
            report::doubt("the system does not tell of changes here; files are looked at twice a second");
        }
        report::note(&self.common, &format!("serving {home} (Ctrl-C ends it)"));
        if open {
            show(&home);
        }
        while let Some(changed) = watch.wait() {
            report::note(&self.common, &changes(&changed));
            let base = self.news.base.clone();
            let built = catch_unwind(AssertUnwindSafe(|| build::make(&self.common)));
            self.tell(built.unwrap_or_else(|_| Err(anyhow::anyhow!("the build broke off: a mistake of this program"))));
            if self.news.base != base {
                report::note(&self.common, &format!("serving {}", place(address, &self.news.base)));
            }
        }
        Ok(())
    }

    fn tell(&mut self, built: anyhow::Result<build::Built>) {
        let common = &self.common;
        let mut built = match built {
            Ok(built) => built,
            Err(error) => {
                let help = error.downcast_ref().and_then(IoError::help).map(|help| format!("  = help: {help}"));
                self.news.heading = count(1, "error");
                self.news.problems =
                    std::iter::once(message::plain(&format!("error: {error:#}"))).chain(help).collect();
                self.board.post(self.news.clone());
                report::fail(&error);
                return;
            }
        };
        message::sort(&mut built.diagnostics);
        let wrong = |d: &&Diagnostic| common.strict || d.severity == Severity::Error;
        let wrong: Vec<Diagnostic> = built.diagnostics.iter().filter(wrong).cloned().collect();
        let news = &mut self.news;
        news.heading = report::tally(&wrong);
        news.problems = wrong.iter().take(SHOWN).map(text).collect();
        if wrong.len() > SHOWN {
            news.problems.push(format!("and {}", count(wrong.len() - SHOWN, "more message")));
        }
        let changed = built.written.is_some_and(|written| written.changed + written.removed > 0);
        news.builds += u64::from(changed || news.builds == 0);
        news.out = built.out;
        news.base = base(built.base_url.as_deref());
        // The browser first: nobody waits for the terminal.
        self.board.post(news.clone());
        let mut fresh: Vec<_> = built.diagnostics.iter().filter(|d| !self.told.contains(d)).cloned().collect();
        report::messages_aside(common, &mut fresh);
        built.lines.iter().for_each(|line| report::note(common, line));
        if !wrong.is_empty() {
            report::note(common, &self.news.heading);
        }
        self.told = built.diagnostics.into_iter().collect();
    }
}

/// Gives a message as the terminal shows it, without colours.
fn text(diagnostic: &Diagnostic) -> String {
    let mut out = Vec::new();
    // Nothing can go wrong in memory.
    let _ = message::write(&mut out, diagnostic);
    anstream::adapter::strip_str(&String::from_utf8_lossy(&out)).to_string()
}

/// Gives the path of the address where the site will stand.
fn base(url: Option<&str>) -> String {
    let path = url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
    let path = path.map_or("", |(_, path)| path).trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// Gives the address under which a browser on this machine finds the site.
fn place(address: SocketAddr, base: &str) -> String {
    let host: IpAddr = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    format!("http://{}{base}", SocketAddr::new(host, address.port()))
}

fn changes(changed: &BTreeSet<String>) -> String {
    match changed.len() {
        1 => format!("changed: {}", changed.first().map(String::as_str).unwrap_or_default()),
        more => format!("changed: {}", count(more, "file")),
    }
}

/// Opens an address in the browser.
fn show(place: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let started =
        Command::new(program).arg(place).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Err(error) = started {
        report::doubt(&format!("no browser could be opened ({program}: {error})"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_served_under_the_path_it_will_have() {
        for (url, path) in [
            (None, "/"),
            (Some("https://a.example/"), "/"),
            (Some("https://a.example/repo/"), "/repo/"),
            (Some("https://a.example/deep/er/"), "/deep/er/"),
        ] {
            assert_eq!(base(url), path);
        }
        let any: SocketAddr = "0.0.0.0:80".parse().unwrap();
        assert_eq!(place(any, "/repo/"), "http://127.0.0.1:80/repo/");
        assert_eq!(place("[::1]:8080".parse().unwrap(), "/"), "http://[::1]:8080/");
    }
}
