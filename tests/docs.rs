//! The pages of `docs/` that are made from what the program itself runs, so that they cannot drift.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes them anew.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::diagnostic::KINDS;
use std::fmt::Write as _;

/// Holds a page of the docs to what it should say, or writes it.
fn holds(name: &str, should: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, should).unwrap();
    }
    let is = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(is == should, "docs/{name} is out of date: run `UPDATE_DOCS=1 cargo test --test docs`");
}

#[test]
fn every_kind_of_message_is_listed() {
    let mut page = "# Messages\n\n\
        Every message names its place, its kind in brackets, and what to do. Errors mean that something was left \
        out of the site (exit code 1); warnings are for you to know (exit code 1 under `--strict`).\n\n\
        | kind | what it says |\n|---|---|\n"
        .to_owned();
    let mut kinds = KINDS.to_vec();
    kinds.sort();
    for (kind, says) in kinds {
        writeln!(page, "| `{kind}` | {says} |").unwrap();
    }
    holds("messages.md", &page);
}

#[test]
fn every_kind_in_use_is_listed() {
    let mut missing = Vec::new();
    for file in
        walkdir::WalkDir::new("src").into_iter().flatten().filter(|f| f.path().extension().is_some_and(|e| e == "rs"))
    {
        let text = std::fs::read_to_string(file.path()).unwrap();
        for call in ["Diagnostic::error(", "Diagnostic::warning("] {
            for rest in text.split(call).skip(1) {
                let kind = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next());
                missing.extend(kind.filter(|k| !KINDS.iter().any(|known| known.0 == *k)).map(str::to_owned));
            }
        }
    }
    assert!(missing.is_empty(), "not in KINDS: {missing:?}");
}
