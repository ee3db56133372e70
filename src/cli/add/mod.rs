//! `dateline add`: turns files, folders, pages and feeds into articles of the site.

mod feed;
mod progress;
mod source;

use super::flags::Common;
use super::load;
use super::remember;
use super::report::{self, Exit, count};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::io::IoError;
use crate::io::adding::Shelf;
use crate::io::fetch::{Fetcher, Limits};
use crate::model::Article;
use crate::pipeline::{self, adding};
use progress::Progress;
use source::{Item, Source};
use std::io::Write;
use std::time::{Duration, Instant};

/// One fetch follows at most so many redirects.
const REDIRECTS: usize = 8;

/// What to add, and what may be fetched for it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files (.html, .md, .txt, feeds), folders, addresses of pages or feeds, or `-` for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// Fetch from the private network too (localhost, 10.0.0.0/8, fc00::/7, …)
    #[arg(long)]
    allow_private: bool,
    /// One page may take so long
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// One page may be so large
    #[arg(long, value_name = "MIB", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=64))]
    max_size: u64,
    /// All pages together may be so large
    #[arg(long, value_name = "MIB", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    max_total: u64,
}

/// Adds what is new, and says of everything else why it was not added; one bad source never stops the others.
pub fn run(common: &Common, args: &Args) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let mut files = load::opened(common)?;
    let (mut config, mut diagnostics) = Config::read(files.config.as_ref());
    let shelf = Shelf::open(&files.root)?;
    let fetcher = Fetcher::new(Limits {
        time: Duration::from_secs(args.timeout),
        size: args.max_size << 20,
        total: args.max_total << 20,
        redirects: REDIRECTS,
        private: args.allow_private,
    });
    let mut known = remember::known(&config, &files);
    if known.is_none() {
        files = load::reopened(common, files)?;
        known = remember::known(&config, &files);
    }
    let known = known.unwrap_or_default();
    // A language that nobody states is the site's, which may yet change.
    config.language = String::new();
    let mut desk =
        Desk { config: &config, known, shelf, diagnostics: Vec::new(), added: Vec::new(), doubles: 0, failed: false };
    let progress = Progress::new(common);
    for name in &args.sources {
        progress.begins(name);
        let mut source = Source::open(name, &fetcher, &mut desk.diagnostics);
        progress.expects(source.left());
        while let Some(item) = source.next(&fetcher, &desk.known, &progress) {
            match item {
                Ok(item) => desk.take(item)?,
                Err(refused) => desk.refuse(refused),
            }
            progress.done();
        }
    }
    progress.ends();
    let Desk { added, doubles, failed, diagnostics: mut found, .. } = desk;
    diagnostics.append(&mut found);
    let mut out = anstream::stdout().lock();
    for path in &added {
        writeln!(out, "{}", super::message::plain(path))?;
    }
    out.flush()?;
    report::messages_aside(common, &mut diagnostics);
    report::note(common, &summary(&added, doubles, &diagnostics, start));
    Ok(match report::verdict(common, &diagnostics) {
        Exit::Content if failed => Exit::Io,
        verdict => verdict,
    })
}

fn summary(added: &[String], doubles: usize, diagnostics: &[Diagnostic], start: Instant) -> String {
    let refused = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let there = if doubles > 0 { format!(", {doubles} there already") } else { String::new() };
    let failed = if refused > 0 { format!(", {}", count(refused, "error")) } else { String::new() };
    format!("{} added{there}{failed}, in {:.2} s", count(added.len(), "article"), start.elapsed().as_secs_f64())
}

/// A source, or an entry of one, of which no article can be made.
pub(super) struct Refused {
    diagnostic: Box<Diagnostic>,
    /// Whether reading or fetching failed, rather than that the content is wrong.
    failed: bool,
}

impl Refused {
    /// Says that something could not be read or fetched.
    fn failed(label: &str, why: &str, help: Option<&str>) -> Refused {
        Refused { diagnostic: Box::new(refusal(label, why, help)), failed: true }
    }

    /// Says that what was read is nothing that can be added.
    fn unfit(label: &str, why: &str, help: &str) -> Refused {
        Refused { diagnostic: Box::new(refusal(label, why, Some(help))), failed: false }
    }

    /// Says what the system said.
    fn io(label: &str, error: &IoError) -> Refused {
        let cause = std::error::Error::source(error).map(ToString::to_string);
        Refused::failed(label, &format!("cannot be read: {}", cause.unwrap_or_else(|| error.to_string())), error.help())
    }
}

fn refusal(label: &str, why: &str, help: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("unread-source", Location::file(label), why);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Where articles are judged and written.
struct Desk<'a> {
    config: &'a Config,
    known: adding::Known,
    shelf: Shelf,
    diagnostics: Vec<Diagnostic>,
    added: Vec<String>,
    doubles: usize,
    failed: bool,
}

impl Desk<'_> {
    fn refuse(&mut self, refused: Refused) {
        self.failed |= refused.failed;
        self.diagnostics.push(*refused.diagnostic);
    }

    /// Reads an item and writes its article, unless the site has it.
    fn take(&mut self, item: Item) -> anyhow::Result<()> {
        let label = item.label.as_str();
        if let Some(twin) = item.twin {
            self.double(label, &twin);
            return Ok(());
        }
        if let Some(why) = &item.instead {
            let help = "the text that the feed holds was taken instead; see whether it is the whole";
            self.diagnostics.push(Diagnostic::warning("unread-source", Location::file(label), why).help(help));
        }
        let (read, messages) = pipeline::read_article(self.config, &item.raw, &item.origin);
        if read.is_none() && messages.is_empty() {
            let help = "take `draft` out of its front matter, or add it when it is done";
            self.refuse(Refused::unfit(label, "this is a draft", help));
            return Ok(());
        }
        let placed = messages.into_iter().map(|message| placed(message, &item.raw.file.path, label));
        self.diagnostics.extend(placed);
        let Some(mut article) = read else { return Ok(()) };
        article.url = article.url.map(|url| adding::untracked(&url));
        if let Some(twin) = self.known.twin(&article).filter(|_| article.event.is_none()) {
            self.double(label, &twin);
            return Ok(());
        }
        if article.published.is_none() && article.event.is_none() {
            let what = "no publication date was found: words like “Tuesday” cannot be dated";
            let help = "state it as `published: YYYY-MM-DD` in the new file";
            self.diagnostics.push(Diagnostic::warning("undated-article", Location::file(label), what).help(help));
        }
        let path = match verbatim(&item, &article) {
            Some(bytes) => self.shelf.write(&adding::stem(&article), "md", bytes)?,
            None => self.shelf.write(&adding::stem(&article), "md", adding::file(&article).as_bytes())?,
        };
        if article.event.is_none() {
            self.known.add(&path, &article);
        }
        self.added.push(path);
        Ok(())
    }

    fn double(&mut self, label: &str, twin: &adding::Twin) {
        let what = match twin.likeness {
            adding::Likeness::Address => "its address is that of",
            adding::Likeness::Text => "its text is nearly that of",
        };
        let message = format!("the site has this article already: {what} {}", twin.name);
        let help = "it was not added; remove the other one first if this one is better";
        self.diagnostics.push(Diagnostic::warning("known-article", Location::file(label), message).help(help));
        self.doubles += 1;
    }
}

/// A Markdown file that states what it is in its own words is kept as it is, byte for byte.
fn verbatim<'a>(item: &'a Item, article: &Article) -> Option<&'a [u8]> {
    let markdown = [".md", ".markdown"].iter().any(|ending| item.raw.file.path.to_lowercase().ends_with(ending));
    let whole = item.raw.sidecar.is_none() && item.origin.url.is_none();
    // What stood in the name alone would be lost with it.
    let named = article.published.as_ref().is_some_and(|p| p.basis == crate::model::DateBasis::FileName);
    (markdown && whole && !(named && article.published.as_ref().is_some_and(|p| p.date.to_string().len() != 10)))
        .then_some(item.raw.file.bytes.as_slice())
}

/// Names the source in a message on the file that was made of it.
fn placed(mut message: Diagnostic, path: &str, label: &str) -> Diagnostic {
    if let Some(location) = &mut message.location
        && location.path == path
    {
        location.path = label.to_owned();
    }
    message
}
