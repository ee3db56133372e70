//! Pages of what is hard to show: text that turns its surroundings, one voice told twice, very much of one thing.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail

use crate::common::harbour;
use crate::common::links;
use crate::common::many;

use dateline::config::{Config, Direction};
use dateline::model::*;
use dateline::render::{self, Theme};
use links::Files;
use std::collections::BTreeSet;
use std::io::Write;

fn rendered(config: &Config, timeline: &Timeline) -> Files {
    let theme = Theme::new(&[], &[]).unwrap();
    let files = render::site(config, timeline, &theme).unwrap();
    files.into_iter().map(|OutputFile { path, bytes }| (path, bytes)).collect()
}

#[track_caller]
fn page<'f>(files: &'f Files, path: &str) -> &'f str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

fn packed(bytes: &[u8]) -> usize {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap().len()
}

/// Lists the pages that weigh more than 100 kB packed.
fn heavy(files: &Files) -> Vec<String> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.filter(|(_, html)| packed(html) > 100_000).map(|(path, html)| format!("{path}: {}", packed(html))).collect()
}

/// Gives the first stretch of text or value of an attribute whose controls of direction do not end within it.
fn turned(html: &str) -> Option<&str> {
    let open = |stretch: &&str| {
        let mut open: Vec<char> = Vec::new();
        for c in stretch.chars() {
            match c {
                '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push('\u{202C}'),
                '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
                '\u{202C}' | '\u{2069}' if open.pop() != Some(c) => return true,
                _ => {}
            }
        }
        !open.is_empty()
    };
    html.split(['<', '>', '"']).find(open)
}

#[test]
fn no_text_turns_what_stands_around_it() {
    let mut timeline = harbour::timeline();
    let evil = ["\u{202E}drawkcab", "\u{2067}open \u{202D}twice", "stray\u{202C} end\u{2069}", "עיתון הארץ"];
    for (i, event) in timeline.events.iter_mut().enumerate() {
        event.title = evil[i % 4].to_owned();
    }
    for mention in &mut timeline.mentions {
        mention.names = evil.iter().map(|&name| name.to_owned()).collect();
    }
    for (i, article) in timeline.articles.iter_mut().enumerate() {
        article.tags = vec![evil[i % 4].to_owned()];
        article.title.value = evil[(i + 1) % 4].to_owned();
        article.publisher = Some(Stated { value: evil[i % 4].to_owned(), basis: TextBasis::Header });
        article.authors = evil.iter().map(|&name| name.to_owned()).collect();
    }
    let config = Config { title: evil[0].to_owned(), description: evil[1].to_owned(), ..Config::default() };
    let files = rendered(&config, &timeline);
    let mut seen = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert_eq!(turned(html), None, "{path}");
        seen += html.matches('\u{202E}').count();
    }
    assert!(seen > 20, "the characters themselves are kept");
    // What a filter is asked for is what the entries carry.
    let index = page(&files, "index.html");
    let option = index.split("<option value=\"\u{202E}").nth(1).unwrap().split('"').next().unwrap();
    let carried = index.split("data-outlets=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let lines: BTreeSet<&str> = carried.flat_map(str::lines).collect();
    assert!(lines.contains(format!("\u{202E}{option}").as_str()), "{lines:?} {option}");
    // Within a sentence of ours a name is set apart.
    let summary = page(&files, "events/fell/index.html").split("<h2 class=\"label\">").nth(1).unwrap();
    assert!(
        summary.starts_with(
            "two sources: \u{2068}\u{202E}drawkcab\u{202C}\u{2069} and \u{2068}\u{2067}open \u{202D}twice\u{202C}\u{2069}\u{2069}"
        ),
        "{summary:.200}"
    );
}

#[test]
fn an_outlet_that_repeats_the_words_of_another_is_no_source_of_its_own() {
    let mut timeline = harbour::timeline();
    let before = rendered(&Config::default(), &timeline);
    assert!(
        page(&before, "events/fell/index.html").contains("two sources: Northern Post and Valley Courier &amp; Co<")
    );
    timeline.events[2].copies = vec![3];
    timeline.events[2].disagreement = None;
    let files = rendered(&Config::default(), &timeline);
    let said = "one source: Northern Post; in the same words also Valley Courier &amp; Co";
    assert!(page(&files, "events/fell/index.html").contains(said));
    let index = page(&files, "index.html");
    let entry = index.split("id=\"e-fell\"").nth(1).unwrap();
    assert!(entry.contains(said) && entry.split('>').next().unwrap().contains("data-sources=\"1\""), "{entry:.300}");
    assert!(!index.contains("two sources or more"), "the filter counts as the entries do");
    let class = index.split(" id=\"e-fell\"").next().unwrap().rsplit("class=\"").next().unwrap();
    assert!(!class.contains("shared"), "{class}");
    assert!(page(&files, "sources/valley-courier-co/dated/index.html").contains("id=\"e-fell\""), "it still told it");
}

#[test]
fn an_event_with_thousands_of_sources_is_told_on_light_pages() {
    let mut timeline = harbour::timeline();
    let (post, name) = (timeline.articles[0].clone(), |i: usize| format!("Paper of Place {i}"));
    for i in 0..3000 {
        let mut article = post.clone();
        article.id = format!("copy-{i}");
        article.publisher = Some(Stated { value: name(i), basis: TextBasis::Header });
        let mention = Mention { article: timeline.articles.len(), ..timeline.mentions[0].clone() };
        timeline.events[2].mentions.push(timeline.mentions.len());
        timeline.articles.push(article);
        timeline.resolved.push(timeline.resolved[0].clone());
        timeline.mentions.push(mention);
    }
    let files = rendered(&Config::default(), &timeline);
    assert_eq!(heavy(&files), Vec::<String>::new());
    assert_eq!(links::broken_in(&files), Vec::<String>::new());
    let first = page(&files, "events/fell/index.html");
    assert!(first.contains("3,002 sources: Northern Post, ") && first.contains("and 2,994 others"), "{first:.3000}");
    let own = files.keys().filter(|path| path.starts_with("events/fell/"));
    let told: usize = own.map(|path| page(&files, path).matches("<li class=\"source\">").count()).sum();
    assert_eq!(told, 3002, "every source stands on one of its pages");
    assert!(first.contains("href=\"../../events/fell/_2/index.html\""));
}

#[test]
fn a_very_long_article_stands_on_several_pages_and_every_link_finds_its_sentence() {
    let mut timeline = harbour::timeline();
    let mut words = Vec::new();
    for i in 0..9000 {
        let article = &mut timeline.articles[0];
        article.text.push_str("\n\n");
        let start = article.text.len();
        article.text.push_str(&format!("Report {i} of {} says that the quay was mended.", i * 7919 % 10_007));
        let range = start..article.text.len();
        article.sentences.push(Sentence { block: article.blocks.len(), range: range.clone() });
        article.blocks.push(Block { range: range.clone(), kind: BlockKind::Paragraph, inlines: Vec::new() });
        words.push(range);
    }
    let last = words.len() - 1;
    let sentence = timeline.articles[0].sentences.len() - 1;
    let article = timeline.articles[0].clone();
    let at = words[last].start;
    let mention = Mention {
        id: "late".to_owned(),
        sentence,
        quote: words[last].clone(),
        clause: words[last].clone(),
        expression: at..at + 6,
        ..timeline.mentions[1].clone()
    };
    timeline.events[0].mentions.push(timeline.mentions.len());
    timeline.mentions.push(mention);
    let mut late = timeline.resolved[0][1].clone();
    late.timex.range = at..at + 6;
    late.timex.lead = None;
    timeline.resolved[0].push(late);
    let files = rendered(&Config::default(), &timeline);
    assert_eq!(heavy(&files), Vec::<String>::new());
    assert_eq!(links::broken_in(&files), Vec::<String>::new());
    let own: Vec<&str> =
        files.keys().filter(|p| p.starts_with(&format!("articles/{}/", article.id))).map(|p| page(&files, p)).collect();
    assert!(own.len() > 4, "{}", own.len());
    let ids = own.iter().flat_map(|html| html.split(" id=\"s").skip(1));
    let ids: Vec<usize> = ids.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
    assert_eq!(ids.len(), article.sentences.len(), "each sentence stands on one page");
    assert_eq!(ids.into_iter().collect::<BTreeSet<usize>>().len(), article.sentences.len());
    // The evidence leads to the page on which the sentence stands, and that page tells its dates.
    let event = page(&files, "events/lifted/index.html");
    let link = format!("articles/{}/_{}/index.html#s{sentence}", article.id, own.len());
    assert!(event.contains(&link), "{link}");
    let end = page(&files, link.split('#').next().unwrap());
    assert!(end.contains("<div id=\"d4\">") && end.contains("id=\"t4\"") && !end.contains("id=\"d0\""));
    assert!(end.contains("<title>") && end.contains(&format!("part {}", own.len())));
}

#[test]
fn the_first_page_of_a_large_timeline_shows_as_many_as_may_stand_there_and_no_bare_heading() {
    let timeline = many::timeline(1800);
    let files = rendered(&Config::default(), &timeline);
    let index = page(&files, "index.html");
    assert!(index.matches(" id=\"e-").count() >= 250, "{}", index.matches(" id=\"e-").count());
    assert!(index.len() < 330_000, "{}", index.len());
    for year in index.split("<section class=\"year\"").skip(1) {
        let year = year.split("</section>\n</div>").next().unwrap();
        assert!(year.contains("<li class=\"event"), "a heading with nothing below it: {year:.300}");
    }
    assert!(index.contains("1,800 events"), "numbers are written as the language does");
    // A year of which nothing is shown is a link with its count.
    let weak: Timeline = {
        let mut timeline = many::timeline(1800);
        for event in &mut timeline.events {
            event.importance = if event.date.to_string().starts_with("19") { 0.1 } else { 1.0 };
        }
        timeline
    };
    let files = rendered(&Config::default(), &weak);
    let index = page(&files, "index.html");
    let passed = index.split("<ul class=\"silence passed").nth(1).unwrap();
    assert!(passed.contains("<li id=\"y1950\"><a href=\"1950/index.html\">1950 <span class=\"n\">"), "{passed:.400}");
    assert_eq!(links::broken_in(&files), Vec::<String>::new());
}

#[test]
fn what_the_histogram_leaves_out_is_counted_below_it() {
    let files = rendered(&Config::default(), &many::timeline(400));
    let density =
        page(&files, "index.html").split("<nav class=\"density").nth(1).unwrap().split("</nav>").next().unwrap();
    assert!(density.contains("events are not drawn here"), "{density}");
    assert_eq!(density.matches("<svg").count(), 2, "one with fewer bars for narrow pages");
    let few = density.rsplit("<svg").next().unwrap();
    assert!(few.matches("class=\"hit\"").count() <= 12);
}

#[test]
fn a_language_from_the_right_mirrors_the_page_and_a_setting_overrules_it() {
    let timeline = harbour::timeline();
    let start = |config: &Config| {
        let html = page(&rendered(config, &timeline), "events/fell/index.html").to_owned();
        html.split_once("<html").unwrap().1.split_once('>').unwrap().0.to_owned()
    };
    let of = |language: &str| Config { language: language.to_owned(), ..Config::default() };
    assert_eq!(start(&of("ar")), " lang=\"ar\" dir=\"rtl\"");
    assert_eq!(start(&of("en")), " lang=\"en\"");
    assert_eq!(start(&Config { direction: Some(Direction::Rtl), ..of("en") }), " lang=\"en\" dir=\"rtl\"");
    assert_eq!(start(&Config { direction: Some(Direction::Ltr), ..of("ar") }), " lang=\"ar\" dir=\"ltr\"");
}

#[test]
fn a_site_without_outlets_says_so_and_a_long_headline_is_short_where_it_only_leads() {
    let mut timeline = harbour::timeline();
    for article in &mut timeline.articles {
        article.publisher = None;
    }
    let long = format!("{} end", "long headline ".repeat(700));
    timeline.events[2].title.clone_from(&long);
    let files = rendered(&Config::default(), &timeline);
    assert!(page(&files, "sources/index.html").contains("No article states its outlet yet."));
    let event = page(&files, "events/fell/index.html");
    let title = event.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(title.len() < 260 && title.contains("headline… ·"), "{title}");
    assert!(event.contains(&format!("<h1 dir=\"auto\">{long}</h1>")), "the page itself has it whole");
    assert!(!page(&files, "events/order/index.html").contains(&long));
}
