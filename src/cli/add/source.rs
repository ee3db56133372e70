//! A source named on the command line, item by item.

use super::Refused;
use super::feed::{self, Entry};
use super::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::io::adding as files;
use crate::io::fetch::{FetchError, Fetched, Fetcher};
use crate::model::{RawArticle, RawFile};
use crate::pipeline::adding::{Known, Origin, Twin, same_page};
use encoding_rs::{Encoding, UTF_8};
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// So many entries of a feed are fetched side by side.
const TOGETHER: usize = 4;

/// What may become one article.
pub(super) struct Item {
    /// What messages call it.
    pub(super) label: String,
    /// Its bytes, under a name that says what they are.
    pub(super) raw: RawArticle,
    /// What is known of it besides.
    pub(super) origin: Origin,
    /// The article that the site has instead, where that is known before it is read.
    pub(super) twin: Option<Twin>,
    /// Why the page itself is not what it is made of.
    pub(super) instead: Option<String>,
}

type Next = Result<Item, Refused>;

/// What is left of a source.
pub(super) struct Source {
    label: String,
    ready: VecDeque<Next>,
    files: VecDeque<PathBuf>,
    entries: VecDeque<Entry>,
}

/// What bytes hold.
enum Kind {
    Page,
    Text,
    Markdown,
    Feed,
}

impl Source {
    /// Opens a source; what is wrong with it comes as its only item.
    pub(super) fn open(name: &str, fetcher: &Fetcher, diagnostics: &mut Vec<Diagnostic>) -> Source {
        let (ready, files, entries) = Default::default();
        let mut source = Source { label: name.to_owned(), ready, files, entries };
        let opened = if name == "-" {
            source.stdin()
        } else if is_address(name) {
            source.address(name, fetcher)
        } else {
            source.path(Path::new(name), diagnostics)
        };
        if let Err(refused) = opened {
            source.ready.push_back(Err(refused));
        }
        source
    }

    /// How many items are left.
    pub(super) fn left(&self) -> usize {
        self.ready.len() + self.files.len() + self.entries.len()
    }

    /// Gives the next item, fetching it where it is not there.
    pub(super) fn next(&mut self, fetcher: &Fetcher, known: &Known, progress: &Progress) -> Option<Next> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        if let Some(path) = self.files.pop_front() {
            let label = path.to_string_lossy().into_owned();
            progress.begins(&label);
            let read = files::file(&path).map_err(|error| Refused::io(&label, &error));
            return Some(read.map(|raw| Item { label, raw, origin: Origin::default(), twin: None, instead: None }));
        }
        progress.begins(&self.entries.front()?.label);
        let together = self.together();
        let fetched = std::thread::scope(|scope| {
            let fetching: Vec<_> =
                together.into_iter().map(|entry| scope.spawn(move || entry_item(entry, fetcher, known))).collect();
            let broken = || Err(Refused::failed(&self.label, "reading an entry failed", None));
            fetching.into_iter().map(|item| item.join().unwrap_or_else(|_| broken())).collect::<Vec<_>>()
        });
        self.ready.extend(fetched);
        self.ready.pop_front()
    }

    /// Takes the next entries that are fetched side by side; of two that lead to one page, the second has to wait.
    fn together(&mut self) -> Vec<Entry> {
        let mut pages = BTreeSet::new();
        let mut taken = Vec::new();
        while taken.len() < TOGETHER
            && let Some(entry) = self.entries.front()
        {
            let page = entry.origin.url.as_deref().and_then(same_page);
            if page.is_some_and(|page| !pages.insert(page)) {
                break;
            }
            taken.extend(self.entries.pop_front());
        }
        taken
    }

    fn stdin(&mut self) -> Result<(), Refused> {
        let bytes = files::stream(&mut std::io::stdin().lock()).map_err(|error| Refused::io("-", &error))?;
        let kind = kind_of(&bytes);
        self.take(kind, bytes, Origin::default())
    }

    fn address(&mut self, address: &str, fetcher: &Fetcher) -> Result<(), Refused> {
        let fetched = fetcher.fetch(address).map_err(|error| unfetched(address, &error))?;
        let (kind, bytes, origin) = unpack(fetched);
        self.take(kind, bytes, origin)
    }

    fn path(&mut self, path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Refused> {
        if path.is_dir() {
            let (found, refused) = files::folder(path).map_err(|error| Refused::io(&self.label, &error))?;
            diagnostics.extend(refused);
            if found.is_empty() {
                let help = "articles are files that end in .html, .md, .markdown or .txt";
                return Err(Refused::unfit(&self.label, "there is no article in this folder", help));
            }
            self.files.extend(found);
            return Ok(());
        }
        let raw = files::file(path).map_err(|error| Refused::io(&self.label, &error))?;
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "md" | "markdown" | "txt" | "html" | "htm" | "xhtml" => {
                let label = self.label.clone();
                let origin = Origin::default();
                self.ready.push_back(Ok(Item { label, raw, origin, twin: None, instead: None }));
                Ok(())
            }
            "xml" | "rss" | "atom" | "rdf" | "json" => self.take(Kind::Feed, raw.file.bytes, Origin::default()),
            "" => {
                let kind = kind_of(&raw.file.bytes);
                self.take(kind, raw.file.bytes, Origin::default())
            }
            _ => {
                let help = "save it as .html, .md or .txt, and add that";
                Err(Refused::unfit(&self.label, &format!("files that end in .{ending} are not read"), help))
            }
        }
    }

    /// Takes bytes that are one article, or a feed of many.
    fn take(&mut self, kind: Kind, bytes: Vec<u8>, origin: Origin) -> Result<(), Refused> {
        let name = match kind {
            Kind::Page => "page.html",
            Kind::Text => "page.txt",
            Kind::Markdown => "page.md",
            Kind::Feed => {
                let entries = feed::entries(&bytes, &self.label, origin.url.as_deref()).map_err(|why| {
                    Refused::unfit(
                        &self.label,
                        &why,
                        "a feed is RSS, Atom or JSON Feed; name the page itself otherwise",
                    )
                })?;
                self.entries.extend(entries);
                return Ok(());
            }
        };
        let raw = RawArticle { file: RawFile { path: name.to_owned(), bytes }, sidecar: None };
        self.ready.push_back(Ok(Item { label: self.label.clone(), raw, origin, twin: None, instead: None }));
        Ok(())
    }
}

/// Makes an item of an entry of a feed: of what it holds, or else of the page that it leads to.
fn entry_item(entry: Entry, fetcher: &Fetcher, known: &Known) -> Next {
    let Entry { label, origin, content, part } = entry;
    let raw = |name: &str, bytes| RawArticle { file: RawFile { path: name.to_owned(), bytes }, sidecar: None };
    // What the site has need not be fetched again.
    let twin = origin.url.as_deref().and_then(|url| known.at(url));
    if let Some(content) = content {
        return Ok(Item {
            label,
            raw: raw("page.html", content.into_bytes()),
            origin: Origin { first: true, ..origin },
            twin,
            instead: None,
        });
    }
    if twin.is_some() {
        return Ok(Item { label, raw: raw("page.html", Vec::new()), origin, twin, instead: None });
    }
    let Some(url) = origin.url.clone() else {
        let help = "add the page of the article itself";
        return Err(Refused::unfit(&label, "this entry holds no text, and no address of one", help));
    };
    let fetched = match (fetcher.fetch(&url), part) {
        (Ok(fetched), _) => fetched,
        (Err(error), None) => return Err(unfetched(&label, &error)),
        (Err(error), Some(part)) => {
            let instead = Some(format!("its page cannot be fetched: {error}"));
            let origin = Origin { first: true, ..origin };
            return Ok(Item { label, raw: raw("page.html", part.into_bytes()), origin, twin: None, instead });
        }
    };
    let (kind, bytes, found) = unpack(fetched);
    let name = match kind {
        Kind::Page => "page.html",
        Kind::Text => "page.txt",
        Kind::Markdown => "page.md",
        Kind::Feed => return Err(Refused::unfit(&label, "this entry leads to another feed", "add that feed itself")),
    };
    Ok(Item { label, raw: raw(name, bytes), origin: Origin { url: found.url, ..origin }, twin: None, instead: None })
}

fn unfetched(label: &str, error: &FetchError) -> Refused {
    Refused::failed(label, &format!("cannot be fetched: {error}"), Some(error.help()))
}

/// What was fetched, in UTF-8 where the server states another encoding.
fn unpack(fetched: Fetched) -> (Kind, Vec<u8>, Origin) {
    let kind = match fetched.kind.as_str() {
        "text/plain" => Kind::Text,
        "text/markdown" | "text/x-markdown" => Kind::Markdown,
        "text/html" | "application/xhtml+xml" => Kind::Page,
        _ => kind_of(&fetched.bytes),
    };
    // Feeds are sent as anything; XML states its encoding itself.
    let kind = if matches!(kind, Kind::Page | Kind::Text) && is_feed(&fetched.bytes) { Kind::Feed } else { kind };
    let bytes = match kind {
        Kind::Feed => fetched.bytes,
        _ => in_utf8(fetched.bytes, fetched.charset.as_deref()),
    };
    (kind, bytes, Origin { url: Some(fetched.url), ..Origin::default() })
}

/// Bytes in the encoding that a server states, as UTF-8; what is UTF-8 already, or says so by its mark, stays.
fn in_utf8(bytes: Vec<u8>, charset: Option<&str>) -> Vec<u8> {
    let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    match encoding {
        Some(encoding)
            if encoding != UTF_8
                && Encoding::for_bom(&bytes).is_none()
                && (bytes.is_ascii() || std::str::from_utf8(&bytes).is_err()) =>
        {
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            ["\u{feff}".as_bytes(), text.as_bytes()].concat()
        }
        _ => bytes,
    }
}

/// Whether a source is named by its address on the web.
fn is_address(name: &str) -> bool {
    name.split_once("://")
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// What bytes of unknown origin hold.
fn kind_of(bytes: &[u8]) -> Kind {
    let head = head(bytes);
    let page = ["<!doctype html", "<html", "<head", "<body", "<meta", "<title"].iter().any(|mark| head.contains(mark));
    if is_feed(bytes) {
        Kind::Feed
    } else if page || head.trim_start().starts_with('<') {
        Kind::Page
    } else if head.starts_with("---\n")
        || head.starts_with("---\r\n")
        || head.starts_with("+++\n")
        || head.starts_with("# ")
    {
        Kind::Markdown
    } else {
        Kind::Text
    }
}

fn is_feed(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let bare = head.trim_start();
    let root = ["<rss", "<feed", "<rdf:rdf"].iter().any(|mark| bare.contains(mark));
    (bare.starts_with("<?xml") || ["<rss", "<feed", "<rdf:rdf", "<!--"].iter().any(|mark| bare.starts_with(mark)))
        && root
        || bare.starts_with('{') && bare.contains("jsonfeed.org/version")
}

/// The first characters of bytes, in lower case.
fn head(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1_500)).unwrap_or_default()).to_lowercase();
    head.trim_start_matches('\u{feff}').to_owned()
}
