//! Which pages a site has, what they weigh, and what they tell machines.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::harbour;
use crate::common::links;
use crate::common::many;

use dateline::config::Config;
use dateline::lang::interface::interface;
use dateline::model::*;
use dateline::render::{self, Theme};
use links::Files;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

const BASE: &str = "https://me.example/sub/path/";

/// The most that a page may hold and weigh.
const EVENTS: usize = 300;
const PACKED: usize = 100_000;

fn rendered(config: &Config, timeline: &Timeline) -> Files {
    let theme = Theme::new(&[], &[]).unwrap();
    let files = render::site(config, timeline, &theme).unwrap();
    let count = files.len();
    let files: Files = files.into_iter().map(|OutputFile { path, bytes }| (path, bytes)).collect();
    assert_eq!(files.len(), count, "a path stands twice");
    files
}

fn config(base_url: Option<&str>) -> Config {
    Config { base_url: base_url.map(str::to_owned), ..Config::default() }
}

#[track_caller]
fn page<'f>(files: &'f Files, path: &str) -> &'f str {
    let near = || files.keys().filter(|k| !k.starts_with("events/") && !k.starts_with("articles/")).collect::<Vec<_>>();
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", near()))).unwrap()
}

fn html(files: &Files) -> impl Iterator<Item = (&String, &str)> {
    files.iter().filter(|(p, _)| p.ends_with(".html")).map(|(p, b)| (p, std::str::from_utf8(b).unwrap()))
}

fn packed(bytes: &[u8]) -> usize {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap().len()
}

/// Gives the ids of the events that stand on a page, in order.
fn shown(html: &str) -> Vec<&str> {
    html.split(" id=\"e-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Lists the pages that hold or weigh too much.
fn heavy(files: &Files) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in html(files) {
        let (events, weight) = (shown(text).len(), packed(text.as_bytes()));
        if events > EVENTS || weight > PACKED {
            found.push(format!("{path}: {events} events, {weight} bytes packed"));
        }
    }
    found
}

#[test]
fn a_large_timeline_stands_on_light_pages_and_every_event_on_one_of_them() {
    let timeline = many::timeline(1800);
    let files = rendered(&config(None), &timeline);
    assert_eq!(heavy(&files), Vec::<String>::new());
    let index = shown(page(&files, "index.html"));
    let mut weights: Vec<f64> = timeline.events.iter().map(|e| e.importance).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    let by_id: BTreeMap<&str, (usize, f64)> =
        timeline.events.iter().enumerate().map(|(i, e)| (e.id.as_str(), (i, e.importance))).collect();
    assert!(index.len() > 200, "the first page shows {}", index.len());
    assert!(index.iter().all(|id| by_id[id].1 >= weights[index.len()]), "not the most important ones");
    let years: Vec<&str> =
        page(&files, "index.html").split("id=\"y").skip(1).filter_map(|r| r.split('"').next()).collect();
    assert!(years.len() > 50 && years[0] == "1950" && years.contains(&"1980s"), "{years:?}");
    assert!(page(&files, "index.html").contains("href=\"2004/index.html\">all 1,"), "no way to the whole year");
    // Where a page shows but a part of its year, a search there says that it looked at no more.
    let said = |path: &str| page(&files, path).contains("{n} of the {all} events shown here");
    assert!(said("2004/index.html") && !said("1955/index.html") && !said("index.html"));
    assert!(
        page(&files, "2004/index.html").contains("None of the events shown here matches. Search the whole timeline")
    );
    // The large year leads to months, a large month is split, and a decade too.
    for path in
        ["2004/index.html", "2004/02/index.html", "2004/03/index.html", "2004/03/_2/index.html", "1980s/index.html"]
    {
        assert!(!shown(page(&files, path)).is_empty(), "{path}");
    }
    assert!(page(&files, "2004/index.html").contains("href=\"../2004/03/index.html\""));
    let bars = |html: &str| -> usize {
        let counts = html
            .split("class=\"n\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('>')?.1.split('<').next()?.parse::<usize>().ok());
        counts.sum()
    };
    let year = timeline.events.iter().filter(|e| e.date.to_string().starts_with("2004-")).count();
    // What is known to the year alone falls on no month.
    let histogram = page(&files, "2004/index.html").split_once("<svg").unwrap().1.split_once("</svg>").unwrap().0;
    assert_eq!(bars(histogram), year, "the histogram of a large year counts all of its events");
    let whole = |path: &&String| path.split('/').next().unwrap().trim_end_matches('s').parse::<i32>().is_ok();
    let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
    for path in files.keys().filter(whole).filter(|path| *path != "2004/index.html") {
        for id in shown(page(&files, path)) {
            *homes.entry(id).or_default() += 1;
        }
    }
    assert_eq!(homes.len(), timeline.events.len());
    assert!(homes.values().all(|count| *count == 1), "an event stands on two pages");
}

#[test]
fn outlets_names_and_tags_have_pages_and_long_lists_are_split_by_letter() {
    let files = rendered(&config(None), &many::timeline(1800));
    assert!(page(&files, "names/index.html").contains("href=\"../names/_a/index.html\""));
    assert!(page(&files, "names/_a/index.html").contains("aria-current=\"page\">A <"));
    assert!(page(&files, "names/ada-arden/index.html").contains("<h2><a href=\"../../2004/index.html\">2004</a></h2>"));
    assert!(page(&files, "sources/the-echo/index.html").contains("../../sources/the-echo/dated/index.html"));
    let echo = shown(page(&files, "sources/the-echo/dated/index.html"));
    let rest = shown(page(&files, "sources/the-echo/dated/_2/index.html"));
    assert_eq!(echo.len() + rest.len(), 360);
    assert!(files.contains_key("tags/all/_6/index.html") && files.contains_key("tags/all/articles/_2/index.html"));
    assert!(files.contains_key("articles/_2/index.html"));
    // Names that would share a folder, also where a file system knows no case, have one each.
    let lower: BTreeSet<String> = files.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(lower.len(), files.len());
    let tags = files.keys().filter(|p| p.starts_with("tags/c") && p.matches('/').count() == 2).count();
    assert_eq!(tags, 3, "C++, C# and c");
}

#[test]
fn every_link_of_a_large_site_resolves_under_a_path_too() {
    let timeline = many::timeline(1200);
    for base in [None, Some(BASE)] {
        let files = rendered(&config(base), &timeline);
        let broken = links::broken_in(&files);
        assert!(broken.is_empty(), "{base:?}: {:#?}", &broken[..broken.len().min(5)]);
        assert_eq!(files.contains_key("sitemap.xml"), base.is_some());
    }
}

#[test]
fn the_page_for_frames_shows_the_events_that_matter_most_and_leaves_its_frame() {
    let timeline = many::timeline(1200);
    let files = rendered(&config(None), &timeline);
    let page = std::str::from_utf8(&files["embed/index.html"]).unwrap();
    assert_eq!(page.matches("<li>").count(), 30);
    assert_eq!(page.matches("<a ").count(), page.matches("target=\"_top\"").count());
    assert!(!page.contains("<script"), "nothing runs in the page of another");
    let shown = |event: &dateline::model::Event| page.contains(&format!("../events/{}/", event.id));
    let least = timeline.events.iter().filter(|e| shown(e)).map(|e| e.importance).fold(f64::MAX, f64::min);
    assert!(timeline.events.iter().all(|event| shown(event) || event.importance <= least));
}

#[test]
fn the_search_index_finds_an_event_by_its_words() {
    let timeline = many::timeline(1200);
    let files = rendered(&config(None), &timeline);
    let json = |path: &str| -> Json { serde_json::from_slice(&files[path]).unwrap() };
    let index = json("search/index.json");
    assert_eq!((&index["version"], &index["events"]), (&Json::from(2), &Json::from(1200)));
    let rows = index["rows"].as_u64().unwrap() as usize;
    let shards = index["shards"].as_u64().unwrap();
    let common: Vec<&str> = index["common"].as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
    assert!(common.contains(&"opened") && !common.contains(&"tram"), "{common:?}");
    let events = |steps: &Json| -> BTreeSet<u64> {
        let steps = steps.as_array().unwrap().iter().map(|step| step.as_u64().unwrap());
        steps
            .scan(0, |at, step| {
                *at += step;
                Some(*at)
            })
            .collect()
    };
    let found = |word: &str| -> BTreeSet<u64> {
        let fold = |hash: u64, byte: u8| ((hash ^ u64::from(byte)) * 16_777_619) & 0xFFFF_FFFF;
        let shard = word.bytes().take(2).fold(2_166_136_261, fold) % shards;
        let words = json(&format!("search/words/{shard}.json"));
        assert!(words.get(word).is_some(), "{word} is not in shard {shard}");
        events(&words[word])
    };
    let both: Vec<u64> = found("tram").intersection(&found("1000")).copied().collect();
    assert_eq!(both.len(), 1, "one event has this number");
    let at = both[0] as usize;
    assert!(timeline.events[at].title.contains("the tram depot number 1000"));
    let row = &json(&format!("search/rows/{}.json", at / rows))[at % rows];
    assert_eq!(row[0], format!("events/{}/index.html", timeline.events[at].id));
    assert_eq!(row[1], timeline.events[at].title);
    assert!(!found("arzteblatt").is_empty(), "an outlet is found without its marks");
    let at = common.iter().position(|word| *word == "opened").unwrap();
    let opened = events(&json(&format!("search/common/{at}.json")));
    let told = |i: &usize| timeline.events[*i].title.contains("opened");
    assert!((0..1200).filter(told).all(|i| opened.contains(&(i as u64))));
    for key in ["precision", "status", "sources", "disagree"] {
        assert_eq!(json(&format!("search/facets/{key}.json")).as_str().unwrap().len(), 1200, "{key}");
    }
    for (list, key) in [("outlets", "outlet"), ("names", "name")] {
        let pack = index["pack"][key].as_u64().unwrap() as usize;
        for (i, one) in index[list].as_array().unwrap().iter().enumerate() {
            let own = events(&json(&format!("search/{list}/{}.json", i / pack))[i % pack]);
            assert_eq!(own.len() as u64, one[1].as_u64().unwrap(), "{one}");
        }
    }
    let small = rendered(&config(None), &harbour::timeline());
    assert!(!small.keys().any(|path| path.starts_with("search/")), "a timeline on one page needs none");
}

/// The terms of schema.org that pages use, with the types that have them.
const TERMS: &[(&str, &[&str])] = &[
    ("CollectionPage", &["name", "description", "inLanguage", "url", "temporalCoverage"]),
    ("WebPage", &["name", "inLanguage", "url", "temporalCoverage", "mainEntity"]),
    ("Event", &["name", "startDate", "endDate", "eventStatus", "subjectOf"]),
    (
        "NewsArticle",
        &[
            "headline",
            "url",
            "datePublished",
            "dateModified",
            "publisher",
            "author",
            "inLanguage",
            "keywords",
            "mainEntityOfPage",
        ],
    ),
    (
        "CreativeWork",
        &["headline", "url", "datePublished", "publisher", "author", "inLanguage", "keywords", "mainEntityOfPage"],
    ),
    ("Organization", &["name"]),
    ("Person", &["name"]),
];

fn check_terms(data: &Json, path: &str) {
    match data {
        Json::Array(all) => all.iter().for_each(|one| check_terms(one, path)),
        Json::Object(fields) => {
            let kind = fields["@type"].as_str().unwrap();
            let (_, known) = TERMS.iter().find(|(name, _)| *name == kind).unwrap_or_else(|| panic!("{path}: {kind}"));
            for (key, value) in fields.iter().filter(|(key, _)| !key.starts_with('@')) {
                assert!(known.contains(&key.as_str()), "{path}: {kind} has no {key}");
                check_terms(value, path);
            }
        }
        _ => {}
    }
}

fn data(html: &str) -> Option<Json> {
    let block = html.split_once("<script type=\"application/ld+json\">")?.1.split_once("</script>")?.0;
    Some(serde_json::from_str(block).unwrap_or_else(|e| panic!("{e}: {block}")))
}

#[test]
fn pages_carry_data_in_terms_of_schema_org() {
    let files = rendered(&config(Some(BASE)), &harbour::timeline());
    let mut seen = 0;
    for (path, text) in html(&files) {
        if let Some(data) = data(text) {
            assert_eq!(data["@context"], "https://schema.org");
            check_terms(&data, path);
            seen += 1;
        }
        assert_eq!(text.matches("<script").count(), text.matches("</script>").count(), "{path}");
    }
    assert!(seen >= 8);
    let fell = data(page(&files, "events/fell/index.html")).unwrap();
    assert_eq!(fell["temporalCoverage"], "2021-03-08/2021-03-09");
    assert_eq!(fell["mainEntity"]["@type"], "Event");
    assert_eq!(fell["mainEntity"]["startDate"], Json::Null, "sources disagree on it");
    // Nothing that it leaves open turns what a reader of the data puts behind it.
    let closed = format!("{}\u{202C}", harbour::HOSTILE);
    assert_eq!(fell["mainEntity"]["subjectOf"][0]["headline"], closed);
    assert_eq!(fell["mainEntity"]["subjectOf"][0]["datePublished"], "2021-03-10");
    assert_eq!(fell["mainEntity"]["subjectOf"][1]["datePublished"], Json::Null, "it was worked out, not stated");
    let order = data(page(&files, "events/order/index.html")).unwrap();
    assert_eq!(order["mainEntity"]["eventStatus"], "https://schema.org/EventScheduled");
    assert_eq!(order["mainEntity"]["startDate"], "2022-05");
    // What is known but roughly is told in words, which no one reads as two days.
    let mut rough = harbour::timeline();
    rough.events.iter_mut().find(|event| event.id == "order").unwrap().date = "2022-05~".parse().unwrap();
    let order = data(page(&rendered(&config(Some(BASE)), &rough), "events/order/index.html")).unwrap();
    assert_eq!(order["temporalCoverage"], "about May 2022");
    assert_eq!(order["mainEntity"]["startDate"], Json::Null);
    for property in ["og:title", "og:url", "og:type", "og:image"] {
        assert!(page(&files, "events/fell/index.html").contains(&format!("property=\"{property}\"")), "{property}");
    }
    let image = page(&files, "index.html").split("og:image\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(files.contains_key(image.strip_prefix(BASE).unwrap()), "{image}");
    let without = rendered(&config(None), &harbour::timeline());
    assert!(!page(&without, "index.html").contains("og:image"), "an address that is no address helps nobody");
}

#[test]
fn hostile_text_is_text_on_every_page_and_leads_no_file_astray() {
    let mut timeline = harbour::timeline();
    let evil = [
        "</script><script>alert(1)</script>",
        "\"onmouseover=\"alert(1)",
        "]]>",
        "../../etc/passwd",
        "\u{202E}gnp.exe",
        "🚢",
    ];
    for (i, event) in timeline.events.iter_mut().enumerate() {
        event.title = format!("{} {}", evil[i % evil.len()], "w".repeat(10_000));
    }
    for mention in &mut timeline.mentions {
        mention.names = evil.iter().map(|&name| name.to_owned()).collect();
    }
    for (article, name) in timeline.articles.iter_mut().zip(evil) {
        article.tags = evil.iter().map(|&name| name.to_owned()).collect();
        article.publisher = Some(Stated { value: format!("CON {name}"), basis: TextBasis::Header });
        article.authors = vec![name.to_owned()];
        article.url = Some(format!("javascript:{name}"));
    }
    let config = Config { title: evil[0].to_owned(), description: evil[1].to_owned(), ..config(Some(BASE)) };
    let files = rendered(&config, &timeline);
    assert_eq!(links::foreign(&files), Vec::<String>::new());
    assert_eq!(links::broken_in(&files), Vec::<String>::new());
    for (path, text) in html(&files) {
        let (before, rest) = text.split_once("<script type=\"application/ld+json\">").unwrap_or((text, ""));
        let behind = rest.split_once("</script>").map_or("", |(_, behind)| behind);
        let text = format!("{before}{behind}");
        for bad in ["<script>", "alert(1)</script>", "\"onmouseover", "href=\"javascript:"] {
            assert!(!text.contains(bad), "{path} has {bad}");
        }
        assert!(!rest.split("</script>").next().unwrap().contains(['<', '>', '\u{202E}']), "{path}");
    }
    assert!(page(&files, "names/index.html").contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
    for path in files.keys() {
        assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")) && path.is_ascii(), "{path}");
        assert!(path.split('/').all(|part| part.len() < 100), "{path}");
    }
}

#[test]
fn every_word_of_a_french_site_is_french() {
    let (english, french) = (interface("en"), interface("fr"));
    let config = Config { language: "fr".to_owned(), ..config(Some(BASE)) };
    for timeline in [harbour::timeline(), many::timeline(700)] {
        let files = rendered(&config, &timeline);
        for (path, text) in html(&files) {
            for (key, said) in
                english.labels.iter().filter(|(key, said)| said.contains(' ') && french.label(key) != *said)
            {
                assert!(
                    !text.contains(&format!(">{said}<")) && !text.contains(&format!("\"{said}\"")),
                    "{path}: {key}"
                );
            }
            assert!(text.contains("lang=\"fr\""), "{path}");
        }
        assert!(page(&files, "index.html").contains(">Chronologie</a>"));
    }
    let files = rendered(&config, &harbour::timeline());
    let fell = page(&files, "events/fell/index.html");
    for said in
        ["8 ou 9 mars 2021", "les sources divergent", "L’article a été publié le mercredi 10 mars 2021", "depuis 1904"]
    {
        let found = fell.contains(said) || page(&files, "index.html").contains(said);
        assert!(found, "`{said}` is not in\n{fell}");
    }
}

#[test]
fn what_could_not_be_dated_is_told_with_its_reason() {
    let files = rendered(&config(None), &harbour::timeline());
    let told = page(&files, "not-dated/index.html");
    assert!(told.contains("No day, no outlet"), "{told}");
    assert!(
        told.contains("It closed <mark><a href=\"../articles/undated/index.html#t0\">on Friday</a></mark>."),
        "{told}"
    );
    assert!(told.contains("publication date is not known"), "{told}");
    assert!(!told.contains("three days"), "a length of time is no date that was missed");
}

#[test]
fn an_article_has_its_dates_in_the_margin_and_a_timeline_of_its_own() {
    let files = rendered(&config(None), &harbour::timeline());
    let article = page(&files, "articles/crane-falls/index.html");
    assert!(article.contains("<li class=\"told\"><a href=\"#d0\"><time datetime=\"2021-03-08\""), "{article}");
    let small = article.split_once("<section class=\"small\"").unwrap().1;
    let places: Vec<_> = ["events/lifted/", "events/fell/", "events/order/"].map(|id| small.find(id).unwrap()).to_vec();
    assert!(places.is_sorted(), "the events of the article come in order of time");
}

#[test]
fn whoever_has_the_address_of_an_event_that_was_merged_is_led_on() {
    let mut timeline = harbour::timeline();
    let merged = Corrected { what: Change::Merge, reason: None, was: None, id: Some("oldid".to_owned()) };
    let same = Corrected { id: Some("red".to_owned()), ..merged.clone() };
    let edit = Edit { corrected: vec![merged, same], ..Edit::default() };
    timeline.edits.insert("fell".to_owned(), edit);
    let files = rendered(&config(Some(BASE)), &timeline);
    let gone = page(&files, "events/oldid/index.html");
    assert!(gone.contains("href=\"../../events/fell/index.html\"") && gone.contains("noindex"), "{gone}");
    assert!(!page(&files, "events/red/index.html").contains("noindex"), "an event that is there keeps its page");
    assert!(!page(&files, "sitemap.xml").contains("oldid"));
}

#[test]
fn the_configuration_gives_colours_a_logo_and_a_picture() {
    let raw = |path: &str, text: &str| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let text = "base_url: https://me.example/t/\npicture: big.png\ntheme:\n  logo: my logo.svg\n  colors: {accent: \"#905\"}\n";
    let (config, found) = Config::read(Some(&raw("dateline.yaml", text)));
    assert_eq!(found, []);
    let statics = [raw("static/my logo.svg", "<svg/>"), raw("static/big.png", "x")];
    let (files, found) = dateline::pipeline::site(&config, &harbour::timeline(), &[], &statics).unwrap();
    assert_eq!(found, []);
    let files: Files = files.into_iter().map(|OutputFile { path, bytes }| (path, bytes)).collect();
    let event = page(&files, "events/fell/index.html");
    let logo = files.keys().find(|path| path.starts_with("assets/my logo.") && path.ends_with(".svg")).unwrap();
    assert_eq!(files[logo], b"<svg/>", "its name changes with its bytes");
    let src = format!("<img class=\"logo\" src=\"../../{}\" alt=\"\">", logo.replace(' ', "%20"));
    assert!(event.contains(&src), "{event}");
    assert!(event.contains("og:image\" content=\"https://me.example/t/big.png\""));
    assert!(files.iter().any(|(path, css)| path.starts_with("assets/theme.") && css.starts_with(b"@media screen")));
    assert_eq!(links::broken_in(&files), Vec::<String>::new());
    let (files, found) = dateline::pipeline::site(&config, &harbour::timeline(), &[], &[]).unwrap();
    assert_eq!(found.iter().map(|d| d.kind.as_str()).collect::<Vec<_>>(), ["missing-static", "missing-static"]);
    let files: Files = files.into_iter().map(|OutputFile { path, bytes }| (path, bytes)).collect();
    assert!(!page(&files, "index.html").contains("<img"), "no picture that is not there");
}

/// Weighs the pages of built sites: `DATELINE_SITES=out1:out2 cargo test pages:: -- --ignored`.
#[test]
#[ignore = "needs sites that were built of large corpora"]
fn built_sites_keep_the_limits_on_every_page() {
    let sites = std::env::var("DATELINE_SITES").expect("DATELINE_SITES names folders of built sites");
    for folder in sites.split(':') {
        let mut files = Files::new();
        for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file()) {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.ends_with(".html") {
                files.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
        let largest = html(&files).map(|(path, text)| (packed(text.as_bytes()), path)).max();
        println!("{folder}: {} pages, the heaviest {largest:?}", files.len());
        assert_eq!(heavy(&files), Vec::<String>::new());
    }
}
