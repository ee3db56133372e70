//! Values as TIMEX3 (ISO-TimeML, TimeML annotation guidelines 1.2.1) writes them.

use super::point::Point;
use crate::model::{Clock, DayPart, Meaning, Piece, Quantity, SetEvery, SetMeaning, Unit};
use chrono::Datelike;

/// Writes a place in the calendar.
pub fn point(place: &Point) -> String {
    match *place {
        Point::Day(day) => format!("{}-{:02}-{:02}", year_digits(day.year()), day.month(), day.day()),
        Point::Week(monday) => week(monday),
        Point::Weekend(monday) => format!("{}-WE", week(monday)),
        Point::Span(first, last) => format!("{}/{}", point(&Point::Day(first)), point(&Point::Day(last))),
        Point::Month(year, month) => format!("{}-{month:02}", year_digits(year)),
        Point::Part(year, code) => format!("{}-{}", year_digits(year), part(code)),
        Point::Year(year) => year_digits(year),
        Point::Decade(year) => format!("{:03}", year.div_euclid(10)),
        // The 5th century BC, whose years are 4xx, is BC04.
        Point::Century(century) if century < 0 => format!("BC{:02}", -1 - century),
        Point::Century(century) => format!("{century:02}"),
    }
}

fn week(monday: chrono::NaiveDate) -> String {
    let week = monday.iso_week();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn year_digits(year: i32) -> String {
    // Years before Christ as the guidelines write them: BC0044.
    if year <= 0 { format!("BC{:04}", 1i64 - i64::from(year)) } else { format!("{year:04}") }
}

fn part(code: u32) -> String {
    match code {
        21 => "SP".into(),
        22 => "SU".into(),
        23 => "FA".into(),
        24 => "WI".into(),
        33..=36 => format!("Q{}", code - 32),
        40 | 41 => format!("H{}", code - 39),
        other => format!("{other:02}"),
    }
}

/// Writes fields that no anchor could complete, with `X` for each digit not known.
pub fn open(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Fields(f) if f.weekday.is_some() && f.part.is_none() => {
            format!("XXXX-WXX-{}", f.weekday.map_or(1, |w| w.number_from_monday()))
        }
        Meaning::Fields(f) => match (f.part, f.day) {
            (Some(month @ 1..=12), Some(day)) => format!("XXXX-{month:02}-{day:02}"),
            (Some(code), _) => format!("XXXX-{}", part(u32::from(code))),
            (None, Some(day)) => format!("XXXX-XX-{day:02}"),
            (None, None) => "XXXX".to_owned(),
        },
        Meaning::Unit { unit, .. } | Meaning::Shift { unit, .. } => match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX".to_owned(),
            Unit::Weekend => "XXXX-WXX-WE".to_owned(),
            Unit::Month => "XXXX-XX".to_owned(),
            Unit::Quarter => "XXXX-QX".to_owned(),
            Unit::Year => "XXXX".to_owned(),
            Unit::Decade => "XXX".to_owned(),
            Unit::Century => "XX".to_owned(),
            _ => "XXXX-XX-XX".to_owned(),
        },
        Meaning::Nth { piece: Piece::Unit(Unit::Week), .. } => "XXXX-WXX".to_owned(),
        Meaning::Nth { piece: Piece::Unit(Unit::Month), .. } => "XXXX-XX".to_owned(),
        Meaning::Nth { piece: Piece::Unit(Unit::Year), .. } => "XXXX".to_owned(),
        Meaning::At(clock, inner) => {
            format!("{}{}", inner.as_ref().map_or_else(|| "XXXX-XX-XX".to_owned(), |m| open(m)), time(clock))
        }
        _ => "XXXX-XX-XX".to_owned(),
    }
}

/// Writes a time of day, to stand behind its day.
pub fn time(clock: &Clock) -> String {
    match *clock {
        Clock::Part(part) => format!("T{}", day_part(part)),
        Clock::Time { hour, minute, second, .. } => {
            let mut text = format!("T{hour:02}:{:02}", minute.unwrap_or(0));
            if let Some(second) = second {
                text.push_str(&format!(":{second:02}"));
            }
            text
        }
    }
}

fn day_part(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "MO",
        DayPart::Midday => "MI",
        DayPart::Afternoon => "AF",
        DayPart::Evening => "EV",
        DayPart::Night | DayPart::Overnight => "NI",
        DayPart::Daytime => "DT",
    }
}

/// Writes a length of time: `P3D`, `PT2H`, `P2Y6M`, `PXW`.
pub fn duration(pairs: &[(Quantity, Unit)]) -> String {
    let (mut date, mut time) = (String::new(), String::new());
    for (quantity, unit) in pairs {
        let (factor, letter, clock) = match unit {
            Unit::Second => (1, 'S', true),
            Unit::Minute => (1, 'M', true),
            Unit::Hour => (1, 'H', true),
            Unit::Day => (1, 'D', false),
            Unit::Weekend => (2, 'D', false),
            Unit::Week => (1, 'W', false),
            Unit::Fortnight => (2, 'W', false),
            Unit::Month => (1, 'M', false),
            Unit::Quarter => (1, 'Q', false),
            Unit::Season | Unit::Half => (6, 'M', false),
            Unit::Year => (1, 'Y', false),
            Unit::Decade => (10, 'Y', false),
            Unit::Century => (100, 'Y', false),
            Unit::Millennium => (1000, 'Y', false),
        };
        let to = if clock { &mut time } else { &mut date };
        match quantity {
            Quantity::Open if *unit == Unit::Decade => to.push_str("XE"),
            Quantity::Open => to.push_str(&format!("X{letter}")),
            Quantity::Milli(milli) => {
                // Halves of years and hours are written in months and minutes.
                let milli = milli.saturating_mul(factor);
                let (whole, rest) = (milli / 1000, milli % 1000);
                let finer = match (letter, clock) {
                    ('Y', _) => Some((12, 'M')),
                    ('H', _) => Some((60, 'M')),
                    ('M', true) => Some((60, 'S')),
                    _ => None,
                };
                match finer {
                    _ if rest == 0 => to.push_str(&format!("{whole}{letter}")),
                    Some((size, finer)) if rest * size % 1000 == 0 => {
                        if whole > 0 {
                            to.push_str(&format!("{whole}{letter}"));
                        }
                        to.push_str(&format!("{}{finer}", rest * size / 1000));
                    }
                    _ => {
                        let decimals = format!("{rest:03}");
                        to.push_str(&format!("{whole}.{}{letter}", decimals.trim_end_matches('0')));
                    }
                }
            }
        }
    }
    if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
}

/// Writes something that recurs.
pub fn set(set: &SetMeaning) -> String {
    match set.every {
        SetEvery::Unit(Unit::Weekend) => "XXXX-WXX-WE".to_owned(),
        SetEvery::Unit(unit) => duration(&[(set.quantity, unit)]),
        SetEvery::Weekday(day) => format!("XXXX-WXX-{}", day.number_from_monday()),
        SetEvery::Part(code @ 1..=12) => format!("XXXX-{code:02}"),
        SetEvery::Part(code) => format!("XXXX-{}", part(u32::from(code))),
        SetEvery::DayPart(p) => format!("XXXX-XX-XXT{}", day_part(p)),
        SetEvery::WeekdayPart(day, p) => format!("XXXX-WXX-{}T{}", day.number_from_monday(), day_part(p)),
        SetEvery::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
    }
}
