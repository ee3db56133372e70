//! The links of the pages as they are built: each must lead to a file of the site, and its fragment to an id there.

use super::tags::tags;
use crate::config::{Config, crop};
use crate::diagnostic::{Diagnostic, Location};
use crate::io::site::SiteFiles;
use crate::model::{OutputFile, RawFile};
use crate::pipeline;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

/// For so many broken links the file that says them is looked for.
const LOCATED: usize = 50;

/// Takes pages as they are made and keeps of them what links need.
pub(super) struct Pages<'c> {
    base_url: Option<&'c str>,
    /// The path of the site on its server.
    base: String,
    hasher: RandomState,
    built: Mutex<Built>,
}

/// What all pages together link to, and what stands there.
#[derive(Default)]
pub(super) struct Built {
    /// Every file, with its ids (hashed) where it is a page.
    files: BTreeMap<String, Option<HashSet<u64>>>,
    /// Where links lead, by path and fragment.
    links: BTreeMap<(String, Option<String>), Link>,
    /// Links that leave the folder of the site, by how they are written.
    astray: BTreeMap<String, Link>,
    /// Links out of the site, each with the first page that has it.
    pub(super) outside: BTreeMap<String, String>,
    hasher: Option<RandomState>,
}

/// A link as it is written.
struct Link {
    /// The first page that has it, in order of path.
    page: String,
    written: String,
    pages: usize,
}

/// Where a link of a page leads.
enum Target {
    Inside(String, Option<String>),
    Outside(String),
    Astray,
    /// To what is no page: mail, data, the page itself.
    Nowhere,
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    NoFile,
    NoPlace,
    Astray,
}

impl Fault {
    fn help(self) -> &'static str {
        match self {
            Fault::NoFile => "correct it, or put the file into `static/`",
            Fault::NoPlace => "correct what stands behind the `#`",
            Fault::Astray => "write it from the page on, or as a whole address",
        }
    }
}

impl<'c> Pages<'c> {
    pub(super) fn new(config: &'c Config) -> Pages<'c> {
        let base_url = config.base_url.as_deref();
        let path = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        let base = format!("/{}", path.map_or("", |(_, path)| path));
        Pages { base_url, base, hasher: RandomState::new(), built: Mutex::default() }
    }

    /// Takes a file of the site; several threads may do so at once.
    pub(super) fn take(&self, file: &OutputFile) -> Result<(), Infallible> {
        let (mut ids, mut links) = (None, BTreeSet::new());
        if file.path.ends_with(".html") {
            let page = String::from_utf8_lossy(&file.bytes);
            let mut known = HashSet::new();
            for tag in tags(&page) {
                for (name, value) in tag.attributes() {
                    match name.as_str() {
                        "id" => drop(known.insert(self.hasher.hash_one(&value))),
                        "name" if tag.name == "a" => drop(known.insert(self.hasher.hash_one(&value))),
                        "href" if tag.name != "base" => drop(links.insert(value)),
                        "src" => drop(links.insert(value)),
                        _ => {}
                    }
                }
            }
            ids = Some(known);
        }
        let targets: Vec<(String, Target)> =
            links.into_iter().map(|link| (self.target(&file.path, &link), link)).map(|(t, l)| (l, t)).collect();
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        built.files.insert(file.path.clone(), ids);
        for (link, target) in targets {
            match target {
                Target::Inside(path, fragment) => note(&mut built.links, (path, fragment), &file.path, link),
                Target::Astray => note(&mut built.astray, link.clone(), &file.path, link),
                Target::Outside(url) => {
                    let page = built.outside.entry(url).or_insert_with(|| file.path.clone());
                    if file.path < *page {
                        page.clone_from(&file.path);
                    }
                }
                Target::Nowhere => {}
            }
        }
        Ok(())
    }

    /// Gives what was kept.
    pub(super) fn finish(self) -> Built {
        let mut built = self.built.into_inner().unwrap_or_else(PoisonError::into_inner);
        built.hasher = Some(self.hasher);
        built
    }

    fn target(&self, from: &str, link: &str) -> Target {
        let link = link.trim();
        let own = self
            .base_url
            .and_then(|base| link.strip_prefix(base).or_else(|| (format!("{link}/") == base).then_some("")));
        let (link, rooted) = match own {
            Some(rest) => (rest, true),
            None => (link, false),
        };
        if !rooted {
            let lower = link.get(..8).unwrap_or(link).to_ascii_lowercase();
            if lower.starts_with("http://") || lower.starts_with("https://") {
                return Target::Outside(link.split('#').next().unwrap_or_default().to_owned());
            }
            if link.starts_with("//") || has_scheme(link) {
                return Target::Nowhere;
            }
        }
        let (target, fragment) = link.split_once('#').map_or((link, None), |(target, f)| (target, Some(f)));
        let target = target.split('?').next().unwrap_or_default();
        // What a browser looks for in the text is no id.
        let fragment = fragment.map(|f| f.split(":~:").next().unwrap_or_default());
        let fragment = fragment.filter(|f| !f.is_empty() && !f.eq_ignore_ascii_case("top")).map(decoded);
        let path = match target.strip_prefix(&self.base) {
            _ if rooted => join("", &decoded(target)),
            _ if target.is_empty() => Some(from.to_owned()),
            Some(path) => join("", &decoded(path)),
            None if target.starts_with('/') => None,
            None => join(from, &decoded(target)),
        };
        match path {
            Some(path) => Target::Inside(path, fragment),
            None => Target::Astray,
        }
    }
}

fn note<K: Ord>(links: &mut BTreeMap<K, Link>, key: K, page: &str, written: String) {
    let link = links.entry(key).or_insert_with(|| Link { page: page.to_owned(), written: written.clone(), pages: 0 });
    link.pages += 1;
    if page < link.page.as_str() {
        (link.page, link.written) = (page.to_owned(), written);
    }
}

/// Whether a link names a scheme: what stands before the first colon is one word.
fn has_scheme(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Gives the path to which a link leads from a file; none where it leads out of all folders.
pub(super) fn join(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    // `a/..` names a folder.
    if matches!(link.rsplit('/').next(), Some("." | "..")) {
        parts.push("");
    }
    Some(parts.join("/"))
}

impl Built {
    /// Gives the file that a server shows for a path.
    pub(super) fn file(&self, path: &str) -> Option<&str> {
        let folder = || format!("{}{}index.html", path, if path.is_empty() || path.ends_with('/') { "" } else { "/" });
        let known = self.files.get_key_value(path).or_else(|| self.files.get_key_value(&folder()));
        known.map(|(path, _)| path.as_str())
    }

    /// Tells of every link that leads nowhere; one that is written alike on many pages is told once.
    pub(super) fn broken(&self, files: &SiteFiles) -> Vec<Diagnostic> {
        let mut said: BTreeMap<(&str, Fault), (&Link, String, usize)> = BTreeMap::new();
        let missing = self.links.iter().filter_map(|((path, fragment), link)| match (self.file(path), fragment) {
            (None, _) => Some((link, Fault::NoFile, format!("leads to `{}`, which is not there", crop(path)))),
            (Some(file), Some(fragment)) if self.lacks(file, fragment) => {
                Some((link, Fault::NoPlace, format!("leads to a place that {file} does not have")))
            }
            _ => None,
        });
        let astray =
            self.astray.values().map(|link| (link, Fault::Astray, "leads out of the site's folder".to_owned()));
        for (link, fault, what) in missing.chain(astray) {
            let known = said.entry((&link.written, fault)).or_insert_with(|| (link, what.clone(), 0));
            known.2 += link.pages;
            if link.page < known.0.page {
                (known.0, known.1) = (link, what);
            }
        }
        let messages = said.into_iter().enumerate().map(|(n, ((_, fault), (link, what, pages)))| {
            let place = if n < LOCATED { place(link, files) } else { None };
            let place = place.unwrap_or_else(|| Location::file(&format!("public/{}", link.page)));
            let on = match pages {
                1 => format!("on {}", link.page),
                n => format!("on {n} pages, first {}", link.page),
            };
            let message = format!("the link `{}` {what} ({on})", crop(&link.written));
            Diagnostic::warning("broken-link", place, message).help(fault.help())
        });
        messages.collect()
    }

    fn lacks(&self, file: &str, fragment: &str) -> bool {
        let (Some(Some(ids)), Some(hasher)) = (self.files.get(file), &self.hasher) else { return false };
        !ids.contains(&hasher.hash_one(fragment))
    }
}

/// Finds the file of the site that says a link: the page's own, a template, or an article.
fn place(link: &Link, files: &SiteFiles) -> Option<Location> {
    let own = format!("static/{}", link.page);
    let statics = files.static_files.iter().filter(|file| file.path == own);
    let articles = files.articles.iter().flat_map(|article| [Some(&article.file), article.sidecar.as_ref()]).flatten();
    statics.chain(&files.templates).chain(articles).find_map(|file| written_in(file, &link.written))
}

/// Names the place in a file that says just this link.
fn written_in(file: &RawFile, link: &str) -> Option<Location> {
    let text = pipeline::decode(&file.bytes)?;
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "\"'()<>[]".contains(c));
    let mut all = text.match_indices(link).map(|(at, _)| at);
    let at = all.find(|at| {
        let before = text.get(..*at).and_then(|t| t.chars().next_back());
        ends(before) && ends(text.get(at + link.len()..).and_then(|t| t.chars().next()))
    })?;
    Some(Location::in_text(&file.path, &text, at, link.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::site;

    fn built(base: Option<&str>, files: &[(&str, &str)]) -> Built {
        let config = Config { base_url: base.map(str::to_owned), ..Config::default() };
        let pages = Pages::new(&config);
        for (path, text) in files {
            let Ok(()) = pages.take(&OutputFile { path: path.to_string(), bytes: text.as_bytes().to_vec() });
        }
        pages.finish()
    }

    fn broken(base: Option<&str>, link: &str) -> Vec<String> {
        let page = format!("<p id='here'><a href=\"{link}\">x</a>");
        let files = [("a/index.html", page.as_str()), ("b c.css", ""), ("index.html", "<a name=top1>")];
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("content")).unwrap();
        let none = site::load(dir.path(), None).unwrap();
        built(base, &files).broken(&none).into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_left_alone() {
        let base = Some("https://a.io/sub/");
        for link in [
            "",
            "#",
            "#top",
            "#here",
            "../",
            "..",
            "../index.html#top1",
            "../b%20c.css?v=2",
            "/sub/",
            "/sub/a/#here",
            "/sub/a",
            "mailto:a@b.io",
            "//cdn.io/x",
            "data:,x",
            "https://b.io/none",
            "https://a.io/sub/a/",
            "https://a.io/sub",
            "#:~:text=x",
            "../a/./",
        ] {
            assert_eq!(broken(base, link), Vec::<String>::new(), "{link}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_told() {
        let base = Some("https://a.io/sub/");
        for link in
            ["none.html", "#none", "../none/", "../../x", "/a/", "/sub/none", "https://a.io/sub/none", "../#here"]
        {
            assert_eq!(broken(base, link).len(), 1, "{link}");
        }
        assert_eq!(broken(None, "/a/"), Vec::<String>::new());
    }
}
