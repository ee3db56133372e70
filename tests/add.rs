//! `dateline add` with files, folders, feeds and standard input: what it writes reads back as it was.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::sandbox;

use dateline::article;
use dateline::config::Config;
use dateline::model::{Article, RawArticle, RawFile};
use dateline::pipeline::adding::untracked;
use sandbox::Sandbox;
use std::path::Path;

fn read(path: &str, bytes: &[u8]) -> Article {
    let file = RawFile { path: format!("content/{path}"), bytes: bytes.to_vec() };
    article::read(&Config::default(), &RawArticle { file, sidecar: None }).0.unwrap()
}

/// Adds a file of these bytes and gives the name and text of what was written.
fn added(site: &Sandbox, name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    site.write(&format!("in/{name}"), bytes);
    let (code, out, err) = site.run(&["add", &format!("in/{name}")]);
    assert_eq!(code, 0, "{name}: {err}");
    let path = out.trim().strip_prefix("content/").unwrap().to_owned();
    let bytes = site.files("content")[&path].clone();
    (path, bytes)
}

fn same(before: &Article, after: &Article, name: &str) {
    let facts = |a: &Article| {
        let published = a.published.as_ref().map(|p| (p.date.clone(), p.basis));
        let publisher = a.publisher.as_ref().map(|p| p.value.clone());
        (
            a.title.value.clone(),
            publisher,
            published,
            // Who led a reader there is no part of a page's address.
            a.url.as_deref().map(untracked),
            a.authors.clone(),
            a.language.clone(),
            a.tags.clone(),
        )
    };
    assert_eq!(facts(before), facts(after), "{name}");
    assert_eq!(before.text, after.text, "{name}");
    let kinds = |a: &Article| a.blocks.iter().map(|b| b.kind).collect::<Vec<_>>();
    assert_eq!(kinds(before), kinds(after), "{name}");
}

#[test]
fn a_page_that_was_added_reads_back_as_the_page_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 8);
    for path in names {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let before = read(name, &bytes);
        let site = Sandbox::new();
        let (written, text) = added(&site, name, &bytes);
        let day = before.published.as_ref().unwrap().date.to_string();
        assert!(written.starts_with(&format!("{day}-")), "{written}");
        same(&before, &read(&written, &text), name);
    }
}

#[test]
fn hostile_titles_stay_titles() {
    let titles = [
        "\"Quoted\": a 'title' \\ with: colons # and marks",
        "--- title: x --- ",
        "<script>alert(1)</script> & more",
        "line\none\r\ntwo",
        "\u{202e}desrever\u{202c} and \u{200b}hidden",
        "{{ x }} {% y %} ${z}",
        "- [ ] *a* _b_ `c`",
        "!!python/object:os.system",
        "null",
        "2022-01-17",
        "../../etc/passwd",
        "2019-05-03 was the day",
        "日本語の見出し",
        "con",
        "con|aux?<>*:\"",
        "\u{1f600}",
    ];
    for title in titles {
        let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let page = format!(
            "<html><head><meta property=\"og:title\" content=\"{escaped}\"><meta property=\"og:site_name\" content=\"{escaped}\">\
             <meta name=author content=\"{escaped}\"></head><body><p>On 3 May 2019 the quay was closed for good.</p></body></html>"
        );
        let before = read("page.html", page.as_bytes());
        let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(before.title.value, plain);
        let site = Sandbox::new();
        let (written, text) = added(&site, "page.html", page.as_bytes());
        let after = read(&written, &text);
        same(&before, &after, title);
        assert_eq!(after.published, None, "{title}: no day comes of a title");
        let safe = written.trim_end_matches(".md");
        assert!(safe.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{written}");
        assert!(!["con", "aux", "nul", "prn"].contains(&safe), "{written}");
        let text = String::from_utf8(text).unwrap();
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "what no eye sees is written out: {text}");
        assert_eq!(text.lines().filter(|line| *line == "---").count(), 2, "{text}");
        let (code, _, err) = site.run(&["build"]);
        assert_eq!(code, 0, "{err}");
    }
}

#[test]
fn doubles_are_told_and_not_added() {
    let long = |extra: &str| {
        let words: String = (0..200).map(|i| format!("word{} ", i * 31 % 97)).collect();
        format!("The quay was closed on 3 May 2019. {words}{extra}")
    };
    let page = |url: &str, text: &str| format!("<link rel=canonical href='{url}'><title>T {url}</title><p>{text}</p>");
    let site = Sandbox::of(&[("content/old.txt", &long(""))]);
    site.write("content/there.md", "---\nurl: https://www.a.io/there?id=7\n---\nShort text.\n");
    site.write("in/1.html", page("https://b.io/copy", &long("Updated.")));
    site.write("in/2.html", page("http://a.io/there/?utm_source=x&id=7#top", "Other words."));
    site.write("in/3.html", page("https://c.io/new", "Nothing like it was ever told in this town."));
    site.write("in/4.html", page("https://c.io/new?fbclid=1", "Nothing else was ever told either, in any town."));
    site.write(
        "in/5.html",
        page("https://a.io/there?id=8", "Another page of the same town paper, with its own words."),
    );
    let (code, out, err) = site.run(&["add", "in"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(err.contains("in/1.html: warning[known-article]: the site has this article already: its text is nearly that of content/old.txt"), "{err}");
    assert!(err.contains("in/2.html: warning[known-article]: the site has this article already: its address is that of content/there.md"), "{err}");
    assert!(err.contains("in/4.html: warning[known-article]") && !err.contains("in/5.html: warning[known"), "{err}");
    assert!(
        err.ends_with("2 articles added, 3 there already, in 0.00 s\n")
            || err.contains("2 articles added, 3 there already"),
        "{err}"
    );
    let (code, _, _) = site.run(&["add", "--strict", "in/1.html"]);
    assert_eq!(code, 1);
    let (_, out, _) = site.run(&["add", "in"]);
    assert_eq!(out, "", "what was added is known the next time");
}

#[test]
fn names_that_are_taken_are_left_alone() {
    let site =
        Sandbox::of(&[("content/2019-05-03-quay-closed.md", "mine"), ("content/2019-05-03-quay-closed-2.yaml", "")]);
    for (i, words) in ["The quay is shut.", "Ships wait in the bay since noon."].iter().enumerate() {
        let page = format!("---\ntitle: Quay closed\ndate: 2019-05-03\n---\n\n{words}\n");
        let (written, text) = added(&site, &format!("{i}.md"), page.as_bytes());
        assert_eq!(written, format!("2019-05-03-quay-closed-{}.md", i + 3));
        assert_eq!(text, page.as_bytes(), "Markdown stays as its author wrote it");
    }
    assert_eq!(site.files("content")["2019-05-03-quay-closed.md"], b"mine");
}

#[test]
fn texts_keep_what_stood_at_their_head_and_beside_them() {
    let site = Sandbox::new();
    let text =
        "Published: Janaury 17, 2022\n\n-Harbour News\n\nThe quay was shut on Friday.\n# No heading\n- no item\n";
    let (written, bytes) = added(&site, "a.txt", text.as_bytes());
    assert_eq!(
        written,
        "2022-01-17-the-quay-was-shut-on-friday-no-heading-no-item.md".replace("-no-heading-no-item", "")
    );
    let after = read(&written, &bytes);
    same(&read("a.txt", text.as_bytes()), &after, "a.txt");
    site.write("in/b.yaml", "title: From beside\npublisher: Quay Weekly\ndate: 2020-02-03\n");
    let (written, bytes) = added(&site, "b.txt", b"The ferry sank on Monday.");
    assert_eq!(written, "2020-02-03-from-beside.md");
    assert_eq!(read(&written, &bytes).publisher.unwrap().value, "Quay Weekly");
    let (written, _) = added(&site, "20210809_c.txt", b"The bridge fell last night.");
    assert_eq!(written, "2021-08-09-the-bridge-fell-last-night.md");
}

#[test]
fn standard_input_is_a_page_a_text_or_a_feed() {
    let atom = "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Bay News</title><id>x</id><updated>2022-03-04T00:00:00Z</updated>\
        <entry><id>urn:1</id><title>One</title><updated>2022-03-04T01:00:00+09:00</updated><content type=\"html\">&lt;p&gt;On 3 March it rained all day long in the bay.&lt;/p&gt;</content></entry></feed>";
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Bay News\",\"items\":[{\"id\":12,\"title\":\"Two\",\"date_published\":\"2022-03-05T23:00:00-11:00\",\"content_html\":\"<p>On 4 March it snowed all night in the hills.</p>\"}]}";
    for (input, want) in [
        ("<!DOCTYPE html><title>Three</title><p>On 5 March 2022 it froze in the valley.</p>", "content/three.md"),
        ("# Four\n\nOn 6 March 2022 it thawed everywhere.\n", "content/four.md"),
        (
            "Published: March 7, 2022\n\nIt was warm on Sunday in all of the north.",
            "content/2022-03-07-it-was-warm-on-sunday-in-all-of-the-north.md",
        ),
        (atom, "content/2022-03-04-one.md"),
        (json, "content/2022-03-05-two.md"),
    ] {
        let site = Sandbox::new();
        let output = site.dateline(&["add", "-"]).write_stdin(input).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), want, "{err}");
        assert_eq!(output.status.code(), Some(0), "{err}");
    }
}

#[test]
fn what_comes_back_later_with_something_new_is_added() {
    let told: String = (0..60).map(|i| format!("The {i} hens of row {} left at {}. ", i % 7, i * 3 % 11)).collect();
    let page = |name: &str, day: &str, more: &str| {
        format!(
            "<link rel=canonical href=https://a.io/{name}><meta property=article:published_time content={day}>\
             <title>{name} hens</title><p>{told}</p><p>{more}</p>"
        )
    };
    let site = Sandbox::new();
    let court: String =
        ["fined the owner", "heard the vet", "let the barn be shut", "sent the hens to a farm in Oxmoor"]
            .map(|deed| format!("On Friday, the court of Arlstead {deed} because of what was seen in the rows. "))
            .concat();
    site.write("in/1.html", page("first", "2021-05-03", "They were all found."));
    site.write("in/2.html", page("again", "2021-05-04", "They were all found again."));
    site.write("in/3.html", page("later", "2021-05-11", &court));
    site.write("in/4.html", page("reprint", "2021-07-11", "They were all found."));
    let (code, out, err) = site.run(&["add", "in"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out, "content/2021-05-03-first-hens.md\ncontent/2021-05-11-later-hens.md\n", "{err}");
    for (day, name) in [("2021-05-03", "one"), ("2021-06-20", "other")] {
        site.write(&format!("{name}.md"), format!("---\ndate: {day}\ntitle: {name}\n---\nA man died on Monday.\n"));
        assert!(site.run(&["add", &format!("{name}.md")]).2.contains("1 article added"), "{name}");
    }
}

#[test]
fn a_damaged_cache_hides_no_double() {
    let site = Sandbox::new();
    let told = "Fire broke out in the rope works of Arlstead on Wednesday, and was out by noon. Nobody was hurt.";
    site.write("content/a.md", format!("---\ntitle: Fire\ndate: 2019-05-09\n---\n{told}\n"));
    site.write("in.md", format!("---\ntitle: Fire!\ndate: 2019-05-09\n---\n{told}\n"));
    assert_eq!(site.run(&["build"]).0, 0);
    // Files written just now are read anyhow.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(site.run(&["build"]).0, 0);
    let cache = site.path(".dateline/articles.cache");
    let mut bytes = std::fs::read(&cache).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&cache, bytes).unwrap();
    let (_, out, err) = site.run(&["add", "in.md"]);
    assert!(out.is_empty() && err.contains("content/a.md"), "{out}{err}");
}

#[test]
fn the_line_above_the_text_says_who_and_when() {
    for above in [
        "<div class=meta>May 9, 2019 by Kim Ode in News</div>",
        "<p class=byline>By Kim Ode | Staff writer | May 9, 2019 5:04 pm</p>",
        "<p class=byline>May 9, 2019 by Kim Ode</p>",
    ] {
        let page = format!(
            "<article><h1>Rope works burn</h1>{above}<p>Fire broke out in the rope works of Arlstead on Wednesday, \
             and was out by noon.</p><p>Nobody was hurt, said the chief of the fire brigade.</p></article>"
        );
        let (path, text) = added(&Sandbox::new(), "a.html", page.as_bytes());
        let text = String::from_utf8(text).unwrap();
        assert_eq!(path, "2019-05-09-rope-works-burn.md", "{above}: {text}");
        assert!(text.contains("authors: [\"Kim Ode\"]") && !text.contains("in News"), "{above}: {text}");
    }
}

#[test]
fn a_language_is_stated_only_where_the_page_states_it() {
    let site = Sandbox::new();
    let page =
        |head: &str| format!("<html{head}><title>Ein Turm</title><p>Der Turm wurde am 3. Mai 2019 eröffnet.</p>");
    let (path, text) = added(&site, "a.html", page("").as_bytes());
    assert!(path == "ein-turm.md" && !String::from_utf8(text).unwrap().contains("language"));
    let (_, text) = added(&site, "b.html", page(" lang=de").replace("Der Turm", "Ein alter Turm").as_bytes());
    assert!(String::from_utf8(text).unwrap().contains("language: \"de\""));
}

#[test]
fn one_bad_source_never_stops_the_others() {
    let site = Sandbox::new();
    site.write("in/good.txt", "It rained on 3 May 2019.");
    site.write("in/picture.png", b"\x89PNG");
    site.write("in/binary.txt", b"\0\0\0");
    site.write("in/draft.md", "---\ntitle: A\ndraft: true\n---\n\nIt rained on 4 May 2019.\n");
    site.write("in/no.xml", "<html><p>no feed");
    std::fs::create_dir(site.path("none")).unwrap();
    let sources = [
        "in/gone.txt",
        "in/picture.png",
        "in/binary.txt",
        "in/draft.md",
        "in/no.xml",
        "none",
        "ftp://a.io/x",
        "http://",
        "in/good.txt",
    ];
    let mut args = vec!["add"];
    args.extend(sources);
    let (code, out, err) = site.run(&args);
    assert_eq!((code, out.as_str()), (3, "content/it-rained-on-3-may-2019.md\n"), "{err}");
    for (source, says) in [
        ("in/gone.txt", "error[unread-source]: cannot be read"),
        ("in/picture.png", "error[unread-source]: files that end in .png are not read"),
        ("in/binary.txt", "error[binary-file]"),
        ("in/draft.md", "error[unread-source]: this is a draft"),
        ("in/no.xml", "error[unread-source]: this is no feed"),
        ("none", "error[unread-source]: there is no article in this folder"),
        ("ftp://a.io/x", "error[unread-source]: cannot be fetched: this is no address"),
        ("http://", "error[unread-source]: cannot be fetched"),
    ] {
        assert!(err.lines().any(|line| line.starts_with(&format!("{source}: {says}"))), "{source}: {err}");
    }
    assert_eq!(site.run(&["add", "in/binary.txt"]).0, 1, "wrong content");
    assert_eq!(site.run(&["add"]).0, 2, "nothing to add");
    assert_eq!(site.run(&["add", "--root", "none", "in/good.txt"]).0, 3, "no site");
}

#[test]
fn pages_lying_in_the_site_are_built_like_any_article() {
    let page = "<html><head><title>Ferry sinks</title><meta property=og:site_name content='Bay News'>\
        <meta property=article:published_time content=2021-03-04></head><body><nav>News of 1 January 1999</nav>\
        <article><p>The ferry <b>Kittiwake</b> sank on Monday, and everybody was saved by fishermen.</p></article></body></html>";
    let site = Sandbox::of(&[
        ("content/ferry.html", page),
        ("content/ferry_files/ad.html", "<p>On 2 March 2020 we sold soap."),
    ]);
    let (code, out, err) = site.run(&["events", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let events = json["events"].as_array().unwrap();
    assert_eq!(events.len(), 1, "{out}");
    assert_eq!(events[0]["date"], "2021-03-01");
    assert_eq!(
        events[0]["sources"][0]["quote"],
        "The ferry Kittiwake sank on Monday, and everybody was saved by fishermen."
    );
    assert_eq!(json["articles"][0]["published"]["basis"], "page-metadata");
    assert_eq!(site.run(&["build"]).0, 0);
    let shown = String::from_utf8(site.files("public")["articles/ferry/index.html"].clone()).unwrap();
    assert!(shown.contains("<strong>Kittiwake</strong>") && !shown.contains("1999"), "{shown}");
}
