//! Times of day: "half past three", "1400 hours", "from 9 to 11.30 a.m.".

use super::super::capture::Slots;
use crate::lang::Slot;
use crate::model::{Clock, DayPart};

/// Reads a time of day; `None` where there is none such (hour 25).
pub fn clock(slots: &Slots<'_>) -> Option<Clock> {
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
    Some(Clock::Time { hour: hour as u8, minute, second: part(Slot::Second), zone: zone(slots)? })
}

/// The zone's offset in minutes, when it is named; the outer `None` where there is none such ("UTC+25").
fn zone(slots: &Slots<'_>) -> Option<Option<i16>> {
    let Some(base) = slots.get(Slot::Zone) else { return Some(None) };
    let minutes = |slot: Slot| -> i64 {
        match slots.values(slot).as_slice() {
            [] => 0,
            [all] if all.digits > 2 => all.value / 100 * 60 + all.value % 100, // "+0530"
            [hours] => hours.value * 60,
            [hours, minutes, ..] => hours.value * 60 + minutes.value,
        }
    };
    let offset = i64::from(base) + minutes(Slot::Plus) - minutes(Slot::Minus);
    i16::try_from(offset).ok().filter(|o| (-14 * 60..=14 * 60).contains(o)).map(Some)
}

/// The two ends of "from 9 to 11.30 a.m.", which share what stands behind them.
pub fn hours(slots: &Slots<'_>) -> Option<(Clock, Clock)> {
    let last = slots.get(Slot::Hour2)?;
    let afternoon = slots.get(Slot::Ampm).map(|a| a == 12);
    let zone = zone(slots)?;
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

/// Gives a part of the day by its number in the word list; 12 and 24 are noon and midnight.
pub fn day_part(value: i32) -> Clock {
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
