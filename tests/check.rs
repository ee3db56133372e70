//! `dateline check`: what it tells beyond `build`, where, and in which form.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use sandbox::Sandbox;
use serde_json::Value;

const QUAY: &str = "---\ntitle: Quay closed\npublisher: The Echo\ndate: 2021-03-10\n---\n\n\
    The quay of Arlmouth was closed on Monday after a crane had damaged its northern wall.\n";
const FERRY: &str = "---\ntitle: Ferry late\npublisher: Northern Post\ndate: 2021-03-11\n---\n\n\
    Two ferries from Arlmouth were cancelled on 4 March, the company said.\n";
const UNDATED: &str = "A letter\n\nLast week the lamps were lit again, and nobody knew why.\n";

/// Gives what `check --format json` says.
fn checked(site: &Sandbox, flags: &[&str]) -> Value {
    let (_, out, err) = site.run(&[&["check", "--format", "json"], flags].concat());
    serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"))
}

/// Gives the messages of a kind, each as `path:line:column severity message`.
fn of_kind(said: &Value, kind: &str) -> Vec<String> {
    let all = said["messages"].as_array().unwrap().iter().filter(|m| m["kind"] == kind);
    let number = |value: &Value| value.as_u64().map_or(String::new(), |n| format!(":{n}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|m| {
        let place = format!("{}{}{}", text(&m["path"]), number(&m["line"]), number(&m["column"]));
        format!("{place} {} {}", text(&m["severity"]), text(&m["message"]))
    })
    .collect()
}

#[test]
fn expressions_left_open_are_noted_where_they_stand_and_build_keeps_quiet() {
    let site = Sandbox::of(&[("content/letter.txt", UNDATED)]);
    let notes = of_kind(&checked(&site, &[]), "open-date");
    assert_eq!(notes.len(), 1);
    assert!(notes[0].starts_with("content/letter.txt:3:1 note no date for “Last week”: "), "{notes:?}");
    let (code, out, err) = site.run(&["build"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("undated-article") && !err.contains("open-date"), "{err}");
}

#[test]
fn what_is_kept_of_a_build_takes_nothing_from_the_messages() {
    let site = Sandbox::of(&[("content/letter.txt", UNDATED), ("content/a.md", &format!("{QUAY}\n[x](gone.md)\n"))]);
    for file in ["content/letter.txt", "content/a.md"] {
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        std::fs::File::options().write(true).open(site.path(file)).unwrap().set_modified(long_ago).unwrap();
    }
    let before = checked(&site, &[]);
    assert_eq!(site.run(&["build"]).0, 0);
    assert_eq!(checked(&site, &[]), before);
    assert_eq!(before["messages"].as_array().unwrap().len(), 3);
}

#[test]
fn notes_count_for_no_exit_code() {
    let site = Sandbox::of(&[("content/a.md", QUAY)]);
    site.write("content/b.md", QUAY.replace("The Echo", "Other Post").replace("Quay closed", "Closed quay"));
    let said = checked(&site, &[]);
    assert!(said["notes"].as_u64().unwrap() > 0 && said["warnings"] == 0 && said["errors"] == 0, "{said}");
    assert_eq!(site.run(&["check", "--strict"]).0, 0);
    let (code, out, err) = site.run(&["check", "--quiet"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    site.write("content/letter.txt", UNDATED);
    assert_eq!((site.run(&["check"]).0, site.run(&["check", "--strict"]).0), (0, 1));
}

#[test]
fn the_last_lines_count_messages_by_severity_and_kind() {
    let site = Sandbox::of(&[("content/letter.txt", UNDATED)]);
    let (_, _, err) = site.run(&["check"]);
    let lines: Vec<&str> = err.lines().collect();
    assert!(lines[0].starts_with("0 events from 1 article: 1 warning, 1 note, in "), "{err}");
    assert_eq!(lines[1], "by kind: 1 open-date, 1 undated-article");
    let said = checked(&site, &[]);
    assert_eq!(said["kinds"], serde_json::json!({"open-date": 1, "undated-article": 1}));
    let quiet = Sandbox::of(&[("content/quay.md", QUAY)]);
    assert!(quiet.run(&["check"]).2.starts_with("1 event from 1 article: no problems, in "));
}

#[test]
fn every_disagreement_is_noted_with_its_claims_until_somebody_decides() {
    let site = Sandbox::of(&[("content/a.md", QUAY), ("content/b.md", FERRY)]);
    let (_, ids, _) = site.run(&["-q", "events", "-v"]);
    let id = |title: &str| {
        let line = ids.lines().find(|line| line.contains(title)).unwrap_or_else(|| panic!("{title}: {ids}"));
        line.rsplit(' ').next().unwrap().to_owned()
    };
    let (quay, ferry) = (id("quay"), id("ferr"));
    let merged = format!("- event: {quay}\n  merge: {ferry}\n  reason: One storm.\n");
    site.write("corrections.yaml", &merged);
    let notes = of_kind(&checked(&site, &[]), "disagreement");
    assert_eq!(notes.len(), 1);
    assert!(notes[0].starts_with("content/a.md:7:") && notes[0].contains(" note sources disagree"), "{notes:?}");
    assert!(notes[0].ends_with("2021-03-04 (Northern Post); 2021-03-08 (The Echo)"), "{notes:?}");
    site.write("corrections.yaml", merged.replace("  reason", "  date: 2021-03-08\n  reason"));
    assert_eq!(of_kind(&checked(&site, &[]), "disagreement"), [""; 0]);
}

#[test]
fn articles_that_stand_twice_are_told() {
    let address = |url: &str| FERRY.replace("---\n\n", &format!("url: {url}\n---\n\n"));
    let site = Sandbox::of(&[
        ("content/a.md", QUAY),
        ("content/b.md", &QUAY.replace("Quay closed", "Quay shut").replace("The Echo", "the echo")),
        ("content/c.md", &QUAY.replace("Quay closed", "No quay").replace("The Echo", "Valley Courier")),
        ("content/d.md", &address("https://north.example/ferry?utm_source=mail")),
        (
            "content/e.md",
            &address("http://www.north.example/ferry/#top")
                .replace("Two ferries", "Many boats and ships")
                .replace("Ferry late", "Boats"),
        ),
        (
            "content/f.md",
            &FERRY
                .replace("Ferry late", "Trains")
                .replace("Two ferries from Arlmouth", "The trains over the Arl were late and two of them"),
        ),
    ]);
    let twins = of_kind(&checked(&site, &[]), "duplicate-article");
    assert_eq!(
        twins,
        [
            "content/b.md warning the text is nearly that of content/a.md",
            "content/c.md note the text is nearly that of content/a.md, from another outlet",
            "content/e.md:5:6 warning content/d.md stands at the same address",
        ]
    );
}

#[test]
fn links_of_articles_lead_to_files_of_the_site() {
    let links = "[b](b.md) [c](deep/c) [d](../static/map.pdf) [e](/articles/b/) [f](#x) [g](mailto:a@b.io) \
                 [h]({{ site.url }}/x) [i](b.md?x#y) [j](deep/c%2Emd)\n\n\
                 [bad](gone.md) and [worse](/articles/gone/) and [out](../../etc/passwd).\n\nA [ref][r].\n\n[r]: away.txt\n";
    let site = Sandbox::of(&[
        ("content/a.md", &format!("{QUAY}\n{links}")),
        ("content/b.md", FERRY),
        ("content/deep/c.md", &FERRY.replace("Ferry late", "Later")),
        ("static/map.pdf", "%PDF"),
    ]);
    let broken = of_kind(&checked(&site, &[]), "broken-link");
    assert_eq!(
        broken,
        [
            "content/a.md:11:7 warning the link `gone.md` leads to no file of the site",
            "content/a.md:11:28 warning the link `/articles/gone/` leads to no file of the site",
            "content/a.md:11:55 warning the link `../../etc/passwd` leads to no file of the site",
            "content/a.md:13:3 warning the link `away.txt` leads to no file of the site",
        ]
    );
}

#[test]
fn links_of_built_pages_are_followed_and_told_where_they_are_written() {
    let site = Sandbox::of(&[
        ("content/a.md", QUAY),
        ("static/about.html", "<p>\n<a href='index.html'>x</a>\n<a href='map.html#here'>y</a>"),
    ]);
    assert_eq!(of_kind(&checked(&site, &["--base-url", "https://a.io/sub/"]), "broken-link").len(), 1);
    let broken = of_kind(&checked(&site, &[]), "broken-link");
    assert_eq!(
        broken,
        [
            "static/about.html:3:10 warning the link `map.html#here` leads to `map.html`, which is not there (on about.html)"
        ]
    );
    site.write("static/map.html", "<p id=there>");
    let broken = of_kind(&checked(&site, &[]), "broken-link");
    assert_eq!(
        broken,
        [
            "static/about.html:3:10 warning the link `map.html#here` leads to a place that map.html does not have (on about.html)"
        ]
    );
    site.write("static/map.html", "<p id=here>");
    assert_eq!(of_kind(&checked(&site, &[]), "broken-link"), [""; 0]);
    // A template's slip stands on every page and is told once.
    site.write(
        "templates/article.html",
        "{% extends \"builtin/article.html\" %}\n{% block content %}<a href=\"imprint.html\">i</a>{% endblock %}",
    );
    site.write("content/b.md", FERRY);
    let broken = of_kind(&checked(&site, &[]), "broken-link");
    let slips: Vec<&String> = broken.iter().filter(|b| b.contains("imprint")).collect();
    assert_eq!(
        slips,
        ["templates/article.html:2:29 warning the link `imprint.html` leads to `articles/a/imprint.html`, which is \
             not there (on 2 pages, first articles/a/index.html)"]
    );
    // What the template leaves out is missed where it is linked to.
    assert!(
        broken.iter().any(|b| b.contains("`#main` leads to a place that articles/a/index.html does not have (on 2"))
    );
}

#[test]
fn a_sound_site_under_a_sub_path_has_no_broken_link() {
    let site = Sandbox::of(&[("content/a.md", QUAY), ("content/b.md", FERRY), ("content/letter.txt", UNDATED)]);
    for base in ["", "https://a.io/", "https://a.io/sub/path/"] {
        assert_eq!(of_kind(&checked(&site, &["--base-url", base]), "broken-link"), [""; 0], "{base}");
    }
    assert!(!site.path("public").exists() && !site.path(".dateline").exists(), "nothing is written");
}

#[test]
fn sarif_has_the_shape_that_code_scanning_reads() {
    let site = Sandbox::of(&[("my site/content/letter.txt", UNDATED), ("my site/content/empty.txt", "")]);
    let (code, out, _) = site.run(&["check", "--root", "my site", "--format", "sarif"]);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((log["version"].as_str(), log["runs"].as_array().unwrap().len()), (Some("2.1.0"), 1));
    let (run, driver) = (&log["runs"][0], &log["runs"][0]["tool"]["driver"]);
    assert_eq!(driver["name"], "dateline");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &driver["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().unwrap().starts_with("my%20site/content/"), "{place}");
        for number in ["startLine", "startColumn", "endColumn"] {
            assert!(place["region"][number].as_u64().is_none_or(|n| n > 0), "{place}");
        }
    }
    let open = results.iter().find(|r| r["ruleId"] == "open-date").unwrap();
    let region = &open["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region, &serde_json::json!({"startLine": 3, "startColumn": 1, "endColumn": 10}));
}

#[test]
fn commands_for_github_stand_one_a_line_with_paths_from_the_repository() {
    let site = Sandbox::of(&[("sub/content/a,b%.txt", UNDATED)]);
    let (_, out, _) = site.run(&["check", "--root", "./sub", "--format", "github"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].starts_with("::warning file=sub/content/a%2Cb%25.txt,line=1,title=undated-article::"), "{out}");
    let place = "::notice file=sub/content/a%2Cb%25.txt,line=3,col=1,endColumn=10,title=open-date::no date for";
    assert!(lines[1].starts_with(place) && lines[1].contains("%0A"), "{out}");
}
