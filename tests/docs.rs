//! The pages of `docs/` that are made from what the program itself runs, so that they cannot drift.
//!
//! `UPDATE_DOCS=1 cargo test docs::` writes them anew.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::corpus;

use dateline::diagnostic::KINDS;
use dateline::lang::{Means, english};
use std::fmt::Write as _;

/// Holds a page of the docs to what it should say, or writes it.
fn holds(name: &str, should: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, should).unwrap();
    }
    let is = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(is == should, "docs/{name} is out of date: run `UPDATE_DOCS=1 cargo test docs::`");
}

#[test]
fn every_kind_of_message_is_listed() {
    let mut page = "# Messages\n\n\
        Every message names its place, its kind in brackets, and what to do. Errors mean that something was left \
        out of the site, or that only you can decide what is right (two articles that cannot be told apart): \
        exit code 1; warnings are for you to know (exit code 1 under `--strict`). \
        Notes come from `dateline check` alone: nothing is wrong, but you may want to look.\n\n\
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
        for call in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note("] {
            for rest in text.split(call).skip(1) {
                let kind = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next());
                missing.extend(kind.filter(|k| !KINDS.iter().any(|known| known.0 == *k)).map(str::to_owned));
            }
        }
    }
    assert!(missing.is_empty(), "not in KINDS: {missing:?}");
}

#[test]
fn every_rule_is_listed_with_its_phrases() {
    let mut page = format!(
        "# Rules\n\n\
         Every form of date that the program finds has one rule. The phrases are its tests, each read as published on \
         {}; brackets mark what is found, the arrow gives its value as TIMEX3 writes it.\n",
        corpus::DCT
    );
    let all = corpus::corpus();
    for rule in &english().rules {
        writeln!(page, "\n## `{}`\n\n{}.\n", rule.name, capital(&rule.says)).unwrap();
        let own = || all.iter().filter(|(r, _)| r.name == rule.name);
        for (phrase, value) in own().flat_map(|(_, p)| &p.accept) {
            writeln!(page, "- {} → `{value}`", escape(phrase)).unwrap();
        }
        let rejected: Vec<_> = own().flat_map(|(_, p)| &p.reject).collect();
        if !rejected.is_empty() {
            let lead = if rule.means == Means::Nothing { "No date" } else { "Not found" };
            writeln!(page, "\n{lead}:\n").unwrap();
        }
        for phrase in rejected {
            writeln!(page, "- {}", escape(phrase)).unwrap();
        }
    }
    holds("rules.md", &page);
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Text as Markdown shows it letter for letter, but for the brackets around what is found.
fn escape(phrase: &str) -> String {
    let mut out = String::new();
    for c in phrase.chars() {
        match c {
            '[' => out.push_str("**\\["),
            ']' => out.push_str("\\]**"),
            '*' | '_' | '`' | '<' | '>' | '#' | '\\' | '$' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
