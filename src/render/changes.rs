//! What is new on the timeline: which article brought which event, in order of publication.
//!
//! It is made from the articles' own publication dates alone, neither from a clock nor from what an earlier build
//! made, so that the same articles give the same bytes on every machine.

use super::RenderError;
use super::head::Head;
use super::html::{Desk, put};
use super::lists::Page;
use super::parts::Link;
use super::site::{article_page, event_page};
use super::view::{date_view, short};
use crate::model::{Article, DateBasis, Edtf, OutputFile, Timeline};
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use tera::Context;

/// Events that the page of changes and its data list, at least as long as there are more; the newest article that
/// reaches it is told whole.
const MOST: usize = 200;

/// An article that brought something.
#[derive(Debug)]
pub(super) struct Arrival {
    pub article: usize,
    /// Events that no earlier article tells, in order of time.
    pub new: Vec<usize>,
    /// Events that were told before.
    pub again: Vec<usize>,
}

/// What is new: articles that brought something, the latest first.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub arrivals: Vec<Arrival>,
    /// For each event that they tell, the days of its first and of its last telling.
    pub told: HashMap<usize, (NaiveDate, NaiveDate)>,
}

/// Gathers what the latest articles brought; an article without a date brings nothing that could be placed.
pub(super) fn changes(timeline: &Timeline, event_of: &[Option<usize>], mentions: &[Vec<usize>]) -> Changes {
    let mut latest: Vec<(NaiveDate, usize)> =
        timeline.articles.iter().enumerate().filter_map(|(i, article)| Some((day(article)?, i))).collect();
    latest.sort_by(|(a, i), (b, j)| b.cmp(a).then(i.cmp(j)));
    let (mut changes, mut listed) = (Changes::default(), 0);
    // Of an event the articles that tell it, by day.
    let tellers = |event: usize| {
        let mentions = timeline.events.get(event).into_iter().flat_map(|event| &event.mentions);
        mentions.filter_map(|&m| {
            let article = timeline.mentions.get(m)?.article;
            Some((day(timeline.articles.get(article)?)?, article))
        })
    };
    for (day, article) in latest {
        if listed >= MOST {
            break;
        }
        let own = mentions.get(article).map(Vec::as_slice).unwrap_or_default();
        let events: BTreeSet<usize> = own.iter().filter_map(|&m| *event_of.get(m)?).collect();
        let mut arrival = Arrival { article, new: Vec::new(), again: Vec::new() };
        for event in events {
            let first = tellers(event).min();
            let last = tellers(event).map(|(day, _)| day).max().unwrap_or(day);
            let is_new = first == Some((day, article));
            if is_new {
                arrival.new.push(event)
            } else {
                arrival.again.push(event)
            }
            changes.told.insert(event, (first.map_or(day, |(day, _)| day), last));
        }
        listed += arrival.new.len() + arrival.again.len();
        if !arrival.new.is_empty() || !arrival.again.is_empty() {
            changes.arrivals.push(arrival);
        }
    }
    changes
}

/// Gives the day by which an article was published, as far as it is known.
fn day(article: &Article) -> Option<NaiveDate> {
    let date = &article.published.as_ref()?.date;
    date.last_day().or(date.first_day())
}

#[derive(Serialize)]
struct Day {
    /// When the articles were published, in words.
    heading: String,
    articles: Vec<Brought<Link>>,
}

/// An article with what it brought.
#[derive(Serialize)]
struct Brought<T> {
    href: String,
    title: String,
    outlet: String,
    new: Vec<T>,
    again: Vec<T>,
}

#[derive(Serialize)]
struct ArrivalJson<'t> {
    article: &'t str,
    path: &'t str,
    page: String,
    title: &'t str,
    publisher: Option<&'t str>,
    url: Option<&'t str>,
    published: String,
    basis: Option<DateBasis>,
    new: Vec<EventJson<'t>>,
    again: Vec<EventJson<'t>>,
}

#[derive(Serialize)]
struct EventJson<'t> {
    id: &'t str,
    date: String,
    title: &'t str,
    page: String,
}

impl Desk<'_> {
    /// Fills the page of what is new.
    pub(super) fn changes_page(&self, context: &mut Context) -> Page {
        let words = self.site.words;
        let mut days: Vec<(&Edtf, Day)> = Vec::new();
        for arrival in &self.changes.arrivals {
            let Some(article) = self.timeline.articles.get(arrival.article) else { continue };
            let Some(date) = article.published.as_ref().map(|published| &published.date) else { continue };
            if days.last().is_none_or(|(last, _)| *last != date) {
                let heading = date_view(self.site, date, None).words.clone();
                days.push((date, Day { heading, articles: Vec::new() }));
            }
            let links = |events: &[usize]| events.iter().filter_map(|&event| self.event_link(event)).collect();
            if let Some((_, day)) = days.last_mut() {
                day.articles.push(Brought {
                    href: article_page(article),
                    title: short(&article.title.value).into_owned(),
                    outlet: self.site.outlet(article).to_owned(),
                    new: links(&arrival.new),
                    again: links(&arrival.again),
                });
            }
        }
        let days: Vec<Day> = days.into_iter().map(|(_, day)| day).collect();
        put(context, "days", &days)?;
        Ok(("changes.html", Head::of(words.label("changes"), words.label("changes_intro"))))
    }

    /// Writes what is new as JSON, the latest first.
    pub(super) fn changes_json(&self) -> Result<OutputFile, RenderError> {
        let arrivals = self.changes.arrivals.iter().filter_map(|arrival| {
            let article = self.timeline.articles.get(arrival.article)?;
            let events = |events: &[usize]| events.iter().filter_map(|&event| self.event_json(event)).collect();
            let published = article.published.as_ref()?;
            Some(ArrivalJson {
                article: &article.id,
                path: &article.path,
                page: article_page(article),
                title: &article.title.value,
                publisher: article.publisher.as_ref().map(|publisher| publisher.value.as_str()),
                url: article.url.as_deref(),
                published: published.date.to_string(),
                basis: Some(published.basis),
                new: events(&arrival.new),
                again: events(&arrival.again),
            })
        });
        let mut bytes = b"{\"articles\":".to_vec();
        serde_json::to_writer(&mut bytes, &arrivals.collect::<Vec<_>>())?;
        bytes.extend_from_slice(b"}\n");
        Ok(OutputFile { path: "changes.json".to_owned(), bytes })
    }

    fn event_json(&self, index: usize) -> Option<EventJson<'_>> {
        let event = self.timeline.events.get(index)?;
        Some(EventJson { id: &event.id, date: event.date.to_string(), title: &event.title, page: event_page(event) })
    }

    /// Gives the files beside the page of what is new; none where no article has a date.
    pub(super) fn change_files(&self) -> Result<Vec<OutputFile>, RenderError> {
        if self.changes.arrivals.is_empty() {
            return Ok(Vec::new());
        }
        let mut files = self.feeds()?;
        files.push(self.changes_json()?);
        Ok(files)
    }
}

/// Gives a text without what may stand in no XML.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(bad) { Cow::Owned(text.replace(bad, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}
