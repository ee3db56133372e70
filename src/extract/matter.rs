//! Sentences about the page and its paper, not about the world: corrections, offers, greetings, time stamps.

use super::reading::Reading;
use crate::lang::Runs;
use crate::lang::events::event_words;
use memchr::memchr;

/// A line of a list has so many words at most.
const LISTED: usize = 9;
/// So many words set large open a rubric: "ALSO IN THE GAZETTE".
const LARGE: usize = 3;

/// What a sentence about the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// It corrects or dates the text; what follows in its paragraph does so too.
    Note,
    /// It asks, offers, greets, or only says what time it is.
    Other,
}

/// A note on the text names it in so many words after its beginning, at most.
const NEAR: usize = 9;

/// Tells whether a sentence is about the page, and how.
pub(super) fn of(reading: &Reading<'_>) -> Option<Matter> {
    let words = event_words();
    let starts = |runs: &Runs| reading.starts(0, runs);
    if labelled(reading) || starts(&words.page_notes) || changes_the_text(reading) {
        return Some(Matter::Note);
    }
    let quoted = reading.is_aside(0);
    let offers = || {
        reading.can_hold(&words.page_offers)
            && (0..reading.tokens.len()).any(|i| !reading.is_aside(i) && reading.starts(i, &words.page_offers))
    };
    // A request speaks to the reader at once; "Follow us, he said" does not stand in a paper.
    let farewell = || starts(&words.page_farewells) || reading.starts(behind_stamp(reading), &words.page_farewells);
    let asks = || starts(&words.page_requests) || farewell() || imperative(reading);
    (!quoted && (asks() || offers()) || credit(reading) || row(reading) || stamp(reading) || advert(reading))
        .then_some(Matter::Other)
}

/// Gives the first word behind the time that opens an entry: "19:10 – That is all from us tonight".
fn behind_stamp(reading: &Reading<'_>) -> usize {
    let first = reading.tokens.first().map_or(0, |t| t.start);
    reading.dates.first().filter(|d| d.start <= first && first < d.end).map_or(0, |d| reading.within(d).end)
}

/// "Flu jabs from 4 May · Harbour dues rise": a row of links, unless the sign only sets off the time of an entry.
fn row(reading: &Reading<'_>) -> bool {
    // The last byte of the sign, which hardly a sentence has.
    if memchr(0xB7, reading.text.as_bytes()).is_none() {
        return false;
    }
    let first = reading.dates.first().map_or(0, |d| d.end);
    reading
        .text
        .match_indices(" · ")
        .any(|(at, _)| at > first + 2 || reading.dates.first().is_none_or(|d| d.start > at))
}

/// "Correction, Nov. 4: …", "Last update: Tuesday".
fn labelled(reading: &Reading<'_>) -> bool {
    reading.runs(0, &event_words().page_labels).any(|length| {
        let next = reading.gap(length).trim_start();
        // After a comma, the day of the note must follow: "Corrected, the text went out" is a sentence.
        let dated = reading.tokens.get(length).is_some_and(|t| reading.dates.iter().any(|d| d.start == t.start));
        // "CORRECTION On Monday we said": set large, it needs no sign.
        let large = |n: usize| {
            n <= reading.tokens.len() && reading.tokens.iter().take(n).all(|t| t.text.chars().all(char::is_uppercase))
        };
        next.starts_with(':')
            || dated && (next.starts_with([',', '—', '–', '-', '(']) || next.is_empty() && large(length))
            || length > 1 && large(length.max(LARGE))
    })
}

/// "This article was amended on …", "An earlier version said …".
fn changes_the_text(reading: &Reading<'_>) -> bool {
    let words = event_words();
    let Some(run) = reading.runs(0, &words.page_this).max() else { return false };
    let Some(noun) = (run..run + 3).find(|&i| reading.is(i, &words.page_nouns)) else { return false };
    let end = reading.tokens.len().min(noun + NEAR);
    let Some(done) = (noun + 1..end).find(|&i| reading.is(i, &words.page_changed)) else { return false };
    // "This report, published on Monday, says …" tells of a report; its own verb must be the first.
    let own = (noun + 1..done).all(|i| !reading.comma(i) && !reading.gap(i).contains(['—', ';']));
    let versions = (0..=noun).any(|i| ["version", "versions"].contains(&reading.word(i)));
    let passive = (noun + 1..done).any(|i| ["was", "were", "has", "have", "is"].contains(&reading.word(i)));
    own && !reading.comma(done) && (versions || passive || reading.word(done).starts_with("appear"))
}

/// "Read the first part, published on Monday, here": nothing is told before the first comma.
fn imperative(reading: &Reading<'_>) -> bool {
    let words = event_words();
    let first = reading.word(0);
    if !words.imperatives.contains(first) || !reading.is(1, &words.imperative_objects) {
        return false;
    }
    let end =
        (1..reading.tokens.len()).find(|&i| reading.gap(i).contains([',', ';', '—'])).unwrap_or(reading.tokens.len());
    // "Read by all, it won a prize", "Support for the mayor fell": another verb follows.
    let names = matches!(reading.word(1), "for" | "by" | "from" | "in" | "to" | "with" | "at" | "on")
        && end < reading.tokens.len();
    reading.finite(1..end).is_none() && !(names && reading.finite(end..reading.tokens.len()).is_some())
}

/// "Annual dinner, Friday 22 November, black tie.": at the end of a page, a line without a verb that names no
/// happening. A line that begins with its date may be of a chronicle.
pub(super) fn listed(reading: &Reading<'_>) -> bool {
    let words = 0..reading.tokens.len();
    let dated = reading.tokens.first().zip(reading.dates.first()).is_some_and(|(t, d)| d.start <= t.end());
    words.len() <= LISTED
        && !dated
        && reading.finite(words.clone()).is_none()
        && !words.clone().any(|i| reading.is_of(i, event_words().classed()))
}

/// "Copyright 2021 The Courier", "Reporting by Ann Cole in Oslo on Tuesday": no verb says what was done.
fn credit(reading: &Reading<'_>) -> bool {
    let credits = &event_words().page_credits;
    let signed = || reading.text.contains('©') || reading.text.contains("(c)") || reading.text.contains("(C)");
    // "(Reporting by Ann Cole)"
    let bracketed = || (0..reading.tokens.len()).any(|i| reading.gap(i).ends_with('(') && reading.starts(i, credits));
    (reading.starts(0, credits) && !reading.is_aside(0) || signed() || reading.can_hold(credits) && bracketed())
        && reading.finite(1..reading.tokens.len()).is_none()
}

/// A time stamp standing alone: nothing is told outside its time expressions.
fn stamp(reading: &Reading<'_>) -> bool {
    let dated = |start: usize| {
        let last = reading.dates.partition_point(|d| d.start <= start);
        last.checked_sub(1).and_then(|l| reading.dates.get(l)).is_some_and(|d| start < d.end)
    };
    !reading.dates.is_empty()
        && (0..)
            .zip(&reading.tokens)
            .all(|(i, t)| reading.is_stop(i) || dated(t.start) || t.text.chars().nth(1).is_none())
}

/// "Harbour Forum: Oslo, 14–15 May": a title, a place and a date, and nothing that is done.
fn advert(reading: &Reading<'_>) -> bool {
    let (Some(first), Some(date)) = (reading.tokens.first(), reading.dates.first()) else { return false };
    if reading.tokens.len() > 24 || !reading.text.contains(':') {
        return false;
    }
    let Some(colon) = reading.text.find(": ") else { return false };
    let dated = |start: usize| reading.dates.iter().any(|d| d.contains(&start));
    // "12 May: Crews Walk Out" is a line of a chronicle.
    colon < date.start
        && first.start < colon
        && (0..).zip(&reading.tokens).all(|(i, t)| {
            reading.is_capital(i)
                || reading.is_stop(i)
                || dated(t.start)
                || t.text.starts_with(|c: char| c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(text: &str, date: &str) -> Option<Matter> {
        let dates: Vec<_> =
            text.find(date).filter(|_| !date.is_empty()).map(|at| at..at + date.len()).into_iter().collect();
        of(&Reading::with_dates(text, &dates))
    }

    #[test]
    fn notes_on_the_text_are_told_from_news() {
        for (text, date) in [
            ("Correction: The lock was opened on 3 May.", "3 May"),
            ("Correction, May 4: The lock was opened last year.", "May 4"),
            ("Editor’s note: We changed a name on 3 May.", "3 May"),
            ("Last update: Monday 3 May, 18:20.", "Monday 3 May, 18:20"),
            ("This story was first published on 3 May.", "3 May"),
            ("This article has been amended to say that the lock opened on 3 May.", "3 May"),
            ("An earlier version of this story gave the day as 3 May.", "3 May"),
            ("A previous version misstated the day as 3 May.", "3 May"),
            ("A version of this article appears in print on May 3.", "May 3"),
            ("Published in the print edition of 3 May.", "3 May"),
            ("A correction was made on May 3.", "May 3"),
        ] {
            assert_eq!(matter(text, date), Some(Matter::Note), "{text}");
        }
        for (text, date) in [
            ("The report was published on 3 May.", "3 May"),
            ("This report, published on 3 May, says the lock is unsafe.", "3 May"),
            ("The correction was made on 3 May by the bank.", "3 May"),
            ("Corrected figures were out on 3 May.", "3 May"),
            ("This page of history was turned on 3 May.", "3 May"),
            ("An earlier strike ended on 3 May.", "3 May"),
            ("Published in 1950, the book sold well.", "1950"),
        ] {
            assert_eq!(matter(text, date), None, "{text}");
        }
    }

    #[test]
    fn offers_greetings_and_stamps_tell_nothing() {
        for (text, date) in [
            ("Register by 3 May for a place.", "3 May"),
            ("Read the first part, published on 3 May, here.", "3 May"),
            ("Visit the harbour museum before 3 May.", "3 May"),
            ("Press readers get six weeks for £1 until 3 May.", "3 May"),
            ("Our coverage is free to read until 3 May.", "3 May"),
            ("Early-bird prices end on 3 May.", "3 May"),
            ("That’s all from us this evening.", "this evening"),
            ("Tomorrow’s live page starts again at 6:00.", "Tomorrow"),
            ("Copyright 2021 The Courier.", "2021"),
            ("Reporting by Ann Cole in Oslo on Tuesday; editing by Jim Low.", "Tuesday"),
            ("Photograph: Ann Cole, 3 May.", "3 May"),
            ("18:20", "18:20"),
            ("9 p.m. Monday", "9 p.m. Monday"),
            ("Harbour Forum: Oslo, 14 May.", "14 May"),
        ] {
            assert_eq!(matter(text, date), Some(Matter::Other), "{text}");
        }
        for (text, date) in [
            ("14 May: Crews Walk Out", "14 May"),
            ("“Join us on Friday,” she said.", "Friday"),
            ("Readers of the paper met on 3 May.", "3 May"),
            ("The offer ended on 3 May.", "3 May"),
            ("Support for the mayor fell on 3 May.", "3 May"),
            ("Read by thousands, it won a prize on 3 May.", "3 May"),
            ("Crews walked out on 3 May.", "3 May"),
            ("Copyright law changed on 3 May.", "3 May"),
            ("Photographs of the lock were shown on 3 May.", "3 May"),
        ] {
            assert_eq!(matter(text, date), None, "{text}");
        }
    }
}
