//! What TimelineJS 3 reads: <https://timeline.knightlab.com/docs/json-format.html>.

use super::{address, articles, bounded, headline, one_line, page, quote};
use crate::model::{Article, Event, Precision, Timeline};
use crate::render::{RenderError, Site, escape};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

#[derive(Serialize)]
struct Slides {
    title: Slide,
    events: Vec<Slide>,
}

#[derive(Serialize, Default)]
struct Slide {
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    text: Text,
}

#[derive(Serialize)]
struct Date {
    year: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u32>,
}

/// A headline and a text, both HTML to TimelineJS: nothing of an article goes in unescaped.
#[derive(Serialize, Default)]
struct Text {
    headline: String,
    text: String,
}

/// Writes a slide for each event of which at least one end is known.
pub(super) fn json(timeline: &Timeline, site: &Site) -> Result<Vec<u8>, RenderError> {
    let title = Text {
        headline: escape::escaped(&one_line(&site.config.title)),
        text: escape::escaped(&one_line(&site.config.description)),
    };
    let events = timeline.events.iter().filter_map(|event| slide(timeline, site, event)).collect();
    let mut bytes = serde_json::to_vec(&Slides { title: Slide { text: title, ..Slide::default() }, events })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn slide(timeline: &Timeline, site: &Site, event: &Event) -> Option<Slide> {
    let shown = bounded(&event.date);
    let (start, precision) = (shown.first_day()?, shown.precision());
    let end = shown.last_day().filter(|end| *end != start && !named(precision));
    let sources: Vec<String> = articles(timeline, event).into_iter().map(|article| source(site, article)).collect();
    let mut text =
        format!("<blockquote>{}</blockquote><p>{}</p>", escape::escaped(quote(timeline, event)), sources.join(" · "));
    if let Some(page) = page(site, event) {
        text.push_str(&link(&page, site.words.label("claims")));
    }
    Some(Slide {
        unique_id: Some(event.id.clone()),
        start_date: Some(date(start, precision)),
        end_date: end.map(|end| date(end, precision)),
        display_date: Some(escape::escaped(&site.words.date(&event.date))),
        text: Text { headline: escape::escaped(&headline(site, event)), text },
    })
}

/// Tells whether a date is one period with a name, which TimelineJS draws by its parts.
fn named(precision: Precision) -> bool {
    matches!(precision, Precision::Day | Precision::Month | Precision::Year)
}

/// Gives as many parts of a day as its date states.
fn date(day: NaiveDate, precision: Precision) -> Date {
    let month = (precision != Precision::Year).then_some(day.month());
    let whole = !matches!(precision, Precision::Year | Precision::Month);
    Date { year: day.year(), month, day: whole.then_some(day.day()) }
}

fn source(site: &Site, article: &Article) -> String {
    let outlet = site.outlet(article);
    address(article).map_or_else(|| escape::escaped(outlet), |url| link(&url, outlet))
}

fn link(url: &str, text: &str) -> String {
    format!("<a href=\"{}\" rel=\"noopener\">{}</a>", escape::escaped(url), escape::escaped(text))
}
