//! From the slots of a match to what the words mean.

use super::capture::{Slots, Value};
use crate::lang::{Means, Rule, Slot};
use crate::model::{
    Clock, DayPart, Direction, Fields, Meaning, Modifier, Quantity, SetEvery, SetMeaning, ShiftFrom, TimexClass, Unit,
    YearSaid,
};
use chrono::Weekday;

/// What a match means.
#[derive(Debug)]
pub struct Built {
    /// Its class.
    pub class: TimexClass,
    /// Its meaning.
    pub meaning: Meaning,
    /// Its modifier.
    pub modifier: Option<Modifier>,
}

/// Adds up the slots of a match; `None` where they make no sense together (31 February, hour 25).
pub fn build(rule: &Rule, slots: &Slots<'_>, text: &str) -> Option<Built> {
    let mut modifier = slots.get(Slot::Edge).and_then(edge);
    let (class, meaning) = match rule.means {
        Means::Nothing => return None,
        Means::Fields => (TimexClass::Date, Meaning::Fields(fields(slots)?)),
        Means::Unit => {
            let offset = slots.get(Slot::N).or_else(|| slots.get(Slot::Dir))?;
            (TimexClass::Date, Meaning::Unit { unit: unit(slots.get(Slot::Unit)?)?, offset })
        }
        Means::Ago | Means::Later => {
            modifier = modifier.or_else(|| count_modifier(slots, text));
            let from = if rule.means == Means::Ago { ShiftFrom::Published } else { ShiftFrom::Previous };
            let direction = direction(slots.get(Slot::Dir).unwrap_or(0));
            (
                TimexClass::Date,
                Meaning::Shift {
                    quantity: quantity(slots)?,
                    unit: unit(slots.get(Slot::Unit).unwrap_or(4))?,
                    direction,
                    from,
                },
            )
        }
        Means::Decade => {
            let said = slots.first(Slot::Decade)?;
            let year = if said.digits == 4 {
                YearSaid::Full(said.value as i32)
            } else {
                YearSaid::TwoDigits((said.value % 100) as u8)
            };
            (TimexClass::Date, Meaning::Decade(year))
        }
        Means::Century => {
            let number: i64 = slots
                .values(Slot::Century)
                .iter()
                .filter(|v| v.digits > 0 || v.value > 0)
                .map(|v| v.value)
                .take(2)
                .sum::<i64>();
            let number = ordinal(&slots.values(Slot::Century)).unwrap_or(number);
            (1..=30).contains(&number).then_some(())?;
            (TimexClass::Date, Meaning::Century(number as i32))
        }
        Means::Clock => {
            let clock = clock(slots)?;
            let dated = [Slot::Weekday, Slot::Month, Slot::Day, Slot::Year].iter().any(|s| slots.has(*s));
            let day = if dated {
                Some(Meaning::Fields(fields(slots)?))
            } else {
                slots.get(Slot::N).map(|offset| Meaning::Unit { unit: Unit::Day, offset })
            };
            (TimexClass::Time, Meaning::At(clock, day.map(Box::new)))
        }
        Means::Definite => {
            let years_back = slots.get(Slot::N).unwrap_or(0) as u8;
            (TimexClass::Date, Meaning::Definite { unit: unit(slots.get(Slot::Unit)?)?, years_back })
        }
        Means::Holiday => {
            let holiday = u8::try_from(slots.get(Slot::Holiday)?).ok()?;
            let direction = slots.get(Slot::Dir).map(direction);
            (TimexClass::Date, Meaning::Holiday { holiday, year: year(slots, Slot::Year), direction })
        }
        Means::Present => (TimexClass::Date, Meaning::Present),
        Means::Past => (TimexClass::Date, Meaning::Past),
        Means::Future => (TimexClass::Date, Meaning::Future),
        Means::Duration => {
            modifier = modifier.or_else(|| count_modifier(slots, text));
            // A rule that sets n to 0 leaves the count open: "for years".
            let open = slots.first(Slot::N).is_none() && slots.get(Slot::N) == Some(0);
            let count = if open { Quantity::Open } else { quantity(slots).unwrap_or(Quantity::Milli(1000)) };
            let first = (count, unit(slots.get(Slot::Unit)?)?);
            (TimexClass::Duration, Meaning::Duration(vec![first]))
        }
        Means::Set => (TimexClass::Set, Meaning::Set(set(slots)?)),
        Means::Stretch => {
            let direction = direction(slots.get(Slot::Dir)?);
            (
                TimexClass::Duration,
                Meaning::Stretch { quantity: quantity(slots)?, unit: unit(slots.get(Slot::Unit)?)?, direction },
            )
        }
        Means::Numeric => {
            let number = |slot| slots.first(slot).and_then(|v| u8::try_from(v.value).ok());
            let (first, second) = (number(Slot::First)?, number(Slot::Day)?);
            // One of the two is the month.
            (first <= 12 || second <= 12).then_some(())?;
            (TimexClass::Date, Meaning::Numeric { first, second, year: year(slots, Slot::Year) })
        }
        Means::Range => range(slots)?,
    };
    let (class, meaning) = match slots.get(Slot::Daypart) {
        Some(part) if rule.means != Means::Clock => {
            let meaning = match (meaning, slots.get(Slot::Day2)) {
                // "the night of 12–13 March" belongs to both days.
                (Meaning::Fields(first), Some(second)) => {
                    let second = u8::try_from(second).ok().filter(|s| first.day.is_some_and(|f| f < *s && *s <= 31))?;
                    let last = Fields { day: Some(second), weekday: None, ..first };
                    Meaning::Range(Box::new(Meaning::Fields(first)), Box::new(Meaning::Fields(last)))
                }
                (meaning, _) => meaning,
            };
            (TimexClass::Time, Meaning::At(day_part(part), Some(Box::new(meaning))))
        }
        _ => (class, meaning),
    };
    Some(Built { class: rule.class.unwrap_or(class), meaning, modifier })
}

fn fields(slots: &Slots<'_>) -> Option<Fields> {
    let mut part = slots.get(Slot::Month).map(|m| m as u8);
    if let (Some(base), Some(n)) = (slots.get(Slot::Other), slots.get(Slot::N)) {
        let limit = if base == 33 { 4 } else { 2 };
        (1..=limit).contains(&n).then_some(())?;
        part = Some((base + n - 1) as u8);
    }
    if let Some(month) = part {
        (1..=41).contains(&month).then_some(())?;
    }
    let day = slots.get(Slot::Day).map(|d| d as u8);
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
    Some(Fields {
        year,
        part,
        day,
        whole_week,
        of,
        fiscal,
        weekday: slots.get(Slot::Weekday).and_then(weekday),
        direction,
    })
}

fn range(slots: &Slots<'_>) -> Option<(TimexClass, Meaning)> {
    if let Some(second) = slots.get(Slot::Day2) {
        let first = fields(slots)?;
        let last = Fields { day: Some(second as u8), weekday: None, ..first };
        (first.day < last.day && second <= 31).then_some(())?;
        return Some((
            TimexClass::Date,
            Meaning::Range(Box::new(Meaning::Fields(first)), Box::new(Meaning::Fields(last))),
        ));
    }
    let first = slots.first(Slot::Year)?.value as i32;
    let second = slots.first(Slot::Year2)?;
    let last = if second.digits == 2 { first - first % 100 + second.value as i32 } else { second.value as i32 };
    (first < last && last - first < 1000).then_some(())?;
    let year = |y| Box::new(Meaning::Fields(Fields { year: Some(YearSaid::Full(y)), ..Fields::default() }));
    Some((TimexClass::Date, Meaning::Range(year(first), year(last))))
}

fn year(slots: &Slots<'_>, slot: Slot) -> Option<YearSaid> {
    let values = slots.values(slot);
    let first = values.first()?;
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

fn set(slots: &Slots<'_>) -> Option<SetMeaning> {
    let mut count = if slots.first(Slot::N).is_none() { Quantity::Milli(1000) } else { quantity(slots)? };
    let every = if let Some(day) = slots.get(Slot::Weekday) {
        SetEvery::Weekday(weekday(day)?)
    } else {
        let code = slots.get(Slot::Unit)?;
        if code == 40 {
            count = Quantity::Milli(6000); // twice a year
            SetEvery::Unit(Unit::Month)
        } else {
            if code > 100 {
                count = Quantity::Milli(2000); // every two
            }
            SetEvery::Unit(unit(code % 100)?)
        }
    };
    Some(SetMeaning { every, quantity: count, times: slots.get(Slot::Times).map(|t| t as u8) })
}

fn clock(slots: &Slots<'_>) -> Option<Clock> {
    if let Some(part) = slots.get(Slot::Daypart) {
        return Some(day_part(part));
    }
    let mut hour = slots.get(Slot::Hour)?;
    if slots.has(Slot::Ampm) {
        (1..=12).contains(&hour).then_some(())?;
        let afternoon = slots.get(Slot::Ampm) == Some(12);
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    (0..=24).contains(&hour).then_some(())?;
    let part = |slot| slots.get(slot).map(|v| v as u8);
    Some(Clock::Time {
        hour: hour as u8,
        minute: part(Slot::Minute),
        second: part(Slot::Second),
        zone: slots.get(Slot::Zone).map(|z| z as i16),
    })
}

fn count_modifier(slots: &Slots<'_>, text: &str) -> Option<Modifier> {
    slots.has(Slot::Mod).then_some(())?;
    Some(match slots.get(Slot::Mod) {
        Some(1) => Modifier::Approx,
        Some(2) => Modifier::LessThan,
        Some(3) => Modifier::MoreThan,
        Some(4) => Modifier::EqualOrLess,
        Some(5) => Modifier::EqualOrMore,
        _ => match slots.phrase(Slot::Mod, text).as_str() {
            "more than" => Modifier::MoreThan,
            "less than" | "fewer than" => Modifier::LessThan,
            "at least" => Modifier::EqualOrMore,
            _ => Modifier::EqualOrLess,
        },
    })
}

/// Adds up a count: "twenty-five", "a dozen", "two and a half", "several"; the default is one.
fn quantity(slots: &Slots<'_>) -> Option<Quantity> {
    let known = slots.language().lexicon.known();
    let mut milli: i64 = 0;
    let mut halves = 0;
    for (value, terminal) in slots.classed(Slot::N) {
        if terminal == known.few {
            return Some(Quantity::Open);
        } else if terminal == known.times {
            milli = milli.max(1000) * value.value;
        } else if terminal == known.half {
            halves = 500;
        } else if terminal == known.one && (halves > 0 || milli > 0) {
            // the "a" of "half a" and "and a half" counts nothing
        } else if terminal == known.pair {
            milli = 2000;
        } else {
            milli += value.value * 1000;
        }
    }
    if slots.first(Slot::N).is_none() {
        milli = i64::from(slots.get(Slot::N).unwrap_or(1)) * 1000;
    }
    if let (Some(over), Some(under)) = (slots.first(Slot::N2), slots.first(Slot::Unit2)) {
        milli += over.value.min(999) * 1000 / under.value.max(1);
    }
    if let Some(frac) = slots.first(Slot::Frac) {
        milli += frac.value.min(999) * 1000 / 10i64.pow(frac.digits.clamp(1, 3) as u32);
    }
    Some(Quantity::Milli(milli + halves))
}

fn ordinal(values: &[Value]) -> Option<i64> {
    match values {
        [one, ..] if one.digits > 0 => Some(one.value),
        [tens, ones] if tens.value >= 20 && ones.value < 10 => Some(tens.value + ones.value),
        [one, ..] => Some(one.value),
        [] => None,
    }
}

fn edge(value: i32) -> Option<Modifier> {
    [Modifier::Start, Modifier::Mid, Modifier::End].get(usize::try_from(value - 1).ok()?).copied()
}

fn direction(value: i32) -> Direction {
    match value {
        ..0 => Direction::Back,
        0 => Direction::Here,
        1.. => Direction::Ahead,
    }
}

fn day_part(value: i32) -> Clock {
    match value {
        1 => Clock::Part(DayPart::Morning),
        2 => Clock::Part(DayPart::Midday),
        3 => Clock::Part(DayPart::Afternoon),
        4 => Clock::Part(DayPart::Evening),
        5 => Clock::Part(DayPart::Night),
        7 => Clock::Part(DayPart::Overnight),
        12 | 24 => Clock::Time { hour: value as u8, minute: Some(0), second: None, zone: None },
        _ => Clock::Part(DayPart::Daytime),
    }
}

/// Gives a unit by its number in the word list.
pub fn unit(value: i32) -> Option<Unit> {
    const UNITS: [Unit; 15] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Weekend,
        Unit::Week,
        Unit::Fortnight,
        Unit::Month,
        Unit::Quarter,
        Unit::Season,
        Unit::Half,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
        Unit::Millennium,
    ];
    UNITS.get(usize::try_from(value - 1).ok()?).copied()
}

fn weekday(value: i32) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(value - 1).ok()?).ok()
}
