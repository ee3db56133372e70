//! Fields of the calendar, years, centuries, and ranges of them.

use super::super::capture::Slots;
use super::clock::hours;
use super::count::{ordinal, quantity};
use super::{direction, unit, weekday};
use crate::lang::Slot;
use crate::model::{Fields, Meaning, Quantity, ShiftFrom, TimexClass, Unit, YearSaid};

/// The day in a rule that says more than the day: by its fields, or "yesterday", "today", "tomorrow".
pub fn day_named(slots: &Slots<'_>) -> Option<Meaning> {
    match slots.get(Slot::N) {
        Some(offset) => Some(Meaning::Unit { unit: Unit::Day, offset }),
        // "8 a.m. the following morning"
        None if slots.has(Slot::Dir) && !slots.has(Slot::Weekday) && !slots.has(Slot::Month) => Some(Meaning::Shift {
            quantity: Quantity::Milli(1000),
            unit: Unit::Day,
            direction: direction(slots.get(Slot::Dir)?),
            from: ShiftFrom::Previous,
        }),
        None => Some(Meaning::Fields(fields(slots)?)),
    }
}

/// Reads the fields of the calendar; `None` where there is no such day.
pub fn fields(slots: &Slots<'_>) -> Option<Fields> {
    let mut part = slots.get(Slot::Month).map(|m| m as u8);
    if let (Some(_), Some(n)) = (slots.get(Slot::Other), slots.get(Slot::N)) {
        part = Some(part_by_number(slots, n)?);
    }
    if let Some(month) = part {
        (1..=41).contains(&month).then_some(())?;
    }
    let numbered = slots.first(Slot::Month).is_some_and(|m| m.digits > 0 && m.value > 12);
    (!numbered).then_some(())?; // "1914-18" is no month
    let day = ordinal(&slots.values(Slot::Day)).or(slots.get(Slot::Day).map(i64::from));
    let day = day.map(|d| u8::try_from(d).unwrap_or(u8::MAX));
    let year = year(slots, Slot::Year);
    if let (Some(month), Some(day)) = (part, day) {
        let leap_or = match year {
            Some(YearSaid::Full(y)) => y,
            _ => 2000,
        };
        chrono::NaiveDate::from_ymd_opt(leap_or, u32::from(month), u32::from(day))?;
    }
    let direction = slots.get(Slot::Dir).map(direction);
    let of = slots.get(Slot::Of).and_then(unit);
    let whole_week = slots.has(Slot::WholeWeek);
    let fiscal = slots.has(Slot::Fiscal);
    let told = slots.has(Slot::Told);
    Some(Fields {
        year,
        part,
        day,
        whole_week,
        of,
        fiscal,
        told,
        weekday: slots.get(Slot::Weekday).and_then(weekday),
        direction,
    })
}

/// Reads the two ends of a range.
pub fn range(slots: &Slots<'_>) -> Option<(TimexClass, Meaning)> {
    let both = |class, a, b| Some((class, Meaning::Range(Box::new(a), Box::new(b))));
    if slots.has(Slot::Century2) {
        return both(TimexClass::Date, century(slots, Slot::Century)?, century(slots, Slot::Century2)?);
    }
    if slots.has(Slot::Decade) {
        let first = slots.first(Slot::Decade)?.value;
        let second = slots.first(Slot::Year2)?;
        let last = if second.digits == 2 { first - first % 100 + second.value } else { second.value };
        (first % 10 == 0 && last % 10 == 0 && first < last).then_some(())?;
        let decade = |year: i64| Some(Meaning::Decade(YearSaid::Full(i32::try_from(year).ok()?)));
        return both(TimexClass::Date, decade(first)?, decade(last)?);
    }
    if slots.has(Slot::N2) {
        return pair(slots);
    }
    if slots.has(Slot::Hour2) {
        let (first, last) = hours(slots)?;
        return both(TimexClass::Time, Meaning::At(first, None), Meaning::At(last, None));
    }
    if slots.has(Slot::Day2) || slots.has(Slot::Month2) {
        let mut first = fields(slots)?;
        let number = |slot| slots.get(slot).and_then(|v| u8::try_from(v).ok());
        let last =
            Fields { day: number(Slot::Day2), part: number(Slot::Month2).or(first.part), weekday: None, ..first };
        if let (Some(YearSaid::Full(year)), true) = (first.year, first.part > last.part) {
            first.year = Some(YearSaid::Full(year - 1)); // from December to January 2021
        }
        let month_alone = first.day.is_none() && first.part != last.part;
        (month_alone || (first.part, first.day) < (last.part, last.day) || first.part > last.part).then_some(())?;
        (last.day <= Some(31)).then_some(())?;
        return both(TimexClass::Date, Meaning::Fields(first), Meaning::Fields(last));
    }
    let Some(YearSaid::Full(first)) = year(slots, Slot::Year) else {
        return None;
    };
    let second = *slots.values(Slot::Year2).first()?;
    let last = match second.digits {
        _ if slots.get(Slot::Era) == Some(1) => 1 - second.value as i32,
        1 => first - first % 10 + second.value as i32,
        // "1999-00" runs into the next century.
        2 if first % 100 == 99 && second.value == 0 => first + 1,
        2 => first - first % 100 + second.value as i32,
        _ => second.value as i32,
    };
    (first < last && last - first < 1000).then_some(())?;
    // "2010/11" is a season of two years only where they follow each other.
    (slots.get(Slot::Other) != Some(1) || last - first == 1).then_some(())?;
    let year = |y| Box::new(Meaning::Fields(Fields { year: Some(YearSaid::Full(y)), ..Fields::default() }));
    Some((TimexClass::Date, Meaning::Range(year(first), year(last))))
}

/// Two counts that share what stands behind them: "10- and 30-year", "the first and third quarters".
fn pair(slots: &Slots<'_>) -> Option<(TimexClass, Meaning)> {
    if let Some(code) = slots.get(Slot::Unit) {
        let unit = unit(code)?;
        let length = |slot| Some(Box::new(Meaning::Duration(vec![(quantity(slots, slot)?, unit)])));
        return Some((TimexClass::Duration, Meaning::Range(length(Slot::N)?, length(Slot::N2)?)));
    }
    let first = fields(slots)?;
    let last = Fields { part: Some(part_by_number(slots, slots.get(Slot::N2)?)?), ..first };
    (first.part < last.part).then_some(())?;
    Some((TimexClass::Date, Meaning::Range(Box::new(Meaning::Fields(first)), Box::new(Meaning::Fields(last)))))
}

/// A quarter or half by its number, where the rule says of which.
fn part_by_number(slots: &Slots<'_>, n: i32) -> Option<u8> {
    let base = slots.get(Slot::Other)?;
    let limit = if base == 33 { 4 } else { 2 };
    (1..=limit).contains(&n).then_some((base + n - 1) as u8)
}

/// Reads what follows the first of several dates told together, each with the token at which it starts: "March 3,
/// 5 and 7". `last` is the one behind the first.
pub fn rest(slots: &Slots<'_>, last: &Meaning) -> Option<Vec<(usize, Meaning)>> {
    let each = |slot| slots.placed(slot);
    let mut rest = Vec::new();
    let mut before = 0;
    for (token, value) in each(Slot::Day2).into_iter().chain(each(Slot::N2)).chain(each(Slot::Century2)) {
        let meaning = match last {
            Meaning::Fields(f) if slots.has(Slot::Day2) => {
                let day = u8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
                Meaning::Fields(Fields { day: Some(day), ..*f })
            }
            Meaning::Fields(f) => {
                Meaning::Fields(Fields { part: Some(part_by_number(slots, i32::try_from(value).ok()?)?), ..*f })
            }
            Meaning::Century(_) => Meaning::Century(i32::try_from(value).ok()?),
            _ => return None,
        };
        (value > before).then_some(())?;
        before = value;
        rest.push((token, meaning));
    }
    Some(rest)
}

/// Reads a year: digits, words, or before Christ.
pub fn year(slots: &Slots<'_>, slot: Slot) -> Option<YearSaid> {
    let values = slots.values(slot);
    let Some(first) = values.first() else {
        // The rule itself says the year.
        return slots.get(slot).map(YearSaid::Full);
    };
    if let Some(era) = slots.get(Slot::Era) {
        // "10,000 BC"
        let thousands = values.get(1).filter(|v| v.digits == 3).map(|v| first.value * 1000 + v.value);
        let number = i32::try_from(thousands.unwrap_or(first.value)).ok().filter(|y| (1..=10_000).contains(y))?;
        return Some(YearSaid::Full(if era == 1 { 1 - number } else { number }));
    }
    match first.digits {
        4 => Some(YearSaid::Full(first.value as i32)),
        2 => Some(YearSaid::TwoDigits(first.value as u8)),
        0 => {
            // "nineteen ninety-seven" is 19 and 97; "two thousand five" is 2 thousands and 5.
            let rest: i64 = values.iter().skip(1).map(|v| v.value).sum();
            let year = match first.value {
                2 => 2000 + rest,
                century @ 10..=20 => century * 100 + rest,
                _ => return None,
            };
            Some(YearSaid::Full(i32::try_from(year).ok()?))
        }
        _ => None,
    }
}

/// Reads a century.
pub fn century(slots: &Slots<'_>, slot: Slot) -> Option<Meaning> {
    let number = ordinal(&slots.values(slot))?;
    (1..=30).contains(&number).then_some(())?;
    let before_christ = slots.get(Slot::Era) == Some(1);
    Some(Meaning::Century(if before_christ { -(number as i32) } else { number as i32 }))
}
