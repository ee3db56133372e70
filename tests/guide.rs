//! The guide as its readers follow it: its files are written, its commands run, and what they print is what it shows.
//!
//! A block ```` ```yaml corrections.yaml ```` is a file; a block ```` ```console ```` holds commands behind `$ ` with
//! what they print. `UPDATE_DOCS=1 cargo test guide::` writes anew what they print.

#![cfg(unix)] // the guide's commands are those of a Unix shell
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A reader's desk: the folder in which the commands run.
struct Desk {
    _dir: tempfile::TempDir,
    home: PathBuf,
    here: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        Desk { _dir: dir, here: home.clone(), home }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.here.join(path);
        assert!(path.starts_with(&self.home));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs a command as the shell would, and gives what stands on the screen then.
    fn run(&mut self, command: &str) -> String {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.here = self.here.join(folder).canonicalize().unwrap();
            return String::new();
        }
        let program = assert_cmd::cargo::cargo_bin("dateline");
        let mut path = program.parent().unwrap().as_os_str().to_owned();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let script = format!("exec 2>&1; {command}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(&self.here).env("PATH", path).env("HOME", &self.home);
        let output = shell.env_remove("CLICOLOR_FORCE").output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "`{command}` failed: {said}");
        said
    }
}

/// A guide with its commands run again: the same text, but for what they print.
fn again(guide: &str) -> (String, usize) {
    let (mut desk, mut out, mut commands) = (Desk::new(), String::new(), 0);
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            Some((_, file)) => desk.write(file, &format!("{}\n", block.join("\n"))),
            None if info == "console" => {
                let shown = transcript(&mut desk, &block, &mut commands);
                out.push_str(&shown);
                writeln!(out, "```").unwrap();
                continue;
            }
            None => {}
        }
        for line in block {
            writeln!(out, "{line}").unwrap();
        }
        writeln!(out, "```").unwrap();
    }
    (out, commands)
}

/// Runs the commands of a block; what a guide leaves out with `...` stays left out.
fn transcript(desk: &mut Desk, block: &[&str], commands: &mut usize) -> String {
    let mut out = String::new();
    let starts: Vec<usize> = (0..block.len()).filter(|i| block[*i].starts_with("$ ")).collect();
    assert_eq!(starts.first(), Some(&0), "a console block begins with a command: {block:?}");
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(block.len());
        let command = block[start].trim_start_matches("$ ");
        let said = desk.run(command);
        *commands += 1;
        writeln!(out, "{}", block[start]).unwrap();
        let shown = &block[start + 1..end];
        let blank = shown.len() - shown.iter().rev().skip_while(|line| line.is_empty()).count();
        let (shown, behind) = shown.split_at(shown.len() - blank);
        let said: Vec<&str> = said.trim_end().lines().collect();
        let kept = if alike(shown, &said) { shown } else { &said[..] };
        for line in kept.iter().chain(behind) {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

/// Whether what is shown is what is said; `...` stands for any lines, and times are not compared.
fn alike(shown: &[&str], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"...", rest)) => (0..=said.len()).any(|skip| alike(rest, &said[skip..])),
        Some((first, rest)) => {
            said.split_first().is_some_and(|(line, left)| steady(first) == steady(line) && alike(rest, left))
        }
    }
}

/// A line without the time that something took.
fn steady(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let moving = |i: usize| {
        let number = words[i].trim_start_matches('(').parse::<f64>().is_ok();
        number && words.get(i + 1) == Some(&"s")
    };
    let words = (0..words.len()).map(|i| if moving(i) { "#" } else { words[i] });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_guide_shows_what_happens() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md");
    let guide = std::fs::read_to_string(&path).unwrap();
    let (ran, commands) = again(&guide);
    assert!(commands > 15, "only {commands} commands were run");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &ran).unwrap();
        return;
    }
    for (n, (is, should)) in guide.lines().zip(ran.lines()).enumerate() {
        assert_eq!(is, should, "docs/guide.md:{}: run `UPDATE_DOCS=1 cargo test guide::`", n + 1);
    }
    assert_eq!(guide.lines().count(), ran.lines().count());
}

#[test]
fn a_guide_that_shows_something_else_is_seen() {
    let guide = "```text a.txt\none\ntwo\nthree\n```\n```console\n$ cat a.txt\none\n...\nthree\n$ echo in 0.5 s\nin 9.75 s\n```\n";
    assert_eq!(again(guide), (guide.to_owned(), 2));
    let wrong = guide.replace("...\nthree", "...\nfour");
    assert_eq!(again(&wrong).0, guide.replace("...", "two"));
}

/// Every link of the guide and of the README to a file of the repository leads to one.
#[test]
fn the_docs_link_to_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, file) in [("", "README.md"), ("docs", "guide.md"), ("docs", "corrections.md")] {
        let text = std::fs::read_to_string(root.join(folder).join(file)).unwrap();
        // What stands in a block is no link of the page.
        let text: String = text.split("```").step_by(2).collect();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let own: Vec<&str> = links.filter(|link| !link.contains("://") && !link.starts_with('#')).collect();
        for link in own {
            let target = link.split('#').next().unwrap();
            assert!(root.join(folder).join(target).exists(), "{file}: {link}");
        }
    }
}
