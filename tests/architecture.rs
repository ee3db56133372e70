//! The walls of the house: which room may know which, what a stage may touch, how long a file may be.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use std::fs;
use std::path::Path;

/// What each room may import of the crate, besides itself. `cli`, `pipeline` and `main` stand above all.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("diagnostic", &["model"]),
    ("yaml", &["model", "diagnostic"]),
    ("config", &["model", "diagnostic", "yaml"]),
    ("lang", &["model"]),
    ("article", &["model", "config", "diagnostic", "lang", "yaml"]),
    ("tag", &["model", "config", "diagnostic", "lang"]),
    ("normalize", &["model", "config", "diagnostic", "lang"]),
    ("extract", &["model", "config", "diagnostic", "lang"]),
    ("merge", &["model", "config", "diagnostic", "lang"]),
    ("correct", &["model", "config", "diagnostic", "lang", "yaml"]),
    ("render", &["model", "config", "diagnostic", "lang"]),
    ("io", &["model", "config", "diagnostic"]),
    (
        "pipeline",
        &[
            "model",
            "config",
            "diagnostic",
            "lang",
            "article",
            "tag",
            "normalize",
            "extract",
            "merge",
            "correct",
            "render",
        ],
    ),
    ("cli", &["model", "config", "diagnostic", "lang", "io", "pipeline"]),
];

/// Rooms that touch the world; every other one is a pure function of its input.
const WORLDLY: &[&str] = &["io", "cli", "main"];

/// What a pure room never mentions.
const WORLD: &[&str] =
    &["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant", "Utc::now", "Local::now"];

/// Rooms that may start threads: stages are called side by side, they never do it themselves.
const PARALLEL: &[&str] = &["io", "cli", "pipeline"];

const LONGEST: usize = 400;

#[test]
fn the_walls_stand() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut problems, mut files) = (Vec::new(), 0);
    for path in rust_files(&src) {
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        problems.extend(check(&name, &fs::read_to_string(&path).unwrap()));
        files += 1;
    }
    assert!(files > 20, "only {files} files were seen");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_file_of_tests_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = fs::read_to_string(root.join("tests/all.rs")).unwrap();
    let mut files = 0;
    for entry in fs::read_dir(root.join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "rs") && name != "all" {
            assert!(all.lines().any(|line| line == format!("mod {name};")), "tests/all.rs leaves out {name}.rs");
            files += 1;
        }
    }
    assert!(files > 40, "only {files} files were seen");
}

#[test]
fn a_wall_with_a_hole_is_seen() {
    let long = "x\n".repeat(LONGEST + 1);
    let holes = [
        ("tag/mod.rs", "use crate::normalize::resolve;", "imports normalize"),
        ("tag/mod.rs", "use crate::{lang::Language, io};", "imports io"),
        (
            "tag/mod.rs",
            "use crate::{\n    lang::Language,\n    model::{Timex, Edtf}, merge as other,\n};",
            "imports merge",
        ),
        ("merge/deep/x.rs", "fn f() { crate::io::site::load() }", "imports io"),
        ("model/edtf.rs", "use crate::config::Config;", "imports config"),
        ("render/mod.rs", "pub(in crate::cli) fn f() {}", "imports cli"),
        ("extract/mod.rs", "extern crate self as x;", "another name"),
        ("article/read.rs", "fn f() { std::fs::read(\"x\"); }", "std::fs"),
        ("article/read.rs", "use std::{fmt, fs};", "std::fs"),
        ("normalize/mod.rs", "let now = std::time::SystemTime::now();", "SystemTime"),
        ("lang/mod.rs", "std::env::var(\"LANG\")", "std::env"),
        ("merge/mod.rs", "use rayon::prelude::*;", "threads"),
        ("merge/mod.rs", "#![allow(clippy::disallowed_methods)]", "disallowed_methods"),
        ("attic/mod.rs", "fn f() {}", "no room"),
        ("tag/mod.rs", long.as_str(), "lines"),
    ];
    for (name, source, want) in holes {
        let problems = check(name, source);
        assert!(problems.iter().any(|p| p.contains(want)), "{name}: {source:.60} gave {problems:?}");
    }
    let sound = [
        ("tag/mod.rs", "use crate::lang::{Language, Rule};\nuse super::io;\n// crate::io in a comment\n"),
        ("io/mod.rs", "#![allow(clippy::disallowed_methods)]\nuse std::fs;\nuse crate::model::RawFile;"),
        ("merge/mod.rs", &format!("// long: one table\n{long}")),
        ("render/mod.rs", "let words = \"an Instant\".len(); // InstantView\nstruct Instantly;"),
    ];
    for (name, source) in sound {
        assert_eq!(check(name, source), Vec::<String>::new(), "{source:.60}");
    }
}

/// Lists what is wrong with one file of `src`, named by its path below it.
fn check(name: &str, source: &str) -> Vec<String> {
    let room = name.split('/').next().unwrap_or(name).trim_end_matches(".rs");
    let code = without_comments_and_strings(source);
    let mut problems = Vec::new();
    let lines = source.lines().count();
    if lines > LONGEST && !source.lines().any(|line| line.trim_start().starts_with("// long: ")) {
        problems.push(format!("{name}: {lines} lines; split it, or say why in a line `// long: …`"));
    }
    if !WORLDLY.contains(&room) {
        if code.contains("disallowed_methods") {
            problems.push(format!("{name}: only io and cli may allow clippy::disallowed_methods"));
        }
        let paths = paths(&code);
        for word in WORLD {
            if mentions(&code, word) || paths.iter().any(|path| path == word || path.starts_with(&format!("{word}::")))
            {
                problems.push(format!("{name}: mentions {word}; a stage is a pure function"));
            }
        }
    }
    if !PARALLEL.contains(&room) && (mentions(&code, "rayon") || mentions(&code, "std::thread")) {
        problems.push(format!("{name}: starts threads; the pipeline alone runs stages side by side"));
    }
    if matches!(room, "main" | "lib") {
        return problems;
    }
    if code.contains("extern crate self") {
        problems.push(format!("{name}: gives the crate another name"));
    }
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(known, _)| *known == room) else {
        problems.push(format!("{name}: {room} is no room of the house; give it its imports in this test"));
        return problems;
    };
    for path in paths(&code) {
        let Some(rest) = path.strip_prefix("crate::") else {
            continue;
        };
        let other = rest.split("::").next().unwrap_or(rest);
        if other != room && !allowed.contains(&other) {
            problems.push(format!("{name}: imports {other}, and {room} may not"));
        }
    }
    problems
}

/// Lists every path that starts with `crate::` or `std::`, with groups (`crate::{a, b::{c}}`) written out.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for root in ["crate", "std"] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &code[at + root.len()..];
            if let Some(rest) = rest.trim_start().strip_prefix("::") {
                expand(root, rest, &mut found);
            }
        }
    }
    found
}

/// Writes out what follows `prefix::` and gives what is left of the text.
fn expand<'a>(prefix: &str, rest: &'a str, found: &mut Vec<String>) -> &'a str {
    let mut rest = rest.trim_start();
    if let Some(mut inner) = rest.strip_prefix('{') {
        loop {
            inner = inner.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            match inner.strip_prefix('}') {
                Some(after) => return after,
                None if inner.is_empty() => return inner,
                None => {
                    let next = expand(prefix, inner, found);
                    // Past what is no path (`as name`), up to the next item.
                    let skip = next.find([',', '}', '{']).unwrap_or(next.len());
                    inner = &next[skip..];
                    if let Some(odd) = inner.strip_prefix('{') {
                        inner = odd;
                    }
                }
            }
        }
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let path = format!("{prefix}::{}", &rest[..end]);
    rest = rest[end..].trim_start();
    found.push(path.clone());
    match rest.strip_prefix("::") {
        Some(deeper) => expand(&path, deeper, found),
        None => rest,
    }
}

/// Says whether a word stands in the code by itself.
fn mentions(code: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| {
        let after = code[at + word.len()..].chars().next();
        !part(code[..at].chars().next_back()) && !part(after)
    })
}

/// Blanks comments and string literals, in which anything may be said.
fn without_comments_and_strings(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest, code.chars().next_back()) {
            length
        } else if rest.starts_with("'\"'") {
            3
        } else if c == '"' {
            plain_string(rest)
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[length..];
    }
    code
}

/// Gives the length of a raw string (`r#"…"#`) at the start of the text.
fn raw_string(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_') {
        return None;
    }
    let hashes = text.strip_prefix('r')?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    let body = hashes[count..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(count));
    Some(body.find(&close).map_or(text.len(), |end| 2 + count + end + close.len()))
}

fn plain_string(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return i + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
