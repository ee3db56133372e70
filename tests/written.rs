//! Events written by hand: they stand beside those that were found, with their own sources.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use serde_json::Value;

const FOUND: (&str, &str) = (
    "content/post.md",
    "---\ntitle: Quay crane falls\npublisher: Northern Post\ndate: 2021-03-10\n---\n\nA crane collapsed on the Selby quay on Monday.\n",
);
const VOTE: &str = "---
title: Council votes for a new crane
event: 2021-03-09~
tags: [harbour, Ines Holt]
note: The minutes are kept in the archive.
sources:
  - publisher: Town of Selby
    title: Minutes
    url: https://example.org/minutes
    published: March 12, 2021
    quote: \"The council resolved, by nine votes to two, to buy.\"
  - publisher: Valley Courier
    quote: Nine hands went up.
---

Published: January 3, 1999

The council voted for a new crane. It had met on 2 March, too.
";

fn events(site: &Sandbox, flags: &[&str]) -> Vec<Value> {
    let (code, out, err) = site.run(&[&["events", "--format", "json"], flags].concat());
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&out).unwrap();
    json["events"].as_array().unwrap().clone()
}

fn ids(site: &Sandbox) -> Vec<String> {
    events(site, &[]).iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_file_with_a_date_of_its_own_is_one_event_whose_text_is_not_read_for_dates() {
    let site = Sandbox::of(&[FOUND, ("content/vote.md", VOTE)]);
    let all = events(&site, &[]);
    assert_eq!(all.len(), 2, "{all:#?}");
    let vote = &all[1];
    assert_eq!(vote["date"], "2021-03-09~");
    assert_eq!(vote["title"], "Council votes for a new crane");
    assert_eq!(vote["written"], "content/vote.md");
    assert_eq!(vote["notes"][0], "The minutes are kept in the archive.");
    let sources = vote["sources"].as_array().unwrap();
    let quotes: Vec<&str> = sources.iter().map(|s| s["quote"].as_str().unwrap()).collect();
    assert_eq!(
        quotes,
        ["Published: January 3, 1999", "The council resolved, by nine votes to two, to buy.", "Nine hands went up."]
    );
    assert_eq!(sources[1]["publisher"], "Town of Selby");
    assert_eq!(sources[1]["published"], "2021-03-12");
    assert_eq!(sources[1]["url"], "https://example.org/minutes");
    assert!(sources.iter().all(|s| !s["basis"].as_str().unwrap().is_empty()));
}

#[test]
fn its_page_shows_text_note_and_sources() {
    let site = Sandbox::of(&[FOUND, ("content/vote.md", VOTE)]);
    let (code, _, err) = site.run(&["build", "--strict"]);
    assert_eq!(code, 0, "{err}");
    let id = events(&site, &[])[1]["id"].as_str().unwrap().to_owned();
    let page = String::from_utf8(site.files("public")[&format!("events/{id}/index.html")].clone()).unwrap();
    for said in [
        "The council voted for a new crane. It had met on 2 March, too.",
        "The minutes are kept in the archive.",
        "Nine hands went up.",
        "Town of Selby",
        "https://example.org/minutes",
        "Written for this timeline",
        "9 March 2021",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn it_may_be_no_more_than_a_title_and_a_date() {
    let site = Sandbox::of(&[FOUND, ("content/a.md", "---\ntitle: Harbour founded\nevent: 1904\n---\n")]);
    let (code, _, err) = site.run(&["build", "--strict"]);
    assert_eq!(code, 0, "{err}");
    let first = &events(&site, &[])[0];
    assert_eq!((first["date"].as_str(), first["title"].as_str()), (Some("1904"), Some("Harbour founded")));
    assert_eq!(first["sources"][0]["quote"], "Harbour founded");
}

#[test]
fn its_id_stays_when_title_and_text_improve_and_articles_come() {
    let site = Sandbox::of(&[FOUND, ("content/vote.md", VOTE)]);
    let before = ids(&site);
    site.write("content/vote.md", VOTE.replace("Council votes", "Selby votes").replace("too.", "as well, at noon."));
    site.write("content/zoo.md", "---\ntitle: Z\ndate: 2021-04-01\npublisher: Z\n---\n\nA lion escaped on Monday.\n");
    let after = ids(&site);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
}

#[test]
fn it_is_corrected_and_merged_as_others_are() {
    let site = Sandbox::of(&[FOUND, ("content/vote.md", VOTE)]);
    let [crane, vote] = &ids(&site)[..] else { panic!() };
    site.write(
        "corrections.yaml",
        format!("- event: {vote}\n  merge: {crane}\n  title: Crane falls, council votes\n  reason: One story.\n"),
    );
    let all = events(&site, &["--strict"]);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["id"], vote.as_str());
    assert_eq!(all[0]["sources"].as_array().unwrap().len(), 4);
    assert_eq!(all[0]["corrected"][0]["what"], "merge");
    site.write("corrections.yaml", format!("- event: {vote}\n  hide: true\n  reason: Not ours.\n"));
    assert_eq!(ids(&site), [crane.as_str()]);
}

#[test]
fn what_is_wrong_with_it_is_told_at_its_place() {
    for (text, place, kind, said) in [
        ("---\ntitle: A\nevent: 2021-02-30\n---\n\nB.\n", "content/e.md:3:8: error", "event-date", "`2021-02-`"),
        ("---\ntitle: A\nevent: soon\n---\n\nB.\n", "content/e.md:3:8: error", "event-date", "`soon` is no date"),
        ("---\ntitle: A\nevent:\n---\n\nB.\n", "content/e.md:3:1: error", "event-date", "has no date"),
        ("---\ntitle: A\nevent: true\n---\n\nB.\n", "content/e.md:3:8: error", "event-date", "has no date"),
        (
            "---\ntitle: A\nevent: 2021\nsources:\n  - publisher: P\n    quot: Q\n---\n\nB.\n",
            "content/e.md:6:5: warning",
            "unknown-key",
            "did you mean `quote`?",
        ),
        (
            "---\ntitle: A\nevent: 2021\nsources: P\n---\n\nB.\n",
            "content/e.md:4:10: warning",
            "metadata-value",
            "a list",
        ),
        (
            "---\ntitle: A\nevent: 2021\nsources:\n  - published: soon\n    quote: Q\n---\n\nB.\n",
            "content/e.md:5:16: warning",
            "metadata-value",
            "no date",
        ),
    ] {
        let site = Sandbox::of(&[FOUND, ("content/e.md", text)]);
        let (code, out, _) = site.run(&["check"]);
        assert!(out.contains(&format!("{place}[{kind}]")) && out.contains(said), "{text}\n{out}");
        assert_eq!(code, i32::from(place.ends_with("error")), "{out}");
        let left_out = place.ends_with("error");
        assert_eq!(events(&Sandbox::of(&[FOUND]), &[]).len(), 1);
        let (_, json, _) = site.run(&["events", "--format", "json"]);
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["events"].as_array().unwrap().len(), if left_out { 1 } else { 2 }, "{text}");
    }
}
