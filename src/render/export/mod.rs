//! Events for other programs: one function a format, each a timeline to bytes.

mod cite;
pub(super) mod ical;
mod linked;
mod markdown;
mod markwhen;
pub(super) mod table;
mod timelinejs;

use super::site::event_page;
use super::view::told;
use super::voices::{claimants, distinct, outlets};
use super::whole::Whole;
use super::{RenderError, Site, Theme, escape, json};
use crate::config::Config;
use crate::model::{Article, Edtf, Event, Precision, Timeline};

/// A format of another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// One event a line, each as in `events.json`.
    JsonLines,
    /// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
    Csv,
    /// iCalendar (RFC 5545), all-day events.
    ICalendar,
    /// What TimelineJS 3 reads.
    TimelineJs,
    /// The text of Markwhen.
    Markwhen,
    /// A list in Markdown.
    Markdown,
    /// The articles as BibTeX.
    BibTeX,
    /// The articles as CSL-JSON.
    Csl,
    /// The events in the words of schema.org.
    JsonLd,
}

/// Gives the events (or, for the formats of bibliographies, the articles that tell them) in a format.
///
/// # Errors
/// When they cannot be written in it.
pub fn export(format: Export, config: &Config, timeline: &Timeline) -> Result<Vec<u8>, RenderError> {
    let theme = Theme::bare();
    let site = Site::new(config, timeline, &theme)?;
    match format {
        Export::JsonLines => json::lines(timeline, &site),
        Export::Csv => Whole::Table.bytes(timeline, &site),
        Export::ICalendar => Whole::Calendar.bytes(timeline, &site),
        Export::TimelineJs => timelinejs::json(timeline, &site),
        Export::Markwhen => Ok(markwhen::text(timeline, &site)),
        Export::Markdown => Ok(markdown::list(timeline, &site)),
        Export::BibTeX => Ok(cite::bibtex(timeline)),
        Export::Csl => cite::csl(timeline),
        Export::JsonLd => Ok(linked::graph(timeline, &site)),
    }
}

/// Gives the absolute address of an event's page, where it is known where the site will stand.
fn page(site: &Site, event: &Event) -> Option<String> {
    site.canonical(&event_page(event))
}

/// Gives the articles of an event, each once, the most telling first.
fn articles<'t>(timeline: &'t Timeline, event: &'t Event) -> Vec<&'t Article> {
    let mut all: Vec<&Article> = Vec::new();
    for (_, article) in told(timeline, event) {
        if !all.iter().any(|known| known.id == article.id) {
            all.push(article);
        }
    }
    all
}

/// Gives the sentence that tells an event best, as it stands in its article.
fn quote<'t>(timeline: &'t Timeline, event: &'t Event) -> &'t str {
    let first = told(timeline, event).next();
    first.and_then(|(mention, article)| article.text.get(mention.quote.clone())).unwrap_or_default()
}

/// Says which dates are claimed by whom, where they cannot all be right.
fn disagreement(site: &Site, timeline: &Timeline, event: &Event) -> Option<String> {
    let claims = event.disagreement.as_ref()?.claims.iter();
    let said: Vec<String> = claims
        .map(|claim| format!("{}: {}", claim.date, claimants(site, timeline, &claim.mentions).join(", ")))
        .collect();
    Some(said.join("; "))
}

/// Gives the part of a date that has both ends: of one that is open the end that is known, as finely as it is stated.
fn bounded(date: &Edtf) -> Edtf {
    let known = |text: &str| Edtf::parse(text).ok().filter(|end| !end.is_open());
    match date.to_string().split_once('/') {
        Some((first, last)) if date.is_open() => known(first).or_else(|| known(last)).unwrap_or_else(|| date.clone()),
        _ => date.clone(),
    }
}

/// Gives a headline with its date in words, where a calendar's day or days would say more than the sources do.
fn dated_headline(site: &Site, event: &Event) -> String {
    let date = &event.date;
    let exact = date.precision() == Precision::Day && !date.is_approximate() && !date.is_uncertain();
    let headline = headline(site, event);
    if exact { headline } else { format!("{headline} ({})", one_line(&site.words.date(date))) }
}

/// Gives the address of an article on the web.
fn address(article: &Article) -> Option<String> {
    escape::web(article.url.as_deref()?)
}

/// Gives the headline of an event, with how it is told where that is not simply a fact, for formats that show no
/// status of their own.
fn headline(site: &Site, event: &Event) -> String {
    match site.words.status(event.status) {
        Some(status) => format!("[{status}] {}", one_line(&event.title)),
        None => one_line(&event.title),
    }
}

/// Gives a text in one line, without control characters.
fn one_line(text: &str) -> String {
    let plain = |pair: &[u8]| matches!(pair, [b' ', b'!'..=b'~'] | [b'!'..=b'~', b' '..=b'~']);
    // Most texts are one line already.
    if text.len() > 1 && text.as_bytes().windows(2).all(plain) && !text.ends_with(' ') && !text.starts_with(' ') {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
