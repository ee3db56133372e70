//! iCalendar (RFC 5545): an all-day event for each event of the timeline whose days are known.

use super::{address, articles, bounded, dated_headline, disagreement, one_line, outlets, page, quote};
use crate::model::{Edtf, Event, Status, Timeline};
use crate::render::Site;
use chrono::{Datelike, Days, NaiveDate};

/// Bytes of a line at most (RFC 5545, 3.1).
const LINE: usize = 75;

/// Begins a calendar.
pub(in crate::render) fn open(site: &Site, out: &mut Vec<u8>) {
    out.extend_from_slice(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dateline//Dateline//EN\r\n");
    out.extend_from_slice(b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    text(out, "X-WR-CALNAME:", &one_line(&site.config.title));
}

/// Ends it.
pub(in crate::render) fn close(out: &mut Vec<u8>) {
    out.extend_from_slice(b"END:VCALENDAR\r\n");
}

/// Writes an event; one before year 1 or after 9999, which the format cannot write, is left out.
///
/// An event of which only one end is known stands on that end, as finely as it is stated. The identifiers and all else are the same at every
/// build of the same articles: the time stamp is the day on which the newest source was published.
pub(in crate::render) fn entry(timeline: &Timeline, site: &Site, event: &Event, out: &mut Vec<u8>) {
    let Some((first, last)) = days(&event.date) else { return };
    // The end is the first day that is no part of it (RFC 5545, 3.6.1).
    let end = last.checked_add_days(Days::new(1)).filter(|day| day.year() <= 9999);
    let mut told = vec![site.words.day(&event.date), site.words.quote(&one_line(quote(timeline, event)))];
    told.push(outlets(site, timeline, event).join(", "));
    told.extend(disagreement(site, timeline, event));
    told.extend(articles(timeline, event).into_iter().filter_map(address));
    out.extend_from_slice(b"BEGIN:VEVENT\r\nCLASS:PUBLIC\r\n");
    text(out, "DESCRIPTION:", &told.join("\n"));
    // Behind the last day that can be written there is none: without an end the event lasts its first day.
    if let Some(end) = end {
        push(out, &format!("DTEND;VALUE=DATE:{}", digits(end)));
    }
    push(out, &format!("DTSTAMP:{}T000000Z", digits(stamp(timeline, event).unwrap_or(first))));
    push(out, &format!("DTSTART;VALUE=DATE:{}", digits(first)));
    push(
        out,
        match event.status {
            Status::Happened => "STATUS:CONFIRMED",
            Status::Planned | Status::Hypothetical => "STATUS:TENTATIVE",
            Status::Denied => "STATUS:CANCELLED",
        },
    );
    text(out, "SUMMARY:", &dated_headline(site, event));
    push(out, "TRANSP:TRANSPARENT");
    text(out, "UID:", &format!("{}@dateline", one_line(&event.id)));
    if let Some(page) = page(site, event) {
        push(out, &format!("URL:{page}"));
    }
    out.extend_from_slice(b"END:VEVENT\r\n");
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

/// Gives a day as the format writes it.
fn digits(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Writes a property of which the value is a text (RFC 5545, 3.3.11).
fn text(out: &mut Vec<u8>, name: &str, value: &str) {
    let mut line = String::with_capacity(name.len() + value.len() + 16);
    line.push_str(name);
    for c in value.chars() {
        match c {
            '\\' | ',' | ';' => line.extend(['\\', c]),
            '\n' => line.push_str("\\n"),
            _ => line.push(c),
        }
    }
    push(out, &line);
}

/// Writes a line, folded where it is long.
fn push(out: &mut Vec<u8>, line: &str) {
    let (mut from, mut most) = (0, LINE);
    let mut spaces = Spaces { line, ascii: line.is_ascii(), character: 0, byte: 0 };
    while line.len() - from > LINE {
        let mut at = most;
        // No line begins with a space of the text, which some programs take for one of the fold.
        at -= usize::from(spaces.at(at));
        while !line.is_char_boundary(at) {
            at -= 1;
            at -= usize::from(spaces.at(at));
        }
        out.extend_from_slice(line.get(from..at).unwrap_or_default().as_bytes());
        out.extend_from_slice(b"\r\n ");
        from = at;
        most = at + LINE - 1;
    }
    out.extend_from_slice(line.get(from..).unwrap_or_default().as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// Says which characters of a line are spaces. They are counted as characters, though lines are cut by bytes: so
/// calendars were folded before, and what did not change is not written otherwise.
struct Spaces<'l> {
    line: &'l str,
    ascii: bool,
    /// The character that was looked at last, and where it begins.
    character: usize,
    byte: usize,
}

impl Spaces<'_> {
    fn at(&mut self, character: usize) -> bool {
        if self.ascii {
            return self.line.as_bytes().get(character).is_some_and(|&b| char::from(b).is_whitespace());
        }
        // Near to the last one, so that a long line takes no longer than its length.
        while let (true, Some(c)) = (self.character < character, self.rest().chars().next()) {
            self.byte += c.len_utf8();
            self.character += 1;
        }
        while let (true, Some(c)) =
            (self.character > character, self.line.get(..self.byte).unwrap_or_default().chars().next_back())
        {
            self.byte -= c.len_utf8();
            self.character -= 1;
        }
        self.character == character && self.rest().chars().next().is_some_and(char::is_whitespace)
    }

    fn rest(&self) -> &str {
        self.line.get(self.byte..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &str) -> String {
        let mut out = Vec::new();
        push(&mut out, line);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn long_lines_are_folded_and_nothing_of_them_is_lost() {
        let words = "a word or two ".repeat(40);
        let texts = ["x".repeat(400), "é🚢".repeat(90), words.clone(), format!("“{words}”"), " ".repeat(300)];
        for text in texts {
            let made = written(&text);
            assert!(made.lines().all(|line| line.len() <= LINE), "{made}");
            assert_eq!(made.replace("\r\n ", ""), format!("{text}\r\n"));
        }
        assert_eq!(written("short"), "short\r\n");
        assert!(written(&words).lines().skip(1).all(|line| !line.starts_with("  ")), "no line begins with a space");
    }

    #[test]
    fn a_line_of_any_length_takes_no_longer_than_its_length() {
        let long = "ü an ".repeat(400_000);
        assert_eq!(written(&long).replace("\r\n ", "").len(), long.len() + 2);
    }

    #[test]
    fn signs_of_the_format_are_escaped_in_a_text() {
        let mut out = Vec::new();
        text(&mut out, "SUMMARY:", "a,b;c\\d\ne");
        assert_eq!(out, b"SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
    }
}
