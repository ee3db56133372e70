//! A small timeline made by hand: two outlets, one crane, and text that wants to break the page.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use chrono::Weekday;
use dateline::model::*;
use std::ops::Range;

/// Names that try to be markup.
pub const HOSTILE: &str = "\"><script>alert(1)</script> ]]> ' & \u{202E}drawkcab";

/// Gives where words stand in an article.
fn at(article: &Article, words: &str) -> Range<usize> {
    let start = article.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in {}", article.id));
    start..start + words.len()
}

fn article(id: &str, title: &str, publisher: Option<&str>, blocks: &[(BlockKind, &[&str])]) -> Article {
    let (mut text, mut all, mut sentences) = (String::new(), Vec::new(), Vec::new());
    for (i, (kind, said)) in blocks.iter().enumerate() {
        if i > 0 {
            text.push_str("\n\n");
        }
        let start = text.len();
        for (j, sentence) in said.iter().enumerate() {
            if j > 0 {
                text.push(' ');
            }
            sentences.push(Sentence { block: i, range: text.len()..text.len() + sentence.len() });
            text.push_str(sentence);
        }
        all.push(Block { range: start..text.len(), kind: *kind, inlines: Vec::new() });
    }
    Article {
        id: id.to_owned(),
        path: format!("content/{id}.md"),
        title: Stated { value: title.to_owned(), basis: TextBasis::FrontMatter },
        publisher: publisher.map(|p| Stated { value: p.to_owned(), basis: TextBasis::FrontMatter }),
        published: None,
        updated: None,
        url: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: "en".to_owned(),
        domain: None,
        event: None,
        text,
        blocks: all,
        sentences,
        source_map: vec![(0, 0)],
        line_starts: vec![0],
    }
}

fn published(date: &str, basis: DateBasis, evidence: &str) -> Option<Published> {
    Some(Published { date: date.parse().unwrap(), basis, evidence: evidence.to_owned() })
}

/// Makes a resolved expression; `lead` is the word before it with what it says.
fn resolved(
    article: &Article,
    words: &str,
    lead: Option<(&str, LeadKind)>,
    meaning: Meaning,
    date: Option<&str>,
    anchor: Anchor,
    choice: Choice,
) -> Resolved {
    let whole = at(article, words);
    let lead = lead.map(|(word, kind)| Lead { range: whole.start..whole.start + word.len(), kind });
    let start = lead.as_ref().map_or(whole.start, |lead| lead.range.end + 1);
    let class = match meaning {
        Meaning::Duration(_) => TimexClass::Duration,
        _ => TimexClass::Date,
    };
    Resolved {
        timex: Timex { range: start..whole.end, lead, class, meaning, modifier: None, outlook: None, rule: RuleId(0) },
        value: String::new(),
        date: date.map(|date| date.parse().unwrap()),
        anchor,
        choice,
    }
}

fn mention(id: &str, index: usize, article: &Article, sentence: usize, from: &Resolved, title: &str) -> Mention {
    let quote = article.sentences[sentence].range.clone();
    Mention {
        id: id.to_owned(),
        article: index,
        sentence,
        clause: quote.clone(),
        quote,
        expression: from.timex.marked(),
        continued: Vec::new(),
        date: from.date.clone().unwrap(),
        anchor: from.anchor.clone(),
        choice: from.choice,
        rule: RuleId(0),
        title: title.to_owned(),
        status: Status::Happened,
        names: vec!["Ines Holt".to_owned()],
    }
}

fn event(mentions: &[usize], of: &Mention) -> Event {
    Event {
        copies: Vec::new(),
        id: of.id.clone(),
        date: of.date.clone(),
        title: of.title.clone(),
        status: of.status,
        mentions: mentions.to_vec(),
        links: Vec::new(),
        disagreement: None,
        importance: 1.0,
    }
}

/// Gives the timeline.
pub fn timeline() -> Timeline {
    use BlockKind::*;
    let word = "w".repeat(10_000);
    let hostile = format!("{HOSTILE} stood there 🚢.");
    let table = "Year\tShips <b>".to_owned();
    let mut post = article(
        "crane-falls",
        HOSTILE,
        Some("Northern Post"),
        &[
            (
                Paragraph,
                &[
                    "The harbour's oldest crane fell on Monday.",
                    "It had lifted ships since 1904, with, as they say, well-known grace & no accident in all the long years in which it served the town.",
                ],
            ),
            (Heading(1), &["What comes next"]),
            (Paragraph, &[&hostile, "It took three days to clear."]),
            (ListItem, &["A new crane is ordered for May 2022."]),
            (ListItem, &["Nothing else."]),
            (Quote, &["We will miss it."]),
            (Code, &["<pre> of code"]),
            (TableRow, &[&table]),
            (TableRow, &["1904\t12"]),
            (Paragraph, &[&word]),
        ],
    );
    post.published = published("2021-03-10", DateBasis::Header, "Published: March 10, 2021");
    post.url = Some("https://north.example/news?a=1&b=2".to_owned());
    post.authors = vec!["Bo <Lee>".to_owned()];
    let link = |url: &str, range| Inline { range, kind: InlineKind::Link(url.to_owned()) };
    // Formatting that crosses sentences and dates, a link over a date, and a link that is none.
    let cross = at(&post, "fell on Mon").start..at(&post, "It had").end;
    post.blocks[0].inlines = vec![
        Inline { range: cross, kind: InlineKind::Strong },
        link("https://crane.example/?q=\"<", at(&post, "since 1904")),
        link("javascript:alert(1)", at(&post, "well-known")),
    ];
    let mut courier = article(
        "2021/courier é",
        "The crane is down",
        Some("Valley Courier & Co"),
        &[(
            Paragraph,
            &[
                "Mayor Ines Holt saw the crane fall last Tuesday.",
                "She wept.",
                "Before, in the 1980s, it was painted red.",
            ],
        )],
    );
    courier.id = "courier".to_owned();
    courier.published = published("2021-03-11/2021-03-12", DateBasis::Inferred, "It cites the Northern Post.");
    courier.url = Some("javascript:alert(1)".to_owned());
    let undated = article("undated", "No day, no outlet", None, &[(Paragraph, &["It closed on Friday."])]);

    let dct = Anchor::Published("2021-03-10".parse().unwrap());
    let weekday = |weekday| Meaning::Fields(Fields { weekday: Some(weekday), ..Fields::default() });
    let year = Meaning::Fields(Fields { year: Some(YearSaid::Full(1904)), ..Fields::default() });
    let inferred = Anchor::Published("2021-03-11/2021-03-12".parse().unwrap());
    let on = Some(("on", LeadKind::Within));
    let three_days = Meaning::Duration(vec![(Quantity::Milli(3000), Unit::Day)]);
    let first = vec![
        resolved(&post, "on Monday", on, weekday(Weekday::Mon), Some("2021-03-08"), dct, Choice::MostRecentWeekday),
        resolved(
            &post,
            "since 1904",
            Some(("since", LeadKind::Since)),
            year.clone(),
            Some("1904/.."),
            Anchor::Explicit,
            Choice::AsStated,
        ),
        resolved(&post, "three days", None, three_days, None, Anchor::Explicit, Choice::AsStated),
        resolved(&post, "May 2022", None, year.clone(), Some("2022-05"), Anchor::Explicit, Choice::AsStated),
    ];
    let second = vec![
        resolved(
            &courier,
            "last Tuesday",
            None,
            weekday(Weekday::Tue),
            Some("2021-03-09"),
            inferred,
            Choice::WeekdayBefore,
        ),
        resolved(
            &courier,
            "in the 1980s",
            Some(("in", LeadKind::Within)),
            Meaning::Decade(YearSaid::Full(1980)),
            Some("198X"),
            Anchor::Explicit,
            Choice::AsStated,
        ),
    ];
    let third = vec![resolved(&undated, "on Friday", on, weekday(Weekday::Fri), None, Anchor::Unknown, Choice::Open)];
    let mut mentions = vec![
        mention("fell", 0, &post, 0, &first[0], "The oldest crane fell"),
        mention("lifted", 0, &post, 1, &first[1], "It had lifted ships"),
        mention("order", 0, &post, 5, &first[3], "A new crane is ordered"),
        mention("saw", 1, &courier, 0, &second[0], "Mayor Ines Holt saw the crane fall"),
        mention("red", 1, &courier, 2, &second[1], HOSTILE),
    ];
    mentions[3].continued = vec![courier.sentences[1].range.clone()];
    mentions[2].status = Status::Planned;
    let mut fell = event(&[0, 3], &mentions[0]);
    fell.date = "[2021-03-08,2021-03-09]".parse().unwrap();
    fell.links = vec![Link { a: 3, b: 0, reasons: vec![LinkReason::SharedWords(vec!["crane".to_owned()])] }];
    let claim = |m: usize| Claim { date: mentions[m].date.clone(), mentions: vec![m] };
    fell.disagreement = Some(Disagreement { claims: vec![claim(0), claim(3)] });
    let events = vec![event(&[1], &mentions[1]), event(&[4], &mentions[4]), fell, event(&[2], &mentions[2])];
    Timeline {
        articles: vec![post, courier, undated],
        resolved: vec![first, second, third],
        mentions,
        events,
        ..Timeline::default()
    }
}
