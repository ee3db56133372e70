//! Happenings told by how long they lie from another: "on Monday, a day after the vote was held".

use super::clause::{Clause, Clauses};
use super::reading::Reading;
use crate::lang::events::event_words;
use crate::model::{Edtf, LeadKind, Meaning, Modifier, Quantity, Resolved, TimexClass, Unit};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::ops::Range;

/// Hours that still lie on the same day, as far as anybody can say.
const SAME_DAY: i64 = 12;

/// A happening with the date that its distance gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// Index of the length of time in the article's list.
    pub length: usize,
    /// Index of the date that it is counted from.
    pub base: usize,
    /// The date counted from.
    pub from: Edtf,
    /// The date that comes out.
    pub date: Edtf,
    /// Byte range in the sentence of the length.
    pub expression: Range<usize>,
    /// The clause that tells it.
    pub clause: Clause,
}

/// A time expression of the sentence: its index in the article's list, and its byte range in the sentence.
pub(super) type Placed<'a> = (usize, &'a Resolved, Range<usize>);

/// Gives the happenings that a sentence tells by their distance from one of its dates. `before` is the
/// last date of the sentence before, for "That came two days after …".
pub(super) fn of(
    reading: &Reading<'_>,
    clauses: &Clauses,
    all: &[Placed<'_>],
    before: Option<(usize, &Resolved)>,
) -> Vec<Counted> {
    let mut found = Vec::new();
    for (length, resolved, range) in all {
        let Some((amount, unit)) = amount(resolved) else { continue };
        let next = reading.within(range).end;
        let side = match reading.word(next) {
            "after" => -1,
            "before" => 1,
            _ => continue,
        };
        if !reading.gap(next).trim().is_empty() || reading.tokens.get(next).is_none() {
            continue;
        }
        // "a week after that the bridge closed" goes forward.
        let onward = side < 0 && reading.word(next + 1) == "that" && !reading.word(next + 2).is_empty();
        let clause = clauses.at(reading, range.start);
        let told = reading.within(&(clause.body..clause.range.end));
        let own = clause.range.start == range.start && matches!(clause.opener.as_deref(), Some("after" | "before"));
        let dated = all.iter().any(|(_, r, d)| r.date.is_some() && clause.range.contains(&d.start));
        // "four days after it should have been": when it was not.
        let unmet = || told.clone().any(|i| reading.starts(i, &event_words().unmet));
        if dated || !(own || onward) || reading.finite(told.clone()).is_none() || unmet() {
            continue;
        }
        let earlier = all.iter().rev().find(|(_, r, d)| r.date.is_some() && d.end <= range.start);
        let later = all.iter().find(|(_, r, d)| r.date.is_some() && d.start >= clause.range.end && range.start == 0);
        let base = earlier.or(later).map(|(i, r, _)| (*i, *r)).or(before.filter(|_| refers_back(reading, range)));
        let Some((base, of)) = base else { continue };
        let Some(from) = day(of) else { continue };
        let Some(mut date) = counted(from, if onward { 1 } else { side } * amount, unit) else { continue };
        if resolved.timex.modifier == Some(Modifier::Approx) {
            date = date.about();
        }
        found.push(Counted { length: *length, base, from: Edtf::day(from), date, expression: range.clone(), clause });
    }
    found
}

/// Gives how many of which unit an expression is long, where it says so in full.
fn amount(resolved: &Resolved) -> Option<(i64, Unit)> {
    match (&resolved.timex.meaning, resolved.timex.class) {
        (Meaning::Duration(parts), TimexClass::Duration) => match parts.as_slice() {
            [(Quantity::Milli(n), unit)] if n % 1000 == 0 => Some((n / 1000, *unit)),
            _ => None,
        },
        _ => None,
    }
}

/// Gives the one day of a date; of "before dawn on Tuesday" that Tuesday.
fn day(resolved: &Resolved) -> Option<NaiveDate> {
    let date = resolved.date.as_ref()?;
    let (first, last) = (date.first_day(), date.last_day());
    let lead = resolved.timex.lead.as_ref().map(|l| l.kind);
    let within_day = resolved.timex.class == TimexClass::Time && lead == Some(LeadKind::Before);
    match (first, last) {
        (Some(first), Some(last)) if first == last => Some(first),
        (None, Some(last)) if within_day => Some(last),
        _ => None,
    }
}

/// Counts from a day, no finer than the unit counts.
fn counted(from: NaiveDate, by: i64, unit: Unit) -> Option<Edtf> {
    let days = |n: i64| {
        let away = Days::new(n.unsigned_abs());
        if n < 0 { from.checked_sub_days(away) } else { from.checked_add_days(away) }
    };
    let months = |n: i64| {
        let away = Months::new(u32::try_from(n.unsigned_abs()).ok()?);
        if n < 0 { from.checked_sub_months(away) } else { from.checked_add_months(away) }
    };
    match unit {
        Unit::Minute | Unit::Second => Some(Edtf::day(from)),
        Unit::Hour if by.abs() < SAME_DAY => Some(Edtf::day(from)),
        Unit::Day => days(by).map(Edtf::day),
        Unit::Week => days(by.checked_mul(7)?).map(Edtf::day),
        Unit::Fortnight => days(by.checked_mul(14)?).map(Edtf::day),
        Unit::Month => months(by).and_then(|d| Edtf::month(d.year(), d.month())),
        Unit::Year => i32::try_from(by).ok().and_then(|n| from.year().checked_add(n)).map(Edtf::year),
        _ => None,
    }
}

/// Tells whether a sentence says when it was that the sentence before told: "That came two days after".
fn refers_back(reading: &Reading<'_>, length: &Range<usize>) -> bool {
    let first = reading.within(length).start;
    let verb = first.checked_sub(1).map_or("", |v| reading.word(v));
    let verb =
        if matches!(verb, "only" | "just" | "barely" | "about") { reading.word(first.saturating_sub(2)) } else { verb };
    let opens =
        matches!(reading.word(0), "that" | "this" | "it") || reading.is(0, &event_words().determiners) && first <= 4;
    opens && first <= 5 && matches!(verb, "came" | "comes" | "was" | "is" | "happened" | "followed" | "follows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_keeps_the_grain_of_its_unit() {
        let day = NaiveDate::from_ymd_opt(2020, 3, 31).unwrap();
        let text = |by, unit| counted(day, by, unit).map(|d| d.to_string());
        assert_eq!(text(-1, Unit::Day).as_deref(), Some("2020-03-30"));
        assert_eq!(text(2, Unit::Week).as_deref(), Some("2020-04-14"));
        assert_eq!(text(-1, Unit::Month).as_deref(), Some("2020-02"));
        assert_eq!(text(-3, Unit::Year).as_deref(), Some("2017"));
        assert_eq!(text(-1, Unit::Hour).as_deref(), Some("2020-03-31"));
        assert_eq!(text(-20, Unit::Hour), None);
        assert_eq!(text(i64::MAX, Unit::Week), None);
    }
}
