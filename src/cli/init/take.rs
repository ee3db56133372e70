//! Takes over the articles of a folder, whoever made a site of it.

use super::names::{self, Fate, Maker};
use crate::cli::report::count;
use crate::io::IoError;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The largest file that is taken; no article comes near it.
const LARGEST: u64 = 64 << 20;

/// What was found.
pub(super) struct Taken {
    /// The articles, by the path at which they go.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What their owner should know.
    pub notes: Vec<String>,
    maker: Maker,
}

impl Taken {
    /// Says where articles are looked for.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self.maker {
            Maker::Jekyll => "articles of Jekyll are looked for in `_posts/`, `_drafts/` and collections (`_NAME/`)",
            Maker::Content => "articles are looked for in its `content/`: .md, .markdown, .txt and .html",
            Maker::Eleventy | Maker::Plain => "articles are files that end in .md, .markdown, .txt or .html",
        })
    }
}

/// Reads the articles of the folder `from` for a site in `root`.
///
/// # Errors
/// When the folder or an article in it cannot be read.
pub(super) fn take(from: &Path, root: &Path) -> Result<Taken, IoError> {
    let fail = |action, path: &Path| {
        let path = path.to_owned();
        move |source| IoError::File { action, path, source }
    };
    fs::read_dir(from).map_err(fail("open", from))?;
    let (maker, base, name) = maker(from);
    let new = root.canonicalize().ok();
    let itself = from.canonicalize().ok() == new;
    // A new site within the old one is no article of it.
    let inside = |path: &Path| !itself && new.is_some() && path.canonicalize().ok() == new;
    let mut taken = Taken { files: BTreeMap::new(), notes: Vec::new(), maker };
    let (mut sections, mut others, mut drafts, mut tagged) = (0, 0, 0, Vec::new());
    let mut sidecars = Vec::new();
    let mut stems: BTreeMap<String, String> = BTreeMap::new();
    let enters = |entry: &walkdir::DirEntry| {
        entry.depth() == 0
            || !entry.file_type().is_dir()
            || names::enters(maker, &shown(&base, entry.path())) && !inside(entry.path())
    };
    for entry in WalkDir::new(&base).sort_by_file_name().into_iter().filter_entry(enters) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(from).to_owned();
            IoError::File { action: "read", path, source: error.into() }
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = shown(&base, entry.path());
        let small = entry.file_type().is_file() && entry.metadata().is_ok_and(|found| found.len() <= LARGEST);
        match names::fate(maker, &path) {
            Fate::Article { stem, draft } if small => {
                let bytes = fs::read(entry.path()).map_err(fail("read", entry.path()))?;
                let (ending, bytes) = ours(&path, bytes, draft);
                drafts += usize::from(draft);
                let stem = free(&stem, &ending, &taken.files);
                let target = format!("content/{stem}.{ending}");
                stems.insert(without_ending(&path).to_owned(), stem);
                // A site that begins where the old one stands leaves files where they are.
                if itself && base.join(&path) == root.join(&target) {
                    others += 1;
                    continue;
                }
                let without = std::str::from_utf8(&bytes).ok().and_then(names::untagged);
                tagged.extend(without.as_ref().map(|_| target.clone()));
                taken.files.insert(target, without.map_or(bytes, String::into_bytes));
            }
            Fate::Section => sections += 1,
            _ if matches!(path.rsplit('.').next(), Some("yaml" | "yml")) => sidecars.push((path, entry.into_path())),
            _ => others += 1,
        }
    }
    for (path, file) in sidecars {
        let stem = stems.get(without_ending(&path)).filter(|_| maker == Maker::Plain);
        let Some(stem) = stem else {
            others += 1;
            continue;
        };
        let bytes = fs::read(&file).map_err(fail("read", &file))?;
        taken.files.insert(format!("content/{stem}.yaml"), bytes);
    }
    let articles = taken.files.keys().filter(|path| !path.ends_with(".yaml")).count();
    taken.notes.push(format!("took over {} from `{}` ({name})", count(articles, "article"), from.display()));
    if drafts > 0 {
        taken.notes.push(format!("{} marked `draft: true`", count(drafts, "draft")));
    }
    let mut left = Vec::new();
    match sections {
        0 => {}
        1 => left.push("1 page that lists others".to_owned()),
        n => left.push(format!("{n} pages that list others")),
    }
    match others {
        0 => {}
        n => left.push(format!("{} of another kind", count(n, "file"))),
    }
    if !left.is_empty() {
        taken.notes.push(format!("left where they are: {}", left.join(", ")));
    }
    if let Some(first) = tagged.first() {
        let more = if tagged.len() > 1 { format!(" and {} more", tagged.len() - 1) } else { String::new() };
        taken.notes.push(format!(
            "tags of the old site's templates (`{{{{ … }}}}`, `{{% … %}}`) were taken out of `{first}`{more}"
        ));
    }
    Ok(taken)
}

/// Says who made a site, in which folder its articles are, and how to call it.
fn maker(from: &Path) -> (Maker, PathBuf, &'static str) {
    let has = |name: &str| from.join(name).exists();
    let any = |stem: &str, endings: &[&str]| endings.iter().any(|ending| has(&format!("{stem}.{ending}")));
    let content = from.join("content");
    if any("eleventy.config", &["js", "mjs", "cjs", "ts"]) || has(".eleventy.js") {
        return (Maker::Eleventy, from.to_owned(), "Eleventy");
    }
    if any("_config", &["yml", "yaml", "toml"]) || from.join("_posts").is_dir() {
        return (Maker::Jekyll, from.to_owned(), "Jekyll");
    }
    if !content.is_dir() {
        return (Maker::Plain, from.to_owned(), "a folder of files");
    }
    let name = match () {
        () if any("hugo", &["toml", "yaml", "yml", "json"]) || has("archetypes") => "Hugo",
        () if has("config.toml") && has("templates") => "Zola",
        () => "its `content/`",
    };
    (Maker::Content, content, name)
}

/// Gives an article as our own articles are written, and its ending.
fn ours(path: &str, bytes: Vec<u8>, draft: bool) -> (String, Vec<u8>) {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let Ok(text) = std::str::from_utf8(&bytes) else { return (ending, bytes) };
    // Only Markdown has front matter; a post in HTML that has some is read as Markdown with HTML in it.
    if names::fence(text).is_none() && !(draft && matches!(ending.as_str(), "md" | "markdown")) {
        return (ending, bytes);
    }
    match ending.as_str() {
        "html" | "htm" => ("md".to_owned(), names::unindented(&names::mended(text, draft)).into_bytes()),
        "txt" => (ending, bytes),
        _ => (ending, names::mended(text, draft).into_bytes()),
    }
}

/// Gives a name that no other article has, whatever its ending: metadata may stand beside it.
fn free(stem: &str, ending: &str, files: &BTreeMap<String, Vec<u8>>) -> String {
    let taken = |stem: &str| files.contains_key(&format!("content/{stem}.{ending}"));
    if !taken(stem) {
        return stem.to_owned();
    }
    let other = (2..files.len() + 3).map(|n| format!("{stem}-{n}")).find(|name| !taken(name));
    other.unwrap_or_else(|| stem.to_owned())
}

fn without_ending(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

fn shown(base: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(base).unwrap_or(path).iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
