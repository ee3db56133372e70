//! `dateline events --format …`: what other programs read. `.ci/consumers.*` opens the same with those programs.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use std::path::Path;

/// A site whose texts try to break every format.
fn hostile() -> Sandbox {
    let site = Sandbox::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports");
    for file in ["dateline.yaml", "content/a.md", "content/b.md"] {
        site.write(file, std::fs::read(from.join(file)).unwrap());
    }
    site
}

fn printed(site: &Sandbox, format: &str) -> String {
    let (code, out, err) = site.run(&["-q", "events", "--format", format]);
    assert_eq!(code, 0, "{format}: {err}");
    out
}

#[test]
fn every_format_shows_every_event_it_can_hold_and_no_more_than_is_known() {
    let site = hostile();
    for format in ["csv", "ics", "timelinejs", "markwhen", "markdown", "bibtex", "csl", "jsonld"] {
        insta::assert_snapshot!(format, printed(&site, format));
    }
}

#[test]
fn json_lines_are_the_events_of_json() {
    let site = hostile();
    let whole: serde_json::Value = serde_json::from_str(&printed(&site, "json")).unwrap();
    let lines: Vec<serde_json::Value> =
        printed(&site, "jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(whole["events"].as_array().unwrap(), &lines);
    assert!(lines.len() > 5);
}

#[test]
fn filters_choose_what_is_exported() {
    let site = hostile();
    let (code, out, err) = site.run(&["-q", "events", "--format", "csv", "--from", "2021-03-01", "--min-sources", "2"]);
    assert_eq!((code, out.lines().count()), (0, 2), "{out}{err}");
}

#[test]
fn the_site_offers_the_table_and_the_calendar() {
    let site = hostile();
    let (code, _, err) = site.run(&["build"]);
    assert_eq!(code, 0, "{err}");
    let built = site.files("public");
    let same = |file: &str, format: &str| assert_eq!(built[file], printed(&site, format).into_bytes());
    same("events.csv", "csv");
    same("events.ics", "ics");
}

#[test]
fn an_empty_site_exports_to_every_format() {
    let site = Sandbox::new();
    for format in ["jsonl", "csv", "ics", "timelinejs", "markwhen", "markdown", "bibtex", "csl", "jsonld"] {
        printed(&site, format);
    }
}
