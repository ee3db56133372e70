//! Small articles for tests: text in, mentions and events out.
#![allow(clippy::unwrap_used, reason = "an article of a test that cannot be made is a failing test")]
#![allow(dead_code, reason = "each test file uses its own part")]

use chrono::NaiveDate;
use dateline::lang::english;
use dateline::model::{
    Article, Block, BlockKind, DateBasis, Edtf, Event, Mention, Published, Resolved, Sentence, Stated, TextBasis, Timex,
};
use dateline::{extract, merge, normalize, tag};

/// Makes an article; paragraphs are parted by blank lines, sentences by a stop before a capital.
pub fn article(path: &str, publisher: &str, published: Option<&str>, text: &str) -> Article {
    let text =
        text.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n\n");
    let (mut blocks, mut sentences, mut at) = (Vec::new(), Vec::new(), 0);
    for (block, paragraph) in text.split("\n\n").enumerate() {
        let range = at..at + paragraph.len();
        let mut start = range.start;
        let bytes: Vec<(usize, char)> = paragraph.char_indices().collect();
        for w in 0..bytes.len() {
            let here = at + bytes[w].0;
            let ends = matches!(bytes[w].1, '.' | '!' | '?')
                || (matches!(bytes[w].1, '”' | '"') && w > 0 && matches!(bytes[w - 1].1, '.' | '!' | '?'));
            let next = bytes.get(w + 1).map(|b| b.1) == Some(' ')
                && bytes.get(w + 2).is_some_and(|b| b.1.is_uppercase() || matches!(b.1, '“' | '"'));
            let word = paragraph[..bytes[w].0].rsplit([' ', '(']).next().unwrap_or("");
            let short = ["Mr", "Ms", "Dr", "Jan", "Maj", "Gen", "St", "U.S", "U.K"].contains(&word);
            if ends && next && !short {
                let end = here + bytes[w].1.len_utf8();
                sentences.push(Sentence { block, range: start..end });
                start = end + 1;
            }
        }
        sentences.push(Sentence { block, range: start..range.end });
        blocks.push(Block { range: range.clone(), kind: BlockKind::Paragraph, inlines: Vec::new() });
        at = range.end + 2;
    }
    Article {
        id: path.trim_end_matches(".txt").replace('/', "-"),
        path: path.to_owned(),
        title: Stated { value: path.to_owned(), basis: TextBasis::FileName },
        publisher: (!publisher.is_empty()).then(|| Stated { value: publisher.to_owned(), basis: TextBasis::Header }),
        published: published.map(|d| Published {
            date: Edtf::day(d.parse::<NaiveDate>().unwrap()),
            basis: DateBasis::Header,
            evidence: d.to_owned(),
        }),
        updated: None,
        url: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: "en".to_owned(),
        domain: None,
        event: None,
        text,
        blocks,
        sentences,
        source_map: vec![(0, 0)],
        line_starts: vec![0],
    }
}

/// Everything the stages made of some articles.
pub struct Told {
    pub articles: Vec<Article>,
    pub mentions: Vec<Mention>,
    pub events: Vec<Event>,
}

/// Runs articles through tagging, dating, extracting and merging.
pub fn tell(mut articles: Vec<Article>) -> Told {
    let timexes: Vec<Vec<Timex>> = articles.iter().map(|a| tag::tag(english(), &a.text)).collect();
    normalize::infer_published(english(), &mut articles, &timexes);
    let mut mentions = Vec::new();
    for (i, (article, timexes)) in articles.iter().zip(timexes).enumerate() {
        let resolved: Vec<Resolved> = normalize::resolve(english(), article, timexes);
        mentions.extend(extract::mentions(english(), i, article, &resolved));
    }
    let events = merge::events(&articles, &mentions);
    Told { articles, mentions, events }
}

impl Told {
    /// Gives the one event of which some quote holds all these words.
    #[track_caller]
    pub fn event(&self, words: &[&str]) -> &Event {
        let found: Vec<&Event> = self
            .events
            .iter()
            .filter(|e| e.mentions.iter().any(|&m| words.iter().all(|w| self.clause(m).contains(w))))
            .collect();
        assert_eq!(found.len(), 1, "events that tell {words:?}:\n{}", self.listing());
        found[0]
    }

    /// Gives how many outlets tell an event in words of their own.
    pub fn voices(&self, event: &Event) -> usize {
        let (articles, mentions) = (self.articles.clone(), self.mentions.clone());
        dateline::model::Timeline { articles, mentions, ..Default::default() }.voices(event)
    }

    pub fn clause(&self, mention: usize) -> &str {
        let m = &self.mentions[mention];
        &self.articles[m.article].text[m.clause.clone()]
    }

    /// Gives the paths of the articles that tell an event, in order.
    pub fn papers(&self, event: &Event) -> Vec<&str> {
        let mut paths: Vec<&str> =
            event.mentions.iter().map(|&m| self.articles[self.mentions[m].article].path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Gives all events as text, for the message of a failing test.
    pub fn listing(&self) -> String {
        let mut text = String::new();
        for e in &self.events {
            text += &format!("{} [{:?}] {:.2} {}\n", e.date, e.status, e.importance, e.title);
            for &m in &e.mentions {
                let x = &self.mentions[m];
                text += &format!(
                    "    {} {} {:?} «{}» {:?}\n",
                    self.articles[x.article].path,
                    x.date,
                    x.status,
                    self.clause(m),
                    x.names
                );
                for c in &x.continued {
                    text += &format!("        + {}\n", &self.articles[x.article].text[c.clone()]);
                }
            }
            for l in &e.links {
                text += &format!("    {:?}\n", l.reasons);
            }
            if let Some(d) = &e.disagreement {
                text += &format!("    DISAGREE {:?}\n", d.claims);
            }
        }
        text
    }
}
