//! Bad input: each has a message that names its place, exit code 1, and everything else is still built.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;

const GOOD: (&str, &str) = (
    "content/good.md",
    "---\ntitle: Harbour strike ends\ndate: 2021-03-04\npublisher: Northern Post\n---\n\nDockers went back to work on Monday.\n",
);

/// Builds the site and holds that it was built, that the message is there, and that the exit code is 1.
fn holds(site: &Sandbox, message: &str) {
    site.write(GOOD.0, GOOD.1);
    for command in ["build", "check"] {
        let (code, out, err) = site.run(&[command]);
        let said = if command == "check" { out } else { err };
        assert!(said.lines().any(|line| line.starts_with(message)), "{command}: want {message}\n{said}");
        assert_eq!(code, 1, "{command}: {said}");
    }
    let (_, json, _) = site.run(&["events", "--format", "json"]);
    let events: serde_json::Value = serde_json::from_str(&json).unwrap();
    let good = events["events"].as_array().unwrap().iter().any(|e| e["date"] == "2021-03-01");
    assert!(good, "the good article is missing: {json}");
    assert!(site.files("public").contains_key("index.html"));
}

#[test]
fn broken_front_matter() {
    let site =
        Sandbox::of(&[("content/a.md", "---\ntitle: [A\ndate: 2021-03-04\n---\n\nOn 2 March 2021 it rained.\n")]);
    holds(&site, "content/a.md:");
    let (_, out, _) = site.run(&["check"]);
    assert!(out.contains("error[front-matter]"), "{out}");
}

#[test]
fn an_unknown_key_in_the_configuration() {
    let site = Sandbox::of(&[("dateline.yaml", "description: x\ntitel: A\n")]);
    holds(&site, "dateline.yaml:2:1: error[unknown-key]");
    let (_, out, _) = site.run(&["check"]);
    assert!(out.contains("`title`"), "the nearest known key is named: {out}");
}

#[test]
fn wrong_corrections() {
    let site = Sandbox::of(&[("corrections.yaml", "- event: abc\n  date: 2021-02-30\n  reason: r\n")]);
    holds(&site, "corrections.yaml:2:9: error[correction]: `2021-02-30` is no date");
    let (_, out, _) = site.run(&["check"]);
    assert!(
        out.contains("\n2 |   date: 2021-02-30\n  |         ^^^^^^^^^^\n  = help: write it as in `2022-01-09`"),
        "{out}"
    );
    site.write("corrections.yaml", b"- event: caf\xe9\n");
    holds(&site, "corrections.yaml:1:13: error[correction]: the file is not UTF-8");
    site.write("corrections.yaml", "- event: abc\n  colour: red\n");
    holds(&site, "corrections.yaml:2:3: error[unknown-key]");
}

#[test]
fn a_correction_that_names_nothing_is_a_warning() {
    let site = Sandbox::of(&[GOOD, ("corrections.yaml", "- event: abcdefghij\n  hide: true\n  reason: r\n")]);
    let (code, out, _) = site.run(&["check"]);
    assert!(out.starts_with("corrections.yaml:1:10: warning[lost-correction]"), "{out}");
    assert_eq!(code, 0);
    assert_eq!(site.run(&["build", "--strict"]).0, 1);
}

#[test]
fn an_event_written_by_hand_without_a_date() {
    let site = Sandbox::of(&[("content/e.md", "---\ntitle: A\nevent: 2021-13\n---\n\nOn 2 March 2021 it rained.\n")]);
    holds(&site, "content/e.md:3:8: error[event-date]");
}

#[cfg(unix)]
#[test]
fn corrections_that_lie_outside_the_site() {
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("c.yaml"), "- event: a\n").unwrap();
    let site = Sandbox::new();
    std::os::unix::fs::symlink(other.path().join("c.yaml"), site.path("corrections.yaml")).unwrap();
    holds(&site, "corrections.yaml: error[outside-root]");
}

#[test]
fn a_binary_file_with_a_text_ending() {
    let site = Sandbox::new();
    site.write("content/b.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff\xfe\0\x01");
    holds(&site, "content/b.txt: error[binary-file]");
}

#[test]
fn an_empty_article() {
    let site = Sandbox::of(&[("content/e.txt", "")]);
    holds(&site, "content/e.txt: error[empty-article]");
}

#[test]
fn two_articles_with_the_same_title() {
    let text = "---\ntitle: Same\ndate: 2021-03-04\n---\n\nOn 2 March 2021 it rained.\n";
    let site = Sandbox::of(&[("content/a.md", text), ("content/b.md", text)]);
    holds(&site, "content/b.md:");
    let (_, out, _) = site.run(&["check"]);
    assert!(out.contains("error[duplicate-title]"), "{out}");
}

#[cfg(unix)]
#[test]
fn a_directory_loop_through_a_link() {
    let site = Sandbox::of(&[("content/deep/a.txt", "Nothing.\n")]);
    std::os::unix::fs::symlink(site.path("content"), site.path("content/deep/loop")).unwrap();
    holds(&site, "content/deep/loop: error[directory-loop]");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site() {
    let site = Sandbox::new();
    std::os::unix::fs::symlink(env!("CARGO_MANIFEST_DIR"), site.path("content/out")).unwrap();
    holds(&site, "content/out: error[outside-root]");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let site = Sandbox::new();
    std::os::unix::fs::symlink(site.path("gone"), site.path("content/x.txt")).unwrap();
    holds(&site, "content/x.txt: error[unreadable-file]");
    site.write("content/closed.txt", "closed");
    std::fs::set_permissions(site.path("content/closed.txt"), std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads everything.
    if std::fs::read(site.path("content/closed.txt")).is_err() {
        holds(&site, "content/closed.txt: error[unreadable-file]");
    }
}

#[test]
fn no_bytes_make_the_program_panic() {
    let site = Sandbox::new();
    let odd: &[&[u8]] = &[
        b"---",
        b"---\n",
        b"---\n---\n",
        b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\nOn Monday.\r\n",
        b"Published:",
        b"On \xff\xfe 2014.",
        "On 31 February 2014, the ½\u{301} of 99999-99-99.\u{2028}Yesterday".as_bytes(),
        b"# \n\n## \n> \n- \n1. \n``` \n2014",
        b"\r\r\r2014\r\r",
    ];
    for (i, bytes) in odd.iter().enumerate() {
        site.write(&format!("content/{i}.md"), bytes);
        site.write(&format!("content/{i}.txt"), bytes);
        site.write(&format!("content/{i}.yaml"), bytes);
    }
    for args in [&["build"][..], &["check"], &["events", "--format", "json"], &["explain", "6.md"]] {
        let (code, _, err) = site.run(args);
        assert!(code == 0 || code == 1, "{args:?} gave {code}: {err}");
    }
}

#[test]
fn the_message_in_the_readme_is_the_one_that_is_printed() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let site = Sandbox::of(&[GOOD, ("dateline.yaml", "titel: My timeline\n")]);
    let (code, out, _) = site.run(&["check"]);
    assert_eq!((code, out.as_str()), (1, shown));
}

#[test]
fn an_output_folder_named_like_a_file_of_the_site_is_refused() {
    let site = Sandbox::of(&[GOOD]);
    for name in ["dateline.yaml", "corrections.yaml", ".git", "src", "templates"] {
        let (code, _, err) = site.run(&["build", "-o", name]);
        assert_eq!(code, 3, "{name}: {err}");
        assert!(!site.path(name).exists(), "{name}");
    }
}

#[test]
fn a_file_that_may_be_an_article_is_not_left_out_in_silence() {
    let site = Sandbox::of(&[GOOD, ("content/page.pdf", "On 2 March 2021 it rained."), ("content/a.jpg", "")]);
    let (code, out, _) = site.run(&["check"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("content/page.pdf: warning[ignored-file]: "), "{out}");
    assert_eq!(out.matches("warning").count(), 1, "{out}");
}
