//! A large timeline made by rule: years, months, outlets, names and tags in plenty.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use dateline::model::*;

const FIRST: &[&str] = &["Ada", "Bo", "Cem", "Dora", "Elif", "Finn", "Gro", "Hana", "Ilse", "Jun", "Kai", "Lou", "Mia"];
const LAST: &[&str] = &["Arden", "Birk", "Calder", "Dahl", "Ekman", "Foss", "Garde", "Holt", "Iver", "Juhl", "Krag"];
const WHAT: &[&str] = &["the ferry pier", "a school", "the north bridge", "a clinic", "the tram depot", "a reservoir"];
const OUTLETS: &[&str] = &["Northern Post", "Valley Courier & Co", "The Echo", "Ärzteblatt", "northern post"];
const TAGS: &[&str] = &["Town", "water", "C++", "C#", "c"];

/// Gives when the event of a number happened: most in one year, and a month of that holds hundreds.
fn date(i: usize) -> String {
    match i % 10 {
        0 => format!("{}", 1950 + i / 10 % 60),
        1 => format!("{}-{:02}-{:02}", 1950 + i / 10 % 60, 1 + i % 12, 1 + i % 28),
        2 => "198X".to_owned(),
        3..=6 => format!("2004-03-{:02}", 1 + i % 31),
        _ => format!("2004-{:02}-{:02}~", 1 + i % 12, 1 + i % 28),
    }
}

fn name(i: usize) -> String {
    format!("{} {}", FIRST[i % FIRST.len()], LAST[i / FIRST.len() % LAST.len()])
}

/// Makes a timeline of so many events, four to an article.
pub fn timeline(events: usize) -> Timeline {
    let mut timeline = Timeline::default();
    for i in 0..events {
        let a = i / 4;
        if i % 4 == 0 {
            timeline.articles.push(article(a));
            timeline.resolved.push(Vec::new());
        }
        let article = timeline.articles.last_mut().unwrap();
        if !article.text.is_empty() {
            article.text.push(' ');
        }
        let (edtf, start) = (date(i), article.text.len());
        article.text.push_str(&format!("On {edtf} {} opened {} number {i}.", name(i * 7), WHAT[i % WHAT.len()]));
        let range = start..article.text.len();
        article.sentences.push(Sentence { block: 0, range: range.clone() });
        article.blocks = vec![Block { range: 0..range.end, kind: BlockKind::Paragraph, inlines: Vec::new() }];
        let words = start + 3..start + 3 + edtf.len();
        let date: Edtf = edtf.parse().unwrap();
        timeline.resolved.last_mut().unwrap().push(Resolved {
            timex: Timex {
                range: words.clone(),
                lead: None,
                class: TimexClass::Date,
                meaning: Meaning::Present,
                modifier: None,
                outlook: None,
                rule: RuleId(0),
            },
            value: String::new(),
            date: Some(date.clone()),
            anchor: Anchor::Explicit,
            choice: Choice::AsStated,
        });
        timeline.mentions.push(Mention {
            id: format!("ev{i}"),
            article: a,
            sentence: i % 4,
            quote: range.clone(),
            clause: range,
            expression: words,
            continued: Vec::new(),
            date: date.clone(),
            anchor: Anchor::Explicit,
            choice: Choice::AsStated,
            rule: RuleId(0),
            title: format!("{} opened {} number {i}", name(i * 7), WHAT[i % WHAT.len()]),
            status: Status::Happened,
            names: vec![name(i * 7), format!("{} {}", LAST[i % LAST.len()], i % 40)],
        });
        let mention = &timeline.mentions[i];
        timeline.events.push(Event {
            copies: Vec::new(),
            id: mention.id.clone(),
            date,
            title: mention.title.clone(),
            status: mention.status,
            mentions: vec![i],
            links: Vec::new(),
            disagreement: None,
            importance: ((i * 7919) % 1000) as f64 / 100.0,
        });
    }
    timeline.events.sort_by(Event::order);
    timeline
}

fn article(i: usize) -> Article {
    Article {
        id: format!("article-{i}"),
        path: format!("content/article-{i}.md"),
        title: Stated { value: format!("Council news, part {i}"), basis: TextBasis::FrontMatter },
        publisher: Some(Stated { value: OUTLETS[i % OUTLETS.len()].to_owned(), basis: TextBasis::FrontMatter }),
        published: Some(Published {
            date: format!("2005-{:02}-{:02}", 1 + i % 12, 1 + i % 28).parse().unwrap(),
            basis: DateBasis::FrontMatter,
            evidence: String::new(),
        }),
        updated: None,
        url: Some(format!("https://news.example/{i}")),
        authors: Vec::new(),
        tags: vec![TAGS[i % TAGS.len()].to_owned(), "all".to_owned()],
        language: "en".to_owned(),
        domain: None,
        event: None,
        text: String::new(),
        blocks: Vec::new(),
        sentences: Vec::new(),
        source_map: vec![(0, 0)],
        line_starts: vec![0],
    }
}
