//! Measures Dateline against corpora that say what is right.
//!
//! `cargo run --release --example score -- dates DIR…`: folders of texts whose time expressions are marked.
//! `cargo run --release --example score -- stories DIR…`: folders of stories, each with its articles and a `gold.yaml`.
//! `cargo run --release --example score -- corpus DIR`: a generated corpus, with `base/articles` and `truth.jsonl`.
//! `cargo run --release --example score -- time DIR`: what each stage costs on a folder of articles.
//!
//! `--errors` prints what is wrong; `--signs` prints, for each pair of mentions of a story, whether both tell one
//! event and the signs of it, from which `WEIGHTS` of `src/merge/signs.rs` are found.

#[path = "../../tests/common/annotated.rs"]
mod annotated;
mod corpus;
mod dates;
mod pairs;
mod stages;
mod stories;

use dateline::config::Config;
use dateline::model::{RawArticle, RawFile, Timeline};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[allow(clippy::disallowed_methods)] // a program of its own, beside the pure stages
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wrong = args.iter().any(|a| a == "--errors");
    let signs = args.iter().any(|a| a == "--signs");
    let folders: Vec<PathBuf> = args.iter().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let done = match args.first().map(String::as_str) {
        Some("dates") if !folders.is_empty() => dates::score(&folders, wrong),
        Some("stories") if !folders.is_empty() => stories::score(&folders, wrong, signs),
        Some("corpus") if folders.len() == 1 => corpus::score(&folders[0], wrong, signs),
        Some("time") if folders.len() == 1 => stages::time(&folders[0]),
        _ => Err("say `dates DIR…`, `stories DIR…`, `corpus DIR` or `time DIR`".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the timeline of the Markdown and text files of a folder.
fn timeline(folder: &Path) -> Result<Timeline, String> {
    let mut files = Vec::new();
    for path in listed(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".md") || name.ends_with(".txt") {
            let bytes = read(&path)?;
            files.push(RawArticle { file: RawFile { path: format!("content/{name}"), bytes }, sidecar: None });
        }
    }
    Ok(dateline::pipeline::timeline(&Config::default(), &files).0)
}

/// Gives the entries of a folder, in order.
#[allow(clippy::disallowed_methods)] // as above
fn listed(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}

#[allow(clippy::disallowed_methods)] // as above
fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}
