//! The events with their sources as JSON: the contract that other programs read.

use super::RenderError;
use crate::lang::interface::Interface;
use crate::model::{Article, DateBasis, Edtf, Event, Mention, Precision, Status, TextBasis, Timeline};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    articles: Vec<ArticleRow<'a>>,
    events: Vec<EventRow<'a>>,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    id: &'a str,
    path: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    publisher_basis: Option<TextBasis>,
    url: Option<&'a str>,
    published: Option<PublishedRow<'a>>,
}

#[derive(Serialize)]
struct PublishedRow<'a> {
    date: &'a Edtf,
    basis: DateBasis,
}

#[derive(Serialize)]
struct EventRow<'a> {
    id: &'a str,
    date: &'a Edtf,
    start: Option<String>,
    end: Option<String>,
    precision: Precision,
    approximate: bool,
    title: &'a str,
    status: Status,
    importance: f64,
    disagreement: Option<Vec<ClaimRow<'a>>>,
    sources: Vec<SourceRow<'a>>,
}

#[derive(Serialize)]
struct ClaimRow<'a> {
    date: &'a Edtf,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct SourceRow<'a> {
    mention: &'a str,
    article: &'a str,
    path: &'a str,
    publisher: Option<&'a str>,
    published: Option<&'a Edtf>,
    url: Option<&'a str>,
    quote: &'a str,
    expression: &'a str,
    date: &'a Edtf,
    basis: String,
    rule: &'a str,
    status: Status,
}

/// Gives the events with their sources as JSON: two spaces a level, a line break at the end.
///
/// # Errors
/// When the timeline cannot be written as JSON.
pub fn write(timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    let words = Interface::english();
    let document = Document {
        articles: timeline.articles.iter().map(article).collect(),
        events: timeline.events.iter().map(|e| event(timeline, words, e)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(|error| RenderError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn article(article: &Article) -> ArticleRow<'_> {
    ArticleRow {
        id: &article.id,
        path: &article.path,
        title: &article.title.value,
        publisher: article.publisher.as_ref().map(|p| p.value.as_str()),
        publisher_basis: article.publisher.as_ref().map(|p| p.basis),
        url: article.url.as_deref(),
        published: article.published.as_ref().map(|p| PublishedRow {
            date: &p.date,
            basis: p.basis,
        }),
    }
}

fn event<'a>(timeline: &'a Timeline, words: &Interface, event: &'a Event) -> EventRow<'a> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string());
    EventRow {
        id: &event.id,
        date: &event.date,
        start: day(event.date.first_day()),
        end: day(event.date.last_day()),
        precision: event.date.precision(),
        approximate: event.date.is_approximate(),
        title: &event.title,
        status: event.status,
        importance: event.importance,
        disagreement: event.disagreement.as_ref().map(|d| {
            let claim = |claim: &'a crate::model::Claim| ClaimRow {
                date: &claim.date,
                sources: outlets(timeline, &claim.mentions),
            };
            d.claims.iter().map(claim).collect()
        }),
        sources: event
            .mentions
            .iter()
            .filter_map(|&m| source(timeline, words, timeline.mentions.get(m)?))
            .collect(),
    }
}

/// Names the outlets of mentions, each once, in order; an article without one stands by its path.
fn outlets<'a>(timeline: &'a Timeline, mentions: &[usize]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for &m in mentions {
        let article = timeline.mentions.get(m).and_then(|m| timeline.articles.get(m.article));
        let name = article.map(|a| a.publisher.as_ref().map_or(a.path.as_str(), |p| p.value.as_str()));
        if let Some(name) = name
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

fn source<'a>(timeline: &'a Timeline, words: &Interface, mention: &'a Mention) -> Option<SourceRow<'a>> {
    let article = timeline.articles.get(mention.article)?;
    Some(SourceRow {
        mention: &mention.id,
        article: &article.id,
        path: &article.path,
        publisher: article.publisher.as_ref().map(|p| p.value.as_str()),
        published: article.published.as_ref().map(|p| &p.date),
        url: article.url.as_deref(),
        quote: article.text.get(mention.quote.clone())?,
        expression: article.text.get(mention.expression.clone())?,
        date: &mention.date,
        basis: words.why(article, timeline.resolved.get(mention.article).map_or(&[], Vec::as_slice), mention),
        rule: crate::lang::english().rule(mention.rule).map_or("", |rule| rule.name.as_str()),
        status: mention.status,
    })
}
