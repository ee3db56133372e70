//! Heads of articles in many styles: `tests/fixtures/article/heads.txt` shows each with what must be read of it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use dateline::article;
use dateline::config::Config;
use dateline::model::{Article, RawArticle, RawFile};
use std::fmt::Write;

const CASES: &str = include_str!("fixtures/article/heads.txt");

fn word(basis: impl serde::Serialize) -> String {
    serde_json::to_value(basis).expect("a word").as_str().expect("a word").to_owned()
}

/// Tells what was read in the words of the fixtures.
fn told(article: &Article, expected: &str) -> String {
    let mut told = String::new();
    let mut line = |key: &str, value: String| writeln!(told, "{key}: {value}").expect("a string grows");
    let basis = word(article.title.basis);
    line("title", article.title.value.clone() + &if basis == "header" { String::new() } else { format!(" ({basis})") });
    if let Some(publisher) = &article.publisher {
        line("publisher", format!("{} ({})", publisher.value, word(publisher.basis)));
    }
    if let Some(published) = &article.published {
        line("published", format!("{} ({}) {}", published.date, word(published.basis), published.evidence));
    }
    if let Some(updated) = &article.updated {
        line("updated", updated.to_string());
    }
    if !article.authors.is_empty() {
        line("authors", article.authors.join("; "));
    }
    if let Some(url) = &article.url {
        line("url", url.clone());
    }
    line("text", article.text[article.blocks[0].range.clone()].replace('\n', "\\n"));
    if expected.contains("blocks: ") {
        line("blocks", article.blocks.len().to_string());
    }
    told
}

#[test]
fn heads_of_many_styles() {
    let mut wrong = String::new();
    let cases: Vec<&str> = CASES.split("=====\n").skip(1).collect();
    assert!(cases.len() > 25);
    for case in cases {
        let (file, expected) = case.split_once("-----\n").expect("a line of dashes");
        let (name, file) = match file.strip_prefix("file: ").and_then(|rest| rest.split_once('\n')) {
            Some((name, file)) => (name, file),
            None => ("a.txt", file),
        };
        for bytes in [file.as_bytes().to_vec(), format!("\u{feff}{}", file.replace('\n', "\r\n")).into_bytes()] {
            let wrapped = bytes.starts_with(b"\xEF\xBB\xBF");
            let file = RawFile { path: format!("content/{name}"), bytes };
            let (read, messages) = article::read(&Config::default(), &RawArticle { file, sidecar: None });
            let article = read.expect("an article");
            let mut told = told(&article, expected);
            for message in &messages {
                let at = message.location.as_ref().expect("located");
                let (line, column) = (at.line.unwrap_or(0), at.column.unwrap_or(0));
                let line = format!("message: {} {line}:{column}\n", message.kind);
                let i = told.find("text: ").expect("text");
                told.insert_str(i, &line);
            }
            if wrapped {
                told = told.replace("\r\\n", "\\n");
            }
            if told != expected {
                writeln!(wrong, "{case}>>>>> read as\n{told}").expect("a string grows");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
