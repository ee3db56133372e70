//! `dateline events` with flags that choose events, as text and as JSON.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use serde_json::Value;

fn site() -> Sandbox {
    Sandbox::of(&[
        (
            "content/post.md",
            "---\ntitle: Quay crane falls\npublisher: Northern Post\ndate: 2021-03-10\n---\n\n\
             A crane collapsed on the Selby quay on Monday, killing two dockers. Ines Holt resigned on March 9.\n",
        ),
        (
            "content/courier.md",
            "---\ntitle: Two dead\npublisher: Valley Courier\ndate: 2021-03-11\n---\n\n\
             Two dockers were killed when a crane collapsed on the Selby quay on Monday. The quay has been open since 1962. \
             A storm sank the ferry in May 2019.\n",
        ),
    ])
}

/// Gives the dates that the flags choose, after checking that text and JSON choose the same.
fn dates(site: &Sandbox, flags: &[&str]) -> Vec<String> {
    let (code, json, err) = site.run(&[&["events", "--format", "json"], flags].concat());
    assert_eq!(code, 0, "{flags:?}: {err}");
    let json: Value = serde_json::from_str(&json).unwrap();
    let dates: Vec<String> =
        json["events"].as_array().unwrap().iter().map(|e| e["date"].as_str().unwrap().to_owned()).collect();
    let (_, text, _) = site.run(&[&["events"], flags].concat());
    let lines: Vec<&str> = text.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(lines, dates, "{flags:?}");
    dates
}

#[test]
fn flags_choose_events_and_combine() {
    let site = site();
    let all = ["1962/..", "2019-05", "2021-03-08", "2021-03-09"];
    assert_eq!(dates(&site, &[]), all);
    for (flags, wanted) in [
        (&["--top", "1"][..], &all[2..3]),
        (&["--top", "99"], &all),
        (&["--min-sources", "2"], &all[2..3]),
        (&["--from", "2021-03-09"], &["1962/..", "2021-03-09"]),
        (&["--to", "2019-05-15"], &all[..2]),
        (&["--to", "1961-12-31"], &[]),
        (&["--from", "2019", "--to", "2020~"], &all[..2]),
        (&["--from", "2021-03/..", "--to", "../2021-03-08"], &["1962/..", "2021-03-08"]),
        (&["--name", "holt"], &all[3..]),
        (&["--name", "INES HOLT"], &all[3..]),
        (&["--name", "Hol"], &[]),
        (&["--source", "northern"], &all[2..]),
        (&["--source", "content/courier.md"], &all[..3]),
        (&["--source", "northern", "--source", "courier"], &all[2..3]),
        (&["--source", "courier", "--to", "2020", "--top", "1"], &["2019-05"]),
        (&["--source", "nobody"], &[]),
    ] {
        assert_eq!(dates(&site, flags), wanted, "{flags:?}");
    }
}

#[test]
fn what_came_by_a_day_is_of_that_day_at_the_latest() {
    let page = "---\ntitle: The ferry\ndate: 2021-03-10\n---\n\nThe crew had left the ferry by May 2020.\n";
    let site = Sandbox::of(&[("content/page.md", page)]);
    assert_eq!(dates(&site, &[]), ["../2020-05"]);
    assert_eq!(dates(&site, &["--from", "1800", "--to", "1850"]), [""; 0]);
    assert_eq!(dates(&site, &["--from", "2020"]), ["../2020-05"]);
    assert_eq!(dates(&site, &["--to", "2020"]), ["../2020-05"]);
}

#[test]
fn dates_that_are_none_are_wrong_usage() {
    for flags in [
        &["--from", "soon"][..],
        &["--to", "2021-02-30"],
        &["--from", "../.."],
        &["--from", "2022", "--to", "2021"],
        &["--top", "few"],
        &["--top", "0"],
        &["--name", " "],
        &["--source", ""],
        &["--min-sources", "many"],
    ] {
        let (code, out, err) = site().run(&[&["events"], flags].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{flags:?}: {err}");
        assert!(err.contains(flags[0]), "{err}");
    }
}

#[test]
fn an_empty_name_explains_nothing() {
    for subject in ["", "  "] {
        let (code, out, err) = site().run(&["explain", subject]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains("an empty name names no article or event") && err.contains("dateline events -v"), "{err}");
    }
}
