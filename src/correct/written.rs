//! Events written by hand: a file of `content/` with `event:` in its front matter.

use super::regroup;
use crate::model::{Anchor, Article, Choice, Edit, Event, Mention, RuleId, Status, Timeline};
use std::collections::HashMap;
use std::ops::Range;

/// Gives the mentions of events written by hand, one for each article that is one or is cited by one.
///
/// The first mention of a file stands for the event; its id comes of the article's alone, so that a
/// better headline or text leaves it as it is.
pub fn mentions(articles: &[Article]) -> Vec<Mention> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut path = "";
    let mut main = "";
    let mut found = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        let Some(date) = &article.event else { continue };
        let key = if article.path == path {
            let said = if article.text.is_empty() { &article.title.value } else { &article.text };
            format!("{main}\0cited\0{said}")
        } else {
            (path, main) = (&article.path, &article.id);
            format!("{main}\0event")
        };
        let ordinal = seen.entry(key.clone()).or_insert(0);
        let id = id(&format!("{key}\0{ordinal}"));
        *ordinal += 1;
        let mut parts = article.blocks.iter().map(|block| block.range.clone());
        let quote = parts.next().unwrap_or(0..article.text.len());
        found.push(Mention {
            id,
            article: index,
            sentence: 0,
            clause: quote.clone(),
            expression: quote.start..quote.start,
            quote,
            continued: parts.collect(),
            date: date.clone(),
            anchor: Anchor::Explicit,
            choice: Choice::AsStated,
            rule: RuleId(0),
            title: article.title.value.clone(),
            status: Status::Happened,
            names: Vec::new(),
        });
    }
    found
}

/// Puts an event written by hand on the timeline, where its mentions already are. `alone` is what
/// its first mention would be as an event of any article.
pub fn written(timeline: &mut Timeline, alone: Event, mentions: Range<usize>, note: Option<&str>) {
    let Some(first) = timeline.mentions.get(mentions.start) else {
        return;
    };
    let Some(article) = timeline.articles.get(first.article) else {
        return;
    };
    let alone = Event { mentions: vec![mentions.start], ..alone };
    let mut event = Event {
        copies: Vec::new(),
        id: first.id.clone(),
        date: first.date.clone(),
        title: article.title.value.clone(),
        mentions: mentions.collect(),
        ..alone.clone()
    };
    regroup::weigh(timeline, &mut event, &alone);
    let notes = note.map(str::to_owned).into_iter().collect();
    let edit = Edit { written: Some(article.path.clone()), notes, ..Edit::default() };
    timeline.edits.insert(event.id.clone(), edit);
    timeline.events.push(event);
}

/// Gives ten characters that stand for a text.
fn id(text: &str) -> String {
    let hash = blake3::hash(text.as_bytes());
    let mut bits: u64 = hash.as_bytes().iter().take(8).fold(0, |bits, &b| bits << 8 | u64::from(b));
    let mut id = String::with_capacity(10);
    for _ in 0..10 {
        id.push(char::from(b"abcdefghijklmnopqrstuvwxyz234567"[(bits >> 59) as usize & 31]));
        bits <<= 5;
    }
    id
}
