//! The text of Markwhen: <https://docs.markwhen.com>.

use super::{address, articles, bounded, dated_headline, one_line, quote};
use crate::model::{Edtf, Timeline};
use crate::render::Site;
use chrono::{Datelike, NaiveDate};

/// Writes an entry for each event from year 1 to 9999; each date as the days that it can mean.
pub(super) fn text(timeline: &Timeline, site: &Site) -> Vec<u8> {
    let mut out = format!("---\ntitle: {}\n---\n", quoted(&one_line(&site.config.title)));
    for event in &timeline.events {
        let Some(date) = range(&event.date) else { continue };
        out.push_str(&format!("\n{date}: {}\n", tagless(&dated_headline(site, event))));
        out.push_str(&format!("> {}\n", tagless(&one_line(quote(timeline, event)))));
        for article in articles(timeline, event) {
            let outlet = tagless(site.outlet(article)).replace(['[', ']'], " ");
            match address(article) {
                // A bracket would end the link.
                Some(url) => out.push_str(&format!("> [{outlet}]({})\n", url.replace('(', "%28").replace(')', "%29"))),
                None => out.push_str(&format!("> {outlet}\n")),
            }
        }
    }
    out.into_bytes()
}

/// Gives a date as Markwhen's EDTF writes it: a day, a month, a year, or two days; of an open date the end that is known.
fn range(date: &Edtf) -> Option<String> {
    let date = bounded(date);
    let (start, end) = (date.first_day()?, date.last_day()?);
    let written = |day: &NaiveDate| (1..=9999).contains(&day.year());
    if !written(&start) || !written(&end) {
        return None;
    }
    // A year or a month is written as such where the words say no more and no less.
    let plain = date.to_string();
    let short = matches!(plain.len(), 4 | 7) && plain.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let month = plain.get(5..).is_none_or(|month| month.is_empty() || month.parse().is_ok_and(|m: u32| m <= 12));
    Some(match () {
        () if short && month => plain,
        () if start == end => start.to_string(),
        () => format!("{start}/{end}"),
    })
}

/// Gives a text in which nothing begins a tag or a comment.
fn tagless(text: &str) -> String {
    text.replace('#', "\u{FF03}")
}

/// Gives a text as a YAML string (the double-quoted style of YAML 1.2, of which JSON's strings are a part).
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
