//! The rendered site: what its pages show, where its links lead, and that no text breaks out of them.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::harbour;
use crate::common::links;

use dateline::config::Config;
use dateline::model::{OutputFile, RawFile, Timeline};
use dateline::render::{self, Theme};

use links::Files;

const BASE: &str = "https://me.example/sub/path/";

fn rendered(config: &Config, timeline: &Timeline, templates: &[RawFile], statics: &[RawFile]) -> Files {
    let theme = Theme::new(templates, statics).unwrap();
    let files = render::site(config, timeline, &theme).unwrap();
    files.into_iter().map(|OutputFile { path, bytes }| (path, bytes)).collect()
}

fn config(base_url: Option<&str>) -> Config {
    Config {
        title: "The \"crane\" & the <town>".to_owned(),
        description: "What fell.".to_owned(),
        base_url: base_url.map(str::to_owned),
        ..Config::default()
    }
}

fn plain() -> Files {
    rendered(&config(None), &harbour::timeline(), &[], &[])
}

#[track_caller]
fn page(files: &Files, path: &str) -> String {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

/// Hashes of style and icon change with every touch of them, and the long word tells nothing.
fn tame(page: &str) -> String {
    let mut out = String::new();
    for (i, part) in page.split("assets/").enumerate() {
        if i == 0 {
            out.push_str(part);
            continue;
        }
        let (name, rest) = part.split_once('.').unwrap();
        out.push_str(&format!("assets/{name}.HASH{}", &rest[8..]));
    }
    out.replace(&"w".repeat(10_000), "www…")
}

#[test]
fn pages_look_as_they_did() {
    let files = plain();
    insta::assert_snapshot!("index", tame(&page(&files, "index.html")));
    insta::assert_snapshot!("event", tame(&page(&files, "events/fell/index.html")));
    insta::assert_snapshot!("article", tame(&page(&files, "articles/crane-falls/index.html")));
    insta::assert_snapshot!("year", tame(&page(&files, "2021/index.html")));
    insta::assert_snapshot!("articles", tame(&page(&files, "articles/index.html")));
    insta::assert_snapshot!("outlet", tame(&page(&files, "sources/valley-courier-co/index.html")));
    insta::assert_snapshot!("events_json", page(&files, "events.json").replace(",\"", ",\n\""));
}

#[test]
fn every_link_and_fragment_resolves_at_a_root_under_a_path_and_from_files() {
    for base in [None, Some(BASE), Some("https://me.example/")] {
        let files = rendered(&config(base), &harbour::timeline(), &[], &[]);
        let broken = links::broken_in(&files);
        assert!(broken.is_empty(), "{base:?}: {broken:#?}");
        let relative = files.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html");
        for (path, bytes) in relative {
            assert!(!String::from_utf8_lossy(bytes).contains("href=\"/"), "{path} has a link that fails from a file");
        }
    }
}

#[test]
fn the_walker_sees_what_is_broken() {
    let site = |html: &str| Files::from([("a/index.html".to_owned(), html.as_bytes().to_vec())]);
    for bad in [
        "<a href=\"b.html\">",
        "<a href=\"#x\">",
        "<a href=\"../../x\">",
        "<a href=\"data:x\">",
        "<b id=\"x\"><i id=\"x\">",
    ] {
        assert_eq!(links::broken_in(&site(bad)).len(), 1, "{bad}");
    }
    for bad in [
        "<img src=\"https://x.example/a\">",
        "<link rel=\"icon\" href=\"//x.example\">",
        "<p style=\"x\">",
        "<script>",
        "<p onclick=\"x\">",
    ] {
        assert_eq!(links::foreign(&site(bad)).len(), 1, "{bad}");
    }
    assert!(links::broken_in(&site("<a href=\"index.html#x\" id=\"x\">")).is_empty());
}

#[test]
fn no_text_of_an_article_is_read_as_markup_and_nothing_comes_from_elsewhere() {
    let files = plain();
    assert_eq!(links::foreign(&files), Vec::<String>::new());
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!path.ends_with(".html") || !text.contains("javascript:"), "{path} links to a script");
    }
    let article = page(&files, "articles/crane-falls/index.html");
    assert!(article.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &#39; &amp; \u{202E}drawkcab"));
    assert!(article.contains("Content-Security-Policy") && article.contains(&"w".repeat(10_000)));
}

#[test]
fn headings_come_in_order_and_each_page_has_one_first() {
    for (path, bytes) in plain().iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        let levels: Vec<usize> = text.split("<h").skip(1).filter_map(|h| h.get(..1)?.parse().ok()).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}: {levels:?}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
    }
}

#[test]
fn two_renders_give_the_same_bytes() {
    assert!(plain() == plain());
}

#[test]
fn an_event_shows_each_source_with_its_sentence_its_date_and_the_reason() {
    let event = page(&plain(), "events/fell/index.html");
    for shown in [
        "8 or 9 March 2021",
        "sources disagree",
        "The harbour&#39;s oldest crane fell <mark>on Monday</mark>.",
        "The article was published on Wednesday 10 March 2021; the most recent Monday, counting that day, is 8 March 2021.",
        "That publication date is itself worked out, not stated.",
        "Taken with Northern Post: both speak of “crane”.",
        "href=\"../../articles/crane-falls/index.html#s0\"",
        "https://north.example/news?a=1&amp;b=2#:~:text=The%20harbour%27s%20oldest%20crane%20fell%20on%20Monday.\" rel=\"external\">",
        "<blockquote class=\"more\" dir=\"auto\"><p>She wept.</p>",
    ] {
        assert!(event.contains(shown), "`{shown}` is not in\n{event}");
    }
}

#[test]
fn the_timeline_is_in_order_and_says_its_silences() {
    let index = page(&plain(), "index.html");
    let order = [
        "<h2><a href=\"1904/index.html\">1904",
        "since 1904",
        "75 years with nothing told, 1905–1979",
        "1980s/index.html",
        "31 years with nothing told, 1990–2020",
        "8 or 9 March",
        "<span class=\"tag\">announced",
    ];
    let places: Vec<usize> =
        order.iter().map(|said| index.find(said).unwrap_or_else(|| panic!("`{said}` is missing"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn addresses_are_absolute_only_when_it_is_known_where_the_site_stands() {
    let without = plain();
    // An empty sitemap would be no valid one.
    assert!(!without.contains_key("sitemap.xml") && !page(&without, "robots.txt").contains("Sitemap"));
    assert!(!page(&without, "index.html").contains("canonical"));
    assert!(page(&without, "404.html").contains("href=\"/index.html\""));
    let with = rendered(&config(Some(BASE)), &harbour::timeline(), &[], &[]);
    assert!(page(&with, "sitemap.xml").contains("<loc>https://me.example/sub/path/events/fell/</loc>"));
    assert!(page(&with, "robots.txt").contains("Sitemap: https://me.example/sub/path/sitemap.xml"));
    assert!(
        page(&with, "2021/index.html").contains("<link rel=\"canonical\" href=\"https://me.example/sub/path/2021/\">")
    );
    assert!(page(&with, "404.html").contains("href=\"/sub/path/index.html\""));
}

#[test]
fn a_site_puts_its_own_files_over_the_built_in_ones() {
    let raw = |path: &str, text: &str| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let own = "{% extends \"builtin/404.html\" %}{% block content %}<main id=\"main\">Gone.</main>{% endblock %}";
    let statics = [
        raw("static/style.css", "p { color: red }"),
        raw("static/CNAME", "news.example"),
        raw("static/robots.txt", "mine"),
    ];
    let files = rendered(&config(None), &harbour::timeline(), &[raw("templates/404.html", own)], &statics);
    assert!(page(&files, "404.html").contains("Gone.") && page(&files, "404.html").contains("<title>"));
    assert_eq!(page(&files, "CNAME"), "news.example");
    assert_eq!(page(&files, "robots.txt"), "mine");
    let styles: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("assets/style.")).collect();
    assert!(styles.len() == 1 && styles[0].1.as_slice() == b"p { color: red }", "{styles:?}");
    assert!(page(&files, "index.html").contains(styles[0].0.as_str()));
}

#[test]
fn no_page_loads_more_than_fifteen_thousand_bytes_of_style_or_of_script() {
    let files = plain();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for ending in [".css", ".js"] {
            let own = files.iter().filter(|(asset, _)| asset.ends_with(ending) && html.contains(asset.as_str()));
            let weight: usize = own.map(|(_, bytes)| bytes.len()).sum();
            // Nothing runs in the page for frames.
            let least = usize::from(path != "embed/index.html" || ending == ".css");
            assert!((least..=15_000).contains(&weight), "{path}: {weight} bytes of {ending}");
        }
    }
}

#[test]
fn a_broken_template_is_told_with_its_name_and_line() {
    let raw = |text: &str| RawFile { path: "templates/index.html".to_owned(), bytes: text.as_bytes().to_vec() };
    let error = Theme::new(&[raw("one\n{% if %}")], &[]).unwrap_err().to_string();
    assert!(error.contains("index.html") && error.contains('2'), "{error}");
    let theme = Theme::new(&[raw("{{ not_there.at_all }}")], &[]).unwrap();
    let error = render::site(&config(None), &harbour::timeline(), &theme).unwrap_err().to_string();
    assert!(error.contains("index.html") && error.contains("not_there"), "{error}");
}

#[test]
fn a_site_without_articles_has_its_pages_too() {
    let files = rendered(&config(None), &Timeline::default(), &[], &[]);
    assert!(page(&files, "index.html").contains("No dated event"));
    assert!(links::broken_in(&files).is_empty());
    assert_eq!(page(&files, "events.json"), "{\"articles\":[],\"events\":[]}\n");
}
