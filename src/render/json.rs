//! `events.json`: the contract that other programs read.

use super::site::event_page;
use super::view::{merged, told};
use super::voices::claimants;
use super::{RenderError, Site, Theme, escape};
use crate::config::Config;
use crate::model::{Article, Corrected, DateBasis, Event, Mention, OutputFile, Precision, Status, Timeline};
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;

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

/// Writes `events.json`.
pub fn file(timeline: &Timeline, site: &Site) -> Result<OutputFile, RenderError> {
    Ok(OutputFile { path: "events.json".to_owned(), bytes: bytes(timeline, site)? })
}

/// Gives the articles and events with their sources as JSON, ending in a line break.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn events_json(config: &Config, timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    let theme = Theme::bare();
    bytes(timeline, &Site::new(config, timeline, &theme)?)
}

fn bytes(timeline: &Timeline, site: &Site) -> Result<Vec<u8>, RenderError> {
    // One after the other, so that never more than one is held beside what is written.
    let days = timeline.articles.iter().map(|a| a.published.as_ref().map(|p| p.date.to_string()));
    let days: Vec<Option<String>> = days.collect();
    let mut out = Vec::with_capacity(1024 + timeline.mentions.len() * 1024);
    out.extend_from_slice(b"{\"articles\":[");
    for (i, (this, day)) in timeline.articles.iter().zip(&days).enumerate() {
        out.extend_from_slice(if i > 0 { b"," } else { b"" });
        serde_json::to_writer(&mut out, &article(this, day.as_deref()))?;
    }
    out.extend_from_slice(b"],\"events\":[");
    for (i, event) in timeline.events.iter().enumerate() {
        out.extend_from_slice(if i > 0 { b"," } else { b"" });
        // Most sentences of an event give its own date.
        let date = event.date.to_string();
        serde_json::to_writer(&mut out, &event_json(site, timeline, (event, &date), &days))?;
    }
    out.push(b']');
    // Events that people took off the timeline.
    if !timeline.hidden.is_empty() {
        let hidden: Vec<HiddenJson> = timeline.hidden.iter().map(|event| hidden(timeline, event)).collect();
        out.extend_from_slice(b",\"hidden\":");
        serde_json::to_writer(&mut out, &hidden)?;
    }
    out.extend_from_slice(b"}\n");
    Ok(out)
}

/// Gives a line for each event, as it stands in `events.json`.
pub(super) fn lines(timeline: &Timeline, site: &Site) -> Result<Vec<u8>, RenderError> {
    let days = timeline.articles.iter().map(|a| a.published.as_ref().map(|p| p.date.to_string()));
    let days: Vec<Option<String>> = days.collect();
    let mut out = Vec::new();
    for event in &timeline.events {
        let date = event.date.to_string();
        serde_json::to_writer(&mut out, &event_json(site, timeline, (event, &date), &days))?;
        out.push(b'\n');
    }
    Ok(out)
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
    days: &'s [Option<String>],
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
                published: days.get(mention.article).and_then(Option::as_deref),
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
