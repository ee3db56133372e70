//! Dates of which a sentence tells nothing, and dates between which it does not decide.

use super::reading::Reading;
use crate::lang::events::event_words;
use crate::model::{Edtf, LeadKind, Precision, Resolved};
use std::ops::Range;

/// Words back from a date in which the word that ranks can stand: "the first visit by a king since".
const REACH: usize = 10;
/// Words between what measures and the date of it, at most: "since the great fire of".
const OTHER: usize = 7;
/// Dates between which a text leaves the choice, at most.
const MOST: usize = 6;

/// Tells whether a date is only what something is measured by: "the worst fire since 1910", "more than
/// in 1910", "levels not seen since 1910".
pub(super) fn only_compares(reading: &Reading<'_>, resolved: &Resolved, at: &Range<usize>) -> bool {
    let first = reading.within(at).start;
    let before = |n: usize| first.checked_sub(n).map_or("", |i| reading.word(i));
    if before(1) == "than" && matches!(reading.word(first), "in" | "on" | "during" | "at") || than_one(reading, first) {
        return true;
    }
    if let Some(since) = since_one(reading, first) {
        return ranked(reading, since);
    }
    if !resolved.timex.lead.as_ref().is_some_and(|l| l.kind == LeadKind::Since) && reading.word(first) != "since" {
        return false;
    }
    // "Not since 1974 had a party lost so many", "has not been the same since"
    if matches!(before(1), "not" | "same") {
        return true;
    }
    if matches!(before(1), "seen" | "known" | "recorded" | "witnessed" | "experienced")
        && matches!(before(2), "not" | "never" | "last" | "unlike")
    {
        return true;
    }
    ranked(reading, first)
}

/// "deadlier than the one in 1910": measured by another.
fn than_one(reading: &Reading<'_>, date: usize) -> bool {
    let near = date.saturating_sub(OTHER)..date;
    let than = near.rev().find(|&i| reading.word(i) == "than");
    than.is_some_and(|than| {
        let one = matches!(reading.word(than + 1), "those" | "that") || reading.word(than + 2) == "one";
        one && reading.finite(than + 1..date).is_none()
    })
}

/// Gives the word "since" in "the worst since the fire of 1910".
fn since_one(reading: &Reading<'_>, date: usize) -> Option<usize> {
    let since = (date.saturating_sub(OTHER)..date).rev().find(|&i| reading.word(i) == "since")?;
    let one = reading.is(since + 1, &event_words().determiners);
    let plain = !(since + 1..=date).any(|i| reading.gap(i).contains([',', ';', '—']));
    (one && plain && reading.finite(since + 1..date).is_none()).then_some(since)
}

/// Tells whether a rank stands before the word "since" at `first`.
fn ranked(reading: &Reading<'_>, first: usize) -> bool {
    let words = event_words();
    let stretch = first.saturating_sub(REACH)..first;
    let rank = stretch.rev().take_while(|&i| i + 1 == first || !reading.gap(i + 1).contains([';', '—'])).find(|&i| {
        let word = reading.word(i);
        word.rsplit('-').next().is_some_and(|w| words.is_rank(w)) && !reading.is_aside(i)
    });
    // "The first bridge has been closed since 1910" tells of the bridge.
    rank.is_some_and(|rank| !(rank + 1..first).any(|i| reading.is_verb(i) && reading.is_auxiliary(i)))
}

/// Tells whether the clause says of a date that it was not then: "in 1929 but not in 1987".
pub(super) fn denied(reading: &Reading<'_>, at: &Range<usize>) -> bool {
    let first = reading.within(at).start;
    let before = |n: usize| first.checked_sub(n).map_or("", |i| reading.word(i));
    before(1) == "not" && matches!(before(2), "but" | "and" | "though" | "or") && reading.word(first) != "until"
}

/// Gives how many dates from `first` on are one choice ("in 2013 or 2014"): 1 where there is none.
pub(super) fn choice(reading: &Reading<'_>, ranges: &[Range<usize>], dates: &[&Edtf], first: usize) -> usize {
    if first + 1 >= ranges.len() {
        return 1;
    }
    let gap = |i: usize| {
        let (a, b) = (ranges.get(i)?, ranges.get(i + 1)?);
        reading.text.get(a.end..b.start).map(str::trim)
    };
    let Some(kind) = dates.get(first).filter(|d| plain(d)).map(|d| d.precision()) else { return 1 };
    let like = |i: usize| dates.get(i).is_some_and(|d| plain(d) && d.precision() == kind);
    for next in first + 1..(first + MOST).min(ranges.len()) {
        if !like(next) {
            return 1;
        }
        match gap(next - 1) {
            Some("or" | ", or") => return next + 1 - first,
            Some(",") => {}
            _ => return 1,
        }
    }
    1
}

/// Tells whether a date is one stretch of the calendar and no more.
fn plain(date: &Edtf) -> bool {
    let fine = matches!(date.precision(), Precision::Day | Precision::Month | Precision::Year);
    fine && !date.is_open() && !date.to_string().contains(['/', '[', '{'])
}

/// Tells whether two dates of one clause can be one: both open to a side, or both closed.
pub(super) fn alike(a: &Edtf, b: &Edtf) -> bool {
    a.is_open() == b.is_open()
}

/// Tells whether `a` says more than `b`.
pub(super) fn finer(a: &Edtf, b: &Edtf) -> bool {
    let days = |e: &Edtf| match (e.first_day(), e.last_day()) {
        (Some(first), Some(last)) => (last - first).num_days(),
        _ => i64::MAX,
    };
    days(a) < days(b)
}

/// Gives the date that is one of some; a single one as it is.
pub(super) fn one_of(dates: &[&Edtf]) -> Edtf {
    Edtf::one_of(dates.iter().map(|&d| d.clone()).collect())
}
