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
                    quantity: quantity(slots, Slot::N)?,
                    unit: unit(slots.get(Slot::Unit).unwrap_or(4))?,
                    direction,
                    from,
                },
            )
        }
        Means::After => (
            TimexClass::Date,
            after(day_named(slots)?, quantity(slots, Slot::N2)?, slots.get(Slot::Unit)?, slots)?,
        ),
        Means::Decade => {
            let said = slots.values(Slot::Decade);
            let year = match said.as_slice() {
                [said] if said.digits == 4 => YearSaid::Full(said.value as i32),
                [said] => YearSaid::TwoDigits((said.value % 100) as u8),
                // "the nineteen-thirties"
                [century, tens] => YearSaid::Full((century.value * 100 + tens.value) as i32),
                _ => return None,
            };
            let meaning = match year {
                // "the 1800s" are a century, "the 2000s" ten years.
                YearSaid::Full(y) if y % 100 == 0 && y < 2000 => Meaning::Century(y / 100 + 1),
                year => Meaning::Decade(year),
            };
            (TimexClass::Date, meaning)
        }
        Means::Century => {
            (TimexClass::Date, century(slots, Slot::Century)?)
        }
        Means::Clock => {
            let clock = clock(slots)?;
            let dated = [Slot::Weekday, Slot::Month, Slot::Day, Slot::Year, Slot::N].iter().any(|s| slots.has(*s));
            let day = if dated { Some(Box::new(day_named(slots)?)) } else { None };
            (TimexClass::Time, Meaning::At(clock, day))
        }
        Means::Definite => {
            let years_back = slots.get(Slot::N).unwrap_or(0) as u8;
            (TimexClass::Date, Meaning::Definite { unit: unit(slots.get(Slot::Unit)?)?, years_back })
        }
        Means::Holiday => {
            let holiday = u8::try_from(slots.get(Slot::Holiday)?).ok()?;
            let towards = slots.get(Slot::Dir).map(direction);
            let day = Meaning::Holiday { holiday, year: year(slots, Slot::Year), direction: towards };
            // "the day after Christmas"
            let meaning = match slots.get(Slot::Unit) {
                Some(unit) => after(day, Quantity::Milli(1000), unit, slots)?,
                None => day,
            };
            (TimexClass::Date, meaning)
        }
        Means::Present => (TimexClass::Date, Meaning::Present),
        Means::Past => (TimexClass::Date, Meaning::Past),
        Means::Future => (TimexClass::Date, Meaning::Future),
        Means::Duration => {
            modifier = modifier.or_else(|| count_modifier(slots, text));
            // A rule that sets n to 0 leaves the count open: "for years".
            let open = slots.values(Slot::N).is_empty() && slots.get(Slot::N) == Some(0);
            let count = if open { Quantity::Open } else { quantity(slots, Slot::N).unwrap_or(Quantity::Milli(1000)) };
            let mut pairs = vec![(count, unit(slots.get(Slot::Unit)?)?)];
            if let Some(second) = slots.get(Slot::Unit2) {
                // "two years and six months": from the larger to the smaller.
                let second = (quantity(slots, Slot::N2)?, unit(second)?);
                pairs.iter().all(|first| first.1 > second.1).then_some(())?;
                pairs.push(second);
            }
            (TimexClass::Duration, Meaning::Duration(pairs))
        }
        Means::Set => (TimexClass::Set, Meaning::Set(set(slots)?)),
        Means::Stretch => {
            let direction = direction(slots.get(Slot::Dir)?);
            (
                TimexClass::Duration,
                Meaning::Stretch { quantity: quantity(slots, Slot::N)?, unit: unit(slots.get(Slot::Unit)?)?, direction },
            )
        }
        Means::Numeric => {
            let number = |slot| slots.values(slot).first().and_then(|v| u8::try_from(v.value).ok());
            let (first, second) = (number(Slot::First)?, number(Slot::Day)?);
            // One of the two is the month.
            (first <= 12 || second <= 12).then_some(())?;
            (TimexClass::Date, Meaning::Numeric { first, second, year: year(slots, Slot::Year) })
        }
        Means::Range => range(slots)?,
    };
    let (class, meaning) = match slots.get(Slot::Daypart) {
        Some(part) if !matches!(rule.means, Means::Clock | Means::Set) => {
            (TimexClass::Time, Meaning::At(day_part(part), Some(Box::new(meaning))))
        }
        _ => (class, meaning),
    };
    Some(Built { class: rule.class.unwrap_or(class), meaning, modifier })
}

/// The day in a rule that says more than the day: by its fields, or "yesterday", "today", "tomorrow".
fn day_named(slots: &Slots<'_>) -> Option<Meaning> {
    match slots.get(Slot::N) {
        Some(offset) => Some(Meaning::Unit { unit: Unit::Day, offset }),
        None => Some(Meaning::Fields(fields(slots)?)),
    }
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

fn after(base: Meaning, quantity: Quantity, code: i32, slots: &Slots<'_>) -> Option<Meaning> {
    // From a day on, weeks are counted to the day.
    let (quantity, unit) = match (quantity, unit(code)?) {
        (Quantity::Milli(n), Unit::Week) => (Quantity::Milli(n * 7), Unit::Day),
        (Quantity::Milli(n), Unit::Fortnight) => (Quantity::Milli(n * 14), Unit::Day),
        other => other,
    };
    let base = match base {
        // "a week from Monday" starts from the Monday to come.
        Meaning::Fields(fields @ Fields { weekday: Some(_), part: None, .. }) if slots.get(Slot::Other) == Some(2) => {
            Meaning::Fields(Fields { direction: Some(Direction::Ahead), ..fields })
        }
        other => other,
    };
    Some(Meaning::After { base: Box::new(base), quantity, unit, direction: direction(slots.get(Slot::Other)?) })
}

fn century(slots: &Slots<'_>, slot: Slot) -> Option<Meaning> {
    let number = ordinal(&slots.values(slot))?;
    (1..=30).contains(&number).then_some(())?;
    let before_christ = slots.get(Slot::Era) == Some(1);
    Some(Meaning::Century(if before_christ { -(number as i32) } else { number as i32 }))
}

fn range(slots: &Slots<'_>) -> Option<(TimexClass, Meaning)> {
    let both = |class, a, b| Some((class, Meaning::Range(Box::new(a), Box::new(b))));
    if slots.has(Slot::Century2) {
        return both(TimexClass::Date, century(slots, Slot::Century)?, century(slots, Slot::Century2)?);
    }
    if slots.has(Slot::Hour2) {
        let (first, last) = hours(slots)?;
        return both(TimexClass::Time, Meaning::At(first, None), Meaning::At(last, None));
    }
    if slots.has(Slot::Day2) || slots.has(Slot::Month2) {
        let mut first = fields(slots)?;
        let number = |slot| slots.get(slot).and_then(|v| u8::try_from(v).ok());
        let last = Fields {
            day: number(Slot::Day2),
            part: number(Slot::Month2).or(first.part),
            weekday: None,
            ..first
        };
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
        2 => first - first % 100 + second.value as i32,
        _ => second.value as i32,
    };
    (first < last && last - first < 1000).then_some(())?;
    // "2010/11" is a season of two years only where they follow each other.
    (slots.get(Slot::Other) != Some(1) || last - first == 1).then_some(())?;
    let year = |y| Box::new(Meaning::Fields(Fields { year: Some(YearSaid::Full(y)), ..Fields::default() }));
    Some((TimexClass::Date, Meaning::Range(year(first), year(last))))
}

fn year(slots: &Slots<'_>, slot: Slot) -> Option<YearSaid> {
    let values = slots.values(slot);
    let Some(first) = values.first() else {
        // The rule itself says the year.
        return slots.get(slot).map(YearSaid::Full);
    };
    if let Some(era) = slots.get(Slot::Era) {
        let number = i32::try_from(first.value).ok().filter(|y| (1..10_000).contains(y))?;
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

fn set(slots: &Slots<'_>) -> Option<SetMeaning> {
    let mut count = if slots.values(Slot::N).is_empty() { Quantity::Milli(1000) } else { quantity(slots, Slot::N)? };
    let part = match slots.get(Slot::Daypart).map(day_part) {
        Some(Clock::Part(part)) => Some(part),
        _ => None,
    };
    let every = if let Some(day) = slots.get(Slot::Weekday) {
        let day = weekday(day)?;
        part.map_or(SetEvery::Weekday(day), |part| SetEvery::WeekdayPart(day, part))
    } else if let Some(month) = slots.get(Slot::Month) {
        let day = slots.get(Slot::Day).map(|d| d as u8);
        day.map_or(SetEvery::Part(month as u8), |day| SetEvery::MonthDay(month as u8, day))
    } else if let Some(part) = part {
        SetEvery::DayPart(part)
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
    let said = *slots.values(Slot::Hour).first()?;
    let mut hour = said.value as i32;
    let mut minute = slots.values(Slot::Minute).iter().map(|v| v.value as u8).reduce(u8::saturating_add);
    if said.digits == 4 {
        (hour, minute) = (hour / 100, u8::try_from(hour % 100).ok());
    }
    if slots.get(Slot::Other) == Some(-1) {
        // "a quarter to three"
        (hour, minute) = ((hour + 11) % 12, Some(60u8.checked_sub(minute?)?));
        hour += if hour == 0 { 12 } else { 0 };
    }
    minute.is_none_or(|m| m < 60).then_some(())?;
    if slots.has(Slot::Ampm) {
        (1..=12).contains(&hour).then_some(())?;
        let afternoon = slots.get(Slot::Ampm) == Some(12);
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    (0..=24).contains(&hour).then_some(())?;
    let part = |slot| slots.get(slot).map(|v| v as u8);
    Some(Clock::Time {
        hour: hour as u8,
        minute,
        second: part(Slot::Second),
        zone: slots.get(Slot::Zone).map(|z| z as i16),
    })
}

/// The two ends of "from 9 to 11.30 a.m.", which share what stands behind them.
fn hours(slots: &Slots<'_>) -> Option<(Clock, Clock)> {
    let last = slots.get(Slot::Hour2)?;
    let afternoon = slots.get(Slot::Ampm).map(|a| a == 12);
    let zone = slots.get(Slot::Zone).map(|z| z as i16);
    let clock = |hour: i32, minute: Slot, afternoon: Option<bool>| {
        let hour = match afternoon {
            Some(afternoon) => (1..=12).contains(&hour).then_some(hour % 12 + if afternoon { 12 } else { 0 })?,
            None => (0..=24).contains(&hour).then_some(hour)?,
        };
        let minute = slots.get(minute).map(|v| v as u8);
        Some(Clock::Time { hour: hour as u8, minute, second: None, zone })
    };
    let first = slots.get(Slot::Hour)?;
    // "11 to 2 p.m." starts before noon.
    let before_noon = afternoon == Some(true) && first % 12 > last % 12;
    Some((
        clock(first, Slot::Minute, if before_noon { Some(false) } else { afternoon })?,
        clock(last, Slot::Minute2, afternoon)?,
    ))
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
fn quantity(slots: &Slots<'_>, slot: Slot) -> Option<Quantity> {
    let lang = slots.language();
    let class = |name: &str| lang.lexicon.class(name);
    let (few, times, half, one) = (class("few"), class("times"), class("half"), class("one"));
    let mut milli: i64 = 0;
    let mut halves = 0;
    let (fraction, multi) = (class("fraction"), class("multi"));
    for (value, terminal) in slots.classed(slot) {
        let terminal = Some(terminal);
        if terminal == few || terminal == multi {
            return Some(Quantity::Open);
        } else if terminal == times {
            milli = milli.max(1000).saturating_mul(value.value);
        } else if terminal == half {
            halves = 500;
        } else if terminal == fraction {
            halves = value.value;
        } else if value.digits == 3 && milli > 0 {
            milli = milli.saturating_mul(1000) + value.value * 1000; // "2,500"
        } else if terminal == one && (halves > 0 || milli > 0) {
            // the "a" of "half a" and "and a half" counts nothing
        } else if terminal == class("pair") {
            milli = 2000;
        } else {
            milli += value.value * 1000;
        }
    }
    if slots.values(slot).is_empty() {
        milli = i64::from(slots.get(slot).unwrap_or(1)) * 1000;
    }
    if let (Some(over), Some(under)) = (slots.values(Slot::Over).first(), slots.values(Slot::Under).first()) {
        milli += over.value.min(999) * 1000 / under.value.max(1);
    }
    if let Some(frac) = slots.values(Slot::Frac).first() {
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
        12 | 24 => Clock::Time { hour: value as u8, minute: Some(0), second: None, zone: None },
        _ => Clock::Part(DayPart::Daytime),
    }
}

fn unit(value: i32) -> Option<Unit> {
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
