//! From the slots of a match to what the words mean.

mod calendar;
mod clock;
mod count;
mod within;

use super::capture::Slots;
use crate::lang::{Means, Rule, Slot};
use crate::model::{
    Clock, Direction, Fields, Meaning, Modifier, Piece, Quantity, SetEvery, SetMeaning, ShiftFrom, TimexClass, Unit,
    YearSaid,
};
pub use calendar::rest;
use calendar::{century, day_named, fields, range, year};
use chrono::Weekday;
use clock::{clock, day_part};
use count::{count_modifier, quantity};

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

/// Tells whether a match gives a day of a month with its year, possible or not.
pub fn names_a_day(rule: &Rule, slots: &Slots<'_>) -> bool {
    let said = [Slot::Year, Slot::Month, Slot::Day].iter().all(|slot| slots.has(*slot));
    rule.means == Means::Fields && said && slots.get(Slot::Month).is_some_and(|m| (1..=12).contains(&m))
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
            let (quantity, unit) = (quantity(slots, Slot::N)?, unit(slots.get(Slot::Unit).unwrap_or(4))?);
            if quantity == Quantity::Open && from == ShiftFrom::Previous {
                // "A few days later" lies before the day of writing as often as after it: only its length is said.
                (TimexClass::Duration, Meaning::Duration(vec![(quantity, unit)]))
            } else {
                (TimexClass::Date, Meaning::Shift { quantity, unit, direction, from })
            }
        }
        Means::After => {
            (TimexClass::Date, after(day_named(slots)?, quantity(slots, Slot::N2)?, slots.get(Slot::Unit)?, slots)?)
        }
        Means::Decade => {
            let said = slots.values(Slot::Decade);
            // "2013's biggest film" is of one year, "the 65s and over" of none.
            said.iter().all(|s| s.digits == 0 || s.value % 10 == 0).then_some(())?;
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
        Means::Century => (TimexClass::Date, century(slots, Slot::Century)?),
        Means::Clock => {
            let clock = clock(slots)?;
            modifier = modifier.or_else(|| count_modifier(slots, text).filter(|m| *m == Modifier::Approx));
            let dated =
                [Slot::Weekday, Slot::Month, Slot::Day, Slot::Year, Slot::N, Slot::Dir].iter().any(|s| slots.has(*s));
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
            let around = slots.get(Slot::Unit2).and_then(unit);
            let day = Meaning::Holiday { holiday, year: year(slots, Slot::Year), direction: towards, around };
            let meaning = match (slots.get(Slot::Unit), slots.get(Slot::Weekday)) {
                // "the day after Christmas"
                (Some(unit), _) => after(day, Quantity::Milli(1000), unit, slots)?,
                // "the Monday after Easter"
                (None, Some(on)) => {
                    let side = direction(slots.get(Slot::Other)?);
                    Meaning::Nth { nth: 1, piece: Piece::Weekday(weekday(on)?), side, base: Box::new(day) }
                }
                (None, None) => day,
            };
            (TimexClass::Date, meaning)
        }
        Means::Nth => (TimexClass::Date, within::nth(slots)?),
        Means::Then => (TimexClass::Date, Meaning::Then),
        Means::Present => (TimexClass::Date, Meaning::Present),
        Means::Past => (TimexClass::Date, Meaning::Past),
        Means::Future => (TimexClass::Date, Meaning::Future),
        Means::Duration => {
            modifier = modifier.or_else(|| count_modifier(slots, text));
            // A rule that sets n to 0 leaves the count open: "for years".
            let open = slots.values(Slot::N).is_empty() && slots.get(Slot::N) == Some(0);
            let count = if open { Quantity::Open } else { quantity(slots, Slot::N)? };
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
                Meaning::Stretch {
                    quantity: quantity(slots, Slot::N)?,
                    unit: unit(slots.get(Slot::Unit)?)?,
                    direction,
                },
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

fn after(base: Meaning, quantity: Quantity, code: i32, slots: &Slots<'_>) -> Option<Meaning> {
    let unit = unit(code)?;
    let base = match base {
        // "a week from Monday" starts from the Monday to come.
        Meaning::Fields(fields @ Fields { weekday: Some(_), part: None, .. }) if slots.get(Slot::Other) == Some(2) => {
            Meaning::Fields(Fields { direction: Some(Direction::Ahead), ..fields })
        }
        other => other,
    };
    Some(Meaning::ShiftOf { quantity, unit, direction: direction(slots.get(Slot::Other)?), base: Box::new(base) })
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

/// Gives the modifier that a word of a slot `edge` among these tokens says.
pub fn edge_in(slots: &Slots<'_>, tokens: std::ops::Range<usize>) -> Option<Modifier> {
    let said = slots.placed(Slot::Edge).into_iter().find(|(token, _)| tokens.contains(token))?;
    edge(i32::try_from(said.1).ok()?)
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

pub(super) fn unit(value: i32) -> Option<Unit> {
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
