//! iCalendar (RFC 5545): an all-day event for each event of the timeline whose days are known.

use super::{address, articles, bounded, dated_headline, disagreement, one_line, outlets, page, quote};
use crate::model::{Edtf, Event, Status, Timeline};
use crate::render::Site;
use crate::render::view::cropped;
use chrono::{Datelike, Days, NaiveDate};
use icalendar::{Calendar, Class, Component, EventLike, EventStatus, Property};

/// What is told of an event is cut behind so many characters: the library folds a line in a time that grows with the square
/// of its length, and no calendar shows more.
const LONGEST: usize = 4_000;

/// Begins a calendar.
pub(in crate::render) fn open(site: &Site, out: &mut Vec<u8>) {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Dateline//Dateline//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.append_property(Property::new("X-WR-CALNAME", one_line(&site.config.title)));
    let whole = calendar.to_string();
    out.extend_from_slice(whole.strip_suffix(END).unwrap_or(&whole).as_bytes());
}

/// Ends it.
pub(in crate::render) fn close(out: &mut Vec<u8>) {
    out.extend_from_slice(END.as_bytes());
}

const END: &str = "END:VCALENDAR\r\n";

/// Writes an event; one before year 1 or after 9999, which the format cannot write, is left out.
///
/// An event of which only one end is known stands on that end, as finely as it is stated. The identifiers and all else
/// are the same at every build of the same articles: the time stamp is the day on which the newest source was published.
pub(in crate::render) fn entry(timeline: &Timeline, site: &Site, event: &Event, out: &mut Vec<u8>) {
    let Some((first, last)) = days(&event.date) else { return };
    let mut made = icalendar::Event::new();
    made.uid(&format!("{}@dateline", one_line(&event.id)));
    made.add_property("DTSTAMP", stamp(timeline, event).unwrap_or(first).format("%Y%m%dT000000Z").to_string());
    made.starts(first);
    // The end is the first day that is no part of it (RFC 5545, 3.6.1). Behind the last day that can be written there
    // is none: without an end the event lasts its first day.
    if let Some(end) = last.checked_add_days(Days::new(1)).filter(|day| day.year() <= 9999) {
        made.ends(end);
    }
    made.summary(&dated_headline(site, event));
    let mut told = vec![site.words.day(&event.date), site.words.quote(&one_line(quote(timeline, event)))];
    told.push(outlets(site, timeline, event).join(", "));
    told.extend(disagreement(site, timeline, event));
    told.extend(articles(timeline, event).into_iter().filter_map(address));
    made.description(&lines(&told));
    if let Some(page) = page(site, event) {
        made.url(&page);
    }
    made.add_property("TRANSP", "TRANSPARENT");
    made.class(Class::Public);
    made.status(match event.status {
        Status::Happened => EventStatus::Confirmed,
        Status::Planned | Status::Hypothetical => EventStatus::Tentative,
        Status::Denied => EventStatus::Cancelled,
    });
    let mut text = String::new();
    // Writing into memory cannot fail.
    let _ = made.fmt_write(&mut text);
    out.extend_from_slice(text.as_bytes());
}

/// Gives lines as one text, as many of them as may be told: none of the addresses at its end is cut.
fn lines(told: &[String]) -> String {
    let (mut text, mut left) = (String::new(), LONGEST);
    for line in told {
        let line = cropped(line, LONGEST - 1);
        let Some(after) = left.checked_sub(line.chars().count()) else {
            text.push('…');
            return text;
        };
        left = after;
        text.push_str(&line);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// Gives the first and the last day of a date, as far as a calendar can hold them.
fn days(date: &Edtf) -> Option<(NaiveDate, NaiveDate)> {
    let date = bounded(date);
    let (first, last) = (date.first_day()?, date.last_day()?);
    (first.year() >= 1 && last.year() <= 9999 && first <= last).then_some((first, last))
}

/// Gives the day on which the newest source of an event was published.
fn stamp(timeline: &Timeline, event: &Event) -> Option<NaiveDate> {
    let days = articles(timeline, event).into_iter().filter_map(|a| a.published.as_ref()?.date.last_day());
    days.max().filter(|day| (1..=9999).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_sources_is_cut_between_two_of_them() {
        let told: Vec<String> = (0..200).map(|n| format!("https://example.org/2020/01/02/article-{n:03}")).collect();
        let text = lines(&told);
        assert!(text.chars().count() <= LONGEST + told.len() && text.ends_with("\n…"), "{text}");
        assert!(text.lines().filter(|line| *line != "…").all(|line| told.iter().any(|own| own == line)), "{text}");
        assert_eq!(lines(&told[..2]), told[..2].join("\n"));
        assert_eq!(lines(&["x".repeat(9_000)]).chars().count(), LONGEST);
    }
}
