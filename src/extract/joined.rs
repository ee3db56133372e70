//! Dates of a sentence that are one time together: "overnight from Monday to Tuesday", "on Friday and Saturday".

use super::reading::Reading;
use crate::model::{Clock, DayPart, Edtf, LeadKind, Meaning, Resolved, Unit};
use chrono::NaiveDate;
use std::ops::Range;

/// A date in its sentence.
#[derive(Debug, Clone)]
pub(super) struct Dated<'a> {
    /// Its expression.
    pub resolved: &'a Resolved,
    /// The date.
    pub date: Edtf,
    /// Byte range in the sentence.
    pub range: Range<usize>,
}

/// Joins what is one time: a night with the days that it lies between, a time of day with its day, days in a row.
pub(super) fn joined<'a>(reading: &Reading<'_>, all: Vec<Dated<'a>>) -> Vec<Dated<'a>> {
    if all.len() < 2 {
        return all;
    }
    let mut out: Vec<Dated<'a>> = Vec::with_capacity(all.len());
    // Whether the last of them is a night, and whether it has the day that it needs.
    let mut night = false;
    for next in all {
        let Some(last) = out.last_mut() else {
            night = is_night(next.resolved);
            out.push(next);
            continue;
        };
        let between =
            reading.text.get(last.range.end..next.range.start).unwrap_or_default().trim().to_ascii_lowercase();
        let close = matches!(&*between, "" | "," | "on" | "of" | "from" | "between" | "into" | "on the");
        let whole = last.range.start..next.range.end;
        if of_no_day(last.resolved) && close && spans(&next).is_some() {
            let into = between == "into" || reading.word(reading.within(&next.range).start) == "into";
            let date = match spans(&next) {
                Some((day, same)) if day == same && into && night => {
                    day.pred_opt().map(|before| Edtf::span(before, day))
                }
                _ => None,
            };
            *last = Dated { date: date.unwrap_or(next.date), range: whole, ..next };
            continue;
        }
        if is_night(next.resolved) && of_no_day(next.resolved) && matches!(&*between, "" | ",") && spans(last).is_some()
        {
            last.range = whole;
            night = true;
            continue;
        }
        // "between Monday and Tuesday", "2–3 May": both ends have the whole of it.
        if night && last.date.contains(&next.date) && between.len() <= "and".len() {
            last.range = whole;
            continue;
        }
        if again(reading, last, &next, &between) {
            let day = |d: &Dated<'_>| matches!(&d.resolved.timex.meaning, Meaning::Fields(f) if f.day.is_some());
            let said = if day(last) && !day(&next) { last.clone() } else { next };
            *last = Dated { range: whole, ..said };
            continue;
        }
        let ties = match &*between {
            "and" | ", and" => !owns(reading, &next) && (!leads(reading, &next) || closes(reading, &next)),
            "," => lists_on(reading, &next),
            "to" | "-" | "–" | "into" => night,
            "" => night && starts_with_to(reading, &next),
            _ => false,
        };
        if ties
            && let (Some((first, before)), Some((after, end))) = (spans(last), spans(&next))
            && (after == end || night)
            && before.succ_opt() == Some(after)
            && plain(last, night)
            && plain(&next, night)
        {
            last.date = Edtf::span(first, end);
            last.range = whole;
            continue;
        }
        night = is_night(next.resolved);
        out.push(next);
    }
    out
}

/// Tells whether a day is said a second time, in other words, between commas: "on Friday, a week ago today,".
fn again(reading: &Reading<'_>, last: &Dated<'_>, next: &Dated<'_>, between: &str) -> bool {
    let one = |d: &Dated<'_>| spans(d).is_some_and(|(first, end)| (end - first).num_days() <= 6);
    let shifted = |d: &Dated<'_>| {
        matches!(d.resolved.timex.meaning, Meaning::Shift { .. } | Meaning::ShiftOf { .. } | Meaning::Unit { .. })
    };
    // A day with its month needs no other words; of a weekday they may say which.
    let vague = |d: &Dated<'_>| match &d.resolved.timex.meaning {
        Meaning::Fields(fields) => fields.part.is_none(),
        Meaning::At(_, Some(day)) => matches!(&**day, Meaning::Fields(fields) if fields.part.is_none()),
        _ => false,
    };
    let twice = shifted(last) && vague(next) || vague(last) && shifted(next);
    let apart = !last.date.overlaps(&next.date);
    between == "," && apart && twice && one(last) && one(next) && closes(reading, next)
}

/// Tells whether a date brings a preposition of its own: "on Saturday".
fn leads(reading: &Reading<'_>, dated: &Dated<'_>) -> bool {
    matches!(reading.word(reading.within(&dated.range).start), "on" | "in" | "at" | "early" | "late")
}

/// Tells whether a stretch of the sentence ends behind a date.
fn closes(reading: &Reading<'_>, dated: &Dated<'_>) -> bool {
    let next = reading.within(&dated.range).end;
    reading.tokens.get(next).is_none() || reading.gap(next).trim_start().starts_with([',', '.', ';', ')', '—'])
}

/// Tells whether a date is a noun's: "Sunday's match".
fn owns(reading: &Reading<'_>, dated: &Dated<'_>) -> bool {
    let rest = reading.text.get(dated.range.end..).unwrap_or_default();
    let text = reading.text.get(dated.range.clone()).unwrap_or_default();
    rest.starts_with(['\'', '’']) || text.ends_with("'s") || text.ends_with("’s")
}

/// Tells whether a list goes on behind a date: "Monday, Tuesday and Wednesday".
fn lists_on(reading: &Reading<'_>, dated: &Dated<'_>) -> bool {
    let rest = reading.text.get(dated.range.end..).unwrap_or_default();
    let next = reading.within(&dated.range).end + usize::from(rest.starts_with(" and "));
    let listed = rest.starts_with(" and ") || rest.starts_with(", ");
    listed && reading.tokens.get(next).is_some_and(|t| reading.dates.iter().any(|d| d.start == t.start))
}

/// Gives the first and the last day of a date that is some days and no more.
fn spans(dated: &Dated<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = (dated.date.first_day()?, dated.date.last_day()?);
    ((last - first).num_days() <= 6 && !dated.date.is_open() && !of_no_day(dated.resolved)).then_some((first, last))
}

/// Tells whether a date gives days with nothing before them that bounds: no "by", "until", "since".
fn plain(dated: &Dated<'_>, night: bool) -> bool {
    let lead = dated.resolved.timex.lead.as_ref().map(|l| l.kind);
    let bounds =
        matches!(lead, Some(LeadKind::By | LeadKind::Until | LeadKind::Since | LeadKind::Before | LeadKind::After));
    let timed = matches!(dated.resolved.timex.meaning, Meaning::At(..));
    night || !bounds && !timed && !dated.date.is_approximate()
}

fn starts_with_to(reading: &Reading<'_>, dated: &Dated<'_>) -> bool {
    matches!(reading.word(reading.within(&dated.range).start), "to" | "and" | "into")
}

/// Tells whether an expression names a night.
fn is_night(resolved: &Resolved) -> bool {
    matches!(resolved.timex.meaning, Meaning::At(Clock::Part(DayPart::Night | DayPart::Overnight), _))
}

/// Tells whether an expression is a time of day and says of no day: "overnight", "at 3:40 p.m.".
fn of_no_day(resolved: &Resolved) -> bool {
    match &resolved.timex.meaning {
        Meaning::At(_, None) => true,
        Meaning::At(Clock::Part(DayPart::Overnight), Some(day)) => {
            matches!(**day, Meaning::Unit { unit: Unit::Day, offset: 0 })
        }
        _ => false,
    }
}
