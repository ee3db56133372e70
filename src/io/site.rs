//! Reads a site's folder: its configuration, corrections, articles, templates and static files.

use super::IoError;
use super::cache::{Cache, Stamps};
use super::stamp::Stamp;
use super::walk::{self, Found};
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{RawArticle, RawFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that was read of a site's folder, still as bytes.
#[derive(Debug)]
pub struct SiteFiles {
    /// The site's folder, canonical.
    pub root: PathBuf,
    /// `dateline.yaml`, when there is one.
    pub config: Option<RawFile>,
    /// `corrections.yaml`, when there is one.
    pub corrections: Option<RawFile>,
    /// The articles that had to be read, in order of path.
    pub articles: Vec<RawArticle>,
    /// For each of them what its files looked like before they were read.
    pub stamps: Vec<Option<Stamps>>,
    /// Paths of the articles whose files look as the cache knows them.
    pub known: Vec<String>,
    /// What an earlier build kept.
    pub cache: Cache,
    /// The site's own templates, in order of path.
    pub templates: Vec<RawFile>,
    /// The site's own static files, in order of path.
    pub static_files: Vec<RawFile>,
    /// How many files under `content/` are neither articles nor metadata.
    pub ignored: usize,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the site in `root`, with the configuration in `config` or else in its `dateline.yaml`.
///
/// # Errors
/// When there is no such folder, it has no `content/`, or a configuration named by hand cannot be read.
pub fn load(root: &Path, config: Option<&Path>) -> Result<SiteFiles, IoError> {
    load_but(root, config, |_, _| Cache::default())
}

/// Reads a site as [`load`] does, but for the articles that the cache knows; `open` opens it, given the site's
/// folder and the configuration.
///
/// # Errors
/// As [`load`].
pub fn load_but(
    root: &Path,
    config: Option<&Path>,
    open: impl FnOnce(&Path, Option<&RawFile>) -> Cache,
) -> Result<SiteFiles, IoError> {
    let real = root.canonicalize().map_err(IoError::file("open", root))?;
    let content = real.join("content");
    if !content.is_dir() {
        return Err(IoError::NoContent { root: root.to_owned() });
    }
    let (config, mut diagnostics) = load_config(&real, config)?;
    let cache = open(&real, config.as_ref());
    let (corrections, found) = load_own(&real, "corrections.yaml");
    diagnostics.extend(found);
    let (found, refused) = walk::walk(&real, "content");
    diagnostics.extend(refused);
    let sorted = Sorted::from(found);
    let ignored = sorted.ignored;
    diagnostics.extend(sorted.orphans().into_iter().chain(sorted.unread()));
    let Articles { articles, stamps, known, unread } = read_articles(sorted, &cache);
    diagnostics.extend(unread);
    let mut overrides = |folder: &str| {
        let (found, refused) = walk::walk(&real, folder);
        let (files, unread) = walk::read_all(found);
        diagnostics.extend(refused.into_iter().chain(unread));
        files
    };
    let (templates, static_files) = (overrides("templates"), overrides("static"));
    Ok(SiteFiles {
        root: real,
        config,
        corrections,
        articles,
        stamps,
        known,
        cache,
        templates,
        static_files,
        ignored,
        diagnostics,
    })
}

#[derive(Default)]
struct Articles {
    articles: Vec<RawArticle>,
    stamps: Vec<Option<Stamps>>,
    known: Vec<String>,
    unread: Vec<Diagnostic>,
}

/// Reads the articles that the cache does not know, each with its metadata.
fn read_articles(sorted: Sorted, cache: &Cache) -> Articles {
    let Sorted { articles, sidecars, .. } = sorted;
    let look = |found: Found| {
        let beside = sidecars.get(stem(&found.path));
        let stamps = Stamp::look(&found.file).zip(match beside {
            Some(beside) => Stamp::look(&beside.file).map(Some),
            None => Some(None),
        });
        let known = stamps.as_ref().is_some_and(|stamps| cache.stands(&found.path, stamps));
        let read = (!known).then(|| (walk::read(&found), beside.map(walk::read)));
        (found.path, stamps, read)
    };
    let looked: Vec<_> = articles.into_par_iter().map(look).collect();
    let mut all = Articles::default();
    for (path, stamps, read) in looked {
        let Some((file, beside)) = read else {
            all.known.push(path);
            continue;
        };
        let missing = matches!(beside, Some(Err(_)));
        let sidecar = match beside.transpose() {
            Ok(sidecar) => sidecar,
            Err(message) => {
                all.unread.push(*message);
                None
            }
        };
        match file {
            Ok(file) => {
                all.articles.push(RawArticle { file, sidecar });
                // What could not be read is told anew by every build.
                all.stamps.push(stamps.filter(|_| !missing));
            }
            Err(message) => all.unread.push(*message),
        }
    }
    all
}

/// Of the files below a folder, those that are articles.
pub(super) fn articles(found: Vec<Found>) -> Vec<Found> {
    Sorted::from(found).articles
}

fn load_config(root: &Path, named: Option<&Path>) -> Result<(Option<RawFile>, Vec<Diagnostic>), IoError> {
    if let Some(path) = named {
        let bytes = fs::read(path).map_err(IoError::file("read", path))?;
        return Ok((Some(RawFile { path: path.to_string_lossy().into_owned(), bytes }), Vec::new()));
    }
    Ok(load_own(root, "dateline.yaml"))
}

/// Reads a file of the site's own folder, when there is one.
fn load_own(root: &Path, name: &str) -> (Option<RawFile>, Vec<Diagnostic>) {
    let (path, name) = (root.join(name), name.to_owned());
    if fs::symlink_metadata(&path).is_err() {
        return (None, Vec::new());
    }
    // Not named by hand, it may have come with the site: the site's own bounds hold for it.
    if path.canonicalize().is_ok_and(|real| !real.starts_with(root)) {
        let message = "this symbolic link leads out of the site's folder";
        let help = match name.as_str() {
            "dateline.yaml" => "copy the file into the site, or name it with `--config FILE`",
            _ => "copy the file into the site",
        };
        let diagnostic = Diagnostic::error("outside-root", Location::file(&name), message).help(help);
        return (None, vec![diagnostic]);
    }
    let (mut files, unread) = walk::read_all(vec![Found { path: name, file: path }]);
    (files.pop(), unread)
}

/// The files under `content/`, by what they are.
#[derive(Default)]
struct Sorted {
    articles: Vec<Found>,
    /// Path without its ending, of everything that metadata can stand beside.
    stems: BTreeMap<String, ()>,
    /// `NAME.yaml`, by path without its ending.
    sidecars: BTreeMap<String, Found>,
    /// `NAME.yml` where there is a `NAME.yaml` too.
    doubled: Vec<String>,
    ignored: usize,
    /// Files that may well be meant as articles, by ending.
    written: BTreeMap<String, Vec<String>>,
}

/// Endings of files that hold text which is not read; pictures and the like are left alone in silence.
const WRITTEN: &[&str] = &["pdf", "doc", "docx", "rtf", "odt"];

impl Sorted {
    fn from(found: Vec<Found>) -> Sorted {
        let mut sorted = Sorted::default();
        let of_page = |file: &&Found| matches!(ending(&file.path).as_deref(), Some("html" | "htm" | "xhtml"));
        let pages: BTreeSet<String> = found.iter().filter(of_page).map(|file| stem(&file.path).to_owned()).collect();
        for file in found {
            match ending(&file.path).as_deref() {
                Some("html" | "htm" | "xhtml") if beside_page(&file.path, &pages) => sorted.ignored += 1,
                Some("md" | "markdown" | "txt" | "html" | "htm" | "xhtml") => {
                    sorted.stems.insert(stem(&file.path).to_owned(), ());
                    sorted.articles.push(file);
                }
                // In order of path `.yaml` comes before `.yml`, so the first one stays.
                Some("yaml" | "yml") => match sorted.sidecars.get(stem(&file.path)) {
                    Some(_) => sorted.doubled.push(file.path),
                    None => drop(sorted.sidecars.insert(stem(&file.path).to_owned(), file)),
                },
                Some(ending) if WRITTEN.contains(&ending) => {
                    sorted.stems.insert(stem(&file.path).to_owned(), ());
                    sorted.ignored += 1;
                    sorted.written.entry(ending.to_owned()).or_default().push(file.path);
                }
                _ => sorted.ignored += 1,
            }
        }
        sorted
    }

    /// Says once for each ending that its files are not read.
    fn unread(&self) -> Vec<Diagnostic> {
        let first = |(ending, paths): (&String, &Vec<String>)| {
            let more = match paths.len() {
                0 | 1 => String::new(),
                2 => format!(" (one more .{ending} file was left alone too)"),
                n => format!(" ({} more .{ending} files were left alone too)", n - 1),
            };
            let place = Location::file(paths.first()?);
            let message = format!("only .md, .markdown, .txt and .html files are read{more}");
            let help = "save its text as .txt, or move it out of `content/`";
            Some(Diagnostic::warning("ignored-file", place, message).help(help))
        };
        self.written.iter().filter_map(first).collect()
    }

    fn orphans(&self) -> Vec<Diagnostic> {
        let alone = self.sidecars.iter().filter(|(stem, _)| !self.stems.contains_key(*stem)).map(|(_, file)| {
            Diagnostic::warning("orphan-sidecar", Location::file(&file.path), "this metadata stands beside no article")
                .help(format!(
                    "name it like its article: `{0}.yaml` beside `{0}.md` or `{0}.txt`",
                    file_stem(&file.path)
                ))
        });
        let doubled = self.doubled.iter().map(|path| {
            Diagnostic::warning(
                "orphan-sidecar",
                Location::file(path),
                "this metadata is not used: another file has it",
            )
            .help(format!("keep one of `{0}.yaml` and `{0}.yml`", file_stem(path)))
        });
        alone.chain(doubled).collect()
    }
}

/// Whether a file lies in the folder `NAME_files` that browsers save beside `NAME.html`.
fn beside_page(path: &str, pages: &BTreeSet<String>) -> bool {
    let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    folders.filter_map(|folder| folder.strip_suffix("_files")).any(|page| pages.contains(page))
}

fn file_stem(path: &str) -> &str {
    let stem = stem(path);
    stem.rsplit('/').next().unwrap_or(stem)
}

/// Gives the path without its last ending.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |i| i + 1);
    match path.rfind('.') {
        Some(dot) if dot > name => path.get(..dot).unwrap_or(path),
        _ => path,
    }
}

fn ending(path: &str) -> Option<String> {
    path.get(stem(path).len()..)?.strip_prefix('.').map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> (tempfile::TempDir, SiteFiles) {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let files = load(dir.path(), None).unwrap();
        (dir, files)
    }

    fn kinds(files: &SiteFiles) -> Vec<(String, String)> {
        let place = |d: &Diagnostic| d.location.as_ref().unwrap().path.clone();
        files.diagnostics.iter().map(|d| (place(d), d.kind.clone())).collect()
    }

    #[test]
    fn articles_of_any_depth_come_in_order_with_their_metadata() {
        let (_dir, files) = site(&[
            ("content/b.txt", "b"),
            ("content/deep/er/a.MD", "a"),
            ("content/b.yaml", "title: b"),
            ("content/.hidden.txt", "no"),
            ("content/.git/c.txt", "no"),
            ("content/page.html", "<p>page"),
            ("content/page.yaml", "title: page"),
            ("content/page_files/frame.html", "no"),
        ]);
        let paths: Vec<_> = files.articles.iter().map(|a| (a.file.path.as_str(), a.sidecar.is_some())).collect();
        assert_eq!(paths, [("content/b.txt", true), ("content/deep/er/a.MD", false), ("content/page.html", true)]);
        assert_eq!(files.ignored, 1);
        assert_eq!(kinds(&files), []);
    }

    #[test]
    fn what_may_be_an_article_is_never_left_out_in_silence() {
        let (_dir, files) = site(&[
            ("content/a.markdown", "a"),
            ("content/b.PDF", ""),
            ("content/c.pdf", ""),
            ("content/d.rtf", ""),
            ("content/e.jpg", ""),
            ("content/f.css", ""),
        ]);
        assert_eq!(files.articles.len(), 1);
        let said: Vec<_> = kinds(&files).into_iter().map(|(path, _)| path).collect();
        assert_eq!(said, ["content/b.PDF", "content/d.rtf"]);
        assert!(files.diagnostics[0].message.contains("one more .pdf file"), "{:?}", files.diagnostics);
    }

    #[test]
    fn metadata_beside_no_article_is_reported() {
        let (_dir, files) =
            site(&[("content/a.txt", "a"), ("content/a.yaml", ""), ("content/a.yml", ""), ("content/c.yml", "")]);
        let orphan = |path: &str| (path.to_owned(), "orphan-sidecar".to_owned());
        assert_eq!(kinds(&files), [orphan("content/c.yml"), orphan("content/a.yml")]);
    }

    #[test]
    fn a_folder_without_content_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(load(dir.path(), None), Err(IoError::NoContent { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_never_lead_out_of_the_site_nor_round_in_circles() {
        use std::os::unix::{ffi::OsStrExt, fs::symlink};
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("secret.txt"), "secret").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for folder in ["content/deep", "archive"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for file in ["content/a.txt", "archive/old.txt"] {
            fs::write(at(file), "text").unwrap();
        }
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"content/\xff.txt")), "odd name").unwrap();
        symlink(other.path(), at("content/out")).unwrap();
        symlink(other.path().join("secret.txt"), at("content/out.txt")).unwrap();
        symlink(at("content"), at("content/deep/loop")).unwrap();
        symlink(dir.path(), at("content/up")).unwrap();
        symlink("/", at("content/top")).unwrap();
        symlink(at("nowhere"), at("content/gone.txt")).unwrap();
        symlink(at("archive"), at("content/archive")).unwrap();
        symlink(at("archive"), at("content/deep/again")).unwrap();
        let files = load(dir.path(), None).unwrap();
        let paths: Vec<_> = files.articles.iter().map(|a| a.file.path.as_str()).collect();
        assert_eq!(paths, ["content/a.txt", "content/archive/old.txt", "content/\u{fffd}.txt"]);
        let mut kinds = kinds(&files);
        kinds.sort();
        let want = [
            ("content/deep/loop", "directory-loop"),
            ("content/gone.txt", "unreadable-file"),
            ("content/out", "outside-root"),
            ("content/out.txt", "outside-root"),
            ("content/top", "directory-loop"),
            ("content/up", "directory-loop"),
        ];
        assert_eq!(kinds, want.map(|(path, kind)| (path.to_owned(), kind.to_owned())));
    }
}
