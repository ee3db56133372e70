//! `events.json`: the contract that other programs read.

use super::site::event_page;
use super::view::{merged, told};
use super::voices::claimants;
use super::whole::Whole;
use super::{RenderError, Site, Theme, escape};
use crate::config::Config;
use crate::model::{Article, Corrected, DateBasis, Event, Mention, Precision, Status, Timeline};
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;

/// Stands between the articles and the events.
const BETWEEN: &str = "],\"events\":[";

#[derive(Serialize)]
struct HiddenJson<'t> {
    id: &'t str,
    date: String,
    title: &'t str,
    corrected: &'t [Corrected],
}

#[derive(Serialize)]
struct ArticleJson<'t, 's> {
    id: &'t str,
    path: &'t str,
    title: &'t str,
    publisher: Option<&'t str>,
    url: Option<&'t str>,
    published: Option<PublishedJson<'s>>,
}

#[derive(Serialize)]
struct PublishedJson<'s> {
    date: &'s str,
    basis: DateBasis,
}

#[derive(Serialize)]
struct EventJson<'t, 's> {
    id: &'t str,
    date: &'s str,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    precision: Precision,
    approximate: bool,
    title: &'t str,
    status: Status,
    importance: f64,
    page: String,
    disagreement: Option<Vec<ClaimJson<'t>>>,
    /// The file in which the event was written by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'t str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'t [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    corrected: &'t [Corrected],
    sources: Vec<SourceJson<'t, 's>>,
}

#[derive(Serialize)]
struct ClaimJson<'t> {
    date: String,
    publishers: Vec<&'t str>,
    articles: Vec<&'t str>,
}

#[derive(Serialize)]
struct SourceJson<'t, 's> {
    article: &'t str,
    path: &'t str,
    publisher: Option<&'t str>,
    published: Option<&'s str>,
    url: Option<&'t str>,
    quote: &'t str,
    expression: &'t str,
    date: Cow<'s, str>,
    basis: &'s str,
    status: Status,
    names: &'t [String],
    merged: Option<&'s str>,
}

/// Gives the articles and events with their sources as JSON, ending in a line break.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn events_json(config: &Config, timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    let theme = Theme::bare();
    Whole::Json.bytes(timeline, &Site::new(config, timeline, &theme)?)
}

/// Begins the file.
pub(super) fn open(out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"articles\":[");
}

/// Gives what stands before an article or, behind them, an event.
pub(super) fn before(timeline: &Timeline, i: usize) -> &'static str {
    match i {
        _ if i == timeline.articles.len() => BETWEEN,
        0 => "",
        _ => ",",
    }
}

/// Writes an article or, behind them, an event.
pub(super) fn piece(timeline: &Timeline, site: &Site, i: usize, out: &mut Vec<u8>) -> Result<(), RenderError> {
    match timeline.articles.get(i) {
        Some(this) => serde_json::to_writer(out, &article(this, day(timeline, site, i)))?,
        None => line(timeline, site, i - timeline.articles.len(), out)?,
    }
    Ok(())
}

/// Ends the file.
pub(super) fn close(timeline: &Timeline, out: &mut Vec<u8>) -> Result<(), RenderError> {
    if timeline.events.is_empty() {
        out.extend_from_slice(BETWEEN.as_bytes());
    }
    out.push(b']');
    // Events that people took off the timeline.
    if !timeline.hidden.is_empty() {
        let hidden: Vec<HiddenJson> = timeline.hidden.iter().map(|event| hidden(timeline, event)).collect();
        out.extend_from_slice(b",\"hidden\":");
        serde_json::to_writer(&mut *out, &hidden)?;
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

/// Gives a line for each event, as it stands in `events.json`.
pub(super) fn lines(timeline: &Timeline, site: &Site) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    for i in 0..timeline.events.len() {
        line(timeline, site, i, &mut out)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Writes an event.
fn line(timeline: &Timeline, site: &Site, i: usize, out: &mut Vec<u8>) -> Result<(), RenderError> {
    let Some(event) = timeline.events.get(i) else { return Ok(()) };
    // Most sentences of an event give its own date.
    let date = event.date.to_string();
    Ok(serde_json::to_writer(out, &event_json(site, timeline, (event, &date)))?)
}

/// Gives the day on which an article was published, as EDTF.
fn day<'s>(timeline: &Timeline, site: &'s Site, article: usize) -> Option<&'s str> {
    let day = |article: &Article| article.published.as_ref().map(|p| p.date.to_string());
    site.days.get_or_init(|| timeline.articles.iter().map(day).collect()).get(article)?.as_deref()
}

/// Gives the address of an article; programs may put it into a link, so nothing but the web's is given.
fn web(article: &Article) -> Option<&str> {
    article.url.as_deref().filter(|url| escape::is_web(url))
}

fn article<'t, 's>(article: &'t Article, day: Option<&'s str>) -> ArticleJson<'t, 's> {
    ArticleJson {
        id: &article.id,
        path: &article.path,
        title: &article.title.value,
        publisher: article.publisher.as_ref().map(|p| p.value.as_str()),
        url: web(article),
        published: article.published.as_ref().zip(day).map(|(p, date)| PublishedJson { date, basis: p.basis }),
    }
}

fn hidden<'t>(timeline: &'t Timeline, event: &'t Event) -> HiddenJson<'t> {
    let corrected = timeline.edits.get(&event.id).map(|edit| edit.corrected.as_slice());
    let date = event.date.to_string();
    HiddenJson { id: &event.id, date, title: &event.title, corrected: corrected.unwrap_or_default() }
}

fn event_json<'t, 's>(
    site: &'s Site<'t>,
    timeline: &'t Timeline,
    (event, date): (&'t Event, &'s str),
) -> EventJson<'t, 's> {
    let why = merged(site, timeline, event);
    let article_of = |&m: &usize| timeline.articles.get(timeline.mentions.get(m)?.article);
    let claims = event.disagreement.as_ref().map(|disagreement| {
        let claims = disagreement.claims.iter();
        claims
            .map(|claim| ClaimJson {
                date: claim.date.to_string(),
                publishers: claimants(site, timeline, &claim.mentions),
                articles: claim.mentions.iter().filter_map(article_of).map(|a| a.id.as_str()).collect(),
            })
            .collect()
    });
    let edit = timeline.edits.get(&event.id);
    EventJson {
        id: &event.id,
        date,
        start: event.date.first_day(),
        end: event.date.last_day(),
        precision: event.date.precision(),
        approximate: event.date.is_approximate(),
        title: &event.title,
        status: event.status,
        importance: event.importance,
        page: event_page(event),
        disagreement: claims,
        written: edit.and_then(|e| e.written.as_deref()),
        notes: edit.map_or(&[], |e| &e.notes),
        pinned: edit.is_some_and(|e| e.pinned),
        corrected: edit.map_or(&[], |e| &e.corrected),
        sources: told(timeline, event)
            .enumerate()
            .map(|(i, (mention, article))| SourceJson {
                published: day(timeline, site, mention.article),
                date: if mention.date == event.date { Cow::Borrowed(date) } else { mention.date.to_string().into() },
                basis: site.why(timeline, mention),
                merged: why.get(i).and_then(Option::as_deref),
                ..source(mention, article)
            })
            .collect(),
    }
}

/// Gives what a sentence and its article say of themselves.
fn source<'t, 's>(mention: &'t Mention, article: &'t Article) -> SourceJson<'t, 's> {
    SourceJson {
        article: &article.id,
        path: &article.path,
        publisher: article.publisher.as_ref().map(|p| p.value.as_str()),
        published: None,
        url: web(article),
        quote: article.text.get(mention.quote.clone()).unwrap_or_default(),
        expression: article.text.get(mention.expression.clone()).unwrap_or_default(),
        date: Cow::Borrowed(""),
        basis: "",
        status: mention.status,
        names: &mention.names,
        merged: None,
    }
}
