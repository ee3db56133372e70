//! A timeline made by hand, as hostile as texts come, and what can be read off its pages.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may touch files and fail
#![allow(dead_code)] // each test uses its part

use dateline::config::Config;
use dateline::model::*;
use dateline::render::{self, Theme};
use std::collections::BTreeMap;
use std::ops::Range;

/// Right-to-left override: it would turn round whatever follows on the page.
pub const OVERRIDE: char = '\u{202e}';

/// Makes an article of blocks; every block is one sentence.
pub fn article(id: &str, title: &str, publisher: Option<&str>, blocks: &[(BlockKind, &str)]) -> Article {
    let (mut text, mut made, mut sentences) = (String::new(), Vec::new(), Vec::new());
    for (block, (kind, words)) in blocks.iter().enumerate() {
        if block > 0 {
            text.push_str("\n\n");
        }
        let range = text.len()..text.len() + words.len();
        text.push_str(words);
        sentences.push(Sentence {
            block,
            range: range.clone(),
        });
        made.push(Block {
            range,
            kind: *kind,
            inlines: Vec::new(),
        });
    }
    Article {
        id: id.to_owned(),
        path: format!("content/{id}.md"),
        title: Stated {
            value: title.to_owned(),
            basis: TextBasis::FrontMatter,
        },
        publisher: publisher.map(|p| Stated {
            value: p.to_owned(),
            basis: TextBasis::Header,
        }),
        published: None,
        updated: None,
        url: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: "en".to_owned(),
        event: None,
        text,
        blocks: made,
        sentences,
        source_map: vec![(0, 0)],
        line_starts: vec![0],
    }
}

/// Gives the article a publication day.
pub fn published(mut article: Article, date: &str, basis: DateBasis, evidence: &str) -> Article {
    article.published = Some(Published {
        date: date.parse().unwrap(),
        basis,
        evidence: evidence.to_owned(),
    });
    article
}

/// Finds words in an article.
pub fn at(article: &Article, words: &str) -> Range<usize> {
    let start = article.text.find(words).unwrap();
    start..start + words.len()
}

/// Makes a mention of the sentence that holds the words of a date.
pub fn mention(articles: &[Article], index: usize, id: &str, date: &str, words: &str) -> Mention {
    let article = &articles[index];
    let expression = at(article, words);
    let sentence = article
        .sentences
        .iter()
        .position(|s| s.range.end >= expression.end)
        .unwrap();
    let quote = article.sentences[sentence].range.clone();
    let (anchor, choice) = match &article.published {
        Some(p) if words.contains("week") => (Anchor::Published(p.date.clone()), Choice::UnitBefore),
        _ => (Anchor::Explicit, Choice::AsStated),
    };
    Mention {
        id: id.to_owned(),
        article: index,
        sentence,
        clause: quote.clone(),
        quote,
        expression,
        continued: Vec::new(),
        date: date.parse().unwrap(),
        anchor,
        choice,
        rule: RuleId(0),
        title: format!("Title of {id}"),
        status: Status::Happened,
        names: Vec::new(),
    }
}

/// Makes an event of mentions.
pub fn event(id: &str, date: &str, title: &str, mentions: &[usize]) -> Event {
    Event {
        id: id.to_owned(),
        date: date.parse().unwrap(),
        title: title.to_owned(),
        status: Status::Happened,
        mentions: mentions.to_vec(),
        links: Vec::new(),
        disagreement: None,
        importance: 1.0,
    }
}

/// A small timeline without tricks: two outlets that disagree, an open end, something planned.
pub fn calm() -> Timeline {
    use BlockKind::{Heading, Paragraph};
    let mut north = article(
        "bridge",
        "Old bridge closes",
        Some("Northern Post"),
        &[
            (Paragraph, "The bridge over the Arl closed last week."),
            (Heading(2), "What comes next"),
            (
                Paragraph,
                "It has carried trains since 1904, and repairs may begin around 12 April 2021.",
            ),
        ],
    );
    north.url = Some("https://north.example/bridge".to_owned());
    let range = at(&north, "bridge over the Arl");
    north.blocks[0].inlines.push(Inline {
        range,
        kind: InlineKind::Emphasis,
    });
    let north = published(north, "2021-03-15", DateBasis::FrontMatter, "2021-03-15");
    let valley = article(
        "trains",
        "Trains stop",
        Some("Valley Courier"),
        &[(Paragraph, "The old bridge was closed on 5 March 2021.")],
    );
    let valley = published(
        valley,
        "2021-03-14/2021-03-16",
        DateBasis::Inferred,
        "The day of Old bridge closes.",
    );
    let articles = vec![north, valley];
    let mut mentions = vec![
        mention(&articles, 0, "m1", "2021-03-08/2021-03-14", "last week"),
        mention(&articles, 0, "m2", "1904/..", "since 1904"),
        mention(&articles, 0, "m3", "2021-04-12~", "around 12 April 2021"),
        mention(&articles, 1, "m4", "2021-03-05", "on 5 March 2021"),
    ];
    mentions[2].status = Status::Planned;
    let claim = |date: &str, m: usize| Claim {
        date: date.parse().unwrap(),
        mentions: vec![m],
    };
    let mut closing = event("m1", "2021-03-05/2021-03-14", "The bridge over the Arl closed", &[0, 3]);
    closing.disagreement = Some(Disagreement {
        claims: vec![claim("2021-03-05", 3), claim("2021-03-08/2021-03-14", 0)],
    });
    let names = LinkReason::SharedNames(vec!["Arl".to_owned()]);
    let words = LinkReason::SharedWords(vec!["arl".to_owned(), "bridge".to_owned()]);
    closing.links = vec![Link {
        a: 0,
        b: 3,
        reasons: vec![names, words],
    }];
    let mut repairs = event("m3", "2021-04-12~", "Repairs may begin", &[2]);
    repairs.status = Status::Planned;
    let events = vec![event("m2", "1904/..", "It has carried trains", &[1]), closing, repairs];
    Timeline {
        resolved: vec![Vec::new(); articles.len()],
        articles,
        mentions,
        events,
    }
}

/// A timeline whose every text tries to be something else.
pub fn hostile() -> Timeline {
    use BlockKind::*;
    let word = "w".repeat(10_000);
    let evil = "<script>alert('1')</script>";
    let long = format!("{word} in 1987 & \"more\"");
    let turned = format!("{OVERRIDE}turned in 1988 🚢\u{0}\u{1b}[31m ]]> &amp; {evil}");
    let blocks = [
        (Heading(1), "A heading"),
        (Paragraph, turned.as_str()),
        (Paragraph, long.as_str()),
        (ListItem, "one in 1989"),
        (ListItem, "two"),
        (TableRow, "left in\t1990\tright"),
        (Quote, "said </blockquote> he"),
        (Code, "<b>code</b> 1991"),
        (Heading(6), "'\"><img src=x onerror=alert(1)>"),
    ];
    let mut first = article("evil", evil, Some("A & B \"News\" </title><script>"), &blocks);
    let bad_link = InlineKind::Link("javascript:alert(1)".to_owned());
    let good_link = InlineKind::Link("https://a.example/\"onclick=x".to_owned());
    let range = at(&first, "turned in 1988 🚢");
    let across = range.start + 3..range.end + 5;
    first.blocks[1].inlines = vec![
        Inline {
            range: range.clone(),
            kind: InlineKind::Emphasis,
        },
        Inline {
            range: range.clone(),
            kind: InlineKind::Emphasis,
        },
        Inline {
            range: across,
            kind: good_link,
        },
        Inline {
            range: range.start + 8..range.end + 2,
            kind: InlineKind::Strong,
        },
    ];
    let range = at(&first, "more");
    first.blocks[2].inlines = vec![Inline { range, kind: bad_link }];
    first.url = Some("https://a.example/x?a=1&b=\"2\"><script>#top".to_owned());
    first.authors = vec![evil.to_owned()];
    let first = published(first, "2021", DateBasis::Header, "Published: <i>2021</i>");
    let mut second = article(
        "none",
        "]]>",
        None,
        &[(Paragraph, "It began in 198 and ended in 1992.")],
    );
    second.url = Some("javascript:alert(document.cookie)".to_owned());
    let third = article(
        "stars",
        "Stars",
        Some("***"),
        &[(Paragraph, "Stars fell on 1 May 1992.")],
    );
    let fourth = article("marks", "Marks", Some("???"), &[(Paragraph, "")]);
    let articles = vec![first, second, third, fourth];
    let mut mentions = vec![
        mention(&articles, 0, "e1", "1988", "in 1988"),
        mention(&articles, 0, "e2", "1987", "in 1987"),
        mention(&articles, 0, "e3", "1989", "in 1989"),
        mention(&articles, 0, "e4", "1990", "in\t1990"),
        mention(&articles, 1, "e5", "198X", "in 198"),
        mention(&articles, 1, "e6", "../1992", "ended in 1992"),
        mention(&articles, 2, "e7", "1992-05-01", "on 1 May 1992"),
    ];
    // The sentence goes on with the date of an earlier one.
    mentions[2].expression = mentions[0].expression.clone();
    let quote = mentions[1].quote.clone();
    mentions[0].continued.push(quote);
    let mut joined = event("e1", "[1987,1988]", &format!("{evil}{OVERRIDE}"), &[0, 1]);
    let claim = |date: &str, m: usize| Claim {
        date: date.parse().unwrap(),
        mentions: vec![m],
    };
    joined.disagreement = Some(Disagreement {
        claims: vec![claim("1987", 1), claim("1988", 0)],
    });
    joined.status = Status::Denied;
    joined.links = vec![Link {
        a: 0,
        b: 1,
        reasons: vec![LinkReason::SharedPhrase(evil.to_owned()), LinkReason::SameWords],
    }];
    let events = vec![
        event("e5", "198X", "A decade", &[4]),
        joined,
        event("e3", "1989", "List", &[2]),
        event("e4", "1990", "Table", &[3]),
        event("e6", "../1992", "Open start", &[5]),
        event("e7", "1992-05-01", "Stars", &[6]),
    ];
    Timeline {
        resolved: vec![Vec::new(); articles.len()],
        articles,
        mentions,
        events,
    }
}

/// Makes the site of a timeline.
pub fn site(timeline: &Timeline, base_url: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let config = Config {
        title: "The Arl & its bridges".to_owned(),
        description: "What was told.".to_owned(),
        base_url: base_url.map(str::to_owned),
        language: "en".to_owned(),
    };
    let theme = Theme::new(&[], &[]).unwrap();
    let files = render::site(&config, timeline, &theme).unwrap();
    files.into_iter().map(|file| (file.path, file.bytes)).collect()
}

/// Gives the HTML pages of a site.
pub fn html(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// Says what is wrong with the tags of a page: unclosed, crossed, a link within a link, an id given twice.
pub fn misnested(page: &str) -> Option<String> {
    const VOID: &[&str] = &["meta", "link", "!doctype", "circle", "path", "rect"];
    let (mut open, mut ids): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for rest in page.split('<').skip(1) {
        let Some((tag, text)) = rest.split_once('>') else {
            return Some(format!("no end: {rest:.60}"));
        };
        if text.contains('>') {
            return Some(format!("bare >: {text:.60}"));
        }
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes nothing, near {text:.60}"));
            }
        } else if !VOID.contains(&name) {
            if name == "a" && open.contains(&"a") {
                return Some(format!("a link within a link: {tag:.80}"));
            }
            if name == "p" && open.contains(&"p") {
                return Some(format!("a paragraph within a paragraph: {tag:.80}"));
            }
            open.push(name);
        }
        ids.extend(tag.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < count {
        return Some("an id twice".to_owned());
    }
    (!open.is_empty()).then(|| format!("left open: {open:?}"))
}
