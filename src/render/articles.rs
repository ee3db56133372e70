//! What the pages of articles and outlets are filled with.

use super::escape;
use super::views::{self, DateView, EventView, Maker, NameView};
use super::weave::{self, Mark};
use crate::model::{Article, DateBasis, Event, Timeline, TimexClass};
use serde::Serialize;
use std::collections::BTreeSet;

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleCard {
    article: NameView,
    outlet: NameView,
    published: String,
    inferred: bool,
}

/// An event in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EventCard {
    date: DateView,
    title: String,
    href: String,
    status: String,
    split: bool,
}

impl EventCard {
    /// Makes the entry of an event.
    pub fn new(event: &EventView) -> EventCard {
        EventCard {
            date: event.date.clone(),
            title: event.title.clone(),
            href: event.href.clone(),
            status: event.status.clone(),
            split: !event.claims.is_empty(),
        }
    }
}

/// An article with its text.
#[derive(Debug, Serialize)]
pub struct ArticlePage {
    card: ArticleCard,
    authors: Option<String>,
    updated: Option<String>,
    outlet_why: Option<String>,
    published_why: String,
    evidence: Option<String>,
    original: Option<String>,
    language: String,
    body: String,
    events: Vec<EventCard>,
}

/// For each article, the mentions that events were made of, as (start of expression, mention, event).
pub type Told = Vec<Vec<(usize, usize, usize)>>;

/// Lists for each article which of its mentions belong to which event, in order of place.
pub fn told(timeline: &Timeline) -> Told {
    let mut told: Told = vec![Vec::new(); timeline.articles.len()];
    for (e, event) in timeline.events.iter().enumerate() {
        for &m in &event.mentions {
            let Some(mention) = timeline.mentions.get(m) else {
                continue;
            };
            if let Some(list) = told.get_mut(mention.article) {
                list.push((mention.expression.start, m, e));
            }
        }
    }
    for list in &mut told {
        list.sort_unstable();
    }
    told
}

/// Makes the entry of an article.
pub fn card(maker: &Maker, article: &Article) -> ArticleCard {
    ArticleCard {
        article: NameView { name: article.title.value.clone(), href: Some(views::article_href(article)) },
        outlet: maker.outlet_of(article),
        published: maker.published(article),
        inferred: article.published.as_ref().is_some_and(|p| p.basis == DateBasis::Inferred),
    }
}

/// Makes the page of an article.
pub fn page(maker: &Maker, events: &[EventView], told: &Told, index: usize, article: &Article) -> ArticlePage {
    let words = maker.words;
    let mine = told.get(index).map_or(&[][..], Vec::as_slice);
    let numbers: BTreeSet<usize> = mine.iter().map(|&(_, _, event)| event).collect();
    let published = article.published.as_ref();
    let evidence = published.map(|p| p.evidence.trim()).filter(|e| !e.is_empty());
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    ArticlePage {
        card: card(maker, article),
        authors: authors.map(|names| words.tell("by", &[("names", &names)])),
        updated: article.updated.as_ref().map(|date| words.tell("updated", &[("date", &words.date(date))])),
        outlet_why: article.publisher.as_ref().map(|p| words.text_basis(p.basis).to_owned()),
        published_why: words.date_basis(published.map(|p| p.basis)).to_owned(),
        evidence: evidence.map(|evidence| match published.map(|p| p.basis) {
            // The reasoning of an inference is a sentence already.
            Some(DateBasis::Inferred) => evidence.to_owned(),
            _ => words.tell("stood", &[("evidence", evidence)]),
        }),
        original: article.url.as_deref().and_then(escape::web),
        language: article.language.clone(),
        body: weave::article(article, &marks(maker, events, mine, index, article)),
        events: numbers.iter().filter_map(|&e| events.get(e)).map(EventCard::new).collect(),
    }
}

/// Collects what is marked in a text: dates of events, linked to them, and dates that made none.
fn marks(
    maker: &Maker,
    events: &[EventView],
    mine: &[(usize, usize, usize)],
    index: usize,
    article: &Article,
) -> Vec<Mark> {
    let mut wanted: Vec<(bool, Mark)> = Vec::new();
    for &(_, mention, event) in mine {
        let (Some(mention), Some(event)) = (maker.timeline.mentions.get(mention), events.get(event)) else {
            continue;
        };
        let href = Some(format!("../../{}", event.href));
        wanted.push((false, Mark { range: mention.expression.clone(), href, says: None }));
    }
    for resolved in maker.timeline.resolved.get(index).into_iter().flatten() {
        let dated = matches!(resolved.timex.class, TimexClass::Date | TimexClass::Time);
        if let (true, Some(date)) = (dated, &resolved.date) {
            let says = Some(maker.words.date(date));
            wanted.push((true, Mark { range: resolved.timex.marked(), href: None, says }));
        }
    }
    wanted.retain(|(_, mark)| mark.range.start < mark.range.end && article.text.get(mark.range.clone()).is_some());
    wanted.sort_by_key(|(loose, mark)| (*loose, mark.range.start, mark.range.end));
    // A date with an event goes before one without; what overlaps a mark is none.
    let loose_from = wanted.partition_point(|(loose, _)| !loose);
    let loose = wanted.split_off(loose_from);
    let mut marks: Vec<Mark> = Vec::with_capacity(wanted.len() + loose.len());
    for (_, mark) in wanted {
        if marks.last().is_none_or(|last| last.range.end <= mark.range.start) {
            marks.push(mark);
        }
    }
    let mut free: Vec<Mark> = Vec::new();
    for (_, mark) in loose {
        let next = marks.partition_point(|m| m.range.end <= mark.range.start);
        let clear = marks.get(next).is_none_or(|m| mark.range.end <= m.range.start);
        if clear && free.last().is_none_or(|last| last.range.end <= mark.range.start) {
            free.push(mark);
        }
    }
    marks.append(&mut free);
    marks.sort_by_key(|mark| mark.range.start);
    marks
}

/// Names the outlets that tell of an event, each once.
pub fn publishers<'a>(timeline: &'a Timeline, event: &Event) -> BTreeSet<&'a str> {
    let told = event.mentions.iter().filter_map(|&m| timeline.mentions.get(m));
    let articles = told.filter_map(|m| timeline.articles.get(m.article));
    articles.filter_map(|a| a.publisher.as_ref()).map(|p| p.value.as_str()).collect()
}
