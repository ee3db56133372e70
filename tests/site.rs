//! The built site as a whole: links, bytes, and what a failing build leaves behind.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::links;
use crate::common::sandbox;

use sandbox::Sandbox;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const ARTICLES: &[(&str, &str)] = &[
    (
        "content/bridge.md",
        "---\ntitle: Old bridge closes\ndate: 2021-03-10\npublisher: Northern Post\nurl: https://north.example/bridge\n---\n\n\
         The old bridge over the Arl was closed on Monday. It has carried trains since 1904.\n\n\
         Mayor Ines Holt said on March 2 that repairs would begin around April 12.\n",
    ),
    (
        "content/deep/bridge.txt",
        "Valley Courier\n\nPublished: March 11, 2021\n\nTrains over the Arl stop\n\n\
         The old bridge over the Arl was closed on Monday, and Mayor Ines Holt apologised on Wednesday.\n",
    ),
    ("content/harbour & co.md", "# Harbour\n\nThe harbour opened in May 1987.\n\nIn the late 1990s it grew.\n"),
    (
        "content/2021-03-05-strike.md",
        "---\npublisher: Northern Post\n---\n# Strike\n\nThe strike ended last Thursday.\n",
    ),
];

fn built(files: &[(&str, &str)], args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let site = Sandbox::of(files);
    let (code, _, err) = site.run(&[&["build"], args].concat());
    assert_eq!(code, 0, "{err}");
    site.files("public")
}

#[test]
fn every_internal_link_resolves() {
    let site = Sandbox::of(ARTICLES);
    for args in [&["build"][..], &["build", "--base-url", "https://me.example/sub/path"]] {
        site.run(args);
        let broken = links::broken(&site.path("public"));
        assert!(broken.is_empty(), "{args:?}: {broken:#?}");
    }
}

#[test]
fn two_builds_give_the_same_bytes_in_whatever_order_files_lie() {
    let first = built(ARTICLES, &[]);
    assert!(first.len() > 10, "{:?}", first.keys());
    let reversed: Vec<_> = ARTICLES.iter().rev().copied().collect();
    let second = built(&reversed, &[]);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(second.get(path) == Some(bytes), "{path} differs");
    }
}

#[test]
fn a_second_build_writes_only_what_changed() {
    let site = Sandbox::of(ARTICLES);
    site.run(&["build"]);
    let (_, _, err) = site.run(&["build"]);
    assert!(err.contains(", 0 changed)"), "{err}");
    let (path, text) = ARTICLES[2];
    site.write(path, text.replace("1987", "1988"));
    let (_, _, err) = site.run(&["build"]);
    assert!(!err.contains(", 0 changed"), "{err}");
    let before = site.files("public");
    let again = Sandbox::of(ARTICLES);
    again.write(path, text.replace("1987", "1988"));
    again.run(&["build"]);
    assert!(before == again.files("public"), "a rebuilt site differs from a new one");
}

#[test]
fn an_article_that_goes_takes_its_pages_with_it_and_nothing_else() {
    let site = Sandbox::of(ARTICLES);
    site.run(&["build"]);
    site.write("public/CNAME", "news.example");
    site.write("public/articles/mine.html", "mine");
    std::fs::remove_file(site.path(ARTICLES[2].0)).unwrap();
    let (_, _, err) = site.run(&["build"]);
    assert!(err.contains(" removed)"), "{err}");
    let mut want = built(&[ARTICLES[0], ARTICLES[1], ARTICLES[3]], &[]);
    want.insert("CNAME".to_owned(), b"news.example".to_vec());
    want.insert("articles/mine.html".to_owned(), b"mine".to_vec());
    assert_eq!(site.files("public").keys().collect::<Vec<_>>(), want.keys().collect::<Vec<_>>());
    site.run(&["clean"]);
    assert_eq!(site.files("public").keys().collect::<Vec<_>>(), ["CNAME", "articles/mine.html"]);
}

#[test]
fn a_build_that_fails_leaves_the_last_good_site() {
    let site = Sandbox::of(ARTICLES);
    site.run(&["build"]);
    let good = site.files("public");
    site.write("templates/index.html", "{% if %}\n{{ broken");
    let (code, _, err) = site.run(&["build"]);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("error[template]") && err.contains("nothing was written"), "{err}");
    assert!(site.files("public") == good, "the last good site was touched");
    let (code, out, _) = site.run(&["check"]);
    assert!(code == 1 && out.contains("error[template]"), "check sees it too: {out}");
}

#[test]
fn a_folder_of_somebody_else_is_not_overwritten() {
    let site = Sandbox::of(ARTICLES);
    site.write("public/index.html", "mine");
    let (code, _, err) = site.run(&["build"]);
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("index.html` is in the way"), "{err}");
    assert_eq!(site.files("public").len(), 1);
}

#[test]
fn check_events_and_explain_write_nothing() {
    let site = Sandbox::of(ARTICLES);
    let before = site.files("");
    for args in [&["check"][..], &["events"], &["events", "--format", "json"], &["explain", "strike"]] {
        assert_eq!(site.run(args).0, 0, "{args:?}");
    }
    assert!(site.files("") == before);
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let site = Sandbox::of(ARTICLES);
    // More than a pipe holds, so that the program still writes when the reader is gone.
    let text: String =
        (1000..9000).map(|year| format!("In {} it rained on the {year}th roof.\n\n", 1000 + year % 1000)).collect();
    site.write("content/long.txt", text);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["events", "--format", "json", "-q"])
        .current_dir(site.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 1]).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn tag_answers_every_document_in_order_and_counts_in_code_points() {
    let site = Sandbox::new();
    let lines: String =
        (0..3000).map(|i| format!("{{\"doc\":{i},\"dct\":\"2022-01-17\",\"text\":\"Ää 🚢 on Jan. 9\"}}\n")).collect();
    let output = site.dateline(&["tag"]).write_stdin(format!("no json\n{lines}")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("line 1:"));
    let answers: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 3000);
    for (i, answer) in answers.iter().enumerate() {
        assert_eq!(answer["doc"], i);
        let found = &answer["timex"][0];
        assert_eq!((&found["start"], &found["end"]), (&8.into(), &14.into()), "{answer}");
        assert_eq!((&found["type"], &found["value"]), (&"DATE".into(), &"2022-01-09".into()), "{answer}");
    }
}

#[test]
fn starting_up_takes_no_time_to_speak_of() {
    let site = Sandbox::new();
    let shortest = |args: &[&str], input: &str| -> Duration {
        let run = || {
            let start = Instant::now();
            site.dateline(args).write_stdin(input).assert().success();
            start.elapsed()
        };
        (0..9).map(|_| run()).min().unwrap()
    };
    // The debug build compiles its patterns about ten times as slowly.
    let bound = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 20 });
    for (args, input) in
        [(&["--version"][..], ""), (&["tag"], "{\"doc\":1,\"dct\":\"2022-01-17\",\"text\":\"on Jan. 9\"}\n")]
    {
        let took = shortest(args, input);
        assert!(took < bound, "{args:?} took {took:?}");
    }
}

#[test]
fn headings_of_an_article_leave_no_level_out() {
    let text = "---\ntitle: Old bridge\n---\n\n#### First\n\nIt was built in 1904.\n\n###### Deeper\n\nIt fell in 1999.\n\n## Last\n\nGone.\n";
    let files = built(&[("content/a.md", text)], &[]);
    let page = String::from_utf8(files["articles/a/index.html"].clone()).unwrap();
    for heading in ["<h2 dir=\"auto\">", "<h3 dir=\"auto\">"] {
        assert!(page.contains(heading), "{heading} is not in\n{page}");
    }
    assert_eq!(page.matches("<h2 dir=\"auto\">").count(), 2, "{page}");
    assert!(!page.contains("<h4 dir=\"auto\">"), "{page}");
}
